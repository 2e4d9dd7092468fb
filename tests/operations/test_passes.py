from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.injection import InjectionState
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import EarthFixedTrack, passes_from_itrf, station_passes
from cosmodrome.orbit.maneuvers import ImpulsiveBurn
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.frames import geodetic_from_ecef
from cosmodrome.physics.visibility import GroundPoints

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)


def station(name="equator", latitude=0.0, longitude=0.0, mask=0.0, skyline=()):
    return Station(
        horizon_mask=[{"azimuth_deg": a, "elevation_deg": e} for a, e in skyline],
        name=name,
        latitude_deg=latitude,
        longitude_deg=longitude,
        minimum_elevation_deg=mask,
        antenna_gain_dbi=40.0,
        system_noise_temperature_k=200.0,
    )


def overhead(altitude_km=500.0, step_s=30.0, tilt_deg=0.0, days=0.12):
    """A circular orbit over an Earth that stands still, passing (0, 0) at 3000 s, tilted to the north."""
    radius = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    rate = np.sqrt(EARTH_GM_M3_S2 / radius**3)
    times = np.arange(0.0, days * 86_400, step_s)
    angle, tilt = rate * (times - 3000.0), np.radians(tilt_deg)
    ahead = np.array([0.0, 1.0, 0.0])
    top = np.array([np.cos(tilt), 0.0, np.sin(tilt)])
    position = radius * (np.cos(angle)[:, None] * top + np.sin(angle)[:, None] * ahead)
    velocity = radius * rate * (-np.sin(angle)[:, None] * top + np.cos(angle)[:, None] * ahead)
    return EarthFixedTrack(EPOCH, times, position, velocity)


@pytest.mark.parametrize(
    ("mask", "minutes", "range_km"), [(0, 11.55, 2574.5), (5, 9.21, 2078.0), (10, 7.38, 1695.1)]
)
def test_overhead_pass_of_the_tables(mask, minutes, range_km):
    # S-29, geometry without Earth rotation at 500 km: longest pass and slant range at its edge
    (one,) = [p for p in passes_from_itrf(overhead(), (station(mask=mask),)) if p.duration_s > 0][:1]
    assert one.duration_s / 60 == pytest.approx(minutes, abs=0.01)
    assert one.max_elevation_deg == pytest.approx(90.0, abs=0.1)
    assert one.min_range_km == pytest.approx(500.0, abs=0.01)
    assert (one.culmination - EPOCH).total_seconds() == pytest.approx(3000.0, abs=0.5)
    assert one.rise_azimuth_deg == pytest.approx(270.0, abs=1e-6)
    assert one.set_azimuth_deg == pytest.approx(90.0, abs=1e-6)
    edge = EARTH_EQUATORIAL_RADIUS_M * np.sin(np.radians(mask))
    slant = np.sqrt(edge**2 + (2 * EARTH_EQUATORIAL_RADIUS_M + 500e3) * 500e3) - edge
    assert slant / 1e3 == pytest.approx(range_km, abs=0.1)


def test_edges_do_not_depend_on_the_sampling():
    fine, coarse = (passes_from_itrf(overhead(step_s=s), (station(mask=5),))[0] for s in (5.0, 30.0))
    assert abs((fine.rise - coarse.rise).total_seconds()) < 0.05
    assert abs((fine.set - coarse.set).total_seconds()) < 0.05


def test_a_grazing_pass_between_two_samples_is_found():
    # lower the mask to a hair below the culmination: the pass lasts seconds, the samples are 30 s apart
    track = overhead(tilt_deg=15.0)
    highest = passes_from_itrf(track, (station(),))[0].max_elevation_deg
    grazing = passes_from_itrf(track, (station(mask=highest - 1e-4),))
    assert len(grazing) == 2  # two revolutions in the track
    assert 0 < grazing[0].duration_s < 10
    assert passes_from_itrf(track, (station(mask=highest + 1e-3),)) == ()


def test_a_tilted_orbit_culminates_in_the_north():
    one = passes_from_itrf(overhead(tilt_deg=5.0), (station(),))[0]
    # elevation of a point 5 deg away at 500 km: tan el = (cos 5 - R/r) / sin 5
    ratio = EARTH_EQUATORIAL_RADIUS_M / (EARTH_EQUATORIAL_RADIUS_M + 500e3)
    expected = np.degrees(np.arctan2(np.cos(np.radians(5)) - ratio, np.sin(np.radians(5))))
    assert one.max_elevation_deg == pytest.approx(expected, abs=0.01)
    assert 270 < one.rise_azimuth_deg < 360
    assert 0 < one.set_azimuth_deg < 90


def test_stations_are_told_apart_and_sorted_by_time():
    stations = (station("late", longitude=40.0), station("early", longitude=-40.0), station("middle"))
    names = [one.station for one in passes_from_itrf(overhead(days=0.05), stations)]
    assert names == ["early", "middle", "late"]


