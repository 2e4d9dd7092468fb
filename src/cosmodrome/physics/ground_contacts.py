"""When many satellites are seen from many points of the ground: the search behind passes and coverage."""

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.physics.arcs import Arcs
from cosmodrome.physics.events import Intervals
from cosmodrome.physics.excursions import PieceGrid, find_excursions, find_excursions_and_peaks
from cosmodrome.physics.visibility import GroundMargin, GroundPoints, near_pieces, reach_cosine_ratio

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Truths = NDArray[np.bool_]

_BATCH_COUNT = 60_000  # pieces looked at together: their numbers stay within the processor's caches


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """What a contact needs: a mask for each of the P points, and the sensor's cone about the nadir."""

    mask_rad: Array  # (P,)
    half_cone_rad: float | None = None


@dataclass(frozen=True, slots=True)
class GroundContacts:
    """M contacts by body, point and time. Times count from the first sample of the arcs.

    `peak_s` and `peak_sine_ratio` (of the elevation) are empty where they were not asked for.
    """

    body: Indices
    point: Indices
    start_s: Array
    end_s: Array
    begins: Truths
    ends: Truths
    peak_s: Array
    peak_sine_ratio: Array

    def __len__(self) -> int:
        return len(self.start_s)

    def __repr__(self) -> str:
        return f"<GroundContacts {len(self)}>"


def ground_contacts(
    arcs: Arcs,
    points: GroundPoints,
    limits: ContactLimits,
    *,
    nodes_count: int = 2,
    tolerance_s: float = 0.1,
    peaks: bool = False,
    threads_count: int = 2,
) -> GroundContacts:
    """Find all contacts of all bodies with all points.

    A piece of a path is discarded only where `reach_cosine_ratio`, a bound, shows the point out of reach all
    along it. The margin (`GroundMargin`) is then taken at the nodes of the pieces that remain; a contact
    between two nodes is found where the margin has its one crest there. In low orbit the margin has one crest
    per revolution, so that with pieces of two minutes and two nodes none is missed, however short.

    Parameters
    ----------
    arcs : Arcs
        Earth-fixed paths of B bodies.
    points : GroundPoints
        P points.
    limits : ContactLimits
        Masks and cone.
    nodes_count : int
        Node spacings in each piece.
    tolerance_s : float
        Edges are within this of the truth on the arcs; mostly 100 times closer [s].
    peaks : bool
        Whether to find the greatest elevation of each contact. Only without a cone.
    threads_count : int
        Batches worked on at a time.

    Returns
    -------
    GroundContacts

    Examples
    --------
    A body that stands over the equator sees the point below it all the time.

    >>> from cosmodrome.physics.arcs import arcs_through
    >>> arcs = arcs_through(np.full((1, 12, 3), [42e6, 0.0, 0.0]), 60.0)
    >>> point = GroundPoints.of(np.zeros(1), np.zeros(1), np.zeros(1))
    >>> found = ground_contacts(arcs, point, ContactLimits(np.zeros(1)))
    >>> float(found.start_s[0]), float(found.end_s[0]), bool(found.begins[0])
    (0.0, 180.0, False)
    """
    if peaks and limits.half_cone_rad is not None:
        raise ValueError("the greatest elevation is found of contacts that a mask limits, not a cone")
    count = len(points)
    margin = GroundMargin(arcs, points, limits.mask_rad, limits.half_cone_rad, nodes_count)
    grid = PieceGrid(arcs.step_s, arcs.pieces_count, nodes_count)

    def searched(batch: tuple[Indices, Indices]) -> tuple[Intervals, Array, Array]:
        if not peaks:
            return find_excursions(*batch, margin, grid, tolerance_s), np.zeros(0), np.zeros(0)
        found, highest = find_excursions_and_peaks(*batch, margin, grid, tolerance_s)
        return found, highest.peak_s, highest.value + np.sin(limits.mask_rad)[found.channel % count]

    batches = _batches(arcs, points, limits)
    if threads_count > 1:
        with ThreadPoolExecutor(threads_count) as pool:
            results = list(pool.map(searched, batches))
    else:
        results = [searched(batch) for batch in batches]
    empty = np.zeros(0)
    channel = _joined([found.channel for found, _, _ in results], np.zeros(0, dtype=int))
    return GroundContacts(
        body=channel // max(count, 1),
        point=channel % max(count, 1),
        start_s=_joined([found.start_s for found, _, _ in results], empty),
        end_s=_joined([found.end_s for found, _, _ in results], empty),
        begins=_joined([found.begins for found, _, _ in results], np.zeros(0, dtype=bool)),
        ends=_joined([found.ends for found, _, _ in results], np.zeros(0, dtype=bool)),
        peak_s=_joined([when for _, when, _ in results], empty),
        peak_sine_ratio=_joined([value for _, _, value in results], empty),
    )


def even_step_s(duration_s: float, longest_s: float) -> float:
    """Step not above `longest_s` of which a whole number makes the duration [s].

    Examples
    --------
    >>> even_step_s(100.0, 30.0)
    25.0
    """
    if not duration_s > 0:
        raise ValueError(f"the duration must be positive, it is {duration_s} s")
    return duration_s / max(1, math.ceil(duration_s / longest_s - 1e-9))


def _batches(arcs: Arcs, points: GroundPoints, limits: ContactLimits) -> Iterator[tuple[Indices, Indices]]:
    """Channels and pieces within reach, some bodies at a time."""
    if not len(points):
        return
    with np.errstate(invalid="ignore"):  # paths that have ended are not numbers, and out of reach
        cosines = reach_cosine_ratio(arcs, limits.half_cone_rad, float(np.min(limits.mask_rad)))
        middles = arcs.at(0.5)
        middles = middles / np.linalg.norm(middles, axis=0)
    directions = points.position_m / np.linalg.norm(points.position_m, axis=1)[:, None]
    waiting: list[Indices] = []
    size = arcs.pieces_count * len(points)
    for body in range(arcs.bodies_count):
        waiting.append(near_pieces(middles[:, body], directions, cosines[body]) + body * size)
        if sum(map(len, waiting)) >= _BATCH_COUNT or body == arcs.bodies_count - 1:
            channel, piece = np.divmod(np.concatenate(waiting), arcs.pieces_count)
            waiting = []
            yield channel, piece


def _joined(parts: list[Any], empty: Any) -> Any:
    return np.concatenate(parts) if parts else empty
