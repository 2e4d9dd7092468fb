"""How a lithium-ion battery ages: capacity left after cycles of some depth, and after time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import ZERO_CELSIUS_K

Array = NDArray[np.float64]

# Xu et al. (2018), table I, cells of lithium manganese oxide. The numbers are as public implementations of
# the paper carry them; two agree in all of them.
_FILM_SHARE, _FILM_RATE = 5.75e-2, 121.0
_DEPTH_1, _DEPTH_2, _DEPTH_3 = 1.40e5, -5.01e-1, -1.23e5
_CHARGE, _CHARGE_REFERENCE = 1.04, 0.5
_HEAT_PER_K, _HEAT_REFERENCE_K = 6.93e-2, ZERO_CELSIUS_K + 25.0
_TIME_PER_S = 4.14e-10


@dataclass(frozen=True, slots=True)
class CapacityWear:
    """What wears a battery, as shares of its life, and what makes it go faster."""

    cycles_ratio: float  # sum of n_i / (k_1 d_i^k_2 + k_3)
    age_ratio: float  # k_t t
    charge_stress_ratio: float  # S_soc
    heat_stress_ratio: float  # S_T

    @property
    def total_ratio(self) -> float:
        """f = S_soc S_T (cycles + age)."""
        return (self.cycles_ratio + self.age_ratio) * self.charge_stress_ratio * self.heat_stress_ratio

    @property
    def left_ratio(self) -> float:
        """Capacity left, a exp(-b f) + (1 - a) exp(-f)."""
        worn = self.total_ratio
        return float(_FILM_SHARE * np.exp(-_FILM_RATE * worn) + (1 - _FILM_SHARE) * np.exp(-worn))

    def __repr__(self) -> str:
        return f"<CapacityWear {100 * self.left_ratio:.1f} % left>"


def capacity_left_ratio(
    depth_of_discharge_fraction: Array,
    cycles_count: Array,
    duration_s: float,
    mean_charge_ratio: float,
    temperature_k: float,
) -> float:
    """Capacity left after cycles and time, 1 - a exp(-b f) ... as Xu et al. put it.

    L = a exp(-b f) + (1 - a) exp(-f), f = S_soc S_T (k_t t + sum n_i / (k_1 d_i^k_2 + k_3)),
    S_soc = exp(k_s (soc - 0.5)), S_T = exp(k_T (T - 298.15 K) 298.15 K / T)

    Parameters
    ----------
    depth_of_discharge_fraction : Array
        Depth of each kind of cycle, a share of the capacity; those of zero depth do not age. [1]
    cycles_count : Array
        How often each of them is run.
    duration_s : float
        Age. [s]
    mean_charge_ratio : float
        Mean state of charge, 0 to 1. [1]
    temperature_k : float
        Mean temperature, 273 to 323 K. [K]

    Returns
    -------
    float
        Capacity over that of the new battery. [1]

    Raises
    ------
    ValueError
        For a depth outside 0 to 1.

    Notes
    -----
    Fitted to cells cycled at 1C and 25 deg C; life by other cathodes differs by factors of two. JAXA's cells
    of 10 to 100 Ah passed 30 000 cycles in low orbit (satellite_examples S-13): this is on the safe side.

    References
    ----------
    Xu, Oudalov, Ulbig, Andersson and Kirschen (2018), IEEE Trans. Smart Grid 9, 1131,
    doi:10.1109/TSG.2016.2578950.

    Examples
    --------
    A new battery has all of it; a year on the shelf at half charge and 25 deg C costs 5.6 %, most of it the
    film of the first months.

    >>> none = np.zeros(1)
    >>> capacity_left_ratio(none, none, 0.0, 0.5, 298.15)
    1.0
    >>> round(capacity_left_ratio(none, none, 365.25 * 86400.0, 0.5, 298.15), 3)
    0.942
    """
    return capacity_wear(
        depth_of_discharge_fraction, cycles_count, duration_s, mean_charge_ratio, temperature_k
    ).left_ratio


def capacity_wear(
    depth_of_discharge_fraction: Array,
    cycles_count: Array,
    duration_s: float,
    mean_charge_ratio: float,
    temperature_k: float,
) -> CapacityWear:
    """The terms of `capacity_left_ratio`, whose arguments it takes.

    L = a exp(-b f) + (1 - a) exp(-f), f = S_soc S_T (k_t t + sum n_i / (k_1 d_i^k_2 + k_3))

    References
    ----------
    Xu et al. (2018), doi:10.1109/TSG.2016.2578950.
    """
    depth = np.asarray(depth_of_discharge_fraction, dtype=float)
    if depth.size and (depth.min() < 0 or depth.max() > 1):
        raise ValueError(
            f"depths of discharge from {depth.min():g} to {depth.max():g}; expected shares from 0 to 1"
        )
    run = depth > 0
    strain = 1.0 / (_DEPTH_1 * depth[run] ** _DEPTH_2 + _DEPTH_3)
    warmth = _HEAT_PER_K * (temperature_k - _HEAT_REFERENCE_K) * _HEAT_REFERENCE_K / temperature_k
    return CapacityWear(
        cycles_ratio=float(strain @ np.asarray(cycles_count, dtype=float)[run]),
        age_ratio=_TIME_PER_S * duration_s,
        charge_stress_ratio=float(np.exp(_CHARGE * (mean_charge_ratio - _CHARGE_REFERENCE))),
        heat_stress_ratio=float(np.exp(warmth)),
    )
