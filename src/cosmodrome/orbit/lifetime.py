"""How long an orbit lasts against drag: averaged over each revolution, under three courses of solar activity.

Luni-solar resonances and solar pressure are left out: they matter for eccentric orbits above about 1500 km.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import (
    DAY_S,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_GM_M3_S2,
    EARTH_ROTATION_RATE_RAD_S,
    JULIAN_YEAR_S,
)
from cosmodrome.orbit.air_density import AirDensity, air_density
from cosmodrome.orbit.solar_activity import (
    Case,
    SolarActivity,
    activity_at,
    cycle_cases,
    read_space_weather,
)

Array = NDArray[np.float64]

LONGEST_YEARS = 60.0
_END_HEIGHT_KM = 120.0
_LONGEST_STEP_S = 15.0 * DAY_S
_HEIGHT_STEP_M = 2000.0


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Time to 120 km under one course of solar activity; `exceeds` where it is longer than looked for."""

    case: Case
    lifetime_years: float
    exceeds: bool
    mean_flux_sfu: float

    def __repr__(self) -> str:
        sign = "> " if self.exceeds else ""
        return f"<Lifetime {self.case}: {sign}{self.lifetime_years:.2f} years>"


@dataclass(frozen=True, slots=True)
class DecayingOrbit:
    """What decays: mean apsides above the equatorial radius, inclination, and m / (C_D A)."""

    perigee_altitude_km: float
    apogee_altitude_km: float
    inclination_deg: float
    ballistic_coefficient_kg_m2: float


def lifetime_cases(
    perigee_altitude_km: float,
    apogee_altitude_km: float,
    inclination_deg: float,
    ballistic_coefficient_kg_m2: float,
    start: datetime,
) -> tuple[Lifetime, ...]:
    """Orbital lifetime with low, mean and high solar activity, looked for over 60 years.

    Parameters
    ----------
    perigee_altitude_km, apogee_altitude_km : float
        Above 6378.137 km.
    inclination_deg : float
        Inclination [deg].
    ballistic_coefficient_kg_m2 : float
        m / (C_D A) [kg/m2].
    start : datetime
        Sets the phase of the solar cycle.

    Returns
    -------
    tuple of Lifetime
        In the order low, mean, high.

    References
    ----------
    King-Hele (1987), *Satellite Orbits in an Atmosphere*, chapters 3 to 6, here by quadrature with NRLMSIS
    2.1. Starshine-3 and GOCE come out within 15 % (tests/reference).

    Examples
    --------
    LISSA (satellite_examples S-42, ESA DRAMA): 510 km and 151 kg/m2 last about 18 years from 2027.

    >>> from datetime import UTC
    >>> cases = lifetime_cases(510.0, 510.0, 97.4, 151.0, datetime(2027, 1, 1, tzinfo=UTC))
    >>> cases[0].lifetime_years > 18 > cases[2].lifetime_years
    True
    """
    orbit = DecayingOrbit(
        perigee_altitude_km, apogee_altitude_km, inclination_deg, ballistic_coefficient_kg_m2
    )
    activities = cycle_cases(read_space_weather(), start, LONGEST_YEARS)
    table = air_density(inclination_deg)
    limit_s = LONGEST_YEARS * JULIAN_YEAR_S
    elapsed, flux = decay_s(orbit, activities, table, limit_s)
    names: tuple[Case, ...] = ("low", "mean", "high")
    return tuple(
        Lifetime(case, float(elapsed[k] / JULIAN_YEAR_S), bool(elapsed[k] >= limit_s), float(flux[k]))
        for k, case in enumerate(names)
    )


