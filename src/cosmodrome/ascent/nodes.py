"""The small functions that the program of an ascent is made of, derived once per Earth and drag table."""

from dataclasses import astuple, dataclass, replace
from functools import lru_cache
from typing import Any, Literal

import casadi as ca
import numpy as np

from cosmodrome.ascent import terminal
from cosmodrome.ascent.collocation import DEGREE, NodeFunction, node_function, start_weights
from cosmodrome.ascent.dynamics import (
    Environment,
    Flow,
    Vector,
    ascent_acceleration,
    cross,
    dot,
    flow,
    thrust_acceleration,
)
from cosmodrome.ascent.phases import PITCH_OVER_S
from cosmodrome.ascent.schedule import NUMBERS_PER_SEGMENT, Scheduled, SegmentNumbers
from cosmodrome.ascent.steering import pad_axes, pitch_over_direction
from cosmodrome.physics.aerodynamics import DragTable, dynamic_pressure_pa
from cosmodrome.physics.atmosphere import spline_kilometers
from cosmodrome.physics.ballistics import vacuum_impact
from cosmodrome.physics.spline import Expansion

Kind = Literal["free", "limited", "guided", "coast"]

# parameters of one segment after its numbers: mass units of this and the next segment, start, propellant,
# and duration and time burned before, in the unit of time, where they are not variables
SEGMENT_PARAMETERS = NUMBERS_PER_SEGMENT + 6
# of the whole ascent: sine and cosine of the pad's latitude, start of the pitch-over, limits on dynamic
# pressure and q alpha, logarithm of the limit on heat flux
SHARED_PARAMETERS = 6
# of a zone on the ground: two rows that make its ellipse a unit circle, its center in them, and the radius
# of the ground
ZONE_PARAMETERS = 9
LEAST_KICK = 0.005  # gives the launch azimuth a meaning where its sector binds
_TABLES_COUNT = 12  # point, value, slope and curvature of density, pressure and drag coefficient


@dataclass(frozen=True, slots=True)
class Form:
    """Which function stands at the nodes of a segment, and which of its quantities are variables."""

    kind: Kind
    opened: bool = False  # its duration is a variable
    ramps: bool = False  # the time burned before it is a variable
    throttles: bool = False  # its throttle is a variable
    holds_pressure: bool = False
    holds_q_alpha: bool = False
    holds_heat: bool = False
    holds_altitude: bool = True  # held heat keeps the flight high enough

    @property
    def steered(self) -> bool:
        """Whether the thrust direction is a control."""
        return self.kind in ("free", "limited")


@dataclass(frozen=True, slots=True)
class Scale:
    """Units in which the program is solved: mu is 1 and the equatorial radius is 1."""

    length_m: float
    speed_m_s: float

    @property
    def time_s(self) -> float:
        """Unit of time [s]."""
        return self.length_m / self.speed_m_s


def scale_of(environment: Environment) -> Scale:
    """Natural units of an Earth."""
    radius = environment.equatorial_radius_m
    return Scale(radius, float(np.sqrt(environment.gm_m3_s2 / radius)))


def triple(column: Any, first: int) -> Vector:
    """Three entries of a column as a vector."""
    return column[first], column[first + 1], column[first + 2]


@dataclass(frozen=True, slots=True)
class _Tables:
    """Symbols that stand for the air and drag tables while derivatives are taken, and their values.

    The tables have many terms. Derivatives are taken with these numbers held, through the parabola that
    touches the table at the node, which has the table's own first and second derivatives; then the
    numbers are put in. That shortens the derivatives severalfold and changes nothing in them.
    """

    symbols: Any
    values: Any
    environment: Environment
    drag: DragTable


def _tables(environment: Environment, drag: DragTable, scale: Scale, x: Any) -> _Tables:
    around = flow(triple(x * scale.length_m, 0), triple(x * scale.speed_m_s, 3), environment, ca)
    kilometers = spline_kilometers(around.altitude_m, ca)
    mach = drag.inside(around.speed_m_s / around.air.speed_of_sound_m_s, ca)
    expansions = (
        environment.atmosphere.log_density.expansion(kilometers, ca),
        environment.atmosphere.log_pressure.expansion(kilometers, ca),
        drag.spline.expansion(mach, ca),
    )
    symbols = ca.SX.sym("tables", _TABLES_COUNT)
    density, pressure, coefficient = (Expansion(*(symbols[4 * k + i] for i in range(4))) for k in range(3))
    air = replace(environment.atmosphere, log_density=density, log_pressure=pressure)
    return _Tables(
        symbols,
        ca.vertcat(*(part for e in expansions for part in astuple(e))),
        replace(environment, atmosphere=air),
        replace(drag, spline=coefficient),
    )


