"""Secular rates beyond J2: the node under the whole zonal field, the inclination under the Sun and its tide.

Mean elements are those of Brouwer: the time averages of semi-major axis and inclination. `elements` has the
rates of first order in J2.
"""

import math

from cosmodrome.constants import (
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_EVEN_ZONALS,
    EARTH_J2,
    EARTH_LOVE_NUMBER_K2,
    EARTH_OBLIQUITY_RAD,
    EARTH_PRECESSION_RAD_S,
    TROPICAL_YEAR_S,
)
from cosmodrome.physics.elements import (
    mean_motion_rad_s,
    raan_drift_rate_rad_s,
    sun_synchronous_inclination_rad,
)

_MEAN_SUN_RATE_RAD_S = 2 * math.pi / TROPICAL_YEAR_S


def local_time_rate_rad_s(semi_major_axis_m: float, eccentricity: float, inclination_rad: float) -> float:
    """Pace of the node against the mean Sun, without what Sun and Moon do to it [rad/s].

    The node's secular rate and precession in right ascension, less the mean Sun's rate; a turn is 24 h of
    mean local time.

    Examples
    --------
    Terra's inclination in 2019 (satellite_examples S-05) lets its local time run by some 2 min a year.

    >>> from cosmodrome.constants import JULIAN_YEAR_S
    >>> rate = local_time_rate_rad_s(7_077_720.0, 0.0, math.radians(98.1961))
    >>> abs(rate) * JULIAN_YEAR_S * 720 / math.pi < 3
    True
    """
    turning = secular_node_rate_rad_s(semi_major_axis_m, eccentricity, inclination_rad)
    return turning + EARTH_PRECESSION_RAD_S * math.cos(EARTH_OBLIQUITY_RAD) - _MEAN_SUN_RATE_RAD_S


def secular_node_rate_rad_s(semi_major_axis_m: float, eccentricity: float, inclination_rad: float) -> float:
    """Secular drift of the node by the even zonal harmonics to J20 and by J2 squared [rad/s].

    On a circular orbit the mean of P_l(sin latitude) is P_l(0) P_l(cos i), and so

    dOmega/dt = n sum_l J_l (R/a)^l P_l(0) P_l'(cos i),

    to which Brouwer's term in J2 squared is added. The eccentricity enters the J2 term alone.

    Parameters
    ----------
    semi_major_axis_m, eccentricity, inclination_rad : float
        Mean elements of Brouwer [m], [rad].

    References
    ----------
    Kaula (1966), *Theory of Satellite Geodesy*, section 3.4; Brouwer (1959), AJ 64, 378, section 4.

    Examples
    --------
    J2 alone (`physics.elements.raan_drift_rate_rad_s`) is 0.3 % off at Landsat's orbit: 4 min a year.

    >>> whole = secular_node_rate_rad_s(7_077_720.0, 0.0, math.radians(98.186))
    >>> round(whole / raan_drift_rate_rad_s(7_077_720.0, 0.0, math.radians(98.186)) - 1, 3)
    -0.003
    """
    ratio = (EARTH_EQUATORIAL_RADIUS_M / semi_major_axis_m) ** 2
    x = math.cos(inclination_rad)
    last, now, slope_last, slope = x, 1.5 * x * x - 0.5, 1.0, 3.0 * x  # P_1, P_2 and their derivatives
    at_zero, power, zonal = -0.5, ratio, 0.0
    for degree, coefficient in zip(range(4, 99, 2), EARTH_EVEN_ZONALS, strict=False):
        for j in (degree - 1, degree):
            last, now = now, ((2 * j - 1) * x * now - (j - 1) * last) / j
            slope_last, slope = slope, slope_last + (2 * j - 1) * last
        at_zero *= (1 - degree) / degree
        power *= ratio
        zonal += coefficient * power * at_zero * slope
    squared = 3 / 8 * (0.5 * EARTH_J2 * ratio) ** 2 * x * (16 - 76 * x * x)
    first = raan_drift_rate_rad_s(semi_major_axis_m, eccentricity, inclination_rad)
    return first + mean_motion_rad_s(semi_major_axis_m) * (zonal + squared)


