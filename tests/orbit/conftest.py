from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian


def circular_state(altitude_km, inclination_deg, raan_deg=0.0, epoch=datetime(2027, 3, 1, tzinfo=UTC)):
    elements = KeplerianElements(
        EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km,
        0.0,
        np.radians(inclination_deg),
        np.radians(raan_deg),
        0.0,
        0.0,
    )
    position, velocity = cartesian_from_keplerian(elements)
    return InjectionState(epoch, np.array(position), np.array(velocity))


@pytest.fixture(scope="session")
def make_state():
    return circular_state


@pytest.fixture(scope="session")
def forces():
    return Forces(
        mass_kg=100.0,
        drag_area_m2=1.0,
        drag_coefficient=2.2,
        radiation_area_m2=1.0,
        reflectivity_coefficient=1.3,
    )


@pytest.fixture(scope="session")
def two_days(forces):
    """Two days of a sun-synchronous orbit at 550 km with its node at noon."""
    start = circular_state(550.0, 97.6, raan_deg=340.0)
    return propagate(start, start.epoch, 2.0, forces)
