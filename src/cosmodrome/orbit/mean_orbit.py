"""Mean orbits: what is left of an orbit when each revolution is averaged, and how the oblate Earth turns it.

Elements are singly averaged in the sense of Kozai: the osculating ones differ from them by terms of the
period of a revolution, whose mean over the mean anomaly is zero. Long-period terms stay in.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import lpmv

from cosmodrome.constants import (
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_EVEN_ZONALS,
    EARTH_GM_M3_S2,
    EARTH_J2,
    EARTH_J3,
    EARTH_ODD_ZONALS,
)
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian
from cosmodrome.physics.gravity import gravity_acceleration

Array = NDArray[np.float64]

_SAMPLES = 512
_SMALLEST_TANGENT = 1e-3


@dataclass(frozen=True, slots=True)
class MeanOrbits:
    """Mean elements of L orbits; the eccentricity as a vector in the orbit's plane, from the node.

    `ahead` is the component a quarter turn ahead of the node: e cos(argument of perigee) and e sin(...).
    """

    semi_major_axis_m: Array
    node_eccentricity_ratio: Array
    ahead_eccentricity_ratio: Array
    inclination_rad: Array
    raan_rad: Array

    @property
    def eccentricity(self) -> Array:
        """Length of the eccentricity vector."""
        return np.hypot(self.node_eccentricity_ratio, self.ahead_eccentricity_ratio)

    @property
    def numbers(self) -> Array:
        """The five elements as rows, shape (5, L)."""
        return np.array(
            [
                self.semi_major_axis_m,
                self.node_eccentricity_ratio,
                self.ahead_eccentricity_ratio,
                self.inclination_rad,
                self.raan_rad,
            ]
        )

    @property
    def perigee_radius_m(self) -> Array:
        """Mean radius of the perigee [m]."""
        return self.semi_major_axis_m * (1.0 - self.eccentricity)

    def __repr__(self) -> str:
        return f"<MeanOrbits {len(self.semi_major_axis_m)} orbits>"


def mean_orbits(elements: KeplerianElements, count: int) -> MeanOrbits:
    """The same mean elements so many times, as the start of as many courses."""
    e, perigee = elements.eccentricity, elements.argument_of_perigee_rad
    numbers = (
        elements.semi_major_axis_m,
        e * math.cos(perigee),
        e * math.sin(perigee),
        elements.inclination_rad,
        elements.raan_rad,
    )
    return MeanOrbits(*(np.full(count, number) for number in numbers))


def mean_elements_from_osculating(elements: KeplerianElements) -> KeplerianElements:
    """Mean elements of osculating ones, to first order in J2.

    The osculating rates of the elements under J2, by Gauss's equations for the eccentricity and angular
    momentum vectors, are summed along the Kepler ellipse over the mean anomaly; the sum without its mean and
    without its drift is what the osculating elements exceed the mean ones by. Good at any eccentricity and
    inclination.

    Parameters
    ----------
    elements : KeplerianElements
        Osculating, in GCRF.

    Returns
    -------
    KeplerianElements
        Mean. The true anomaly is that of the mean anomaly left unchanged: drag over months does not see it.

    References
    ----------
    Kozai (1959), AJ 64, 367; Vallado (2013), section 9.6.

    Examples
    --------
    For a circular orbit Kozai's term of the semi-major axis is 3/2 J2 R^2/a sin^2 i cos 2u: 5.9 km at
    400 km and 51.7 deg.

    >>> start = KeplerianElements(6_778_137.0, 0.0, math.radians(51.7), 0.0, 0.0, 0.0)
    >>> round((6_778_137.0 - mean_elements_from_osculating(start).semi_major_axis_m) / 1e3, 1)
    6.0
    """
    a, e = elements.semi_major_axis_m, elements.eccentricity
    beta = math.sqrt(1 - e * e)
    now = math.atan2(beta * math.sin(elements.true_anomaly_rad), e + math.cos(elements.true_anomaly_rad))
    anomaly = now + np.arange(_SAMPLES + 1) * (2 * math.pi / _SAMPLES)  # eccentric
    true = np.arctan2(beta * np.sin(anomaly), np.cos(anomaly) - e)
    along, ahead = _axes(elements)
    radius = a * (1 - e * np.cos(anomaly))
    position = radius[:, None] * (np.cos(true)[:, None] * along + np.sin(true)[:, None] * ahead)
    pace = math.sqrt(EARTH_GM_M3_S2 / a) / beta
    velocity = pace * (-np.sin(true)[:, None] * along + (e + np.cos(true))[:, None] * ahead)
    momentum = np.cross(position, velocity)
    x, y, z = position.T
    shape = (EARTH_GM_M3_S2, EARTH_EQUATORIAL_RADIUS_M)
    whole, center = (np.stack(gravity_acceleration((x, y, z), *shape, j2), axis=1) for j2 in (EARTH_J2, 0.0))
    force = whole - center
    torque = np.cross(position, force)
    lenz = (np.cross(force, momentum) + np.cross(velocity, torque)) / EARTH_GM_M3_S2
    power = 2 * a * a / EARTH_GM_M3_S2 * np.sum(velocity * force, axis=1)
    rates = np.concatenate([power[:, None], lenz, torque], axis=1)
    excess = _periodic_part(rates * (1 - e * np.cos(anomaly))[:, None], 1 - e * np.cos(anomaly))
    excess *= math.sqrt(a**3 / EARTH_GM_M3_S2)
    mean_axis = a - excess[0]
    mean_lenz = e * along - excess[1:4]
    mean_momentum = momentum[0] - excess[4:7]
    return _from_vectors(mean_axis, mean_lenz, mean_momentum, elements)


def _periodic_part(rate: Array, weight: Array) -> Array:
    """What the integral of `rate` over the eccentric anomaly has at its start, mean and drift removed."""
    step = 2 * math.pi / _SAMPLES
    total = np.zeros_like(rate)
    total[1:] = np.cumsum(0.5 * step * (rate[1:] + rate[:-1]), axis=0)
    mean_anomaly = np.concatenate([[0.0], np.cumsum(0.5 * step * (weight[1:] + weight[:-1]))])
    periodic = total - total[-1] * (mean_anomaly / mean_anomaly[-1])[:, None]
    mean = np.average(periodic[:-1], axis=0, weights=weight[:-1])
    return np.asarray(-mean, dtype=float)


def _axes(elements: KeplerianElements) -> tuple[Array, Array]:
    """Unit vectors to the perigee and a quarter turn ahead of it."""
    at = [
        np.array(
            cartesian_from_keplerian(
                KeplerianElements(
                    1.0,
                    0.0,
                    elements.inclination_rad,
                    elements.raan_rad,
                    elements.argument_of_perigee_rad,
                    angle,
                )
            )[0]
        )
        for angle in (0.0, math.pi / 2)
    ]
    return at[0], at[1]


def _from_vectors(
    axis: float, lenz: Array, momentum: Array, osculating: KeplerianElements
) -> KeplerianElements:
    normal = momentum / np.linalg.norm(momentum)
    lenz = lenz - normal * (lenz @ normal)
    e = float(np.linalg.norm(lenz))
    node = np.array([-normal[1], normal[0], 0.0])
    size = float(np.linalg.norm(node))
    node = node / size if size > 1e-11 else np.array([1.0, 0.0, 0.0])
    ahead = np.cross(normal, node)
    latitude = osculating.argument_of_perigee_rad + osculating.true_anomaly_rad
    perigee = math.atan2(float(lenz @ ahead), float(lenz @ node))
    return KeplerianElements(
        float(axis),
        e,
        math.atan2(math.hypot(normal[0], normal[1]), normal[2]),
        math.atan2(float(node[1]), float(node[0])) % (2 * math.pi),
        perigee % (2 * math.pi),
        (latitude - perigee) % (2 * math.pi),
    )


@dataclass(frozen=True, slots=True)
class Turning:
    """How fast the Earth's oblateness turns L orbits, and the eccentricity that stays where it is."""

    perigee_rad_s: Array
    node_rad_s: Array
    frozen_eccentricity_ratio: Array  # a quarter turn ahead of the node

    def after(self, numbers: Array, step_s: Array) -> Array:
        """Elements, shape (5, L), after they have turned for a time."""
        angle = self.perigee_rad_s * step_s
        c, s = np.cos(angle), np.sin(angle)
        x, y = numbers[1], numbers[2] - self.frozen_eccentricity_ratio
        return np.array(
            [
                numbers[0],
                c * x - s * y,
                s * x + c * y + self.frozen_eccentricity_ratio,
                numbers[3],
                numbers[4] + self.node_rad_s * step_s,
            ]
        )

    def __repr__(self) -> str:
        return f"<Turning of {len(self.node_rad_s)} orbits>"


