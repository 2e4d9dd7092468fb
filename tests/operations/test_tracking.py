import dataclasses
import math
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.constants import SPEED_OF_LIGHT_M_S
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import station_passes
from cosmodrome.operations.tracking import doppler_shift_hz, highest_passes, pass_track
from cosmodrome.orbit.eclipses import eclipses

MOSCOW = Station(
    name="Moscow",
    latitude_deg=55.75,
    longitude_deg=37.6,
    minimum_elevation_deg=5.0,
    antenna_gain_dbi=40.0,
    system_noise_temperature_k=200.0,
)


@pytest.fixture(scope="module")
def passes(two_days):
    return station_passes(two_days, [MOSCOW])


def test_ends_and_top_are_those_of_the_pass(two_days, passes):
    for one in passes[1:-1]:
        track = pass_track(two_days, one, MOSCOW, 1.0)
        assert track.elapsed_s[[0, -1]] == pytest.approx([0.0, one.duration_s])
        assert np.ptp(np.diff(track.elapsed_s)) < 1e-9
        assert np.diff(track.elapsed_s)[0] <= 1.0
        assert track.elevation_deg[[0, -1]] == pytest.approx([5.0, 5.0], abs=0.003)  # 0.05 s at 0.06 deg/s
        assert track.azimuth_deg[[0, -1]] == pytest.approx([one.rise_azimuth_deg, one.set_azimuth_deg])
        assert track.elevation_deg.max() == pytest.approx(one.max_elevation_deg, abs=0.02)
        assert track.range_km.min() == pytest.approx(one.min_range_km, rel=1e-3)
        assert (track.mask_elevation_deg == 5.0).all()


def test_range_rate_is_the_slope_of_the_range(two_days, passes):
    # central differences over 0.2 s: their own error is the third derivative of the range, at most 2 m/s3
    # overhead, times 0.01 s2 / 6, 0.004 m/s
    one = max(passes, key=lambda flown: flown.max_elevation_deg)
    track = pass_track(two_days, one, MOSCOW, 0.1)
    step = track.elapsed_s[1]
    slope = (track.range_km[2:] - track.range_km[:-2]) / (2 * step)
    assert track.range_rate_km_s[1:-1] == pytest.approx(slope, abs=4e-6)
    assert track.range_rate_km_s[0] < -5 < 5 < track.range_rate_km_s[-1]


def test_the_doppler_shift_and_its_difference_to_special_relativity():
    # f sqrt(1 - v2/c2) / (1 + rate/c), for speeds of low orbit and rates from overhead to the horizon
    speed, rate = 7600.0, np.linspace(-7000.0, 7000.0, 201)
    for frequency_hz in (437e6, 8.2e9):
        exact = frequency_hz * (
            math.sqrt(1 - (speed / SPEED_OF_LIGHT_M_S) ** 2) / (1 + rate / SPEED_OF_LIGHT_M_S) - 1
        )
        difference = (exact - doppler_shift_hz(rate, frequency_hz)) / frequency_hz
        assert difference.min() == pytest.approx(-3.2e-10, abs=0.1e-10)
        assert difference.max() == pytest.approx(2.2e-10, abs=0.1e-10)


def test_the_doppler_shift_of_a_track(two_days, passes):
    assert pass_track(two_days, passes[1], MOSCOW).doppler_shift_hz is None
    track = pass_track(two_days, passes[1], MOSCOW, frequency_mhz=437.0)
    shift = track.doppler_shift_hz
    assert shift == pytest.approx(-437e9 * track.range_rate_km_s / SPEED_OF_LIGHT_M_S)
    assert shift[0] > 0 > shift[-1]


def test_light_on_the_satellite_is_that_of_the_eclipses(two_days, passes):
    umbrae = [one for one in eclipses(two_days) if one.kind == "umbra"]
    penumbrae = [one for one in eclipses(two_days) if one.kind == "penumbra"]
    seen = set()
    for one in passes:
        track = pass_track(two_days, one, MOSCOW)
        for since, lit in zip(track.elapsed_s, track.sunlit_fraction, strict=True):
            when = one.rise + timedelta(seconds=since)
            if any(shadow.start < when < shadow.end for shadow in umbrae):
                assert lit == 0.0
            elif not any(shadow.start <= when <= shadow.end for shadow in penumbrae):
                assert lit == 1.0
            seen.add(bool(lit))
    assert seen == {False, True}


