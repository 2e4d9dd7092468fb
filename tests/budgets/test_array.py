"""The array along the orbit: mountings against their closed forms."""

import math

import numpy as np
import pytest

from cosmodrome.budgets.array import cell_output_w_m2, generation_w, incidence_ratio
from cosmodrome.models.power import SolarArray
from cosmodrome.operations.timeline import mode_timeline


def array(**changes):
    return SolarArray(area_m2=1.0, cell_efficiency_ratio=0.3, **changes)


@pytest.fixture
def output(small_satellite):
    def over(panel, years, orbit, lit):
        satellite = small_satellite(solar_array=panel)
        timeline = mode_timeline(satellite, orbit.epoch, orbit.elapsed_s, lit, ())
        return generation_w(satellite, years, timeline, orbit, lit)

    return over


def test_a_zenith_panel_averages_one_over_pi_under_a_sun_in_the_orbit_plane(circular_orbit):
    incidence = incidence_ratio(array(mounting="fixed-zenith"), circular_orbit())
    assert incidence[:-1].mean() == pytest.approx(1 / math.pi, rel=1e-4)
    assert incidence.min() == 0.0


@pytest.mark.parametrize("beta_deg", [70.0, -70.0])
def test_a_panel_along_the_normal_sees_the_sine_of_beta(circular_orbit, beta_deg):
    incidence = incidence_ratio(array(mounting="fixed-orbit-normal"), circular_orbit(beta_deg=beta_deg))
    assert incidence == pytest.approx(math.sin(math.radians(70)))


def test_a_tracking_panel_keeps_its_pointing_error(circular_orbit):
    incidence = incidence_ratio(array(pointing_error_deg=23.5), circular_orbit())
    assert incidence == pytest.approx(math.cos(math.radians(23.5)))


def test_output_ages_and_follows_the_inverse_square(circular_orbit, output):
    panel, orbit = array(degradation_per_year_fraction=0.03, pointing_error_deg=0), circular_orbit()
    fresh, old = cell_output_w_m2(panel, 0), cell_output_w_m2(panel, 5)
    assert fresh == pytest.approx(1361 * 0.3 * 0.77)
    assert old / fresh == pytest.approx(0.97**5)
    far = type(orbit)(
        orbit.epoch,
        orbit.elapsed_s,
        orbit.position_m,
        orbit.velocity_m_s,
        orbit.sun_direction,
        1.0167 * orbit.sun_distance_m,
    )
    lit = np.ones(len(orbit.elapsed_s))
    ratio = output(panel, 5, far, lit) / output(panel, 5, orbit, lit)
    assert ratio == pytest.approx(1.0167**-2)


def test_no_output_in_eclipse(circular_orbit, output):
    orbit = circular_orbit()
    found = output(array(), 0, orbit, orbit.illumination_ratio)
    dark = (orbit.illumination_ratio[1:] + orbit.illumination_ratio[:-1]) == 0
    assert dark.any()
    assert (found[dark] == 0).all()
    assert (found[~dark] > 0).all()
