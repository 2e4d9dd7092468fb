"""What fills and empties: a store with walls at both ends, and windows over a running sum."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


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
    levels = [level]
    for wanted in change.tolist():
        level += wanted
        if level > capacity:
            level = capacity
        elif level < 0.0:
            level = 0.0
        levels.append(level)
    content = np.array(levels)
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
