"""Independent proof of an optimum: the same vehicle flown again by another integrator.

The optimizer's collocation is not consulted: from lift-off on, an adaptive Runge-Kutta method of order 8
integrates the numpy evaluation of the equations of motion under the optimizer's steering alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from cosmodrome.ascent.dynamics import Environment, ascent_acceleration, flow, thrust_acceleration
from cosmodrome.ascent.schedule import Scheduled
from cosmodrome.physics.aerodynamics import DragTable

Array = NDArray[np.float64]
RELATIVE_TOLERANCE = 1e-11
ABSOLUTE_TOLERANCE = 1e-11  # of the state in units of the Earth's radius and circular speed


@dataclass(frozen=True, slots=True)
class SteeredInterval:
    """One stretch of smooth steering: the direction as a function of time since it began."""

    segment: int
    start_s: float  # since the segment began
    duration_s: float
    direction: Callable[[float], tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Flown:
    """States of the re-integration."""

    time_s: Array  # since lift-off
    position_m: Array  # (N, 3)
    velocity_m_s: Array  # (N, 3)
    thrust_direction: Array  # (N, 3)
    mass_kg: Array
    segment: NDArray[np.int64]


def replay_ascent(
    position_m: Array,
    velocity_m_s: Array,
    intervals: list[SteeredInterval],
    timeline: list[Scheduled],
    environment: Environment,
    drag: DragTable,
    samples_per_interval: int = 12,
) -> Flown:
    """Fly the steering from lift-off to cut-off by DOP853.

    Returns
    -------
    Flown
        Sampled evenly in every interval, the last sample at cut-off.
    """
    length = environment.equatorial_radius_m
    speed = float(np.sqrt(environment.gm_m3_s2 / length))
    scale = np.array([length] * 3 + [speed] * 3)
    state = np.concatenate((position_m, velocity_m_s)) / scale
    rows: list[tuple[float, Array, tuple[float, float, float], float, int]] = []
    for interval in intervals:
        placed = timeline[interval.segment]
        rates = _rates(interval, placed, environment, drag, scale)
        times = np.linspace(0.0, interval.duration_s, samples_per_interval + 1)
        solution = solve_ivp(
            rates, (0.0, interval.duration_s), state, method="DOP853", t_eval=times,
            rtol=RELATIVE_TOLERANCE, atol=ABSOLUTE_TOLERANCE,
        )  # fmt: skip
        state = solution.y[:, -1]
        for t, y in zip(times, solution.y.T, strict=True):
            since = interval.start_s + t
            rows.append(
                (
                    placed.start_s + since,
                    y * scale,
                    interval.direction(t),
                    placed.mass_kg(since),
                    interval.segment,
                )
            )
    states = np.array([row[1] for row in rows])
    return Flown(
        np.array([row[0] for row in rows]),
        states[:, :3],
        states[:, 3:],
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows]),
        np.array([row[4] for row in rows]),
    )


def _rates(
    interval: SteeredInterval, placed: Scheduled, environment: Environment, drag: DragTable, scale: Array
) -> Callable[[float, Array], Array]:
    """Scaled state derivative of one interval."""
    n = placed.numbers

    def rates(t: float, scaled: Array) -> Array:
        state = scaled * scale
        position = (state[0], state[1], state[2])
        velocity = (state[3], state[4], state[5])
        around = flow(position, velocity, environment)
        mass = placed.mass_kg(interval.start_s + t)
        push = thrust_acceleration(placed, mass, around.air.pressure_pa)
        acceleration = ascent_acceleration(
            position, around, push, interval.direction(t), n.drag_area_m2 / mass, drag, environment
        )
        return np.array([*velocity, *acceleration]) / scale

    return rates
