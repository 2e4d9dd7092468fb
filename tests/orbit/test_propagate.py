from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
import satkit

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.injection import InjectionState
from cosmodrome.models.components import Component, Mode
from cosmodrome.models.power import Battery, SolarArray
from cosmodrome.models.satellite import Satellite
from cosmodrome.orbit.forces import FORECAST_AP, Forces, forces_on
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.elements import keplerian_from_cartesian, raan_drift_rate_rad_s


def flown_at(start, days, forces):
    return propagate(start, start.epoch, days, forces)


def mean_node_rate_rad_s(ephemeris):
    """Slope of the node over the ephemeris, periodic terms averaged by the fit."""
    normal = np.cross(ephemeris.position_m, ephemeris.velocity_m_s)
    node = np.unwrap(np.arctan2(normal[:, 0], -normal[:, 1]))
    return np.polyfit(ephemeris.elapsed_s, node, 1)[0]


def mean_axis_m(ephemeris):
    """Semi-major axis averaged over the last revolution."""
    states = zip(ephemeris.position_m[-190:], ephemeris.velocity_m_s[-190:], strict=True)
    return np.mean([keplerian_from_cartesian(*state).semi_major_axis_m for state in states])


def test_the_node_drifts_as_j2_says(two_days):
    # Vallado (2013) eq. 9-37; second order and the Sun are worth 0.5 %
    expected = raan_drift_rate_rad_s(mean_axis_m(two_days), 0.0, np.radians(97.6))
    assert mean_node_rate_rad_s(two_days) == pytest.approx(expected, rel=0.01)


def test_earth_fixed_states_agree_with_satkit(two_days):
    some = slice(0, None, 700)
    epoch = satkit.time.from_datetime(two_days.epoch)
    times = [epoch + satkit.duration.from_seconds(float(s)) for s in two_days.elapsed_s[some]]
    position, velocity = satkit.frametransform.gcrf_to_itrf_state(
        two_days.position_m[some], two_days.velocity_m_s[some], times
    )
    # satkit has Bulletin A, straight lines and no tides within the day: 3 cm beside Orekit, to which
    # ours is right by 2 mm (tests/reference/test_against_orekit.py)
    np.testing.assert_allclose(two_days.position_itrf_m[some], position, rtol=0, atol=0.04)
    np.testing.assert_allclose(two_days.velocity_itrf_m_s[some], velocity, rtol=0, atol=0.005)


def test_velocities_are_the_derivatives(two_days):
    step = two_days.elapsed_s[1]
    central = (two_days.position_itrf_m[2:] - two_days.position_itrf_m[:-2]) / (2 * step)
    # the central difference is off by h^2/6 of the third derivative, 1.4 m/s
    np.testing.assert_allclose(central, two_days.velocity_itrf_m_s[1:-1], rtol=0, atol=2.0)


def test_drag_lowers_the_orbit_in_proportion_to_area(make_state, forces):
    def loss(area):
        start = make_state(350.0, 51.6)
        flown = propagate(start, start.epoch, 2.0, replace(forces, drag_area_m2=area))
        return mean_axis_m(flown)

    without, one, two = loss(1e-9), loss(1.0), loss(2.0)
    assert one < without - 100
    assert (without - two) / (without - one) == pytest.approx(2.0, rel=0.05)


def test_samples_are_even_and_arrays_read_only(two_days):
    assert len(two_days.elapsed_s) == 2 * 2880 + 1
    assert np.all(np.diff(two_days.elapsed_s) == 30.0)
    np.testing.assert_allclose(np.linalg.norm(two_days.sun_direction, axis=1), 1.0)
    with pytest.raises(ValueError, match="read-only"):
        two_days.position_m[0, 0] = 0.0


def test_what_is_assumed_of_the_future_is_said(two_days, make_state, forces):
    assert any(f"constant Ap of {FORECAST_AP}" in note for note in two_days.notes)
    assert two_days.space_weather_until < date(2027, 3, 1) < two_days.earth_orientation_until
    late = flown_at(make_state(550.0, 97.6, epoch=datetime(2045, 1, 1, tzinfo=UTC)), 0.1, forces)
    assert any("Earth orientation is tabulated until" in note for note in late.notes)
    assert any("last forecast month, held," in note for note in late.notes)
    observed = flown_at(make_state(550.0, 97.6, epoch=datetime(2024, 1, 1, tzinfo=UTC)), 0.1, forces)
    assert observed.notes == ()


def test_the_forecast_month_carries_the_mean_ap(two_days):
    weather = satkit.spaceweather.get(satkit.time.from_datetime(two_days.epoch))
    assert weather["ap_avg"] == FORECAST_AP
    assert satkit.utils.is_offline()


def test_an_orbit_that_decays_ends_with_a_note(make_state, forces):
    fallen = flown_at(make_state(170.0, 51.6), 5.0, forces)
    assert fallen.duration_days < 2
    assert np.linalg.norm(fallen.position_m, axis=1).min() > EARTH_EQUATORIAL_RADIUS_M + 120e3
    assert "comes below 120 km after" in fallen.notes[0]


def test_an_eccentric_orbit_keeps_its_energy(make_state, forces):
    start = make_state(700.0, 63.4)
    fast = InjectionState(start.epoch, start.position_m, start.velocity_m_s * 1.2)
    free = replace(forces, drag_area_m2=1e-9, radiation_area_m2=1e-9, sun=False, moon=False, gravity_degree=2)
    flown = flown_at(fast, 1.0, free)
    radius, speed = (np.linalg.norm(part, axis=1) for part in (flown.position_m, flown.velocity_m_s))
    z = flown.position_itrf_m[:, 2] / radius
    # energy in the field of J2 [m2/s2], EGM2008 C20 and GM; tides are worth 1e-2
    gm, j2, r = 3.986004415e14, 1.0826355e-3, 6378136.3
    potential = gm / radius * (1 - j2 * (r / radius) ** 2 * (1.5 * z * z - 0.5))
    energy = 0.5 * speed**2 - potential
    assert np.ptp(energy) < 2e2 * 1e-6 * abs(energy[0])


@pytest.mark.parametrize(
    ("altitude_km", "days", "message"),
    [(100.0, 1.0, "starts below 120 km"), (500.0, 0.0, "a duration of 0 days")],
)
def test_impossible_requests_are_refused(make_state, forces, altitude_km, days, message):
    with pytest.raises(ValueError, match=message):
        flown_at(make_state(altitude_km, 51.6), days, forces)


def test_forces_on_a_satellite():
    satellite = Satellite(
        name="s",
        components=(Component(name="bus", mass_kg=80.0, power_w=1.0),),
        modes=(Mode(name="m", components=("bus",)),),
        solar_array=SolarArray(area_m2=1.0, cell_efficiency_ratio=0.3),
        battery=Battery(capacity_wh=100.0),
        drag_area_m2=0.7,
    )
    forces = forces_on(satellite, 90.0, drag_area_m2=0.7, radiation_area_m2=0.8)
    assert forces == Forces(90.0, 0.7, 2.2, 0.8, 1.3)
    assert "EGM2008 20x20" in forces.conventions
