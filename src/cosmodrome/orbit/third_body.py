"""What Sun and Moon do to a mean orbit over weeks: they move the perigee up and down.

The quadrupole term of each, averaged over the satellite's revolution. For a transfer orbit it decides the
lifetime: the perigee moves by 1 km a day.
"""

import math
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import (
    ASTRONOMICAL_UNIT_M,
    DAY_S,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_GM_M3_S2,
    MOON_GM_M3_S2,
    SUN_GM_M3_S2,
)
from cosmodrome.orbit.mean_orbit import MeanOrbits

Array = NDArray[np.float64]

_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_OBLIQUITY_RAD = math.radians(23.4393)
_SMALLEST_SINE = 1e-3
# angle at J2000 and its rate per century; amplitudes in longitude, latitude and parallax
_MOON_DEG = np.array(
    [
        (134.9, 477_198.85, 6.29, 0.0, 0.0518),
        (259.2, -413_335.38, -1.27, 0.0, 0.0095),
        (235.7, 890_534.23, 0.66, 0.0, 0.0078),
        (269.9, 954_397.70, 0.21, 0.0, 0.0028),
        (357.5, 35_999.05, -0.19, 0.0, 0.0),
        (186.6, 966_404.05, -0.11, 0.0, 0.0),
        (93.3, 483_202.03, 0.0, 5.13, 0.0),
        (228.2, 960_400.87, 0.0, 0.28, 0.0),
        (318.3, 6_003.18, 0.0, -0.28, 0.0),
        (217.6, -407_332.20, 0.0, -0.17, 0.0),
    ]
)


def days_since_2000(epoch: datetime) -> float:
    """Days from J2000 to an instant; a minute of time scale does not matter here."""
    return (epoch - _J2000).total_seconds() / DAY_S


def mean_sun_longitude_rad(day: Array) -> Array:
    """Mean longitude of the Sun [rad], days after J2000: the right ascension of the mean Sun.

    References
    ----------
    Astronomical Almanac, section C, low-precision formulas.
    """
    return np.asarray(np.radians((280.460 + 0.9856474 * day) % 360.0), dtype=float)


def sun_position_m(day: Array) -> Array:
    """Position of the Sun in the equatorial frame of date, to 0.01 deg, shape (3, ...) [m].

    `physics.sun` is exact and twenty times as slow.

    References
    ----------
    Astronomical Almanac, section C, low-precision formulas; Vallado (2013), algorithm 29.
    """
    anomaly = np.radians((357.528 + 0.9856003 * day) % 360.0)
    longitude = mean_sun_longitude_rad(day) + np.radians(1.915) * np.sin(anomaly)
    longitude = longitude + np.radians(0.020) * np.sin(2 * anomaly)
    distance = 1.00014 - 0.01671 * np.cos(anomaly) - 0.00014 * np.cos(2 * anomaly)
    return _equatorial(longitude, 0.0, ASTRONOMICAL_UNIT_M * distance)


def moon_position_m(day: Array) -> Array:
    """Position of the Moon in the equatorial frame of date, to 0.3 deg and 1 %, shape (3, ...) [m].

    References
    ----------
    Astronomical Almanac, section D, low-precision formulas; Vallado (2013), algorithm 31.
    """
    century = np.asarray(day) / 36_525.0
    angle = np.radians((_MOON_DEG[:, 0] + np.multiply.outer(century, _MOON_DEG[:, 1])) % 360.0)
    sine = np.sin(angle)
    longitude = 218.32 + (481_267.8813 * century) % 360.0 + sine @ _MOON_DEG[:, 2]
    latitude = np.radians(sine @ _MOON_DEG[:, 3])
    parallax = np.radians(0.9508 + np.cos(angle) @ _MOON_DEG[:, 4])
    return _equatorial(np.radians(longitude), latitude, EARTH_EQUATORIAL_RADIUS_M / np.sin(parallax))


