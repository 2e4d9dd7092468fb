"""How the local time of the node drifts over years: the Earth's zonal field, Sun, Moon and their tides.

A sun-synchronous node stands still against the mean Sun, so the Sun pulls the plane the same way for years:
the inclination changes by up to 0.05 deg a year, most at local times of 9 and 15 h (and 21 and 3 h), and
with it the pace of the node.
Mean elements are those of Brouwer: the time averages of a and i.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import erfa
import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import (
    ASTRONOMICAL_UNIT_M,
    DAY_S,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_OBLIQUITY_RAD,
    EARTH_PRECESSION_RAD_S,
    JULIAN_YEAR_S,
    MOON_GM_M3_S2,
    SUN_GM_M3_S2,
)
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import KeplerianElements, mean_motion_rad_s
from cosmodrome.physics.secular_rates import (
    local_time_rate_rad_s,
    secular_node_rate_rad_s,
    solar_inclination_rate_rad_s,
    tide_ratio,
)
from cosmodrome.physics.sun import local_time_of_node_h, sun_of_date_m
from cosmodrome.physics.time import terrestrial_time

Array = NDArray[np.float64]

_STEP_S = 2.0 * DAY_S
_HOURS_PER_RAD = 12.0 / math.pi
_LARGEST_ECCENTRICITY = 0.1
_Rates = tuple[float, float]


@dataclass(frozen=True, slots=True)
class LocalTimeHistory:
    """Mean local time of the ascending node over N instants; it runs on beyond 0 and 24 h."""

    epoch: datetime
    elapsed_s: Array
    local_time_h: Array
    inclination_deg: Array
    semi_major_axis_km: Array

    @property
    def drift_min(self) -> Array:
        """Minutes since the start, later counted positive [min]."""
        return np.asarray(60.0 * (self.local_time_h - self.local_time_h[0]), dtype=float)

    def __repr__(self) -> str:
        years = float(self.elapsed_s[-1]) / JULIAN_YEAR_S
        first, last = float(self.local_time_h[0]), float(self.local_time_h[-1])
        return f"<LocalTimeHistory {first:.3f} to {last:.3f} h in {years:.2f} years>"


@dataclass(frozen=True, slots=True)
class LocalTimeSensitivity:
    """Pace of the node's local time, what 1 km of altitude and 1 deg of inclination add, and the tilting."""

    drift_min_per_year: float
    per_km_min_per_year: float
    per_deg_min_per_year: float
    inclination_drift_deg_per_year: float

    def __repr__(self) -> str:
        return (
            f"<LocalTimeSensitivity {self.drift_min_per_year:.2f} min a year, "
            f"{self.per_km_min_per_year:.2f} per km, {self.per_deg_min_per_year:.1f} per deg>"
        )


def local_time_drift(
    mean: KeplerianElements, epoch: datetime, years: float, *, decay_m_s: float = 0.0
) -> LocalTimeHistory:
    """Follow the node's mean local time and the inclination.

    Node and inclination move by the even zonal harmonics to J20 with J2 squared, by the pull of Sun and Moon
    averaged over the revolution, by the tides that they raise, by precession and nutation; Runge-Kutta steps
    of two days. Against full propagation over 60 to 90 days, 620 to 800 km: within 0.005 min and 0.0003 deg.
    Where the track nearly repeats after a day (15 or 14 revolutions, to some 10 km) the tesseral field moves
    the inclination by some 0.01 deg more.

    Parameters
    ----------
    mean : KeplerianElements
        Mean elements from the mean equator and equinox of date; eccentricity up to 0.1.
    epoch : datetime
        Of the elements.
    years : float
        How long, above 0 [Julian years].
    decay_m_s : float
        Loss of semi-major axis, for instance by `station_keeping.decay_rate_m_s` [m/s].

    Returns
    -------
    LocalTimeHistory
        A sample every two days.

    Raises
    ------
    ValueError
        For a duration, an eccentricity or a decay outside of these ranges.

    References
    ----------
    Kaula (1966), *Theory of Satellite Geodesy*, sections 3.4 and 3.7; Brouwer (1959), AJ 64, 378; Capderou
    (2014), *Handbook of Satellite Orbits*, section 7.3, for what the Sun does to sun-synchronous planes.

    Examples
    --------
    At 22:30, as Terra, the Sun and the tides lower the inclination by 0.04 deg a year.

    >>> from datetime import UTC
    >>> begin, table = datetime(2027, 1, 1, tzinfo=UTC), read_earth_orientation()
    >>> node = raan_of_local_time_rad(22.5, begin)
    >>> terra = KeplerianElements(7_080_640.0, 0.0, math.radians(98.2), node, 0.0, 0.0)
    >>> history = local_time_drift(terra, begin, 1.0)
    >>> round(float(history.inclination_deg[-1]) - 98.2, 2)
    -0.04
    """
    _check(mean, years, decay_m_s)
    count = max(1, math.ceil(years * JULIAN_YEAR_S / _STEP_S))
    step = years * JULIAN_YEAR_S / count
    half_steps: Array = 0.5 * step * np.arange(2 * count + 1, dtype=float)
    sky = _Sky.over(epoch, half_steps)
    node, inclination = mean.raan_rad, mean.inclination_rad
    rows = [(node, inclination)]
    for place in range(count):
        axes = [mean.semi_major_axis_m - decay_m_s * float(half_steps[2 * place + k]) for k in range(3)]
        rates = [sky.rates(2 * place + k, axes[k], mean.eccentricity) for k in range(3)]
        node, inclination = _stepped(rates, node, inclination, step)
        rows.append((node, inclination))
    elapsed, (nodes, inclinations) = half_steps[::2].copy(), np.array(rows, dtype=float).T
    wrapped = local_time_of_node_h(nodes, epoch, elapsed, read_earth_orientation())
    arrays = (
        elapsed,
        np.unwrap(wrapped, period=24.0),
        np.degrees(inclinations),
        (mean.semi_major_axis_m - decay_m_s * elapsed) / 1e3,
    )
    for array in arrays:
        array.setflags(write=False)
    return LocalTimeHistory(epoch, *arrays)


