"""What an imager resolves and covers, over a spherical Earth: sample distance, swath, diffraction."""

import math

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.elements import mean_motion_rad_s


def pixel_angle_rad(pixel_pitch_m: float, focal_length_m: float) -> float:
    """Angle that one pixel sees, p / f [rad].

    Examples
    --------
    Sentinel-2's 7.5 um behind 600 mm (unverified: MSI of Sentinel-2, eoPortal): 12.5 microradians.

    >>> round(1e6 * pixel_angle_rad(7.5e-6, 0.6), 1)
    12.5
    """
    return pixel_pitch_m / focal_length_m


def incidence_rad(altitude_m: float, off_nadir_rad: float) -> float:
    """Angle between the line of sight and the vertical on the ground, sin i = (R + h) / R sin(eta) [rad].

    Raises
    ------
    ValueError
        Where the line of sight misses the Earth.

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., equation 5-25.

    Examples
    --------
    Geometry at 1000 km (satellite_examples S-29): at 59.45 deg off nadir the elevation is 5 deg.

    >>> round(90 - math.degrees(incidence_rad(1000e3, math.radians(59.45))), 1)
    5.0
    """
    sine = (EARTH_EQUATORIAL_RADIUS_M + altitude_m) / EARTH_EQUATORIAL_RADIUS_M * math.sin(off_nadir_rad)
    if sine > 1:
        horizon = math.degrees(
            math.asin(EARTH_EQUATORIAL_RADIUS_M / (EARTH_EQUATORIAL_RADIUS_M + altitude_m))
        )
        raise ValueError(
            f"{math.degrees(off_nadir_rad):.2f} deg off nadir from {altitude_m / 1e3:.0f} km looks past the "
            f"Earth; expected at most {horizon:.2f} deg"
        )
    return math.asin(sine)


def ground_angle_rad(altitude_m: float, off_nadir_rad: float) -> float:
    """Angle at the Earth's center from the nadir to where the line of sight meets the ground [rad].

    References
    ----------
    Wertz and Larson (1999), equations 5-25 and 5-26.

    Examples
    --------
    S-29 at 1000 km: 59.45 deg off nadir lie 25.55 deg away.

    >>> abs(math.degrees(ground_angle_rad(1000e3, math.radians(59.45))) - 25.55) < 0.05
    True
    """
    return incidence_rad(altitude_m, off_nadir_rad) - off_nadir_rad


def slant_range_m(altitude_m: float, off_nadir_rad: float) -> float:
    """Distance along the line of sight [m].

    References
    ----------
    Wertz and Larson (1999), equation 5-27.

    Examples
    --------
    S-29 at 1000 km: 3194.5 km at 5 deg of elevation.

    >>> off_nadir_rad = math.asin(6378.137 / 7378.137 * math.cos(math.radians(5.0)))
    >>> round(slant_range_m(1000e3, off_nadir_rad) / 1e3, 1)
    3194.5
    """
    if off_nadir_rad == 0:
        return altitude_m
    reach = ground_angle_rad(altitude_m, off_nadir_rad)
    return EARTH_EQUATORIAL_RADIUS_M * math.sin(reach) / math.sin(off_nadir_rad)


def ground_sample_distance_m(altitude_m: float, pixel_rad: float, off_nadir_rad: float = 0.0) -> float:
    """Size of a pixel on the ground: across the line of sight at the nadir, and stretched off it [m].

    GSD = s beta / cos(i), with the slant range s and the incidence i: the longer of the two sides.

    Parameters
    ----------
    altitude_m : float
        Of the satellite. [m]
    pixel_rad : float
        Angle that one pixel sees. [rad]
    off_nadir_rad : float
        To where it looks. [rad]

    References
    ----------
    Wertz and Larson (1999), section 9.3, equations 9-2 and 9-3.

    Examples
    --------
    RapidEye, 6.5 m from 630 km (eoPortal): 6.5 um behind 633 mm (unverified: Jena-Optronik).

    >>> round(ground_sample_distance_m(630e3, pixel_angle_rad(6.5e-6, 0.633)), 1)
    6.5
    """
    slanted = slant_range_m(altitude_m, off_nadir_rad) * pixel_rad
    return slanted / math.cos(incidence_rad(altitude_m, off_nadir_rad))


def swath_m(altitude_m: float, field_of_view_rad: float, off_nadir_rad: float = 0.0) -> float:
    """Width on the ground of a field of view whose middle points off nadir, along the sphere [m].

    Raises
    ------
    ValueError
        Where an edge misses the Earth.

    References
    ----------
    Wertz and Larson (1999), section 7.2.

    Examples
    --------
    RapidEye's 12 000 pixels of 6.5 um behind 633 mm cover 77 km from 630 km (eoPortal: 77 km).

    >>> round(swath_m(630e3, 2 * math.atan(12e3 * 6.5e-6 / 2 / 0.633)) / 1e3)
    78
    """

    def reach(edge_rad: float) -> float:
        return math.copysign(ground_angle_rad(altitude_m, abs(edge_rad)), edge_rad)

    half = field_of_view_rad / 2
    return EARTH_EQUATORIAL_RADIUS_M * (reach(off_nadir_rad + half) - reach(off_nadir_rad - half))


def diffraction_limit_rad(aperture_m: float, wavelength_m: float) -> float:
    """Angle from the middle of a point's image to its first dark ring, 1.22 lambda / D [rad].

    References
    ----------
    Rayleigh's criterion; Wertz and Larson (1999), equation 9-8.

    Examples
    --------
    Hubble's 2.4 m at 500 nm: 0.05 arcsec (NASA).

    >>> round(math.degrees(diffraction_limit_rad(2.4, 500e-9)) * 3600, 2)
    0.05
    """
    return 1.22 * wavelength_m / aperture_m


def ground_speed_m_s(altitude_m: float) -> float:
    """Speed of the point below a satellite on a circular orbit, the Earth held still: n R [m/s].

    Examples
    --------
    FireSat at 700 km: 360 deg in 98.77 min make 6.76 km/s.

    >>> round(ground_speed_m_s(700e3) / 1e3, 2)
    6.76
    """
    radius = EARTH_EQUATORIAL_RADIUS_M + altitude_m
    return mean_motion_rad_s(radius) * EARTH_EQUATORIAL_RADIUS_M
