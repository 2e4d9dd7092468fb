"""Two-line elements, read: with or without a line of the name, alpha-5 catalog numbers, checksums."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, TypeVar

from cosmodrome.errors import ExchangeFileError
from cosmodrome.orbit.exchange.lines import Line, read_text
from cosmodrome.orbit.exchange.mean_elements import MeanElements

T = TypeVar("T")

ALPHA5_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # without I and O
LARGEST_ALPHA5 = 339_999

_EXPONENT = re.compile(r"([ +-]?)(\d{5})([+-]\d)")
_FIRST_YEAR = 57  # Sputnik; two-digit years below it are of this century


def tle_checksum(line: str) -> int:
    """Sum of the digits of the first 68 columns, a minus sign counting one, modulo 10.

    References
    ----------
    Hoots and Roehrich (1980), *Spacetrack Report No. 3*; CelesTrak, *NORAD Two-Line Element Set Format*.

    Examples
    --------
    GOES 9 of CCSDS 502.0-B-2, figure 4-1, says 0.

    >>> tle_checksum("1 23581U 95025A   07064.44075725 -.00000113  00000-0  10000-3 0  925")
    0
    """
    return sum(int(c) if c.isdigit() else c == "-" for c in line[:68]) % 10


def catalog_number_from_alpha5(text: str) -> int:
    """Catalog number of five columns, of which the first may be a letter.

    Raises
    ------
    ValueError
        If it is neither digits nor alpha-5.

    References
    ----------
    Space-Track.org, *Alpha-5*: A is 10, Z is 33, without I and O.

    Examples
    --------
    Space-Track's own example.

    >>> catalog_number_from_alpha5("E8493"), catalog_number_from_alpha5("00005")
    (148493, 5)
    """
    plain = text.strip()
    if plain.isdigit():
        return int(plain)
    if len(plain) == 5 and plain[0] in ALPHA5_LETTERS and plain[1:].isdigit():
        return (ALPHA5_LETTERS.index(plain[0]) + 10) * 10_000 + int(plain[1:])
    raise ValueError(f"'{text}' is no catalog number of five digits or a letter (not I, O) and four digits")


def alpha5_from_catalog_number(catalog_number: int) -> str:
    """Five columns for a catalog number.

    Raises
    ------
    ValueError
        If it is above 339999, which two-line elements cannot hold.

    Examples
    --------
    >>> alpha5_from_catalog_number(148493), alpha5_from_catalog_number(5)
    ('E8493', '00005')
    """
    if not 0 <= catalog_number <= LARGEST_ALPHA5:
        raise ValueError(
            f"expected a catalog number of 0 to {LARGEST_ALPHA5}, which two-line elements hold, given "
            f"{catalog_number}; write an OMM"
        )
    if catalog_number < 100_000:
        return f"{catalog_number:05}"
    return f"{ALPHA5_LETTERS[catalog_number // 10_000 - 10]}{catalog_number % 10_000:04}"


def read_tle(path: Path) -> tuple[MeanElements, ...]:
    """Read every set of two-line elements of a file.

    Parameters
    ----------
    path : Path
        Sets of two lines, or of three with a name first. Lines that begin with `#` are comments.

    Returns
    -------
    tuple of MeanElements
        In the order of the file.

    Raises
    ------
    ExchangeFileError
        If a checksum, a column or the pairing of the lines is wrong, or there are no elements.

    References
    ----------
    CelesTrak, *NORAD Two-Line Element Set Format*.
    """
    file, found = str(path), []
    name, first = "", None
    for number, raw in enumerate(read_text(path).splitlines(), start=1):
        line = Line(number, raw[:2], raw.rstrip())
        if not line.value or line.value.startswith("#"):
            continue
        if first is not None:
            found.append(_elements(file, name, first, line))
            name, first = "", None
        elif line.key == "1 " and len(line.value) >= 60:
            first = line
        elif line.key == "2 " and len(line.value) >= 60:
            raise ExchangeFileError(file, number, "expected line 1 before line 2, given none; add it")
        else:
            name = line.value.removeprefix("0 ").strip()
    if first is not None:
        raise ExchangeFileError(file, first.number, "expected line 2 after it, given the end")
    if not found:
        raise ExchangeFileError(file, 1, "expected two-line elements, given none")
    return tuple(found)


def _checked(path: str, line: Line, index: str) -> str:
    if line.key != f"{index} " or len(line.value) < 69:
        sentence = f"expected line {index} of two-line elements with 69 columns, given '{line.value}'"
        raise ExchangeFileError(path, line.number, sentence)
    right, given = tle_checksum(line.value), line.value[68]
    if given != str(right):
        sentence = (
            f"expected the checksum {right} at the end of line {index}, given {given}: a character "
            "was changed or lost; fetch the elements again"
        )
        raise ExchangeFileError(path, line.number, sentence)
    return line.value


def _column(path: str, line: Line, columns: tuple[int, int], what: str, parse: Callable[[str], T]) -> T:
    """Parse columns that count from 1, both ends inside."""
    begin, end = columns
    text = line.value[begin - 1 : end]
    try:
        return parse(text)
    except ValueError as problem:
        sentence = f"expected {what} in columns {begin} to {end}, given '{text}'; fetch the elements again"
        raise ExchangeFileError(path, line.number, sentence) from problem


def _elements(path: str, name: str, first: Line, second: Line) -> MeanElements:
    one, two = _checked(path, first, "1"), _checked(path, second, "2")
    if one[2:7] != two[2:7]:
        sentence = f"expected the catalog number {one[2:7]} of line {first.number}, given {two[2:7]}"
        raise ExchangeFileError(path, second.number, sentence)

    catalog_number = _column(path, first, (3, 7), "a catalog number", catalog_number_from_alpha5)
    return MeanElements(
        object_name=name or f"{catalog_number:05}",
        object_id=_object_id(one[9:17].strip()),
        catalog_number=catalog_number,
        epoch=_column(path, first, (19, 32), "an epoch (two digits of the year and the day)", _epoch),
        mean_motion_rev_per_day=_column(path, second, (53, 63), "a mean motion", float),
        eccentricity=_column(path, second, (27, 33), "an eccentricity without its point", _fraction),
        inclination_deg=_column(path, second, (9, 16), "an inclination", float),
        raan_deg=_column(path, second, (18, 25), "a node", float),
        argument_of_perigee_deg=_column(path, second, (35, 42), "an argument of perigee", float),
        mean_anomaly_deg=_column(path, second, (44, 51), "a mean anomaly", float),
        bstar=_column(path, first, (54, 61), "a drag term", _with_exponent),
        mean_motion_dot_rev_per_day2=_column(path, first, (34, 43), "a rate of the mean motion", float),
        mean_motion_ddot_rev_per_day3=_column(path, first, (45, 52), "a rate of that rate", _with_exponent),
        classification=one[7].strip() or "U",
        ephemeris_type=_column(path, first, (63, 63), "an ephemeris type", _count),
        element_set_number=_column(path, first, (65, 68), "a number of the element set", _count),
        revolution_number=_column(path, second, (64, 68), "a number of revolutions", _count),
    )


def _object_id(designator: str) -> str:
    """`98067A` as `1998-067A`."""
    if not re.fullmatch(r"\d{5}[A-Z]{1,3}", designator):
        return designator or "UNKNOWN"
    century = 1900 if int(designator[:2]) >= _FIRST_YEAR else 2000
    return f"{century + int(designator[:2])}-{designator[2:]}"


def _epoch(text: str) -> datetime:
    year, day = int(text[:2]), float(text[2:])
    if not 1 <= day < 367:
        raise ValueError(f"day {day}")
    start = datetime(year + (1900 if year >= _FIRST_YEAR else 2000), 1, 1, tzinfo=UTC)
    # a step of the last column is 864 microseconds, so nothing is lost
    return start + timedelta(microseconds=round((day - 1) * 1e8) * 864)


def _fraction(text: str) -> float:
    digits = text.strip().replace(" ", "0")
    if not digits.isdigit():
        raise ValueError(text)
    return float(f"0.{digits}")


def _with_exponent(text: str) -> float:
    found = _EXPONENT.fullmatch(text.rjust(8))
    if not found:
        if not text.strip(" +-0"):
            return 0.0
        raise ValueError(text)
    sign, digits, exponent = found.groups()
    return float(f"{sign.strip()}0.{digits}e{exponent}")


def _count(text: str) -> int:
    return int(text.strip() or "0")
