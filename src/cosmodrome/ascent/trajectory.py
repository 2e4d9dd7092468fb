"""The flown ascent in engineers' quantities: profile, events, insertion orbit."""

import math

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.dynamics import Environment, flow, thrust_acceleration
from cosmodrome.ascent.limits import binding_limits, notes_on
from cosmodrome.ascent.phases import AscentPlan
from cosmodrome.ascent.problem import AscentProblem
from cosmodrome.ascent.replay import Flown
from cosmodrome.ascent.result import (
    Ascent,
    AscentEvent,
    AscentStatus,
    AscentTrajectory,
    Branch,
    InsertionOrbit,
    JettisonedBody,
    Replay,
    SolverStatistics,
    VelocityLosses,
)
from cosmodrome.ascent.schedule import Scheduled
from cosmodrome.ascent.solve import Solution
from cosmodrome.ascent.steering import launch_azimuth_deg
from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.physics.aerodynamics import dynamic_pressure_pa, heat_flux_w_m2
from cosmodrome.physics.gravity import gravity_acceleration

Array = NDArray[np.float64]
_SLOW_M_S = 15.0  # below this the angle to the relative wind means nothing
_AT_REST_M_S = 1e-6  # over ground, below which the velocity goes where the thrust points


def ascent_from(
    problem: AscentProblem,
    solution: Solution,
    flown: Flown,
    miss: Replay,
    branch: Branch,
) -> Ascent:
    """Put a replayed solution into the terms people read."""
    longitude = math.radians(problem.pad.longitude_deg)
    plan, timeline = solution.plan, solution.timeline
    trajectory = _trajectory(problem, timeline, flown, longitude)
    insertion = _insertion(trajectory, problem.environment)
    return Ascent(
        status=_status(solution, miss),
        payload_kg=solution.payload_kg,
        final_mass_kg=float(flown.mass_kg[-1]),
        branch=branch,
        launch_azimuth_deg=_azimuth_deg(problem, solution, branch),
        duration_s=float(flown.time_s[-1]),
        trajectory=trajectory,
        events=_events(plan, timeline, trajectory),
        insertion=insertion,
        replay=miss,
        solver=SolverStatistics(
            solution.status,
            solution.iterations_count,
            solution.solve_s,
            solution.compiled.build_s,
            solution.compiled.layout.variables_count,
        ),
        limits=problem.limits,
        losses=_losses(problem, timeline, flown),
        jettisoned=_jettisoned(plan, timeline, trajectory),
        coasts_s=tuple(
            float(placed.duration_s)
            for segment, placed in zip(plan.segments, timeline, strict=True)
            if segment.steering == "coast" and segment.is_open
        ),
        propellant_left_kg=_left_kg(plan, timeline),
        shortfall_m_s=_shortfall_m_s(plan, solution.payload_kg, float(flown.mass_kg[-1])),
        notes=notes_on(problem, solution, trajectory, flown),
        binding=binding_limits(problem, solution, trajectory, flown),
    )


def _status(solution: Solution, miss: Replay) -> AscentStatus:
    if not solution.converged:
        return AscentStatus.NOT_CONVERGED
    if not miss.agrees:
        return AscentStatus.NOT_CONFIRMED
    return AscentStatus.OPTIMAL if solution.payload_kg >= 0 else AscentStatus.OUT_OF_REACH


def _azimuth_deg(problem: AscentProblem, solution: Solution, branch: Branch) -> float:
    """Azimuth of the pitch-over; of the target plane where the vehicle steers freely from the pad."""
    if problem.guided_rise:
        return launch_azimuth_deg(*solution.kick)
    return math.degrees(problem.launch_azimuth_rad(branch)) % 360


def _shortfall_m_s(plan: AscentPlan, payload_kg: float, final_mass_kg: float) -> float:
    """Velocity that is missing without a payload: the missing mass through the rocket equation."""
    if payload_kg >= 0:
        return 0.0
    return plan.burns[-1].exhaust_speed_m_s * math.log((final_mass_kg - payload_kg) / final_mass_kg)


def _rotated(vectors: Array, angle_rad: float) -> Array:
    """Vectors turned about the pole."""
    sine, cosine = math.sin(angle_rad), math.cos(angle_rad)
    x, y, z = vectors.T
    return np.stack((cosine * x - sine * y, sine * x + cosine * y, z), axis=1)


def _read_only(values: Array) -> Array:
    fixed = np.ascontiguousarray(values, dtype=float)
    fixed.setflags(write=False)
    return fixed


