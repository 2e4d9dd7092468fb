"""Attenuation by clouds, from the local reduced column of liquid water (ITU-R P.840-8)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.physics.slant_path import slant_ratio

Array = NDArray[np.float64]

_CLOUD_HEIGHT_M = 2000.0  # of the layer, where a path below 5 degrees bends round the Earth


def liquid_water_coefficient(frequency_hz: ArrayLike, temperature_k: float = 273.15) -> Array:
    """Specific attenuation coefficient K_l of cloud water, in (dB/km)/(g/m3).

    K_l = 0.819 f / (eps'' (1 + eta^2)), eta = (2 + eps') / eps'', with the double-Debye permittivity of water

    Parameters
    ----------
    frequency_hz : array_like
        Carrier, up to 200 GHz. [Hz]
    temperature_k : float
        Temperature of the water; 273.15 K belongs to reduced water columns. [K]

    Returns
    -------
    ndarray
        K_l. [(dB/km)/(g/m3)]

    References
    ----------
    Recommendation ITU-R P.840-8 (2019), equations (2) to (11).

    Examples
    --------
    ITU validation examples, London: clouds cost 1.77246907 dB at 29 GHz and 0.45516982 dB at 14.25 GHz.

    >>> low, high = liquid_water_coefficient([14.25e9, 29e9])
    >>> round(float(high / low), 5), round(1.77246907 / 0.45516982, 5)
    (3.89408, 3.89408)
    """
    f = np.asarray(frequency_hz, dtype=float) / 1e9
    excess = 300.0 / temperature_k - 1
    static = 77.66 + 103.3 * excess
    middle, optical = 0.0671 * static, 3.52
    principal = 20.20 - 146 * excess + 316 * excess**2
    secondary = 39.8 * principal
    real = (static - middle) / (1 + (f / principal) ** 2)
    real = real + (middle - optical) / (1 + (f / secondary) ** 2) + optical
    imaginary = f * (static - middle) / (principal * (1 + (f / principal) ** 2))
    imaginary = imaginary + f * (middle - optical) / (secondary * (1 + (f / secondary) ** 2))
    eta = (2 + real) / imaginary
    return np.asarray(0.819 * f / (imaginary * (1 + eta**2)))


def cloud_attenuation_db(
    frequency_hz: ArrayLike, elevation_rad: ArrayLike, liquid_water_kg_m2: float
) -> Array:
    """Cloud attenuation on a slant path, A = L_red K_l / sin(el).

    Parameters
    ----------
    frequency_hz : array_like
        Carrier, up to 200 GHz. [Hz]
    elevation_rad : array_like
        Elevation; below 5 degrees the path through a layer 2 km deep on a round Earth. [rad]
    liquid_water_kg_m2 : float
        Reduced column of liquid water exceeded for the wanted share of the year. [kg/m2]

    Returns
    -------
    ndarray
        Attenuation. [dB]

    References
    ----------
    Recommendation ITU-R P.840-8 (2019), equation (12).

    Examples
    --------
    At the zenith one kilogram per square meter costs K_l itself.

    >>> bool(cloud_attenuation_db(20e9, np.pi / 2, 1.0) == liquid_water_coefficient(20e9))
    True
    """
    column = liquid_water_kg_m2 * liquid_water_coefficient(frequency_hz)
    return np.asarray(column * slant_ratio(_CLOUD_HEIGHT_M, elevation_rad))
