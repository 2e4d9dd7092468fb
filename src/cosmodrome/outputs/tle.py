"""Mean elements as two-line elements with a line of the name."""

import math
from datetime import datetime, timedelta

from cosmodrome.orbit.exchange.mean_elements import MeanElements
from cosmodrome.orbit.exchange.tle import alpha5_from_catalog_number, tle_checksum
from cosmodrome.outputs.messages import checked_name

_YEARS = range(1957, 2057)


def tle_text(elements: MeanElements, *, comment: str = "") -> str:
    """Write a set of three lines, with a line of comment before it if there is one.

    Parameters
    ----------
    elements : MeanElements
        Of SGP4; numbers beyond a TLE's columns are rounded.
    comment : str
        How near the elements are to what they stand for; after `#`, which Skyfield and the verification
        cases of SGP4 take for a comment.

    Returns
    -------
    str
        Name of up to 24 characters, then two lines of 69 with checksums.

    Raises
    ------
    ValueError
        If the catalog number is above 339999, the year beyond 2056, or the elements do not fit the columns.

    References
    ----------
    CelesTrak, *NORAD Two-Line Element Set Format*; Space-Track.org, *Alpha-5*.

    Examples
    --------
    GOES 9 of CCSDS 502.0-B-2, figure 4-1.

    >>> from datetime import UTC
    >>> goes = MeanElements("GOES 9", "1995-025A", 23581, datetime(2007, 3, 5, 10, 34, 41, 426400, UTC),
    ...     1.00273272, 0.0005013, 3.0539, 81.7939, 249.2363, 150.1602, 0.0001, -0.00000113,
    ...     element_set_number=925, revolution_number=4316)
    >>> print(tle_text(goes), end="")
    GOES 9
    1 23581U 95025A   07064.44075725 -.00000113  00000-0  10000-3 0  9250
    2 23581   3.0539  81.7939 0005013 249.2363 150.1602  1.00273272 43169
    """
    number = alpha5_from_catalog_number(elements.catalog_number)
    one = (
        f"1 {number}{elements.classification[:1]} {_designator(elements.object_id):8} "
        f"{_epoch(elements.epoch)} {_rate(elements.mean_motion_dot_rev_per_day2)} "
        f"{_exponent(elements.mean_motion_ddot_rev_per_day3)} {_exponent(elements.bstar)} "
        f"{elements.ephemeris_type % 10} {elements.element_set_number % 10_000:4}"
    )
    eccentricity = round(1e7 * elements.eccentricity)
    two = (
        f"2 {number} {elements.inclination_deg:8.4f} {_angle(elements.raan_deg)} {eccentricity:07} "
        f"{_angle(elements.argument_of_perigee_deg)} {_angle(elements.mean_anomaly_deg)} "
        f"{elements.mean_motion_rev_per_day:11.8f}{elements.revolution_number % 100_000:5}"
    )
    if len(one) != 68 or len(two) != 68:
        raise ValueError(f"the elements do not fit the columns of two-line elements: {elements!r}")
    name = checked_name(elements.object_name)[:24].rstrip()
    lines = [name, *(f"{line}{tle_checksum(line)}" for line in (one, two)), ""]
    return "\n".join([f"# {checked_name(comment, 'comment')}", *lines] if comment else lines)


def _designator(object_id: str) -> str:
    """`1998-067A` as `98067A`; nothing where it is unknown."""
    year, _, piece = object_id.partition("-")
    return f"{year[2:]}{piece}"[:8] if year.isdigit() and len(year) == 4 else ""


def _epoch(instant: datetime) -> str:
    if instant.year not in _YEARS:
        raise ValueError(
            f"expected an epoch from {_YEARS[0]} to {_YEARS[-1]}, which two digits of a year hold, given "
            f"{instant:%Y-%m-%d}; write an OMM"
        )
    start = datetime(instant.year, 1, 1, tzinfo=instant.tzinfo)
    units = round((instant - start) / timedelta(microseconds=864)) + 10**8
    return f"{instant.year % 100:02}{units // 10**8:03}.{units % 10**8:08}"


def _angle(angle_deg: float) -> str:
    return f"{round(angle_deg, 4) % 360.0:8.4f}"


def _rate(rate: float) -> str:
    return f"{rate: .8f}".replace("0.", ".", 1)


def _exponent(number: float) -> str:
    """Five digits after a point that is not written, then the power of ten."""
    if abs(number) < 0.5e-14:
        return " 00000-0"
    exponent = math.floor(math.log10(abs(number))) + 1
    digits = round(abs(number) * 10.0 ** (5 - exponent))
    if digits == 100_000:
        digits, exponent = 10_000, exponent + 1
    if exponent < -9:
        digits, exponent = round(abs(number) * 1e14), -9
    return f"{'-' if number < 0 else ' '}{digits:05}{exponent:+}"
