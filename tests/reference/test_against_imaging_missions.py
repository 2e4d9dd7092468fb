"""Landsat (USGS) and Sentinel-2 (ESA): how often a point of the equator is imaged (satellite_examples S-46).

One Landsat in 16 days, two in 8; one Sentinel-2 in 10 days, two in 5. Orbits are the repeating
sun-synchronous ones of S-04 with the missions' swaths, 185 and 290 km, by day. The Indian Remote-Sensing
satellites' inclinations fall by about 0.034 deg a year at 10:30.
"""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.orbit.coverage import SensorLimits, coverage
from cosmodrome.orbit.ground_grid import GroundGrid
from cosmodrome.orbit.local_time import raan_of_local_time_rad
from cosmodrome.orbit.repeat_track import repeat_orbits
from cosmodrome.physics.elements import KeplerianElements, sun_synchronous_inclination_rad
from cosmodrome.physics.secular_rates import solar_inclination_rate_rad_s, tide_ratio

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)


def fleet(orbit, count, local_time_h):
    """Satellites in one plane, evenly spaced over the cycle."""
    axis = EARTH_EQUATORIAL_RADIUS_M + 1e3 * orbit.altitude_km
    node, tilt = raan_of_local_time_rad(local_time_h, EPOCH), math.radians(orbit.inclination_deg)
    # a cycle of R revolutions and D days shared by two: the second is R/2 revolutions ahead in the same plane
    ahead = [2 * math.pi * ((orbit.revolutions_count * k / count) % 1.0) for k in range(count)]
    return [KeplerianElements(axis, 0.0, tilt, node, 0.0, angle) for angle in ahead]


@pytest.mark.parametrize(
    ("cycle", "swath_km", "count", "revisit_days"),
    [
        ((233, 16), 185.0, 1, 16),
        ((233, 16), 185.0, 2, 8),
        ((143, 10), 290.0, 1, 10),
        ((143, 10), 290.0, 2, 5),
    ],
)
def test_revisit_at_the_equator(cycle, swath_km, count, revisit_days):
    orbit = next(
        one
        for one in repeat_orbits(690.0, 800.0, longest_days=16)
        if (one.revolutions_count, one.days_count) == cycle
    )
    assert swath_km > orbit.track_spacing_km
    reach = 0.5e3 * swath_km / EARTH_EQUATORIAL_RADIUS_M
    radius = EARTH_EQUATORIAL_RADIUS_M + 1e3 * orbit.altitude_km
    cone = math.atan2(
        EARTH_EQUATORIAL_RADIUS_M * math.sin(reach), radius - EARTH_EQUATORIAL_RADIUS_M * math.cos(reach)
    )
    east = np.linspace(-180.0, 180.0, 61)[:-1] + 0.37
    limits = SensorLimits(half_cone_deg=math.degrees(cone), minimum_sun_elevation_deg=20.0)
    days = 2.0 * cycle[1] + 0.5
    satellites = fleet(orbit, count, 22.0)
    found = coverage(satellites, GroundGrid(0 * east, east), limits, EPOCH, days)
    revisit = found.revisit
    # where swaths do not overlap the gap is the published one, less a pass; nowhere is it longer
    longest = np.nanmax(revisit.percentile_revisit_s[-1]) / DAY_S
    assert longest == pytest.approx(revisit_days, abs=0.01)
    assert revisit.maximum_revisit_s.max() / DAY_S < revisit_days + 0.02
    assert revisit.accesses_count.min() >= 2 * cycle[1] // revisit_days


def test_the_sun_tilts_the_indian_remote_sensing_satellites():
    # "an inclination reduction of about 0.034 deg per year ... around 10:30 hours at descending node", in an
    # abstract at https://discovery.researcher.life/topic/14th-order-resonance/25493984; IRS-1C flew at
    # 817 km.
    # That is the Sun's own pull; the tide that it raises adds k2 (R/a)^5, 16 %.
    axis = EARTH_EQUATORIAL_RADIUS_M + 817e3
    whole = solar_inclination_rate_rad_s(axis, sun_synchronous_inclination_rad(axis), 22.5)
    own = whole / tide_ratio(axis)
    assert math.degrees(own) * JULIAN_YEAR_S == pytest.approx(-0.034, abs=0.001)  # two digits are printed
