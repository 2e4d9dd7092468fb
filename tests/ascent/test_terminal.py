"""The conditions at cut-off: zero on the orbit that is asked for, and nowhere else."""

import math

import casadi as ca
import numpy as np
import pytest

from cosmodrome.ascent.dynamics import earth
from cosmodrome.ascent.terminal import TerminalOrbit, escape_orbit, terminal_orbit, terminal_residuals
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M as RADIUS
from cosmodrome.constants import EARTH_GM_M3_S2 as GM
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget
from cosmodrome.physics import scalar

A, E, INCLINATION, RAAN, PERIGEE = 1.3, 0.2, math.radians(63.0), math.radians(200.0), math.radians(130.0)
# the orbit, in units of the Earth's radius; how many conditions; which elements may still be anything
KINDS = {
    "circle": (TerminalOrbit(1.05, 0.0, INCLINATION), 4, {"raan", "anomaly"}),
    "circle in any plane": (TerminalOrbit(1.05, 0.0, None), 3, {"inclination", "raan", "anomaly"}),
    "circle in a plane": (TerminalOrbit(1.05, 0.0, INCLINATION, RAAN), 5, {"anomaly"}),
    "perigee": (TerminalOrbit(A, E, INCLINATION, at_perigee=True), 4, {"raan", "perigee"}),
    "perigee of a plane": (TerminalOrbit(A, E, INCLINATION, RAAN, at_perigee=True), 5, {"perigee"}),
    "perigee at its place": (TerminalOrbit(A, E, INCLINATION, None, PERIGEE, at_perigee=True), 5, {"raan"}),
    "ellipse": (TerminalOrbit(A, E, INCLINATION), 3, {"raan", "perigee", "anomaly"}),
    "ellipse in any plane": (TerminalOrbit(A, E, None), 2, {"inclination", "raan", "perigee", "anomaly"}),
    "ellipse in a plane": (TerminalOrbit(A, E, INCLINATION, RAAN), 4, {"perigee", "anomaly"}),
    "fixed perigee": (TerminalOrbit(A, E, INCLINATION, None, PERIGEE), 4, {"raan", "anomaly"}),
    "all fixed": (TerminalOrbit(A, E, INCLINATION, RAAN, PERIGEE), 5, {"anomaly"}),
    "all fixed at perigee": (TerminalOrbit(A, E, INCLINATION, RAAN, PERIGEE, at_perigee=True), 6, set()),
    "hyperbola": (TerminalOrbit(-3.0, 1.35, INCLINATION), 3, {"raan", "perigee", "anomaly"}),
    "hyperbola in a plane": (TerminalOrbit(-3.0, 1.35, INCLINATION, RAAN), 4, {"perigee", "anomaly"}),
}
ELEMENTS = ("inclination", "raan", "perigee", "anomaly")


def state(a, e, inclination, raan, perigee, anomaly):
    """Position and velocity where mu is 1, also on a hyperbola."""
    so, co, si, ci = math.sin(raan), math.cos(raan), math.sin(inclination), math.cos(inclination)
    node, ahead = np.array([co, so, 0.0]), np.array([-so * ci, co * ci, si])
    u = perigee + anomaly
    parameter = a * (1 - e * e)
    radius = parameter / (1 + e * math.cos(anomaly))
    outward = math.cos(u) * node + math.sin(u) * ahead
    forward = -math.sin(u) * node + math.cos(u) * ahead
    speed = 1 / math.sqrt(parameter)
    velocity = speed * (e * math.sin(anomaly) * outward + (1 + e * math.cos(anomaly)) * forward)
    return radius * outward, velocity


def residuals(orbit, position, velocity, maths=np):
    return terminal_residuals(orbit.kind, tuple(position), tuple(velocity), orbit.parameters(1.0), maths)


def elements(orbit, free, seed=0):
    """Elements on the orbit: its own, anything where they are free."""
    own = (orbit.inclination_rad, orbit.raan_rad, orbit.argument_of_perigee_rad, 0.0)
    drawn = np.random.default_rng(seed).uniform(0.2, 1.1, 4)
    chosen = [float(d) if name in free else o or 0.0 for name, o, d in zip(ELEMENTS, own, drawn, strict=True)]
    return orbit.semi_major_axis_m, orbit.eccentricity, *chosen


@pytest.mark.parametrize("kind", KINDS)
def test_conditions_vanish_on_the_orbit(kind):
    """Wherever the elements that are not fixed lie: 1e-13, where the terms are of order one."""
    orbit, count, free = KINDS[kind]
    for seed in range(5):
        found = residuals(orbit, *state(*elements(orbit, free, seed)))
        assert found == pytest.approx([0.0] * count, abs=1e-13)


