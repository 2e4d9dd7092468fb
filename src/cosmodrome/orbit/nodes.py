"""When the satellite crosses the equator, and when it is nearest to the Earth and farthest from it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.events import Indices, Intervals, find_intervals
from cosmodrome.physics.frames import geodetic_from_ecef, greenwich_mean_sidereal_angle_rad
from cosmodrome.physics.interpolation import hermite_position_m
from cosmodrome.physics.sun import local_time_of_node_h
from cosmodrome.physics.time import datetime_from_elapsed

Array = NDArray[np.float64]

_TOLERANCE_S = 1e-3


@dataclass(frozen=True, slots=True)
class NodeCrossing:
    """One crossing of the Earth's equator; longitude in [-180, 180), mean local solar time in [0, 24)."""

    time: datetime
    ascending: bool
    longitude_deg: float
    local_time_h: float

    def __repr__(self) -> str:
        way = "ascending" if self.ascending else "descending"
        return (
            f"<NodeCrossing {way} {self.time.isoformat(timespec='milliseconds')} "
            f"at {self.longitude_deg:.3f} deg, {self.local_time_h:.3f} h>"
        )


@dataclass(frozen=True, slots=True)
class ApsisPassage:
    """One least or greatest distance from the Earth's center; the altitude is above the ellipsoid there."""

    time: datetime
    kind: Literal["perigee", "apogee"]
    radius_km: float
    altitude_km: float

    def __repr__(self) -> str:
        return (
            f"<ApsisPassage {self.kind} {self.time.isoformat(timespec='milliseconds')} "
            f"{self.altitude_km:.3f} km>"
        )


def node_crossings(ephemeris: Ephemeris) -> tuple[NodeCrossing, ...]:
    """Every crossing of the equator in time order, to 1 ms.

    The equator is that of ITRF: a crossing is where the ground track has latitude zero. The local time is
    that of the mean Sun at the crossing's longitude, the LTAN or LTDN of an orbit (`physics.sun`).

    Parameters
    ----------
    ephemeris : Ephemeris

    Returns
    -------
    tuple of NodeCrossing
        Empty for an orbit in the equator's plane, as far as the ephemeris stays on one side of it.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, section 11.3.
    """
    times, place, pace = ephemeris.elapsed_s, ephemeris.position_itrf_m, ephemeris.velocity_itrf_m_s

    def north_m(when: Array, _: Indices) -> Array:
        return hermite_position_m(times, place, pace, when)[..., 2]

    when, rising = _edges(find_intervals(times, place[None, :, 2], north_m, _TOLERANCE_S))
    if len(when) == 0:
        return ()
    x, y, _ = hermite_position_m(times, place, pace, when).T
    longitude, orientation = np.arctan2(y, x), read_earth_orientation()
    node = greenwich_mean_sidereal_angle_rad(ephemeris.epoch, when, orientation) + longitude
    local_time = local_time_of_node_h(node, ephemeris.epoch, when, orientation)
    degrees = (np.degrees(longitude) + 180.0) % 360.0 - 180.0
    return tuple(
        NodeCrossing(datetime_from_elapsed(ephemeris.epoch, second), ascending, east, hour)
        for second, ascending, east, hour in zip(
            when.tolist(), rising.tolist(), degrees.tolist(), local_time.tolist(), strict=True
        )
    )


def apsis_passages(ephemeris: Ephemeris) -> tuple[ApsisPassage, ...]:
    """Every perigee and apogee in time order: where the radial velocity changes its sign, to 1 ms.

    These are the extrema of the path itself. In orbits more circular than about 0.001 the flattened Earth's
    pull makes two of each in a revolution.

    Parameters
    ----------
    ephemeris : Ephemeris

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, section 2.4.
    """

    def outward(when: Array, _: Indices) -> Array:
        position, velocity = ephemeris.at(when)
        return np.asarray(np.sum(position * velocity, axis=-1), dtype=float)

    samples = np.sum(ephemeris.position_m * ephemeris.velocity_m_s, axis=1)
    found = find_intervals(ephemeris.elapsed_s, samples[None], outward, _TOLERANCE_S)
    when, rising = _edges(found)
    if len(when) == 0:
        return ()
    radius = np.linalg.norm(ephemeris.at(when)[0], axis=-1)
    fixed = hermite_position_m(
        ephemeris.elapsed_s, ephemeris.position_itrf_m, ephemeris.velocity_itrf_m_s, when
    )
    _, _, height = geodetic_from_ecef(fixed)
    return tuple(
        ApsisPassage(
            datetime_from_elapsed(ephemeris.epoch, second), "perigee" if low else "apogee", r / 1e3, h / 1e3
        )
        for second, low, r, h in zip(
            when.tolist(), rising.tolist(), radius.tolist(), height.tolist(), strict=True
        )
    )


def _edges(found: Intervals) -> tuple[Array, NDArray[np.bool_]]:
    """Times of the edges that were found, in order, and whether the quantity rises there."""
    up, down = found.start_s[found.begins], found.end_s[found.ends]
    when = np.concatenate((up, down))
    rising = np.repeat((True, False), (len(up), len(down)))
    order = np.argsort(when, kind="stable")
    return when[order], rising[order]
