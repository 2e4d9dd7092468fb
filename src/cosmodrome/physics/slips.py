"""Slips of units and sums: which mistake turns a right number into a stated one."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M

_DECIBELS = ("dB", "dBW", "dBm", "dBi", "dB/K", "dBHz")
_RADIAN = 180.0 / math.pi


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
        How near the mistaken number must come, relative; decibels within as many percent of a factor.

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
        Slip(rule, text)
        for rule, mistaken, text in _confusions(computed, unit)
        if _agree(stated, mistaken, unit, tolerance_ratio)
    )


def _confusions(computed: float, unit: str) -> Iterator[tuple[str, float, str]]:
    """Rule, the number that the mistake makes, and what is meant."""
    if unit in _DECIBELS:
        for sign, rule in ((30.0, "dBm for dBW"), (-30.0, "dBW for dBm")):
            yield rule, computed + sign, f"30 dB off: {rule}"
        if computed > 0:
            yield "factor for decibels", 10.0 ** (computed / 10.0), "the factor stands where decibels belong"
            yield "decibels of decibels", 10.0 * math.log10(computed), "the logarithm was taken twice"
        return
    if unit.split("/")[0] in ("W", "Wh", "kg", "g", "m", "km", "s", "K", "Mbit", "Gbit"):
        for factor, word in ((1000.0, "thousandths for units"), (0.001, "units for thousandths")):
            yield word, computed * factor, f"a factor of 1000: {word}, as mW for W or g for kg"
    if unit.split("/")[0] in ("bit", "byte", "Mbit", "Mbyte", "Gbit", "Gbyte", "kbit", "kbyte"):
        yield "bits for bytes", computed / 8.0, "a factor of 8: bytes under the name of bits"
        yield "bytes for bits", computed * 8.0, "a factor of 8: bits under the name of bytes"
    if unit in ("deg", "rad"):
        yield "radians for degrees", computed / _RADIAN, "a factor of 57.3: radians under the name of degrees"
        yield "degrees for radians", computed * _RADIAN, "a factor of 57.3: degrees under the name of radians"
    if unit == "km":
        radius_km = EARTH_EQUATORIAL_RADIUS_M / 1e3
        yield (
            "semi-major axis for altitude",
            computed + radius_km,
            "6378.137 km more: counted from the center",
        )
        yield (
            "altitude for semi-major axis",
            computed - radius_km,
            "6378.137 km less: counted from the surface",
        )
    if unit in ("%", ""):
        yield "percent for a ratio", computed * 100.0, "a factor of 100: percent for a ratio"
        yield "ratio for percent", computed / 100.0, "a factor of 100: a ratio for percent"


def omitted_items(
    stated: float, items: Sequence[tuple[str, int, float]], tolerance_ratio: float = 1e-3
) -> tuple[Slip, ...]:
    """Listed items whose omission explains a stated sum.

    Parameters
    ----------
    stated : float
        The sum as stated.
    items : sequence of (name, count, value of one)
        What is listed.
    tolerance_ratio : float
        Relative to the sum.

    Returns
    -------
    tuple of Slip
        None where the sum is right.

    Examples
    --------
    FloripaSat-2 (S-17): 2211 g stated, 2286 g listed; one EDC of 75 g is missing, or payload X of 75 g.

    >>> listed = [("bus", 1, 2061.0), ("EDC", 2, 75.0), ("payload X", 1, 75.0)]
    >>> [slip.text for slip in omitted_items(2211.0, listed)]
    ['the sum leaves out 1 of 2 EDC (75)', 'the sum leaves out payload X (75)']
    """
    total = math.fsum(count * value for _, count, value in items)
    slack = tolerance_ratio * abs(total)
    if abs(stated - total) <= slack:
        return ()
    found = []
    for name, count, value in items:
        for missing in range(1, count + 1):
            if abs(stated - (total - missing * value)) <= slack:
                which = name if count == 1 else f"{missing} of {count} {name}"
                found.append(Slip("omitted item", f"the sum leaves out {which} ({missing * value:g})"))
    return tuple(found)


def _agree(one: float, other: float, unit: str, tolerance_ratio: float) -> bool:
    """Whether two numbers are the same within a relative tolerance; decibels as factors."""
    if unit in _DECIBELS:
        return abs(one - other) <= 10.0 * math.log10(1.0 + tolerance_ratio)
    return abs(one - other) <= tolerance_ratio * max(abs(one), abs(other))
