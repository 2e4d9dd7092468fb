"""Which burn sheds the fairing, which is throttled: solve, look, and move them until they belong."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from cosmodrome.ascent.guess import Guess, Launch, fly_guess, jettison_burn
from cosmodrome.ascent.limits import dynamic_pressure_kpa
from cosmodrome.ascent.nonlinear_program import Manner
from cosmodrome.ascent.phases import (
    FIRST_CUTOFF,
    LEAST_DURATION_S,
    Arrangement,
    AscentPlan,
    Segment,
    ascent_plan,
)
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.proof import claimed_flight
from cosmodrome.ascent.replay import Flown
from cosmodrome.ascent.result import AscentLimits, Branch
from cosmodrome.ascent.schedule import Scheduled, first_schedule
from cosmodrome.ascent.solve import Solution, solve, solve_stretched
from cosmodrome.constants import STANDARD_GRAVITY_M_S2

REARRANGEMENTS = 6  # changes of the fairing's burn or of the throttled burns
SLOW_RATIO = 0.33  # of last-stage thrust to weight at ignition
EASING_FACTORS = (6.0, 3.0, 1.7, 1.0)  # on the thrust of a slow last stage
_FAIRING_NEEDS_S = 4.0


def arranged(
    problem: AscentProblem,
    branch: Branch,
    launch: Launch,
    base: Arrangement,
    *,
    patient: bool = True,
) -> Solution:
    """Solve, and move the fairing's jettison or the throttling to the burn where they belong.

    Without patience only the first guess is tried.
    """
    fairing = problem.vehicle.fairing.mass_kg.value > 0
    arrangement = base
    flown: tuple[AscentPlan, Guess] | None = None
    if base.fairing_burn is None:
        plan = plan_of(problem, replace(base, fairing_burn=_last_number(problem) if fairing else None))
        guess = _fly(problem, plan, branch, launch)
        flown = plan, guess
        ceiling = problem.limits.heat_flux_w_m2 or math.inf
        burn = _first_fairing_burn(plan, jettison_burn(plan, guess, ceiling)) if fairing else None
        limited = _limited_burns(problem, plan, guess.payload_kg)
        arrangement = replace(base, fairing_burn=burn, limited_burns=limited)
    solutions: dict[Arrangement, Solution] = {}
    before: Solution | None = None
    while arrangement not in solutions and len(solutions) < REARRANGEMENTS:
        plan = plan_of(problem, arrangement)
        start = regrouped(before, plan) if before else None
        if start is not None:
            solution = solve(problem, plan, launch, start, manners(plan))
        if start is None or not solution.converged:
            solution = _solved_cold(problem, plan, branch, launch, flown, patient=patient)
        solutions[arrangement] = solution
        before = solution if solution.converged else before
        arrangement = rearranged(problem, solution, arrangement)
    held = [s for s in solutions.values() if s.plan.arrangement.holds_pressure == arrangement.holds_pressure]
    return max(held or solutions.values(), key=lambda s: (s.converged, s.worth_kg))


def manners(plan: AscentPlan) -> tuple[Manner, ...]:
    """How to start from a solution: near it, where a throttled stretch makes for several optima."""
    return ("near", "quick", "patient") if plan.arrangement.holds_pressure else ("quick", "patient")


def regrouped(before: Solution, plan: AscentPlan) -> Guess:
    """A solution as the guess of a plan with other segments: the same states at the same times."""
    known = {
        (s.burn_number, s.steering, s.event_after): float(p.duration_s)
        for s, p in zip(before.plan.segments, before.timeline, strict=True)
        if s.is_open
    }
    if plan.arrangement.limited_first and not before.plan.arrangement.limited_first:
        number, steering = plan.segments[-1].burn_number, plan.segments[-1].steering
        known[number, steering, FIRST_CUTOFF] = _throttled_s(before, plan.segments[-1])
    timeline = first_schedule(plan, plan.liftoff_mass_kg + before.payload_kg, known)
    return replace(guess_from(before, claimed_flight(before)), timeline=timeline)


def _throttled_s(solution: Solution, limited: Segment) -> float:
    """How long before its first cut-off a solution passes the acceleration limit of a segment [s]."""
    cutoff = _first_cutoff(solution)
    assert cutoff is not None
    mass_at_limit_kg = limited.burn.thrust_vacuum_n / limited.acceleration_limit_m_s2
    passed_s = (mass_at_limit_kg - float(cutoff.end_mass_kg)) / float(cutoff.numbers.mass_flow_kg_s)
    return max(min(passed_s, float(cutoff.duration_s) - LEAST_DURATION_S), LEAST_DURATION_S)


def _first_cutoff(solution: Solution) -> Scheduled | None:
    """The stretch before the coast that cuts the last burn in two."""
    pairs = zip(solution.plan.segments, solution.timeline, strict=True)
    return next((placed for segment, placed in pairs if segment.event_after == FIRST_CUTOFF), None)


def _first_fairing_burn(plan: AscentPlan, guessed: int) -> int:
    """A burn to begin with: as guessed, or the next that can hold it."""
    holding = [n for n in range(len(plan.burns)) if _holds_fairing(plan, n)]
    later = [n for n in holding if n >= guessed]
    return later[0] if later else holding[-1]


def _last_number(problem: AscentProblem) -> int:
    return len(plan_of(problem, Arrangement()).burns) - 1


def _solved_cold(
    problem: AscentProblem,
    plan: AscentPlan,
    branch: Branch,
    launch: Launch,
    flown: tuple[AscentPlan, Guess] | None,
    *,
    patient: bool,
) -> Solution:
    """Solve from flown guesses, then with the limits laid on last, until it converges."""
    tried = _eased(problem, plan, branch, launch) if is_slow(problem) else None
    if tried is not None and tried.converged:
        return tried
    first = flown[1] if flown is not None and flown[0] == plan else None
    for start in _starts(problem, plan, branch, launch, first):
        solution = solve(problem, plan, launch, start)
        if solution.converged or not patient:
            return solution
        tried = tried or solution
    assert tried is not None
    return tried


def _eased(problem: AscentProblem, plan: AscentPlan, branch: Branch, launch: Launch) -> Solution | None:
    """Solve with a stronger last stage first, and let it come down to its thrust in steps."""
    vehicle = problem.vehicle
    last = vehicle.stages[-1]
    solution, before = None, 0.0
    for factor in EASING_FACTORS:
        thrust = last.thrust_vacuum_n.model_copy(update={"value": factor * last.thrust_vacuum_n.value})
        stages = (*vehicle.stages[:-1], last.model_copy(update={"thrust_vacuum_n": thrust}))
        eased = replace(problem, vehicle=vehicle.model_copy(update={"stages": stages}))
        strong = plan_of(eased, plan.arrangement)
        if len(strong.segments) != len(plan.segments):
            return solution
        meshed = [replace(s, mesh=o.mesh) for s, o in zip(strong.segments, plan.segments, strict=True)]
        strong = replace(strong, segments=tuple(meshed))
        if solution is None:
            solution = solve(eased, strong, launch, _fly(eased, strong, branch, launch))
        else:
            solution = solve_stretched(
                eased, strong, launch, solution, stretch_ratio=before / factor,
                manners=("quick", "rough" if factor > 1 else "patient"),
            )  # fmt: skip
        if not solution.converged:
            return None
        before = factor
    return solution


def _starts(
    problem: AscentProblem, plan: AscentPlan, branch: Branch, launch: Launch, first: Guess | None
) -> Iterator[Guess]:
    """Starts in order of cost: the best of a batch, of several batches, and a solution without limits."""
    yield first or _fly(problem, plan, branch, launch)
    better = _fly(problem, plan, branch, launch, rounds=6)
    yield better
    bare = replace(problem, limits=AscentLimits(q_alpha_kpa_deg=None, heat_flux_w_m2=None))
    unlimited = solve(bare, plan, launch, better)
    if unlimited.converged:
        yield guess_from(unlimited, claimed_flight(unlimited))


def plan_of(problem: AscentProblem, arrangement: Arrangement) -> AscentPlan:
    """The vehicle's segments in this order."""
    return ascent_plan(problem.vehicle, problem.limits, arrangement, problem.guided_rise)


