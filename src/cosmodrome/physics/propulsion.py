"""Thrust and propellant flow of a rocket engine."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import STANDARD_GRAVITY_M_S2

SEA_LEVEL_PRESSURE_PA = 101_325.0  # US Standard Atmosphere 1976, table 2


def mass_flow_kg_s(thrust_vacuum_n: float, specific_impulse_vacuum_s: float) -> float:
    """Propellant flow, F_vac / (g0 Isp_vac).

    Parameters
    ----------
    thrust_vacuum_n : float
        Vacuum thrust. [N]
    specific_impulse_vacuum_s : float
        Vacuum specific impulse. [s]

    Returns
    -------
    float
        Mass flow. [kg/s]

    References
    ----------
    Sutton & Biblarz, Rocket Propulsion Elements, 9th ed. 2017, equation 2-5.

    Examples
    --------
    The first stage of the Delta III benchmark, 95550 kg in 261 s (Benson 2005), flows 366.092 kg/s:

    >>> round(mass_flow_kg_s(1083100.0, 1083100.0 / (9.80665 * 366.091954)), 3)
    366.092
    """
    return thrust_vacuum_n / (STANDARD_GRAVITY_M_S2 * specific_impulse_vacuum_s)


def nozzle_exit_area_m2(thrust_vacuum_n: float, thrust_sea_level_n: float) -> float:
    """Exit area implied by the two thrusts, (F_vac - F_sl) / p0.

    Parameters
    ----------
    thrust_vacuum_n, thrust_sea_level_n : float
        [N]

    Returns
    -------
    float
        [m2]

    References
    ----------
    Sutton & Biblarz, Rocket Propulsion Elements, 9th ed. 2017, equation 2-13.

    Examples
    --------
    The catalog's two thrusts of RD-191 (196 tf at sea level, 212.6 tf in vacuum) imply 1.61 m2:

    >>> round(nozzle_exit_area_m2(2085e3, 1922e3), 2)
    1.61
    """
    return (thrust_vacuum_n - thrust_sea_level_n) / SEA_LEVEL_PRESSURE_PA


def thrust_n(thrust_vacuum_n: Any, exit_area_m2: Any, pressure_pa: Any) -> Any:
    """Thrust against the surrounding air, F_vac - A_e p.

    Parameters
    ----------
    thrust_vacuum_n : scalar or array
        [N]
    exit_area_m2 : scalar or array
        [m2]
    pressure_pa : scalar or array
        Static pressure of the air. [Pa]

    Returns
    -------
    scalar or array
        [N]

    References
    ----------
    Sutton & Biblarz, Rocket Propulsion Elements, 9th ed. 2017, equation 2-13.

    Examples
    --------
    >>> round(thrust_n(2085e3, nozzle_exit_area_m2(2085e3, 1922e3), 101325.0) / 1e3, 3)
    1922.0
    """
    return thrust_vacuum_n - exit_area_m2 * pressure_pa


def relative_flow_history(
    thrust_curve_ratio: tuple[tuple[float, float], ...], pieces_count: int = 5
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A solid motor's flow over time, as straight pieces, from its thrust over the burned fraction.

    With constant specific impulse the burned fraction x obeys dx/dt = k f(x); time runs here from 0 to 1
    over the burn and the flow is relative to its mean, so that it integrates to exactly 1. The knots
    divide the bends of the curve evenly; the values fit it by least squares under that condition.

    Parameters
    ----------
    thrust_curve_ratio : tuple of pairs
        Burned fraction from 0 to 1, and thrust over the largest thrust.
    pieces_count : int
        Straight pieces.

    Returns
    -------
    time_fraction, flow_ratio : ndarray, shape (pieces_count + 1,)

    References
    ----------
    Sutton & Biblarz, Rocket Propulsion Elements, 9th ed. 2017, section 12.3 (thrust-time curves).

    Examples
    --------
    A flat curve gives a constant flow:

    >>> time, flow = relative_flow_history(((0.0, 0.9), (1.0, 0.9)), 2)
    >>> np.round(flow, 9).tolist()
    [1.0, 1.0, 1.0]
    """
    time, flow = _flow_over_time(*np.array(thrust_curve_ratio, dtype=float).T)
    knots = _knots_by_bend(time, flow, pieces_count)
    even = np.linspace(0.0, 1.0, 1001)
    hats = np.stack([np.interp(even, knots, row) for row in np.eye(pieces_count + 1)], axis=1)
    integral = np.convolve(np.diff(knots), [0.5, 0.5])
    system = np.block([[hats.T @ hats, integral[:, None]], [integral[None], np.zeros((1, 1))]])
    fitted = np.linalg.solve(system, np.concatenate((hats.T @ np.interp(even, time, flow), [1.0])))[:-1]
    fitted = np.maximum(fitted, 0.01)
    return knots, fitted / (fitted @ integral)


def _flow_over_time(
    burned: NDArray[np.float64], thrust: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Time over the burn and flow over its mean; a curve that ends near zero tails off evenly in time."""
    tails_off = thrust[-1] < 0.1 * thrust.max()
    fine = np.linspace(0.0, burned[-2] if tails_off else 1.0, 2001)
    inverse = 1.0 / np.interp(fine, burned, thrust)
    time = np.concatenate(([0.0], np.cumsum((inverse[1:] + inverse[:-1]) / 2 * np.diff(fine))))
    flow = 1.0 / inverse
    if tails_off:
        time = np.append(time, time[-1] + 2 * (1.0 - burned[-2]) / flow[-1])
        flow = np.append(flow, 0.0)
    return time / time[-1], flow * time[-1]


def _knots_by_bend(
    time: NDArray[np.float64], flow: NDArray[np.float64], pieces_count: int
) -> NDArray[np.float64]:
    """Knots that share out the curve's bends, by the square root of its curvature."""
    even = np.linspace(0.0, 1.0, 201)
    smooth = np.convolve(np.pad(np.interp(even, time, flow), 4, mode="edge"), np.ones(9) / 9, mode="valid")
    bend = np.sqrt(np.abs(np.gradient(np.gradient(smooth, even), even))) + 0.5
    share = np.concatenate(([0.0], np.cumsum((bend[1:] + bend[:-1]) / 2)))
    return np.interp(np.linspace(0.0, 1.0, pieces_count + 1), share / share[-1], even)
