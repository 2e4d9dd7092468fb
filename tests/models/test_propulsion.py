"""Propulsion of a satellite: where its mass is counted, and the slips it catches."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.satellite import Satellite


def satellite(**propulsion):
    description = {
        "name": "s",
        "components": [{"name": "thruster", "mass_kg": 3}],
        "modes": [{"name": "on", "components": ["thruster"]}],
        "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
        "battery": {"capacity_wh": 100},
        "drag_area_m2": 1,
    }
    if propulsion:
        values = {"component": "thruster", "specific_impulse_s": 220, "propellant_mass_kg": 4}
        description["propulsion"] = values | propulsion
    return Satellite.model_validate(description)


def test_propellant_is_read_from_the_propulsion():
    assert satellite(propellant_mass_kg=4).propellant_mass_kg == 4
    assert satellite().propellant_mass_kg == 0


def test_its_component_must_be_listed():
    with pytest.raises(ValidationError, match="the propulsion names component 'engine', which is not listed"):
        satellite(component="engine")


def test_an_impulse_in_meters_per_second_is_caught():
    with pytest.raises(ValidationError, match="21000 s is above 10000 s"):
        satellite(specific_impulse_s=21000)
