"""Twice-differentiable interpolation of a published table, for numbers and for symbols alike."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class NaturalSpline:
    """A natural cubic spline, written as a line plus one truncated cube per knot.

    s(x) = a + b x + sum_k c_k max(x - x_k, 0)^3, straight outside the first and the last knot.
    The form has no branches, so the same line serves arrays and CasADi symbols.
    """

    knots: tuple[float, ...]
    intercept: float
    slope: float
    cubes: tuple[float, ...]

    def __call__(self, x: Any, xp: ModuleType = np) -> Any:
        """Value at `x`; `xp` names the maths (numpy or casadi)."""
        value = self.intercept + self.slope * x
        if xp is np:
            above_knots = np.fmax(np.subtract.outer(x, np.asarray(self.knots)), 0.0)
            return value + (above_knots * above_knots * above_knots) @ np.asarray(self.cubes)
        for knot, cube in zip(self.knots, self.cubes, strict=True):
            above = xp.fmax(x - knot, 0.0)
            value = value + cube * above * above * above
        return value

    def expansion(self, x: Any, xp: ModuleType = np) -> "Expansion":
        """Value, slope and curvature at `x`, as the parabola that touches there to second order."""
        value = self(x, xp)
        slope, curvature = self.slope + 0.0 * x, 0.0 * x
        for knot, cube in zip(self.knots, self.cubes, strict=True):
            above = xp.fmax(x - knot, 0.0)
            slope = slope + 3.0 * cube * above * above
            curvature = curvature + 6.0 * cube * above
        return Expansion(x, value, slope, curvature)


@dataclass(frozen=True, slots=True)
class Expansion:
    """A parabola about a point; stands for the function it expands, up to second derivatives there."""

    at: Any
    value: Any
    slope: Any
    curvature: Any

    def expansion(self, _x: Any, _xp: ModuleType = np) -> "Expansion":
        """An expansion is its own, wherever it is asked for."""
        return self

    def __call__(self, x: Any, xp: ModuleType = np) -> Any:
        """Value at `x`."""
        step = x - self.at
        return self.value + step * (self.slope + 0.5 * self.curvature * step)


def natural_spline(x: ArrayLike, y: ArrayLike) -> NaturalSpline:
    """Interpolate the table (x, y) by the natural cubic spline.

    Parameters
    ----------
    x, y : array_like, shape (N,)
        The table, `x` increasing; one point gives a constant.

    Returns
    -------
    NaturalSpline
        Passes through every point, with continuous second derivative, straight outside the table.

    References
    ----------
    de Boor, C., A Practical Guide to Splines, rev. ed., Springer 2001, chapter IV.

    Examples
    --------
    >>> spline = natural_spline([0.0, 1.0, 2.0], [0.0, 1.0, 0.0])
    >>> round(float(spline(1.0)), 12), round(float(spline(0.5)), 6)
    (1.0, 0.6875)
    """
    table_x = np.asarray(x, dtype=float)
    table_y = np.asarray(y, dtype=float)
    if table_x.size == 1:
        return NaturalSpline((), float(table_y[0]), 0.0, ())
    widths = np.diff(table_x)
    slopes = np.diff(table_y) / widths
    curvature = _natural_curvature(widths, slopes)
    jumps = np.diff(curvature) / widths  # third derivative on each interval
    cubes = np.diff(np.concatenate(([0.0], jumps, [0.0]))) / 6.0
    first_slope = slopes[0] - widths[0] * curvature[1] / 6.0
    return NaturalSpline(
        tuple(table_x.tolist()),
        float(table_y[0] - first_slope * table_x[0]),
        float(first_slope),
        tuple(cubes.tolist()),
    )


def _natural_curvature(widths: NDArray[np.float64], slopes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Second derivatives at the knots, zero at both ends."""
    count = widths.size + 1
    curvature = np.zeros(count)
    if count > 2:
        matrix = (
            np.diag(2.0 * (widths[:-1] + widths[1:])) + np.diag(widths[1:-1], 1) + np.diag(widths[1:-1], -1)
        )
        curvature[1:-1] = np.linalg.solve(matrix, 6.0 * np.diff(slopes))
    return curvature
