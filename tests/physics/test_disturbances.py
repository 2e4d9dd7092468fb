"""Fields and torques: what symmetry demands of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.constants import EARTH_DIPOLE_T
from cosmodrome.physics.disturbances import (
    dipole_field_t,
    dipole_moment_t_m3,
    gravity_gradient_torque_n_m,
    largest_dipole_field_t,
    solar_force_n,
)

RADIUS_M = 7e6
component = st.floats(-1, 1)


@given(x=component, y=component, z=st.floats(0.1, 1))
def test_gravity_gradient_does_not_turn_about_the_vertical_nor_a_principal_axis(x, y, z):
    up = np.array([[x, y, z]])
    up *= RADIUS_M / np.linalg.norm(up)
    torque = gravity_gradient_torque_n_m(up, np.diag([90.0, 60.0, 40.0]))
    assert abs(float(torque[0] @ up[0])) < 1e-9
    for axis in np.eye(3):
        upright = gravity_gradient_torque_n_m(RADIUS_M * axis[None], np.diag([90.0, 60.0, 40.0]))
        assert np.abs(upright).max() < 1e-18


def test_the_dipole_is_twice_as_strong_over_its_poles_and_falls_with_the_cube():
    axis = np.array(EARTH_DIPOLE_T) / np.linalg.norm(EARTH_DIPOLE_T)
    beside = np.cross(axis, [1.0, 0.0, 0.0])
    beside /= np.linalg.norm(beside)
    pole, equator, far = (
        float(np.linalg.norm(dipole_field_t(place[None])))
        for place in (RADIUS_M * axis, RADIUS_M * beside, 2 * RADIUS_M * axis)
    )
    assert pole == pytest.approx(2 * equator)
    assert pole == pytest.approx(8 * far)
    assert pole == pytest.approx(largest_dipole_field_t(RADIUS_M))
    assert dipole_moment_t_m3() == pytest.approx(equator * RADIUS_M**3)


def test_the_field_points_north_over_the_equator_and_into_the_ground_in_the_north():
    north = dipole_field_t(np.array([[RADIUS_M, 0.0, 0.0]]))[0]
    assert north[2] > 0
    assert abs(north[2]) > 5 * abs(north[1])  # tilted by 9.4 deg
    assert dipole_field_t(np.array([[0.0, 0.0, RADIUS_M]]))[0, 2] < 0


@given(place=st.tuples(component, component, component).filter(lambda p: np.hypot(*p[:2]) > 0.1))
def test_the_field_has_no_sources(place):
    at, step = RADIUS_M * np.array(place) / np.linalg.norm(place), 1e3
    moved = [dipole_field_t((at + sign * step * e)[None])[0] for e in np.eye(3) for sign in (1, -1)]
    divergence = sum((moved[2 * k][k] - moved[2 * k + 1][k]) / (2 * step) for k in range(3))
    assert abs(divergence) < 1e-6 * 3e-5 / step


def test_light_pushes_by_the_cosine_of_its_incidence():
    assert solar_force_n(1361.0, 2.0, 1.0, np.radians(60.0)) == pytest.approx(
        0.5 * solar_force_n(1361.0, 2.0, 1.0)
    )
