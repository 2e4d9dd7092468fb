"""Values between the rows of a table, positions between the samples of an ephemeris."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def lagrange_cubics(at: Array, table: Array, columns: Sequence[Array]) -> list[Array]:
    """Each column at N points inside a table, by the cubic through two rows before and two after.

    Parameters
    ----------
    at : Array, shape (N,)
        Points; in the first and the last gap of the table they count to the next.
    table : Array, shape (M,)
        Rows, increasing, at least four.
    columns : sequence of Array, shape (M,) each
        What is tabulated.

    References
    ----------
    McCarthy and Gambis (1997), *Interpolating the IERS Earth orientation data*, IERS Gazette 13.

    Examples
    --------
    >>> t = np.arange(5.0)
    >>> [cube] = lagrange_cubics(np.array([2.5]), t, [t**3])
    >>> cube.tolist(), 2.5**3
    ([15.625], 15.625)
    """
    left = np.clip(np.searchsorted(table, at, side="right") - 1, 1, len(table) - 3)
    near = [left + k for k in (-1, 0, 1, 2)]
    weights = []
    for here in near:
        others = [row for row in near if row is not here]
        weights.append(np.prod([(at - table[row]) / (table[here] - table[row]) for row in others], axis=0))
    return [
        np.sum([weight * column[row] for weight, row in zip(weights, near, strict=True)], axis=0)
        for column in columns
    ]


def hermite_position_m(elapsed_s: Array, position_m: Array, velocity_m_s: Array, at_s: Array) -> Array:
    """Cubic Hermite interpolation of positions, shape of `at_s` plus (3,) [m].

    The error is h^4/384 of the fourth derivative: 0.03 m in low Earth orbit with samples 30 s apart,
    0.4 m with 60 s.

    Parameters
    ----------
    elapsed_s : Array, shape (N,)
        Sample times, increasing [s].
    position_m, velocity_m_s : Array, shape (N, 3)
        Samples; the velocity is the derivative of the position in its frame.
    at_s : Array
        Times inside the range [s].

    References
    ----------
    de Boor (1978), *A Practical Guide to Splines*, chapter IV.

    Examples
    --------
    A cubic is reproduced: t^3 at 0.5 s.

    >>> t = np.array([0.0, 1.0])
    >>> r, v = np.column_stack((t**3, t, t)), np.column_stack((3 * t**2, t * 0 + 1, t * 0 + 1))
    >>> hermite_position_m(t, r, v, np.array([0.5])).tolist()
    [[0.125, 0.5, 0.5]]
    """
    left = np.clip(np.searchsorted(elapsed_s, at_s, side="right") - 1, 0, len(elapsed_s) - 2)
    step = elapsed_s[left + 1] - elapsed_s[left]
    u = ((at_s - elapsed_s[left]) / step)[..., None]
    h = step[..., None]
    start = (1 + 2 * u) * (1 - u) ** 2 * position_m[left] + u * (1 - u) ** 2 * h * velocity_m_s[left]
    end = u * u * (3 - 2 * u) * position_m[left + 1] - u * u * (1 - u) * h * velocity_m_s[left + 1]
    return np.asarray(start + end, dtype=float)


def hermite_state(
    elapsed_s: Array, position_m: Array, velocity_m_s: Array, at_s: Array
) -> tuple[Array, Array]:
    """Positions [m] and velocities [m/s] from the four samples around each time, shapes of `at_s` plus (3,).

    The polynomial of degree 7 that meets positions and velocities of four samples; of lower degree where
    there are fewer. In low Earth orbit with samples 60 s apart it is off by less than a millimeter.

    Parameters
    ----------
    elapsed_s : Array, shape (N,)
        Sample times, increasing, at least two [s].
    position_m, velocity_m_s : Array, shape (N, 3)
        Samples; the velocity is the derivative of the position in its frame.
    at_s : Array
        Times inside the range [s].

    References
    ----------
    Stoer and Bulirsch (2002), *Introduction to Numerical Analysis*, section 2.1.5.

    Examples
    --------
    A polynomial of degree 7 is reproduced: t^7 at 1.5 s.

    >>> t = np.arange(4.0)
    >>> r, v = np.column_stack([t**7] * 3), np.column_stack([7 * t**6] * 3)
    >>> position, velocity = hermite_state(t, r, v, np.array([1.5]))
    >>> round(float(position[0, 0]), 4), round(1.5**7, 4)
    (17.0859, 17.0859)
    >>> round(float(velocity[0, 0]), 4), round(7 * 1.5**6, 4)
    (79.7344, 79.7344)
    """
    count = min(4, len(elapsed_s))
    middle = np.searchsorted(elapsed_s, at_s, side="right") - count // 2
    chosen = np.clip(middle, 0, len(elapsed_s) - count)[..., None] + np.arange(count)
    unit = (elapsed_s[-1] - elapsed_s[0]) / (len(elapsed_s) - 1)
    nodes, at = elapsed_s[chosen] / unit, np.asarray(at_s, dtype=float)[..., None] / unit
    values, slopes = _hermite_weights(nodes, at)
    samples = np.concatenate((position_m[chosen], unit * velocity_m_s[chosen]), axis=-2)
    position = np.einsum("...j,...jc->...c", values, samples)
    velocity = np.einsum("...j,...jc->...c", slopes, samples) / unit
    return position, velocity


def _hermite_weights(nodes: Array, at: Array) -> tuple[Array, Array]:
    """Weights of the values and then of the slopes at K nodes, for the polynomial and for its derivative.

    Both of shape (..., 2 K), from Lagrange's polynomials l of the nodes: value (1 - 2 l'(t_i) (t - t_i)) l^2,
    slope (t - t_i) l^2.
    """
    count = nodes.shape[-1]
    away = at - nodes
    gaps = nodes[..., :, None] - nodes[..., None, :] + np.eye(count)
    lagrange, rate = np.empty_like(nodes), np.zeros_like(nodes)
    for i in range(count):
        others = [j for j in range(count) if j != i]
        lagrange[..., i] = np.prod(away[..., others] / gaps[..., i, others], axis=-1)
        for j in others:
            rest = [k for k in others if k != j]
            factors = np.prod(away[..., rest] / gaps[..., i, rest], axis=-1)
            rate[..., i] += factors / gaps[..., i, j]
    bend = (1.0 / gaps - np.eye(count)).sum(axis=-1)  # l'(t_i)
    square, square_rate = lagrange**2, 2.0 * lagrange * rate
    values = np.concatenate(((1.0 - 2.0 * bend * away) * square, away * square), axis=-1)
    slopes = np.concatenate(
        (
            (1.0 - 2.0 * bend * away) * square_rate - 2.0 * bend * square,
            away * square_rate + square,
        ),
        axis=-1,
    )
    return values, slopes
