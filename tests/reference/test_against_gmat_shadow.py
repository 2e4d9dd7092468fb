"""GMAT: two states, one lit, one in the umbra (satellite_examples S-08, from orbit-predictor's tests)."""

from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.eclipses import sunlit_fraction
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.frames import itrf_from_gcrf, rotate
from cosmodrome.physics.sun import sun_position_m


@pytest.mark.parametrize(
    ("minute", "place_km", "lit"),
    [(9, (1272.929355, 6984.992047, 1299.821897), 1.0), (30, (-7298.548961, 500.322464, 639.443822), 0.0)],
)
def test_shadow_states(minute, place_km, lit):
    instant = datetime(2000, 1, 1, 12, minute, tzinfo=UTC)
    sun = rotate(
        itrf_from_gcrf(instant, np.zeros(1), read_earth_orientation()), sun_position_m(instant, np.zeros(1))
    )
    assert sunlit_fraction(1e3 * np.array([place_km]), sun)[0] == lit
