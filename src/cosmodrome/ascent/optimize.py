"""From a problem and a branch to a proved optimum."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cosmodrome.ascent.collocation import Manner
from cosmodrome.ascent.guess import Guess, Launch, fly_guess, ideal_payload_kg, jettison_burn
from cosmodrome.ascent.phases import (
    LEAST_DURATION_S,
    Arrangement,
    AscentPlan,
    ascent_plan,
)
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.proof import claimed_flight, interval_misses, replay_solution
from cosmodrome.ascent.replay import Flown
from cosmodrome.ascent.result import Ascent, AscentLimits, Branch, Replay
from cosmodrome.ascent.schedule import first_schedule
from cosmodrome.ascent.solve import Solution, solve, solve_stretched
from cosmodrome.ascent.trajectory import ascent_from, dynamic_pressure_kpa, interval_excess
from cosmodrome.ascent.transfer import transfer_guess, transfer_orbit, without_last_stage
from cosmodrome.constants import STANDARD_GRAVITY_M_S2

REFINE_ABOVE_M = 30.0  # replay miss that asks for a finer mesh
EXCESS_RATIO = 1.01  # of a path limit between its points, above which the mesh is refined there
REFINEMENTS = 4
FAR_OFF_M = 50e3  # miss of an ascent to a transfer orbit that is no start for what follows
HIGHEST_DIRECT_M = 1000e3  # perigee above which one burn is not tried where two have been found
SLOW_RATIO = 0.33  # of last-stage thrust to weight at ignition
EASING_FACTORS = (6.0, 3.0, 1.7, 1.0)  # on the thrust of a slow last stage
REARRANGEMENTS = 6  # changes of the fairing's burn or of the throttled burns
_FAIRING_NEEDS_S = 4.0


@dataclass(frozen=True, slots=True)
class Proved:
    """A solution with its replay."""

    problem: AscentProblem
    solution: Solution
    flown: Flown
    miss: Replay

    @property
    def rank(self) -> tuple[bool, float]:
        """Proved before not proved, then by what is maximized."""
        return self.solution.converged and self.miss.agrees, self.solution.final_mass_kg

    def ascent(self, branch: Branch) -> Ascent:
        """The solution in the terms people read."""
        return ascent_from(self.problem, self.solution, self.flown, self.miss, branch)


def optimize_branch(problem: AscentProblem, branch: Branch) -> Ascent:
    """Optimize one launch branch with every order of burns that the vehicle has, and report the best.

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
    return best_solution(problem, branch).ascent(branch)


def best_solution(problem: AscentProblem, branch: Branch) -> Proved:
    """The best proved order of burns on a branch."""
    found = list(with_coast(problem, branch))
    perigee_m = problem.orbit.perigee_radius_m - problem.environment.equatorial_radius_m
    if not found or perigee_m < HIGHEST_DIRECT_M:
        found.append(without_coast(problem, branch, patient=not found))
    return max(found, key=lambda proved: proved.rank)


def without_coast(problem: AscentProblem, branch: Branch, *, patient: bool = True) -> Proved:
    """The ascent in one go. Without patience only the first guess is tried."""
    launch = problem.launch(branch)
    return _proved(problem, _arranged(problem, branch, launch, Arrangement(), patient=patient))


def _proved(problem: AscentProblem, solution: Solution) -> Proved:
    """Replay a solution, and refine its mesh where the replay disagrees or a limit is passed."""
    flown, miss = replay_solution(problem, solution)
    for _ in range(REFINEMENTS):
        finer = _refined(problem, solution, flown, miss) if solution.converged else None
        if finer is None:
            break
        guess = _guess_from(solution, flown)
        again = solve(problem, finer, solution.launch, guess, _manners(finer))
        if not again.converged:
            again = solve(problem, _halved(solution.plan), solution.launch, guess)
        if not again.converged:
            break
        solution = again
        flown, miss = replay_solution(problem, solution)
    return Proved(problem, solution, flown, miss)


