"""From a problem and a branch to a proved optimum."""

import math
import time
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.guess import Guess, Launch, fly_guess, jettison_burn
from cosmodrome.ascent.phases import AscentPlan, Segment, ascent_plan, vehicle_burns
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.replay import Flown, SteeredInterval, replay_ascent
from cosmodrome.ascent.result import Ascent, AscentStatus, Branch, Replay, SolverStatistics
from cosmodrome.ascent.schedule import Scheduled, SegmentNumbers, schedule, segment_numbers
from cosmodrome.ascent.steering import launch_azimuth_deg, pad_axes, pitch_over_direction
from cosmodrome.ascent.trajectory import ascent_from
from cosmodrome.ascent.transcription import (
    DEGREE,
    LEAST_DURATION_S,
    CompiledAscent,
    Node,
    Structure,
    compile_ascent,
    parameter_vector,
    radau_points,
    scale_of,
)
from cosmodrome.constants import STANDARD_GRAVITY_M_S2

Array = NDArray[np.float64]

REFINE_ABOVE_M = 30.0  # replay miss that asks for a finer mesh
REFINEMENTS = 3
REARRANGEMENTS = 4  # changes of the fairing's burn or of the throttled burns
CONVERGED = ("Solve_Succeeded", "Solved_To_Acceptable_Level")


@dataclass(frozen=True, slots=True)
class Solution:
    """What the optimizer returned, with the problem it solved."""

    plan: AscentPlan
    compiled: CompiledAscent
    variables: Array
    multipliers: Array
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


def optimize_branch(problem: AscentProblem, branch: Branch) -> Ascent:
    """Optimize one launch branch, refine the mesh until the replay agrees, and report.

    Parameters
    ----------
    problem : AscentProblem
    branch : {'ascending', 'descending'}
        Whether the vehicle crosses the pad's latitude going north or south.

    Returns
    -------
    Ascent
        Its `status` says whether a payload may be claimed.
    """
    solution = _arranged_solution(problem, branch)
    flown, miss = _replayed(problem, solution)
    for _ in range(REFINEMENTS):
        if not solution.converged or max(miss.position_miss_m, 1e3 * miss.velocity_miss_m_s) <= REFINE_ABOVE_M:
            break
        finer = _refined(solution.plan)
        again = _solve(problem, finer, branch, solution.launch, _guess_from(problem, solution, flown))
        if not again.converged:
            break
        solution = again
        flown, miss = _replayed(problem, solution)
    azimuth = (
        launch_azimuth_deg(*solution.kick)
        if problem.guided_rise
        else math.degrees(problem.launch_azimuth_rad(branch)) % 360
    )
    statistics = SolverStatistics(
        solution.status, solution.iterations_count, solution.solve_s, solution.compiled.build_s,
        solution.compiled.variables_count,
    )  # fmt: skip
    return ascent_from(
        problem, solution.plan, solution.timeline, flown, _status(solution, miss), solution.payload_kg, branch, azimuth, miss, statistics,
    )  # fmt: skip


def _status(solution: Solution, miss: Replay) -> AscentStatus:
    if not solution.converged:
        return AscentStatus.NOT_CONVERGED
    if not miss.agrees:
        return AscentStatus.NOT_CONFIRMED
    return AscentStatus.OPTIMAL if solution.payload_kg > 0 else AscentStatus.OUT_OF_REACH


def _arranged_solution(problem: AscentProblem, branch: Branch) -> Solution:
    """Solve, and move the fairing's jettison or the throttling to the burn where they belong."""
    launch = problem.launch(branch)
    has_fairing = problem.vehicle.fairing.mass_kg.value > 0 and problem.limits.heat_flux_w_m2 is not None
    burns = vehicle_burns(problem.vehicle)
    fairing_burn = len(burns) - 1 if has_fairing else None
    limited: frozenset[int] = frozenset()
    plan = _plan(problem, fairing_burn, limited)
    guess = _fly(problem, plan, launch)
    if has_fairing:
        fairing_burn = jettison_burn(plan, guess, problem.limits.heat_flux_w_m2 or math.inf)
    limited = _limited_burns(problem, plan, guess.payload_kg)
    best: Solution | None = None
    for _ in range(REARRANGEMENTS):
        plan = _plan(problem, fairing_burn, limited)
        solution = _solve(problem, plan, branch, launch, _fly(problem, plan, launch))
        if solution.converged and (best is None or not best.converged or solution.payload_kg >= best.payload_kg):
            best = solution
        best = best or solution
        arranged = _rearranged(problem, solution, fairing_burn, limited)
        if arranged == (fairing_burn, limited):
            return solution
        fairing_burn, limited = arranged
    return best or solution


def _plan(problem: AscentProblem, fairing_burn: int | None, limited: frozenset[int]) -> AscentPlan:
    return ascent_plan(problem.vehicle, problem.limits, fairing_burn, limited, problem.guided_rise)


def _fly(problem: AscentProblem, plan: AscentPlan, launch: Launch) -> Guess:
    return fly_guess(plan, launch, problem.orbit, problem.environment, problem.drag, problem.payload_kg)


