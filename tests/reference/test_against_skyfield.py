"""Skyfield 1.x: passes and tracking of one satellite from the same elements by SGP4.

Skyfield is given the pole of our Earth orientation table: without it stations stand some 10 m elsewhere,
which moves the edges of grazing passes. Its `find_events` stops at 0.02 s (median) to 0.15 s (of 100) from
the edge (reference/orbit.md, 2c), so it says how many passes there are; its `altaz` 0.1 s before and after
each edge says where that is.
"""

from datetime import timedelta

import numpy as np
import pytest
from sgp4.api import Satrec
from skyfield.api import EarthSatellite, load, wgs84

from cosmodrome.models.station import Station
from cosmodrome.operations.passes import station_passes
from cosmodrome.operations.tracking import pass_track
from cosmodrome.orbit.ephemeris import Ephemeris, no_breaks
from cosmodrome.orbit.forces import Forces
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.frames import itrf_from_teme, rotate
from cosmodrome.physics.named_frames import turned_states
from cosmodrome.physics.sun import sun_direction_and_distance_m
from cosmodrome.physics.time import datetime_from_julian_date

# Terra, the elements of satellite_examples S-05
LINES = (
    "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997",
    "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585",
)
PLACES = (  # name, latitude, longitude, altitude, mask
    ("Svalbard", 78.2297, 15.3975, 458.0, 5.0),
    ("Moscow", 55.75, 37.6, 150.0, 10.0),
    ("Kourou", 5.25, -52.8, 15.0, 0.0),
    ("Troll", -72.0, 2.53, 1270.0, 20.0),
)


ARCSEC = np.degrees(1.0) * 3600


@pytest.fixture(scope="module")
def ephemeris():
    """Terra's week."""
    terra = Satrec.twoline2rv(*LINES)
    epoch = datetime_from_julian_date(terra.jdsatepoch, terra.jdsatepochF)
    elapsed = np.arange(0.0, 7 * 86_400.0 + 1, 30.0)
    table = read_earth_orientation()

    def places(shift_s):
        # from the elements' own epoch: a datetime keeps no more than microseconds, 7 mm
        fraction = terra.jdsatepochF + (elapsed + shift_s) / 86_400.0
        error, position_km, _ = terra.sgp4_array(np.full_like(elapsed, terra.jdsatepoch), fraction)
        assert not error.any()
        return rotate(itrf_from_teme(epoch, elapsed + shift_s, table), position_km * 1e3)

    # SGP4's velocity is up to 21 mm/s off the derivative of its position; central differences over 1 s are
    # 0.4 mm/s off
    fixed = places(0.0), places(0.5) - places(-0.5)
    inertial = turned_states(epoch, elapsed, fixed, ("ITRF", "GCRF"), table)
    sun = sun_direction_and_distance_m(epoch, elapsed)
    return Ephemeris(
        epoch=epoch,
        elapsed_s=elapsed,
        position_itrf_m=fixed[0],
        velocity_itrf_m_s=fixed[1],
        position_m=inertial[0],
        velocity_m_s=inertial[1],
        sun_direction=sun[0],
        sun_distance_m=sun[1],
        forces=Forces(),
        earth_orientation_until=table.until,
        space_weather_until=table.until,
        notes=(),
        mass_kg=np.ones_like(elapsed),
        breaks=no_breaks(),
    )


@pytest.fixture(scope="module")
def timescale(ephemeris):
    scale = load.timescale(builtin=True)
    ends = ephemeris.elapsed_s[[0, -1]]
    _, pole_x, pole_y, _, _ = read_earth_orientation().at(ephemeris.epoch, ends)
    terrestrial = scale.from_datetimes([ephemeris.epoch + timedelta(seconds=s) for s in ends]).tt
    scale.polar_motion_table = terrestrial, pole_x * ARCSEC, pole_y * ARCSEC
    return scale


class Skyfield:
    """Terra over one place."""

    def __init__(self, timescale, epoch, place):
        _, latitude, longitude, altitude_m, _ = place
        self.scale, self.epoch = timescale, epoch
        self.ground = wgs84.latlon(latitude, longitude, elevation_m=altitude_m)
        self.terra = EarthSatellite(*LINES, ts=timescale)

    def time(self, elapsed_s):
        e = self.epoch
        return self.scale.utc(
            e.year, e.month, e.day, e.hour, e.minute, e.second + 1e-6 * e.microsecond + np.asarray(elapsed_s)
        )

    def events(self, mask_deg, end_s):
        """Seconds of rises and of sets."""
        times, kinds = self.terra.find_events(
            self.ground, self.time(0.0), self.time(end_s), altitude_degrees=mask_deg
        )
        seconds = np.array([(t.utc_datetime() - self.epoch).total_seconds() for t in times])
        return seconds[kinds == 0], seconds[kinds == 2]

    def seen(self, elapsed_s):
        return (self.terra - self.ground).at(self.time(elapsed_s))

    def elevation_deg(self, elapsed_s):
        return self.seen(elapsed_s).altaz()[0].degrees


def station(place, **changes):
    name, latitude, longitude, altitude_m, mask = place
    return Station(
        name=name,
        latitude_deg=latitude,
        longitude_deg=longitude,
        altitude_m=altitude_m,
        antenna_gain_dbi=40.0,
        system_noise_temperature_k=200.0,
        **{"minimum_elevation_deg": mask} | changes,
    )


def edges_of(passes, epoch):
    rises, sets = (
        np.array([(getattr(one, edge) - epoch).total_seconds() for one in passes]) for edge in ("rise", "set")
    )
    return rises, sets


