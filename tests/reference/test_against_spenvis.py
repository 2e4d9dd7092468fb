"""Dose at 550 km from ESA's SPENVIS 4.6.11, and radbelt's own check values; satellite_examples S-31 and S-32.

Runs of 17 January 2023: circular orbit of 550 km, AP-8 MIN and AE-8 MAX, SHIELDOSE-2, 1825 days from
2023-01-01, center of aluminum spheres, rad in silicon; as kept in
github.com/pfandzelter/leo-edge-failure-models (MIT), compute-failure/results/<inclination>.txt.
"""

import math
from importlib.util import find_spec

import numpy as np
import pytest

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.radiation_belts import belt_spectra, read_flux_map
from cosmodrome.physics.shielded_dose import electron_dose_gy, proton_dose_gy
from cosmodrome.physics.trapped_particles import trapped_flux_per_cm2_s

pytestmark = pytest.mark.skipif(find_spec("radbelt") is None, reason="radbelt is not installed")

DURATION_S = 1825 * DAY_S
RAD_PER_GY = 100.0
# inclination: aluminum in mm, electrons, trapped protons
SPENVIS = {
    10: ((1, 5.0900, 197.02), (2, 1.7591, 140.18), (5, 0.34791, 77.249), (10, 8.5e-6, 47.829)),
    20: ((1, 59.438, 889.30), (2, 10.403, 739.35), (5, 0.95012, 556.07), (10, 1.5e-5, 452.91)),
    30: (
        (0.2, 155320, 2714.3), (0.5, 18994, 2369.2), (1, 2621.9, 2055.8), (2, 517.65, 1783.6),
        (3, 196.98, 1618.0), (5, 26.978, 1428.1), (10, 1.1096e-4, 1192.2), (20, 0, 907.47),
    ),
    55: (
        (0.2, 380290, 7650.0), (0.5, 76406, 3342.8), (1, 24114, 1993.3), (2, 8105.1, 1374.1),
        (3, 3414.0, 1149.5), (4, 1479.6, 1034.2), (5, 621.87, 950.67), (10, 3.8668, 747.05), (20, 0, 543.65),
    ),
    100: (
        (0.2, 356030, 4467.9), (0.5, 90064, 2128.5), (1, 31824, 1354.5), (2, 10555, 975.06),
        (3, 4277.6, 827.89), (4, 1802.9, 750.57), (5, 745.19, 693.52), (10, 4.0993, 550.14), (20, 0, 402.46),
    ),
}  # fmt: skip


@pytest.fixture(scope="module", params=SPENVIS, ids=lambda inclination: f"{inclination} deg")
def doses(request):
    """Dose of protons and of electrons in rad, and those of SPENVIS, behind each thickness."""
    rows = np.array(SPENVIS[request.param])
    spectra = belt_spectra(EARTH_EQUATORIAL_RADIUS_M + 550e3, 0.0, math.radians(request.param))
    protons, electrons = (
        RAD_PER_GY * dose(found.energy_mev, DURATION_S * found.flux_per_cm2_s, rows[:, 0])
        for dose, found in ((proton_dose_gy, spectra.protons), (electron_dose_gy, spectra.electrons))
    )
    return protons, electrons, rows[:, 2], rows[:, 1]


def test_protons(doses):
    """Within 20 %, of 25 % asked: they are at 0.93 to 1.09 from 20 deg on, and at 1.11 to 1.16 at 10 deg.

    From which radius SPENVIS counts altitude is not known here: from 6371.2 km they are at 0.89 to 1.04.
    Nuclear reactions, left out here, take some percent behind the thickest spheres.
    """
    protons, _, theirs, _ = doses
    np.testing.assert_allclose(protons, theirs, rtol=0.2)


def test_electrons(doses):
    """Within 30 %, of a factor of 1.5 asked, where they are more than a thousandth of the dose."""
    _, electrons, protons, theirs = doses
    counted = theirs > 1e-3 * protons
    assert counted.any()
    np.testing.assert_allclose(electrons[counted], theirs[counted], rtol=0.3)


def test_total(doses):
    """Within 20 %, of a factor of 1.5 asked; theirs has bremsstrahlung beside, of up to 3 %."""
    ours, theirs = doses[0] + doses[1], doses[2] + doses[3]
    np.testing.assert_allclose(ours, theirs, rtol=0.2)


@pytest.mark.parametrize(
    ("thickness_mm", "electrons_rad"), [(1, 0.878), (3, 0.381), (5, 0.200)], ids=lambda value: f"{value:g}"
)
def test_over_the_equator_there_are_no_protons(thickness_mm, electrons_rad):
    """S-31 at 0 deg: electrons within a factor of 1.5, of a dose that hurts nobody."""
    spectra = belt_spectra(EARTH_EQUATORIAL_RADIUS_M + 550e3, 0.0, 0.0)
    assert not spectra.protons.flux_per_cm2_s.any()
    fluence = DURATION_S * spectra.electrons.flux_per_cm2_s
    dose = RAD_PER_GY * electron_dose_gy(spectra.electrons.energy_mev, fluence, np.array([thickness_mm]))
    assert electrons_rad / 1.5 < dose[0] < electrons_rad * 1.5


@pytest.mark.parametrize(
    ("energy_mev", "particle", "solar", "flux"),
    [(20, "p", "max", 2642.502686), (10, "p", "min", 4548.437012), (1, "e", "max", 36796.851563)],
)
def test_radbelt_is_what_it_was(energy_mev, particle, solar, flux):
    """S-32: at 45 deg W, 30 deg S, 500 km on 2021-03-01; single precision."""
    import astropy.units as u
    from astropy.coordinates import EarthLocation
    from astropy.time import Time
    from radbelt import get_flux

    place = EarthLocation(-45 * u.deg, -30 * u.deg, 500 * u.km)
    found = get_flux(place, Time("2021-03-01"), energy_mev * u.MeV, particle, solar)
    assert found.value == pytest.approx(flux, rel=1e-6)


@pytest.mark.parametrize(("file", "particle"), [("ap8min.asc", "p"), ("ae8max.asc", "e")])
def test_tables_are_read_as_radbelt_reads_them(file, particle):
    """At tabulated points both ways of interpolation agree."""
    from radbelt import aep8

    fluxes = read_flux_map(file)
    compared = 0
    for energy, lines in zip(fluxes.energy_mev[::4], fluxes.lines[::4], strict=True):
        for line in lines[5::6]:
            inner = slice(1, -4, 5)
            for ratio, logarithm in zip(line.field_ratio[inner], line.log_flux[inner], strict=True):
                shell = np.array([line.mcilwain_l])
                ours = trapped_flux_per_cm2_s(fluxes, np.array([energy]), shell, np.array([ratio]))[0, 0]
                theirs = aep8(energy, shell[0], ratio, particle, "min" if "min" in file else "max")
                assert ours == pytest.approx(10**logarithm, rel=1e-6)
                assert theirs == pytest.approx(ours, rel=0.01)  # their scaled integers cut L and B/B0
                compared += 1
    assert compared > 90