def steady_inclination_rad(semi_major_axis_m: float, eccentricity: float = 0.0) -> float:
    """Inclination whose node keeps its mean local time under the whole zonal field and precession [rad].

    `physics.elements.sun_synchronous_inclination_rad`, which knows J2 alone, is 0.02 deg lower in low orbit,
    worth 4 min a year.

    Parameters
    ----------
    semi_major_axis_m, eccentricity : float
        Mean elements [m].

    Raises
    ------
    ValueError
        Where no orbit is sun-synchronous under J2.

    Examples
    --------
    Landsat's published inclination is 98.2 deg, Envisat's 98.55 (satellite_examples S-04).

    >>> [round(math.degrees(steady_inclination_rad(a)), 2) for a in (7_077_720.0, 7_159_480.0)]
    [98.21, 98.55]
    """
    tilt = sun_synchronous_inclination_rad(semi_major_axis_m, eccentricity)
    for _ in range(20):
        rate = secular_node_rate_rad_s(semi_major_axis_m, eccentricity, tilt)
        # nearly all of the rate goes as the cosine
        ahead = local_time_rate_rad_s(semi_major_axis_m, eccentricity, tilt)
        tilt = math.acos(max(math.cos(tilt) * (rate - ahead) / rate, -1.0))
    return tilt


def solar_inclination_rate_rad_s(
    semi_major_axis_m: float, inclination_rad: float, local_time_h: float
) -> float:
    """Secular change of a sun-synchronous inclination by the Sun and its tide [rad/s].

    di/dt = 3/16 (n_s^2 / n) sin i (1 + cos eps)^2 sin 2D (1 + k2 (R/a)^5)

    with D = 15 deg (LTAN - 12 h) the node's distance from the mean Sun, n_s its mean motion, eps the
    obliquity and k2 the Love number. The tide bulges toward the Sun and so pulls as the Sun does.

    Parameters
    ----------
    semi_major_axis_m, inclination_rad : float
        Of a circular orbit [m], [rad].
    local_time_h : float
        Mean local time of the ascending node [h].

    References
    ----------
    Kaula (1966), *Theory of Satellite Geodesy*, section 3.7, averaged over the revolution and the year with
    the node fixed to the mean Sun; the tide as in Lambeck, Cazenave and Balmino (1974),
    Rev. Geophys. 12, 421.

    Examples
    --------
    Zero at noon, at six and at midnight; at 10:30 (22:30) and 705 km -0.038 deg a year.

    >>> from cosmodrome.constants import JULIAN_YEAR_S
    >>> rate = solar_inclination_rate_rad_s(7_080_640.0, math.radians(98.2), 22.5)
    >>> round(math.degrees(rate) * JULIAN_YEAR_S, 3)
    -0.038
    """
    pull = _MEAN_SUN_RATE_RAD_S**2 / mean_motion_rad_s(semi_major_axis_m)
    shape = math.sin(inclination_rad) * (1 + math.cos(EARTH_OBLIQUITY_RAD)) ** 2
    ahead = (local_time_h - 12.0) * math.pi / 12.0
    return 3 / 16 * pull * shape * math.sin(2 * ahead) * tide_ratio(semi_major_axis_m)


def tide_ratio(semi_major_axis_m: float) -> float:
    """Pull of a far body on an orbit's plane together with the tide that it raises, relative to its own.

    1 + k2 (R/a)^5: on the ground the potential of the bulge is k2 of what raises it, in the same shape.

    References
    ----------
    Lambeck, Cazenave and Balmino (1974), Reviews of Geophysics 12, 421.

    Examples
    --------
    >>> round(tide_ratio(7_078_137.0), 3)
    1.179
    """
    return 1 + EARTH_LOVE_NUMBER_K2 * (EARTH_EQUATORIAL_RADIUS_M / semi_major_axis_m) ** 5
