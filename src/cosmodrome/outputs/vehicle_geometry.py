"""Where the parts of a launch vehicle stand: one geometry for the SVG and for the terminal.

The parts have their published lengths and diameters, and the top is at the published height. Where the
parts add up to less, the rest is an interstage and said to be estimated. Where they add up to more, stages
sit inside one another: the last one in the fairing where it is narrow enough, engines in the stage below.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from cosmodrome.models.vehicle import Stage, Vehicle

Kind = Literal["stage", "booster", "interstage", "fairing"]

SMALLEST_GAP_M: Final = 0.05  # below this, sum and height are taken as equal
_CLOSED_RATIO: Final = 0.02  # of the height: parts that add up this well stand on top of each other
_LONGEST_ENCLOSED_RATIO: Final = 0.36  # of the fairing's length: a kick stage, carried inside it
_MOST_ENCLOSED_RATIO: Final = 0.45  # of the fairing's length, all stages in it; the payload has the rest
_LOOSE_RATIO: Final = 0.9  # of the fairing's diameter: so narrow that it may reach into the fairing
_DEEPEST_RATIO: Final = 0.5  # of the shorter of two stages: how far one sits in the other
_IN_FRONT_RATIO: Final = 0.4  # of the radius of their ring: where a strap-on in front is seen


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the drawing: where it stands, how wide it is, and what of it is hidden in its neighbors."""

    name: str
    kind: Kind
    bottom_m: float
    length_m: float
    diameter_m: float
    engines_count: int
    estimated: bool
    top_diameter_m: float | None = None  # of a part that tapers
    bottom_diameter_m: float | None = None  # of a fairing wider than what carries it
    hidden_below_m: float | None = None  # up to here it sits in the stage below
    hidden_above_m: float | None = None  # from here on it sits in the fairing
    stage: Stage | None = None

    @property
    def top_m(self) -> float:
        """Height of its upper end above the pad [m]."""
        return self.bottom_m + self.length_m

    @property
    def is_enclosed(self) -> bool:
        """Whether all of it is in the fairing."""
        return self.hidden_above_m is not None and self.hidden_above_m <= self.bottom_m


@dataclass(frozen=True, slots=True)
class Stack:
    """A vehicle as drawn."""

    parts: tuple[Part, ...]  # along the axis, from the pad up
    boosters: tuple[tuple[Part, int], ...]  # one unit and how many
    height_m: float  # published
    sum_of_parts_m: float

    @property
    def gap_m(self) -> float:
        """Published height above the sum of the parts [m]; negative where parts overlap."""
        return self.height_m - self.sum_of_parts_m

    @property
    def drawn_height_m(self) -> float:
        """From the lowest point of the drawing to its highest [m]."""
        drawn = [*self.parts, *(unit for unit, _ in self.boosters)]
        return max(part.top_m for part in drawn) - min(part.bottom_m for part in drawn)

    @property
    def placed(self) -> tuple[tuple[Part, float], ...]:
        """Every part that is drawn and where its axis stands [m], what is behind first.

        Strap-ons stand on both sides of the core; of two kinds, the second is seen in front of it. A stage
        covers what sits in it, and the fairing too.
        """
        core_m = self.parts[0].diameter_m / 2
        beside: list[tuple[Part, float]] = []
        before: list[tuple[Part, float]] = []
        for number, (unit, count) in enumerate(self.boosters):
            outward_m = (core_m + unit.diameter_m / 2) * (1.0 if number == 0 else _IN_FRONT_RATIO)
            units = [(unit, side * outward_m) for side in (-1.0, 1.0)[-min(count, 2) :]]
            (before if number else beside).extend(units)
        return (*beside, *((part, 0.0) for part in (*self.parts[-2::-1], self.parts[-1])), *before)

    @property
    def half_span_m(self) -> float:
        """From the axis to the outermost point [m]."""
        return max(abs(center) + part.diameter_m / 2 for part, center in self.placed)

    def __repr__(self) -> str:
        return f"<Stack {len(self.parts)} parts, {self.height_m:g} m, gap {self.gap_m:+.2f} m>"


def vehicle_stack(vehicle: Vehicle) -> Stack:
    """Put the parts of a vehicle on top of each other so that the published height comes out.

    Parameters
    ----------
    vehicle : Vehicle
        Lengths and diameters of its stages and its fairing.

    Returns
    -------
    Stack
        Parts with their heights above the pad. A stage without a published length shares what the others
        leave, by its propellant mass; one without a diameter is as wide as the vehicle's fairing. Where the
        parts do not add up to the height within 2 %, a short last stage stands inside the fairing. Parts
        that are too long even when they sit in one another as far as they can make the drawing taller than
        published.

    Examples
    --------
    >>> from cosmodrome.catalog import find_vehicle
    >>> stack = vehicle_stack(find_vehicle("proton-m-briz-m"))
    >>> round(stack.drawn_height_m, 1), stack.parts[3].name, stack.parts[3].is_enclosed
    (58.2, 'Briz-M', True)
    """
    sizes = _sizes(vehicle)
    enclosed_count = _enclosed_count(vehicle, sizes)
    shown, enclosed = sizes[: len(sizes) - enclosed_count], sizes[len(sizes) - enclosed_count :]
    gap = vehicle.height_m.value - sum(size.length_m for size in shown) - vehicle.fairing.length_m.value
    overlaps = _overlaps(vehicle, shown, enclosed, -gap)
    parts: list[Part] = []
    bottom = 0.0
    for number, size in enumerate(shown):
        parts.append(_stage_part(size, "stage", bottom))
        bottom += size.length_m
        if number == 0 and gap > SMALLEST_GAP_M:
            above = shown[1].diameter_m if len(shown) > 1 else vehicle.fairing.diameter_m.value
            parts.append(_interstage(bottom, gap, size.diameter_m, above))
            bottom += gap
        if number < len(shown) - 1:
            bottom -= overlaps[number]
    carried_by = parts[-1].top_diameter_m or parts[-1].diameter_m
    base = max([carried_by, *(size.diameter_m for size in enclosed)])
    fairing = _fairing_part(vehicle, bottom - overlaps[-1], base)
    for size in enclosed:
        parts.append(_stage_part(size, "stage", bottom))
        bottom += size.length_m
    boosters = tuple(
        (_stage_part(_booster_size(stage, sizes[0].length_m, vehicle), "booster", 0.0), stage.count)
        for stage in vehicle.stages
        if stage.role == "booster"
    )
    total = sum(size.length_m for size in sizes) + fairing.length_m
    return Stack(_with_hidden(parts, fairing), boosters, vehicle.height_m.value, total)


