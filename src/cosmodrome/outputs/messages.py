"""What CCSDS messages and their like have in common: names, instants, numbers, frames."""

from datetime import datetime
from types import MappingProxyType
from typing import Final

import numpy as np

from cosmodrome.orbit.exchange.states import StateSeries
from cosmodrome.outputs.labels import iso_text

ORIGINATOR = "COSMODROME"

# Earth orientation is that of IERS finals2000A, which goes with ITRF2020
FRAME_NAMES: Final = MappingProxyType(
    {"GCRF": "GCRF", "EME2000": "EME2000", "ITRF": "ITRF2020", "TEME": "TEME"}
)


def checked_name(name: str, what: str = "object_name") -> str:
    """A name that the standard allows.

    Parameters
    ----------
    name : str
        To be written after a keyword.
    what : str
        What it names.

    Returns
    -------
    str
        The same.

    Raises
    ------
    ValueError
        If it is not printable ASCII on one line, which the standard asks for (7.3.3).
    """
    if not name.isascii() or not name.isprintable() or not name.strip():
        raise ValueError(f"{what} must be printable ASCII, not {name!r}")
    return name


def comment_lines(comment: str) -> list[str]:
    """A line of comment, or none.

    Parameters
    ----------
    comment : str
        May be empty.

    Returns
    -------
    list of str
        In keyword-value notation.

    Raises
    ------
    ValueError
        If it is not printable ASCII on one line (7.3.3).
    """
    return [f"COMMENT {checked_name(comment, 'comment')}"] if comment else []


def header_lines(kind: str, created: datetime) -> list[str]:
    """Version, creation date and originator.

    Parameters
    ----------
    kind : str
        `OEM`, `OPM` or `OMM`.
    created : datetime
        UTC.

    Returns
    -------
    list of str
        In the standard's order.
    """
    return [
        f"CCSDS_{kind}_VERS = 2.0",
        f"CREATION_DATE = {iso_text(created)[:-1]}",
        f"ORIGINATOR = {ORIGINATOR}",
    ]


def microsecond_text(instant: datetime) -> str:
    """Write an instant with microseconds, without its zone.

    Parameters
    ----------
    instant : datetime
        UTC.

    Returns
    -------
    str
        ISO 8601.

    Examples
    --------
    >>> microsecond_text(datetime(2027, 3, 18, 4, 5, 6, 789000))
    '2027-03-18T04:05:06.789000'
    """
    return instant.strftime("%Y-%m-%dT%H:%M:%S.%f")


def instant_texts(series: StateSeries) -> list[str]:
    """Instants of all states with microseconds, without their zone.

    Parameters
    ----------
    series : StateSeries
        N states.

    Returns
    -------
    list of str
        ISO 8601, UTC.
    """
    start = np.datetime64(series.epoch.replace(tzinfo=None), "us")
    instants = start + np.round(1e6 * series.elapsed_s).astype("timedelta64[us]")
    return [str(text) for text in np.datetime_as_string(instants, unit="us")]


def real_text(number: float) -> str:
    """Write a number with up to 15 digits, as the standard wants numbers written (7.5.6).

    Parameters
    ----------
    number : float
        Finite.

    Returns
    -------
    str
        Always with a point.

    Examples
    --------
    >>> real_text(15.07571534), real_text(1e-05), real_text(0.0)
    ('15.07571534', '1.0e-05', '0.0')
    """
    mantissa, letter, exponent = f"{number:.15g}".partition("e")
    return (mantissa if "." in mantissa else f"{mantissa}.0") + letter + exponent
