"""Burns cut into segments: guided rise, fairing, throttling, coasts, restart, and their meshes."""

import math

import pytest

from cosmodrome.ascent.phases import PITCH_OVER_S, TOWER_CLEARANCE_M, Arrangement, ascent_plan
from cosmodrome.ascent.result import AscentLimits
from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.constants import STANDARD_GRAVITY_M_S2 as G0

LIMITS = AscentLimits(axial_acceleration_g=4.0, dynamic_pressure_kpa=30.0)


def planned(name, guided_rise=True, **arrangement):
    return ascent_plan(find_vehicle(name), LIMITS, Arrangement(**arrangement), guided_rise)


def rules(plan, burn_number):
    """Steering and length of the segments of one burn."""
    return [(s.steering, s.length) for s in plan.segments if s.burn_number == burn_number]


@pytest.fixture
def two_stages(stage, vehicle):
    """A core of 200 s whose engine throttles, and an upper stage of 100 s that lights again."""

    def plan(limits=LIMITS, guided_rise=True, core=None, upper=None, more=None, **arrangement):
        first = {"ignition": "ground", "throttle_min_ratio": 0.5} | (core or {})
        second = {"ignition_delay_s": 3.0, "ignitions_max_count": 2} | (upper or {})
        made = vehicle(
            stage("core", 300.0, 4000.0, 90e3, 200.0, **first),
            stage("upper", 80.0, 500.0, 12e3, 100.0, role="upper", **second),
            **(more or {}),
        )
        return ascent_plan(made, limits, Arrangement(**arrangement), guided_rise)

    return plan


def test_the_rise_clears_the_tower(two_stages):
    """From rest with the net acceleration at lift-off: h = a t^2 / 2; then 20 s of pitch-over."""
    plan = two_stages()
    vertical, pitch_over, free, *_ = plan.segments
    net = 90e3 / plan.liftoff_mass_kg - G0
    assert net * vertical.duration_s**2 / 2 == pytest.approx(TOWER_CLEARANCE_M)
    assert plan.pitch_over_at_s == vertical.duration_s
    assert pitch_over.duration_s == PITCH_OVER_S
    assert [s.steering for s in (vertical, pitch_over, free)] == ["vertical", "pitch-over", "free"]
    assert vertical.duration_s + pitch_over.duration_s + free.duration_s == pytest.approx(200.0)


def test_the_rise_is_cut_where_a_thrust_curve_bends():
    """Vega: the pitch-over runs through the first bend, and lasts 20 s in all the same."""
    plan = planned("vega")
    guided = [s for s in plan.segments if s.steering in ("vertical", "pitch-over")]
    assert [(s.burn_number, s.steering) for s in guided] == [
        (0, "vertical"),
        (0, "pitch-over"),
        (1, "pitch-over"),
    ]
    assert guided[1].duration_s + guided[2].duration_s == pytest.approx(PITCH_OVER_S)
    assert [s.event_after for s in guided] == ["pitch-over begins", "", "pitch-over ends"]
    assert guided[0].duration_s + guided[1].duration_s == pytest.approx(plan.burns[0].duration_s)


def test_without_a_guided_rise_a_burn_is_one_piece():
    assert rules(planned("vega", guided_rise=False), 0) == [("free", "fixed")]


def test_the_fairing_splits_its_burn(two_stages):
    """It goes at a chosen time; what follows is the rest, out of the air, under the limit on heat flux."""
    plan = two_stages(fairing_burn=1)
    before, after = (s for s in plan.segments if s.burn_number == 1)
    assert (before.length, after.length) == ("open", "final")
    assert [drop.name for drop in before.drops] == ["fairing"]
    assert before.drop_after_kg == 60.0
    assert (before.after_fairing, after.after_fairing) == (False, True)
    assert before.longest_s == pytest.approx(100.0)
    assert not any(s.after_fairing for s in plan.segments if s.burn_number == 0)


def test_a_fairing_in_a_lower_burn_leaves_the_rest_of_it(two_stages):
    plan = two_stages(fairing_burn=0)
    assert rules(plan, 0)[2:] == [("free", "open"), ("free", "rest"), ("coast", "fixed")]
    assert plan.segments[3].drops[0].name == "core"
    assert all(s.after_fairing for s in plan.segments[3:])


def test_coasts_last_as_long_as_the_stages_ask(two_stages):
    """Fixed at separation and ignition delay; where a coast is arranged, chosen from there upward."""
    (fixed,) = (s for s in two_stages().segments if s.steering == "coast")
    (chosen,) = (s for s in two_stages(coasts=frozenset({0})).segments if s.steering == "coast")
    assert (fixed.length, fixed.duration_s, fixed.event_after) == ("fixed", 3.0, "upper ignition")
    assert (chosen.length, chosen.duration_s, chosen.longest_s) == ("open", 3.0, 7200.0)
    assert not chosen.thrusts
    assert not chosen.drops


