"""Constellations: Walker patterns, their mean motion under J2, and many two-line elements at once.

The light propagation keeps semi-major axis, eccentricity and inclination, and turns node, perigee and mean
anomaly at their secular J2 rates. Against a full force model it leaves out the short-period terms (up to
about 10 km in position in low orbit), drag, the Moon and the Sun: for statistics of coverage over days to
weeks, not for the times of particular passes.
"""

import math
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from sgp4.api import Satrec, SatrecArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.arcs import PADDING_COUNT
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import (
    KeplerianElements,
    nodal_period_s,
    perigee_drift_rate_rad_s,
    raan_drift_rate_rad_s,
)
from cosmodrome.physics.frames import itrf_from_teme
from cosmodrome.physics.time import julian_date_from_datetime

Array = NDArray[np.float64]
TwoLines = tuple[str, str]

_TURN = 2 * math.pi


def walker_delta(
    total_count: int,
    planes_count: int,
    phasing_count: int,
    altitude_km: float,
    inclination_deg: float,
    *,
    first_raan_deg: float = 0.0,
) -> tuple[KeplerianElements, ...]:
    """Satellites of the Walker delta pattern i: T/P/F, plane by plane.

    P planes with their nodes 360/P deg apart, T/P satellites in each 360 P/T deg apart, and each satellite
    360 F/T deg ahead of its neighbor in the plane to the west.

    Parameters
    ----------
    total_count, planes_count, phasing_count : int
        T, P and F; P divides T, and F lies in [0, P).
    altitude_km : float
        Mean semi-major axis above the equatorial radius [km].
    inclination_deg : float
        Of all planes [deg].
    first_raan_deg : float
        Node of the first plane, from the mean equinox of date (TEME) [deg].

    Returns
    -------
    tuple of KeplerianElements
        Mean elements of circular orbits.

    Raises
    ------
    ValueError
        If P does not divide T, or F is not in [0, P).

    References
    ----------
    Walker (1984), J. British Interplanetary Society 37, 559; Wertz and Larson (1999), SMAD, section 7.6.

    Examples
    --------
    Galileo, 56 deg: 24/3/1 (Galileo OS SIS ICD 2.1): planes 120 deg, satellites 45 deg, phase 15 deg.

    >>> fleet = walker_delta(24, 3, 1, 23222, 56)
    >>> [round(math.degrees(x)) for x in (fleet[8].raan_rad, fleet[1].true_anomaly_rad)]
    [120, 45]
    >>> round(math.degrees(fleet[8].true_anomaly_rad))
    15
    """
    return _walker(
        (total_count, planes_count, phasing_count), altitude_km, inclination_deg, first_raan_deg, 360.0
    )


def walker_star(
    total_count: int,
    planes_count: int,
    phasing_count: int,
    altitude_km: float,
    inclination_deg: float,
    *,
    first_raan_deg: float = 0.0,
) -> tuple[KeplerianElements, ...]:
    """Satellites of the Walker star pattern: as `walker_delta`, with the nodes over 180 deg.

    References
    ----------
    Walker (1984), J. British Interplanetary Society 37, 559.

    Examples
    --------
    Iridium's six planes of eleven, 30 deg apart in this pattern.

    >>> fleet = walker_star(66, 6, 2, 780, 86.4)
    >>> round(math.degrees(fleet[11].raan_rad), 6)
    30.0
    """
    return _walker(
        (total_count, planes_count, phasing_count), altitude_km, inclination_deg, first_raan_deg, 180.0
    )


