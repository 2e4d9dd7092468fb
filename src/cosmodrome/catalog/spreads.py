"""How far a catalog number may be off: from its alternatives, or from how far its source is trusted."""

import math
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np

from cosmodrome.models.quantity import Quantity
from cosmodrome.models.vehicle import Vehicle

Kind = Literal["dry mass", "propellant", "specific impulse", "thrust", "fairing mass", "other mass", "drag"]
Class = Literal["published", "low", "estimated"]
KEPT_RATIO, WIDEST_RATIO = (
    0.5,
    3.0,
)  # of the class's width: alternatives that copy one another, or mean another thing
_FILE = Path(__file__).parent / "data" / "spreads.toml"
_STAGE_KINDS: dict[str, Kind] = {
    "dry_mass_kg": "dry mass",
    "propellant_mass_kg": "propellant",
    "specific_impulse_vacuum_s": "specific impulse",
    "thrust_vacuum_n": "thrust",
}


@cache
def class_spread_ratio(kind: Kind, trust: Class) -> float:
    """Standard deviation over value of a number without alternatives.

    Parameters
    ----------
    kind : str
        What the number is; one of `Kind`.
    trust : {'published', 'low', 'estimated'}
        Published stands for high and medium confidence, between which the data show no difference.

    Returns
    -------
    float
        As derived in `data/spreads.toml` from the numbers that have alternatives.

    Examples
    --------
    Published dry masses of stages scatter by a tenth, specific impulses by half a percent:

    >>> class_spread_ratio("dry mass", "published"), class_spread_ratio("specific impulse", "published")
    (0.12, 0.0066)
    """
    document = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    entry = next(entry for entry in document["spreads"] if entry["kind"] == kind)
    return float(entry[trust]["ratio"])


def spread_ratio(quantity: Quantity, kind: Kind) -> float:
    """Standard deviation over value of a catalog number.

    With published values x_1 ... x_n, the catalog's x_1 among them: sqrt(sum((x_i - x_1)^2) / n) / x_1,
    which is 1 / sqrt(2) of the difference where there are two. Kept between half the width of the number's
    class, because sources copy one another, and three times that width, because a value further off means
    something else (a peak thrust, another version).

    Parameters
    ----------
    quantity : Quantity
    kind : str

    Returns
    -------
    float
    """
    width = class_spread_ratio(kind, _class(quantity))
    others = [alternative.value for alternative in quantity.alternatives]
    if not others or quantity.value == 0:
        return width
    squares = sum((other - quantity.value) ** 2 for other in others) / (len(others) + 1)
    return min(max(math.sqrt(squares) / abs(quantity.value), KEPT_RATIO * width), WIDEST_RATIO * width)


def published_scatter(fleet: Iterable[Vehicle]) -> dict[tuple[Kind, Class], tuple[float, int]]:
    """The widths of the classes as the alternatives in a catalog give them.

    Two independent values differ by sqrt(2) standard deviations, so the width is the 68.3rd percentile of
    |alternative / value - 1| over sqrt(2).

    Parameters
    ----------
    fleet : iterable of Vehicle

    Returns
    -------
    dict
        Width and number of alternatives, by kind and trust; only where there are alternatives.
    """
    found: dict[tuple[Kind, Class], list[float]] = {}
    for kind, quantities in _distinct(fleet).items():
        for quantity in quantities:
            trust = _class(quantity)
            for other in quantity.alternatives:
                found.setdefault((kind, trust), []).append(abs(other.value / quantity.value - 1))
    return {
        place: (float(np.quantile(values, 0.683)) / math.sqrt(2), len(values))
        for place, values in found.items()
    }


def _class(quantity: Quantity) -> Class:
    """The class whose width a number without alternatives takes."""
    if quantity.estimated:
        return "estimated"
    return "low" if quantity.confidence == "low" else "published"


def _distinct(fleet: Iterable[Vehicle]) -> dict[Kind, list[Quantity]]:
    """The numbers that a payload depends on and that sources give more than once; those of a module once."""
    found: dict[Kind, dict[tuple[object, ...], Quantity]] = {}
    for vehicle in fleet:
        for number, stage in enumerate(vehicle.stages):
            place = stage.module or (vehicle.name, number)
            for key, kind in _STAGE_KINDS.items():
                quantity: Quantity = getattr(stage, key)
                found.setdefault(kind, {})[place, quantity.value, quantity.source] = quantity
        mass = vehicle.fairing.mass_kg
        found.setdefault("fairing mass", {})[vehicle.kin, mass.value, mass.source] = mass
    return {kind: list(quantities.values()) for kind, quantities in found.items()}


def spread_kinds() -> tuple[Kind, ...]:
    """Every kind that has widths."""
    return get_args(Kind)
