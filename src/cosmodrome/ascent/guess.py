"""A first trajectory for the optimizer, flown by a pitch program: nothing is asked of the user.

A batch of pitch programs is flown through the plan's own equations of motion; the one that ends nearest
to the target's energy, altitude and flight path is handed on.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.dynamics import (
    Environment,
    Vector,
    ascent_acceleration,
    dot,
    flow,
    thrust_acceleration,
)
from cosmodrome.ascent.phases import AscentPlan
from cosmodrome.ascent.schedule import Scheduled, first_schedule
from cosmodrome.ascent.terminal import TerminalOrbit
from cosmodrome.physics.aerodynamics import DragTable, heat_flux_w_m2

Array = NDArray[np.float64]

_SHAPES = (0.45, 0.6, 0.8)  # how early the pitch program leans over
_PITCH_AT_BURNOUT_RAD = tuple(math.radians(a) for a in (50.0, 62.0, 72.0, 80.0))  # from the vertical
_PITCH_AT_END_RAD = tuple(math.radians(a) for a in (78.0, 90.0, 100.0, 112.0))
_PAYLOAD_FACTORS = (0.6, 1.0)
_SHARE_FACTORS = (0.9, 1.0, 1.12)  # of the last burn, where the payload is given
_LOSSES_M_S = 1200.0  # typical gravity, drag and steering losses; only scales the first payload
_LONGEST_STEP_IN_AIR_S = 20.0
_LONGEST_STEP_S = 50.0
_FIRST_KICK = 0.08  # tangent of the pitch-over angle
_PITCH_AT_DROP_RAD = math.radians(60.0)  # of an air-launched vehicle, from the vertical


@dataclass(frozen=True, slots=True)
class Launch:
    """Where and in which plane the ascent begins, in the frame of the launch meridian."""

    position_m: tuple[float, float, float]
    velocity_m_s: tuple[float, float, float]
    plane_normal: tuple[float, float, float]
    geodetic_latitude_rad: float


@dataclass(frozen=True, slots=True)
class Guess:
    """A flown pitch program, or a solved ascent that serves as one."""

    payload_kg: float
    timeline: list[Scheduled]
    kick: tuple[float, float]
    time_s: Array
    states: Array  # (N, 9): position [m], velocity [m/s], thrust direction
    heat_flux_w_m2: Array

    def at(self, time_s: Array) -> Array:
        """States at other times, straight between the samples."""
        return np.stack([np.interp(time_s, self.time_s, column) for column in self.states.T], axis=1)


def ideal_payload_kg(plan: AscentPlan, orbit: TerminalOrbit, environment: Environment) -> float:
    """Payload by the rocket equation with typical losses; never below a hundredth of the last stage."""
    required = _required_speed_m_s(orbit, environment)
    low, high = 0.01 * plan.last_stage_empty_kg, 0.2 * plan.liftoff_mass_kg
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if _ideal_speed_m_s(plan, middle) > required else (low, middle)
    return low


def _ideal_share(
    plan: AscentPlan, orbit: TerminalOrbit, environment: Environment, payload_kg: float
) -> float:
    """Share of the last burn's propellant that a given payload needs, by the same estimate."""
    missing = _ideal_speed_m_s(plan, payload_kg) - _required_speed_m_s(orbit, environment)
    burn = plan.burns[-1]
    empty = plan.last_stage_empty_kg + payload_kg
    left = empty * math.expm1(max(missing, 0.0) / burn.exhaust_speed_m_s)
    return 1.0 - min(left / burn.propellant_kg, 0.95)


def _required_speed_m_s(orbit: TerminalOrbit, environment: Environment) -> float:
    """Velocity that an ascent needs in all, with typical losses."""
    earth = environment
    climb = earth.gm_m3_s2 * (1 / earth.equatorial_radius_m - 0.5 / orbit.semi_major_axis_m)
    inclination = orbit.inclination_rad or 0.0
    pad_m_s = earth.rotation_rate_rad_s * earth.equatorial_radius_m * math.cos(inclination)
    return math.sqrt(2 * climb) - pad_m_s + _LOSSES_M_S


