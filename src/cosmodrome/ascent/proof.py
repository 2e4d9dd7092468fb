"""A solution's steering as functions of time, and the proof by flying it again."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.phases import Segment
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.replay import Flown, SteeredInterval, replay_ascent
from cosmodrome.ascent.result import Replay
from cosmodrome.ascent.schedule import Scheduled
from cosmodrome.ascent.solve import Solution, node_time_s
from cosmodrome.ascent.steering import pad_axes, pitch_over_direction
from cosmodrome.ascent.transcription import DEGREE, radau_points
from cosmodrome.physics import scalar

Array = NDArray[np.float64]


def replay_solution(problem: AscentProblem, solution: Solution) -> tuple[Flown, Replay]:
    """Fly the solution's steering again and measure where it ends; without a solution there is no miss."""
    if not solution.converged:
        return _claimed(solution), Replay(math.inf, math.inf)
    flown = replay_ascent(
        np.array(solution.launch.position_m),
        np.array(solution.launch.velocity_m_s),
        _steered(problem, solution),
        solution.timeline,
        environment=problem.environment,
        drag=problem.drag,
    )
    last = solution.compiled.nodes[-1].state
    scale = solution.compiled.scale
    claimed = solution.variables[last : last + 6]
    return flown, Replay(
        float(np.linalg.norm(flown.position_m[-1] - claimed[:3] * scale.length_m)),
        float(np.linalg.norm(flown.velocity_m_s[-1] - claimed[3:] * scale.speed_m_s)),
    )


def _claimed(solution: Solution) -> Flown:
    """The optimizer's own nodes, where there is nothing to prove."""
    scale, nodes = solution.compiled.scale, solution.compiled.nodes
    states = np.array([solution.variables[node.state : node.state + 6] for node in nodes])
    times = [node_time_s(solution.plan, solution.timeline, node) for node in nodes]
    controls = [
        solution.variables[node.control : node.control + 3]
        if node.control >= 0
        else np.array([1.0, 0.0, 0.0])
        for node in nodes
    ]
    masses = [
        solution.timeline[node.segment].mass_kg(time_s - solution.timeline[node.segment].start_s)
        for node, time_s in zip(nodes, times, strict=True)
    ]
    return Flown(
        np.array(times), states[:, :3] * scale.length_m, states[:, 3:] * scale.speed_m_s, np.array(controls),
        np.array(masses), np.array([node.segment for node in nodes]),
    )  # fmt: skip


def _steered(problem: AscentProblem, solution: Solution) -> list[SteeredInterval]:
    """The solution's steering as functions of time, one per collocation interval."""
    controls: dict[tuple[int, int], list[int]] = {}
    for node in solution.compiled.nodes:
        controls.setdefault((node.segment, node.interval), []).append(node.control)
    intervals = []
    for (index, interval), at in controls.items():
        segment, placed = solution.plan.segments[index], solution.timeline[index]
        step = float(placed.duration_s) / segment.intervals
        start = step * interval
        if segment.steering == "free":
            rule = _interpolated(np.array([solution.variables[c : c + 3] for c in at]), step)
        else:
            rule = _ruled(problem, solution, segment, placed, start)
        intervals.append(SteeredInterval(index, start, step, rule))
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

    def direction(elapsed_s: float) -> tuple[float, float, float]:
        if segment.steering == "coast":
            return 1.0, 0.0, 0.0
        since = start_s + elapsed_s
        axes = pad_axes(placed.start_s + since, sine, cosine, problem.environment.rotation_rate_rad_s, scalar)
        fraction = since / placed.duration_s if segment.steering == "pitch-over" else 0.0
        return pitch_over_direction(axes, kick_east, kick_north, fraction, scalar)

    return direction
