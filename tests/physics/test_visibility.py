import math

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.visibility import (
    GroundPoints,
    footprint_angle_rad,
    near_pieces,
    sight,
    sight_line_height_m,
)

RADIUS_M = np.array([EARTH_EQUATORIAL_RADIUS_M + 600e3])


def test_cone_and_elevation_are_one_triangle():
    # off-nadir angle, central angle and elevation add up to a right angle
    reach = footprint_angle_rad(RADIUS_M, math.radians(40.0), 0.0)[0]
    elevation = math.pi / 2 - reach - math.radians(40.0)
    assert footprint_angle_rad(RADIUS_M, None, elevation)[0] == pytest.approx(reach, abs=1e-12)
    # the stricter counts
    assert footprint_angle_rad(RADIUS_M, math.radians(40.0), elevation + 0.1)[0] < reach


def test_a_cone_wider_than_the_earth_ends_at_the_horizon():
    horizon = footprint_angle_rad(RADIUS_M, None, 0.0)
    assert footprint_angle_rad(RADIUS_M, math.radians(80.0), 0.0) == pytest.approx(horizon)
    assert math.cos(horizon[0]) == pytest.approx(EARTH_EQUATORIAL_RADIUS_M / RADIUS_M[0])


def test_sight_overhead():
    points = GroundPoints.of([90.0], [0.0], [0.0])
    ground, up = tuple(points.position_m.T), tuple(points.up_direction.T)
    seen = sight((np.zeros(1), np.zeros(1), np.array([7e6])), ground, up)
    assert seen.elevation_sine_ratio[0] == pytest.approx(1.0)
    assert seen.range_m[0] == pytest.approx(7e6 - 6_356_752.314)
    assert seen.radius_m[0] == 7e6
    assert repr(points) == "<GroundPoints 1>"


def test_the_line_of_sight_ends_at_the_satellites():
    # both on one side of the Earth: the nearest point of the line is the lower satellite
    low, high = (np.array([7e6]), np.zeros(1), np.zeros(1)), (np.array([9e6]), np.zeros(1), np.zeros(1))
    assert sight_line_height_m(low, high)[0] == pytest.approx(7e6)
    assert sight_line_height_m(low, low)[0] == pytest.approx(7e6)


def test_near_pieces_against_all_angles():
    generator = np.random.default_rng(2)
    places, ground = generator.normal(size=(3, 400)), generator.normal(size=(700, 3))
    places /= np.linalg.norm(places, axis=0)
    ground /= np.linalg.norm(ground, axis=1)[:, None]
    cosines = generator.uniform(0.5, 0.99, 400)
    found = np.zeros(700 * 400, dtype=bool)
    found[near_pieces(places, ground, cosines)] = True
    dot = ground @ places
    assert found.reshape(700, 400)[dot > cosines].all()
    assert not found.reshape(700, 400)[dot < cosines - 3e-6].any()
