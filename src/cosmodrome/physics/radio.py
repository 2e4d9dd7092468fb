"""Radio links: geometry, free-space loss, noise and energy per bit."""

import math

from cosmodrome.constants import BOLTZMANN_J_K, EARTH_EQUATORIAL_RADIUS_M, SPEED_OF_LIGHT_M_S


def decibels_from_ratio(power_ratio: float) -> float:
    """Level of a power ratio, 10 log10(x).

    Parameters
    ----------
    power_ratio : float
        Ratio of two powers, positive. [1]

    Returns
    -------
    float
        The level. [dB]

    References
    ----------
    ISO 80000-3:2006, C.4.

    Examples
    --------
    >>> decibels_from_ratio(0.5)
    -3.010299956639812
    """
    return 10.0 * math.log10(power_ratio)


def slant_range_m(altitude_m: float, elevation_rad: float) -> float:
    """Distance from a station at sea level to a satellite, on a spherical Earth.

    d = sqrt((R sin el)² + 2 R h + h²) - R sin el

    Parameters
    ----------
    altitude_m : float
        Altitude of the satellite above the sphere. [m]
    elevation_rad : float
        Elevation of the satellite above the horizon, 0 to pi/2. [rad]

    Returns
    -------
    float
        Slant range. [m]

    Notes
    -----
    The sphere has the equatorial radius; the ellipsoid changes the range by less than 1 % in low orbit.

    References
    ----------
    Larson and Wertz (1999), Space Mission Analysis and Design, 3rd ed., section 5.2.

    Examples
    --------
    AMSAT-IARU link sheet, 826 km and 10 degrees: 2420.28 km.

    >>> round(slant_range_m(826e3, math.radians(10)) / 1e3, 2)
    2420.28
    """
    height = EARTH_EQUATORIAL_RADIUS_M * math.sin(elevation_rad)
    return math.sqrt(height**2 + 2 * EARTH_EQUATORIAL_RADIUS_M * altitude_m + altitude_m**2) - height


def free_space_loss_db(range_m: float, frequency_hz: float) -> float:
    """Loss between isotropic antennas in free space, 20 log10(4 pi d f / c).

    Parameters
    ----------
    range_m : float
        Distance between the antennas. [m]
    frequency_hz : float
        Carrier frequency. [Hz]

    Returns
    -------
    float
        Loss, positive. [dB]

    References
    ----------
    Recommendation ITU-R P.525-4 (2019), equation (3).

    Examples
    --------
    FloripaSat-2 downlink, 2705 km and 450 MHz: 154.2 dB.

    >>> round(free_space_loss_db(2705.26e3, 450e6), 1)
    154.2
    """
    return 20.0 * math.log10(4 * math.pi * range_m * frequency_hz / SPEED_OF_LIGHT_M_S)


def figure_of_merit_db_k(antenna_gain_dbi: float, system_noise_temperature_k: float) -> float:
    """Receiver figure of merit G/T = G - 10 log10(T).

    Parameters
    ----------
    antenna_gain_dbi : float
        Gain of the receiving antenna, less the losses before the point where T is given. [dBi]
    system_noise_temperature_k : float
        System noise temperature at that point. [K]

    Returns
    -------
    float
        Figure of merit. [dB/K]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (13-11).

    Examples
    --------
    AMSAT-IARU sheet: 3.0 dBi less 1.2 dB, 183 K.

    >>> round(figure_of_merit_db_k(1.8, 183.0), 1)
    -20.8
    """
    return antenna_gain_dbi - decibels_from_ratio(system_noise_temperature_k)


def carrier_to_noise_density_dbhz(isotropic_power_dbw: float, figure_of_merit_db_k: float) -> float:
    """Carrier over noise density, C/N0 = P_iso + G/T - 10 log10(k).

    Parameters
    ----------
    isotropic_power_dbw : float
        Power that an isotropic antenna would receive, after every loss on the path. [dBW]
    figure_of_merit_db_k : float
        Receiver G/T. [dB/K]

    Returns
    -------
    float
        Carrier to noise density ratio. [dB Hz]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (13-15a).

    Examples
    --------
    AMSAT-IARU uplink: -133.9 dBW, 6 dB spacecraft pointing loss, G/T -20.8 dB/K: 67.9 dB Hz.

    >>> round(carrier_to_noise_density_dbhz(-133.9 - 6.0, -20.8), 1)
    67.9
    """
    return isotropic_power_dbw + figure_of_merit_db_k - decibels_from_ratio(BOLTZMANN_J_K)


