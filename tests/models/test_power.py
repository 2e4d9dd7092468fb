"""What the models say of arrays and bodies that cannot be, and what they make of those that can."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.body import Body, BodyFace
from cosmodrome.models.power import Cell, SolarArray
from cosmodrome.models.satellite import Satellite

CELL = {"name": "cell", "efficiency_ratio": 0.3, "efficiency_change_per_k": -0.0023}
WHITE = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
FRONT = {"name": "front", "area_m2": 1.0, "normal": (1, 0, 0), "finish": WHITE}


def said(model, **described):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(described)
    (error,) = caught.value.errors()
    return error["msg"], error["ctx"]["help"]


@pytest.mark.parametrize(
    ("described", "message", "help"),
    [
        ({"cell_efficiency_ratio": 0.3}, "the array has no area", 'give area_m2, or mounting = "faces"'),
        ({"area_m2": 1.0}, "the array has no cells", "give either cell or cell_efficiency_ratio"),
        (
            {"area_m2": 1.0, "cell": CELL, "cell_efficiency_ratio": 0.3},
            "the array has its cells' efficiency twice",
            "give either cell or cell_efficiency_ratio",
        ),
        (
            {"area_m2": 1.0, "cell": CELL, "power_path": "peak-power-tracking"}
            | {"regulation_efficiency_ratio": 0.9},
            "the array's path has two efficiencies",
            "give power_path or regulation_efficiency_ratio",
        ),
        (
            {"area_m2": 1.0, "cell": CELL, "fluence_per_cm2": 1e15},
            "a fluence is given, but not what it does",
            "name a cell with fluence_knee_per_cm2",
        ),
        (
            {"area_m2": 1.0, "cell": CELL, "operating_temperature_c": 60.0},
            "the array's temperature counts twice",
            "give inherent_degradation_ratio without temperature; SMAD's nominal assembly is 0.85",
        ),
    ],
)
def test_arrays_that_cannot_be(described, message, help):
    assert said(SolarArray, **described) == (message, help)


def test_faces_that_cannot_be():
    assert said(BodyFace, **FRONT | {"normal": (0, 0, 0)}) == (
        "the normal is zero",
        "give a direction such as [1, 0, 0]",
    )
    assert said(BodyFace, **FRONT | {"cell_area_m2": 1.5}) == (
        "face 'front' of 1 m2 carries 1.5 m2 of cells",
        "cell_area_m2 is a part of area_m2",
    )
    assert said(Body, faces=[FRONT, FRONT]) == (
        "face 'front' is listed twice",
        "give each face its own name",
    )
    assert said(Body, faces=[FRONT], conductance_w_k=0.0) == (
        "the inside is joined to no face, so its heat stays in it",
        'give conductance_w_k, or nodes = "one"',
    )
    assert Body.model_validate({"faces": [FRONT], "conductance_w_k": 0.0, "nodes": "one"}).nodes == "one"


def satellite(**changes):
    return {
        "name": "trial",
        "components": [{"name": "bus", "mass_kg": 10.0}],
        "modes": [{"name": "idle", "components": ["bus"]}],
        "solar_array": {"area_m2": 1.0, "cell_efficiency_ratio": 0.3},
        "battery": {"capacity_wh": 100.0},
        "drag_area_m2": 1.0,
    } | changes


@pytest.mark.parametrize(
    ("changes", "message", "help"),
    [
        (
            {"components": [{"name": "bus", "mass_kg": 10.0, "face": "top"}]},
            "component 'bus' sits on face 'top', which is not listed",
            "faces: none; describe a body",
        ),
        (
            {"components": [{"name": "bus", "mass_kg": 10.0, "face": "top"}], "body": {"faces": [FRONT]}},
            "component 'bus' sits on face 'top', which is not listed",
            "faces: front",
        ),
        (
            {
                "components": [
                    {"name": "bus", "mass_kg": 10.0, "min_temperature_c": 40, "max_temperature_c": 0}
                ]
            },
            "component 'bus' works from 40 to 0 deg C",
            "give a min_temperature_c below its max_temperature_c",
        ),
        (
            {"body": {"faces": [FRONT], "heater": "warmer"}},
            "the heater 'warmer' is not a component",
            "list it among the components, with its power_w",
        ),
        (
            {"body": {"faces": [FRONT]}, "solar_array": {"mounting": "faces", "cell": CELL}},
            "the array has no area: no face carries cells",
            "give faces a cell_area_m2",
        ),
    ],
)
def test_satellites_that_cannot_be(changes, message, help):
    assert said(Satellite, **satellite(**changes)) == (message, help)


def test_the_path_sets_what_the_battery_is_charged_with():
    """X_d 0.80 and X_e 0.60 (SMAD): 0.80 x charge x 0.9 to the load."""
    array = {"area_m2": 1.0, "cell": CELL, "power_path": "peak-power-tracking"}
    found = Satellite.model_validate(satellite(solar_array=array))
    path = found.solar_array.daylight_path_ratio
    assert path == 0.80
    storage = found.storage
    assert path * storage.charge_efficiency_ratio * storage.transmission_efficiency_ratio == pytest.approx(
        0.6
    )
    plain = Satellite.model_validate(satellite())
    assert plain.storage == plain.battery
    assert plain.solar_array.daylight_path_ratio == 0.85


def test_an_array_takes_its_cells_loss_unless_it_has_its_own():
    cell = Cell.model_validate(CELL | {"degradation_per_year_fraction": 0.02})
    assert SolarArray(area_m2=1.0, cell=cell).loss_per_year_fraction == 0.02
    own = SolarArray(area_m2=1.0, cell=cell, degradation_per_year_fraction=0.03)
    assert own.loss_per_year_fraction == 0.03
    assert SolarArray(area_m2=1.0, cell_efficiency_ratio=0.3).loss_per_year_fraction == 0.005


def test_cells_on_faces_are_the_arrays_area():
    body = {"faces": [FRONT | {"cell_area_m2": 0.4}, FRONT | {"name": "back", "cell_area_m2": 0.3}]}
    array = {"mounting": "faces", "cell": CELL}
    assert Satellite.model_validate(satellite(body=body, solar_array=array)).array_area_m2 == pytest.approx(
        0.7
    )
