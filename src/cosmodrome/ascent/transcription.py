"""The ascent as a sparse nonlinear program: Radau collocation of segments, compiled once per structure.

Masses, thrusts, orbit and site are parameters, so one compiled problem serves every vehicle, orbit and
site that share its structure.
"""

import time
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from cosmodrome.ascent import nodes
from cosmodrome.ascent.collocation import DEGREE, Indices, Program, radau_points
from cosmodrome.ascent.dynamics import Environment
from cosmodrome.ascent.nodes import (
    SEGMENT_PARAMETERS,
    SHARED_PARAMETERS,
    ZONE_PARAMETERS,
    Scale,
    scale_of,
)
from cosmodrome.ascent.nonlinear_program import CompiledProgram, compile_program
from cosmodrome.ascent.terminal import PARAMETER_COUNT, TerminalKind
from cosmodrome.physics.aerodynamics import DragTable

if TYPE_CHECKING:
    from cosmodrome.ascent.footprint import ZoneKind

Objective = Literal["payload", "final-mass"]

IN_HAND = 0.985  # of a limit at the points, so that it holds between them
LARGEST_KICK = 0.7  # tangent of the pitch-over angle
SPARED_WEIGHT = 0.01  # of propellant left over beside payload: what lifts nothing is not burned in vain
_RATES = 6

# the parameter vector: masses of the vehicle, limits, azimuth sector, orbit, then one row per segment
# and one per held zone
LIFTOFF_AT = np.arange(3)  # unit of payload, unit of the first mass, mass at lift-off without payload
RESERVE_AT = np.arange(3, 6)  # fraction left over, unit of the final mass, propellant of the last burn
SHARED_AT = np.arange(6, 6 + SHARED_PARAMETERS)
AZIMUTH_AT = SHARED_AT[-1] + 1 + np.arange(4)
TERMINAL_AT = AZIMUTH_AT[-1] + 1 + np.arange(PARAMETER_COUNT)
SEGMENTS_AT = int(TERMINAL_AT[-1]) + 1


@dataclass(frozen=True, slots=True)
class SegmentShape:
    """What of a segment shapes the program; its numbers are parameters."""

    form: nodes.Form
    burn_number: int
    reaches_limit: bool
    first_block: bool
    mesh: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Structure:
    """Everything that shapes the program; the rest are its parameters."""

    segments: tuple[SegmentShape, ...]
    terminal: TerminalKind
    environment: Environment
    drag: DragTable
    objective: Objective
    limits_azimuth: bool
    zones: "tuple[tuple[int, ZoneKind], ...]" = ()  # held, and the segment at whose end the body is dropped


