"""Vallado (2013), Fundamentals of Astrodynamics and Applications, 4th edition: worked examples."""

import math

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.elements import (
    KeplerianElements,
    cartesian_from_keplerian,
    keplerian_from_cartesian,
    sun_synchronous_inclination_rad,
    sun_synchronous_semi_major_axis_m,
)


def test_sun_synchronous_orbits():
    # S-02, example 11-2: 800 km gives 98.6 deg; e = 0.2 and 98.6 deg give 7346.846 km
    found = sun_synchronous_inclination_rad(EARTH_EQUATORIAL_RADIUS_M + 800e3)
    assert math.degrees(found) == pytest.approx(98.6, abs=0.01)
    axis = sun_synchronous_semi_major_axis_m(math.radians(98.6), 0.2)
    assert axis / 1e3 == pytest.approx(7346.846, abs=0.1)


def test_elements_from_state():
    # example 2-5
    found = keplerian_from_cartesian((6524.834e3, 6862.875e3, 6448.296e3), (4901.327, 5533.756, -1976.341))
    assert found.semi_major_axis_m / 1e3 == pytest.approx(36127.343, abs=0.1)
    assert found.eccentricity == pytest.approx(0.832853, abs=1e-6)
    angles = [found.inclination_rad, found.raan_rad, found.argument_of_perigee_rad, found.true_anomaly_rad]
    assert np.degrees(angles) == pytest.approx([87.870, 227.898, 53.38, 92.335], abs=0.006)


def test_state_from_elements():
    # example 2-6
    e = 0.83285
    angles = (math.radians(x) for x in (87.87, 227.89, 53.38, 92.335))
    position, velocity = cartesian_from_keplerian(KeplerianElements(11067.790e3 / (1 - e * e), e, *angles))
    assert np.array(position) / 1e3 == pytest.approx([6525.344, 6861.535, 6449.125], abs=1.5)
    assert np.array(velocity) / 1e3 == pytest.approx([4.902276, 5.533124, -1.975709], abs=1e-3)
