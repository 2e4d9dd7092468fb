"""Where the Earth hides the Sun: how deep a place lies in penumbra and umbra."""

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, SUN_RADIUS_M

Array = NDArray[np.float64]


def disc_angles_rad(
    position_m: Array, sun_m: Array, sun_radius_m: Array | float = SUN_RADIUS_M
) -> tuple[Array, Array, Array]:
    """Angular radii of the Sun and of the Earth, and the angle between their centers, shape (...) each [rad].

    Parameters
    ----------
    position_m, sun_m : Array, shape (..., 3)
        Geocentric satellite and Sun [m].
    sun_radius_m : Array or float
        Other than the Sun's own where the space is stretched [m].

    References
    ----------
    Montenbruck and Gill (2000), *Satellite Orbits*, equations 3.85 to 3.87. The Earth is a sphere of the
    equatorial radius without air.

    Examples
    --------
    Seen from 400 km the Earth's radius is 70.2 deg (asin 6378/6778).

    >>> sun, earth, apart = disc_angles_rad(np.array([6778137.0, 0, 0]), np.array([1.496e11, 0, 0]))
    >>> round(float(np.degrees(earth)), 1), round(float(np.degrees(apart)), 1)
    (70.2, 180.0)
    """
    to_sun = sun_m - position_m
    sun_distance = np.linalg.norm(to_sun, axis=-1)
    radius = np.linalg.norm(position_m, axis=-1)
    cosine = -np.sum(position_m * to_sun, axis=-1) / (radius * sun_distance)
    return (
        np.asarray(np.arcsin(sun_radius_m / sun_distance), dtype=float),
        np.asarray(np.arcsin(np.minimum(EARTH_EQUATORIAL_RADIUS_M / radius, 1.0)), dtype=float),
        np.asarray(np.arccos(np.clip(cosine, -1, 1)), dtype=float),
    )


def penumbra_margin_rad(position_m: Array, sun_m: Array, sun_radius_m: Array | float = SUN_RADIUS_M) -> Array:
    """Positive where any part of the Sun is hidden: how far the discs overlap [rad].

    Examples
    --------
    >>> behind, beside = np.array([-7e6, 0, 0]), np.array([0, 7e6, 0])
    >>> [bool(penumbra_margin_rad(r, np.array([1.5e11, 0, 0])) > 0) for r in (behind, beside)]
    [True, False]
    """
    sun, earth, apart = disc_angles_rad(position_m, sun_m, sun_radius_m)
    return np.asarray(sun + earth - apart, dtype=float)


def umbra_margin_rad(position_m: Array, sun_m: Array, sun_radius_m: Array | float = SUN_RADIUS_M) -> Array:
    """Positive where all of the Sun is hidden: how deep its disc lies behind the Earth's [rad].

    Examples
    --------
    >>> bool(umbra_margin_rad(np.array([-7e6, 0, 0]), np.array([1.5e11, 0, 0])) > 0)
    True
    """
    sun, earth, apart = disc_angles_rad(position_m, sun_m, sun_radius_m)
    return np.asarray(earth - sun - apart, dtype=float)
