"""Keplerian elements, and how the oblate Earth turns an orbit: sun-synchronism and repeating tracks.

Scalars in SI and radians. Secular rates are first order in J2 (Vallado 2013, section 9.6); a catalog
altitude of an operational orbit differs from theirs by the periodic terms, up to about 15 km.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cosmodrome.constants import (
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_GM_M3_S2,
    EARTH_J2,
    EARTH_ROTATION_RATE_RAD_S,
    TROPICAL_YEAR_S,
)

Vector = tuple[float, float, float]

_MEAN_SUN_RATE_RAD_S = 2 * math.pi / TROPICAL_YEAR_S
_TINY = 1e-11  # below it a node or a perigee is not defined
_TURN = 2 * math.pi


@dataclass(frozen=True, slots=True)
class KeplerianElements:
    """Osculating or mean elements of an elliptical orbit; angles in [0, 2 pi)."""

    semi_major_axis_m: float
    eccentricity: float
    inclination_rad: float
    raan_rad: float
    argument_of_perigee_rad: float
    true_anomaly_rad: float

    def __repr__(self) -> str:
        return (
            f"<KeplerianElements a {self.semi_major_axis_m / 1e3:.1f} km, e {self.eccentricity:.5f}, "
            f"i {math.degrees(self.inclination_rad):.3f} deg>"
        )


def keplerian_from_cartesian(
    position_m: Iterable[float], velocity_m_s: Iterable[float], gm_m3_s2: float = EARTH_GM_M3_S2
) -> KeplerianElements:
    """Elements of the ellipse through a state.

    Where the orbit is circular the perigee is put at the node; where it is equatorial the node is put on
    the x-axis. The inverse of `cartesian_from_keplerian` in both cases.

    Parameters
    ----------
    position_m, velocity_m_s : three floats each
        State in an inertial frame [m], [m/s].
    gm_m3_s2 : float
        Gravitational parameter [m3/s2].

    Raises
    ------
    ValueError
        If the state is not on an ellipse.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, algorithm 9 (RV2COE).

    Examples
    --------
    Vallado (2013), example 2-5: a = 36127.343 km, e = 0.832853, i = 87.870 deg.

    >>> e = keplerian_from_cartesian((6524834.0, 6862875.0, 6448296.0), (4901.327, 5533.756, -1976.341))
    >>> round(e.semi_major_axis_m / 1e3), round(e.eccentricity, 5), round(math.degrees(e.inclination_rad), 2)
    (36127, 0.83285, 87.87)
    """
    x, y, z = (float(part) for part in position_m)
    u, v, w = (float(part) for part in velocity_m_s)
    radius, speed_squared = math.sqrt(x * x + y * y + z * z), u * u + v * v + w * w
    semi_major_axis = 1 / (2 / radius - speed_squared / gm_m3_s2)
    hx, hy, hz = y * w - z * v, z * u - x * w, x * v - y * u
    momentum = math.sqrt(hx * hx + hy * hy + hz * hz)
    if not (semi_major_axis > 0 and momentum > 0):
        raise ValueError("the state is not on an ellipse: its energy is not negative or it falls radially")
    ex = (v * hz - w * hy) / gm_m3_s2 - x / radius
    ey = (w * hx - u * hz) / gm_m3_s2 - y / radius
    ez = (u * hy - v * hx) / gm_m3_s2 - z / radius
    inclination = math.atan2(math.hypot(hx, hy), hz)
    equatorial = math.hypot(hx, hy) < _TINY * momentum
    raan = 0.0 if equatorial else math.atan2(hx, -hy)
    # angles in the plane, from the node: p along the node, q a quarter turn ahead
    px, py = math.cos(raan), math.sin(raan)
    qx, qy, qz = -hz * py / momentum, hz * px / momentum, (hx * py - hy * px) / momentum
    latitude_argument = math.atan2(x * qx + y * qy + z * qz, x * px + y * py)
    eccentricity = math.sqrt(ex * ex + ey * ey + ez * ez)
    perigee = 0.0
    if eccentricity > _TINY:
        perigee = math.atan2(ex * qx + ey * qy + ez * qz, ex * px + ey * py)
    return KeplerianElements(
        semi_major_axis_m=semi_major_axis,
        eccentricity=eccentricity,
        inclination_rad=inclination,
        raan_rad=raan % _TURN,
        argument_of_perigee_rad=perigee % _TURN,
        true_anomaly_rad=(latitude_argument - perigee) % _TURN,
    )


def cartesian_from_keplerian(
    elements: KeplerianElements, gm_m3_s2: float = EARTH_GM_M3_S2
) -> tuple[Vector, Vector]:
    """Position [m] and velocity [m/s] of elements, in the frame of the elements.

    References
    ----------
    Vallado (2013), algorithm 10 (COE2RV).

    Examples
    --------
    Vallado (2013), example 2-6: r = 6525.344, 6861.535, 6449.125 km.

    >>> p, e = 11067790.0, 0.83285
    >>> angles = (math.radians(d) for d in (87.87, 227.89, 53.38, 92.335))
    >>> r, v = cartesian_from_keplerian(KeplerianElements(p / (1 - e * e), e, *angles))
    >>> [round(x / 1e4) for x in r], [round(x, -1) for x in v]
    ([653, 686, 645], [4900.0, 5530.0, -1980.0])
    """
    e, nu = elements.eccentricity, elements.true_anomaly_rad
    parameter = elements.semi_major_axis_m * (1 - e * e)
    radius, pace = parameter / (1 + e * math.cos(nu)), math.sqrt(gm_m3_s2 / parameter)
    u, w = elements.argument_of_perigee_rad + nu, elements.argument_of_perigee_rad
    # components along the node and a quarter turn ahead of it
    along, ahead = radius * math.cos(u), radius * math.sin(u)
    rate_along = -pace * (math.sin(u) + e * math.sin(w))
    rate_ahead = pace * (math.cos(u) + e * math.cos(w))
    cos_node, sin_node = math.cos(elements.raan_rad), math.sin(elements.raan_rad)
    cos_i, sin_i = math.cos(elements.inclination_rad), math.sin(elements.inclination_rad)

    def in_frame(p: float, q: float) -> Vector:
        return (p * cos_node - q * cos_i * sin_node, p * sin_node + q * cos_i * cos_node, q * sin_i)

    return in_frame(along, ahead), in_frame(rate_along, rate_ahead)


def mean_motion_rad_s(semi_major_axis_m: float, gm_m3_s2: float = EARTH_GM_M3_S2) -> float:
    """Mean motion of the Kepler orbit [rad/s].

    Examples
    --------
    >>> round(mean_motion_rad_s(42_164_172.0) * 86_164.1 / (2 * math.pi), 5)
    1.0
    """
    return math.sqrt(gm_m3_s2 / semi_major_axis_m**3)


def orbital_period_s(semi_major_axis_m: float, gm_m3_s2: float = EARTH_GM_M3_S2) -> float:
    """Period of the Kepler orbit [s]: T = 2 pi sqrt(a^3 / mu).

    Examples
    --------
    FireSat, 700 km (SMAD 3rd ed.): 98.77 min.

    >>> round(orbital_period_s(7_078_137.0) / 60, 2)
    98.77
    """
    return _TURN / mean_motion_rad_s(semi_major_axis_m, gm_m3_s2)


def raan_drift_rate_rad_s(semi_major_axis_m: float, eccentricity: float, inclination_rad: float) -> float:
    """Secular drift of the node by J2 [rad/s]: -3/2 J2 (R/p)^2 n cos i.

    References
    ----------
    Vallado (2013), equation 9-37.

    Examples
    --------
    The node of Vallado's example 11-2 (800 km, 98.6 deg) follows the Sun, 0.9856 deg a day.

    >>> rate = raan_drift_rate_rad_s(7_178_137.0, 0.0, math.radians(98.6))
    >>> round(math.degrees(rate) * 86_400, 3)
    0.985
    """
    return -1.5 * _oblateness_rate_rad_s(semi_major_axis_m, eccentricity) * math.cos(inclination_rad)


def perigee_drift_rate_rad_s(semi_major_axis_m: float, eccentricity: float, inclination_rad: float) -> float:
    """Secular drift of the argument of perigee by J2 [rad/s]: 3/4 J2 (R/p)^2 n (5 cos^2 i - 1).

    References
    ----------
    Vallado (2013), equation 9-39.

    Examples
    --------
    It stands still at the critical inclination, 63.4349 deg.

    >>> abs(perigee_drift_rate_rad_s(26_600_000.0, 0.7, math.radians(63.434949))) < 1e-14
    True
    """
    factor = 0.75 * (5 * math.cos(inclination_rad) ** 2 - 1)
    return factor * _oblateness_rate_rad_s(semi_major_axis_m, eccentricity)


def nodal_period_s(semi_major_axis_m: float, eccentricity: float, inclination_rad: float) -> float:
    """Time between ascending nodes with the secular J2 terms [s].

    Examples
    --------
    Landsat 4-9 (satellite_examples S-04): 98.884 min at a = 7077.72 km, i = 98.186 deg.

    >>> round(nodal_period_s(7_077_720.0, 0.0, math.radians(98.186)) / 60, 2)
    98.88
    """
    e, oblateness = eccentricity, _oblateness_rate_rad_s(semi_major_axis_m, eccentricity)
    anomaly_rate = 0.75 * oblateness * math.sqrt(1 - e * e) * (3 * math.cos(inclination_rad) ** 2 - 1)
    perigee_rate = perigee_drift_rate_rad_s(semi_major_axis_m, e, inclination_rad)
    return _TURN / (mean_motion_rad_s(semi_major_axis_m) + anomaly_rate + perigee_rate)


def sun_synchronous_inclination_rad(semi_major_axis_m: float, eccentricity: float = 0.0) -> float:
    """Inclination whose node follows the mean Sun [rad].

    Raises
    ------
    ValueError
        Where no inclination does: above about 5974 km altitude for a circular orbit.

    References
    ----------
    Vallado (2013), equation 11-13 and example 11-2.

    Examples
    --------
    Vallado (2013), example 11-2: 800 km, 98.6 deg.

    >>> round(math.degrees(sun_synchronous_inclination_rad(7_178_137.0)), 1)
    98.6
    """
    cosine = -_MEAN_SUN_RATE_RAD_S / (1.5 * _oblateness_rate_rad_s(semi_major_axis_m, eccentricity))
    if cosine < -1:
        raise ValueError(
            f"no orbit with a semi-major axis of {semi_major_axis_m / 1e3:.0f} km and eccentricity "
            f"{eccentricity:g} is sun-synchronous: J2 turns its node too slowly"
        )
    return math.acos(cosine)


def sun_synchronous_semi_major_axis_m(inclination_rad: float, eccentricity: float = 0.0) -> float:
    """Semi-major axis whose node follows the mean Sun [m].

    Raises
    ------
    ValueError
        If the orbit is not retrograde.

    Examples
    --------
    Vallado (2013), example 11-2: e = 0.2, i = 98.6 deg, 7346.846 km.

    >>> round(sun_synchronous_semi_major_axis_m(math.radians(98.6), 0.2) / 1e3)
    7347
    """
    if not math.pi / 2 < inclination_rad <= math.pi:
        raise ValueError("a sun-synchronous orbit is retrograde: inclination between 90 and 180 deg")
    squeeze = (1 - eccentricity * eccentricity) ** 2
    pull = 1.5 * EARTH_J2 * EARTH_EQUATORIAL_RADIUS_M**2 * math.sqrt(EARTH_GM_M3_S2) / squeeze
    return float((-pull * math.cos(inclination_rad) / _MEAN_SUN_RATE_RAD_S) ** (2 / 7))


def repeat_semi_major_axis_m(
    revolutions_count: int, days_count: int, inclination_rad: float, eccentricity: float = 0.0
) -> float:
    """Semi-major axis whose ground track closes after whole revolutions in whole nodal days [m].

    A nodal day is a turn of the Earth under the drifting node. Fixed-point iteration on the J2 terms.

    Examples
    --------
    New SMAD (2011) table 9-13, i = 28 deg: 14 revolutions a day at 817.14 km.

    >>> a = repeat_semi_major_axis_m(14, 1, math.radians(28.0))
    >>> round(a / 1e3 - 6378.137)
    817
    """
    return _repeat_axis_m(revolutions_count, days_count, eccentricity, lambda _: inclination_rad)


def sun_synchronous_repeat_semi_major_axis_m(
    revolutions_count: int, days_count: int, eccentricity: float = 0.0
) -> float:
    """Semi-major axis that repeats its ground track and is sun-synchronous [m].

    Examples
    --------
    Landsat, 233 revolutions in 16 days (satellite_examples S-04): 7077.7 km.

    >>> round(sun_synchronous_repeat_semi_major_axis_m(233, 16) / 1e3, 1)
    7077.7
    """

    def inclination(axis: float) -> float:
        return sun_synchronous_inclination_rad(axis, eccentricity)

    return _repeat_axis_m(revolutions_count, days_count, eccentricity, inclination)


def track_spacing_m(revolutions_count: int) -> float:
    """Distance at the equator between neighboring tracks of a repeat cycle [m].

    Examples
    --------
    Landsat, 233 revolutions a cycle (satellite_examples S-04): 172.0 km.

    >>> round(track_spacing_m(233) / 1e3, 1)
    172.0
    """
    return _TURN * EARTH_EQUATORIAL_RADIUS_M / revolutions_count


def _oblateness_rate_rad_s(semi_major_axis_m: float, eccentricity: float) -> float:
    """J2 (R/p)^2 n, the scale of every secular J2 rate [rad/s]."""
    parameter = semi_major_axis_m * (1 - eccentricity * eccentricity)
    return EARTH_J2 * (EARTH_EQUATORIAL_RADIUS_M / parameter) ** 2 * mean_motion_rad_s(semi_major_axis_m)


def _repeat_axis_m(
    revolutions: int, days: int, eccentricity: float, inclination_rad: Callable[[float], float]
) -> float:
    """Solve revolutions x nodal period = days x nodal day for the semi-major axis [m]."""
    nodal_day = 2 * math.pi / EARTH_ROTATION_RATE_RAD_S
    axis = (EARTH_GM_M3_S2 * (nodal_day * days / revolutions / _TURN) ** 2) ** (1 / 3)
    for _ in range(60):
        inclination = inclination_rad(axis)
        node_rate = raan_drift_rate_rad_s(axis, eccentricity, inclination)
        wanted = days / revolutions * _TURN / (EARTH_ROTATION_RATE_RAD_S - node_rate)
        correction = (wanted / nodal_period_s(axis, eccentricity, inclination)) ** (2 / 3)
        axis *= correction
        if abs(correction - 1) < 1e-13:
            break
    return float(axis)
