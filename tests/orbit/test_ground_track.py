import numpy as np
import pytest

from cosmodrome.orbit.ground_track import ground_track


def test_track_of_a_sun_synchronous_orbit(two_days):
    track = ground_track(two_days)
    # the geocentric latitude reaches 180 deg - 97.6 deg; geodetic is up to 0.06 deg more there
    assert track.latitude_deg.max() == pytest.approx(82.4, abs=0.15)
    assert track.latitude_deg.min() == pytest.approx(-82.4, abs=0.15)
    assert track.longitude_deg.min() >= -180.0
    assert track.longitude_deg.max() < 180.0
    # 550 km above the equator; the ellipsoid is 21 km lower at the poles, the J2 wave 10 km
    assert 530 < track.altitude_km.min() < 552
    assert 560 < track.altitude_km.max() < 585


def test_node_moves_west_by_the_turn_of_the_earth(two_days):
    # 95.65 min (S-07) at 360 deg a solar day, for a node that follows the Sun: 23.9 deg a revolution
    track = ground_track(two_days)
    rising = np.nonzero((track.latitude_deg[:-1] < 0) & (track.latitude_deg[1:] >= 0))[0]
    share = -track.latitude_deg[rising] / (track.latitude_deg[rising + 1] - track.latitude_deg[rising])
    along = (track.longitude_deg[rising + 1] - track.longitude_deg[rising] + 180) % 360 - 180
    node = track.longitude_deg[rising] + share * along
    steps = np.diff(np.unwrap(node, period=360))
    np.testing.assert_allclose(steps, -95.65 / 1440 * 360, atol=0.1)
