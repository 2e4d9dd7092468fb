"""The equations of motion of the ascent, written once for numbers and for symbols."""

from collections.abc import Sequence
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
from cosmodrome.physics.spline import NaturalSpline, natural_spline

Vector = tuple[Any, Any, Any]
_STILL_AIR_SPEED_M_S = 1e-3  # keeps |v| differentiable on the pad


@dataclass(frozen=True, slots=True)
class WindProfile:
    """Wind over altitude, as splines over kilometers; toward east and toward north, zero above the last."""

    east_m_s: NaturalSpline
    north_m_s: NaturalSpline
    highest_km: float

    def velocity_m_s(self, position_m: Vector, altitude_m: Any, xp: ModuleType = np) -> Vector:
        """Wind vector at a place, in the frame of the position."""
        x, y, z = position_m
        around = xp.sqrt(x * x + y * y)
        radius = xp.sqrt(x * x + y * y + z * z)
        kilometers = xp.fmin(xp.fmax(1e-3 * altitude_m, 0.0), self.highest_km)
        east, north = self.east_m_s(kilometers, xp), self.north_m_s(kilometers, xp)
        return (
            -east * y / around - north * z * x / (radius * around),
            east * x / around - north * z * y / (radius * around),
            north * around / radius,
        )


def wind_profile(
    altitude_km: Sequence[float], east_m_s: Sequence[float], north_m_s: Sequence[float]
) -> WindProfile:
    """A wind profile from a table, brought to rest 20 km above its last row."""
    top = float(altitude_km[-1])
    heights = [*altitude_km, top + 10.0, top + 20.0]
    return WindProfile(
        natural_spline(heights, [*east_m_s, 0.3 * east_m_s[-1], 0.0]),
        natural_spline(heights, [*north_m_s, 0.3 * north_m_s[-1], 0.0]),
        top + 20.0,
    )


@dataclass(frozen=True, slots=True)
class Environment:
    """The Earth an ascent flies from."""

    gm_m3_s2: float
    equatorial_radius_m: float
    flattening: float
    j2: float
    rotation_rate_rad_s: float
    atmosphere: Atmosphere
    wind: WindProfile | None = None


def earth(wind: WindProfile | None = None) -> Environment:
    """Rotating WGS-84 Earth with J2 and the US Standard Atmosphere 1976; still air unless a wind is given."""
    return Environment(
        constants.EARTH_GM_M3_S2,
        constants.EARTH_EQUATORIAL_RADIUS_M,
        constants.EARTH_FLATTENING,
        constants.EARTH_J2,
        constants.EARTH_ROTATION_RATE_RAD_S,
        us_standard_1976(),
        wind,
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
    if environment.wind is not None:
        wind = environment.wind.velocity_m_s(position_m, altitude, xp)
        relative = (relative[0] - wind[0], relative[1] - wind[1], relative[2] - wind[2])
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


def thrust_acceleration(placed: Scheduled, elapsed_s: Any, mass_kg: Any, pressure_pa: Any) -> Any:
    """Acceleration by the engines: throttled to the limit, or thrust against the air. [m/s2]

    Back-pressure takes the same from a throttled engine as from one at full thrust.
    """
    n = placed.numbers
    if placed.throttled:
        return n.acceleration_limit_m_s2
    return thrust_n(placed.thrust_vacuum_n(elapsed_s), n.exit_area_m2, pressure_pa) / mass_kg
