"""One call of the optimizer: parameters and start values in, a solution out."""

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.guess import Guess, Launch
from cosmodrome.ascent.nodes import scale_of
from cosmodrome.ascent.phases import AscentPlan
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.result import Branch
from cosmodrome.ascent.schedule import Scheduled, SegmentNumbers, schedule, segment_numbers
from cosmodrome.ascent.transcription import (
    LEAST_DURATION_S,
    CompiledAscent,
    Node,
    Structure,
    compile_ascent,
    parameter_vector,
    radau_points,
)

Array = NDArray[np.float64]

CONVERGED = ("Solve_Succeeded", "Solved_To_Acceptable_Level")


@dataclass(frozen=True, slots=True)
class Solution:
    """What the optimizer returned, with the problem it solved."""

    plan: AscentPlan
    compiled: CompiledAscent
    variables: Array
    timeline: list[Scheduled]
    launch: Launch
    payload_kg: float
    mass_scale_kg: float
    status: str
    iterations_count: int
    solve_s: float

    @property
    def converged(self) -> bool:
        """Whether the optimizer says so; the replay has the last word."""
        return self.status in CONVERGED

    @property
    def ordered(self) -> bool:
        """Whether every segment runs forward in time; one that does not belongs to another arrangement."""
        return all(placed.duration_s >= 0 for placed in self.timeline)

    @property
    def final_mass_kg(self) -> float:
        """Mass at cut-off [kg]."""
        return float(self.timeline[-1].end_mass_kg)

    @property
    def kick(self) -> tuple[float, float]:
        """Pitch-over to the east and to the north."""
        return float(self.variables[1]), float(self.variables[2])

    @property
    def open_durations_s(self) -> Array:
        """Lengths that the optimizer chose [s]."""
        return self.variables[3 : 3 + self.compiled.open_count] * self.compiled.scale.time_s

    @property
    def throttle_ratios(self) -> Array:
        """Throttles that the optimizer chose."""
        first = 3 + self.compiled.open_count
        return self.variables[first : first + self.compiled.throttle_count]


def _structure(problem: AscentProblem, plan: AscentPlan) -> Structure:
    limits = problem.limits
    sector = problem.pad.azimuth_sector_deg
    return Structure(
        tuple(s.shape for s in plan.segments),
        problem.orbit.kind,
        problem.environment,
        problem.drag,
        "payload" if problem.payload_kg is None else "final-mass",
        limits.dynamic_pressure_kpa is not None,
        limits.q_alpha_kpa_deg is not None,
        limits.heat_flux_w_m2 is not None,
        problem.guided_rise and sector is not None and (sector[1] - sector[0]) % 360 < 180,
    )


def _parameter_values(
    problem: AscentProblem, plan: AscentPlan, launch: Launch, mass_scale_kg: float
) -> Array:
    scale = scale_of(problem.environment)
    limits = problem.limits
    first, last = (math.radians(a) for a in problem.pad.azimuth_sector_deg or (0.0, 360.0))
    site = [
        *(x / scale.length_m for x in launch.position_m),
        *(v / scale.speed_m_s for v in launch.velocity_m_s),
        math.sin(launch.geodetic_latitude_rad),
        math.cos(launch.geodetic_latitude_rad),
    ]
    numbers = [
        limits.dynamic_pressure_kpa or 1.0,
        math.radians(limits.q_alpha_kpa_deg or 1.0),
        math.log(limits.heat_flux_w_m2 or 1.0),
        math.sin(first), math.cos(first), math.sin(last), math.cos(last),
    ]  # fmt: skip
    return parameter_vector(
        (mass_scale_kg, plan.liftoff_mass_kg),
        site,
        numbers,
        problem.orbit.parameters(scale.length_m),
        [segment_numbers(s) for s in plan.segments],
    )


