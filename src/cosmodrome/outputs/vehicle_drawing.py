"""The launch vehicle to scale, as a figure."""

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon

from cosmodrome.models.vehicle import Vehicle
from cosmodrome.outputs.labels import number_text
from cosmodrome.outputs.style import BLACK, BLUE, GREY, ORANGE, SKY, new_figure, shared_look, svg_text
from cosmodrome.outputs.vehicle_geometry import SMALLEST_GAP_M, Part, Stack, vehicle_stack
from cosmodrome.outputs.vehicle_outline import (
    bell_outlines,
    hidden_outline,
    part_outline,
    spaced,
    visible_span_m,
)

_BODY: Final = "#f4f6f8"
_TALL_IN: Final = 7.0
_PERSON_M: Final = 1.75
_LABEL_RATIO: Final = 0.058  # of the height, for a label of two lines


def vehicle_caption(vehicle: Vehicle) -> str:
    """Say what the drawing shows and how its parts compare with the published height.

    Parameters
    ----------
    vehicle : Vehicle
        The vehicle drawn.

    Returns
    -------
    str
        Two to five sentences.
    """
    stack = vehicle_stack(vehicle)
    text = (
        f"{vehicle.title} to scale from its parts; overall height {stack.height_m:g} m "
        f"(source {vehicle.height_m.source}). Stages and fairing add up to "
        f"{number_text(stack.sum_of_parts_m)} m"
    )
    if stack.gap_m > SMALLEST_GAP_M:
        text += f", {stack.gap_m:.1f} m less than the published height."
    elif stack.gap_m < -SMALLEST_GAP_M:
        text += f", {-stack.gap_m:.1f} m more than the published height."
    else:
        text += ", which is the published height."
    gap = next((part for part in stack.parts if part.kind == "interstage"), None)
    if gap is not None:
        text += f" {gap.length_m:.1f} m are drawn as the interstage (hatched, estimated)."
    nested = [part.name for part in stack.parts if hidden_outline(part) is not None]
    if nested:
        text += f" Drawn nested in what is beside it (dashed): {', '.join(nested)}."
    if stack.drawn_height_m > stack.height_m + SMALLEST_GAP_M:
        text += f" The parts reach {number_text(stack.drawn_height_m, 3)} m even so."
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
    reach, height = stack.half_span_m, stack.height_m
    top = max(height, stack.drawn_height_m)
    width = 2 * reach + 0.56 * height
    figure = new_figure(_TALL_IN * width / (top + 0.05 * height), _TALL_IN)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_ylim(-0.02 * height, top + 0.03 * height)
    left = -reach - 0.16 * height
    axes.set_xlim(left, left + width)
    for layer, (part, center_m) in enumerate(stack.placed):
        _draw_part(axes, part, center_m, layer)
        _draw_hidden(axes, part)
    axes.plot([left, left + width], [0.0, 0.0], color=GREY, linewidth=1.0)
    _draw_height(axes, -reach - 0.075 * height, height)
    _draw_person(axes, -reach - 0.03 * height)
    _draw_labels(axes, stack, reach + 0.05 * height)
    return figure


def vehicle_svg(vehicle: Vehicle) -> str:
    """Draw the vehicle as an SVG that stands alone.

    Parameters
    ----------
    vehicle : Vehicle
        Its parts and its published height.

    Returns
    -------
    str
        The element, the same bytes for the same vehicle.
    """
    return svg_text(vehicle_drawing(vehicle), f"{vehicle.title} to scale")


def _draw_part(axes: Axes, part: Part, center_m: float, layer: int) -> None:
    depth = 2 + 0.01 * layer
    face = {"stage": _BODY, "booster": "#e6eef5", "interstage": "white", "fairing": "#fff4dc"}[part.kind]
    edge = {"stage": BLUE, "booster": SKY, "interstage": GREY, "fairing": ORANGE}[part.kind]
    dashed = part.kind == "interstage" or part.estimated
    axes.add_patch(
        Polygon(
            part_outline(part, center_m),
            facecolor=face,
            edgecolor=edge,
            linewidth=1.1,
            linestyle=(0, (3, 2)) if dashed else "-",
            hatch="////" if part.kind == "interstage" else None,
            zorder=depth,
        )
    )
    for bell in bell_outlines(part, center_m):
        axes.add_patch(Polygon(bell, facecolor="#c9ced6", edgecolor=GREY, linewidth=0.7, zorder=depth))


def _draw_hidden(axes: Axes, part: Part) -> None:
    """Outline of what is hidden where one part sits inside its neighbor."""
    outline = hidden_outline(part)
    if outline is not None:
        axes.add_patch(
            Polygon(
                outline,
                facecolor=_BODY if part.is_enclosed else "none",
                edgecolor=GREY,
                linewidth=0.9,
                linestyle=(0, (3, 2)),
                zorder=4,
            )
        )


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
    counts = {id(unit): count for unit, count in stack.boosters}
    placed = {
        id(part): (part, center_m) for part, center_m in stack.placed
    }  # of a pair, the one on the right
    spans = {key: visible_span_m(stack, part) for key, (part, _) in placed.items()}
    keys = sorted(spans, key=lambda key: sum(spans[key]))
    middles = [sum(spans[key]) / 2 for key in keys]
    extents = [_LABEL_RATIO * stack.height_m] * len(keys)
    at = spaced(middles, extents, 0.0, max(stack.height_m, stack.drawn_height_m))
    for key, middle, level in zip(keys, middles, at, strict=True):
        part, center_m = placed[key]
        edge = abs(center_m) + 0.25 * part.diameter_m
        axes.plot(
            [edge, x_m - 0.03 * stack.height_m, x_m - 0.008 * stack.height_m], [middle, level, level],
            color=GREY, linewidth=0.6, marker="o", markersize=2.2, markevery=[0], zorder=5,
        )  # fmt: skip
        text = _label(part, counts.get(key, 1))
        axes.text(x_m, level, text, va="center", ha="left", fontsize=8, linespacing=1.35)


def _label(part: Part, count: int) -> str:
    """Name and size of a part."""
    sure = ", est." if part.estimated else ""
    size = f"{number_text(part.length_m, 3)} m, ⌀ {number_text(part.diameter_m, 3)} m{sure}"
    size = f"{number_text(part.length_m, 3)} m, est." if part.kind == "interstage" else size
    name = f"{count} × {part.name}" if count > 1 else part.name
    return f"{name}{', in the fairing' if part.is_enclosed else ''}\n{size}"