def _ideal_speed_m_s(plan: AscentPlan, payload_kg: float) -> float:
    """Velocity gained in vacuum without gravity."""
    mass, gained = plan.liftoff_mass_kg + payload_kg, 0.0
    for number, burn in enumerate(plan.burns):
        if burn.propellant_kg > 0:
            gained += burn.exhaust_speed_m_s * math.log(mass / (mass - burn.propellant_kg))
        mass -= burn.propellant_kg
        mass -= sum(s.drop_after_kg for s in plan.segments if s.burn_number == number)
    return gained


def fly_guess(
    plan: AscentPlan, launch: Launch, orbit: TerminalOrbit, environment: Environment, drag: DragTable,
    *, azimuth_rad: float, payload_kg: float | None = None, rounds: int = 1,
) -> Guess:  # fmt: skip
    """Fly a batch of pitch programs and keep the best.

    Parameters
    ----------
    plan : AscentPlan
    launch : Launch
    orbit : TerminalOrbit
    environment : Environment
    drag : DragTable
    azimuth_rad : float
        Toward which the vehicle pitches over. [rad]
    payload_kg : float, optional
        Where it is known; otherwise estimated. [kg]
    rounds : int
        Batches; each after the first is drawn around the best of those before.
    """
    given = payload_kg is not None
    estimate = payload_kg if payload_kg is not None else ideal_payload_kg(plan, orbit, environment)
    share = _ideal_share(plan, orbit, environment, estimate) if given else 0.98
    factors = _SHARE_FACTORS if given else _PAYLOAD_FACTORS
    grid = np.array(list(product(factors, _SHAPES, _PITCH_AT_BURNOUT_RAD, _PITCH_AT_END_RAD)))
    programs = np.column_stack((grid, grid[:, 2:].mean(axis=1)))
    tried: list[tuple[float, Guess]] = []
    for _ in range(rounds):
        payloads = estimate * (np.ones(len(programs)) if given else programs[:, 0])
        burned = np.clip(share * programs[:, 0], 0.02, 0.98) if given else 0.98
        timeline = first_schedule(plan, plan.liftoff_mass_kg + payloads, final_share=burned)
        batch = _Batch(plan, timeline, launch, environment, drag, programs[:, 1:])
        with np.errstate(all="ignore"):  # a program that dives through the Earth is only never the best
            history = batch.fly()
            miss = np.nan_to_num(batch.miss(history, orbit), nan=np.inf)
        best = int(np.argmin(miss))
        tried.append((float(miss[best]), _taken(history, timeline, payloads, best, azimuth_rad)))
        if len(tried) == rounds:
            break
        draw = np.random.default_rng(len(tried))
        elite = programs[np.argsort(miss)[:10]]
        spread = np.maximum(elite.std(axis=0), (0.03, 0.05, 0.04, 0.05, 0.1))
        drawn = elite[0] + spread * draw.standard_normal(programs.shape)
        programs = np.clip(drawn, (0.02, 0.2, 0.3, 0.5, 0.5), (1.6, 1.5, 1.55, 2.6, 2.4))
    return min(tried, key=lambda pair: pair[0])[1]


def _taken(
    history: list["_Sample"], timeline: list[Scheduled], payloads: Array, best: int, azimuth_rad: float
) -> Guess:
    """One program out of the batch."""

    def of(value: Any) -> float:
        return float(np.broadcast_to(value, payloads.shape)[best])

    placed = [
        replace(
            p, start_s=of(p.start_s), duration_s=of(p.duration_s), start_mass_kg=of(p.start_mass_kg),
            burned_s=of(p.burned_s), throttle_ratio=of(p.throttle_ratio),
        )
        for p in timeline
    ]  # fmt: skip
    states = [
        np.concatenate((h.position[:, best], h.velocity[:, best], h.direction[:, best])) for h in history
    ]
    return Guess(
        float(payloads[best]),
        placed,
        (_FIRST_KICK * math.sin(azimuth_rad), _FIRST_KICK * math.cos(azimuth_rad)),
        np.array([of(h.time) for h in history]),
        np.array(states),
        np.array([h.heat[best] for h in history]),
    )