def energy_per_bit_db(carrier_to_noise_density_dbhz: float, data_rate_bit_s: float) -> float:
    """Energy per bit over noise density, Eb/N0 = C/N0 - 10 log10(R).

    Parameters
    ----------
    carrier_to_noise_density_dbhz : float
        C/N0. [dB Hz]
    data_rate_bit_s : float
        Information rate. [bit/s]

    Returns
    -------
    float
        Eb/N0. [dB]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (13-14).

    Examples
    --------
    AMSAT-IARU uplink at 1200 bit/s: 37.1 dB.

    >>> round(energy_per_bit_db(67.9, 1200.0), 1)
    37.1
    """
    return carrier_to_noise_density_dbhz - decibels_from_ratio(data_rate_bit_s)


def noise_power_dbw(noise_temperature_k: float, bandwidth_hz: float) -> float:
    """Thermal noise in a band, 10 log10(k T B).

    Parameters
    ----------
    noise_temperature_k : float
        System noise temperature. [K]
    bandwidth_hz : float
        Noise bandwidth. [Hz]

    Returns
    -------
    float
        Noise power. [dBW]

    References
    ----------
    Recommendation ITU-R P.372-16 (2022), section 2.

    Examples
    --------
    AMSAT-IARU sheet: 183 K in 10 kHz is -166.0 dBW.

    >>> round(noise_power_dbw(183.0, 1e4), 1)
    -166.0
    """
    return decibels_from_ratio(BOLTZMANN_J_K * noise_temperature_k * bandwidth_hz)


def system_noise_temperature_k(
    antenna_temperature_k: float,
    line_transmission_ratio: float,
    noise_factor_ratio: float,
    reference_temperature_k: float = 290.0,
) -> float:
    """Noise temperature of antenna, lossy line and receiver, at the antenna.

    T_s = T_ant + T_0 (1 - L) / L + T_0 (F - 1) / L

    Parameters
    ----------
    antenna_temperature_k : float
        Antenna noise temperature. [K]
    line_transmission_ratio : float
        Power transmitted by the line, 0 to 1. [1]
    noise_factor_ratio : float
        Noise factor of the receiver: 10^(NF/10), not the figure in dB. [1]
    reference_temperature_k : float
        Physical temperature of the line and of the noise factor's definition. [K]

    Returns
    -------
    float
        System noise temperature. [K]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (13-24).

    Examples
    --------
    FloripaSat-2 takes its noise figure of 2 dB as a factor of 2, and so finds 661.7 K.

    >>> round(system_noise_temperature_k(300.0, 0.89, 2.0), 1)
    661.7
    """
    L, T_0 = line_transmission_ratio, reference_temperature_k
    return antenna_temperature_k + T_0 * (1 - L) / L + T_0 * (noise_factor_ratio - 1) / L


def isotropic_radiated_power_dbw(rf_power_dbw: float, line_loss_db: float, antenna_gain_dbi: float) -> float:
    """Effective isotropic radiated power, EIRP = P - L + G.

    Parameters
    ----------
    rf_power_dbw : float
        RF output of the transmitter. [dBW]
    line_loss_db : float
        Loss from there to the antenna, positive. [dB]
    antenna_gain_dbi : float
        Gain of the antenna toward the receiver. [dBi]

    Returns
    -------
    float
        EIRP; the loss of pointing is not in it. [dBW]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (13-5).

    Examples
    --------
    AMSAT-IARU uplink: 10 W, a line of 10.7 dB, 22 dBi: 21.3 dBW.

    >>> round(isotropic_radiated_power_dbw(10.0, 10.7, 22.0), 1)
    21.3
    """
    return rf_power_dbw - line_loss_db + antenna_gain_dbi


def signal_to_noise_db(carrier_to_noise_density_dbhz: float, bandwidth_hz: float) -> float:
    """Signal over the noise in a band, S/N = C/N0 - 10 log10(B).

    Parameters
    ----------
    carrier_to_noise_density_dbhz : float
        C/N0. [dB Hz]
    bandwidth_hz : float
        Noise bandwidth of the receiver. [Hz]

    Returns
    -------
    float
        Signal to noise ratio. [dB]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., section 13.3.

    Examples
    --------
    AMSAT-IARU uplink in 10 kHz: 27.9 dB.

    >>> round(signal_to_noise_db(67.9, 1e4), 1)
    27.9
    """
    return carrier_to_noise_density_dbhz - decibels_from_ratio(bandwidth_hz)