def test_a_pass_cut_by_the_track_starts_with_it():
    track = overhead()
    late = EarthFixedTrack(EPOCH, track.elapsed_s[100:], track.position_m[100:], track.velocity_m_s[100:])
    one = passes_from_itrf(late, (station(),))[0]
    assert (one.rise - EPOCH).total_seconds() == track.elapsed_s[100] == 3000.0
    assert one.max_elevation_deg == pytest.approx(90.0, abs=0.1)


def test_no_stations_no_passes():
    assert passes_from_itrf(overhead(), ()) == ()


def test_a_skyline_shortens_and_splits_an_overhead_pass():
    # from west to east over the zenith: 20 deg of wall in the west, 30 deg in the east
    wall = [(0, 0), (180, 0), (269, 20), (271, 20), (89, 30), (91, 30)]
    free, walled = (passes_from_itrf(overhead(), (s,))[0] for s in (station(), station(skyline=wall)))
    masked = passes_from_itrf(overhead(), (station(mask=20.0),))[0]
    eastern = passes_from_itrf(overhead(), (station(mask=30.0),))[0]
    assert abs((walled.rise - masked.rise).total_seconds()) < 0.05
    assert abs((walled.set - eastern.set).total_seconds()) < 0.05
    assert walled.duration_s < free.duration_s - 200
    assert walled.max_elevation_deg == pytest.approx(free.max_elevation_deg, abs=1e-3)


def test_a_tower_splits_a_pass():
    # a pass that culminates in the north at 41 deg, behind a tower of 60 deg from 350 to 10 deg of azimuth
    tower = [(349.9, 0), (350, 60), (10, 60), (10.1, 0), (180, 0)]
    whole = passes_from_itrf(overhead(tilt_deg=5.0), (station(),))[0]
    first, second = passes_from_itrf(overhead(tilt_deg=5.0), (station(skyline=tower),))[:2]
    assert (first.rise, second.set) == (whole.rise, whole.set)
    assert first.set_azimuth_deg == pytest.approx(349.9, abs=0.1)
    assert second.rise_azimuth_deg == pytest.approx(10.1, abs=0.1)
    assert max(first.max_elevation_deg, second.max_elevation_deg) < whole.max_elevation_deg
    assert first.culmination == first.set
    assert second.culmination == second.rise


@pytest.mark.parametrize("every", [2, 5, 20], ids=["60 s", "150 s", "600 s"])
def test_coarse_and_short_tracks_give_the_same_pass(every):
    # also with fewer samples than the pieces' own differences need
    fine = overhead(days=0.0834)
    part = slice(0, None, every)
    coarse = EarthFixedTrack(EPOCH, fine.elapsed_s[part], fine.position_m[part], fine.velocity_m_s[part])
    one, other = (passes_from_itrf(track, (station(mask=5),))[0] for track in (fine, coarse))
    assert abs((one.rise - other.rise).total_seconds()) < 0.05
    assert abs((one.set - other.set).total_seconds()) < 0.05


def test_uneven_samples_give_the_same_pass():
    fine = overhead(days=0.08)
    kept = np.sort(np.random.default_rng(3).permutation(len(fine.elapsed_s))[: len(fine.elapsed_s) * 2 // 3])
    kept[[0, -1]] = 0, len(fine.elapsed_s) - 1
    uneven = EarthFixedTrack(EPOCH, fine.elapsed_s[kept], fine.position_m[kept], fine.velocity_m_s[kept])
    one, other = (passes_from_itrf(track, (station(mask=5),))[0] for track in (fine, uneven))
    assert abs((one.rise - other.rise).total_seconds()) < 0.05
    assert abs((one.set - other.set).total_seconds()) < 0.05


def test_a_burn_between_two_samples(two_days):
    # 60 m/s along the path after 3 h, half-way between samples: from then on each pass where the path has it
    burn = ImpulsiveBurn(two_days.epoch + timedelta(hours=3, seconds=15), (0.0, 60.0, 0.0))
    start = InjectionState(two_days.epoch, two_days.position_m[0], two_days.velocity_m_s[0])
    boosted = propagate(start, start.epoch, 1.0, burns=[burn])
    place, _ = boosted.at(np.array([3 * 3600.0 + 15.0]), "ITRF")
    latitude, longitude, _ = geodetic_from_ecef(place)
    below = station("below", float(np.degrees(latitude[0])), float(np.degrees(longitude[0])), mask=10.0)
    passes = station_passes(boosted, [below])
    assert len(passes) > 2
    up = GroundPoints.of(np.degrees(latitude), np.degrees(longitude), np.zeros(1))

    def elevation_deg(instants):
        line = boosted.at(instants, "ITRF")[0] - up.position_m
        return np.degrees(np.arcsin(line @ up.up_direction[0] / np.linalg.norm(line, axis=1)))

    shift = timedelta(seconds=0.05)
    for one in passes:
        assert (elevation_deg([one.rise - shift, one.set + shift]) < 10).all()
        assert (elevation_deg([one.rise + shift, one.set - shift]) > 10).all()
    during = [one for one in passes if one.rise < burn.instant < one.set]
    assert len(during) == 1
    assert during[0].max_elevation_deg == pytest.approx(90.0, abs=0.1)
