"""Every physical constant of the package, once: SI value, unit in the name, source beside it."""

from typing import Final

SPEED_OF_LIGHT_M_S: Final = 299_792_458.0  # exact, SI definition
BOLTZMANN_J_K: Final = 1.380649e-23  # exact, SI definition
STANDARD_GRAVITY_M_S2: Final = 9.80665  # exact, 3rd CGPM 1901

EARTH_GM_M3_S2: Final = 3.986004418e14  # WGS-84, NIMA TR8350.2 table 3.1
EARTH_EQUATORIAL_RADIUS_M: Final = 6_378_137.0  # WGS-84, NIMA TR8350.2 table 3.1
EARTH_FLATTENING: Final = 1.0 / 298.257223563  # WGS-84, NIMA TR8350.2 table 3.1
EARTH_J2: Final = 1.0826267e-3  # EGM96 unnormalized C20, as in Vallado (2013) appendix D
EARTH_ROTATION_RATE_RAD_S: Final = 7.292115e-5  # WGS-84, NIMA TR8350.2 table 3.1
# the Earth's magnetic dipole: IGRF-13 (Alken et al. 2021, Earth Planets Space 73:49), epoch 2020.0
EARTH_DIPOLE_T: Final = (-1450.9e-9, 4652.5e-9, -29404.8e-9)  # g11, h11, g10, along x, y, z of ITRF
GEOMAGNETIC_RADIUS_M: Final = 6_371_200.0  # reference radius of the IGRF

ASTRONOMICAL_UNIT_M: Final = 149_597_870_700.0  # exact, IAU 2012 resolution B2
SUN_RADIUS_M: Final = 6.957e8  # nominal, IAU 2015 resolution B3
SOLAR_IRRADIANCE_W_M2: Final = 1361.0  # at 1 au, nominal, IAU 2015 resolution B3
TROPICAL_YEAR_S: Final = 365.2421897 * 86_400.0  # mean tropical year J2000, Explanatory Supplement (2013)
JULIAN_YEAR_S: Final = 365.25 * 86_400.0  # exact, IAU
DAY_S: Final = 86_400.0  # exact
