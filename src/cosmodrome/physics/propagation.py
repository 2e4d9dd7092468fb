"""Losses of a path through the atmosphere put together: gas, rain, clouds, scintillation (ITU-R P.618-13)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def total_attenuation_db(
    gas_db: ArrayLike, cloud_db: ArrayLike, rain_db: ArrayLike, scintillation_db: ArrayLike
) -> Array:
    """Attenuation from all causes together, A = A_gas + sqrt((A_rain + A_cloud)^2 + A_scintillation^2).

    Parameters
    ----------
    gas_db, cloud_db : array_like
        Gas and clouds, exceeded for the share of the year asked for, or for 1 % where that is less. [dB]
    rain_db, scintillation_db : array_like
        Rain and scintillation exceeded for the share of the year asked for. [dB]

    Returns
    -------
    ndarray
        Total. [dB]

    References
    ----------
    Recommendation ITU-R P.618-13 (2017), equation (65).

    Examples
    --------
    ITU validation example, London at 14.25 GHz, 0.1 % of the year: 2.901523 dB.

    >>> round(float(total_attenuation_db(0.226874038, 0.455169824, 2.185843298, 0.422845379)), 6)
    2.901523
    """
    wet = np.asarray(rain_db, dtype=float) + np.asarray(cloud_db, dtype=float)
    return np.asarray(np.asarray(gas_db, dtype=float) + np.hypot(wet, scintillation_db))


def weather_noise_k(attenuation_db: ArrayLike, medium_temperature_k: float = 275.0) -> Array:
    """Sky noise that an attenuating medium adds, T = T_m (1 - 10^(-A/10)).

    Parameters
    ----------
    attenuation_db : array_like
        Attenuation of rain and clouds, which a clear sky does not have. [dB]
    medium_temperature_k : float
        Effective temperature of the medium. [K]

    Returns
    -------
    ndarray
        What is added to the antenna's temperature. [K]

    References
    ----------
    Recommendation ITU-R P.618-13 (2017), section 3, which gives 275 K where nothing better is known.

    Examples
    --------
    >>> round(float(weather_noise_k(3.0103)), 1)
    137.5
    """
    return np.asarray(medium_temperature_k * (1 - 10 ** (-np.asarray(attenuation_db, dtype=float) / 10)))
