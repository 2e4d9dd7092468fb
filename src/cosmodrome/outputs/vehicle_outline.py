"""The outlines of a vehicle's parts, what of them shows, and where labels beside them go."""

import math
from collections.abc import Sequence
from typing import Final

from cosmodrome.outputs.vehicle_geometry import Part, Stack

Point = tuple[float, float]  # across and up [m]
Outline = tuple[Point, ...]

_NOSE_RATIO: Final = 0.55  # of the fairing's length at most; the rest is a cylinder
_BLUNTEST_RATIO: Final = 1.3  # nose length over diameter
_MOST_BELLS: Final = 5


def part_outline(part: Part, center_m: float = 0.0) -> Outline:
    """Trace a part as seen from the side.

    Parameters
    ----------
    part : Part
        A stage is a cylinder, an interstage a cone, a strap-on has a nose that leans to the core, a fairing
        is a von Kármán ogive on a cylinder on a cone that widens from what carries it.
    center_m : float
        Where its axis stands; the core's is at zero. [m]

    Returns
    -------
    tuple of (float, float)
        Corners, across and up [m], without the engine bells.
    """
    if part.kind == "fairing":
        return _fairing_outline(part, center_m)
    half = part.diameter_m / 2
    left, right = center_m - half, center_m + half
    bottom = part.bottom_m + _bell_depth(part)
    if part.kind == "booster":
        shoulder = part.top_m - min(1.2 * part.diameter_m, 0.3 * part.length_m)
        tip = center_m - math.copysign(0.76 * half, center_m)
        return ((left, bottom), (right, bottom), (right, shoulder), (tip, part.top_m), (left, shoulder))
    top = half if part.top_diameter_m is None else part.top_diameter_m / 2
    return ((left, bottom), (right, bottom), (center_m + top, part.top_m), (center_m - top, part.top_m))


def _fairing_outline(part: Part, center_m: float) -> Outline:
    half, base = part.diameter_m / 2, (part.bottom_diameter_m or part.diameter_m) / 2
    nose = min(_NOSE_RATIO * part.length_m, _BLUNTEST_RATIO * part.diameter_m)
    shoulder = part.top_m - nose
    widened = part.bottom_m + min(1.5 * (half - base), 0.3 * part.length_m)
    angles = [math.pi * number / 24 for number in range(25)]
    ogive = [
        (half * math.sqrt(max(math.pi - angle + math.sin(2 * angle) / 2, 0.0) / math.pi),
         shoulder + nose * (1 - math.cos(angle)) / 2)
        for angle in angles
    ]  # fmt: skip
    right = [(base, part.bottom_m), (half, widened), *ogive]
    left = [(-across, up) for across, up in reversed(right)]
    return tuple((center_m + across, up) for across, up in (*right, *left))


def hidden_outline(part: Part) -> Outline | None:
    """Trace what others hide of a stage on the axis; None where nothing is hidden.

    Parameters
    ----------
    part : Part
        A stage on the axis.

    Returns
    -------
    tuple of (float, float) or None
        Corners of the hidden cylinder, across and up. [m]
    """
    half = part.diameter_m / 2
    if part.hidden_above_m is not None:
        low, high = max(part.bottom_m, part.hidden_above_m), part.top_m
    elif part.hidden_below_m is not None:
        low, high = part.bottom_m, min(part.hidden_below_m, part.top_m)
    else:
        return None
    return ((-half, low), (half, low), (half, high), (-half, high))


def bell_outlines(part: Part, center_m: float = 0.0) -> tuple[Outline, ...]:
    """Trace the engine bells of a part that stands on the pad: at most five side by side, within its length.

    Parameters
    ----------
    part : Part
        A stage or a strap-on.
    center_m : float
        Where its axis stands. [m]

    Returns
    -------
    tuple of outlines
        Empty for a part that stands on another.
    """
    depth = _bell_depth(part)
    if depth == 0.0:
        return ()
    shown = min(part.engines_count, _MOST_BELLS)
    pitch = part.diameter_m / shown
    bell, throat = 0.28 * pitch, 0.11 * pitch
    centers = [center_m + (number - (shown - 1) / 2) * pitch for number in range(shown)]
    return tuple(
        ((x - bell, 0.0), (x + bell, 0.0), (x + throat, depth), (x - throat, depth)) for x in centers
    )


def _bell_depth(part: Part) -> float:
    if part.bottom_m != 0.0 or part.engines_count == 0:
        return 0.0
    return min(0.45 * part.diameter_m / min(part.engines_count, _MOST_BELLS), 0.9, 0.05 * part.length_m)


def visible_span_m(stack: Stack, part: Part) -> tuple[float, float]:
    """Say between which heights a part shows, free of strap-ons and of stages inside it where it can be.

    Parameters
    ----------
    stack : Stack
        The vehicle.
    part : Part
        One of its parts.

    Returns
    -------
    tuple of float
        Lower and upper end. [m] All of a part that is inside another.
    """
    low, high = part.bottom_m, part.top_m
    tallest = max((unit.top_m for unit, _ in stack.boosters), default=0.0)
    middle = (stack.parts[0].bottom_m + stack.parts[0].top_m) / 2
    if part.kind == "booster":
        number = [unit for unit, _ in stack.boosters].index(part)
        slice_m = min(high, middle) / len(stack.boosters)
        return number * slice_m, (number + 1) * slice_m
    if part.is_enclosed:
        return low, high
    if part.kind == "fairing":
        return max([low, *(other.top_m for other in stack.parts if other.hidden_above_m is not None)]), high
    if part is stack.parts[0] and stack.boosters:
        return (tallest if tallest < 0.9 * high else middle), high
    return part.hidden_below_m or low, part.hidden_above_m or high


def spaced(
    wanted: Sequence[float], extents: Sequence[float], lowest: float, highest: float
) -> tuple[float, ...]:
    """Move labels apart as little as it takes; groups that touch stay centered on what they wanted.

    Parameters
    ----------
    wanted : sequence of float
        Where the middle of each label would be, ascending.
    extents : sequence of float
        How long each is, in the same unit.
    lowest, highest : float
        Between which all of them stay, if they fit.

    Returns
    -------
    tuple of float
        Their middles.

    Examples
    --------
    >>> spaced([1.0, 5.0, 5.0], [2.0, 2.0, 2.0], 0.0, 10.0)
    (1.0, 4.0, 6.0)
    """
    groups: list[list[float]] = []  # sum of the starts wanted for its first label, labels, length, start
    for middle, extent in zip(wanted, extents, strict=True):
        group = [middle - extent / 2, 1.0, extent, 0.0]
        while True:
            group[3] = max(min(group[0] / group[1], highest - group[2]), lowest)
            if not groups or groups[-1][3] + groups[-1][2] <= group[3]:
                break
            before = groups.pop()
            group = [
                before[0] + group[0] - before[2] * group[1], before[1] + group[1], before[2] + group[2], 0.0
            ]  # fmt: skip
        groups.append(group)
    middles: list[float] = []
    for _, count, _, start in groups:
        for extent in extents[len(middles) : len(middles) + int(count)]:
            middles.append(start + extent / 2)
            start += extent
    return tuple(middles)
