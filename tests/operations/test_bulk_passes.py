import math
from datetime import UTC, datetime

import numpy as np
import pytest
from sgp4.api import WGS72, Satrec
from sgp4.exporter import export_tle

from cosmodrome.models.station import Station
from cosmodrome.operations.bulk_passes import bulk_passes
from cosmodrome.operations.horizon import Horizon
from cosmodrome.orbit.constellation import two_line_positions_m
from cosmodrome.physics.frames import ecef_from_geodetic

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = 0.5


def random_lines(generator, count, eccentricities=(0.0001, 0.02)):
    """Element sets at the epoch of perigees from 350 to 1500 km."""
    found = []
    for number in range(count):
        e = generator.uniform(*eccentricities)
        perigee_km = 6378.135 + generator.uniform(350, 1500)
        motion = math.sqrt(398600.8 / (perigee_km / (1 - e)) ** 3) * 60
        node, perigee, anomaly = generator.uniform(0, 2 * math.pi, 3)
        one = Satrec()
        one.sgp4init(
            WGS72, "i", 10000 + number, 28125.0, 1e-5, 0.0, 0.0, e, perigee,
            math.acos(generator.uniform(-0.6, 0.9)), anomaly, motion, node,
        )  # fmt: skip
        one.classification, one.intldesg, one.elnum, one.revnum = "U", "26001A", 1, 1
        found.append(export_tle(one))
    return found


def random_stations(generator, count, masks=(0.0, 5.0, 10.0, 40.0, 70.0)):
    return [
        Station(
            name=f"station {number}",
            latitude_deg=math.degrees(math.asin(generator.uniform(-1, 1))),
            longitude_deg=generator.uniform(-180, 180),
            altitude_m=generator.uniform(0, 3000),
            minimum_elevation_deg=masks[number % len(masks)],
            antenna_gain_dbi=40.0,
            system_noise_temperature_k=200.0,
        )
        for number in range(count)
    ]


def looks(places, station):
    """Elevation and azimuth [deg] of places (N, 3) by definition."""
    latitude, longitude = math.radians(station.latitude_deg), math.radians(station.longitude_deg)
    up = np.array(
        [
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        ]
    )
    east = np.array([-math.sin(longitude), math.cos(longitude), 0.0])
    line = places - ecef_from_geodetic(latitude, longitude, station.altitude_m)
    sine = line @ up / np.linalg.norm(line, axis=1)
    azimuth = np.degrees(np.arctan2(line @ east, line @ np.cross(up, east)))
    return np.degrees(np.arcsin(sine)), azimuth


def compare(found, satellite, station, inside):
    """Samples a second apart are in passes where they should be, but for those within 0.1 s of an edge."""
    own = (found.satellite == satellite) & (found.station == station)
    rise, down = found.rise_s[own], found.set_s[own]
    times = np.arange(float(len(inside)))
    within = np.searchsorted(rise, times, side="right") - np.searchsorted(down, times, side="left")
    wrong = times[(within > 0) != inside]
    edges = np.concatenate((rise, down, [np.inf]))
    assert (np.abs(wrong[:, None] - edges).min(axis=1) < 0.1).all()
    return int(inside[0]) + int((inside[1:] & ~inside[:-1]).sum())


@pytest.mark.parametrize("eccentricities", [(0.0001, 0.02), (0.2, 0.7)], ids=["low", "eccentric"])
def test_none_is_missed(eccentricities):
    # 20 random satellites and 10 stations, 200 cases, sampled every second
    generator = np.random.default_rng(31)
    lines, stations = random_lines(generator, 20, eccentricities), random_stations(generator, 10)
    found = bulk_passes(lines, stations, EPOCH, DAYS)
    fine = two_line_positions_m(lines, EPOCH, np.arange(0.0, DAYS * 86_400 + 0.5))
    total = 0
    for satellite in range(20):
        for number, station in enumerate(stations):
            elevation, _ = looks(fine[satellite], station)
            total += compare(found, satellite, number, elevation > station.minimum_elevation_deg)
    assert total > 200


