from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.constants import EARTH_GM_M3_S2
from cosmodrome.orbit.ephemeris import Ephemeris, no_breaks
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.ground_track import ground_track
from cosmodrome.orbit.maneuvers import ImpulsiveBurn
from cosmodrome.orbit.nodes import apsis_passages, node_crossings
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.elements import KeplerianElements, nodal_period_s, orbital_period_s

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)


def ellipse(axis_m, eccentricity, times, inclination=1.0):
    """A Kepler orbit from its perigee, which lies at the node on the x-axis."""
    motion = np.sqrt(EARTH_GM_M3_S2 / axis_m**3)
    anomaly = motion * times
    for _ in range(60):
        anomaly = motion * times + eccentricity * np.sin(anomaly)
    pace = motion / (1 - eccentricity * np.cos(anomaly))
    minor = axis_m * np.sqrt(1 - eccentricity**2)
    place = axis_m * (np.cos(anomaly) - eccentricity), minor * np.sin(anomaly)
    speed = -axis_m * np.sin(anomaly) * pace, minor * np.cos(anomaly) * pace

    def tilted(along, ahead):
        return np.column_stack((along, ahead * np.cos(inclination), ahead * np.sin(inclination)))

    position, velocity = tilted(*place), tilted(*speed)
    return Ephemeris(
        epoch=EPOCH,
        elapsed_s=times,
        position_m=position,
        velocity_m_s=velocity,
        position_itrf_m=position,
        velocity_itrf_m_s=velocity,
        sun_direction=position,
        sun_distance_m=times,
        forces=Forces(),
        earth_orientation_until=EPOCH.date(),
        space_weather_until=EPOCH.date(),
        notes=(),
        mass_kg=times,
        breaks=no_breaks(),
    )


def seconds(events):
    return np.array([(one.time - EPOCH).total_seconds() for one in events])


@pytest.mark.parametrize("step_s", [30.0, 60.0])
def test_apsides_of_an_ellipse(step_s):
    axis, eccentricity = 7.2e6, 0.03
    found = apsis_passages(ellipse(axis, eccentricity, np.arange(100.0, 30_000.0, step_s)))
    half = orbital_period_s(axis) / 2
    assert seconds(found) == pytest.approx(half * np.arange(1, len(found) + 1), abs=2e-3)
    assert [one.kind for one in found] == (["apogee", "perigee"] * len(found))[: len(found)]
    high, low = axis * (1 + eccentricity) / 1e3, axis * (1 - eccentricity) / 1e3
    assert [one.radius_km for one in found[:2]] == pytest.approx([high, low], abs=1e-5)
    # both lie over the equator, where the ellipsoid has its largest radius
    assert [one.altitude_km for one in found[:2]] == pytest.approx(
        [high - 6378.137, low - 6378.137], abs=1e-3
    )


def test_nodes_of_an_ellipse_lie_where_it_crosses_the_equator():
    # apsides on the line of nodes: crossings half a period apart, at longitudes 0 and 180 of this frame
    axis = 7.2e6
    found = node_crossings(ellipse(axis, 0.03, np.arange(100.0, 30_000.0, 30.0)))
    half = orbital_period_s(axis) / 2
    assert seconds(found) == pytest.approx(half * np.arange(1, len(found) + 1), abs=2e-3)
    assert [one.ascending for one in found] == ([False, True] * len(found))[: len(found)]
    assert abs(found[0].longitude_deg) == pytest.approx(180.0, abs=1e-6)
    assert found[1].longitude_deg == pytest.approx(0.0, abs=1e-6)


def test_the_local_time_is_that_of_the_clock_at_the_longitude():
    # mean solar time: UT1 plus 4 minutes a degree; UT1-UTC is 0.1 s or less in 2027
    for one in node_crossings(ellipse(7.2e6, 0.0, np.arange(100.0, 30_000.0, 30.0))):
        clock = (one.time - EPOCH).total_seconds() / 3600 + one.longitude_deg / 15
        assert abs((one.local_time_h - clock + 12) % 24 - 12) * 3600 < 0.5


def test_crossings_of_a_full_propagation(two_days):
    crossings = node_crossings(two_days)
    times = seconds([one for one in crossings if one.ascending])
    radius, speed = (np.linalg.norm(part, axis=1) for part in (two_days.position_m, two_days.velocity_m_s))
    axis = float(np.mean(1 / (2 / radius - speed**2 / EARTH_GM_M3_S2)))
    # 0.3 s: J4 and J2 squared, which the period leaves out, are 5e-5 of it
    assert np.diff(times) == pytest.approx(nodal_period_s(axis, 0.0, np.radians(97.6)), abs=0.3)
    track = ground_track(two_days)
    for one in crossings:
        place = int((one.time - two_days.epoch).total_seconds() // 30.0)
        before, after = track.latitude_deg[place : place + 2]
        assert (before < 0 <= after) if one.ascending else (after < 0 <= before)
    # the node of this orbit at right ascension 340 deg on 1 March, the mean Sun at 339: 12.1 h
    ascending = [one.local_time_h for one in crossings if one.ascending]
    assert ascending == pytest.approx([12.1] * len(ascending), abs=0.1)


def test_altitudes_of_apsides_bound_the_path(two_days):
    radius = np.linalg.norm(two_days.position_m, axis=1) / 1e3
    found = apsis_passages(two_days)
    low = [one.radius_km for one in found if one.kind == "perigee"]
    high = [one.radius_km for one in found if one.kind == "apogee"]
    assert min(low) <= radius.min() < min(low) + 0.01
    assert max(high) >= radius.max() > max(high) - 0.01
    assert all(one.time < two_days.epoch + timedelta(days=2) for one in found)


def test_an_orbit_in_the_equator_has_no_nodes():
    assert node_crossings(ellipse(7.2e6, 0.0, np.arange(0.0, 9000.0, 30.0), inclination=0.0)) == ()


def test_a_path_that_only_rises_has_no_apsides():
    assert apsis_passages(ellipse(7.2e6, 0.1, np.arange(100.0, 1000.0, 30.0))) == ()


def test_an_impulse_moves_the_apsides():
    # prograde at perigee: the old orbit's apogee before, the new one's, which is higher and later, after
    start = KeplerianElements(7.0e6, 0.01, 1.0, 0.0, 0.0, 3.0)
    first = orbital_period_s(7.0e6) * 0.52
    push = ImpulsiveBurn(EPOCH + timedelta(seconds=first), (0.0, 50.0, 0.0))
    found = apsis_passages(propagate(start, EPOCH, 0.2, burns=[push]))
    kinds = [one.kind for one in found]
    assert kinds == (["apogee", "perigee"] * len(found))[: len(found)]
    high = [one.radius_km for one in found if one.kind == "apogee"]
    # da = 2 a dv / v for the apogee over a push at perigee, twice of it: 4 a dv / v = 186 km
    assert high[1] - high[0] == pytest.approx(186, abs=12)


def test_one_line_each(two_days):
    assert repr(node_crossings(two_days)[0]).startswith("<NodeCrossing ")
    assert repr(apsis_passages(two_days)[0]).startswith("<ApsisPassage ")
