"""What fills and empties: a store with walls at both ends, and windows over a running sum."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_BLOCK_COUNT = 10_000  # steps taken at a time: as Python numbers they take four times the memory


def clipped_store(change: Array, capacity: float, start: float) -> tuple[Array, Array, Array]:
    """Fill a store step by step; what does not fit is spilled, what is not there is unmet.

    s[k+1] = min(max(s[k] + change[k], 0), capacity)

    Parameters
    ----------
    change : ndarray, shape (K,)
        Wanted change in each step.
    capacity : float
        What the store holds, in the unit of `change`; may be infinite.
    start : float
        Content before the first step.

    Returns
    -------
    content : ndarray, shape (K + 1,)
        Content at the edges of the steps.
    spilled : ndarray, shape (K,)
        What did not fit, not negative.
    unmet : ndarray, shape (K,)
        What was asked of an empty store, not negative.

    Notes
    -----
    content[-1] - content[0] = sum(change) - sum(spilled) + sum(unmet): Lindley's recursion with two walls.

    References
    ----------
    Lindley (1952), Proc. Camb. Phil. Soc. 48, 277, doi:10.1017/S0305004100027638.

    Examples
    --------
    >>> clipped_store(np.array([2.0, 2.0, -5.0]), 3.0, 0.0)[0].tolist()
    [0.0, 2.0, 3.0, 0.0]
    """
    level = start
    content = np.empty(len(change) + 1)
    content[0] = level
    for first in range(0, len(change), _BLOCK_COUNT):
        levels = []
        for wanted in change[first : first + _BLOCK_COUNT].tolist():
            level += wanted
            if level > capacity:
                level = capacity
            elif level < 0.0:
                level = 0.0
            levels.append(level)
        content[first + 1 : first + 1 + len(levels)] = levels
    excess = content[:-1] + change - content[1:]
    return content, np.maximum(excess, 0.0), np.maximum(-excess, 0.0)


def drawdown(change: Array) -> Array:
    """Depth below full of a store that starts full, spills, and has no floor.

    d[k] = max over j <= k of S[j], less S[k], where S is the running sum.

    Parameters
    ----------
    change : ndarray, shape (K,)
        Change in each step.

    Returns
    -------
    ndarray, shape (K + 1,)
        Depth at the edges of the steps, not negative, in the unit of `change`.

    References
    ----------
    Lindley (1952), Proc. Camb. Phil. Soc. 48, 277, doi:10.1017/S0305004100027638.

    Examples
    --------
    >>> drawdown(np.array([1.0, -2.0, -1.0, 5.0])).tolist()
    [0.0, 0.0, 2.0, 3.0, 0.0]
    """
    total = running_sum(change)
    return np.asarray(np.maximum.accumulate(total) - total)


def running_sum(change: Array) -> Array:
    """Sum of all steps before each edge; zero at the first.

    Parameters
    ----------
    change : ndarray, shape (K,)
        Change in each step.

    Returns
    -------
    ndarray, shape (K + 1,)
        Running sum.

    Examples
    --------
    >>> running_sum(np.array([1.0, 2.0])).tolist()
    [0.0, 1.0, 3.0]
    """
    return np.concatenate([[0.0], np.cumsum(change)])


def window_sums(change: Array, edges_s: Array, window_s: float) -> Array:
    """Sum over a sliding window that starts at each edge, steps cut in proportion.

    Parameters
    ----------
    change : ndarray, shape (K,)
        Change in each step.
    edges_s : ndarray, shape (K + 1,)
        Edges of the steps. [s]
    window_s : float
        Length of the window; taken as the whole span where it is longer. [s]

    Returns
    -------
    ndarray, shape (M,)
        Sum of the window that starts at edge m, for every window that ends inside the span.

    Examples
    --------
    >>> window_sums(np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.0, 2.0, 3.0]), 1.5).tolist()
    [2.0, 4.0]
    """
    window_s = min(window_s, edges_s[-1] - edges_s[0])
    total = running_sum(change)
    starts = edges_s[edges_s + window_s <= edges_s[-1] * (1 + 1e-12)]
    return np.asarray(np.interp(starts + window_s, edges_s, total) - total[: len(starts)])


def ages_s(edges_s: Array, kept: Array, taken: Array) -> tuple[float | None, float | None]:
    """Mean and greatest age of what leaves a store that gives the oldest first.

    With A the running sum of what is kept and D of what is taken, what leaves at t came in at A^-1(D(t)); the
    mean age is the area between the two curves over the whole.

    Parameters
    ----------
    edges_s : ndarray, shape (K + 1,)
        Edges of the steps. [s]
    kept, taken : ndarray, shape (K,)
        What comes in and stays, and what leaves, in each step and evenly over it; never more out than in.

    Returns
    -------
    mean, greatest : float or None
        None where nothing leaves. [s]

    References
    ----------
    Little (1961), Operations Research 9, 383, doi:10.1287/opre.9.3.383.

    Examples
    --------
    Filled over an hour and emptied at once an hour later: 1 to 2 hours old, in the limit of a short pass.

    >>> edges = np.array([0.0, 3600.0, 7200.0, 7200.001])
    >>> ages = ages_s(edges, np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0]))
    >>> [round(age / 3600, 3) for age in ages]
    [1.5, 2.0]
    """
    out, came = running_sum(taken), running_sum(kept)
    whole = float(min(out[-1], came[-1]))  # equal but for rounding where the store ends up empty
    if whole <= 0.0:
        return None, None
    middle_s = (edges_s[1:] + edges_s[:-1]) / 2
    # of the step in which the last of it came in, only the first part counts
    share = np.diff(np.minimum(came, whole))
    last = int(np.searchsorted(came, whole)) - 1
    in_middle_s = middle_s.copy()
    in_middle_s[last] -= (1 - share[last] / kept[last]) * (edges_s[last + 1] - edges_s[last]) / 2
    mean_s = float(middle_s @ taken - in_middle_s @ share) / whole
    came_s, left_s = oldest_s(edges_s, kept, taken) or (0.0, 0.0)
    return mean_s, max(left_s - came_s, mean_s)


def oldest_s(edges_s: Array, kept: Array, taken: Array) -> tuple[float, float] | None:
    """When that came in and left which was oldest as it left a store that gives the oldest first.

    max over t of t - A^-1(D(t)), with A and D as in `ages_s`.

    Parameters
    ----------
    edges_s : ndarray, shape (K + 1,)
        Edges of the steps. [s]
    kept, taken : ndarray, shape (K,)
        What comes in and stays, and what leaves, in each step.

    Returns
    -------
    (float, float) or None
        None where nothing leaves. [s]

    Examples
    --------
    >>> edges = np.array([0.0, 3600.0, 7200.0, 7200.001])
    >>> oldest = oldest_s(edges, np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0]))
    >>> [round(when) for when in oldest]
    [0, 7200]
    """
    out, came = running_sum(taken), running_sum(kept)
    whole = float(min(out[-1], came[-1]))
    if whole <= 0.0:
        return None
    # between the corners of either sum the age is linear in what has left; at corners it may jump
    corner = np.concatenate((_corners(edges_s, out), _corners(edges_s, came)))
    beside = np.clip(np.concatenate((corner - 1e-9 * whole, corner + 1e-9 * whole)), 1e-9 * whole, whole)
    beside = beside[beside < (1 - 5e-10) * whole]
    left_s, came_s = _reached_s(edges_s, out, beside), _reached_s(edges_s, came, beside)
    oldest = int(np.argmax(left_s - came_s))
    return float(came_s[oldest]), float(left_s[oldest])


def _corners(edges_s: Array, total: Array) -> Array:
    """Levels at which a running sum changes its slope."""
    slope = np.diff(total) / np.diff(edges_s)
    bent = np.abs(np.diff(slope)) > 1e-9 * slope.max()
    return total[np.concatenate(([True], bent, [True]))]


def _reached_s(edges_s: Array, total: Array, level: Array) -> Array:
    """When a running sum reached a level, found in the steps in which it rises."""
    rising = np.flatnonzero(np.diff(total) > 0)
    step = rising[np.clip(np.searchsorted(total[rising + 1], level), 0, len(rising) - 1)]
    share = (level - total[step]) / (total[step + 1] - total[step])
    return np.asarray(edges_s[step] + np.clip(share, 0.0, 1.0) * (edges_s[step + 1] - edges_s[step]))
