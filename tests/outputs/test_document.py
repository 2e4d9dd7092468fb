import json
import math
from dataclasses import replace

import pytest

from cosmodrome.outputs.document import inputs_sha256, result_document


@pytest.fixture(scope="session")
def document(result):
    return json.loads(result_document(result))


def test_the_document_is_versioned_and_names_its_packages(document):
    assert document["schema_version"] == 1
    versions = document["provenance"]["versions"]
    assert {"cosmodrome", "casadi", "satkit", "numpy", "python"} <= set(versions)
    assert "not installed" not in versions.values()


def test_the_verdict_is_whole(document, result):
    verdict = document["verdict"]
    assert verdict["closes"] is False
    assert verdict["status"] == "DOES_NOT_CLOSE"
    assert verdict["binding"] == result.verdict.checks[0].name
    assert [check["margin"] for check in verdict["checks"]] == [
        check.margin for check in result.verdict.checks
    ]
    assert all(check["remedy"] for check in verdict["checks"] if not check["closes"])


def test_solver_and_replay_are_told(document):
    ascent = document["ascent"]
    assert ascent["solver"]["iterations_count"] == 41
    assert ascent["replay"]["agrees"] is True
    assert ascent["replay"]["position_miss_m"] == 2.4
    assert ascent["events"][0]["name"] == "lift-off"
    assert "trajectory" not in ascent


def test_sources_of_catalog_numbers_survive(document):
    stage = document["inputs"]["vehicle"]["stages"][0]
    assert stage["dry_mass_kg"]["source"] == "RLD"
    assert stage["dry_mass_kg"]["alternatives"][0]["value"] == pytest.approx(10200)


def test_the_hash_follows_the_inputs(mission):
    again = type(mission).model_validate(mission.model_dump())
    lighter = mission.model_copy(update={"name": "other"})
    assert inputs_sha256(again) == inputs_sha256(mission)
    assert inputs_sha256(lighter) != inputs_sha256(mission)
    assert len(inputs_sha256(mission)) == 64


def test_what_is_not_finite_becomes_null(result):
    check = replace(result.verdict.checks[0], allowance=math.inf)
    odd = replace(result, verdict=replace(result.verdict, checks=(check,)))
    text = result_document(odd)
    assert "Infinity" not in text
    assert json.loads(text)["verdict"]["checks"][0]["allowance"] is None


def test_a_lift_has_no_orbit_and_no_budgets(lift_result):
    document = json.loads(result_document(lift_result))
    assert document["orbit"] is None
    assert document["budgets"] is None
    assert document["verdict"]["checks"][0]["name"] == "payload"


def test_budgets_carry_totals_but_no_series(document):
    budgets = document["budgets"]
    assert budgets["mass"]["launch_mass_kg"] > budgets["mass"]["best_estimate_kg"]
    assert "timeline" not in budgets["power"]
    assert len(json.dumps(budgets)) < 25_000
