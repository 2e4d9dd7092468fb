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
from cosmodrome.window import WindowLimits, launch_windows

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


def sun_elevation_deg(instant):
    """Over Vostochny, by Astropy-free almanac formulas (Astronomical Almanac, page C5: 0.01 deg)."""
    days = (instant - datetime(2000, 1, 1, 12, tzinfo=UTC)).total_seconds() / 86_400
    mean, anomaly = math.radians(280.460 + 0.9856474 * days), math.radians(357.528 + 0.9856003 * days)
    longitude = mean + math.radians(1.915 * math.sin(anomaly) + 0.020 * math.sin(2 * anomaly))
    tilt = math.radians(23.439 - 4e-7 * days)
    declination = math.asin(math.sin(tilt) * math.sin(longitude))
    ascension = math.atan2(math.cos(tilt) * math.sin(longitude), math.cos(longitude))
    sidereal = math.radians(280.46062 + 360.98564737 * days + VOSTOCHNY.longitude_deg.value)
    latitude = math.radians(VOSTOCHNY.latitude_deg.value)
    sine = math.sin(latitude) * math.sin(declination)
    sine += math.cos(latitude) * math.cos(declination) * math.cos(sidereal - ascension)
    return math.degrees(math.asin(sine))


def test_without_a_tolerance_a_window_is_an_instant():
    for window in launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, [flight(97.6, 300.0)], START, 3.0):
        assert window.opens == window.liftoff == window.closes


def test_a_tolerance_for_local_time_makes_intervals():
    # 4 min of local time to either side are 4 min of the clock: the mean Sun goes with it
    target = SUN_SYNCHRONOUS.model_copy(update={"ltan_tolerance_min": 4.0})
    instants = launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, [flight(97.6, 300.0)], START, 5.0)
    windows = launch_windows(target, VOSTOCHNY, [flight(97.6, 300.0)], START, 5.0)
    assert [w.liftoff for w in windows] == [w.liftoff for w in instants]
    for window in windows:
        assert (window.early_s, window.late_s) == pytest.approx((240.0, 240.0), abs=0.02)
        for instant, ltan in ((window.opens, 10.5 - 4 / 60), (window.closes, 10.5 + 4 / 60)):
            at_edge = SUN_SYNCHRONOUS.model_copy(update={"ltan": f"{int(ltan)}:{round(ltan % 1 * 60):02d}"})
            others = launch_windows(at_edge, VOSTOCHNY, [flight(97.6, 300.0)], START, 5.0)
            assert min(abs((w.liftoff - instant).total_seconds()) for w in others) < 0.02


def test_a_tolerance_for_the_right_ascension_makes_intervals():
    # 2 deg to either side at 360 deg a sidereal day: 478.7 s
    target = CircularTarget(
        kind="circular", altitude_km=550, inclination_deg=97.6, raan_deg=123.4, raan_tolerance_deg=2.0
    )
    ascent = flight(97.6, 300.0)
    windows = launch_windows(target, VOSTOCHNY, [ascent], START, 5.0)
    for window in windows[1:-1]:
        assert window.early_s == pytest.approx(2 / 360 * 86_164.1, abs=0.5)
        for instant, raan in ((window.opens, 121.4), (window.liftoff, 123.4), (window.closes, 125.4)):
            flown = injection_state(ascent, instant).elements
            assert math.degrees(flown.raan_rad) == pytest.approx(raan, abs=1e-3)


def test_a_window_that_the_search_cuts():
    target = SUN_SYNCHRONOUS.model_copy(update={"ltan_tolerance_min": 30.0})
    (whole,) = launch_windows(target, VOSTOCHNY, [flight(97.6, 300.0)], START, 1.0)
    late = whole.liftoff + timedelta(minutes=10)
    first = launch_windows(target, VOSTOCHNY, [flight(97.6, 300.0)], late, 1.0)[0]
    assert first.liftoff == first.opens == late
    assert abs((first.closes - whole.closes).total_seconds()) < 0.01
    early = launch_windows(target, VOSTOCHNY, [flight(97.6, 300.0)], late - timedelta(days=1), 0.98)[-1]
    assert early.closes == late - timedelta(days=0.02)
    assert early.liftoff == early.closes


@pytest.mark.parametrize("lighting", ["daylight", "darkness"])
def test_only_windows_in_the_light_asked_for(lighting):
    # windows all around the clock: a right ascension that moves on by 4 min a day, for half a year
    target = CircularTarget(kind="circular", altitude_km=550, inclination_deg=97.6, raan_deg=123.4)
    every = launch_windows(target, VOSTOCHNY, [flight(97.6, 300.0)], START, 180.0)
    kept = launch_windows(
        target, VOSTOCHNY, [flight(97.6, 300.0)], START, 180.0, WindowLimits(lighting=lighting)
    )
    lit = lighting == "daylight"
    assert list(kept) == [window for window in every if window.sunlit_pad is lit]
    assert 20 < len(kept) < 160
    for window in kept:
        above = sun_elevation_deg(window.liftoff) + 0.833
        assert abs(above) < 0.02 or (above > 0) is lit


