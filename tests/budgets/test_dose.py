"""Dose behind shields, of spectra made by hand, and who stands it."""

import math
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from cosmodrome.analysis import analyze
from cosmodrome.budgets.dose import NOT_COVERED, dose_budget, mission_belts
from cosmodrome.constants import JULIAN_YEAR_S
from cosmodrome.errors import MissingPackageError
from cosmodrome.missionfile import load_mission
from cosmodrome.models.mission import Requirements
from cosmodrome.models.radiation import Radiation
from cosmodrome.models.target import EllipticalTarget
from cosmodrome.orbit import radiation_belts
from cosmodrome.orbit.radiation_belts import BeltSpectra, BeltSpectrum
from cosmodrome.physics.shielded_dose import electron_dose_gy, proton_dose_gy

MISSIONS = Path(__file__).parents[2] / "missions"
BELTS = BeltSpectra(
    BeltSpectrum("AP-8 MIN", np.array([0.1, 10.0, 100.0, 400.0]), np.array([1e3, 60.0, 20.0, 0.1])),
    BeltSpectrum("AE-8 MAX", np.array([0.1, 1.0, 5.0]), np.array([1e5, 3e3, 1.0])),
)
BUS = {"name": "bus", "mass_kg": 40, "max_dose_krad": 20}
CAMERA = {"name": "camera", "mass_kg": 20, "max_dose_krad": 5, "shielding_mm": 6}


@pytest.fixture
def budget(small_satellite):
    def judged(*components, years=3.0, **radiation):
        parts = [*(components or (BUS, CAMERA)), {"name": "radio", "mass_kg": 2, "power_w": 5}]
        names = {part["name"] for part in parts}
        parts += [{"name": name, "mass_kg": 1} for name in ("bus", "camera") if name not in names]
        craft = small_satellite(components=parts, radiation={"shielding_mm": 2.5} | radiation)
        mission = SimpleNamespace(satellite=craft, requirements=Requirements(lifetime_years=years))
        return dose_budget(mission, craft, BELTS)

    return judged


def test_the_dose_is_that_of_both_kinds_over_the_life(budget):
    found = budget()
    shield = np.array([2.5])
    protons, electrons = (
        dose(one.energy_mev, JULIAN_YEAR_S * one.flux_per_cm2_s, shield)[0] / 10.0
        for dose, one in ((proton_dose_gy, BELTS.protons), (electron_dose_gy, BELTS.electrons))
    )
    assert found.line.proton_krad_per_year == pytest.approx(protons, rel=1e-12)
    assert found.line.electron_krad_per_year == pytest.approx(electrons, rel=1e-12)
    assert found.line.mission_krad == pytest.approx(3 * (protons + electrons), rel=1e-12)
    assert budget(years=6.0).line.mission_krad == pytest.approx(2 * found.line.mission_krad, rel=1e-12)
    assert repr(found).startswith("<DoseBudget ")


def test_the_curve_falls_and_holds_the_asked_thicknesses(budget):
    curve = budget().curve
    shields = [line.shielding_mm for line in curve]
    assert shields == sorted(shields)
    assert {0.5, 2.5, 6.0, 20.0} <= set(shields)
    assert (np.diff([line.total_krad_per_year for line in curve]) < 0).all()


def test_parts_have_their_own_shield_or_the_satellites(budget):
    parts = {part.name: part for part in budget().parts}
    assert {name: part.shielding_mm for name, part in parts.items()} == {"bus": 2.5, "camera": 6.0}
    for part in parts.values():
        assert part.dose_margin_ratio == pytest.approx(part.max_dose_krad / part.mission_krad)
    margins = [part.dose_margin_ratio for part in budget().parts]
    assert margins == sorted(margins)


def test_where_nothing_arrives_the_margin_has_no_end(small_satellite):
    rest = [{"name": name, "mass_kg": 1, "power_w": 5} for name in ("camera", "radio")]
    craft = small_satellite(components=[BUS, *rest], radiation={"shielding_mm": 1})
    nothing = BeltSpectra(
        *(
            BeltSpectrum(one.model, one.energy_mev, 0 * one.energy_mev)
            for one in (BELTS.protons, BELTS.electrons)
        )
    )
    mission = SimpleNamespace(satellite=craft, requirements=Requirements())
    (part,) = dose_budget(mission, craft, nothing).parts
    assert part.mission_krad == 0.0
    assert math.isinf(part.dose_margin_ratio)


def test_nobody_asks_and_nothing_is_worked_out(small_satellite):
    craft = small_satellite()
    mission = SimpleNamespace(satellite=craft, requirements=Requirements())
    assert mission_belts(mission) is None
    assert dose_budget(mission, craft) is None


def test_the_belts_are_those_of_the_target_orbit(small_satellite, monkeypatch):
    asked = []
    monkeypatch.setattr("cosmodrome.budgets.dose.belt_spectra", lambda *orbit: asked.append(orbit) or BELTS)
    target = EllipticalTarget(
        kind="elliptical", perigee_altitude_km=400, apogee_altitude_km=800, inclination_deg=60
    )
    craft = small_satellite(radiation={"shielding_mm": 2})
    assert mission_belts(SimpleNamespace(satellite=craft, target=target)) is BELTS
    (orbit,) = asked
    assert orbit == pytest.approx((6_978_137.0, 200e3 / 6_978_137.0, math.pi / 3))


def test_a_missing_package_is_known_before_anything_is_flown(monkeypatch):
    monkeypatch.setattr(radiation_belts, "find_spec", lambda name: None)
    mission = load_mission(MISSIONS / "earth-observer.toml")
    satellite = mission.satellite.model_copy(update={"radiation": Radiation(shielding_mm=2)})
    said = []
    with pytest.raises(MissingPackageError, match="AP-8 and AE-8"):
        analyze(mission.model_copy(update={"satellite": satellite}), said.append)
    assert said == ["radiation belts"]


def test_what_is_not_covered_is_said(budget):
    assert budget().not_covered == NOT_COVERED
    text = " ".join(NOT_COVERED)
    for said in ("solar flares", "cosmic rays", "bremsstrahlung", "displacement damage"):
        assert said in text
