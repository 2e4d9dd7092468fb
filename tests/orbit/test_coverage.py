import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_FLATTENING
from cosmodrome.orbit.constellation import constellation_positions_m, padded_times_s, walker_delta
from cosmodrome.orbit.coverage import (
    SensorLimits,
    accesses,
    constellation_accesses,
    coverage,
    sunlit_intervals,
)
from cosmodrome.orbit.ground_grid import GroundGrid, fibonacci_grid
from cosmodrome.physics.arcs import arcs_through
from cosmodrome.physics.elements import KeplerianElements, nodal_period_s
from cosmodrome.physics.visibility import GroundPoints, footprint_angle_rad, near_pieces, reach_cosine_ratio

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
HOURS = 6


def random_orbits(generator, count):
    """Circular and eccentric low orbits, one transfer-like."""
    found = []
    for number in range(count):
        perigee_m = EARTH_EQUATORIAL_RADIUS_M + generator.uniform(300e3, 1500e3)
        e = (0.0, generator.uniform(0, 0.1), generator.uniform(0.3, 0.7))[number % 8 // 3]
        angles = generator.uniform(0, 2 * math.pi, 3)
        found.append(KeplerianElements(perigee_m / (1 - e), e, math.acos(generator.uniform(-1, 1)), *angles))
    return found


def random_points(generator, count):
    latitude = np.degrees(np.arcsin(generator.uniform(-1, 1, count)))
    return GroundPoints.of(latitude, generator.uniform(-180, 180, count), generator.uniform(0, 3000, count))


def seen_at(places, points, limits):
    """Whether each of the places (N, 3) is seen, by definition, shape (P, N)."""
    found = []
    for ground, up in zip(points.position_m, points.up_direction, strict=True):
        line = places - ground
        distance = np.linalg.norm(line, axis=1)
        inside = line @ up / distance > math.sin(math.radians(limits.minimum_elevation_deg))
        if limits.half_cone_deg is not None:
            cosine = np.sum(line * places, axis=1) / distance / np.linalg.norm(places, axis=1)
            inside &= cosine > math.cos(math.radians(limits.half_cone_deg))
        found.append(inside)
    return np.array(found)


@pytest.mark.parametrize(
    "limits",
    [SensorLimits(), SensorLimits(minimum_elevation_deg=40.0), SensorLimits(55.0), SensorLimits(12.0, 3.0)],
    ids=["horizon", "high mask", "wide cone", "narrow cone"],
)
def test_none_is_missed(limits):
    # 20 random satellites, 10 points, sampled every second: 200 cases for each of four sensors
    generator = np.random.default_rng(11)
    orbits, points = random_orbits(generator, 20), random_points(generator, 10)
    times = np.arange(0.0, HOURS * 3600.0 + 0.5)
    places = constellation_positions_m(orbits, EPOCH, times)
    found = constellation_accesses(orbits, points, limits, EPOCH, HOURS / 24)
    total = 0
    for satellite in range(20):
        inside = seen_at(places[satellite], points, limits)
        for point in range(10):
            own = (found.satellite == satellite) & (found.point == point)
            start, end = found.start_s[own], found.end_s[own]
            within = np.searchsorted(start, times, side="right") - np.searchsorted(end, times, side="left")
            wrong, limit = times[(within > 0) != inside[point]], np.concatenate((start, end, [np.inf]))
            assert (np.abs(wrong[:, None] - limit).min(axis=1) < 1.0).all()
            total += len(start)
    assert total > 20


def test_reach_is_a_bound():
    generator = np.random.default_rng(12)
    orbits, points = random_orbits(generator, 24), random_points(generator, 200)
    step = 120.0
    times = padded_times_s(7200.0, step)
    arcs = arcs_through(constellation_positions_m(orbits, EPOCH, times), step)
    limits = SensorLimits(50.0, 2.0)
    cosines = reach_cosine_ratio(arcs, math.radians(50.0), math.radians(2.0))
    middles = arcs.at(0.5)
    ground = points.position_m / np.linalg.norm(points.position_m, axis=1)[:, None]
    for body in range(24):
        middle = middles[:, body] / np.linalg.norm(middles[:, body], axis=0)
        kept = near_pieces(middle, ground, cosines[body])
        named = np.zeros(200 * arcs.pieces_count, dtype=bool)
        named[kept] = True
        for share in np.linspace(0, 1, 9):
            seen = seen_at(arcs.at(share)[:, body].T, points, limits)
            assert not (seen & ~named.reshape(200, -1)).any()


def test_the_pole_under_a_polar_satellite():
    # once a revolution for twice the footprint's angle; by the law of sines, with the polar radius
    radius, pole_m = EARTH_EQUATORIAL_RADIUS_M + 600e3, EARTH_EQUATORIAL_RADIUS_M * (1 - EARTH_FLATTENING)
    cone = math.radians(55.0)
    reach = math.asin(radius / pole_m * math.sin(cone)) - cone
    period = nodal_period_s(radius, 0.0, math.pi / 2)
    fleet = walker_delta(1, 1, 0, 600, 90)
    pole = GroundGrid(np.array([90.0]), np.array([0.0]))
    found = coverage(fleet, pole, SensorLimits(55.0), EPOCH, 2.0).revisit
    assert found.mean_revisit_s[0] == pytest.approx(period * (1 - reach / math.pi), abs=0.05)
    assert found.percentile_revisit_s[:, 0] == pytest.approx(found.mean_revisit_s[0], abs=0.2)
    assert found.accesses_count[0] == round(2 * 86_400 / period)
    times = constellation_accesses(
        fleet, GroundPoints.of([90.0], [0.0], [0.0]), SensorLimits(55.0), EPOCH, 1.0
    )
    assert (times.end_s - times.start_s) == pytest.approx(period * reach / math.pi, abs=0.2)


def test_access_fraction_of_the_whole_earth_is_the_footprints():
    # one satellite: the mean over the Earth of the time seen is the footprint's share of the surface, which
    # is larger over the flattened poles, where the same cone reaches further
    found = coverage(walker_delta(1, 1, 0, 600, 63), fibonacci_grid(2000), SensorLimits(55.0), EPOCH, 1.0)
    sine = np.sin(math.radians(63)) * np.sin(np.linspace(0, 2 * math.pi, 361)[:-1])
    height_m = 600e3 + EARTH_EQUATORIAL_RADIUS_M * EARTH_FLATTENING * sine**2
    scaled = EARTH_EQUATORIAL_RADIUS_M * (1 + height_m / (EARTH_EQUATORIAL_RADIUS_M + 600e3 - height_m))
    reach = footprint_angle_rad(scaled, math.radians(55.0), 0.0)
    share = ((1 - np.cos(reach)) / 2).mean()
    assert found.revisit.access_fraction.mean() == pytest.approx(share, rel=0.005)


def test_sunlight_cuts_accesses():
    points = GroundPoints.of([10.0, 60.0], [20.0, -100.0], [0.0, 0.0])
    fleet = walker_delta(4, 2, 1, 700, 80)
    everything = constellation_accesses(fleet, points, SensorLimits(50.0), EPOCH, 2.0)
    lit = constellation_accesses(fleet, points, SensorLimits(50.0, 0.0, 10.0), EPOCH, 2.0)
    light = sunlit_intervals(points, 10.0, EPOCH, 2 * 86_400.0)
    expected = []
    for satellite, point, start, end in zip(
        everything.satellite, everything.point, everything.start_s, everything.end_s, strict=True
    ):
        for rise, down in zip(
            light.start_s[light.channel == point], light.end_s[light.channel == point], strict=True
        ):
            if min(end, down) > max(start, rise):
                expected.append((satellite, point, max(start, rise), min(end, down)))
    own = list(zip(lit.satellite, lit.point, lit.start_s, lit.end_s, strict=True))
    assert own == expected
    assert 0 < len(lit) < len(everything)


def test_the_sun_stands_where_the_almanac_says():
    # Greenwich, 2027-03-20: sunrise 06:03, sunset 18:13 with -50 arcmin (solar almanac formulas, to a minute)
    light = sunlit_intervals(
        GroundPoints.of([51.4769], [0.0], [0.0]), -0.833, datetime(2027, 3, 20, tzinfo=UTC), 86_400.0
    )
    assert light.start_s[0] / 60 == pytest.approx(6 * 60 + 3, abs=1.5)
    assert light.end_s[0] / 60 == pytest.approx(18 * 60 + 13, abs=1.5)


def test_points_of_the_grid_stand_for_equal_areas():
    # areas of the ellipsoid between parallels: authalic sines, Snyder (1987), equation 3-12
    latitude = np.radians(fibonacci_grid(20_000).latitude_deg)
    e = math.sqrt(EARTH_FLATTENING * (2 - EARTH_FLATTENING))

    def area(phi):
        x = e * np.sin(phi)
        return (1 - e * e) * (np.sin(phi) / (1 - x * x) + np.arctanh(x) / e)

    for edge in np.radians((-60, -20, 0, 30, 45, 80)):
        assert (latitude < edge).mean() == pytest.approx((area(edge) / area(math.pi / 2) + 1) / 2, abs=1e-4)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.0,), "above 0 and up to 90"),
        ((91.0,), "it is 91"),
        ((None, 90.0), "below 90"),
        ((None, -1.0), "it is -1"),
    ],
)
def test_limits_that_no_sensor_has(arguments, message):
    with pytest.raises(ValueError, match=message):
        SensorLimits(*arguments)


def test_a_grid_has_points_and_a_span_lasts():
    with pytest.raises(ValueError, match="at least one point"):
        fibonacci_grid(0)
    with pytest.raises(ValueError, match="duration must be positive"):
        coverage(walker_delta(1, 1, 0, 600, 90), fibonacci_grid(3), SensorLimits(), EPOCH, 0.0)


def test_a_constant_view_lasts_the_span():
    arcs = arcs_through(np.full((1, 20, 3), [42e6, 0.0, 0.0]), 100.0)
    found = accesses(arcs, GroundPoints.of([0.0, 89.0], [0.0, 0.0], [0.0, 0.0]), SensorLimits(), EPOCH)
    assert (found.point.tolist(), found.start_s.tolist(), found.end_s.tolist()) == ([0], [0.0], [1100.0])
