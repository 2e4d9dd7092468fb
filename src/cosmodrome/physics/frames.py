"""Frames: GCRF, ITRF, TEME and geodetic coordinates, IAU 2006/2000A through pyerfa.

Rotation matrices have shape (N, 3, 3) and turn vectors of the frame named second into the frame named first.
"""

from datetime import datetime

import erfa
import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.physics.earth_orientation import EarthOrientation
from cosmodrome.physics.interpolation import lagrange_cubics
from cosmodrome.physics.time import julian_date_from_datetime, terrestrial_time

Array = NDArray[np.float64]

_WGS84 = 1  # erfa's number of the ellipsoid
_J2000 = 2_451_545.0
_NODE_STEP_S = 21_600.0  # the pole's path departs from cubics over six hours by 1e-6 arcsec
_BLOCK_COUNT = 50_000  # matrices made at a time: what they are made of takes five times their memory


def universal_time(epoch: datetime, elapsed_s: Array, orientation: EarthOrientation) -> tuple[float, Array]:
    """Two-part Julian dates in UT1 of `epoch` plus elapsed seconds.

    Examples
    --------
    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> _, day = universal_time(datetime(2017, 1, 1, tzinfo=UTC), np.zeros(1), read_earth_orientation())
    >>> round(float(day[0]) * 86400, 2)
    0.59
    """
    first, fraction = julian_date_from_datetime(epoch)
    elapsed = np.atleast_1d(np.asarray(elapsed_s, dtype=float))
    ut1_minus_utc = orientation.at(epoch, elapsed)[0]
    return first, fraction + (elapsed + ut1_minus_utc) / DAY_S


def greenwich_mean_sidereal_angle_rad(
    epoch: datetime, elapsed_s: Array, orientation: EarthOrientation
) -> Array:
    """Greenwich mean sidereal time, IAU 1982, the angle that TEME goes with, in [0, 2 pi) [rad].

    References
    ----------
    Aoki et al. (1982), A&A 105, 359; Vallado (2013), example 3-5.

    Examples
    --------
    Vallado (2013), example 3-5: 1992-08-20 12:14 UT1, 152.57879 deg.

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> instant, table = datetime(1992, 8, 20, 12, 14, tzinfo=UTC), read_earth_orientation()
    >>> angle = greenwich_mean_sidereal_angle_rad(instant, np.zeros(1), table)
    >>> round(float(np.degrees(angle)[0]), 2)
    152.58
    """
    first, second = universal_time(epoch, elapsed_s, orientation)
    return np.asarray(erfa.gmst82(first, second), dtype=float)


def itrf_from_gcrf(epoch: datetime, elapsed_s: Array, orientation: EarthOrientation) -> Array:
    """Rotation matrices from GCRF to ITRF, shape (N, 3, 3).

    References
    ----------
    IERS Conventions (2010), chapter 5, CIO-based; series IAU 2006/2000A evaluated every six hours.

    Examples
    --------
    Vallado (2013), example 3-14, 2004-04-06 07:51:28.386 UTC: 5102.509 km in GCRF, -1033.479 in ITRF.

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> instant = datetime(2004, 4, 6, 7, 51, 28, 386009, tzinfo=UTC)
    >>> matrix = itrf_from_gcrf(instant, np.zeros(1), read_earth_orientation())
    >>> inertial = np.array([[5102.5089592, 6123.0114033, 6378.1369247]])
    >>> [round(float(x), 2) for x in rotate(matrix, inertial)[0]]
    [-1033.48, 7901.3, 6380.36]
    """
    elapsed = np.atleast_1d(np.asarray(elapsed_s, dtype=float))
    if len(elapsed) > _BLOCK_COUNT:
        turned = np.empty((len(elapsed), 3, 3))
        for first in range(0, len(elapsed), _BLOCK_COUNT):
            block = slice(first, first + _BLOCK_COUNT)
            turned[block] = itrf_from_gcrf(epoch, elapsed[block], orientation)
        return turned
    nodes = np.arange(elapsed.min() - _NODE_STEP_S, elapsed.max() + 3 * _NODE_STEP_S, _NODE_STEP_S)
    direct = len(nodes) > len(elapsed)
    day, fraction = terrestrial_time(epoch, elapsed if direct else nodes)
    x, y, s = erfa.xys06a(day, fraction)
    if not direct:
        x, y, s = lagrange_cubics(elapsed, nodes, (x, y, s))
    _, pole_x, pole_y, offset_x, offset_y = orientation.at(epoch, elapsed)
    celestial = erfa.c2ixys(x + offset_x, y + offset_y, s)
    angle = erfa.era00(*universal_time(epoch, elapsed, orientation))
    day, fraction = terrestrial_time(epoch, elapsed)
    polar = erfa.pom00(pole_x, pole_y, erfa.sp00(day, fraction))
    return np.asarray(erfa.c2tcio(celestial, angle, polar), dtype=float)


