"""When each segment begins, how long it lasts, and what the vehicle weighs, in closed form.

Mass is not a state of the optimization: between events it is linear in time, or falls exponentially
while the engine is throttled to hold an acceleration.
"""

from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

import numpy as np

from cosmodrome.ascent.phases import Segment, SegmentShape


@dataclass(frozen=True, slots=True)
class SegmentNumbers:
    """The numbers of one segment that the schedule needs; symbols or floats."""

    thrust_vacuum_n: Any
    exit_area_m2: Any
    mass_flow_kg_s: Any
    propellant_kg: Any  # of the whole burn
    duration_s: Any
    acceleration_limit_m_s2: Any
    drop_after_kg: Any
    drag_area_m2: Any


NUMBERS_PER_SEGMENT = 8


def segment_numbers(segment: Segment) -> tuple[float, ...]:
    """The numbers of a segment in the order of `SegmentNumbers`."""
    burn = segment.burn
    on = 1.0 if segment.thrusts else 0.0
    return (
        on * burn.thrust_vacuum_n,
        on * burn.exit_area_m2,
        on * burn.mass_flow_kg_s,
        burn.propellant_kg,
        segment.duration_s,
        segment.acceleration_limit_m_s2,
        segment.drop_after_kg,
        burn.drag_area_m2,
    )


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A segment with its place in time; symbols or floats."""

    start_s: Any
    duration_s: Any
    start_mass_kg: Any
    end_mass_kg: Any  # before the drop
    propellant_left_kg: Any  # of the burn, at the segment's end
    numbers: SegmentNumbers  # with the throttle applied
    throttled: bool
    throttle_ratio: Any = 1.0

    def mass_kg(self, elapsed_s: Any, xp: ModuleType = np) -> Any:
        """Mass some time after the segment began."""
        n = self.numbers
        if self.throttled:
            return self.start_mass_kg * xp.exp(
                -n.acceleration_limit_m_s2 * n.mass_flow_kg_s / n.thrust_vacuum_n * elapsed_s
            )
        return self.start_mass_kg - n.mass_flow_kg_s * elapsed_s


def schedule(
    segments: tuple[SegmentShape, ...],
    numbers: list[SegmentNumbers],
    liftoff_mass_kg: Any,
    open_durations_s: list[Any],
    throttle_ratios: list[Any],
    xp: ModuleType = np,
) -> list[Scheduled]:
    """Chain the segments from lift-off.

    Parameters
    ----------
    segments : tuple of SegmentShape
        Their kinds and their order.
    numbers : list of SegmentNumbers
        One per segment.
    liftoff_mass_kg : scalar or symbol
        With payload. [kg]
    open_durations_s : list
        One per segment whose length is open or final. [s]
    throttle_ratios : list
        One per segment that is throttled down.
    xp : module
        numpy or casadi.

    Returns
    -------
    list of Scheduled
    """
    chained: list[Scheduled] = []
    start: Any = 0.0
    mass = liftoff_mass_kg
    left: Any = 0.0
    waiting, throttles = list(open_durations_s), list(throttle_ratios)
    for segment, full in zip(segments, numbers, strict=True):
        ratio = throttles.pop(0) if segment.throttled_down else 1.0
        n = replace(
            full, thrust_vacuum_n=ratio * full.thrust_vacuum_n, mass_flow_kg_s=ratio * full.mass_flow_kg_s
        )
        left = n.propellant_kg if segment.starts_burn else left
        throttled = segment.length in ("limited", "final-limited")
        duration = _duration_s(segment, n, mass, left, waiting, xp)
        if throttled:
            rate = n.acceleration_limit_m_s2 * n.mass_flow_kg_s / n.thrust_vacuum_n
            end = mass * xp.exp(-rate * duration)
        else:
            end = mass - n.mass_flow_kg_s * duration
        left = left - (mass - end)
        chained.append(Scheduled(start, duration, mass, end, left, n, throttled, ratio))
        start = start + duration
        mass = end - n.drop_after_kg
    return chained


def _duration_s(
    segment: SegmentShape, n: SegmentNumbers, mass: Any, left: Any, waiting: list[Any], xp: ModuleType
) -> Any:
    """How long a segment lasts, by its rule."""
    if segment.length == "fixed":
        return n.duration_s
    if segment.length in ("open", "final", "final-limited"):
        return waiting.pop(0)
    if segment.length == "rest":
        return left / n.mass_flow_kg_s
    mass_at_limit = n.thrust_vacuum_n / n.acceleration_limit_m_s2
    if segment.length == "to-limit":
        return (mass - mass_at_limit) / n.mass_flow_kg_s
    exhaust_over_limit = n.thrust_vacuum_n / (n.mass_flow_kg_s * n.acceleration_limit_m_s2)
    return exhaust_over_limit * xp.log(mass / (mass - left))
