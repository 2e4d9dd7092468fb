"""Fading by tropospheric scintillation, from the local wet refractivity (ITU-R P.618-13)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

_TURBULENCE_HEIGHT_M = 1000.0


def scintillation_fade_db(
    frequency_hz: ArrayLike,
    elevation_rad: ArrayLike,
    *,
    wet_refractivity_ppm: float,
    antenna_diameter_m: float,
    exceeded_fraction: float,
    antenna_efficiency_ratio: float = 0.5,
) -> Array:
    """Depth of the scintillation fade exceeded for a share of the time, A_S = a(p) sigma.

    sigma = (3.6e-3 + 1e-4 N_wet) f^(7/12) g(x) / sin(el)^1.2

    Parameters
    ----------
    frequency_hz : array_like
        Carrier, 4 to 55 GHz. [Hz]
    elevation_rad : array_like
        Elevation, 5 degrees and above; lower ones are taken as 5 degrees. [rad]
    wet_refractivity_ppm : float
        Median of the wet term of the surface refractivity, N-units. [ppm]
    antenna_diameter_m : float
        Diameter of the receiving antenna. [m]
    exceeded_fraction : float
        Share of the time, 1e-4 to 0.5; the factor a(p) is also used down to 1e-5, as ITU's examples do. [1]
    antenna_efficiency_ratio : float
        Aperture efficiency. [1]

    Returns
    -------
    ndarray
        Fade depth. [dB]

    References
    ----------
    Recommendation ITU-R P.618-13 (2017), section 2.4.1, equations (43) to (49).

    Examples
    --------
    ITU validation example, London at 14.25 GHz with a dish of 1 m, 1 % of the time: 0.261932 dB.

    >>> fade_db = scintillation_fade_db(
    ...     14.25e9, np.radians(31.07699124), wet_refractivity_ppm=50.38926222, antenna_diameter_m=1.0,
    ...     exceeded_fraction=0.01, antenna_efficiency_ratio=0.65)
    >>> round(float(fade_db), 6)
    0.261932
    """
    f_ghz = np.asarray(frequency_hz, dtype=float) / 1e9
    sine = np.sin(np.maximum(elevation_rad, np.radians(5.0)))
    length_m = 2 * _TURBULENCE_HEIGHT_M / (np.sqrt(sine**2 + 2.35e-4) + sine)
    x = 1.22 * antenna_efficiency_ratio * antenna_diameter_m**2 * f_ghz / length_m
    averaged = 3.86 * (x**2 + 1) ** (11 / 12) * np.sin(11 / 6 * np.arctan2(1.0, x)) - 7.08 * x ** (5 / 6)
    averaging = np.sqrt(np.where(x < 7.0, np.maximum(averaged, 0.0), 0.0))
    sigma = (3.6e-3 + 1e-4 * wet_refractivity_ppm) * f_ghz ** (7 / 12) * averaging / sine**1.2
    decades = np.log10(100 * exceeded_fraction)
    factor = -0.061 * decades**3 + 0.072 * decades**2 - 1.71 * decades + 3.0
    return np.asarray(factor * sigma)
