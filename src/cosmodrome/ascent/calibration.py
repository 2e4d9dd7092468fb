"""The performance reserve of a vehicle, from its published payloads, its family's and all vehicles'.

An ideal ascent lifts more than is published: ratings hold reserves, drop zones, doglegs, deorbiting and
rounding, and published masses are not always those of the rated vehicle. What must be taken from the ideal
ascent to meet a published payload is its reserve in m/s. Reserves are modeled in three levels:

    family    F ~ center + family_scale t4
    vehicle   V ~ F + vehicle_scale t4
    row       r ~ V + polar_restart [the last stage restarts to a polar orbit] + row_scale w t2

with Student's distributions t4 and t2, whose tails forgive the outlier that every table of ratings holds, and
w = 1, 1.3, 2 for rows of high, medium and low confidence. A flown mass says only that the reserve is not
larger than r. Distributions are held on a grid, so nothing is assumed of the posterior's shape.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.models.quantity import Confidence
from cosmodrome.models.reserve import ReservePopulation, ReserveRow

Array = NDArray[np.float64]

STEP_M_S = 20.0
GRID_M_S: Array = np.arange(-3500.0, 5501.0, STEP_M_S)
ROW_WEIGHTS: dict[Confidence, float] = {"high": 1.0, "medium": 1.3, "low": 2.0}
TAIL = 0.05  # on each side of the interval
_TINY = 1e-300
# Widths of the weak priors on the population, which only keep a fit to a few rows from running away.
_OFFSET_PRIOR_M_S = 300.0  # standard deviation
_SCALE_PRIORS_M_S = (250.0, 150.0, 120.0)  # of families, vehicles, rows: medians, a factor e wide


@dataclass(frozen=True, slots=True)
class VehicleReserve:
    """The reserve of a vehicle in one kind of orbit, and what it rests on."""

    reserve_m_s: float  # median
    standard_deviation_m_s: float  # of the vehicle's reserve itself
    low_m_s: float  # 5 % of published payloads leave less
    high_m_s: float  # 5 % leave more
    rows: tuple[ReserveRow, ...]  # the vehicle's own
    residuals_m_s: tuple[float, ...]  # of those rows from the reserve of their own orbit
    basis: str

    def __repr__(self) -> str:
        interval = f"{self.low_m_s:.0f} to {self.high_m_s:.0f}"
        return f"<VehicleReserve {self.reserve_m_s:.0f} m/s, {interval}, {self.basis}>"


def vehicle_reserve(
    rows: Iterable[ReserveRow],
    population: ReservePopulation,
    vehicle: str,
    family: str,
    *,
    restarts_to_polar: bool = False,
    confidence: Confidence = "high",
) -> VehicleReserve:
    """The reserve to expect of a vehicle.

    Parameters
    ----------
    rows : iterable of ReserveRow
        All that are known; those of other families tell through the population alone.
    population : ReservePopulation
    vehicle, family : str
        Catalog names; a family without rows leaves the population.
    restarts_to_polar : bool
        Whether the last stage restarts to reach a polar or retrograde orbit.
    confidence : {'high', 'medium', 'low'}
        Of the figure that the interval is to hold.

    Returns
    -------
    VehicleReserve

    Examples
    --------
    Soyuz-2.1a, rated by its maker at 7430 kg to 200 x 240 km, would lift 8.9 t without a reserve:

    >>> from cosmodrome.catalog.reserves import reserve_table
    >>> table = reserve_table()
    >>> reserve = vehicle_reserve(table.rows, table.population, "soyuz-2.1a", "soyuz-2")
    >>> 380 < reserve.reserve_m_s < 480, len(reserve.rows) >= 3
    (True, True)
    """
    kin = [row for row in rows if row.family == family]
    own = tuple(row for row in kin if row.vehicle == vehicle)
    density = np.exp(_normalized(_vehicle_density(kin, population, vehicle)))
    offset = population.polar_restart_m_s if restarts_to_polar else 0.0
    width = ROW_WEIGHTS[confidence] * population.row_scale_m_s
    predicted = np.cumsum(_kernel(_log_t2, width) @ density)
    ends = GRID_M_S + 0.5 * STEP_M_S  # of the cells that the sum has passed
    quantiles = [float(np.interp(p * predicted[-1], predicted, ends)) for p in (TAIL, 0.5, 1.0 - TAIL)]
    share = density / density.sum()
    mean = float(share @ GRID_M_S)
    median = quantiles[1]
    return VehicleReserve(
        reserve_m_s=median + offset,
        standard_deviation_m_s=math.sqrt(float(share @ (GRID_M_S - mean) ** 2)),
        low_m_s=quantiles[0] + offset,
        high_m_s=quantiles[2] + offset,
        rows=own,
        residuals_m_s=tuple(row.reserve_m_s - median - _offset(row, population) for row in own),
        basis=_basis(vehicle, own, kin),
    )


def _basis(vehicle: str, own: Sequence[ReserveRow], kin: Sequence[ReserveRow]) -> str:
    """What a reserve rests on, for people."""
    if own:
        return f"{len(own)} published payload{'s' if len(own) > 1 else ''} of {vehicle}"
    others = sorted({row.vehicle for row in kin})
    return f"its family: {', '.join(others)}" if others else "all vehicles of the catalog"


def fit_population(rows: Sequence[ReserveRow], start: ReservePopulation | None = None) -> ReservePopulation:
    """The population under which the rows are most likely (empirical Bayes).

    Parameters
    ----------
    rows : sequence of ReserveRow
    start : ReservePopulation, optional
        Where the search begins.

    Returns
    -------
    ReservePopulation

    References
    ----------
    Gelman, A. et al., Bayesian Data Analysis, 3rd ed., chapters 5 and 17 (hierarchical and robust models).
    """
    from scipy.optimize import minimize

    begin = _numbers(start) if start else np.array([500.0, *np.log(_SCALE_PRIORS_M_S), 0.0])
    corners = begin + np.vstack([np.zeros(5), np.diag([100.0, 0.5, 0.5, 0.5, 150.0])])
    found = minimize(
        lambda numbers: -_log_likelihood(rows, _population(numbers)),
        begin,
        method="Nelder-Mead",
        options={"initial_simplex": corners, "xatol": 0.5, "fatol": 1e-3, "maxiter": 2000},
    )
    return _population(found.x)


def _numbers(population: ReservePopulation) -> Array:
    p = population
    scales = np.log([p.family_scale_m_s, p.vehicle_scale_m_s, p.row_scale_m_s])
    return np.array([p.center_m_s, *scales, p.polar_restart_m_s])


def _population(numbers: Array) -> ReservePopulation:
    family, vehicle, row = (math.exp(min(logarithm, 20.0)) for logarithm in numbers[1:4])
    return ReservePopulation(
        center_m_s=float(numbers[0]),
        family_scale_m_s=family,
        vehicle_scale_m_s=vehicle,
        row_scale_m_s=row,
        polar_restart_m_s=float(numbers[4]),
    )


def _log_likelihood(rows: Sequence[ReserveRow], population: ReservePopulation) -> float:
    """Of all rows, with the weak priors."""
    total = -0.5 * (population.polar_restart_m_s / _OFFSET_PRIOR_M_S) ** 2
    scales = (population.family_scale_m_s, population.vehicle_scale_m_s, population.row_scale_m_s)
    total -= 0.5 * sum(math.log(s / prior) ** 2 for s, prior in zip(scales, _SCALE_PRIORS_M_S, strict=True))
    families: dict[str, list[ReserveRow]] = {}
    for row in rows:
        families.setdefault(row.family, []).append(row)
    kernel = _kernel(_log_t4, population.vehicle_scale_m_s)
    for kin in families.values():
        density = _family_density(kin, population, kernel)
        highest = float(density.max())
        total += highest + math.log(float(np.exp(density - highest).sum()) * STEP_M_S)
    return total


def _vehicle_density(kin: Sequence[ReserveRow], population: ReservePopulation, vehicle: str) -> Array:
    """Logarithm of the density of one vehicle's reserve, given its own rows and its family's."""
    kernel = _kernel(_log_t4, population.vehicle_scale_m_s)
    family = _family_density([row for row in kin if row.vehicle != vehicle], population, kernel)
    expected = np.log(kernel @ np.exp(_normalized(family)) + _TINY)
    return expected + _rows_density([row for row in kin if row.vehicle == vehicle], population)


def _family_density(kin: Sequence[ReserveRow], population: ReservePopulation, kernel: Array) -> Array:
    """Logarithm of the density of a family's reserve: the population's times what each vehicle says."""
    density = _log_t4((GRID_M_S - population.center_m_s) / population.family_scale_m_s)
    density = density - math.log(population.family_scale_m_s)
    for name in sorted({row.vehicle for row in kin}):
        said = _rows_density([row for row in kin if row.vehicle == name], population)
        highest = float(said.max())
        density = density + np.log(kernel @ np.exp(said - highest) + _TINY) + highest
    return density


def _rows_density(rows: Sequence[ReserveRow], population: ReservePopulation) -> Array:
    """Logarithm of the likelihood of a vehicle's rows over its reserve."""
    density = np.zeros_like(GRID_M_S)
    for row in rows:
        width = ROW_WEIGHTS[row.confidence] * population.row_scale_m_s
        apart = (row.reserve_m_s - _offset(row, population) - GRID_M_S) / width
        density += np.log(_t2_below(apart) + _TINY) if row.lower_bound else _log_t2(apart) - math.log(width)
    return density


