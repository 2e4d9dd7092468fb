"""When each segment begins, how long it lasts, and what the vehicle weighs, in closed form.

Mass is not a state of the optimization: between events it falls along a parabola in time (a straight
line, where the thrust is constant), or exponentially while the engine is throttled to hold an acceleration.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np

from cosmodrome.ascent.phases import AscentPlan, Segment, Steering


@dataclass(frozen=True, slots=True)
class SegmentNumbers:
    """The numbers of one segment that the equations of motion need; symbols or floats."""

    thrust_vacuum_n: Any  # when its burn begins
    thrust_rate_n_s: Any
    exit_area_m2: Any
    mass_flow_kg_s: Any  # when its burn begins
    mass_flow_rate_kg_s2: Any
    acceleration_limit_m_s2: Any
    drop_after_kg: Any
    drag_area_m2: Any


NUMBERS_PER_SEGMENT = 8


def segment_numbers(segment: Segment) -> SegmentNumbers:
    """The numbers of a segment."""
    burn = segment.burn
    on = 1.0 if segment.thrusts else 0.0
    return SegmentNumbers(
        on * burn.thrust_vacuum_n,
        on * burn.thrust_rate_n_s,
        on * burn.exit_area_m2,
        on * burn.mass_flow_kg_s,
        on * burn.mass_flow_rate_kg_s2,
        segment.acceleration_limit_m_s2,
        segment.drop_after_kg,
        burn.drag_area_m2,
    )


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A segment with its place in time; symbols, arrays or floats."""

    start_s: Any
    duration_s: Any
    start_mass_kg: Any
    burned_s: Any  # since the burn began, when the segment begins
    numbers: SegmentNumbers
    throttled: bool
    throttle_ratio: Any = 1.0

    def mass_kg(self, elapsed_s: Any, xp: ModuleType = np) -> Any:
        """Mass some time after the segment began."""
        n = self.numbers
        if self.throttled:
            rate = n.acceleration_limit_m_s2 * n.mass_flow_kg_s / n.thrust_vacuum_n
            return self.start_mass_kg * xp.exp(-rate * elapsed_s)
        flow = n.mass_flow_kg_s + n.mass_flow_rate_kg_s2 * (self.burned_s + 0.5 * elapsed_s)
        return self.start_mass_kg - self.throttle_ratio * flow * elapsed_s

    def thrust_vacuum_n(self, elapsed_s: Any) -> Any:
        """Thrust in vacuum some time after the segment began, where no limit is held."""
        n = self.numbers
        return self.throttle_ratio * (n.thrust_vacuum_n + n.thrust_rate_n_s * (self.burned_s + elapsed_s))

    @property
    def end_mass_kg(self) -> Any:
        """Mass at its end, before the drop [kg]."""
        return self.mass_kg(self.duration_s)


def chained(
    plan: AscentPlan, liftoff_mass_kg: Any, durations_s: Sequence[Any], throttles: Sequence[Any]
) -> list[Scheduled]:
    """The segments with known lengths and throttles, in place from lift-off.

    Parameters
    ----------
    plan : AscentPlan
    liftoff_mass_kg : float or ndarray
        With payload. [kg]
    durations_s, throttles : sequence
        One per segment. [s], ratio
    """
    lengths = iter(durations_s)
    return _chain(plan, liftoff_mass_kg, throttles, lambda *_: next(lengths))


def first_schedule(
    plan: AscentPlan,
    liftoff_mass_kg: Any,
    known_s: Mapping[tuple[int, Steering, str], float] | None = None,
    *,
    final_share: Any = 0.98,
) -> list[Scheduled]:
    """The segments with first values of what the optimizer will choose, every burn burned to its end.

    Parameters
    ----------
    plan : AscentPlan
    liftoff_mass_kg : float or ndarray
        With payload. [kg]
    known_s : dict, optional
        Lengths known already, by burn, steering and event. [s]
    final_share : float or ndarray
        Share of its propellant that the last burn burns.
    """
    known = known_s or {}

    def duration_of(segment: Segment, placed: Scheduled, left_kg: Any) -> Any:
        key = (segment.burn_number, segment.steering, segment.event_after)
        return known[key] if key in known else _first_duration_s(segment, placed, left_kg, final_share)

    throttles = [
        (1.0 + segment.burn.throttle_min_ratio) / 2 if segment.throttled_down else 1.0
        for segment in plan.segments
    ]
    return _chain(plan, liftoff_mass_kg, throttles, duration_of)


def _chain(
    plan: AscentPlan, liftoff_mass_kg: Any, throttles: Sequence[Any], duration_of: Callable[..., Any]
) -> list[Scheduled]:
    """Put one segment after the other; `duration_of` is asked segment, place and propellant left."""
    placed: list[Scheduled] = []
    start: Any = 0.0
    burned: Any = 0.0
    mass, left, number = liftoff_mass_kg, 0.0, -1
    for segment, throttle in zip(plan.segments, throttles, strict=True):
        if segment.burn_number != number:
            burned, left, number = 0.0, segment.burn.propellant_kg, segment.burn_number
        n = segment_numbers(segment)
        here = Scheduled(start, 0.0, mass, burned, n, segment.throttled, throttle)
        here = replace(here, duration_s=duration_of(segment, here, left))
        placed.append(here)
        start = start + here.duration_s
        burned = burned + here.duration_s if segment.thrusts else burned
        left = left - (mass - here.end_mass_kg)
        mass = here.end_mass_kg - n.drop_after_kg
    return placed


def _first_duration_s(segment: Segment, placed: Scheduled, left_kg: Any, final_share: Any) -> Any:
    """How long a segment lasts by its rule, when this much propellant of its burn is left."""
    n, mass = placed.numbers, placed.start_mass_kg
    if segment.length in ("fixed", "open"):
        return segment.duration_s
    if segment.length in ("rest", "final"):
        flow = n.mass_flow_kg_s + n.mass_flow_rate_kg_s2 * placed.burned_s
        root = np.sqrt(np.maximum(flow**2 + 2 * n.mass_flow_rate_kg_s2 * left_kg, 0.0))
        whole = 2 * left_kg / (flow + root)
        return final_share * whole if segment.length == "final" else whole
    mass_at_limit = n.thrust_vacuum_n / n.acceleration_limit_m_s2
    if segment.length == "to-limit":
        return np.maximum(mass - mass_at_limit, 1e-3 * mass) / n.mass_flow_kg_s
    exhaust_over_limit = n.thrust_vacuum_n / (n.mass_flow_kg_s * n.acceleration_limit_m_s2)
    whole = exhaust_over_limit * np.log(mass / np.maximum(mass - left_kg, 1e-3 * mass))
    return final_share * whole if segment.length == "final-limited" else whole
