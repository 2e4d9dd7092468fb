"""Burns by events: what thrusts, flows, is dropped and when, from stages as data."""

import math
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cosmodrome.ascent.burns import cross_section_m2, stage_flow_kg_s, vehicle_burns
from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.constants import STANDARD_GRAVITY_M_S2 as G0

# ascent_benchmarks section 1: end [s], thrust [N], flow [kg/s], mass at start, at end, dropped after [kg]
DELTA_III_PHASES = (
    (75.2, 4854100.0, 1723.272805, 301454.0, 171863.885057, 6 * 2280.0),
    (150.4, 2968600.0, 1044.682380, 158183.885057, 79623.770115, 3 * 2280.0),
    (261.0, 1083100.0, 366.091954, 72783.770115, 32294.0, 8830.0),
    (961.0, 110094.0, 24.028571, 23464.0, 23464.0 - 16820.0, 0.0),
)


def edges_s(burns):
    """When burns end, since the first began; waits between blocks are not counted."""
    return list(accumulate(burn.duration_s for burn in burns))


def booster(stage, name="booster", **more):
    """A strap-on of 20 kg/s and 50 kN for 50 s."""
    return stage(name, 100.0, 1000.0, 50e3, 50.0, role="booster", **more)


def core(stage, **more):
    """A core of 20 kg/s and 60 kN for 200 s."""
    return stage("core", 300.0, 4000.0, 60e3, 200.0, ignition="ground", **more)


def upper(stage, **more):
    return stage("upper", 80.0, 500.0, 12e3, 100.0, role="upper", **more)


@pytest.mark.parametrize("number", range(4))
def test_delta_iii_flies_the_table_of_its_phases(delta_iii, number):
    """To the digits of the table: 1e-6 s, N, kg/s and kg."""
    burns = vehicle_burns(delta_iii.delta_iii())
    end_s, thrust, flow, start_kg, end_kg, dropped_kg = DELTA_III_PHASES[number]
    before_kg = sum(burn.propellant_kg + burn.drop_after_kg for burn in burns[:number])
    assert edges_s(burns)[number] == pytest.approx(end_s, abs=1e-6)
    assert burns[number].thrust_vacuum_n == pytest.approx(thrust, abs=1e-6)
    assert burns[number].mass_flow_kg_s == pytest.approx(flow, abs=1e-6)
    assert start_kg + before_kg == pytest.approx(301454.0, abs=2e-6)
    assert start_kg - burns[number].propellant_kg == pytest.approx(end_kg, abs=2e-6)
    assert burns[number].drop_after_kg == pytest.approx(dropped_kg)


@pytest.fixture(scope="module")
def strapped(stage, vehicle):
    """Two strap-ons lit on the ground, one lit at 20 s, and a core; dropped 4 s and 6 s after burnout."""
    return vehicle_burns(
        vehicle(
            booster(stage, "ground", count=2, ignition="ground", separation_delay_s=4.0),
            booster(stage, "air", ignition="air", ignition_time_s=20.0, separation_delay_s=6.0),
            core(stage),
            upper(stage),
        )
    )


def test_every_change_begins_a_new_burn(strapped):
    """Ignition at 20 s, burnouts at 50, 70 and 200 s, separations at 54 and 76 s, then the upper stage."""
    assert edges_s(strapped) == pytest.approx([20, 50, 54, 70, 76, 200, 300], abs=1e-9)
    assert [b.thrust_vacuum_n for b in strapped] == pytest.approx(
        [160e3, 210e3, 110e3, 110e3, 60e3, 60e3, 12e3]
    )
    assert [b.mass_flow_kg_s for b in strapped] == pytest.approx([60, 80, 40, 40, 20, 20, 5])


def test_strap_ons_leave_at_their_own_time(strapped):
    dropped = {
        round(t): [(d.name, d.total_kg) for d in b.drops]
        for t, b in zip(edges_s(strapped), strapped, strict=True)
    }
    left = {t: drops for t, drops in dropped.items() if drops}
    assert left == {54: [("ground", 200.0)], 76: [("air", 100.0)], 200: [("core", 300.0)]}


