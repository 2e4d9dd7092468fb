import numpy as np
import pytest
from pydantic import ValidationError

from cosmodrome.models.station import Station
from cosmodrome.operations.horizon import Horizon, mask_elevation_deg


def station(*mask, minimum=0.0):
    return Station(
        name="hill",
        latitude_deg=50.0,
        longitude_deg=10.0,
        minimum_elevation_deg=minimum,
        horizon_mask=[{"azimuth_deg": a, "elevation_deg": e} for a, e in mask],
        antenna_gain_dbi=40.0,
        system_noise_temperature_k=200.0,
    )


def test_a_skyline_goes_around():
    skyline = Horizon.of(station((350, 8), (10, 4), (180, 6)))  # in any order
    asked = np.array([0.0, 10.0, 350.0, -10.0, 95.0])
    assert skyline.mask_deg(asked) == pytest.approx([6, 4, 8, 8, 5])
    assert skyline.lowest_deg == 4.0
    assert repr(skyline) == "<Horizon 4.0 to 8.0 deg>"


def test_the_higher_of_mask_and_minimum_counts():
    hill = station((0, 2), (90, 12), (180, 2), minimum=5.0)
    assert mask_elevation_deg(hill, np.array([0.0, 45.0, 90.0, 270.0])).tolist() == [5, 7, 12, 5]
    assert mask_elevation_deg(station(minimum=5.0), np.array([0.0, 90.0])).tolist() == [5, 5]
    assert Horizon.of(station()) is None


@pytest.mark.parametrize(
    ("mask", "message"),
    [
        ([(0, 5), (90, 5), (360, 4)], "the skyline has 0 deg more than once"),
        ([(20, 5), (20, 6), (90, 5), (90, 7)], "the skyline has 20 deg, 90 deg more than once"),
        ([(20, 5)], "the skyline has 1 azimuth, at least 3 go around the station"),
        ([(20, 5), (80, 5)], "the skyline has 2 azimuths, at least 3 go around the station"),
        ([(0, 5), (90, 5), (361, 4)], "361 deg is above 360 deg"),
        ([(0, 5), (90, 5), (180, 95)], "95 deg is above 89 deg"),
        ([(0, 5), (90, 5), (180, -1)], "-1 deg is below 0 deg"),
    ],
)
def test_what_is_no_skyline(mask, message):
    with pytest.raises(ValidationError, match=message):
        station(*mask)
