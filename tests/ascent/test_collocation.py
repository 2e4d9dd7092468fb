"""Programs assembled from node functions: derivatives, Radau weights, and optima known in closed form."""

import math

import casadi as ca
import numpy as np
import pytest
from scipy.optimize import brentq

from cosmodrome.ascent.collocation import (
    DEGREE,
    Program,
    node_function,
    radau_derivative,
    radau_points,
    start_weights,
)
from cosmodrome.ascent.nonlinear_program import compile_program

G = 9.80665


def test_points_are_those_of_radau():
    """Three points: (4 - sqrt 6) / 10, (4 + sqrt 6) / 10 and 1 (Hairer & Wanner II, section IV.5)."""
    root = math.sqrt(6.0)
    assert radau_points(3) == pytest.approx([0.0, (4 - root) / 10, (4 + root) / 10, 1.0], abs=1e-15)
    assert len(radau_points()) == DEGREE + 1


@pytest.mark.parametrize("power", range(DEGREE + 1))
def test_slopes_of_polynomials_are_exact(power):
    """Of t^k up to the degree, at every point: 1e-12, the weights are of order ten."""
    points = radau_points()
    slopes = points**power @ radau_derivative()
    assert slopes == pytest.approx(power * points[1:] ** max(power - 1, 0), abs=1e-12)


@pytest.mark.parametrize("power", range(DEGREE))
def test_the_start_of_a_control_is_extrapolated_exactly(power):
    points = radau_points()[1:]
    assert points**power @ start_weights() == pytest.approx(0.0**power, abs=1e-12)


def differences(function, at, step=1e-6):
    """Central differences of a vector function, one column per argument."""
    steps = step * np.eye(len(at))
    return np.stack([(function(at + s) - function(at - s)) / (2 * step) for s in steps], axis=1)


def called(function, *arguments):
    return np.asarray(function(*arguments)).ravel()


def dense(entries, values, shape):
    """A dense matrix of entries at rows and columns."""
    matrix = np.zeros(shape)
    np.add.at(matrix, entries, values)
    return matrix


@pytest.fixture(scope="module")
def small():
    """Two outputs of three variables, two parameters and a constant."""
    z, p, c = ca.SX.sym("z", 3), ca.SX.sym("p", 2), ca.SX.sym("c", 1)
    outputs = ca.vertcat(
        p[0] * z[0] ** 2 * ca.sin(z[1]) + c[0] * z[2], ca.exp(p[1] * z[1]) * z[0] - z[2] ** 3
    )
    return node_function(z, p, c, outputs)


Z, P, C, W = np.array([0.7, -0.4, 1.3]), np.array([1.9, 0.6]), np.array([2.5]), np.array([0.8, -1.7])


def test_the_jacobian_of_a_node_function(small):
    """Against central differences: 1e-8."""
    found = dense(small.jacobian_entries, called(small.jacobian, Z, P, C), (2, 3))
    assert found == pytest.approx(differences(lambda z: called(small.value, z, P, C), Z), abs=1e-8)


def test_the_hessian_of_a_node_function(small):
    """The upper half of the weighted second derivatives, against differences of the Jacobian: 1e-8."""
    found = dense(small.hessian_entries, called(small.hessian, Z, P, C, W), (3, 3))

    def gradient(z):
        return W @ dense(small.jacobian_entries, called(small.jacobian, z, P, C), (2, 3))

    assert found == pytest.approx(np.triu(differences(gradient, Z)), abs=1e-8)


def test_what_is_held_while_derivatives_are_taken_changes_nothing():
    """sin x, held by its value, slope and curvature at x, gives the derivatives of exp(sin x): 1e-12."""
    x, none = ca.SX.sym("x"), ca.SX(0, 1)
    touching = ca.SX.sym("touching", 4)  # the point, and what the table says there
    away = x - touching[0]
    parabola = touching[1] + touching[2] * away + touching[3] * away**2 / 2
    values = ca.vertcat(x, ca.sin(x), ca.cos(x), -ca.sin(x))
    held = node_function(x, none, none, ca.exp(parabola), held=touching, held_values=values)
    plain = node_function(x, none, none, ca.exp(ca.sin(x)))
    for function in ("value", "jacobian"):
        assert called(getattr(held, function), 0.8, [], []) == pytest.approx(
            called(getattr(plain, function), 0.8, [], []), rel=1e-12
        )
    assert called(held.hessian, 0.8, [], [], 1.0) == pytest.approx(called(plain.hessian, 0.8, [], [], 1.0))


