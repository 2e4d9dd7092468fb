"""Losses between a station and a satellite above it, from the station's own climate (ITU-R P.618)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.constants import SPEED_OF_LIGHT_M_S
from cosmodrome.models.station import Propagation, Station
from cosmodrome.physics.atmosphere import us_standard_1976_below_86_km
from cosmodrome.physics.clouds import cloud_attenuation_db
from cosmodrome.physics.gases import gas_attenuation_db
from cosmodrome.physics.propagation import total_attenuation_db, weather_noise_k
from cosmodrome.physics.rain import rain_attenuation_db
from cosmodrome.physics.scintillation import scintillation_fade_db

Array = NDArray[np.float64]

_LEAST_ELEVATION_RAD = np.radians(0.5)  # below it the losses are those at half a degree
APERTURE_EFFICIENCY = 0.5  # of the dish behind a gain; only gain counts, as sqrt(efficiency) times diameter


@dataclass(frozen=True, slots=True)
class PathLosses:
    """Attenuation at N elevations; the parts are None where a station gives only their sum."""

    total_db: Array
    noise_k: Array  # what rain and clouds add to a ground antenna's temperature
    gas_db: Array | None = None
    cloud_db: Array | None = None
    rain_db: Array | None = None
    scintillation_db: Array | None = None

    def __repr__(self) -> str:
        return f"<PathLosses up to {float(np.max(self.total_db)):.2f} dB>"


def path_losses(
    station: Station,
    frequency_hz: float,
    elevation_rad: ArrayLike,
    *,
    availability_fraction: float,
    ground_gain_dbi: float,
) -> PathLosses:
    """Losses in the atmosphere that are not exceeded for a share of an average year.

    Parameters
    ----------
    station : Station
        Its constants; without them its `atmospheric_loss_db` holds at every elevation.
    frequency_hz : float
        Carrier; below 1 GHz rain is taken at 1 GHz. [Hz]
    elevation_rad : array_like, shape (N,)
        Elevations. [rad]
    availability_fraction : float
        Share of the year in which less is lost, 0.95 to 0.99999. [1]
    ground_gain_dbi : float
        Gain of the station's antenna, whose aperture averages scintillation. [dBi]

    Returns
    -------
    PathLosses
        Each of shape (N,).

    Notes
    -----
    The constants are medians for vapor and 1 % for clouds, so between 1 and 5 % of the year clouds are a
    little too heavy. Circular polarization. The ionosphere is not modeled.

    References
    ----------
    Recommendation ITU-R P.618-13 (2017), section 2.5, with P.676-12, P.838-3 and P.840-8.
    """
    elevation = np.maximum(np.asarray(elevation_rad, dtype=float), _LEAST_ELEVATION_RAD)
    climate = station.propagation
    if climate is None:
        return PathLosses(np.full(elevation.shape, station.atmospheric_loss_db), np.zeros(elevation.shape))
    gas = _gas_db(climate, station.altitude_m, frequency_hz, elevation)
    cloud = cloud_attenuation_db(frequency_hz, elevation, climate.cloud_liquid_water_kg_m2)
    rain = rain_attenuation_db(
        frequency_hz,
        elevation,
        rain_rate_mm_h=climate.rain_rate_exceeded_001_percent_mm_h,
        rain_height_m=1e3 * climate.rain_height_km,
        station_height_m=station.altitude_m,
        latitude_rad=float(np.radians(station.latitude_deg)),
        exceeded_fraction=1 - availability_fraction,
    )
    fade = scintillation_fade_db(
        frequency_hz,
        elevation,
        wet_refractivity_ppm=climate.wet_refractivity_ppm,
        antenna_diameter_m=aperture_m(ground_gain_dbi, frequency_hz),
        exceeded_fraction=1 - availability_fraction,
        antenna_efficiency_ratio=APERTURE_EFFICIENCY,
    )
    total = total_attenuation_db(gas, cloud, rain, fade)
    return PathLosses(total, weather_noise_k(rain + cloud), gas, cloud, rain, fade)


def aperture_m(gain_dbi: float, frequency_hz: float) -> float:
    """Diameter of the dish that stands for a gain where scintillation is averaged [m].

    D = wavelength / pi 10^(G / 20) / sqrt(aperture efficiency)

    Parameters
    ----------
    gain_dbi, frequency_hz : float
        Of the antenna on the ground. [dBi, Hz]
    """
    wavelength_m = SPEED_OF_LIGHT_M_S / frequency_hz
    return float(wavelength_m / np.pi * 10 ** (gain_dbi / 20) / APERTURE_EFFICIENCY**0.5)


def surface_pressure_pa(altitude_m: float) -> float:
    """Pressure of dry air at a station, of the US Standard Atmosphere 1976 [Pa].

    Parameters
    ----------
    altitude_m : float
        Height of the station. [m]
    """
    pressure_pa, _ = us_standard_1976_below_86_km(np.array([altitude_m]))
    return float(pressure_pa[0])


def _gas_db(climate: Propagation, altitude_m: float, frequency_hz: float, elevation: Array) -> Array:
    return gas_attenuation_db(
        frequency_hz,
        elevation,
        dry_pressure_pa=surface_pressure_pa(altitude_m),
        temperature_k=climate.surface_temperature_k,
        water_vapor_density_kg_m3=1e-3 * climate.water_vapor_density_g_m3,
    )
