import math

import numpy as np
import pytest

from cosmodrome.operations.target_access import GroundTarget, target_accesses
from cosmodrome.orbit.coverage import SensorLimits
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.frames import ecef_from_geodetic, itrf_from_gcrf, rotate
from cosmodrome.physics.interpolation import hermite_position_m
from cosmodrome.physics.sun import sun_direction_and_distance_m

DAYS = 1.0


def random_targets(generator, count):
    return [
        GroundTarget(
            f"target {number}",
            math.degrees(math.asin(generator.uniform(-1, 1))),
            generator.uniform(-180, 180),
            generator.uniform(0, 4000),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def seconds(two_days):
    """Satellite and Sun, Earth-fixed, each second of a day."""
    times = np.arange(0.0, DAYS * 86_400)
    place = hermite_position_m(
        two_days.elapsed_s, two_days.position_itrf_m, two_days.velocity_itrf_m_s, times
    )
    matrix = itrf_from_gcrf(two_days.epoch, times, read_earth_orientation())
    return times, place, rotate(matrix, sun_direction_and_distance_m(two_days.epoch, times)[0])


def by_definition(seconds, target):
    """Off-nadir angle, elevation, Sun's elevation and phase, all in degrees, and the range in m."""
    _, place, sun = seconds
    latitude, longitude = math.radians(target.latitude_deg), math.radians(target.longitude_deg)
    up = np.array(
        [
            math.cos(latitude) * math.cos(longitude),
            math.cos(latitude) * math.sin(longitude),
            math.sin(latitude),
        ]
    )
    line = place - ecef_from_geodetic(latitude, longitude, target.altitude_m)
    distance = np.linalg.norm(line, axis=1)
    toward = line / distance[:, None]
    nadir = np.sum(toward * place, axis=1) / np.linalg.norm(place, axis=1)
    return (
        np.degrees(np.arccos(nadir)),
        np.degrees(np.arcsin(toward @ up)),
        np.degrees(np.arcsin(sun @ up)),
        np.degrees(np.arccos(np.sum(toward * sun, axis=1))),
        distance,
    )


@pytest.mark.parametrize(
    ("limits", "phase"),
    [
        (SensorLimits(30.0), None),
        (SensorLimits(None, 10.0), None),
        (SensorLimits(50.0, 35.0), None),
        (SensorLimits(40.0, 0.0, 15.0), None),
        (SensorLimits(60.0, 5.0), 60.0),
        (SensorLimits(60.0, 5.0, -6.0), 120.0),
    ],
    ids=["cone", "elevation", "both", "sunlit", "phase", "all"],
)
def test_none_is_missed(two_days, seconds, limits, phase):
    # 60 random targets, each second of a day by definition: in an access where it should be, but for 0.1 s
    targets = random_targets(np.random.default_rng(51), 60)
    found = list(target_accesses(two_days, targets, limits, phase))
    times, total = seconds[0], 0
    for target in targets:
        off_nadir, elevation, sun, angle, _ = by_definition(seconds, target)
        inside = elevation > limits.minimum_elevation_deg
        if limits.half_cone_deg is not None:
            inside &= off_nadir < limits.half_cone_deg
        if limits.minimum_sun_elevation_deg is not None:
            inside &= sun > limits.minimum_sun_elevation_deg
        if phase is not None:
            inside &= angle < phase
        own = [one for one in found if one.target == target.name]
        start = np.array([(one.start - two_days.epoch).total_seconds() for one in own])
        end = np.array([(one.end - two_days.epoch).total_seconds() for one in own])
        within = np.searchsorted(start, times) - np.searchsorted(end, times)
        wrong = times[(within > 0) != inside]
        edges = np.concatenate((start, end, [np.inf]))
        assert (np.abs(wrong[:, None] - edges).min(axis=1) < 0.1).all()
        total += int((inside[1:] & ~inside[:-1]).sum())
    assert total > 20


def test_the_best_instant_is_the_one_nearest_the_nadir(two_days, seconds):
    targets = random_targets(np.random.default_rng(52), 20)
    found = target_accesses(two_days, targets, SensorLimits(60.0, 5.0, 0.0))
    by_name = {target.name: by_definition(seconds, target) for target in targets}
    checked = 0
    for one in found:
        first = math.ceil((one.start - two_days.epoch).total_seconds())
        last = math.floor((one.end - two_days.epoch).total_seconds()) + 1
        if last > len(seconds[0]) or last - first < 5:
            continue
        off_nadir, elevation, sun, phase, distance = (column[first:last] for column in by_name[one.target])
        least = off_nadir.argmin()
        when = (one.best - two_days.epoch).total_seconds()
        assert abs(when - (first + least)) < 1.5 or one.off_nadir_deg < 0.5
        # half a second at 0.9 deg a second, the fastest that a target moves by under a satellite at 550 km
        assert off_nadir[least] - 0.45 < one.off_nadir_deg < off_nadir[least] + 1e-6 + 0.45
        assert one.elevation_deg == pytest.approx(elevation[least], abs=0.5)
        assert one.sun_elevation_deg == pytest.approx(sun[least], abs=0.01)
        assert one.phase_deg == pytest.approx(phase[least], abs=1.2)
        assert one.range_km * 1e3 == pytest.approx(distance[least], rel=0.003)
        assert one.start <= one.best <= one.end
        assert one.duration_s > 0
        checked += 1
    assert checked > 20


def test_below_the_satellite(two_days):
    # the target under the first sample: the access begins with the ephemeris, straight down
    x, y, z = two_days.position_itrf_m[0]
    below = GroundTarget(
        "below", math.degrees(math.asin(z / np.linalg.norm((x, y, z)))), math.degrees(math.atan2(y, x))
    )
    first = target_accesses(two_days, [below], SensorLimits(20.0))[0]
    assert first.start == first.best == two_days.epoch
    assert first.off_nadir_deg < 0.1
    assert first.range_km == pytest.approx(550.0, abs=1.0)
    assert repr(first).startswith("<TargetAccess below 2027-03-01T00:00:00+00:00")


def test_in_time_order_and_named(two_days):
    targets = random_targets(np.random.default_rng(53), 10)
    found = target_accesses(two_days, targets, SensorLimits(45.0))
    assert list(found) == sorted(found, key=lambda one: one.start)
    assert {one.target for one in found} <= {target.name for target in targets}
    assert target_accesses(two_days, [], SensorLimits(45.0)) == ()


def test_light_that_is_never_there(two_days):
    targets = random_targets(np.random.default_rng(54), 5)
    assert target_accesses(two_days, targets, SensorLimits(45.0, 0.0, 89.9)) == ()


def test_what_is_no_target():
    with pytest.raises(ValueError, match="target a: a latitude of 128 deg; expected -90 to 90"):
        GroundTarget("a", 128.0, 51.0)
    with pytest.raises(ValueError, match="target b: a longitude of -200 deg; expected -180 to 360"):
        GroundTarget("b", 51.0, -200.0)


def test_what_is_no_phase(two_days):
    with pytest.raises(ValueError, match="a phase angle of 0 deg; expected above 0 and up to 180"):
        target_accesses(two_days, [], SensorLimits(45.0), 0.0)
