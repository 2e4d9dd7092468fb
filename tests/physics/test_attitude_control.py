"""Slews: the two profiles meet, and what cannot turn does not."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.physics.attitude_control import root_sum_square_deg, slew_duration_s, slew_torque_n_m


@given(angle=st.floats(0.01, 3), inertia=st.floats(0.01, 1000), torque=st.floats(1e-5, 1))
def test_the_profile_that_coasts_begins_where_the_other_ends(angle, inertia, torque):
    peak = math.sqrt(angle * inertia * torque)
    free = slew_duration_s(angle, inertia, torque)
    assert slew_duration_s(angle, inertia, torque, 1.0001 * peak) == free
    assert slew_duration_s(angle, inertia, torque, peak * (1 - 1e-9)) == pytest.approx(free)
    assert slew_duration_s(angle, inertia, torque, 0.5 * peak) == pytest.approx(1.25 * free)
    assert slew_torque_n_m(angle, free, inertia) == pytest.approx(torque)


def test_without_torque_or_momentum_it_never_gets_there():
    assert slew_duration_s(0.5, 10.0, 0.0) == math.inf
    assert slew_duration_s(0.5, 10.0, 1.0, -0.1) == math.inf
    assert slew_duration_s(0.0, 10.0, 0.0) == 0.0


def test_one_error_is_itself():
    assert root_sum_square_deg([0.2]) == pytest.approx(0.2)
