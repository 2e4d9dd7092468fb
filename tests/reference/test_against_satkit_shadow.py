"""satkit 0.24: the sunlit part of the disc (Montenbruck and Gill, section 3.4.2) at random places."""

import numpy as np
import pytest
import satkit

from cosmodrome.constants import ASTRONOMICAL_UNIT_M, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.eclipses import sunlit_fraction


def test_sunlit_part_of_the_disc():
    # satkit's Earth and Sun are 6378.1363 km and 695500 km: 1 m and 0.03 % of the disc. In the penumbra,
    # which is 0.5 deg wide, that is 0.001 of the disc.
    random = np.random.default_rng(5)
    sun = ASTRONOMICAL_UNIT_M * np.array([0.6, 0.64, 0.48])
    sun *= ASTRONOMICAL_UNIT_M / np.linalg.norm(sun)
    away = sun / np.linalg.norm(sun)
    across = np.cross(away, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across)
    radius = random.uniform(6.6e6, 4.2e7, 2000)
    limb = np.arcsin(EARTH_EQUATORIAL_RADIUS_M / radius)
    angle = limb + np.radians(random.uniform(-0.6, 0.6, 2000))
    places = radius[:, None] * (np.sin(angle)[:, None] * across - np.cos(angle)[:, None] * away)
    own = sunlit_fraction(places, np.tile(sun, (2000, 1)))
    theirs = [satkit.sun.shadowfunc(sun, place) for place in places]
    assert own == pytest.approx(theirs, abs=2e-3)
    assert ((own > 0) & (own < 1)).mean() > 0.3