def constellation_positions_m(
    satellites: Sequence[KeplerianElements], epoch: datetime, elapsed_s: Array
) -> Array:
    """Earth-fixed positions of satellites under secular J2, shape (B, N, 3) [m].

    Node, perigee and mean anomaly advance at the rates of `physics.elements`; Kepler's equation is solved by
    Newton's method. The elements are mean elements at the epoch in TEME, turned to ITRF by GMST82 and the
    pole as those of SGP4 are.

    Parameters
    ----------
    satellites : sequence of KeplerianElements
        B satellites.
    epoch : datetime
        Of the elements, and from which `elapsed_s` counts.
    elapsed_s : Array, shape (N,)
        Times [s].

    References
    ----------
    Vallado (2013), equations 9-37 to 9-41.

    Examples
    --------
    The angular radius of a circular orbit stays what it is.

    >>> from datetime import UTC
    >>> place = constellation_positions_m(
    ...     walker_delta(1, 1, 0, 600, 97), datetime(2027, 1, 1, tzinfo=UTC), np.array([0.0, 1e5]))
    >>> [round(float(r) / 1e3, 3) for r in np.linalg.norm(place[0], axis=-1)]
    [6978.137, 6978.137]
    """
    elapsed = np.asarray(elapsed_s, dtype=float)
    a, e, i, node, perigee, anomaly = _advanced(satellites, elapsed)
    eccentric = anomaly.copy()
    if e.any():
        for _ in range(20):
            change = (eccentric - e * np.sin(eccentric) - anomaly) / (1 - e * np.cos(eccentric))
            eccentric -= change
            if np.abs(change).max() < 1e-13:
                break
    forward = a * (np.cos(eccentric) - e)
    aside = a * np.sqrt(1 - e * e) * np.sin(eccentric)
    p = forward * np.cos(perigee) - aside * np.sin(perigee)
    q = forward * np.sin(perigee) + aside * np.cos(perigee)
    x = p * np.cos(node) - q * np.cos(i) * np.sin(node)
    y = p * np.sin(node) + q * np.cos(i) * np.cos(node)
    return _earth_fixed(np.stack((x, y, q * np.sin(i)), axis=-1), epoch, elapsed)


def two_line_positions_m(lines: Sequence[TwoLines], epoch: datetime, elapsed_s: Array) -> Array:
    """Earth-fixed positions of two-line elements by SGP4, all at once, shape (B, N, 3) [m].

    Where SGP4 gives none, because the satellite has decayed or its elements do not reach so far, positions
    are not numbers. TEME is turned to ITRF by GMST82 with UT1 and the pole, as `operations.passes` is fed.

    Parameters
    ----------
    lines : sequence of two str
        First and second lines of B satellites.
    epoch : datetime
        From which `elapsed_s` counts; any time near the elements' own epochs.
    elapsed_s : Array, shape (N,)
        Times [s].

    Raises
    ------
    ValueError
        If a pair is no two-line element set.

    References
    ----------
    Vallado, Crawford, Hujsak and Kelso (2006), AIAA 2006-6753; `sgp4` `SatrecArray`.

    Examples
    --------
    Terra (satellite_examples S-05) flies at 705 km, some 7080 km from the Earth's center.

    >>> from datetime import UTC
    >>> terra = (
    ...     "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997",
    ...     "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585")
    >>> place = two_line_positions_m([terra], datetime(2019, 10, 16, 3, tzinfo=UTC), np.zeros(1))
    >>> bool(7070e3 < np.linalg.norm(place) < 7090e3)
    True
    """
    return sgp4_positions_m([_record(pair) for pair in lines], epoch, elapsed_s)


def sgp4_positions_m(satellites: Sequence[Satrec], epoch: datetime, elapsed_s: Array) -> Array:
    """Earth-fixed positions by SGP4, as `two_line_positions_m`, of elements however they were read [m]."""
    elapsed = np.asarray(elapsed_s, dtype=float)
    first, fraction = julian_date_from_datetime(epoch)
    error, position_km, _ = SatrecArray(list(satellites)).sgp4(
        np.full(len(elapsed), first), fraction + elapsed / DAY_S
    )
    position = position_km
    position *= 1e3
    position[error != 0] = np.nan
    return _earth_fixed(position, epoch, elapsed)


