"""What sees what: satellites over points of the ground, and satellites each other past the Earth.

Margins are positive while the condition holds, and of the kind that `excursions` seeks.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_FLATTENING
from cosmodrome.physics.arcs import Arcs, Components
from cosmodrome.physics.frames import ecef_from_geodetic

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Truths = NDArray[np.bool_]

_POLAR_RADIUS_M = EARTH_EQUATORIAL_RADIUS_M * (1 - EARTH_FLATTENING)
_VERTICAL_RAD = math.radians(0.1925)  # the geodetic vertical leans from the geocentric by no more
_RATE_ALLOWANCE = 1.02  # between its samples the speed may exceed the mean speed by so much
_FALL_M_S2 = 10.0  # no satellite is accelerated more


@dataclass(frozen=True, slots=True)
class GroundPoints:
    """P points of the ground with their geodetic verticals."""

    position_m: Array  # (P, 3), Earth-fixed
    up_direction: Array  # (P, 3)

    @classmethod
    def of(cls, latitude_deg: Array, longitude_deg: Array, altitude_m: Array) -> "GroundPoints":
        """From geodetic coordinates on WGS-84."""
        latitude, longitude = np.radians(latitude_deg), np.radians(longitude_deg)
        up = (np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude))
        height = np.broadcast_to(np.asarray(altitude_m, dtype=float), latitude.shape)
        return cls(ecef_from_geodetic(latitude, longitude, height), np.column_stack(up))

    def __len__(self) -> int:
        return len(self.position_m)

    def __repr__(self) -> str:
        return f"<GroundPoints {len(self)}>"


def footprint_angle_rad(radius_m: Array, half_cone_rad: float | None, elevation_rad: float) -> Array:
    """Earth central angle from below the satellite to the edge of what it covers, on a sphere [rad].

    By elevation: acos(R/r cos e) - e; by a nadir cone of half angle h: asin(r/R sin h) - h, where the cone
    meets the ground. The smaller counts.

    Parameters
    ----------
    radius_m : Array
        Of the satellite, in units of the Earth's radius times `EARTH_EQUATORIAL_RADIUS_M` [m].
    half_cone_rad : float or None
        Half angle of the sensor's cone [rad]; None where only the elevation limits.
    elevation_rad : float
        Least elevation of the satellite at the point [rad].

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., equations 5-24 to 5-28.

    Examples
    --------
    SMAD section 5.2, a satellite at 1000 km with the horizon at 30.2 deg of central angle (equation 5-25).

    >>> angle = footprint_angle_rad(np.array([EARTH_EQUATORIAL_RADIUS_M + 1e6]), None, 0.0)
    >>> round(math.degrees(angle[0]), 1)
    30.2
    """
    ratio = np.asarray(radius_m, dtype=float) / EARTH_EQUATORIAL_RADIUS_M
    angle = np.arccos(np.minimum(math.cos(elevation_rad) / ratio, 1.0)) - elevation_rad
    if half_cone_rad is None:
        return np.asarray(angle, dtype=float)
    sine = ratio * math.sin(half_cone_rad)
    cone = np.where(sine < 1.0, np.arcsin(np.minimum(sine, 1.0)) - half_cone_rad, np.inf)
    return np.asarray(np.minimum(angle, cone), dtype=float)


def reach_cosine_ratio(arcs: Arcs, half_cone_rad: float | None, elevation_rad: float) -> Array:
    """Cosine of the central angle from the middle of each piece beyond which nothing is seen on it, (B, K).

    The satellite turns about the Earth's center by no more than w h / 2 from the middle of a piece to its
    ends, with w its greatest angular rate over the turning ground: what lies further than the footprint and
    this angle is not seen. w is the mean speed over quarters of the piece with 2 % more, over the least
    radius; the greatest radius is that at the quarters and what free fall can add between them. The footprint
    is taken on the polar radius and with the verticals' lean of 0.19 deg. For pieces up to two minutes.
    """
    place = arcs.at(0.0)
    lowest = highest = _length(place)
    longest = np.zeros_like(lowest)
    for share in (0.25, 0.5, 0.75, 1.0):
        later = arcs.at(share)
        radius = _length(later)
        lowest, highest = np.minimum(lowest, radius), np.maximum(highest, radius)
        longest = np.maximum(longest, _length(later - place))
        place = later
    speed = longest / (0.25 * arcs.step_s)
    sweep = 0.5 * arcs.step_s * _RATE_ALLOWANCE * speed / lowest
    highest = highest + 0.5 * _FALL_M_S2 * (0.125 * arcs.step_s) ** 2
    flattened = highest * EARTH_EQUATORIAL_RADIUS_M / _POLAR_RADIUS_M
    reach = footprint_angle_rad(flattened, half_cone_rad, elevation_rad - _VERTICAL_RAD)
    return np.asarray(np.cos(np.minimum(reach + sweep, math.pi)), dtype=float)


def _length(vectors: Array) -> Array:
    """Of vectors whose components are the first axis."""
    return np.asarray(np.sqrt(np.einsum("i...,i...->...", vectors, vectors)), dtype=float)


@dataclass(frozen=True, slots=True)
class Sight:
    """Sine of elevation, range and radius of satellites seen from points of the ground, M of each."""

    elevation_sine_ratio: Array
    range_m: Array
    radius_m: Array


def sight(place: Components, ground: Components, up: Components) -> Sight:
    """How points see satellites, component by component."""
    (x, y, z), (a, b, c), (e, f, g) = place, ground, up
    dx, dy, dz = x - a, y - b, z - c
    distance = np.sqrt(dx * dx + dy * dy + dz * dz)
    sine = (dx * e + dy * f + dz * g) / distance
    return Sight(sine, distance, np.sqrt(x * x + y * y + z * z))


class GroundMargin:
    """Sine of elevation less that of the mask, and cosine of the off-nadir angle less that of the cone.

    The smaller of both. The off-nadir angle is measured at the satellite from the direction of the Earth's
    center. Channels number point and body: channel = body * P + point.
    """

    def __init__(
        self, arcs: Arcs, points: GroundPoints, mask_rad: Array, half_cone_rad: float | None, nodes: int
    ) -> None:
        self._arcs, self._count = arcs, len(points)
        self._ground = tuple(np.ascontiguousarray(axis) for axis in points.position_m.T)
        self._up = tuple(np.ascontiguousarray(axis) for axis in points.up_direction.T)
        self._mask_sine = np.sin(np.broadcast_to(mask_rad, (len(points),)))
        self._cone_cosine = None if half_cone_rad is None else math.cos(half_cone_rad)
        self._ground_squared = np.sum(points.position_m**2, axis=1)
        self._nodes = [tuple(axis.reshape(-1) for axis in arcs.at(node / nodes)) for node in range(nodes + 1)]

    def at_node(self, channel: Indices, piece: Indices, node: int) -> Array:
        """Margin at one node of the pieces."""
        body, point = np.divmod(channel, self._count)
        place = body * self._arcs.pieces_count + piece
        x, y, z = (axis[place] for axis in self._nodes[node])
        return self._margin(point)((x, y, z))

    def along(self, channel: Indices, piece: Indices) -> Callable[[Array], Array]:
        """Margin as a function of the fraction of each piece."""
        body, point = np.divmod(channel, self._count)
        position, margin = self._arcs.along(body, piece), self._margin(point)
        return lambda fraction: margin(position(fraction))

    def _margin(self, point: Indices) -> Callable[[Components], Array]:
        a, b, c = (axis[point] for axis in self._ground)
        e, f, g = (axis[point] for axis in self._up)
        mask_sine, squared, cone = self._mask_sine[point], self._ground_squared[point], self._cone_cosine

        def margin(place: Components) -> Array:
            seen = sight(place, (a, b, c), (e, f, g))
            above = seen.elevation_sine_ratio - mask_sine
            if cone is None:
                return above
            # law of cosines in the triangle of center, satellite and point
            radius, distance = seen.radius_m, seen.range_m
            off_nadir = (radius * radius + distance * distance - squared) / (2 * radius * distance)
            return np.asarray(np.minimum(above, off_nadir - cone), dtype=float)

        return margin


class SightLineMargin:
    """How far above the grazing sphere the line between two satellites passes [m], seen from its center.

    Channels number the pairs.
    """

    def __init__(self, arcs: Arcs, pairs: Indices, grazing_radius_m: float, nodes: int) -> None:
        self._arcs, self._first, self._second = arcs, pairs[:, 0], pairs[:, 1]
        self._grazing = grazing_radius_m
        self._nodes = [arcs.at(node / nodes) for node in range(nodes + 1)]

    def at_node(self, channel: Indices, piece: Indices, node: int) -> Array:
        """Margin at one node of the pieces."""
        place = self._nodes[node]
        first, second = place[:, self._first[channel], piece], place[:, self._second[channel], piece]
        return self._margin((first[0], first[1], first[2]), (second[0], second[1], second[2]))

    def along(self, channel: Indices, piece: Indices) -> Callable[[Array], Array]:
        """Margin as a function of the fraction of each piece."""
        first = self._arcs.along(self._first[channel], piece)
        second = self._arcs.along(self._second[channel], piece)
        return lambda fraction: self._margin(first(fraction), second(fraction))

    def _margin(self, first: Components, second: Components) -> Array:
        return sight_line_height_m(first, second) - self._grazing


def sight_line_height_m(first: Components, second: Components) -> Array:
    """Least distance of the straight line between two satellites from the Earth's center [m].

    References
    ----------
    Vallado (2013), algorithm 35 (SIGHT).

    Examples
    --------
    >>> one, other = (np.array([8e6]), np.zeros(1), np.zeros(1)), (np.zeros(1), np.array([6e6]), np.zeros(1))
    >>> round(float(sight_line_height_m(one, other)[0]))
    4800000
    """
    (x, y, z), (a, b, c) = first, second
    dx, dy, dz = a - x, b - y, c - z
    along = dx * dx + dy * dy + dz * dz
    share = -(x * dx + y * dy + z * dz) / np.maximum(along, 1e-6)
    share = np.clip(share, 0.0, 1.0)
    nx, ny, nz = x + share * dx, y + share * dy, z + share * dz
    return np.asarray(np.sqrt(nx * nx + ny * ny + nz * nz), dtype=float)


def near_pieces(places: Array, directions: Array, cosines: Array) -> Indices:
    """Flat numbers p K + k of the points and pieces with an angle less than the piece's reach.

    Parameters
    ----------
    places : Array, shape (3, K)
        Directions of a satellite at the middles of its pieces, unit vectors.
    directions : Array, shape (P, 3)
        Of the points, unit vectors.
    cosines : Array, shape (K,)
        From `reach_cosine_ratio`.

    Notes
    -----
    In single precision, whose error of some 3e-7 of the cosine is allowed for.

    Examples
    --------
    >>> axes = np.eye(3)
    >>> near_pieces(axes, axes, np.full(3, 0.5)).tolist()
    [0, 4, 8]
    """
    x, y, z = (np.ascontiguousarray(axis, dtype=np.float32) for axis in places)
    least = (cosines - 1e-6).astype(np.float32)
    ground, count = directions.astype(np.float32), len(x)
    rows = max(1, 100_000 // count)
    dot, part = np.empty((rows, count), np.float32), np.empty((rows, count), np.float32)
    found = []
    for first in range(0, len(ground), rows):
        block = ground[first : first + rows]
        sums, product = dot[: len(block)], part[: len(block)]
        np.multiply(block[:, 0:1], x, out=sums)
        np.multiply(block[:, 1:2], y, out=product)
        sums += product
        np.multiply(block[:, 2:3], z, out=product)
        sums += product
        found.append(np.flatnonzero(sums > least) + first * count)
    return np.concatenate(found) if found else np.zeros(0, dtype=int)
