"""Slips of units and sums: which mistake turns a right number into a stated one."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M

_DECIBELS = ("dB", "dBW", "dBm", "dBi", "dB/K", "dBHz")
_RADIAN = 180.0 / math.pi
_MOST_SLIPS = 3  # explanations of a sum; more say nothing
_ROUNDING_SHARE = 0.05  # of a number, that the rounding of what is stated excuses at most


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistake that explains a stated number, in a sentence."""

    rule: str
    text: str

    def __repr__(self) -> str:
        return f"<Slip {self.rule}>"


def unit_slips(stated: float, computed: float, unit: str, tolerance_ratio: float = 0.02) -> tuple[Slip, ...]:
    """Confusions of units that turn the computed number into the stated one.

    Parameters
    ----------
    stated, computed : float
        In the unit.
    unit : str
        'W', 'dB', 'dBm', 'km', 'deg', 'Mbyte', ...
    tolerance_ratio : float
        How near the mistaken number must come, relative; decibels within as many percent of a factor. Half a
        unit of the last digit stated is excused.

    Returns
    -------
    tuple of Slip
        None where the numbers agree.

    Examples
    --------
    rftools.io (errata of satellite_examples): an EIRP of "27 dBW (= 500 mW)" is 27 dBm, -3 dBW.

    >>> [slip.rule for slip in unit_slips(27.0, -3.0, "dBW")]
    ['dBm for dBW']

    FloripaSat-2 (S-15): 805 990 "bits" a day are bytes.

    >>> [slip.rule for slip in unit_slips(805_990.0, 8 * 805_990.0, "bit/day")]
    ['bits for bytes']
    """
    if _agree(stated, computed, unit, tolerance_ratio):
        return ()
    return tuple(
        Slip(one.rule, one.text)
        for one in _confusions(computed, unit)
        if _is_that(stated, one.mistaken, one.unit, tolerance_ratio)
    )


@dataclass(frozen=True, slots=True)
class _Confusion:
    """The number that a mistake makes, and the unit that it has in truth."""

    rule: str
    mistaken: float
    unit: str
    text: str


def _confusions(computed: float, unit: str) -> Iterator[_Confusion]:
    if unit in _DECIBELS:
        yield from _of_decibels(computed, unit)
        return
    bare = unit.split("/")[0]
    if bare in ("W", "Wh", "kg", "g", "m", "km", "s", "K", "bit", "byte", "Mbit", "Gbit"):
        for factor, word in ((1000.0, "thousandths for units"), (0.001, "units for thousandths")):
            text = f"a factor of 1000: {word}, as mW for W or g for kg"
            yield _Confusion(word, computed * factor, unit, text)
    if unit in ("W", "K", "bit/s", "") and computed > 0:
        text = f"the decibels of {computed:.6g} {unit} stand where the number belongs".replace("  ", " ")
        yield _Confusion("decibels for a factor", 10.0 * math.log10(computed), "dB", text)
    if unit == "s":
        for seconds, word in ((60.0, "minutes"), (3600.0, "hours")):
            text = f"a factor of {seconds:g}: {word} under the name of seconds"
            yield _Confusion(f"{word} for seconds", computed / seconds, unit, text)
    if bare in ("bit", "byte", "Mbit", "Mbyte", "Gbit", "Gbyte", "kbit", "kbyte"):
        text = "a factor of 8: bytes under the name of bits"
        yield _Confusion("bits for bytes", computed / 8.0, unit, text)
        text = "a factor of 8: bits under the name of bytes"
        yield _Confusion("bytes for bits", computed * 8.0, unit, text)
    if unit in ("deg", "rad"):
        text = "a factor of 57.3: radians under the name of degrees"
        yield _Confusion("radians for degrees", computed / _RADIAN, unit, text)
        text = "a factor of 57.3: degrees under the name of radians"
        yield _Confusion("degrees for radians", computed * _RADIAN, unit, text)
    if unit == "km":
        radius_km = EARTH_EQUATORIAL_RADIUS_M / 1e3
        text = "6378.137 km more: counted from the center"
        yield _Confusion("semi-major axis for altitude", computed + radius_km, unit, text)
        text = "6378.137 km less: counted from the surface"
        yield _Confusion("altitude for semi-major axis", computed - radius_km, unit, text)
    if unit in ("%", ""):
        text = "a factor of 100: percent for a ratio"
        yield _Confusion("percent for a ratio", computed * 100.0, unit, text)
        text = "a factor of 100: a ratio for percent"
        yield _Confusion("ratio for percent", computed / 100.0, unit, text)


