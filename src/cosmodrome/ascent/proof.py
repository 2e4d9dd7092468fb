"""A solution's steering as functions of time, and the proof by flying it again."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.collocation import DEGREE, radau_points
from cosmodrome.ascent.dynamics import Vector
from cosmodrome.ascent.extrapolation import Rates, integrate
from cosmodrome.ascent.guess import Launch
from cosmodrome.ascent.phases import PITCH_OVER_S, AscentPlan, Segment
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.replay import Flown, SteeredInterval, fly_interval, rates_of, replay_ascent
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


def replay_together(problem: AscentProblem, solutions: Sequence[Solution]) -> list[Replay]:
    """Fly many solutions of one plan at once, every lane from its own lift-off to its own cut-off.

    Parameters
    ----------
    problem : AscentProblem
        For the Earth, the air and the drag, which all share.
    solutions : sequence of Solution
        Converged, of the same compiled program.
    """
    first = solutions[0]
    scale, layout = first.compiled.scale, first.compiled.layout
    variables = np.array([s.variables for s in solutions])
    state = tuple(variables[:, layout.first_state].T)
    for index, (segment, v) in enumerate(zip(first.plan.segments, layout.segments, strict=True)):
        placed = _stacked([s.timeline[index] for s in solutions])
        start = np.zeros(len(solutions))
        for k, width in enumerate(segment.mesh):
            step = placed.duration_s * width
            if v.controls.size:
                steer = _interpolated_together(variables[:, v.controls[k]], np.asarray(step))
            else:
                steer = _ruled(problem, _Lanes.of(solutions), segment, placed, start)
            interval = SteeredInterval(index, start, step, steer, segment.thrusts)
            rates = rates_of(interval, placed, problem.environment, problem.drag, np)
            state = integrate(_per_share(rates, step), 0.0, 1.0, state, 1e-9)
            start = start + step
    off = np.abs(np.array(state).T - variables[:, layout.segments[-1].states[-1, -1]])
    return [
        Replay(
            float(np.linalg.norm(row[:3]) * scale.length_m), float(np.linalg.norm(row[3:]) * scale.speed_m_s)
        )
        for row in off
    ]


@dataclass(frozen=True, slots=True)
class _Lanes:
    """What the steering rules ask of a solution, for many."""

    kick: tuple[Array, Array]
    launch: Launch
    plan: AscentPlan

    @classmethod
    def of(cls, solutions: Sequence[Solution]) -> "_Lanes":
        kicks = np.array([s.kick for s in solutions]).T
        return cls((kicks[0], kicks[1]), solutions[0].launch, solutions[0].plan)


def _stacked(placed: Sequence[Scheduled]) -> Scheduled:
    """One segment of many solutions, as arrays; its numbers are the same in all."""

    def of(name: str) -> Array:
        return np.array([float(getattr(p, name)) for p in placed])

    return replace(
        placed[0], start_s=of("start_s"), duration_s=of("duration_s"), start_mass_kg=of("start_mass_kg"),
        burned_s=of("burned_s"), throttle_ratio=of("throttle_ratio"),
    )  # fmt: skip


def _per_share(rates: Rates, step_s: Array) -> Rates:
    """Rates over the share of an interval that has been flown."""
    return lambda share, state: tuple(step_s * slope for slope in rates(share * step_s, state))


def _interpolated_together(directions: Array, step_s: Array) -> Any:
    """The same as `_interpolated` for controls of shape (lanes, degree, 3)."""
    points = radau_points()[1:]
    inverse = np.linalg.inv(np.vander(points, DEGREE, increasing=True))
    rows = np.einsum("ij,njk->ikn", inverse, directions)[::-1]

    def direction(elapsed_s: Array) -> tuple[Array, Array, Array]:
        t = elapsed_s / step_s
        value = np.zeros_like(rows[0])
        for row in rows:
            value = value * t + row
        value = value / np.sqrt((value * value).sum(axis=0))
        return value[0], value[1], value[2]

    return direction


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
                    interval,
                    placed,
                    tuple(state.tolist()),
                    environment=problem.environment,
                    drag=problem.drag,
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
    problem: AscentProblem, solution: Solution | _Lanes, segment: Segment, placed: Scheduled, start_s: Any
) -> Any:
    """Direction of a segment that is not steered freely, for one solution or for many."""
    kick_east, kick_north = solution.kick
    xp = np if isinstance(solution, _Lanes) else scalar
    latitude = solution.launch.geodetic_latitude_rad
    sine, cosine = math.sin(latitude), math.cos(latitude)
    begins_s = solution.plan.pitch_over_at_s

    def direction(elapsed_s: Any) -> Vector:
        if segment.steering == "coast":
            return 1.0, 0.0, 0.0
        time_s = placed.start_s + start_s + elapsed_s
        axes = pad_axes(time_s, sine, cosine, problem.environment.rotation_rate_rad_s, xp)
        fraction = xp.fmax(time_s - begins_s, 0.0) / PITCH_OVER_S
        return pitch_over_direction(axes, kick_east, kick_north, fraction, xp)

    return direction
