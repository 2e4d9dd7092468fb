"""The closed fall against Kepler's own limits, against SciPy, and between evaluators; areas and ellipses."""

import math

import casadi as ca
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M as RADIUS
from cosmodrome.constants import EARTH_GM_M3_S2 as GM
from cosmodrome.constants import EARTH_ROTATION_RATE_RAD_S as RATE
from cosmodrome.physics import scalar
from cosmodrome.physics.ballistics import (
    GroundEllipse,
    angle_between_rad,
    fall_to_ground,
    ground_direction,
    north_and_east,
    perigee_radius_m,
    tumbling_cylinder_area_m2,
    turned_about_pole,
    vacuum_impact,
)
from cosmodrome.physics.gravity import gravity_acceleration

# a strap-on, a core stage, an upper stage that is already on its way down, and a stage high above the pole
STATES = (
    (4.1e6, 1.2e6, 4.78e6, -300.0, 1500.0, 950.0),
    (3.5e6, 2.9e6, 4.65e6, -2100.0, 3100.0, 1300.0),
    (-2.0e6, 5.5e6, 3.0e6, -5200.0, -3000.0, -2600.0),
    (1.0e5, -2.0e5, 8.4e6, 900.0, 3000.0, 1200.0),
)


def impact(state, maths=scalar, rate=RATE):
    place, time = vacuum_impact(tuple(state[:3]), tuple(state[3:]), GM, RADIUS, rate, maths)
    return *place, time


