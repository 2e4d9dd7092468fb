"""The one search engine under windows, passes and eclipses: where a sampled quantity is positive.

Samples show most sign changes. What they hide is an excursion that begins and ends between two samples: a
grazing pass, a short gap in a shadow. Every local extremum on the wrong side of zero is therefore refined
first, and kept where it reaches across.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int_]
Evaluate = Callable[[Array, Indices], Array]  # (times [s], channel numbers) -> values

_GOLDEN = (np.sqrt(5.0) - 1.0) / 2.0


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals in which a quantity is positive, sorted by channel and time.

    `begins` and `ends` tell whether that edge was found; where not, the series itself starts or stops there.
    """

    channel: Indices
    start_s: Array
    end_s: Array
    begins: NDArray[np.bool_]
    ends: NDArray[np.bool_]

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
    low, high = times[left], times[left + 1]
    rising = inside[channel, left + 1]
    extra = _hidden_excursions(times, samples, evaluate)
    low, high, channel, rising = (
        np.concatenate((seen, hidden))
        for seen, hidden in zip((low, high, channel, rising), extra, strict=True)
    )
    crossing = _bisect(low, high, channel, rising, evaluate, tolerance_s)
    return _paired(times, inside, channel, crossing, rising)


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
    at = _golden_maximum(low, high, channel, evaluate)
    edge_value, value = values[rows, best], evaluate(at, channel)
    return np.where(edge_value > value, grid[rows, best], at), np.maximum(edge_value, value)


def _hidden_excursions(
    times: Array, samples: Array, evaluate: Evaluate
) -> tuple[Array, Array, Indices, NDArray[np.bool_]]:
    """Brackets of the edges that lie in pairs between neighboring samples."""
    sides = np.where(samples > 0.0, -1.0, 1.0)  # seek maxima outside, minima inside
    turned = samples[:, 1:-1]
    before, after, sign = samples[:, :-2], samples[:, 2:], sides[:, 1:-1]
    same_side = (sides[:, :-2] == sign) & (sides[:, 2:] == sign)
    extremal = (sign * turned >= sign * before) & (sign * turned > sign * after) & same_side
    channel, left = np.nonzero(extremal)
    low, high, factor = times[left], times[left + 2], sign[channel, left]

    def toward_zero(at: Array, which: Indices) -> Array:
        return np.asarray(factor * evaluate(at, which), dtype=float)

    at = _golden_maximum(low, high, channel, toward_zero)
    across = toward_zero(at, channel) > 0.0 if len(at) else np.zeros(0, dtype=bool)
    low, high, at, channel, rises = low[across], high[across], at[across], channel[across], factor[across] > 0
    return (
        np.concatenate((low, at)),
        np.concatenate((at, high)),
        np.concatenate((channel, channel)),
        np.concatenate((rises, ~rises)),
    )


def _golden_maximum(low: Array, high: Array, channel: Indices, evaluate: Evaluate) -> Array:
    """Times of the maxima in brackets that hold one each, by golden section to 1e-7 of the bracket."""
    if len(low) == 0:
        return np.zeros(0)
    a, b = low.copy(), high.copy()
    c, d = b - _GOLDEN * (b - a), a + _GOLDEN * (b - a)
    at_c, at_d = evaluate(c, channel), evaluate(d, channel)
    for _ in range(34):
        left = at_c > at_d
        a, b = np.where(left, a, c), np.where(left, d, b)
        fresh = np.where(left, b - _GOLDEN * (b - a), a + _GOLDEN * (b - a))
        at_fresh = evaluate(fresh, channel)
        c, d = np.where(left, fresh, d), np.where(left, c, fresh)
        at_c, at_d = np.where(left, at_fresh, at_d), np.where(left, at_c, at_fresh)
    return np.asarray(0.5 * (a + b), dtype=float)


def _bisect(
    low: Array,
    high: Array,
    channel: Indices,
    rising: NDArray[np.bool_],
    evaluate: Evaluate,
    tolerance_s: float,
) -> Array:
    """Zero crossings in all brackets at once."""
    if len(low) == 0:
        return np.zeros(0)
    widest = float((high - low).max())
    for _ in range(max(1, int(np.ceil(np.log2(widest / tolerance_s))))):
        middle = 0.5 * (low + high)
        later = (evaluate(middle, channel) > 0.0) != rising
        low, high = np.where(later, middle, low), np.where(later, high, middle)
    return np.asarray(0.5 * (low + high), dtype=float)


def _paired(
    times: Array,
    inside: NDArray[np.bool_],
    channel: Indices,
    crossing: Array,
    rising: NDArray[np.bool_],
) -> Intervals:
    """Join crossings to intervals; close those that the series cuts."""
    opens, closes = np.nonzero(inside[:, 0])[0], np.nonzero(inside[:, -1])[0]
    starts = np.concatenate((crossing[rising], np.full(len(opens), times[0])))
    start_channel = np.concatenate((channel[rising], opens))
    begins = np.concatenate((np.ones(int(rising.sum()), bool), np.zeros(len(opens), bool)))
    ends = np.concatenate((crossing[~rising], np.full(len(closes), times[-1])))
    end_channel = np.concatenate((channel[~rising], closes))
    finishes = np.concatenate((np.ones(int((~rising).sum()), bool), np.zeros(len(closes), bool)))
    first, last = np.lexsort((starts, start_channel)), np.lexsort((ends, end_channel))
    return Intervals(
        channel=start_channel[first].astype(int),
        start_s=starts[first],
        end_s=ends[last],
        begins=begins[first],
        ends=finishes[last],
    )
