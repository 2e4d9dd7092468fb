"""Impulsive maneuvers: lowering a perigee, and what propellant is worth."""

import math

from cosmodrome.constants import EARTH_GM_M3_S2, STANDARD_GRAVITY_M_S2


def perigee_change_delta_v_m_s(
    apogee_radius_m: float, perigee_radius_m: float, new_perigee_radius_m: float
) -> float:
    """Impulse at apogee that moves the perigee.

    dv = |sqrt(2 mu / r_a - 2 mu / (r_a + r_p)) - sqrt(2 mu / r_a - 2 mu / (r_a + r_p'))|

    Parameters
    ----------
    apogee_radius_m : float
        Radius of the apogee, where the impulse is given. [m]
    perigee_radius_m, new_perigee_radius_m : float
        Radius of the perigee before and after; not above the apogee. [m]

    Returns
    -------
    float
        Magnitude of the impulse. [m/s]

    References
    ----------
    Vallado (2013), Fundamentals of Astrodynamics and Applications, 4th ed., section 6.3.1.

    Examples
    --------
    Vallado's example 6-1: the second burn of a Hohmann transfer, from 191.344 km to 35781.349 km, takes
    1.478 km/s at apogee.

    >>> low, high = 6569.4813e3, 42159.4856e3
    >>> round(perigee_change_delta_v_m_s(high, low, high) / 1e3, 3)
    1.478
    """

    def apogee_speed(perigee: float) -> float:
        return math.sqrt(2 * EARTH_GM_M3_S2 * (1 / apogee_radius_m - 1 / (apogee_radius_m + perigee)))

    return abs(apogee_speed(perigee_radius_m) - apogee_speed(new_perigee_radius_m))


def perigee_radius_after_m(apogee_radius_m: float, perigee_radius_m: float, delta_v_m_s: float) -> float:
    """Perigee left by a retrograde impulse at apogee; the inverse of `perigee_change_delta_v_m_s`.

    Parameters
    ----------
    apogee_radius_m, perigee_radius_m : float
        Apsidal radii before the impulse. [m]
    delta_v_m_s : float
        Magnitude of the retrograde impulse, less than the speed at apogee. [m/s]

    Returns
    -------
    float
        Radius of the new perigee. [m]

    References
    ----------
    Vallado (2013), Fundamentals of Astrodynamics and Applications, 4th ed., section 6.3.1.

    Examples
    --------
    >>> delta_v = perigee_change_delta_v_m_s(6928e3, 6928e3, 6700e3)
    >>> round(perigee_radius_after_m(6928e3, 6928e3, delta_v) / 1e3, 6)
    6700.0
    """
    energy_term = 1 / apogee_radius_m - 1 / (apogee_radius_m + perigee_radius_m)
    speed = math.sqrt(2 * EARTH_GM_M3_S2 * energy_term) - delta_v_m_s
    if speed <= 0.0:
        return 0.0
    return 1 / (1 / apogee_radius_m - speed**2 / (2 * EARTH_GM_M3_S2)) - apogee_radius_m


def long_burn_ratio(half_arc_rad: float) -> float:
    """How much more a long tangential burn about the apogee takes than an impulse there to lower the perigee.

    k = 2 / (1 + sin(alpha) / alpha), for near-circular orbits: at an angle theta from the apogee a burn is
    worth (1 + cos theta) / 2 of one there. A whole turn, alpha = pi, takes twice as much: the circle shrinks.

    Parameters
    ----------
    half_arc_rad : float
        Half of the arc that is thrust in, above 0 and up to pi. [rad]

    References
    ----------
    Gauss's variational equations for small eccentricity, Vallado (2013), section 9.3.

    Examples
    --------
    From 800 km to 700 km, on a circle: the difference of circular speeds, 7504.3 and 7451.8 m/s, against the
    impulse that lowers the perigee alone.

    >>> impulse = perigee_change_delta_v_m_s(7178137.0, 7178137.0, 7078137.0)
    >>> round(long_burn_ratio(math.pi) * impulse / (7504.3 - 7451.8), 2)
    1.0
    """
    return 2 / (1 + math.sin(half_arc_rad) / half_arc_rad)