def test_what_has_left_no_longer_drags(strapped, stage, vehicle):
    """Cross-sections of 2 m bodies: three strap-ons beside the core, one, none."""
    one = math.pi
    assert [b.drag_area_m2 / one for b in strapped] == pytest.approx([4, 4, 4, 2, 2, 1, 1])
    made = vehicle(
        booster(stage, count=2), core(stage), drag_reference_area_m2={"value": 7.0, "source": "test"}
    )
    assert cross_section_m2(made.stages[0]) == pytest.approx(2 * one)
    assert {burn.drag_area_m2 for burn in vehicle_burns(made)} == {7.0}


def test_events_say_what_happens(strapped):
    assert [burn.cutoff_event for burn in strapped] == [
        "air ignition",
        "ground burnout",
        "ground separation",
        "air burnout",
        "air separation",
        "core burnout and separation",
        "insertion",
    ]


def test_first_block_and_ends_of_stages_are_marked(strapped):
    assert [burn.first_block for burn in strapped] == [True] * 6 + [False]
    assert [burn.ends_stage for burn in strapped] == [False] * 5 + [True, True]


def test_strap_ons_outlasting_the_core_leave_with_it(stage, vehicle):
    """When everything of a block has burned out nothing is waited for."""
    late = booster(stage, ignition="air", ignition_time_s=170.0, separation_delay_s=30.0)
    burns = vehicle_burns(vehicle(late, core(stage), upper(stage)))
    assert edges_s(burns) == pytest.approx([170, 200, 220, 320])
    assert [drop.name for drop in burns[2].drops] == ["booster", "core"]


def test_a_core_is_lit_in_the_air():
    """LVM3: two S200 alone for 110 s, beside the L110 until 130 s, which burns 115.5 t to its end."""
    rocket = find_vehicle("lvm3")
    solid, liquid, last = rocket.stages
    burns = vehicle_burns(rocket)
    flow = stage_flow_kg_s(liquid)
    assert flow == pytest.approx(liquid.thrust_vacuum_n.value / (G0 * liquid.specific_impulse_vacuum_s.value))
    assert edges_s(burns)[:4] == pytest.approx(
        [110, 130, 134, 110 + liquid.burnable_propellant_kg / flow], rel=1e-4
    )
    assert burns[0].thrust_vacuum_n == pytest.approx(2 * solid.thrust_vacuum_n.value)
    assert burns[0].cutoff_event == "L110 ignition"
    assert burns[1].mass_flow_kg_s == pytest.approx(2 * stage_flow_kg_s(solid) + flow)
    assert burns[2].drop_after_kg == pytest.approx(2 * solid.dry_mass_kg.value)
    assert burns[4].propellant_kg == pytest.approx(last.propellant_mass_kg.value)


def test_a_core_is_throttled_while_its_boosters_burn():
    """Angara A5: four boosters at full thrust and the core at 30 %, then the core alone (catalog)."""
    rocket = find_vehicle("angara-a5")
    booster, core, _ = rocket.stages
    first, second, third = vehicle_burns(rocket)
    part = core.throttle_with_boosters_ratio
    assert part == 0.3
    assert first.thrust_vacuum_n == pytest.approx(
        4 * booster.thrust_vacuum_n.value + part * core.thrust_vacuum_n.value
    )
    assert first.drop_after_kg == pytest.approx(4 * booster.dry_mass_kg.value)
    assert second.thrust_vacuum_n == pytest.approx(core.thrust_vacuum_n.value)
    left_kg = core.propellant_mass_kg.value - part * stage_flow_kg_s(core) * first.duration_s
    assert second.duration_s == pytest.approx(left_kg / stage_flow_kg_s(core))
    assert third.cutoff_event == "insertion"


