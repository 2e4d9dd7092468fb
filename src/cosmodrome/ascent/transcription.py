"""The ascent as a sparse nonlinear program: Radau collocation of segments, compiled once per structure.

Masses, thrusts, orbit and site are parameters, so one compiled problem serves every vehicle, orbit and
site that share its structure.
"""

import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from typing import Any, Literal

import casadi as ca
import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent import terminal
from cosmodrome.ascent.dynamics import (
    Environment,
)
from cosmodrome.ascent.nodes import Scale, node_rates, scale_of, table_expansion, triple
from cosmodrome.ascent.phases import SegmentShape
from cosmodrome.ascent.schedule import NUMBERS_PER_SEGMENT, Scheduled, SegmentNumbers, schedule
from cosmodrome.ascent.steering import pad_axes, pitch_over_direction
from cosmodrome.physics.aerodynamics import DragTable

Objective = Literal["payload", "final-mass"]

DEGREE = 6  # Radau points per interval
LEAST_DURATION_S = 0.2  # of an open segment
IN_HAND = 0.99  # of a limit at the points, so that it holds between them
LEAST_KICK = 0.005  # gives the launch azimuth a meaning where its sector binds
LARGEST_KICK = 0.7  # tangent of the pitch-over angle
SITE_COUNT = 8  # pad position and velocity, sine and cosine of the geodetic latitude
LIMIT_COUNT = 7  # dynamic pressure, q alpha, ln heat flux, and the azimuth sector's edges


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything that shapes the program; the rest are its parameters."""

    segments: tuple[SegmentShape, ...]
    terminal: terminal.TerminalKind
    environment: Environment
    drag: DragTable
    objective: Objective
    limits_dynamic_pressure: bool
    limits_q_alpha: bool
    limits_heat_flux: bool
    limits_azimuth: bool


@dataclass(frozen=True, slots=True)
class Node:
    """Where a collocation point's state and control stand in the vector of variables."""

    segment: int
    interval: int
    point: int
    state: int
    control: int  # -1 where the steering rule gives the direction


@dataclass(frozen=True, slots=True)
class CompiledAscent:
    """The compiled program with what is needed to fill it and to read it."""

    structure: Structure
    scale: Scale
    solver: Any
    variables_count: int
    open_count: int
    throttle_count: int
    nodes: tuple[Node, ...]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    constraint_lower: NDArray[np.float64]
    constraint_upper: NDArray[np.float64]
    build_s: float


@lru_cache(maxsize=1)
def radau_points() -> NDArray[np.float64]:
    """Collocation points on [0, 1], the right end included, preceded by 0."""
    return np.array([0.0, *ca.collocation_points(DEGREE, "radau")])


@lru_cache(maxsize=1)
def radau_derivative() -> NDArray[np.float64]:
    """Derivative of the interpolant at the collocation points, per unit of the interval.

    Column j holds the weights of the start and the points for the slope at point j + 1.
    """
    points = radau_points()
    weights = np.zeros((DEGREE + 1, DEGREE))
    for j in range(DEGREE + 1):
        basis = np.poly1d([1.0])
        for k in range(DEGREE + 1):
            if k != j:
                basis *= np.poly1d([1.0, -points[k]]) / (points[j] - points[k])
        weights[j] = basis.deriv()(points[1:])
    return weights


@lru_cache(maxsize=1)
def start_weights() -> NDArray[np.float64]:
    """Weights that carry the polynomial through the points on to the start of the interval."""
    points = radau_points()[1:]
    return np.linalg.solve(np.vander(points, increasing=True).T, np.eye(DEGREE)[0])


@dataclass(slots=True)
class _Program:
    """The variables, constraints and bounds while they are being laid down."""

    variables: list[Any] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    constraints: list[Any] = field(default_factory=list)
    constraint_lower: list[float] = field(default_factory=list)
    constraint_upper: list[float] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    tables: list[Any] = field(default_factory=list)
    table_values: list[Any] = field(default_factory=list)
    count: int = 0

    def add_tables(self, values: Any) -> Any:
        """Symbols that stand for table values while derivatives are taken; see `table_expansion`."""
        symbols = ca.SX.sym("tables", values.numel())
        self.tables.append(symbols)
        self.table_values.append(values)
        return symbols

    def add_variable(self, symbol: Any, lower: float, upper: float) -> Any:
        size = symbol.numel()
        self.variables.append(symbol)
        self.lower += [lower] * size
        self.upper += [upper] * size
        self.count += size
        return symbol

    def require(self, expression: Any, lower: float, upper: float) -> None:
        size = expression.numel() if hasattr(expression, "numel") else 1
        self.constraints.append(expression)
        self.constraint_lower += [lower] * size
        self.constraint_upper += [upper] * size


@dataclass(frozen=True, slots=True)
class _Parameters:
    """The parameter vector, by name."""

    vector: Any
    mass_scale: Any
    liftoff_mass_kg: Any
    site: Any
    limits: Any
    terminal: Any
    numbers: list[SegmentNumbers]