@pytest.mark.parametrize("kind", KINDS)
def test_as_many_conditions_as_are_counted(kind):
    orbit, count, free = KINDS[kind]
    assert orbit.kind.equations_count == count
    assert len(residuals(orbit, *state(*elements(orbit, free)))) == count


@pytest.mark.parametrize("kind", KINDS)
def test_conditions_do_not_vanish_off_the_orbit(kind):
    """A thousandth off in the axis or in the eccentricity, or a hundredth of a radian in a fixed angle."""
    orbit, _, free = KINDS[kind]
    on = elements(orbit, free)
    steps = [1e-3, 1e-3, *(0.0 if name in free else 1e-2 for name in ELEMENTS)]
    for k, step in enumerate(steps):
        if step == 0.0 or (orbit.eccentricity == 0.0 and k == 4):
            continue
        off = [value + step * (k == j) for j, value in enumerate(on)]
        assert max(np.abs(residuals(orbit, *state(*off)))) > 1e-4, (k, kind)


@pytest.mark.parametrize("kind", KINDS)
def test_conditions_are_independent(kind):
    """Their derivatives in the state have full rank on the orbit, so that the optimizer can meet them."""
    orbit, count, free = KINDS[kind]
    x = ca.SX.sym("x", 6)
    at = ca.vertcat(*residuals(orbit, ca.vertsplit(x[:3]), ca.vertsplit(x[3:]), ca))
    jacobian = ca.Function("j", [x], [ca.jacobian(at, x)])
    values = np.asarray(jacobian(np.concatenate(state(*elements(orbit, free)))))
    assert np.linalg.svd(values, compute_uv=False)[count - 1] > 1e-3


def test_evaluators_agree():
    """Arrays, floats and symbols, to 1e-14."""
    orbit, _, free = KINDS["all fixed"]
    position, velocity = state(*elements(orbit, free))
    off = position + 0.01
    floats = residuals(orbit, off.tolist(), velocity.tolist(), scalar)
    symbolic = [float(r) for r in residuals(orbit, [ca.DM(p) for p in off], [ca.DM(v) for v in velocity], ca)]
    assert residuals(orbit, off, velocity) == pytest.approx(floats, abs=1e-14)
    assert symbolic == pytest.approx(floats, abs=1e-14)


@pytest.mark.parametrize(
    ("target", "perigee_km", "apogee_km", "inclination_deg"),
    [
        (CircularTarget(kind="circular", altitude_km=400, inclination_deg=51.6), 400, 400, 51.6),
        (SunSynchronousTarget(kind="sun-synchronous", altitude_km=550, ltan="10:30"), 550, 550, 97.595),
        (
            EllipticalTarget(
                kind="elliptical", perigee_altitude_km=250, apogee_altitude_km=35786, inclination_deg=28.5
            ),
            250,
            35786,
            28.5,
        ),
    ],
)
def test_targets_become_orbits(target, perigee_km, apogee_km, inclination_deg):
    """Altitudes are above the equatorial radius; the node is free, for lift-off time sets it."""
    orbit = terminal_orbit(target, earth())
    a, e = orbit.semi_major_axis_m, orbit.eccentricity
    assert orbit.perigee_radius_m == pytest.approx(RADIUS + 1e3 * perigee_km)
    assert a * (1 + e) == pytest.approx(RADIUS + 1e3 * apogee_km)
    assert math.degrees(orbit.inclination_rad) == pytest.approx(inclination_deg, abs=5e-3)
    assert orbit.raan_rad is None
    assert not orbit.kind.perigee


@pytest.mark.parametrize("c3_km2_s2", [-2.0, 0.0, 10.0, 80.0])
def test_an_escape_has_its_energy_and_its_perigee(c3_km2_s2):
    """v^2 = C3 + 2 mu / r at the perigee; a C3 of zero is taken as 1e-6, hence 1e-6 km2/s2 and 1 m."""
    perigee = RADIUS + 200e3
    orbit = escape_orbit(c3_km2_s2, perigee, GM)
    speed = math.sqrt(GM * (2 / perigee - 1 / orbit.semi_major_axis_m))
    assert 1e-6 * (speed**2 - 2 * GM / perigee) == pytest.approx(c3_km2_s2, abs=2e-6)
    assert orbit.perigee_radius_m == pytest.approx(perigee, abs=1.0)
    assert orbit.kind.equations_count == 2
