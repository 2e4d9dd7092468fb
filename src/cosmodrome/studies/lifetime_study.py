"""How long an orbit lasts against drag: under three courses of solar activity, and over many drawn ones."""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.lifetime import Lifetime, lifetime_cases, orbital_lifetime
from cosmodrome.orbit.lifetime_distribution import lifetime_distribution
from cosmodrome.orbit.local_time import raan_of_local_time_rad
from cosmodrome.physics.elements import KeplerianElements, sun_synchronous_inclination_rad
from cosmodrome.studies.lifetime_options import LifetimeOptions, lifetime_findings
from cosmodrome.studies.orbit_options import apsides_km, hours_of, refuse
from cosmodrome.studies.orbit_source import as_question

RULES_YEARS: Final = (5.0, 25.0)
PERCENT: Final = (10.0, 50.0, 90.0)


@dataclass(frozen=True, slots=True)
class LifetimeOdds:
    """Over drawn courses: percentiles, and the part that ends within each rule."""

    draws_count: int
    percent: tuple[float, ...]
    percentile_years: tuple[float, ...]
    rules_years: tuple[float, ...]
    within_fraction: tuple[float, ...]

    def __repr__(self) -> str:
        return f"<LifetimeOdds of {self.draws_count}, median {self.percentile_years[1]:.2f} years>"


@dataclass(frozen=True, slots=True)
class LifetimeStudy:
    """Everything found; the odds are None without draws."""

    options: LifetimeOptions
    mean_elements: KeplerianElements
    ballistic_coefficient_kg_m2: float
    start: datetime
    cases: tuple[Lifetime, ...]
    odds: LifetimeOdds | None
    notes: tuple[str, ...]
    elapsed_s: float

    def __repr__(self) -> str:
        return f"<LifetimeStudy {', '.join(repr(one) for one in self.cases)}>"


def lifetime_study(options: LifetimeOptions, *, today: datetime) -> LifetimeStudy:
    """Say how long an orbit lasts, and how probably it meets 5 and 25 years.

    Parameters
    ----------
    options : LifetimeOptions
    today : datetime
        Its midnight is the start where none is given.

    Returns
    -------
    LifetimeStudy

    Raises
    ------
    QuestionError
        With every contradiction among the options at once.

    Examples
    --------
    LISSA (satellite_examples S-42, ESA DRAMA): 510 km and 151 kg/m2 last about 18 years from 2027.

    >>> asked = LifetimeOptions(altitude_km=510, inclination_deg=97.4, ballistic_coefficient_kg_m2=151)
    >>> low, _, high = lifetime_study(asked, today=datetime(2027, 1, 1, tzinfo=UTC)).cases
    >>> low.lifetime_years > 18 > high.lifetime_years
    True
    """
    began_s = time.perf_counter()
    refuse(lifetime_findings(options))
    notes = []
    start = options.start or datetime(today.year, today.month, today.day, tzinfo=UTC)
    if options.start is None:
        notes.append(f"No --start given: {start:%Y-%m-%d}.")
    if options.ballistic_coefficient_kg_m2 is None and options.drag_coefficient is None:
        notes.append("No --cd given: a drag coefficient of 2.2.")
    if options.ltan is None and options.raan_deg is None:
        notes.append("No --ltan or --raan given: the air is averaged over local times.")
    orbit, coefficient = _mean_elements(options, start), _ballistic_coefficient(options)
    with as_question():
        cases = _cases(options, orbit, coefficient, start)
        odds = _odds(options, orbit, coefficient, start) if options.draws_count else None
    return LifetimeStudy(
        options, orbit, coefficient, start, cases, odds, tuple(notes), time.perf_counter() - began_s
    )


def _mean_elements(options: LifetimeOptions, start: datetime) -> KeplerianElements:
    """Mean elements, with the perigee at the node; the node from the mean equinox of date."""
    low, high = apsides_km(options.altitude_km, options.perigee_altitude_km, options.apogee_altitude_km)
    axis = EARTH_EQUATORIAL_RADIUS_M + 500.0 * (low + high)
    eccentricity = 500.0 * (high - low) / axis
    with as_question():
        tilt = (
            sun_synchronous_inclination_rad(axis, eccentricity)
            if options.inclination_deg is None
            else math.radians(options.inclination_deg)
        )
    node = math.radians(options.raan_deg or 0.0)
    if options.ltan is not None:
        node = raan_of_local_time_rad(hours_of(options.ltan), start)
    return KeplerianElements(axis, eccentricity, tilt, node, 0.0, 0.0)


def _ballistic_coefficient(options: LifetimeOptions) -> float:
    """m / (C_D A) of the satellite [kg/m2]."""
    if options.ballistic_coefficient_kg_m2 is not None:
        return options.ballistic_coefficient_kg_m2
    assert options.mass_kg is not None
    assert options.drag_area_m2 is not None
    return options.mass_kg / (options.drag_area_m2 * (options.drag_coefficient or 2.2))


def _cases(
    options: LifetimeOptions, orbit: KeplerianElements, coefficient: float, start: datetime
) -> tuple[Lifetime, ...]:
    """Averaged over local times where the node is not known."""
    if options.ltan is not None or options.raan_deg is not None:
        return orbital_lifetime(orbit, coefficient, start, elements="mean").cases
    apsides = apsides_km(options.altitude_km, options.perigee_altitude_km, options.apogee_altitude_km)
    tilt_deg = math.degrees(orbit.inclination_rad)
    return lifetime_cases(*apsides, tilt_deg, coefficient, start, space_weather=None)


def _odds(
    options: LifetimeOptions, orbit: KeplerianElements, coefficient: float, start: datetime
) -> LifetimeOdds:
    found = lifetime_distribution(
        orbit, coefficient, start, generator=np.random.default_rng(options.seed),
        draws_count=options.draws_count, elements="mean",
        local_time_averaged=options.ltan is None and options.raan_deg is None,
    )  # fmt: skip
    return LifetimeOdds(
        draws_count=options.draws_count,
        percent=PERCENT,
        percentile_years=tuple(found.percentile_years(percent) for percent in PERCENT),
        rules_years=RULES_YEARS,
        within_fraction=tuple(found.probability_within(rule) for rule in RULES_YEARS),
    )
