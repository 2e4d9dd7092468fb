"""At which instants the turning Earth carries the pad under the target plane."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.result import Ascent, Branch
from cosmodrome.constants import DAY_S
from cosmodrome.models.site import Site
from cosmodrome.models.target import SunSynchronousTarget, Target
from cosmodrome.physics.earth_orientation import EarthOrientation, read_earth_orientation
from cosmodrome.physics.events import Indices, find_intervals
from cosmodrome.physics.frames import greenwich_mean_sidereal_angle_rad, itrf_from_gcrf
from cosmodrome.physics.sun import local_time_of_node_h, sun_direction_and_distance_m
from cosmodrome.physics.time import datetime_from_elapsed

Array = NDArray[np.float64]

_SAMPLE_S = 1800.0
_INSTANT_TOLERANCE_S = 1e-3
_SUNRISE_DEG = -0.833  # refraction at the horizon and the Sun's radius, Astronomical Almanac


@dataclass(frozen=True, slots=True)
class LaunchWindow:
    """One instant that gives the target plane; `any_time` where the plane is free and so is the instant."""

    liftoff: datetime
    branch: Branch
    launch_azimuth_deg: float
    raan_deg: float  # at cut-off, GCRF
    ltan_h: float  # at cut-off
    sunlit_pad: bool
    any_time: bool = False

    def __repr__(self) -> str:
        return (
            f"<LaunchWindow {self.liftoff.isoformat(timespec='seconds')} {self.branch}, "
            f"azimuth {self.launch_azimuth_deg:.1f} deg>"
        )


def launch_windows(
    target: Target, site: Site, branches: Sequence[Ascent], start: datetime, duration_days: float = 30.0
) -> tuple[LaunchWindow, ...]:
    """Instants that put a flown ascent into the target plane, in time order.

    The ascent fixes the node relative to the Earth; the instant turns it to the wanted right ascension, or
    local time. Where the target leaves the plane free every instant serves: one window a day is returned,
    for the branch that lifts most, and marked `any_time`.

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

    References
    ----------
    Vallado (2013), section 6.4; local time as in `physics.sun.local_time_of_node_h`.
    """
    flown = [ascent for ascent in branches if ascent.converged]
    if not flown:
        return ()
    orientation = read_earth_orientation()
    goal = _Goal.of(target)
    if goal.ltan_h is None and goal.raan_rad is None:
        best = max(flown, key=lambda ascent: ascent.payload_kg)
        days = [timedelta(days=day) for day in range(math.ceil(duration_days))]
        return tuple(_window(site, best, start + day, orientation, any_time=True) for day in days)
    windows = [
        _window(site, ascent, datetime_from_elapsed(start, second), orientation)
        for ascent in flown
        for second in _matching_instants_s(goal, ascent, start, duration_days, orientation)
    ]
    return tuple(sorted(windows, key=lambda window: window.liftoff))


@dataclass(frozen=True, slots=True)
class _Goal:
    """What fixes the plane: a local time, a right ascension, or nothing."""

    ltan_h: float | None
    raan_rad: float | None

    @classmethod
    def of(cls, target: Target) -> "_Goal":
        if isinstance(target, SunSynchronousTarget):
            return cls(target.ltan_h, None)
        raan = target.raan_deg
        return cls(None, None if raan is None else math.radians(raan))

    def ahead_rad(self, raan_rad: Array, ltan_h: Array) -> Array:
        """How far the node of a launch is ahead of the wanted one."""
        if self.ltan_h is not None:
            return np.asarray((ltan_h - self.ltan_h) * math.pi / 12.0, dtype=float)
        return np.asarray(raan_rad - (self.raan_rad or 0.0), dtype=float)


def _matching_instants_s(
    goal: _Goal, ascent: Ascent, start: datetime, duration_days: float, orientation: EarthOrientation
) -> list[float]:
    """Seconds after `start` at which a launch gives the wanted node."""
    times = np.arange(0.0, duration_days * DAY_S + _SAMPLE_S, _SAMPLE_S)

    def sine_ahead(when: Array, _: Indices) -> Array:
        return np.sin(goal.ahead_rad(*_nodes(ascent, start, when, orientation)))

    # the node moves eastward a turn a day: its sine rises through zero only where it is the wanted node
    found = find_intervals(times, sine_ahead(times, np.zeros(1, int))[None], sine_ahead, _INSTANT_TOLERANCE_S)
    starts = found.start_s[found.begins]
    return [float(second) for second in starts if second < duration_days * DAY_S]


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


def _window(
    site: Site, ascent: Ascent, liftoff: datetime, orientation: EarthOrientation, any_time: bool = False
) -> LaunchWindow:
    """The window of an ascent at one lift-off instant."""
    raan, ltan = _nodes(ascent, liftoff, np.zeros(1), orientation)
    return LaunchWindow(
        liftoff=liftoff,
        branch=ascent.branch,
        launch_azimuth_deg=ascent.launch_azimuth_deg,
        raan_deg=math.degrees(float(raan[0])),
        ltan_h=float(ltan[0]),
        sunlit_pad=_sun_elevation_deg(site, liftoff, orientation) > _SUNRISE_DEG,
        any_time=any_time,
    )


def _sun_elevation_deg(site: Site, instant: datetime, orientation: EarthOrientation) -> float:
    """Elevation of the Sun's center above the pad's horizon, without refraction [deg]."""
    direction, _ = sun_direction_and_distance_m(instant, np.zeros(1))
    fixed = itrf_from_gcrf(instant, np.zeros(1), orientation)[0] @ direction[0]
    latitude, longitude = math.radians(site.latitude_deg.value), math.radians(site.longitude_deg.value)
    up = np.array(
        [
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        ]
    )
    return math.degrees(math.asin(float(up @ fixed)))
