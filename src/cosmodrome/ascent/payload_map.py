"""Payload over altitude and inclination: one compiled problem, each orbit solved from its neighbor."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.arrange import arranged, rearranged
from cosmodrome.ascent.branches import permitted_branches
from cosmodrome.ascent.dynamics import Environment
from cosmodrome.ascent.optimize import Proved, may_coast, needs_coast, prove, with_coast, without_coast
from cosmodrome.ascent.phases import Arrangement
from cosmodrome.ascent.problem import AscentProblem, ascent_problem
from cosmodrome.ascent.proof import replay_together
from cosmodrome.ascent.published import expected_reserve
from cosmodrome.ascent.reserve import followed
from cosmodrome.ascent.result import AscentLimits, Branch, Replay
from cosmodrome.ascent.solve import Solution, solve_warm
from cosmodrome.errors import UnreachableError
from cosmodrome.models.reserve import POLAR_FROM_DEG
from cosmodrome.models.site import Site
from cosmodrome.models.target import CircularTarget, SunSynchronousTarget
from cosmodrome.models.vehicle import Vehicle

Array = NDArray[np.float64]
Solve = Callable[[AscentProblem, Branch], Proved | None]
Place = tuple[int, int, Branch]  # a column, the number of burns, and the branch
Step = tuple[Solution, Solution]

GIVEN_UP_BELOW_RATIO = 0.9  # of the best: a family that lifts less is not followed further up
CHECKED_EVERY_COLUMNS = 7
COLD_FAILURES = 2  # of a family in a column, after which it is left
BETTER_RATIO = 1.001  # of a warm answer: a cold one above it starts the column anew


@dataclass(frozen=True, slots=True)
class PayloadMap:
    """Payload of one vehicle from one site over circular orbits; NaN where an orbit is out of reach."""

    vehicle: str
    site: str
    altitudes_km: Array  # (A,)
    inclinations_deg: Array  # (I,), or (A,) for sun-synchronous orbits
    payload_kg: Array  # (A, I), or (A, 1), by physics alone
    burns_count: NDArray[np.int64]  # of the insertion: 1, or 2 with a coast between; 0 where NaN
    ascending: NDArray[np.bool_]  # the branch
    sun_synchronous: bool
    solves_count: int
    cold_count: int  # of them from a flown guess
    replayed_count: int
    elapsed_s: float
    calibrated_kg: Array | None = None  # as payload_kg, less the vehicle's reserve; where that was asked for

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
    calibrated: bool = False,
) -> PayloadMap:
    """Payload over a grid of circular orbits, or over sun-synchronous altitudes.

    Every orbit starts from its solved neighbor; insertions with one and with two burns are followed each by
    themselves, on every permitted branch, and the best counts. The top of the first column and of every
    seventh is also solved cold; where that lifts more the column is solved again from there. Every answer is
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
    calibrated : bool
        Whether to fly each orbit again with the reserve that published payloads tell of.
    """
    began = time.perf_counter()
    heights = np.array(sorted(altitudes_km), dtype=float)
    columns = [None] if inclinations_deg is None else list(inclinations_deg)
    work = _Work()
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
    _prove(work)
    shape = (len(heights), len(columns))
    payload = np.full(shape, np.nan)
    burns, ascending = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=bool)
    for cell, found in work.best().items():
        payload[cell], burns[cell] = found.payload_kg, found.burns
        ascending[cell] = found.branch == "ascending"
    shown = [_target(h, None).inclination_deg for h in heights] if inclinations_deg is None else columns
    return PayloadMap(
        vehicle.name, site.name, heights, np.array(shown, dtype=float), payload, burns, ascending,
        inclinations_deg is None, work.solves, work.cold, work.replayed, time.perf_counter() - began,
        _calibrated(work, vehicle, shape) if calibrated else None,
    )  # fmt: skip


def _target(altitude_km: float, inclination_deg: float | None) -> CircularTarget | SunSynchronousTarget:
    if inclination_deg is None:
        return SunSynchronousTarget(kind="sun-synchronous", altitude_km=altitude_km, ltan="10:30")
    return CircularTarget(kind="circular", altitude_km=altitude_km, inclination_deg=inclination_deg)


@dataclass(frozen=True, slots=True)
class _Found:
    """One answer at one orbit; warm ones wait for their replay."""

    row: int
    column: int
    burns: int
    branch: Branch
    problem: AscentProblem
    solution: Solution
    proved: bool

    @property
    def payload_kg(self) -> float:
        return self.solution.payload_kg


@dataclass(slots=True)
class _Work:
    """The answers so far, and the solutions to start the next column from."""

    found: dict[tuple[int, int, int, Branch], _Found] = field(default_factory=dict)
    neighbors: dict[tuple[Branch, int], Solution] = field(default_factory=dict)
    solves: int = 0
    cold: int = 0
    replayed: int = 0

    def add(self, found: _Found) -> None:
        """Keep an answer, in the place of one of the same kind."""
        self.found[found.row, found.column, found.burns, found.branch] = found

    def solved_cold(self, cold: "Solve", problem: AscentProblem, branch: Branch) -> Proved | None:
        """Solve from a flown guess; what comes back has been replayed."""
        self.cold, self.solves, self.replayed = self.cold + 1, self.solves + 1, self.replayed + 1
        return cold(problem, branch)

    def steps(self, row: int, last: _Found | None, place: Place) -> list[Step]:
        """Pairs of solutions that differ about as the start of an orbit does from its answer.

        From one row to another a column back, and another column back; or the two last answers of the
        column. At a column's first answer, from column to column.
        """
        column, burns, branch = place
        if last is None:
            cells = [((row, column - 2), (row, column - 1))]
        else:
            cells = [((last.row, c), (row, c)) for c in (column - 1, column - 2)]
            cells.append(((2 * last.row - row, column), (last.row, column)))
        steps = []
        for cell, other in cells:
            before = self.found.get((*cell, burns, branch))
            after = self.found.get((*other, burns, branch))
            if before and after:
                steps.append((before.solution, after.solution))
        return steps

    def best(self) -> dict[tuple[int, int], _Found]:
        """The answer that lifts most at each orbit."""
        best: dict[tuple[int, int], _Found] = {}
        for found in self.found.values():
            cell = (found.row, found.column)
            if cell not in best or found.payload_kg > best[cell].payload_kg:
                best[cell] = found
        return best


def _calibrated(work: _Work, vehicle: Vehicle, shape: tuple[int, int]) -> Array:
    """What the reserve leaves of each payload; NaN where it leaves none."""
    reserves_m_s = {polar: expected_reserve(vehicle, polar).reserve_m_s for polar in (False, True)}
    payload = np.full(shape, np.nan)
    for cell, found in work.best().items():
        if found.payload_kg <= 0:
            continue
        inclination = math.degrees(found.problem.orbit.inclination_rad or 0.0)
        reserve_m_s = reserves_m_s[found.burns == 2 and inclination > POLAR_FROM_DEG]
        solution = followed(found.problem, (0.0, found.solution), reserve_m_s)
        if solution is not None and (proved := prove(found.problem, solution)).rank[0]:
            payload[cell] = proved.solution.payload_kg
    return payload


def _without_coast(problem: AscentProblem, branch: Branch) -> Proved | None:
    proved = without_coast(problem, branch)
    return proved if proved.rank[0] else None


def _with_coast(problem: AscentProblem, branch: Branch) -> Proved | None:
    proved = [p for p in with_coast(problem, branch) if p.rank[0]]
    return max(proved, key=lambda p: p.rank) if proved else None


FAMILIES: tuple[tuple[int, Solve], ...] = ((1, _without_coast), (2, _with_coast))


def _fill_column(work: _Work, problems: list[AscentProblem], branch: Branch, column: int) -> None:
    """Follow both kinds of insertion up one column; check some columns at their top."""
    families = FAMILIES if may_coast(problems[0]) else FAMILIES[:1]
    for burns, cold in families:
        rows = list(range(len(problems)))
        top = _followed(work, problems, rows, (column, burns, branch), None)
        if top is None or top.row == 0 or column % CHECKED_EVERY_COLUMNS:
            continue
        if not _lifts_more(work, top):
            continue
        again = work.solved_cold(cold, top.problem, branch)
        if again is not None and again.solution.payload_kg > BETTER_RATIO * top.payload_kg + 1.0:
            _followed(work, problems, rows[top.row :: -1], (column, burns, branch), again)


def _lifts_more(work: _Work, warm: _Found) -> bool:
    """Whether a cold solve may lift more than a warm answer, which its proof then has to show."""
    if warm.burns == 2:
        return True  # found by way of a transfer orbit, the proof is the least of it
    work.cold, work.solves = work.cold + 1, work.solves + 1
    problem = warm.problem
    cold = arranged(problem, warm.branch, problem.launch(warm.branch), Arrangement())
    return cold.converged and cold.payload_kg > BETTER_RATIO * warm.payload_kg + 1.0


def _followed(
    work: _Work,
    problems: list[AscentProblem],
    rows: list[int],
    place: Place,
    start: Proved | None,
) -> _Found | None:
    """Solve one orbit after the other, each from the last; the last that was found."""
    column, burns, branch = place
    cold = dict(FAMILIES)[burns]
    last: _Found | None = None
    failures = 0
    for row in rows:
        problem = problems[row]
        if burns == 2 and not needs_coast(problem):
            continue
        near = last.solution if last else start.solution if start else work.neighbors.get((branch, burns))
        solution = None
        if near:
            solution = _warm(work, problem, branch, _extrapolated(near, work.steps(row, last, place)))
        proved = None if solution else work.solved_cold(cold, problem, branch)
        if proved is not None:
            solution = proved.solution
        if solution is None:
            failures += 1
            if last is not None or failures == COLD_FAILURES:
                break
            continue
        last = _Found(row, column, burns, branch, problem, solution, proved is not None)
        work.add(last)
        if row == 0:
            work.neighbors[branch, burns] = solution
        rival = work.found.get((row, column, 3 - burns, branch))
        if rival and last.payload_kg < GIVEN_UP_BELOW_RATIO * rival.payload_kg - 1.0:
            break
    return last


def _prove(work: _Work) -> None:
    """Replay all warm answers, those of one compiled program together; solve those cold that fail."""
    lanes: dict[int, list[_Found]] = {}
    for found in work.found.values():
        if not found.proved:
            lanes.setdefault(id(found.solution.compiled), []).append(found)
    for together in lanes.values():
        try:
            misses = replay_together(together[0].problem, [f.solution for f in together])
        except (ArithmeticError, ValueError):
            misses = [Replay(np.inf, np.inf)] * len(together)
        work.replayed += len(together)
        for found, miss in zip(together, misses, strict=True):
            if miss.agrees:
                continue
            del work.found[found.row, found.column, found.burns, found.branch]
            proved = work.solved_cold(dict(FAMILIES)[found.burns], found.problem, found.branch)
            if proved is not None:
                work.add(replace(found, solution=proved.solution, proved=True))


def _warm(work: _Work, problem: AscentProblem, branch: Branch, start: Solution) -> Solution | None:
    """Solve from a solution near by; None unless it keeps the order of events."""
    work.solves += 1
    solution = solve_warm(problem, start.plan, problem.launch(branch), start)
    arrangement = start.plan.arrangement
    if not solution.converged or rearranged(problem, solution, arrangement) != arrangement:
        return None
    return solution


def _extrapolated(near: Solution, steps: list[Step]) -> Solution:
    """Where a solution goes if it changes as others do, linearly from column to column where two are known.

    Bounds that do not act where the first step ends do not act.
    """
    alike = [
        (before, after)
        for before, after in steps
        if before.compiled is after.compiled is near.compiled
        and np.array_equal(before.units_kg, near.units_kg)
        and np.array_equal(after.units_kg, near.units_kg)
    ]
    if not alike:
        return near
    weights = (2.0, -1.0) if len(alike) == 3 else (1.0,)
    variables, (rows, columns) = near.variables, near.multipliers
    for weight, (before, after) in zip(weights, alike, strict=False):
        variables = variables + weight * (after.variables - before.variables)
        rows = rows + weight * (after.multipliers[0] - before.multipliers[0])
        columns = columns + weight * (after.multipliers[1] - before.multipliers[1])
    columns = np.where(np.sign(columns) == np.sign(alike[0][1].multipliers[1]), columns, 0.0)
    return replace(near, variables=variables, multipliers=(rows, columns))