def _fly(problem: AscentProblem, plan: AscentPlan, branch: Branch, launch: Launch, rounds: int = 1) -> Guess:
    return fly_guess(
        plan, launch, problem.orbit, problem.environment, problem.drag,
        azimuth_rad=problem.launch_azimuth_rad(branch), payload_kg=problem.payload_kg, rounds=rounds,
    )  # fmt: skip


def _limited_burns(problem: AscentProblem, plan: AscentPlan, payload_kg: float) -> frozenset[int]:
    """Burns at the end of a stage that would pass the acceleration limit, and that can throttle."""
    limit_g = problem.limits.axial_acceleration_g
    if limit_g is None:
        return frozenset()
    limited = set()
    mass = plan.liftoff_mass_kg + payload_kg
    for number, burn in enumerate(plan.burns):
        mass -= burn.propellant_kg
        drops = sum(s.drop_after_kg for s in plan.segments if s.burn_number == number)
        mass -= drops - burn.drop_after_kg
        steady = burn.thrust_rate_n_s == 0.0 and burn.throttle_min_ratio < 1
        if steady and burn.thrust_vacuum_n > limit_g * STANDARD_GRAVITY_M_S2 * mass:
            limited.add(number)
        mass -= burn.drop_after_kg
    return frozenset(limited)