def turning_by_oblateness(orbits: MeanOrbits) -> Turning:
    """Secular rates by J2, J2 squared and J4.

    J3 shifts the point that the eccentricity vector turns about, from zero to the frozen eccentricity,
    -J3/(2 J2) R/a sin i ahead of the node.

    References
    ----------
    Brouwer (1959), AJ 64, 378, with the second order at zero eccentricity as in Hoots and Roehrich (1980),
    Spacetrack Report 3; Cook (1966), Planet. Space Sci. 14, 433, for the frozen orbit.
    """
    cosine = np.cos(orbits.inclination_rad)
    c2, axis = cosine * cosine, orbits.semi_major_axis_m
    motion = np.sqrt(EARTH_GM_M3_S2 / axis**3)
    ratio2 = (EARTH_EQUATORIAL_RADIUS_M / (axis * (1.0 - orbits.eccentricity**2))) ** 2
    first = 1.5 * EARTH_J2 * ratio2 * motion
    second, fourth = 0.5 * first * EARTH_J2 * ratio2, -15.0 / 32.0 * EARTH_EVEN_ZONALS[0] * ratio2**2 * motion
    perigee = -0.5 * first * (1 - 5 * c2) + second / 16 * (7 - 114 * c2 + 395 * c2 * c2)
    perigee = perigee + fourth * (3 - 36 * c2 + 49 * c2 * c2)
    node = cosine * (-first + 0.5 * second * (4 - 19 * c2) + 2 * fourth * (3 - 7 * c2))
    frozen = -0.5 * EARTH_J3 / EARTH_J2 * EARTH_EQUATORIAL_RADIUS_M / axis * np.sin(orbits.inclination_rad)
    return Turning(perigee, node, frozen)


