"""When satellites see each other: the line between them passes the Earth above a grazing altitude."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.path_arcs import path_arcs
from cosmodrome.physics.arcs import Arcs
from cosmodrome.physics.excursions import PieceGrid, find_excursions
from cosmodrome.physics.visibility import SightLineMargin

Array = NDArray[np.float64]
Indices = NDArray[np.int_]

_NODE_S = 30.0
_TOLERANCE_S = 0.1
_PAIRS_COUNT = 100  # looked at together


@dataclass(frozen=True, slots=True)
class Crosslinks:
    """M intervals in which two satellites see each other, sorted by pair and time; seconds from the start.

    Those that the span cuts start or end with it.
    """

    first: Indices
    second: Indices
    start_s: Array
    end_s: Array

    def __len__(self) -> int:
        return len(self.start_s)

    def __repr__(self) -> str:
        return f"<Crosslinks {len(self)}>"


def crosslinks(
    arcs: Arcs, grazing_altitude_km: float = 100.0, pairs: Sequence[tuple[int, int]] | None = None
) -> Crosslinks:
    """Intervals of sight between satellites; edges to 0.1 s.

    The straight line between both stays above a sphere of the equatorial radius and the grazing altitude.
    Sampled every 30 s at most, with every crest and dip between the samples followed up: an interval or a
    gap is missed only where two of the same kind lie within a minute.

    Parameters
    ----------
    arcs : Arcs
        Paths of B satellites in one frame, for instance of `constellation_positions_m`.
    grazing_altitude_km : float
        Lowest altitude of the line: the part of the atmosphere to keep clear of [km].
    pairs : sequence of two int, optional
        Numbers of the satellites; all pairs where none are given.

    Raises
    ------
    ValueError
        If a pair names a satellite that is not there, or one twice.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, algorithm 35 (SIGHT).

    Examples
    --------
    Two satellites of one orbit at 600 km, 36 deg apart: the line between them is 258.5 km up all the time.

    >>> from cosmodrome.physics.arcs import arcs_through
    >>> angle = np.radians(np.arange(40.0))[None] + np.radians([[0.0], [36.0]])
    >>> path = 6978137.0 * np.stack((np.cos(angle), np.sin(angle), 0 * angle), axis=-1)
    >>> found = crosslinks(arcs_through(path, 16.0), 100.0)
    >>> len(found), float(found.end_s[0])
    (1, 496.0)
    >>> len(crosslinks(arcs_through(path, 16.0), 260.0))
    0
    """
    count = arcs.bodies_count
    chosen = np.array([(i, j) for i in range(count) for j in range(i)] if pairs is None else pairs, dtype=int)
    chosen = chosen.reshape(-1, 2)[:, ::-1] if pairs is None else chosen.reshape(-1, 2)
    if chosen.size and (chosen.min() < 0 or chosen.max() >= count or (chosen[:, 0] == chosen[:, 1]).any()):
        raise ValueError(f"pairs are of two different satellites numbered from 0 to {count - 1}")
    nodes = max(1, int(np.ceil(arcs.step_s / _NODE_S)))
    grid = PieceGrid(arcs.step_s, arcs.pieces_count, nodes)
    margin = SightLineMargin(arcs, chosen, EARTH_EQUATORIAL_RADIUS_M + grazing_altitude_km * 1e3, nodes)
    parts = []
    for low in range(0, len(chosen), _PAIRS_COUNT):
        block = np.arange(low, min(low + _PAIRS_COUNT, len(chosen)))
        channel, piece = (
            np.repeat(block, arcs.pieces_count),
            np.tile(np.arange(arcs.pieces_count), len(block)),
        )
        parts.append(find_excursions(channel, piece, margin, grid, _TOLERANCE_S))
    pair = np.concatenate([part.channel for part in parts] or [np.zeros(0, dtype=int)])
    start = np.concatenate([part.start_s for part in parts] or [np.zeros(0)])
    end = np.concatenate([part.end_s for part in parts] or [np.zeros(0)])
    columns = (chosen[pair, 0], chosen[pair, 1], start, end)
    for column in columns:
        column.setflags(write=False)
    return Crosslinks(*columns)


def ephemeris_crosslinks(
    first: Ephemeris, second: Ephemeris, grazing_altitude_km: float = 100.0
) -> Crosslinks:
    """Intervals of sight between two ephemerides with the same epoch and samples; see `crosslinks`.

    Seconds count from the first sample.

    Raises
    ------
    ValueError
        If epochs or samples differ.
    """
    same = first.epoch == second.epoch and np.array_equal(first.elapsed_s, second.elapsed_s)
    if not same:
        raise ValueError("both ephemerides must have the same epoch and the same sample times")
    return crosslinks(path_arcs((first, second)), grazing_altitude_km, [(0, 1)])
