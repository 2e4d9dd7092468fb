"""The payload that a velocity reserve leaves, and the reserve that a payload leaves."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cosmodrome.ascent.arrange import plan_of, rearranged, regrouped
from cosmodrome.ascent.optimize import Proved, prove
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.solve import Solution, solve, solve_stretched, solve_warm

LARGEST_STEP_M_S, SMALLEST_STEP_M_S = 500.0, 60.0  # of a reserve, from one solution to the next
FIRST_STEP_M_S = 100.0
CLOSE_KG, CLOSE_RATIO = 0.01, 1e-5  # of a payload: where the search for its reserve ends
MOST_TRIALS = 12
LARGEST_CUT_RATIO = 0.01  # of a payload, that holding one more limit may cost


@dataclass(frozen=True, slots=True)
class ReservedPayload:
    """A payload with the velocity reserve that it leaves in the last stage."""

    reserve_m_s: float  # below zero: what the vehicle is short of
    payload_kg: float
    slope_kg_s_m: float  # payload lost for a meter per second, below zero

    def __repr__(self) -> str:
        return f"<ReservedPayload {self.payload_kg:.0f} kg with {self.reserve_m_s:.0f} m/s>"


def payload_with_reserve(
    proved: Proved, reserves_m_s: Sequence[float]
) -> tuple[tuple[float, ...], tuple[str, ...]]:
    """The largest payloads that leave propellant for a velocity change in the last stage.

    The propellant left is p = m (1 - exp(-reserve / c)) of the mass m at cut-off; c is the exhaust speed.

    Parameters
    ----------
    proved : Proved
        Of the largest payload without a reserve; a few warm solves lead from it.
    reserves_m_s : sequence of float
        On top of the vehicle's own reserve; below zero, what the vehicle is short of. [m/s]

    Returns
    -------
    tuple
        Payloads [kg], and a sentence where one is an estimate: no ascent with that reserve was found and
        flown again, so that the payload follows from the last stage's rocket equation.
    """
    payloads, estimated = [], []
    at = (0.0, proved.solution)
    for reserve_m_s in sorted(reserves_m_s, key=abs):
        after = followed(proved.problem, at, reserve_m_s)
        again = prove(_reserved(proved.problem, reserve_m_s), after) if after is not None else None
        if again is not None and again.rank[0]:
            at = (reserve_m_s, again.solution)
            payloads.append((reserve_m_s, again.solution.payload_kg))
        else:
            payloads.append((reserve_m_s, _estimated_kg(proved, reserve_m_s)))
            estimated.append(reserve_m_s)
    told = ", ".join(f"{reserve:.0f}" for reserve in estimated)
    complaint = (f"No ascent was found that leaves {told} m/s; the payload with it is an estimate.",)
    found = dict(payloads)
    return tuple(found[reserve] for reserve in reserves_m_s), complaint if estimated else ()


def _estimated_kg(proved: Proved, reserve_m_s: float) -> float:
    """By the rocket equation of the last stage: payload and empty stage shrink as exp(-reserve / c)."""
    plan = proved.solution.plan
    shrunk = math.exp(-reserve_m_s / plan.burns[-1].exhaust_speed_m_s)
    return shrunk * (proved.solution.payload_kg + plan.last_stage_empty_kg) - plan.last_stage_empty_kg


def reserve_for_payload(proved: Proved, payload_kg: float) -> ReservedPayload | None:
    """The reserve that is left with a given payload.

    Parameters
    ----------
    proved : Proved
        Of the largest payload, which leaves none.
    payload_kg : float
        Above the largest one, the reserve is negative: the velocity that is missing. [kg]

    Returns
    -------
    ReservedPayload or None
        None where no ascent leads there.

    Notes
    -----
    A secant search on the logarithm of the payload, which is nearly straight in the reserve.
    """
    at_m_s, at = 0.0, proved.solution
    slope = 0.0
    trial_m_s = math.copysign(FIRST_STEP_M_S, at.payload_kg - payload_kg)
    for _ in range(MOST_TRIALS):
        after = followed(proved.problem, (at_m_s, at), trial_m_s)
        if after is None or after.payload_kg == at.payload_kg:
            return None
        slope = (after.payload_kg - at.payload_kg) / (trial_m_s - at_m_s)
        at_m_s, at, missing_kg = trial_m_s, after, payload_kg - after.payload_kg
        if abs(missing_kg) <= max(CLOSE_KG, CLOSE_RATIO * payload_kg):
            return ReservedPayload(at_m_s, at.payload_kg, slope)
        if payload_kg > 0 and after.payload_kg > 0:
            step = math.log(payload_kg / after.payload_kg) * after.payload_kg / slope
        else:
            step = missing_kg / slope
        trial_m_s = at_m_s + max(-LARGEST_STEP_M_S, min(step, LARGEST_STEP_M_S))
    return None


def _reserved(problem: AscentProblem, reserve_m_s: float) -> AscentProblem:
    """The problem of a vehicle that keeps so much more."""
    kept_m_s = problem.vehicle.performance_reserve_m_s + reserve_m_s
    vehicle = problem.vehicle.model_copy(update={"performance_reserve_m_s": kept_m_s})
    return replace(problem, vehicle=vehicle)


def followed(problem: AscentProblem, start: tuple[float, Solution], reserve_m_s: float) -> Solution | None:
    """From one reserve and its solution to another reserve, in steps that converge; not yet replayed."""
    at_m_s, at = start
    step = LARGEST_STEP_M_S
    while at_m_s != reserve_m_s:
        to_m_s = at_m_s + max(-step, min(step, reserve_m_s - at_m_s))
        after = _stepped(_reserved(problem, to_m_s), at)
        if after is not None:
            at_m_s, at = to_m_s, after
        elif (step := step / 2) < SMALLEST_STEP_M_S:
            return None
    return at


def _stepped(problem: AscentProblem, near: Solution) -> Solution | None:
    """Solve from a solution with another reserve, and cut the burns anew where limits now ask for it.

    A limit that a lighter payload brings into play costs little; where the new cut ends in another, much
    worse optimum, the old one stays.
    """
    plan = near.plan
    kept_m_s = problem.vehicle.performance_reserve_m_s
    fraction = -math.expm1(-kept_m_s / plan.burns[-1].exhaust_speed_m_s)
    reserved = replace(plan, reserve_fraction=fraction)
    solution = solve_warm(problem, reserved, near.launch, near)
    if not solution.converged:
        solution = solve_stretched(
            problem, reserved, near.launch, near, stretch_ratio=1.0, manners=("quick",)
        )
    if not solution.converged:
        return None
    wanted = rearranged(problem, solution, plan.arrangement)
    if wanted == plan.arrangement:
        return solution
    plan = plan_of(problem, wanted)
    again = solve(problem, plan, near.launch, regrouped(solution, plan), ("near", "quick"))
    least_kg = solution.payload_kg - LARGEST_CUT_RATIO * abs(solution.payload_kg)
    return again if again.converged and again.payload_kg > least_kg else solution
