"""Sizing of what turns a satellite and holds it: wheels, torquers, thrusters; time to slew."""

import math
from collections.abc import Sequence

from cosmodrome.constants import STANDARD_GRAVITY_M_S2


def cyclic_momentum_n_m_s(torque_n_m: float, period_s: float) -> float:
    """Momentum that a torque which changes sign twice a revolution piles up: h = T P / 4 x 0.707 [N m s].

    Parameters
    ----------
    torque_n_m : float
        Amplitude of the torque. [N m]
    period_s : float
        Of the orbit. [s]

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., table 11-12. The exact integral of
    a sine of twice the orbital rate is T P / (2 pi), 10 % less.

    Examples
    --------
    FireSat (satellite_examples S-30): 4.7e-2 N m s.

    >>> f"{cyclic_momentum_n_m_s(4.5e-5, 5925.0):.1e}"
    '4.7e-02'
    """
    return torque_n_m * period_s / 4 / math.sqrt(2)


def bias_momentum_n_m_s(torque_n_m: float, period_s: float, error_rad: float) -> float:
    """Momentum of a wheel that holds the yaw axis by its stiffness: h = T P / (4 theta) [N m s].

    Parameters
    ----------
    torque_n_m, period_s : float
        Worst disturbance, and the orbital period. [N m, s]
    error_rad : float
        Permitted error. [rad]

    References
    ----------
    Wertz and Larson (1999), table 11-12.

    Examples
    --------
    FireSat, 0.1 deg: 38.2 N m s.

    >>> round(bias_momentum_n_m_s(4.5e-5, 5925.0, math.radians(0.1)), 1)
    38.2
    """
    return torque_n_m * period_s / (4 * error_rad)


def slew_torque_n_m(angle_rad: float, duration_s: float, inertia_kg_m2: float) -> float:
    """Torque that turns a body in a given time, half of it speeding up, half slowing down [N m].

    T = 4 theta I / t^2

    Parameters
    ----------
    angle_rad, duration_s, inertia_kg_m2 : float
        To turn by, in what time, about which axis. [rad, s, kg m2]

    References
    ----------
    Wertz and Larson (1999), table 11-12.

    Examples
    --------
    FireSat: 30 deg in 600 s take 5.24e-4 N m.

    >>> f"{slew_torque_n_m(math.radians(30.0), 600.0, 90.0):.2e}"
    '5.24e-04'
    """
    return 4 * angle_rad * inertia_kg_m2 / duration_s**2


def slew_duration_s(
    angle_rad: float, inertia_kg_m2: float, torque_n_m: float, momentum_n_m_s: float = math.inf
) -> float:
    """Least time to turn with a wheel's torque and the momentum that it can take [s].

    Half speeding up, half slowing down: t = 2 sqrt(theta I / T). Where the rate h / I would be passed on the
    way, the body coasts at that rate between: t = theta I / h + h / T.

    Parameters
    ----------
    angle_rad, inertia_kg_m2 : float
        To turn by, and about which axis. [rad, kg m2]
    torque_n_m, momentum_n_m_s : float
        Of the wheels about that axis, what disturbances take left out. [N m, N m s]

    References
    ----------
    Wertz and Larson (1999), table 11-12, solved for the time.

    Examples
    --------
    FireSat, backwards: 5.24e-4 N m turn 30 deg in 600 s; with 0.1 N m s only in 662 s.

    >>> torque = slew_torque_n_m(math.radians(30.0), 600.0, 90.0)
    >>> round(slew_duration_s(math.radians(30.0), 90.0, torque))
    600
    >>> round(slew_duration_s(math.radians(30.0), 90.0, torque, 0.1))
    662
    """
    if angle_rad <= 0:
        return 0.0
    if torque_n_m <= 0 or momentum_n_m_s <= 0:
        return math.inf
    turned = angle_rad * inertia_kg_m2
    if math.sqrt(turned * torque_n_m) <= momentum_n_m_s:
        return 2 * math.sqrt(turned / torque_n_m)
    return turned / momentum_n_m_s + momentum_n_m_s / torque_n_m


def slew_impulse_torque_n_m(
    angle_rad: float, duration_s: float, inertia_kg_m2: float, ramp_fraction: float
) -> float:
    """Torque of thrusters that turn a body at one rate, with short pulses at both ends [N m].

    T = I (theta / t) / (f t)

    Parameters
    ----------
    angle_rad, duration_s, inertia_kg_m2 : float
        To turn by, in what time, about which axis. [rad, s, kg m2]
    ramp_fraction : float
        Length of each pulse as a share of the duration.

    References
    ----------
    Wertz and Larson (1999), table 11-14; the rate is theta / t, the lost time of the ramps is left out.

    Examples
    --------
    FireSat, 30 deg in 60 s with ramps of 5 % and thrusters on arms of 0.5 m: 0.52 N.

    >>> round(slew_impulse_torque_n_m(math.radians(30.0), 60.0, 90.0, 0.05) / 0.5, 2)
    0.52
    """
    return inertia_kg_m2 * angle_rad / (ramp_fraction * duration_s**2)


def desaturation_force_n(momentum_n_m_s: float, arm_m: float, duration_s: float) -> float:
    """Thrust that takes the momentum out of a wheel, F = h / (L t) [N].

    References
    ----------
    Wertz and Larson (1999), table 11-14.

    Examples
    --------
    FireSat: 0.4 N m s in 1 s over 0.5 m.

    >>> desaturation_force_n(0.4, 0.5, 1.0)
    0.8
    """
    return momentum_n_m_s / (arm_m * duration_s)


def impulse_propellant_kg(impulse_n_s: float, specific_impulse_s: float) -> float:
    """Propellant for an impulse, m = J / (g0 Isp) [kg].

    References
    ----------
    Wertz and Larson (1999), table 11-14.

    Examples
    --------
    FireSat: 5004 N s at 200 s.

    >>> round(impulse_propellant_kg(5004.0, 200.0), 2)
    2.55
    """
    return impulse_n_s / (STANDARD_GRAVITY_M_S2 * specific_impulse_s)


def torquer_dipole_a_m2(torque_n_m: float, field_t: float) -> float:
    """Dipole that makes a torque across the field, D = T / B [A m2].

    References
    ----------
    Wertz and Larson (1999), table 11-12.

    Examples
    --------
    FireSat: 4.5e-5 N m in 4.5e-5 T.

    >>> round(torquer_dipole_a_m2(4.5e-5, 4.5e-5), 3)
    1.0
    """
    return torque_n_m / field_t


def root_sum_square_deg(errors_deg: Sequence[float]) -> float:
    """Sum of independent errors at one sigma level [deg].

    References
    ----------
    ECSS-E-ST-60-10C, section 5; ECSS-E-HB-60-10A for the summation of independent contributors.

    Examples
    --------
    >>> root_sum_square_deg([3.0, 4.0])
    5.0
    """
    return math.hypot(*errors_deg)
