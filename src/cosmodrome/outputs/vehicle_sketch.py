"""The launch vehicle to scale in a terminal: in Braille dots, or in ASCII where those are not to be had.

It draws the same outlines as the SVG. A cell of a terminal is taken as twice as tall as wide, so that its two
by four dots lie on a square grid.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cosmodrome.models.vehicle import Vehicle
from cosmodrome.outputs.columns import COLUMNS
from cosmodrome.outputs.labels import ascii_text, mass_text, number_text
from cosmodrome.outputs.vehicle_geometry import Part, Stack, vehicle_stack
from cosmodrome.outputs.vehicle_outline import (
    Outline,
    bell_outlines,
    hidden_outline,
    part_outline,
    spaced,
    visible_span_m,
)

_ROWS: Final = 40
_PERSON_M: Final = 1.75
_PERSON_COLUMNS: Final = 4
_RULER_COLUMNS: Final = 9
_BRAILLE: Final = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))  # bits of a cell, row by row
_BAR_COLUMNS: Final = 14  # at most
_SMALLEST_TOLD_M: Final = 0.3  # of a stage that others hide


@dataclass(frozen=True, slots=True)
class _Pen:
    """How fine a drawing is, and its signs."""

    across: int  # dots in a cell
    down: int
    top: str
    side: str
    tick: str
    foot: str
    ground: str
    leader: str


_FINE: Final = _Pen(2, 4, "┬", "│", "┤", "┴", "─", "┈")
_PLAIN: Final = _Pen(1, 1, "+", "|", "+", "+", "-", ".")


class _Canvas:
    """Dots, each with a sign and with the number of the part that covers it."""

    def __init__(self, stack: Stack, pen: _Pen) -> None:
        self.pen = pen
        self.stack = stack
        self.top_m = max(stack.height_m, stack.drawn_height_m)
        self.row_m = self.top_m / _ROWS
        half_columns = math.ceil(2 * stack.half_span_m / self.row_m - 0.5)
        self.columns = _PERSON_COLUMNS + 2 * half_columns + 1  # odd: the axis runs through a cell's middle
        self.axis_column = _PERSON_COLUMNS + half_columns
        wide, tall = self.columns * pen.across, _ROWS * pen.down
        self.owners: list[list[int | None]] = [[None] * wide for _ in range(tall)]
        self.signs = [[" "] * wide for _ in range(tall)]

    def inside(self, outline: Outline) -> set[tuple[int, int]]:
        """Dots whose middles lie within an outline, as row and column."""
        dot_m = self.row_m / 2 / self.pen.across
        axis = (self.axis_column + 0.5) * self.pen.across
        found: set[tuple[int, int]] = set()
        for row in range(len(self.owners)):
            up_m = self.top_m - (row + 0.5) * self.row_m / self.pen.down
            crossings = sorted(
                x0 + (up_m - y0) * (x1 - x0) / (y1 - y0)
                for (x0, y0), (x1, y1) in pairwise((*outline, outline[0]))
                if (y0 <= up_m) != (y1 <= up_m)
            )
            for left_m, right_m in zip(crossings[::2], crossings[1::2], strict=True):
                first = math.ceil(left_m / dot_m + axis - 0.5)
                last = math.ceil(right_m / dot_m + axis - 0.5)
                found.update((row, column) for column in range(first, max(last, first + 1)))
        return found

    def cells(self) -> list[list[str]]:
        """Characters of the drawing, row by row."""
        if self.pen is _PLAIN:
            return [list(row) for row in self.signs]
        return [
            [_braille([self.signs[4 * row + down][2 * column : 2 * column + 2] for down in range(4)])
             for column in range(self.columns)]
            for row in range(_ROWS)
        ]  # fmt: skip


def vehicle_sketch(vehicle: Vehicle, *, ascii_only: bool = False) -> str:
    """Draw the vehicle upright and to scale in both directions, every part with its name and its load.

    Parameters
    ----------
    vehicle : Vehicle
        Its parts and its published height.
    ascii_only : bool
        Whether the terminal has no other characters.

    Returns
    -------
    str
        Lines of at most 110 columns: a ruler in meters, a person of 1.75 m, the parts (stages numbered from
        the pad up, B for strap-ons, F for the fairing, hatching for what the published height leaves over,
        checks for a stage inside the fairing), and the scale.

    Examples
    --------
    The height of Angara 1.2 stands at its tip:

    >>> from cosmodrome.catalog import find_vehicle
    >>> vehicle_sketch(find_vehicle("angara-1.2"), ascii_only=True).splitlines()[0].split()
    ['42.7', 'm', '+', '^']
    """
    stack = vehicle_stack(vehicle)
    canvas = _Canvas(stack, _PLAIN if ascii_only else _FINE)
    for number, (part, center_m) in enumerate(stack.placed):
        _cover(canvas, number, part, center_m)
    for number, (part, _) in enumerate(stack.placed):
        _trace(canvas, number, part)
    for part in stack.parts:
        _trace_hidden(canvas, part)
    _draw_person(canvas)
    page = [ruler + row for ruler, row in zip(_ruler(canvas), canvas.cells(), strict=True)]
    _write_labels(page, canvas, vehicle)
    ground = canvas.pen.foot + canvas.pen.ground * (canvas.columns + 1)
    lines = ["".join(row).rstrip() for row in page]
    lines += [f"{'0 m':>{_RULER_COLUMNS - 2}} {ground}", f"{'':{_RULER_COLUMNS}}{_scale(canvas)}"]
    return "\n".join(_fitted(line, ascii_only=ascii_only) for line in lines)


def _fitted(line: str, *, ascii_only: bool) -> str:
    """The line, cut where the drawing ends."""
    text = ascii_text(line) if ascii_only else line
    more = "..." if ascii_only else "…"
    return text if len(text) <= COLUMNS else text[: COLUMNS - len(more)] + more


def _braille(dots: Sequence[Sequence[str]]) -> str:
    """The character of four rows of two dots."""
    bits = sum(
        bit
        for row, signs in zip(_BRAILLE, dots, strict=True)
        for bit, sign in zip(row, signs, strict=True)
        if sign != " "
    )
    return chr(0x2800 + bits) if bits else " "


def _cover(canvas: _Canvas, number: int, part: Part, center_m: float) -> None:
    """Say which dots a part covers, over what is behind it; its engine bells are solid."""
    for row, column in canvas.inside(part_outline(part, center_m)):
        canvas.owners[row][column] = number
        canvas.signs[row][column] = " "
    for bell in bell_outlines(part, center_m):
        for row, column in canvas.inside(bell):
            canvas.owners[row][column] = None
            canvas.signs[row][column] = "^"


def _trace(canvas: _Canvas, number: int, part: Part) -> None:
    """Outline and filling of a part; of two that touch, the one in front has the line."""
    owners = canvas.owners

    def owner(row: int, column: int) -> int | None:
        is_there = 0 <= row < len(owners) and 0 <= column < len(owners[0])
        return owners[row][column] if is_there else None

    for row, owned in enumerate(owners):
        for column, here in enumerate(owned):
            if here != number:
                continue
            is_edge = {
                sign
                for sign, beside in (("<", owner(row, column - 1)), (">", owner(row, column + 1)))
                if beside is None or beside < number
            }
            is_top, is_bottom = owner(row - 1, column) != number, owner(row + 1, column) is None
            if is_edge and is_top and part.kind != "stage" and part.kind != "interstage":
                sign = "^" if len(is_edge) == 2 else "/" if "<" in is_edge else "\\"
            elif is_edge:
                sign = "|"
            elif is_top or is_bottom:
                sign = "-"
            else:
                sign = _filling(part, row, column, canvas.pen)
            canvas.signs[row][column] = sign


def _filling(part: Part, row: int, column: int, pen: _Pen) -> str:
    """What fills a part: lines an interstage, sparse dots a strap-on."""
    if part.kind == "interstage":
        return "/" if (row + column) % (4 if pen is _FINE else 2) == 0 else " "
    if part.kind == "booster":
        if pen is _PLAIN:
            return ":"
        return ":" if row % 2 == column % 2 == 0 and (row // 2 + column // 2) % 2 == 0 else " "
    return " "


def _trace_hidden(canvas: _Canvas, part: Part) -> None:
    """A stage in the fairing, checked; the end of a stage that reaches into a neighbor, dashed."""
    outline = hidden_outline(part)
    if outline is None:
        return
    dots = canvas.inside(outline)
    for row, column in dots:
        around = ((row, column - 1), (row, column + 1), (row - 1, column), (row + 1, column))
        is_edge = not dots.issuperset(around)
        is_set = (row + column) % 2 == 0
        if part.is_enclosed:
            canvas.signs[row][column] = "%" if is_edge or is_set or canvas.pen is _PLAIN else " "
        elif is_edge and (is_set or canvas.pen is _PLAIN):
            canvas.signs[row][column] = ":"


def _draw_person(canvas: _Canvas) -> None:
    """A person on the pad, left of the vehicle, if at least one row of dots tall."""
    tall = round(_PERSON_M / canvas.row_m * canvas.pen.down)
    middle = canvas.pen.across * (_PERSON_COLUMNS - 2)
    for number in range(tall):
        is_legs, is_arms = number > 0.6 * tall, number == 1
        reach = (-1, 1) if is_legs else (-1, 0, 1) if is_arms else (0,)
        for across in reach if tall >= 6 else (0,):
            canvas.signs[len(canvas.signs) - tall + number][middle + across] = "o" if number == 0 else "|"


def _ruler(canvas: _Canvas) -> Iterator[list[str]]:
    """Heights above the pad, the published one first."""
    pen, height_m = canvas.pen, canvas.stack.height_m
    step_m = 5 if height_m < 30 else 10 if height_m < 75 else 20
    marks = {
        math.floor((canvas.top_m - level) / canvas.row_m): f"{level} m"
        for level in range(step_m, math.floor(height_m - canvas.row_m), step_m)
    }
    first = min(math.floor((canvas.top_m - height_m) / canvas.row_m + 1e-9), _ROWS - 1)
    for row in range(_ROWS):
        sign = pen.top if row == first else pen.tick if row in marks else pen.side if row > first else " "
        text = f"{height_m:g} m" if row == first else marks.get(row, "")
        yield [*f"{text:>{_RULER_COLUMNS - 2}} {sign}"]


def _scale(canvas: _Canvas) -> str:
    """A bar of meters, what a cell measures, and how tall the person is."""
    column_m = canvas.row_m / 2
    bar_m = max(length for length in (1, 2, 5, 10, 20) if length <= _BAR_COLUMNS * column_m)
    count = round(bar_m / column_m * canvas.pen.across)
    if canvas.pen is _PLAIN:
        bar = "|" + "-" * (count - 1) + "|"
    else:
        ends = [number in (0, count) for number in range(count + 1)] + [False]
        high, low = ["|" if end else " " for end in ends], ["-"] * (count + 1) + [" "]
        bar = "".join(_braille([high[at : at + 2]] * 3 + [low[at : at + 2]]) for at in range(0, count + 1, 2))
    return (
        f"{bar} {bar_m} m    one row is {canvas.row_m:.2f} m, one column {column_m:.2f} m; "
        f"the person is {_PERSON_M} m tall"
    )


def _write_labels(page: list[list[str]], canvas: _Canvas, vehicle: Vehicle) -> None:
    """Names beside the parts, moved apart where they would touch, and their marks within the parts."""
    stack = canvas.stack
    marks = _marks(stack)
    spans = [(visible_span_m(stack, part), part, center, mark, count) for part, center, mark, count in marks]
    spans.sort(key=lambda entry: -sum(entry[0]))
    texts = [_label(part, count, vehicle) for _, part, _, _, count in spans]
    middles = [(canvas.top_m - sum(span) / 2) / canvas.row_m for span, *_ in spans]
    levels = spaced(middles, [len(text) for text in texts], 0.0, float(_ROWS))
    left = _RULER_COLUMNS + canvas.columns + 4
    for (span, part, center_m, mark, _), text, middle, level in zip(
        spans, texts, middles, levels, strict=True
    ):
        first = math.floor(level - len(text) / 2 + 0.5)
        beside = _row_beside(canvas, span, range(first, first + len(text)))
        column = _RULER_COLUMNS + canvas.axis_column + round(2 * center_m / canvas.row_m)
        if mark:
            marked = min(int(middle), _ROWS - 1) if beside is None else beside
            _write_mark(page[marked], column, mark, part, canvas)
        for line, content in enumerate(text):
            row = page[first + line]
            row += " " * (left - len(row))
            row += [*f"{mark if line == 0 else '':2}{content}"]
        if beside is not None:
            _draw_leader(page[beside], left, canvas)


def _row_beside(canvas: _Canvas, span_m: tuple[float, float], rows: range) -> int | None:
    """The first of a label's rows that lies beside its part, if there is one."""
    low, high = ((canvas.top_m - level) / canvas.row_m for level in reversed(span_m))
    return next((row for row in rows if low <= row + 0.5 <= high or row == int((low + high) / 2)), None)


