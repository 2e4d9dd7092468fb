"""A first trajectory for an insertion in two burns: a solved ascent to a transfer orbit, a coast, a burn."""

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.guess import Guess
from cosmodrome.ascent.phases import AscentPlan
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.replay import Flown
from cosmodrome.ascent.schedule import chained
from cosmodrome.ascent.solve import Solution
from cosmodrome.ascent.terminal import TerminalOrbit

Array = NDArray[np.float64]

PARKING_ALTITUDES_M = (150e3, 185e3, 165e3)  # of a transfer orbit's perigee or a parking orbit, to start from
RAISED_ABOVE_M = 220e3  # perigees above this are raised from the parking altitude by a second burn
LOWEST_RAISED_M = 180e3  # and those above this from a little below
ECCENTRIC_ABOVE_M = 2000e3  # between the apsides: a coast may serve even where the perigee lies anywhere
_COAST_SAMPLES = 60
_BURN_SAMPLES = 16


def transfer_orbit(
    problem: AscentProblem, *, slow: bool, parking_altitude_m: float = PARKING_ALTITUDES_M[0]
) -> TerminalOrbit | None:
    """The orbit to coast in before the second burn; None where one burn into the target serves.

    A high target is approached on an ellipse that touches it; a low one whose perigee has to lie at a
    certain place, from a circular parking orbit. A `slow` last stage rounds even the lowest orbits.
    """
    orbit, radius = problem.orbit, problem.environment.equatorial_radius_m
    apogee = orbit.semi_major_axis_m * (1 + orbit.eccentricity)
    low = radius + parking_altitude_m
    if orbit.perigee_radius_m > radius + RAISED_ABOVE_M:
        a = (low + apogee) / 2
        return TerminalOrbit(a, (apogee - low) / (apogee + low), orbit.inclination_rad, at_perigee=True)
    eccentric = orbit.eccentricity >= 1 or apogee - orbit.perigee_radius_m > ECCENTRIC_ABOVE_M
    if orbit.kind.perigee or eccentric:
        return TerminalOrbit(max(low, orbit.perigee_radius_m), 0.0, orbit.inclination_rad, orbit.raan_rad)
    if slow or orbit.perigee_radius_m > radius + LOWEST_RAISED_M:
        low = max(min(low, orbit.perigee_radius_m - 30e3), radius + 120e3)
        a = (low + apogee) / 2
        return TerminalOrbit(a, (apogee - low) / (apogee + low), orbit.inclination_rad, at_perigee=True)
    return None


def transfer_guess(
    problem: AscentProblem, plan: AscentPlan, solution: Solution, flown: Flown
) -> Guess | None:
    """Continue an ascent to a transfer orbit by a coast and a second burn.

    Parameters
    ----------
    problem : AscentProblem
        The problem with the target orbit.
    plan : AscentPlan
        The same segments as the solution's, then a coast of chosen length, then a burn.
    solution, flown : Solution, Flown
        The ascent to the transfer orbit.

    Returns
    -------
    Guess or None
        None where the second burn would take more than there is.
    """
    gm = problem.environment.gm_m3_s2
    state = np.concatenate((flown.position_m[-1], flown.velocity_m_s[-1]))
    coast_s = _coast_s(problem, state)
    arrived = _samples(state, coast_s, _COAST_SAMPLES, gm)
    gained = _speed_wanted_m_s(problem, arrived[-1]) - float(np.linalg.norm(arrived[-1][3:]))
    burn = plan.burns[-1]
    before = solution.final_mass_kg
    shed = plan.segments[-3].drop_after_kg
    mass = (before - shed) * math.exp(-abs(gained) / burn.exhaust_speed_m_s)
    burn_s = (before - shed - mass) / burn.mass_flow_kg_s
    if burn_s > plan.segments[-1].longest_s or not math.isfinite(burn_s):
        return None
    # burn about the apsis, not after it
    coast_s = max(coast_s - burn_s / 2, 10.0)
    coast = _samples(state, coast_s, _COAST_SAMPLES, gm)
    push = math.copysign(burn.thrust_vacuum_n / ((before + mass) / 2), gained)
    burned = _samples(coast[-1], burn_s, _BURN_SAMPLES, gm, push)
    return _joined(problem, plan, solution, flown, (coast_s, coast), (burn_s, burned))