def itrf_from_teme(epoch: datetime, elapsed_s: Array, orientation: EarthOrientation) -> Array:
    """Rotation matrices from TEME, the frame of SGP4, to ITRF, shape (N, 3, 3).

    References
    ----------
    Vallado, Crawford, Hujsak and Kelso (2006), AIAA 2006-6753, appendix C.

    Examples
    --------
    Vallado (2013), example 3-15: 5094.180 km in TEME, -1033.479 km in ITRF.

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> instant = datetime(2004, 4, 6, 7, 51, 28, 386009, tzinfo=UTC)
    >>> matrix = itrf_from_teme(instant, np.zeros(1), read_earth_orientation())
    >>> position = np.array([[5094.1801621, 6127.6446595, 6380.3445327]])
    >>> [round(float(x), 2) for x in rotate(matrix, position)[0]]
    [-1033.48, 7901.3, 6380.36]
    """
    elapsed = np.atleast_1d(np.asarray(elapsed_s, dtype=float))
    _, pole_x, pole_y, _, _ = orientation.at(epoch, elapsed)
    angle = greenwich_mean_sidereal_angle_rad(epoch, elapsed, orientation)
    identity = np.broadcast_to(np.eye(3), (len(elapsed), 3, 3))
    polar = erfa.pom00(pole_x, pole_y, 0.0)
    return np.asarray(erfa.c2tcio(identity, angle, polar), dtype=float)


def rotate(matrix: Array, vectors: Array) -> Array:
    """Apply N matrices to N vectors, shape (N, 3).

    Examples
    --------
    >>> rotate(np.eye(3)[None], np.array([[1.0, 2.0, 3.0]])).tolist()
    [[1.0, 2.0, 3.0]]
    """
    return np.asarray(np.einsum("nij,nj->ni", matrix, vectors), dtype=float)


def earth_fixed_state(
    matrix: Array, turning_rate_rad_s: Array, position_m: Array, velocity_m_s: Array
) -> tuple[Array, Array]:
    """Position [m] and velocity relative to the turning Earth [m/s], from inertial N-vectors.

    Parameters
    ----------
    matrix : Array, shape (N, 3, 3)
        Into the Earth-fixed frame.
    turning_rate_rad_s : Array, shape (N, 3)
        Angular velocity of the Earth-fixed frame, in that frame: `named_frames.turning_rate_rad_s`.
    position_m, velocity_m_s : Array, shape (N, 3)

    Examples
    --------
    A point at rest on the equator moves at 465.1 m/s in inertial space.

    >>> r, v = np.array([[6378137.0, 0, 0]]), np.array([[0, 465.1011, 0]])
    >>> rate = np.array([[0, 0, 7.292115e-5]])
    >>> round(float(np.linalg.norm(earth_fixed_state(np.eye(3)[None], rate, r, v)[1])), 3)
    0.0
    """
    position = rotate(matrix, position_m)
    return position, rotate(matrix, velocity_m_s) - np.cross(turning_rate_rad_s, position)


def inertial_state(
    matrix: Array, turning_rate_rad_s: Array, position_m: Array, velocity_m_s: Array
) -> tuple[Array, Array]:
    """Position [m] and velocity [m/s] in the inertial frame, from Earth-fixed N-vectors.

    The inverse of `earth_fixed_state` with the same matrices, which turn into the Earth-fixed frame.

    Examples
    --------
    A point at rest on the equator moves at 465.1 m/s in inertial space.

    >>> r, rate = np.array([[6378137.0, 0, 0]]), np.array([[0, 0, 7.292115e-5]])
    >>> r, v = inertial_state(np.eye(3)[None], rate, r, np.zeros((1, 3)))
    >>> round(float(np.linalg.norm(v)), 3)
    465.101
    """
    back = np.swapaxes(matrix, 1, 2)
    return rotate(back, position_m), rotate(back, velocity_m_s + np.cross(turning_rate_rad_s, position_m))


def eme2000_from_gcrf() -> Array:
    """Rotation matrix from GCRF to the mean equator and equinox of J2000, shape (1, 3, 3).

    References
    ----------
    IERS Conventions (2010), section 5.4.4: the frame bias, IAU 2006.

    Examples
    --------
    The bias turns by 23 mas: 0.8 m in low Earth orbit.

    >>> turned = rotate(eme2000_from_gcrf(), np.array([[7e6, 0.0, 0.0]]))
    >>> round(float(np.linalg.norm(turned - [[7e6, 0.0, 0.0]])), 2)
    0.75
    """
    bias, _, _ = erfa.bp06(_J2000, 0.0)
    return np.asarray(bias, dtype=float)[None]


def geodetic_from_ecef(position_m: Array) -> tuple[Array, Array, Array]:
    """Geodetic latitude [rad], longitude [rad] and height [m] on WGS-84, from shape (N, 3).

    References
    ----------
    Fukushima (2006), J. Geodesy 79, 689, through SOFA `iauGc2gd`.

    Examples
    --------
    SOFA's own test case for WGS-84, `t_gc2gd`: height 331.4172461426059 m.

    >>> _, _, height = geodetic_from_ecef(np.array([[2e6, 3e6, 5.244e6]]))
    >>> round(float(height[0]), 4)
    331.4172
    """
    longitude, latitude, height = erfa.gc2gd(_WGS84, np.asarray(position_m, dtype=float))
    return latitude, longitude, height


def ecef_from_geodetic(latitude_rad: Array, longitude_rad: Array, height_m: Array) -> Array:
    """Earth-fixed positions of WGS-84 geodetic coordinates, shape (N, 3) [m].

    Examples
    --------
    SOFA's own test case for WGS-84, `t_gd2gc`: x = -5599000.5577 m.

    >>> position = ecef_from_geodetic(np.array([-0.5]), np.array([3.1]), np.array([2500.0]))
    >>> round(float(position[0, 0]), 3)
    -5599000.558
    """
    return np.asarray(erfa.gd2gc(_WGS84, longitude_rad, latitude_rad, height_m), dtype=float)
