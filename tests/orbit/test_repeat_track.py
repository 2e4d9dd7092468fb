import math
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.constellation import constellation_positions_m
from cosmodrome.orbit.repeat_track import repeat_cycles, repeat_orbits, track_drift_km, track_drift_rate_s
from cosmodrome.physics.elements import KeplerianElements, nodal_period_s, repeat_semi_major_axis_m

LANDSAT = KeplerianElements(7_077_720.0, 0.0, math.radians(98.186), 0.0, 0.0, 0.0)


def circular(altitude_km, inclination_deg):
    return KeplerianElements(
        EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km, 0.0, math.radians(inclination_deg), 0.0, 0.0, 0.0
    )


def ascending_longitude_deg(elements, second):
    """Longitude of the path's crossing of the equator near a time, along J2 arcs."""
    times = second + np.linspace(-5.0, 5.0, 11)
    place = constellation_positions_m([elements], datetime(2027, 1, 1, tzinfo=UTC), times)[0]
    when = np.interp(0.0, place[:, 2], times)
    x, y = (np.interp(when, times, place[:, axis]) for axis in (0, 1))
    return math.degrees(math.atan2(y, x))


@given(st.floats(400.0, 1200.0), st.floats(30.0, 110.0))
def test_a_cycle_moved_by_its_altitude_change_is_exact(altitude_km, inclination_deg):
    for cycle in repeat_cycles(circular(altitude_km, inclination_deg), longest_days=12, tolerance_km=100.0):
        moved = circular(altitude_km + cycle.altitude_change_km, inclination_deg)
        again = repeat_cycles(moved, longest_days=cycle.days_count, tolerance_km=0.01)
        assert [(one.revolutions_count, one.days_count) for one in again] == [
            (cycle.revolutions_count, cycle.days_count)
        ]
        assert abs(again[0].drift_km) < 1e-4


def test_cycles_come_shortest_first_and_without_multiples():
    found = repeat_cycles(circular(500.0, 60.0), longest_days=60, tolerance_km=50.0)
    assert len(found) > 2
    assert [one.days_count for one in found] == sorted(one.days_count for one in found)
    assert all(math.gcd(one.revolutions_count, one.days_count) == 1 for one in found)
    assert all(abs(one.drift_km) <= 50.0 for one in found)


def test_the_drift_of_a_cycle_is_seen_along_the_path():
    orbit = circular(703.0, 98.2)
    cycle = next(one for one in repeat_cycles(orbit, longest_days=20, tolerance_km=200.0))
    period = nodal_period_s(orbit.semi_major_axis_m, 0.0, orbit.inclination_rad)
    first = ascending_longitude_deg(orbit, 0.0)
    last = ascending_longitude_deg(orbit, cycle.revolutions_count * period)
    east = ((last - first + 180) % 360 - 180) * math.radians(1) * EARTH_EQUATORIAL_RADIUS_M / 1e3
    assert east == pytest.approx(cycle.drift_km, abs=0.2)  # sidereal time is not quite w t: 50 m in 16 days


def test_every_repeating_orbit_of_a_band_is_found():
    found = repeat_orbits(600.0, 800.0, longest_days=5, inclination_deg=60.0)
    expected = set()
    for days in range(1, 6):
        for revolutions in range(12 * days, 17 * days):
            if math.gcd(revolutions, days) == 1:
                axis = repeat_semi_major_axis_m(revolutions, days, math.radians(60.0))
                if 600e3 <= axis - EARTH_EQUATORIAL_RADIUS_M <= 800e3:
                    expected.add((revolutions, days))
    assert {(one.revolutions_count, one.days_count) for one in found} == expected
    assert all(one.inclination_deg == pytest.approx(60.0) for one in found)


def test_drift_after_an_altitude_error_is_seen_along_the_path():
    # 16 days with the axis 200 m too large: the same revolution crosses further west
    wrong = circular(699.583 + 0.2, 98.186)
    right = circular(699.583, 98.186)
    period = nodal_period_s(right.semi_major_axis_m, 0.0, right.inclination_rad)
    longer = nodal_period_s(wrong.semi_major_axis_m, 0.0, wrong.inclination_rad)
    shift = ascending_longitude_deg(wrong, 233 * longer) - ascending_longitude_deg(right, 233 * period)
    east = ((shift + 180) % 360 - 180) * math.radians(1) * EARTH_EQUATORIAL_RADIUS_M / 1e3
    told = track_drift_km(right, 0.2, np.array([233 * period]))[0]
    assert told < -20
    assert east == pytest.approx(told, rel=0.005)


def test_drag_turns_the_track_back():
    decay, error = 2e-5, 0.05
    turn = 1e3 * error / decay
    times = np.array([0.0, turn, 2 * turn])
    start, west, back = track_drift_km(LANDSAT, error, times, decay_m_s=decay)
    assert (start, back) == pytest.approx((0.0, 0.0), abs=1e-9)
    assert west == pytest.approx(-0.5 * track_drift_rate_s(LANDSAT) * error * turn)


@pytest.mark.parametrize(("days", "tolerance"), [(0, 20.0), (10, 0.0), (10, math.nan)])
def test_no_cycles_to_look_for(days, tolerance):
    with pytest.raises(ValueError, match="expected at least 1 day and a tolerance above 0"):
        repeat_cycles(LANDSAT, longest_days=days, tolerance_km=tolerance)


@pytest.mark.parametrize(("low", "high", "days"), [(800, 700, 5), (-10, 700, 5), (700, 800, 0)])
def test_no_band_to_look_in(low, high, days):
    with pytest.raises(
        ValueError, match="expected altitudes above 0, the lower one first, and at least 1 day"
    ):
        repeat_orbits(low, high, longest_days=days)


def test_one_line_each():
    assert repr(repeat_cycles(LANDSAT, tolerance_km=5.0)[0]).startswith("<RepeatCycle 233/16, ")
    assert repr(repeat_orbits(699, 700)[0]).startswith("<RepeatOrbit 233/16, 699.")
    assert repeat_cycles(LANDSAT, tolerance_km=5.0)[0].track_spacing_km == pytest.approx(172.0, abs=0.1)