def _parameters(structure: Structure) -> _Parameters:
    mass_scale, liftoff_mass = ca.SX.sym("mass_scale"), ca.SX.sym("liftoff_mass")
    site = ca.SX.sym("site", SITE_COUNT)
    limits = ca.SX.sym("limits", LIMIT_COUNT)
    orbit = ca.SX.sym("terminal", terminal.PARAMETER_COUNT)
    rows = [ca.SX.sym(f"segment{i}", NUMBERS_PER_SEGMENT) for i in range(len(structure.segments))]
    numbers = [SegmentNumbers(*(row[k] for k in range(NUMBERS_PER_SEGMENT))) for row in rows]
    vector = ca.vertcat(mass_scale, liftoff_mass, site, limits, orbit, *rows)
    return _Parameters(vector, mass_scale, liftoff_mass, site, limits, orbit, numbers)


@lru_cache(maxsize=24)
def compile_ascent(structure: Structure) -> CompiledAscent:
    """Build the program of a structure and hand it to IPOPT."""
    started = time.perf_counter()
    scale = scale_of(structure.environment)
    p = _parameters(structure)
    program = _Program()
    payload = program.add_variable(ca.SX.sym("payload"), -np.inf, np.inf)
    kick = program.add_variable(ca.SX.sym("kick", 2), -LARGEST_KICK, LARGEST_KICK)
    open_count = sum(s.length in ("open", "final", "final-limited") for s in structure.segments)
    opened = [program.add_variable(ca.SX.sym(f"open{i}"), 0.0, np.inf) for i in range(open_count)]
    throttle_count = sum(s.throttled_down for s in structure.segments)
    throttles = [program.add_variable(ca.SX.sym(f"throttle{i}"), 0.0, 1.0) for i in range(throttle_count)]
    timeline = schedule(
        structure.segments,
        p.numbers,
        p.liftoff_mass_kg + payload * p.mass_scale,
        [scale.time_s * duration for duration in opened],
        throttles,
        ca,
    )
    last = _collocate(program, structure, p, timeline, kick, scale)
    _require_schedule(program, structure, timeline, p)
    _require_azimuth(program, structure, p, kick)
    for residual in terminal.terminal_residuals(
        structure.terminal, triple(last, 0), triple(last, 3), p.terminal, ca
    ):
        program.require(residual, 0.0, 0.0)
    final_mass = timeline[-1].end_mass_kg / p.mass_scale
    objective = -payload if structure.objective == "payload" else -final_mass
    return CompiledAscent(
        structure,
        scale,
        _solver(program, objective, p.vector),
        program.count,
        open_count,
        throttle_count,
        tuple(program.nodes),
        np.array(program.lower),
        np.array(program.upper),
        np.array(program.constraint_lower),
        np.array(program.constraint_upper),
        time.perf_counter() - started,
    )


def _solver(program: _Program, objective: Any, parameters: Any) -> Any:
    """IPOPT on the program, with derivatives taken through the tables' expansions."""
    x, g = ca.vertcat(*program.variables), ca.vertcat(*program.constraints)
    tables = ca.vertcat(*program.tables)
    lam_f, lam_g = ca.SX.sym("lam_f"), ca.SX.sym("lam_g", g.numel())
    jacobian = ca.jacobian(g, x)
    hessian = ca.triu(ca.hessian(lam_f * objective + ca.dot(lam_g, g), x)[0])
    held = ca.Function("held", [x, parameters, tables, lam_f, lam_g], [g, jacobian, hessian])
    values = ca.Function("values", [x, parameters], [ca.vertcat(*program.table_values)])
    g_full, jacobian_full, hessian_full = held(x, parameters, values(x, parameters), lam_f, lam_g)
    options = _ipopt_options()
    options["grad_f"] = ca.Function("grad_f", [x, parameters], [objective, ca.gradient(objective, x)])
    options["jac_g"] = ca.Function("jac_g", [x, parameters], [g_full, jacobian_full])
    options["hess_lag"] = ca.Function("hess_lag", [x, parameters, lam_f, lam_g], [hessian_full])
    nlp = {"x": x, "p": parameters, "f": objective, "g": g_full}
    return ca.nlpsol("ascent", "ipopt", nlp, options)


def _ipopt_options() -> dict[str, Any]:
    return {
        "print_time": False,
        "calc_lam_p": False,
        "no_nlp_grad": True,
        "error_on_fail": False,
        "ipopt.print_level": 0,
        "ipopt.sb": "yes",
        "ipopt.tol": 1e-9,
        "ipopt.acceptable_tol": 1e-7,
        "ipopt.max_iter": 400,
        "ipopt.mu_strategy": "adaptive",
        "ipopt.linear_solver": "mumps",
    }