def test_a_core_throttles_up_at_burnout_not_at_separation(stage, vehicle):
    held = core(stage, throttle_with_boosters_ratio=0.5)
    burns = vehicle_burns(vehicle(booster(stage, separation_delay_s=10.0), held, upper(stage)))
    assert edges_s(burns)[:3] == pytest.approx([50, 60, 50 + (4000 - 500) / 20])
    assert [b.thrust_vacuum_n for b in burns[:3]] == pytest.approx([80e3, 60e3, 60e3])


def test_throttle_steps_stretch_a_burn(stage, vehicle):
    """Half thrust from 30 to 60 s saves 300 kg, which last 15 s more."""
    burns = vehicle_burns(vehicle(core(stage, throttle_steps_ratio=((30.0, 0.5), (60.0, 1.0))), upper(stage)))
    assert edges_s(burns)[:3] == pytest.approx([30, 60, 215])
    assert [b.thrust_vacuum_n for b in burns[:3]] == pytest.approx([60e3, 30e3, 60e3])
    assert [b.propellant_kg for b in burns[:3]] == pytest.approx([600, 300, 3100])


@pytest.fixture(scope="module")
def solid():
    """Vega's P80, whose thrust follows a curve."""
    rocket = find_vehicle("vega")
    return rocket.stages[0], [burn for burn in vehicle_burns(rocket) if burn.name == "P80FW"]


def test_a_thrust_curve_burns_every_kilogram(solid):
    """Flow falls on straight pieces, whose trapezoids are exact: 1e-9."""
    stage, burns = solid
    assert sum(burn.propellant_kg for burn in burns) == pytest.approx(stage.burnable_propellant_kg, rel=1e-9)


def test_a_thrust_curve_keeps_burn_time_and_mean_thrust(solid):
    stage, burns = solid
    burn_s = edges_s(burns)[-1]
    impulse = sum(b.duration_s * (b.thrust_vacuum_n + b.thrust_rate_n_s * b.duration_s / 2) for b in burns)
    assert burn_s == pytest.approx(stage.burnable_propellant_kg / stage_flow_kg_s(stage), rel=1e-9)
    assert impulse / burn_s == pytest.approx(stage.thrust_vacuum_n.value, rel=1e-7)


def test_a_thrust_curve_does_not_jump(solid):
    """Where one piece ends the next begins, in thrust and in flow; and both keep the specific impulse."""
    stage, burns = solid
    for before, after in pairwise(burns):
        ends_n = before.thrust_vacuum_n + before.thrust_rate_n_s * before.duration_s
        assert ends_n == pytest.approx(after.thrust_vacuum_n, rel=1e-6)
    exhaust = [burn.exhaust_speed_m_s for burn in burns]
    assert exhaust == pytest.approx([G0 * stage.specific_impulse_vacuum_s.value] * len(burns))


def test_a_thrust_curve_is_followed(solid):
    """Five straight pieces keep within 8 % of the largest thrust to the P80's curve, which bends often."""
    stage, burns = solid
    burned, ratio = np.array(stage.thrust_curve_ratio).T
    done = np.cumsum([0.0] + [burn.propellant_kg for burn in burns])[:-1] / stage.burnable_propellant_kg
    scale = max(burn.thrust_vacuum_n for burn in burns) / ratio.max()
    for burn, share in zip(burns, done, strict=True):
        expected = scale * np.interp(share, burned, ratio)
        assert burn.thrust_vacuum_n == pytest.approx(expected, abs=0.08 * scale * ratio.max())


def test_residuals_and_what_brings_a_stage_back_are_not_burned(stage, vehicle):
    """90 % loaded; 100 kg cannot burn, 200 kg and 500 m/s of the empty stage are kept, and dropped."""
    kept = core(stage, loaded_fraction=0.9, residual_propellant_kg=100.0, recovery_propellant_kg=200.0)
    made = vehicle({**kept, "recovery_delta_v_m_s": 500.0}, upper(stage))
    first, _ = vehicle_burns(made)
    exhaust = 60e3 * 200.0 / 4000.0
    returned = 300.0 * (math.exp(500.0 / exhaust) - 1)
    assert first.propellant_kg == pytest.approx(0.9 * 4000 - 100 - 200 - returned)
    assert first.drop_after_kg == pytest.approx(300 + 100 + 200 + returned)
    assert first.duration_s == pytest.approx(first.propellant_kg / 20.0)