@dataclass(frozen=True, slots=True)
class _Sample:
    """The whole batch at one instant."""

    time: Array
    position: Array  # (3, batch)
    velocity: Array  # (3, batch)
    direction: Array  # (3, batch)
    heat: Array


@dataclass(frozen=True)
class _Batch:
    """A batch of pitch programs through one plan."""

    plan: AscentPlan
    timeline: list[Scheduled]
    launch: Launch
    environment: Environment
    drag: DragTable
    programs: Array  # (batch, 4): shape, pitch at burnout, at the end, and when the last burn begins

    @property
    def in_flight(self) -> bool:
        """Whether an aircraft lets the vehicle go."""
        x, y = self.launch.position_m[0], self.launch.velocity_m_s
        pad_speed = self.environment.rotation_rate_rad_s * x
        return math.hypot(y[0], y[1] - pad_speed, y[2]) > 1.0

    def fly(self) -> list[_Sample]:
        """Fourth-order Runge-Kutta, with whole steps in every segment."""
        count = len(self.programs)
        state = np.repeat(
            np.array([*self.launch.position_m, *self.launch.velocity_m_s])[:, None], count, axis=1
        )
        samples = [self._sample(np.zeros(count), state, 0)]
        for index, placed in enumerate(self.timeline):
            duration = np.broadcast_to(np.maximum(placed.duration_s, 0.1), (count,))
            in_air = self.plan.segments[index].in_air
            longest = _LONGEST_STEP_IN_AIR_S if in_air else _LONGEST_STEP_S
            steps = max(2, math.ceil(float(duration.max()) / longest))
            h = duration / steps
            for step in range(steps):
                t = step * h
                k1 = self._rates(index, t, state)
                k2 = self._rates(index, t + h / 2, state + h / 2 * k1)
                k3 = self._rates(index, t + h / 2, state + h / 2 * k2)
                k4 = self._rates(index, t + h, state + h * k3)
                state = state + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
                samples.append(self._sample(placed.start_s + t + h, state, index))
        return samples

    def _direction(self, time_s: Array, position: Array) -> Array:
        """Thrust direction of the pitch program, in the launch plane."""
        up = position / np.sqrt((position * position).sum(axis=0))
        w = self.launch.plane_normal
        along = np.array(
            [w[1] * up[2] - w[2] * up[1], w[2] * up[0] - w[0] * up[2], w[0] * up[1] - w[1] * up[0]]
        )
        along = along / np.sqrt((along * along).sum(axis=0))
        pitch = self._pitch(time_s)
        return np.asarray(np.cos(pitch) * up + np.sin(pitch) * along)

    def _pitch(self, time_s: Array) -> Array:
        """Angle of the thrust from the vertical."""
        shape, at_burnout, at_end, at_last = self.programs.T
        begun = 0.0 if self.plan.pitch_over_at_s or not self.in_flight else _PITCH_AT_DROP_RAD
        lean, burnout = self._lean_times
        last = self.timeline[-1]
        end = last.start_s + last.duration_s
        in_air = np.clip((time_s - lean) / np.maximum(burnout - lean, 1.0), 0.0, 1.0) ** shape
        lower = np.clip((time_s - burnout) / np.maximum(self._last_begins_s - burnout, 1.0), 0.0, 1.0)
        upper = np.clip((time_s - self._last_begins_s) / np.maximum(end - self._last_begins_s, 1.0), 0.0, 1.0)
        middle = np.where(self._last_begins_s > burnout + 1.0, at_last, at_burnout)
        climb = begun + (at_burnout - begun) * in_air + (middle - at_burnout) * lower
        return np.asarray(climb + (at_end - middle) * upper)

    @cached_property
    def _last_begins_s(self) -> Array:
        """When the last stage lights, or the air ends if that is later."""
        _, burnout = self._lean_times
        number = self.plan.segments[-1].burn_number
        starts = [
            p.start_s for s, p in zip(self.plan.segments, self.timeline, strict=True)
            if s.burn_number == number and s.thrusts
        ]  # fmt: skip
        return np.asarray(np.maximum(starts[0], burnout))

    @cached_property
    def _lean_times(self) -> tuple[float, Array]:
        """When the pitch-over begins, and when the last burn in the air ends."""
        lean = 8.0
        burnout = np.asarray((self.timeline[-1].start_s + self.timeline[-1].duration_s) / 3)
        for segment, placed in zip(self.plan.segments, self.timeline, strict=True):
            if segment.steering == "vertical":
                lean = placed.start_s + placed.duration_s
            if segment.in_air:
                burnout = placed.start_s + placed.duration_s
        return lean, np.asarray(burnout)

    def _rates(self, index: int, elapsed: Array, state: Array) -> Array:
        placed = self.timeline[index]
        n = placed.numbers
        position: Vector = (state[0], state[1], state[2])
        velocity: Vector = (state[3], state[4], state[5])
        around = flow(position, velocity, self.environment)
        mass = placed.mass_kg(elapsed)
        thrusts = self.plan.segments[index].thrusts
        push = thrust_acceleration(placed, elapsed, mass, around.air.pressure_pa) if thrusts else 0.0
        direction = self._direction(placed.start_s + elapsed, state[:3])
        acceleration = ascent_acceleration(
            position,
            around,
            push,
            (direction[0], direction[1], direction[2]),
            drag_area_m2_per_kg=n.drag_area_m2 / mass,
            drag=self.drag,
            environment=self.environment,
        )
        return np.array([*velocity, *acceleration])

    def _sample(self, time_s: Array, state: Array, index: int) -> _Sample:
        position: Vector = (state[0], state[1], state[2])
        around = flow(position, (state[3], state[4], state[5]), self.environment)
        heat = np.asarray(heat_flux_w_m2(around.air.density_kg_m3, around.speed_m_s))
        return _Sample(time_s, state[:3], state[3:], self._direction(time_s, state[:3]), heat)

    def miss(self, history: list[_Sample], orbit: TerminalOrbit) -> Array:
        """How far each program ends from the target, and how deep it dips."""
        gm = self.environment.gm_m3_s2
        radius = np.sqrt((history[-1].position ** 2).sum(axis=0))
        r: Vector = tuple(history[-1].position)
        v: Vector = tuple(history[-1].velocity)
        speed = np.sqrt(dot(v, v))
        slope = np.asarray(dot(r, v)) / (radius * speed)
        perigee = orbit.perigee_radius_m
        wanted_speed = math.sqrt(gm * (2 / perigee - 1 / orbit.semi_major_axis_m))
        lowest = np.min([np.sqrt((h.position**2).sum(axis=0)) for h in history], axis=0) - np.linalg.norm(
            self.launch.position_m
        )
        buried = np.maximum(-lowest, 0.0) / 10e3
        return np.asarray(
            np.abs(radius - perigee) / 100e3
            + 5 * np.abs(slope)
            + np.abs(speed - wanted_speed) / 1000.0
            + buried
        )


def jettison_burn(plan: AscentPlan, guess: Guess, ceiling_w_m2: float) -> int:
    """The burn in which a guess first stays below the heat-flux ceiling."""
    hot = np.nonzero(guess.heat_flux_w_m2 > ceiling_w_m2)[0]
    cool_s = guess.time_s[hot[-1]] if hot.size else 0.0
    for segment, placed in zip(plan.segments, guess.timeline, strict=True):
        if (
            segment.thrusts
            and cool_s < placed.start_s + placed.duration_s - 10.0
            and segment.steering == "free"
        ):
            return segment.burn_number
    return len(plan.burns) - 1
