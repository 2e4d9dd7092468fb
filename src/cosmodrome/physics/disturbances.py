"""What turns a satellite that wants to stand still: gravity gradient, magnetic field, sunlight and air.

Scalar forms give the largest torque of a worst attitude; vector forms follow the attitude along an orbit.
"""

import math

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import (
    EARTH_DIPOLE_T,
    EARTH_GM_M3_S2,
    GEOMAGNETIC_RADIUS_M,
    SPEED_OF_LIGHT_M_S,
)

Array = NDArray[np.float64]


def largest_gravity_gradient_torque_n_m(
    radius_m: float, inertia_difference_kg_m2: float, tilt_rad: float
) -> float:
    """Torque of a body whose axis is tilted off the local vertical.

    T = 3 mu / (2 r^3) |I_z - I_y| sin(2 theta)

    Parameters
    ----------
    radius_m : float
        From the Earth's center. [m]
    inertia_difference_kg_m2 : float
        Between the axis near the vertical and the one across. [kg m2]
    tilt_rad : float
        Off the vertical, in radians: 15 taken for radians is a published slip (sin 30 rad = -0.988). [rad]

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., table 11-9A.

    Examples
    --------
    FireSat (satellite_examples S-30): 4.4e-5 N m at 30 deg, 700 km.

    >>> f"{largest_gravity_gradient_torque_n_m(7078e3, 30.0, math.radians(30.0)):.1e}"
    '4.4e-05'
    """
    return 1.5 * EARTH_GM_M3_S2 / radius_m**3 * abs(inertia_difference_kg_m2) * math.sin(2 * tilt_rad)


def gravity_gradient_torque_n_m(position_m: Array, inertia_kg_m2: Array) -> Array:
    """Torque in body axes, shape (N, 3): T = 3 mu / r^5  r x (I r).

    Parameters
    ----------
    position_m : Array, shape (N, 3)
        From the Earth's center, in body axes. [m]
    inertia_kg_m2 : Array, shape (3, 3)
        Inertia tensor in body axes. [kg m2]

    References
    ----------
    Wertz (1978), *Spacecraft Attitude Determination and Control*, equation 17-31.

    Examples
    --------
    The same 30 deg about x, from the tensor: 4.4e-5 N m about x.

    >>> up = 7078e3 * np.array([[0.0, math.sin(math.radians(30.0)), math.cos(math.radians(30.0))]])
    >>> torque = gravity_gradient_torque_n_m(up, np.diag([90.0, 60.0, 90.0]))
    >>> f"{abs(torque[0, 0]):.1e}"
    '4.4e-05'
    """
    radius = np.linalg.norm(position_m, axis=1)[:, None]
    across = np.cross(position_m, position_m @ inertia_kg_m2)  # the tensor is symmetric
    return np.asarray(3 * EARTH_GM_M3_S2 / radius**5 * across, dtype=float)


def dipole_moment_t_m3() -> float:
    """Moment of the Earth's magnetic dipole in 2020, a^3 |g| [T m3].

    Examples
    --------
    SMAD works with 7.96e15 T m3, the dipole of the 1970s; it weakens by 5 % a century.

    >>> f"{dipole_moment_t_m3():.2e}"
    '7.71e+15'
    """
    return GEOMAGNETIC_RADIUS_M**3 * math.hypot(*EARTH_DIPOLE_T)


def largest_dipole_field_t(radius_m: float, moment_t_m3: float | None = None) -> float:
    """Field over a pole of the dipole, B = 2 M / r^3 [T].

    Parameters
    ----------
    radius_m : float
        From the Earth's center. [m]
    moment_t_m3 : float, optional
        Of the dipole; that of 2020 if not given. [T m3]

    References
    ----------
    Wertz and Larson (1999), table 11-9A.

    Examples
    --------
    FireSat at 700 km: 4.5e-5 T.

    >>> f"{largest_dipole_field_t(7078e3, 7.96e15):.1e}"
    '4.5e-05'
    """
    return 2 * (dipole_moment_t_m3() if moment_t_m3 is None else moment_t_m3) / radius_m**3


def dipole_field_t(position_itrf_m: Array) -> Array:
    """Field of the tilted, centered dipole of IGRF-13 in ITRF, shape (N, 3) [T].

    B = (a / r)^3 (3 (m . r) r - m) with unit r, and m the Gauss coefficients g11, h11, g10. The dipole alone
    is off by up to 30 % of the field in low orbit, most over the South Atlantic, and moves 0.05 deg a year.

    Parameters
    ----------
    position_itrf_m : Array, shape (N, 3)
        Earth-fixed. [m]

    References
    ----------
    Wertz (1978), appendix H; coefficients: Alken et al. (2021), Earth, Planets and Space 73:49.

    Examples
    --------
    On the equator at the reference radius the dipole is 29.8 microtesla strong at its magnetic equator.

    >>> east = np.array([[0.0, 1.0, 0.0]])
    >>> across = np.cross(east, EARTH_DIPOLE_T)  # on the magnetic equator
    >>> place = GEOMAGNETIC_RADIUS_M * across / np.linalg.norm(across)
    >>> round(1e6 * float(np.linalg.norm(dipole_field_t(place))), 1)
    29.8
    """
    radius = np.linalg.norm(position_itrf_m, axis=1)[:, None]
    up, dipole = position_itrf_m / radius, np.array(EARTH_DIPOLE_T)
    return np.asarray(
        (GEOMAGNETIC_RADIUS_M / radius) ** 3 * (3 * (up @ dipole)[:, None] * up - dipole), dtype=float
    )