@pytest.mark.parametrize("state", STATES)
def test_evaluators_agree(state):
    symbols = ca.SX.sym("s", 6)
    symbolic = ca.Function("impact", [symbols], list(impact(ca.vertsplit(symbols), ca)))
    expected = [float(part) for part in symbolic(state)]
    arrays = [np.full(2, part) for part in state]
    assert impact(state) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    assert [float(part[1]) for part in impact(arrays, np)] == pytest.approx(expected, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("state", STATES)
def test_the_symbolic_derivative_is_that_of_the_numbers(state):
    symbols = ca.SX.sym("s", 6)
    values = ca.vertcat(*impact(ca.vertsplit(symbols), ca))
    jacobian = np.array(ca.Function("j", [symbols], [ca.jacobian(values, symbols)])(state))
    for k, step in enumerate((10.0,) * 3 + (0.01,) * 3):
        ahead, behind = list(state), list(state)
        ahead[k] += step
        behind[k] -= step
        slope = (np.array(impact(ahead)) - np.array(impact(behind))) / (2 * step)
        assert jacobian[:, k] == pytest.approx(slope, rel=1e-5, abs=1e-10)


@given(st.floats(0.05, 0.95), st.floats(0.05, 1.5))
def test_the_free_flight_range_equation(energy_ratio, elevation):
    """Bate, Mueller and White (1971), section 6.2: cos(psi/2) = (1 - Q cos^2)/sqrt(1 + Q (Q - 2) cos^2)."""
    speed, level = math.sqrt(energy_ratio), energy_ratio * math.cos(elevation) ** 2
    velocity = (speed * math.sin(elevation), speed * math.cos(elevation), 0.0)
    (x, y, _), _ = vacuum_impact((1.0, 0.0, 0.0), velocity, 1.0, 1.0 - 1e-15, 0.0, scalar)
    half = math.acos((1 - level) / math.sqrt(1 + (energy_ratio - 2) * level))
    assert math.atan2(y, x) % (2 * math.pi) == pytest.approx(2 * half, abs=1e-6)


@pytest.mark.parametrize("elevation_deg", [20.0, 45.0, 70.0])
def test_slow_throws_follow_the_parabola(elevation_deg):
    """Range v^2 sin(2 gamma)/g and time 2 v sin(gamma)/g; the error is of the order of v^2/(g R), 2e-4."""
    gravity, speed, angle = GM / RADIUS**2, 100.0, math.radians(elevation_deg)
    state = (RADIUS + 1e-6, 0.0, 0.0, speed * math.sin(angle), speed * math.cos(angle), 0.0)
    x, y, _, time = impact(state, rate=0.0)
    assert RADIUS * math.atan2(y, x) == pytest.approx(speed**2 * math.sin(2 * angle) / gravity, rel=1e-3)
    assert time == pytest.approx(2 * speed * math.sin(angle) / gravity, rel=1e-3)


def test_a_vertical_fall_takes_the_time_of_the_textbook():
    """From rest at r0: sqrt(r0^3/2 mu) (acos sqrt(x) + sqrt(x (1 - x))), x = R/r0."""
    high = RADIUS + 300e3
    x = RADIUS / high
    expected = math.sqrt(high**3 / (2 * GM)) * (math.acos(math.sqrt(x)) + math.sqrt(x * (1 - x)))
    assert impact((high, 0, 0, 0, 0, 0))[3] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("state", STATES)
def test_it_is_where_scipy_falls(state):
    def motion(_t, y):
        return np.concatenate((y[3:], gravity_acceleration(tuple(y[:3]), GM, RADIUS, 0.0)))

    def ground(_t, y):
        return np.linalg.norm(y[:3]) - RADIUS

    ground.terminal, ground.direction = True, -1
    fall = solve_ivp(motion, (0, 1e4), state, "DOP853", events=ground, rtol=1e-12, atol=1e-6)
    time = fall.t_events[0][0]
    expected = turned_about_pole(fall.y_events[0][0][:3] / RADIUS, -RATE * time)
    *place, closed = impact(state)
    assert closed == pytest.approx(time, abs=1e-4)
    assert RADIUS * angle_between_rad(np.array(place), expected) < 0.1


def test_apogee_is_no_seam():
    """The same ellipse joined a second before and a second after apogee."""
    high, speed = RADIUS + 200e3, 4000.0
    fall = GM / high**2 - speed**2 / high  # downward acceleration at apogee
    before, after = (impact((high, 0, 0, vertical, speed, 0), rate=0.0) for vertical in (fall, -fall))
    assert before[3] - after[3] == pytest.approx(2.0, abs=1e-3)


def test_an_orbit_has_no_impact():
    orbit = (RADIUS + 200e3, 0.0, 0.0, 0.0, 7784.0, 0.0)
    with np.errstate(invalid="ignore"):
        assert np.isnan(impact([np.array(part) for part in orbit], np)[3])
    with pytest.raises(ValueError, match="math domain"):
        impact(orbit)
    place, velocity = np.array(orbit[:3]), np.array(orbit[3:])
    assert perigee_radius_m(place, velocity, GM) == pytest.approx(RADIUS + 200e3, abs=2e3)
    assert perigee_radius_m(place, 1.5 * velocity, GM) is None


def test_many_falls_keep_their_own_time():
    """Vertical throws at different speeds, and one that is given up before it lands."""
    speed = np.array([10.0, 40.0, 90.0, 5000.0])
    start = np.stack((np.full(4, 1e-9), speed))
    time, end = fall_to_ground(
        lambda y, _: np.stack((y[1], np.full_like(y[1], -9.0))),
        lambda y: y[0],
        start,
        np.full(4, 100.0),
        np.full(2, 1e-8),
    )
    assert time[:3] == pytest.approx(2 * speed[:3] / 9.0, rel=1e-8)
    assert end[1, :3] == pytest.approx(-speed[:3], rel=1e-8)
    assert np.isnan(time[3])


@given(st.floats(0.1, 60.0), st.floats(0.1, 10.0))
def test_the_mean_area_is_that_of_every_attitude(length, diameter):
    """Shadow D L sin(t) + (pi/4) D^2 |cos(t)| of a cylinder, averaged over the sphere of its axes."""
    cosine = (np.arange(2000) + 0.5) / 2000
    shadow = diameter * length * np.sqrt(1 - cosine**2) + math.pi / 4 * diameter**2 * cosine
    assert tumbling_cylinder_area_m2(length, diameter) == pytest.approx(shadow.mean(), rel=1e-4)


@pytest.mark.parametrize("latitude_deg", [-70.0, 0.0, 52.0, 90.0])
def test_an_ellipse_has_its_half_axes_on_the_ground(latitude_deg):
    center = ground_direction(latitude_deg, 128.0, 0.0)
    north, east = north_and_east(center)
    ellipse = GroundEllipse(center, north, 300e3, 100e3, RADIUS)
    edge = ellipse.boundary()
    away = np.array([RADIUS * angle_between_rad(center, point) for point in edge.T])
    assert (away.max(), away.min()) == pytest.approx((300e3, 100e3), rel=1e-9)
    assert ellipse.contains(center[:, None] + 0.999 * (edge - center[:, None])).all()
    assert not ellipse.contains(center[:, None] + 1.001 * (edge - center[:, None])).any()
    beyond = math.cos(350e3 / RADIUS) * center + math.sin(350e3 / RADIUS) * north
    beside = math.cos(160e3 / RADIUS) * center + math.sin(160e3 / RADIUS) * east
    distances = ellipse.edge_distance_m(np.stack((beyond, beside, center), axis=1))
    assert distances == pytest.approx([50e3, 60e3, 100e3], abs=100.0)  # the polygon's corners are 1 deg apart
