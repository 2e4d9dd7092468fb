"""No event is missing: 200 random orbits, looked at every second, grazing passes and eclipses among them.

Paths are the J2 arcs of `constellation_positions_m`, the same for the search (samples 30 s apart) and for the
look at every second; so what is judged is the search alone. Definitions are written anew here.
"""

from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest

from cosmodrome.constants import ASTRONOMICAL_UNIT_M, EARTH_EQUATORIAL_RADIUS_M, SUN_RADIUS_M
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import EarthFixedTrack, passes_from_itrf
from cosmodrome.orbit.constellation import constellation_positions_m
from cosmodrome.orbit.eclipses import eclipses
from cosmodrome.orbit.nodes import node_crossings
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import KeplerianElements
from cosmodrome.physics.frames import itrf_from_gcrf
from cosmodrome.physics.visibility import GroundPoints

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)
CASES, SPAN_S, STEP_S = 200, 3 * 3600.0, 30.0
EDGE_S = 0.06  # an edge is promised to 0.02 s; a sample nearer to one than this may lie on either side


def sampled(satellites, elapsed_s, matrix):
    """Positions and velocities, Earth-fixed and inertial, (B, N, 3) each; velocities by differences."""
    shift = 0.25
    fixed = constellation_positions_m(satellites, EPOCH, elapsed_s)
    around = [constellation_positions_m(satellites, EPOCH, elapsed_s + sign * shift) for sign in (-1, 1)]
    turning = [turned(place, matrix[sign]) for sign, place in zip((-1, 1), around, strict=True)]
    return (
        fixed,
        (around[1] - around[0]) / (2 * shift),
        turned(fixed, matrix[0]),
        (turning[1] - turning[0]) / (2 * shift),
    )


def turned(fixed, matrix):
    return np.einsum("nij,bni->bnj", matrix, fixed)


@pytest.fixture(scope="module")
def cases():
    random = np.random.default_rng(20270301)
    axis = EARTH_EQUATORIAL_RADIUS_M + random.uniform(350e3, 1500e3, CASES)
    eccentricity = random.uniform(0.0, 0.04, CASES) * (axis > 7.1e6)
    angles = random.uniform(0.0, 2 * np.pi, (CASES, 3))
    inclination = np.arccos(random.uniform(-0.9, 0.9, CASES))
    satellites = [
        KeplerianElements(*numbers)
        for numbers in zip(axis, eccentricity, inclination, *angles.T, strict=True)
    ]
    coarse, fine = np.arange(0.0, SPAN_S + 1, STEP_S), np.arange(0.0, SPAN_S + 1)
    table = read_earth_orientation()
    matrix = {sign: itrf_from_gcrf(EPOCH, coarse + 0.25 * sign, table) for sign in (-1, 0, 1)}
    states = sampled(satellites, coarse, matrix)
    finely = itrf_from_gcrf(EPOCH, fine, table)
    return SimpleNamespace(
        satellites=satellites, coarse=coarse, fine=fine, states=states, matrix=finely, random=random
    )


def watched(cases):
    """Number, samples as the search sees them, and Earth-fixed and inertial positions at every second."""
    for first in range(0, CASES, 20):
        fixed = constellation_positions_m(cases.satellites[first : first + 20], EPOCH, cases.fine)
        inertial = turned(fixed, cases.matrix)
        for offset in range(20):
            number = first + offset
            yield number, [part[number] for part in cases.states], fixed[offset], inertial[offset]


def assert_complete(intervals, true, fine):
    """Sorted, paired, and at every second on the side where the look at it is."""
    edges = np.array(intervals, dtype=float).reshape(-1)
    assert np.all(np.diff(edges) > 0)
    inside = np.searchsorted(edges, fine, side="right") % 2 == 1
    wrong = fine[inside != true]
    near = np.abs(wrong[:, None] - edges).min(axis=1) if len(edges) else np.full(len(wrong), np.inf)
    assert np.all(near < EDGE_S)


def test_node_crossings_are_complete(cases):
    found = 0
    for _, (fixed, velocity, *_), true, _ in watched(cases):
        crossings = node_crossings(
            SimpleNamespace(
                epoch=EPOCH, elapsed_s=cases.coarse, position_itrf_m=fixed, velocity_itrf_m_s=velocity
            )
        )
        edges = [(one.time - EPOCH).total_seconds() for one in crossings]
        north = true[:, 2] > 0
        assert [one.ascending for one in crossings] == [
            bool(north[0]) == (place % 2 == 1) for place in range(len(crossings))
        ]
        opened = [0.0, *edges] if north[0] else edges
        assert_complete(opened, north, cases.fine)
        found += len(edges)
    assert found > 600