def _refined(problem: AscentProblem, solution: Solution, flown: Flown, miss: Replay) -> AscentPlan | None:
    """The plan with the intervals halved that cause the miss or pass a limit; None if none need be."""
    wrong = max(miss.position_miss_m, 1e3 * miss.velocity_miss_m_s) > REFINE_ABOVE_M
    misses = (
        interval_misses(problem, solution) if wrong else [np.zeros(len(s.mesh)) for s in solution.plan.segments]
    )
    total = sum(float(m.sum()) for m in misses)
    excess = interval_excess(problem, solution, flown)
    at, halved = 0, False
    segments = []
    for segment, missed in zip(solution.plan.segments, misses, strict=True):
        mesh: list[float] = []
        for width, added in zip(segment.mesh, missed, strict=True):
            split = (wrong and added > max(0.05 * total, 0.2 * REFINE_ABOVE_M)) or excess[at] > EXCESS_RATIO
            halved |= split
            mesh += [width / 2, width / 2] if split else [width]
            at += 1
        segments.append(replace(segment, mesh=tuple(mesh)))
    return replace(solution.plan, segments=tuple(segments)) if halved else None


def _halved(plan: AscentPlan) -> AscentPlan:
    """The plan with every interval halved."""
    halves = [tuple(w / 2 for w in s.mesh for _ in range(2)) for s in plan.segments]
    return replace(
        plan, segments=tuple(replace(s, mesh=m) for s, m in zip(plan.segments, halves, strict=True))
    )


