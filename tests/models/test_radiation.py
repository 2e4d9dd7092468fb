"""What a mission file may say of shields and doses."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.components import Component
from cosmodrome.models.radiation import Radiation
from cosmodrome.models.satellite import Satellite


def said(model, **described):
    with pytest.raises(ValidationError) as caught:
        model.model_validate(described)
    (error,) = caught.value.errors()
    return error["msg"], error.get("ctx", {}).get("help", "")


def test_the_design_margin_is_two_where_none_is_given():
    assert Radiation(shielding_mm=2).design_margin_ratio == 2.0


@pytest.mark.parametrize("shielding_mm", [0.0, 0.05, 25.0])
def test_shields_outside_of_the_tables_are_refused(shielding_mm):
    message, help = said(Radiation, shielding_mm=shielding_mm)
    assert f"{shielding_mm:g} mm" in message
    assert "of aluminum" in help


def test_a_dose_in_another_unit_is_suspected():
    message, help = said(Component, name="memory", mass_kg=1, max_dose_krad=5e5)
    assert "500000 krad" in message
    assert help.endswith("is this in rad or in Gy?")


def test_a_stated_dose_needs_a_shield():
    satellite = {
        "name": "small",
        "components": [{"name": "bus", "mass_kg": 1, "max_dose_krad": 20, "shielding_mm": 3}],
        "modes": [{"name": "idle", "components": ["bus"]}],
        "solar_array": {"area_m2": 0.6, "cell_efficiency_ratio": 0.29},
        "battery": {"capacity_wh": 200},
        "drag_area_m2": 0.8,
    }
    message, help = said(Satellite, **satellite)
    assert message == "component 'bus' stands 20 krad, and [satellite.radiation] is missing"
    assert help == "give [satellite.radiation] with shielding_mm"
    Satellite.model_validate(satellite | {"radiation": {"shielding_mm": 2}})
