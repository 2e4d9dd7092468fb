from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.elements import KeplerianElements


@pytest.fixture(scope="session")
def two_days():
    """Two days of a sun-synchronous orbit at 550 km with its node near noon."""
    elements = KeplerianElements(
        EARTH_EQUATORIAL_RADIUS_M + 550e3, 0.0, np.radians(97.6), np.radians(340.0), 0.0, 0.0
    )
    forces = Forces(
        mass_kg=100.0,
        drag_area_m2=1.0,
        drag_coefficient=2.2,
        radiation_area_m2=1.0,
        reflectivity_coefficient=1.3,
    )
    return propagate(elements, datetime(2027, 3, 1, tzinfo=UTC), 2.0, forces)