def local_time_sensitivity(mean: KeplerianElements, epoch: datetime) -> LocalTimeSensitivity:
    """Pace of the local time without the yearly terms, and its change with altitude and inclination.

    Parameters
    ----------
    mean : KeplerianElements
        Mean elements from the mean equator and equinox of date; eccentricity up to 0.1.
    epoch : datetime
        Of the elements.

    Examples
    --------
    A sun-synchronous node turns 1440 min a year, and 7/2 less for each part of the semi-major axis: at
    700 km a kilometer is worth 0.71 min a year.

    >>> from datetime import UTC
    >>> orbit = KeplerianElements(7_078_137.0, 0.0, math.radians(98.2), 0.0, 0.0, 0.0)
    >>> found = local_time_sensitivity(orbit, datetime(2027, 1, 1, tzinfo=UTC))
    >>> round(found.per_km_min_per_year, 2), round(-3.5 * 1440 / 7078.137, 2)
    (-0.71, -0.71)
    """
    _check(mean, 1.0, 0.0)
    a, e, i = mean.semi_major_axis_m, mean.eccentricity, mean.inclination_rad
    scale = 60.0 * _HOURS_PER_RAD * JULIAN_YEAR_S

    def pace(axis_m: float, inclination_rad: float) -> float:
        return scale * local_time_rate_rad_s(axis_m, e, inclination_rad)

    hour = float(
        local_time_of_node_h(np.array([mean.raan_rad]), epoch, np.zeros(1), read_earth_orientation())[0]
    )
    tilt = solar_inclination_rate_rad_s(a, i, hour)
    return LocalTimeSensitivity(
        pace(a, i),
        (pace(a + 500.0, i) - pace(a - 500.0, i)),
        (pace(a, i + math.radians(0.5)) - pace(a, i - math.radians(0.5))),
        math.degrees(tilt) * JULIAN_YEAR_S,
    )


def raan_of_local_time_rad(local_time_h: float, epoch: datetime) -> float:
    """Right ascension of the node, from the mean equinox of date, that has a mean local time [rad].

    The inverse of `physics.sun.local_time_of_node_h`.

    Examples
    --------
    >>> from datetime import UTC
    >>> begin = datetime(2027, 1, 1, tzinfo=UTC)
    >>> node = np.array([raan_of_local_time_rad(10.5, begin)])
    >>> round(float(local_time_of_node_h(node, begin, np.zeros(1), read_earth_orientation())[0]), 9)
    10.5
    """
    at_zero = local_time_of_node_h(np.zeros(1), epoch, np.zeros(1), read_earth_orientation())
    return float(local_time_h - at_zero[0]) / _HOURS_PER_RAD % (2 * math.pi)


