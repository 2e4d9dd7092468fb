"""Wertz and Larson, Space Mission Analysis and Design, 3rd ed., section 5.2: what a satellite sees.

The example's numbers were written down from memory; the book could not be opened here.
"""

import math

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.visibility import GroundPoints, footprint_angle_rad, sight

HEIGHT_M = 1e6


def test_mauna_kea():
    # the book's example: satellite at 185 E, 10 N, 1000 km; target at 200 E, 22 N on a sphere. Central angle
    # 18.7 deg, horizon at 30.2 deg, off-nadir angle 56.8 deg, elevation 14.4 deg, distance 2444 km
    radius = np.array([EARTH_EQUATORIAL_RADIUS_M + HEIGHT_M])
    assert math.degrees(footprint_angle_rad(radius, None, 0.0)[0]) == pytest.approx(30.2, abs=0.05)
    reach = footprint_angle_rad(radius, math.radians(56.8), 0.0)
    assert math.degrees(reach[0]) == pytest.approx(18.7, abs=0.15)  # the off-nadir angle is rounded to 0.05
    assert math.degrees(footprint_angle_rad(radius, None, math.radians(14.42))[0]) == pytest.approx(
        18.7, abs=0.06
    )


def test_the_triangle_of_mauna_kea():
    target = direction(22.0, 200.0)
    place = (EARTH_EQUATORIAL_RADIUS_M + HEIGHT_M) * direction(10.0, 185.0)
    points = GroundPoints(EARTH_EQUATORIAL_RADIUS_M * target[None], target[None])
    seen = sight(tuple(place[:, None]), tuple(points.position_m.T), tuple(points.up_direction.T))
    assert math.degrees(math.asin(seen.elevation_sine_ratio[0])) == pytest.approx(14.42, abs=0.05)
    assert seen.range_m[0] / 1e3 == pytest.approx(2444, abs=3)


def direction(latitude_deg, longitude_deg):
    latitude, longitude = math.radians(latitude_deg), math.radians(longitude_deg)
    level = math.cos(latitude)
    return np.array([level * math.cos(longitude), level * math.sin(longitude), math.sin(latitude)])
