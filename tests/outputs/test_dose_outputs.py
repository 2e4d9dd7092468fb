"""The dose in the report: tables, sentences, what is not covered."""

from dataclasses import replace

import numpy as np
import pytest

from cosmodrome.budgets.dose import dose_budget
from cosmodrome.models.radiation import Radiation
from cosmodrome.orbit.radiation_belts import BeltSpectra, BeltSpectrum
from cosmodrome.outputs.document import result_document
from cosmodrome.outputs.satellite_tables import dose_table, dosed_parts_table
from cosmodrome.outputs.sections import report_sections

BELTS = BeltSpectra(
    BeltSpectrum("AP-8 MIN", np.array([0.1, 10.0, 100.0, 400.0]), np.array([1e3, 60.0, 20.0, 0.1])),
    BeltSpectrum("AE-8 MAX", np.array([0.1, 1.0, 5.0]), np.array([1e5, 3e3, 1.0])),
)


@pytest.fixture(scope="module")
def dosed(result):
    """The mission's result with a shield, and with one part that states a dose."""
    satellite = result.mission.satellite
    parts = (satellite.components[0].model_copy(update={"max_dose_krad": 20.0}), *satellite.components[1:])
    update = {"components": parts, "radiation": Radiation(shielding_mm=2.5)}
    satellite = satellite.model_copy(update=update)
    mission = result.mission.model_copy(update={"satellite": satellite})
    budgets = replace(result.budgets, dose=dose_budget(mission, satellite, BELTS))
    return replace(result, mission=mission, budgets=budgets)


def test_tables(dosed, result, lift_result):
    curve, parts = dose_table(dosed), dosed_parts_table(dosed)
    assert curve.headings == (
        "shielding [mm]", "proton [krad/year]", "electron [krad/year]", "total [krad/year]", "mission [krad]",
    )  # fmt: skip
    assert 2.5 in [row[0] for row in curve.rows]
    assert parts.rows[0][0] == dosed.mission.satellite.components[0].name
    for without in (result, lift_result):
        assert dose_table(without) is None
        assert dosed_parts_table(without) is None


def test_the_section_says_what_it_is_and_what_not(dosed, result):
    sections = {section.anchor: section for section in report_sections(dosed, ())}
    section = sections["dose"]
    assert section.sentences.startswith("Behind 2.5 mm of aluminum the radiation belts leave ")
    assert "Electrons make " in section.sentences
    assert "AP-8 MIN and AE-8 MAX along the target orbit" in section.model
    (note,) = section.notes
    assert note.startswith("Not covered: protons of solar flares")
    assert "dose" not in {section.anchor for section in report_sections(result, ())}


def test_the_document_holds_the_curve(dosed):
    assert '"electron_krad_per_year"' in result_document(dosed)
