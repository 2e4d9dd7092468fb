"""The equations of motion give the same for arrays, floats and symbols."""

import casadi as ca
import numpy as np
import pytest

from cosmodrome.ascent.dynamics import ascent_acceleration, earth, flow, wind_profile
from cosmodrome.physics import scalar
from cosmodrome.physics.aerodynamics import drag_table

DRAG = drag_table((0.0, 0.8, 1.2, 3.0, 8.0), (0.3, 0.32, 0.55, 0.3, 0.2))
PUSH, AREA_PER_MASS, DIRECTION = 14.0, 6e-5, (0.6, 0.64, 0.48)
WIND = wind_profile((0.0, 5.0, 12.0, 25.0), (3.0, 20.0, 45.0, 10.0), (0.0, -8.0, 4.0, 2.0))
ENVIRONMENTS = {"still air": earth(), "wind": earth(WIND)}
STATES = (
    (6.3785e6, 1e3, 2e3, 5.0, 466.0, 3.0),  # just off an equatorial pad
    (4.2e6, 1.1e6, 4.65e6, 300.0, 900.0, 250.0),  # transonic to supersonic in dense air
    (3.9e6, 2.5e6, 4.6e6, -2500.0, 5200.0, 1800.0),  # above the air
)


def acceleration(state, maths, environment=None):
    position, velocity = tuple(state[:3]), tuple(state[3:])
    environment = environment or earth()
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
@pytest.mark.parametrize("air", ENVIRONMENTS)
def test_evaluators_agree(state, air):
    """Symbols, floats and arrays, to 1e-12 of the acceleration."""
    environment = ENVIRONMENTS[air]
    symbols = [ca.SX.sym(f"s{k}") for k in range(6)]
    symbolic = ca.Function("a", symbols, list(acceleration(symbols, ca, environment)))(*state)
    expected = np.array([float(part) for part in symbolic])
    arrays = acceleration([np.array([part]) for part in state], np, environment)
    tolerance = 1e-12 * np.linalg.norm(expected)
    assert list(acceleration(state, scalar, environment)) == pytest.approx(expected, abs=tolerance)
    assert np.concatenate(arrays) == pytest.approx(expected, abs=tolerance)


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


def drag_with(wind, eastward_m_s):
    """Eastward acceleration on the equator at sea level, flying east, less that at rest in still air."""
    radius, rate = earth().equatorial_radius_m, earth().rotation_rate_rad_s
    still = acceleration((radius, 0.0, 0.0, 0.0, rate * radius, 0.0), scalar)
    flying = (radius, 0.0, 0.0, 0.0, rate * radius + eastward_m_s, 0.0)
    return acceleration(flying, scalar, earth(wind))[1] - still[1]


def test_no_wind_and_a_wind_of_zero_are_the_same():
    calm = wind_profile((0.0, 20.0), (0.0, 0.0), (0.0, 0.0))
    assert drag_with(calm, 100.0) == drag_with(None, 100.0)


def test_wind_adds_to_the_speed_through_the_air():
    """100 m/s over ground with 20 m/s from behind drag as 80 m/s, with 20 m/s from ahead as 120 m/s: 1e-9."""
    for wind_m_s in (20.0, -20.0):
        blowing = wind_profile((0.0, 20.0), (wind_m_s, wind_m_s), (0.0, 0.0))
        assert drag_with(blowing, 100.0) == pytest.approx(drag_with(None, 100.0 - wind_m_s), rel=1e-9)


@pytest.mark.parametrize(
    ("altitude_km", "east_m_s", "north_m_s"), [(5.0, 20.0, -8.0), (12.0, 45.0, 4.0), (50.0, 0.0, 0.0)]
)
def test_wind_blows_where_its_table_says(altitude_km, east_m_s, north_m_s):
    """At the rows of the table and above its end; toward the east and the north of a place at 45 deg."""
    place = 6.4e6 * np.array([0.5, 0.5, np.sqrt(0.5)])
    east, north = np.array([-np.sqrt(0.5), np.sqrt(0.5), 0.0]), np.array([-0.5, -0.5, np.sqrt(0.5)])
    blowing = np.array(WIND.velocity_m_s(tuple(place), 1e3 * altitude_km))
    assert [blowing @ east, blowing @ north, blowing @ place] == pytest.approx(
        [east_m_s, north_m_s, 0.0], abs=1e-6
    )