def _of_decibels(computed: float, unit: str) -> Iterator[_Confusion]:
    for sign, rule in ((30.0, "dBm for dBW"), (-30.0, "dBW for dBm")):
        yield _Confusion(rule, computed + sign, unit, f"30 dB off: {rule}")
    text = "the factor stands where decibels belong"
    yield _Confusion("factor for decibels", 10.0 ** (computed / 10.0), "", text)
    if computed > 0:
        text = "the logarithm was taken twice"
        yield _Confusion("decibels of decibels", 10.0 * math.log10(computed), unit, text)


def sine_slips(
    stated: float, computed: float, angle_deg: float, tolerance_ratio: float = 0.02
) -> tuple[Slip, ...]:
    """Degrees taken for radians in the sine that a number is proportional to.

    Parameters
    ----------
    stated, computed : float
        In the same unit; signs do not count.
    angle_deg : float
        Whose sine it is: of a gravity-gradient torque, twice the tilt. [deg]
    tolerance_ratio : float
        How near the mistaken number must come, relative.

    Returns
    -------
    tuple of Slip
        None where the numbers agree.

    Examples
    --------
    samtx/firesat (satellite_examples S-11) takes its 15 deg of tilt for radians: 6.10e-5 N m for 3.09e-5.

    >>> [slip.rule for slip in sine_slips(6.10e-5, 3.09e-5, 2 * 15.0)]
    ['degrees for radians']
    """
    right = math.sin(math.radians(angle_deg))
    if right == 0 or _agree(stated, computed, "", tolerance_ratio):
        return ()
    mistaken = abs(computed * math.sin(angle_deg) / right)
    if not _is_that(abs(stated), mistaken, "", tolerance_ratio):
        return ()
    text = f"the sine of {angle_deg:g} deg was taken as that of {angle_deg:g} rad"
    return (Slip("degrees for radians", text),)


def omitted_items(
    stated: float, items: Sequence[tuple[str, int, float]], tolerance_ratio: float = 1e-3
) -> tuple[Slip, ...]:
    """Listed items whose omission explains a stated sum: one of them, or else two.

    Parameters
    ----------
    stated : float
        The sum as stated.
    items : sequence of (name, count, value of one)
        What is listed.
    tolerance_ratio : float
        Relative to the sum. Items that are smaller cannot be told.

    Returns
    -------
    tuple of Slip
        One, with what may be missing, three at most; none where the sum is right.

    Examples
    --------
    FloripaSat-2 (S-17): 2211 g stated, 2286 g listed; one EDC of 75 g is missing, or payload X of 75 g.

    >>> listed = [("bus", 1, 2061.0), ("EDC", 2, 75.0), ("payload X", 1, 75.0)]
    >>> omitted_items(2211.0, listed)[0].text
    'the sum leaves out 1 of 2 EDC (75), or payload X (75)'
    """
    total = math.fsum(count * value for _, count, value in items)
    slack = tolerance_ratio * abs(total)
    if abs(stated - total) <= slack:
        return ()
    single = [
        (number, missing * value, _which(name, count, missing, value))
        for number, (name, count, value) in enumerate(items)
        for missing in range(1, count + 1)
        if abs(missing * value) > slack
    ]
    pairs = [
        (one[1] + other[1], f"{one[2]} and {other[2]}")
        for one, other in combinations(single, 2)
        if one[0] != other[0]
    ]
    for left_out in ([(value, which) for _, value, which in single], pairs):
        apart = [(abs(stated - (total - value)), which) for value, which in left_out]
        near = [one for one in apart if one[0] <= slack]
        near = [one for one in near if one[0] <= _half_digit(stated) * (1 + 1e-6)] or near
        if near:
            listed = ", or ".join(which for _, which in near[:_MOST_SLIPS])
            return (Slip("omitted item", f"the sum leaves out {listed}"),)
    return ()


def _which(name: str, count: int, missing: int, value: float) -> str:
    return f"{name if count == 1 else f'{missing} of {count} {name}'} ({missing * value:.6g})"


def _agree(one: float, other: float, unit: str, tolerance_ratio: float) -> bool:
    """Whether two numbers are the same within a relative tolerance; decibels as factors."""
    if unit in _DECIBELS:
        return abs(one - other) <= 10.0 * math.log10(1.0 + tolerance_ratio)
    return abs(one - other) <= tolerance_ratio * max(abs(one), abs(other))


def _is_that(stated: float, mistaken: float, unit: str, tolerance_ratio: float) -> bool:
    """Whether a mistaken number is the stated one, at the digits that are stated."""
    excused = 0.5 if unit in _DECIBELS else _ROUNDING_SHARE * abs(mistaken)
    slack = min(_half_digit(stated), excused)
    return abs(stated - mistaken) <= slack or _agree(stated, mistaken, unit, tolerance_ratio)


def _half_digit(stated: float) -> float:
    """Half a unit of the last digit of a number as it is written; at most half of one."""
    exponent = Decimal(repr(float(stated))).normalize().as_tuple().exponent
    return 0.5 * 10.0 ** min(int(exponent), 0)
