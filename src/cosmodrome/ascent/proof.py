"""A solution's steering as functions of time, and the proof by flying it again."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.collocation import DEGREE, radau_points
from cosmodrome.ascent.phases import PITCH_OVER_S, Segment
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.replay import Flown, SteeredInterval, fly_interval, replay_ascent
from cosmodrome.ascent.result import Replay
from cosmodrome.ascent.schedule import Scheduled
from cosmodrome.ascent.solve import Solution, node_times_s
from cosmodrome.ascent.steering import pad_axes, pitch_over_direction
from cosmodrome.physics import scalar

Array = NDArray[np.float64]


def replay_solution(problem: AscentProblem, solution: Solution) -> tuple[Flown, Replay]:
    """Fly the solution's steering again and measure where it ends; without a solution there is no miss."""
    if not solution.converged:
        return claimed_flight(solution), Replay(math.inf, math.inf)
    try:
        flown = replay_ascent(
            np.array(solution.launch.position_m),
            np.array(solution.launch.velocity_m_s),
            _steered(problem, solution),
            solution.timeline,
            environment=problem.environment,
            drag=problem.drag,
        )
    except (ArithmeticError, ValueError):  # flown into the ground or out of every scale
        return claimed_flight(solution), Replay(math.inf, math.inf)
    scale = solution.compiled.scale
    claimed = solution.variables[solution.compiled.layout.segments[-1].states[-1, -1]]
    return flown, Replay(
        float(np.linalg.norm(flown.position_m[-1] - claimed[:3] * scale.length_m)),
        float(np.linalg.norm(flown.velocity_m_s[-1] - claimed[3:] * scale.speed_m_s)),
    )


def claimed_flight(solution: Solution) -> Flown:
    """The optimizer's own nodes."""
    scale = solution.compiled.scale
    times, states, controls, masses, numbers = [], [], [], [], []
    for index, (segment, placed, v) in enumerate(
        zip(solution.plan.segments, solution.timeline, solution.compiled.layout.segments, strict=True)
    ):
        at = node_times_s(segment, placed).ravel()
        times.append(at)
        states.append(solution.variables[v.states].reshape(-1, 6))
        steered = solution.variables[v.controls].reshape(-1, 3) if v.controls.size else None
        controls.append(np.tile((1.0, 0.0, 0.0), (len(at), 1)) if steered is None else steered)
        masses.append(placed.mass_kg(at - placed.start_s))
        numbers.append(np.full(len(at), index))
    state = np.concatenate(states)
    return Flown(
        np.concatenate(times), state[:, :3] * scale.length_m, state[:, 3:] * scale.speed_m_s,
        np.concatenate(controls), np.concatenate(masses), np.concatenate(numbers), np.concatenate(numbers),
    )  # fmt: skip


def interval_misses(problem: AscentProblem, solution: Solution) -> list[Array]:
    """What each collocation interval, flown alone from its claimed start, adds to the miss, per segment [m].

    A velocity counts by what it displaces until cut-off, and a thousand seconds after it.
    """
    scale, variables = solution.compiled.scale, solution.variables
    layout = solution.compiled.layout
    end_s = float(solution.timeline[-1].start_s + solution.timeline[-1].duration_s)
    steered = iter(_steered(problem, solution))
    state = variables[layout.first_state]
    misses = []
    for segment, placed, v in zip(solution.plan.segments, solution.timeline, layout.segments, strict=True):
        added = np.zeros(len(segment.mesh))
        for k in range(len(segment.mesh)):
            interval = next(steered)
            try:
                reached = fly_interval(
                    interval, placed, tuple(state.tolist()), environment=problem.environment, drag=problem.drag
                )
            except (ArithmeticError, ValueError):
                reached = (math.inf,) * 6
            state = variables[v.states[k, -1]]
            off = np.minimum(np.abs(np.asarray(reached) - state), 1.0)
            left_s = end_s - float(placed.start_s) - interval.start_s - interval.duration_s
            velocity = scale.speed_m_s * np.linalg.norm(off[3:])
            added[k] = scale.length_m * np.linalg.norm(off[:3]) + (left_s + 1000.0) * velocity
        misses.append(added)
    return misses


def _steered(problem: AscentProblem, solution: Solution) -> list[SteeredInterval]:
    """The solution's steering as functions of time, one per collocation interval."""
    intervals = []
    for index, (segment, placed, v) in enumerate(
        zip(solution.plan.segments, solution.timeline, solution.compiled.layout.segments, strict=True)
    ):
        start = 0.0
        for k, width in enumerate(segment.mesh):
            step = float(placed.duration_s) * width
            if v.controls.size:
                rule = _interpolated(solution.variables[v.controls[k]], step)
            else:
                rule = _ruled(problem, solution, segment, placed, start)
            intervals.append(SteeredInterval(index, start, step, rule, segment.thrusts))
            start += step
    return intervals


def _interpolated(directions: Array, step_s: float) -> Any:
    """Polynomial through the controls of one interval, kept a unit vector."""
    points = radau_points()[1:]
    coefficients = np.linalg.solve(np.vander(points, DEGREE, increasing=True), directions)
    rows: list[list[float]] = coefficients[::-1].tolist()

    def direction(elapsed_s: float) -> tuple[float, float, float]:
        t = elapsed_s / step_s
        x = y = z = 0.0
        for a, b, c in rows:  # Horner
            x, y, z = x * t + a, y * t + b, z * t + c
        length = math.sqrt(x * x + y * y + z * z)
        return x / length, y / length, z / length

    return direction


def _ruled(
    problem: AscentProblem, solution: Solution, segment: Segment, placed: Scheduled, start_s: float
) -> Any:
    """Direction of a segment that is not steered freely."""
    kick_east, kick_north = solution.kick
    latitude = solution.launch.geodetic_latitude_rad
    sine, cosine = math.sin(latitude), math.cos(latitude)
    begins_s = solution.plan.pitch_over_at_s

    def direction(elapsed_s: float) -> tuple[float, float, float]:
        if segment.steering == "coast":
            return 1.0, 0.0, 0.0
        time_s = placed.start_s + start_s + elapsed_s
        axes = pad_axes(time_s, sine, cosine, problem.environment.rotation_rate_rad_s, scalar)
        fraction = max(time_s - begins_s, 0.0) / PITCH_OVER_S
        return pitch_over_direction(axes, kick_east, kick_north, fraction, scalar)

    return direction
