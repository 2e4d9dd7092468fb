"""One call of the optimizer: parameters and start values in, a solution out."""

import math
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.collocation import radau_points
from cosmodrome.ascent.guess import Guess, Launch
from cosmodrome.ascent.nodes import SEGMENT_PARAMETERS, Form, Kind, scale_of
from cosmodrome.ascent.nonlinear_program import Manner
from cosmodrome.ascent.phases import LEAST_DURATION_S, AscentPlan, Segment
from cosmodrome.ascent.problem import AscentProblem, HeldZone
from cosmodrome.ascent.schedule import Scheduled, chained, segment_numbers
from cosmodrome.ascent.transcription import (
    AZIMUTH_AT,
    LIFTOFF_AT,
    RESERVE_AT,
    SEGMENTS_AT,
    SHARED_AT,
    TERMINAL_AT,
    CompiledAscent,
    SegmentShape,
    Structure,
    compile_ascent,
)

Array = NDArray[np.float64]

SHORTEST_THROTTLED_S = (
    0.01  # of a stretch to the acceleration limit or at it; a short last burn may just meet it
)
CONVERGED = ("Solve_Succeeded", "Solved_To_Acceptable_Level")
_KINDS: dict[str, Kind] = {"vertical": "guided", "pitch-over": "guided", "free": "free", "coast": "coast"}


@dataclass(frozen=True, slots=True)
class Solution:
    """What the optimizer returned, with the problem it solved."""

    plan: AscentPlan
    compiled: CompiledAscent
    variables: Array
    multipliers: tuple[Array, Array]  # of the rows and of the bounds
    parameters: Array
    units_kg: Array  # in which the masses among the variables are given
    timeline: list[Scheduled]
    launch: Launch
    payload_kg: float
    status: str
    iterations_count: int
    solve_s: float

    @property
    def converged(self) -> bool:
        """Whether the optimizer says so; the replay has the last word."""
        return self.status in CONVERGED

    @property
    def final_mass_kg(self) -> float:
        """Mass at cut-off [kg]."""
        return float(self.timeline[-1].end_mass_kg)

    @property
    def worth_kg(self) -> float:
        """What is maximized: the payload, or the mass at cut-off where the payload is given [kg]."""
        return self.payload_kg if self.compiled.structure.objective == "payload" else self.final_mass_kg

    @property
    def kick(self) -> tuple[float, float]:
        """Pitch-over to the east and to the north."""
        east, north = self.variables[self.compiled.layout.kick]
        return float(east), float(north)


def structure_of(problem: AscentProblem, plan: AscentPlan) -> Structure:
    """What of a problem shapes its program."""
    shapes, burned = [], False
    for segment, previous in zip(plan.segments, (None, *plan.segments), strict=False):
        burned = burned and previous is not None and previous.burn_number == segment.burn_number
        burned = burned or (
            previous is not None and previous.thrusts and previous.burn_number == segment.burn_number
        )
        shapes.append(_shape(problem, plan, segment, burned))
    return Structure(
        tuple(shapes),
        problem.orbit.kind,
        problem.environment,
        problem.drag,
        "payload" if problem.payload_kg is None else "final-mass",
        problem.guided_rise and problem.azimuth_limits_rad is not None,
        tuple((index, zone.kind) for index, zone in _held_zones(problem, plan)),
    )


def _held_zones(problem: AscentProblem, plan: AscentPlan) -> list[tuple[int, HeldZone]]:
    """The zones held, each with the segment at whose end its body is dropped."""
    dropped = {drop.name: index for index, s in reversed([*enumerate(plan.segments)]) for drop in s.drops}
    return [(dropped[zone.body], zone) for zone in problem.held_zones if zone.body in dropped]


def _shape(problem: AscentProblem, plan: AscentPlan, segment: Segment, burned: bool) -> SegmentShape:
    """`burned` says whether the segment's burn has burned before it."""
    held_in_air = segment.in_air and segment.steering == "free"
    heat = segment.after_fairing and problem.limits.heat_flux_w_m2 is not None
    form = Form(
        kind="limited" if segment.throttled else _KINDS[segment.steering],
        opened=segment.length != "fixed",
        ramps=burned and segment.thrusts and segment.burn.thrust_rate_n_s != 0.0,
        throttles=segment.throttled_down,
        holds_pressure=held_in_air and plan.arrangement.holds_pressure,
        holds_q_alpha=segment.in_air
        and segment.steering in ("free", "pitch-over")
        and problem.limits.q_alpha_kpa_deg is not None,
        holds_heat=heat,
        holds_altitude=not heat or problem.limits.minimum_altitude_km is not None,
    )
    return SegmentShape(
        form,
        segment.burn_number,
        segment.length == "to-limit",
        segment.before_first_burnout,
        segment.mesh,
    )


