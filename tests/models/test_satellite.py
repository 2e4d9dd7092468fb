"""Satellites that say a thing twice, or not at all."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.satellite import Satellite

WHITE = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
BODY = {"faces": [{"name": "one", "area_m2": 1, "normal": [1, 0, 0], "finish": WHITE}]}
SMALL = {
    "name": "trial",
    "components": [{"name": "bus", "mass_kg": 10}],
    "modes": [{"name": "idle", "components": ["bus"]}],
    "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
    "battery": {"capacity_wh": 100},
}
INERTIA = {"principal_inertia_kg_m2": [1, 1, 1]}


@pytest.mark.parametrize(
    ("fields", "said", "advice"),
    [
        ({}, "no area in the flow", "give drag_area_m2, or [satellite.body] with its faces"),
        (
            {"body": BODY, "disposal_area_m2": 5, "attitude_after_mission": "nadir"},
            "the area after the mission is given twice",
            "give disposal_area_m2 or attitude_after_mission",
        ),
        (
            {"drag_area_m2": 1, "attitude_after_mission": "tumbling"},
            "attitude_after_mission without faces has no area",
            "give disposal_area_m2, or [satellite.body] with its faces",
        ),
        (
            {"drag_area_m2": 1, "attitude": "tumbling", "attitude_control": INERTIA},
            "a tumbling satellite has no attitude to control",
            'give attitude = "nadir", "sun" or "target", or leave [satellite.attitude_control] out',
        ),
    ],
)
def test_what_is_said_of_areas_and_attitudes(fields, said, advice):
    with pytest.raises(ValidationError) as raised:
        Satellite.model_validate(SMALL | fields)
    (error,) = raised.value.errors()
    assert (error["msg"], error["ctx"]["help"]) == (said, advice)


def test_faces_or_an_area_are_enough():
    faced = Satellite.model_validate(SMALL | {"body": BODY})
    assert faced.drag_area_m2 is None
    assert (faced.attitude, faced.attitude_after_mission) == ("nadir", None)
    assert Satellite.model_validate(faced.model_dump()) == faced
    assert Satellite.model_validate(SMALL | {"drag_area_m2": 1}).body is None
