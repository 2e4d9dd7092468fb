"""The launch vehicle to scale, put together from the lengths and diameters of its parts.

Where the parts add up to less than the published height, the gap is drawn as an interstage and said to be
estimated; where they add up to more, the upper stages sit that far inside what is below the fairing.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon

from cosmodrome.models.vehicle import Stage, Vehicle
from cosmodrome.outputs.labels import number_text
from cosmodrome.outputs.style import BLACK, BLUE, GREY, ORANGE, SKY, new_figure, shared_look

Kind = Literal["stage", "booster", "interstage", "fairing"]

_BODY: Final = "#f4f6f8"
_TALL_IN: Final = 7.0
_PERSON_M: Final = 1.75
_OGIVE_SHARE: Final = 0.55  # of the fairing's length; the rest is a cylinder
_SMALLEST_GAP_M: Final = 0.05  # below this, sum and height are taken as equal


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the drawing: where it stands and how wide it is."""

    name: str
    kind: Kind
    bottom_m: float
    length_m: float
    diameter_m: float
    engines_count: int
    estimated: bool
    top_diameter_m: float | None = None  # of a part that tapers

    @property
    def top_m(self) -> float:
        """Height of its upper end above the pad [m]."""
        return self.bottom_m + self.length_m


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
        leave, by its propellant mass; one without a diameter is as wide as the vehicle's fairing.
    """
    axial = [stage for stage in vehicle.stages if stage.role != "booster"]
    lengths = _lengths(vehicle, axial)
    fairing = vehicle.fairing
    total = sum(lengths) + fairing.length_m.value
    gap = vehicle.height_m.value - total
    parts: list[Part] = []
    bottom = 0.0
    joint = len(axial) - 1 if gap < 0 and axial[-1].role == "upper" else 0
    for number, (stage, length) in enumerate(zip(axial, lengths, strict=True)):
        parts.append(_stage_part(stage, "stage", bottom, length, _diameter(stage, vehicle)))
        bottom += length
        if number == joint and gap > _SMALLEST_GAP_M:
            above = _diameter(axial[number + 1], vehicle) if axial[number + 1 :] else fairing.diameter_m.value
            below = parts[-1].diameter_m
            parts.append(Part("interstage", "interstage", bottom, gap, below, 0, True, top_diameter_m=above))
        if number == joint and abs(gap) > _SMALLEST_GAP_M:
            bottom += gap
    parts.append(
        Part("fairing", "fairing", bottom, fairing.length_m.value, fairing.diameter_m.value, 0, False)
    )
    boosters = tuple(
        (_booster_part(stage, lengths[0], _diameter(stage, vehicle)), stage.count)
        for stage in vehicle.stages
        if stage.role == "booster"
    )
    return Stack(tuple(parts), boosters, vehicle.height_m.value, total)


def _lengths(vehicle: Vehicle, axial: Sequence[Stage]) -> list[float]:
    """Length of each stage on the axis; what is unknown shares the rest by propellant mass."""
    known = sum(stage.length_m.value for stage in axial if stage.length_m is not None)
    rest = max(vehicle.height_m.value - known - vehicle.fairing.length_m.value, 0.0)
    weight = sum(stage.propellant_mass_kg.value for stage in axial if stage.length_m is None)
    return [
        stage.length_m.value if stage.length_m is not None else rest * stage.propellant_mass_kg.value / weight
        for stage in axial
    ]


def _booster_part(stage: Stage, core_length_m: float, diameter_m: float) -> Part:
    length_m = stage.length_m.value if stage.length_m is not None else 0.7 * core_length_m
    return _stage_part(stage, "booster", 0.0, length_m, diameter_m)


def _diameter(stage: Stage, vehicle: Vehicle) -> float:
    return (stage.diameter_m or vehicle.fairing.diameter_m).value


def _stage_part(stage: Stage, kind: Kind, bottom_m: float, length_m: float, diameter_m: float) -> Part:
    estimated = stage.length_m is None or stage.length_m.estimated or stage.diameter_m is None
    return Part(stage.name, kind, bottom_m, length_m, diameter_m, stage.engines_per_unit, estimated)


def vehicle_caption(vehicle: Vehicle) -> str:
    """Say what the drawing shows and how its parts compare with the published height.

    Parameters
    ----------
    vehicle : Vehicle
        The vehicle drawn.

    Returns
    -------
    str
        Two or three sentences.
    """
    stack = vehicle_stack(vehicle)
    text = (
        f"{vehicle.title} to scale from its parts; overall height {stack.height_m:g} m "
        f"(source {vehicle.height_m.source}). Stages and fairing add up to "
        f"{number_text(stack.sum_of_parts_m)} m"
    )
    if stack.gap_m > _SMALLEST_GAP_M:
        text += (
            f", {stack.gap_m:.1f} m less than the published height: "
            "the difference is drawn as the interstage (hatched, estimated)."
        )
    elif stack.gap_m < -_SMALLEST_GAP_M:
        text += (
            f", {-stack.gap_m:.1f} m more than the published height: the upper stage is drawn "
            "nested by that much inside its neighbor (dashed)."
        )
    else:
        text += ", which is the published height."
    estimated = [part.name for part in stack.parts if part.estimated and part.kind != "interstage"]
    if estimated:
        text += f" Estimated sizes: {', '.join(estimated)}."
    return text


@shared_look()
def vehicle_drawing(vehicle: Vehicle) -> Figure:
    """Draw the vehicle to scale, with a person and the dimension line of its height.

    Parameters
    ----------
    vehicle : Vehicle
        Its parts and its published height.

    Returns
    -------
    Figure
        Height above the pad in meters on the left, part names on the right.
    """
    stack = vehicle_stack(vehicle)
    reach, height = _half_span_m(stack), stack.height_m
    width = 2 * reach + 0.56 * height
    figure = new_figure(_TALL_IN * width / (1.065 * height), _TALL_IN)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_ylim(-0.035 * height, 1.03 * height)
    left = -reach - 0.16 * height
    axes.set_xlim(left, left + width)
    _draw_boosters(axes, stack)
    for part in stack.parts:
        _draw_part(axes, part, 0.0)
    _draw_overlaps(axes, stack)
    _draw_ground(axes, left, width)
    _draw_height(axes, -reach - 0.075 * height, height)
    _draw_person(axes, -reach - 0.03 * height)
    _draw_labels(axes, stack, reach + 0.05 * height)
    return figure


def _half_span_m(stack: Stack) -> float:
    widest = max(part.diameter_m / 2 for part in stack.parts)
    core = stack.parts[0].diameter_m / 2
    beside = [core + unit.diameter_m for unit, _ in stack.boosters]
    return max([widest, *beside])


def _draw_part(axes: Axes, part: Part, center_m: float) -> None:
    half = part.diameter_m / 2
    if part.kind == "fairing":
        outline = _ogive(part, center_m)
    else:
        top = half if part.top_diameter_m is None else part.top_diameter_m / 2
        outline = [
            (center_m - half, part.bottom_m), (center_m + half, part.bottom_m),
            (center_m + top, part.top_m), (center_m - top, part.top_m),
        ]  # fmt: skip
    face = {"stage": _BODY, "booster": "#e6eef5", "interstage": "white", "fairing": "#fff4dc"}[part.kind]
    edge = {"stage": BLUE, "booster": SKY, "interstage": GREY, "fairing": ORANGE}[part.kind]
    dashed = part.kind == "interstage" or part.estimated
    axes.add_patch(
        Polygon(
            outline,
            facecolor=face,
            edgecolor=edge,
            linewidth=1.1,
            linestyle=(0, (3, 2)) if dashed else "-",
            hatch="////" if part.kind == "interstage" else None,
            zorder=3 if part.kind != "booster" else 2,
        )
    )
    if part.bottom_m == 0.0:
        _draw_engines(axes, part, center_m)


def _draw_overlaps(axes: Axes, stack: Stack) -> None:
    """Outline of what is hidden where one part sits inside its neighbor."""
    for lower, upper in pairwise(stack.parts):
        if lower.top_m - upper.bottom_m > _SMALLEST_GAP_M:
            half = min(lower.diameter_m, upper.diameter_m) / 2
            for y in (upper.bottom_m, lower.top_m):
                axes.plot([-half, half], [y, y], color=GREY, linewidth=0.9, linestyle=(0, (3, 2)), zorder=4)


def _ogive(part: Part, center_m: float) -> list[tuple[float, float]]:
    """Outline of a tangent ogive on a cylinder."""
    half, nose = part.diameter_m / 2, _OGIVE_SHARE * part.length_m
    base = part.top_m - nose
    radius = (half**2 + nose**2) / (2 * half)
    up = np.linspace(0.0, nose, 30)
    across = np.sqrt(radius**2 - up**2) - (radius - half)
    right = [(center_m + float(x), base + float(y)) for x, y in zip(across, up, strict=True)]
    left = [(2 * center_m - x, y) for x, y in reversed(right)]
    return [(center_m - half, part.bottom_m), (center_m + half, part.bottom_m), *right, *left]


def _draw_engines(axes: Axes, part: Part, center_m: float) -> None:
    """Bells under a stage that stands on the pad; a row shows at most five."""
    shown = min(part.engines_count, 5)
    pitch = part.diameter_m / shown
    for number in range(shown):
        x = center_m + (number - (shown - 1) / 2) * pitch
        bell, depth = 0.28 * pitch, min(0.45 * pitch, 0.9)
        axes.add_patch(
            Polygon(
                [(x - 0.4 * bell, 0), (x + 0.4 * bell, 0), (x + bell, -depth), (x - bell, -depth)],
                facecolor="#c9ced6",
                edgecolor=GREY,
                linewidth=0.7,
                zorder=1,
            )
        )


def _draw_boosters(axes: Axes, stack: Stack) -> None:
    """One unit on each side; the count is in the label."""
    core = stack.parts[0].diameter_m / 2
    for unit, count in stack.boosters:
        offset = core + unit.diameter_m / 2
        for side in (1.0, -1.0)[: min(count, 2)]:
            nose = min(1.2 * unit.diameter_m, 0.3 * unit.length_m)
            body = replace(unit, length_m=unit.length_m - nose)
            _draw_part(axes, body, side * offset)
            tip = side * (offset - unit.diameter_m / 2 + 0.12 * unit.diameter_m)
            cone = [
                (side * offset - unit.diameter_m / 2, body.top_m),
                (side * offset + unit.diameter_m / 2, body.top_m),
                (tip, unit.length_m),
            ]
            axes.add_patch(Polygon(cone, facecolor="#e6eef5", edgecolor=SKY, linewidth=1.1, zorder=2))


def _draw_ground(axes: Axes, left_m: float, width_m: float) -> None:
    axes.plot([left_m, left_m + width_m], [-0.02 * width_m] * 2, color=GREY, linewidth=1.0)


def _draw_height(axes: Axes, x_m: float, height_m: float) -> None:
    """Dimension line of the overall height."""
    arrow = {"arrowstyle": "<|-|>", "color": BLACK, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (x_m, 0), (x_m, height_m), arrowprops=arrow)
    for y in (0.0, height_m):
        axes.plot([x_m - 0.01 * height_m, 0.0], [y, y], color=GREY, linewidth=0.5, zorder=0)
    axes.text(
        x_m - 0.012 * height_m, height_m / 2, f"{height_m:g} m", rotation=90, ha="right", va="center",
        fontsize=11, fontweight="bold",
    )  # fmt: skip


def _draw_person(axes: Axes, x_m: float) -> None:
    """A person of 1.75 m on the pad, for scale."""
    head = 0.13 * _PERSON_M
    axes.add_patch(Circle((x_m, _PERSON_M - head / 2), head / 2, facecolor=BLACK, edgecolor="none"))
    hips, neck = 0.48 * _PERSON_M, _PERSON_M - head
    strokes = [
        [(x_m, neck), (x_m, hips)],
        [(x_m - 0.35, 0.95), (x_m, neck - 0.15), (x_m + 0.35, 0.95)],
        [(x_m - 0.25, 0), (x_m, hips), (x_m + 0.25, 0)],
    ]
    for stroke in strokes:
        x, y = zip(*stroke, strict=True)
        axes.plot(x, y, color=BLACK, linewidth=1.2, solid_capstyle="round")


def _draw_labels(axes: Axes, stack: Stack, x_m: float) -> None:
    """Names with sizes beside the parts, moved apart where they would touch."""
    wanted: list[tuple[float, float, str]] = []
    for part in stack.parts:
        middle = (part.bottom_m + part.top_m) / 2
        sure = " est." if part.estimated else ""
        size = f"{number_text(part.length_m, 3)} m{sure}, ⌀ {number_text(part.diameter_m, 3)} m"
        size = f"{number_text(part.length_m, 3)} m, est." if part.kind == "interstage" else size
        wanted.append((middle, part.diameter_m / 2, f"{part.name}\n{size}"))
    core = stack.parts[0].diameter_m / 2
    for unit, count in stack.boosters:
        size = f"{number_text(unit.length_m, 3)} m, ⌀ {number_text(unit.diameter_m, 3)} m"
        wanted.append((0.25 * unit.length_m, core + unit.diameter_m, f"{count} × {unit.name}\n{size}"))
    wanted.sort()
    least = 0.058 * stack.height_m
    lowest = -math.inf
    for middle, edge, text in wanted:
        lowest = max(middle, lowest + least)
        axes.plot([edge, x_m - 0.008 * stack.height_m], [middle, lowest], color=GREY, linewidth=0.6)
        axes.text(x_m, lowest, text, va="center", ha="left", fontsize=8, linespacing=1.35)
