"""Bodies that cannot be, and errors counted twice."""

import pytest
from pydantic import ValidationError

from cosmodrome.models.attitude import AttitudeControl


def told(**fields):
    with pytest.raises(ValidationError) as raised:
        AttitudeControl.model_validate({"principal_inertia_kg_m2": [10, 20, 25], **fields})
    (error,) = raised.value.errors()
    return error["msg"], error["ctx"]["help"]


def test_a_flat_plate_is_a_body_and_beyond_it_there_is_none():
    AttitudeControl(principal_inertia_kg_m2=(10, 20, 30))  # a lamina: the largest is the sum
    message, help = told(principal_inertia_kg_m2=[10, 20, 50])
    assert message == "a moment of inertia of 50 kg m2 exceeds the sum of the other two, 30 kg m2"
    assert help == "no body has that; the largest is at most the sum of the other two"


def test_a_contributor_counts_once():
    twice = [{"name": "tracker", "error_deg": 0.01}] * 2
    assert told(pointing_errors=twice)[0] == "pointing error 'tracker' is listed twice"
