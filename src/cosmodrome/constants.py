"""Every physical constant of the package, once: SI value, unit in the name, source beside it."""

from typing import Final

SPEED_OF_LIGHT_M_S: Final = 299_792_458.0  # exact, SI definition
BOLTZMANN_J_K: Final = 1.380649e-23  # exact, SI definition
STEFAN_BOLTZMANN_W_M2_K4: Final = 5.670374419e-8  # exact by the SI definitions, CODATA 2018
ZERO_CELSIUS_K: Final = 273.15  # exact, ITS-90
STANDARD_GRAVITY_M_S2: Final = 9.80665  # exact, 3rd CGPM 1901

EARTH_GM_M3_S2: Final = 3.986004418e14  # WGS-84, NIMA TR8350.2 table 3.1
EARTH_EQUATORIAL_RADIUS_M: Final = 6_378_137.0  # WGS-84, NIMA TR8350.2 table 3.1
EARTH_FLATTENING: Final = 1.0 / 298.257223563  # WGS-84, NIMA TR8350.2 table 3.1
EARTH_J2: Final = 1.0826267e-3  # EGM96 unnormalized C20, as in Vallado (2013) appendix D
EARTH_J3: Final = -2.5326565e-6  # -sqrt(7) times EGM96's normalized C30, 9.57254173792e-7
# J5 to J11: -sqrt(2n + 1) times EGM96's normalized Cn0, as the file of NASA/TP-1998-206861 has them
EARTH_ODD_ZONALS: Final = ((5, -2.2729608e-7), (7, -3.5235991e-7), (9, -1.2061697e-7), (11, 2.4440215e-7))
EARTH_EVEN_ZONALS: Final = (  # J4, J6 ... J20, EGM96 unnormalized -C(l, 0)
    -1.6196216e-06,
    5.4068124e-07,
    -2.0479947e-07,
    -2.4114544e-07,
    -1.8862632e-07,
    1.3074453e-07,
    1.8113927e-08,
    -3.0942468e-08,
    -1.4239563e-07,
)
EARTH_LOVE_NUMBER_K2: Final = 0.30190  # elastic, degree 2 order 0, IERS Conventions (2010) table 6.3
EARTH_OBLIQUITY_RAD: Final = 0.40909260  # 84381.406 arcsec at J2000, IAU 2006 precession
EARTH_PRECESSION_RAD_S: Final = 7.725e-12  # 5028.796 arcsec a century in longitude, IAU 2006
EARTH_ROTATION_RATE_RAD_S: Final = 7.292115e-5  # WGS-84, NIMA TR8350.2 table 3.1
# the Earth's magnetic dipole: IGRF-13 (Alken et al. 2021, Earth Planets Space 73:49), epoch 2020.0
EARTH_DIPOLE_T: Final = (-1450.9e-9, 4652.5e-9, -29404.8e-9)  # g11, h11, g10, along x, y, z of ITRF
GEOMAGNETIC_RADIUS_M: Final = 6_371_200.0  # reference radius of the IGRF

SUN_GM_M3_S2: Final = 1.32712440041279e20  # DE440, https://esa.github.io/kep3/constants.html
MOON_GM_M3_S2: Final = 4.902800118e12  # DE440, the same page
ASTRONOMICAL_UNIT_M: Final = 149_597_870_700.0  # exact, IAU 2012 resolution B2
SUN_RADIUS_M: Final = 6.957e8  # nominal, IAU 2015 resolution B3
SOLAR_IRRADIANCE_W_M2: Final = 1361.0  # at 1 au, nominal, IAU 2015 resolution B3
TROPICAL_YEAR_S: Final = 365.2421897 * 86_400.0  # mean tropical year J2000, Explanatory Supplement (2013)
JULIAN_YEAR_S: Final = 365.25 * 86_400.0  # exact, IAU
DAY_S: Final = 86_400.0  # exact
