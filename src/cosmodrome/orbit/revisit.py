"""How often points are seen: gaps between accesses of a whole constellation, and their statistics."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Revisit:
    """Statistics of P points over a span; not a number where a point has no gap to speak of.

    A gap runs from the end of one access to the start of the next, with the accesses of all satellites
    joined. Mean and percentiles are over the gaps with both ends in the span. `maximum_revisit_s` counts the
    times before the first access and after the last too, which may be parts of longer gaps; of a point never
    seen it is the span. `mean_response_s` is the mean time from a random instant to the next access, the
    time after the last access counted as a gap: sum(gap^2) / (2 span).
    """

    duration_s: float
    accesses_count: Indices
    access_fraction: Array
    mean_revisit_s: Array
    maximum_revisit_s: Array
    mean_response_s: Array
    percent: tuple[float, ...]
    percentile_revisit_s: Array  # (percentiles, P)

    def __repr__(self) -> str:
        seen = int((self.accesses_count > 0).sum())
        return f"<Revisit {len(self.accesses_count)} points, {seen} seen, over {self.duration_s:.0f} s>"


def revisit_from_accesses(
    point: Indices,
    start_s: Array,
    end_s: Array,
    span: tuple[int, float],
    percent: tuple[float, ...] = (50.0, 90.0, 95.0),
) -> Revisit:
    """Statistics of the gaps between accesses.

    Parameters
    ----------
    point, start_s, end_s : Array, shape (M,)
        Accesses in any order, from 0 to the duration, of any satellites; they may overlap [s].
    span : tuple of int and float
        How many points there are, and the duration [s].
    percent : tuple of float
        Which percentiles [percent].

    Returns
    -------
    Revisit

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., section 7.2.3, for the measures.

    Examples
    --------
    Seen from 10 to 20 s and, by two satellites, from 50 to 60 s of 100 s.

    >>> found = revisit_from_accesses(np.zeros(3, int), np.array([50.0, 10, 52]), np.array([55.0, 20, 60]),
    ...     (1, 100.0))
    >>> [float(x[0]) for x in (found.access_fraction, found.mean_revisit_s, found.maximum_revisit_s)]
    [0.2, 30.0, 40.0]
    >>> float(found.mean_response_s[0])  # (10^2 + 30^2 + 40^2) / 200
    13.0
    """
    points, duration = span
    point, start, end = joined_accesses(point, start_s, end_s, duration)
    count = np.bincount(point, minlength=points)
    seen = np.bincount(point, weights=end - start, minlength=points)
    same = point[1:] == point[:-1]
    gap, owner = (start[1:] - end[:-1])[same], point[1:][same]
    order = np.lexsort((gap, owner))
    gap, owner = gap[order], owner[order]
    gaps = np.bincount(owner, minlength=points)
    total = np.bincount(owner, weights=gap, minlength=points)
    lead, trail = np.full(points, duration), np.zeros(points)
    lead[point[::-1]] = start[::-1]  # the earliest, written last, stays
    trail[point] = duration - end
    last = np.cumsum(gaps) - 1
    longest = np.zeros(points)
    longest[gaps > 0] = gap[last[gaps > 0]]
    squares = np.bincount(owner, weights=gap * gap, minlength=points) + lead**2 + trail**2
    arrays = (
        count,
        seen / duration,
        np.divide(total, gaps, out=np.full(points, np.nan), where=gaps > 0),
        np.maximum(np.maximum(lead, trail), longest),
        squares / (2 * duration),
        _percentiles(gap, gaps, percent),
    )
    for array in arrays:
        array.setflags(write=False)
    return Revisit(duration, *arrays[:5], percent=percent, percentile_revisit_s=arrays[5])


def joined_accesses(
    point: Indices, start_s: Array, end_s: Array, duration_s: float
) -> tuple[Indices, Array, Array]:
    """Unite accesses of the same point that overlap or touch; sorted by point and time.

    Examples
    --------
    >>> found = joined_accesses(np.zeros(2, int), np.array([2.0, 0.0]), np.array([3.0, 2.5]), 10.0)
    >>> [part.tolist() for part in found]
    [[0], [0.0], [3.0]]
    """
    order = np.lexsort((start_s, point))
    point, start, end = point[order], start_s[order], end_s[order]
    # with each point's times moved behind those of the one before, one running maximum does for all
    offset = point * (2.0 * duration_s)
    reached = np.maximum.accumulate(end + offset)
    fresh = np.ones(len(point), dtype=bool)
    fresh[1:] = (start + offset)[1:] > reached[:-1]
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(point)) - 1
    return point[first], start[first], reached[last[: len(first)]] - offset[first]


def _percentiles(gap: Array, gaps: Indices, percent: tuple[float, ...]) -> Array:
    """Percentiles of gaps sorted by point and length, linear between them, shape (percentiles, P)."""
    found = np.full((len(percent), len(gaps)), np.nan)
    some = np.flatnonzero(gaps > 0)
    first = (np.cumsum(gaps) - gaps)[some]
    for row, share in zip(found, percent, strict=True):
        place = share / 100 * (gaps[some] - 1)
        below = np.floor(place).astype(int)
        above = np.minimum(below + 1, gaps[some] - 1)
        low, high = gap[first + below], gap[first + above]
        row[some] = low + (high - low) * (place - below)
    return found