@dataclass(frozen=True, slots=True)
class _Size:
    """A stage with the length and the diameter that it is drawn with."""

    stage: Stage
    length_m: float
    diameter_m: float


def _sizes(vehicle: Vehicle) -> list[_Size]:
    """Stages on the axis; what has no length shares what the others leave, by propellant mass."""
    axial = [stage for stage in vehicle.stages if stage.role != "booster"]
    known = sum(stage.length_m.value for stage in axial if stage.length_m is not None)
    rest = max(vehicle.height_m.value - known - vehicle.fairing.length_m.value, 0.0)
    weight = sum(stage.propellant_mass_kg.value for stage in axial if stage.length_m is None)
    return [
        _Size(
            stage,
            stage.length_m.value if stage.length_m else rest * stage.propellant_mass_kg.value / weight,
            _diameter(stage, vehicle),
        )
        for stage in axial
    ]


def _booster_size(stage: Stage, core_length_m: float, vehicle: Vehicle) -> _Size:
    length_m = stage.length_m.value if stage.length_m is not None else 0.7 * core_length_m
    return _Size(stage, length_m, _diameter(stage, vehicle))


def _diameter(stage: Stage, vehicle: Vehicle) -> float:
    return (stage.diameter_m or vehicle.fairing.diameter_m).value


def _enclosed_count(vehicle: Vehicle, sizes: Sequence[_Size]) -> int:
    """How many of the last stages are in the fairing: the short ones, if the sum does not close."""
    fairing_m, wide_m = vehicle.fairing.length_m.value, vehicle.fairing.diameter_m.value
    gap = vehicle.height_m.value - sum(size.length_m for size in sizes) - fairing_m
    if abs(gap) <= _CLOSED_RATIO * vehicle.height_m.value:
        return 0
    count, inside = 0, 0.0
    for size in reversed(sizes[1:]):
        inside += size.length_m
        is_short = size.length_m <= _LONGEST_ENCLOSED_RATIO * fairing_m
        if size.diameter_m >= wide_m or not is_short or inside > _MOST_ENCLOSED_RATIO * fairing_m:
            break
        count += 1
    return count


def _overlaps(
    vehicle: Vehicle, shown: Sequence[_Size], enclosed: Sequence[_Size], excess_m: float
) -> list[float]:
    """How far what is above sits in each stage, or, for the last, how far this reaches into the fairing.

    The fairing takes what it can where it is loose around the last stage; the joints of stages share the
    rest by the shorter length of the two.
    """
    left = excess_m if excess_m > SMALLEST_GAP_M else 0.0
    inside = sum(size.length_m for size in enclosed)
    room = max(_MOST_ENCLOSED_RATIO * vehicle.fairing.length_m.value - inside, 0.0)
    is_loose = shown[-1].diameter_m <= _LOOSE_RATIO * vehicle.fairing.diameter_m.value and len(shown) > 1
    in_fairing = min(left, room) if is_loose else 0.0
    depths = [_DEEPEST_RATIO * min(low.length_m, high.length_m) for low, high in pairwise(shown)]
    share = min((left - in_fairing) / sum(depths), 1.0) if depths else 0.0
    return [*(share * depth for depth in depths), in_fairing]


def _stage_part(size: _Size, kind: Kind, bottom_m: float) -> Part:
    stage = size.stage
    estimated = any(given is None or given.estimated for given in (stage.length_m, stage.diameter_m))
    return Part(
        stage.name,
        kind,
        bottom_m,
        size.length_m,
        size.diameter_m,
        stage.engines_per_unit,
        estimated,
        stage=stage,
    )


def _interstage(bottom_m: float, length_m: float, diameter_m: float, top_diameter_m: float) -> Part:
    return Part(
        "interstage", "interstage", bottom_m, length_m, diameter_m, 0, True, top_diameter_m=top_diameter_m
    )


def _fairing_part(vehicle: Vehicle, bottom_m: float, base_diameter_m: float) -> Part:
    length, diameter = vehicle.fairing.length_m, vehicle.fairing.diameter_m
    base_m = min(base_diameter_m, diameter.value)
    return Part(
        "fairing",
        "fairing",
        bottom_m,
        length.value,
        diameter.value,
        0,
        length.estimated or diameter.estimated,
        bottom_diameter_m=base_m,
    )


def _with_hidden(parts: Sequence[Part], fairing: Part) -> tuple[Part, ...]:
    """All parts from the pad up, each with the heights between which others hide it."""
    seen = []
    for number, part in enumerate(parts):
        below = parts[number - 1].top_m if number else 0.0
        seen.append(
            replace(
                part,
                hidden_below_m=below if below - part.bottom_m > SMALLEST_GAP_M else None,
                hidden_above_m=fairing.bottom_m if part.top_m - fairing.bottom_m > SMALLEST_GAP_M else None,
            )
        )
    return (*seen, fairing)
