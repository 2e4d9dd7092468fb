import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.constellation import (
    constellation_positions_m,
    padded_times_s,
    two_line_positions_m,
    walker_delta,
    walker_star,
)
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian
from cosmodrome.physics.frames import itrf_from_teme, rotate

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
TERRA = (
    "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997",
    "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585",
)


def test_walker_geometry():
    fleet = walker_delta(100, 10, 1, 600, 53, first_raan_deg=12.0)
    nodes = np.degrees([one.raan_rad for one in fleet]).reshape(10, 10)
    places = np.degrees([one.true_anomaly_rad for one in fleet]).reshape(10, 10)
    assert nodes == pytest.approx(np.tile(12.0 + 36.0 * np.arange(10)[:, None], (1, 10)))
    assert (np.diff(places, axis=1) % 360) == pytest.approx(36.0)
    assert (np.diff(places, axis=0) % 360) == pytest.approx(3.6)
    assert {one.semi_major_axis_m for one in fleet} == {6_978_137.0}


def test_a_star_spreads_over_half_a_turn():
    nodes = [math.degrees(one.raan_rad) for one in walker_star(66, 6, 2, 780, 86.4)][::11]
    assert nodes == pytest.approx([0, 30, 60, 90, 120, 150])


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ((10, 3, 0), "10 satellites do not share out evenly among 3 planes"),
        ((10, 5, 5), "phasing of a Walker pattern lies from 0 to 4, it is 5"),
        ((0, 1, 0), "do not share out"),
    ],
)
def test_patterns_that_are_none(pattern, message):
    with pytest.raises(ValueError, match=message):
        walker_delta(*pattern, 600, 53)


def test_start_is_the_state_of_the_elements():
    one = KeplerianElements(7.5e6, 0.05, 1.1, 2.0, 0.7, 4.0)
    matrix = itrf_from_teme(EPOCH, np.zeros(1), read_earth_orientation())
    expected = rotate(matrix, np.array([cartesian_from_keplerian(one)[0]]))[0]
    assert constellation_positions_m([one], EPOCH, np.zeros(1))[0, 0] == pytest.approx(expected, abs=1e-3)


def test_a_sun_synchronous_node_keeps_its_local_time():
    # 800 km, 98.6 deg: Vallado (2013), example 11-2; positions repeat against the Sun after a mean day
    one = KeplerianElements(7_178_137.0, 0.0, math.radians(98.6), 0.3, 0.0, 0.0)
    days = constellation_positions_m([one], EPOCH, np.arange(0.0, 10 * 86_400.0, 5.0))[0]
    rising = np.flatnonzero((days[:-1, 2] < 0) & (days[1:, 2] >= 0)) + 1
    local_h = (np.degrees(np.arctan2(days[rising, 1], days[rising, 0])) / 15 + rising * 5 / 3600) % 24
    assert np.ptp(np.unwrap(local_h, period=24)) < 0.01


def test_two_line_elements_agree_with_passes_convention():
    from sgp4.api import Satrec

    epoch = datetime(2019, 10, 16, 3, tzinfo=UTC)
    times = np.array([0.0, 1234.5])
    terra = Satrec.twoline2rv(*TERRA)
    _, position, _ = terra.sgp4_array(np.full(2, 2458772.5), (3 * 3600 + times) / 86_400)
    expected = rotate(itrf_from_teme(epoch, times, read_earth_orientation()), position * 1e3)
    assert two_line_positions_m([TERRA, TERRA], epoch, times)[1] == pytest.approx(expected, abs=1e-3)


def test_what_is_no_two_line_element_set():
    with pytest.raises(ValueError, match="Give the lines without the satellite's name"):
        two_line_positions_m([("TERRA", TERRA[0])], EPOCH, np.zeros(1))


def test_decayed_satellites_have_no_position():
    dragged = (TERRA[0][:33] + " .00000000  00000-0  99999-0 0  9997", TERRA[1][:52] + "16.50000000 54585")
    place = two_line_positions_m([dragged, TERRA], datetime(2019, 10, 16, tzinfo=UTC), np.array([0.0, 3e7]))
    assert np.isnan(place[0, 1]).all()
    assert np.isfinite(place[1]).all()


def test_padded_times_end_behind_the_duration():
    times = padded_times_s(100.0, 60.0)
    assert (times[4], times[-5], len(times)) == (0.0, 120.0, 11)
