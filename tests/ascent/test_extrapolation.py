"""The replay's integrator against closed forms and against SciPy's DOP853."""

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from cosmodrome.ascent.extrapolation import integrate


def kepler(_t, y):
    x, z, vx, vz = y
    cube = (x * x + z * z) ** 1.5
    return vx, vz, -x / cube, -z / cube


def test_a_kepler_orbit_closes():
    start = (1.0, 0.0, 0.0, math.sqrt(1.3))  # eccentricity 0.3
    period = 2 * math.pi / (2 - 1.3) ** 1.5
    end = start
    for k in range(10):
        end = integrate(kepler, k * period / 10, (k + 1) * period / 10, end, 1e-12)
    assert end == pytest.approx(start, abs=1e-10)


def test_energy_is_kept():
    state = (1.0, 0.0, 0.0, 1.2)
    after = integrate(kepler, 0.0, 3.0, state, 1e-12)
    energy = [(y[2] ** 2 + y[3] ** 2) / 2 - 1 / math.hypot(y[0], y[1]) for y in (state, after)]
    assert energy[0] == pytest.approx(energy[1], abs=1e-11)


def test_a_kink_in_curvature_is_settled_by_halving():
    def rates(t, y):
        return (max(t - 0.3, 0.0) ** 2 * y[0],)

    (end,) = integrate(rates, 0.0, 1.0, (1.0,), 1e-11)
    assert end == pytest.approx(math.exp(0.7**3 / 3), abs=1e-9)


def test_it_agrees_with_dop853():
    def rates(t, y):
        return (y[1], math.cos(t) - 0.1 * y[1] - math.sin(y[0]))

    ours = integrate(rates, 0.0, 10.0, (0.5, 0.0), 1e-12)
    theirs = solve_ivp(
        lambda t, y: rates(t, y), (0.0, 10.0), (0.5, 0.0), method="DOP853", rtol=1e-12, atol=1e-13
    )
    assert ours == pytest.approx(theirs.y[:, -1], abs=1e-9)


def test_what_does_not_settle_says_where():
    with pytest.raises(ArithmeticError, match="does not settle at"):
        integrate(lambda t, y: (1.0 if t < math.pi / 7 else 5e9,), 0.0, 1.0, (0.0,), 1e-14)


def test_states_stay_plain_floats():
    state = integrate(kepler, 0.0, 0.5, (1.0, 0.0, 0.0, 1.0), 1e-10)
    assert all(type(part) is float for part in state)
    assert not isinstance(state, np.ndarray)
