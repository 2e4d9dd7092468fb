"""How long an orbit lasts against drag: under three courses of solar activity, and over many drawn ones."""

import math
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.decay import END_ALTITUDE_KM
from cosmodrome.orbit.lifetime import DecayingOrbit, Lifetime, lifetime_cases
from cosmodrome.orbit.lifetime_distribution import lifetime_distribution
from cosmodrome.physics.elements import sun_synchronous_inclination_rad
from cosmodrome.studies.lifetime_options import LifetimeOptions, lifetime_findings
from cosmodrome.studies.orbit_options import apsides_km, refuse
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
    """Everything found; the spread is None without draws."""

    options: LifetimeOptions
    orbit: DecayingOrbit
    start: datetime
    cases: tuple[Lifetime, ...]
    spread: LifetimeOdds | None
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
    orbit = _orbit(options)
    if options.ballistic_coefficient_kg_m2 is None and options.drag_coefficient is None:
        notes.append("No --cd given: a drag coefficient of 2.2.")
    return LifetimeStudy(
        options=options,
        orbit=orbit,
        start=start,
        cases=_cases(orbit, start),
        spread=_spread(orbit, start, options) if options.draws_count else None,
        notes=tuple(notes),
        elapsed_s=time.perf_counter() - began_s,
    )


def _orbit(options: LifetimeOptions) -> DecayingOrbit:
    low, high = apsides_km(options.altitude_km, options.perigee_altitude_km, options.apogee_altitude_km)
    inclination = options.inclination_deg
    if inclination is None:
        axis = EARTH_EQUATORIAL_RADIUS_M + 500.0 * (low + high)
        with as_question():
            inclination = math.degrees(sun_synchronous_inclination_rad(axis, 500.0 * (high - low) / axis))
    coefficient = options.ballistic_coefficient_kg_m2
    if coefficient is None:
        assert options.mass_kg is not None
        assert options.drag_area_m2 is not None
        coefficient = options.mass_kg / (options.drag_area_m2 * (options.drag_coefficient or 2.2))
    return DecayingOrbit(low, high, inclination, coefficient)


def _cases(orbit: DecayingOrbit, start: datetime) -> tuple[Lifetime, ...]:
    return lifetime_cases(
        orbit.perigee_altitude_km, orbit.apogee_altitude_km, orbit.inclination_deg,
        orbit.ballistic_coefficient_kg_m2, start,
    )  # fmt: skip


def _spread(orbit: DecayingOrbit, start: datetime, options: LifetimeOptions) -> LifetimeOdds:
    """Lifetimes over drawn cycles of the Sun, and the spread of air and satellite."""
    if orbit.perigee_altitude_km < END_ALTITUDE_KM:
        years = np.zeros(options.draws_count)
    else:
        years = lifetime_distribution(
            orbit.mean_elements,
            orbit.ballistic_coefficient_kg_m2,
            start,
            generator=np.random.default_rng(options.seed),
            draws_count=options.draws_count,
            elements="mean",
            local_time_averaged=True,
        ).lifetime_years
    return LifetimeOdds(
        draws_count=len(years),
        percent=PERCENT,
        percentile_years=tuple(float(value) for value in np.percentile(years, PERCENT)),
        rules_years=RULES_YEARS,
        within_fraction=tuple(float((years <= rule).mean()) for rule in RULES_YEARS),
    )