@pytest.fixture(scope="module")
def assembled(small):
    """The small function at three places that share variables, a row left out, one subtracted, one linear."""
    program = Program()
    program.add_variables(5)
    program.add_rows(4, 0.0, 0.0)
    program.place(
        small, [[0, 1, 2], [2, 3, 4]], [[0, 1], [1, 2]], [[0, 1], [1, -1]], constants=[[2.5], [0.4]]
    )
    program.place(small, [4, 0, 2], [2, 0], [2, 3], constants=[1.0], sign=-1.0)
    program.add_linear(3, 1, 6.0)
    program.add_linear(3, 1, 0.5)
    return compile_program(program, 3, [(2, -1.0)])


AT, GIVEN, WEIGHTS = (
    np.array([0.7, -0.4, 1.3, 0.2, -0.9]),
    np.array([1.9, 0.6, -0.5]),
    np.array([0.8, -1.7, 2.0, 0.3]),
)


def rows_of(small, z, p):
    """The same program's rows, added by hand."""
    a = called(small.value, z[[0, 1, 2]], p[[0, 1]], 2.5)
    b = called(small.value, z[[2, 3, 4]], p[[1, 2]], 0.4)
    c = called(small.value, z[[4, 0, 2]], p[[2, 0]], 1.0)
    return np.array([a[0], a[1] + b[0], -c[0], -c[1] + 6.5 * z[1]])


def test_rows_add_what_is_placed_in_them(small, assembled):
    value = ca.Function("g", [assembled.nlp["x"], assembled.nlp["p"]], [assembled.nlp["g"]])
    assert called(value, AT, GIVEN) == pytest.approx(rows_of(small, AT, GIVEN), rel=1e-14)


def test_the_jacobian_of_a_program(small, assembled):
    """Against dense central differences: 1e-8."""
    _, jacobian = assembled.derivatives["jac_g"](AT, GIVEN)
    expected = differences(lambda z: rows_of(small, z, GIVEN), AT)
    assert np.asarray(ca.DM(jacobian)) == pytest.approx(expected, abs=1e-8)


def test_the_hessian_of_a_program(small, assembled):
    """The upper half, against second differences of the weighted rows: 1e-5."""
    found = np.asarray(ca.DM(assembled.derivatives["hess_lag"](AT, GIVEN, 1.0, WEIGHTS)))

    def gradient(z):
        return differences(lambda y: WEIGHTS @ rows_of(small, y, GIVEN)[:, None], z, 1e-4)[0]

    assert found == pytest.approx(np.triu(differences(gradient, AT, 1e-4)), abs=1e-5)


def test_the_gradient_in_the_parameters(small, assembled):
    """What the multipliers say of the parameters, against central differences: 1e-8."""
    found = np.asarray(assembled.parameter_gradient(AT, GIVEN, WEIGHTS)).ravel()
    expected = differences(lambda p: np.atleast_1d(WEIGHTS @ rows_of(small, AT, p)), GIVEN)[0]
    assert found == pytest.approx(expected, abs=1e-8)


def test_the_objective_is_one_variable(assembled):
    """Maximized, where the sign is negative."""
    value = ca.Function("f", [assembled.nlp["x"], assembled.nlp["p"]], [assembled.nlp["f"]])
    _, gradient = assembled.derivatives["grad_f"](AT, GIVEN)
    assert float(value(AT, GIVEN)) == -AT[2]
    assert np.asarray(ca.DM(gradient)).ravel().tolist() == [0.0, 0.0, -1.0, 0.0, 0.0]