def padded_times_s(duration_s: float, step_s: float) -> Array:
    """Even times over the duration with four more at both ends, for `physics.arcs.arcs_through` [s].

    The last step may reach beyond the duration.

    Examples
    --------
    >>> padded_times_s(60.0, 30.0).tolist()
    [-120.0, -90.0, -60.0, -30.0, 0.0, 30.0, 60.0, 90.0, 120.0, 150.0, 180.0]
    """
    count = max(1, math.ceil(duration_s / step_s - 1e-9))
    return step_s * np.arange(-PADDING_COUNT, count + PADDING_COUNT + 1, dtype=float)


def _walker(
    pattern: tuple[int, int, int],
    altitude_km: float,
    inclination_deg: float,
    raan_deg: float,
    span_deg: float,
) -> tuple[KeplerianElements, ...]:
    total, planes, phasing = pattern
    if planes < 1 or total < 1 or total % planes:
        raise ValueError(f"{total} satellites do not share out evenly among {planes} planes")
    if not 0 <= phasing < planes:
        raise ValueError(f"the phasing of a Walker pattern lies from 0 to {planes - 1}, it is {phasing}")
    each = total // planes
    return tuple(
        KeplerianElements(
            semi_major_axis_m=EARTH_EQUATORIAL_RADIUS_M + altitude_km * 1e3,
            eccentricity=0.0,
            inclination_rad=math.radians(inclination_deg),
            raan_rad=math.radians(raan_deg + span_deg * plane / planes) % _TURN,
            argument_of_perigee_rad=0.0,
            true_anomaly_rad=_TURN * (place / each + phasing * plane / total) % _TURN,
        )
        for plane in range(planes)
        for place in range(each)
    )


def _advanced(satellites: Sequence[KeplerianElements], elapsed: Array) -> tuple[Array, ...]:
    """a, e, i, shape (B, 1), and node, perigee, mean anomaly, shape (B, N)."""
    rows = []
    for one in satellites:
        a, e, i = one.semi_major_axis_m, one.eccentricity, one.inclination_rad
        half = math.sqrt((1 - e) / (1 + e)) * math.tan(0.5 * one.true_anomaly_rad)
        eccentric = 2 * math.atan(half)
        perigee_rate = perigee_drift_rate_rad_s(a, e, i)
        anomaly_rate = _TURN / nodal_period_s(a, e, i) - perigee_rate
        rows.append(
            (a, e, i, one.raan_rad, one.argument_of_perigee_rad, eccentric - e * math.sin(eccentric),
             raan_drift_rate_rad_s(a, e, i), perigee_rate, anomaly_rate)
        )  # fmt: skip
    columns = np.array(rows, dtype=float).reshape(-1, 9).T[:, :, None]
    return (
        *columns[:3],
        *(start + rate * elapsed for start, rate in zip(columns[3:6], columns[6:], strict=True)),
    )


def _earth_fixed(position: Array, epoch: datetime, elapsed: Array) -> Array:
    """Turn TEME positions (B, N, 3) to ITRF."""
    matrix = itrf_from_teme(epoch, elapsed, read_earth_orientation())
    turned = np.empty_like(position)
    for axis in range(3):
        turned[..., axis] = position[..., 0] * matrix[:, axis, 0]
        turned[..., axis] += position[..., 1] * matrix[:, axis, 1]
        turned[..., axis] += position[..., 2] * matrix[:, axis, 2]
    return turned


def _record(pair: TwoLines) -> Satrec:
    first, second = (line.rstrip() for line in pair)
    if not (first.startswith("1 ") and second.startswith("2 ") and len(first) >= 64 and len(second) >= 63):
        raise ValueError(
            "a two-line element set was expected, lines that begin with '1 ' and '2 '; given: "
            f"{first[:24]!r}, {second[:24]!r}. Give the lines without the satellite's name."
        )
    return Satrec.twoline2rv(first, second)
