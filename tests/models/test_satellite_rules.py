"""What is said of satellites whose parts, modes and units do not agree, and where."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.satellite import Satellite

RADIO = {
    "component": "radio", "frequency_mhz": 2200, "rf_power_dbw": 3, "antenna_gain_dbi": 3,
    "data_rate_mbit_s": 1, "required_eb_n0_db": 4,
}  # fmt: skip
ION = {
    "component": "ion", "specific_impulse_s": 2000, "propellant_mass_kg": 0.2, "kind": "electric",
    "thrust_n": 3e-4,
}  # fmt: skip


def described(*parts, **changes):
    """A bus and a radio, which listens always and sends over stations."""
    return {
        "name": "s",
        "components": [
            {"name": "bus", "mass_kg": 10, "power_w": 5},
            {"name": "radio", "mass_kg": 1, "power_w": 1.5, "mode_power_w": {"talk": 10.8}},
            *parts,
        ],
        "modes": [
            {"name": "on", "components": ["bus", "radio"]},
            {"name": "talk", "when": "over-station", "components": ["radio"]},
        ],
        "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
        "battery": {"capacity_wh": 100},
        "transmitter": RADIO,
        "drag_area_m2": 1,
    } | changes


def complaints(*parts, **changes):
    """Each complaint's place, sentence and help."""
    with pytest.raises(ValidationError) as caught:
        Satellite.model_validate(described(*parts, **changes))
    return [(error["loc"], error["msg"], error["ctx"]["help"]) for error in caught.value.errors()]


def test_the_transmitter_sends_where_its_part_draws_most():
    satellite = Satellite.model_validate(described())
    assert satellite.sending_modes == ("talk",)
    radio = satellite.components[1]
    assert (radio.power_in_mode_w("on"), radio.power_in_mode_w("talk")) == (1.5, 10.8)
    two = radio.model_copy(update={"count": 2})
    assert two.power_in_mode_w("talk") == 21.6
    equal = described()
    equal["components"][1] = {"name": "radio", "mass_kg": 1, "power_w": 10.8}
    assert Satellite.model_validate(equal).sending_modes == ("on", "talk")
    assert Satellite.model_validate(described(transmitter=None)).sending_modes == ()


def test_a_mode_and_a_power_by_mode_are_named_once_and_there():
    modes = [*described()["modes"], {"name": "on", "components": ["bus"]}]
    assert complaints(modes=modes) == [
        (("modes", 2, "name"), "mode 'on' is listed twice", "give each mode its own name")
    ]
    camera = {"name": "camera", "mass_kg": 1, "mode_power_w": {"tlak": 4, "on": 3}}
    assert complaints(camera) == [
        (
            ("components", 2, "mode_power_w", "tlak"),
            "mode_power_w of 'camera' names mode 'tlak', which is not listed",
            "did you mean 'talk'?",
        ),
        (
            ("components", 2, "mode_power_w", "on"),
            "mode_power_w of 'camera' names mode 'on', which does not have it on",
            "list 'camera' in the components of that mode, or leave the power out",
        ),
    ]


def test_units_are_parts():
    found = complaints(
        battery={"capacity_wh": 100, "component": "cells"},
        solar_array={"area_m2": 1, "cell_efficiency_ratio": 0.3, "component": "bu"},
    )
    assert found == [
        (
            ("battery", "component"),
            "the battery names component 'cells', which is not listed",
            "components: bus, radio",
        ),
        (
            ("solar_array", "component"),
            "the solar array names component 'bu', which is not listed",
            "did you mean 'bus'?",
        ),
    ]


def test_what_is_radiated_is_drawn():
    """20 dBW are 100 W, of 10.8 W; 33 dBm, which were meant, are 2 W."""
    assert complaints(transmitter=RADIO | {"rf_power_dbw": 20}) == [
        (
            ("transmitter", "rf_power_dbw"),
            "the RF output is 100 W (20 dBW), and component 'radio' draws 10.8 W (10.3 dBW) while it sends",
            "is it in dBm? 20 dBm are -10 dBW; or give 'radio' the power that it draws",
        )
    ]
    Satellite.model_validate(described(transmitter=RADIO | {"rf_power_dbw": 10.3}))  # 10.72 W


def test_a_transmitter_draws_something():
    parts = [{"name": "bus", "mass_kg": 10}, {"name": "radio", "mass_kg": 1}]
    assert complaints(components=parts) == [
        (
            ("transmitter", "rf_power_dbw"),
            "the RF output is 1.995 W (3 dBW), and component 'radio' draws 0 W while it sends",
            "give 'radio' the power that it draws",
        )
    ]


def test_electric_propulsion_draws_its_power_in_a_mode():
    thruster = {"name": "ion", "mass_kg": 1, "power_w": 40, "count": 2}
    ((place, text, help),) = complaints(thruster, propulsion=ION)
    assert place == ("propulsion", "component")
    assert text == "the electric propulsion 'ion' draws 80 W while it thrusts, and no mode has it on"
    assert 'components = ["ion"]' in help
    modes = [*described()["modes"], {"name": "thrust", "components": ["ion"], "duty_fraction": 0.3}]
    Satellite.model_validate(described(thruster, propulsion=ION, modes=modes))
    Satellite.model_validate(described(thruster | {"power_w": 0}, propulsion=ION))
    chemical = {"component": "ion", "specific_impulse_s": 220, "propellant_mass_kg": 1}
    Satellite.model_validate(described(thruster, propulsion=chemical))


def test_data_are_told_once():
    camera = {"name": "camera", "mass_kg": 1, "data_rate_mbit_s": 20, "count": 2}
    look = {"name": "look", "components": ["camera"], "data_rate_mbit_s": 40}
    modes = [*described()["modes"], look]
    assert complaints(camera, modes=modes) == [
        (
            ("modes", 2, "data_rate_mbit_s"),
            "mode 'look' and its component 'camera' both make 40 Mbit/s",
            "data of parts and modes add up; leave one of the two out",
        )
    ]
    modes[2] = look | {"data_rate_mbit_s": 1}
    Satellite.model_validate(described(camera, modes=modes))


WHITE = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
BODY = {"faces": [{"name": "front", "area_m2": 1, "normal": [1, 0, 0], "finish": WHITE}]}


@pytest.mark.parametrize(
    ("part", "changes", "place"),
    [
        ({"face": "top"}, {"body": BODY}, ("components", 2, "face")),
        ({}, {"body": BODY | {"heater": "warmer"}}, ("body", "heater")),
        (
            {"min_temperature_c": 40, "max_temperature_c": 0},
            {"body": BODY},
            ("components", 2, "min_temperature_c"),
        ),
        ({"max_dose_krad": 5}, {}, ("components", 2, "max_dose_krad")),
        (
            {},
            {"solar_array": {"mounting": "faces", "cell_efficiency_ratio": 0.3}},
            ("solar_array", "mounting"),
        ),
    ],
)
def test_seats_heaters_limits_doses_and_cells_are_told_at_their_keys(part, changes, place):
    ((told, _, _),) = complaints({"name": "camera", "mass_kg": 1} | part, **changes)
    assert told == place
