"""Which limits a flight reaches, which bind, and what a reader must know of them."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.dynamics import Environment, flow
from cosmodrome.ascent.phases import AscentPlan
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.replay import Flown
from cosmodrome.ascent.result import AscentTrajectory
from cosmodrome.ascent.solve import Solution
from cosmodrome.ascent.steering import launch_azimuth_deg
from cosmodrome.physics.aerodynamics import dynamic_pressure_pa, heat_flux_w_m2

Array = NDArray[np.float64]
TOLD_ABOVE_RATIO = 1.01  # of a limit
BINDS_ABOVE_RATIO = 0.97  # limits are held to 98.5 % at the points


def dynamic_pressure_kpa(environment: Environment, flown: Flown) -> Array:
    """Dynamic pressure at every sample [kPa]."""
    r, v = flown.position_m, flown.velocity_m_s
    around = flow((r[:, 0], r[:, 1], r[:, 2]), (v[:, 0], v[:, 1], v[:, 2]), environment)
    return np.asarray(1e-3 * dynamic_pressure_pa(around.air.density_kg_m3, around.speed_m_s))


def interval_excess(problem: AscentProblem, solution: Solution, flown: Flown) -> Array:
    """Largest share of a limit on dynamic pressure, q alpha or heat flux that each interval reaches."""
    limits = problem.limits
    r, v = flown.position_m, flown.velocity_m_s
    around = flow((r[:, 0], r[:, 1], r[:, 2]), (v[:, 0], v[:, 1], v[:, 2]), problem.environment)
    relative = np.stack(around.relative_velocity_m_s, axis=1)
    pressure = 1e-3 * dynamic_pressure_pa(around.air.density_kg_m3, around.speed_m_s)
    cosine = (flown.thrust_direction * relative).sum(axis=1) / around.speed_m_s
    angle = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
    share = np.zeros_like(flown.time_s)
    if limits.dynamic_pressure_kpa is not None:
        share = np.maximum(share, pressure / limits.dynamic_pressure_kpa)
    if limits.q_alpha_kpa_deg is not None:
        share = np.maximum(share, pressure * angle / limits.q_alpha_kpa_deg)
    steered = np.array([s.in_air and s.steering in ("free", "pitch-over") for s in solution.plan.segments])
    share = np.where(steered[flown.segment], share, 0.0)
    if limits.heat_flux_w_m2 is not None:
        bare = np.array([s.after_fairing for s in solution.plan.segments])[flown.segment]
        heat = np.asarray(heat_flux_w_m2(around.air.density_kg_m3, around.speed_m_s))
        share = np.where(bare, np.maximum(share, heat / limits.heat_flux_w_m2), share)
    worst = np.zeros(int(flown.interval[-1]) + 1)
    np.maximum.at(worst, flown.interval, share)
    return worst


def notes_on(
    problem: AscentProblem, solution: Solution, flight: AscentTrajectory, flown: Flown
) -> tuple[str, ...]:
    """What a reader must know before quoting the payload."""
    notes: list[str] = []
    plan = solution.plan
    limit_g = problem.limits.axial_acceleration_g
    peak = int(np.argmax(flight.axial_acceleration_g))
    if limit_g is not None and flight.axial_acceleration_g[peak] > 1.001 * limit_g:
        burn = plan.segments[int(flown.segment[peak])].burn
        notes.append(
            f"{burn.name} reaches {flight.axial_acceleration_g[peak]:.1f} g, above the vehicle's "
            f"{limit_g:g} g limit: the catalog gives it no throttle range to hold the limit with."
        )
    notes += _throttle_notes(plan, flight, flown)
    reached = float(interval_excess(problem, solution, flown).max()) if solution.converged else 0.0
    if reached > TOLD_ABOVE_RATIO:
        notes.append(
            f"Between the points at which it is held, a limit on pressure, q alpha or heat is passed by "
            f"{reached - 1:.1%} for moments."
        )
    return tuple(notes)


def _throttle_notes(plan: AscentPlan, flight: AscentTrajectory, flown: Flown) -> Sequence[str]:
    """Burns throttled below what their engines are published to do."""
    notes = []
    for index, segment in enumerate(plan.segments):
        here = (flown.segment == index) & (flight.throttle_ratio > 0)
        lowest = float(flight.throttle_ratio[here].min()) if here.any() else 1.0
        if segment.thrusts and lowest < 0.99 * segment.burn.throttle_min_ratio:
            notes.append(
                f"{segment.burn.name} throttles to {lowest:.0%}, below the published "
                f"{segment.burn.throttle_min_ratio:.0%}, to hold the acceleration limit."
            )
    return notes


def binding_limits(
    problem: AscentProblem, solution: Solution, flight: AscentTrajectory, flown: Flown
) -> tuple[str, ...]:
    """The limits that the optimum touches: without them it would lift more.

    A limit on the acceleration binds where an engine is throttled to hold it; one on heat flux, where the
    fairing leaves at it.
    """
    limits, plan = problem.limits, solution.plan
    binding = []
    air = np.array([s.in_air and s.steering in ("free", "pitch-over") for s in plan.segments])[flown.segment]
    pressure, product = flight.dynamic_pressure_kpa[air], flight.q_alpha_kpa_deg[air]
    if plan.arrangement.holds_pressure and _touches(pressure, limits.dynamic_pressure_kpa):
        binding.append("dynamic pressure")
    if _touches(product, limits.q_alpha_kpa_deg):
        binding.append("q alpha")
    if any(segment.throttled for segment in plan.segments):
        binding.append("axial acceleration")
    hot = flight.heat_flux_w_m2[np.array([s.after_fairing for s in plan.segments])[flown.segment]]
    if _touches(hot, limits.heat_flux_w_m2):
        binding.append("heat flux at fairing jettison")
    late = np.array([not s.before_first_burnout for s in plan.segments])
    high = flight.altitude_km[late[flown.segment]]
    if (
        limits.minimum_altitude_km is not None
        and high.size
        and high.min() < 1.01 * limits.minimum_altitude_km
    ):
        binding.append("minimum altitude")
    if problem.guided_rise and problem.azimuth_limits_rad is not None and _leans_on_edge(problem, solution):
        binding.append("launch sector")
    return tuple(binding)


def _touches(values: Array, limit: float | None) -> bool:
    """Whether the largest value comes near its limit."""
    return limit is not None and bool(values.size) and float(values.max()) > BINDS_ABOVE_RATIO * limit


def _leans_on_edge(problem: AscentProblem, solution: Solution) -> bool:
    """Whether the pitch-over goes along an edge of the permitted sector."""
    azimuth = math.radians(launch_azimuth_deg(*solution.kick))
    edges = problem.azimuth_limits_rad or ()
    return any(abs(math.remainder(azimuth - edge, 2 * math.pi)) < math.radians(0.2) for edge in edges)