def solar_force_n(
    irradiance_w_m2: Array | float,
    area_m2: Array | float,
    reflectivity_coefficient: float,
    incidence_rad: float = 0.0,
) -> Array:
    """Push of sunlight, F = (S / c) A C_R cos(i), away from the Sun [N].

    Parameters
    ----------
    irradiance_w_m2 : array or float
        At the satellite. [W/m2]
    area_m2 : array or float
        That the Sun sees, face on. [m2]
    reflectivity_coefficient : float
        C_R = 1 + q: 1 absorbs all, 2 reflects all.
    incidence_rad : float
        Between the Sun and the area's normal, where the area is not projected. [rad]

    References
    ----------
    Wertz and Larson (1999), table 11-9A.

    Examples
    --------
    FireSat (S-30): on an arm of 0.3 m, 6.6e-6 N m.

    >>> f"{0.3 * float(solar_force_n(1367.0, 3.0, 1.6)):.1e}"
    '6.6e-06'
    """
    pressure = np.asarray(irradiance_w_m2, dtype=float) / SPEED_OF_LIGHT_M_S
    return np.asarray(pressure * area_m2 * reflectivity_coefficient * math.cos(incidence_rad), dtype=float)


def drag_force_n(
    density_kg_m3: Array | float, speed_m_s: Array | float, area_m2: Array | float, drag_coefficient: float
) -> Array:
    """Drag, F = rho v^2 C_D A / 2, against the flow [N].

    Parameters
    ----------
    density_kg_m3, speed_m_s, area_m2 : array or float
        Of the air, relative to it, and against the flow. [kg/m3, m/s, m2]
    drag_coefficient : float
        C_D.

    References
    ----------
    Wertz and Larson (1999), table 11-9A.

    Examples
    --------
    FireSat (S-30): on an arm of 0.2 m, 3.4e-6 N m.

    >>> f"{0.2 * float(drag_force_n(1e-13, 7504.0, 3.0, 2.0)):.1e}"
    '3.4e-06'
    """
    speed = np.asarray(speed_m_s, dtype=float)
    return np.asarray(0.5 * density_kg_m3 * speed**2 * drag_coefficient * area_m2, dtype=float)


def plate_solar_force_n(
    irradiance_w_m2: Array, sun: Array, area_m2: Array, normal: Array, solar_absorptance_ratio: Array
) -> Array:
    """Push of sunlight on flat plates that reflect like mirrors, shape (N, F, 3) [N].

    F = -(S / c) A cos(i) (a s + 2 (1 - a) cos(i) n) with the Sun's direction s, a plate's outward normal n;
    nothing where the Sun stands behind a plate.

    Parameters
    ----------
    irradiance_w_m2 : Array, shape (N,)
        At the satellite. [W/m2]
    sun : Array, shape (N, 3)
        Unit vectors to the Sun.
    area_m2 : Array, shape (F,)
        Of the plates. [m2]
    normal : Array, shape (N, F, 3) or (F, 3)
        Outward unit vectors, in the axes of `sun`.
    solar_absorptance_ratio : Array, shape (F,)
        a, the rest is reflected. Mirrors press hardest face on, by 2 - a in place of 1 + 2 (1 - a) / 3 of a
        surface that scatters evenly; how a finish shares its light between both is seldom published.

    References
    ----------
    Wertz (1978), *Spacecraft Attitude Determination and Control*, equation 17-52.

    Examples
    --------
    FireSat (S-30) face on: q = 0.6 is an absorptance of 0.4; on an arm of 0.3 m, 6.6e-6 N m.

    >>> face = np.array([[0.0, 0.0, 1.0]])
    >>> push = plate_solar_force_n(np.array([1367.0]), face, np.array([3.0]), face, np.array([0.4]))
    >>> f"{-0.3 * push[0, 0, 2]:.1e}"
    '6.6e-06'
    """
    cosine = np.maximum(np.einsum("...fi,...i->...f", normal, sun), 0.0)
    pressed = (irradiance_w_m2 / SPEED_OF_LIGHT_M_S)[:, None] * area_m2 * cosine
    along = (pressed * solar_absorptance_ratio)[..., None] * sun[:, None, :]
    back = (2.0 * pressed * (1.0 - solar_absorptance_ratio) * cosine)[..., None] * normal
    return np.asarray(-(along + back), dtype=float)


def plate_drag_force_n(
    dynamic_pressure_pa: Array, flow: Array, area_m2: Array, normal: Array, drag_coefficient: float
) -> Array:
    """Drag of flat plates, F = -(rho v^2 / 2) C_D A max(0, n.v) v, shape (N, F, 3) [N].

    Parameters
    ----------
    dynamic_pressure_pa : Array, shape (N,)
        rho v^2 / 2. [Pa]
    flow : Array, shape (N, 3)
        Unit vectors of the motion through the air.
    area_m2 : Array, shape (F,)
        Of the plates. [m2]
    normal : Array, shape (N, F, 3) or (F, 3)
        Outward unit vectors, in the axes of `flow`.
    drag_coefficient : float
        C_D of the area across the flow, the same for all plates; lift is left out.

    References
    ----------
    Wertz (1978), section 17.2.3.

    Examples
    --------
    FireSat (S-30) face on: on an arm of 0.2 m, 3.4e-6 N m.

    >>> face = np.array([[0.0, 0.0, 1.0]])
    >>> drag = plate_drag_force_n(np.array([0.5e-13 * 7504.0**2]), face, np.array([3.0]), face, 2.0)
    >>> f"{-0.2 * drag[0, 0, 2]:.1e}"
    '3.4e-06'
    """
    shown = area_m2 * np.maximum(np.einsum("...fi,...i->...f", normal, flow), 0.0)
    size = drag_coefficient * np.asarray(dynamic_pressure_pa)[:, None] * shown
    return np.asarray(-size[..., None] * flow[:, None, :], dtype=float)
