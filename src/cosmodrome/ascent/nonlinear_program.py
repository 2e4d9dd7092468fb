"""A program of placed functions as one sparse nonlinear program for IPOPT, with exact derivatives."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import casadi as ca
import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.ascent.collocation import Indices, Placement, Program

Array = NDArray[np.float64]

Manner = Literal["quick", "patient", "rough", "near", "warm"]

_OPTIONS: dict[str, Any] = {
    "print_time": False,
    "show_eval_warnings": False,  # a step into nonsense is only shortened
    "calc_lam_p": False,
    "no_nlp_grad": True,
    "error_on_fail": False,
    "ipopt.print_level": 0,
    "ipopt.sb": "yes",
    "ipopt.tol": 1e-9,
    "ipopt.acceptable_tol": 1e-7,
    "ipopt.min_hessian_perturbation": 1e-8,  # flat optima, of slow last stages, are not wandered about in
    "ipopt.linear_solver": "mumps",
}
# Quick is fastest from a flown guess but wanders now and then; patient never does; rough is patient, for an
# answer that is only a start. Near starts from the states of a neighbor, warm from its multipliers too.
_MANNERS: dict[Manner, dict[str, Any]] = {
    "quick": {
        "ipopt.mu_strategy": "adaptive",
        "ipopt.adaptive_mu_globalization": "never-monotone-mode",
        "ipopt.max_soc": 0,
        "ipopt.max_iter": 100,
    },
    "patient": {"ipopt.mu_strategy": "monotone", "ipopt.mu_init": 1e-2, "ipopt.max_iter": 150},
    "rough": {
        "ipopt.mu_strategy": "monotone",
        "ipopt.mu_init": 1e-2,
        "ipopt.tol": 1e-6,
        "ipopt.max_iter": 200,
    },
    "near": {
        "ipopt.mu_strategy": "monotone",
        "ipopt.mu_init": 1e-4,
        "ipopt.bound_push": 1e-4,
        "ipopt.bound_frac": 1e-4,
        "ipopt.slack_bound_push": 1e-4,
        "ipopt.slack_bound_frac": 1e-4,
        "ipopt.bound_mult_init_method": "mu-based",
        "ipopt.max_iter": 100,
    },
    "warm": {
        "ipopt.mu_strategy": "monotone",
        "ipopt.mu_init": 1e-8,
        "ipopt.tol": 1e-6,
        "ipopt.mumps_scaling": 0,
        "ipopt.mumps_permuting_scaling": 0,
        "ipopt.warm_start_init_point": "yes",
        "ipopt.warm_start_bound_push": 1e-6,
        "ipopt.warm_start_mult_bound_push": 1e-6,
        "ipopt.warm_start_slack_bound_push": 1e-6,
        "ipopt.bound_push": 1e-6,
        "ipopt.max_iter": 40,
    },
}


@dataclass(frozen=True, slots=True)
class CompiledProgram:
    """A program ready to be solved."""

    nlp: dict[str, Any]
    derivatives: dict[str, Any]
    program: Program
    lower: Array
    upper: Array
    row_lower: Array
    row_upper: Array
    solvers: dict[Manner, Any] = field(default_factory=dict)

    def solver(self, manner: Manner) -> Any:
        """IPOPT set up for one manner of starting; made when first asked for."""
        if manner not in self.solvers:
            options = {**_OPTIONS, **_MANNERS[manner], **self.derivatives}
            self.solvers[manner] = ca.nlpsol("ascent", "ipopt", self.nlp, options)
        return self.solvers[manner]

    def parameter_gradient(self, variables: Array, parameters: Array, multipliers: Array) -> Array:
        """Gradient of the rows weighted by multipliers, in the parameters; derived anew at every call."""
        z, p = ca.MX.sym("z", len(variables)), ca.MX.sym("p", len(parameters))
        weights = ca.MX.sym("weights", len(multipliers))
        in_p = ca.Function("in_p", [z, p, weights], [_parameter_gradient(self.program, z, p, weights)])
        return np.asarray(in_p(variables, parameters, multipliers)).ravel()


def compile_program(
    program: Program, parameters_count: int, minimized: Sequence[tuple[int, float]]
) -> CompiledProgram:
    """Make a program ready for IPOPT; it minimizes a sum of variables, each with its weight."""
    z = ca.MX.sym("z", len(program.lower))
    p = ca.MX.sym("p", parameters_count)
    weight_f = ca.MX.sym("weight_f")
    weights = ca.MX.sym("weights", len(program.row_lower))
    slope = np.zeros(z.numel())
    for variable, weight in minimized:
        slope[int(variable)] += weight
    gradient = ca.MX(ca.DM(slope))
    objective = sum(weight * z[int(variable)] for variable, weight in minimized)
    constraints = _constraints(program, z, p)
    hessian = _hessian(program, z, p, weights)
    derivatives = {
        "grad_f": ca.Function("grad_f", [z, p], [objective, gradient]),
        # IPOPT never reads the values beside a Jacobian, so none are computed
        "jac_g": ca.Function("jac_g", [z, p], [ca.MX(constraints.numel(), 1), _jacobian(program, z, p)]),
        "hess_lag": ca.Function("hess_lag", [z, p, weight_f, weights], [hessian]),
    }
    return CompiledProgram(
        {"x": z, "p": p, "f": objective, "g": constraints},
        derivatives,
        program,
        np.array(program.lower),
        np.array(program.upper),
        np.array(program.row_lower),
        np.array(program.row_upper),
    )


def _inputs(placement: Placement, z: Any, p: Any) -> tuple[Any, Any, Any]:
    """What a placed function is fed, one column per place."""
    count, width = placement.variables.shape
    variables = ca.reshape(z[placement.variables.ravel().tolist()], width, count)
    taken = placement.parameters.shape[1]
    parameters = (
        ca.reshape(p[placement.parameters.ravel().tolist()], taken, count) if taken else ca.MX(0, count)
    )
    return variables, parameters, ca.MX(ca.DM(placement.constants.T))


def _weights_of(placement: Placement, weights: Any) -> Any:
    """Multipliers of a placed function's outputs, one column per place; zero where a row is not used."""
    used = placement.rows.ravel() >= 0
    taken = weights[np.where(used, placement.rows.ravel(), 0).tolist()]
    mask = ca.DM(placement.sign * used)
    return ca.reshape(taken * mask, placement.rows.shape[1], placement.rows.shape[0])