def phasing_delta_v_m_s(semi_major_axis_m: float, angle_rad: float, duration_s: float) -> float:
    """To move along a circular orbit by drifting at another altitude: dv = 2 a theta / (3 t), there and back.

    Parameters
    ----------
    semi_major_axis_m, angle_rad, duration_s : float
        Of the orbit; to move by; in what time, many revolutions. [m, rad, s]

    References
    ----------
    Vallado (2013), section 6.6, to first order in the change of the semi-major axis: n changes by
    -3/2 n da / a, and each of the two changes of the orbit takes n da / 2.

    Examples
    --------
    Half a turn of a 700 km orbit in 30 days: 5.7 m/s, by drifting 5.4 km off.

    >>> round(phasing_delta_v_m_s(7078137.0, math.pi, 30 * 86400.0), 1)
    5.7
    """
    return 2 * semi_major_axis_m * angle_rad / (3 * duration_s)


def thrust_time_s(propellant_mass_kg: float, specific_impulse_s: float, thrust_n: float) -> float:
    """Time to burn a propellant load, t = m g0 Isp / F [s].

    References
    ----------
    Sutton and Biblarz (2017), equation (2-16).

    Examples
    --------
    The Enpulsion NANO's 0.22 kg of indium at 0.35 mN and 3500 s: 250 days.

    >>> round(thrust_time_s(0.22, 3500.0, 0.35e-3) / 86400)
    250
    """
    return propellant_mass_kg * STANDARD_GRAVITY_M_S2 * specific_impulse_s / thrust_n


def rocket_delta_v_m_s(specific_impulse_s: float, initial_mass_kg: float, propellant_mass_kg: float) -> float:
    """Speed that a propellant load is worth, dv = g0 Isp ln(m0 / (m0 - m_p)).

    Parameters
    ----------
    specific_impulse_s : float
        Specific impulse. [s]
    initial_mass_kg : float
        Mass with propellant. [kg]
    propellant_mass_kg : float
        Propellant burned. [kg]

    Returns
    -------
    float
        Speed gained. [m/s]

    References
    ----------
    Tsiolkovsky's equation; Sutton and Biblarz (2017), Rocket Propulsion Elements, 9th ed., equation (4-6).

    Examples
    --------
    A mass ratio of e is worth one effective exhaust velocity.

    >>> import math
    >>> round(rocket_delta_v_m_s(200.0, math.e, math.e - 1.0), 2)
    1961.33
    """
    ratio = initial_mass_kg / (initial_mass_kg - propellant_mass_kg)
    return STANDARD_GRAVITY_M_S2 * specific_impulse_s * math.log(ratio)


def propellant_mass_kg(specific_impulse_s: float, final_mass_kg: float, delta_v_m_s: float) -> float:
    """Propellant that a speed change takes, m_p = m_f (exp(dv / (g0 Isp)) - 1).

    Parameters
    ----------
    specific_impulse_s : float
        Specific impulse. [s]
    final_mass_kg : float
        Mass after the burn. [kg]
    delta_v_m_s : float
        Speed change. [m/s]

    Returns
    -------
    float
        Propellant. [kg]

    References
    ----------
    Sutton and Biblarz (2017), Rocket Propulsion Elements, 9th ed., equation (4-6).

    Examples
    --------
    FireSat's attitude control takes an impulse of 5004 N s at 200 s: 2.55 kg (SMAD section 11.1); here as a
    small speed change of a heavy body.

    >>> round(propellant_mass_kg(200.0, 1e6, 5004.0 / 1e6), 2)
    2.55
    """
    return final_mass_kg * math.expm1(delta_v_m_s / (STANDARD_GRAVITY_M_S2 * specific_impulse_s))