def solve(problem: AscentProblem, plan: AscentPlan, branch: Branch, launch: Launch, guess: Guess) -> Solution:
    """One call of the optimizer from a guess."""
    compiled = compile_ascent(_structure(problem, plan))
    mass_scale = plan.liftoff_mass_kg / 50
    start = _start_values(problem, plan, compiled, guess, branch, mass_scale)
    lower, upper = compiled.lower.copy(), compiled.upper.copy()
    lower[0], upper[0] = _payload_bounds(problem, plan, mass_scale)
    if not problem.guided_rise:
        lower[1:3] = upper[1:3] = 0.0
    opened = [s for s in plan.segments if s.length in ("open", "final", "final-limited")]
    for i, segment in enumerate(opened):
        lower[3 + i] = LEAST_DURATION_S / compiled.scale.time_s
        upper[3 + i] = 1.5 * segment.burn.duration_s / compiled.scale.time_s
    for i, segment in enumerate(s for s in plan.segments if s.throttled_down):
        lower[3 + len(opened) + i] = segment.burn.throttle_min_ratio
    values = _parameter_values(problem, plan, launch, mass_scale)
    started = time.perf_counter()
    answer: dict[str, Any] = compiled.solver(
        x0=start, p=values, lbx=lower, ubx=upper, lbg=compiled.constraint_lower, ubg=compiled.constraint_upper
    )
    solve_s = time.perf_counter() - started
    statistics = compiled.solver.stats()
    variables = np.asarray(answer["x"]).ravel()
    payload = float(variables[0]) * mass_scale
    first = 3 + compiled.open_count
    open_s = variables[3:first] * compiled.scale.time_s
    throttles = variables[first : first + compiled.throttle_count]
    return Solution(
        plan,
        compiled,
        variables,
        _timeline(plan, payload, open_s, throttles),
        launch,
        payload,
        mass_scale,
        statistics["return_status"],
        int(statistics["iter_count"]),
        solve_s,
    )


def _payload_bounds(problem: AscentProblem, plan: AscentPlan, mass_scale_kg: float) -> tuple[float, float]:
    """A negative payload is the mass that is missing; it stops short of an empty stage of no mass."""
    if problem.payload_kg is not None:
        return problem.payload_kg / mass_scale_kg, problem.payload_kg / mass_scale_kg
    return -0.95 * plan.last_stage_empty_kg / mass_scale_kg, plan.liftoff_mass_kg / mass_scale_kg


def _timeline(plan: AscentPlan, payload_kg: float, open_s: Array, throttles: Array) -> list[Scheduled]:
    numbers = [SegmentNumbers(*segment_numbers(s)) for s in plan.segments]
    shapes = tuple(s.shape for s in plan.segments)
    return schedule(shapes, numbers, plan.liftoff_mass_kg + payload_kg, list(open_s), list(throttles))


def _start_values(
    problem: AscentProblem,
    plan: AscentPlan,
    compiled: CompiledAscent,
    guess: Guess,
    branch: Branch,
    mass_scale_kg: float,
) -> Array:
    """Fill the vector of variables from a flown guess."""
    start = np.zeros(compiled.variables_count)
    start[0] = guess.payload_kg / mass_scale_kg
    azimuth = problem.launch_azimuth_rad(branch)
    start[1:3] = 0.08 * math.sin(azimuth), 0.08 * math.cos(azimuth)
    start[3 : 3 + compiled.open_count] = np.array(guess.open_durations_s) / compiled.scale.time_s
    first = 3 + compiled.open_count
    start[first : first + compiled.throttle_count] = guess.throttle_ratios
    timeline = _timeline(
        plan, guess.payload_kg, np.array(guess.open_durations_s), np.array(guess.throttle_ratios)
    )
    times = np.array([node_time_s(plan, timeline, node) for node in compiled.nodes])
    for axis in range(3):
        position = np.interp(times, guess.time_s, guess.position_m[:, axis]) / compiled.scale.length_m
        velocity = np.interp(times, guess.time_s, guess.velocity_m_s[:, axis]) / compiled.scale.speed_m_s
        direction = np.interp(times, guess.time_s, guess.thrust_direction[:, axis])
        for k, node in enumerate(compiled.nodes):
            start[node.state + axis] = position[k]
            start[node.state + 3 + axis] = velocity[k]
            if node.control >= 0:
                start[node.control + axis] = direction[k]
    return start


def node_time_s(plan: AscentPlan, timeline: list[Scheduled], node: Node) -> float:
    """Time of a collocation point since lift-off [s]."""
    placed, segment = timeline[node.segment], plan.segments[node.segment]
    step = placed.duration_s / segment.intervals
    return float(placed.start_s + step * (node.interval + radau_points()[node.point + 1]))
