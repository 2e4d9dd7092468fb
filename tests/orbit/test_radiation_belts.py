"""Where the tables come from, and how an orbit is averaged."""

import math
from importlib.util import find_spec

import numpy as np
import pytest

from cosmodrome.errors import MissingPackageError
from cosmodrome.orbit import radiation_belts
from cosmodrome.orbit.radiation_belts import _places_m, _radii_m, _words, belt_spectra, read_flux_map

needs_radbelt = pytest.mark.skipif(find_spec("radbelt") is None, reason="radbelt is not installed")


def test_without_radbelt_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setattr(radiation_belts, "find_spec", lambda name: None)
    with pytest.raises(MissingPackageError, match=r"pip install 'cosmodrome\[dose\]'.*or take"):
        belt_spectra(6.93e6, 0.0, 1.0)


def test_numbers_may_touch():
    """AE-8 has lines such as ' 2508852429115610': six characters each, after a space."""
    assert _words(" 152429115610\n      7    12\n") == [152429, 115610, 7, 12]


def test_places_stand_for_equal_times():
    """Of a circle inclined by i the mean of z^2 is sin^2(i)/2, of all other axes what is left, halved."""
    radius, inclination = 6.93e6, math.radians(52.0)
    mean = (_places_m(radius, 0.0, inclination) ** 2).mean(axis=1) / radius**2
    tall = math.sin(inclination) ** 2 / 2
    np.testing.assert_allclose(mean, [(1 - tall) / 2, (1 - tall) / 2, tall], rtol=1e-9)


def test_heights_of_an_ellipse_are_those_of_equal_times():
    """The mean of r over time is a (1 + e^2 / 2)."""
    assert _radii_m(7e6, 1e-4).tolist() == [7e6]
    radii = _radii_m(7.2e6, 0.08)
    assert radii.mean() == pytest.approx(7.2e6 * (1 + 0.08**2 / 2), rel=1e-6)
    assert (np.diff(radii) > 0).all()


@needs_radbelt
def test_spectra_fall_with_energy_and_grow_with_height():
    low, high = (belt_spectra(6378e3 + 1e3 * km, 0.0, math.radians(60.0)) for km in (500, 800))
    for one, other in ((low.protons, high.protons), (low.electrons, high.electrons)):
        assert (np.diff(one.flux_per_cm2_s) <= 0).all()
        assert (one.flux_per_cm2_s[:-1] < other.flux_per_cm2_s[:-1]).all()
    with pytest.raises(ValueError, match="read-only"):
        low.protons.flux_per_cm2_s[0] = 0.0
    assert repr(low.protons).startswith("<BeltSpectrum AP-8 MIN: ")


@needs_radbelt
def test_an_ellipse_lies_between_its_perigee_and_its_apogee():
    low, mean, high = (
        belt_spectra(6378e3 + 1e3 * km, eccentricity, 1.7).protons.flux_per_cm2_s[20]
        for km, eccentricity in ((400, 0.0), (600, 200 / 6978), (800, 0.0))
    )
    assert low < mean < high


@needs_radbelt
@pytest.mark.parametrize(
    ("file", "first_mev", "last_mev"), [("ap8min.asc", 0.1, 400.0), ("ae8max.asc", 0.04, 7.0)]
)
def test_every_energy_of_the_tables_is_read(file, first_mev, last_mev):
    """AP-8 spans 0.1 to 400 MeV, AE-8 0.04 to 7 MeV (Sawyer and Vette 1976; Vette 1991)."""
    energies = read_flux_map(file).energy_mev
    assert (energies[0], energies[-1]) == pytest.approx((first_mev, last_mev), rel=1e-3)


@needs_radbelt
@pytest.mark.parametrize(
    ("altitude_km", "inclination_deg"), [(400, 51.6), (550, 30), (550, 97.6), (1400, 52)]
)
def test_the_pair_of_models_is_the_worse_one(monkeypatch, altitude_km, inclination_deg):
    """Quiet Sun for protons, active Sun for electrons: no flux of the other pair is higher."""
    orbit = 6378137.0 + 1e3 * altitude_km, 0.0, math.radians(inclination_deg)
    worse = belt_spectra(*orbit)
    monkeypatch.setattr(radiation_belts, "_FILES", (("AP-8 MAX", "ap8max.asc"), ("AE-8 MIN", "ae8min.asc")))
    other = belt_spectra(*orbit)
    for one, less in ((worse.protons, other.protons), (worse.electrons, other.electrons)):
        rounding = 1e-6 * less.flux_per_cm2_s  # the electron models are one above 5 MeV
        assert (one.flux_per_cm2_s >= less.flux_per_cm2_s - rounding).all()
