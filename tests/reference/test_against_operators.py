"""Orbits that are flown: repeating sun-synchronous orbits of ESA, NASA and DLR; Terra's local time."""

import math

import numpy as np
import pytest
from sgp4.api import Satrec

from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import (
    nodal_period_s,
    sun_synchronous_inclination_rad,
    sun_synchronous_repeat_semi_major_axis_m,
    track_spacing_m,
)
from cosmodrome.physics.sun import local_time_of_node_h
from cosmodrome.physics.time import datetime_from_julian_date

# S-04: revolutions, days -> a km, inclination deg, nodal period min, track spacing km (computed there
# from the operators' cycles), and the inclination that the operator publishes
MISSIONS = {
    "Landsat 4-9": (233, 16, 7077.72, 98.186, 98.884, 172.0, 98.2),
    "Sentinel-1": (175, 12, 7070.97, 98.159, 98.743, 229.0, 98.18),
    "Sentinel-2": (143, 10, 7164.26, 98.545, 100.699, 280.2, 98.62),
    "Sentinel-3": (385, 27, 7177.93, 98.602, 100.987, 104.1, 98.65),
    "MetOp-SG A": (412, 29, 7195.59, 98.677, 101.359, 97.3, 98.7),
    "Envisat": (501, 35, 7159.48, 98.525, 100.599, 80.0, 98.55),
    "SPOT": (369, 26, 7200.53, 98.698, 101.463, 108.6, 98.7),
    "TerraSAR-X": (167, 11, 6883.50, 97.422, 94.850, 240.0, 97.44),
    "RADARSAT-2": (343, 24, 7167.05, 98.556, 100.758, 116.8, 98.6),
}


@pytest.mark.parametrize("mission", MISSIONS)
def test_repeating_sun_synchronous_orbits(mission):
    revolutions, days, axis_km, inclination_deg, period_min, spacing_km, published_deg = MISSIONS[mission]
    axis = sun_synchronous_repeat_semi_major_axis_m(revolutions, days)
    inclination = sun_synchronous_inclination_rad(axis)
    assert axis / 1e3 == pytest.approx(axis_km, abs=0.01)
    assert math.degrees(inclination) == pytest.approx(inclination_deg, abs=0.001)
    assert math.degrees(inclination) == pytest.approx(published_deg, abs=0.1)
    assert nodal_period_s(axis, 0.0, inclination) / 60 == pytest.approx(period_min, abs=0.01)
    assert track_spacing_m(revolutions) / 1e3 == pytest.approx(spacing_km, abs=0.1)


def test_local_time_of_terra():
    # S-05: LTDN 10:29.9 from the elements of 2019-10-16; the published nominal is 10:30. Tolerance 1 min.
    terra = Satrec.twoline2rv(
        "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997",
        "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585",
    )
    epoch = datetime_from_julian_date(terra.jdsatepoch, terra.jdsatepochF)
    node = local_time_of_node_h(np.array([terra.nodeo]), epoch, np.zeros(1), read_earth_orientation())
    assert abs(epoch.timestamp() - 1571191666.28) < 1
    assert (float(node[0]) - 12.0) * 60 == pytest.approx(10 * 60 + 29.9, abs=1.0)


def test_inclination_of_terra():
    # S-05: a = 7080.64 km needs 98.198 deg; 98.1961 is flown
    assert math.degrees(sun_synchronous_inclination_rad(7080.64e3)) == pytest.approx(98.1961, abs=0.01)
