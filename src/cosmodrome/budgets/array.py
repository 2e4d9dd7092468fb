"""What the solar array delivers along the orbit, at end of life."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.faces import face_views
from cosmodrome.constants import ASTRONOMICAL_UNIT_M, SOLAR_IRRADIANCE_W_M2, ZERO_CELSIUS_K
from cosmodrome.models.power import SolarArray
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.power import (
    array_output_w,
    cell_temperature_ratio,
    fluence_degradation_ratio,
    life_degradation_ratio,
)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CellOutput:
    """Shares of the sunlight that a panel keeps, head on and at end of life."""

    efficiency_ratio: float  # of the cells, beginning of life and 28 deg C
    inherent_degradation_ratio: float
    life_ratio: float
    temperature_ratio: float  # 1 where the temperature is in the inherent degradation
    temperature_c: float | None

    @property
    def output_ratio(self) -> float:
        """Array output over sunlight."""
        bare = self.efficiency_ratio * self.inherent_degradation_ratio
        return bare * self.life_ratio * self.temperature_ratio

    def __repr__(self) -> str:
        return f"<CellOutput {100 * self.output_ratio:.1f} % of the sunlight>"


def cell_output(array: SolarArray, lifetime_years: float, temperature_c: float | None = None) -> CellOutput:
    """Share of the sunlight that a panel turns into power at end of life: eta I_d L_d, and the cells' warmth.

    Parameters
    ----------
    array : SolarArray
        Cells, and how they age.
    lifetime_years : float
        Years in orbit. [years]
    temperature_c : float, optional
        Of the cells in sunlight, where it is known. [deg C]

    Returns
    -------
    CellOutput
        The shares.

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equations (11-6) to (11-8).
    """
    cell = array.cell
    left = life_degradation_ratio(array.loss_per_year_fraction, lifetime_years)
    if cell is not None and array.fluence_per_cm2 is not None:
        knee, slope = cell.fluence_knee_per_cm2, cell.fluence_slope_fraction
        assert knee is not None  # the validator's word
        assert slope is not None
        left = fluence_degradation_ratio(array.fluence_per_cm2, knee, slope)
    warm = 1.0
    if cell is not None and temperature_c is not None:
        warm = cell_temperature_ratio(
            temperature_c + ZERO_CELSIUS_K, cell.efficiency_change_per_k, array.power_path
        )
    return CellOutput(array.efficiency_ratio, array.inherent_degradation_ratio, left, warm, temperature_c)


def cell_output_w_m2(array: SolarArray, lifetime_years: float, temperature_c: float | None = None) -> float:
    """Output of a square meter of panel at end of life, normal incidence and 1 au.

    Parameters
    ----------
    array : SolarArray
        Cells, and how they age.
    lifetime_years : float
        Years in orbit. [years]
    temperature_c : float, optional
        Of the cells in sunlight, where it is known. [deg C]

    Returns
    -------
    float
        Array output per area, before regulation. [W/m2]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equations (11-6) to (11-8).
    """
    kept = cell_output(array, lifetime_years, temperature_c).output_ratio
    return array_output_w(1.0, SOLAR_IRRADIANCE_W_M2, kept, 1.0)


def incidence_ratio(array: SolarArray, ephemeris: Ephemeris) -> Array:
    """Cosine of the angle between Sun and panel normal along an orbit; zero on the back.

    cos(i) = max(n . s, 0)

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

    Raises
    ------
    ValueError
        For cells on the faces of the body.

    Examples
    --------
    See `tests/budgets/test_array.py`: a zenith panel under a Sun in the orbit plane averages 1/pi.
    """
    sun = ephemeris.sun_direction
    match array.mounting:
        case "faces":
            raise ValueError("cells on the faces of a body have no one incidence; see `faces.face_views`")
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
    satellite: Satellite,
    lifetime_years: float,
    timeline: ModeTimeline,
    ephemeris: Ephemeris,
    illumination_ratio: Array,
) -> Array:
    """Array output in each step of an ephemeris, at end of life.

    P = A S (au / d)^2 eta I_d L_d cos(i), times the share of the Sun's disc in view

    Parameters
    ----------
    satellite : Satellite
        Array, or cells on the faces of the body and the attitudes of the modes.
    lifetime_years : float
        Years in orbit. [years]
    timeline : ModeTimeline
        K steps.
    ephemeris : Ephemeris
        K + 1 samples: the edges of the steps.
    illumination_ratio : ndarray, shape (K + 1,)
        Share of the Sun's disc in view. [1]

    Returns
    -------
    ndarray, shape (K,)
        Mean output of the step, before regulation. [W]
    """
    array, body = satellite.solar_array, satellite.body
    output_w_m2 = cell_output_w_m2(array, lifetime_years, array.operating_temperature_c)
    at_edges = output_w_m2 * (ASTRONOMICAL_UNIT_M / ephemeris.sun_distance_m) ** 2 * illumination_ratio
    if array.mounting == "faces" and body is not None:
        views = face_views(satellite, body, timeline, ephemeris)
        area_m2 = views.sun_cosine_ratio @ np.array([face.cell_area_m2 for face in body.faces])
        return np.asarray(area_m2 * (at_edges[1:] + at_edges[:-1]) / 2)
    at_edges = satellite.array_area_m2 * at_edges * incidence_ratio(array, ephemeris)
    return np.asarray((at_edges[1:] + at_edges[:-1]) / 2)
