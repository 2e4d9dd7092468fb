"""Where parts stand: every vehicle of the catalog, against its published height and diameters."""

from itertools import pairwise

import pytest

from cosmodrome.catalog import audit, find_vehicle, vehicle_names
from cosmodrome.outputs.vehicle_geometry import vehicle_stack
from cosmodrome.outputs.vehicle_outline import (
    bell_outlines,
    hidden_outline,
    part_outline,
    spaced,
    visible_span_m,
)

VEHICLES = vehicle_names()


def _extent(outline, axis):
    return min(point[axis] for point in outline), max(point[axis] for point in outline)


@pytest.mark.parametrize("name", VEHICLES)
def test_the_drawing_is_as_tall_as_published_or_the_audit_says_why_not(name):
    vehicle = find_vehicle(name)
    stack = vehicle_stack(vehicle)
    tip = stack.parts[-1]
    assert tip.kind == "fairing"
    assert stack.drawn_height_m == pytest.approx(tip.top_m)
    is_told = any(finding.rule == "height" for finding in audit(vehicle))
    assert stack.drawn_height_m == pytest.approx(vehicle.height_m.value, rel=0.02) or is_told


@pytest.mark.parametrize("name", VEHICLES)
def test_parts_have_the_published_lengths_and_diameters(name):
    vehicle = find_vehicle(name)
    stack = vehicle_stack(vehicle)
    drawn = {id(part): (part, center) for part, center in stack.placed}.values()
    assert [part.stage for part in stack.parts if part.stage] == [
        stage for stage in vehicle.stages if stage.role != "booster"
    ]
    for part, center in drawn:
        stage = part.stage
        if stage is not None and stage.length_m is not None:
            assert part.length_m == stage.length_m.value
        if stage is not None and stage.diameter_m is not None:
            assert part.diameter_m == stage.diameter_m.value
        outline = part_outline(part, center)
        left, right = _extent(outline, 0)
        widest = max(part.diameter_m, part.top_diameter_m or 0.0)
        assert (left, right) == (pytest.approx(center - widest / 2), pytest.approx(center + widest / 2))
        bells = [point for bell in bell_outlines(part, center) for point in bell]
        low, high = _extent((*outline, *bells), 1)
        assert (low, high) == (pytest.approx(part.bottom_m), pytest.approx(part.top_m))


@pytest.mark.parametrize("name", VEHICLES)
def test_parts_leave_no_hole_and_only_sit_in_what_can_hold_them(name):
    stack = vehicle_stack(find_vehicle(name))
    assert stack.parts[0].bottom_m == 0.0
    for below, above in pairwise(stack.parts):
        assert above.bottom_m <= below.top_m + 0.05
    fairing = stack.parts[-1]
    for part in stack.parts[:-1]:
        assert part.top_m < fairing.top_m
        if part.hidden_above_m is not None:
            assert part.diameter_m <= fairing.diameter_m
            assert part.top_m <= fairing.bottom_m + 0.46 * fairing.length_m
        if part.hidden_below_m is not None:
            assert part.hidden_below_m <= part.bottom_m + 0.51 * part.length_m
        is_hidden = part.hidden_above_m is not None or part.hidden_below_m is not None
        assert (hidden_outline(part) is not None) == is_hidden


@pytest.mark.parametrize("name", VEHICLES)
def test_strap_ons_touch_the_core_and_not_each_other(name):
    stack = vehicle_stack(find_vehicle(name))
    core = stack.parts[0].diameter_m / 2
    for number, (unit, count) in enumerate(stack.boosters):
        centers = [center for part, center in stack.placed if part is unit]
        assert len(centers) == min(count, 2)
        assert unit.bottom_m == 0.0
        if number == 0:
            assert all(abs(center) == pytest.approx(core + unit.diameter_m / 2) for center in centers)
        else:
            assert all(abs(center) >= unit.diameter_m / 2 for center in centers)
            assert all(abs(center) + unit.diameter_m / 2 <= core for center in centers)


@pytest.mark.parametrize("name", VEHICLES)
def test_every_label_has_a_place_on_its_part(name):
    stack = vehicle_stack(find_vehicle(name))
    for part in (*stack.parts, *(unit for unit, _ in stack.boosters)):
        low, high = visible_span_m(stack, part)
        assert part.bottom_m <= low < high <= part.top_m


def test_a_kick_stage_flies_in_the_fairing_where_the_lengths_do_not_add_up_otherwise():
    enclosed = {
        name: [part.name for part in vehicle_stack(find_vehicle(name)).parts if part.is_enclosed]
        for name in ("proton-m-briz-m", "epsilon", "soyuz-2.1b-fregat", "rokot", "saturn-v", "h-iia-202")
    }
    assert enclosed == {
        "proton-m-briz-m": ["Briz-M"],
        "epsilon": ["Stage 3 (KM-V2c)", "PBS"],
        "soyuz-2.1b-fregat": ["Fregat-M"],
        "rokot": [],
        "saturn-v": [],
        "h-iia-202": [],
    }


def test_a_stage_as_wide_as_the_fairing_sits_in_the_stage_below():
    stack = vehicle_stack(find_vehicle("h-iia-202"))
    first, second, fairing = stack.parts
    assert second.hidden_below_m == pytest.approx(first.top_m)
    assert fairing.bottom_m == pytest.approx(second.top_m)


def test_labels_move_as_little_as_it_takes():
    assert spaced([3.0], [2.0], 0.0, 10.0) == (3.0,)
    assert spaced([0.0, 9.9], [2.0, 2.0], 0.0, 10.0) == (1.0, 9.0)
    crowded = spaced([4.0, 4.1, 4.2, 9.0], [2.0, 1.0, 2.0, 1.0], 0.0, 10.0)
    assert crowded == pytest.approx((2.6, 4.1, 5.6, 9.0))
    assert spaced([], [], 0.0, 1.0) == ()
