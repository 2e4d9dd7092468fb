"""Random courses of solar activity: what was observed so far, then whole cycles drawn from those observed."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.orbit.solar_activity import (
    CYCLE_YEARS,
    MINIMA,
    MONTH_DAYS,
    ActivityCourses,
    MonthlyActivity,
    SpaceWeatherRecord,
    decimal_year,
    monthly_means,
    stacked_courses,
)

Array = NDArray[np.float64]

_FIRST_COMPLETE = 1  # cycle 20: the record begins in 1957, after the rise of cycle 19
_FLOOR_SFU = 65.0  # F10.7 of the quiet Sun, Tapping and Morton (2013), J. Phys. Conf. Ser. 440, 012039
_AMPLITUDE_SPREAD = 0.10  # of a drawn cycle: fills what lies between five observed ones


def drawn_courses(
    record: SpaceWeatherRecord,
    start: datetime,
    years: float,
    draws_count: int,
    generator: np.random.Generator,
) -> ActivityCourses:
    """So many courses of activity by month.

    Months of record are taken as observed. From there on each course follows one of the cycles 20 to 24,
    drawn at random, from the age that the present cycle has, and at that cycle's end another one, drawn
    again: shape, length and geomagnetic activity come together, so that the phase spreads with time. The
    height of each cycle above the quiet Sun is multiplied by a factor with a log-normal spread of 10 %.

    Parameters
    ----------
    record : SpaceWeatherRecord
    start : datetime
        Of the courses.
    years : float
        Length of the courses [years].
    draws_count : int
        How many.
    generator : numpy.random.Generator
    """
    monthly = monthly_means(record)
    middle = decimal_year(start) + (np.arange(int(np.ceil(years * 12)) + 1) + 0.5) / 12
    known = middle <= monthly.middle_years[-1]
    cycles = _observed_cycles(monthly)
    tables = np.empty((2, draws_count, len(middle)))
    tables[:, :, known] = [
        [np.interp(middle[known], monthly.middle_years, values)]
        for values in (monthly.flux_sfu, monthly.ap_response_ratio)
    ]
    drawn = int((~known).sum())
    if drawn:
        age = _age_months(float(middle[~known][0]))
        for row in range(draws_count):
            tables[:, row, ~known] = _drawn(cycles, age, drawn, generator)
    return stacked_courses(start, MONTH_DAYS, tables[0], tables[1])


def _observed_cycles(monthly: MonthlyActivity) -> list[Array]:
    """Flux and response, shape (2, months), of each complete cycle of record."""
    values = np.stack([monthly.flux_sfu, monthly.ap_response_ratio])
    edges = np.searchsorted(monthly.middle_years, MINIMA)
    return [values[:, edges[k] : edges[k + 1]] for k in range(_FIRST_COMPLETE, len(MINIMA) - 1)]


def _age_months(year: float) -> int:
    """Months since the last minimum; past the tabulated ones they come every 11 years."""
    since = [year - minimum for minimum in MINIMA if minimum <= year]
    return int(12 * (since[-1] % CYCLE_YEARS)) if since else 0


def _drawn(cycles: list[Array], age: int, months: int, generator: np.random.Generator) -> Array:
    """One course, shape (2, months), from an age of the first cycle on."""
    parts: list[Array] = []
    missing, begin = months, age
    while missing > 0:
        cycle = cycles[int(generator.integers(len(cycles)))][:, begin:].copy()
        cycle[0] = _FLOOR_SFU + (cycle[0] - _FLOOR_SFU) * generator.lognormal(0.0, _AMPLITUDE_SPREAD)
        parts.append(cycle[:, :missing])
        missing, begin = missing - parts[-1].shape[1], 0
    return np.concatenate(parts, axis=1)
