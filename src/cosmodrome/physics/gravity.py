"""Gravity of the Earth as a mass point with its oblateness."""

from types import ModuleType
from typing import Any

import numpy as np


def gravity_acceleration(
    position: tuple[Any, Any, Any], gm: float, equatorial_radius: float, j2: float, xp: ModuleType = np
) -> tuple[Any, Any, Any]:
    """Acceleration by the central term and J2.

    a = -mu r / |r|^3 [1 + 1.5 J2 (R/|r|)^2 (1 - 5 s^2 + 2 e_z)], s = z/|r|, where e_z adds 2 to the
    polar component only.

    Parameters
    ----------
    position : three scalars or arrays
        Earth-centered inertial position, z along the pole. [m, or any unit of length]
    gm : float
        Gravitational parameter in the same units. [m3/s2]
    equatorial_radius : float
        Radius that belongs to `j2`. [m]
    j2 : float
        Oblateness; 0 for a sphere.
    xp : module
        numpy or casadi.

    Returns
    -------
    tuple
        Acceleration components. [m/s2]

    Notes
    -----
    Valid outside the Earth; higher harmonics are below 1e-5 of the central term.

    References
    ----------
    Vallado, D., Fundamentals of Astrodynamics and Applications, 4th ed. 2013, equation 8-30.

    Examples
    --------
    The WGS-84 value at the equator plus the centrifugal term is normal gravity, 9.7803253359 m/s2
    (NIMA TR8350.2, table 3.4):

    >>> ax, ay, az = gravity_acceleration((6378137.0, 0.0, 0.0), 3.986004418e14, 6378137.0, 1.0826267e-3)
    >>> round(float(-ax - 7.292115e-5**2 * 6378137.0), 3)
    9.78
    """
    x, y, z = position
    radius_squared = x * x + y * y + z * z
    radius = xp.sqrt(radius_squared)
    sine_squared = z * z / radius_squared
    oblateness = 1.5 * j2 * equatorial_radius * equatorial_radius / radius_squared
    central = -gm / (radius_squared * radius)
    equatorial = central * (1.0 + oblateness * (1.0 - 5.0 * sine_squared))
    polar = central * (1.0 + oblateness * (3.0 - 5.0 * sine_squared))
    return equatorial * x, equatorial * y, polar * z


def ellipsoid_height(
    position: tuple[Any, Any, Any], equatorial_radius: float, flattening: float, xp: ModuleType = np
) -> Any:
    """Height above the ellipsoid along the geocentric radius.

    h = |r| - a (1 - f) / sqrt(1 - (2 f - f^2)(1 - s^2)), s = z/|r|.

    Differs from the geodetic height by less than h f^2 and a fraction of a meter below 300 km.

    Parameters
    ----------
    position : three scalars or arrays
        Earth-centered position, z along the pole. [m]
    equatorial_radius : float
        Semi-major axis a. [m]
    flattening : float
        Flattening f; 0 for a sphere.
    xp : module
        numpy or casadi.

    Returns
    -------
    scalar or array
        Height. [m]

    References
    ----------
    NIMA TR8350.2 (WGS-84): a = 6378137 m, b = 6356752.3142 m.

    Examples
    --------
    >>> round(float(ellipsoid_height((0.0, 0.0, 6356752.3142), 6378137.0, 1 / 298.257223563)), 3)
    -0.0
    """
    x, y, z = position
    radius_squared = x * x + y * y + z * z
    sine_squared = z * z / radius_squared
    eccentricity_squared = flattening * (2.0 - flattening)
    surface = (
        equatorial_radius * (1.0 - flattening) / xp.sqrt(1.0 - eccentricity_squared * (1.0 - sine_squared))
    )
    return xp.sqrt(radius_squared) - surface
