"""Wertz and Larson, Space Mission Analysis and Design, 3rd ed., section 5.2: what a satellite sees.

The example's numbers were written down from memory; the book could not be opened here.
"""

import math

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.elements import orbital_period_s
from cosmodrome.physics.radio import slant_range_m
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


PASSES = {  # satellite_examples S-29: altitude km -> longest pass min and slant range km at 0, 5, 10, 15 deg
    500: ((11.55, 2574.5), (9.21, 2078.0), (7.38, 1695.1), (5.99, 1407.5)),
    550: ((12.21, 2705.3), (9.83, 2205.9), (7.95, 1815.7), (6.49, 1518.4)),
    700: ((14.10, 3069.1), (11.60, 2563.1), (9.58, 2155.3), (7.95, 1834.1)),
}


@pytest.mark.parametrize("altitude_km", PASSES)
def test_longest_passes(altitude_km):
    # closed form over an Earth at rest: P lambda / pi, and the slant range at the mask. Half a unit of the
    # last digit, and 0.3 km for the radius of 6378.14 km there
    radius = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    for elevation_deg, (minutes, range_km) in zip((0, 5, 10, 15), PASSES[altitude_km], strict=True):
        reach = footprint_angle_rad(np.array([radius]), None, math.radians(elevation_deg))[0]
        assert orbital_period_s(radius) * reach / math.pi / 60 == pytest.approx(minutes, abs=0.006)
        found = slant_range_m(1e3 * altitude_km, math.radians(elevation_deg))
        assert found / 1e3 == pytest.approx(range_km, abs=0.3)


def test_the_geometry_at_1000_km():
    # S-29: rho 59.82, eta 59.45, lambda 25.55 deg, 3194.5 km and 14.92 min at 5 deg of elevation
    radius = EARTH_EQUATORIAL_RADIUS_M + HEIGHT_M
    reach = footprint_angle_rad(np.array([radius]), None, math.radians(5.0))[0]
    assert math.degrees(math.asin(EARTH_EQUATORIAL_RADIUS_M / radius)) == pytest.approx(59.82, abs=0.01)
    assert 90.0 - 5.0 - math.degrees(reach) == pytest.approx(59.45, abs=0.01)
    assert math.degrees(reach) == pytest.approx(25.55, abs=0.01)
    assert slant_range_m(HEIGHT_M, math.radians(5.0)) / 1e3 == pytest.approx(3194.5, abs=0.3)
    assert orbital_period_s(radius) * reach / math.pi / 60 == pytest.approx(14.92, abs=0.006)


def direction(latitude_deg, longitude_deg):
    latitude, longitude = math.radians(latitude_deg), math.radians(longitude_deg)
    level = math.cos(latitude)
    return np.array([level * math.cos(longitude), level * math.sin(longitude), math.sin(latitude)])
