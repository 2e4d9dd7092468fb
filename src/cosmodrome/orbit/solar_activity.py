"""Solar and geomagnetic activity: what was observed, and what a future cycle may bring.

The future cases are statistics of the cycles observed since 1957: each month of record is put at its phase
between two minima, and the 10th percentile, the mean and the 90th percentile at each phase are the cases
"low", "mean" and "high". They repeat every 11 years from the minimum of December 2019.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.physics.earth_orientation import data_folder

Array = NDArray[np.float64]
Case = Literal["low", "mean", "high"]
CASES: tuple[Case, ...] = ("low", "mean", "high")

# smoothed sunspot minima that begin cycles 19 to 25, as decimal years: SILSO, Royal Observatory of Belgium
MINIMA = (1954.29, 1964.79, 1976.21, 1986.71, 1996.63, 2008.96, 2019.96)
CYCLE_YEARS = 11.0  # mean of the cycles observed since 1755
_MONTHS = 132
_HALF_WIDTH = 0.03  # of a cycle: a month is compared with those within four months of its phase
# Ap, and the change of ln(density) by it at 400 km in units of that from 9 to 35
_AP = np.array([0.0, 4.0, 9.0, 18.0, 35.0, 60.0, 100.0, 180.0])
_AP_RESPONSE = np.array([-0.869, -0.417, 0.0, 0.491, 1.0, 1.449, 2.04, 3.13])
_PERCENTILES = (10.0, 90.0)
MONTH_DAYS = 365.25 / 12


def ap_response_ratio(ap_index: Array) -> Array:
    """How much of the thermosphere's answer to an Ap of 35, against one of 9, an Ap gives.

    The change of the logarithm of density, which is what may be averaged over days: it saturates. In NRLMSIS
    2.1 and NRLMSISE-00 it has this one shape, to 3 % between 150 and 650 km up to an Ap of 100.
    """
    return np.asarray(np.interp(ap_index, _AP, _AP_RESPONSE), dtype=float)


def effective_flux_sfu(flux_sfu: Array, flux_81_days_sfu: Array) -> Array:
    """F10.7 that, as day's value and 81-day mean alike, gives the density of the two [sfu].

    The weight of the day is 0.38 and falls with its excess, as in both models between 400 and 600 km; at
    200 km it is 0.2.
    """
    excess = np.clip(flux_sfu - flux_81_days_sfu, -80.0, 120.0)
    return np.asarray(flux_81_days_sfu + 0.38 * excess - 6e-4 * excess**2, dtype=float)


@dataclass(frozen=True, slots=True)
class SolarActivity:
    """F10.7 (at the Earth, see `effective_flux_sfu`) and Ap, each constant over a step from `start`."""

    name: str
    start: datetime
    step_days: float
    flux_sfu: Array
    ap_index: Array

    def __repr__(self) -> str:
        return f"<SolarActivity {self.name}: F10.7 {self.flux_sfu.mean():.0f} sfu on average>"


@dataclass(frozen=True, slots=True)
class ActivityCourses:
    """L courses of activity from one start, constant over each step, for orbits that decay together."""

    start: datetime
    step_days: float
    flux_sfu: Array  # (L, N)
    ap_response_ratio: Array  # (L, N)
    flux_total_sfu: Array  # (L, N), summed over the steps before
    ap_response_total_ratio: Array

    def mean_between(self, lane: NDArray[np.int_], begin_s: Array, end_s: Array) -> tuple[Array, Array]:
        """Means of F10.7 [sfu] and of the response to Ap between two times; the last values hold on."""
        last = self.flux_sfu.shape[1] - 1
        begin, end = (time / (DAY_S * self.step_days) for time in (begin_s, end_s))
        span = np.maximum(end - begin, 1e-12)
        left, right = (np.minimum(place.astype(int), last) for place in (begin, end))
        means = []
        for value, total in (
            (self.flux_sfu, self.flux_total_sfu),
            (self.ap_response_ratio, self.ap_response_total_ratio),
        ):
            until = total[lane, right] + (end - right) * value[lane, right]
            means.append((until - total[lane, left] - (begin - left) * value[lane, left]) / span)
        return means[0], means[1]

    def __repr__(self) -> str:
        return f"<ActivityCourses {len(self.flux_sfu)} courses from {self.start.date()}>"


def stacked_courses(
    start: datetime, step_days: float, flux_sfu: Array, response_ratio: Array
) -> ActivityCourses:
    """Courses from their F10.7 [sfu] and their responses to Ap, shape (L, N) each."""
    totals = [np.cumsum(values, axis=1) - values for values in (flux_sfu, response_ratio)]
    return ActivityCourses(start, step_days, flux_sfu, response_ratio, *totals)


@dataclass(frozen=True, slots=True, eq=False)  # a record is itself alone: its statistics are kept by it
class SpaceWeatherRecord:
    """Daily observations: day, observed F10.7, its centered 81-day mean, daily Ap."""

    day: NDArray[np.datetime64]
    flux_sfu: Array
    flux_81_days_sfu: Array
    ap_index: Array

    def __repr__(self) -> str:
        return f"<SpaceWeatherRecord {self.day[0]} to {self.day[-1]}>"


@lru_cache(maxsize=1)
def read_space_weather() -> SpaceWeatherRecord:
    """Observed days of CelesTrak's SW-All table, from the installed package `satkit-data`.

    Raises
    ------
    FileNotFoundError
        If the package is not installed.

    Examples
    --------
    The storm of 2003-10-29: a daily Ap of 204 (GFZ Potsdam).

    >>> record = read_space_weather()
    >>> halloween = record.day == np.datetime64("2003-10-29")
    >>> float(record.ap_index[halloween][0])
    204.0
    """
    path = data_folder("satkit_data") / "SW-All.csv"
    raw = path.read_bytes()
    header = raw[: raw.index(b"\n")].decode("ascii").strip().split(",")
    columns = [header.index(name) for name in ("F10.7_OBS", "F10.7_OBS_CENTER81", "AP_AVG")]
    observed = raw.count(b",OBS,") + raw.count(b",INT,")
    numbers = np.loadtxt(path, delimiter=",", skiprows=1, max_rows=observed, usecols=columns, ndmin=2)
    first = np.datetime64(raw[raw.index(b"\n") + 1 :][:10].decode("ascii"), "D")
    days = first + np.arange(observed)  # the table has every day
    days.setflags(write=False)
    numbers.setflags(write=False)
    return SpaceWeatherRecord(days, numbers[:, 0], numbers[:, 1], numbers[:, 2])


def observed_activity(
    record: SpaceWeatherRecord, start: datetime, afterwards: SolarActivity | None = None
) -> SolarActivity:
    """What was observed from `start` to the end of the record, day by day, and a case after it.

    Parameters
    ----------
    record : SpaceWeatherRecord
    start : datetime
        A day of the record.
    afterwards : SolarActivity, optional
        A case from the same start; without one the last day's values hold.

    Raises
    ------
    ValueError
        If the record does not hold the start.
    """
    today = np.datetime64(start.astimezone(UTC).date())
    if not holds(record, start):
        raise ValueError(
            f"the space weather record from {record.day[0]} to {record.day[-1]} does not hold "
            f"{start.date()}; use the cases 'low', 'mean' and 'high'"
        )
    first = int(np.searchsorted(record.day, today))
    flux = effective_flux_sfu(record.flux_sfu, record.flux_81_days_sfu)[first:]
    ap = record.ap_index[first:]
    if afterwards is not None:
        later = np.arange(len(flux), int(len(afterwards.flux_sfu) * afterwards.step_days))
        place = (later / afterwards.step_days).astype(int)
        flux = np.concatenate([flux, afterwards.flux_sfu[place]])
        ap = np.concatenate([ap, afterwards.ap_index[place]])
    return SolarActivity("observed", start, 1.0, flux, ap)


def holds(record: SpaceWeatherRecord, instant: datetime) -> bool:
    """Whether the day of an instant is in the record."""
    today = np.datetime64(instant.astimezone(UTC).date())
    return bool(record.day[0] <= today <= record.day[-1])


def cycle_cases(record: SpaceWeatherRecord, start: datetime, years: float) -> tuple[SolarActivity, ...]:
    """The cases low, mean and high by month from `start`, for so many years."""
    months = np.arange(int(np.ceil(years * 12)) + 1)
    phase = ((decimal_year(start) + (months + 0.5) / 12 - MINIMA[-1]) / CYCLE_YEARS) % 1.0
    column = np.minimum((phase * _MONTHS).astype(int), _MONTHS - 1)
    flux, response = _cycle_statistics(record)
    return tuple(
        SolarActivity(case, start, MONTH_DAYS, flux[case][column], _ap_with(response[case][column]))
        for case in CASES
    )


def activity_courses(activities: Sequence[SolarActivity]) -> ActivityCourses:
    """Courses to fly through together, on the finest of their steps; they start together."""
    step = min(one.step_days for one in activities)
    length = int(max(len(one.flux_sfu) * one.step_days for one in activities) / step)
    rows = []
    for one in activities:
        place = np.minimum((np.arange(length) * step / one.step_days).astype(int), len(one.flux_sfu) - 1)
        rows.append((one.flux_sfu[place], ap_response_ratio(one.ap_index)[place]))
    flux, response = (np.array([row[k] for row in rows]) for k in (0, 1))
    return stacked_courses(activities[0].start, step, flux, response)


@dataclass(frozen=True, slots=True)
class MonthlyActivity:
    """Means of the months of record of what drag answers to, in order of time."""

    middle_years: Array  # decimal years
    flux_sfu: Array
    ap_response_ratio: Array

    def __repr__(self) -> str:
        return f"<MonthlyActivity {self.middle_years[0]:.1f} to {self.middle_years[-1]:.1f}>"


def monthly_means(record: SpaceWeatherRecord) -> MonthlyActivity:
    """Means of the whole months of a record."""
    month = record.day.astype("datetime64[M]").astype(int)
    starts = np.concatenate(([0], np.nonzero(np.diff(month))[0] + 1))
    counts = np.diff(np.concatenate((starts, [len(month)])))
    flux = effective_flux_sfu(record.flux_sfu, record.flux_81_days_sfu)
    means = (np.add.reduceat(daily, starts) / counts for daily in (flux, ap_response_ratio(record.ap_index)))
    return MonthlyActivity(_decimal_years(record.day[starts]) + 1 / 24, *means)


def decimal_year(instant: datetime) -> float:
    """An instant as a decimal Julian year."""
    return float(_decimal_years(np.array([np.datetime64(instant.astimezone(UTC).date())]))[0])


@lru_cache(maxsize=2)
def _cycle_statistics(record: SpaceWeatherRecord) -> tuple[dict[Case, Array], dict[Case, Array]]:
    """F10.7 and the response to Ap by phase of the cycle."""
    monthly = monthly_means(record)
    return _folded(monthly, monthly.flux_sfu), _folded(monthly, monthly.ap_response_ratio)


def _ap_with(response_ratio: Array) -> Array:
    """The Ap of a response."""
    return np.asarray(np.interp(response_ratio, _AP_RESPONSE, _AP), dtype=float)


def _folded(monthly: MonthlyActivity, values: Array) -> dict[Case, Array]:
    """Statistics of monthly means by phase of the cycle, 132 phases each."""
    edges = np.array([*MINIMA, MINIMA[-1] + CYCLE_YEARS])
    cycle = np.clip(np.searchsorted(edges, monthly.middle_years, side="right") - 1, 0, len(edges) - 2)
    phase = (monthly.middle_years - edges[cycle]) / (edges[cycle + 1] - edges[cycle])
    centers = (np.arange(_MONTHS) + 0.5) / _MONTHS
    folded: dict[Case, Array] = {case: np.empty(_MONTHS) for case in CASES}
    for column, center in enumerate(centers):
        away = np.abs(phase - center)
        near = values[np.minimum(away, 1 - away) <= _HALF_WIDTH]
        folded["mean"][column] = near.mean()
        folded["low"][column], folded["high"][column] = np.percentile(near, _PERCENTILES)
    return folded


def _decimal_years(day: NDArray[np.datetime64]) -> Array:
    """Days as decimal Julian years."""
    return np.asarray(2000.0 + (day - np.datetime64("2000-01-01")).astype(float) / 365.25, dtype=float)
