"""What is open about a vehicle: by rule, with its size, largest first."""

import pytest

from cosmodrome.catalog import (
    Contradiction,
    OpenQuestion,
    audit,
    find_vehicle,
    open_questions,
    vehicle_names,
)
from cosmodrome.catalog.questions import UNMEASURED_RATIO, WIDE_RATIO, contradiction_ratio
from cosmodrome.models.vehicle import Vehicle


@pytest.fixture(scope="module")
def fleet():
    return [find_vehicle(name) for name in vehicle_names()]


def _changed(vehicle, **changes):
    return Vehicle.model_validate(vehicle.model_dump() | changes)


@pytest.fixture
def settled():
    """A vehicle of one stage of which everything is known."""

    def sure(value, **more):
        return {"value": value, "source": "maker", "confidence": "high", **more}

    stage = {
        "name": "only",
        "role": "core",
        "dry_mass_kg": sure(1000),
        "propellant_mass_kg": sure(10000),
        "thrust_vacuum_n": sure(200e3),
        "specific_impulse_vacuum_s": sure(300),
        "length_m": sure(10),
        "diameter_m": sure(1),
    }
    return Vehicle.model_validate(
        {
            "name": "settled",
            "title": "Settled",
            "height_m": sure(13),
            "diameter_m": sure(1),
            "gross_mass_kg": sure(11100),
            "fairing": {"mass_kg": sure(100), "length_m": sure(3), "diameter_m": sure(1)},
            "stages": [stage],
        }
    )


def test_nothing_is_open_where_all_is_known(settled):
    assert open_questions(settled) == ()


def test_numbers_more_than_five_percent_apart_are_open(settled):
    near = {"value": 13.0, "source": "A", "alternatives": [{"value": 13.5, "source": "B"}]}
    assert open_questions(_changed(settled, height_m=near)) == ()
    far = near | {"alternatives": [{"value": 12.0, "source": "B"}, {"value": 13.5, "source": "C"}]}
    (question,) = open_questions(_changed(settled, height_m=far))
    assert question.subject == "height_m"
    assert question.problem == "13; others say 12 to 13.5"
    assert question.size_ratio == pytest.approx(1.5 / 13)
    assert not question.is_contradiction


@pytest.mark.parametrize(
    ("doubt", "told"), [({"estimated": True}, "estimated"), ({"confidence": "low"}, "low confidence")]
)
def test_weak_numbers_are_open_where_they_matter(settled, doubt, told):
    fairing = settled.fairing.model_dump()
    weak = {"mass_kg": fairing["mass_kg"] | doubt, "length_m": fairing["length_m"] | doubt}
    (question,) = open_questions(_changed(settled, fairing=fairing | weak))
    assert question == OpenQuestion("fairing mass_kg", f"100, {told}, no other value published", None)
    assert question.rank_ratio == UNMEASURED_RATIO


def test_payload_figures_need_an_orbit(settled):
    given = {"site": "here", "orbit": "LEO", "payload_kg": 500.0, "source": "maker"}
    definite = {"perigee_altitude_km": 200.0, "apogee_altitude_km": 200.0}
    figures = [
        given | definite | {"inclination_deg": 50.0},
        given | definite | {"orbit": "SSO"},  # its inclination is that of its altitude
        given,
        given | definite,
        given | {"orbit": "GTO", "apogee_altitude_km": 35786.0, "inclination_deg": 27.0},
    ]
    (question,) = open_questions(_changed(settled, payload_figures=figures))
    assert question.problem == (
        "3 of 5 have no definite orbit: 500 kg to LEO from here (no altitude); "
        "500 kg to LEO from here (no inclination); 500 kg to GTO from here (no perigee)"
    )


def test_what_two_stages_share_is_told_once(fleet):
    asked = open_questions(find_vehicle("falcon-heavy"), fleet)
    burn = [question for question in asked if "burn_time_s" in question.subject]
    assert [question.subject for question in burn] == [
        "First stage (booster), First stage (core) burn_time_s"
    ]
    assert len(set(asked)) == len(asked)


def test_every_contradiction_is_a_question_with_a_size(fleet):
    for vehicle in fleet:
        found = audit(vehicle, fleet)
        asked = [question for question in open_questions(vehicle, fleet) if question.is_contradiction]
        assert {question.subject for question in asked} == {finding.rule for finding in found}
        for finding in found:
            assert contradiction_ratio(finding) > 0, finding
            assert any(finding.difference in q.problem and finding.reconciled_by in q.problem for q in asked)


def test_the_largest_comes_first(fleet):
    for vehicle in fleet:
        sizes = [question.rank_ratio for question in open_questions(vehicle, fleet)]
        assert sizes == sorted(sizes, reverse=True)
        assert all(size > 0 for size in sizes)


def test_every_number_of_the_catalog_is_either_near_its_alternatives_or_open(fleet):
    for vehicle in fleet:
        problems = " ".join(question.subject for question in open_questions(vehicle))
        for stage in vehicle.stages:
            mass = stage.dry_mass_kg
            values = [mass.value, *(other.value for other in mass.alternatives)]
            if (max(values) - min(values)) / mass.value > WIDE_RATIO or mass.estimated:
                assert stage.name in problems


def test_the_size_of_a_contradiction_is_its_share_of_the_claim():
    def ratio(claim, difference):
        return contradiction_ratio(Contradiction("v", "rule", claim, "other (B)", difference, "nothing"))

    assert ratio("Stage 1 burns 200 s (A)", "+20 s, spread 2 s") == pytest.approx(0.1)
    assert ratio("Stage 1 burns 1192.7 kg/s at sea level (A)", "+5.1%, spread 4.0%") == pytest.approx(0.051)
    assert ratio("Briz-M burns 3000 s (A)", "-2.4e+02 s, spread 1.4e+02 s") == pytest.approx(0.08)
    assert ratio("3500 kg to 200 x 200 km (A)", "+350 kg to the higher orbit") == pytest.approx(0.1)
    assert ratio("nothing with a unit (A)", "+350 kg to the higher orbit") is None
    assert ratio("3500 kg (A)", "more") is None


def test_the_source_of_a_claim_is_left_to_the_audit(fleet):
    asked = open_questions(find_vehicle("ariane-5-eca"), fleet)
    mass = next(question for question in asked if question.subject == "lift-off mass")
    assert mass.problem.startswith("780 t on the pad: +16.5 t")
