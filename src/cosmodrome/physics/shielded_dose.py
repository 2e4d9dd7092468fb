"""Dose in silicon behind aluminum, from the particles that come from all sides."""

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cosmodrome.physics.shielding_tables import (
    ELECTRON_DEPOSITS,
    ELECTRON_PROFILE_STEP,
    ELECTRON_PROFILES,
    ELECTRON_RANGES,
    PROTON_RANGES,
)

Array = NDArray[np.float64]

ALUMINUM_KG_M3: Final = 2700.0

_MEV_J: Final = 1.602176634e-13  # exact, SI definition
_PROTON_MEV: Final = 938.27208816  # CODATA 2018
_ELECTRON_MEV: Final = 0.51099895  # CODATA 2018
# Z/A and mean excitation energy in eV, ICRU Report 49
_SILICON: Final = (14 / 28.085, 173.0)
_ALUMINUM: Final = (13 / 26.982, 166.0)
_BETHE_FROM_MEV: Final = 1.0  # below, shells count; the ratio of the two elements is kept
# Electrons lose 2.2 % more in silicon than in aluminum, 0.1 to 5 MeV and at all depths: elbrbas2.dat
_SILICON_ELECTRON_RATIO: Final = 1.022
_FINEST_MEV: Final = 0.1  # protons that stop within a micrometer of silicon
_RESIDUAL_COUNT: Final = 600
_ELECTRON_COUNT: Final = 240
_DEPTH_STEP: Final = 0.01  # of the logarithm of depth, for its derivative
_PROFILE_END: Final = (2.0, 1e-7)  # SHIELDOSE-2's end of the profiles


def proton_range_kg_m2(energy_mev: Array) -> Array:
    """Range of protons in aluminum, slowing down continuously.

    Parameters
    ----------
    energy_mev : ndarray
        0.1 to 500. [MeV]

    Returns
    -------
    ndarray
        Interpolated in the logarithms. [kg/m2]

    References
    ----------
    ICRU Report 49 (1993); NIST's PSTAR.

    Examples
    --------
    10 MeV protons pass 0.17 g/cm2.

    >>> print(proton_range_kg_m2(np.array([10.0])))
    [1.705]
    """
    energies, ranges = np.array(PROTON_RANGES).T
    return np.asarray(10.0 * np.exp(np.interp(np.log(energy_mev), np.log(energies), np.log(ranges))))


def proton_energy_mev(range_kg_m2: Array) -> Array:
    """The energy that has a range in aluminum: the inverse of `proton_range_kg_m2` [MeV].

    Examples
    --------
    >>> print(proton_energy_mev(np.array([1.705])))
    [10.]
    """
    energies, ranges = np.array(PROTON_RANGES).T
    return np.asarray(np.exp(np.interp(np.log(range_kg_m2 / 10.0), np.log(ranges), np.log(energies))))


def silicon_stopping_mev_cm2_g(energy_mev: Array) -> Array:
    """Stopping power of silicon for protons.

    That of aluminum, dE/dR of its ranges, times the ratio of the two elements by Bethe's formula,
    S ~ Z/A [ln(2 m c^2 beta^2 gamma^2 / I) - beta^2], where shell and density corrections nearly cancel;
    below 1 MeV the ratio at 1 MeV.

    Parameters
    ----------
    energy_mev : ndarray
        0.1 to 500. [MeV]

    Returns
    -------
    ndarray
        [MeV cm2/g]

    References
    ----------
    ICRU Report 49 (1993): ranges, and I of 173 eV and 166 eV.

    Examples
    --------
    Within a percent of PSTAR's 34.6 and 5.84 MeV cm2/g at 10 and 100 MeV, which are quoted from memory.

    >>> print(silicon_stopping_mev_cm2_g(np.array([10.0, 100.0])).round(2))
    [34.46  5.81]
    """
    energies, ranges = np.array(PROTON_RANGES).T
    middle = np.log(energies[1:] * energies[:-1]) / 2
    aluminum = np.exp(np.interp(np.log(energy_mev), middle, np.log(np.diff(energies) / np.diff(ranges))))
    hard = np.maximum(energy_mev, _BETHE_FROM_MEV)
    return np.asarray(aluminum * _bethe_factor(hard, *_SILICON) / _bethe_factor(hard, *_ALUMINUM))


def _bethe_factor(energy_mev: Array, charge_ratio: float, excitation_ev: float) -> Array:
    """What differs between elements in Bethe's formula."""
    gamma = 1.0 + energy_mev / _PROTON_MEV
    beta2 = 1.0 - gamma**-2
    return np.asarray(charge_ratio * (np.log(2e6 * _ELECTRON_MEV * beta2 * gamma**2 / excitation_ev) - beta2))


