"""Masses and times in closed form, against the flow integrated numerically."""

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from cosmodrome.ascent.dynamics import thrust_acceleration
from cosmodrome.ascent.phases import Arrangement, ascent_plan
from cosmodrome.ascent.result import AscentLimits
from cosmodrome.ascent.schedule import Scheduled, SegmentNumbers, chained, first_schedule, segment_numbers
from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.constants import STANDARD_GRAVITY_M_S2 as G0

LIMITS = AscentLimits(axial_acceleration_g=4.0)


def planned(name, **arrangement):
    return ascent_plan(find_vehicle(name), LIMITS, Arrangement(**arrangement))


def segment(*, rate_n_s=0.0, limit_m_s2=0.0, throttle=1.0, burned_s=0.0):
    """20 s of 1 MN at 3 km/s, 100 t when they begin; the thrust may change, be throttled, or be held back."""
    exhaust = 3000.0
    numbers = SegmentNumbers(1e6, rate_n_s, 0.5, 1e6 / exhaust, rate_n_s / exhaust, limit_m_s2, 500.0, 3.0)
    return Scheduled(100.0, 20.0, 1e5, burned_s, numbers, limit_m_s2 > 0, throttle)


SEGMENTS = {
    "constant": segment(),
    "ramp": segment(rate_n_s=-2e4, burned_s=7.0),
    "throttled": segment(throttle=0.6),
    "throttled ramp": segment(rate_n_s=1e4, throttle=0.6, burned_s=3.0),
    "held at a limit": segment(limit_m_s2=9.0),
}


@pytest.mark.parametrize("kind", SEGMENTS)
def test_mass_is_the_integral_of_the_flow(kind):
    """Of thrust over exhaust speed, by DOP853: 1e-10 of the mass."""
    placed = SEGMENTS[kind]

    def falls(time_s, mass_kg):
        push = thrust_acceleration(placed, time_s, mass_kg[0], 0.0)  # in vacuum
        return [-push * mass_kg[0] / 3000.0]

    times = np.linspace(0.0, 20.0, 9)
    flown = solve_ivp(falls, (0.0, 20.0), [1e5], "DOP853", times, rtol=1e-12, atol=1e-6)
    assert placed.mass_kg(times) == pytest.approx(flown.y[0], rel=1e-10)
    assert placed.end_mass_kg == pytest.approx(flown.y[0, -1], rel=1e-10)


def test_thrust_follows_its_ramp_and_its_throttle():
    """Since the burn began, not the segment: 1 MN - 20 kN/s (7 + 5) s; 60 % of 1 MN + 10 kN/s (3 + 5) s."""
    assert SEGMENTS["ramp"].thrust_vacuum_n(5.0) == pytest.approx(1e6 - 2e4 * 12.0)
    assert SEGMENTS["throttled ramp"].thrust_vacuum_n(5.0) == pytest.approx(0.6 * (1e6 + 1e4 * 8.0))


def test_air_takes_thrust_from_a_throttled_engine_as_from_another():
    full, throttled = SEGMENTS["constant"], SEGMENTS["throttled"]
    lost = [
        thrust_acceleration(p, 0.0, 1e5, 0.0) - thrust_acceleration(p, 0.0, 1e5, 8e4)
        for p in (full, throttled)
    ]
    assert lost == pytest.approx([0.5 * 8e4 / 1e5] * 2)


def test_a_coast_neither_thrusts_nor_burns():
    plan = planned("angara-1.2", coasts=frozenset({0}))
    coast = next(s for s in plan.segments if s.steering == "coast")
    numbers = segment_numbers(coast)
    assert numbers.drag_area_m2 == coast.burn.drag_area_m2
    assert (numbers.thrust_vacuum_n, numbers.thrust_rate_n_s, numbers.exit_area_m2) == (0.0, 0.0, 0.0)
    assert (numbers.mass_flow_kg_s, numbers.mass_flow_rate_kg_s2) == (0.0, 0.0)


def test_segments_follow_each_other():
    """Start, mass and time burned of each come from the one before, less what is dropped."""
    plan = planned("vega", fairing_burn=12)
    lengths = [segment.duration_s for segment in plan.segments]
    placed = chained(plan, plan.liftoff_mass_kg + 1500.0, lengths, [1.0] * len(lengths))
    assert placed[0].start_mass_kg == plan.liftoff_mass_kg + 1500.0
    for k, (before, after) in enumerate(pairwise(placed)):
        assert after.start_s == pytest.approx(before.start_s + before.duration_s)
        assert after.start_mass_kg == pytest.approx(before.end_mass_kg - plan.segments[k].drop_after_kg)
        same_burn = plan.segments[k].burn_number == plan.segments[k + 1].burn_number
        burned = before.burned_s + before.duration_s if same_burn else 0.0
        assert after.burned_s == pytest.approx(burned) or not plan.segments[k + 1].thrusts


def test_a_first_schedule_keeps_what_is_known():
    plan = planned("angara-1.2", fairing_burn=1)
    known = {(1, "free", "fairing jettison"): 33.0}
    placed = first_schedule(plan, plan.liftoff_mass_kg + 3000.0, known)
    index = next(k for k, s in enumerate(plan.segments) if s.event_after == "fairing jettison")
    assert placed[index].duration_s == 33.0


@pytest.mark.parametrize("name", vehicle_names())
def test_a_first_schedule_burns_every_burn_to_its_end(name):
    """But 2 % of the time of the last, which the optimizer may use."""
    plan = planned(name)
    placed = first_schedule(plan, plan.liftoff_mass_kg + 100.0)
    for number, burn in enumerate(plan.burns):
        pairs = zip(plan.segments, placed, strict=True)
        used = sum(p.start_mass_kg - p.end_mass_kg for s, p in pairs if s.burn_number == number)
        left = 0.02 if number == len(plan.burns) - 1 else 0.0
        assert used == pytest.approx((1 - left) * burn.propellant_kg, rel=1e-6)


def test_a_burn_throttled_to_a_limit_begins_at_it_and_ends_empty():
    """Full thrust until 4 g, then m' = -4 g m / c to the last drop, for a batch of payloads at once."""
    plan = planned("angara-1.2", limited_burns=frozenset({0}))
    payloads = np.array([1000.0, 3000.0])
    placed = first_schedule(plan, plan.liftoff_mass_kg + payloads)
    index = next(k for k, s in enumerate(plan.segments) if s.length == "limited")
    before, held = placed[index - 1], placed[index]
    assert before.numbers.thrust_vacuum_n / before.end_mass_kg == pytest.approx([4.0 * G0] * 2)
    burned = sum(p.start_mass_kg - p.end_mass_kg for p in placed[: index + 1])
    assert burned == pytest.approx([plan.burns[0].propellant_kg] * 2)
    exhaust = plan.burns[0].exhaust_speed_m_s
    whole = exhaust / (4.0 * G0) * np.log(held.start_mass_kg / held.end_mass_kg)
    assert held.duration_s == pytest.approx(whole)
