"""The one search engine under windows, passes and eclipses: where a sampled quantity is positive.

Samples show most sign changes. What they hide is an excursion that begins and ends between two samples: a
grazing pass, a short gap in a shadow. Every local extremum on the wrong side of zero is therefore refined
first, and kept where it reaches across. Two extrema between neighboring samples may be taken for one: sample
finely enough that there is one at most.

`find_intervals` samples whole series; `excursions` looks at chosen stretches of very many. Both refine by
the golden section and the false position of this module.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Truths = NDArray[np.bool_]
Evaluate = Callable[[Array, Indices], Array]  # (times [s], channel numbers) -> values

_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0
_PEAK_PART = 1e-7  # of its bracket: how closely a peak is found


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals in which a quantity is positive, sorted by channel and time.

    `begins` and `ends` tell whether that edge was found; where not, the series itself starts or stops there.
    """

    channel: Indices
    start_s: Array
    end_s: Array
    begins: Truths
    ends: Truths

    def __len__(self) -> int:
        return len(self.start_s)

    def __repr__(self) -> str:
        return f"<Intervals {len(self)} in {len(np.unique(self.channel))} channels>"


def find_intervals(
    elapsed_s: Array, values: Array, evaluate: Evaluate, tolerance_s: float = 0.01
) -> Intervals:
    """Find where a continuous quantity is positive.

    Parameters
    ----------
    elapsed_s : Array, shape (N,)
        Sample times, increasing [s].
    values : Array, shape (C, N)
        Samples of C channels.
    evaluate : callable
        Values at any times of the range: (times, channel numbers) to values, all of one shape.
    tolerance_s : float
        Edges are found to this [s].

    Returns
    -------
    Intervals

    Examples
    --------
    cos(t) sampled every 2.9 s is positive around 2 pi from 3/2 pi to 5/2 pi; the samples do not show it.

    >>> times = np.arange(2.0, 8.0, 2.9)
    >>> cosine = lambda t, channel: np.cos(t)
    >>> found = find_intervals(times, np.cos(times)[None], cosine, 1e-6)
    >>> [round(float(t), 4) for t in (found.start_s[0], found.end_s[0])]
    [4.7124, 7.8]
    """
    times, samples = np.asarray(elapsed_s, dtype=float), np.atleast_2d(values)
    inside = samples > 0.0
    channel, left = np.nonzero(inside[:, :-1] != inside[:, 1:])
    seen = _Edges(
        channel,
        np.stack((times[left], times[left + 1])),
        np.stack((samples[channel, left], samples[channel, left + 1])),
        inside[channel, left + 1],
    )
    edges = seen.with_more(_hidden_edges(times, samples, evaluate, 0.1 * tolerance_s))

    def along(rows: Indices) -> Callable[[Array], Array]:
        return lambda when: evaluate(when, edges.channel[rows])

    when = crossings(edges.bracket, edges.value, edges.rising, along, tolerance_s)
    opens, closes = np.flatnonzero(inside[:, 0]), np.flatnonzero(inside[:, -1])
    up, down = edges.rising, ~edges.rising
    channel, start, begins = in_order(edges.channel[up], when[up], opens, float(times[0]))
    _, end, ends = in_order(edges.channel[down], when[down], closes, float(times[-1]))
    return Intervals(channel=channel, start_s=start, end_s=end, begins=begins, ends=ends)


def find_peaks(
    start_s: Array, end_s: Array, channel: Indices, evaluate: Evaluate, step_s: float
) -> tuple[Array, Array]:
    """Time and value of the greatest value in each interval.

    Parameters
    ----------
    start_s, end_s : Array
        The intervals [s].
    channel : Indices
        Channel of each.
    evaluate : callable
        As for `find_intervals`.
    step_s : float
        A time in which the quantity has at most one maximum [s].

    Examples
    --------
    >>> time, value = find_peaks(np.array([0.1]), np.array([3.0]), np.array([0]), lambda t, c: np.sin(t), 0.2)
    >>> round(float(time[0]), 3), round(float(value[0]), 6)
    (1.571, 1.0)
    """
    if len(start_s) == 0:
        return np.zeros(0), np.zeros(0)
    count = int(np.ceil((end_s - start_s).max() / step_s)) + 2
    grid = start_s[:, None] + (end_s - start_s)[:, None] * np.linspace(0.0, 1.0, count)
    values = evaluate(grid, np.broadcast_to(channel[:, None], grid.shape))
    best, rows = values.argmax(axis=1), np.arange(len(start_s))
    low, high = grid[rows, np.maximum(best - 1, 0)], grid[rows, np.minimum(best + 1, count - 1)]
    widest = float((high - low).max())
    at, value = golden_maxima(low, high, lambda when: evaluate(when, channel), _PEAK_PART * widest)
    edge_value = values[rows, best]
    return np.where(edge_value > value, grid[rows, best], at), np.maximum(edge_value, value)