def _write_mark(row: list[str], column: int, mark: str, part: Part, canvas: _Canvas) -> None:
    """The mark of a part in its middle, with room beside it where the part is wide enough."""
    row[column] = mark
    if part.diameter_m > 2.5 * canvas.row_m and part.length_m > 2 * canvas.row_m:
        row[column - 1] = row[column + 1] = " "


def _draw_leader(row: list[str], left: int, canvas: _Canvas) -> None:
    """Dots from the vehicle's edge to the label."""
    first = max(column for column in range(left) if row[column] != " ") + 2
    for column in range(first, left - 1):
        row[column] = canvas.pen.leader


def _marks(stack: Stack) -> Iterator[tuple[Part, float, str, int]]:
    """Each part once, with its axis, its mark and how many there are."""
    centers = {id(part): center_m for part, center_m in stack.placed}  # of a pair, the one on the right
    for letter, (unit, count) in zip("BCDE", stack.boosters, strict=False):
        yield unit, centers[id(unit)], letter, count
    stages = 0
    for part in stack.parts:
        stages += part.kind == "stage"
        mark = {"stage": f"{stages}", "fairing": "F"}.get(part.kind, "")
        yield part, 0.0, mark, 1


def _label(part: Part, count: int, vehicle: Vehicle) -> list[str]:
    """Name and size of a part; what it holds and what drives it."""
    units = f"{count} × " if count > 1 else ""
    sure = ", estimated" if part.estimated else ""
    size = f"{number_text(part.length_m, 3)} m, ⌀ {number_text(part.diameter_m, 3)} m{sure}"
    if part.kind == "interstage":
        return [f"hatched: {number_text(part.length_m, 3)} m that the published height leaves over"]
    if part.stage is None:
        return [f"fairing   {size}   {mass_text(vehicle.fairing.mass_kg.value)}"]
    stage = part.stage
    is_counted = stage.engines_per_unit == 1 or re.search(r"\b\d+ x ", stage.engine)
    engines = "" if is_counted else f"{stage.engines_per_unit} × "
    load = f"{units}{mass_text(stage.propellant_mass_kg.value)} {stage.propellants}".rstrip()
    return [
        f"{units}{part.name}   {size}{_place(part)}",
        f"{load}   {engines}{stage.engine}".rstrip(),
    ]


def _place(part: Part) -> str:
    """Where a stage sits that others hide."""
    if part.is_enclosed:
        return ", inside the fairing"
    low_m, high_m = part.hidden_below_m or part.bottom_m, part.hidden_above_m or part.top_m
    if part.top_m - high_m > _SMALLEST_TOLD_M:
        return f", {part.top_m - high_m:.1f} m of it in the fairing"
    if low_m - part.bottom_m > _SMALLEST_TOLD_M:
        return f", {low_m - part.bottom_m:.1f} m of it in the stage below"
    return ""