def _scatter(rows: Indices, columns: Indices, values: ArrayLike, shape: tuple[int, int]) -> Any:
    """A constant sparse matrix; entries at one place add."""
    return ca.DM(
        ca.Sparsity(*shape)
        if not len(rows)
        else ca.DM.triplet(rows.tolist(), columns.tolist(), ca.DM(np.asarray(values, dtype=float)), *shape)
    )


def _constraints(program: Program, z: Any, p: Any) -> Any:
    """The sums of all rows."""
    count = len(program.row_lower)
    linear = _summed(
        np.array(program.linear_rows, dtype=np.int64),
        np.array(program.linear_columns, dtype=np.int64),
        np.array(program.linear_values),
        (count, z.numel()),
    )
    total = ca.mtimes(ca.MX(linear), z)
    for placed in program.placements:
        outputs = placed.function.value.map(len(placed.variables))(*_inputs(placed, z, p))
        flat = placed.rows.ravel()
        used = np.nonzero(flat >= 0)[0]
        matrix = _summed(flat[used], used, np.full(len(used), placed.sign), (count, flat.size))
        total = total + ca.mtimes(ca.MX(matrix), ca.vec(outputs))
    return total


def _summed(rows: Indices, columns: Indices, values: Array, shape: tuple[int, int]) -> Any:
    """A constant sparse matrix in which entries at the same place are added."""
    keys, inverse = np.unique(columns * shape[0] + rows, return_inverse=True)
    totals = np.bincount(inverse, weights=values, minlength=len(keys)) if len(keys) else np.zeros(0)
    return _scatter(keys % shape[0], keys // shape[0], totals, shape)


def _assembled(
    shape: tuple[int, int],
    keys_of: list[Indices],
    values: list[Any],
    constant: tuple[Indices, Array],
) -> Any:
    """A sparse matrix from lists of places (column-major keys) and the vectors that stand there."""
    all_keys = np.concatenate([*keys_of, constant[0]])
    keys, _ = np.unique(all_keys, return_index=True)  # without an index numpy imports its masked arrays
    sparsity = ca.Sparsity.triplet(*shape, (keys % shape[0]).tolist(), (keys // shape[0]).tolist())
    entries = ca.MX(
        _summed(np.searchsorted(keys, constant[0]), np.zeros(len(constant[0]), dtype=np.int64), constant[1],
                (len(keys), 1))
    )  # fmt: skip
    entries = ca.densify(entries)
    for at, vector in zip(keys_of, values, strict=True):
        if len(at):
            matrix = _summed(np.searchsorted(keys, at), np.arange(len(at)), np.ones(len(at)),
                             (len(keys), len(at)))  # fmt: skip
            entries = entries + ca.mtimes(ca.MX(matrix), vector)
    return ca.MX(sparsity, entries)


def _jacobian(program: Program, z: Any, p: Any) -> Any:
    """Derivative of the rows in the variables."""
    shape = (len(program.row_lower), z.numel())
    keys_of, values = [], []
    for placed in program.placements:
        rows, columns = placed.function.jacobian_entries
        entries = ca.vec(placed.function.jacobian.map(len(placed.variables))(*_inputs(placed, z, p)))
        at_row, at_column = placed.rows[:, rows].ravel(), placed.variables[:, columns].ravel()
        used = np.nonzero(at_row >= 0)[0]
        keys_of.append((at_column * shape[0] + at_row)[used])
        values.append(placed.sign * (entries if len(used) == len(at_row) else entries[used.tolist()]))
    linear = np.array(program.linear_columns, dtype=np.int64) * shape[0] + np.array(
        program.linear_rows, dtype=np.int64
    )
    return _assembled(shape, keys_of, values, (linear, np.array(program.linear_values)))


def _hessian(program: Program, z: Any, p: Any, weights: Any) -> Any:
    """Upper half of the Hessian of the weighted rows."""
    size = z.numel()
    keys_of, values = [], []
    for placed in program.placements:
        rows, columns = placed.function.hessian_entries
        if not len(rows):
            continue
        inputs = (*_inputs(placed, z, p), _weights_of(placed, weights))
        values.append(ca.vec(placed.function.hessian.map(len(placed.variables))(*inputs)))
        first, second = placed.variables[:, rows].ravel(), placed.variables[:, columns].ravel()
        keys_of.append(np.maximum(first, second) * size + np.minimum(first, second))
    return _assembled((size, size), keys_of, values, (np.zeros(0, dtype=np.int64), np.zeros(0)))


def _parameter_gradient(program: Program, z: Any, p: Any, weights: Any) -> Any:
    """Derivative of the weighted rows in the parameters."""
    total = ca.MX.zeros(p.numel(), 1)
    for placed in program.placements:
        if not placed.parameters.shape[1]:
            continue
        inputs = (*_inputs(placed, z, p), _weights_of(placed, weights))
        gradient = ca.vec(placed.function.parameter_gradient().map(len(placed.variables))(*inputs))
        flat = placed.parameters.ravel()
        matrix = _summed(flat, np.arange(flat.size), np.ones(flat.size), (p.numel(), flat.size))
        total = total + ca.mtimes(ca.MX(matrix), gradient)
    return total