@dataclass(frozen=True, slots=True)
class SegmentVariables:
    """Where the variables of a segment stand."""

    duration: int
    mass: int
    burned: int
    throttle: int
    states: Indices  # (intervals, DEGREE, 6)
    controls: Indices  # (intervals, DEGREE, 3); empty where the steering rule gives the direction


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the variables and some rows of the program stand."""

    payload: int
    kick: Indices
    first_state: Indices
    segments: tuple[SegmentVariables, ...]
    final_mass: int
    burn_rows: Indices  # share of each burn's propellant that is used
    variables_count: int
    high_rows: list[int]  # altitudes after the first block of stages


@dataclass(frozen=True, slots=True)
class CompiledAscent:
    """The compiled program with what is needed to fill it and to read it."""

    structure: Structure
    scale: Scale
    program: CompiledProgram
    layout: Layout
    build_s: float


@lru_cache(maxsize=24)
def compile_ascent(structure: Structure) -> CompiledAscent:
    """Lay down the program of a structure and hand it to IPOPT."""
    started = time.perf_counter()
    program = Program()
    layout = _variables(program, structure)
    _collocate(program, structure, layout)
    _link(program, structure, layout)
    last = layout.segments[-1].states[-1, -1]
    conditions = [
        *program.add_rows(structure.terminal.equations_count, 0.0, 0.0),
        *program.add_rows(structure.terminal.signs_count, 0.0, np.inf),
    ]
    program.place(nodes.orbit_at_cutoff(structure.terminal), last, TERMINAL_AT, conditions)
    if structure.limits_azimuth:
        rows = [*program.add_rows(2, 0.0, np.inf), *program.add_rows(1, 1.0, np.inf)]
        program.place(nodes.azimuth_sector(), layout.kick, AZIMUTH_AT, rows)
        _hold_sector(program, structure, layout)
    _hold_zones(program, structure, layout)
    count = zones_at(len(structure.segments)) + len(structure.zones) * ZONE_PARAMETERS
    minimized = [(layout.final_mass, -1.0)]
    if structure.objective == "payload":
        minimized = [(layout.payload, -1.0), (layout.final_mass, -SPARED_WEIGHT)]
    compiled = compile_program(program, count, minimized)
    scale = scale_of(structure.environment)
    return CompiledAscent(structure, scale, compiled, layout, time.perf_counter() - started)


def _hold_sector(program: Program, structure: Structure, layout: Layout) -> None:
    """The flight heads inside the permitted sector until the first block of stages has burned out.

    Of a block that goes to orbit itself it does until the last burn.
    """
    last = structure.segments[-1].burn_number
    ends = [
        v.states[-1, -1]
        for shape, v in zip(structure.segments, layout.segments, strict=True)
        if shape.first_block and shape.form.steered and shape.burn_number != last
    ]
    if ends:
        rows = program.add_rows(2 * len(ends), 0.0, np.inf).reshape(-1, 2)
        sector = np.tile(AZIMUTH_AT, (len(ends), 1))
        program.place(nodes.heading_sector(structure.environment), np.array(ends), sector, rows)


def zones_at(segments_count: int) -> int:
    """Where the parameters of the held zones begin."""
    return SEGMENTS_AT + segments_count * SEGMENT_PARAMETERS


def _hold_zones(program: Program, structure: Structure, layout: Layout) -> None:
    """Bodies dropped fall inside the declared zones and outside the protected areas that are held."""
    at = zones_at(len(structure.segments))
    edge = float(np.sqrt(2.0))
    for number, (index, kind) in enumerate(structure.zones):
        bounds = (0.0, edge) if kind == "declared drop zone" else (edge, np.inf)
        before = layout.segments[: index + 1]
        program.place(
            nodes.zone_reach(structure.environment, len(before)),
            [*before[-1].states[-1, -1], *(v.duration for v in before)],
            at + number * ZONE_PARAMETERS + np.arange(ZONE_PARAMETERS),
            program.add_rows(1, *bounds),
        )


def _variables(program: Program, structure: Structure) -> Layout:
    """Every variable of the program, in order of flight, and the rows of the burns."""
    payload = int(program.add_variables(1)[0])
    kick = program.add_variables(2, -LARGEST_KICK, LARGEST_KICK)
    first_state = program.add_variables(6)
    segments = []
    for shape in structure.segments:
        duration, mass, burned, throttle = program.add_variables(4, 0.0)
        count, width = len(shape.mesh), 9 if shape.form.steered else 6
        block = program.add_variables(count * DEGREE * width, -5.0, 5.0).reshape(count, DEGREE, width)
        segments.append(SegmentVariables(duration, mass, burned, throttle, block[..., :6], block[..., 6:]))
    final_mass = int(program.add_variables(1, 0.0)[0])
    burns = 1 + max(shape.burn_number for shape in structure.segments)
    return Layout(
        payload, kick, first_state, tuple(segments), final_mass, program.add_rows(burns, 1.0, 1.0),
        len(program.lower), [],
    )  # fmt: skip


def _segment_row(index: int) -> Indices:
    """Where the parameters of a segment stand."""
    return SEGMENTS_AT + index * SEGMENT_PARAMETERS + np.arange(SEGMENT_PARAMETERS)


def own_variables(form: nodes.Form, v: SegmentVariables) -> list[int]:
    """A segment's own variables, as its node functions take them."""
    chosen = ((True, v.mass), (form.opened, v.duration), (form.ramps, v.burned), (form.throttles, v.throttle))
    return [at for is_variable, at in chosen if is_variable]


