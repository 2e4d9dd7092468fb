"""The equations of motion of the ascent, written once for numbers and for symbols."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np

from cosmodrome import constants
from cosmodrome.ascent.schedule import Scheduled
from cosmodrome.physics.aerodynamics import DragTable, dynamic_pressure_pa
from cosmodrome.physics.atmosphere import Air, Atmosphere, exponential_atmosphere, us_standard_1976
from cosmodrome.physics.gravity import ellipsoid_height, gravity_acceleration
from cosmodrome.physics.propulsion import thrust_n

Vector = tuple[Any, Any, Any]
_STILL_AIR_SPEED_M_S = 1e-3  # keeps |v| differentiable on the pad


@dataclass(frozen=True, slots=True)
class Environment:
    """The Earth an ascent flies from."""

    gm_m3_s2: float
    equatorial_radius_m: float
    flattening: float
    j2: float
    rotation_rate_rad_s: float
    atmosphere: Atmosphere


def earth() -> Environment:
    """Rotating WGS-84 Earth with J2 and the US Standard Atmosphere 1976."""
    return Environment(
        constants.EARTH_GM_M3_S2,
        constants.EARTH_EQUATORIAL_RADIUS_M,
        constants.EARTH_FLATTENING,
        constants.EARTH_J2,
        constants.EARTH_ROTATION_RATE_RAD_S,
        us_standard_1976(),
    )


def spherical_earth(
    gm_m3_s2: float,
    radius_m: float,
    rotation_rate_rad_s: float,
    surface_density_kg_m3: float,
    scale_height_m: float,
) -> Environment:
    """Rotating sphere in exponential air, as the classical benchmarks state it."""
    air = exponential_atmosphere(surface_density_kg_m3, scale_height_m)
    return Environment(gm_m3_s2, radius_m, 0.0, 0.0, rotation_rate_rad_s, air)


@dataclass(frozen=True, slots=True)
class Flow:
    """The air around the vehicle; symbols or numbers."""

    altitude_m: Any
    relative_velocity_m_s: Vector
    speed_m_s: Any
    air: Air


def flow(position_m: Vector, velocity_m_s: Vector, environment: Environment, xp: ModuleType = np) -> Flow:
    """Altitude, Earth-relative velocity and air at a state."""
    x, y, _ = position_m
    rate = environment.rotation_rate_rad_s
    relative = (velocity_m_s[0] + rate * y, velocity_m_s[1] - rate * x, velocity_m_s[2])
    altitude = ellipsoid_height(position_m, environment.equatorial_radius_m, environment.flattening, xp)
    speed = xp.sqrt(dot(relative, relative) + _STILL_AIR_SPEED_M_S**2)
    return Flow(altitude, relative, speed, environment.atmosphere.air(altitude, xp))


def dot(a: Vector, b: Vector) -> Any:
    """Scalar product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def cross(a: Vector, b: Vector) -> Vector:
    """Vector product."""
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


def ascent_acceleration(
    position_m: Vector,
    around: Flow,
    thrust_acceleration_m_s2: Any,
    direction: Vector,
    *,
    drag_area_m2_per_kg: Any,
    drag: DragTable,
    environment: Environment,
    xp: ModuleType = np,
) -> Vector:
    """Acceleration of a vehicle that thrusts along `direction` and drags along its relative velocity.

    a = g(r) + a_T u - (rho S C_D(M) |v_r| / 2 m) v_r, with v_r = v - omega x r.
    """
    gx, gy, gz = gravity_acceleration(
        position_m, environment.gm_m3_s2, environment.equatorial_radius_m, environment.j2, xp
    )
    mach = around.speed_m_s / around.air.speed_of_sound_m_s
    pressure_area = dynamic_pressure_pa(around.air.density_kg_m3, around.speed_m_s) * drag_area_m2_per_kg
    drag_over_speed = pressure_area * drag.coefficient(mach, xp) / around.speed_m_s
    vx, vy, vz = around.relative_velocity_m_s
    return (
        gx + thrust_acceleration_m_s2 * direction[0] - drag_over_speed * vx,
        gy + thrust_acceleration_m_s2 * direction[1] - drag_over_speed * vy,
        gz + thrust_acceleration_m_s2 * direction[2] - drag_over_speed * vz,
    )


def thrust_acceleration(placed: Scheduled, mass_kg: Any, pressure_pa: Any) -> Any:
    """Acceleration by the engines: throttled to the limit, or full thrust against the air. [m/s2]"""
    n = placed.numbers
    if placed.throttled:
        return n.acceleration_limit_m_s2
    return thrust_n(n.thrust_vacuum_n, n.exit_area_m2, pressure_pa) / mass_kg
