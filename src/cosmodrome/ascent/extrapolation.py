"""Gragg-Bulirsch-Stoer extrapolation: the integrator that re-flies an optimum.

Nothing of it is shared with the collocation that found the optimum.
"""

from collections.abc import Callable
from typing import Any

State = tuple[Any, ...]  # of floats, or of arrays that are integrated together
Rates = Callable[[Any, State], State]

_ROWS = 8
_DEEPEST = 12  # halvings of a step


def integrate(rates: Rates, start_s: float, end_s: float, state: State, tolerance: float) -> State:
    """Integrate an initial-value problem to a tolerance.

    The modified midpoint rule with 2, 4, 6 ... substeps is extrapolated to zero step in powers of its
    square; a step that eight rows do not settle is halved.

    Parameters
    ----------
    rates : callable
        State derivative at a time and state. [per s]
    start_s, end_s : float
        Where to begin and to end. [s]
    state : tuple of float
        Scaled to the order of 1; arrays take the steps that the hardest of them needs.
    tolerance : float
        On the last two extrapolations of a step, absolute plus relative.

    Returns
    -------
    tuple of float
        The state at the end.

    Raises
    ------
    ArithmeticError
        If a step halved twelve times still does not settle.

    References
    ----------
    Hairer, Nørsett, Wanner, Solving Ordinary Differential Equations I, 2nd ed. 1993, section II.9.

    Examples
    --------
    The exponential function at 1 is 2.718281828459:

    >>> y, = integrate(lambda t, y: (y[0],), 0.0, 1.0, (1.0,), 1e-13)
    >>> round(y, 11)
    2.71828182846
    """
    return _advance(rates, start_s, end_s, state, tolerance, 0)


def _advance(rates: Rates, start_s: float, end_s: float, state: State, tolerance: float, depth: int) -> State:
    """One step, halved as often as it needs."""
    table: list[list[State]] = []
    first = rates(start_s, state)
    for row in range(_ROWS):
        new = [_modified_midpoint(rates, start_s, end_s, state, first, 2 * (row + 1))]
        for j in range(row):
            factor = 1.0 / (((row + 1) / (row - j)) ** 2 - 1.0)
            new.append(tuple(a + (a - b) * factor for a, b in zip(new[j], table[row - 1][j], strict=True)))
        table.append(new)
        if row and _settled(new[-1], new[-2], tolerance):
            return new[-1]
    if depth == _DEEPEST:
        raise ArithmeticError(f"the integration does not settle at {start_s:g} s")
    middle = (start_s + end_s) / 2
    half = _advance(rates, start_s, middle, state, tolerance, depth + 1)
    return _advance(rates, middle, end_s, half, tolerance, depth + 1)


def _settled(a: State, b: State, tolerance: float) -> bool:
    close = (abs(x - y) <= tolerance * (1.0 + abs(x)) for x, y in zip(a, b, strict=True))
    return all(c if isinstance(c, bool) else bool(c.all()) for c in close)


def _modified_midpoint(
    rates: Rates, start_s: float, end_s: float, state: State, first: State, count: int
) -> State:
    """Gragg's rule with smoothing."""
    h = (end_s - start_s) / count
    before = state
    now = tuple(y + h * f for y, f in zip(state, first, strict=True))
    for step in range(1, count):
        slope = rates(start_s + step * h, now)
        before, now = now, tuple(y + 2.0 * h * f for y, f in zip(before, slope, strict=True))
    slope = rates(end_s, now)
    return tuple(0.5 * (a + b + h * f) for a, b, f in zip(now, before, slope, strict=True))
