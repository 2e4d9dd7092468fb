"""Node functions of the ascent: short derivatives, the same as those taken through every table."""

import casadi as ca
import numpy as np
import pytest

from cosmodrome.ascent import nodes
from cosmodrome.ascent.dynamics import earth, wind_profile
from cosmodrome.ascent.nodes import SEGMENT_PARAMETERS, Form
from cosmodrome.physics.aerodynamics import drag_table

DRAG = drag_table((0.0, 0.8, 1.2, 3.0, 8.0), (0.3, 0.32, 0.55, 0.3, 0.2))
WINDY = earth(wind_profile((0.0, 5.0, 12.0, 25.0), (3.0, 20.0, 45.0, 10.0), (0.0, -8.0, 4.0, 2.0)))
FORMS = {
    "steered": Form("free", opened=True, holds_pressure=True, holds_q_alpha=True),
    "solid": Form("free", opened=True, ramps=True),
    "throttled down": Form("free", opened=True, throttles=True, holds_pressure=True),
    "at a limit": Form("limited", opened=True),
    "guided": Form("guided"),
    "coast": Form("coast", opened=True, holds_heat=True),
}
# 12 km up at 600 m/s; 120 t, 2 MN falling by 10 kN/s, 700 kg/s, 100 s long
STATE = (0.9015, 0.001, 0.4350, 0.03, 0.075, 0.02)
NUMBERS = (2e6, -1e4, 1.6, 700.0, -3.5, 39.2, 500.0, 8.0)
SEGMENT = (*NUMBERS, 1.2e5, 5e4, 30.0, 7e4, 0.12, 0.02)
SHARED = (0.43, 0.9, 8.0, 30.0, 2.0, 7.0)
OWN = {"kick": (0.05, 0.02), "mass": 0.9, "duration": 0.12, "burned": 0.03, "throttle": 0.8}


def place(form):
    """Variables, parameters and constants of a place."""
    steering = (0.6, 0.64, 0.48) if form.steered else OWN["kick"] if form.kind == "guided" else ()
    asked = (True, form.opened, form.ramps, form.throttles)
    own = [
        OWN[name] for name, on in zip(("mass", "duration", "burned", "throttle"), asked, strict=True) if on
    ]
    return np.array([*STATE, *steering, *own]), np.array([*SEGMENT, *SHARED]), np.array([0.4, 0.5])


def dense(entries, values, shape):
    matrix = np.zeros(shape)
    np.add.at(matrix, entries, np.asarray(values).ravel())
    return matrix


def plain(function, where, weights):
    """Jacobian and Hessian by differentiating the values themselves, tables and all."""
    z, p, c = (ca.SX.sym(name, len(values)) for name, values in zip("zpc", where, strict=True))
    outputs = function.value(z, p, c)
    first = ca.jacobian(outputs, z)
    second = ca.triu(ca.hessian(ca.dot(ca.DM(weights), outputs), z)[0])
    return [np.asarray(ca.DM(m)) for m in ca.Function("d", [z, p, c], [first, second])(*where)]


@pytest.mark.parametrize("environment", [earth(), WINDY], ids=["still air", "wind"])
@pytest.mark.parametrize("form", FORMS)
def test_derivatives_with_tables_held_are_the_tables_own(form, environment):
    """To 1e-9 of the largest entry."""
    function = nodes.node(environment, DRAG, FORMS[form])
    where = place(FORMS[form])
    count, width = function.outputs_count, len(where[0])
    weights = np.random.default_rng(0).uniform(-1.0, 1.0, count)
    first, second = plain(function, where, weights)
    jacobian = dense(function.jacobian_entries, function.jacobian(*where), (count, width))
    hessian = dense(function.hessian_entries, function.hessian(*where, weights), (width, width))
    assert jacobian == pytest.approx(first, abs=1e-9 * np.abs(first).max())
    assert hessian == pytest.approx(second, abs=1e-9 * np.abs(second).max())


def test_parameters_are_as_many_as_are_filled():
    """Numbers of the schedule, then units, start, propellant, duration and time burned."""
    assert len(SEGMENT) == SEGMENT_PARAMETERS
    assert len(SHARED) == nodes.SHARED_PARAMETERS


def test_a_throttled_mass_is_linked_to_the_next_segment():
    """100 s at 9 m/s2 and 3 km/s leave exp(-0.3) of 120 t; 500 kg are dropped, and 70 t were to be burned."""
    numbers = (1e6, 0.0, 0.0, 1e6 / 3000.0, 0.0, 9.0, 500.0, 8.0)
    function = nodes.link(Form("limited", opened=True), False, 1000.0)
    z, p = [1.0, 0.1, 1.5], [*numbers, 1.2e5, 5e4, 0.0, 7e4, 0.0, 0.0]
    balance, share = np.asarray(function.value(z, p, [])).ravel()
    end_kg = 1.2e5 * np.exp(-0.3)
    assert balance == pytest.approx((end_kg - 500.0) / 5e4 - 1.5)
    assert share == pytest.approx((1.2e5 - end_kg) / 7e4)


def test_a_reserve_counts_as_propellant_used():
    """2 % of a final mass of 8 t, of 20 t of propellant."""
    assert float(nodes.reserve().value([0.8], [0.02, 1e4, 2e4], [])) == pytest.approx(0.02 * 8e3 / 2e4)


@pytest.mark.parametrize(
    ("azimuth_deg", "inside"), [(30.0, False), (50.0, True), (115.0, True), (125.0, False)]
)
def test_a_pitch_over_stays_in_its_sector(azimuth_deg, inside):
    """Of 40 to 120 deg: the first two conditions are positive, the third tells the far side apart."""
    edges = np.radians([40.0, 120.0])
    p = [np.sin(edges[0]), np.cos(edges[0]), np.sin(edges[1]), np.cos(edges[1])]
    for turn, holds in ((0.0, inside), (180.0, False)):
        angle = np.radians(azimuth_deg + turn)
        found = np.asarray(
            nodes.azimuth_sector().value([0.1 * np.sin(angle), 0.1 * np.cos(angle)], p, [])
        ).ravel()
        assert (found[0] >= 0 and found[1] >= 0 and found[2] >= 1) == holds
