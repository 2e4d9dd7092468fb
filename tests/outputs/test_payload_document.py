"""The JSON of a payload study: parses strictly, loses no digits, has null where there is no number."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cosmodrome.ascent.capability import PayloadCapability
from cosmodrome.ascent.payload_map import PayloadMap
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.outputs.payload_document import payload_document
from cosmodrome.payload_question import PayloadOptions, payload_question
from cosmodrome.payload_study import PayloadStudy


def strict(text):
    def refuse(name):
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refuse)


@pytest.fixture(scope="module")
def study(ascent):
    options = PayloadOptions(altitude_km=550, inclinations_deg=(63.0,))
    question = payload_question(find_vehicle("angara-1.2"), find_site("vostochny"), options)
    capability = PayloadCapability.of_physics(replace(ascent, payload_kg=2050.123456789), (ascent,))
    return PayloadStudy(question, capability, (), None, (), None, (), 0.8)


def test_numbers_are_not_rounded_and_carry_their_unit(study, ascent):
    document = strict(payload_document(study))
    assert document["capability"]["payload_kg"] == 2050.123456789
    assert document["outcome"]["name"] == "LIFTS"
    assert document["question"]["target"] == {
        "kind": "circular", "altitude_km": 550, "inclination_deg": 63, "raan_deg": None,
        "raan_tolerance_deg": 0.0,
    }  # fmt: skip
    assert document["question"]["options"]["apogee_altitude_km"] is None
    assert document["ascent"]["losses"]["gravity_m_s"] == ascent.losses.gravity_m_s
    assert "trajectory" not in document["ascent"]
    assert document["map"] is None


def test_an_escape_has_no_apogee(study, ascent):
    open_ended = replace(ascent, insertion=replace(ascent.insertion, apogee_altitude_km=float("inf")))
    document = strict(payload_document(replace(study, laden=open_ended)))
    assert document["ascent"]["insertion"]["apogee_altitude_km"] is None
    assert document["capability"]["laden"] is True


def test_orbits_out_of_reach_are_null_on_the_map(study):
    charted = PayloadMap(
        "angara-1.2", "vostochny", np.array([200.0, 700.0]), np.array([51.7]), np.array([[6009.9], [np.nan]]),
        np.array([[1], [0]]), np.array([[True], [False]]), False, 2, 1, 2, 2.0,
    )  # fmt: skip
    document = strict(payload_document(replace(study, payload_map=charted), Path("out/payload/a-v.svg")))
    assert document["map"]["payload_kg"] == [[6009.9], [None]]
    assert document["map"]["burns_count"] == [[1], [0]]
    assert document["map"]["file"] == "out/payload/a-v.svg"