@pytest.mark.parametrize("place", PLACES, ids=[place[0] for place in PLACES])
def test_passes_of_a_week(ephemeris, timescale, place):
    judge, end_s, mask = Skyfield(timescale, ephemeris.epoch, place), ephemeris.elapsed_s[-1], place[-1]
    rises, sets = edges_of(station_passes(ephemeris, [station(place)]), ephemeris.epoch)
    rises, sets = rises[rises > 0], sets[sets < end_s]
    for own, theirs in zip((rises, sets), judge.events(mask, end_s), strict=True):
        assert len(own) == len(theirs) > 5
        assert np.abs(own - theirs).max() < 0.5
    # what is promised: the edge lies within 0.1 s
    assert (judge.elevation_deg(rises - 0.1) < mask).all()
    assert (judge.elevation_deg(rises + 0.1) > mask).all()
    assert (judge.elevation_deg(sets - 0.1) > mask).all()
    assert (judge.elevation_deg(sets + 0.1) < mask).all()


@pytest.mark.parametrize("place", PLACES[1:3], ids=[place[0] for place in PLACES[1:3]])
def test_grazing_passes(ephemeris, timescale, place):
    # the mask 0.002 deg below and above what Skyfield says is the top of each pass: seconds long, then gone
    judge = Skyfield(timescale, ephemeris.epoch, place)
    whole = [one for one in station_passes(ephemeris, [station(place)]) if one.max_elevation_deg < 85][:12]
    tops = np.array([(one.culmination - ephemeris.epoch).total_seconds() for one in whole])
    assert len(tops) > 8
    for top in tops:
        highest = judge.elevation_deg(top + np.arange(-2.0, 2.05, 0.05)).max()
        low, high = (station(place, minimum_elevation_deg=highest + d) for d in (-0.002, 0.002))
        rises, sets = edges_of(station_passes(ephemeris, [low]), ephemeris.epoch)
        own = np.abs(0.5 * (rises + sets) - top) < 5
        assert own.sum() == 1
        (rise,), (down,) = rises[own], sets[own]
        assert 0.5 < down - rise < 30
        inside = (
            judge.elevation_deg(np.array([rise - 0.1, rise + 0.1, down - 0.1, down + 0.1])) > highest - 0.002
        )
        assert inside.tolist() == [False, True, True, False]
        rises, sets = edges_of(station_passes(ephemeris, [high]), ephemeris.epoch)
        assert not (np.abs(0.5 * (rises + sets) - top) < 5).any()


def test_edges_behind_a_skyline(ephemeris, timescale):
    # a mask of 5 to 30 deg around Moscow, judged by Skyfield's elevation and azimuth
    place = PLACES[1]
    azimuths, heights = np.arange(0.0, 360.0, 30.0), np.array([5, 20, 8, 30, 12, 6, 25, 10, 15, 5, 18, 9.0])
    skyline = [{"azimuth_deg": a, "elevation_deg": e} for a, e in zip(azimuths, heights, strict=True)]
    judge = Skyfield(timescale, ephemeris.epoch, place)
    behind = station(place, minimum_elevation_deg=0.0, horizon_mask=skyline)
    rises, sets = edges_of(station_passes(ephemeris, [behind]), ephemeris.epoch)

    def above(elapsed_s):
        elevation, azimuth, _ = judge.seen(elapsed_s).altaz()
        return elevation.degrees - np.interp(azimuth.degrees, azimuths, heights, period=360.0)

    assert len(rises) > 20
    assert (above(rises - 0.1) < 0).all()
    assert (above(rises + 0.1) > 0).all()
    assert (above(sets - 0.1) > 0).all()
    assert (above(sets + 0.1) < 0).all()
    # and none is missed: every two seconds of the first day
    seconds = np.arange(0.0, 86_400.0, 2.0)
    within = np.searchsorted(rises, seconds) - np.searchsorted(sets, seconds)
    wrong = seconds[(within > 0) != (above(seconds) > 0)]
    assert len(wrong) == 0 or np.abs(wrong[:, None] - np.concatenate((rises, sets))).min(axis=1).max() < 0.1


@pytest.mark.parametrize("place", PLACES, ids=[place[0] for place in PLACES])
def test_azimuth_elevation_range_and_range_rate(ephemeris, timescale, place):
    judge, own = Skyfield(timescale, ephemeris.epoch, place), station(place)
    for one in station_passes(ephemeris, [own])[1:9]:
        track = pass_track(ephemeris, one, own, 7.0)
        when = (one.rise - ephemeris.epoch).total_seconds() + track.elapsed_s
        elevation, azimuth, distance, _, _, rate = judge.seen(when).frame_latlon_and_rates(judge.ground)
        # the instants are rounded to microseconds, 7 mm, and Skyfield's UT1 is another table's: 1e-5 s, 5 mm;
        # 0.03 m at 700 km is 3e-6 deg
        assert track.range_km * 1e3 == pytest.approx(distance.m, abs=0.03)
        assert track.elevation_deg == pytest.approx(elevation.degrees, abs=1e-5)
        turned = (track.azimuth_deg - azimuth.degrees + 180) % 360 - 180
        assert np.abs(turned * np.cos(elevation.radians)).max() < 1e-5
        # the slope of Skyfield's distance over 0.2 s: rounding of its instants and the third derivative,
        # under 1 m/s3 at 700 km, times 0.01 s2 / 6, make less than 2 mm/s
        slope = (judge.seen(when + 0.1).distance().m - judge.seen(when - 0.1).distance().m) / 0.2
        assert track.range_rate_km_s * 1e3 == pytest.approx(slope, abs=0.002)
        # Skyfield's own rate is of SGP4's velocity, which in this week is up to 21 mm/s (9 on
        # average) off the derivative of its position
        assert track.range_rate_km_s * 1e3 == pytest.approx(rate.m_per_s, abs=0.021)
