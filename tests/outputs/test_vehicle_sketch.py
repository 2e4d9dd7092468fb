"""The vehicle in a terminal: read back from its characters, for every vehicle of the catalog."""

import math

import pytest

from cosmodrome.catalog import audit, find_vehicle, vehicle_names
from cosmodrome.outputs.labels import mass_text
from cosmodrome.outputs.vehicle_geometry import vehicle_stack
from cosmodrome.outputs.vehicle_outline import visible_span_m
from cosmodrome.outputs.vehicle_sketch import vehicle_sketch

VEHICLES = vehicle_names()
ROWS, LEFT = 40, 13  # of the drawing; columns before it: ruler and person
DOTS = {0: (0x01, 0x08), 1: (0x02, 0x10), 2: (0x04, 0x20), 3: (0x40, 0x80)}


def _dots(lines):
    """Columns of the dots of each row of dots, from the top."""
    rows = []
    for line in lines[:ROWS]:
        cells = [(at, ord(sign) - 0x2800) for at, sign in enumerate(line) if 0x2800 <= ord(sign) < 0x2900]
        for down in range(4):
            rows.append(
                [
                    2 * (at - LEFT) + across
                    for at, bits in cells
                    for across in range(2)
                    if at >= LEFT and bits & DOTS[down][across]
                ]
            )
    return rows


@pytest.fixture(params=VEHICLES, scope="module")
def drawn(request):
    vehicle = find_vehicle(request.param)
    return vehicle, vehicle_stack(vehicle), vehicle_sketch(vehicle).split("\n")


def test_it_is_to_scale_upright(drawn):
    vehicle, stack, lines = drawn
    rows = _dots(lines)
    dot_m = max(stack.height_m, stack.drawn_height_m) / len(rows)
    first = next(number for number, columns in enumerate(rows) if columns)
    last = max(number for number, columns in enumerate(rows) if columns)
    height_m = (last + 1 - first) * dot_m
    assert height_m == pytest.approx(stack.drawn_height_m, rel=0.02)
    is_told = any(finding.rule == "height" for finding in audit(vehicle))
    assert height_m == pytest.approx(vehicle.height_m.value, rel=0.02) or is_told


def test_it_is_to_scale_across(drawn):
    _, stack, lines = drawn
    rows = _dots(lines)
    top_m = max(stack.height_m, stack.drawn_height_m)
    dot_m = top_m / len(rows)
    tallest = max((unit.top_m for unit, _ in stack.boosters), default=0.0)
    for part in stack.parts:
        low, high = visible_span_m(stack, part)
        within = rows[math.ceil((top_m - high) / dot_m) : math.floor((top_m - max(low, tallest)) / dot_m)]
        widths = [(max(columns) - min(columns) + 1) * dot_m for columns in within if columns]
        if len(widths) > 4 and part.kind in ("stage", "fairing") and not part.is_enclosed:
            assert max(widths) == pytest.approx(part.diameter_m, abs=1.01 * dot_m), part.name
    drawn_m = (max(map(max, filter(None, rows))) - min(map(min, filter(None, rows))) + 1) * dot_m
    sides = [center + side * part.diameter_m / 2 for part, center in stack.placed for side in (-1, 1)]
    assert drawn_m == pytest.approx(max(sides) - min(sides), abs=1.01 * dot_m)


@pytest.mark.parametrize("ascii_only", [False, True])
def test_every_part_is_named_with_its_load(drawn, ascii_only):
    vehicle, stack, _ = drawn
    text = vehicle_sketch(vehicle, ascii_only=ascii_only)
    assert max(map(len, text.split("\n"))) <= 110
    assert len(text.split("\n")) == ROWS + 2
    assert f"{vehicle.height_m.value:g} m" in text
    for stage in vehicle.stages:
        assert stage.name in text
        assert f"{mass_text(stage.propellant_mass_kg.value)} {stage.propellants}" in text
        assert stage.engine in text
    assert text.isascii() == ascii_only
    numbers = [f"{number + 1}" for number in range(sum(part.kind == "stage" for part in stack.parts))]
    letters = [*numbers, "F", *"BC"[: len(stack.boosters)]]
    lines = [line[9:] for line in text.split("\n")[:ROWS]]
    for letter in letters:
        assert sum(line.count(letter) for line in lines) >= 2, letter  # in the part and at its label


@pytest.mark.parametrize(("name", "is_shown"), [("electron", True), ("saturn-v", True)])
def test_a_person_stands_beside_it_to_scale(name, is_shown):
    lines = vehicle_sketch(find_vehicle(name)).split("\n")[:ROWS]
    column_rows = [number for number, line in enumerate(lines) if line[10:13].strip()]
    assert bool(column_rows) == is_shown
    row_m = find_vehicle(name).height_m.value / ROWS
    assert (ROWS - column_rows[0]) * row_m == pytest.approx(1.75, abs=row_m)


def test_angara_in_ascii():
    lines = vehicle_sketch(find_vehicle("angara-1.2"), ascii_only=True).split("\n")
    assert lines[0].split() == ["42.7", "m", "+", "^"]
    assert lines[-2].split()[:2] == ["0", "m"]
    assert "5 m    one row is 1.07 m, one column 0.53 m; the person is 1.75 m tall" in lines[-1]
    assert any("| 2 | ... 2 URM-2 (small, Blok-I derived)   6.9 m, dia. 2.66 m" in line for line in lines)


def test_what_is_hidden_or_left_over_is_told_apart():
    text = vehicle_sketch(find_vehicle("angara-a5-briz-m"), ascii_only=True)
    assert "Briz-M   2.6 m, dia. 4 m, inside the fairing" in text
    assert "%%3%%" in text
    assert "hatched: 6.6 m that the published height leaves over" in text
    assert "|/ /|" in text
    assert "4 x URM-1 boosters" in text
    assert "of it in the stage below" in vehicle_sketch(find_vehicle("h-iia-202"))
    assert "of it in the fairing" in vehicle_sketch(find_vehicle("cz-3b-e"))


def test_a_long_label_is_cut_at_the_edge():
    vehicle = find_vehicle("electron")
    stages = tuple(stage.model_copy(update={"name": "x" * 200}) for stage in vehicle.stages)
    text = vehicle_sketch(vehicle.model_copy(update={"stages": stages}))
    assert max(map(len, text.split("\n"))) == 110
    assert "…" in text
