"""What a mission file asks of what is not there, or of an orbit that no equation here covers."""

import pytest
from pydantic import ValidationError

from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.models.mission import Mission

CIRCLE = {"kind": "circular", "altitude_km": 550, "inclination_deg": 97.6}
THRUSTER = {"component": "bus", "specific_impulse_s": 220, "propellant_mass_kg": 2}
CAMERA = {
    "component": "bus",
    "focal_length_mm": 600,
    "aperture_mm": 100,
    "pixel_pitch_um": 5,
    "pixels_count": 4000,
}
ULM = {"name": "Ulm", "latitude_deg": 48.4, "longitude_deg": 10.0}


def mission(asked, target=CIRCLE, **parts):
    return Mission.model_validate(
        {
            "name": "trial",
            "vehicle": find_vehicle("angara-1.2"),
            "site": find_site("vostochny"),
            "target": target,
            "requirements": asked,
            "satellite": {
                "name": "trial",
                "components": [{"name": "bus", "mass_kg": 50}],
                "modes": [{"name": "on", "components": ["bus"]}],
                "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
                "battery": {"capacity_wh": 100},
                "drag_area_m2": 1,
                **parts,
            },
        }
    )


def told(asked, target=CIRCLE, **parts):
    with pytest.raises(ValidationError) as raised:
        mission(asked, target, **parts)
    (error,) = raised.value.errors()
    return error["msg"], error["ctx"]["help"]


def test_what_is_there_may_be_asked():
    asked = {"revisit_days": 3, "imaging_targets": [ULM], "maneuvers": {}}
    accepted = mission(asked, propulsion=THRUSTER, imager=CAMERA).requirements
    assert accepted.revisit_days == 3
    assert [place.name for place in accepted.imaging_targets] == [ULM["name"]]
    assert accepted.maneuvers is not None


@pytest.mark.parametrize(
    ("asked", "table"),
    [
        ({"pointing_deg": 0.1}, "[satellite.attitude_control]"),
        ({"slew_duration_s": 60}, "[satellite.attitude_control]"),
        ({"swath_km": 10}, "[satellite.imager]"),
        ({"maneuvers": {}}, "[satellite.propulsion]"),
    ],
)
def test_what_is_not_there_may_not(asked, table):
    (key,) = asked
    message, help = told(asked)
    assert message == f"requirements.{key} is asked of a mission without {table}"
    assert help == f"give {table}, or leave {key} out"


def test_a_revisit_needs_places_each_of_its_own_name():
    assert told({"revisit_days": 3}, imager=CAMERA)[0] == (
        "requirements.revisit_days is asked without a place to see"
    )
    assert told({"imaging_targets": [ULM, ULM]})[0] == "imaging target 'Ulm' is listed twice"


def test_a_mode_over_targets_needs_them():
    modes = [{"name": "look", "when": "over-target", "components": ["bus"]}]
    message, help = told({}, modes=modes)
    assert (message, help) == (
        "mode 'look' is on over targets, and none is listed",
        "give requirements.imaging_targets",
    )
    mission({"imaging_targets": [ULM]}, modes=modes)


@pytest.mark.parametrize(
    "target",
    [
        {
            "kind": "elliptical",
            "perigee_altitude_km": 250,
            "apogee_altitude_km": 35786,
            "inclination_deg": 60,
        },
        {"kind": "circular", "altitude_km": 550, "inclination_deg": 0},
    ],
)
def test_corrections_of_the_injection_end_where_their_equations_do(target):
    message, help = told({"maneuvers": {}}, target, propulsion=THRUSTER)
    assert message.startswith("the correction of the injection is computed for near-circular inclined orbits")
    assert help == "set corrects_injection = false, and give maneuver_delta_v_m_s"
    mission({"maneuvers": {"corrects_injection": False}}, target, propulsion=THRUSTER)


def test_electric_thrust_is_asked_for():
    with pytest.raises(ValidationError, match="electric propulsion without thrust_n"):
        mission({}, propulsion={**THRUSTER, "kind": "electric"})