def _collocate(
    program: _Program,
    structure: Structure,
    p: _Parameters,
    timeline: list[Scheduled],
    kick: Any,
    scale: Scale,
) -> Any:
    """Lay down every interval of every segment; the state at the end."""
    environment, drag = structure.environment, structure.drag
    expansion = table_expansion(environment, drag, scale)
    rates = {throttled: node_rates(environment, drag, scale, throttled) for throttled in (False, True)}
    state = p.site[:6]
    points, weights, at_start = radau_points(), radau_derivative(), start_weights()
    for index, (segment, placed) in enumerate(zip(structure.segments, timeline, strict=True)):
        step = placed.duration_s / segment.intervals
        for interval in range(segment.intervals):
            states = ca.SX.sym("x", 6, DEGREE)
            slopes = ca.horzcat(state, states) @ weights
            controls: list[Any] = []
            for j in range(DEGREE):
                elapsed = step * (interval + points[j + 1])
                node = Node(index, interval, j, program.count, -1)
                x = program.add_variable(states[:, j], -5.0, 5.0)
                direction, node = _direction(program, segment, placed, elapsed, p, kick, structure, node)
                tables = program.add_tables(expansion(x))
                controls.append(direction)
                derivative, air = rates[placed.throttled](
                    x, direction, placed.mass_kg(elapsed, ca), ca.vertcat(*astuple(placed.numbers)), tables
                )
                program.require(slopes[:, j] - step / scale.time_s * derivative, 0.0, 0.0)
                program.require(air[0], 0.0, np.inf)  # above ground
                _require_limits(program, structure, segment, air, p)
                program.nodes.append(node)
            if segment.after_fairing or (segment.in_air and segment.steering == "free"):
                begun = ca.horzcat(*controls) @ at_start
                begun = begun / ca.norm_2(begun)
                tables = program.add_tables(expansion(state))
                mass = placed.mass_kg(step * interval, ca)
                numbers = ca.vertcat(*astuple(placed.numbers))
                _, air = rates[placed.throttled](state, begun, mass, numbers, tables)
                _require_limits(program, structure, segment, air, p)
            state = states[:, DEGREE - 1]
    return state


def _direction(
    program: _Program, segment: SegmentShape, placed: Scheduled, elapsed: Any, p: _Parameters, kick: Any,
    structure: Structure, node: Node,
) -> tuple[Any, Node]:  # fmt: skip
    """Thrust direction at a node: a control, or what the steering rule says."""
    if segment.steering == "free":
        at = program.count
        u = program.add_variable(ca.SX.sym("u", 3), -1.1, 1.1)
        program.require(ca.sumsqr(u), 1.0, 1.0)
        return u, Node(node.segment, node.interval, node.point, node.state, at)
    if segment.steering == "coast":
        return ca.DM([1.0, 0.0, 0.0]), node
    rate = structure.environment.rotation_rate_rad_s
    axes = pad_axes(placed.start_s + elapsed, p.site[6], p.site[7], rate, ca)
    fraction = elapsed / placed.duration_s if segment.steering == "pitch-over" else 0.0
    return ca.vertcat(*pitch_over_direction(axes, kick[0], kick[1], fraction, ca)), node


def _require_limits(
    program: _Program, structure: Structure, segment: SegmentShape, air: Any, p: _Parameters
) -> None:
    """Limits on what the air does to the vehicle, at one place."""
    if segment.in_air and structure.limits_dynamic_pressure:
        program.require(air[1] / p.limits[0], -np.inf, IN_HAND)
    if segment.in_air and structure.limits_q_alpha and segment.steering == "free":
        program.require(air[2] / p.limits[1] ** 2, -np.inf, IN_HAND**2)
    if segment.after_fairing and structure.limits_heat_flux:
        program.require(air[3] - p.limits[2], -np.inf, 0.0)


def _require_schedule(
    program: _Program, structure: Structure, timeline: list[Scheduled], p: _Parameters
) -> None:
    """No segment that follows from the others may run backward, and no stage burn what it lacks."""
    opened_burns = {s.burn_number for s in structure.segments if s.length == "open"}
    for segment, placed in zip(structure.segments, timeline, strict=True):
        if segment.length in ("final", "final-limited"):
            program.require(placed.propellant_left_kg / p.mass_scale, 0.0, np.inf)
        elif segment.length in ("rest", "to-limit") and segment.burn_number in opened_burns:
            program.require(placed.duration_s / LEAST_DURATION_S, 1.0, np.inf)


def _require_azimuth(program: _Program, structure: Structure, p: _Parameters, kick: Any) -> None:
    """The pitch-over leans inside the permitted sector: clockwise of its first edge, short of its last."""
    if not structure.limits_azimuth:
        return
    sine_first, cosine_first, sine_last, cosine_last = (p.limits[i] for i in range(3, 7))
    program.require(kick[0] * cosine_first - kick[1] * sine_first, 0.0, np.inf)
    program.require(kick[1] * sine_last - kick[0] * cosine_last, 0.0, np.inf)
    inward = kick[0] * (sine_first + sine_last) + kick[1] * (cosine_first + cosine_last)
    program.require(inward / LEAST_KICK, 1.0, np.inf)


def parameter_vector(
    masses_kg: tuple[float, float],
    site: Sequence[float],
    limits: Sequence[float],
    terminal_numbers: Sequence[float],
    rows: Sequence[Sequence[float]],
) -> NDArray[np.float64]:
    """The parameters in the order in which the program takes them; masses: its unit, and at lift-off."""
    return np.concatenate((masses_kg, site, limits, terminal_numbers, *rows))
