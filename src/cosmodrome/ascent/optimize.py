"""From a problem and a branch to a proved optimum."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from cosmodrome.ascent.arrange import (
    arranged,
    guess_from,
    is_slow,
    manners,
    plan_of,
    rearranged,
    regrouped,
)
from cosmodrome.ascent.checks import reject_impossible
from cosmodrome.ascent.guess import Launch, ideal_payload_kg
from cosmodrome.ascent.limits import interval_excess
from cosmodrome.ascent.phases import Arrangement, AscentPlan
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.proof import interval_misses, replay_solution
from cosmodrome.ascent.replay import Flown
from cosmodrome.ascent.result import Ascent, AscentStatus, Branch, Replay
from cosmodrome.ascent.shortfall import BETTER_STAGES, Shortfall, shortfall, with_exhaust
from cosmodrome.ascent.solve import Solution, solve
from cosmodrome.ascent.terminal import TerminalOrbit
from cosmodrome.ascent.trajectory import ascent_from
from cosmodrome.ascent.transfer import (
    PARKING_ALTITUDES_M,
    transfer_guess,
    transfer_orbit,
    without_last_stage,
)

REFINE_ABOVE_M = 30.0  # replay miss that asks for a finer mesh
EXCESS_RATIO = 1.005  # of a path limit between its points, above which the mesh is refined there
REFINEMENTS = 8
KINKED_M = 1e3  # miss of an interval that holds a sharp turn, and is quartered
FAR_OFF_M = 50e3  # miss of an ascent to a transfer orbit that is no start for what follows
HIGHEST_DIRECT_M = 1000e3  # perigee above which one burn is not tried where two have been found


@dataclass(frozen=True, slots=True)
class Proved:
    """A solution with its replay."""

    problem: AscentProblem
    solution: Solution
    flown: Flown
    miss: Replay
    notes: tuple[str, ...] = ()  # on the drop zones
    shortfall: Shortfall | None = None  # where only a better vehicle gets there

    @property
    def rank(self) -> tuple[bool, float]:
        """Proved before not proved, then by what is maximized."""
        return self.solution.converged and self.miss.agrees, self.solution.worth_kg

    def ascent(self, branch: Branch) -> Ascent:
        """The solution in the terms people read."""
        ascent = ascent_from(self.problem, self.solution, self.flown, self.miss, branch)
        if self.shortfall is not None:
            ascent = replace(
                ascent, status=AscentStatus.OUT_OF_REACH, payload_kg=-self.shortfall.mass_kg,
                shortfall_m_s=self.shortfall.velocity_m_s, notes=(self.shortfall.sentence,),
            )  # fmt: skip
        return replace(ascent, notes=(*ascent.notes, *self.notes)) if self.notes else ascent


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
    """The best proved order of burns on a branch, then moved into its drop zones."""
    reject_impossible(problem)
    best = _best_order(problem, branch)
    if not best.rank[0] and problem.payload_kg is None:
        best = _with_better_stage(problem, branch) or best
    if not problem.drop_zones or best.shortfall is not None:
        return best
    from cosmodrome.ascent.drop_zones import with_drop_zones  # which solves with what is here

    return with_drop_zones(best, branch)


def _best_order(problem: AscentProblem, branch: Branch) -> Proved:
    """The best proved order of burns on a branch."""
    found = with_coast(problem, branch)
    perigee_m = problem.orbit.perigee_radius_m - problem.environment.equatorial_radius_m
    unsure = not found or not max(found, key=lambda proved: proved.solution.worth_kg).rank[0]
    if unsure or (perigee_m < HIGHEST_DIRECT_M and not is_slow(problem)):
        direct = without_coast(problem, branch, patient=not found or is_slow(problem))
        found.append(direct)
        found += with_stated_coasts(direct)
    return max(found, key=lambda proved: proved.rank)


def _with_better_stage(problem: AscentProblem, branch: Branch) -> Proved | None:
    """The ascent to an orbit far out of reach with a last stage good enough, and what that stage lends."""
    for factor in BETTER_STAGES:
        better = replace(problem, vehicle=with_exhaust(problem.vehicle, factor), payload_kg=0.0)
        proved = _best_order(better, branch)
        if proved.rank[0]:
            lent = shortfall(proved.solution, factor)
            return replace(proved, shortfall=lent) if lent.velocity_m_s > 0 else None
    return None


def without_coast(problem: AscentProblem, branch: Branch, *, patient: bool = True) -> Proved:
    """The ascent in one go. Without patience only the first guess is tried."""
    launch = problem.launch(branch)
    return prove(problem, arranged(problem, branch, launch, Arrangement(), patient=patient))


def prove(problem: AscentProblem, solution: Solution) -> Proved:
    """Replay a solution, and refine its mesh where the replay disagrees or a limit is passed."""
    flown, miss = replay_solution(problem, solution)
    for _ in range(REFINEMENTS):
        finer = _refined(problem, solution, flown, miss) if solution.converged else None
        if finer is None:
            break
        guess = guess_from(solution, flown)
        again = solve(problem, finer, solution.launch, guess, manners(finer))
        if not again.converged:
            again = solve(problem, _halved(solution.plan), solution.launch, guess)
        if not again.converged:
            break
        solution = again
        flown, miss = replay_solution(problem, solution)
    return Proved(problem, solution, flown, miss)


def _refined(problem: AscentProblem, solution: Solution, flown: Flown, miss: Replay) -> AscentPlan | None:
    """The plan with the intervals cut that cause the miss or pass a limit; None if none need be."""
    wrong = max(miss.position_miss_m, 1e3 * miss.velocity_miss_m_s) > REFINE_ABOVE_M
    misses = (
        interval_misses(problem, solution)
        if wrong
        else [np.zeros(len(s.mesh)) for s in solution.plan.segments]
    )
    total = sum(float(m.sum()) for m in misses)
    excess = interval_excess(problem, solution, flown)
    at, cut = 0, False
    segments = []
    for segment, missed in zip(solution.plan.segments, misses, strict=True):
        mesh: list[float] = []
        for width, added in zip(segment.mesh, missed, strict=True):
            split = (wrong and added > max(0.05 * total, 0.2 * REFINE_ABOVE_M)) or excess[at] > EXCESS_RATIO
            cut |= split
            parts = 1 if not split else 4 if added > KINKED_M else 2
            mesh += [width / parts] * parts
            at += 1
        segments.append(replace(segment, mesh=tuple(mesh)))
    return replace(solution.plan, segments=tuple(segments)) if cut else None


def _halved(plan: AscentPlan) -> AscentPlan:
    """The plan with every interval halved."""
    halves = [tuple(w / 2 for w in s.mesh for _ in range(2)) for s in plan.segments]
    return replace(
        plan, segments=tuple(replace(s, mesh=m) for s, m in zip(plan.segments, halves, strict=True))
    )


def with_stated_coasts(direct: Proved) -> Iterator[Proved]:
    """The ascent with the coasts that the catalog states for its stages, from the one that does without."""
    problem, before = direct.problem, direct.solution
    stated = frozenset(n for n, burn in enumerate(before.plan.burns) if burn.coast_is_stated)
    if not stated or not before.converged:
        return
    plan = plan_of(problem, replace(before.plan.arrangement, coasts=stated))
    solution = solve(problem, plan, before.launch, regrouped(before, plan), ("near", "quick", "patient"))
    if solution.converged:
        yield prove(problem, solution)


def may_coast(problem: AscentProblem) -> bool:
    """Whether the vehicle can coast before a last burn."""
    burns = plan_of(problem, Arrangement()).burns
    ends = [burn for burn in burns[:-1] if burn.ends_stage]
    return burns[-1].restarts or bool(ends and ends[-1].coast_after_max_s > 0)


def needs_coast(problem: AscentProblem) -> bool:
    """Whether the orbit is one to which a coast may help."""
    return transfer_orbit(problem, slow=is_slow(problem)) is not None


def with_coast(problem: AscentProblem, branch: Branch) -> list[Proved]:
    """Insertions in two burns, of the last stage or of the last two.

    Those with a given payload that are not found directly are begun from the largest payload's.
    """
    found = list(_two_burns(problem, branch))
    if found or problem.payload_kg is None:
        return found
    largest = _two_burns(replace(problem, payload_kg=None), branch)
    return [lighter for heavy in largest for lighter in _lightened(problem, heavy)]


def _lightened(problem: AscentProblem, heavy: Proved) -> Iterator[Proved]:
    """The ascent with a given payload, from that with the largest payload."""
    plan, launch = heavy.solution.plan, heavy.solution.launch
    guess = guess_from(heavy.solution, heavy.flown)
    if heavy.rank[0] and guess.payload_kg >= (problem.payload_kg or 0.0):
        solution = solve(problem, plan, launch, guess, ("near", "quick", "patient"))
        if solution.converged:
            yield prove(problem, solution)


def _two_burns(problem: AscentProblem, branch: Branch) -> Iterator[Proved]:
    """By way of one transfer orbit after the other, until one leads to a proved ascent."""
    slow = is_slow(problem)
    ways = [transfer_orbit(problem, slow=slow, parking_altitude_m=h) for h in PARKING_ALTITUDES_M]
    for orbit in dict.fromkeys(ways[:1] if slow else ways):
        found = [] if orbit is None else list(_by_way_of(orbit, problem, branch))
        yield from found
        if any(proved.rank[0] for proved in found):
            return


def _by_way_of(orbit: TerminalOrbit, problem: AscentProblem, branch: Branch) -> Iterator[Proved]:
    """From the ascent to a transfer orbit, with the whole vehicle or all but its last stage."""
    launch = problem.launch(branch)
    plan = plan_of(problem, Arrangement())
    burns = plan.burns
    if burns[-1].restarts:
        lower = replace(problem, orbit=orbit)
        yield from _continued(problem, lower, branch, launch, Arrangement(restart=True))
    ends = [n for n, burn in enumerate(burns[:-1]) if burn.ends_stage]
    if ends and burns[ends[-1]].coast_after_max_s > 0:
        lower = without_last_stage(problem, orbit)
        plan = plan_of(lower, Arrangement())
        carried = ideal_payload_kg(plan, orbit, problem.environment)
        if carried > 0.8 * problem.vehicle.stages[-1].count * problem.vehicle.stages[-1].gross_mass_kg:
            yield from _continued(problem, lower, branch, launch, Arrangement(coasts=frozenset({ends[-1]})))


def _continued(
    problem: AscentProblem, lower: AscentProblem, branch: Branch, launch: Launch, base: Arrangement
) -> Iterator[Proved]:
    """Solve the ascent to the transfer orbit, then the whole from there."""
    first = arranged(lower, branch, launch, Arrangement())
    if not first.converged:
        return
    flown, miss = replay_solution(lower, first)
    if miss.position_miss_m > FAR_OFF_M:
        return
    below = first.plan.arrangement
    limited = below.limited_burns - {len(plan_of(problem, base).burns) - 1}
    plan = plan_of(problem, replace(below, limited_burns=limited, restart=base.restart, coasts=base.coasts))
    guess = transfer_guess(problem, plan, first, flown)
    if guess is None:
        return
    solution = solve(problem, plan, launch, guess, ("near", "quick", "patient"))
    wanted = rearranged(problem, solution, plan.arrangement)
    if solution.converged and wanted != plan.arrangement:
        plan = plan_of(problem, wanted)
        again = solve(problem, plan, launch, regrouped(solution, plan), ("near", "quick", "patient"))
        keeps = again.converged or not wanted.holds_pressure or below.holds_pressure
        solution = again if again.converged or not keeps else solution
    if solution.converged:
        yield prove(problem, solution)
