"""Antennas of a link: gain of a dish, width of a beam, losses of pointing and polarization."""

import math

from cosmodrome.constants import SPEED_OF_LIGHT_M_S
from cosmodrome.physics.radio import decibels_from_ratio


def dish_gain_dbi(diameter_m: float, frequency_hz: float, efficiency_ratio: float) -> float:
    """Gain of a round aperture, G = efficiency (pi D f / c)^2.

    Parameters
    ----------
    diameter_m : float
        Diameter. [m]
    frequency_hz : float
        Carrier. [Hz]
    efficiency_ratio : float
        Aperture efficiency. [1]

    Returns
    -------
    float
        Gain on its axis. [dBi]

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., equation (13-18).

    Examples
    --------
    SMAD's equation (13-18a) for decibels, -159.59 + 20 log D + 20 log f + 10 log efficiency, for 5 m at
    8.2 GHz and 0.55:

    >>> by_hand = -159.59 + 20 * math.log10(5.0) + 20 * math.log10(8.2e9) + 10 * math.log10(0.55)
    >>> abs(dish_gain_dbi(5.0, 8.2e9, 0.55) - by_hand) < 0.005
    True
    """
    turns = math.pi * diameter_m * frequency_hz / SPEED_OF_LIGHT_M_S
    return decibels_from_ratio(efficiency_ratio * turns**2)


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
