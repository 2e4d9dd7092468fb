"""Heat in orbit: what a face sees of the Earth, and networks of nodes at rest, over time and periodic.

C_i dT_i/dt = q_i - sigma (eps A)_i T_i^4 - sum_j G_ij (T_i - T_j)

Each step weights the heat that leaves at its two ends, w at the later one, and is solved by Newton's method,
so that the heat of every node is accounted for to rounding: what came in, less what was radiated and led
away, is what was stored. w is 1/2, the trapezoidal rule, unless a node settles faster than a step; then it is
as large as it must be for that node not to ring.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import STEFAN_BOLTZMANN_W_M2_K4 as SIGMA

Array = NDArray[np.float64]

_ITERATIONS = 50
_TOLERANCE_K = 1e-10


@dataclass(frozen=True, slots=True)
class ThermalNetwork:
    """N nodes: what each stores, radiates to space, and conducts to the others."""

    heat_capacity_j_k: Array  # (N,)
    emitting_area_m2: Array  # (N,), emissivity times area, to space
    conductance_w_k: Array  # (N, N), symmetric, zero on the diagonal

    @property
    def exchange_w_k(self) -> Array:
        """Heat that leaves each node by conduction, as a matrix on the temperatures [W/K]."""
        return np.asarray(np.diag(self.conductance_w_k.sum(axis=1)) - self.conductance_w_k)

    def slope_w_k(self, temperature_k: Array) -> Array:
        """Heat that each node gives away more per kelvin of each, linearized [W/K]."""
        return np.asarray(np.diag(4 * SIGMA * self.emitting_area_m2 * temperature_k**3) + self.exchange_w_k)

    def __repr__(self) -> str:
        return f"<ThermalNetwork {len(self.heat_capacity_j_k)} nodes>"


@dataclass(frozen=True, slots=True)
class HeatAccount:
    """Where the heat of each of N nodes went: absorbed = radiated + conducted + stored [Wh]."""

    absorbed_wh: Array
    radiated_wh: Array
    conducted_wh: Array  # to the other nodes
    stored_change_wh: Array

    @property
    def imbalance_wh(self) -> Array:
        """What the account leaves unexplained; zero but for rounding [Wh]."""
        return self.absorbed_wh - self.radiated_wh - self.conducted_wh - self.stored_change_wh


def sphere_view_factor(radius_ratio: Array | float) -> Array:
    """Share of a sphere's surroundings that the Earth fills, F = (1 - sqrt(1 - (R/r)^2)) / 2.

    It is the mean over all directions of a plate's factor, too: that of a tumbling face.

    Parameters
    ----------
    radius_ratio : float or Array
        Earth's radius over distance from its center, R/r. [1]

    Returns
    -------
    Array
        View factor, 0 to 0.5. [1]

    References
    ----------
    Ivezic (2021), AAOAJ, doi:10.15406/aaoaj.2021.05.00130, where eta_E = F / (R/r)^2.

    Examples
    --------
    At 550 km eta_E is 0.36 (Ivezic).

    >>> round(float(sphere_view_factor(0.8475**0.5)) / 0.8475, 2)
    0.36
    """
    ratio = np.asarray(radius_ratio, dtype=float)
    return np.asarray((1.0 - np.sqrt(1.0 - ratio**2)) / 2.0)


def plate_view_factor(radius_ratio: Array | float, nadir_cosine: Array | float) -> Array:
    """Share of a flat face's hemisphere, weighted by the cosine, that the Earth fills.

    (R/r)^2 cos(g) where all of the Earth is above the face's horizon, zero where none is, and Howell's
    closed form where the horizon cuts it.

    Parameters
    ----------
    radius_ratio : float or Array
        Earth's radius over distance from its center, R/r. [1]
    nadir_cosine : float or Array
        Cosine of the angle g between the face's normal and nadir. [1]

    Returns
    -------
    Array
        View factor, 0 to (R/r)^2. [1]

    References
    ----------
    Howell, *A Catalog of Radiation Heat Transfer Configuration Factors*, B-43 (plane element to sphere).

    Examples
    --------
    A face that looks down from 550 km: 0.8475 (Ivezic 2021, f_E).

    >>> round(float(plate_view_factor(6371 / 6921, 1.0)), 4)
    0.8474
    """
    h = 1.0 / np.asarray(radius_ratio, dtype=float)
    cosine = np.clip(np.asarray(nadir_cosine, dtype=float), -1.0, 1.0)
    sine = np.sqrt(np.maximum(1.0 - cosine**2, 1e-30))
    root = np.sqrt(np.maximum(h * h - 1.0, 0.0))
    cut = np.abs(cosine) < 1.0 / h  # the horizon of the face crosses the Earth's disc
    inside = np.clip(root * cosine / sine, -1.0, 1.0)
    partial = 0.5 - np.arcsin(np.clip(root / (h * sine), -1.0, 1.0)) / np.pi
    partial = partial + (
        cosine * np.arccos(-inside) - root * np.sqrt(np.maximum(1.0 - (h * cosine) ** 2, 0.0))
    ) / (np.pi * h * h)
    whole = np.maximum(cosine, 0.0) / (h * h)
    return np.asarray(np.where(cut, np.maximum(partial, 0.0), whole))


def cooling_time_s(
    start_k: float, end_k: float, equilibrium_k: float, heat_capacity_j_k: float, emitting_area_m2: float
) -> float:
    """Time in which a node with constant heat goes from one temperature to another.

    t / t0 = 1/2 (atan x - atan x0) + 1/4 ln((x + 1)(x0 - 1) / ((x0 + 1)(x - 1))), x = T / T_eq,
    t0 = C / (eps A sigma T_eq^3)

    Parameters
    ----------
    start_k, end_k : float
        Temperatures, both above or both below the equilibrium. [K]
    equilibrium_k : float
        Temperature at which it would rest. [K]
    heat_capacity_j_k : float
        What it stores. [J/K]
    emitting_area_m2 : float
        Emissivity times area. [m2]

    Returns
    -------
    float
        Time; infinite toward the equilibrium itself. [s]

    Raises
    ------
    ValueError
        Where the end does not lie between start and equilibrium.

    References
    ----------
    Ivezic (2021), AAOAJ, doi:10.15406/aaoaj.2021.05.00130.

    Examples
    --------
    Its 2U satellite cools from 289.1 to 272.4 K in an eclipse of 1782 s (the paper's numerical solution);
    the closed form passes 272.4 K after nine tenths of it, where a second is 9 mK.

    >>> round(cooling_time_s(289.1, 272.4, 218.6, 2.0 * 921.0, 0.1 * 0.86))
    1620
    """
    first, last = start_k / equilibrium_k, end_k / equilibrium_k
    if not min(first, 1.0) <= last <= max(first, 1.0):
        raise ValueError(
            f"from {start_k:g} K a node that rests at {equilibrium_k:g} K never reaches {end_k:g} K; give an "
            "end between the two"
        )
    if last == 1.0:
        return 0.0 if first == 1.0 else np.inf
    scale_s = heat_capacity_j_k / (emitting_area_m2 * SIGMA * equilibrium_k**3)
    logarithm = np.log((last + 1) * (first - 1) / ((first + 1) * (last - 1)))
    return float(scale_s * ((np.arctan(last) - np.arctan(first)) / 2 + logarithm / 4))


def steady_temperatures_k(network: ThermalNetwork, heat_w: Array) -> Array:
    """Temperatures at which every node gives away what it takes.

    Parameters
    ----------
    network : ThermalNetwork
        The nodes; each radiates, or is joined to one that does.
    heat_w : Array, shape (N,)
        Heat into each node. [W]

    Returns
    -------
    Array, shape (N,)
        Temperatures. [K]

    Raises
    ------
    ValueError
        Where nothing radiates, or no heat comes in.

    Examples
    --------
    Ivezic (2021): 40.1 W into 0.1 m2 at an emissivity of 0.86 rest at 301.1 K.

    >>> sphere = ThermalNetwork(np.array([1842.0]), np.array([0.086]), np.zeros((1, 1)))
    >>> round(float(steady_temperatures_k(sphere, np.array([40.1]))[0]), 1)
    301.1
    """
    emitting = SIGMA * network.emitting_area_m2
    if not emitting.sum() > 0 or not heat_w.sum() > 0:
        raise ValueError(
            f"{heat_w.sum():g} W into nodes that radiate from {network.emitting_area_m2.sum():g} m2 have no "
            "temperature of rest; expected both above 0"
        )
    exchange = network.exchange_w_k
    temperature = np.full(len(heat_w), (heat_w.sum() / emitting.sum()) ** 0.25)
    for _ in range(_ITERATIONS):
        residual = heat_w - emitting * temperature**4 - exchange @ temperature
        step = np.linalg.solve(network.slope_w_k(temperature), residual)
        # a step from a cold start overshoots: the quartic is convex, so halving the way up is safe
        temperature = np.clip(temperature + step, 0.5 * temperature, 2.0 * temperature)
        if np.abs(step).max() < _TOLERANCE_K:
            break
    return np.asarray(temperature)


def temperature_history_k(
    network: ThermalNetwork, elapsed_s: Array, heat_w: Array, start_k: Array
) -> tuple[Array, HeatAccount]:
    """Temperatures over time, with where the heat went.

    Parameters
    ----------
    network : ThermalNetwork
        N nodes.
    elapsed_s : Array, shape (K + 1,)
        Edges of the steps. [s]
    heat_w : Array, shape (K, N)
        Mean heat into each node in each step. [W]
    start_k : Array, shape (N,)
        Temperatures at the first edge. [K]

    Returns
    -------
    temperature_k : Array, shape (K + 1, N)
        At the edges. [K]
    account : HeatAccount
        Per node, over the whole span.

    Examples
    --------
    Ivezic's satellite in the dark, from 289.1 K: 272.4 K at the instant of `cooling_time_s`.

    >>> sphere = ThermalNetwork(np.array([1842.0]), np.array([0.086]), np.zeros((1, 1)))
    >>> times, heat = np.linspace(0, 1620, 31), np.full((30, 1), 11.135)
    >>> round(float(temperature_history_k(sphere, times, heat, np.array([289.1]))[0][-1, 0]), 1)
    272.4
    """
    emitting, exchange = SIGMA * network.emitting_area_m2, network.exchange_w_k
    temperature = np.empty((len(elapsed_s), len(start_k)))
    temperature[0] = after = start_k
    steps_s = np.diff(elapsed_s)
    weights = np.empty(len(steps_s))
    last_s = weight = 0.0
    for number, (step_s, heat) in enumerate(zip(steps_s.tolist(), heat_w, strict=True)):
        before = after
        if abs(step_s - last_s) > 1e-9 * step_s:
            # one slope serves all steps of a length: storage outweighs what radiation changes in it
            last_s, storing = step_s, network.heat_capacity_j_k / step_s
            slope = network.slope_w_k(before)
            weight = max(0.5, 1.0 - float((storing / (2.0 * np.diag(slope))).min()))
            inverse = np.linalg.inv(np.diag(storing) + weight * slope)
        known = heat + storing * before - (1 - weight) * (emitting * before**4 + exchange @ before)
        for _ in range(_ITERATIONS):
            square = after * after
            left = known - storing * after - weight * (emitting * square * square + exchange @ after)
            change = inverse @ left
            after = after + change
            if abs(change).max() < _TOLERANCE_K:
                break
        temperature[number + 1], weights[number] = after, weight
    return temperature, _account(network, elapsed_s, heat_w, temperature, weights)


def periodic_temperatures_k(
    network: ThermalNetwork, elapsed_s: Array, heat_w: Array
) -> tuple[Array, HeatAccount]:
    """Temperatures over an orbit that repeats itself: the last are the first.

    Newton's method on the first temperatures, from those of rest at the mean heat.

    Parameters
    ----------
    network : ThermalNetwork
        N nodes.
    elapsed_s : Array, shape (K + 1,)
        Edges of the steps of one period. [s]
    heat_w : Array, shape (K, N)
        Mean heat into each node in each step. [W]

    Returns
    -------
    temperature_k : Array, shape (K + 1, N)
        At the edges. [K]
    account : HeatAccount
        Per node, over the period.

    Examples
    --------
    A steady heat keeps the temperature of rest.

    >>> sphere = ThermalNetwork(np.array([1842.0]), np.array([0.086]), np.zeros((1, 1)))
    >>> history, _ = periodic_temperatures_k(sphere, np.linspace(0, 5400, 91), np.full((90, 1), 40.1))
    >>> round(float(np.ptp(history)), 6)
    0.0
    """
    step_s = np.diff(elapsed_s)
    start = steady_temperatures_k(network, step_s @ heat_w / step_s.sum())
    for _ in range(_ITERATIONS):
        history, account = temperature_history_k(network, elapsed_s, heat_w, start)
        miss = history[-1] - history[0]
        if np.abs(miss).max() < 1e-7:
            break
        carried = _carried(network, float(elapsed_s[-1] - elapsed_s[0]), history.mean(axis=0))
        start = start + np.linalg.solve(np.eye(len(start)) - carried, miss)
    return history, account


def _carried(network: ThermalNetwork, duration_s: float, mean_k: Array) -> Array:
    """What is left of a change of the first temperatures after a time, linearized about the mean."""
    root = np.sqrt(network.heat_capacity_j_k)
    rates, shapes = np.linalg.eigh(network.slope_w_k(mean_k) / np.outer(root, root))
    left = (shapes * np.exp(-np.maximum(rates, 0.0) * duration_s)) @ shapes.T
    return np.asarray(left * np.outer(1.0 / root, root))


def _account(
    network: ThermalNetwork, elapsed_s: Array, heat_w: Array, temperature: Array, weights: Array
) -> HeatAccount:
    step_h = np.diff(elapsed_s) / 3600.0
    radiated_w = SIGMA * network.emitting_area_m2 * temperature**4
    conducted_w = temperature @ network.exchange_w_k
    stored_j = network.heat_capacity_j_k * (temperature[-1] - temperature[0])
    later, earlier = step_h * weights, step_h * (1 - weights)
    return HeatAccount(
        absorbed_wh=step_h @ heat_w,
        radiated_wh=later @ radiated_w[1:] + earlier @ radiated_w[:-1],
        conducted_wh=later @ conducted_w[1:] + earlier @ conducted_w[:-1],
        stored_change_wh=stored_j / 3600.0,
    )
