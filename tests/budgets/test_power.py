"""The power budget over an orbit: sizes are re-evaluated with the change they ask for."""

import numpy as np
import pytest

from cosmodrome.budgets.power import part_power_w, power_budget
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.operations.timeline import mode_timeline


def budget(satellite, orbit, policy=None, years=3.0):
    lit = orbit.illumination_ratio
    timeline = mode_timeline(satellite, orbit.epoch, orbit.elapsed_s, lit, ())
    return power_budget(satellite, policy or MarginPolicy(), years, timeline, orbit, illumination_ratio=lit)


def test_the_array_asked_for_closes_and_a_percent_less_does_not(small_satellite, circular_orbit):
    orbit, satellite = (
        circular_orbit(),
        small_satellite(solar_array={"area_m2": 0.1, "cell_efficiency_ratio": 0.29}),
    )
    first = budget(satellite, orbit)
    assert first.generation_margin_w < 0
    assert first.required_area_m2 > 0.1

    def margin_w(area_m2):
        panel = satellite.solar_array.model_copy(update={"area_m2": area_m2})
        return budget(satellite.model_copy(update={"solar_array": panel}), orbit).generation_margin_w

    assert margin_w(first.required_area_m2) == pytest.approx(0.0, abs=1e-6)
    assert margin_w(1.001 * first.required_area_m2) > 0
    assert margin_w(0.999 * first.required_area_m2) < 0


def test_the_battery_asked_for_keeps_the_depth(small_satellite, circular_orbit):
    orbit, satellite = circular_orbit(), small_satellite(battery={"capacity_wh": 60})
    first = budget(satellite, orbit)
    assert first.generation_margin_w > 0
    assert first.worst_orbit_depth_of_discharge_fraction > 0.3
    larger = satellite.battery.model_copy(update={"capacity_wh": first.required_capacity_wh})
    second = budget(satellite.model_copy(update={"battery": larger}), orbit)
    assert second.worst_orbit_depth_of_discharge_fraction == pytest.approx(0.3)


def test_array_and_battery_asked_for_close_together(small_satellite, circular_orbit):
    orbit = circular_orbit()
    satellite = small_satellite(
        solar_array={"area_m2": 0.1, "cell_efficiency_ratio": 0.29}, battery={"capacity_wh": 20}
    )
    first = budget(satellite, orbit)
    assert first.worst_orbit_depth_of_discharge_fraction == 1.0
    assert first.timeline.stored_wh.min() == 0.0
    changes = {
        "solar_array": satellite.solar_array.model_copy(update={"area_m2": 1.0001 * first.required_area_m2}),
        "battery": satellite.battery.model_copy(update={"capacity_wh": 1.001 * first.required_capacity_wh}),
    }
    second = budget(satellite.model_copy(update=changes), orbit)
    assert second.generation_margin_w >= 0
    assert second.worst_orbit_depth_of_discharge_fraction <= 0.3


def test_the_load_asked_for_closes(small_satellite, circular_orbit):
    orbit, satellite = (
        circular_orbit(),
        small_satellite(solar_array={"area_m2": 0.1, "cell_efficiency_ratio": 0.29}),
    )
    first = budget(satellite, orbit)
    keep = 1 - first.load_excess_w / first.mean_load_w
    parts = tuple(part.model_copy(update={"power_w": keep * part.power_w}) for part in satellite.components)
    second = budget(satellite.model_copy(update={"components": parts}), orbit)
    assert second.generation_margin_w == pytest.approx(0.0, abs=1e-6)


def test_allowances_grow_each_load_by_its_maturity(small_satellite):
    satellite = small_satellite()
    assert part_power_w(satellite).tolist() == np.diag([30.0, 40.0, 50.0]).tolist()  # each is on in its mode
    assert part_power_w(satellite, MarginPolicy()) == pytest.approx(
        np.diag([30 * 1.05 * 1.2, 40 * 1.10 * 1.2, 50 * 1.20 * 1.2])
    )


def test_a_panel_that_never_sees_the_sun_has_no_area_that_closes(small_satellite, circular_orbit):
    satellite = small_satellite(
        solar_array={"area_m2": 1, "cell_efficiency_ratio": 0.3, "mounting": "fixed-orbit-normal"}
    )
    found = budget(satellite, circular_orbit(beta_deg=0))
    assert found.required_area_m2 is None
    assert found.generation_margin_w < 0
    # all of the load through the battery: 1 / (0.85 x 0.9 x 0.9)
    assert found.required_generation_w == pytest.approx(found.orbit_mean_load_w / (0.85 * 0.81))


def test_the_depth_is_that_of_the_eclipse_load(small_satellite, circular_orbit):
    found = budget(small_satellite(), circular_orbit(steps_per_orbit=2000))
    eclipse_load_w = 30 * 1.05 * 1.2
    expected = eclipse_load_w * 35.29 / 60 / 0.9 / (200 * 0.8)  # satellite_examples S-07, 700 km
    assert found.worst_orbit_depth_of_discharge_fraction == pytest.approx(expected, rel=5e-3)
    assert found.account.imbalance_wh == pytest.approx(0.0, abs=1e-9 * found.account.array_wh)


def test_modes_are_reported_with_their_duty(small_satellite, circular_orbit):
    modes = {mode.name: mode for mode in budget(small_satellite(), circular_orbit()).modes}
    assert modes["idle"].duty_fraction == pytest.approx(1.0)
    assert modes["imaging"].duty_fraction == pytest.approx(0.2 * (1 - 35.29 / 98.77), abs=1e-3)
    assert modes["downlink"].duty_fraction == 0.0
    assert modes["imaging"].power_w == 40