def test_part_of_a_stage_is_dropped_soon_after_ignition(stage, vehicle):
    skirted = stage("middle", 90.0, 500.0, 12e3, 100.0, jettisoned_mass_kg=30.0, jettison_delay_s=12.0)
    burns = vehicle_burns(vehicle(core(stage), skirted, upper(stage)))
    assert [burn.duration_s for burn in burns] == pytest.approx([200, 12, 88, 100])
    assert burns[1].drop_after_kg == 30.0
    assert burns[1].cutoff_event == "middle interstage separation"
    assert burns[2].drop_after_kg == pytest.approx(60.0)


def test_a_part_still_on_board_at_burnout_leaves_with_its_stage(stage, vehicle):
    skirted = core(stage, jettisoned_mass_kg=30.0, jettison_delay_s=500.0)
    burns = vehicle_burns(vehicle(skirted, upper(stage)))
    assert sum(burn.drop_after_kg for burn in burns) == pytest.approx(300.0)


def test_waits_between_blocks_are_those_of_the_stages(stage, vehicle):
    """Separation and ignition delays are flown; only where a coast may be chosen may it be longer."""
    first, second = (
        core(stage, separation_delay_s=3.0),
        stage("second", 90.0, 500.0, 12e3, 100.0, ignition_delay_s=2.0),
    )
    burns = vehicle_burns(vehicle(first, second, upper(stage, ignitions_max_count=3, coast_max_s=900.0)))
    assert [burn.coast_after_s for burn in burns] == [5.0, 0.0, 0.0]
    assert [burn.coast_after_max_s for burn in burns] == [0.0, 900.0, 0.0]
    assert [burn.restarts for burn in burns] == [False, False, True]
    assert [burn.next_event for burn in burns] == ["second ignition", "upper ignition", ""]


@pytest.mark.parametrize("name", vehicle_names())
def test_no_kilogram_is_lost_or_made(name):
    """Lift-off mass is what is burned, dropped and goes to orbit, to 1e-9 of it."""
    rocket = find_vehicle(name)
    burns = vehicle_burns(rocket)
    last = rocket.stages[-1]
    early_kg = last.jettisoned_mass_kg.value if last.jettisoned_mass_kg else 0.0
    liftoff_kg = sum(stage.count * stage.gross_mass_kg for stage in rocket.stages)
    burned_kg = sum(burn.propellant_kg for burn in burns)
    gone_kg = burned_kg + sum(burn.drop_after_kg for burn in burns)
    assert burned_kg == pytest.approx(
        sum(s.count * s.burnable_propellant_kg for s in rocket.stages), rel=1e-9
    )
    assert gone_kg + last.count * last.separated_mass_kg - early_kg == pytest.approx(liftoff_kg, rel=1e-9)


@given(
    ignition_s=st.floats(0.5, 180.0),
    delay_s=st.floats(0.0, 40.0),
    count=st.integers(1, 6),
    throttle=st.floats(0.3, 1.0),
)
@settings(max_examples=60, deadline=None)
def test_any_order_of_events_conserves_mass(stage, vehicle, ignition_s, delay_s, count, throttle):
    """Burnouts closer than a thousandth of a second may be merged, hence 1e-5."""
    strap_ons = booster(
        stage, count=count, ignition="air", ignition_time_s=ignition_s, separation_delay_s=delay_s
    )
    steps = ((30.0, throttle), (90.0, 1.0))
    held = core(stage, throttle_steps_ratio=steps, throttle_with_boosters_ratio=throttle)
    burns = vehicle_burns(vehicle(booster(stage, "ground"), strap_ons, held, upper(stage)))
    assert sum(burn.propellant_kg for burn in burns) == pytest.approx(1000 * (1 + count) + 4500, rel=1e-5)
    assert sum(burn.drop_after_kg for burn in burns) == pytest.approx(100 * (1 + count) + 300)
    assert all(burn.duration_s > 0 for burn in burns)
