"""How the ground sees what is above it."""

from datetime import UTC, datetime

import numpy as np

from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.topocentric import SunOverGround, sun_direction_itrf


def test_the_sun_between_hourly_nodes_is_that_of_the_instant():
    """Within 0.1 arcsec: its longitude and declination are nearly straight over an hour."""
    epoch, table = datetime(2027, 11, 1, tzinfo=UTC), read_earth_orientation()
    times = np.linspace(0.0, 10 * 86_400.0, 997)
    found = SunOverGround.between(epoch, 10 * 86_400.0, table).direction(times)
    exact = sun_direction_itrf(epoch, times, table)
    assert np.linalg.norm(found - exact, axis=1).max() < np.radians(0.1 / 3600)
