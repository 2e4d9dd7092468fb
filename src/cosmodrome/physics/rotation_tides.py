"""How tides sway the pole and UT1 within a day, which the daily tables of Earth orientation leave out."""

from datetime import datetime

import erfa
import numpy as np
from numpy.typing import NDArray

from cosmodrome.physics.time import julian_date_from_datetime, terrestrial_time

Array = NDArray[np.float64]

_NODE_STEP_S = 1800.0  # a chord of half an hour departs from a half-daily tide by 1 %: 0.1 mm
_MICROARCSECOND = np.pi / 180 / 3600 * 1e-6
_JULIAN_CENTURY_DAYS, _J2000 = 36_525.0, 2_451_545.0

# Multipliers of GMST + pi, l, l', F, D and Omega; sine and cosine of x and of y [microarcsecond] and of UT1
# [microsecond]. IERS Conventions (2010), tables 8.2 and 8.3 (ocean tides), x and y with table 5.1a
# (libration) added; the 28 of 71 terms above 4 microarcseconds or 0.4 microseconds: the others come to 2 mm.
_TERMS = np.array(
    [
        [1, -1, 0, -2, -2, -2, -0.05, 0.94, -0.94, -0.05, 0.396, -0.078],
        [1, -2, 0, -2, 0, -2, 0.30, 3.42, -3.42, 0.30, 1.034, -0.314],
        [1, 0, 0, -2, -2, -2, 0.46, 4.15, -4.15, 0.45, 1.187, -0.387],
        [1, -1, 0, -2, 0, -1, 0.79, 5.26, -5.26, 0.79, 0.966, -0.474],
        [1, -1, 0, -2, 0, -2, 3.94, 27.61, -27.61, 3.93, 5.118, -2.499],
        [1, 1, 0, -2, -2, -2, 0.88, 5.29, -5.29, 0.88, 0.911, -0.475],
        [1, 0, 0, -2, 0, -1, 7.12, 26.26, -26.26, 7.12, 3.025, -2.280],
        [1, 0, 0, -2, 0, -2, 37.42, 139.41, -139.40, 37.42, 16.020, -12.069],
        [1, 1, 0, -2, 0, -2, -1.61, -3.46, 3.46, -1.61, -0.308, 0.271],
        [1, -1, 0, 0, 0, 0, -3.68, -10.11, 10.11, -3.68, -0.856, 0.751],
        [1, 0, 0, -2, 2, -2, 21.33, 53.95, -53.95, 21.33, 5.512, -3.095],
        [1, 0, 0, 0, 0, 0, -63.18, -159.94, 159.94, -63.18, -17.620, 8.548],
        [1, 0, 0, 0, 0, -1, -8.62, -21.66, 21.66, -8.62, -2.392, 1.159],
        [1, 1, 0, 0, 0, 0, -2.66, -7.68, 7.68, -2.66, -1.610, 0.187],
        [1, 0, 0, 0, 2, 0, -0.37, -1.06, 1.06, -0.37, -0.407, -0.005],
        [1, 0, 0, 2, 0, 2, -1.10, -3.42, 3.42, -1.09, -1.436, -0.037],
        [1, 0, 0, 2, 0, 1, -0.70, -2.19, 2.19, -0.70, -0.921, -0.023],
        [2, -2, 0, -2, 0, -2, -6.08, -1.61, 3.13, 3.35, -0.637, -0.177],
        [2, 0, 0, -2, -2, -2, -7.59, -2.05, 3.44, 4.23, -0.745, -0.222],
        [2, -1, 0, -2, 0, -2, -56.87, -12.93, 11.15, 32.88, -3.795, -1.556],
        [2, 1, 0, -2, -2, -2, -11.01, -2.40, 1.89, 6.41, -0.698, -0.298],
        [2, 0, 0, -2, 0, -1, 12.32, 1.00, -1.41, -7.31, 0.605, 0.266],
        [2, 0, 0, -2, 0, -2, -330.15, -26.96, 37.58, 195.92, -16.195, -7.140],
        [2, 1, 0, -2, 0, -2, 9.40, -1.44, -1.88, -5.65, 0.425, 0.117],
        [2, 0, -1, -2, 2, -2, -8.51, 3.50, 3.29, 5.11, -0.437, -0.019],
        [2, 0, 0, -2, 2, -2, -144.13, 63.56, 59.23, 86.56, -7.547, -0.159],
        [2, 0, 0, 0, 0, 0, -38.48, 19.14, 17.72, 23.11, -2.104, 0.041],
        [2, 0, 0, 0, 0, -1, -11.44, 5.75, 5.32, 6.87, -0.627, 0.015],
    ]
)


def daily_pole_and_ut1(epoch: datetime, elapsed_s: Array) -> tuple[Array, Array, Array]:
    """What to add to the tabulated pole x and y [rad] and UT1-UTC [s], shape (N,) each.

    Up to 0.6 mas and 0.05 ms: 2 cm at the ground. The libration of UT1, 2 microseconds, is left out.

    References
    ----------
    IERS Conventions (2010), sections 5.5.1 and 8.2.

    Examples
    --------
    The test case of the IERS' routine ORTHO_EOP, MJD 47100: UT1 by -23.39 microseconds. That and the tables
    agree to some tenths of a microsecond, says section 8.2; so do the terms left out.

    >>> from datetime import UTC
    >>> _, _, ut1 = daily_pole_and_ut1(datetime(1987, 11, 1, tzinfo=UTC), np.zeros(1))
    >>> abs(float(ut1[0]) * 1e6 + 23.39) < 1.0
    True
    """
    elapsed = np.atleast_1d(np.asarray(elapsed_s, dtype=float))
    first, last = float(elapsed.min()), float(elapsed.max())
    count = int(np.ceil((last - first) / _NODE_STEP_S)) + 1
    if count >= len(elapsed):
        x, y, ut1 = _evaluated(epoch, elapsed)
    else:
        nodes = np.linspace(first, last, count)
        x, y, ut1 = (np.interp(elapsed, nodes, part) for part in _evaluated(epoch, nodes))
    return x, y, ut1


def _evaluated(epoch: datetime, elapsed: Array) -> tuple[Array, Array, Array]:
    """The series itself."""
    first, fraction = terrestrial_time(epoch, elapsed)
    century = ((first - _J2000) + fraction) / _JULIAN_CENTURY_DAYS
    day, part = julian_date_from_datetime(epoch)
    # UTC for UT1: 0.9 s of a tide of 12 hours
    sidereal = erfa.gmst06(day, part + elapsed / 86_400.0, first, fraction)
    delaunay = (erfa.fal03, erfa.falp03, erfa.faf03, erfa.fad03, erfa.faom03)
    arguments = np.stack((sidereal + np.pi, *(angle(century) for angle in delaunay)))
    angle = _TERMS[:, :6] @ arguments
    waves = np.concatenate((np.sin(angle), np.cos(angle)))
    x, y, ut1 = (np.concatenate((_TERMS[:, k], _TERMS[:, k + 1])) @ waves for k in (6, 8, 10))
    return x * _MICROARCSECOND, y * _MICROARCSECOND, ut1 * 1e-6