@dataclass(frozen=True, slots=True)
class _Local:
    """Variables and parameters of one place, by name."""

    x: Any
    u: Any
    kick: Any
    duration: Any  # in the unit of time
    mass: Any  # when the segment begins, in the segment's unit of mass
    burned: Any  # since the burn began, in the unit of time
    throttle: Any
    own: Any  # the segment's own variables
    segment: Any
    shared: Any

    @property
    def z(self) -> Any:
        """All variables: state, control or pitch-over, the segment's own."""
        return ca.vertcat(self.x, self.u, self.kick, self.own)


def _local(form: Form) -> _Local:
    x = ca.SX.sym("x", 6)
    u = ca.SX.sym("u", 3 if form.steered else 0)
    kick = ca.SX.sym("kick", 2 if form.kind == "guided" else 0)
    mass = ca.SX.sym("mass")
    segment = ca.SX.sym("segment", SEGMENT_PARAMETERS)
    shared = ca.SX.sym("shared", SHARED_PARAMETERS)
    duration, burned = segment[NUMBERS_PER_SEGMENT + 4], segment[NUMBERS_PER_SEGMENT + 5]
    throttle = ca.SX(1.0)
    own = [mass]
    if form.opened:
        duration = ca.SX.sym("duration")
        own.append(duration)
    if form.ramps:
        burned = ca.SX.sym("burned")
        own.append(burned)
    if form.throttles:
        throttle = ca.SX.sym("throttle")
        own.append(throttle)
    return _Local(x, u, kick, duration, mass, burned, throttle, ca.vertcat(*own), segment, shared)


def _placed(local: _Local, scale: Scale, throttled: bool) -> Scheduled:
    """The segment as the schedule describes it."""
    numbers = SegmentNumbers(*(local.segment[k] for k in range(NUMBERS_PER_SEGMENT)))
    return Scheduled(
        0.0,
        local.duration * scale.time_s,
        local.mass * local.segment[NUMBERS_PER_SEGMENT],
        local.burned * scale.time_s,
        numbers,
        throttled,
        local.throttle,
    )


@lru_cache(maxsize=64)
def node(environment: Environment, drag: DragTable, form: Form) -> NodeFunction:
    """What holds at a collocation point: slopes less the equations of motion, and path quantities.

    Constants are the share of the segment flown and the width of the interval. Outputs are six slopes,
    the altitude where it is held, the length of the control where there is one, then the quantities
    under a limit, over it: dynamic pressure, (q alpha)^2, and the logarithm of heat flux.
    """
    scale = scale_of(environment)
    local = _local(form)
    constants = ca.SX.sym("constants", 2)
    tables = _tables(environment, drag, scale, local.x)
    placed = _placed(local, scale, form.kind == "limited")
    elapsed = placed.duration_s * constants[0]
    direction = _direction(form.kind, local, elapsed, environment)
    position, velocity = triple(local.x * scale.length_m, 0), triple(local.x * scale.speed_m_s, 3)
    around = flow(position, velocity, tables.environment, ca)
    mass = placed.start_mass_kg if form.kind == "coast" else placed.mass_kg(elapsed, ca)
    push = 0.0
    if form.kind != "coast":
        push = thrust_acceleration(placed, elapsed, mass, around.air.pressure_pa)
    acceleration = ascent_acceleration(
        position, around, push, direction, drag_area_m2_per_kg=placed.numbers.drag_area_m2 / mass,
        drag=tables.drag, environment=tables.environment, xp=ca,
    )  # fmt: skip
    unit = scale.length_m / scale.speed_m_s**2
    step = local.duration * constants[1]
    outputs = [-step * ca.vertcat(local.x[3:], *(unit * a for a in acceleration))]
    if form.holds_altitude:
        outputs.append(around.altitude_m / scale.length_m)
    if form.steered:
        outputs.append(ca.sumsqr(local.u))
    outputs += _limited(around, direction, local.shared, form)
    return node_function(
        local.z, ca.vertcat(local.segment, local.shared), constants, ca.vertcat(*outputs),
        held=tables.symbols, held_values=tables.values,
    )  # fmt: skip


