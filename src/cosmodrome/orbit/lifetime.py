"""How long an orbit lasts: by mean elements, under the solar activity that was observed or may come.

Solar pressure is left out: it matters for objects with more than about 1 m2/kg above 600 km.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.air_density import DensityModel, air_density
from cosmodrome.orbit.decay import END_ALTITUDE_KM, Air, Decay, decay
from cosmodrome.orbit.forces import SpaceWeatherCase
from cosmodrome.orbit.mean_orbit import MeanOrbits, mean_elements_from_osculating, mean_orbits
from cosmodrome.orbit.solar_activity import (
    CASES,
    SolarActivity,
    activity_courses,
    cycle_cases,
    holds,
    observed_activity,
    read_space_weather,
)
from cosmodrome.physics.elements import KeplerianElements

Array = NDArray[np.float64]
ElementSet = Literal["osculating", "mean"]

LONGEST_YEARS = 60.0
_PLANNED_STEP_S = 45 * DAY_S  # a third of the time of 15 days, within 0.5 % of it


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Time to 120 km under one course of solar activity; `exceeds` where it is longer than looked for."""

    case: SpaceWeatherCase
    lifetime_years: float
    exceeds: bool
    mean_flux_sfu: float

    @property
    def lifetime_days(self) -> float:
        """The same in days."""
        return self.lifetime_years * JULIAN_YEAR_S / DAY_S

    def __repr__(self) -> str:
        sign = "> " if self.exceeds else ""
        return f"<Lifetime {self.case}: {sign}{self.lifetime_years:.2f} years>"


