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


CELL = {"name": "cell", "efficiency_ratio": 0.3, "efficiency_change_per_k": -0.002}


def test_warm_cells_give_less_and_cold_ones_more_where_their_voltage_is_used():
    def output_at(temperature_c, **more):
        panel = SolarArray(area_m2=1.0, cell=CELL, inherent_degradation_ratio=0.85, **more)
        return cell_output_w_m2(panel, 0.0, temperature_c) / cell_output_w_m2(panel, 0.0)

    assert output_at(78.0) == pytest.approx(0.9)
    assert output_at(-22.0, power_path="peak-power-tracking") == pytest.approx(1.1)
    assert output_at(-22.0, power_path="direct-energy-transfer") == 1.0
    assert output_at(78.0, power_path="direct-energy-transfer") == pytest.approx(0.9)


def test_a_fluence_takes_the_place_of_years():
    cell = CELL | {"fluence_knee_per_cm2": 2.34e14, "fluence_slope_fraction": 0.2215}
    panel = SolarArray(area_m2=1.0, cell=cell, fluence_per_cm2=1e15)
    # Spectrolab XTJ after 1e15 electrons: 0.84 (Fetzer et al., PVSC 2010), two digits
    assert cell_output_w_m2(panel, 3.0) / (1361 * 0.3 * 0.77) == pytest.approx(0.84, abs=0.005)
    assert cell_output_w_m2(panel, 3.0) == cell_output_w_m2(panel, 10.0)


def test_cells_all_around_a_nadir_box_average_what_projection_says(small_satellite, circular_orbit):
    """Sun in the plane, no shadow: four faces of 0.1 m2 at 1/pi each."""
    white = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
    normals = ((1, 0, 0), (-1, 0, 0), (0, 0, 1), (0, 0, -1))
    faces = [
        {"name": str(k), "area_m2": 0.2, "normal": n, "finish": white, "cell_area_m2": 0.1}
        for k, n in enumerate(normals)
    ]
    satellite = small_satellite(
        body={"faces": faces},
        solar_array={"mounting": "faces", "cell_efficiency_ratio": 0.3},
    )
    orbit = circular_orbit(orbits=1)
    lit = np.ones(len(orbit.elapsed_s))
    timeline = mode_timeline(satellite, orbit.epoch, orbit.elapsed_s, lit, ())
    found = generation_w(satellite, 0.0, timeline, orbit, lit)
    assert found.mean() == pytest.approx(4 * 0.1 * 1361 * 0.3 * 0.77 / math.pi, rel=1e-4)


def test_cells_on_faces_have_no_one_incidence(circular_orbit):
    panel = SolarArray(mounting="faces", cell_efficiency_ratio=0.3)
    with pytest.raises(ValueError, match="no one incidence"):
        incidence_ratio(panel, circular_orbit())