def test_a_restart_cuts_the_last_burn_in_two(two_stages):
    plan = two_stages(restart=True)
    first, coast, second = (s for s in plan.segments if s.burn_number == 1)
    assert [first.length, coast.length, second.length] == ["open", "open", "final"]
    assert [s.event_after for s in (first, coast, second)] == [
        "first cut-off",
        "second ignition",
        "insertion",
    ]
    assert coast.steering == "coast"
    assert first.longest_s == pytest.approx(100.0)


def test_a_limited_burn_is_throttled_at_its_end(two_stages):
    plan = two_stages(limited_burns=frozenset({0, 1}))
    assert rules(plan, 0)[2:4] == [("free", "to-limit"), ("free", "limited")]
    assert rules(plan, 1) == [("free", "to-limit"), ("free", "final-limited")]
    limits = {s.acceleration_limit_m_s2 for s in plan.segments if "limit" in s.length}
    assert limits == {4.0 * G0}


def test_a_pressure_limit_opens_a_stretch_at_a_chosen_throttle(two_stages):
    """Full thrust, throttled, full thrust again; nothing of that for an engine without a throttle."""
    plan = two_stages(holds_pressure=True, throttle_down_s=(17.0, 9.0))
    before, held, rest = plan.segments[2:5]
    assert [before.duration_s, held.duration_s] == [17.0, 9.0]
    assert [s.length for s in (before, held, rest)] == ["open", "open", "rest"]
    assert [s.throttled_down for s in (before, held, rest)] == [False, True, False]
    fixed = two_stages(holds_pressure=True, core={"throttle_min_ratio": 1.0})
    assert not any(s.throttled_down for s in fixed.segments)


def test_a_last_burn_may_not_outlast_its_engine(two_stages):
    assert two_stages().segments[-1].longest_s == pytest.approx(150.0)
    assert two_stages(upper={"burn_time_max_s": 80.0}).burns[-1].duration_s == pytest.approx(80.0)


def test_an_air_launch_falls_before_it_lights():
    """Pegasus lights 5 s after the drop."""
    first = planned("pegasus-xl", guided_rise=False).segments[0]
    assert (first.steering, first.length, first.duration_s, first.event_after) == (
        "coast",
        "fixed",
        5.0,
        "ignition",
    )


def test_what_is_carried_counts_at_lift_off(two_stages):
    """Adapter and ballast go to orbit, the fairing to its jettison."""
    source = {"source": "test"}
    more = {"adapter_mass_kg": {"value": 25.0, **source}, "ballast_mass_kg": {"value": 40.0, **source}}
    bare, laden = two_stages(fairing_burn=1), two_stages(fairing_burn=1, more=more)
    assert bare.liftoff_mass_kg == pytest.approx(300 + 4000 + 80 + 500 + 60)
    assert laden.liftoff_mass_kg - bare.liftoff_mass_kg == pytest.approx(65.0)
    assert bare.last_stage_empty_kg == pytest.approx(80.0)
    assert laden.last_stage_empty_kg == pytest.approx(145.0)


def test_a_reserve_is_a_share_of_the_final_mass(two_stages):
    """Of the rocket equation: m / (m - left) = exp(dv / c)."""
    plan = two_stages(more={"performance_reserve_m_s": 150.0})
    assert 1 / (1 - plan.reserve_fraction) == pytest.approx(
        math.exp(150.0 / plan.burns[-1].exhaust_speed_m_s)
    )


@pytest.mark.parametrize("name", vehicle_names())
def test_plans_keep_the_burns(name):
    """Every mesh sums to one; fixed burns to their length; every drop is there once, and the fairing."""
    plan = planned(name, fairing_burn=len(planned(name).burns) - 1)
    assert [sum(s.mesh) for s in plan.segments] == pytest.approx([1.0] * len(plan.segments), abs=1e-12)
    for number, burn in enumerate(plan.burns[:-1]):
        lengths = [s.duration_s for s in plan.segments if s.burn_number == number and s.thrusts]
        assert sum(lengths) == pytest.approx(burn.duration_s)
    dropped = [drop for s in plan.segments for drop in s.drops if drop.name != "fairing"]
    assert dropped == [drop for burn in plan.burns for drop in burn.drops]
    assert sum(drop.name == "fairing" for s in plan.segments for drop in s.drops) == 1
