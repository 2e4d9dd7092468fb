"""Payload over altitude and inclination: one compiled problem, each orbit solved from its neighbor."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.arrange import rearranged
from cosmodrome.ascent.capability import permitted_branches
from cosmodrome.ascent.dynamics import Environment
from cosmodrome.ascent.optimize import Proved, may_coast, needs_coast, with_coast, without_coast
from cosmodrome.ascent.problem import AscentProblem, ascent_problem
from cosmodrome.ascent.proof import replay_together
from cosmodrome.ascent.result import AscentLimits, Branch, Replay
from cosmodrome.ascent.solve import Solution, solve_warm
from cosmodrome.errors import UnreachableError
from cosmodrome.models.site import Site
from cosmodrome.models.target import CircularTarget, SunSynchronousTarget
from cosmodrome.models.vehicle import Vehicle

Array = NDArray[np.float64]
Solve = Callable[[AscentProblem, Branch], Proved | None]

GIVEN_UP_BELOW_RATIO = 0.9  # of the best: a family that lifts less is not followed further up
CHECKED_EVERY_COLUMNS = 5
COLD_FAILURES = 2  # of a family in a column, after which it is left
BETTER_RATIO = 1.001  # of a warm answer: a cold one above it starts the column anew


@dataclass(frozen=True, slots=True)
class PayloadMap:
    """Payload of one vehicle from one site over circular orbits; NaN where an orbit is out of reach."""

    vehicle: str
    site: str
    altitudes_km: Array  # (A,)
    inclinations_deg: Array  # (I,), or (A,) for sun-synchronous orbits
    payload_kg: Array  # (A, I), or (A, 1)
    burns_count: NDArray[np.int64]  # of the insertion: 1, or 2 with a coast between; 0 where NaN
    ascending: NDArray[np.bool_]  # the branch
    sun_synchronous: bool
    solves_count: int
    cold_count: int  # of them from a flown guess
    replayed_count: int
    elapsed_s: float

    def __repr__(self) -> str:
        return (
            f"<PayloadMap {self.vehicle} from {self.site}: {self.payload_kg.size} orbits, "
            f"{np.nanmin(self.payload_kg):.0f} to {np.nanmax(self.payload_kg):.0f} kg>"
        )


def payload_map(
    vehicle: Vehicle,
    site: Site,
    altitudes_km: Sequence[float],
    inclinations_deg: Sequence[float] | None = None,
    *,
    limits: AscentLimits | None = None,
    environment: Environment | None = None,
) -> PayloadMap:
    """Payload over a grid of circular orbits, or over sun-synchronous altitudes.

    Every orbit starts from its solved neighbor; insertions with one and with two burns are followed each by
    themselves, on every permitted branch, and the best counts. The top of the first column and of every
    fifth is also solved cold; where that lifts more the column is solved again from there. Every answer is
    replayed.

    Parameters
    ----------
    vehicle : Vehicle
    site : Site
    altitudes_km : sequence of float, shape (A,)
        Ascending. [km]
    inclinations_deg : sequence of float, shape (I,), optional
        Sun-synchronous orbits if not given. [deg]
    limits : AscentLimits, optional
    environment : Environment, optional
    """
    began = time.perf_counter()
    heights = np.array(sorted(altitudes_km), dtype=float)
    columns = [None] if inclinations_deg is None else list(inclinations_deg)
    shape = (len(heights), len(columns))
    work = _Work(np.full(shape, np.nan), np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool))
    for column, inclination in enumerate(columns):
        problems = []
        for height in heights:
            orbit = _target(height, inclination)
            problems.append(ascent_problem(vehicle, site, orbit, limits=limits, environment=environment))
        try:
            branches = permitted_branches(problems[0], site)
        except UnreachableError:
            work.neighbors.clear()
            continue
        for branch in branches:
            _fill_column(work, problems, branch, column)
    shown = [_target(h, None).inclination_deg for h in heights] if inclinations_deg is None else columns
    return PayloadMap(
        vehicle.name, site.name, heights, np.array(shown, dtype=float), work.payload_kg, work.burns,
        work.ascending, inclinations_deg is None, work.solves, work.cold, work.replayed,
        time.perf_counter() - began,
    )  # fmt: skip


def _target(altitude_km: float, inclination_deg: float | None) -> CircularTarget | SunSynchronousTarget:
    if inclination_deg is None:
        return SunSynchronousTarget(kind="sun-synchronous", altitude_km=altitude_km, ltan="10:30")
    return CircularTarget(kind="circular", altitude_km=altitude_km, inclination_deg=inclination_deg)


@dataclass(slots=True)
class _Work:
    """The map while it is filled, and the solutions to start the next column from."""

    payload_kg: Array
    burns: NDArray[np.int64]
    ascending: NDArray[np.bool_]
    neighbors: dict[tuple[Branch, int], Solution] = field(default_factory=dict)
    solves: int = 0
    cold: int = 0
    replayed: int = 0


def _without_coast(problem: AscentProblem, branch: Branch) -> Proved | None:
    proved = without_coast(problem, branch)
    return proved if proved.rank[0] else None


def _with_coast(problem: AscentProblem, branch: Branch) -> Proved | None:
    proved = [p for p in with_coast(problem, branch) if p.rank[0]]
    return max(proved, key=lambda p: p.rank) if proved else None


FAMILIES: tuple[tuple[int, Solve], ...] = ((1, _without_coast), (2, _with_coast))


def _fill_column(work: _Work, problems: list[AscentProblem], branch: Branch, column: int) -> None:
    """Follow both kinds of insertion up one column."""
    families = FAMILIES if may_coast(problems[0]) else FAMILIES[:1]
    for burns, cold in families:
        found = _followed(work, problems, branch, (column, burns), cold)
        top = max(found, default=None)
        if top is not None and top > 0 and column % CHECKED_EVERY_COLUMNS == 0:
            again = cold(problems[top], branch)
            work.cold, work.solves, work.replayed = work.cold + 1, work.solves + 1, work.replayed + 1
            if again is not None and again.solution.payload_kg > BETTER_RATIO * found[top].payload_kg + 1.0:
                work.neighbors.pop((branch, burns), None)
                found = {**found, **_followed(work, problems[top::-1], branch, (column, burns), cold, again)}
        for row, solution in found.items():
            if not work.payload_kg[row, column] >= solution.payload_kg:
                work.payload_kg[row, column] = solution.payload_kg
                work.burns[row, column] = burns
                work.ascending[row, column] = branch == "ascending"


def _followed(
    work: _Work, problems: list[AscentProblem], branch: Branch, place: tuple[int, int], cold: Solve,
    start: Proved | None = None,
) -> dict[int, Solution]:  # fmt: skip
    """Solve one orbit after the other; replay them together; solve those cold that fail either."""
    column, burns = place
    near = start.solution if start else work.neighbors.get((branch, burns))
    before: Solution | None = None
    chain: list[tuple[int, AscentProblem, Solution]] = []
    found: dict[int, Solution] = {}
    failures = 0
    for row, problem in enumerate(problems):
        if burns == 2 and not needs_coast(problem):
            continue
        solution = _warm(work, problem, branch, near, before) if near else None
        if solution is None:
            proved = cold(problem, branch)
            work.cold, work.solves, work.replayed = work.cold + 1, work.solves + 1, work.replayed + 1
            if proved is None:
                failures += 1
                if found or chain or failures == COLD_FAILURES:
                    break
                continue
            solution = proved.solution
            found[row] = solution
            before = None
        else:
            chain.append((row, problem, solution))
            before = near
        if row == 0:
            work.neighbors[branch, burns] = solution
        near = solution
        if solution.payload_kg < GIVEN_UP_BELOW_RATIO * np.nan_to_num(work.payload_kg[row, column]) - 1.0:
            break
    for (row, problem, solution), miss in zip(chain, _replayed(chain), strict=True):
        work.replayed += 1
        if miss.agrees:
            found[row] = solution
        elif (proved := cold(problem, branch)) is not None:
            work.cold += 1
            found[row] = proved.solution
    return found


def _warm(
    work: _Work, problem: AscentProblem, branch: Branch, near: Solution, before: Solution | None
) -> Solution | None:
    """Solve from a neighbor, or from the line through two; None unless it keeps their order of events."""
    start = near
    if before is not None and before.compiled is near.compiled:
        rows, columns = (2 * a - b for a, b in zip(near.multipliers, before.multipliers, strict=True))
        columns = np.where(np.sign(columns) == np.sign(near.multipliers[1]), columns, 0.0)
        ahead = 2 * near.variables - before.variables
        start = replace(near, variables=ahead, multipliers=(rows, columns))
    work.solves += 1
    solution = solve_warm(problem, near.plan, problem.launch(branch), start)
    if (
        not solution.converged
        or rearranged(problem, solution, near.plan.arrangement) != near.plan.arrangement
    ):
        return None
    return solution


def _replayed(chain: list[tuple[int, AscentProblem, Solution]]) -> list[Replay]:
    """Replays of a chain, lanes of one compiled program together."""
    misses: dict[int, Replay] = {}
    programs = {id(solution.compiled): solution.compiled for _, _, solution in chain}
    for compiled in programs.values():
        lanes = [(k, p, s) for k, (_, p, s) in enumerate(chain) if s.compiled is compiled]
        try:
            together = replay_together(lanes[0][1], [s for _, _, s in lanes])
        except (ArithmeticError, ValueError):
            together = [Replay(np.inf, np.inf)] * len(lanes)
        misses.update(zip((k for k, _, _ in lanes), together, strict=True))
    return [misses[k] for k in range(len(chain))]