def parameter_vector(problem: AscentProblem, plan: AscentPlan, launch: Launch, units_kg: Array) -> Array:
    """The parameters of the program; `units_kg` are of the masses at each segment's start and at the end."""
    scale = scale_of(problem.environment)
    limits = problem.limits
    p = np.zeros(SEGMENTS_AT + len(plan.segments) * SEGMENT_PARAMETERS)
    p[LIFTOFF_AT] = plan.liftoff_mass_kg / 50, units_kg[0], plan.liftoff_mass_kg
    p[RESERVE_AT] = plan.reserve_fraction, units_kg[-1], plan.burns[-1].propellant_kg
    p[SHARED_AT] = (
        math.sin(launch.geodetic_latitude_rad),
        math.cos(launch.geodetic_latitude_rad),
        plan.pitch_over_at_s,
        limits.dynamic_pressure_kpa
        if limits.dynamic_pressure_kpa and plan.arrangement.holds_pressure
        else 1e6,
        math.radians(limits.q_alpha_kpa_deg or 1e6),
        math.log(limits.heat_flux_w_m2 or 1.0),
    )
    first, last = problem.azimuth_limits_rad or (0.0, 0.0)
    p[AZIMUTH_AT] = math.sin(first), math.cos(first), math.sin(last), math.cos(last)
    p[TERMINAL_AT] = problem.orbit.parameters(scale.length_m)
    start = 0.0  # known while the lengths are fixed, which is as long as the guided rise lasts
    for index, segment in enumerate(plan.segments):
        propellant = max(segment.burn.propellant_kg, 1.0)
        p[SEGMENTS_AT + index * SEGMENT_PARAMETERS :][:SEGMENT_PARAMETERS] = (
            *astuple(segment_numbers(segment)), units_kg[index], units_kg[index + 1], start, propellant,
            segment.duration_s / scale.time_s, 0.0,
        )  # fmt: skip
        start += segment.duration_s
    zones = [zone.parameters for _, zone in _held_zones(problem, plan)]
    return np.concatenate((p, *zones)) if zones else p


def solve(
    problem: AscentProblem,
    plan: AscentPlan,
    launch: Launch,
    guess: Guess,
    manners: Sequence[Manner] = ("quick", "patient"),
) -> Solution:
    """Call the optimizer from a guess, in one manner after another until it converges."""
    compiled = compile_ascent(structure_of(problem, plan))
    units = units_kg(guess.timeline)
    start = _start_values(problem, plan, compiled, guess, units)
    for manner in manners:
        solution = _called(problem, plan, launch, compiled, units, {"x0": start}, manner)
        if solution.converged:
            break
    return solution


def solve_warm(problem: AscentProblem, plan: AscentPlan, launch: Launch, near: Solution) -> Solution:
    """Call the optimizer from a solution of the same structure near by."""
    start = {"x0": near.variables, "lam_g0": near.multipliers[0], "lam_x0": near.multipliers[1]}
    return _called(problem, plan, launch, near.compiled, near.units_kg, start, "warm")


def solve_stretched(
    problem: AscentProblem,
    plan: AscentPlan,
    launch: Launch,
    near: Solution,
    *,
    stretch_ratio: float,
    manners: Sequence[Manner],
) -> Solution:
    """Call the optimizer from a solution of the same structure whose last burn was shorter."""
    start = near.variables.copy()
    for segment, v in zip(plan.segments, near.compiled.layout.segments, strict=True):
        if segment.burn_number == len(plan.burns) - 1 and segment.thrusts:
            start[v.duration] *= stretch_ratio
    solution = near
    for manner in manners:
        solution = _called(problem, plan, launch, near.compiled, near.units_kg, {"x0": start}, manner)
        if solution.converged:
            break
    return solution


def _called(
    problem: AscentProblem, plan: AscentPlan, launch: Launch, compiled: CompiledAscent, units_kg: Array,
    start: dict[str, Any], manner: Manner,
) -> Solution:  # fmt: skip
    """One call of the optimizer."""
    values = parameter_vector(problem, plan, launch, units_kg)
    lower, upper, row_lower, row_upper = bounds(problem, plan, compiled, launch)
    solver = compiled.program.solver(manner)
    began = time.perf_counter()
    answer = solver(p=values, lbx=lower, ubx=upper, lbg=row_lower, ubg=row_upper, **start)
    solve_s = time.perf_counter() - began
    statistics = solver.stats()
    variables = np.asarray(answer["x"]).ravel()
    payload = float(variables[compiled.layout.payload]) * values[LIFTOFF_AT[0]]
    return Solution(
        plan, compiled, variables, (np.asarray(answer["lam_g"]).ravel(), np.asarray(answer["lam_x"]).ravel()),
        values, units_kg, _timeline(plan, compiled, variables, payload), launch, float(payload),
        statistics["return_status"], int(statistics["iter_count"]), solve_s,
    )  # fmt: skip


def units_kg(timeline: list[Scheduled]) -> Array:
    """Units in which masses are near one: those of the guess."""
    masses = [float(placed.start_mass_kg) for placed in timeline]
    return np.array([*masses, max(float(timeline[-1].end_mass_kg), 0.02 * masses[-1])])


