"""From a problem and a branch to a proved optimum."""

import math
from dataclasses import replace

import numpy as np

from cosmodrome.ascent.guess import Guess, Launch, fly_guess, jettison_burn
from cosmodrome.ascent.phases import AscentPlan, ascent_plan, vehicle_burns
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.proof import replay_solution
from cosmodrome.ascent.replay import Flown
from cosmodrome.ascent.result import Ascent, Branch
from cosmodrome.ascent.solve import Solution, solve
from cosmodrome.ascent.trajectory import ascent_from
from cosmodrome.ascent.transcription import LEAST_DURATION_S
from cosmodrome.constants import STANDARD_GRAVITY_M_S2

REFINE_ABOVE_M = 30.0  # replay miss that asks for a finer mesh
REFINEMENTS = 3
REARRANGEMENTS = 5  # changes of the fairing's burn or of the throttled burns


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
    flown, miss = replay_solution(problem, solution)
    for _ in range(REFINEMENTS):
        if (
            not solution.converged
            or max(miss.position_miss_m, 1e3 * miss.velocity_miss_m_s) <= REFINE_ABOVE_M
        ):
            break
        finer = _refined(solution.plan)
        again = solve(problem, finer, branch, solution.launch, _guess_from(solution, flown))
        if not again.converged:
            break
        solution = again
        flown, miss = replay_solution(problem, solution)
    return ascent_from(problem, solution, flown, miss, branch)


def _arranged_solution(problem: AscentProblem, branch: Branch) -> Solution:
    """Solve, and move the fairing's jettison or the throttling to the burn where they belong."""
    launch = problem.launch(branch)
    ceiling = problem.limits.heat_flux_w_m2
    fairing_burn: int | None = None
    if problem.vehicle.fairing.mass_kg.value > 0:
        fairing_burn = len(vehicle_burns(problem.vehicle)) - 1
    plan = _plan(problem, fairing_burn, frozenset())
    guess = _fly(problem, plan, launch)
    if fairing_burn is not None:
        fairing_burn = jettison_burn(plan, guess, ceiling or math.inf)
    arrangement = (fairing_burn, _limited_burns(problem, plan, guess.payload_kg))
    solutions: dict[tuple[int | None, frozenset[int]], Solution] = {}
    while arrangement not in solutions and len(solutions) < REARRANGEMENTS:
        flown = plan
        plan = _plan(problem, *arrangement)
        guess = guess if plan == flown else _fly(problem, plan, launch)
        solutions[arrangement] = solve(problem, plan, branch, launch, guess)
        arrangement = _rearranged(problem, solutions[arrangement], arrangement)
    return max(solutions.values(), key=lambda s: (s.converged and s.ordered, s.final_mass_kg))


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
    problem: AscentProblem, solution: Solution, arrangement: tuple[int | None, frozenset[int]]
) -> tuple[int | None, frozenset[int]]:
    """Where a solution says that the jettison and the throttling belong."""
    fairing_burn, _ = arrangement
    if not solution.converged:
        return arrangement
    limited = _limited_burns(problem, solution.plan, solution.payload_kg)
    for segment, placed in zip(solution.plan.segments, solution.timeline, strict=True):
        if fairing_burn is None or segment.event_after != "fairing jettison":
            continue
        if placed.duration_s < 2 * LEAST_DURATION_S and fairing_burn > 1:  # never in the first burn
            return fairing_burn - 1, limited
        spent = placed.propellant_left_kg < 0.01 * segment.burn.propellant_kg
        if spent and fairing_burn < len(solution.plan.burns) - 1:
            return fairing_burn + 1, limited
    return fairing_burn, limited


def _refined(plan: AscentPlan) -> AscentPlan:
    """The same plan on a mesh twice as fine."""
    return replace(plan, segments=tuple(replace(s, intervals=2 * s.intervals) for s in plan.segments))


def _guess_from(solution: Solution, flown: Flown) -> Guess:
    """A solved and flown ascent as the guess of the next mesh."""
    return Guess(
        solution.payload_kg,
        tuple(solution.open_durations_s),
        tuple(solution.throttle_ratios),
        flown.time_s,
        flown.position_m,
        flown.velocity_m_s,
        flown.thrust_direction,
        np.zeros_like(flown.time_s),
    )
