"""Radio links: geometry, free-space loss, antennas, noise and energy per bit."""

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


def pointing_loss_db(off_axis_deg: float, beamwidth_deg: float) -> float:
    """Loss of an antenna that points beside its mark, L = 12 (e / w)^2.

    Parameters
    ----------
    off_axis_deg : float
        Angle between beam and mark. [deg]
    beamwidth_deg : float
        Full width of the beam between its half-power points. [deg]

    Returns
    -------
    float
        Loss, positive; holds inside the main lobe. [dB]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (13-21).

    Examples
    --------
    By definition of the beam's width, half of it costs 3 dB.

    >>> pointing_loss_db(1.0, 2.0)
    3.0
    """
    return 12.0 * (off_axis_deg / beamwidth_deg) ** 2


def beamwidth_from_gain_deg(gain_dbi: float, efficiency_ratio: float = 0.55) -> float:
    """Half-power width of a symmetric beam, from G = efficiency (70 pi / w)^2 with w in degrees.

    Parameters
    ----------
    gain_dbi : float
        Gain. [dBi]
    efficiency_ratio : float
        Aperture efficiency. [1]

    Returns
    -------
    float
        Full width. [deg]

    References
    ----------
    Maral and Bousquet (2009), Satellite Communications Systems, 5th ed., section 5.2.3: w = 70 lambda / D.

    Examples
    --------
    A parabola of 48 dBi has a beam of about 0.65 degrees.

    >>> round(beamwidth_from_gain_deg(48.0), 2)
    0.65
    """
    return 70.0 * math.pi * math.sqrt(efficiency_ratio / 10 ** (gain_dbi / 10))


def polarization_loss_db(transmit_axial_ratio_db: float, receive_axial_ratio_db: float) -> float:
    """Worst loss between two nominally circular antennas of the same sense, their ellipses crossed.

    L = -10 log10(1/2 + (4 r_t r_r - (r_t^2 - 1)(r_r^2 - 1)) / (2 (r_t^2 + 1)(r_r^2 + 1)))

    Parameters
    ----------
    transmit_axial_ratio_db, receive_axial_ratio_db : float
        Axial ratios, 0 dB for pure circular polarization; large ones stand for linear polarization. [dB]

    Returns
    -------
    float
        Loss, positive. [dB]

    References
    ----------
    Milligan (2005), Modern Antenna Design, 2nd ed., section 1-11.

    Examples
    --------
    A linear antenna takes half of a circular wave.

    >>> round(polarization_loss_db(0.0, 100.0), 2)
    3.01
    """
    r_t, r_r = 10 ** (transmit_axial_ratio_db / 20), 10 ** (receive_axial_ratio_db / 20)
    crossed = 4 * r_t * r_r - (r_t**2 - 1) * (r_r**2 - 1)
    return -decibels_from_ratio(0.5 + crossed / (2 * (r_t**2 + 1) * (r_r**2 + 1)))