@dataclass(frozen=True, slots=True)
class DecayingOrbit:
    """A planned orbit: mean apsides above the equatorial radius, inclination, and m / (C_D A)."""

    perigee_altitude_km: float
    apogee_altitude_km: float
    inclination_deg: float
    ballistic_coefficient_kg_m2: float

    @property
    def mean_elements(self) -> KeplerianElements:
        """Mean elements, with node and perigee where angles begin."""
        perigee, apogee = (
            EARTH_EQUATORIAL_RADIUS_M + 1e3 * km for km in (self.perigee_altitude_km, self.apogee_altitude_km)
        )
        axis, e = 0.5 * (perigee + apogee), (apogee - perigee) / (apogee + perigee)
        return KeplerianElements(axis, e, math.radians(self.inclination_deg), 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class OrbitalLifetime:
    """Lifetimes of one orbit by course of solar activity, with what they were found with."""

    epoch: datetime
    mean_elements: KeplerianElements
    ballistic_coefficient_kg_m2: float
    density_model: DensityModel
    cases: tuple[Lifetime, ...]

    def case(self, name: SpaceWeatherCase) -> Lifetime:
        """The lifetime under one course of activity.

        Raises
        ------
        ValueError
            If it was not asked for.
        """
        for one in self.cases:
            if one.case == name:
                return one
        held = ", ".join(f"'{one.case}'" for one in self.cases)
        raise ValueError(f"no lifetime under the space weather '{name}'; there are {held}")

    def __repr__(self) -> str:
        years = ", ".join(
            f"{one.case} {'> ' if one.exceeds else ''}{one.lifetime_years:.2f}" for one in self.cases
        )
        return f"<OrbitalLifetime {years} years by {self.density_model}>"


def orbital_lifetime(
    orbit: InjectionState | KeplerianElements,
    ballistic_coefficient_kg_m2: float,
    epoch: datetime,
    *,
    elements: ElementSet = "osculating",
    density_model: DensityModel = "nrlmsis-2.1",
    space_weather: Sequence[SpaceWeatherCase] | None = None,
    limit_years: float = LONGEST_YEARS,
) -> OrbitalLifetime:
    """Time until an orbit comes down to 120 km.

    Mean elements under drag averaged around each revolution (with season, latitude, local time, the
    ellipsoid and the turning air), J2 to J11, Sun and Moon.

    Parameters
    ----------
    orbit : InjectionState or KeplerianElements
        Where it starts, GCRF. "400 km" as an osculating state at the node is a mean semi-major axis 6 km
        lower.
    ballistic_coefficient_kg_m2 : float
        m / (C_D A) [kg/m2].
    epoch : datetime
        When, timezone-aware; the epoch of the state if it is one.
    elements : {'osculating', 'mean'}
        What the elements are. A state is always osculating. Mean elements are averaged over a revolution
        (Kozai), as those of SGP4 nearly are.
    density_model : {'nrlmsis-2.1', 'nrlmsise-00'}
        NRLMSISE-00, for comparison, decays real spheres 10 to 15 % too fast.
    space_weather : sequence of {'low', 'mean', 'high', 'observed'}, optional
        Courses of solar activity: 10th percentile, mean and 90th percentile of the cycles since 1957, or
        what was observed until the record ends and the mean case after it. By default the first three, and
        'observed' where the record holds the epoch.
    limit_years : float
        How far to look [years].

    Returns
    -------
    OrbitalLifetime

    Raises
    ------
    ValueError
        For an orbit that is no ellipse or has its perigee below 120 km, a ballistic coefficient that is not
        above zero, an epoch without a time zone or other than the state's, or an unknown name.

    Notes
    -----
    Against the full propagation with the same NRLMSISE-00 and space weather: within 2 % for eight of nine
    orbits between 250 and 900 km, sun-synchronous and eccentric ones among them, and 3 % at 600 km and solar
    maximum; the perigee of transfer orbits within 10 km over 500 days (docs/theory/lifetime.md). Against
    satellites that flew the error of the air dominates: 15 %.

    References
    ----------
    King-Hele (1987), *Satellite Orbits in an Atmosphere*; Emmert et al. (2022), JGR Space Physics 127,
    e2022JA030896, for NRLMSIS 2.1.

    Examples
    --------
    reference/orbit.md 2(f), a 3U CubeSat from 400 km: heyoka, satkit and Orekit propagate 138.0 to 138.1 days
    with NRLMSISE-00.

    >>> from datetime import UTC
    >>> start = KeplerianElements(6_778_137.0, 0.0, math.radians(51.7), 0.0, 0.0, 0.0)
    >>> found = orbital_lifetime(
    ...     start, 4 / (2.2 * 0.034), datetime(2024, 1, 1, tzinfo=UTC),
    ...     density_model="nrlmsise-00", space_weather=("observed",),
    ... )
    >>> abs(found.case("observed").lifetime_days / 138.1 - 1) < 0.02
    True
    """
    if not limit_years > 0:
        raise ValueError(f"a lifetime was looked for over {limit_years:g} years; expected above 0")
    mean = checked_mean_elements(orbit, ballistic_coefficient_kg_m2, epoch, elements)
    names = _asked(epoch, space_weather)
    air = Air(air_density(density_model), activity_courses(_activities(epoch, names, limit_years)))
    start = mean_orbits(mean, len(names))
    found = decay(start, np.array(ballistic_coefficient_kg_m2), air, limit_years * JULIAN_YEAR_S)
    cases = _lifetimes(names, found, limit_years)
    return OrbitalLifetime(epoch, mean, ballistic_coefficient_kg_m2, density_model, cases)


def checked_mean_elements(
    orbit: InjectionState | KeplerianElements,
    ballistic_coefficient_kg_m2: float,
    epoch: datetime,
    elements: ElementSet,
) -> KeplerianElements:
    """Mean elements of an orbit that can decay.

    Raises
    ------
    ValueError
        As `orbital_lifetime` says.
    """
    if not ballistic_coefficient_kg_m2 > 0 or math.isinf(ballistic_coefficient_kg_m2):
        raise ValueError(
            f"the ballistic coefficient m / (C_D A) is {ballistic_coefficient_kg_m2:g} kg/m2; expected above "
            "0: check mass, area and drag coefficient"
        )
    if epoch.tzinfo is None:
        raise ValueError(
            f"the epoch {epoch.isoformat()} has no time zone; give UTC as datetime(..., tzinfo=UTC)"
        )
    if elements not in get_args(ElementSet):
        raise ValueError(f"the elements are '{elements}'; expected 'osculating' or 'mean'")
    if isinstance(orbit, InjectionState):
        if orbit.epoch != epoch:
            raise ValueError(
                f"the epoch {epoch.isoformat()} is not that of the state, {orbit.epoch.isoformat()}; "
                "give the state's own"
            )
        start, elements = orbit.elements, "osculating"
    else:
        start = orbit
    if not (start.semi_major_axis_m > 0 and 0 <= start.eccentricity < 1):
        raise ValueError(
            f"a semi-major axis of {start.semi_major_axis_m / 1e3:.1f} km with an eccentricity of "
            f"{start.eccentricity:g} is no ellipse; only a closed orbit has a lifetime"
        )
    perigee_km = (start.semi_major_axis_m * (1 - start.eccentricity) - EARTH_EQUATORIAL_RADIUS_M) / 1e3
    if perigee_km < END_ALTITUDE_KM:
        raise ValueError(
            f"the perigee is at {perigee_km:.1f} km; expected above {END_ALTITUDE_KM:g} km, below which no "
            "orbit lasts a revolution"
        )
    return mean_elements_from_osculating(start) if elements == "osculating" else start


@lru_cache(maxsize=64)  # a mission judged again and again mostly falls as before
def lifetime_cases(
    perigee_altitude_km: float,
    apogee_altitude_km: float,
    inclination_deg: float,
    ballistic_coefficient_kg_m2: float,
    start: datetime,
    *,
    space_weather: Sequence[SpaceWeatherCase] | None = CASES,
) -> tuple[Lifetime, ...]:
    """Lifetime with low, mean and high solar activity of a planned orbit, whose node is not known yet.

    Local time is averaged: a sun-synchronous orbit lasts up to 10 % longer or shorter by its node. For an
    orbit that is known use `orbital_lifetime`.

    Parameters
    ----------
    perigee_altitude_km, apogee_altitude_km : float
        Mean apsides above 6378.137 km: a (1 - e) and a (1 + e) of mean elements. Nothing below 120 km lasts.
    inclination_deg : float
        Inclination [deg].
    ballistic_coefficient_kg_m2 : float
        m / (C_D A) [kg/m2].
    start : datetime
        Sets the phase of the solar cycle.
    space_weather : sequence of {'low', 'mean', 'high', 'observed'}, or None
        Courses of solar activity; None for the first three, and 'observed' where the record holds the start.

    Returns
    -------
    tuple of Lifetime
        In the order asked for; looked for over 60 years.

    Examples
    --------
    LISSA (satellite_examples S-42, ESA DRAMA): 510 km and 151 kg/m2 last about 18 years from 2027.

    >>> from datetime import UTC
    >>> cases = lifetime_cases(510.0, 510.0, 97.4, 151.0, datetime(2027, 1, 1, tzinfo=UTC))
    >>> cases[0].lifetime_years > 18 > cases[2].lifetime_years
    True
    """
    names = _asked(start, space_weather)
    activities = _activities(start, names, LONGEST_YEARS)
    orbits = _planned(np.full(len(names), perigee_altitude_km), apogee_altitude_km, inclination_deg)
    air = Air(air_density(), activity_courses(activities), local_time_averaged=True)
    limit_s = LONGEST_YEARS * JULIAN_YEAR_S
    found = decay(orbits, np.array(ballistic_coefficient_kg_m2), air, limit_s, _PLANNED_STEP_S)
    return _lifetimes(names, found, LONGEST_YEARS)


def lifetimes_by_perigee_years(
    perigee_altitudes_km: Array,
    apogee_altitude_km: float,
    inclination_deg: float,
    ballistic_coefficient_kg_m2: float,
    start: datetime,
    *,
    limit_years: float = LONGEST_YEARS,
    space_weather: SpaceWeatherCase = "mean",
) -> Array:
    """Lifetimes of planned orbits by perigee in one case of solar activity, cut at the limit [years].

    Parameters
    ----------
    perigee_altitudes_km : array, shape (L,)
        Mean perigees above 6378.137 km.
    apogee_altitude_km, inclination_deg, ballistic_coefficient_kg_m2, start
        As in `lifetime_cases`.
    limit_years : float
        Where to stop looking [years].
    space_weather : {'low', 'mean', 'high'}
        The case.
    """
    course = cycle_cases(read_space_weather(), start, limit_years)[CASES.index(space_weather)]
    orbits = _planned(perigee_altitudes_km, apogee_altitude_km, inclination_deg)
    courses = activity_courses([course] * len(perigee_altitudes_km))
    air = Air(air_density(), courses, local_time_averaged=True)
    ballistic = np.array(ballistic_coefficient_kg_m2)
    found = decay(orbits, ballistic, air, limit_years * JULIAN_YEAR_S, _PLANNED_STEP_S)
    return found.elapsed_s / JULIAN_YEAR_S


def _planned(perigee_altitude_km: Array, apogee_altitude_km: float, inclination_deg: float) -> MeanOrbits:
    """Mean orbits by their apsides, with the perigee at the node."""
    perigee, apogee = (
        EARTH_EQUATORIAL_RADIUS_M + 1e3 * np.asarray(km, dtype=float)
        for km in (perigee_altitude_km, apogee_altitude_km)
    )
    zero = np.zeros_like(perigee)
    return MeanOrbits(
        0.5 * (perigee + apogee),
        (apogee - perigee) / (apogee + perigee),
        zero,
        zero + math.radians(inclination_deg),
        zero,
    )


def _asked(epoch: datetime, space_weather: Sequence[SpaceWeatherCase] | None) -> tuple[SpaceWeatherCase, ...]:
    """The courses that are asked for, or those that there are."""
    if space_weather is None:
        return (*CASES, "observed") if holds(read_space_weather(), epoch) else CASES
    unknown = [name for name in space_weather if name not in get_args(SpaceWeatherCase)]
    if unknown or not space_weather:
        known = ", ".join(f"'{name}'" for name in get_args(SpaceWeatherCase))
        given = ", ".join(f"'{name}'" for name in unknown) or "is empty"
        raise ValueError(f"the space weather {given}; known: {known}")
    return tuple(space_weather)


def _activities(
    epoch: datetime, names: Sequence[SpaceWeatherCase], limit_years: float
) -> list[SolarActivity]:
    record = read_space_weather()
    cases = dict(zip(CASES, cycle_cases(record, epoch, limit_years), strict=True))
    return [
        observed_activity(record, epoch, cases["mean"]) if name == "observed" else cases[name]
        for name in names
    ]


def _lifetimes(names: Sequence[SpaceWeatherCase], found: Decay, limit_years: float) -> tuple[Lifetime, ...]:
    years = (found.elapsed_s / JULIAN_YEAR_S).tolist()
    flux = found.mean_flux_sfu.tolist()
    return tuple(Lifetime(name, years[k], years[k] >= limit_years, flux[k]) for k, name in enumerate(names))
