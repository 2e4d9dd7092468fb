"""Attitude, imager, delta-v and passivation in the report and the tables."""

from dataclasses import replace

import pytest

from cosmodrome.budgets.totals import Known, satellite_budgets
from cosmodrome.models.mission import Mission
from cosmodrome.outputs.satellite_sections import satellite_sections
from cosmodrome.outputs.tables import mission_tables
from cosmodrome.verdict.closing import with_closings
from cosmodrome.verdict.mission import mission_verdict

ATTITUDE = {
    "principal_inertia_kg_m2": [20, 25, 15],
    "pressure_offset_m": [0, 0.02, 0.05],
    "residual_dipole_a_m2": [0.2, 0.2, 0.2],
    "pointing_errors": [
        {"name": "tracker", "error_deg": 0.01, "source": "data sheet"},
        {"name": "bending", "error_deg": 0.04},
    ],
}
IMAGER = {
    "component": "camera",
    "focal_length_mm": 633,
    "aperture_mm": 145,
    "pixel_pitch_um": 6.5,
    "pixels_count": 12000,
}
PARTS = [
    {"name": "wheel", "mass_kg": 1, "count": 3, "momentum_n_m_s": 0.5, "torque_n_m": 0.02},
    {"name": "rod", "mass_kg": 0.5, "count": 3, "dipole_a_m2": 0.01},
]
ASKED = {
    "pointing_deg": 0.05,
    "slew_duration_s": 10,
    "ground_sample_distance_m": 5,
    "swath_km": 60,
    "revisit_days": 40,
    "imaging_targets": [{"name": "Ulm", "latitude_deg": 48.4, "longitude_deg": 10}],
    "maneuvers": {"corrects_injection": True, "keeps_orbit": True, "collision_avoidance_m_s_per_year": 1},
}


@pytest.fixture(scope="module")
def full(result):
    told = result.mission.model_dump()
    told["satellite"] |= {"attitude_control": ATTITUDE, "imager": IMAGER}
    told["satellite"]["components"] = [*told["satellite"]["components"], *PARTS]
    told["requirements"] |= ASKED
    mission = Mission.model_validate(told)
    budgets = satellite_budgets(mission, result.ephemeris, result.passes)
    verdict = mission_verdict(mission, result.capability, budgets)
    return replace(result, mission=mission, budgets=budgets, verdict=verdict)


@pytest.fixture(scope="module")
def by_name(full):
    return {table.name: table for table in mission_tables(full)}


def test_every_budget_has_its_table(by_name, result):
    new = {"torques", "attitude", "pointing", "performance", "targets", "passivation", "delta_v"}
    assert new <= set(by_name)
    assert {"torques", "attitude", "pointing", "performance", "targets"}.isdisjoint(
        {table.name for table in mission_tables(result)}
    )


def test_the_delta_v_table_adds_up(by_name):
    table = by_name["delta_v"]
    lines = table.rows[: -table.footers_count]
    assert [row[0] for row in lines] == [
        "injection correction",
        "drag make-up",
        "collision avoidance",
        "disposal",
    ]
    assert sum(row[3] for row in lines) == pytest.approx(table.rows[-2][3])
    assert table.rows[-1][0] == "available"


def test_pointing_ends_with_its_root_sum_square(by_name):
    table = by_name["pointing"]
    assert table.rows[-1][:2] == ("root sum square", pytest.approx(0.0412, abs=1e-4))
    assert (table.rows[0][2], table.footers_count) == ("data sheet", 1)


def test_the_checks_say_which_hold_and_what_would_do(full):
    checks = {check.name: check for check in full.verdict.checks}
    assert {"wheel momentum", "wheel torque", "torquer dipole", "slew", "pointing"} <= set(checks)
    assert {"ground sample distance", "swath", "revisit"} <= set(checks)
    dipole, slew, fine = checks["torquer dipole"], checks["slew"], checks["ground sample distance"]
    assert not dipole.closes
    assert dipole.required == pytest.approx(2 * dipole.best_estimate)  # the policy's margin of two
    assert dipole.remedy == f"units of {dipole.required:.3g} A m²"
    assert not slew.closes
    assert slew.remedy == "wheels of more torque or momentum, or less inertia"
    assert (fine.sense, fine.closes) == ("at most", False)
    assert fine.remedy == "a longer focal length, or a lower orbit"
    assert checks["pointing"].closes
    assert checks["swath"].closes
    assert all(
        check.derivation for check in full.verdict.checks if check.name in ("slew", "swath", "revisit")
    )


def test_a_longer_focal_length_closes_the_sample_distance(full):
    known = Known((full.budgets.disposal, full.budgets.delta_v), opportunities=())

    def judge(mission):
        budgets = satellite_budgets(mission, full.ephemeris, full.passes, known)
        return mission_verdict(mission, full.capability, budgets)

    only = replace(full.verdict, checks=tuple(c for c in full.verdict.checks if c.unit == "m"))
    (check,) = with_closings(full.mission, only, judge).checks
    (closing,) = check.closings
    assert closing.lever == "focal length"
    # 5 m of 5.648 m; found to half a percent of the change
    assert closing.after == pytest.approx(633 * check.achieved / 5, rel=0.01)
    assert closing.margin >= 0


def test_units_that_are_asked_for_close_the_check(full):
    need = next(check for check in full.verdict.checks if check.name == "torquer dipole").required
    told = full.mission.model_dump()
    told["satellite"]["components"][-1]["dipole_a_m2"] = need
    mission = Mission.model_validate(told)
    known = Known((full.budgets.disposal, full.budgets.delta_v), opportunities=())
    budgets = satellite_budgets(mission, full.ephemeris, full.passes, known)
    verdict = mission_verdict(mission, full.capability, budgets)
    assert next(check for check in verdict.checks if check.name == "torquer dipole").closes


def test_the_sections_say_it_in_words(full):
    sections = {section.anchor: section for section in satellite_sections(full)}
    assert list(sections) == ["attitude", "performance", "disposal"]
    assert "N·m" in sections["attitude"].sentences
    assert "5.65 m" in sections["performance"].sentences
    assert "The odds of re-entry within the rule are" in sections["disposal"].sentences
