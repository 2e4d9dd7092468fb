import dataclasses
import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.constellation import constellation_positions_m, padded_times_s, walker_delta
from cosmodrome.orbit.crosslinks import crosslinks, ephemeris_crosslinks
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.arcs import arcs_through
from cosmodrome.physics.elements import KeplerianElements, mean_motion_rad_s

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)


def in_plane(radius_m, times):
    angle = mean_motion_rad_s(radius_m) * times
    return radius_m * np.stack((np.cos(angle), np.sin(angle), 0 * angle), axis=-1)


def test_two_circular_orbits_in_one_plane():
    # they see each other while the angle between them is under acos(g/r1) + acos(g/r2)
    low, high, grazing = 6.9e6, 8.0e6, EARTH_EQUATORIAL_RADIUS_M + 100e3
    step = 60.0
    times = padded_times_s(86_400.0, step)
    arcs = arcs_through(np.stack((in_plane(low, times), in_plane(high, times))), step)
    found = crosslinks(arcs, 100.0)
    rate = mean_motion_rad_s(low) - mean_motion_rad_s(high)
    half = (math.acos(grazing / low) + math.acos(grazing / high)) / rate
    meetings = 2 * math.pi / rate * np.arange(len(found))
    assert len(found) == math.floor((86_400 + half) * rate / (2 * math.pi)) + 1
    assert found.start_s[1:] == pytest.approx(meetings[1:] - half, abs=0.1)
    assert found.end_s[:-1] == pytest.approx(meetings[:-1] + half, abs=0.1)
    assert found.start_s[0] == 0.0


def test_none_is_missed():
    # 190 pairs of random satellites, sampled every second
    generator = np.random.default_rng(21)
    orbits = []
    for number in range(20):
        e = generator.uniform(0, 0.3) * (number % 2)
        perigee_m = EARTH_EQUATORIAL_RADIUS_M + generator.uniform(400e3, 1500e3)
        orbits.append(
            KeplerianElements(
                perigee_m / (1 - e), e, math.acos(generator.uniform(-1, 1)), *generator.uniform(0, 6.28, 3)
            )
        )
    step, grazing = 120.0, EARTH_EQUATORIAL_RADIUS_M + 80e3
    arcs = arcs_through(constellation_positions_m(orbits, EPOCH, padded_times_s(3 * 3600.0, step)), step)
    found = crosslinks(arcs, 80.0)
    fine = constellation_positions_m(orbits, EPOCH, np.arange(0.0, 3 * 3600 + 0.5))
    total = 0
    for i in range(20):
        for j in range(i + 1, 20):
            line = fine[j] - fine[i]
            share = np.clip(-np.sum(fine[i] * line, axis=1) / np.sum(line * line, axis=1), 0, 1)
            inside = np.linalg.norm(fine[i] + share[:, None] * line, axis=1) > grazing
            own = (found.first == i) & (found.second == j)
            start, end = found.start_s[own], found.end_s[own]
            times = np.arange(float(len(inside)))
            within = np.searchsorted(start, times, side="right") - np.searchsorted(end, times, side="left")
            wrong, limits = times[(within > 0) != inside], np.concatenate((start, end, [np.inf]))
            assert (np.abs(wrong[:, None] - limits).min(axis=1) < 0.1).all()
            total += len(start)
    assert total > 150


def test_neighbors_in_a_plane_always_see_each_other():
    step = 120.0
    positions = constellation_positions_m(
        walker_delta(12, 2, 1, 1200, 80), EPOCH, padded_times_s(7200.0, step)
    )
    found = crosslinks(arcs_through(positions, step), 0.0, [(0, 1), (0, 3)])
    # 60 deg apart: 1200 km x ... the line is 185 km up; 180 deg apart: through the Earth
    assert 7_578_137.0 * math.cos(math.radians(30)) - EARTH_EQUATORIAL_RADIUS_M == pytest.approx(
        184.7e3, abs=100
    )
    assert found.first.tolist() == [0]
    assert found.second.tolist() == [1]
    assert (found.start_s[0], found.end_s[0]) == (0.0, 7200.0)