def test_the_sun_at_the_station_stands_where_the_ephemeris_has_it(two_days, passes):
    # the inertial road: the angle between the station's vertical and the Sun, both in GCRF, by the matrix
    # that turned the satellite itself
    one = passes[2]
    track = pass_track(two_days, one, MOSCOW)
    when = (one.rise - two_days.epoch).total_seconds()
    number = int(when // 30)
    sun = two_days.sun_direction[number]
    latitude, longitude = math.radians(55.75), math.radians(37.6)
    # right ascension of the station by the satellite's own longitudes in both frames
    fixed, inertial = two_days.position_itrf_m[number], two_days.position_m[number]
    turn = math.atan2(inertial[1], inertial[0]) - math.atan2(fixed[1], fixed[0])
    up = [math.cos(latitude) * math.cos(longitude + turn), math.cos(latitude) * math.sin(longitude + turn)]
    sine = up[0] * sun[0] + up[1] * sun[1] + math.sin(latitude) * sun[2]
    # 30 s of the Earth's turn, 0.13 deg, and precession since 2000 that the flat turn leaves out, 0.15 deg
    assert track.sun_elevation_deg[0] == pytest.approx(math.degrees(math.asin(sine)), abs=0.3)


def test_a_skyline_is_told_along_the_track(two_days):
    mask = [{"azimuth_deg": a, "elevation_deg": e} for a, e in ((0, 6), (90, 12), (180, 3))]
    hilly = Station.model_validate(MOSCOW.model_dump() | {"horizon_mask": mask})
    for one in station_passes(two_days, [hilly]):
        track = pass_track(two_days, one, hilly, 1.0)
        assert (track.elevation_deg > track.mask_elevation_deg - 0.01).all()
        expected = np.interp(track.azimuth_deg, [0, 90, 180, 360], [6, 12, 3, 6])
        assert track.mask_elevation_deg == pytest.approx(np.maximum(expected, 5.0))


def test_the_highest_pass_of_each_station(two_days):
    south = MOSCOW.model_copy(update={"name": "south", "latitude_deg": -40.0})
    blind = MOSCOW.model_copy(update={"name": "blind", "minimum_elevation_deg": 89.99})
    stations = (south, blind, MOSCOW)
    passes = station_passes(two_days, stations)
    found = highest_passes(passes, stations)
    assert [one.station for one in found] == ["south", "Moscow"]
    for one in found:
        assert one.max_elevation_deg == max(p.max_elevation_deg for p in passes if p.station == one.station)


def test_a_pass_that_the_ephemeris_cuts(two_days):
    everywhere = MOSCOW.model_copy(update={"minimum_elevation_deg": 0.0, "latitude_deg": 0.0})
    # where the ephemeris starts
    start = two_days.position_itrf_m[0]
    under = everywhere.model_copy(update={"longitude_deg": math.degrees(math.atan2(start[1], start[0]))})
    cut = station_passes(two_days, [under])[0]
    assert cut.rise == two_days.epoch
    assert pass_track(two_days, cut, under).elapsed_s[0] == 0.0


def test_what_does_not_fit(two_days, passes):
    other = MOSCOW.model_copy(update={"name": "Kiruna"})
    with pytest.raises(ValueError, match="the pass is over Moscow, the station given is Kiruna"):
        pass_track(two_days, passes[0], other)
    with pytest.raises(ValueError, match="a step of 0 s; expected above 0"):
        pass_track(two_days, passes[0], MOSCOW, 0.0)
    with pytest.raises(ValueError, match="a frequency of -1 MHz; expected above 0, or none"):
        pass_track(two_days, passes[0], MOSCOW, frequency_mhz=-1.0)
    early = dataclasses.replace(passes[0], rise=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match=r"the pass from 2026-01-01T00:00:00.* lies outside the ephemeris"):
        pass_track(two_days, early, MOSCOW)