def _collocate(program: Program, structure: Structure, layout: Layout) -> None:
    """The equations of motion and the path limits in every interval."""
    start = layout.first_state
    for index, (shape, v) in enumerate(zip(structure.segments, layout.segments, strict=True)):
        form = shape.form
        own = own_variables(form, v)
        inputs, rows, constants, starts = [], [], [], []
        begun = 0.0
        for interval, width in enumerate(shape.mesh):
            states, controls = v.states[interval], v.controls[interval]
            starts.append([*start, *(controls.ravel() if form.holds_q_alpha else ())])
            slopes = program.add_rows(DEGREE * _RATES, 0.0, 0.0).reshape(DEGREE, _RATES)
            program.add_interval(np.vstack((start, states)), slopes)
            paths = _path_rows(program, form)
            if form.holds_altitude and not shape.first_block:
                layout.high_rows.extend(paths[:, 0].tolist())
            for j in range(DEGREE):
                steering = layout.kick if form.kind == "guided" else controls[j]
                inputs.append([*states[j], *steering, *own])
                rows.append([*slopes[j], *paths[j]])
                constants.append([begun + width * radau_points()[j + 1], width])
            begun += width
            start = states[-1]
        function = nodes.node(structure.environment, structure.drag, form)
        parameters = np.concatenate((_segment_row(index), SHARED_AT))
        program.place(function, inputs, np.tile(parameters, (len(inputs), 1)), rows, constants=constants)
        bounds = _limit_bounds(form)
        if bounds and form.kind != "guided":
            function = nodes.interval_start(structure.environment, structure.drag, form)
            at = np.stack([program.add_rows(len(starts), -np.inf, bound) for bound in bounds], axis=1)
            program.place(function, starts, np.tile(SHARED_AT, (len(starts), 1)), at)


def _limit_bounds(form: nodes.Form) -> list[float]:
    """Upper bounds of the quantities under a limit."""
    held = ((form.holds_pressure, IN_HAND), (form.holds_q_alpha, IN_HAND**2), (form.holds_heat, 0.0))
    return [bound for is_held, bound in held if is_held]


def _path_rows(program: Program, form: nodes.Form) -> Indices:
    """Rows of an interval's path quantities, one line per point."""
    columns = []
    if form.holds_altitude:
        columns.append(program.add_rows(DEGREE, 0.0, np.inf))  # above ground
    if form.steered:
        columns.append(program.add_rows(DEGREE, 1.0, 1.0))
    columns += [program.add_rows(DEGREE, -np.inf, bound) for bound in _limit_bounds(form)]
    return np.stack(columns, axis=1) if columns else np.zeros((DEGREE, 0), dtype=np.int64)


def _link(program: Program, structure: Structure, layout: Layout) -> None:
    """Masses from segment to segment, the propellant of every burn, and the time burned on ramps."""
    program.place(
        nodes.liftoff(), [layout.payload, layout.segments[0].mass], LIFTOFF_AT, program.add_rows(1, 0.0, 0.0)
    )
    time_s = scale_of(structure.environment).time_s
    following = [*(v.mass for v in layout.segments[1:]), layout.final_mass]
    before: dict[int, SegmentVariables] = {}
    for index, (shape, v) in enumerate(zip(structure.segments, layout.segments, strict=True)):
        rows = [program.add_rows(1, 0.0, 0.0)[0], layout.burn_rows[shape.burn_number]]
        if shape.reaches_limit:
            rows.append(program.add_rows(1, 0.0, 0.0)[0])
        program.place(
            nodes.link(shape.form, shape.reaches_limit, time_s),
            [*own_variables(shape.form, v), following[index]],
            _segment_row(index),
            rows,
        )
        earlier = before.get(shape.burn_number)
        if shape.form.ramps and earlier is not None:
            row = program.add_rows(1, 0.0, 0.0)[0]
            for column, value in ((v.burned, 1.0), (earlier.burned, -1.0), (earlier.duration, -1.0)):
                program.add_linear(row, column, value)
        if shape.form.kind != "coast":
            before[shape.burn_number] = v
    program.place(nodes.reserve(), layout.final_mass, RESERVE_AT, layout.burn_rows[-1])
