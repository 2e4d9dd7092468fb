"""The equations of motion give the same for arrays, floats and symbols."""

import casadi as ca
import numpy as np
import pytest

from cosmodrome.ascent.dynamics import ascent_acceleration, earth, flow
from cosmodrome.physics import scalar
from cosmodrome.physics.aerodynamics import drag_table

DRAG = drag_table((0.0, 0.8, 1.2, 3.0, 8.0), (0.3, 0.32, 0.55, 0.3, 0.2))
PUSH, AREA_PER_MASS, DIRECTION = 14.0, 6e-5, (0.6, 0.64, 0.48)
STATES = (
    (6.3785e6, 1e3, 2e3, 5.0, 466.0, 3.0),  # just off an equatorial pad
    (4.2e6, 1.1e6, 4.65e6, 300.0, 900.0, 250.0),  # transonic to supersonic in dense air
    (3.9e6, 2.5e6, 4.6e6, -2500.0, 5200.0, 1800.0),  # above the air
)


def acceleration(state, maths):
    position, velocity = tuple(state[:3]), tuple(state[3:])
    environment = earth()
    around = flow(position, velocity, environment, maths)
    return ascent_acceleration(
        position,
        around,
        PUSH,
        DIRECTION,
        drag_area_m2_per_kg=AREA_PER_MASS,
        drag=DRAG,
        environment=environment,
        xp=maths,
    )


@pytest.mark.parametrize("state", STATES)
def test_evaluators_agree(state):
    symbols = [ca.SX.sym(f"s{k}") for k in range(6)]
    symbolic = ca.Function("a", symbols, list(acceleration(symbols, ca)))(*state)
    expected = [float(part) for part in symbolic]
    assert list(acceleration(state, scalar)) == pytest.approx(expected, rel=1e-10)
    arrays = [np.array([part]) for part in state]
    assert [float(part[0]) for part in acceleration(arrays, np)] == pytest.approx(expected, rel=1e-10)


def test_at_rest_on_the_pad_only_gravity_and_thrust_act():
    """Normal gravity at the equator is 9.7803253 m/s2 (NIMA TR8350.2), with the centrifugal part put back."""
    environment = earth()
    radius, rate = environment.equatorial_radius_m, environment.rotation_rate_rad_s
    ax, ay, az = acceleration((radius, 0.0, 0.0, 0.0, rate * radius, 0.0), scalar)
    assert ax - PUSH * DIRECTION[0] == pytest.approx(-(9.7803253 + rate**2 * radius), abs=2e-4)
    assert (ay, az) == pytest.approx((PUSH * DIRECTION[1], PUSH * DIRECTION[2]), abs=1e-9)


def test_drag_opposes_the_flow():
    """In still air of 1.225 kg/m3 at 100 m/s: half rho v^2 S C_D / m, with C_D(0.294) from the table."""
    environment = earth()
    radius, rate = environment.equatorial_radius_m, environment.rotation_rate_rad_s
    still = acceleration((radius, 0.0, 0.0, 0.0, rate * radius, 0.0), scalar)
    flying = acceleration((radius, 0.0, 0.0, 0.0, rate * radius + 100.0, 0.0), scalar)
    coefficient = float(DRAG.coefficient(100.0 / 340.294))
    assert still[1] - flying[1] == pytest.approx(0.5 * 1.225 * 1e4 * coefficient * AREA_PER_MASS, rel=1e-4)
