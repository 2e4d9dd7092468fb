"""NASA NESC check-cases 9 and 10, cannonballs shot eastward and northward from the equator at 45 deg.

NASA/TM-2015-218675; the data are the last rows, at 30 s, of simulator 06 in nasa/simupy-flight,
`NESC_data/Atmospheric_checkcases/Atmos_09_EastwardCannonball` and `Atmos_10_NorthwardCannonball`. Sphere of
1 slug, 0.1963495 ft2, drag coefficient 0.1, 1000 ft/s each up and level; WGS-84 with J2, US-1976, no wind.

Drag takes 2.3 km off a range of 9.1 km; our air is within 0.3 % of the standard's, which is 7 m of that.
"""

import numpy as np
import pytest

from cosmodrome.ascent.dynamics import earth
from cosmodrome.ascent.footprint import _motion
from cosmodrome.physics.ballistics import fall_to_ground, turned_about_pole

FOOT_M, SLUG_KG = 0.3048, 14.59390294
AREA_PER_MASS_M2_KG = 0.1 * 0.1963495 * FOOT_M**2 / SLUG_KG
# toward east and north [ft/s]; Earth-fixed position after 30 s [ft]
CASES = {
    "eastward": ((1000.0, 0.0), (20935794.866415635, 22525.722683901324, 0.0)),
    "northward": ((0.0, 1000.0), (20935748.571966197, -28.674267389424404, 22551.9854905763)),
}


@pytest.mark.parametrize("name", CASES)
def test_cannonball(name):
    (east, north), expected = CASES[name]
    environment = earth()
    rate, radius = environment.rotation_rate_rad_s, environment.equatorial_radius_m
    start = (radius, 0.0, 0.0, 1000.0 * FOOT_M, east * FOOT_M + rate * radius, north * FOOT_M, 0.0)
    forces, _ = _motion(environment, np.array([AREA_PER_MASS_M2_KG]), np.zeros((3, 1)), np.zeros((2, 1)))
    # a clock in the last row ends the flight after 30 s in the place of the ground
    _, end = fall_to_ground(
        lambda y, falls: np.concatenate((forces(y[:6], falls), np.ones((1, falls.size)))),
        lambda y: 30.0 - y[6],
        np.array(start)[:, None],
        np.array([60.0]),
        np.array([1e-3] * 3 + [1e-5] * 3 + [1.0]),
    )
    landed = turned_about_pole(end[:3], -30.0 * rate)[:, 0]
    assert landed == pytest.approx(FOOT_M * np.array(expected), abs=8.0)
