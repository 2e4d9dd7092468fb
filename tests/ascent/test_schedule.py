"""Burns, segments and masses in closed form."""

import numpy as np
import pytest

from cosmodrome.ascent.phases import ascent_plan, vehicle_burns
from cosmodrome.ascent.result import AscentLimits
from cosmodrome.ascent.schedule import SegmentNumbers, schedule, segment_numbers
from cosmodrome.catalog import find_vehicle, vehicle_names

G0 = 9.80665


def timeline(plan, payload_kg, open_s, throttles=()):
    numbers = [SegmentNumbers(*segment_numbers(s)) for s in plan.segments]
    shapes = tuple(s.shape for s in plan.segments)
    return schedule(shapes, numbers, plan.liftoff_mass_kg + payload_kg, list(open_s), list(throttles))


@pytest.mark.parametrize("name", vehicle_names())
def test_every_kilogram_of_propellant_is_burned_once(name):
    vehicle = find_vehicle(name)
    burned = sum(burn.propellant_kg for burn in vehicle_burns(vehicle))
    loaded = sum(stage.count * stage.propellant_mass_kg.value for stage in vehicle.stages)
    assert burned == pytest.approx(loaded, rel=1e-9)


def test_boosters_burn_beside_a_throttled_core():
    """Angara A5: four boosters at full thrust and the core at 30 %, then the core alone (catalog)."""
    vehicle = find_vehicle("angara-a5")
    first, second, third = vehicle_burns(vehicle)
    booster, core, _ = vehicle.stages
    assert first.thrust_vacuum_n == pytest.approx(
        4 * booster.thrust_vacuum_n.value + core.throttle_with_boosters_ratio * core.thrust_vacuum_n.value
    )
    assert first.drop_after_kg == pytest.approx(4 * booster.dry_mass_kg.value)
    assert second.thrust_vacuum_n == core.thrust_vacuum_n.value
    assert third.cutoff_event == "insertion"


def test_full_thrust_mass_is_linear():
    plan = ascent_plan(find_vehicle("electron"), AscentLimits(), 1, frozenset())
    placed = timeline(plan, 150.0, (40.0, 300.0))
    for before, after, segment in zip(placed, placed[1:], plan.segments, strict=False):
        assert after.start_s == pytest.approx(before.start_s + before.duration_s)
        assert after.start_mass_kg == pytest.approx(before.end_mass_kg - segment.drop_after_kg)
        assert before.mass_kg(before.duration_s) == pytest.approx(before.end_mass_kg)


def test_throttled_burn_holds_its_acceleration_and_ends_empty():
    limits = AscentLimits(axial_acceleration_g=4.0)
    vehicle = find_vehicle("angara-1.2")
    plan = ascent_plan(vehicle, limits, 1, frozenset({0}))
    placed = timeline(plan, 3000.0, (20.0, 280.0))
    index = next(i for i, s in enumerate(plan.segments) if s.length == "limited")
    limited, before = placed[index], placed[index - 1]
    flow = limited.numbers.mass_flow_kg_s / limited.numbers.thrust_vacuum_n  # kg/s per N
    times = np.linspace(0.0, limited.duration_s, 2001)
    burned = np.trapezoid(4.0 * G0 * limited.mass_kg(times) * flow, times)
    assert before.numbers.thrust_vacuum_n / before.end_mass_kg == pytest.approx(4.0 * G0)
    assert burned == pytest.approx(limited.start_mass_kg - limited.end_mass_kg, rel=1e-6)
    assert limited.propellant_left_kg == pytest.approx(0.0, abs=1e-6)
