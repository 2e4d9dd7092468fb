"""Shift of a carrier by the motion between its ends."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.constants import SPEED_OF_LIGHT_M_S


def doppler_shift_hz(range_rate_m_s: ArrayLike, frequency_hz: float) -> NDArray[np.float64]:
    """Shift of a carrier by relative motion, -f v / c.

    Parameters
    ----------
    range_rate_m_s : array_like
        Rate of change of the distance; negative while it shrinks. [m/s]
    frequency_hz : float
        Carrier. [Hz]

    Returns
    -------
    ndarray
        Shift; positive while the distance shrinks. [Hz]

    Notes
    -----
    First order in v / c: in low orbit exact to 3e-5 of the shift.

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., section 13.1.

    Examples
    --------
    7 km/s toward the station at 8 GHz: 187 kHz.

    >>> round(float(doppler_shift_hz(-7000.0, 8e9)) / 1e3)
    187
    """
    return np.asarray(-frequency_hz * np.asarray(range_rate_m_s, dtype=float) / SPEED_OF_LIGHT_M_S)
