"""Instants: UTC at the boundaries, two-part Terrestrial Time and UT1 for the formulas, on pyerfa.

A time series is an epoch and elapsed SI seconds. No leap second is announced after 2017-01-01; an instant
after one that lies inside a series would be a second off.
"""

from datetime import UTC, datetime, timedelta

import erfa
import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S

Array = NDArray[np.float64]

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNIX_EPOCH_JULIAN_DATE = 2_440_587.5
_TT_MINUS_TAI_S = 32.184
MODIFIED_JULIAN_DATE_ZERO = 2_400_000.5


def julian_date_from_datetime(instant: datetime) -> tuple[float, float]:
    """Julian date of a timezone-aware instant, UTC: a midnight and the fraction of its day.

    Examples
    --------
    J2000 (Astronomical Almanac, section B): 2000-01-01 12:00 is JD 2451545.0.

    >>> sum(julian_date_from_datetime(datetime(2000, 1, 1, 12, tzinfo=UTC)))
    2451545.0
    """
    if instant.tzinfo is None:
        raise ValueError(f"{instant.isoformat()} has no time zone: give an instant in UTC")
    since = instant - _UNIX_EPOCH
    fraction = (since.seconds + since.microseconds * 1e-6) / DAY_S
    return _UNIX_EPOCH_JULIAN_DATE + since.days, fraction


def datetime_from_julian_date(first: float, second: float = 0.0) -> datetime:
    """UTC instant of a two-part Julian date, to the microsecond.

    Examples
    --------
    >>> datetime_from_julian_date(2451545.0).isoformat()
    '2000-01-01T12:00:00+00:00'
    """
    days = first - _UNIX_EPOCH_JULIAN_DATE
    return _UNIX_EPOCH + timedelta(days=days) + timedelta(days=second)


def tai_minus_utc_s(instant: datetime) -> float:
    """Leap seconds so far, from the table of pyerfa [s].

    Examples
    --------
    IERS Bulletin C 52: 37 s from 2017-01-01.

    >>> tai_minus_utc_s(datetime(2027, 1, 1, tzinfo=UTC))
    37.0
    """
    table = erfa.leap_seconds.get()
    before = (table["year"] < instant.year) | (
        (table["year"] == instant.year) & (table["month"] <= instant.month)
    )
    if not before.any():
        raise ValueError(f"{instant.isoformat()} is before UTC began; expected 1960 or later")
    return float(table["tai_utc"][before][-1])


def terrestrial_time(epoch: datetime, elapsed_s: Array) -> tuple[float, Array]:
    """Two-part Julian dates in TT of `epoch` plus elapsed SI seconds.

    Examples
    --------
    >>> first, second = terrestrial_time(datetime(2027, 1, 1, tzinfo=UTC), np.array([0.0]))
    >>> round(float(second[0]) * 86400, 3)
    69.184
    """
    first, fraction = julian_date_from_datetime(epoch)
    offset = (tai_minus_utc_s(epoch) + _TT_MINUS_TAI_S) / DAY_S
    return first, fraction + offset + np.asarray(elapsed_s, dtype=float) / DAY_S


def datetime_from_elapsed(epoch: datetime, elapsed_s: float) -> datetime:
    """UTC instant at `elapsed_s` seconds after the epoch.

    Examples
    --------
    >>> datetime_from_elapsed(datetime(2027, 1, 1, tzinfo=UTC), 90.25).isoformat()
    '2027-01-01T00:01:30.250000+00:00'
    """
    return epoch + timedelta(seconds=float(elapsed_s))


def elapsed_from_datetime(epoch: datetime, instant: datetime) -> float:
    """Seconds from the epoch to an instant [s].

    Examples
    --------
    >>> elapsed_from_datetime(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC))
    86400.0
    """
    return (instant - epoch).total_seconds()
