"""Independent proof of an optimum: the same vehicle flown again by another integrator.

The optimizer's collocation is not consulted: from lift-off on, an extrapolation method integrates the
equations of motion, evaluated in plain floats, under the optimizer's steering alone.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.dynamics import (
    Environment,
    Vector,
    ascent_acceleration,
    flow,
    thrust_acceleration,
)
from cosmodrome.ascent.extrapolation import Rates, State, integrate
from cosmodrome.ascent.schedule import Scheduled
from cosmodrome.physics import scalar
from cosmodrome.physics.aerodynamics import DragTable

Array = NDArray[np.float64]
TOLERANCE = 1e-11  # of the state in units of the Earth's radius and circular speed


@dataclass(frozen=True, slots=True)
class SteeredInterval:
    """One stretch of smooth steering: the direction as a function of time since it began."""

    segment: int
    start_s: Any  # since the segment began; floats, or arrays of intervals flown together
    duration_s: Any
    direction: Callable[[Any], Vector]
    thrusts: bool = True


@dataclass(frozen=True, slots=True)
class Flown:
    """States of the re-integration."""

    time_s: Array  # since lift-off
    position_m: Array  # (N, 3)
    velocity_m_s: Array  # (N, 3)
    thrust_direction: Array  # (N, 3)
    mass_kg: Array
    segment: NDArray[np.int64]
    interval: NDArray[np.int64]  # counted through all segments


def replay_ascent(
    position_m: Array,
    velocity_m_s: Array,
    intervals: list[SteeredInterval],
    timeline: list[Scheduled],
    *,
    environment: Environment,
    drag: DragTable,
    samples_per_interval: int = 8,
) -> Flown:
    """Fly the steering from lift-off to cut-off.

    Returns
    -------
    Flown
        Sampled evenly in every interval, the last sample at cut-off.
    """
    length = environment.equatorial_radius_m
    speed = math.sqrt(environment.gm_m3_s2 / length)
    state: State = (*(float(x) / length for x in position_m), *(float(v) / speed for v in velocity_m_s))
    rows: list[tuple[float, State, tuple[float, float, float], float, int, int]] = []
    for number, interval in enumerate(intervals):
        placed = timeline[interval.segment]
        rates = rates_of(interval, placed, environment, drag)
        step = interval.duration_s / samples_per_interval
        for sample in range(samples_per_interval + 1):
            elapsed = sample * step
            if sample:
                state = integrate(rates, elapsed - step, elapsed, state, TOLERANCE)
            since = interval.start_s + elapsed
            mass = placed.mass_kg(since, scalar)
            steered = interval.direction(elapsed)
            rows.append((placed.start_s + since, state, steered, mass, interval.segment, number))
    states = np.array([row[1] for row in rows])
    return Flown(
        np.array([row[0] for row in rows]),
        states[:, :3] * length,
        states[:, 3:] * speed,
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows]),
        np.array([row[4] for row in rows]),
        np.array([row[5] for row in rows]),
    )


def fly_interval(
    interval: SteeredInterval,
    placed: Scheduled,
    state: State,
    *,
    environment: Environment,
    drag: DragTable,
    tolerance: float = 1e-9,
) -> State:
    """Fly one stretch alone, from a state in units of the Earth's radius and circular speed."""
    rates = rates_of(interval, placed, environment, drag)
    half = interval.duration_s / 2
    middle = integrate(rates, 0.0, half, state, tolerance)
    return integrate(rates, half, interval.duration_s, middle, tolerance)


def rates_of(
    interval: SteeredInterval, placed: Scheduled, environment: Environment, drag: DragTable,
    xp: ModuleType = scalar,
) -> Rates:  # fmt: skip
    """Scaled state derivative of one interval, of floats or of arrays."""
    n = placed.numbers
    length = environment.equatorial_radius_m
    speed = math.sqrt(environment.gm_m3_s2 / length)

    def rates(t: Any, state: State) -> State:
        x, y, z, vx, vy, vz = state
        position = (x * length, y * length, z * length)
        velocity = (vx * speed, vy * speed, vz * speed)
        around = flow(position, velocity, environment, xp)
        elapsed = interval.start_s + t
        mass = placed.mass_kg(elapsed, xp)
        push = thrust_acceleration(placed, elapsed, mass, around.air.pressure_pa) if interval.thrusts else 0.0
        ax, ay, az = ascent_acceleration(
            position,
            around,
            push,
            interval.direction(t),
            drag_area_m2_per_kg=n.drag_area_m2 / mass,
            drag=drag,
            environment=environment,
            xp=xp,
        )
        rate = speed / length
        return vx * rate, vy * rate, vz * rate, ax / speed, ay / speed, az / speed

    return rates
