"""Attenuation by rain on a slant path, from local rain rate and rain height (ITU-R P.838-3, P.618-13)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.physics.slant_path import slant_length_m

Array = NDArray[np.float64]

# Of P.838-3. Below it the loss is that at 1 GHz: at 5 degrees at most 0.003 dB for 1 % of a year and 0.09 dB
# for 0.01 %, over all stations of the catalog.
LOWEST_FREQUENCY_HZ = 1e9

# P.838-3, tables 1 to 4: terms a_j exp(-((log10 f - b_j) / c_j)^2) with f in GHz, then m log10 f + c.
_K_H = ((-5.33980, -0.10008, 1.13098), (-0.35351, 1.26970, 0.45400), (-0.23789, 0.86036, 0.15354),
        (-0.94158, 0.64552, 0.16817))  # fmt: skip
_K_V = ((-3.80595, 0.56934, 0.81061), (-3.44965, -0.22911, 0.51059), (-0.39902, 0.73042, 0.11899),
        (0.50167, 1.07319, 0.27195))  # fmt: skip
_ALPHA_H = ((-0.14318, 1.82442, -0.55187), (0.29591, 0.77564, 0.19822), (0.32177, 0.63773, 0.13164),
            (-5.37610, -0.96230, 1.47828), (16.1721, -3.29980, 3.43990))  # fmt: skip
_ALPHA_V = ((-0.07771, 2.33840, -0.76284), (0.56727, 0.95545, 0.54039), (-0.20238, 1.14520, 0.26809),
            (-48.2991, 0.791669, 0.116226), (48.5833, 0.791459, 0.116479))  # fmt: skip


def rain_coefficients(
    frequency_hz: ArrayLike, elevation_rad: ArrayLike, polarization_tilt_rad: float
) -> tuple[Array, Array]:
    """Coefficients k and alpha of the power law gamma = k R^alpha, with R in mm/h and gamma in dB/km.

    Parameters
    ----------
    frequency_hz : array_like
        Carrier, 1 to 1000 GHz; lower ones are taken as 1 GHz. [Hz]
    elevation_rad : array_like
        Elevation of the path. [rad]
    polarization_tilt_rad : float
        Tilt of linear polarization from the horizontal; pi/4 for circular polarization. [rad]

    Returns
    -------
    k, alpha : ndarray
        In the shape that the arguments broadcast to.

    References
    ----------
    Recommendation ITU-R P.838-3 (2005), equations (2) to (5).

    Examples
    --------
    ITU validation example: 14.25 GHz, 31.077 degrees, horizontal: 0.03975488 and 1.12418043.

    >>> k, alpha = rain_coefficients(14.25e9, np.radians(31.07699124), 0.0)
    >>> round(float(k), 8), round(float(alpha), 8)
    (0.03975488, 1.12418043)
    """
    decades = np.log10(np.maximum(np.asarray(frequency_hz, dtype=float), LOWEST_FREQUENCY_HZ) / 1e9)

    def series(terms: tuple[tuple[float, float, float], ...]) -> Array:
        return np.asarray(sum(a * np.exp(-(((decades - b) / c) ** 2)) for a, b, c in terms))

    k_h = 10 ** (series(_K_H) - 0.18961 * decades + 0.71147)
    k_v = 10 ** (series(_K_V) - 0.16398 * decades + 0.63297)
    alpha_h = series(_ALPHA_H) + 0.67849 * decades - 1.95537
    alpha_v = series(_ALPHA_V) - 0.053739 * decades + 0.83433
    turn = np.cos(elevation_rad) ** 2 * np.cos(2 * polarization_tilt_rad)
    k = (k_h + k_v + (k_h - k_v) * turn) / 2
    alpha = (k_h * alpha_h + k_v * alpha_v + (k_h * alpha_h - k_v * alpha_v) * turn) / (2 * k)
    return np.asarray(k), np.asarray(alpha)


def rain_attenuation_db(
    frequency_hz: ArrayLike,
    elevation_rad: ArrayLike,
    *,
    rain_rate_mm_h: float,
    rain_height_m: float,
    station_height_m: float,
    latitude_rad: float,
    exceeded_fraction: float,
    polarization_tilt_rad: float = np.pi / 4,
) -> Array:
    """Rain attenuation exceeded for a share of an average year.

    A(p) = A(0.01 %) (p / 0.01 %)^-(0.655 + 0.033 ln p - 0.045 ln A(0.01 %) - beta (1 - p) sin el)

    Parameters
    ----------
    frequency_hz : array_like
        Carrier, up to 55 GHz. [Hz]
    elevation_rad : array_like
        Elevation of the path, above 0. [rad]
    rain_rate_mm_h : float
        Rain rate exceeded for 0.01 % of an average year. [mm/h]
    rain_height_m, station_height_m : float
        Mean rain height and height of the station, above mean sea level. [m]
    latitude_rad : float
        Latitude of the station. [rad]
    exceeded_fraction : float
        Share of the year, 1e-5 to 0.05. [1]
    polarization_tilt_rad : float
        Tilt of linear polarization from the horizontal; pi/4 for circular polarization. [rad]

    Returns
    -------
    ndarray
        Attenuation; zero where the station stands above the rain. [dB]

    References
    ----------
    Recommendation ITU-R P.618-13 (2017), section 2.2.1.1, steps 1 to 10.

    Examples
    --------
    ITU validation example, London at 14.25 GHz, 0.1 % of the year: 2.185847 dB.

    >>> loss_db = rain_attenuation_db(
    ...     14.25e9, np.radians(31.07699124), rain_rate_mm_h=26.48052, rain_height_m=2452.73333,
    ...     station_height_m=31.382984, latitude_rad=np.radians(51.5), exceeded_fraction=1e-3,
    ...     polarization_tilt_rad=0.0)
    >>> round(float(loss_db), 4)
    2.1858
    """
    f_ghz = np.maximum(np.asarray(frequency_hz, dtype=float), LOWEST_FREQUENCY_HZ) / 1e9
    elevation = np.asarray(elevation_rad, dtype=float)
    above_km = (rain_height_m - station_height_m) / 1e3
    if above_km <= 0 or rain_rate_mm_h <= 0:
        return np.zeros(np.broadcast_shapes(f_ghz.shape, elevation.shape))
    sine = np.sin(elevation)
    ground_km = slant_length_m(1e3 * above_km, elevation) / 1e3 * np.cos(elevation)
    k, alpha = rain_coefficients(frequency_hz, elevation, polarization_tilt_rad)
    gamma = k * rain_rate_mm_h**alpha
    across = 1 / (1 + 0.78 * np.sqrt(ground_km * gamma / f_ghz) - 0.38 * (1 - np.exp(-2 * ground_km)))
    steep = np.arctan2(above_km, ground_km * across) > elevation
    path_km = np.where(steep, ground_km * across / np.cos(elevation), above_km / sine)
    latitude_deg = abs(np.degrees(latitude_rad))
    chi_deg = max(36.0 - latitude_deg, 0.0)
    lift = 31 * (1 - np.exp(-np.degrees(elevation) / (1 + chi_deg))) * np.sqrt(path_km * gamma) / f_ghz**2
    down = 1 / (1 + np.sqrt(sine) * (lift - 0.45))
    at_001 = gamma * path_km * down
    percent = 100 * exceeded_fraction
    beta = np.zeros_like(sine)
    if percent < 1 and latitude_deg < 36:
        low = np.degrees(elevation) < 25
        beta = -0.005 * (latitude_deg - 36) + np.where(low, 1.8 - 4.25 * sine, 0.0)
    power = 0.655 + 0.033 * np.log(percent) - 0.045 * np.log(at_001) - beta * (1 - percent) * sine
    return np.asarray(at_001 * (percent / 0.01) ** -power)