def test_daylight_cuts_a_wide_window_at_sunrise():
    free = CircularTarget(kind="circular", altitude_km=200, inclination_deg=51.9)
    limits = WindowLimits(lighting="daylight")
    windows = launch_windows(free, VOSTOCHNY, [flight(51.9, 0.0)], START, 3.0, limits)
    assert all(window.any_time and window.sunlit_pad for window in windows)
    edges = [w.opens for w in windows if w.opens > START] + [w.closes for w in windows][:2]
    inner = [edge for edge in edges if (edge - START).total_seconds() % 86_400 not in (0.0,)]
    assert len(inner) >= 4
    for edge in inner:
        assert sun_elevation_deg(edge) == pytest.approx(-0.833, abs=0.02)
    total_h = sum((w.closes - w.opens).total_seconds() for w in windows) / 3600 / 3
    assert 10.5 < total_h < 11.5  # early March at 52 deg north


def test_a_free_plane_is_open_all_day():
    free = CircularTarget(kind="circular", altitude_km=200, inclination_deg=51.9)
    windows = launch_windows(free, VOSTOCHNY, [flight(51.9, 0.0)], START, 2.5)
    assert [(w.opens - START).total_seconds() for w in windows] == [0.0, 86_400.0, 172_800.0]
    assert [w.late_s for w in windows] == [86_400.0, 86_400.0, 43_200.0]


def same_instants(found, expected):
    """To the microseconds in which a window's edges are told from its liftoff."""
    return all(abs(a - b) <= timedelta(microseconds=2) for a, b in zip(found, expected, strict=True))


def test_closures_cut_and_split_windows():
    target = SUN_SYNCHRONOUS.model_copy(update={"ltan_tolerance_min": 4.0})
    flights = [flight(97.6, 300.0)]
    (whole,) = launch_windows(target, VOSTOCHNY, flights, START, 1.0)
    at = whole.liftoff
    middle = (at - timedelta(seconds=3), at + timedelta(seconds=7))  # shorter than any step of a search
    before, after = launch_windows(target, VOSTOCHNY, flights, START, 1.0, WindowLimits(keep_out=(middle,)))
    assert same_instants((before.opens, after.closes), (whole.opens, whole.closes))
    assert before.liftoff == before.closes == middle[0]
    assert after.liftoff == after.opens == middle[1]
    end = (at + timedelta(seconds=60), at + timedelta(days=2))
    (cut,) = launch_windows(target, VOSTOCHNY, flights, START, 1.0, WindowLimits(keep_out=(end,)))
    assert same_instants((cut.opens, cut.liftoff, cut.closes), (whole.opens, at, end[0]))
    everything = (START, START + timedelta(days=2))
    assert launch_windows(target, VOSTOCHNY, flights, START, 1.0, WindowLimits(keep_out=(everything,))) == ()
    # instants too
    assert (
        launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, flights, START, 1.0, WindowLimits(keep_out=(middle,)))
        == ()
    )


def test_a_clear_way_is_asked_for_at_injection():
    target = SUN_SYNCHRONOUS.model_copy(update={"ltan_tolerance_min": 4.0})
    ascent = flight(97.6, 300.0)
    (whole,) = launch_windows(target, VOSTOCHNY, [ascent], START, 1.0)
    blocked = whole.liftoff + timedelta(seconds=ascent.duration_s + 30)
    asked = []

    def is_clear(epoch, flown):
        asked.append((epoch, flown))
        return abs((epoch - blocked).total_seconds()) > 25.0

    limits = WindowLimits(is_clear=is_clear)
    before, after = launch_windows(target, VOSTOCHNY, [ascent], START, 1.0, limits)
    assert same_instants((before.opens, after.closes), (whole.opens, whole.closes))
    assert (before.closes - whole.liftoff).total_seconds() == pytest.approx(5.0, abs=0.3)
    assert (after.opens - whole.liftoff).total_seconds() == pytest.approx(55.0, abs=0.3)
    assert before.liftoff == whole.liftoff
    delay = timedelta(seconds=ascent.duration_s)
    assert all(whole.opens <= epoch - delay <= whole.closes and flown is ascent for epoch, flown in asked)
    # every instant of a window is clear, the edges too
    for window in (before, after):
        assert is_clear(window.opens + delay, ascent)
        assert is_clear(window.closes + delay, ascent)


def test_a_clear_way_filters_instants():
    ascent = flight(97.6, 300.0)
    windows = launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, [ascent], START, 10.0)
    odd = WindowLimits(is_clear=lambda epoch, _: epoch.day % 2 == 1)
    kept = launch_windows(SUN_SYNCHRONOUS, VOSTOCHNY, [ascent], START, 10.0, odd)
    delay = timedelta(seconds=ascent.duration_s)
    assert list(kept) == [window for window in windows if (window.liftoff + delay).day % 2 == 1]


def test_what_is_no_limit():
    with pytest.raises(
        ValueError, match=r"a closure from 2027-03-02.* to 2027-03-01.*; expected begin before end"
    ):
        WindowLimits(keep_out=((START + timedelta(days=1), START),))
    with pytest.raises(ValueError, match="a step of 0 s; expected above 0"):
        WindowLimits(clear_step_s=0.0)
