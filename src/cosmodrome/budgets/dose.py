"""Dose budget: what the radiation belts leave in silicon behind aluminum, against what the parts stand."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.orbit.radiation_belts import BeltSpectra, belt_spectra
from cosmodrome.physics.shielded_dose import electron_dose_gy, proton_dose_gy

NOT_COVERED: Final = (
    "protons of solar flares, which reach orbits above some 50 deg of inclination",
    "cosmic rays, and with them upsets and latch-up: a dose says nothing of single events",
    "bremsstrahlung: 0.5 % of the total behind 1 mm, up to 3 % behind 10 mm",
    "displacement damage of cells and optics",
    "the spread of real belts about the models' means: a factor of two, and ten for electrons in a storm",
    "sectors: the shield is a sphere with the part in its middle",
)

_CURVE_MM: Final = (0.5, 1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 20.0)
_GY_IN_A_KRAD: Final = 10.0


@dataclass(frozen=True, slots=True)
class DoseLine:
    """Dose behind one thickness of aluminum."""

    shielding_mm: float
    proton_krad_per_year: float
    electron_krad_per_year: float
    mission_krad: float  # of both, over the working life

    @property
    def total_krad_per_year(self) -> float:
        """Of protons and electrons [krad/year]."""
        return self.proton_krad_per_year + self.electron_krad_per_year


@dataclass(frozen=True, slots=True)
class PartDose:
    """A part that stands a stated dose, and what it gets over the working life."""

    name: str
    line: DoseLine
    max_dose_krad: float

    @property
    def shielding_mm(self) -> float:
        """Aluminum around it [mm]."""
        return self.line.shielding_mm

    @property
    def mission_krad(self) -> float:
        """What it gets [krad]."""
        return self.line.mission_krad

    @property
    def dose_margin_ratio(self) -> float:
        """What it stands over what it gets; infinite where it gets nothing."""
        return self.max_dose_krad / self.mission_krad if self.mission_krad > 0.0 else math.inf


@dataclass(frozen=True, slots=True)
class DoseBudget:
    """Dose of trapped protons and electrons over the working life."""

    curve: tuple[DoseLine, ...]
    parts: tuple[PartDose, ...]  # those with a stated dose, least margin first
    belts: BeltSpectra
    shielding_mm: float
    working_life_years: float
    design_margin_ratio: float
    not_covered: tuple[str, ...] = NOT_COVERED

    @property
    def line(self) -> DoseLine:
        """Behind the satellite's own shielding."""
        return next(line for line in self.curve if line.shielding_mm == self.shielding_mm)

    def __repr__(self) -> str:
        return f"<DoseBudget {self.line.mission_krad:.3g} krad behind {self.shielding_mm:g} mm>"


def mission_belts(mission: Mission) -> BeltSpectra | None:
    """Spectra of the radiation belts along the target orbit.

    Parameters
    ----------
    mission : Mission
        Its target.

    Returns
    -------
    BeltSpectra or None
        None where the mission file has no [satellite.radiation].

    Raises
    ------
    MissingPackageError
        Where radbelt is not installed.
    """
    if mission.satellite is None or mission.satellite.radiation is None:
        return None
    target = mission.target
    perigee_m = EARTH_EQUATORIAL_RADIUS_M + 1e3 * target.perigee_altitude_km
    apogee_m = EARTH_EQUATORIAL_RADIUS_M + 1e3 * target.apogee_altitude_km
    axis_m = (perigee_m + apogee_m) / 2
    return belt_spectra(axis_m, apogee_m / axis_m - 1.0, math.radians(target.inclination_deg))


def dose_budget(
    mission: Mission, satellite: Satellite, belts: BeltSpectra | None = None
) -> DoseBudget | None:
    """Work out the dose behind the satellite's shielding, and that of each part with a stated one.

    The target orbit is held over the whole working life: where it decays the dose falls.

    Parameters
    ----------
    mission : Mission
        Target orbit and working life.
    satellite : Satellite
        Shielding, and what parts stand.
    belts : BeltSpectra, optional
        Of the target orbit, where they are worked out already.

    Returns
    -------
    DoseBudget or None
        None where the mission file has no [satellite.radiation].

    Raises
    ------
    MissingPackageError
        Where radbelt is not installed.
    """
    asked = satellite.radiation
    belts = belts or mission_belts(mission)
    if asked is None or belts is None:
        return None
    years = mission.requirements.lifetime_years
    judged = [part for part in satellite.components if part.max_dose_krad is not None]
    shields = {part.name: part.shielding_mm or asked.shielding_mm for part in judged}
    shown = sorted({*_CURVE_MM, asked.shielding_mm, *shields.values()})
    lines = {line.shielding_mm: line for line in _lines(belts, shown, years)}
    parts = (
        PartDose(part.name, lines[shields[part.name]], part.max_dose_krad)
        for part in judged
        if part.max_dose_krad is not None
    )
    return DoseBudget(
        curve=tuple(lines.values()),
        parts=tuple(sorted(parts, key=lambda part: part.dose_margin_ratio)),
        belts=belts,
        shielding_mm=asked.shielding_mm,
        working_life_years=years,
        design_margin_ratio=asked.design_margin_ratio,
    )


def _lines(belts: BeltSpectra, shielding_mm: list[float], years: float) -> tuple[DoseLine, ...]:
    """Dose behind thicknesses."""
    thickness = np.array(shielding_mm)
    protons, electrons = (
        dose(spectrum.energy_mev, JULIAN_YEAR_S * spectrum.flux_per_cm2_s, thickness) / _GY_IN_A_KRAD
        for dose, spectrum in ((proton_dose_gy, belts.protons), (electron_dose_gy, belts.electrons))
    )
    return tuple(
        DoseLine(mm, float(proton), float(electron), years * float(proton + electron))
        for mm, proton, electron in zip(shielding_mm, protons, electrons, strict=True)
    )
