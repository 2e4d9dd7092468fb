"""Dose behind aluminum against closed forms, and against what SHIELDOSE-2 finds in full."""

import numpy as np
import pytest

from cosmodrome.physics.shielded_dose import (
    electron_dose_gy,
    proton_dose_gy,
    proton_energy_mev,
    proton_range_kg_m2,
    silicon_stopping_mev_cm2_g,
)
from cosmodrome.physics.shielding_tables import (
    ELECTRON_DEPOSITS,
    ELECTRON_PROFILE_STEP,
    ELECTRON_PROFILES,
    ELECTRON_RANGES,
    PROTON_RANGES,
)

MEV_PER_G_GY = 1.602176634e-10


def line(energy_mev, count=1e10):
    """Integral spectrum of particles of one energy."""
    return np.array([0.9999 * energy_mev, 1.0001 * energy_mev]), np.array([count, 1e-6 * count])


def test_profiles_hold_the_energy_once():
    """Each profile's integral is 1: a slip of a digit would show, to the four digits of the tables."""
    profiles = np.array(ELECTRON_PROFILES)
    assert profiles.shape == (len(ELECTRON_DEPOSITS), 33)
    np.testing.assert_allclose(np.trapezoid(profiles, dx=ELECTRON_PROFILE_STEP, axis=1), 1.0, atol=1e-3)
    assert (np.diff(profiles[:, 4:]) < 0).all()


@pytest.mark.parametrize("table", [PROTON_RANGES, ELECTRON_RANGES], ids=["protons", "electrons"])
def test_ranges_are_smooth(table):
    """The slope of log range over log energy changes little by little: a slip of a digit would show."""
    logs = np.log(np.array(table))
    slopes = np.diff(logs[:, 1]) / np.diff(logs[:, 0])
    assert np.abs(np.diff(slopes)).max() < 0.1


def test_ranges_and_energies_are_inverse():
    energies = np.geomspace(0.2, 400.0, 37)
    np.testing.assert_allclose(proton_energy_mev(proton_range_kg_m2(energies)), energies, rtol=1e-9)


def test_protons_that_stop_leave_nothing():
    """Protons of 20 MeV pass 2.13 mm of aluminum (PSTAR, 0.5748 g/cm2) and no more."""
    doses = proton_dose_gy(*line(20.0), np.array([1.0, 2.0, 2.2, 5.0]))
    assert (doses[:2] > 0).all()
    assert (doses[2:] == 0).all()


def test_protons_arrive_with_the_range_that_is_left():
    thickness_mm = 10.0
    left = proton_energy_mev(proton_range_kg_m2(np.array([100.0])) - 2700.0 * thickness_mm * 1e-3)
    expected = 1e10 * MEV_PER_G_GY * silicon_stopping_mev_cm2_g(left)
    found = proton_dose_gy(*line(100.0), np.array([thickness_mm]))
    np.testing.assert_allclose(found, expected, rtol=0.01)  # of the grid of energies


def test_dose_grows_with_fluence_alone():
    energies, above = np.array([1.0, 3.0, 10.0, 30.0, 100.0]), np.array([1e9, 3e8, 1e8, 4e7, 1e7])
    shields = np.array([0.5, 2.0, 10.0])
    for dose in (proton_dose_gy, electron_dose_gy):
        once, twice = dose(energies, above, shields), dose(energies, 2 * above, shields)
        np.testing.assert_allclose(twice, 2 * once, rtol=1e-9)
        assert (np.diff(once) < 0).all()
        assert not dose(energies, 0 * above, shields).any()


def test_electrons_deposit_what_stays():
    """The energy in a half space from one side is a quarter of the fluence times the share that stays.

    From doses D(z) in spheres, 2 (D - z D'), the slab's dose follows by its own integral: 2 int_z^inf D/s^2.
    """
    energy, share, _ = ELECTRON_DEPOSITS[3]
    depths_mm = np.geomspace(0.02, 6.0, 600)
    sphere = electron_dose_gy(*line(energy), depths_mm) / 1.022
    grams = 0.27 * depths_mm
    integrand = sphere / (2 * grams**2)
    steps = np.diff(grams) * (integrand[1:] + integrand[:-1]) / 2
    slab = grams[:-1] * np.cumsum(steps[::-1])[::-1]
    kept = (np.diff(grams) * slab).sum() + grams[0] * slab[0]
    assert kept / (1e10 * MEV_PER_G_GY) == pytest.approx(share * energy / 4, rel=0.02)


def test_electrons_below_the_tables_are_left_out():
    assert not electron_dose_gy(np.array([0.01, 0.05]), np.array([1e9, 1e8]), np.array([0.1])).any()
    assert not electron_dose_gy(np.array([20.0, 30.0]), np.array([1e9, 1e8]), np.array([0.1])).any()