def _check(mean: KeplerianElements, years: float, decay_m_s: float) -> None:
    if not mean.eccentricity <= _LARGEST_ECCENTRICITY:
        raise ValueError(
            f"the drift of the local time holds for eccentricities up to {_LARGEST_ECCENTRICITY}, given is "
            f"{mean.eccentricity:g}: propagate such an orbit and read its node crossings"
        )
    if not years > 0:
        raise ValueError(f"a drift over {years:g} years was asked for; expected a duration above 0")
    lost = decay_m_s * years * JULIAN_YEAR_S
    if decay_m_s < 0 or lost > mean.semi_major_axis_m - EARTH_EQUATORIAL_RADIUS_M:
        raise ValueError(
            f"a decay of {decay_m_s:g} m/s lowers the orbit by {lost / 1e3:.0f} km in {years:g} years; "
            "expected at least 0, and an orbit that stays above the ground: give fewer years"
        )


@dataclass(frozen=True, slots=True)
class _Sky:
    """Sun, Moon and the Earth's axis over N instants, in the mean equator and equinox of date."""

    sun_m: list[list[float]]
    moon_m: list[list[float]]
    axis: list[list[float]]  # x and y of its unit vector: nutation

    @classmethod
    def over(cls, epoch: datetime, elapsed_s: Array) -> "_Sky":
        day, fraction = terrestrial_time(epoch, elapsed_s)
        moon = erfa.moon98(day, fraction)["p"] * ASTRONOMICAL_UNIT_M
        of_date = np.einsum("nij,nj->ni", erfa.pmat06(day, fraction), moon)
        in_longitude, in_obliquity = erfa.nut00b(day, fraction)
        axis = np.column_stack((in_longitude * math.sin(EARTH_OBLIQUITY_RAD), in_obliquity))
        return cls(sun_of_date_m(epoch, elapsed_s).tolist(), of_date.tolist(), axis.tolist())

    def rates(self, place: int, axis_m: float, eccentricity: float) -> Callable[[float, float], _Rates]:
        """Rates of node and inclination as functions of both [rad/s]."""
        scale = 1.5 * tide_ratio(axis_m) / mean_motion_rad_s(axis_m)
        bodies = [
            _pull(scale * gm, body[place])
            for gm, body in ((SUN_GM_M3_S2, self.sun_m), (MOON_GM_M3_S2, self.moon_m))
        ]
        (px, py), ky, kz = self.axis[place], -math.sin(EARTH_OBLIQUITY_RAD), math.cos(EARTH_OBLIQUITY_RAD)

        def rates(node: float, inclination: float) -> _Rates:
            sin_node, cos_node = math.sin(node), math.cos(node)
            sin_i, cos_i = math.sin(inclination), math.cos(inclination)
            # the flattened Earth turns the plane about its true axis
            lean, shift = px * sin_node - py * cos_node, px * cos_node + py * sin_node
            zonal = secular_node_rate_rad_s(axis_m, eccentricity, inclination - lean)
            turning, tilting = zonal * (1 - lean * cos_i / sin_i), zonal * shift
            for strength, x, y, z in bodies:
                along, ahead = x * cos_node + y * sin_node, y * cos_node - x * sin_node
                normal = strength * (cos_i * z - sin_i * ahead)
                turning += normal * (sin_i * z + cos_i * ahead) / sin_i
                tilting += normal * along
            # the equator that both are counted from precesses about the ecliptic's pole
            turning += EARTH_PRECESSION_RAD_S * (kz + ky * cos_node * cos_i / sin_i)
            return turning, tilting + EARTH_PRECESSION_RAD_S * ky * sin_node

        return rates


def _pull(scale: float, place_m: list[float]) -> tuple[float, float, float, float]:
    """Strength of a body's pull on the plane [rad/s] and its direction."""
    x, y, z = place_m
    distance = math.sqrt(x * x + y * y + z * z)
    return scale / distance**3, x / distance, y / distance, z / distance


def _stepped(
    rates: list[Callable[[float, float], _Rates]], node: float, inclination: float, step_s: float
) -> _Rates:
    """One step of the classical Runge-Kutta method; rates at its begin, middle and end."""
    begin, middle, end = rates
    n1, i1 = begin(node, inclination)
    n2, i2 = middle(node + 0.5 * step_s * n1, inclination + 0.5 * step_s * i1)
    n3, i3 = middle(node + 0.5 * step_s * n2, inclination + 0.5 * step_s * i2)
    n4, i4 = end(node + step_s * n3, inclination + step_s * i3)
    sixth = step_s / 6
    return node + sixth * (n1 + 2 * n2 + 2 * n3 + n4), inclination + sixth * (i1 + 2 * i2 + 2 * i3 + i4)