def rearranged(problem: AscentProblem, solution: Solution, arrangement: Arrangement) -> Arrangement:
    """Where a solution says that the jettison and the throttling belong."""
    if not solution.converged:
        return arrangement
    burns = solution.plan.burns
    fairing_burn = arrangement.fairing_burn
    limited = _limited_burns(problem, solution.plan, solution.payload_kg)
    for segment, placed in zip(solution.plan.segments, solution.timeline, strict=True):
        if fairing_burn is None or segment.event_after != "fairing jettison":
            continue
        left_s = _left_s(solution, segment.burn_number)
        if placed.duration_s < 2 * LEAST_DURATION_S:
            earlier = [n for n in range(fairing_burn) if _holds_fairing(solution.plan, n)]
            fairing_burn = earlier[-1] if earlier else fairing_burn
        elif left_s < 2 * LEAST_DURATION_S:
            later = [n for n in range(fairing_burn + 1, len(burns)) if _holds_fairing(solution.plan, n)]
            fairing_burn = later[0] if later else fairing_burn
        break
    first = len(burns) - 1 in limited and _passes_limit_first(problem, solution)
    arrangement = replace(arrangement, fairing_burn=fairing_burn, limited_burns=limited, limited_first=first)
    return arrangement if arrangement.holds_pressure else _holding_pressure(problem, solution, arrangement)


def _passes_limit_first(problem: AscentProblem, solution: Solution) -> bool:
    """Whether the last burn meets the acceleration limit before the coast that cuts it in two."""
    cutoff, limit_g = _first_cutoff(solution), problem.limits.axial_acceleration_g
    if cutoff is None or limit_g is None:
        return False
    weight_n = limit_g * STANDARD_GRAVITY_M_S2 * float(cutoff.end_mass_kg)
    return solution.plan.burns[-1].thrust_vacuum_n > weight_n


def _holding_pressure(problem: AscentProblem, solution: Solution, arrangement: Arrangement) -> Arrangement:
    """Hold the limit on dynamic pressure if the solution passes it, throttled down about where it does."""
    limit = problem.limits.dynamic_pressure_kpa
    if limit is None:
        return arrangement
    flown = claimed_flight(solution)
    passed = flown.time_s[dynamic_pressure_kpa(problem.environment, flown) > limit]
    if not passed.size:
        return arrangement
    steered = next(p.start_s for s, p in zip(solution.plan.segments, solution.timeline, strict=True)
                   if s.steering == "free")  # fmt: skip
    before_s = max(float(passed[0] - steered), 1.0)
    held_s = max(float(passed[-1] - passed[0]), 5.0)
    return replace(arrangement, holds_pressure=True, throttle_down_s=(before_s, held_s))


def _holds_fairing(plan: AscentPlan, number: int) -> bool:
    """Whether a burn has room for the fairing's jettison; no vehicle opens it before it has staged."""
    burn = plan.burns[number]
    staged = any(earlier.drops for earlier in plan.burns[:number]) or len(plan.burns) == 1
    return staged and burn.thrust_vacuum_n > 0 and burn.duration_s > _FAIRING_NEEDS_S


def _left_s(solution: Solution, burn_number: int) -> float:
    """Time that a burn still lasts after the fairing's jettison."""
    pairs = zip(solution.plan.segments, solution.timeline, strict=True)
    here = [(s, float(p.duration_s)) for s, p in pairs if s.burn_number == burn_number and s.thrusts]
    jettison = next(k for k, (s, _) in enumerate(here) if s.event_after == "fairing jettison")
    return sum(duration for _, duration in here[jettison + 1 :])


def is_slow(problem: AscentProblem) -> bool:
    """Whether the last stage cannot hold itself up for long: thrust to weight at ignition below a third."""
    plan = plan_of(problem, Arrangement())
    ignited_kg = plan.last_stage_empty_kg + plan.burns[-1].propellant_kg
    weight_n = STANDARD_GRAVITY_M_S2 * (ignited_kg + (problem.payload_kg or 0.0))
    return plan.burns[-1].thrust_vacuum_n < SLOW_RATIO * weight_n


def guess_from(solution: Solution, flown: Flown) -> Guess:
    """A solved and flown ascent as the guess of the next mesh."""
    states = np.hstack((flown.position_m, flown.velocity_m_s, flown.thrust_direction))
    return Guess(solution.payload_kg, solution.timeline, solution.kick, flown.time_s, states, np.zeros(0))
