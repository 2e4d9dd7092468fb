"""What the solar array delivers along the orbit, at end of life."""

import math

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import ASTRONOMICAL_UNIT_M, SOLAR_IRRADIANCE_W_M2
from cosmodrome.models.satellite import SolarArray
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.power import array_output_w, life_degradation_ratio

Array = NDArray[np.float64]


def array_end_of_life_w(array: SolarArray, lifetime_years: float) -> float:
    """Output at end of life, normal incidence and 1 au.

    Parameters
    ----------
    array : SolarArray
        Area, cells, and how they age.
    lifetime_years : float
        Years in orbit. [years]

    Returns
    -------
    float
        Array output, before regulation. [W]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equations (11-6) to (11-8).
    """
    fresh_w = array_output_w(
        array.area_m2, SOLAR_IRRADIANCE_W_M2, array.cell_efficiency_ratio, array.inherent_degradation_ratio
    )
    return fresh_w * life_degradation_ratio(array.degradation_per_year_fraction, lifetime_years)


def incidence_ratio(array: SolarArray, ephemeris: Ephemeris) -> Array:
    """Cosine of the angle between Sun and panel normal along an orbit; zero on the back.

    A tracking panel keeps its pointing error; a zenith panel looks away from the Earth's center; a panel
    along the orbit normal looks to the side that the Sun is on over the span.

    Parameters
    ----------
    array : SolarArray
        Its mounting.
    ephemeris : Ephemeris
        Positions, velocities and the Sun's direction.

    Returns
    -------
    ndarray, shape (N,)
        Cosine of incidence, 0 to 1. [1]

    Examples
    --------
    See `tests/budgets/test_array.py`: a zenith panel under a Sun in the orbit plane averages 1/pi.
    """
    sun = ephemeris.sun_direction
    match array.mounting:
        case "sun-tracking":
            return np.full(len(sun), math.cos(math.radians(array.pointing_error_deg)))
        case "fixed-zenith":
            cosine = _cosine(ephemeris.position_m, sun)
        case "fixed-orbit-normal":
            cosine = _cosine(np.cross(ephemeris.position_m, ephemeris.velocity_m_s), sun)
            cosine = math.copysign(1.0, float(cosine.mean())) * cosine
    return np.maximum(cosine, 0.0)


def _cosine(vectors: Array, directions: Array) -> Array:
    return np.asarray(np.einsum("ij,ij->i", vectors, directions) / np.linalg.norm(vectors, axis=1))


def generation_w(
    array: SolarArray, lifetime_years: float, ephemeris: Ephemeris, illumination_ratio: Array
) -> Array:
    """Array output in each step of an ephemeris, at end of life.

    Parameters
    ----------
    array : SolarArray
        Area, cells, mounting.
    lifetime_years : float
        Years in orbit. [years]
    ephemeris : Ephemeris
        K + 1 samples: the edges of the steps.
    illumination_ratio : ndarray, shape (K + 1,)
        Share of the Sun's disc in view. [1]

    Returns
    -------
    ndarray, shape (K,)
        Mean output of the step, before regulation. [W]
    """
    irradiance_ratio = (ASTRONOMICAL_UNIT_M / ephemeris.sun_distance_m) ** 2
    at_edges = array_end_of_life_w(array, lifetime_years) * irradiance_ratio * illumination_ratio
    at_edges = at_edges * incidence_ratio(array, ephemeris)
    return np.asarray((at_edges[1:] + at_edges[:-1]) / 2)
