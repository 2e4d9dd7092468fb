"""Positions between the samples of an ephemeris."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def hermite_position_m(elapsed_s: Array, position_m: Array, velocity_m_s: Array, at_s: Array) -> Array:
    """Cubic Hermite interpolation of positions, shape of `at_s` plus (3,) [m].

    The error is h^4/384 of the fourth derivative: 0.03 m in low Earth orbit with samples 30 s apart,
    0.4 m with 60 s.

    Parameters
    ----------
    elapsed_s : Array, shape (N,)
        Sample times, increasing [s].
    position_m, velocity_m_s : Array, shape (N, 3)
        Samples; the velocity is the derivative of the position in its frame.
    at_s : Array
        Times inside the range [s].

    References
    ----------
    de Boor (1978), *A Practical Guide to Splines*, chapter IV.

    Examples
    --------
    A cubic is reproduced: t^3 at 0.5 s.

    >>> t = np.array([0.0, 1.0])
    >>> r, v = np.column_stack((t**3, t, t)), np.column_stack((3 * t**2, t * 0 + 1, t * 0 + 1))
    >>> hermite_position_m(t, r, v, np.array([0.5])).tolist()
    [[0.125, 0.5, 0.5]]
    """
    left = np.clip(np.searchsorted(elapsed_s, at_s, side="right") - 1, 0, len(elapsed_s) - 2)
    step = elapsed_s[left + 1] - elapsed_s[left]
    u = ((at_s - elapsed_s[left]) / step)[..., None]
    h = step[..., None]
    start = (1 + 2 * u) * (1 - u) ** 2 * position_m[left] + u * (1 - u) ** 2 * h * velocity_m_s[left]
    end = u * u * (3 - 2 * u) * position_m[left + 1] - u * u * (1 - u) * h * velocity_m_s[left + 1]
    return np.asarray(start + end, dtype=float)
