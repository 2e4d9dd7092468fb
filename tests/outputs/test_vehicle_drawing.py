import itertools

import pytest

from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.models.vehicle import Vehicle
from cosmodrome.outputs.style import svg_text
from cosmodrome.outputs.vehicle_drawing import vehicle_caption, vehicle_drawing, vehicle_svg
from cosmodrome.outputs.vehicle_geometry import vehicle_stack


def _with(vehicle, height_m=None, stages=None):
    description = vehicle.model_dump()
    if height_m is not None:
        description["height_m"] = {"value": height_m, "source": "test"}
    if stages is not None:
        description["stages"] = stages(description["stages"])
        description["gross_mass_kg"]["value"] = 800e3
    return Vehicle.model_validate(description)


def test_the_top_of_the_drawing_is_the_published_height(mission):
    for height in (40.0, 42.7, 43.4, 47.0):
        stack = vehicle_stack(_with(mission.vehicle, height_m=height))
        assert stack.parts[-1].top_m == pytest.approx(height)
        assert stack.parts[0].bottom_m == 0.0


def test_angara_parts_exceed_its_height_so_the_upper_stage_is_nested(mission):
    stack = vehicle_stack(mission.vehicle)
    assert stack.sum_of_parts_m == pytest.approx(25.7 + 6.9 + 10.8)
    assert stack.gap_m == pytest.approx(-0.7)
    assert stack.parts[1].bottom_m == pytest.approx(25.0)
    assert "nested" in vehicle_caption(mission.vehicle)
    assert "42.7 m" in vehicle_caption(mission.vehicle)


def test_a_gap_becomes_an_estimated_interstage(mission):
    vehicle = _with(mission.vehicle, height_m=46.0)
    stack = vehicle_stack(vehicle)
    joint = stack.parts[1]
    assert joint.kind == "interstage"
    assert joint.estimated
    assert joint.length_m == pytest.approx(46.0 - 43.4)
    assert joint.top_m == stack.parts[2].bottom_m
    assert "interstage" in vehicle_caption(vehicle)


def test_a_stage_without_length_takes_what_is_left(mission):
    def forget(stages):
        return [stages[0], stages[1] | {"length_m": None}]

    stack = vehicle_stack(_with(mission.vehicle, stages=forget))
    assert stack.parts[1].length_m == pytest.approx(42.7 - 25.7 - 10.8)
    assert stack.parts[1].estimated


def test_boosters_stand_beside_the_core_and_are_counted(mission):
    def strapped(stages):
        booster = stages[0] | {"role": "booster", "name": "side", "count": 4}
        return [booster, *stages]

    vehicle = _with(mission.vehicle, stages=strapped)
    stack = vehicle_stack(vehicle)
    assert [(unit.name, count) for unit, count in stack.boosters] == [("side", 4)]
    assert len([part for part in stack.parts if part.kind == "stage"]) == 2
    assert "4 × side" in svg_text(vehicle_drawing(vehicle), "vehicle")


def test_the_drawing_carries_its_dimension(mission):
    figure = vehicle_drawing(mission.vehicle)
    assert "42.7 m" in svg_text(figure, "vehicle")
    axes = figure.axes[0]
    assert axes.get_aspect() == 1.0


@pytest.mark.parametrize("name", vehicle_names())
def test_labels_stay_clear_of_each_other_and_within_the_figure(name):
    axes = vehicle_drawing(find_vehicle(name)).axes[0]
    low, high = axes.get_ylim()
    names = sorted(text.get_position()[1] for text in axes.texts if "\n" in text.get_text())
    tall = 0.057 * vehicle_stack(find_vehicle(name)).height_m
    assert all(above - below > tall for below, above in itertools.pairwise(names))
    assert low < names[0]
    assert names[-1] < high


def test_the_figure_stands_on_the_ground_line():
    axes = vehicle_drawing(find_vehicle("falcon-9-expendable")).axes[0]
    lowest = min(patch.get_xy()[:, 1].min() for patch in axes.patches if hasattr(patch, "get_xy"))
    assert lowest == 0.0


def test_a_drawing_taller_than_published_says_so():
    caption = vehicle_caption(find_vehicle("cz-4c"))
    assert "45.8 m" in caption
    assert "The parts reach 47.4 m even so" in caption


def test_the_svg_stands_alone_and_is_the_same_every_time():
    vehicle = find_vehicle("proton-m-briz-m")
    text = vehicle_svg(vehicle)
    assert text.startswith("<svg")
    assert 'xmlns="http://www.w3.org/2000/svg"' in text
    assert "Briz-M, in the fairing" in text
    assert text == vehicle_svg(vehicle)