def _trajectory(
    problem: AscentProblem, timeline: list[Scheduled], flown: Flown, longitude_rad: float
) -> AscentTrajectory:
    """Every column of the profile."""
    environment = problem.environment
    r, v = flown.position_m, flown.velocity_m_s
    around = flow((r[:, 0], r[:, 1], r[:, 2]), (v[:, 0], v[:, 1], v[:, 2]), environment)
    relative = np.stack(around.relative_velocity_m_s, axis=1)
    speed = np.asarray(around.speed_m_s)
    pressure = dynamic_pressure_pa(around.air.density_kg_m3, speed)
    mach = speed / around.air.speed_of_sound_m_s
    push, throttle, area = _pushes(timeline, flown, around.air.pressure_pa)
    on = (push > 0)[:, None]
    direction = np.where(on, flown.thrust_direction, v / np.maximum(np.linalg.norm(v, axis=1), 1e-9)[:, None])
    cosine = np.clip((direction * relative).sum(axis=1) / speed, -1.0, 1.0)
    angle = np.where(on[:, 0] & (speed > _SLOW_M_S), np.degrees(np.arccos(cosine)), 0.0)
    drag = pressure * area / flown.mass_kg * problem.drag.coefficient(mach)
    axial = np.abs(push - drag * cosine) / STANDARD_GRAVITY_M_S2
    latitude, longitude, downrange = _ground(flown, environment, longitude_rad)
    radius = np.linalg.norm(r, axis=1)
    climb = (relative * r).sum(axis=1) / (speed * radius)
    columns = (
        flown.time_s,
        _rotated(r, longitude_rad),
        _rotated(v, longitude_rad),
        flown.mass_kg,
        _rotated(direction, longitude_rad),
        throttle,
        1e-3 * np.asarray(around.altitude_m),
        latitude,
        longitude,
        downrange,
        1e-3 * np.linalg.norm(v, axis=1),
        1e-3 * speed,
        np.degrees(np.arcsin(np.clip(climb, -1.0, 1.0))),
        1e-3 * pressure,
        np.asarray(heat_flux_w_m2(around.air.density_kg_m3, speed)),
        axial,
        angle,
        1e-3 * pressure * angle,
        mach,
    )
    return AscentTrajectory(*(_read_only(column) for column in columns))


def _pushes(timeline: list[Scheduled], flown: Flown, pressure_pa: Array) -> tuple[Array, Array, Array]:
    """Thrust acceleration, throttle and drag area at every sample."""
    push = np.zeros_like(flown.time_s)
    throttle = np.zeros_like(flown.time_s)
    area = np.zeros_like(flown.time_s)
    for index, placed in enumerate(timeline):
        here = flown.segment == index
        n = placed.numbers
        area[here] = n.drag_area_m2
        if n.thrust_vacuum_n == 0.0:
            continue
        mass = flown.mass_kg[here]
        elapsed = flown.time_s[here] - placed.start_s
        push[here] = thrust_acceleration(placed, elapsed, mass, pressure_pa[here])
        throttle[here] = placed.throttle_ratio
        if placed.throttled:
            throttle[here] = n.acceleration_limit_m_s2 * mass / n.thrust_vacuum_n
    return push, throttle, area


def _losses(problem: AscentProblem, timeline: list[Scheduled], flown: Flown) -> VelocityLosses:
    """Integrate every acceleration along the velocity over ground, by Simpson's rule in every interval."""
    environment = problem.environment
    r, v = flown.position_m, flown.velocity_m_s
    outward = r * (1.0, 1.0, 0.0)  # from the pole's axis
    rate = environment.rotation_rate_rad_s
    ground = v - rate * np.stack((-r[:, 1], r[:, 0], np.zeros(len(r))), axis=1)
    around = flow((r[:, 0], r[:, 1], r[:, 2]), (v[:, 0], v[:, 1], v[:, 2]), environment)
    relative = np.stack(around.relative_velocity_m_s, axis=1)
    speed = np.linalg.norm(ground, axis=1)
    moves = (speed > _AT_REST_M_S)[:, None]
    along = np.where(moves, ground / np.maximum(speed, _AT_REST_M_S)[:, None], flown.thrust_direction)
    push, _, area = _pushes(timeline, flown, around.air.pressure_pa)
    vacuum, _, _ = _pushes(timeline, flown, np.zeros_like(push))
    mach = around.speed_m_s / around.air.speed_of_sound_m_s
    pressure = dynamic_pressure_pa(around.air.density_kg_m3, around.speed_m_s)
    drag = pressure * area / flown.mass_kg * problem.drag.coefficient(mach)
    pull = gravity_acceleration(
        (r[:, 0], r[:, 1], r[:, 2]), environment.gm_m3_s2, environment.equatorial_radius_m, environment.j2
    )
    weight = np.stack(pull, axis=1) + rate**2 * outward
    cosine = (flown.thrust_direction * along).sum(axis=1)
    rates = np.stack(
        (
            vacuum,
            -(weight * along).sum(axis=1),
            drag * (relative * along).sum(axis=1) / np.asarray(around.speed_m_s),
            push * (1.0 - cosine),
            vacuum - push,
        ),
        axis=1,
    )
    totals = np.zeros(5)
    for number in range(int(flown.interval[-1]) + 1):
        here = np.flatnonzero(flown.interval == number)
        width = (flown.time_s[here[-1]] - flown.time_s[here[0]]) / (len(here) - 1)
        weights = np.tile((2.0, 4.0), len(here))[: len(here)]
        weights[[0, -1]] = 1.0
        totals += width / 3 * weights @ rates[here]
    ideal, gravity, drag_loss, steering, back = (float(t) for t in totals)
    end = float(np.linalg.norm(v[-1]))
    return VelocityLosses(
        ideal, gravity, drag_loss, steering, back, float(speed[0]), end - float(speed[-1]), end
    )


