"""Splines, air and drag: smooth, and the same for numbers, floats and symbols."""

import casadi as ca
import numpy as np
import pytest

from cosmodrome.physics import scalar
from cosmodrome.physics.aerodynamics import drag_table
from cosmodrome.physics.atmosphere import us_standard_1976
from cosmodrome.physics.gravity import ellipsoid_height, gravity_acceleration
from cosmodrome.physics.spline import natural_spline

X = (0.0, 1.0, 2.5, 4.0, 7.0)
Y = (1.0, 3.0, -2.0, 0.5, 0.5)


def test_a_spline_passes_through_its_table():
    assert natural_spline(X, Y)(np.array(X)) == pytest.approx(np.array(Y), abs=1e-12)


def test_a_spline_has_two_continuous_derivatives():
    spline = natural_spline(X, Y)
    for knot in X[1:-1]:
        left, right = spline.expansion(knot - 1e-7), spline.expansion(knot + 1e-7)
        assert left.slope == pytest.approx(right.slope, abs=1e-5)
        assert left.curvature == pytest.approx(right.curvature, abs=1e-5)


def test_a_spline_is_straight_outside_its_table():
    spline = natural_spline(X, Y)
    for far in (-3.0, 12.0):
        assert spline.expansion(far).curvature == pytest.approx(0.0, abs=1e-9)


def test_an_expansion_touches_to_second_order():
    """The parabola's derivatives are the spline's: CasADi differentiates the spline itself."""
    spline = natural_spline(X, Y)
    x = ca.SX.sym("x")
    value = spline(x, ca)
    slope = ca.jacobian(value, x)
    exact = ca.Function("exact", [x], [value, slope, ca.jacobian(slope, x)])
    for at in (-0.5, 0.3, 1.7, 3.2, 6.9, 8.0):
        expansion = spline.expansion(at)
        expected = [float(part) for part in exact(at)]
        assert [expansion.value, expansion.slope, expansion.curvature] == pytest.approx(expected, abs=1e-10)


@pytest.mark.parametrize("altitude_m", [-5000.0, 0.0, 11_019.0, 45_000.0, 104_000.0, 400_000.0])
def test_air_is_the_same_for_arrays_floats_and_symbols(altitude_m):
    """To rounding: the cubes of all knots below cancel, to eleven digits at 400 km."""
    air = us_standard_1976()
    h = ca.SX.sym("h")
    symbols = air.air(h, ca)
    names = ("density_kg_m3", "log_density", "pressure_pa", "speed_of_sound_m_s")
    from_symbols = ca.Function("air", [h], [getattr(symbols, name) for name in names])(altitude_m)
    from_array = air.air(np.array([altitude_m]))
    from_float = air.air(altitude_m, scalar)
    for name, value in zip(names, from_symbols, strict=True):
        assert float(getattr(from_array, name)[0]) == pytest.approx(float(value), rel=1e-10)
        assert getattr(from_float, name) == pytest.approx(float(value), rel=1e-10)


def test_drag_holds_beyond_the_ends_of_its_table():
    table = drag_table((0.5, 1.0, 3.0), (0.3, 0.6, 0.2))
    assert float(table.coefficient(0.0)) == pytest.approx(0.3)
    assert float(table.coefficient(9.0)) == pytest.approx(0.2)
    assert float(table.coefficient(1.0)) == pytest.approx(0.6)


def test_gravity_is_the_gradient_of_its_potential():
    """U = mu/r [1 - J2 (R/r)^2 (3 s^2 - 1)/2], Vallado (2013) equation 8-25."""
    mu, radius, j2 = 3.986004418e14, 6378137.0, 1.0826267e-3
    r = ca.SX.sym("r", 3)
    size = ca.norm_2(r)
    potential = mu / size * (1 - j2 * (radius / size) ** 2 * (3 * (r[2] / size) ** 2 - 1) / 2)
    gradient = ca.Function("gradient", [r], [ca.gradient(potential, r)])
    for place in ((6.6e6, 1e5, 2e6), (1e6, -3e6, 6e6)):
        expected = np.asarray(gradient(place)).ravel()
        assert np.array(gravity_acceleration(place, mu, radius, j2)) == pytest.approx(expected, rel=1e-11)


def test_height_on_the_ellipsoid():
    """WGS-84: the pole is 6356752.3142 m from the center (NIMA TR8350.2)."""
    f = 1 / 298.257223563
    assert float(ellipsoid_height((6378137.0, 0.0, 0.0), 6378137.0, f)) == pytest.approx(0.0, abs=1e-6)
    assert float(ellipsoid_height((0.0, 0.0, 6366752.3142), 6378137.0, f)) == pytest.approx(1e4, abs=1e-3)
