from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_ROTATION_RATE_RAD_S
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.frames import (
    earth_fixed_state,
    ecef_from_geodetic,
    geodetic_from_ecef,
    itrf_from_gcrf,
    itrf_from_teme,
    rotate,
)
from cosmodrome.physics.named_frames import turning_rate_rad_s

TABLE = read_earth_orientation()
# Vallado (2013), examples 3-14 and 3-15: one state in three frames [m], [m/s]
INSTANT = datetime(2004, 4, 6, 7, 51, 28, 386009, tzinfo=UTC)
ITRF = np.array([[-1033.4793830, 7901.2952754, 6380.3565958]]) * 1e3
ITRF_VELOCITY = np.array([[-3.225636520, -2.872451450, 5.531924446]]) * 1e3
GCRF = np.array([[5102.5089592, 6123.0114033, 6378.1369247]]) * 1e3
GCRF_VELOCITY = np.array([[-4.7432201610, 0.7905364950, 5.5337557240]]) * 1e3
TEME = np.array([[5094.18016210, 6127.64465950, 6380.34453270]]) * 1e3


def rate_at(times):
    return turning_rate_rad_s(lambda at: itrf_from_gcrf(INSTANT, at, TABLE), times)


def test_gcrf_to_itrf():
    # the book's dut1 and pole are of 2004; the final series moved them by centimeters
    matrix = itrf_from_gcrf(INSTANT, np.zeros(1), TABLE)
    position, velocity = earth_fixed_state(matrix, rate_at(np.zeros(1)), GCRF, GCRF_VELOCITY)
    np.testing.assert_allclose(position, ITRF, rtol=0, atol=1.0)
    np.testing.assert_allclose(velocity, ITRF_VELOCITY, rtol=0, atol=2e-3)


def test_teme_to_itrf():
    np.testing.assert_allclose(
        rotate(itrf_from_teme(INSTANT, np.zeros(1), TABLE), TEME), ITRF, rtol=0, atol=2.0
    )


def test_rotations_are_orthonormal_and_turn_once_a_sidereal_day():
    times = np.array([0.0, 1234.5, 2 * np.pi / EARTH_ROTATION_RATE_RAD_S])
    matrix = itrf_from_gcrf(datetime(2027, 6, 1, tzinfo=UTC), times, TABLE)
    np.testing.assert_allclose(
        matrix @ matrix.transpose(0, 2, 1), np.broadcast_to(np.eye(3), (3, 3, 3)), atol=1e-14
    )
    np.testing.assert_allclose(np.linalg.det(matrix), 1.0, atol=1e-14)
    np.testing.assert_allclose(matrix[0], matrix[2], atol=2e-6)


def test_velocity_is_the_derivative_of_position():
    times = np.array([-0.5, 0.0, 0.5])
    matrix = itrf_from_gcrf(INSTANT, times, TABLE)
    path = GCRF + times[:, None] * GCRF_VELOCITY
    position, velocity = earth_fixed_state(matrix, rate_at(times), path, np.repeat(GCRF_VELOCITY, 3, axis=0))
    # the chord over a second is short by the third derivative of a turning straight path, w^2 v / 8 = 4e-6
    np.testing.assert_allclose(position[2] - position[0], velocity[1], rtol=0, atol=5e-6)


@pytest.mark.parametrize(
    ("latitude", "longitude", "height"),
    [(0.0, 0.0, 0.0), (1.5, 3.0, 7e5), (-1.5707, -2.0, -100.0), (0.9, 2.2, 4e7)],
)
def test_geodetic_coordinates_are_inverted(latitude, longitude, height):
    position = ecef_from_geodetic(np.array([latitude]), np.array([longitude]), np.array([height]))
    found = [float(part[0]) for part in geodetic_from_ecef(position)]
    assert found == pytest.approx([latitude, longitude, height], abs=1e-6)


def test_the_pole_is_21_km_nearer():
    # WGS-84, NIMA TR8350.2 table 3.3: semi-minor axis 6356752.3142 m
    pole = ecef_from_geodetic(np.array([np.pi / 2]), np.zeros(1), np.zeros(1))
    assert float(pole[0, 2]) == pytest.approx(6356752.3142, abs=1e-3)


def test_the_axis_between_six_hourly_nodes_is_that_of_the_instant():
    """Within 1e-5 arcsec, 0.3 mm at the ground: one instant at a time takes the series itself."""
    epoch, times, table = (
        datetime(2026, 3, 1, tzinfo=UTC),
        np.linspace(0, 20 * 86_400, 200),
        read_earth_orientation(),
    )
    joined = itrf_from_gcrf(epoch, times, table)
    direct = np.concatenate([itrf_from_gcrf(epoch, times[k : k + 1], table) for k in range(len(times))])
    assert np.abs(joined - direct).max() < np.radians(1e-5 / 3600)