def _limited_burns(problem: AscentProblem, plan: AscentPlan, payload_kg: float) -> frozenset[int]:
    """Burns that would end above the acceleration limit, and that can throttle."""
    limit_g = problem.limits.axial_acceleration_g
    if limit_g is None:
        return frozenset()
    limited = set()
    mass = plan.liftoff_mass_kg + payload_kg
    for number, burn in enumerate(plan.burns):
        mass -= burn.propellant_kg
        drops = [s for s in plan.segments if s.burn_number == number and s.drop_after_kg > 0]
        mass -= sum(s.drop_after_kg for s in drops) - burn.drop_after_kg
        if burn.throttle_min_ratio < 1 and burn.thrust_vacuum_n > limit_g * STANDARD_GRAVITY_M_S2 * mass:
            limited.add(number)
        mass -= burn.drop_after_kg
    return frozenset(limited)


def _rearranged(
    problem: AscentProblem, solution: Solution, fairing_burn: int | None, limited: frozenset[int]
) -> tuple[int | None, frozenset[int]]:
    """Where a solution says that the jettison and the throttling belong."""
    if not solution.converged:
        return fairing_burn, limited
    now_limited = _limited_burns(problem, solution.plan, solution.payload_kg)
    if fairing_burn is None:
        return fairing_burn, now_limited
    for segment, placed in zip(solution.plan.segments, solution.timeline, strict=True):
        if segment.length == "open" and segment.burn_number == fairing_burn:
            left = placed.propellant_left_kg / segment.burn.propellant_kg
            if placed.duration_s < 2 * LEAST_DURATION_S and fairing_burn > 0 and not _tried_before(solution):
                return fairing_burn - 1, now_limited
            if left < 0.01 and fairing_burn < len(solution.plan.burns) - 1:
                return fairing_burn + 1, now_limited
    return fairing_burn, now_limited


def _tried_before(solution: Solution) -> bool:
    """Whether the heat flux already binds at the jettison, so that an earlier burn would be too hot."""
    return True if solution.plan.fairing_burn == 1 else False


def _refined(plan: AscentPlan) -> AscentPlan:
    segments = tuple(replace(s, intervals=2 * s.intervals) for s in plan.segments)
    return replace(plan, segments=segments)


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


def _parameter_values(problem: AscentProblem, plan: AscentPlan, launch: Launch, mass_scale_kg: float) -> Array:
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
        mass_scale_kg, plan.liftoff_mass_kg, site, numbers, problem.orbit.parameters(scale.length_m),
        [segment_numbers(s) for s in plan.segments],
    )  # fmt: skip


def _solve(problem: AscentProblem, plan: AscentPlan, branch: Branch, launch: Launch, guess: Guess) -> Solution:
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
        plan, compiled, variables, np.asarray(answer["lam_p"]).ravel(),
        _timeline(plan, payload, open_s, throttles), launch, payload, mass_scale,
        statistics["return_status"], int(statistics["iter_count"]), solve_s,
    )  # fmt: skip


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
    problem: AscentProblem, plan: AscentPlan, compiled: CompiledAscent, guess: Guess, branch: Branch, mass_scale_kg: float
) -> Array:
    """Fill the vector of variables from a flown guess."""
    start = np.zeros(compiled.variables_count)
    start[0] = guess.payload_kg / mass_scale_kg
    azimuth = problem.launch_azimuth_rad(branch)
    start[1:3] = 0.08 * math.sin(azimuth), 0.08 * math.cos(azimuth)
    start[3 : 3 + compiled.open_count] = np.array(guess.open_durations_s) / compiled.scale.time_s
    first = 3 + compiled.open_count
    start[first : first + compiled.throttle_count] = guess.throttle_ratios
    timeline = _timeline(plan, guess.payload_kg, np.array(guess.open_durations_s), np.array(guess.throttle_ratios))
    times = np.array([_node_time_s(plan, timeline, node) for node in compiled.nodes])
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


def _node_time_s(plan: AscentPlan, timeline: list[Scheduled], node: Node) -> float:
    placed, segment = timeline[node.segment], plan.segments[node.segment]
    step = placed.duration_s / segment.intervals
    return float(placed.start_s + step * (node.interval + radau_points()[node.point + 1]))


def _replayed(problem: AscentProblem, solution: Solution) -> tuple[Flown, Replay]:
    """Fly the solution's steering again and measure where it ends; without a solution there is no miss."""
    if not solution.converged:
        return _claimed(solution), Replay(math.inf, math.inf)
    flown = replay_ascent(
        np.array(solution.launch.position_m), np.array(solution.launch.velocity_m_s), _steered(problem, solution),
        solution.timeline, problem.environment, problem.drag,
    )  # fmt: skip
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
    times = [_node_time_s(solution.plan, solution.timeline, node) for node in nodes]
    controls = [
        solution.variables[node.control : node.control + 3] if node.control >= 0 else np.array([1.0, 0.0, 0.0])
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
    powers = np.arange(DEGREE)

    def direction(elapsed_s: float) -> tuple[float, float, float]:
        raw = ((elapsed_s / step_s) ** powers) @ coefficients
        unit = raw / math.sqrt(float(raw @ raw))
        return float(unit[0]), float(unit[1]), float(unit[2])

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
        axes = pad_axes(placed.start_s + since, sine, cosine, problem.environment.rotation_rate_rad_s)
        fraction = since / placed.duration_s if segment.steering == "pitch-over" else 0.0
        return pitch_over_direction(axes, kick_east, kick_north, fraction)

    return direction


def _guess_from(problem: AscentProblem, solution: Solution, flown: Flown) -> Guess:
    """A solved and flown ascent as the guess of the next mesh."""
    return Guess(
        solution.payload_kg, tuple(solution.open_durations_s), tuple(solution.throttle_ratios), flown.time_s, flown.position_m, flown.velocity_m_s,
        flown.thrust_direction, np.zeros_like(flown.time_s),
    )  # fmt: skip