def test_edges_and_culminations_on_the_path_itself():
    # SGP4 asked for 0.1 s before and after each rise, set and culmination
    generator = np.random.default_rng(32)
    lines, stations = random_lines(generator, 10), random_stations(generator, 5, (0.0, 5.0, 10.0))
    found = bulk_passes(lines, stations, EPOCH, 2.0)
    assert len(found) > 200
    for satellite, line in enumerate(lines):
        own = found.satellite == satellite
        times = np.stack((found.rise_s[own], found.set_s[own], found.culmination_s[own]))
        shifted = times + np.array([-0.1, 0.0, 0.1])[:, None, None]
        places = two_line_positions_m([line], EPOCH, shifted.ravel())[0].reshape(*shifted.shape, 3)
        for place, number in zip(np.moveaxis(places, 2, 0), np.flatnonzero(own), strict=True):
            station = stations[found.station[number]]
            elevation = looks(place.reshape(9, 3), station)[0].reshape(3, 3)
            mask = station.minimum_elevation_deg
            assert elevation[0, 0] < mask < elevation[2, 0] or not found.begins[number]
            assert elevation[0, 1] > mask > elevation[2, 1] or not found.ends[number]
            assert found.max_elevation_deg[number] == pytest.approx(elevation[1, 2], abs=1e-4)
            inner = found.begins[number] and found.ends[number]
            assert elevation[1, 2] > max(elevation[0, 2], elevation[2, 2]) - 1e-6 or not inner


def test_grazing_passes():
    # masks a hair below and above each pass's culmination: there, then gone
    generator = np.random.default_rng(33)
    (line,), (station,) = random_lines(generator, 1), random_stations(generator, 1)
    found = bulk_passes([line], [station], EPOCH, 3.0)
    whole = found.begins & found.ends
    assert whole.sum() > 5
    for when, highest in zip(found.culmination_s[whole], found.max_elevation_deg[whole], strict=True):
        low, high = (station.model_copy(update={"minimum_elevation_deg": highest + d}) for d in (-1e-4, 1e-4))
        grazing = bulk_passes([line], [low], EPOCH, 3.0)
        own = np.abs(grazing.culmination_s - when) < 5
        assert own.sum() == 1
        assert 0 < (grazing.set_s - grazing.rise_s)[own][0] < 20
        gone = bulk_passes([line], [high], EPOCH, 3.0)
        assert not (np.abs(gone.culmination_s - when) < 5).any()


def with_skyline(station, elevations_deg):
    """The station behind a skyline of even azimuths from north."""
    points = [
        {"azimuth_deg": 360.0 * k / len(elevations_deg), "elevation_deg": float(height)}
        for k, height in enumerate(elevations_deg)
    ]
    return Station.model_validate(station.model_dump() | {"horizon_mask": points})


def test_skylines_split_passes():
    generator = np.random.default_rng(34)
    lines, stations = random_lines(generator, 8), random_stations(generator, 4, (5.0,))
    stations = [*(with_skyline(one, generator.uniform(0, 25, 36)) for one in stations[:3]), stations[3]]
    found = bulk_passes(lines, stations, EPOCH, DAYS)
    fine = two_line_positions_m(lines, EPOCH, np.arange(0.0, DAYS * 86_400 + 0.5))
    total = 0
    for satellite in range(8):
        for number, station in enumerate(stations):
            elevation, azimuths = looks(fine[satellite], station)
            mask = np.full(len(elevation), 5.0)
            if number < 3:
                mask = np.maximum(mask, Horizon.of(station).mask_deg(azimuths))
            total += compare(found, satellite, number, elevation > mask)
            own = (found.satellite == satellite) & (found.station == number)
            for rise, down, highest in zip(
                found.rise_s[own], found.set_s[own], found.max_elevation_deg[own], strict=True
            ):
                inside = elevation[math.ceil(rise) : math.floor(down) + 1]
                if len(inside) > 20:
                    assert highest == pytest.approx(inside.max(), abs=0.2)
    assert total > 60


def test_a_geostationary_satellite_is_one_pass():
    one = Satrec()
    one.sgp4init(WGS72, "i", 1, 28125.0, 0.0, 0.0, 0.0, 1e-5, 0.0, 1e-4, 0.0, 2 * math.pi / 1436.068, 1.0)
    one.classification, one.intldesg, one.elnum, one.revnum = "U", "26001A", 1, 1
    places = [(0.0, longitude) for longitude in range(-180, 180, 30)]
    stations = [
        random_stations(np.random.default_rng(1), 1)[0].model_copy(
            update={
                "name": f"{b}",
                "latitude_deg": a,
                "longitude_deg": float(b),
                "minimum_elevation_deg": 5.0,
            }
        )
        for a, b in places
    ]
    found = bulk_passes([export_tle(one)], stations, EPOCH, 2.0)
    assert 4 <= len(found) <= 6
    assert not found.begins.any()
    assert (found.set_s == 2 * 86_400.0).all()
    assert np.isfinite(found.max_elevation_deg).all()


def test_no_satellites_no_stations():
    (line,) = random_lines(np.random.default_rng(1), 1)
    assert len(bulk_passes([line], [], EPOCH, 1.0)) == 0
