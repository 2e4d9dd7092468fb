"""Slant paths through layers of the atmosphere, low elevations included."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_EFFECTIVE_EARTH_RADIUS_M = 8.5e6  # with mean refraction, P.618-13 section 2.2.1.1
_LOW_ELEVATION_RAD = np.radians(5.0)


def slant_length_m(height_m: ArrayLike, elevation_rad: ArrayLike) -> Array:
    """Length of a slant path from the ground up to a height.

    h / sin(el) from 5 degrees up; below, 2 h / (sqrt(sin(el)^2 + 2 h / R) + sin(el)) on the effective Earth.

    Parameters
    ----------
    height_m : array_like
        Height of the layer's top above the station. [m]
    elevation_rad : array_like
        Elevation, 0 to pi/2. [rad]

    Returns
    -------
    ndarray
        Length. [m]

    References
    ----------
    Recommendation ITU-R P.618-13 (2017), equations (1) and (2).

    Examples
    --------
    ITU validation example, London: rain up to 2452.733 m over a station at 31.383 m, seen at 31.077 degrees.

    >>> round(float(slant_length_m(2452.733333 - 31.382984, np.radians(31.07699124))), 2)
    4690.82
    """
    return np.asarray(np.asarray(height_m, dtype=float) * slant_ratio(height_m, elevation_rad))


def slant_ratio(height_m: ArrayLike, elevation_rad: ArrayLike) -> Array:
    """Length of a slant path over the height that it climbs; see `slant_length_m`.

    Parameters
    ----------
    height_m : array_like
        Height of the layer's top above the station. [m]
    elevation_rad : array_like
        Elevation, 0 to pi/2. [rad]

    Returns
    -------
    ndarray
        Ratio, at least 1. [1]

    References
    ----------
    Recommendation ITU-R P.618-13 (2017), equations (1) and (2).

    Examples
    --------
    >>> round(float(slant_ratio(1000.0, np.radians(30.0))), 9)
    2.0
    """
    sine = np.sin(np.asarray(elevation_rad, dtype=float))
    low = np.asarray(elevation_rad) < _LOW_ELEVATION_RAD
    root = np.sqrt(sine**2 + 2 * np.asarray(height_m, dtype=float) / _EFFECTIVE_EARTH_RADIUS_M)
    return np.asarray(np.where(low, 2 / (root + sine), 1 / np.where(low, 1.0, sine)))