def _arranged(
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
        plan = _plan(problem, replace(base, fairing_burn=_last_number(problem) if fairing else None))
        guess = _fly(problem, plan, branch, launch)
        flown = plan, guess
        ceiling = problem.limits.heat_flux_w_m2 or math.inf
        burn = _first_fairing_burn(plan, jettison_burn(plan, guess, ceiling)) if fairing else None
        limited = _limited_burns(problem, plan, guess.payload_kg)
        arrangement = replace(base, fairing_burn=burn, limited_burns=limited)
    solutions: dict[Arrangement, Solution] = {}
    before: Solution | None = None
    while arrangement not in solutions and len(solutions) < REARRANGEMENTS:
        plan = _plan(problem, arrangement)
        start = _regrouped(before, plan) if before else None
        if start is not None:
            solution = solve(problem, plan, launch, start, _manners(plan))
        if start is None or not solution.converged:
            solution = _solved_cold(problem, plan, branch, launch, flown, patient=patient)
        solutions[arrangement] = solution
        before = solution if solution.converged else before
        arrangement = rearranged(problem, solution, arrangement)
    held = [s for s in solutions.values() if s.plan.arrangement.holds_pressure == arrangement.holds_pressure]
    return max(held or solutions.values(), key=lambda s: (s.converged, s.final_mass_kg))


def _manners(plan: AscentPlan) -> tuple[Manner, ...]:
    """How to start from a solution: near it, where a throttled stretch makes for several optima."""
    return ("near", "patient") if plan.arrangement.holds_pressure else ("quick", "patient")


def _regrouped(before: Solution, plan: AscentPlan) -> Guess:
    """A solution as the guess of a plan with other segments: the same states at the same times."""
    known = {
        (s.burn_number, s.steering, s.event_after): float(p.duration_s)
        for s, p in zip(before.plan.segments, before.timeline, strict=True)
        if s.is_open
    }
    timeline = first_schedule(plan, plan.liftoff_mass_kg + before.payload_kg, known)
    return replace(_guess_from(before, claimed_flight(before)), timeline=timeline)


def _first_fairing_burn(plan: AscentPlan, guessed: int) -> int:
    """A burn to begin with: as guessed, or the next that can hold it."""
    holding = [n for n in range(len(plan.burns)) if _holds_fairing(plan, n)]
    later = [n for n in holding if n >= guessed]
    return later[0] if later else holding[-1]


def _last_number(problem: AscentProblem) -> int:
    return len(_plan(problem, Arrangement()).burns) - 1


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
    tried = _eased(problem, plan, branch, launch) if _is_slow(problem, plan) else None
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
        strong = _plan(eased, plan.arrangement)
        if len(strong.segments) != len(plan.segments):
            return solution
        meshed = [replace(s, mesh=o.mesh) for s, o in zip(strong.segments, plan.segments, strict=True)]
        strong = replace(strong, segments=tuple(meshed))
        if solution is None:
            solution = solve(eased, strong, launch, _fly(eased, strong, branch, launch))
        else:
            solution = solve_stretched(eased, strong, launch, solution, before / factor)
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
        yield _guess_from(unlimited, claimed_flight(unlimited))


def _plan(problem: AscentProblem, arrangement: Arrangement) -> AscentPlan:
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
    arrangement = replace(arrangement, fairing_burn=fairing_burn, limited_burns=limited)
    return arrangement if arrangement.holds_pressure else _holding_pressure(problem, solution, arrangement)


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


def may_coast(problem: AscentProblem) -> bool:
    """Whether the vehicle can coast before a last burn."""
    burns = _plan(problem, Arrangement()).burns
    ends = [burn for burn in burns[:-1] if burn.ends_stage]
    return burns[-1].restarts or bool(ends and ends[-1].coast_after_max_s > 0)


def needs_coast(problem: AscentProblem) -> bool:
    """Whether the orbit is one to which a coast may help."""
    plan = _plan(problem, Arrangement())
    return transfer_orbit(problem, slow=_is_slow(problem, plan)) is not None


def with_coast(problem: AscentProblem, branch: Branch) -> Iterator[Proved]:
    """Insertions in two burns: of the last stage, or of the last two."""
    launch = problem.launch(branch)
    plan = _plan(problem, Arrangement())
    burns = plan.burns
    orbit = transfer_orbit(problem, slow=_is_slow(problem, plan))
    if orbit is None:
        return
    if burns[-1].restarts:
        lower = replace(problem, orbit=orbit)
        yield from _continued(problem, lower, branch, launch, Arrangement(restart=True))
    ends = [n for n, burn in enumerate(burns[:-1]) if burn.ends_stage]
    if ends and burns[ends[-1]].coast_after_max_s > 0:
        lower = without_last_stage(problem, orbit)
        plan = _plan(lower, Arrangement())
        carried = ideal_payload_kg(plan, orbit, problem.environment)
        if carried > 0.8 * problem.vehicle.stages[-1].count * problem.vehicle.stages[-1].gross_mass_kg:
            yield from _continued(problem, lower, branch, launch, Arrangement(coasts=frozenset({ends[-1]})))


def _is_slow(problem: AscentProblem, plan: AscentPlan) -> bool:
    """Whether the last stage cannot hold itself up for long: thrust to weight at ignition below a third."""
    ignited_kg = plan.last_stage_empty_kg + plan.burns[-1].propellant_kg
    weight_n = STANDARD_GRAVITY_M_S2 * (ignited_kg + (problem.payload_kg or 0.0))
    return plan.burns[-1].thrust_vacuum_n < SLOW_RATIO * weight_n


def _continued(
    problem: AscentProblem, lower: AscentProblem, branch: Branch, launch: Launch, base: Arrangement
) -> Iterator[Proved]:
    """Solve the ascent to the transfer orbit, then the whole from there."""
    first = _arranged(lower, branch, launch, Arrangement())
    if not first.converged:
        return
    flown, miss = replay_solution(lower, first)
    if miss.position_miss_m > FAR_OFF_M:
        return
    below = first.plan.arrangement
    limited = below.limited_burns - {len(_plan(problem, base).burns) - 1}
    plan = _plan(problem, replace(below, limited_burns=limited, restart=base.restart, coasts=base.coasts))
    guess = transfer_guess(problem, plan, first, flown)
    if guess is None:
        return
    solution = solve(problem, plan, launch, guess, ("near", "patient"))
    wanted = rearranged(problem, solution, plan.arrangement)
    if solution.converged and wanted != plan.arrangement:
        plan = _plan(problem, wanted)
        again = solve(problem, plan, launch, _regrouped(solution, plan), ("near", "patient"))
        keeps = again.converged or not wanted.holds_pressure or below.holds_pressure
        solution = again if again.converged or not keeps else solution
    if solution.converged:
        yield _proved(problem, solution)


def _guess_from(solution: Solution, flown: Flown) -> Guess:
    """A solved and flown ascent as the guess of the next mesh."""
    states = np.hstack((flown.position_m, flown.velocity_m_s, flown.thrust_direction))
    return Guess(
        solution.payload_kg, solution.timeline, solution.kick, flown.time_s, states, np.zeros(0)
    )