def test_eclipses_are_complete(cases):
    counts, grazing = {"penumbra": 0, "umbra": 0}, 0
    for number, (_, _, place, velocity), _, true in watched(cases):
        sun = sun_at(cases, number, true)
        path = SimpleNamespace(
            epoch=EPOCH,
            elapsed_s=cases.coarse,
            position_m=place,
            velocity_m_s=velocity,
            sun_direction=np.tile(sun, (len(cases.coarse), 1)),
            sun_distance_m=np.full(len(cases.coarse), ASTRONOMICAL_UNIT_M),
        )
        passages = eclipses(path)
        for kind, sign in (("penumbra", 1.0), ("umbra", -1.0)):
            found = [
                ((one.start - EPOCH).total_seconds(), (one.end - EPOCH).total_seconds())
                for one in passages
                if one.kind == kind
            ]
            assert_complete(found, margin(true, sun, sign) > 0, cases.fine)
            counts[kind] += len(found)
            grazing += sum(end - start < 30 for start, end in found if start > 0 and end < SPAN_S)
    assert min(counts.values()) > 150
    assert grazing > 40


def sun_at(cases, number, place):
    """The Sun anywhere; for every other orbit where the edge of a shadow just touches the path."""
    normal = np.cross(cases.states[2][number, 0], cases.states[3][number, 0])
    normal /= np.linalg.norm(normal)
    across = np.cross(normal, cases.random.normal(size=3))
    across /= np.linalg.norm(across)

    def sun(beta):
        return np.sin(beta) * normal + np.cos(beta) * across

    if number % 2 == 0:
        return sun(np.arcsin(cases.random.uniform(-1, 1)))
    sign, low, high = cases.random.choice((-1.0, 1.0)), 0.5, 1.5
    while high - low > 1e-9:
        beta = 0.5 * (low + high)
        low, high = (beta, high) if margin(place[::3], sun(beta), sign).max() > 0 else (low, beta)
    return sun(low - np.radians(10 ** cases.random.uniform(-4.0, -1.5)))


def margin(place, sun, sign):
    """Positive where part (sign 1) or all (sign -1) of the Sun's disc lies behind the Earth [rad]."""
    to_sun = sun * ASTRONOMICAL_UNIT_M - place
    radius, distance = np.linalg.norm(place, axis=1), np.linalg.norm(to_sun, axis=1)
    between = np.arccos(-np.sum(place * to_sun, axis=1) / radius / distance)
    earth, disc = np.arcsin(EARTH_EQUATORIAL_RADIUS_M / radius), np.arcsin(SUN_RADIUS_M / distance)
    return earth + sign * disc - between


def test_passes_are_complete(cases):
    found, grazing = 0, 0
    for number, (fixed, velocity, *_), true, _ in watched(cases):
        below = cases.random.choice(true)
        latitude = np.clip(np.degrees(np.arcsin(below[2] / np.linalg.norm(below))), -70, 70)
        latitude += cases.random.uniform(-15, 15)
        longitude = np.degrees(np.arctan2(below[1], below[0])) + cases.random.uniform(-15, 15)
        longitude = (longitude + 180) % 360 - 180
        ground = GroundPoints.of(np.array([latitude]), np.array([longitude]), 0.0)
        line = true - ground.position_m
        elevation = np.degrees(np.arcsin(line @ ground.up_direction[0] / np.linalg.norm(line, axis=1)))
        mask = cases.random.uniform(0, 20)
        crests = elevation[1:-1][(elevation[1:-1] >= elevation[:-2]) & (elevation[1:-1] > elevation[2:])]
        crests = crests[crests > 0.1]
        if number % 2 and len(crests):
            # a pass that ends some seconds after its begin
            mask = cases.random.choice(crests) - 10 ** cases.random.uniform(-4, -1)
        station = Station(
            name="here",
            latitude_deg=latitude,
            longitude_deg=longitude,
            altitude_m=0.0,
            minimum_elevation_deg=mask,
            antenna_gain_dbi=40.0,
            system_noise_temperature_k=200.0,
        )
        passes = passes_from_itrf(EarthFixedTrack(EPOCH, cases.coarse, fixed, velocity), (station,))
        edges = [((one.rise - EPOCH).total_seconds(), (one.set - EPOCH).total_seconds()) for one in passes]
        assert_complete(edges, elevation > mask, cases.fine)
        found += len(passes)
        grazing += sum(one.duration_s < 30 for one in passes)
    assert found > 200
    assert grazing > 30
