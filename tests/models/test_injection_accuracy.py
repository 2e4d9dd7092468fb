"""What a table of injection accuracies may hold, and the sentence for each thing that it may not."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.injection_accuracy import SIGMA_LEVELS, InjectionAccuracy

TABLE = {
    "orbit": "SSO",
    "perigee_altitude_km": 500,
    "apogee_altitude_km": 500,
    "sigma_level": 3,
    "semi_major_axis_error_km": 15,
    "eccentricity_error": 0.0012,
    "inclination_error_deg": 0.15,
}


def complaint(**changes):
    table = {key: value for key, value in {**TABLE, **changes}.items() if value is not None}
    with pytest.raises(ValidationError) as caught:
        InjectionAccuracy.model_validate(table)
    (error,) = caught.value.errors()
    return f"{error['msg']}; {error['ctx'].get('help', '')}"


def test_a_table_says_what_it_is_for():
    assert repr(InjectionAccuracy.model_validate(TABLE)) == "<InjectionAccuracy for SSO, 3 sigma>"


@pytest.mark.parametrize("level", SIGMA_LEVELS)
def test_the_levels_of_the_guides_are_known(level):
    assert InjectionAccuracy.model_validate({**TABLE, "sigma_level": level}).sigma_level == level


def test_another_level_is_not_known():
    assert complaint(sigma_level=2.5) == (
        "2.5 is no sigma level that guides use, expected one of 1, 2, 2.33, 3; divide the numbers by the "
        "level and state them at 1"
    )


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("semi_major_axis_error_km", -15, "-15 km is below 0 km; an accuracy is a half-width"),
        ("semi_major_axis_error_km", 15_000, "15000 km is above 1000 km; no launcher misses by that much"),
        ("eccentricity_error", -0.001, "-0.001 of eccentricity is below 0"),
        ("eccentricity_error", 0.3, "0.3 of eccentricity is above 0.2"),
        ("inclination_error_deg", -0.1, "-0.1 deg is below 0 deg"),
        ("inclination_error_deg", 12, "12 deg is above 10 deg; is this in arc minutes? 12 would be 0.2 deg"),
        ("raan_error_deg", -0.1, "-0.1 deg is below 0 deg"),
        ("argument_of_perigee_error_deg", -1, "-1 deg is below 0 deg"),
    ],
)
def test_an_error_is_a_small_half_width(key, value, said):
    assert complaint(**{key: value}).startswith(said)


@pytest.mark.parametrize(
    "changes",
    [
        {"eccentricity_error": None},
        {"semi_major_axis_error_km": None, "eccentricity_error": None},
        {"perigee_altitude_error_km": 10, "apogee_altitude_error_km": 15},
        {"semi_major_axis_error_km": None, "eccentricity_error": None, "perigee_altitude_error_km": 10},
    ],
)
def test_the_plane_needs_one_whole_pair(changes):
    assert complaint(**changes).startswith(
        "the errors in the plane are not one whole pair; give semi_major_axis_error_km with "
    )


def test_the_apogee_is_not_below_the_perigee():
    assert complaint(perigee_altitude_km=600) == (
        "the apogee at 500 km lies below the perigee at 600 km; are the two swapped?"
    )
