"""Thrust and propellant flow of a rocket engine."""

from typing import Any

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
