"""What a constellation sees of the Earth: accesses to targets, and how often a grid of points is seen.

How no access is lost: each satellite's path is cut into pieces of two minutes at most. A piece is discarded
for a point only where a bound on how fast the satellite turns about the Earth's center shows the point
outside the footprint all along; elsewhere every local maximum of the margin is followed up, not only sign
changes between samples. In a circular low orbit the margin has one maximum per revolution over a point, so
accesses of any duration are found; in orbits where two maxima can lie within a minute of each other (perigee
of a very eccentric orbit), accesses longer than a minute are. Edges are bracketed to 1 s and interpolated.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.orbit.constellation import constellation_positions_m, padded_times_s
from cosmodrome.orbit.ground_grid import GroundGrid
from cosmodrome.orbit.revisit import Revisit, revisit_from_accesses
from cosmodrome.physics.arcs import PADDING_COUNT, Arcs, arcs_through
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import KeplerianElements
from cosmodrome.physics.events import Indices, Intervals, find_intervals
from cosmodrome.physics.frames import itrf_from_gcrf, rotate
from cosmodrome.physics.ground_contacts import ContactLimits, even_step_s, ground_contacts
from cosmodrome.physics.sun import sun_direction_and_distance_m
from cosmodrome.physics.visibility import GroundPoints

Array = NDArray[np.float64]

_PIECE_S = 120.0
_SUN_STEP_S = 600.0


@dataclass(frozen=True, slots=True)
class SensorLimits:
    """When a sensor sees a point: all that is given must hold.

    `half_cone_deg` is the greatest off-nadir angle, from the direction of the Earth's center;
    `minimum_elevation_deg` that of the satellite above the point's geodetic horizon;
    `minimum_sun_elevation_deg` that of the Sun's center there, without refraction.
    """

    half_cone_deg: float | None = None
    minimum_elevation_deg: float = 0.0
    minimum_sun_elevation_deg: float | None = None

    def __post_init__(self) -> None:
        """Refuse angles that no sensor has."""
        if self.half_cone_deg is not None and not 0 < self.half_cone_deg <= 90:
            raise ValueError(f"a half-cone angle lies above 0 and up to 90 deg, it is {self.half_cone_deg}")
        if not 0 <= self.minimum_elevation_deg < 90:
            raise ValueError(f"an elevation lies from 0 to below 90 deg, it is {self.minimum_elevation_deg}")


@dataclass(frozen=True, slots=True)
class Accesses:
    """M accesses, sorted by satellite, point and time; seconds from the epoch.

    Those that the span cuts start at 0 or end with it.
    """

    epoch: datetime
    duration_s: float
    satellite: Indices
    point: Indices
    start_s: Array
    end_s: Array

    def __len__(self) -> int:
        return len(self.start_s)

    def __repr__(self) -> str:
        return f"<Accesses {len(self)} in {self.duration_s / DAY_S:.2f} days>"


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often the points of a grid are seen."""

    epoch: datetime
    satellites_count: int
    grid: GroundGrid
    limits: SensorLimits
    revisit: Revisit

    def __repr__(self) -> str:
        return f"<Coverage of {len(self.grid)} points by {self.satellites_count} satellites>"


def coverage(
    satellites: Sequence[KeplerianElements],
    grid: GroundGrid,
    limits: SensorLimits,
    epoch: datetime,
    duration_days: float = 1.0,
) -> Coverage:
    """Revisit statistics of a constellation over a grid or named points.

    Parameters
    ----------
    satellites : sequence of KeplerianElements
        Mean elements at the epoch, propagated by `constellation_positions_m`.
    grid : GroundGrid
        Points on the ellipsoid, for instance by `fibonacci_grid`.
    limits : SensorLimits
        What counts as seen.
    epoch : datetime
        Begin of the span.
    duration_days : float
        Its length [d].

    Returns
    -------
    Coverage

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., sections 5.2 and 7.2.

    Examples
    --------
    A satellite over the poles sees the north pole once a revolution, 14.8 times a day at 600 km.

    >>> from datetime import UTC
    >>> from cosmodrome.orbit.constellation import walker_delta
    >>> pole = GroundGrid(np.array([90.0]), np.array([0.0]))
    >>> one, epoch = walker_delta(1, 1, 0, 600, 90), datetime(2027, 1, 1, tzinfo=UTC)
    >>> seen = coverage(one, pole, SensorLimits(55.0), epoch)
    >>> int(seen.revisit.accesses_count[0]), round(float(seen.revisit.mean_revisit_s[0]))
    (15, 5517)
    """
    points = GroundPoints.of(grid.latitude_deg, grid.longitude_deg, np.zeros(1))
    found = constellation_accesses(satellites, points, limits, epoch, duration_days)
    revisit = revisit_from_accesses(found.point, found.start_s, found.end_s, (len(points), found.duration_s))
    return Coverage(epoch, len(satellites), grid, limits, revisit)