def bounds(
    problem: AscentProblem, plan: AscentPlan, compiled: CompiledAscent, launch: Launch
) -> tuple[Array, Array, Array, Array]:
    """Bounds of the variables and of the rows."""
    scale, layout, program = compiled.scale, compiled.layout, compiled.program
    lower, upper = program.lower.copy(), program.upper.copy()
    row_lower, row_upper = program.row_lower.copy(), program.row_upper.copy()
    unit = plan.liftoff_mass_kg / 50
    lower[layout.payload], upper[layout.payload] = (bound / unit for bound in _payload_bounds(problem, plan))
    if not problem.guided_rise:
        lower[layout.kick] = upper[layout.kick] = 0.0
    first = [
        *(x / scale.length_m for x in launch.position_m),
        *(v / scale.speed_m_s for v in launch.velocity_m_s),
    ]
    lower[layout.first_state] = upper[layout.first_state] = first
    shapes = compiled.structure.segments
    for segment, shape, v in zip(plan.segments, shapes, layout.segments, strict=True):
        least, most = _duration_bounds_s(segment)
        lower[v.duration], upper[v.duration] = least / scale.time_s, most / scale.time_s
        upper[v.burned] = np.inf if shape.form.ramps else 0.0
        low = segment.burn.throttle_min_ratio if shape.form.throttles else 1.0
        lower[v.throttle], upper[v.throttle] = low, 1.0
    if problem.limits.minimum_altitude_km is not None:
        row_lower[layout.high_rows] = 1e3 * problem.limits.minimum_altitude_km / scale.length_m
    idle = [b for b, row in enumerate(layout.burn_rows) if plan.burns[b].propellant_kg <= 0]
    row_lower[layout.burn_rows[idle]] = 0.0
    row_lower[layout.burn_rows[-1]] = 0.0
    return lower, upper, row_lower, row_upper


def _duration_bounds_s(segment: Segment) -> tuple[float, float]:
    """The shortest and the longest that a segment may last."""
    if segment.length == "fixed":
        return segment.duration_s, segment.duration_s
    if segment.steering == "coast":
        return segment.duration_s, segment.longest_s
    least = SHORTEST_THROTTLED_S if segment.acceleration_limit_m_s2 else LEAST_DURATION_S
    return min(least, 0.5 * segment.duration_s), min(segment.longest_s, 20 * segment.burn.duration_s)


def _payload_bounds(problem: AscentProblem, plan: AscentPlan) -> tuple[float, float]:
    """A negative payload is the mass that is missing; it stops short of an empty stage of no mass."""
    if problem.payload_kg is not None:
        return problem.payload_kg, problem.payload_kg
    return -0.95 * plan.last_stage_empty_kg, plan.liftoff_mass_kg


def _timeline(
    plan: AscentPlan, compiled: CompiledAscent, variables: Array, payload_kg: float
) -> list[Scheduled]:
    segments = compiled.layout.segments
    durations = [float(variables[v.duration]) * compiled.scale.time_s for v in segments]
    throttles = [float(variables[v.throttle]) for v in segments]
    return chained(plan, plan.liftoff_mass_kg + payload_kg, durations, throttles)


def _start_values(
    problem: AscentProblem, plan: AscentPlan, compiled: CompiledAscent, guess: Guess, units_kg: Array
) -> Array:
    """Fill the vector of variables from a flown guess."""
    layout, scale = compiled.layout, compiled.scale
    start = np.zeros(layout.variables_count)
    start[layout.payload] = guess.payload_kg / (plan.liftoff_mass_kg / 50)
    start[layout.kick] = guess.kick
    start[layout.final_mass] = float(guess.timeline[-1].end_mass_kg) / units_kg[-1]
    times = []
    for segment, v, placed, unit in zip(
        plan.segments, layout.segments, guess.timeline, units_kg, strict=False
    ):
        start[v.duration] = float(placed.duration_s) / scale.time_s
        start[v.mass] = float(placed.start_mass_kg) / unit
        start[v.burned] = float(placed.burned_s) / scale.time_s
        start[v.throttle] = float(placed.throttle_ratio)
        times.append(node_times_s(segment, placed))
    columns = guess.at(np.concatenate([t.ravel() for t in times]))
    at = 0
    for v, t in zip(layout.segments, times, strict=True):
        block = slice(at, at + t.size)
        at += t.size
        start[v.states] = np.hstack(
            (columns[block, :3] / scale.length_m, columns[block, 3:6] / scale.speed_m_s)
        ).reshape(*t.shape, 6)
        if v.controls.size:
            start[v.controls] = columns[block, 6:9].reshape(*t.shape, 3)
    return start


def node_times_s(segment: Segment, placed: Scheduled) -> Array:
    """Times of a segment's collocation points since lift-off, one line per interval [s]."""
    widths = np.array(segment.mesh)
    begins = np.concatenate(([0.0], np.cumsum(widths)[:-1]))
    share = begins[:, None] + widths[:, None] * radau_points()[None, 1:]
    return np.asarray(float(placed.start_s) + float(placed.duration_s) * share)