def long_period_rates(orbits: MeanOrbits) -> Array:
    """Rates of the five elements by the long-period terms, shape (5, L).

    de/dt = 3 n g2 e (1 - e^2) (g2/8 (1 - 16 c^2 + 15 c^4) - 5/12 g4/g2 (1 - 8 c^2 + 7 c^4)) sin 2w, c = cos
    i, g2 = J2/2 (R/p)^2, g4 = -3/8 J4 (R/p)^4: the derivative of Brouwer's periodic term. They move the
    perigee of orbits near the critical inclination by tens of km in a year.

    References
    ----------
    Brouwer (1959), AJ 64, 378, long-period terms; Cook (1966), Planet. Space Sci. 14, 433, for J5 to J11.
    """
    c2 = np.cos(orbits.inclination_rad) ** 2
    squeeze = 1.0 - orbits.eccentricity**2
    ratio2 = (EARTH_EQUATORIAL_RADIUS_M / (orbits.semi_major_axis_m * squeeze)) ** 2
    second, fourth = 0.5 * EARTH_J2 * ratio2, -0.375 * EARTH_EVEN_ZONALS[0] * ratio2**2
    shape = second**2 / 8 * (1 - 16 * c2 + 15 * c2**2) - 5 / 12 * fourth * (1 - 8 * c2 + 7 * c2**2)
    pace = 3 * np.sqrt(EARTH_GM_M3_S2 / orbits.semi_major_axis_m**3) * squeeze * shape
    x, y = orbits.node_eccentricity_ratio, orbits.ahead_eccentricity_ratio
    tangent = np.maximum(np.abs(np.tan(orbits.inclination_rad)), _SMALLEST_TANGENT)
    tilt = -2 * pace * x * y / squeeze / np.copysign(tangent, np.cos(orbits.inclination_rad))
    odd = np.zeros_like(x)
    for degree, coefficient in EARTH_ODD_ZONALS:
        share = (degree - 1) / (degree * (degree + 1)) * lpmv(1, degree, 0.0)
        odd = odd + coefficient * share * ratio2 ** (degree / 2) * lpmv(
            1, degree, np.cos(orbits.inclination_rad)
        )
    odd = odd * np.sqrt(EARTH_GM_M3_S2 / orbits.semi_major_axis_m**3)
    zero = np.zeros_like(x)
    return np.array([zero, odd + pace * y, pace * x, tilt, zero])


def radius_excess_m(orbits: MeanOrbits, radius_m: Array, latitude_argument_rad: Array) -> Array:
    """What the true radius exceeds that of the mean ellipse by, over a revolution, to first order in J2 [m].

    Parameters
    ----------
    orbits : MeanOrbits
        L orbits.
    radius_m, latitude_argument_rad : array, shape (L, K)
        Radius a (1 - e cos E) on the mean ellipse, and argument of latitude.

    References
    ----------
    Kozai (1959), AJ 64, 367, equation 11.
    """
    e2 = orbits.eccentricity[:, None] ** 2
    beta, a = np.sqrt(1 - e2), orbits.semi_major_axis_m[:, None]
    parameter = a * (1 - e2)
    sine2 = np.sin(orbits.inclination_rad)[:, None] ** 2
    e_cos_f = parameter / radius_m - 1.0
    bracket = 1.0 + e_cos_f / (1.0 + beta) + 2.0 * beta * radius_m / parameter
    scale = EARTH_J2 * EARTH_EQUATORIAL_RADIUS_M**2 / (4.0 * parameter)
    return np.asarray(
        scale * (sine2 * np.cos(2 * latitude_argument_rad) + (3 * sine2 - 2) * bracket), dtype=float
    )