def constellation_accesses(
    satellites: Sequence[KeplerianElements],
    points: GroundPoints,
    limits: SensorLimits,
    epoch: datetime,
    duration_days: float,
) -> Accesses:
    """All accesses of all satellites to all points; see `coverage`."""
    step = even_step_s(duration_days * DAY_S, _PIECE_S)
    times = padded_times_s(duration_days * DAY_S, step)
    arcs = arcs_through(constellation_positions_m(satellites, epoch, times), step)
    return accesses(arcs, points, limits, epoch)


def accesses(arcs: Arcs, points: GroundPoints, limits: SensorLimits, epoch: datetime) -> Accesses:
    """Accesses of satellites on any Earth-fixed paths to points.

    Parameters
    ----------
    arcs : Arcs
        Paths from the epoch on, for instance of `two_line_positions_m`; pieces of two minutes at most in low
        orbit.
    points : GroundPoints
        Targets.
    limits : SensorLimits
        What counts as access.
    epoch : datetime
        Start of the arcs.
    """
    half_cone = None if limits.half_cone_deg is None else float(np.radians(limits.half_cone_deg))
    mask = np.full(len(points), np.radians(limits.minimum_elevation_deg))
    found = ground_contacts(arcs, points, ContactLimits(mask, half_cone), tolerance_s=1.0)
    duration = arcs.step_s * arcs.pieces_count
    columns = (found.body, found.point, found.start_s, found.end_s)
    if limits.minimum_sun_elevation_deg is not None:
        light = sunlit_intervals(points, limits.minimum_sun_elevation_deg, epoch, duration)
        columns = _overlaps(columns, light, duration)
    for column in columns:
        column.setflags(write=False)
    return Accesses(epoch, duration, *columns)


def sunlit_intervals(
    points: GroundPoints, minimum_sun_elevation_deg: float, epoch: datetime, duration_s: float
) -> Intervals:
    """When the Sun's center stands higher than an elevation over points, without refraction; edges to 1 s.

    Channels of the intervals are the points. The Sun's parallax (9 arcsec) is left out.

    Examples
    --------
    Over the equator the Sun is up for half a day: its center, without refraction, for 12 h.

    >>> from datetime import UTC
    >>> point = GroundPoints.of(np.zeros(1), np.zeros(1), np.zeros(1))
    >>> light = sunlit_intervals(point, 0.0, datetime(2027, 3, 21, tzinfo=UTC), 86400.0)
    >>> round(float(light.end_s[0] - light.start_s[0]) / 3600, 2)
    12.0
    """
    step = even_step_s(duration_s, _SUN_STEP_S)
    times = padded_times_s(duration_s, step)
    direction, _ = sun_direction_and_distance_m(epoch, times)
    fixed = rotate(itrf_from_gcrf(epoch, times, read_earth_orientation()), direction)
    arcs = arcs_through(fixed[None], step)
    sine = float(np.sin(np.radians(minimum_sun_elevation_deg)))
    nodes = times[PADDING_COUNT:-PADDING_COUNT]

    def margin(when: Array, point: Indices) -> Array:
        piece = np.clip((when / step).astype(int), 0, arcs.pieces_count - 1)
        x, y, z = arcs.along(np.zeros_like(piece), piece)(when / step - piece)
        up = points.up_direction[point]
        return np.asarray(x * up[..., 0] + y * up[..., 1] + z * up[..., 2] - sine, dtype=float)

    samples = points.up_direction @ fixed[PADDING_COUNT:-PADDING_COUNT].T - sine
    return find_intervals(nodes, samples, margin, 1.0)


def _overlaps(
    found: tuple[Indices, Indices, Array, Array], light: Intervals, duration_s: float
) -> tuple[Indices, Indices, Array, Array]:
    """Parts of the accesses within the intervals of their points."""
    body, point, start, end = found
    turn = 2.0 * duration_s
    first = np.searchsorted(light.channel * turn + light.end_s, point * turn + start, side="right")
    last = np.searchsorted(light.channel * turn + light.start_s, point * turn + end, side="left")
    parts = np.maximum(last - first, 0)
    access = np.repeat(np.arange(len(start)), parts)
    number = first[access] + np.arange(len(access)) - (np.cumsum(parts) - parts)[access]
    begin = np.maximum(start[access], light.start_s[number])
    finish = np.minimum(end[access], light.end_s[number])
    return body[access], point[access], begin, finish
