"""Launch azimuths lead to the inclination they were asked for."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.physics.launch import ground_launch_azimuth_rad, inertial_launch_azimuth_rad

PAD_SPEED_M_S = 465.1  # at the equator


@given(st.floats(-60, 60), st.floats(61, 119), st.booleans())
def test_adding_the_pads_speed_back_gives_the_inclination(latitude_deg, inclination_deg, northbound):
    speed, latitude = 7700.0, math.radians(latitude_deg)
    pad = PAD_SPEED_M_S * math.cos(latitude)
    inertial = inertial_launch_azimuth_rad(math.radians(inclination_deg), latitude)
    inertial = inertial if northbound else math.pi - inertial
    ground = ground_launch_azimuth_rad(inertial, speed, pad)
    # relative speed s along the ground azimuth with |s + pad| = speed
    s = -pad * math.sin(ground) + math.sqrt(speed**2 - (pad * math.cos(ground)) ** 2)
    found = math.cos(latitude) * (s * math.sin(ground) + pad) / speed
    assert found == pytest.approx(math.cos(math.radians(inclination_deg)), abs=1e-9)
    assert (math.cos(ground) > 0) == northbound


def test_below_the_latitude_due_east_is_nearest():
    azimuth = inertial_launch_azimuth_rad(math.radians(20), math.radians(45))
    assert azimuth == pytest.approx(math.pi / 2)
