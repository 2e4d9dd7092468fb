"""Which way to launch: from a pad's latitude into an inclination, on a turning Earth."""

import math


def inertial_launch_azimuth_rad(inclination_rad: float, geocentric_latitude_rad: float) -> float:
    """Azimuth of the northbound pass of an orbit over a latitude, clockwise from north.

    sin b = cos i / cos phi. The southbound pass has pi - b.

    Parameters
    ----------
    inclination_rad : float
        Inclination of the orbit; below the latitude, due east or west is as near as it comes. [rad]
    geocentric_latitude_rad : float
        Latitude seen from the Earth's center. [rad]

    Returns
    -------
    float
        Azimuth in inertial space, -pi/2 to pi/2. [rad]

    References
    ----------
    Vallado (2013), equation 6-22.

    Examples
    --------
    By the formula, from 28.5 deg into 51.6 deg:

    >>> round(math.degrees(inertial_launch_azimuth_rad(math.radians(51.6), math.radians(28.5))), 1)
    45.0
    """
    sine = math.cos(inclination_rad) / math.cos(geocentric_latitude_rad)
    return math.asin(max(-1.0, min(1.0, sine)))


def ground_launch_azimuth_rad(
    inertial_azimuth_rad: float, orbital_speed_m_s: float, eastward_speed_m_s: float
) -> float:
    """Azimuth over ground of a flight that is to reach an inertial azimuth: the pad's own speed is given.

    tan b' = (v sin b - v_pad) / (v cos b)

    Parameters
    ----------
    inertial_azimuth_rad : float
        Clockwise from north. [rad]
    orbital_speed_m_s : float
        Inertial speed in orbit. [m/s]
    eastward_speed_m_s : float
        Speed of the pad. [m/s]

    Returns
    -------
    float
        Clockwise from north, -pi to pi. [rad]

    References
    ----------
    Vallado (2013), section 6.4.1.

    Examples
    --------
    A polar orbit from the equator must cancel 465.1 m/s: atan(465.1 / 7784) = 3.42 deg west of north.

    >>> round(math.degrees(ground_launch_azimuth_rad(0.0, 7784.0, 465.1)), 2)
    -3.42
    """
    east = orbital_speed_m_s * math.sin(inertial_azimuth_rad) - eastward_speed_m_s
    return math.atan2(east, orbital_speed_m_s * math.cos(inertial_azimuth_rad))
