from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import ASTRONOMICAL_UNIT_M
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.sun import local_time_of_node_h, mean_sun_right_ascension_rad, sun_position_m

# satellite_examples S-08: Astropy with JPL ephemerides, au
JPL = [
    (datetime(2000, 1, 1, 12, tzinfo=UTC), (0.17705013, -0.88744275, -0.38474906)),
    (datetime(2009, 6, 1, 18, 30, tzinfo=UTC), (0.32589889, 0.88109849, 0.38197646)),
    (datetime(2019, 11, 25, 18, 46, tzinfo=UTC), (-0.449363, -0.80638653, -0.34956405)),
    (datetime(2025, 12, 1, 12, tzinfo=UTC), (-0.35042293, -0.84565374, -0.36657211)),
]


@pytest.mark.parametrize(("instant", "expected"), JPL)
def test_position_against_jpl(instant, expected):
    # 0.02 deg, and 1e-4 au in distance: the published vectors are apparent, ours geometric
    found = sun_position_m(instant, np.zeros(1))[0] / ASTRONOMICAL_UNIT_M
    distance = np.linalg.norm(expected)
    cosine = found @ expected / np.linalg.norm(found) / distance
    assert np.degrees(np.arccos(min(1.0, cosine))) < 0.02
    assert np.linalg.norm(found) == pytest.approx(distance, abs=1e-4)


def test_interpolated_positions_follow_the_direct_ones():
    """Within 0.1 km over two months, which hold the Moon's pull on the Earth twice."""
    epoch, times = datetime(2027, 3, 1, tzinfo=UTC), np.linspace(0, 60 * 86_400, 500)
    joined = sun_position_m(epoch, times)
    direct = np.vstack([sun_position_m(epoch, np.array([t])) for t in times])
    assert np.linalg.norm(joined - direct, axis=1).max() < 100.0


def test_true_and_mean_sun_meet_when_the_equation_of_time_is_zero():
    # Astronomical Almanac: the equation of time vanishes on about 15 April and 1 September
    table = read_earth_orientation()
    for month, day in ((4, 15), (9, 1)):
        instant = datetime(2026, month, day, 12, tzinfo=UTC)
        x, y, _ = sun_position_m(instant, np.zeros(1))[0]
        mean = mean_sun_right_ascension_rad(instant, np.zeros(1), table)[0]
        # 26 years of precession in right ascension, 46 arcsec a year, are 0.34 deg
        ahead = (np.degrees(np.arctan2(y, x) - mean) + 0.34 + 180) % 360 - 180
        assert abs(ahead) < 0.15


def test_local_time_of_a_node_under_the_mean_sun_is_noon():
    table, instant = read_earth_orientation(), datetime(2027, 5, 5, tzinfo=UTC)
    sun = mean_sun_right_ascension_rad(instant, np.zeros(1), table)
    assert float(local_time_of_node_h(sun, instant, np.zeros(1), table)[0]) == pytest.approx(12.0)
    assert float(local_time_of_node_h(sun + np.pi, instant, np.zeros(1), table)[0] % 24) == pytest.approx(0.0)


def test_equinox_gives_right_ascension_zero_at_noon():
    # satellite_examples S-06 (TAT-C): 2020-03-20 03:49 UTC, node at 12:00 -> RAAN 0 +- 0.25 deg for the true
    # Sun; the mean Sun is 7.5 min (1.9 deg) behind it that day (Astronomical Almanac, equation of time)
    table, instant = read_earth_orientation(), datetime(2020, 3, 20, 3, 49, tzinfo=UTC)
    mean = np.degrees(mean_sun_right_ascension_rad(instant, np.zeros(1), table)[0])
    assert (mean + 180) % 360 - 180 == pytest.approx(-1.87, abs=0.25)
