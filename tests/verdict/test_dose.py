"""The check of the dose: what it holds against what, what it says, and what closes it."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from cosmodrome.budgets.dose import DoseBudget, DoseLine, PartDose
from cosmodrome.models.components import Component
from cosmodrome.models.radiation import Radiation
from cosmodrome.orbit.radiation_belts import BeltSpectra, BeltSpectrum
from cosmodrome.verdict.dose import dose_checks
from cosmodrome.verdict.levers import _shields

BELTS = BeltSpectra(
    BeltSpectrum("AP-8 MIN", np.array([0.1, 10.0, 400.0]), np.array([1e3, 60.0, 0.1])),
    BeltSpectrum("AE-8 MAX", np.array([0.1, 1.0, 5.0]), np.array([1e5, 3e3, 1.0])),
)
CURVE = (DoseLine(1.0, 0.1, 2.4, 10.0), DoseLine(2.0, 0.1, 1.15, 5.0), DoseLine(5.0, 0.1, 0.15, 1.0))


def budget(*parts):
    return DoseBudget(CURVE, parts, BELTS, 2.0, 4.0, 2.0)


def test_without_stated_doses_nothing_is_checked():
    assert dose_checks(None) == ()
    assert dose_checks(budget()) == ()


def test_the_part_of_least_margin_is_held():
    (check,) = dose_checks(budget(PartDose("memory", CURVE[1], 15.0), PartDose("radio", CURVE[1], 50.0)))
    assert (check.name, check.title) == ("dose", "dose that memory stands")
    assert (check.required, check.achieved, check.best_estimate, check.allowance) == (10.0, 15.0, 5.0, 5.0)
    assert check.closes
    assert check.remedy == ""
    assert check.policy == "stands 2 times the expected dose"
    assert check.source == (
        "AP-8 MIN and AE-8 MAX over 4 years, behind 2 mm of aluminum; without solar protons"
    )


def test_the_derivation_leads_from_particles_to_the_part():
    (check,) = dose_checks(budget(PartDose("memory", CURVE[1], 15.0)))
    terms = {term.name: term for term in check.derivation}
    assert terms["protons above 10 MeV"].value == 60.0
    assert terms["electrons above 1 MeV"].value == 3e3
    total = terms["protons' dose"].value + terms["electrons' dose"].value
    assert total * terms["working life"].value == pytest.approx(terms["expected dose"].value)
    assert terms["required"].value == check.required
    assert all(term.formula or term.source for term in check.derivation)


def test_what_would_close_it():
    (check,) = dose_checks(budget(PartDose("memory", CURVE[1], 5.0)))
    assert not check.closes
    assert check.remedy == "5 mm of aluminum around memory, or a part that stands 10 krad"
    (check,) = dose_checks(budget(PartDose("memory", CURVE[1], 1.0)))
    assert check.remedy == "a part that stands 10 krad"


def test_a_thicker_design_margin_asks_for_more():
    asked = replace(budget(PartDose("memory", CURVE[1], 15.0)), design_margin_ratio=4.0)
    (check,) = dose_checks(asked)
    assert check.required == 20.0
    assert not check.closes


def test_shields_are_levers_of_the_dose_alone():
    parts = (
        Component(name="memory", mass_kg=1, max_dose_krad=10),
        Component(name="computer", mass_kg=1, max_dose_krad=20, shielding_mm=4),
        Component(name="frame", mass_kg=1, shielding_mm=1),
    )
    satellite = SimpleNamespace(components=parts, radiation=Radiation(shielding_mm=2))
    levers = list(_shields(SimpleNamespace(satellite=satellite)))
    assert [lever.title for lever in levers] == ["shielding", "shielding of computer"]
    assert [lever.path[-2:] for lever in levers] == [("radiation", "shielding_mm"), (1, "shielding_mm")]
    assert all((lever.lowest, lever.highest) == (0.1, 20.0) for lever in levers)
    assert levers[0].may_move("dose")
    assert not levers[0].may_move("payload")
    for without in (None, SimpleNamespace(components=parts, radiation=None)):
        assert not list(_shields(SimpleNamespace(satellite=without)))
