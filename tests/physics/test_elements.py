import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.elements import (
    KeplerianElements,
    cartesian_from_keplerian,
    keplerian_from_cartesian,
    nodal_period_s,
    orbital_period_s,
    perigee_drift_rate_rad_s,
    raan_drift_rate_rad_s,
    repeat_semi_major_axis_m,
    sun_synchronous_inclination_rad,
    sun_synchronous_semi_major_axis_m,
)

ANGLE = st.floats(0.0, 6.28)


@given(st.floats(6.5e6, 4e7), st.floats(0.001, 0.8), st.floats(0.01, 3.13), ANGLE, ANGLE, ANGLE)
def test_elements_and_state_are_inverses(a, e, i, raan, perigee, anomaly):
    elements = KeplerianElements(a, e, i, raan, perigee, anomaly)
    found = keplerian_from_cartesian(*cartesian_from_keplerian(elements))
    assert found.semi_major_axis_m == pytest.approx(a, rel=1e-9)
    assert found.eccentricity == pytest.approx(e, abs=1e-9)
    assert found.inclination_rad == pytest.approx(i, abs=1e-9)
    for own, given_angle in (
        (found.raan_rad, raan),
        (found.argument_of_perigee_rad, perigee),
        (found.true_anomaly_rad, anomaly),
    ):
        assert math.cos(own - given_angle) == pytest.approx(1.0, abs=1e-10)


@pytest.mark.parametrize(("e", "i"), [(0.0, 0.9), (0.0, 0.0), (0.1, 0.0), (0.0, math.pi), (0.1, math.pi)])
def test_singular_orbits_return_to_the_same_state(e, i):
    state = cartesian_from_keplerian(KeplerianElements(7e6, e, i, 0.0, 0.0, 1.0))
    again = cartesian_from_keplerian(keplerian_from_cartesian(*state))
    np.testing.assert_allclose(np.concatenate(again), np.concatenate(state), rtol=0, atol=1e-2)


@pytest.mark.parametrize(
    ("position", "velocity"),
    [((7e6, 0, 0), (0, 12e3, 0)), ((7e6, 0, 0), (-100.0, 0, 0))],
    ids=["hyperbola", "radial fall"],
)
def test_states_off_an_ellipse_are_refused(position, velocity):
    with pytest.raises(ValueError, match="not on an ellipse"):
        keplerian_from_cartesian(position, velocity)


def test_nodes_of_a_polar_orbit_stand_still():
    assert raan_drift_rate_rad_s(7e6, 0.0, math.pi / 2) == pytest.approx(0.0, abs=1e-20)
    assert raan_drift_rate_rad_s(7e6, 0.0, 0.5) < 0 < raan_drift_rate_rad_s(7e6, 0.0, 2.5)


def test_perigee_turns_back_above_the_critical_inclination():
    assert perigee_drift_rate_rad_s(26.6e6, 0.7, math.radians(63.0)) > 0
    assert perigee_drift_rate_rad_s(26.6e6, 0.7, math.radians(64.0)) < 0


@given(st.floats(6.6e6, 1.2e7), st.floats(0.0, 0.3))
def test_sun_synchronism_is_inverted(a, e):
    try:
        inclination = sun_synchronous_inclination_rad(a, e)
    except ValueError:
        return
    assert sun_synchronous_semi_major_axis_m(inclination, e) == pytest.approx(a, rel=1e-10)


def test_no_sun_synchronism_far_out_or_prograde():
    highest = EARTH_EQUATORIAL_RADIUS_M + 5974e3  # Boain (2004), AAS 04-108: 5974.9 km
    assert math.degrees(sun_synchronous_inclination_rad(highest)) > 178
    with pytest.raises(ValueError, match="is sun-synchronous: J2 turns its node too slowly"):
        sun_synchronous_inclination_rad(highest + 10e3)
    with pytest.raises(ValueError, match="retrograde: inclination between 90 and 180 deg"):
        sun_synchronous_semi_major_axis_m(1.0)


def test_repeat_track_closes():
    inclination = math.radians(51.6)
    axis = repeat_semi_major_axis_m(46, 3, inclination)
    turned = 46 * nodal_period_s(axis, 0.0, inclination)
    node_rate = raan_drift_rate_rad_s(axis, 0.0, inclination)
    assert turned * (7.292115e-5 - node_rate) == pytest.approx(3 * 2 * math.pi, rel=1e-12)
    assert orbital_period_s(axis) == pytest.approx(turned / 46, rel=2e-3)
