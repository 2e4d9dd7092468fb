"""When the turning Earth carries the pad under the target plane, in the light wanted and the way clear."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.result import Ascent, Branch
from cosmodrome.constants import DAY_S
from cosmodrome.models.site import Site
from cosmodrome.models.target import SunSynchronousTarget, Target
from cosmodrome.physics.earth_orientation import EarthOrientation, read_earth_orientation
from cosmodrome.physics.events import Indices, find_intervals
from cosmodrome.physics.frames import greenwich_mean_sidereal_angle_rad, itrf_from_gcrf
from cosmodrome.physics.sun import local_time_of_node_h
from cosmodrome.physics.time import datetime_from_elapsed, elapsed_from_datetime
from cosmodrome.physics.topocentric import sun_elevation_rad
from cosmodrome.physics.visibility import GroundPoints

Array = NDArray[np.float64]

SEARCH_DAYS: Final = 30.0  # unless a caller says otherwise

_SAMPLE_S = 1800.0
_INSTANT_TOLERANCE_S = 1e-3
_EDGE_TOLERANCE_S = 0.1  # of light and of what the caller says is clear
_LIGHT_STEP_S = 600.0
_SUNRISE_DEG = -0.833  # refraction at the horizon and the Sun's radius, Astronomical Almanac


@dataclass(frozen=True, slots=True)
class LaunchWindow:
    """A lift-off that gives the target plane, and how much earlier and later serves too.

    `any_time` where the plane is free and so is the instant. `liftoff` is the instant of the window that
    comes nearest to the plane asked for. Where the target states no tolerance, the window is that instant.
    """

    liftoff: datetime
    branch: Branch
    launch_azimuth_deg: float
    raan_deg: float  # at cut-off, GCRF
    ltan_h: float  # at cut-off
    sunlit_pad: bool
    any_time: bool = False
    early_s: float = 0.0
    late_s: float = 0.0

    @property
    def opens(self) -> datetime:
        """First instant that serves."""
        return self.liftoff - timedelta(seconds=self.early_s)

    @property
    def closes(self) -> datetime:
        """Last instant that serves."""
        return self.liftoff + timedelta(seconds=self.late_s)

    def __repr__(self) -> str:
        return (
            f"<LaunchWindow {self.liftoff.isoformat(timespec='seconds')} {self.branch}, "
            f"azimuth {self.launch_azimuth_deg:.1f} deg>"
        )


@dataclass(frozen=True, slots=True)
class WindowLimits:
    """What else a lift-off needs.

    `lighting` is that of the pad, with sunrise where the upper limb shows. `keep_out` are intervals without
    lift-off, as a range hands them out. `is_clear` is asked with the instant of injection and the ascent
    (for instance whether the first revolutions keep clear of everything catalogued): every `clear_step_s`
    along a window, and in between where its answer changes. A closure shorter than that step may be missed.
    """

    lighting: Literal["daylight", "darkness"] | None = None
    keep_out: tuple[tuple[datetime, datetime], ...] = ()
    is_clear: Callable[[datetime, Ascent], bool] | None = None
    clear_step_s: float = 10.0

    def __post_init__(self) -> None:
        """Refuse what is no limit."""
        for begin, end in self.keep_out:
            if not begin < end:
                raise ValueError(
                    f"a closure from {begin.isoformat()} to {end.isoformat()}; expected begin before end"
                )
        if not self.clear_step_s > 0:
            raise ValueError(f"a step of {self.clear_step_s:g} s; expected above 0")


def launch_windows(
    target: Target,
    site: Site,
    branches: Sequence[Ascent],
    start: datetime,
    duration_days: float = SEARCH_DAYS,
    limits: WindowLimits = WindowLimits(),
) -> tuple[LaunchWindow, ...]:
    """Windows that put a flown ascent into the target plane, in time order.

    The ascent fixes the node relative to the Earth; the instant turns it to the wanted right ascension, or
    local time. With a tolerance (`raan_tolerance_deg`, `ltan_tolerance_min` of the target) the window is the
    interval in which the node lies within it, else an instant. Where the target leaves the plane free every
    instant serves: a window a day is returned, for the branch that lifts most, and marked `any_time`.
    What the limits forbid is cut off; a window may fall into parts.

    Parameters
    ----------
    target : Target
        The orbit asked for.
    site : Site
        The launch site, for daylight.
    branches : sequence of Ascent
        Solved ascents; those that did not converge are passed over.
    start : datetime
        Search from here, timezone-aware.
    duration_days : float
        Length of the search [d].
    limits : WindowLimits
        Light on the pad, closures, and a clear way; none as a rule.

    References
    ----------
    Vallado (2013), section 6.4; local time as in `physics.sun.local_time_of_node_h`.
    """
    flown = [ascent for ascent in branches if ascent.converged]
    if not flown:
        return ()
    orientation = read_earth_orientation()
    goal = _Goal.of(target)
    end_s = duration_days * DAY_S
    search = _Search(site, start, end_s, orientation, limits)
    if goal.is_free:
        best = max(flown, key=lambda ascent: ascent.payload_kg)
        days = [DAY_S * day for day in range(math.ceil(duration_days))]
        spans = [(best, _Span(day, day, min(day + DAY_S, end_s))) for day in days]
    else:
        spans = [(ascent, span) for ascent in flown for span in search.matching(goal, ascent)]
    windows = [
        search.window(ascent, part, any_time=goal.is_free)
        for ascent, span in spans
        for part in search.open_parts(span, ascent)
    ]
    return tuple(sorted(windows, key=lambda window: window.liftoff))


@dataclass(frozen=True, slots=True)
class _Span:
    """A window in seconds from the start of the search; `ideal_s` lies in it."""

    opens_s: float
    ideal_s: float
    closes_s: float


@dataclass(frozen=True, slots=True)
class _Goal:
    """What fixes the plane: a local time, a right ascension, or nothing."""

    ltan_h: float | None
    raan_rad: float | None
    tolerance_rad: float

    @classmethod
    def of(cls, target: Target) -> "_Goal":
        if isinstance(target, SunSynchronousTarget):
            return cls(target.ltan_h, None, target.ltan_tolerance_min * math.pi / 720.0)
        raan, tolerance = target.raan_deg, math.radians(target.raan_tolerance_deg)
        return cls(None, None if raan is None else math.radians(raan), tolerance)

    @property
    def is_free(self) -> bool:
        return self.ltan_h is None and self.raan_rad is None

    def ahead_rad(self, raan_rad: Array, ltan_h: Array) -> Array:
        """How far the node of a launch is ahead of the wanted one."""
        if self.ltan_h is not None:
            return np.asarray((ltan_h - self.ltan_h) * math.pi / 12.0, dtype=float)
        return np.asarray(raan_rad - (self.raan_rad or 0.0), dtype=float)


@dataclass(frozen=True, slots=True)
class _Search:
    """What every window of one search shares."""

    site: Site
    start: datetime
    end_s: float
    orientation: EarthOrientation
    limits: WindowLimits

    def matching(self, goal: _Goal, ascent: Ascent) -> list[_Span]:
        """When the node is the wanted one, within the tolerance, from the start to the end of the search."""
        beyond = DAY_S if goal.tolerance_rad else 0.0  # windows that are open before, or close after
        times = np.arange(-beyond, self.end_s + beyond + _SAMPLE_S, _SAMPLE_S)
        offsets = goal.tolerance_rad * np.array([1.0, 0.0, -1.0])

        def sine_ahead(when: Array, edge: Indices) -> Array:
            ahead = goal.ahead_rad(*_nodes(ascent, self.start, when, self.orientation))
            return np.asarray(np.sin(ahead + offsets[edge]), dtype=float)

        # the node moves eastward a turn a day: the sine rises through zero only where it is the wanted node
        samples = np.stack([sine_ahead(times, np.full(len(times), edge)) for edge in range(3)])
        found = find_intervals(times, samples, sine_ahead, _INSTANT_TOLERANCE_S)
        opens, ideal, closes = (found.start_s[found.begins & (found.channel == edge)] for edge in range(3))
        if not goal.tolerance_rad:
            return [_Span(second, second, second) for second in ideal.tolist() if second < self.end_s]
        spans = []
        for second in ideal.tolist():
            first = float(opens[opens <= second].max(initial=-np.inf))
            last = float(closes[closes >= second].min(initial=np.inf))
            first, last = max(first, 0.0), min(last, self.end_s)
            if first < last:
                spans.append(_Span(first, min(max(second, first), last), last))
        return spans

    def open_parts(self, span: _Span, ascent: Ascent) -> list[_Span]:
        """What the limits leave of a window; the instant nearest to the ideal one in each part."""
        parts = self._without_closures([(span.opens_s, span.closes_s)])
        if self.limits.lighting is not None:
            sign = 1.0 if self.limits.lighting == "daylight" else -1.0
            parts = _positive(parts, lambda when: sign * self._light_rad(when), _LIGHT_STEP_S)
        is_clear = self.limits.is_clear
        if is_clear is not None:

            def clearance(when: Array) -> Array:
                epochs = [datetime_from_elapsed(self.start, second + ascent.duration_s) for second in when]
                return np.array([1.0 if is_clear(epoch, ascent) else -1.0 for epoch in epochs])

            parts = _positive(parts, clearance, self.limits.clear_step_s)
        return [_Span(low, min(max(span.ideal_s, low), high), high) for low, high in parts]

    def _without_closures(self, parts: list[tuple[float, float]]) -> list[tuple[float, float]]:
        for closure in self.limits.keep_out:
            begin, end = (elapsed_from_datetime(self.start, instant) for instant in closure)
            left = []
            for low, high in parts:
                if end <= low or begin >= high:
                    inside = low == high and begin <= low <= end
                    left += [] if inside else [(low, high)]
                else:
                    left += [(a, b) for a, b in ((low, begin), (end, high)) if a < b]
            parts = left
        return parts

    def _light_rad(self, when_s: Array) -> Array:
        """How far the Sun has risen over the pad."""
        point = GroundPoints.of(
            np.array([self.site.latitude_deg.value]), np.array([self.site.longitude_deg.value]), np.zeros(1)
        )
        up = point.up_direction[0]
        elevation = sun_elevation_rad(self.start, np.asarray(when_s), up, self.orientation)
        return np.asarray(elevation - math.radians(_SUNRISE_DEG), dtype=float)

    def window(self, ascent: Ascent, span: _Span, *, any_time: bool) -> LaunchWindow:
        """The window of an ascent."""
        liftoff = datetime_from_elapsed(self.start, span.ideal_s)
        raan, ltan = _nodes(ascent, liftoff, np.zeros(1), self.orientation)
        return LaunchWindow(
            liftoff=liftoff,
            branch=ascent.branch,
            launch_azimuth_deg=ascent.launch_azimuth_deg,
            raan_deg=math.degrees(float(raan[0])),
            ltan_h=float(ltan[0]),
            sunlit_pad=bool(self._light_rad(np.array([span.ideal_s]))[0] > 0.0),
            any_time=any_time,
            early_s=span.ideal_s - span.opens_s,
            late_s=span.closes_s - span.ideal_s,
        )


def _positive(
    parts: list[tuple[float, float]], margin: Callable[[Array], Array], step_s: float
) -> list[tuple[float, float]]:
    """Where the margin is positive in the parts, of which some may be instants; edges on the safe side."""
    found: list[tuple[float, float]] = []
    for low, high in parts:
        if low == high:
            found += [(low, high)] if margin(np.array([low]))[0] > 0.0 else []
            continue
        times = np.linspace(low, high, max(3, math.ceil((high - low) / step_s) + 1))
        inside = find_intervals(times, margin(times)[None], lambda when, _: margin(when), _EDGE_TOLERANCE_S)
        starts = inside.start_s + _EDGE_TOLERANCE_S * inside.begins
        ends = inside.end_s - _EDGE_TOLERANCE_S * inside.ends
        found += [(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True) if a < b]
    return found


def _nodes(
    ascent: Ascent, start: datetime, liftoff_s: Array, orientation: EarthOrientation
) -> tuple[Array, Array]:
    """Right ascension in GCRF [rad] and local time [h] of the node at cut-off, for lift-off times."""
    inclination = math.radians(ascent.insertion.inclination_deg)
    relative = math.radians(ascent.insertion.raan_relative_deg)
    normal = np.array(
        [
            math.sin(inclination) * math.sin(relative),
            -math.sin(inclination) * math.cos(relative),
            math.cos(inclination),
        ]
    )
    inertial = np.einsum("nji,j->ni", itrf_from_gcrf(start, liftoff_s, orientation), normal)
    raan = np.arctan2(inertial[:, 0], -inertial[:, 1]) % (2 * math.pi)
    # of date, where the mean Sun is reckoned
    of_date = greenwich_mean_sidereal_angle_rad(start, liftoff_s, orientation) + relative
    cut_off = np.asarray(liftoff_s, dtype=float) + ascent.duration_s
    return raan, local_time_of_node_h(of_date, start, cut_off, orientation)
