"""Skyfield 1.x: a satellite-week of passes from the same elements by SGP4."""

from datetime import timedelta

import numpy as np
import pytest
from sgp4.api import Satrec
from skyfield.api import EarthSatellite, load, wgs84

from cosmodrome.models.station import Station
from cosmodrome.operations.passes import EarthFixedTrack, passes_from_itrf
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.named_frames import turned_states
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


@pytest.fixture(scope="module")
def track():
    terra = Satrec.twoline2rv(*LINES)
    epoch = datetime_from_julian_date(terra.jdsatepoch, terra.jdsatepochF)
    elapsed = np.arange(0.0, 7 * 86_400.0 + 1, 30.0)
    # from the elements' own epoch: a datetime keeps no more than microseconds, 7 mm
    fraction = terra.jdsatepochF + elapsed / 86_400.0
    error, position_km, velocity_km_s = terra.sgp4_array(np.full_like(elapsed, terra.jdsatepoch), fraction)
    assert not error.any()
    states = position_km * 1e3, velocity_km_s * 1e3
    fixed = turned_states(epoch, elapsed, states, ("TEME", "ITRF"), read_earth_orientation())
    return EarthFixedTrack(epoch, elapsed, *fixed)


@pytest.mark.parametrize("place", PLACES, ids=[place[0] for place in PLACES])
def test_passes_of_a_week(track, place):
    name, latitude, longitude, altitude_m, mask = place
    timescale = load.timescale(builtin=True)
    ground = wgs84.latlon(latitude, longitude, elevation_m=altitude_m)
    begin, end = (
        timescale.from_datetime(track.epoch + timedelta(seconds=s)) for s in (0.0, float(track.elapsed_s[-1]))
    )
    times, kinds = EarthSatellite(*LINES, ts=timescale).find_events(ground, begin, end, altitude_degrees=mask)
    rises = [t.utc_datetime() for t, kind in zip(times, kinds, strict=True) if kind == 0]
    sets = [t.utc_datetime() for t, kind in zip(times, kinds, strict=True) if kind == 2]
    station = Station(
        name=name,
        latitude_deg=latitude,
        longitude_deg=longitude,
        altitude_m=altitude_m,
        minimum_elevation_deg=mask,
        antenna_gain_dbi=40.0,
        system_noise_temperature_k=200.0,
    )
    passes = passes_from_itrf(track, (station,))
    own_rises = [one.rise for one in passes if one.rise > track.epoch]
    own_sets = [one.set for one in passes if (one.set - track.epoch).total_seconds() < track.elapsed_s[-1]]
    assert len(own_rises) == len(rises) > 5
    assert len(own_sets) == len(sets)
    for own, theirs in zip(own_rises + own_sets, rises + sets, strict=True):
        assert abs((own - theirs).total_seconds()) <= 0.5