def _direction(kind: Kind, local: _Local, elapsed_s: Any, environment: Environment) -> Vector:
    """Thrust direction: a control, or what the steering rule says."""
    if kind == "coast":
        return 1.0, 0.0, 0.0
    if kind != "guided":
        return triple(local.u, 0)
    time_s = local.segment[NUMBERS_PER_SEGMENT + 2] + elapsed_s
    rate = environment.rotation_rate_rad_s
    axes = pad_axes(time_s, local.shared[0], local.shared[1], rate, ca)
    fraction = ca.fmax(time_s - local.shared[2], 0.0) / PITCH_OVER_S
    return pitch_over_direction(axes, local.kick[0], local.kick[1], fraction, ca)


def _limited(around: Flow, direction: Vector, shared: Any, form: Form) -> list[Any]:
    """Quantities under a limit, over it: q, (q alpha)^2, and ln of the heat flux.

    The angle is c + c^3 / 24 with the chord c = 2 sin(alpha / 2): smooth at zero, right to 0.1 % up to
    45 deg, and growing up to 180 deg.
    """
    density = around.air.density_kg_m3
    quantities = []
    pressure = 1e-3 * dynamic_pressure_pa(density, around.speed_m_s)
    if form.holds_pressure:
        quantities.append(pressure / shared[3])
    if form.holds_q_alpha:
        along = dot(direction, around.relative_velocity_m_s) / around.speed_m_s
        chord_squared = dot(direction, direction) + 1 - 2 * along
        angle_squared = chord_squared * (1 + chord_squared / 24) ** 2
        quantities.append(pressure * pressure * angle_squared / shared[4] ** 2)
    if form.holds_heat:
        quantities.append(around.air.log_density + 3 * ca.log(around.speed_m_s) - np.log(2.0) - shared[5])
    return quantities


@lru_cache(maxsize=16)
def interval_start(environment: Environment, drag: DragTable, form: Form) -> NodeFunction:
    """Quantities under a limit where an interval begins, from its first state and its controls."""
    scale = scale_of(environment)
    x = ca.SX.sym("x", 6)
    controls = ca.SX.sym("u", 3, DEGREE if form.holds_q_alpha else 0)
    shared = ca.SX.sym("shared", SHARED_PARAMETERS)
    tables = _tables(environment, drag, scale, x)
    position, velocity = triple(x * scale.length_m, 0), triple(x * scale.speed_m_s, 3)
    around = flow(position, velocity, tables.environment, ca)
    direction: Vector = (1.0, 0.0, 0.0)
    if form.holds_q_alpha:
        begun = controls @ start_weights()
        direction = triple(begun / ca.norm_2(begun), 0)
    outputs = ca.vertcat(*_limited(around, direction, shared, form))
    return node_function(
        ca.vertcat(x, ca.vec(controls)), shared, ca.SX(0, 1), outputs,
        held=tables.symbols, held_values=tables.values,
    )  # fmt: skip


@lru_cache(maxsize=64)
def link(form: Form, reaches_limit: bool, time_s: float) -> NodeFunction:
    """From one segment to the next: mass, share of the burn's propellant used, and the limit if reached.

    Variables are the segment's own and the next segment's mass.
    """
    local = _local(form)
    following = ca.SX.sym("next")
    placed = _placed(local, Scale(time_s, 1.0), form.kind == "limited")
    next_unit, propellant = local.segment[NUMBERS_PER_SEGMENT + 1], local.segment[NUMBERS_PER_SEGMENT + 3]
    end = placed.start_mass_kg if form.kind == "coast" else placed.mass_kg(placed.duration_s, ca)
    outputs = [
        (end - placed.numbers.drop_after_kg) / next_unit - following,
        (placed.start_mass_kg - end) / propellant,
    ]
    if reaches_limit:
        outputs.append(
            placed.thrust_vacuum_n(placed.duration_s) / (placed.numbers.acceleration_limit_m_s2 * end) - 1
        )
    return node_function(ca.vertcat(local.own, following), local.segment, ca.SX(0, 1), ca.vertcat(*outputs))


