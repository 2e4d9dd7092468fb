import numpy as np
import pytest

from cosmodrome.operations.horizon import Horizon


def test_a_skyline_goes_around():
    skyline = Horizon(np.array([10.0, 350.0]), np.array([4.0, 8.0]))
    assert skyline.mask_deg(np.array([0.0, 10.0, 350.0, -10.0, 180.0])) == pytest.approx([6, 4, 8, 8, 6])
    assert skyline.lowest_deg == 4.0


@pytest.mark.parametrize(
    ("azimuth", "elevation", "message"),
    [
        ([0.0, 90.0], [5.0], "as many azimuths as elevations, not 2 and 1"),
        ([], [], "not 0 and 0"),
        ([90.0, 0.0], [5.0, 5.0], "increase from 0 to below 360"),
        ([0.0, 360.0], [5.0, 5.0], "increase from 0 to below 360"),
        ([0.0], [90.0], "from 0 to below 90"),
    ],
)
def test_what_is_no_skyline(azimuth, elevation, message):
    with pytest.raises(ValueError, match=message):
        Horizon(np.array(azimuth), np.array(elevation))
