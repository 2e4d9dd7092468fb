"""What an orbit is and how it moves: elements, nodes, ground track, shadow and Sun over a run."""

import math
import time
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2, EARTH_ROTATION_RATE_RAD_S
from cosmodrome.orbit.eclipses import beta_angle, eclipses
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.ground_track import ground_track
from cosmodrome.orbit.nodes import node_crossings
from cosmodrome.orbit.propagate import propagate
from cosmodrome.orbit.repeat_track import RepeatCycle
from cosmodrome.physics.elements import orbital_period_s
from cosmodrome.physics.time import elapsed_from_datetime
from cosmodrome.studies.orbit_options import ForceOptions, OrbitOptions
from cosmodrome.studies.orbit_source import OrbitStart, as_question, orbit_start

Array = NDArray[np.float64]

STEP_S = 60.0
_LONGEST_REPEAT_DAYS = 30
_LEAST_SINE = 0.01  # of the inclination: below it the node is not defined well
_TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class NodeMotion:
    """Ascending nodes over the run, by straight lines through them; `ltan_h` is at the start."""

    crossings_count: int
    nodal_period_s: float
    raan_drift_deg_per_day: float
    ltan_h: float
    ltan_drift_min_per_day: float

    def __repr__(self) -> str:
        return f"<NodeMotion {self.nodal_period_s:.2f} s, {self.raan_drift_deg_per_day:+.4f} deg/day>"


@dataclass(frozen=True, slots=True)
class ShadowSummary:
    """Passages through the umbra that the run holds whole, and the part of the run in it."""

    eclipses_count: int
    longest_s: float
    mean_s: float
    eclipse_fraction: float

    def __repr__(self) -> str:
        return f"<ShadowSummary {self.eclipses_count}, longest {self.longest_s:.0f} s>"


@dataclass(frozen=True, slots=True)
class Extremes:
    """Lowest and highest over the run; altitudes above the ellipsoid."""

    lowest_altitude_km: float
    highest_altitude_km: float
    lowest_beta_deg: float
    highest_beta_deg: float


@dataclass(frozen=True, slots=True)
class OrbitStudy:
    """Everything found about an orbit; nodes and repeat are None where it has too few nodes."""

    options: OrbitOptions
    start: OrbitStart
    ephemeris: Ephemeris
    mean_altitude_km: float  # of the semi-major axis over the first revolution, above 6378.137 km
    period_s: float
    nodes: NodeMotion | None
    repeat: RepeatCycle | None
    shadow: ShadowSummary
    extremes: Extremes
    elapsed_s: float

    @property
    def notes(self) -> tuple[str, ...]:
        """What was assumed, and where data end."""
        return (*self.start.notes, *self.ephemeris.notes)

    def __repr__(self) -> str:
        return f"<OrbitStudy {self.start!r} over {self.ephemeris.duration_days:.2f} days>"


def orbit_study(options: OrbitOptions, forces: ForceOptions | None = None, *, today: datetime) -> OrbitStudy:
    """Propagate an orbit and say what it does.

    Parameters
    ----------
    options : OrbitOptions
    forces : ForceOptions, optional
    today : datetime
        For an orbit without an epoch.

    Returns
    -------
    OrbitStudy

    Raises
    ------
    CosmodromeError
        With every contradiction among the options, or what is wrong with the file.

    Examples
    --------
    A sun-synchronous node follows the mean Sun, 0.9856 deg a day (Vallado 2013, section 11.4.1):

    >>> from datetime import UTC
    >>> asked = OrbitOptions(altitude_km=700, sun_synchronous=True, ltan="10:30", duration_days=2)
    >>> drift = orbit_study(asked, today=datetime(2027, 1, 1, tzinfo=UTC)).nodes.raan_drift_deg_per_day
    >>> abs(drift / 0.9856 - 1) < 0.005  # the inclination is by J2 alone
    True
    """
    began_s = time.perf_counter()
    start = orbit_start(options, forces or ForceOptions(), today)
    ephemeris = propagated(start, options.duration_days)
    axis_m = _mean_axis_m(ephemeris)
    nodes = _node_motion(ephemeris)
    height_km, beta_deg = ground_track(ephemeris).altitude_km, beta_angle(ephemeris).beta_angle_deg
    ends = (height_km.min(), height_km.max(), beta_deg.min(), beta_deg.max())
    return OrbitStudy(
        options=options,
        start=start,
        ephemeris=ephemeris,
        mean_altitude_km=(axis_m - EARTH_EQUATORIAL_RADIUS_M) / 1e3,
        period_s=orbital_period_s(axis_m),
        nodes=nodes,
        repeat=_repeat(nodes, axis_m) if nodes else None,
        shadow=_shadow(ephemeris),
        extremes=Extremes(*(float(value) for value in ends)),
        elapsed_s=time.perf_counter() - began_s,
    )


