"""How a point of the ground sees what is above it: azimuth, elevation, range and range rate, and the Sun."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.physics.earth_orientation import EarthOrientation
from cosmodrome.physics.frames import itrf_from_gcrf, rotate
from cosmodrome.physics.sun import sun_direction_and_distance_m
from cosmodrome.physics.visibility import GroundPoints

Array = NDArray[np.float64]
Indices = NDArray[np.int_]

_SUN_STEP_S = 3600.0  # the Sun's longitude and declination depart from a chord by 0.02 arcsec over this


@dataclass(frozen=True, slots=True)
class LookAngles:
    """Directions and distances from the ground, all of one shape; azimuth clockwise from north, geometric."""

    azimuth_rad: Array  # [0, 2 pi)
    elevation_rad: Array
    range_m: Array


@dataclass(frozen=True, slots=True)
class TopocentricAxes:
    """P points of the ground with their local axes: east, north, and the geodetic vertical."""

    points: GroundPoints
    east_direction: Array  # (P, 3)
    north_direction: Array  # (P, 3)

    @classmethod
    def of(
        cls, latitude_deg: Sequence[float], longitude_deg: Sequence[float], altitude_m: Sequence[float]
    ) -> "TopocentricAxes":
        """From geodetic coordinates on WGS-84. At a pole the longitude says where east is."""
        latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
        sine, cosine = np.sin(latitude), np.cos(latitude)
        east = np.column_stack((-np.sin(longitude), np.cos(longitude), np.zeros_like(latitude)))
        north = np.column_stack((-sine * np.cos(longitude), -sine * np.sin(longitude), cosine))
        points = GroundPoints.of(
            np.asarray(latitude_deg, dtype=float), np.asarray(longitude_deg, dtype=float),
            np.asarray(altitude_m, dtype=float),
        )  # fmt: skip
        return cls(points, east, north)

    def look(self, position_m: Array, point: Indices) -> LookAngles:
        """See Earth-fixed positions (..., 3) from the points of those numbers (...).

        References
        ----------
        Vallado (2013), *Fundamentals of Astrodynamics and Applications*, algorithm 27 (RAZEL). Checked
        against Skyfield in tests/reference.

        Examples
        --------
        3 km up and 4 km to the west of a point on the equator:

        >>> origin = TopocentricAxes.of([0.0], [0.0], [0.0])
        >>> seen = origin.look(origin.points.position_m + [[3e3, -4e3, 0.0]], np.zeros(1, int))
        >>> [round(float(np.degrees(x[0])), 2) for x in (seen.azimuth_rad, seen.elevation_rad)]
        [270.0, 36.87]
        >>> float(seen.range_m[0])
        5000.0
        """
        line = position_m - self.points.position_m[point]
        east = np.sum(line * self.east_direction[point], axis=-1)
        north = np.sum(line * self.north_direction[point], axis=-1)
        up = np.sum(line * self.points.up_direction[point], axis=-1)
        level = np.hypot(east, north)
        return LookAngles(
            azimuth_rad=np.asarray(np.arctan2(east, north) % (2 * np.pi), dtype=float),
            elevation_rad=np.asarray(np.arctan2(up, level), dtype=float),
            range_m=np.asarray(np.hypot(level, up), dtype=float),
        )

    def range_rate_m_s(self, position_m: Array, velocity_m_s: Array, point: Indices) -> Array:
        """Speed at which the range grows, from Earth-fixed states (..., 3) [m/s].

        The velocity is relative to the turning Earth, in which the point is at rest: the range, a distance,
        changes at the same rate in every frame.

        Examples
        --------
        >>> origin = TopocentricAxes.of([0.0], [0.0], [0.0])
        >>> overhead = origin.points.position_m + np.array([[5e5, 0.0, 0.0]])
        >>> origin.range_rate_m_s(overhead, np.array([[30.0, 7e3, 0.0]]), np.zeros(1, int)).tolist()
        [30.0]
        """
        line = position_m - self.points.position_m[point]
        return np.asarray(np.sum(line * velocity_m_s, axis=-1) / np.linalg.norm(line, axis=-1), dtype=float)

    def __len__(self) -> int:
        return len(self.points)

    def __repr__(self) -> str:
        return f"<TopocentricAxes {len(self)}>"


@dataclass(frozen=True, slots=True)
class SunOverGround:
    """Where the Sun stands over the turning Earth: its longitude and declination at even times, ITRF."""

    step_s: float
    longitude_rad: Array  # unwrapped
    declination_rad: Array

    @classmethod
    def between(cls, epoch: datetime, duration_s: float, orientation: EarthOrientation) -> "SunOverGround":
        """From an epoch on, at nodes no more than an hour apart."""
        pieces = max(1, int(np.ceil(duration_s / _SUN_STEP_S)))
        x, y, z = sun_direction_itrf(epoch, np.linspace(0.0, duration_s, pieces + 1), orientation).T
        return cls(duration_s / pieces, np.unwrap(np.arctan2(y, x)), np.arcsin(z))

    def direction(self, when_s: Array) -> Array:
        """Unit vectors to the Sun at times since the epoch [s], shape of `when_s` plus (3,).

        Examples
        --------
        On 2027-06-21 the Sun stands near the tropic, at a declination of 23.44 deg (Astronomical Almanac).

        >>> from datetime import UTC
        >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
        >>> day = datetime(2027, 6, 21, tzinfo=UTC), 86400.0, read_earth_orientation()
        >>> seen = SunOverGround.between(*day).direction(np.array([50400.0]))
        >>> round(float(np.degrees(np.arcsin(seen[0, 2]))), 2)
        23.44
        """
        node = np.clip((when_s / self.step_s).astype(int), 0, len(self.longitude_rad) - 2)
        along = when_s / self.step_s - node
        longitude, declination = (
            values[node] + along * (values[node + 1] - values[node])
            for values in (self.longitude_rad, self.declination_rad)
        )
        level = np.cos(declination)
        return np.stack((level * np.cos(longitude), level * np.sin(longitude), np.sin(declination)), axis=-1)

    def __repr__(self) -> str:
        hours = self.step_s * (len(self.longitude_rad) - 1) / 3600.0
        return f"<SunOverGround {hours:.0f} h>"


def sun_direction_itrf(epoch: datetime, elapsed_s: Array, orientation: EarthOrientation) -> Array:
    """Unit vectors to the Sun in ITRF, shape (N, 3), for N times.

    Examples
    --------
    On 2027-06-21 the Sun stands near the tropic, at a declination of 23.44 deg (Astronomical Almanac).

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> noon, table = datetime(2027, 6, 21, 14, tzinfo=UTC), read_earth_orientation()
    >>> round(float(np.degrees(np.arcsin(sun_direction_itrf(noon, np.zeros(1), table)[0, 2]))), 2)
    23.44
    """
    direction, _ = sun_direction_and_distance_m(epoch, elapsed_s)
    return rotate(itrf_from_gcrf(epoch, elapsed_s, orientation), direction)


def sun_elevation_rad(
    epoch: datetime, elapsed_s: Array, up_direction: Array, orientation: EarthOrientation
) -> Array:
    """Elevation of the Sun's center over a point, without refraction and parallax (9 arcsec), shape (N,).

    Parameters
    ----------
    epoch, elapsed_s
        N times.
    up_direction : Array, shape (3,) or (N, 3)
        The geodetic vertical, Earth-fixed.
    orientation : EarthOrientation
        UT1 and the pole.

    Examples
    --------
    Noon of the equinox on the equator, seven minutes after noon by the mean Sun (the equation of time).

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> noon, up = datetime(2027, 3, 20, 12, 7, tzinfo=UTC), np.array([1.0, 0.0, 0.0])
    >>> elevation = sun_elevation_rad(noon, np.zeros(1), up, read_earth_orientation())
    >>> round(float(np.degrees(elevation[0])))
    90
    """
    sine = np.sum(sun_direction_itrf(epoch, elapsed_s, orientation) * up_direction, axis=-1)
    return np.asarray(np.arcsin(np.clip(sine, -1.0, 1.0)), dtype=float)