def _offset(row: ReserveRow, population: ReservePopulation) -> float:
    return population.polar_restart_m_s if row.restarts_to_polar else 0.0


def _normalized(density: Array) -> Array:
    highest = float(density.max())
    return density - (highest + math.log(float(np.exp(density - highest).sum())))


def _kernel(log_density: Callable[[Array], Array], scale_m_s: float) -> Array:
    """A distribution centered on each point of the grid, one line per point."""
    return np.exp(log_density((GRID_M_S[:, None] - GRID_M_S[None, :]) / scale_m_s)) * STEP_M_S / scale_m_s


def _log_t4(x: Array) -> Array:
    """Logarithm of Student's density with 4 degrees of freedom, 3/8 (1 + x^2/4)^(-5/2)."""
    return math.log(0.375) - 2.5 * np.log1p(0.25 * x * x)


def _log_t2(x: Array) -> Array:
    """Logarithm of Student's density with 2 degrees of freedom, 8^(-1/2) (1 + x^2/2)^(-3/2)."""
    return -0.5 * math.log(8.0) - 1.5 * np.log1p(0.5 * x * x)


def _t2_below(x: Array) -> Array:
    """Student's distribution function with 2 degrees of freedom, 1/2 + x / (2 sqrt(2 + x^2))."""
    return 0.5 + 0.5 * x / np.sqrt(2.0 + x * x)
