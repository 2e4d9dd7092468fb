"""Where a reported launch went against where the catalog's table says that it may.

PSLV-C35, 26 September 2016: 724 km reached, about 730 km aimed at, 98.1 deg
(https://en.etemaaddaily.com/world/specials/pslv-c35-launches-8-satellites-in-single-flight:16984 and
http://www.mydigitalfc.com/news/isro-scripts-new-chapter-puts-satellites-2-orbits-058).
"""

from datetime import UTC, datetime

import numpy as np

from cosmodrome.catalog import find_vehicle
from cosmodrome.injection import InjectionState
from cosmodrome.injection_dispersion import injection_dispersion
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian

RADIUS_KM = 6378.137


def test_pslv_c35_flew_inside_its_guide():
    axis = 1e3 * (RADIUS_KM + 730)
    target = cartesian_from_keplerian(KeplerianElements(axis, 0.0, np.radians(98.1), 1.0, 0.0, 0.1))
    position, velocity = (np.array(part) for part in target)
    state = InjectionState(datetime(2016, 9, 26, 4, 0, tzinfo=UTC), position, velocity)
    found = injection_dispersion(find_vehicle("pslv-xl"), state)
    deviation_km = np.sqrt(found.element_covariance[0, 0]) / 1e3
    # 6 km of the mean altitude, where 8.2 km are one deviation: neither out of bounds nor out of scale
    assert 0.1 < (730 - 724) / deviation_km < 2.0
