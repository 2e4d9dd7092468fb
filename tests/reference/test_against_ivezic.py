"""A CubeSat as one node: Ivezic, AAOAJ 2021, doi:10.15406/aaoaj.2021.05.00130 (satellite_examples S-33).

Tolerances 0.5 W and 1.5 K are those of the example: the paper prints heat to 0.1 W and temperatures to 0.1 K,
and leaves the start of the orbit and the step of its integration open.

The paper says that a sphere shows eta_S = 0.21 of its surface to the Sun. Its numbers need 0.25, which is
Cauchy's quarter for any convex body.
"""

import numpy as np
import pytest

from cosmodrome.physics.thermal import (
    ThermalNetwork,
    cooling_time_s,
    periodic_temperatures_k,
    sphere_view_factor,
    steady_temperatures_k,
    temperature_history_k,
)

AREA_M2, EMISSIVITY, CAPACITY_J_K = 0.1, 0.86, 2.0 * 921.0
FLUX_W_M2, ALBEDO, MEAN_ALBEDO_SHARE, INFRARED_W_M2, CELLS = 1372.0, 0.30, 0.62, 240.0, 0.20
PERIOD_S, ECLIPSE_FRACTION, EARTH_SHARE = 90 * 60.0, 0.33, 0.8475
SATELLITE = ThermalNetwork(np.array([CAPACITY_J_K]), np.array([AREA_M2 * EMISSIVITY]), np.zeros((1, 1)))


def heats_w(sun_share):
    """Sunlit and dark heat; a fifth of the sunlight on it becomes electricity, and heat over the orbit."""
    sun = AREA_M2 * EMISSIVITY * sun_share * FLUX_W_M2
    earth = AREA_M2 * EMISSIVITY * float(sphere_view_factor(np.sqrt(EARTH_SHARE)))
    reflected = earth * FLUX_W_M2 * ALBEDO * MEAN_ALBEDO_SHARE
    infrared = earth * INFRARED_W_M2
    electric = CELLS * (sun + reflected)
    dissipated = electric * (1 - ECLIPSE_FRACTION)
    return sun, sun + reflected + infrared - electric + dissipated, infrared + dissipated


def orbit(sun_share, steps=900):
    _, lit_w, dark_w = heats_w(sun_share)
    dark = int(ECLIPSE_FRACTION * steps)
    heat = np.concatenate([np.full(steps - dark, lit_w), np.full(dark, dark_w)])[:, None]
    return periodic_temperatures_k(SATELLITE, np.linspace(0.0, PERIOD_S, steps + 1), heat)


def test_heat_loads():
    sun, lit, dark = heats_w(0.25)
    assert sun == pytest.approx(29.5, abs=0.5)
    assert lit == pytest.approx(40.1, abs=0.5)
    assert dark == pytest.approx(11.1, abs=0.5)
    assert dark - 6.3 == pytest.approx(4.8, abs=0.5)  # dissipated; infrared is 6.3 W


@pytest.mark.parametrize(("load", "rest_k"), [(1, 301.1), (2, 218.6)])
def test_temperatures_of_rest(load, rest_k):
    found = steady_temperatures_k(SATELLITE, np.array([heats_w(0.25)[load]]))[0]
    assert found == pytest.approx(rest_k, abs=1.5)


def test_the_mean_heat_rests_at_the_mean_temperature():
    _, lit, dark = heats_w(0.25)
    mean = (1 - ECLIPSE_FRACTION) * lit + ECLIPSE_FRACTION * dark
    assert steady_temperatures_k(SATELLITE, np.array([mean]))[0] == pytest.approx(281.1, abs=1.5)


def test_transient_temperatures():
    history, account = orbit(0.25)
    assert history.min() == pytest.approx(272.4, abs=1.5)
    assert history.max() == pytest.approx(289.1, abs=1.5)
    assert np.abs(account.imbalance_wh).max() <= 1e-9 * account.absorbed_wh.min()


def test_the_share_that_the_paper_states_does_not_give_its_numbers():
    """With 0.21 the satellite is 6 to 8 K colder than printed: the stated share is the paper's slip."""
    sun, lit, _ = heats_w(0.21)
    history, _ = orbit(0.21)
    assert sun == pytest.approx(24.78, abs=0.1)  # S-33, recomputed there
    assert lit < 40.1 - 0.5
    assert history.max() < 289.1 - 1.5
    assert history.min() < 272.4 - 1.5


def test_the_integrated_eclipse_is_the_analytic_one():
    _, _, dark = heats_w(0.25)
    rest = float(steady_temperatures_k(SATELLITE, np.array([dark]))[0])
    times = np.linspace(0.0, 1782.0, 1783)
    history, _ = temperature_history_k(SATELLITE, times, np.full((1782, 1), dark), np.array([289.1]))
    # second-order rule at 1 s steps: 1e-6 of 1782 s
    elapsed = cooling_time_s(289.1, float(history[-1, 0]), rest, CAPACITY_J_K, AREA_M2 * EMISSIVITY)
    assert elapsed == pytest.approx(1782.0, rel=1e-6)
