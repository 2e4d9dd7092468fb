import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.ascent.result import (
    Ascent,
    AscentLimits,
    AscentStatus,
    AscentTrajectory,
    InsertionOrbit,
    Replay,
    SolverStatistics,
    VelocityLosses,
)
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_ROTATION_RATE_RAD_S
from cosmodrome.injection import injection_state
from cosmodrome.models.site import Site
from cosmodrome.models.target import CircularTarget, EllipticalTarget, SunSynchronousTarget
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian
from cosmodrome.window import launch_windows

START = datetime(2027, 3, 1, tzinfo=UTC)
VOSTOCHNY = Site(
    name="vostochny",
    title="Vostochny",
    latitude_deg=51.884,
    longitude_deg=128.334,
    altitude_m=275.0,
    azimuth_min_deg=0.0,
    azimuth_max_deg=360.0,
)


def flight(inclination_deg, raan_relative_deg, branch="descending", payload_kg=1000.0):
    """An ascent that ends on a circular orbit at 550 km; only what windows read is real."""
    elements = KeplerianElements(
        EARTH_EQUATORIAL_RADIUS_M + 550e3,
        0.0,
        math.radians(inclination_deg),
        math.radians(raan_relative_deg),
        0.0,
        1.0,
    )
    position, velocity = (np.array([part, part]) for part in cartesian_from_keplerian(elements))
    two = np.zeros(2)
    return Ascent(
        status=AscentStatus.OPTIMAL,
        payload_kg=payload_kg,
        final_mass_kg=2 * payload_kg,
        branch=branch,
        launch_azimuth_deg=190.0,
        duration_s=560.0,
        trajectory=AscentTrajectory(two, position, velocity, two, np.zeros((2, 3)), *([two] * 14)),
        events=(),
        insertion=InsertionOrbit(550.0, 550.0, inclination_deg, raan_relative_deg, 0.0, 57.3),
        replay=Replay(0.0, 0.0),
        solver=SolverStatistics("ok", 1, 0.0, 0.0, 1),
        limits=AscentLimits(),
        losses=VelocityLosses(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    )


SUN_SYNCHRONOUS = SunSynchronousTarget(kind="sun-synchronous", altitude_km=550, ltan="10:30")


def test_sun_synchronous_windows_come_at_one_time_of_day():
    windows = launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, [flight(97.6, 300.0)], START)
    assert len(windows) == 30
    clock = [(w.liftoff.hour * 60 + w.liftoff.minute) * 60 + w.liftoff.second for w in windows]
    assert max(clock) - min(clock) <= 2  # UT1 alone moves it
    assert all(w.ltan_h == pytest.approx(10.5, abs=1e-5) for w in windows)
    assert all(START <= w.liftoff < START + timedelta(days=30) for w in windows)
    # mean local time is UT + longitude: the node lies 300 deg east of Greenwich at lift-off, so UT = 10.5
    # - 20 = 14.5 h; while the ascent lasts the mean Sun moves on by 560 s / 365.24 = 1.5 s
    assert clock[0] == pytest.approx(14.5 * 3600 + 1.5, abs=1.5)


def test_right_ascension_is_met_to_a_thousandth_of_a_degree():
    target = CircularTarget(kind="circular", altitude_km=550, inclination_deg=97.6, raan_deg=123.4)
    ascent = flight(97.6, 300.0)
    windows = launch_windows(target, VOSTOCHNY, [ascent], START)
    assert 30 <= len(windows) <= 31  # one a sidereal day
    for window in (windows[0], windows[-1]):
        assert window.raan_deg == pytest.approx(123.4, abs=1e-3)
        # the other road to the same number: rotate the state and read its elements
        flown = injection_state(ascent, window.liftoff).elements
        assert math.degrees(flown.raan_rad) == pytest.approx(123.4, abs=1e-3)
    spacing = (windows[1].liftoff - windows[0].liftoff).total_seconds()
    assert spacing == pytest.approx(2 * math.pi / EARTH_ROTATION_RATE_RAD_S, abs=0.1)


def test_branches_interleave_in_time_order():
    flights = [flight(97.6, 300.0, "descending"), flight(97.6, 100.0, "ascending")]
    windows = launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, flights, START, duration_days=10.0)
    assert [w.branch for w in windows].count("ascending") == 10
    assert len(windows) == 20
    assert list(windows) == sorted(windows, key=lambda w: w.liftoff)
    assert {w.branch for w in windows[:2]} == {"ascending", "descending"}


def test_a_branch_that_did_not_converge_gives_no_window():
    lost = replace(flight(97.6, 300.0), status=AscentStatus.NOT_CONVERGED)
    assert launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, [lost], START) == ()


@pytest.mark.parametrize(
    "target",
    [
        CircularTarget(kind="circular", altitude_km=200, inclination_deg=51.9),
        EllipticalTarget(
            kind="elliptical", perigee_altitude_km=200, apogee_altitude_km=900, inclination_deg=51.9
        ),
    ],
)
def test_a_free_plane_is_open_every_day_for_the_better_branch(target):
    flights = [
        flight(51.9, 300.0, "descending", 900.0),
        flight(51.9, 100.0, "ascending", 1000.0),
    ]
    windows = launch_windows(target, VOSTOCHNY, flights, START, duration_days=3.0)
    assert [w.liftoff for w in windows] == [START + timedelta(days=k) for k in range(3)]
    assert all(w.any_time and w.branch == "ascending" for w in windows)


def test_the_pad_is_lit_by_day():
    # Vostochny, 128.3 E: local noon is 03:26 UTC, midnight 15:26 UTC; equinox is near
    free = CircularTarget(kind="circular", altitude_km=200, inclination_deg=51.9)
    noon, midnight = (datetime(2027, 3, 20, hour, 26, tzinfo=UTC) for hour in (3, 15))
    assert launch_windows(free, VOSTOCHNY, [flight(51.9, 0.0)], noon, 1.0)[0].sunlit_pad
    assert not launch_windows(free, VOSTOCHNY, [flight(51.9, 0.0)], midnight, 1.0)[0].sunlit_pad


def test_sunrise_is_when_the_almanac_says():
    # at the equinox the Sun's center rises at 6 h local mean time + 7.5 min (equation of time), 21:34 UTC
    # here, and refraction and radius, 0.833 deg, bring sunrise 5.4 min forward: 21:29 UTC
    free = CircularTarget(kind="circular", altitude_km=200, inclination_deg=51.9)
    before, after = (datetime(2027, 3, 20, 21, minute, tzinfo=UTC) for minute in (25, 33))
    assert not launch_windows(free, VOSTOCHNY, [flight(51.9, 0.0)], before, 1.0)[0].sunlit_pad
    assert launch_windows(free, VOSTOCHNY, [flight(51.9, 0.0)], after, 1.0)[0].sunlit_pad