@dataclass(frozen=True, slots=True)
class _Edges:
    """Brackets that hold one edge each: begin and end, the values there, and whether it rises."""

    channel: Indices
    bracket: Array  # (2, M)
    value: Array  # (2, M)
    rising: Truths

    def with_more(self, other: "_Edges") -> "_Edges":
        return _Edges(
            np.concatenate((self.channel, other.channel)),
            np.concatenate((self.bracket, other.bracket), axis=1),
            np.concatenate((self.value, other.value), axis=1),
            np.concatenate((self.rising, other.rising)),
        )


def _hidden_edges(times: Array, samples: Array, evaluate: Evaluate, tolerance_s: float) -> _Edges:
    """Edges that lie in pairs between neighboring samples, around an extremum on the other side of zero."""
    inside = samples > 0.0
    signed = np.where(inside, -samples, samples)  # negative everywhere: seek what rises above zero
    # beyond both ends nothing is known: there a sample is extremal where its one neighbor is further away
    padded = np.pad(signed, ((0, 0), (1, 1)), constant_values=-np.inf)
    sides = np.pad(inside, ((0, 0), (1, 1)), mode="edge")
    same = (sides[:, :-2] == inside) & (sides[:, 2:] == inside)
    channel, place = np.nonzero((signed >= padded[:, :-2]) & (signed > padded[:, 2:]) & same)
    last = len(times) - 1
    low, high = times[np.maximum(place - 1, 0)], times[np.minimum(place + 1, last)]
    factor = np.where(inside[channel, place], -1.0, 1.0)
    at, best = golden_maxima(low, high, lambda when: factor * evaluate(when, channel), tolerance_s)
    across = best > 0.0
    channel, low, high, at, rises = channel[across], low[across], high[across], at[across], factor[across] > 0
    bracket = np.stack((np.concatenate((low, at)), np.concatenate((at, high))))
    channels = np.concatenate((channel, channel))
    value = np.stack([evaluate(end, channels) for end in bracket]) if len(channels) else bracket
    return _Edges(channels, bracket, value, np.concatenate((rises, ~rises)))


def golden_maxima(
    low: Array, high: Array, value: Callable[[Array], Array], tolerance_s: float
) -> tuple[Array, Array]:
    """Places and values of the maxima in M brackets that hold one each, by golden section.

    Examples
    --------
    >>> at, best = golden_maxima(np.zeros(1), np.full(1, 3.0), np.sin, 1e-6)
    >>> round(float(at[0]), 5), round(float(best[0]), 9)
    (1.5708, 1.0)
    """
    if len(low) == 0:
        return np.zeros(0), np.zeros(0)
    a, b = low.copy(), high.copy()
    c, d = b - _GOLDEN * (b - a), a + _GOLDEN * (b - a)
    at_c, at_d = value(c), value(d)
    widest = float((b - a).max())
    for _ in range(max(1, int(np.ceil(np.log(max(widest / tolerance_s, 1.0)) / -np.log(_GOLDEN))))):
        left = at_c > at_d
        a, b = np.where(left, a, c), np.where(left, d, b)
        fresh = np.where(left, b - _GOLDEN * (b - a), a + _GOLDEN * (b - a))
        at_fresh = value(fresh)
        c, d = np.where(left, fresh, d), np.where(left, c, fresh)
        at_c, at_d = np.where(left, at_fresh, at_d), np.where(left, at_c, at_fresh)
    return np.where(at_c > at_d, c, d), np.maximum(at_c, at_d)