def test_pairs_that_are_none():
    arcs = arcs_through(np.ones((2, 12, 3)), 1.0)
    for pair in ((0, 0), (0, 2), (-1, 0)):
        with pytest.raises(ValueError, match="two different satellites numbered from 0 to 1"):
            crosslinks(arcs, 100.0, [pair])


def test_of_two_ephemerides(two_days):
    ephemeris = two_days
    ahead = dataclasses.replace(
        ephemeris,
        elapsed_s=ephemeris.elapsed_s[:-40],
        position_m=ephemeris.position_m[40:],
        velocity_m_s=ephemeris.velocity_m_s[40:],
    )
    behind = dataclasses.replace(
        ephemeris,
        elapsed_s=ephemeris.elapsed_s[:-40],
        position_m=ephemeris.position_m[:-40],
        velocity_m_s=ephemeris.velocity_m_s[:-40],
    )
    found = ephemeris_crosslinks(behind, ahead, 0.0)
    line = 0.5 * np.linalg.norm(behind.position_m + ahead.position_m, axis=1)
    seen = line > EARTH_EQUATORIAL_RADIUS_M
    total = sum(end - start for start, end in zip(found.start_s, found.end_s, strict=True))
    step = float(ephemeris.elapsed_s[1])
    assert total == pytest.approx(seen.sum() * step, abs=step * (2 * len(found) + 1))
    with pytest.raises(ValueError, match="same epoch and the same sample times"):
        ephemeris_crosslinks(ephemeris, ahead)


@pytest.fixture(scope="module")
def two_orbits(forces, make_state):
    """Half a day of two satellites in different planes and at different heights."""
    starts = make_state(550.0, 97.6, 340.0), make_state(800.0, 60.0)
    return tuple(propagate(start, start.epoch, 0.5, forces, step_s=60.0) for start in starts)


def test_of_two_propagated_orbits(two_orbits):
    # each second between the samples: in sight where the straight line clears the sphere, but for 0.1 s
    first, second = two_orbits
    found = ephemeris_crosslinks(first, second, 80.0)
    times = np.arange(0.0, first.elapsed_s[-1])
    one, other = first.at(times)[0], second.at(times)[0]
    line = other - one
    share = np.clip(-np.sum(one * line, axis=1) / np.sum(line * line, axis=1), 0, 1)
    inside = np.linalg.norm(one + share[:, None] * line, axis=1) > EARTH_EQUATORIAL_RADIUS_M + 80e3
    within = np.searchsorted(found.start_s, times) - np.searchsorted(found.end_s, times)
    wrong, edges = times[(within > 0) != inside], np.concatenate((found.start_s, found.end_s))
    assert (np.abs(wrong[:, None] - edges).min(axis=1, initial=np.inf) < 0.1).all()
    assert len(found) > 2


@pytest.mark.parametrize("count", [2, 5])
def test_of_two_short_ephemerides(two_orbits, count):
    # fewer samples than the paths' own differences need
    begin = int(ephemeris_crosslinks(*two_orbits, 80.0).start_s[1] // 60)
    part = slice(begin, begin + count)
    short = [
        dataclasses.replace(
            one,
            elapsed_s=one.elapsed_s[part] - one.elapsed_s[begin],
            position_m=one.position_m[part],
            velocity_m_s=one.velocity_m_s[part],
        )
        for one in two_orbits
    ]
    found = ephemeris_crosslinks(*short, 80.0)
    assert len(found) == 1
    assert found.start_s[0] + 60 * begin == pytest.approx(
        ephemeris_crosslinks(*two_orbits, 80.0).start_s[1], abs=0.2
    )
    assert found.end_s[0] == 60 * (count - 1)
