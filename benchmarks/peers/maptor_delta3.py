"""Delta III stated for MAPTOR as its example multiphase_vehicle_launch does.

Its mesh (two intervals of four Radau points per phase, then adapted), its guess (the pad's state, and for
the last phase the perigee's, held), its scales, bounds and options. Also its argument of perigee, whose
smoothed quadrant makes 130.5 deg of what truly is 130.02: MAPTOR thus solves for another orbit.

From that guess the number of iterations hangs on the last bits of the arithmetic: 216 to 474 in eleven ways
to write the same sums, 250 for the example's own. This is the way with the fewest. CasADi 3.7.2, which
YAPSS pins, costs MAPTOR some 15 % over 3.8.2. No plots; prints one JSON line.
"""

import json
import time

import casadi as ca
import maptor
import numpy as np
from delta3_numbers import (
    AXIS,
    DENSITY,
    DRAG_AREA,
    EARTH_RADIUS,
    EARTH_RATE,
    ECCENTRICITY,
    INCLINATION_DEG,
    MU,
    NODE_DEG,
    PAD,
    PAD_VELOCITY,
    PAYLOAD,
    PERIGEE_DEG,
    SCALE_HEIGHT,
    phases,
    state_at_perigee,
)

LENGTH, SPEED, MASS = 1e6, 1e3, 1e4
TINY = 1e-12
INTERVALS = [4, 4]  # points


def smooth_step(x):
    return 0.5 * (1 + ca.tanh(x / 0.1))


def in_quadrant(cosine, sign):
    """Angle from its cosine; the sign that tells the half turn is smoothed, as in MAPTOR's example."""
    angle = ca.acos(ca.fmax(ca.fmin(cosine, 1 - TINY), -1 + TINY))
    return smooth_step(sign) * angle + smooth_step(-sign) * (2 * ca.pi - angle)


def orbit(r, v):
    """Semi-major axis, eccentricity, inclination, node and argument of perigee."""
    h = ca.cross(r, v)
    node = ca.vertcat(-h[1], h[0], 0)
    e = ((ca.dot(v, v) - MU / ca.norm_2(r)) * r - ca.dot(r, v) * v) / MU
    eccentricity = ca.sqrt(ca.fmax(ca.dot(e, e), TINY))
    along_node = ca.dot(node, e) / (ca.norm_2(node) * eccentricity)
    return (
        ca.dot(h, h) / MU / (1 - eccentricity**2),
        eccentricity,
        ca.acos(h[2] / ca.norm_2(h)),
        in_quadrant(node[0] / ca.norm_2(node), node[1]),
        in_quadrant(along_node, e[2]),
    )


def rates(r, v, m, u, phase):
    """Acceleration of the phase's thrust, drag and gravity."""
    radius = ca.sqrt(ca.fmax(ca.dot(r, r), TINY))
    relative = ca.vertcat(v[0] + EARTH_RATE * r[1], v[1] - EARTH_RATE * r[0], v[2])
    speed = ca.sqrt(ca.fmax(ca.dot(relative, relative), TINY))
    density = DENSITY * ca.exp(-(radius - EARTH_RADIUS) / SCALE_HEIGHT)
    drag = -relative * (density / (2 * m) * DRAG_AREA * speed)
    return phase.thrust / m * u + drag - MU / radius**3 * r


def add_phase(problem, index, phase, before):
    """One phase with its dynamics; `before` are the states at the end of the phase before, or the pad's."""
    part = problem.set_phase(index + 1)
    part.time(initial=phase.begins, final=(phase.begins, phase.ends) if index == 3 else phase.ends)
    least = phase.last_mass if index < 3 else PAYLOAD
    reach, fastest = 2 * EARTH_RADIUS / LENGTH, 1e4 / SPEED
    r = [part.state(f"r{i}", initial=before[i], boundary=(-reach, reach)) for i in range(3)]
    v = [part.state(f"v{i}", initial=before[3 + i], boundary=(-fastest, fastest)) for i in range(3)]
    m = part.state("m", initial=before[6], boundary=(least / MASS, phase.first_mass / MASS))
    u = [part.control(f"u{i}", boundary=(-1.0, 1.0)) for i in range(3)]
    position, velocity, direction = ca.vertcat(*r) * LENGTH, ca.vertcat(*v) * SPEED, ca.vertcat(*u)
    acceleration = rates(position, velocity, m * MASS, direction, phase)
    slopes = {m: ca.MX(-phase.flow / MASS)}
    for i in range(3):
        slopes[r[i]], slopes[v[i]] = velocity[i] / LENGTH, acceleration[i] / SPEED
    part.dynamics(slopes)
    part.path_constraints(ca.dot(direction, direction) == 1.0)
    part.mesh(INTERVALS, [-1.0, 0.0, 1.0])
    return part, [*r, *v, m]


def guess(part, phase, least, state):
    """One state held, mass falling in a straight line, thrust along x."""
    states, controls = [], []
    for points in INTERVALS:
        masses = np.linspace(phase.first_mass, least, points + 1) / MASS
        states.append(np.vstack((np.tile(state[:, None], points + 1), masses)))
        controls.append(np.tile([[1.0], [0.0], [0.0]], points))
    part.guess(states=states, controls=controls)


def delta_iii():
    """The problem as MAPTOR takes it."""
    problem = maptor.Problem("Delta III")
    table = phases()
    pad = np.concatenate((PAD / LENGTH, PAD_VELOCITY / SPEED))
    target, velocity = state_at_perigee()
    perigee = np.concatenate((target / LENGTH, velocity / SPEED))
    before = [*(float(x) for x in pad), table[0].first_mass / MASS]
    for index, phase in enumerate(table):
        part, states = add_phase(problem, index, phase, before)
        least = phase.last_mass if index < 3 else PAYLOAD
        guess(part, phase, least, pad if index < 3 else perigee)
        before = [state.final for state in states]
        before[6] = before[6] - phase.drop / MASS
    reached = orbit(ca.vertcat(*before[:3]) * LENGTH, ca.vertcat(*before[3:6]) * SPEED)
    angles = np.array((INCLINATION_DEG, NODE_DEG, PERIGEE_DEG)) * np.pi / 180
    wanted = (AXIS, ECCENTRICITY, *(float(angle) for angle in angles))
    part.event_constraints(*(is_ == asked for is_, asked in zip(reached, wanted, strict=True)))
    problem.minimize(-states[6].final)
    return problem


def main():
    problem = delta_iii()
    started = time.perf_counter()
    solution = maptor.solve_adaptive(
        problem,
        error_tolerance=1e-6,
        max_iterations=20,
        min_polynomial_degree=3,
        max_polynomial_degree=8,
        nlp_options={
            "ipopt.max_iter": 1000,
            "ipopt.tol": 1e-6,
            "ipopt.constr_viol_tol": 1e-6,
            "ipopt.linear_solver": "mumps",
            "ipopt.print_level": 5,
        },
    )
    solve_s = time.perf_counter() - started
    assert solution.status["success"], solution.status["message"]
    print(json.dumps({"mass_kg": -float(solution.status["objective"]) * MASS, "solve_s": solve_s}))


if __name__ == "__main__":
    main()
