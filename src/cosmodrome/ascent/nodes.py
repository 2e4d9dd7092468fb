"""What the optimizer evaluates at a collocation point: state derivative and path quantities."""

from dataclasses import astuple, dataclass, replace
from typing import Any

import casadi as ca
import numpy as np

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
from cosmodrome.ascent.schedule import NUMBERS_PER_SEGMENT, Scheduled, SegmentNumbers
from cosmodrome.physics.aerodynamics import DragTable, dynamic_pressure_pa
from cosmodrome.physics.atmosphere import spline_kilometers
from cosmodrome.physics.spline import Expansion

TABLES_COUNT = 12  # point, value, slope and curvature of density, pressure and drag coefficient


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


def table_expansion(environment: Environment, drag: DragTable, scale: Scale) -> Any:
    """Air and drag tables at a node: point, value, slope and curvature of each.

    The tables have many terms. Derivatives of the program are taken with these numbers held, through the
    parabola that touches the table at the node, which has the table's own first and second derivatives;
    then the numbers are put in. That shortens the derivatives severalfold and changes nothing in them.
    """
    x = ca.SX.sym("x", 6)
    around = flow(triple(x * scale.length_m, 0), triple(x * scale.speed_m_s, 3), environment, ca)
    kilometers = spline_kilometers(around.altitude_m, ca)
    mach = drag.inside(around.speed_m_s / around.air.speed_of_sound_m_s, ca)
    expansions = (
        environment.atmosphere.log_density.expansion(kilometers, ca),
        environment.atmosphere.log_pressure.expansion(kilometers, ca),
        drag.spline.expansion(mach, ca),
    )
    return ca.Function("tables", [x], [ca.vertcat(*(part for e in expansions for part in astuple(e)))])


def node_rates(environment: Environment, drag: DragTable, scale: Scale, throttled: bool) -> Any:
    """Scaled state derivative, and the quantities that path constraints need, as one function."""
    x, u = ca.SX.sym("x", 6), ca.SX.sym("u", 3)
    mass, numbers = ca.SX.sym("m"), ca.SX.sym("n", NUMBERS_PER_SEGMENT)
    tables = ca.SX.sym("tables", TABLES_COUNT)
    density, pressure, coefficient = (Expansion(*(tables[4 * k + i] for i in range(4))) for k in range(3))
    air = replace(environment.atmosphere, log_density=density, log_pressure=pressure)
    smooth = replace(environment, atmosphere=air)
    position = triple(x * scale.length_m, 0)
    velocity = triple(x * scale.speed_m_s, 3)
    direction = triple(u, 0)
    around = flow(position, velocity, smooth, ca)
    n = SegmentNumbers(*(numbers[k] for k in range(NUMBERS_PER_SEGMENT)))
    push = thrust_acceleration(Scheduled(0, 0, 0, 0, 0, n, throttled), mass, around.air.pressure_pa)
    table = replace(drag, spline=coefficient)
    acceleration = ascent_acceleration(
        position,
        around,
        push,
        direction,
        drag_area_m2_per_kg=n.drag_area_m2 / mass,
        drag=table,
        environment=smooth,
        xp=ca,
    )
    unit = scale.length_m / scale.speed_m_s**2
    derivative = ca.vertcat(x[3:], *(unit * component for component in acceleration))
    quantities = ca.vertcat(*_path_quantities(around, direction, scale))
    return ca.Function("rates", [x, u, mass, numbers, tables], [derivative, quantities])


def _path_quantities(around: Flow, direction: Vector, scale: Scale) -> tuple[Any, Any, Any, Any]:
    """Scaled altitude, dynamic pressure [kPa], (q alpha)^2 [kPa2 rad2], and ln of the heat flux [W/m2].

    The angle is sin alpha + sin^3 alpha / 6, smooth at zero and right to 0.1 % up to 25 deg.
    """
    density = around.air.density_kg_m3
    pressure = 1e-3 * dynamic_pressure_pa(density, around.speed_m_s)
    across = cross(direction, around.relative_velocity_m_s)
    sine_squared = dot(across, across) / (around.speed_m_s * around.speed_m_s)
    q_alpha_squared = pressure * pressure * sine_squared * (1 + sine_squared / 6) ** 2
    heat = around.air.log_density + 3 * ca.log(around.speed_m_s) - np.log(2.0)
    return around.altitude_m / scale.length_m, pressure, q_alpha_squared, heat