def collocated(slopes, intervals, states, controls):
    """A program of equal intervals with an open duration: variables of start, states, controls, duration.

    `slopes` are of x, u and the duration.
    """
    program = Program()
    duration = program.add_variables(1, 0.01)
    start = program.add_variables(states)
    x, u, t, share = (ca.SX.sym(name, n) for name, n in (("x", states), ("u", controls), ("t", 1), ("c", 1)))
    function = node_function(ca.vertcat(x, u, t), ca.SX(0, 1), share, -share * t * slopes(x, u))
    before, blocks = start, []
    for _ in range(intervals):
        block = program.add_variables(DEGREE * (states + controls)).reshape(DEGREE, -1)
        rows = program.add_rows(DEGREE * states, 0.0, 0.0).reshape(DEGREE, states)
        program.add_interval(np.vstack((before, block[:, :states])), rows)
        inputs = np.hstack((block, np.full((DEGREE, 1), duration)))
        program.place(
            function, inputs, np.zeros((DEGREE, 0)), rows, constants=np.full((DEGREE, 1), 1 / intervals)
        )
        before = block[-1, :states]
        blocks.append(block)
    return program, int(duration[0]), start, np.array(blocks)


def minimized(program, duration, first, last, guess):
    """The shortest time between two states; bounds of (variables, values) are pinned."""
    compiled = compile_program(program, 0, [(duration, 1.0)])
    lower, upper = compiled.lower.copy(), compiled.upper.copy()
    for variables, values in (first, last):
        lower[variables] = upper[variables] = values
    solver = compiled.solver("patient")
    answer = solver(x0=guess, lbx=lower, ubx=upper, lbg=compiled.row_lower, ubg=compiled.row_upper)
    assert solver.stats()["return_status"] == "Solve_Succeeded"
    return np.asarray(answer["x"]).ravel()


def test_the_double_integrator_arrives_in_minimum_time():
    """From rest to rest over a distance of 1 with |u| <= 1: 2 sqrt(1), full speed ahead, then astern."""
    program, duration, start, blocks = collocated(lambda x, u: ca.vertcat(x[1], u[0]), 4, 2, 1)
    controls = blocks[..., 2]
    for variable in controls.ravel():
        program.lower[variable], program.upper[variable] = -1.0, 1.0
    guess = np.full(len(program.lower), 0.1)
    found = minimized(program, duration, (start, [0.0, 0.0]), (blocks[-1, -1, :2], [1.0, 0.0]), guess)
    assert found[duration] == pytest.approx(2.0, abs=1e-7)
    assert found[controls[:2]] == pytest.approx(np.ones((2, DEGREE)), abs=1e-5)
    assert found[controls[2:]] == pytest.approx(-np.ones((2, DEGREE)), abs=1e-5)


def cycloid_time_s(x, depth):
    """The brachistochrone's: x = r (phi - sin phi), depth = r (1 - cos phi), t = phi sqrt(r / g)."""
    angle = brentq(lambda phi: (phi - math.sin(phi)) / (1 - math.cos(phi)) - x / depth, 1e-3, 6.0)
    return angle * math.sqrt(depth / (1 - math.cos(angle)) / G)


def test_the_brachistochrone_takes_the_time_of_the_cycloid():
    """10 m across and 5 m down, steered by a direction as the ascent is: the closed form to 1e-8."""
    slopes = lambda x, u: ca.vertcat(x[2] * u[0], x[2] * u[1], G * u[1])  # noqa: E731
    program, duration, start, blocks = collocated(slopes, 8, 3, 2)
    unit = ca.SX.sym("u", 2)
    length = node_function(unit, ca.SX(0, 1), ca.SX(0, 1), ca.sumsqr(unit))
    controls = blocks[..., 3:].reshape(-1, 2)
    program.place(length, controls, np.zeros((len(controls), 0)), program.add_rows(len(controls), 1.0, 1.0))
    guess = np.zeros(len(program.lower))
    share = np.linspace(0.05, 1.0, blocks[..., 0].size).reshape(blocks.shape[:2])
    guess[duration] = 2.0
    guess[blocks] = np.stack((10 * share, 5 * share, 9 * share, 0.8 + 0 * share, 0.6 + 0 * share), axis=-1)
    found = minimized(program, duration, (start, [0.0, 0.0, 0.0]), (blocks[-1, -1, :2], [10.0, 5.0]), guess)
    assert found[duration] == pytest.approx(cycloid_time_s(10.0, 5.0), rel=1e-8)
