"""Geometry of imagers: flat near the nadir, ending at the horizon."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.physics.imaging import (
    ground_sample_distance_m,
    incidence_rad,
    slant_range_m,
    swath_m,
)


@given(altitude=st.floats(200e3, 2000e3))
def test_near_the_nadir_the_earth_is_flat(altitude):
    assert swath_m(altitude, 1e-3) == pytest.approx(1e-3 * altitude, rel=1e-3)
    assert ground_sample_distance_m(altitude, 1e-5) == pytest.approx(1e-5 * altitude)


@given(altitude=st.floats(200e3, 2000e3), off_nadir=st.floats(0.01, 0.8))
def test_the_triangle_of_center_satellite_and_ground_closes(altitude, off_nadir):
    # law of cosines at the satellite
    reach, side = EARTH_EQUATORIAL_RADIUS_M + altitude, slant_range_m(altitude, off_nadir)
    ground = math.sqrt(reach**2 + side**2 - 2 * reach * side * math.cos(off_nadir))
    assert ground == pytest.approx(EARTH_EQUATORIAL_RADIUS_M, rel=1e-9)


def test_a_tilted_swath_is_that_of_its_edges():
    left, right = math.radians(20.0), math.radians(30.0)
    both = swath_m(600e3, right - left, (left + right) / 2)
    assert both == pytest.approx((swath_m(600e3, 2 * right) - swath_m(600e3, 2 * left)) / 2)


def test_past_the_horizon_there_is_no_ground():
    with pytest.raises(
        ValueError, match=r"^70\.00 deg off nadir from 600 km looks past the Earth; expected "
    ):
        incidence_rad(600e3, math.radians(70.0))
    assert incidence_rad(600e3, math.radians(66.06)) == pytest.approx(math.pi / 2, abs=0.03)
