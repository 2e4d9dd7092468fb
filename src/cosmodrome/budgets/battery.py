"""The path of energy: array, bus, battery, load; and how large array and battery must be.

x = bus power less load; a surplus x charges the battery with efficiency e_c, a deficit draws x / e_t from it.
This gain is concave in the array's size, so Newton's method from any start finds the least array in which the
worst orbit ends as full as it began, and finds it exactly, since the gain is piecewise linear.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.models.power import Battery
from cosmodrome.physics.storage import clipped_store, drawdown, window_sums

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PowerFlow:
    """Array output and load over K steps, and the efficiencies between them."""

    elapsed_s: Array  # (K + 1,) edges
    generation_w: Array  # (K,) array output
    load_w: Array  # (K,)
    regulation_efficiency_ratio: float
    battery: Battery

    @property
    def capacity_wh(self) -> float:
        """Battery capacity at end of life [Wh]."""
        return self.battery.capacity_wh * self.battery.end_of_life_capacity_ratio

    @property
    def step_h(self) -> Array:
        """Length of each step [h]."""
        return np.diff(self.elapsed_s) / 3600.0

    def surplus_w(self, array_scale_ratio: float = 1.0, load_scale_ratio: float = 1.0) -> Array:
        """Bus power less load in each step [W], with array and load scaled."""
        bus_w = self.regulation_efficiency_ratio * array_scale_ratio * self.generation_w
        return np.asarray(bus_w - load_scale_ratio * self.load_w)

    def efficiency_ratio(self, surplus_w: Array) -> Array:
        """Battery energy per bus energy: e_c into it, 1 / e_t out of it."""
        outward = 1.0 / self.battery.transmission_efficiency_ratio
        return np.where(surplus_w > 0.0, self.battery.charge_efficiency_ratio, outward)

    def gain_wh(self, array_scale_ratio: float = 1.0, load_scale_ratio: float = 1.0) -> Array:
        """Wanted change of the battery's charge in each step [Wh]."""
        surplus_w = self.surplus_w(array_scale_ratio, load_scale_ratio)
        return np.asarray(surplus_w * self.efficiency_ratio(surplus_w) * self.step_h)

    def __repr__(self) -> str:
        return f"<PowerFlow {len(self.load_w)} steps, battery {self.capacity_wh:.0f} Wh at end of life>"


@dataclass(frozen=True, slots=True)
class EnergyAccount:
    """Where the array's energy went: in + unmet = load + losses + curtailed + change of charge."""

    array_wh: float
    load_wh: float
    regulation_loss_wh: float
    charge_loss_wh: float
    transmission_loss_wh: float
    curtailed_wh: float  # bus energy that a full battery did not take
    unmet_wh: float  # load that an empty battery did not carry
    stored_change_wh: float

    @property
    def imbalance_wh(self) -> float:
        """What the account leaves unexplained; zero but for rounding [Wh]."""
        losses_wh = self.regulation_loss_wh + self.charge_loss_wh + self.transmission_loss_wh
        used_wh = self.load_wh + losses_wh + self.curtailed_wh + self.stored_change_wh
        return self.array_wh + self.unmet_wh - used_wh


def charge_history(flow: PowerFlow) -> tuple[Array, EnergyAccount]:
    """Integrate the battery from full, clipped at full and at empty.

    Parameters
    ----------
    flow : PowerFlow
        Generation and load.

    Returns
    -------
    stored_wh : ndarray, shape (K + 1,)
        Charge at the edges of the steps. [Wh]
    account : EnergyAccount
        Where the energy went.
    """
    surplus_w, gain_wh = flow.surplus_w(), flow.gain_wh()
    stored_wh, spilled_wh, unmet_wh = clipped_store(gain_wh, flow.capacity_wh, flow.capacity_wh)
    charge, transmission = flow.battery.charge_efficiency_ratio, flow.battery.transmission_efficiency_ratio
    charged_wh = np.maximum(gain_wh, 0.0).sum() - spilled_wh.sum()
    drawn_wh = np.maximum(-gain_wh, 0.0).sum() - unmet_wh.sum()
    curtailed_wh = spilled_wh.sum() / charge
    array_wh = float(flow.generation_w @ flow.step_h)
    account = EnergyAccount(
        array_wh=array_wh,
        load_wh=float(flow.load_w @ flow.step_h),
        regulation_loss_wh=(1 - flow.regulation_efficiency_ratio) * array_wh,
        charge_loss_wh=float(np.maximum(surplus_w, 0.0) @ flow.step_h - curtailed_wh - charged_wh),
        transmission_loss_wh=float(drawn_wh * (1 - transmission)),
        curtailed_wh=float(curtailed_wh),
        unmet_wh=float(unmet_wh.sum() * transmission),
        stored_change_wh=float(stored_wh[-1] - stored_wh[0]),
    )
    return stored_wh, account


def closing_array_scale(flow: PowerFlow, period_s: float) -> float | None:
    """Least factor s on the array with which every orbit ends as full as it began.

    s = min such that sum over the orbit of e_c max(x, 0) - max(-x, 0) / e_t >= 0, x = (X_d s P - L) dt

    Loads scaled by its inverse close the balance as well, since the gain is homogeneous in array and load.

    Parameters
    ----------
    flow : PowerFlow
        Generation and load.
    period_s : float
        Orbital period: the length of the sliding window. [s]

    Returns
    -------
    float or None
        The factor; None where some orbit sees no Sun at all.
    """
    scale = 1.0
    tolerance_wh = 1e-10 * max(float(flow.load_w @ flow.step_h), 1e-6)
    for _ in range(100):
        surplus_w = flow.surplus_w(scale)
        weight_h = flow.efficiency_ratio(surplus_w) * flow.step_h
        balance_wh = window_sums(surplus_w * weight_h, flow.elapsed_s, period_s)
        worst = int(np.argmin(balance_wh))
        slope_w = flow.regulation_efficiency_ratio * flow.generation_w
        slope_wh = window_sums(slope_w * weight_h, flow.elapsed_s, period_s)[worst]
        if abs(balance_wh[worst]) <= tolerance_wh:
            return scale
        if slope_wh <= 0.0:
            return None
        scale = max(scale - float(balance_wh[worst] / slope_wh), 0.0)
    return scale


def deepest_discharge_wh(
    flow: PowerFlow, array_scale_ratio: float = 1.0, load_scale_ratio: float = 1.0
) -> float:
    """Deepest level below full, of a battery without a floor.

    Parameters
    ----------
    flow : PowerFlow
        Generation and load.
    array_scale_ratio, load_scale_ratio : float
        Factors on array output and load. [1]

    Returns
    -------
    float
        Depth below full. [Wh]
    """
    return float(drawdown(flow.gain_wh(array_scale_ratio, load_scale_ratio)).max())


def closing_load_scale(flow: PowerFlow, depth_wh: float) -> float:
    """Largest factor on the load, at most 1, that keeps the discharge within a depth.

    Parameters
    ----------
    flow : PowerFlow
        Generation and load.
    depth_wh : float
        Permitted depth below full. [Wh]

    Returns
    -------
    float
        The factor, by bisection to 1e-6. [1]
    """
    low, high = 0.0, 1.0
    if deepest_discharge_wh(flow) <= depth_wh:
        return high
    while high - low > 1e-6:
        middle = (low + high) / 2
        fits = deepest_discharge_wh(flow, load_scale_ratio=middle) <= depth_wh
        low, high = (middle, high) if fits else (low, middle)
    return low
