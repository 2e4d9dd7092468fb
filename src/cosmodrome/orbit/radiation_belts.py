"""Protons and electrons of the radiation belts along an orbit, averaged over all of its nodes."""

import math
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cosmodrome.errors import MissingPackageError
from cosmodrome.physics.magnetic_shells import mcilwain_coordinates
from cosmodrome.physics.trapped_particles import FluxMap, flux_map, trapped_flux_per_cm2_s

Array = NDArray[np.float64]

PROTON_MODEL: Final = "AP-8 MIN"
ELECTRON_MODEL: Final = "AE-8 MAX"

_FILES: Final = ((PROTON_MODEL, "ap8min.asc"), (ELECTRON_MODEL, "ae8max.asc"))
_WORD: Final = 6  # characters of a number
_LATITUDES_COUNT: Final = 60  # of equal times between the node and the orbit's summit, to both sides
_LONGITUDES_COUNT: Final = 60
_HEIGHTS_COUNT: Final = 4  # of equal times along an eccentric orbit; twice as many change a dose by 1e-3
_ROUND_M: Final = 15e3  # less between apogee and perigee, and the mean height does
_HIGHEST_SHELL: Final = 12.0
_PROTON_MEV: Final = (
    0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.5, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20, 25, 30, 40, 50, 60, 70, 80, 90, 100,
    125, 150, 175, 200, 250, 300, 400,
)  # fmt: skip
_ELECTRON_MEV: Final = (
    0.04, 0.07, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75, 3,
    3.25, 3.5, 3.75, 4, 4.25, 4.5, 4.75, 5, 5.5, 6, 6.5, 7,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class BeltSpectrum:
    """Mean omnidirectional flux above energies."""

    model: str
    energy_mev: Array  # (K,)
    flux_per_cm2_s: Array  # (K,)

    def __repr__(self) -> str:
        return f"<BeltSpectrum {self.model}: {self.flux_per_cm2_s[0]:.3g} per cm2 and s>"


@dataclass(frozen=True, slots=True)
class BeltSpectra:
    """Trapped particles along an orbit."""

    protons: BeltSpectrum
    electrons: BeltSpectrum


def belt_spectra(semi_major_axis_m: float, eccentricity: float, inclination_rad: float) -> BeltSpectra:
    """Mean spectra of trapped protons and electrons along an orbit.

    AP-8 MIN and AE-8 MAX: of the models of quiet and of active Sun the one with more particles in low orbits.
    Both are taken in the field of 1960, in which they were made. The node and the perigee are taken as having
    turned through all angles, which they do in months.

    Parameters
    ----------
    semi_major_axis_m : float
        [m]
    eccentricity : float
    inclination_rad : float
        [rad]

    Returns
    -------
    BeltSpectra

    Raises
    ------
    MissingPackageError
        Where radbelt, which carries the models' tables, is not installed.

    References
    ----------
    Sawyer and Vette (1976), NSSDC/WDC-A-R&S 76-06; Vette (1991), NSSDC/WDC-A-R&S 91-24.

    Examples
    --------
    See `tests/reference/test_against_spenvis.py`.
    """
    models = [(name, read_flux_map(file)) for name, file in _FILES]
    shell, ratio = mcilwain_coordinates(_places_m(semi_major_axis_m, eccentricity, inclination_rad))
    share = 1.0 / len(shell)
    within = np.isfinite(shell) & (shell < _HIGHEST_SHELL)
    spectra = []
    for (name, fluxes), grid in zip(models, (_PROTON_MEV, _ELECTRON_MEV), strict=True):
        energy_mev = np.array(grid, dtype=float)
        flux = trapped_flux_per_cm2_s(fluxes, energy_mev, shell[within], ratio[within])
        mean = flux.sum(axis=1) * share
        for array in (energy_mev, mean):
            array.setflags(write=False)
        spectra.append(BeltSpectrum(name, energy_mev, mean))
    return BeltSpectra(*spectra)


def _places_m(semi_major_axis_m: float, eccentricity: float, inclination_rad: float) -> Array:
    """Places that stand for equal times, turning with the Earth, shape (3, N) [m]."""
    below = np.sin((np.arange(_LATITUDES_COUNT) + 0.5) / _LATITUDES_COUNT * math.pi - math.pi / 2)
    sine = math.sin(inclination_rad) * below
    longitude = (np.arange(_LONGITUDES_COUNT) + 0.5) / _LONGITUDES_COUNT * 2 * math.pi
    cosine = np.sqrt(1.0 - sine**2)
    sphere = np.array(
        [
            np.outer(cosine, np.cos(longitude)).ravel(),
            np.outer(cosine, np.sin(longitude)).ravel(),
            np.repeat(sine, len(longitude)),
        ]
    )
    return np.concatenate([radius * sphere for radius in _radii_m(semi_major_axis_m, eccentricity)], axis=1)


def _radii_m(semi_major_axis_m: float, eccentricity: float) -> Array:
    """Distances from the Earth's center at the middles of equal times from perigee to apogee [m]."""
    if 2 * semi_major_axis_m * eccentricity < _ROUND_M:
        return np.array([semi_major_axis_m])
    mean = (np.arange(_HEIGHTS_COUNT) + 0.5) / _HEIGHTS_COUNT * math.pi
    eccentric = mean.copy()
    for _ in range(50):  # Kepler's equation by Newton
        eccentric -= (eccentric - eccentricity * np.sin(eccentric) - mean) / (
            1 - eccentricity * np.cos(eccentric)
        )
    return np.asarray(semi_major_axis_m * (1 - eccentricity * np.cos(eccentric)))


def read_flux_map(file: str) -> FluxMap:
    """Read one of the models from the installed package radbelt, without importing it.

    Parameters
    ----------
    file : str
        ap8min.asc, ap8max.asc, ae8min.asc or ae8max.asc.

    Returns
    -------
    FluxMap

    Raises
    ------
    MissingPackageError
        Where radbelt is not installed.
    """
    found = find_spec("radbelt")
    if found is None or not found.submodule_search_locations:
        raise MissingPackageError(
            "the dose is asked for, and the AP-8 and AE-8 models that it needs are not installed; "
            "install them with pip install 'cosmodrome[dose]' (radbelt, under NASA's open-source "
            "agreement), or take [satellite.radiation] and max_dose_krad out of the mission file"
        )
    path = Path(found.submodule_search_locations[0]) / "extern" / "aep8" / file
    return flux_map(_words(path.read_text(encoding="ascii")))


def _words(text: str) -> list[int]:
    """Numbers in columns of six characters after a space, which may touch."""
    cut = (line[at : at + _WORD] for line in text.splitlines() for at in range(1, len(line), _WORD))
    return [int(word) for word in cut if word.strip()]
