"""Time tags of exchange files: CCSDS calendar and day-of-year codes in a stated time system, into UTC.

No leap second is announced after 2017-01-01; a series that one lies inside would be a second off after it,
as everywhere in this program (`physics/time.py`).
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.physics.time import tai_minus_utc_s

Array = NDArray[np.float64]

_TAG = re.compile(r"(\d{4})-(?:(\d{2})-(\d{2})|(\d{3}))T(\d{2}):(\d{2}):(\d{2}(?:\.\d*)?)Z?")

# TAI minus the system [s]; None where it follows UTC
TIME_SYSTEMS: Final = MappingProxyType(
    {
        "UTC": None, "GLO": None, "TAI": 0.0, "TT": -32.184, "GPS": 19.0, "GAL": 19.0, "QZS": 19.0,
        "BDT": 33.0,
    }
)  # fmt: skip


def day_and_seconds(text: str) -> tuple[int, float]:
    """Proleptic day number and seconds of the day of a time tag, in the tag's own time system.

    Parameters
    ----------
    text : str
        `YYYY-MM-DDThh:mm:ss[.d]` or `YYYY-DDDThh:mm:ss[.d]`, with or without Z.

    Returns
    -------
    tuple of int and float
        As of `date.toordinal`, and seconds [s], up to 86401 in a day with a leap second.

    Raises
    ------
    ValueError
        If it is not such a tag, or no such day or hour exists.

    References
    ----------
    CCSDS 502.0-B-3 (2023), 7.5.10; CCSDS 301.0-B-4, section 3.5.

    Examples
    --------
    Both forms of the header's example in table 3-1.

    >>> day_and_seconds("2002-204T15:56:23Z") == day_and_seconds("2002-07-23T15:56:23")
    True
    """
    found = _TAG.fullmatch(text.strip())
    if not found:
        raise ValueError(f"'{text}' is not of the form 2027-01-31T12:00:00.000 or 2027-031T12:00:00.000")
    year, month, day, day_of_year, hour, minute, second = found.groups()
    try:
        start = datetime(int(year), int(month or 1), int(day or 1))
    except ValueError as problem:
        raise ValueError(f"'{text}' is no day of the calendar") from problem
    ordinal = start.toordinal()
    if day_of_year:
        ordinal += int(day_of_year) - 1
        if not start.toordinal() <= ordinal < datetime(int(year) + 1, 1, 1).toordinal():
            raise ValueError(f"'{text}' is no day of the calendar")
    if int(hour) > 23 or int(minute) > 59 or float(second) >= 61:
        raise ValueError(f"'{text}' is no time of day")
    return ordinal, 3600.0 * int(hour) + 60.0 * int(minute) + float(second)


def utc_series(tags: Sequence[tuple[int, float]], time_system: str) -> tuple[datetime, Array]:
    """First instant in UTC, to the microsecond, and elapsed seconds of every tag since then.

    Parameters
    ----------
    tags : sequence of tuple
        Day number and seconds of the day [s], as `day_and_seconds` gives them.
    time_system : str
        A key of `TIME_SYSTEMS`.

    Returns
    -------
    tuple of datetime and Array
        Epoch, UTC; seconds since then, shape (N,) [s].

    Examples
    --------
    GPS time is 18 s ahead of UTC since 2017 (IERS Bulletin C 52).

    >>> utc_series([day_and_seconds("2027-01-01T00:00:18")], "GPS")[0].isoformat()
    '2027-01-01T00:00:00+00:00'
    """
    day, seconds = tags[0]
    shift_s = _utc_minus_system_s(day, seconds, time_system)
    epoch = datetime.fromordinal(day).replace(tzinfo=UTC) + timedelta(seconds=round(seconds + shift_s, 6))
    midnight = datetime(epoch.year, epoch.month, epoch.day, tzinfo=UTC)
    since_midnight_s = (epoch - midnight).total_seconds()
    days = np.array([tag[0] - midnight.toordinal() for tag in tags], dtype=float)
    elapsed = days * DAY_S + (np.array([tag[1] for tag in tags]) + shift_s - since_midnight_s)
    return epoch, np.asarray(elapsed, dtype=float)


def _utc_minus_system_s(day: int, seconds: float, time_system: str) -> float:
    """What to add to a tag to have UTC [s]; the leap seconds of the instant itself."""
    ahead = TIME_SYSTEMS[time_system]
    if ahead is None:
        return 0.0
    atomic = datetime.fromordinal(day).replace(tzinfo=UTC) + timedelta(seconds=seconds + ahead)
    leap = tai_minus_utc_s(atomic)
    return ahead - tai_minus_utc_s(atomic - timedelta(seconds=leap))