def _equatorial(longitude_rad: Array, latitude_rad: Array | float, distance_m: Array) -> Array:
    """From ecliptic coordinates."""
    c, s = math.cos(_OBLIQUITY_RAD), math.sin(_OBLIQUITY_RAD)
    x, y = np.cos(latitude_rad) * np.cos(longitude_rad), np.cos(latitude_rad) * np.sin(longitude_rad)
    z = np.sin(latitude_rad)
    return np.stack([distance_m * x, distance_m * (c * y - s * z), distance_m * (s * y + c * z)])


def third_body_rates(orbits: MeanOrbits, day: Array) -> Array:
    """Rates of the five elements by Sun and Moon, shape (5, L); the semi-major axis stays.

    With j the angular momentum over sqrt(mu a), e the eccentricity vector and R the averaged disturbing
    function, sqrt(mu a) de/dt = j x dR/de + e x dR/dj and sqrt(mu a) dj/dt = j x dR/dj + e x dR/de. For a
    body in the direction d at the distance D, R = 3/4 mu' a^2/D^3 (5 (d.e)^2 - (d.j)^2 - 2 e^2).

    Parameters
    ----------
    orbits : MeanOrbits
        L orbits.
    day : array, shape (L,)
        Days after J2000.

    References
    ----------
    Allan and Cook (1964), Proc. R. Soc. A 280, 97; Tremaine, Touma and Namouni (2009), AJ 137, 3706,
    equations 10 to 14.
    """
    node, ahead, normal = _frame(orbits)
    e = orbits.node_eccentricity_ratio * node + orbits.ahead_eccentricity_ratio * ahead
    j = np.sqrt(1.0 - orbits.eccentricity**2) * normal
    position = np.stack([sun_position_m(day), moon_position_m(day)], axis=1)  # (3, body, L)
    distance = np.sqrt(_dot(position, position))
    direction = position / distance
    strength = 0.75 * orbits.semi_major_axis_m**1.5 / math.sqrt(EARTH_GM_M3_S2)
    pull = strength * np.array([[SUN_GM_M3_S2], [MOON_GM_M3_S2]]) / distance**3
    along_e = 10 * pull * _dot(direction, e[:, None])
    by_e = (along_e * direction).sum(axis=1) - 4 * pull.sum(axis=0) * e
    by_j = (-2 * pull * _dot(direction, j[:, None]) * direction).sum(axis=1)
    e_rate = _cross(j, by_e) + _cross(e, by_j)
    j_rate = (_cross(j, by_j) + _cross(e, by_e)) / np.sqrt(1.0 - orbits.eccentricity**2)
    sine = np.maximum(np.sin(orbits.inclination_rad), _SMALLEST_SINE)
    # the normal is (sin i sin node, -sin i cos node, cos i): it tips away from `ahead`, turns along `node`
    inclination_rate, node_rate = -_dot(j_rate, ahead), _dot(j_rate, node) / sine
    turn = node_rate * np.cos(orbits.inclination_rad)
    return np.array(
        [
            np.zeros_like(turn),
            _dot(e_rate, node) + turn * orbits.ahead_eccentricity_ratio,
            _dot(e_rate, ahead) - turn * orbits.node_eccentricity_ratio,
            inclination_rate,
            node_rate,
        ]
    )


def _frame(orbits: MeanOrbits) -> tuple[Array, Array, Array]:
    """Unit vectors along the node, a quarter turn ahead in the plane, and along the normal, (3, L) each."""
    cos_node, sin_node = np.cos(orbits.raan_rad), np.sin(orbits.raan_rad)
    cos_i, sin_i = np.cos(orbits.inclination_rad), np.sin(orbits.inclination_rad)
    node = np.stack([cos_node, sin_node, np.zeros_like(cos_node)])
    ahead = np.stack([-cos_i * sin_node, cos_i * cos_node, sin_i])
    normal = np.stack([sin_i * sin_node, -sin_i * cos_node, cos_i])
    return node, ahead, normal


def _dot(a: Array, b: Array) -> Array:
    return np.asarray((a * b).sum(axis=0), dtype=float)


def _cross(a: Array, b: Array) -> Array:
    return np.stack([a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]])