def proton_dose_gy(energy_mev: Array, fluence_per_cm2: Array, shielding_mm: Array) -> Array:
    """Dose in silicon in the middle of aluminum spheres, of protons from all sides.

    D(t) = integral of S(E') (-dF), with R(E) = R(E') + t: each proton goes straight, and arrives with the
    range that the shield has left it. Equal thickness to all sides makes it the omnidirectional fluence that
    counts.

    Parameters
    ----------
    energy_mev : ndarray, shape (K,)
        Growing. [MeV]
    fluence_per_cm2 : ndarray, shape (K,)
        Of all protons above each energy; interpolated in the logarithms. [1/cm2]
    shielding_mm : ndarray, shape (N,)
        Aluminum to all sides. [mm]

    Returns
    -------
    ndarray, shape (N,)
        Nuclear reactions left out: they take some percent of the protons behind 20 mm and give as much back
        as fragments. [Gy]

    References
    ----------
    Seltzer (1980), *SHIELDOSE*, NBS Technical Note 1116, section 3.

    Examples
    --------
    1e10 protons of 100 MeV and no others, behind next to nothing: 5.81 MeV cm2/g times 1.602e-10.

    >>> dose = proton_dose_gy(np.array([99.99, 100.01]), np.array([1e10, 1.0]), np.array([1e-4]))
    >>> print(f"{dose[0]:.2f} Gy")
    9.32 Gy
    """
    counted = fluence_per_cm2 > 0.0
    if counted.sum() < 2:
        return np.zeros(len(shielding_mm))
    energies, logs = np.log(energy_mev[counted]), np.log(fluence_per_cm2[counted])
    residual = np.geomspace(_FINEST_MEV, energy_mev[counted][-1], _RESIDUAL_COUNT)
    residual = np.unique(np.concatenate((residual, energy_mev[counted & (energy_mev > _FINEST_MEV)])))
    stopping = silicon_stopping_mev_cm2_g(residual)
    left = proton_range_kg_m2(residual)
    doses = []
    for thickness in shielding_mm:
        arriving = proton_energy_mev(left + ALUMINUM_KG_M3 * thickness * 1e-3)
        above = np.exp(np.interp(np.log(arriving), energies, logs, right=-np.inf))
        doses.append(((stopping[1:] + stopping[:-1]) / 2 * (above[:-1] - above[1:])).sum())
    return _MEV_J * 1e3 * np.array(doses)


def electron_dose_gy(energy_mev: Array, fluence_per_cm2: Array, shielding_mm: Array) -> Array:
    """Dose in silicon in the middle of aluminum spheres, of electrons from all sides.

    In thick aluminum that isotropic electrons of energy E enter from one side, the depth z receives
    D(z) = F/4 E a p(z/l) / l per fluence F over all directions, with the share a that stays, the length l and
    the profile p of NIST's tables. A ray to the middle of a sphere passes its radius alone, so that the
    dose is 2 (D - z dD/dz) there.

    Parameters
    ----------
    energy_mev : ndarray, shape (K,)
        Growing; what lies below 0.1 MeV or above 10 MeV is left out. [MeV]
    fluence_per_cm2 : ndarray, shape (K,)
        Of all electrons above each energy; interpolated in the logarithms. [1/cm2]
    shielding_mm : ndarray, shape (N,)
        Aluminum to all sides, 0.1 to 20. [mm]

    Returns
    -------
    ndarray, shape (N,)
        Without the bremsstrahlung, which adds 0.5 % behind 1 mm, and which is all that is left of the
        electrons behind 10 mm: 3 % of the protons' dose in low orbits. [Gy]

    References
    ----------
    Seltzer (1980), *SHIELDOSE*, NBS Technical Note 1116, sections 2 and 4; Seltzer (1994), NISTIR 5477.

    Examples
    --------
    1e10 electrons of 1 MeV, whose range in aluminum is 2.05 mm: slanted by scattering they leave more behind
    half of it than the 1.6 MeV cm2/g of straight ones, and nothing behind twice of it.

    >>> dose = electron_dose_gy(np.array([1.0, 1.01]), np.array([1e10, 1e2]), np.array([1.0, 4.0]))
    >>> print(f"{dose[0]:.1f} Gy, {dose[1]:.1f} Gy")
    3.7 Gy, 0.0 Gy
    """
    counted = fluence_per_cm2 > 0.0
    first, last = ELECTRON_DEPOSITS[0][0], ELECTRON_DEPOSITS[-1][0]
    if counted.sum() < 2 or energy_mev[counted][-1] <= first or energy_mev[counted][0] >= last:
        return np.zeros(len(shielding_mm))
    begin, end = max(first, energy_mev[counted][0]), min(last, energy_mev[counted][-1])
    edges = np.geomspace(begin, end, _ELECTRON_COUNT)
    logs = np.log(energy_mev[counted]), np.log(fluence_per_cm2[counted])
    above = np.exp(np.interp(np.log(edges), *logs))
    spectrum, energies = above[:-1] - above[1:], np.sqrt(edges[1:] * edges[:-1])
    depths = ALUMINUM_KG_M3 * 1e-4 * shielding_mm  # g/cm2
    steps = np.exp(_DEPTH_STEP * np.array([-1.0, 0.0, 1.0]))
    less, here, more = (spectrum @ _slab_deposit(energies, depths * step) for step in steps)
    slope = (more - less) / (2 * math.sinh(_DEPTH_STEP))  # z dD/dz
    return np.asarray(_SILICON_ELECTRON_RATIO * _MEV_J * 1e3 * 2 * np.maximum(here - slope, 0.0))


def _slab_deposit(energies: Array, depths: Array) -> Array:
    """Energy per mass at depths in thick aluminum per fluence, shape (energies, depths) [MeV cm2/g]."""
    grid, stays, scale = np.array(ELECTRON_DEPOSITS).T
    range_energies, ranges = np.array(ELECTRON_RANGES).T
    logs = np.log(energies)
    share = np.interp(logs, np.log(grid), stays)
    length = np.interp(logs, np.log(grid), scale) * np.exp(
        np.interp(logs, np.log(range_energies), np.log(ranges))
    )
    profiles = np.log(np.column_stack((ELECTRON_PROFILES, np.full(len(grid), _PROFILE_END[1]))))
    at = np.append(np.arange(len(ELECTRON_PROFILES[0])) * ELECTRON_PROFILE_STEP, _PROFILE_END[0])
    found = np.empty((len(energies), len(depths)))
    for row, log in enumerate(logs):
        profile = [np.interp(log, np.log(grid), column) for column in profiles.T]
        found[row] = np.exp(np.interp(depths / length[row], at, profile, right=-np.inf))
    return np.asarray(found * (energies * share / (4 * length))[:, None])
