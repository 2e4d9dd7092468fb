import math
from datetime import UTC, datetime

import erfa
import numpy as np
import pytest

from cosmodrome.constants import ASTRONOMICAL_UNIT_M
from cosmodrome.orbit.mean_orbit import (
    MeanOrbits,
    long_period_rates,
    mean_elements_from_osculating,
    mean_orbits,
    turning_by_oblateness,
)
from cosmodrome.orbit.propagate import Forces, propagate
from cosmodrome.orbit.third_body import (
    days_since_2000,
    moon_position_m,
    sun_position_m,
    third_body_rates,
)
from cosmodrome.physics import sun
from cosmodrome.physics.elements import KeplerianElements, keplerian_from_cartesian

START = datetime(2014, 1, 1, tzinfo=UTC)
DAYS = np.arange(0.0, 3000.0, 13.7)


def apart_deg(one, other):
    cosine = (one * other).sum(axis=0) / np.linalg.norm(one, axis=0) / np.linalg.norm(other, axis=0)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def test_the_sun_against_sofa():
    found = sun_position_m(days_since_2000(START) + DAYS)
    expected = sun.sun_position_m(START, DAYS * 86_400.0).T
    # of date against J2000: precession is 0.3 deg in these years
    assert apart_deg(found, expected).max() < 0.35
    np.testing.assert_allclose(np.linalg.norm(found, axis=0), np.linalg.norm(expected, axis=0), rtol=2e-4)


def test_the_moon_against_sofa():
    day = days_since_2000(START) + DAYS
    expected = erfa.moon98(2_451_545.0, day)["p"].T * ASTRONOMICAL_UNIT_M
    found = moon_position_m(day)
    assert apart_deg(found, expected).max() < 0.8  # 0.3 deg of the formula, 0.3 deg of precession
    np.testing.assert_allclose(np.linalg.norm(found, axis=0), np.linalg.norm(expected, axis=0), rtol=0.012)


def test_a_circular_orbit_stays_circular_and_keeps_its_size():
    # the quadrupole's torque on the eccentricity vector is in proportion to it
    orbit = mean_orbits(KeplerianElements(7e6, 0.0, 0.5, 1.0, 2.0, 0.0), 1)
    rates = third_body_rates(orbit, np.array([5000.0]))
    np.testing.assert_array_equal(rates[:3, 0], 0.0)
    assert np.all(np.abs(rates[3:]) > 0)


def test_a_transfer_orbit_follows_sun_and_moon_as_in_the_full_propagation():
    # 40 days without drag, gravity to 8x8, Sun and Moon: the perigee moves by 40 km
    start = KeplerianElements(
        24_381_000.0, 0.7290, math.radians(27.0), math.radians(60.0), math.radians(178.0), 0.0
    )
    forces = Forces(
        mass_kg=1.0,
        drag_area_m2=0.0,
        drag_coefficient=2.2,
        radiation_area_m2=0.0,
        reflectivity_coefficient=1.0,
        gravity_degree=8,
        solid_tides=False,
        relativity=False,
    )
    path = propagate(start, START, 40.0, forces, step_s=3600.0)
    expected = mean_elements_from_osculating(
        keplerian_from_cartesian(path.position_m[-1], path.velocity_m_s[-1])
    )
    first = mean_elements_from_osculating(start)
    state = mean_orbits(first, 1).numbers
    for day in range(40):
        orbit = MeanOrbits(*state)
        pull = third_body_rates(orbit, np.array([days_since_2000(START) + day + 0.5])) + long_period_rates(
            orbit
        )
        state = turning_by_oblateness(orbit).after(state + 86_400.0 * pull, np.full(1, 86_400.0))
    found_km = MeanOrbits(*state).perigee_radius_m[0] / 1e3
    perigee_km = expected.semi_major_axis_m * (1 - expected.eccentricity) / 1e3
    before_km = first.semi_major_axis_m * (1 - first.eccentricity) / 1e3
    assert abs(perigee_km - before_km) > 20.0
    assert found_km == pytest.approx(perigee_km, abs=1.5)
    assert math.degrees(state[3, 0] - expected.inclination_rad) == pytest.approx(0.0, abs=0.01)
    assert math.degrees(state[4, 0] % (2 * math.pi) - expected.raan_rad) == pytest.approx(0.0, abs=0.05)