@lru_cache(maxsize=1)
def liftoff() -> NodeFunction:
    """The first mass is the vehicle's and the payload's; parameters are both units and the vehicle's mass."""
    z, p = ca.SX.sym("z", 2), ca.SX.sym("p", 3)
    return node_function(z, p, ca.SX(0, 1), (p[2] + z[0] * p[0]) / p[1] - z[1])


@lru_cache(maxsize=1)
def reserve() -> NodeFunction:
    """Share of the last burn's propellant that must be left, in proportion to the final mass."""
    z, p = ca.SX.sym("z", 1), ca.SX.sym("p", 3)  # fraction, unit of mass, propellant
    return node_function(z, p, ca.SX(0, 1), p[0] * p[1] * z[0] / p[2])


@lru_cache(maxsize=16)
def orbit_at_cutoff(kind: terminal.TerminalKind) -> NodeFunction:
    """The terminal conditions."""
    x, p = ca.SX.sym("x", 6), ca.SX.sym("p", terminal.PARAMETER_COUNT)
    r, v = triple(x, 0), triple(x, 3)
    residuals = terminal.terminal_residuals(kind, r, v, p, ca)
    signs = terminal.terminal_signs(kind, r, v, p, ca)
    return node_function(x, p, ca.SX(0, 1), ca.vertcat(*residuals, *signs))


@lru_cache(maxsize=1)
def azimuth_sector() -> NodeFunction:
    """The pitch-over leans inside the permitted sector: clockwise of its first edge, short of its last."""
    kick, p = ca.SX.sym("kick", 2), ca.SX.sym("p", 4)  # sine and cosine of the first and the last edge
    inward = kick[0] * (p[0] + p[2]) + kick[1] * (p[1] + p[3])
    return node_function(
        kick, p, ca.SX(0, 1),
        ca.vertcat(kick[0] * p[1] - kick[1] * p[0], kick[1] * p[2] - kick[0] * p[3], inward / LEAST_KICK),
    )  # fmt: skip


@lru_cache(maxsize=8)
def heading_sector(environment: Environment) -> NodeFunction:
    """The flight over ground heads inside the permitted sector; in units of circular speed."""
    x, p = ca.SX.sym("x", 6), ca.SX.sym("p", 4)
    scale = scale_of(environment)
    around = flow(triple(x * scale.length_m, 0), triple(x * scale.speed_m_s, 3), environment, ca)
    up = triple(x / ca.norm_2(x[:3]), 0)
    across = ca.sqrt(x[0] * x[0] + x[1] * x[1])
    east: Vector = (-x[1] / across, x[0] / across, 0.0)
    north = cross(up, east)
    eastward = dot(around.relative_velocity_m_s, east) / scale.speed_m_s
    northward = dot(around.relative_velocity_m_s, north) / scale.speed_m_s
    return node_function(
        x, p, ca.SX(0, 1),
        ca.vertcat(eastward * p[1] - northward * p[0], northward * p[2] - eastward * p[3]),
    )  # fmt: skip


@lru_cache(maxsize=16)
def zone_reach(environment: Environment, segments_count: int) -> NodeFunction:
    """How far from a zone's center a body meets the ground without air: sqrt(1 + x^2 + y^2).

    With x and y in the half-axes of the zone's ellipse: below sqrt(2) inside. Variables are the state in
    which the body is dropped and the durations of all segments before, parameters those of a `HeldZone`.
    """
    x, durations = ca.SX.sym("x", 6), ca.SX.sym("durations", segments_count)
    p: Any = ca.SX.sym("p", ZONE_PARAMETERS)
    rate = environment.rotation_rate_rad_s * scale_of(environment).time_s
    radius: Any = p[8]
    (first, second, third), _ = vacuum_impact(triple(x, 0), triple(x, 3), 1.0, radius, rate, ca)
    turn = rate * ca.sum1(durations)
    cosine, sine = ca.cos(turn), ca.sin(turn)
    fixed = (cosine * first + sine * second, cosine * second - sine * first, third)
    along, across = dot(fixed, triple(p, 0)) - p[6], dot(fixed, triple(p, 3)) - p[7]
    reach = ca.sqrt(1.0 + along * along + across * across)
    return node_function(ca.vertcat(x, durations), p, ca.SX(0, 1), reach)
