"""Check of the dose: what the part with the least margin stands, against what the radiation belts give it."""

import numpy as np

from cosmodrome.budgets.dose import DoseBudget, PartDose
from cosmodrome.orbit.radiation_belts import BeltSpectrum
from cosmodrome.verdict.check import Check, Term

_PROTON_MEV = 10.0
_ELECTRON_MEV = 1.0


def dose_checks(budget: DoseBudget | None) -> tuple[Check, ...]:
    """Hold the dose against what the parts stand.

    Parameters
    ----------
    budget : DoseBudget or None
        None without [satellite.radiation].

    Returns
    -------
    tuple of Check
        The part with the least margin; empty where no part states a dose.
    """
    if budget is None or not budget.parts:
        return ()
    part = budget.parts[0]
    required_krad = budget.design_margin_ratio * part.mission_krad
    return (
        Check(
            name="dose",
            title=f"dose that {part.name} stands",
            required=required_krad,
            achieved=part.max_dose_krad,
            unit="krad",
            sense="at least",
            best_estimate=part.mission_krad,
            allowance=required_krad - part.mission_krad,
            policy=f"stands {budget.design_margin_ratio:g} times the expected dose",
            source=f"{budget.belts.protons.model} and {budget.belts.electrons.model} over "
            f"{budget.working_life_years:g} years, behind {part.shielding_mm:g} mm of aluminum; "
            "without solar protons",
            detail="dose table",
            advice=_advice(budget, part, required_krad),
            derivation=_derivation(budget, part, required_krad),
        ),
    )


def _advice(budget: DoseBudget, part: PartDose, required_krad: float) -> str:
    """The thinnest listed shield behind which the part closes, or a part that stands more."""
    limit_krad = part.max_dose_krad / budget.design_margin_ratio
    enough = (line.shielding_mm for line in budget.curve if line.mission_krad <= limit_krad)
    shield_mm = next(enough, None)
    harder = f"a part that stands {required_krad:.3g} krad"
    return harder if shield_mm is None else f"{shield_mm:g} mm of aluminum around {part.name}, or {harder}"


def _derivation(budget: DoseBudget, part: PartDose, required_krad: float) -> tuple[Term, ...]:
    line, years = part.line, budget.working_life_years
    orbit = "mean over the orbit, in McIlwain's L and B/B0 of the field of 1960"
    belts = "orbit.radiation_belts.belt_spectra"
    return (
        Term("protons above 10 MeV", _flux(budget.belts.protons, _PROTON_MEV), "1/(cm² s)", orbit, "", belts),
        Term(
            "electrons above 1 MeV",
            _flux(budget.belts.electrons, _ELECTRON_MEV),
            "1/(cm² s)",
            orbit,
            "",
            belts,
        ),
        Term("shielding", part.shielding_mm, "mm", source="mission file"),
        Term(
            "protons' dose",
            line.proton_krad_per_year,
            "krad/year",
            "∫ S_Si(E') (−dF), R(E) = R(E') + shield",
            formula_id="physics.shielded_dose.proton_dose_gy",
        ),
        Term(
            "electrons' dose",
            line.electron_krad_per_year,
            "krad/year",
            "2 (D − z dD/dz) of NIST's depth-dose profiles in aluminum (SHIELDOSE-2)",
            formula_id="physics.shielded_dose.electron_dose_gy",
        ),
        Term("working life", years, "years", source="mission file"),
        Term("expected dose", line.mission_krad, "krad", "(protons + electrons) × life"),
        Term("design margin", budget.design_margin_ratio, "times", source="mission file"),
        Term("required", required_krad, "krad", "expected dose × design margin"),
        Term(f"{part.name} stands", part.max_dose_krad, "krad", source="component"),
    )


def _flux(spectrum: BeltSpectrum, energy_mev: float) -> float:
    return float(np.interp(energy_mev, spectrum.energy_mev, spectrum.flux_per_cm2_s))