def _coast_s(problem: AscentProblem, state: Array) -> float:
    """Time from cut-off to where the second burn belongs: the apogee, or the wanted perigee."""
    gm = problem.environment.gm_m3_s2
    r, v = state[:3], state[3:]
    a = 1 / (2 / np.linalg.norm(r) - v @ v / gm)
    period = 2 * math.pi * math.sqrt(a**3 / gm)
    orbit = problem.orbit
    apogee = orbit.semi_major_axis_m * (1 + orbit.eccentricity)
    eccentric = orbit.eccentricity >= 1 or apogee - orbit.perigee_radius_m > ECCENTRIC_ABOVE_M
    if orbit.perigee_radius_m > problem.environment.equatorial_radius_m + RAISED_ABOVE_M or not (
        eccentric or orbit.kind.perigee
    ):
        return float(period / 2)
    if not orbit.kind.perigee:
        return float(period / 8)
    h = np.cross(r, v)
    node = np.array([-h[1], h[0], 0.0])
    node /= np.linalg.norm(node)
    ahead = np.cross(h / np.linalg.norm(h), node)
    latitude_argument = math.atan2(r @ ahead, r @ node)
    turn = ((orbit.argument_of_perigee_rad or 0.0) - latitude_argument) % (2 * math.pi)
    return float(turn / (2 * math.pi) * period)


def _speed_wanted_m_s(problem: AscentProblem, state: Array) -> float:
    """Speed in the target orbit where the second burn ends."""
    orbit = problem.orbit
    radius = float(np.linalg.norm(state[:3]))
    squared = problem.environment.gm_m3_s2 * (2 / radius - 1 / orbit.semi_major_axis_m)
    return math.sqrt(max(squared, 0.0))


def _samples(state: Array, duration_s: float, count: int, gm: float, push_m_s2: float = 0.0) -> Array:
    """States along a coast, or along a burn in the direction of flight; the first is the start."""

    def rates(y: Array) -> Array:
        r, v = y[:3], y[3:]
        pull = -gm * r / np.linalg.norm(r) ** 3
        return np.concatenate((v, pull + push_m_s2 * v / np.linalg.norm(v)))

    h = duration_s / count
    states = [state]
    for _ in range(count):
        y = states[-1]
        k1 = rates(y)
        k2 = rates(y + h / 2 * k1)
        k3 = rates(y + h / 2 * k2)
        k4 = rates(y + h * k3)
        states.append(y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4))
    return np.array(states)


def _joined(
    problem: AscentProblem,
    plan: AscentPlan,
    solution: Solution,
    flown: Flown,
    coast: tuple[float, Array],
    burn: tuple[float, Array],
) -> Guess:
    """The solved ascent with what follows it, in the segments of the longer plan."""
    common = len(plan.segments) - 2
    durations = [float(p.duration_s) for p in solution.timeline]
    throttles = [float(p.throttle_ratio) for p in solution.timeline]
    if len(durations) > common:  # a last burn throttled at its end there, in one piece here
        durations[common - 1 :] = [sum(durations[common - 1 :])]
    lengths = [*durations, coast[0], burn[0]]
    throttles = throttles[:common]
    last_mass = plan.liftoff_mass_kg + _payload_kg(plan, solution)
    timeline = chained(plan, last_mass, lengths, [*throttles, 1.0, 1.0])
    begin = float(flown.time_s[-1])
    tails = []
    for start, (duration, states) in ((begin, coast), (begin + coast[0], burn)):
        times = start + np.linspace(0.0, duration, len(states))
        along = states[:, 3:] / np.linalg.norm(states[:, 3:], axis=1)[:, None]
        tails.append((times, np.hstack((states, along))))
    first = np.hstack((flown.position_m, flown.velocity_m_s, flown.thrust_direction))
    return Guess(
        _payload_kg(plan, solution),
        timeline,
        solution.kick,
        np.concatenate((flown.time_s, *(t for t, _ in tails))),
        np.vstack((first, *(s for _, s in tails))),
        np.zeros(0),
    )


def _payload_kg(plan: AscentPlan, solution: Solution) -> float:
    """Payload of the longer plan: the same mass at lift-off."""
    return solution.plan.liftoff_mass_kg + solution.payload_kg - plan.liftoff_mass_kg


def without_last_stage(problem: AscentProblem, orbit: TerminalOrbit) -> AscentProblem:
    """The problem of the stages below the last, whose payload the last stage then is."""
    vehicle = problem.vehicle
    stage = vehicle.stages[-1]
    below = vehicle.stages[:-1]
    while below and below[-1].role == "booster":
        below = below[:-1]
    lower = vehicle.model_copy(update={"stages": below, "performance_reserve_m_s": 0.0})
    payload = problem.payload_kg
    carried = None if payload is None else payload + stage.count * stage.gross_mass_kg
    return replace(problem, vehicle=lower, orbit=orbit, payload_kg=carried)
