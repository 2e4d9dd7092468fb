"""Radau collocation of optimal control problems, assembled from small functions of one place each.

A program is not one long expression. The same small function (the equations of motion at a collocation
point, the mass balance of a segment, the orbit at cut-off) stands at many places of the vector of
variables; its Jacobian and Hessian are derived once and scattered to where they belong. Laying down a
program therefore costs index arithmetic, not symbolic algebra.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import casadi as ca
import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.int64]

DEGREE = 5  # Radau points per interval


@lru_cache(maxsize=4)
def radau_points(degree: int = DEGREE) -> Array:
    """Collocation points on [0, 1], the right end included, preceded by 0."""
    return np.array([0.0, *ca.collocation_points(degree, "radau")])


@lru_cache(maxsize=4)
def radau_derivative(degree: int = DEGREE) -> Array:
    """Derivative of the interpolant at the collocation points, per unit of the interval.

    Column j holds the weights of the start and the points for the slope at point j + 1.
    """
    points = radau_points(degree)
    powers = np.arange(degree + 1)
    to_coefficients = np.linalg.inv(np.vander(points, increasing=True))
    slopes = powers * points[1:, None] ** np.maximum(powers - 1, 0)
    return np.ascontiguousarray((slopes @ to_coefficients).T)


@lru_cache(maxsize=4)
def start_weights(degree: int = DEGREE) -> Array:
    """Weights that carry the polynomial through the points on to the start of the interval."""
    return np.linalg.solve(np.vander(radau_points(degree)[1:], increasing=True).T, np.eye(degree)[0])


@dataclass(frozen=True, slots=True)
class NodeFunction:
    """A vector function of variables z, parameters p and constants c, with its derivatives in z."""

    value: Any  # (z, p, c) -> outputs
    jacobian: Any  # (z, p, c) -> entries of the Jacobian
    hessian: Any  # (z, p, c, weights) -> entries of the upper half of the Hessian of weights . outputs
    parameter_gradient: Callable[[], Any]  # makes (z, p, c, weights) -> gradient of weights . outputs in p
    jacobian_entries: tuple[Indices, Indices]  # rows and columns
    hessian_entries: tuple[Indices, Indices]
    outputs_count: int


def node_function(
    z: Any, p: Any, c: Any, outputs: Any, *, held: Any = None, held_values: Any = None
) -> NodeFunction:
    """Derive a small function twice.

    Parameters
    ----------
    z, p, c : SX
        Variables, parameters and constants.
    outputs : SX
        Column of outputs.
    held, held_values : SX, optional
        Symbols in `outputs` that stand for `held_values`, long expressions in z whose derivatives the
        outputs already contain; they are put in after the derivatives are taken.
    """
    held = ca.SX(0, 1) if held is None else held
    held_values = ca.SX(0, 1) if held_values is None else held_values
    weights = ca.SX.sym("weights", outputs.numel())
    weighted = ca.dot(weights, outputs)
    jacobian = ca.jacobian(outputs, z)
    hessian = ca.triu(ca.hessian(weighted, z)[0])
    given = ca.Function(
        "given", [z, p, c, held, weights], [outputs, ca.SX(jacobian.nz[:]), ca.SX(hessian.nz[:])]
    )
    value, jacobian_nz, hessian_nz = (
        ca.cse(expression) for expression in given(z, p, c, held_values, weights)
    )

    def in_parameters() -> Any:
        slope = ca.Function("slope", [z, p, c, held, weights], [ca.gradient(weighted, p)])
        return ca.Function("in_p", [z, p, c, weights], [slope(z, p, c, held_values, weights)])

    return NodeFunction(
        ca.Function("value", [z, p, c], [value]),
        ca.Function("jacobian", [z, p, c], [jacobian_nz]),
        ca.Function("hessian", [z, p, c, weights], [hessian_nz]),
        in_parameters,
        _entries(jacobian.sparsity()),
        _entries(hessian.sparsity()),
        outputs.numel(),
    )


def _entries(sparsity: Any) -> tuple[Indices, Indices]:
    rows, columns = sparsity.get_triplet()
    return np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Placement:
    """One function at N places."""

    function: NodeFunction
    variables: Indices  # (N, len z)
    parameters: Indices  # (N, len p)
    constants: Array  # (N, len c)
    rows: Indices  # (N, outputs): row that the output adds to; -1 where it is not used
    sign: float


@dataclass(slots=True)
class Program:
    """A nonlinear program while it is laid down: variables, rows, and what adds to the rows."""

    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    linear_rows: list[int] = field(default_factory=list)
    linear_columns: list[int] = field(default_factory=list)
    linear_values: list[float] = field(default_factory=list)
    placements: list[Placement] = field(default_factory=list)

    def add_variables(self, count: int, lower: float = -np.inf, upper: float = np.inf) -> Indices:
        """Append variables; where they stand."""
        first = len(self.lower)
        self.lower += [lower] * count
        self.upper += [upper] * count
        return np.arange(first, first + count)

    def add_rows(self, count: int, lower: float, upper: float) -> Indices:
        """Append rows whose sums must lie between two bounds; where they stand."""
        first = len(self.row_lower)
        self.row_lower += [lower] * count
        self.row_upper += [upper] * count
        return np.arange(first, first + count)

    def add_linear(self, row: int, column: int, value: float) -> None:
        """Add a constant multiple of a variable to a row."""
        self.linear_rows.append(int(row))
        self.linear_columns.append(int(column))
        self.linear_values.append(float(value))

    def place(
        self,
        function: NodeFunction,
        variables: ArrayLike,
        parameters: ArrayLike,
        rows: ArrayLike,
        *,
        constants: ArrayLike | None = None,
        sign: float = 1.0,
    ) -> None:
        """Evaluate a function at N places and add its outputs to rows."""
        at = np.atleast_2d(np.asarray(variables, dtype=np.int64))
        count = len(at)
        self.placements.append(
            Placement(
                function,
                at,
                np.asarray(parameters, dtype=np.int64).reshape(count, -1),
                np.zeros((count, 0)) if constants is None else np.asarray(constants).reshape(count, -1),
                np.asarray(rows, dtype=np.int64).reshape(count, -1),
                sign,
            )
        )

    def add_interval(self, states: Indices, rows: Indices) -> None:
        """The slopes of the polynomial through an interval's states, one row per point and component.

        Parameters
        ----------
        states : ndarray, shape (degree + 1, components)
            The start and the collocation points.
        rows : ndarray, shape (degree, components)
        """
        weights = radau_derivative(len(rows))
        points, components = states.shape
        degree = points - 1
        shape = (degree, points, components)
        self.linear_rows += np.broadcast_to(rows[:, None, :], shape).ravel().tolist()
        self.linear_columns += np.broadcast_to(states[None], shape).ravel().tolist()
        self.linear_values += np.broadcast_to(weights.T[:, :, None], shape).ravel().tolist()