def crossings(
    bracket: Array,
    ends: Array,
    rising: Truths,
    along: Callable[[Indices], Callable[[Array], Array]],
    tolerance_s: float,
) -> Array:
    """Zero crossings in brackets, shape (2, M), with the values at their ends, to the tolerance.

    Two steps of false position (Illinois) come within the tolerance of nearly all crossings of smooth
    quantities; those whose sign does not change within half of it to both sides are bisected.

    Parameters
    ----------
    bracket, ends : Array, shape (2, M)
        Begin and end of each bracket, and the values there.
    rising : array of bool, shape (M,)
        Whether the quantity becomes positive in the bracket.
    along : callable
        From numbers of brackets to the quantity as a function of one place in each.
    tolerance_s : float
        In the unit of the brackets.

    Examples
    --------
    >>> bracket, rising = np.array([[1.0], [2.0]]), np.array([False])
    >>> at = crossings(bracket, np.cos(bracket), rising, lambda rows: np.cos, 1e-6)
    >>> round(float(at[0]), 6)
    1.570796
    """
    low, high = bracket
    if len(low) == 0:
        return np.zeros(0)
    value = along(np.arange(len(low)))
    guess = _false_position(low, high, ends, value)
    left, right = np.maximum(guess - 0.5 * tolerance_s, low), np.minimum(guess + 0.5 * tolerance_s, high)
    before, after = value(left), value(right)
    rows = np.flatnonzero(((before > 0.0) == rising) | ((after > 0.0) != rising))
    if len(rows):
        a, b, wanted, value = low[rows], high[rows], rising[rows], along(rows)
        for _ in range(int(np.ceil(np.log2(max(float((b - a).max()) / tolerance_s, 1.0))))):
            middle = 0.5 * (a + b)
            later = (value(middle) > 0.0) != wanted
            a, b = np.where(later, middle, a), np.where(later, b, middle)
        left[rows], right[rows], before[rows], after[rows] = a, b, value(a), value(b)
    return _across(left, right, before, after)


def _false_position(low: Array, high: Array, ends: Array, value: Callable[[Array], Array]) -> Array:
    """Two steps of the Illinois method and the chord after them."""
    a, b, (at_a, at_b) = low, high, ends
    stayed = np.zeros(len(low), dtype=int)  # 1 where the first end stayed last time, 2 the second
    for _ in range(2):
        middle = _across(a, b, at_a, at_b)
        at_middle = value(middle)
        first = (at_middle > 0.0) != (at_a > 0.0)  # the crossing lies before the middle
        a, b = np.where(first, a, middle), np.where(first, middle, b)
        kept_a, kept_b = np.where(stayed == 1, 0.5, 1.0) * at_a, np.where(stayed == 2, 0.5, 1.0) * at_b
        at_a, at_b = np.where(first, kept_a, at_middle), np.where(first, at_middle, kept_b)
        stayed = np.where(first, 1, 2)
    return _across(a, b, at_a, at_b)


def _across(a: Array, b: Array, at_a: Array, at_b: Array) -> Array:
    """Where the chord is zero; the middle where there is no change of sign."""
    usable = (at_a > 0.0) != (at_b > 0.0)
    share = np.divide(at_a, at_a - at_b, out=np.full(len(a), 0.5), where=usable)
    return np.asarray(a + (b - a) * share, dtype=float)


def in_order(channel: Indices, when_s: Array, at_end: Indices, end_s: float) -> tuple[Indices, Array, Truths]:
    """Edges and the ends of the series, by channel and time, and which of them were found.

    Parameters
    ----------
    channel, when_s : array, shape (M,)
        The edges that were found, in any order.
    at_end : array of int
        Channels that the series opens, or cuts, at `end_s`.
    end_s : float
        That time [s].

    Examples
    --------
    >>> [part.tolist() for part in in_order(np.array([1, 0]), np.array([5.0, 7.0]), np.array([1]), 0.0)]
    [[0, 1, 1], [7.0, 0.0, 5.0], [True, False, True]]
    """
    channel, when = np.concatenate((channel, at_end)), np.concatenate((when_s, np.full(len(at_end), end_s)))
    found = np.concatenate((np.ones(len(when_s), dtype=bool), np.zeros(len(at_end), dtype=bool)))
    order = np.lexsort((when, channel))
    return channel[order], when[order], found[order]