def _left_kg(plan: AscentPlan, timeline: list[Scheduled]) -> float:
    """Propellant that the last burn leaves."""
    burned = sum(
        float(placed.start_mass_kg - placed.end_mass_kg)
        for segment, placed in zip(plan.segments, timeline, strict=True)
        if segment.burn_number == len(plan.burns) - 1 and segment.thrusts
    )
    return plan.burns[-1].propellant_kg - burned


def _jettisoned(
    plan: AscentPlan, timeline: list[Scheduled], flight: AscentTrajectory
) -> tuple[JettisonedBody, ...]:
    """Everything dropped, in the state in which it was dropped."""
    bodies = []
    for segment, placed in zip(plan.segments, timeline, strict=True):
        end_s = float(placed.start_s + placed.duration_s)
        index = min(int(np.searchsorted(flight.time_s, end_s - 1e-6)), len(flight.time_s) - 1)
        for drop in segment.drops:
            if drop.mass_kg <= 0:
                continue
            bodies.append(
                JettisonedBody(
                    drop.name, drop.count, drop.mass_kg, drop.length_m, drop.diameter_m, end_s,
                    flight.position_m[index], flight.velocity_m_s[index],
                )
            )  # fmt: skip
    return tuple(bodies)


def _ground(flown: Flown, environment: Environment, longitude_rad: float) -> tuple[Array, Array, Array]:
    """Geodetic latitude and longitude under the vehicle [deg], and distance from the pad [km]."""
    angle = longitude_rad - environment.rotation_rate_rad_s * flown.time_s
    x, y, z = flown.position_m.T
    fixed = np.stack(
        (np.cos(angle) * x - np.sin(angle) * y, np.sin(angle) * x + np.cos(angle) * y, z), axis=1
    )
    horizontal = np.hypot(fixed[:, 0], fixed[:, 1])
    latitude = np.arctan2(fixed[:, 2], horizontal * (1 - environment.flattening) ** 2)
    longitude = np.arctan2(fixed[:, 1], fixed[:, 0])
    unit = fixed / np.linalg.norm(fixed, axis=1)[:, None]
    half_chord = np.linalg.norm(unit - unit[0], axis=1) / 2
    downrange = 2e-3 * environment.equatorial_radius_m * np.arcsin(np.clip(half_chord, 0.0, 1.0))
    return np.degrees(latitude), np.degrees(longitude), downrange


def _events(plan: AscentPlan, timeline: list[Scheduled], flight: AscentTrajectory) -> tuple[AscentEvent, ...]:
    """Lift-off, the end of every segment that has a name, and the largest dynamic pressure."""
    marks: list[tuple[str, float]] = [("lift-off", 0.0)]
    for segment, placed in zip(plan.segments, timeline, strict=True):
        if segment.event_after:
            marks.append((segment.event_after, float(placed.start_s + placed.duration_s)))
    marks.append(
        ("maximum dynamic pressure", float(flight.time_s[int(np.argmax(flight.dynamic_pressure_kpa))]))
    )
    return tuple(_event(name, time_s, flight) for name, time_s in sorted(marks, key=lambda mark: mark[1]))


def _event(name: str, time_s: float, flight: AscentTrajectory) -> AscentEvent:
    """State at an event; at a drop, the mass just before it."""
    index = min(int(np.searchsorted(flight.time_s, time_s - 1e-6)), len(flight.time_s) - 1)
    return AscentEvent(
        name, time_s, float(flight.altitude_km[index]), float(flight.inertial_speed_km_s[index]),
        float(flight.downrange_km[index]), float(flight.mass_kg[index]),
    )  # fmt: skip


def _insertion(flight: AscentTrajectory, environment: Environment) -> InsertionOrbit:
    """Osculating elements at cut-off; the apogee of an escape is infinite."""
    gm, radius = environment.gm_m3_s2, environment.equatorial_radius_m
    r, v = flight.position_m[-1], flight.velocity_m_s[-1]
    h = np.cross(r, v)
    e_vector = np.cross(v, h) / gm - r / np.linalg.norm(r)
    eccentricity = float(np.linalg.norm(e_vector))
    momentum = float(np.linalg.norm(h))
    node = np.array([-h[1], h[0], 0.0]) / max(math.hypot(h[0], h[1]), 1e-9 * momentum)
    ahead = np.cross(h / momentum, node)
    argument = math.atan2(float(e_vector @ ahead), float(e_vector @ node))
    latitude = math.atan2(float(r @ ahead), float(r @ node))
    parameter = momentum * momentum / gm
    apogee = parameter / (1 - eccentricity) if eccentricity < 1 else math.inf
    return InsertionOrbit(
        1e-3 * (parameter / (1 + eccentricity) - radius),
        1e-3 * (apogee - radius),
        math.degrees(math.acos(max(-1.0, min(1.0, float(h[2]) / momentum)))),
        math.degrees(math.atan2(h[0], -h[1])) % 360,
        math.degrees(argument) % 360,
        math.degrees(latitude - argument) % 360,
    )
