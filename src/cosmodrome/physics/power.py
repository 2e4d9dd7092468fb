"""Electrical power in closed form: solar array output and aging, array and battery sizes."""

import math
from typing import Literal

PowerPath = Literal["direct-energy-transfer", "peak-power-tracking"]
REFERENCE_CELL_TEMPERATURE_K = 301.15  # 28 deg C, at which cells are sold


def array_output_w(
    area_m2: float, irradiance_w_m2: float, efficiency_ratio: float, inherent_degradation_ratio: float
) -> float:
    """Output of a solar array at beginning of life and normal incidence, P = A S eta I_d.

    Parameters
    ----------
    area_m2 : float
        Panel area. [m2]
    irradiance_w_m2 : float
        Solar irradiance. [W/m2]
    efficiency_ratio : float
        Cell efficiency. [1]
    inherent_degradation_ratio : float
        Packing, temperature, shadowing and assembly. [1]

    Returns
    -------
    float
        Array output. [W]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (11-6).

    Examples
    --------
    FireSat's silicon array, 202 W/m2 of ideal cell output, 0.77 and 23.5 degrees: 143 W/m2.

    >>> import math
    >>> round(array_output_w(1.0, 202.0, 1.0, 0.77) * math.cos(math.radians(23.5)))
    143
    """
    return area_m2 * irradiance_w_m2 * efficiency_ratio * inherent_degradation_ratio


def life_degradation_ratio(degradation_per_year_fraction: float, lifetime_years: float) -> float:
    """Output left at end of life, L_d = (1 - d)^years.

    Parameters
    ----------
    degradation_per_year_fraction : float
        Loss of output per year. [1]
    lifetime_years : float
        Years in orbit. [years]

    Returns
    -------
    float
        Ratio of end-of-life to beginning-of-life output. [1]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (11-7).

    Examples
    --------
    FireSat's silicon cells lose 3.75 % a year: 0.826 after five years.

    >>> round(life_degradation_ratio(0.0375, 5.0), 3)
    0.826
    """
    return float((1.0 - degradation_per_year_fraction) ** lifetime_years)


def fluence_degradation_ratio(fluence_per_cm2: float, knee_per_cm2: float, slope_fraction: float) -> float:
    """Output left after a fluence, 1 - C log10(1 + f / f_x).

    Parameters
    ----------
    fluence_per_cm2 : float
        Electrons of 1 MeV that do the same damage, behind the cover glass. [1/cm2]
    knee_per_cm2 : float
        Where the loss begins, f_x. [1/cm2]
    slope_fraction : float
        Loss per decade above it, C. [1]

    Returns
    -------
    float
        Ratio of end-of-life to beginning-of-life output. [1]

    References
    ----------
    Tada et al. (1982), *Solar Cell Radiation Handbook*, JPL 82-69.

    Examples
    --------
    Spectrolab's XTJ keeps 0.89 after 5e14 and 0.84 after 1e15 (Fetzer et al., 35th IEEE PVSC, 2010).

    >>> [round(fluence_degradation_ratio(f, 2.34e14, 0.2215), 2) for f in (5e14, 1e15)]
    [0.89, 0.84]
    """
    return 1.0 - slope_fraction * math.log10(1.0 + fluence_per_cm2 / knee_per_cm2)


def cell_temperature_ratio(temperature_k: float, change_per_k: float, path: PowerPath | None = None) -> float:
    """Output of a cell over that at 28 deg C, 1 + k (T - T_ref).

    A bus that the array feeds directly holds the array's voltage, so what a cold cell gains in voltage is not
    used: the ratio is at most 1.

    Parameters
    ----------
    temperature_k : float
        Cell temperature. [K]
    change_per_k : float
        Relative change of maximum power, negative. [1/K]
    path : str, optional
        How the array is joined to the bus.

    Returns
    -------
    float
        The ratio, not negative. [1]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., section 11.4.1.

    Examples
    --------
    AZUR SPACE 3G30C: -6.7 mV/K of 2411 mV and +0.24 mA/K of 504.4 mA, so -0.23 %/K; 60 K above 28 deg C cost
    14 %.

    >>> round(cell_temperature_ratio(361.15, -6.7 / 2411 + 0.24 / 504.4), 2)
    0.86
    """
    ratio = 1.0 + change_per_k * (temperature_k - REFERENCE_CELL_TEMPERATURE_K)
    highest = 1.0 if path == "direct-energy-transfer" else math.inf
    return min(max(ratio, 0.0), highest)


def power_path_ratios(path: PowerPath) -> tuple[float, float]:
    """Efficiencies from the array to the load, in daylight X_d and through the battery X_e.

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., section 11.4.1, below equation (11-5).

    Examples
    --------
    >>> power_path_ratios("peak-power-tracking")
    (0.8, 0.6)
    """
    return (0.85, 0.65) if path == "direct-energy-transfer" else (0.80, 0.60)


def array_power_required_w(
    load_w: float,
    daylight_s: float,
    eclipse_s: float,
    daylight_path_ratio: float,
    eclipse_path_ratio: float,
) -> float:
    """Array output in daylight that carries a constant load through the orbit.

    P_sa = (P T_e / X_e + P T_d / X_d) / T_d

    Parameters
    ----------
    load_w : float
        Load, the same in daylight and eclipse. [W]
    daylight_s, eclipse_s : float
        Time in daylight and in eclipse, per orbit. [s]
    daylight_path_ratio : float
        Efficiency from array to load, X_d. [1]
    eclipse_path_ratio : float
        Efficiency from array through battery to load, X_e. [1]

    Returns
    -------
    float
        Array output. [W]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (11-5).

    Examples
    --------
    FireSat with a peak-power tracker: 239.4 W.

    >>> round(array_power_required_w(110.0, 63.5 * 60, 35.3 * 60, 0.80, 0.60), 1)
    239.4
    """
    demand = load_w * (eclipse_s / eclipse_path_ratio + daylight_s / daylight_path_ratio)
    return demand / daylight_s


def battery_capacity_required_wh(
    load_w: float,
    eclipse_s: float,
    depth_of_discharge_fraction: float,
    transmission_efficiency_ratio: float,
    batteries_count: int = 1,
) -> float:
    """Capacity of each battery that carries a load through an eclipse.

    C = P T_e / (DoD N n)

    Parameters
    ----------
    load_w : float
        Load in eclipse. [W]
    eclipse_s : float
        Length of the eclipse. [s]
    depth_of_discharge_fraction : float
        Permitted depth of discharge. [1]
    transmission_efficiency_ratio : float
        Efficiency from battery to load. [1]
    batteries_count : int
        Number of batteries that share the load.

    Returns
    -------
    float
        Capacity of one battery. [Wh]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (11-8).

    Examples
    --------
    FireSat, three batteries, 20 % depth: 119 Wh each (119.8 unrounded).

    >>> round(battery_capacity_required_wh(110.0, 35.3 * 60, 0.20, 0.9, 3), 1)
    119.8
    """
    energy_wh = load_w * eclipse_s / 3600.0
    return energy_wh / (depth_of_discharge_fraction * batteries_count * transmission_efficiency_ratio)