def decay_s(
    orbit: DecayingOrbit,
    activities: Sequence[SolarActivity],
    table: AirDensity,
    limit_s: float,
    longest_step_s: float = _LONGEST_STEP_S,
) -> tuple[Array, Array]:
    """Time to 120 km [s] and mean F10.7 on the way [sfu] under each course of activity.

    Heun's rule with steps that lose 2 km of perigee or a twentieth of the spread of the apsides; all courses
    advance together, each with its own step. Times are cut at `limit_s`.

    References
    ----------
    Vallado (2013), equations 9-24 for the rates of a and e under a tangential force.
    """
    perigee = EARTH_EQUATORIAL_RADIUS_M + 1e3 * orbit.perigee_altitude_km
    apogee = EARTH_EQUATORIAL_RADIUS_M + 1e3 * orbit.apogee_altitude_km
    lanes = len(activities)
    axis = np.full(lanes, 0.5 * (perigee + apogee))
    eccentricity = np.full(lanes, (apogee - perigee) / (apogee + perigee))
    elapsed, flux_time = np.zeros(lanes), np.zeros(lanes)
    end = EARTH_EQUATORIAL_RADIUS_M + 1e3 * _END_HEIGHT_KM

    def rates(at: Array, axis_m: Array, e: Array) -> tuple[Array, Array, Array]:
        return mean_rates(orbit, activities, table, at, (axis_m, e))

    alive = np.full(lanes, perigee > end)
    while alive.any():
        axis_rate, eccentricity_rate, flux = rates(elapsed, axis, eccentricity)
        perigee_rate = np.abs(axis_rate * (1 - eccentricity) - axis * eccentricity_rate)
        step = np.minimum(longest_step_s, _HEIGHT_STEP_M / np.maximum(perigee_rate, 1e-30))
        spread = _HEIGHT_STEP_M + 0.05 * axis * eccentricity
        step = np.minimum(step, spread / np.maximum(np.abs(axis_rate), 1e-30))
        step = np.where(alive, np.minimum(step, limit_s - elapsed), 0.0)
        ahead = rates(
            elapsed + step,
            axis + step * axis_rate,
            np.maximum(eccentricity + step * eccentricity_rate, 0.0),
        )
        axis = axis + 0.5 * step * (axis_rate + ahead[0])
        eccentricity = np.maximum(eccentricity + 0.5 * step * (eccentricity_rate + ahead[1]), 0.0)
        elapsed, flux_time = elapsed + step, flux_time + step * flux
        alive &= (axis * (1 - eccentricity) > end) & (elapsed < limit_s)
    return elapsed, flux_time / np.maximum(elapsed, 1.0)


def mean_rates(
    orbit: DecayingOrbit,
    activities: Sequence[SolarActivity],
    table: AirDensity,
    elapsed_s: Array,
    orbits: tuple[Array, Array],
) -> tuple[Array, Array, Array]:
    """Orbit-mean rates of semi-major axis [m/s] and eccentricity [1/s] by drag, and F10.7 [sfu].

    Parameters
    ----------
    orbit : DecayingOrbit
        For its inclination and ballistic coefficient.
    activities : sequence of SolarActivity
        One course per lane; the first gives the season.
    table : AirDensity
        The air.
    elapsed_s : Array, shape (L,)
        Time of each lane since the start of its course [s].
    orbits : (Array, Array), shape (L,) each
        Semi-major axis [m] and eccentricity of each lane.

    References
    ----------
    Vallado (2013), equations 9-24; the air turns with the Earth (King-Hele 1987, section 2.3).
    """
    flux, ap = activity_at(activities, elapsed_s)
    month = (activities[0].start.timetuple().tm_yday / 365.25 + elapsed_s / JULIAN_YEAR_S) * 12.0 - 0.5
    a, e = orbits[0][:, None], orbits[1][:, None]
    cosine = np.cos(_nodes(float(orbits[0].max()), float(orbits[1].max())))
    share = 1.0 - e * cosine  # dM / dE
    radius = a * share
    speed = np.sqrt(EARTH_GM_M3_S2 * (2.0 / radius - 1.0 / a))
    inclination = math.radians(orbit.inclination_deg)
    turning = EARTH_ROTATION_RATE_RAD_S * radius
    along = speed - turning * math.cos(inclination)
    relative = np.sqrt(along**2 + 0.5 * (turning * math.sin(inclination)) ** 2)
    height_km = (radius - EARTH_EQUATORIAL_RADIUS_M) / 1e3
    density = table.density_kg_m3(height_km, flux[:, None], ap[:, None], month[:, None])
    push = density * relative * along / orbit.ballistic_coefficient_kg_m2
    axis_rate = -(a**2) / EARTH_GM_M3_S2 * push * speed
    eccentricity_rate = -(e + (cosine - e) / share) * push / speed
    return (axis_rate * share).mean(axis=1), (eccentricity_rate * share).mean(axis=1), flux


def _nodes(axis_m: float, eccentricity: float) -> Array:
    """Eccentric anomalies of the quadrature: more where the air is met near the perigee only."""
    count = 8 + 2 * math.ceil(3 * math.sqrt(axis_m * eccentricity / 30e3))
    return (np.arange(count) + 0.5) * 2 * math.pi / count