def propagated(start: OrbitStart, duration_days: float) -> Ephemeris:
    """The path from a start on, a state a minute."""
    with as_question():
        return propagate(start.state, start.state.epoch, duration_days, start.forces, step_s=STEP_S)


def _mean_axis_m(ephemeris: Ephemeris) -> float:
    """Mean over the first revolution of the osculating semi-major axis."""
    radius = np.linalg.norm(ephemeris.position_m, axis=1)
    square = np.sum(ephemeris.velocity_m_s**2, axis=1)
    axis = 1.0 / (2.0 / radius - square / EARTH_GM_M3_S2)
    whole = ephemeris.elapsed_s < orbital_period_s(float(axis[0]))
    return float(axis[whole].mean())


def _node_motion(ephemeris: Ephemeris) -> NodeMotion | None:
    """Trends of the ascending nodes.

    The mean local time of a place is UTC plus its longitude, which is that of the node when it is crossed.
    """
    crossing, longitude = _ascending_nodes(ephemeris)
    place = ephemeris.position_itrf_m
    if len(crossing) < 2 or np.abs(place[:, 2]).max() < _LEAST_SINE * np.linalg.norm(place[0]):
        return None
    inertial = np.unwrap(longitude + EARTH_ROTATION_RATE_RAD_S * crossing)
    midnight = ephemeris.epoch.replace(hour=0, minute=0, second=0, microsecond=0)
    clock_s = elapsed_from_datetime(midnight, ephemeris.epoch) + crossing
    local = np.unwrap(_TURN * clock_s / DAY_S + longitude)
    number = np.arange(len(crossing), dtype=float)
    drift, local_trend = np.polyfit(crossing, inertial, 1), np.polyfit(crossing, local, 1)
    return NodeMotion(
        crossings_count=len(crossing),
        nodal_period_s=float(np.polyfit(number, crossing, 1)[0]),
        raan_drift_deg_per_day=float(np.degrees(drift[0]) * DAY_S),
        ltan_h=float(local_trend[1] * 24 / _TURN % 24),
        ltan_drift_min_per_day=float(local_trend[0] * DAY_S * 1440 / _TURN),
    )


def _ascending_nodes(ephemeris: Ephemeris) -> tuple[Array, Array]:
    """Times [s] at which the satellite comes north over the equator, and its longitudes there [rad]."""
    found = [one for one in node_crossings(ephemeris) if one.ascending]
    times = [elapsed_from_datetime(ephemeris.epoch, one.time) for one in found]
    return np.array(times), np.radians([one.longitude_deg for one in found])


def _repeat(nodes: NodeMotion, axis_m: float) -> RepeatCycle:
    """The cycle within 30 nodal days that misses least, by the nodes flown and not by mean elements."""
    node_rate = math.radians(nodes.raan_drift_deg_per_day) / DAY_S
    nodal_day = _TURN / (EARTH_ROTATION_RATE_RAD_S - node_rate)
    daily = nodal_day / nodes.nodal_period_s
    days = np.arange(1, _LONGEST_REPEAT_DAYS + 1)
    whole = np.maximum(np.round(days * daily), 1.0)
    miss_turns = days - whole / daily  # the last node lies so far east of the first
    best = int(np.abs(miss_turns).argmin())
    return RepeatCycle(
        revolutions_count=int(whole[best]),
        days_count=int(days[best]),
        drift_km=float(miss_turns[best]) * _TURN * EARTH_EQUATORIAL_RADIUS_M / 1e3,
        altitude_change_km=2 / 3 * axis_m * float(days[best] * daily / whole[best] - 1) / 1e3,
    )


def _shadow(ephemeris: Ephemeris) -> ShadowSummary:
    umbra = [one for one in eclipses(ephemeris) if one.kind == "umbra"]
    span = ephemeris.duration_days * DAY_S
    whole = [
        one.duration_s
        for one in umbra
        if one.start > ephemeris.epoch and elapsed_from_datetime(ephemeris.epoch, one.end) < span
    ]
    return ShadowSummary(
        eclipses_count=len(whole),
        longest_s=max(whole, default=0.0),
        mean_s=sum(whole) / len(whole) if whole else 0.0,
        eclipse_fraction=sum(one.duration_s for one in umbra) / span,
    )
