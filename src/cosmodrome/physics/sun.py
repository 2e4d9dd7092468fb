"""Where the Sun is: the true Sun in GCRF, and the mean Sun that local times are measured by."""

from datetime import datetime

import erfa
import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import ASTRONOMICAL_UNIT_M, DAY_S
from cosmodrome.physics.earth_orientation import EarthOrientation
from cosmodrome.physics.frames import greenwich_mean_sidereal_angle_rad, universal_time
from cosmodrome.physics.interpolation import hermite_position_m
from cosmodrome.physics.time import terrestrial_time

Array = NDArray[np.float64]


def sun_position_m(epoch: datetime, elapsed_s: Array) -> Array:
    """Geometric geocentric position of the Sun in GCRF, shape (N, 3) [m].

    Daily values of erfa's `epv00` (VSOP2000 fit, 1900-2100, 11 km in heliocentric position), joined by
    cubics within 0.1 km.

    References
    ----------
    Bretagnon and Francou (1988), A&A 202, 309; SOFA `iauEpv00`.

    Examples
    --------
    JPL through Astropy (satellite_examples S-08), 2000-01-01 12:00: 0.1771, -0.8874, -0.3847 au.

    >>> from datetime import UTC
    >>> position = sun_position_m(datetime(2000, 1, 1, 12, tzinfo=UTC), np.zeros(1))
    >>> [round(float(x), 3) for x in position[0] / ASTRONOMICAL_UNIT_M]
    [0.177, -0.887, -0.385]
    """
    elapsed = np.atleast_1d(np.asarray(elapsed_s, dtype=float))
    first, last = float(elapsed.min()), float(elapsed.max())
    nodes = np.linspace(first, last, int(np.ceil((last - first) / DAY_S)) + 2)
    if len(nodes) > len(elapsed):
        nodes = elapsed
    day, fraction = terrestrial_time(epoch, nodes)
    heliocentric, _ = erfa.epv00(day, fraction)  # TDB and TT differ by 2 ms: 60 m of the Earth's path
    sun = -heliocentric["p"] * ASTRONOMICAL_UNIT_M
    if nodes is elapsed:
        return np.asarray(sun, dtype=float)
    return hermite_position_m(nodes, sun, -heliocentric["v"] * ASTRONOMICAL_UNIT_M / DAY_S, elapsed)


def sun_direction_and_distance_m(epoch: datetime, elapsed_s: Array) -> tuple[Array, Array]:
    """Unit vector to the Sun in GCRF, shape (N, 3), and its distance, shape (N,) [m].

    Examples
    --------
    The Earth is nearest to the Sun in early January, at 0.9833 au (Astronomical Almanac).

    >>> from datetime import UTC
    >>> _, distance = sun_direction_and_distance_m(datetime(2027, 1, 3, tzinfo=UTC), np.zeros(1))
    >>> round(float(distance[0]) / ASTRONOMICAL_UNIT_M, 4)
    0.9833
    """
    position = sun_position_m(epoch, elapsed_s)
    distance = np.linalg.norm(position, axis=1)
    return position / distance[:, None], distance


def mean_sun_right_ascension_rad(epoch: datetime, elapsed_s: Array, orientation: EarthOrientation) -> Array:
    """Right ascension of the mean Sun from the mean equinox of date, in [0, 2 pi) [rad].

    The definition of universal time read backwards: GMST - UT1 + 12 h.

    References
    ----------
    Seidelmann (1992), *Explanatory Supplement to the Astronomical Almanac*, section 2.24.

    Examples
    --------
    Mean longitude 280.460 deg at J2000 (Astronomical Almanac, section C).

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> instant, table = datetime(2000, 1, 1, 12, tzinfo=UTC), read_earth_orientation()
    >>> round(float(np.degrees(mean_sun_right_ascension_rad(instant, np.zeros(1), table))[0]), 2)
    280.46
    """
    day, fraction = universal_time(epoch, elapsed_s, orientation)
    clock = 2 * np.pi * ((day % 1.0) + fraction)  # Julian days begin at noon
    sidereal = greenwich_mean_sidereal_angle_rad(epoch, elapsed_s, orientation)
    return np.asarray((sidereal - clock) % (2 * np.pi), dtype=float)


def local_time_of_node_h(
    raan_rad: Array, epoch: datetime, elapsed_s: Array, orientation: EarthOrientation
) -> Array:
    """Mean local solar time of a node, in [0, 24) [h].

    Parameters
    ----------
    raan_rad : Array
        Right ascension of the node from the mean equinox of date (TEME) [rad].
    epoch, elapsed_s, orientation
        When, and the Earth orientation table.

    Examples
    --------
    Terra (satellite_examples S-05): node at 1.7962 deg on 2019-10-16 02:07:46 UTC, 22.499 h.

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> instant = datetime(2019, 10, 16, 2, 7, 46, tzinfo=UTC)
    >>> node = np.radians(np.array([1.7962]))
    >>> round(float(local_time_of_node_h(node, instant, np.zeros(1), read_earth_orientation())[0]), 2)
    22.5
    """
    sun = mean_sun_right_ascension_rad(epoch, elapsed_s, orientation)
    return np.asarray((12.0 + np.degrees(raan_rad - sun) / 15.0) % 24.0, dtype=float)


def sun_of_date_m(epoch: datetime, elapsed_s: Array) -> Array:
    """Position of the Sun from the mean equator and equinox of date, shape (N, 3) [m].

    Geometric, and precessed by the IAU 2006 theory; daily values joined by straight lines, which leave the
    path by 0.01 deg at most in direction. For planes that are followed over years.

    References
    ----------
    Capitaine, Wallace and Chapront (2003), A&A 412, 567; SOFA `iauPmat06`.

    Examples
    --------
    At the equinox of 2027-03-20 20:25 UTC (Astronomical Almanac) its declination is zero.

    >>> from datetime import UTC
    >>> x, y, z = sun_of_date_m(datetime(2027, 3, 20, 20, 25, tzinfo=UTC), np.zeros(1))[0]
    >>> abs(float(np.degrees(z / x))) < 0.01
    True
    """
    elapsed = np.atleast_1d(np.asarray(elapsed_s, dtype=float))
    first, last = float(elapsed.min()), float(elapsed.max())
    nodes = np.linspace(first, last, int(np.ceil((last - first) / DAY_S)) + 1)
    if len(nodes) >= len(elapsed):
        nodes = elapsed
    day, fraction = terrestrial_time(epoch, nodes)
    of_date = np.einsum("nij,nj->ni", erfa.pmat06(day, fraction), sun_position_m(epoch, nodes))
    if nodes is elapsed:
        return np.asarray(of_date, dtype=float)
    return np.column_stack([np.interp(elapsed, nodes, of_date[:, axis]) for axis in range(3)])
