import math

import pytest

from cosmodrome.physics.secular_rates import (
    local_time_rate_rad_s,
    secular_node_rate_rad_s,
    solar_inclination_rate_rad_s,
    steady_inclination_rad,
)


def test_the_tilt_changes_sign_every_six_hours():
    def rate(hour):
        return solar_inclination_rate_rad_s(7.08e6, 1.71, hour)

    for hour in (0.0, 6.0, 12.0, 18.0):
        assert rate(hour) == pytest.approx(0.0, abs=1e-24)
    assert rate(15.0) > 0 > rate(9.0)
    assert rate(15.0) == pytest.approx(rate(3.0)) == pytest.approx(-rate(21.0))


def test_zonal_terms_beyond_j2_are_small_and_even_in_the_cosine():
    for tilt in (0.6, 1.2, 1.713):
        north = secular_node_rate_rad_s(7.08e6, 0.0, tilt)
        assert secular_node_rate_rad_s(7.08e6, 0.0, math.pi - tilt) == pytest.approx(-north, rel=1e-12)
    assert secular_node_rate_rad_s(7.08e6, 0.0, math.pi / 2) == pytest.approx(0.0, abs=1e-18)


def test_no_steady_inclination_far_out():
    with pytest.raises(ValueError, match="is sun-synchronous"):
        steady_inclination_rad(6_378_137.0 + 5.99e6)


def test_a_steady_node_goes_with_the_mean_sun():
    for axis in (6.7e6, 7.1e6, 9.0e6, 12.3e6):
        assert local_time_rate_rad_s(axis, 0.0, steady_inclination_rad(axis)) == pytest.approx(0.0, abs=1e-16)
