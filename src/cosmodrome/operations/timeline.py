"""Which modes are on when: triggers held against passes, target accesses and eclipses.

A duty fraction is spread evenly over the time that its trigger is on. That keeps energy and data exact over
an orbit; peaks shorter than an orbit are averaged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.models.components import Component
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.target_access import TargetAccess
from cosmodrome.orbit.seasons import Seasons

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ModeTimeline:
    """Triggers and modes over K steps between K + 1 edges; every fraction is a mean over its step."""

    epoch: datetime
    elapsed_s: Array  # (K + 1,) edges of the steps
    illumination_ratio: Array  # (K,)
    contact_fraction: Array  # (K,) any station in view
    target_fraction: Array  # (K,) any target in view
    mode_names: tuple[str, ...]
    on_fraction: Array  # (modes, K)

    @property
    def step_s(self) -> Array:
        """Length of each step [s]."""
        return np.diff(self.elapsed_s)

    @property
    def duration_s(self) -> float:
        """Time covered [s]."""
        return float(self.elapsed_s[-1] - self.elapsed_s[0])

    def __repr__(self) -> str:
        return f"<ModeTimeline {len(self.mode_names)} modes, {self.duration_s / 86400:.1f} days>"


def mode_timeline(
    satellite: Satellite,
    epoch: datetime,
    elapsed_s: Array,
    illumination_ratio: Array,
    passes: Sequence[Pass],
    accesses: Sequence[TargetAccess] = (),
) -> ModeTimeline:
    """Lay the modes of a satellite out over time.

    Parameters
    ----------
    satellite : Satellite
        Its modes, each with a trigger and a duty fraction.
    epoch : datetime
        Instant of `elapsed_s` zero (UTC).
    elapsed_s : ndarray, shape (K + 1,)
        Edges of the steps, ascending. [s]
    illumination_ratio : ndarray, shape (K + 1,)
        Share of the Sun's disc in view at each edge. [1]
    passes : sequence of Pass
        Passes over every station that the satellite works with; they may overlap.
    accesses : sequence of TargetAccess
        Accesses to every target; they may overlap.

    Returns
    -------
    ModeTimeline
        Fractions per step.
    """
    sunlit = (illumination_ratio[1:] + illumination_ratio[:-1]) / 2
    contact = covered_fraction([(one.rise, one.set) for one in passes], epoch, elapsed_s)
    target = covered_fraction([(one.start, one.end) for one in accesses], epoch, elapsed_s)
    triggers = mode_triggers(sunlit, contact, target)
    on_fraction = np.array([mode.duty_fraction * triggers[mode.when] for mode in satellite.modes])
    for array in (sunlit, contact, target, on_fraction):
        array.setflags(write=False)
    names = tuple(mode.name for mode in satellite.modes)
    return ModeTimeline(epoch, elapsed_s, sunlit, contact, target, names, on_fraction)


def mode_triggers(sunlit: Array, contact: Array, target: Array) -> dict[str, Array]:
    """Share of each step in which each trigger of a mode is on, by its name."""
    return {
        "always": np.ones(len(sunlit)),
        "sunlit": sunlit,
        "eclipse": 1 - sunlit,
        "over-station": contact,
        "over-target": target,
    }


def season_timelines(
    satellite: Satellite,
    seasons: Seasons,
    epoch: datetime,
    passes: Sequence[Pass],
    accesses: Sequence[TargetAccess] = (),
) -> tuple[ModeTimeline, ...]:
    """Lay the modes out over the days that stand for a mission.

    Parameters
    ----------
    satellite : Satellite
        Its modes.
    seasons : Seasons
        The days.
    epoch : datetime
        Of the ephemeris that the days were turned from.
    passes : sequence of Pass
        Passes over the stations from there on; those of the first day stand for those of every day.
    accesses : sequence of TargetAccess
        Accesses to the targets; those of the day with most of them stand for those of every day.

    Returns
    -------
    tuple of ModeTimeline
        One for each day.
    """
    first_day = [one for one in passes if (one.rise - epoch).total_seconds() <= DAY_S]
    fullest = _fullest_day(accesses, epoch, seasons.period_s)
    return tuple(
        replace(
            mode_timeline(
                satellite, epoch, day.ephemeris.elapsed_s, day.illumination_ratio, first_day, fullest
            ),
            epoch=day.start,
        )
        for day in seasons.days
    )


def _fullest_day(accesses: Sequence[TargetAccess], epoch: datetime, period_s: float) -> list[TargetAccess]:
    """Accesses of the day with the longest ones, put on the first day, at their places along the orbit."""
    day = timedelta(seconds=round(DAY_S / period_s) * period_s)  # whole revolutions
    by_day: dict[int, list[TargetAccess]] = {}
    for one in accesses:
        by_day.setdefault((one.start - epoch) // day, []).append(one)
    if not by_day:
        return []
    number, chosen = max(by_day.items(), key=lambda item: sum(one.duration_s for one in item[1]))
    back = number * day
    return [replace(one, start=one.start - back, best=one.best - back, end=one.end - back) for one in chosen]


def covered_fraction(spans: Iterable[tuple[datetime, datetime]], epoch: datetime, elapsed_s: Array) -> Array:
    """Share of each step inside at least one span of time; where spans overlap they count once.

    Parameters
    ----------
    spans : iterable of (datetime, datetime)
        Starts and ends, in any order.
    epoch : datetime
        Instant of `elapsed_s` zero (UTC).
    elapsed_s : ndarray, shape (K + 1,)
        Edges of the steps. [s]

    Returns
    -------
    ndarray, shape (K,)
        Fraction of each step inside. [1]
    """
    intervals = merged_intervals(
        ((start - epoch).total_seconds(), (end - epoch).total_seconds()) for start, end in spans
    )
    if not intervals:
        return np.zeros(len(elapsed_s) - 1)
    edges = np.array(intervals).ravel()
    lengths = np.diff(edges)
    lengths[1::2] = 0.0  # gaps between spans add nothing
    inside_s = np.interp(elapsed_s, edges, np.concatenate([[0.0], np.cumsum(lengths)]))
    return np.asarray(np.diff(inside_s) / np.diff(elapsed_s))


def merged_intervals(intervals: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Union of intervals, ascending and apart.

    Parameters
    ----------
    intervals : iterable of (start, end)
        In any order; empty ones are dropped.

    Returns
    -------
    tuple of (start, end)
        Disjoint intervals that cover the same points.

    Examples
    --------
    >>> merged_intervals([(5.0, 6.0), (0.0, 2.0), (1.0, 3.0)])
    ((0.0, 3.0), (5.0, 6.0))
    """
    merged: list[tuple[float, float]] = []
    for start, end in sorted(interval for interval in intervals if interval[1] > interval[0]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple(merged)


def load_w(timeline: ModeTimeline, satellite: Satellite, power_w: Array) -> Array:
    """Power in each step: of the loads, or of what goes with them.

    A part that several modes ask for at once is on for the sum of their fractions, at most all the time; of
    that time the modes in which the part draws most are served first. P = sum over parts of p min(1, sum of
    the fractions of its modes), where a part draws the same in all of them.

    Parameters
    ----------
    timeline : ModeTimeline
        The satellite's modes over time.
    satellite : Satellite
        Says which parts each mode needs, and in which of them each part draws most.
    power_w : ndarray, shape (parts, modes)
        Power of each component line in each mode, all its units together, in the order of the satellite's;
        `part_power_w` of the power budget, or a share of it such as the heat. [W]

    Returns
    -------
    ndarray, shape (K,)
        Mean power of the step. [W]
    """
    load = np.zeros(timeline.on_fraction.shape[1])
    served_alike: dict[tuple[int, ...], Array] = {}
    for part, power in zip(satellite.components, power_w, strict=True):
        if np.any(power):
            rows = _served_rows(satellite, part)
            served_alike[rows] = served_alike.get(rows, 0.0) + power
    for rows, power in served_alike.items():
        load += _mean_by_mode(timeline, rows, power)
    return load


def _served_rows(satellite: Satellite, part: Component) -> tuple[int, ...]:
    """Modes that have a part on, those in which it draws most first."""
    rows = [row for row, mode in enumerate(satellite.modes) if part.name in mode.components]
    return tuple(sorted(rows, key=lambda row: -part.power_in_mode_w(satellite.modes[row].name)))


def _mean_by_mode(timeline: ModeTimeline, rows: tuple[int, ...], value: Array) -> Array:
    """Mean over each step of what parts have in each mode, by the modes in order; zero while none is on."""
    if not rows:
        return np.zeros(timeline.on_fraction.shape[1])
    served = np.minimum(np.cumsum(timeline.on_fraction[list(rows)], axis=0), 1.0)  # by it and those before
    own = value[list(rows)]
    return np.asarray((own - np.append(own[1:], 0.0)) @ served)


def part_fraction(timeline: ModeTimeline, satellite: Satellite, part: Component) -> Array:
    """Share of each step in which a part is on: the sum of its modes, at most 1; shape (K,) [1]."""
    return _mean_by_mode(timeline, _served_rows(satellite, part), np.ones(len(satellite.modes)))


def produced_mbit_s(timeline: ModeTimeline, satellite: Satellite) -> Array:
    """Payload data produced in each step: by the modes, and by the parts that they have on.

    rate = sum of rate_i times the share of the step that mode or part i is on

    Parameters
    ----------
    timeline : ModeTimeline
        The satellite's modes over time.
    satellite : Satellite
        Says how much data each mode and each part makes.

    Returns
    -------
    ndarray, shape (K,)
        Mean rate of the step. [Mbit/s]
    """
    rates = np.array([mode.data_rate_mbit_s for mode in satellite.modes])
    produced = np.asarray(rates @ timeline.on_fraction)
    for part in satellite.components:
        if part.data_rate_mbit_s > 0.0:
            produced += part.count * part.data_rate_mbit_s * part_fraction(timeline, satellite, part)
    return produced


def readiness_fraction(timeline: ModeTimeline, satellite: Satellite) -> Array:
    """Share of each step in which the transmitter would send if a station were in view throughout.

    Parameters
    ----------
    timeline : ModeTimeline
        Illumination over time.
    satellite : Satellite
        Its transmitter and its modes.

    Returns
    -------
    ndarray, shape (K,)
        Sum of the duties of the modes in which it sends, at most 1; 0 without a transmitter. [1]
    """
    sunlit = timeline.illumination_ratio
    triggers = mode_triggers(sunlit, np.ones(len(sunlit)), timeline.target_fraction)
    total = np.zeros(len(sunlit))
    for mode in satellite.modes:
        if mode.name in satellite.sending_modes:
            total += mode.duty_fraction * triggers[mode.when]
    return np.minimum(total, 1.0)
