"""Where a quantity is positive on a few stretches of many long series: passes, accesses, lines of sight.

`events.find_intervals` samples whole series. Here the caller has already discarded, by a bound on how fast
things turn, the stretches ("pieces" of equal duration) in which nothing can happen, and names the rest. A
channel is one series: a satellite and a station, a satellite and a point, two satellites.

What is guaranteed: on the named pieces every sign change between two nodes is found, and so is every
excursion between nodes that holds the only extremum of its two node spacings, however short. Two excursions
within one node spacing may be seen as one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cosmodrome.physics.events import Intervals, crossings, golden_maxima, in_order

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Truths = NDArray[np.bool_]

_SLOPE_FRACTION = 1e-3  # of a node spacing: how far from a node its slope is looked at


class Margin(Protocol):
    """The quantity that is sought positive, in parallel for M channels and pieces."""

    def at_node(self, channel: Indices, piece: Indices, node: int) -> Array:
        """Values at one node, 0 to the number of nodes, of the pieces."""

    def along(self, channel: Indices, piece: Indices) -> Callable[[Array], Array]:
        """Values as a function of the fraction of each piece, 0 to 1."""


@dataclass(frozen=True, slots=True)
class PieceGrid:
    """Pieces of equal duration from `start_s` on, and into how many node spacings each is cut."""

    step_s: float
    pieces_count: int
    nodes_count: int
    start_s: float = 0.0

    @property
    def end_s(self) -> float:
        """End of the last piece [s]."""
        return self.start_s + self.step_s * self.pieces_count


@dataclass(frozen=True, slots=True)
class Peaks:
    """The greatest value in each interval and when."""

    peak_s: Array
    value: Array


def find_excursions(
    channel: Indices, piece: Indices, margin: Margin, grid: PieceGrid, tolerance_s: float
) -> Intervals:
    """Find where the margin is positive on the named pieces.

    Parameters
    ----------
    channel, piece : Indices, shape (M,)
        Pieces to look at, sorted by channel and then by piece. Outside of them the margin is not positive.
    margin : Margin
        The quantity, continuous.
    grid : PieceGrid
        Where the pieces lie.
    tolerance_s : float
        Edges are bracketed to this, then interpolated [s].

    Returns
    -------
    Intervals

    Examples
    --------
    cos(10 t) on three pieces of one second, with two nodes each: positive in 2/10 pi around 2/10 pi.

    >>> class Cosine:
    ...     def at_node(self, channel, piece, node):
    ...         return np.cos(10 * (piece + node / 4))
    ...     def along(self, channel, piece):
    ...         return lambda u: np.cos(10 * (piece + u))
    >>> pieces = np.arange(1)
    >>> found = find_excursions(0 * pieces, pieces, Cosine(), PieceGrid(1.0, 1, 4), 1e-3)
    >>> [round(float(t), 3) for t in (found.start_s[1], found.end_s[1])]
    [0.471, 0.785]
    """
    return _found(_Sampled.of(channel, piece, margin, grid.nodes_count), grid, tolerance_s)


def find_excursions_and_peaks(
    channel: Indices, piece: Indices, margin: Margin, grid: PieceGrid, tolerance_s: float
) -> tuple[Intervals, Peaks]:
    """Find where the margin is positive, and when it is greatest there; see `find_excursions`."""
    sampled = _Sampled.of(channel, piece, margin, grid.nodes_count)
    found = _found(sampled, grid, tolerance_s)
    row, node = sampled.extrema(np.ones_like(sampled.inside), 1.0)
    sign = np.ones(len(row))
    row, low, high = sampled.beside(row, node, sign)
    fraction, value = golden_maxima(low, high, sampled.along(row), tolerance_s / grid.step_s)
    across = value > 0.0
    row, value = row[across], value[across]
    when = grid.start_s + grid.step_s * (sampled.piece[row] + fraction[across])
    return found, _greatest(found, sampled.channel[row], when, value, grid)


@dataclass(frozen=True, slots=True)
class _Sampled:
    """Values at the nodes of the pieces; `follows` tells which piece goes on from the one before it."""

    channel: Indices
    piece: Indices
    margin: Margin
    values: Array  # (nodes + 1, M)
    follows: Truths
    leads: Truths

    @classmethod
    def of(cls, channel: Indices, piece: Indices, margin: Margin, nodes: int) -> "_Sampled":
        follows = np.zeros(len(channel), dtype=bool)
        follows[1:] = (channel[1:] == channel[:-1]) & (piece[1:] == piece[:-1] + 1)
        leads = np.zeros(len(channel), dtype=bool)
        leads[:-1] = follows[1:]
        values = np.empty((nodes + 1, len(channel)))
        for node in range(nodes):
            values[node] = margin.at_node(channel, piece, node)
        values[nodes, :-1] = values[0, 1:]  # one value for one instant, so that no edge falls in between
        last = np.flatnonzero(~leads)
        values[nodes, last] = margin.at_node(channel[last], piece[last], nodes)
        return cls(channel, piece, margin, values, follows, leads)

    @property
    def inside(self) -> Truths:
        return np.asarray(self.values > 0.0)

    @property
    def nodes(self) -> int:
        return len(self.values) - 1

    def along(self, row: Indices) -> Callable[[Array], Array]:
        return self.margin.along(self.channel[row], self.piece[row])

    def extrema(self, among: Truths, sign: float) -> tuple[Indices, Indices]:
        """Rows and nodes whose signed value no neighbor exceeds, with the neighbors among the same."""
        rows, nodes = [], []
        for node in range(self.nodes + 1):
            own, usable = sign * self.values[node], among[node].copy()
            if node == self.nodes:
                usable &= ~self.leads
            else:
                usable &= among[node + 1] & (sign * self.values[node + 1] < own)
            if node > 0:
                usable &= among[node - 1] & ~(sign * self.values[node - 1] > own)
            else:
                before = sign * self.values[self.nodes - 1, :-1]
                usable[1:] &= ~self.follows[1:] | (among[self.nodes - 1, :-1] & ~(before > own[1:]))
            row = np.flatnonzero(usable)
            rows.append(row)
            nodes.append(np.full(len(row), node))
        return np.concatenate(rows), np.concatenate(nodes)

    def beside(self, row: Indices, node: Indices, sign: Array) -> tuple[Indices, Array, Array]:
        """Row and ends of the node spacing beside each extremal node in which the extremum lies.

        At the end of a run from which the values only go away from the extremum, both ends are that node.
        """
        count = self.nodes
        tested = np.minimum(node + _SLOPE_FRACTION, count) / count
        right = (node < count) & (sign * self.along(row)(tested) > sign * self.values[node, row])
        back = ~right & (node == 0) & self.follows[row]
        stays = ~right & (node == 0) & ~self.follows[row]
        row = np.where(back, row - 1, row)
        left = np.where(right, node, np.where(back, count - 1, node - 1))
        low, high = left / count, (left + 1) / count
        return row, np.where(stays, 0.0, low), np.where(stays, 0.0, high)


def _found(sampled: _Sampled, grid: PieceGrid, tolerance_s: float) -> Intervals:
    inside = sampled.inside
    node, row = np.nonzero(inside[:-1] != inside[1:])
    low, high, rising = node / grid.nodes_count, (node + 1) / grid.nodes_count, inside[node + 1, row]
    tolerance = tolerance_s / grid.step_s
    hidden_row, hidden_low, hidden_high, hidden_rising = _hidden(sampled, inside, tolerance)
    hidden = sampled.along(hidden_row)
    at_ends = np.concatenate(
        (sampled.values[[node, node + 1], row], np.stack((hidden(hidden_low), hidden(hidden_high)))), axis=1
    )
    row = np.concatenate((row, hidden_row))
    bracket = np.stack((np.concatenate((low, hidden_low)), np.concatenate((high, hidden_high))))
    rising = np.concatenate((rising, hidden_rising))
    fraction = crossings(bracket, at_ends, rising, lambda chosen: sampled.along(row[chosen]), tolerance)
    when = grid.start_s + grid.step_s * (sampled.piece[row] + fraction)
    opens = sampled.channel[inside[0] & (sampled.piece == 0)]
    closes = sampled.channel[inside[-1] & (sampled.piece == grid.pieces_count - 1)]
    channel, start, begins = in_order(sampled.channel[row[rising]], when[rising], opens, grid.start_s)
    _, end, ends = in_order(sampled.channel[row[~rising]], when[~rising], closes, grid.end_s)
    return Intervals(channel=channel, start_s=start, end_s=end, begins=begins, ends=ends)


def _hidden(sampled: _Sampled, inside: Truths, tolerance: float) -> tuple[Indices, Array, Array, Truths]:
    """Brackets of the edges that lie in pairs between neighboring nodes."""
    crests, dips = sampled.extrema(~inside, 1.0), sampled.extrema(inside, -1.0)
    sign = np.repeat((1.0, -1.0), (len(crests[0]), len(dips[0])))
    row, node = (np.concatenate(pair) for pair in zip(crests, dips, strict=True))
    row, low, high = sampled.beside(row, node, sign)
    wide = high > low
    row, low, high, sign = row[wide], low[wide], high[wide], sign[wide]
    value = sampled.along(row)
    at, best = golden_maxima(low, high, lambda fraction: sign * value(fraction), 0.1 * tolerance)
    across = best > 0.0
    row, low, high, at, rising = row[across], low[across], high[across], at[across], sign[across] > 0
    return (
        np.concatenate((row, row)),
        np.concatenate((low, at)),
        np.concatenate((at, high)),
        np.concatenate((rising, ~rising)),
    )


def _greatest(found: Intervals, channel: Indices, when_s: Array, value: Array, grid: PieceGrid) -> Peaks:
    """Of all crests within each interval the highest."""
    turn = 2.0 * (grid.end_s - grid.start_s)
    offset = grid.start_s - 0.25 * turn
    starts, times = found.channel * turn + found.start_s - offset, channel * turn + when_s - offset
    owner = np.searchsorted(starts, times, side="right") - 1
    order = np.lexsort((value, owner))
    peak_s, peak = np.full(len(found), np.nan), np.full(len(found), np.nan)
    usable = order[owner[order] >= 0]  # later ones, which are higher, overwrite
    peak_s[owner[usable]], peak[owner[usable]] = when_s[usable], value[usable]
    return Peaks(peak_s, peak)
