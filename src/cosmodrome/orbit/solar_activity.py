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

# smoothed sunspot minima that begin cycles 19 to 25, as decimal years: SILSO, Royal Observatory of Belgium
_MINIMA = (1954.29, 1964.79, 1976.21, 1986.71, 1996.63, 2008.96, 2019.96)
_CYCLE_YEARS = 11.0  # mean of the cycles observed since 1755
_MONTHS = 132
_HALF_WIDTH = 0.03  # of a cycle: a month is compared with those within four months of its phase
# Ap, and the change of ln(density) by it at 400 km in units of that from 9 to 35
_AP = np.array([0.0, 4.0, 9.0, 18.0, 35.0, 60.0, 100.0, 180.0])
_AP_RESPONSE = np.array([-0.869, -0.417, 0.0, 0.491, 1.0, 1.449, 2.04, 3.13])
_PERCENTILES: dict[Case, float] = {"low": 10.0, "high": 90.0}


def ap_response_ratio(ap_index: Array) -> Array:
    """How much of the thermosphere's answer to an Ap of 35, against one of 9, an Ap gives.

    The change of the logarithm of density, which is what may be averaged over days: it saturates. In NRLMSIS 2.1
    and NRLMSISE-00 it has this one shape, to 3 % between 150 and 650 km up to an Ap of 100.
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
    """F10.7 (observed, not reduced to 1 au) and daily Ap, evenly spaced from `start`."""

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
    ap_index: Array  # (L, N)
    flux_total_sfu: Array  # (L, N), summed over the steps before
    ap_total_ratio: Array

    def mean_between(self, lane: NDArray[np.int_], begin_s: Array, end_s: Array) -> tuple[Array, Array]:
        """Mean F10.7 [sfu] and Ap of the lanes between two times each; the last values hold beyond the end."""
        last = self.flux_sfu.shape[1] - 1
        begin, end = (time / (DAY_S * self.step_days) for time in (begin_s, end_s))
        span = np.maximum(end - begin, 1e-12)
        left, right = (np.minimum(place.astype(int), last) for place in (begin, end))
        means = []
        for value, total in ((self.flux_sfu, self.flux_total_sfu), (self.ap_index, self.ap_total_ratio)):
            until = total[lane, right] + (end - right) * value[lane, right]
            means.append((until - total[lane, left] - (begin - left) * value[lane, left]) / span)
        return means[0], means[1]

    def __repr__(self) -> str:
        return f"<ActivityCourses {len(self.flux_sfu)} courses from {self.start.date()}>"


def stacked_courses(start: datetime, step_days: float, flux_sfu: Array, ap_index: Array) -> ActivityCourses:
    """Courses from their values, shape (L, N)."""
    totals = [np.cumsum(values, axis=1) - values for values in (flux_sfu, ap_index)]
    return ActivityCourses(start, step_days, flux_sfu, ap_index, *totals)


@dataclass(frozen=True, slots=True)
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


def table_with_forecast_ap(ap_index: int) -> bytes:
    """The SW-All table, with an Ap put into the monthly forecast rows, which have none.

    Parameters
    ----------
    ap_index : int
        Geomagnetic index for every 3-hour slot of those rows. Left out, NRLMSISE-00 assumes a quiet 4, and
        drag is 10 to 20 % low on average.
    """
    raw = (data_folder("satkit_data") / "SW-All.csv").read_bytes()
    header = raw[: raw.index(b"\n")].strip().split(b",")
    first, last = header.index(b"AP1"), header.index(b"AP_AVG")
    forecast = raw.rindex(b"\n", 0, raw.index(b",PRM,")) + 1
    rows = []
    for line in raw[forecast:].splitlines():
        fields = line.split(b",")
        fields[first : last + 1] = [str(ap_index).encode("ascii")] * (last + 1 - first)
        rows.append(b",".join(fields))
    return raw[:forecast] + b"\n".join(rows) + b"\n"


def observed_activity(record: SpaceWeatherRecord, start: datetime) -> SolarActivity:
    """What was observed from `start` to the end of the record, day by day.

    The flux is the mean of the day's and the 81-day value, the weight that MSIS gives them at 400 km.

    Raises
    ------
    ValueError
        If the record does not hold the start.
    """
    first = np.searchsorted(record.day, np.datetime64(start.astimezone(UTC).date()))
    if first >= len(record.day) or record.day[0] > np.datetime64(start.astimezone(UTC).date()):
        raise ValueError(f"the space weather record {record!r} does not hold {start.date()}")
    flux = effective_flux_sfu(record.flux_sfu, record.flux_81_days_sfu)
    midnight = datetime(start.year, start.month, start.day, tzinfo=UTC)
    return SolarActivity("observed", midnight, 1.0, flux[first:], record.ap_index[first:])


def cycle_cases(record: SpaceWeatherRecord, start: datetime, years: float) -> tuple[SolarActivity, ...]:
    """The cases low, mean and high by month from `start`, for so many years."""
    months = np.arange(int(np.ceil(years * 12)) + 1)
    at = _decimal_year(np.array([np.datetime64(start.astimezone(UTC).replace(tzinfo=None), "D")]))[0]
    phase = ((at + months / 12 - _MINIMA[-1]) / _CYCLE_YEARS) % 1.0
    column = np.minimum((phase * _MONTHS).astype(int), _MONTHS - 1)
    flux, ap = _folded(record, record.flux_sfu), _folded(record, record.ap_index)
    return tuple(
        SolarActivity(case, start, 365.25 / 12, flux[case][column], ap[case][column])
        for case in ("low", "mean", "high")
    )


def activity_at(activities: Sequence[SolarActivity], elapsed_s: Array) -> tuple[Array, Array]:
    """F10.7 [sfu] and Ap of each case at its own time; the last values hold beyond the end."""
    flux, ap = np.empty(len(activities)), np.empty(len(activities))
    for lane, activity in enumerate(activities):
        place = elapsed_s[lane] / (DAY_S * activity.step_days)
        left = min(int(place), len(activity.flux_sfu) - 2)
        share = min(place - left, 1.0)
        flux[lane] = (1 - share) * activity.flux_sfu[left] + share * activity.flux_sfu[left + 1]
        ap[lane] = (1 - share) * activity.ap_index[left] + share * activity.ap_index[left + 1]
    return flux, ap


def _folded(record: SpaceWeatherRecord, daily: Array) -> dict[Case, Array]:
    """Statistics of monthly means by phase of the cycle, 132 phases each."""
    month = record.day.astype("datetime64[M]").astype(int)
    starts = np.concatenate(([0], np.nonzero(np.diff(month))[0] + 1))
    counts = np.diff(np.concatenate((starts, [len(month)])))
    monthly = np.add.reduceat(daily, starts) / counts
    at = _decimal_year(record.day[starts]) + 1 / 24
    edges = np.array([*_MINIMA, _MINIMA[-1] + _CYCLE_YEARS])
    cycle = np.clip(np.searchsorted(edges, at, side="right") - 1, 0, len(edges) - 2)
    phase = (at - edges[cycle]) / (edges[cycle + 1] - edges[cycle])
    centers = (np.arange(_MONTHS) + 0.5) / _MONTHS
    folded: dict[Case, Array] = {case: np.empty(_MONTHS) for case in ("low", "mean", "high")}
    for column, center in enumerate(centers):
        away = np.abs(phase - center)
        near = monthly[np.minimum(away, 1 - away) <= _HALF_WIDTH]
        folded["mean"][column] = near.mean()
        for case, percent in _PERCENTILES.items():
            folded[case][column] = np.percentile(near, percent)
    return folded


def _decimal_year(day: NDArray[np.datetime64]) -> Array:
    """Days as decimal Julian years."""
    return np.asarray(2000.0 + (day - np.datetime64("2000-01-01")).astype(float) / 365.25, dtype=float)
