"""Falls of dropped bodies: against the closed form, SciPy and terminal speed; statuses, spread, zones."""

import math
from dataclasses import replace

import numpy as np
import pytest
from pydantic import ValidationError
from scipy.integrate import solve_ivp

from cosmodrome.ascent.dynamics import earth, flow, spherical_earth, wind_profile
from cosmodrome.ascent.footprint import (
    DropZone,
    FallStatus,
    spent_stage_footprints,
    zone_findings,
)
from cosmodrome.ascent.result import JettisonedBody
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M as RADIUS
from cosmodrome.constants import EARTH_GM_M3_S2 as GM
from cosmodrome.constants import EARTH_ROTATION_RATE_RAD_S as RATE
from cosmodrome.physics.ballistics import ground_direction, north_and_east, turned_about_pole
from cosmodrome.physics.gravity import ellipsoid_height, gravity_acceleration

PAD = {"pad_latitude_deg": 51.9, "pad_longitude_deg": 128.3}
AIRLESS = spherical_earth(GM, RADIUS, RATE, 1e-30, 7200.0)


def body(altitude_km, speed_m_s, climb_deg, *, heading_deg=90.0, time_s=150.0, environment=None, **given):
    """A stage dropped above the pad, its speed relative to the ground."""
    environment = environment or earth()
    up = ground_direction(PAD["pad_latitude_deg"], PAD["pad_longitude_deg"], environment.flattening)
    north, east = north_and_east(up)
    climb, heading = math.radians(climb_deg), math.radians(heading_deg)
    level = math.cos(heading) * north + math.sin(heading) * east
    sea_level = RADIUS - ellipsoid_height(tuple(RADIUS * up), RADIUS, environment.flattening)
    place = (sea_level + 1e3 * altitude_km) * up
    velocity = speed_m_s * (math.sin(climb) * up + math.cos(climb) * level)
    rate = environment.rotation_rate_rad_s
    velocity = velocity + rate * np.array([-place[1], place[0], 0.0])
    values = {"name": "core", "count": 1, "mass_kg": 9000.0, "length_m": 25.0, "diameter_m": 2.9} | given
    turn = rate * time_s
    return JettisonedBody(
        time_s=time_s,
        position_m=turned_about_pole(place, turn),
        velocity_m_s=turned_about_pole(velocity, turn),
        **values,
    )


def footprint(dropped, environment=None, **keywords):
    (result,) = spent_stage_footprints([dropped], environment or earth(), **PAD, **keywords)
    return result


@pytest.mark.parametrize(("speed_m_s", "climb_deg"), [(300.0, 60.0), (1700.0, 35.0), (5500.0, 8.0)])
def test_without_air_it_is_the_closed_form(speed_m_s, climb_deg):
    """On a sphere to meters over a thousand kilometers, and with the energy kept."""
    dropped = body(60.0, speed_m_s, climb_deg, environment=AIRLESS)
    found = footprint(dropped, AIRLESS)
    assert found.downrange_km == pytest.approx(found.vacuum_downrange_km, abs=0.003)
    still = spherical_earth(GM, RADIUS, 0.0, 1e-30, 7200.0)
    dropped = body(60.0, speed_m_s, climb_deg, environment=still)
    energy = float(dropped.velocity_m_s @ dropped.velocity_m_s) / 2 - GM / (RADIUS + 60e3)
    expected = math.sqrt(2 * (energy + GM / RADIUS))
    assert footprint(dropped, still).impact_speed_m_s == pytest.approx(expected, abs=0.01)


def test_in_air_it_is_where_scipy_falls():
    environment = earth(wind_profile((0.0, 10.0, 20.0), (10.0, 40.0, 5.0), (0.0, -5.0, 0.0)))
    dropped = body(70.0, 2400.0, 20.0, heading_deg=40.0)
    found = footprint(dropped, environment)

    def motion(_t, y):
        around = flow(tuple(y[:3]), tuple(y[3:]), environment)
        pull = gravity_acceleration(tuple(y[:3]), GM, RADIUS, environment.j2)
        drag = around.air.density_kg_m3 * around.speed_m_s / (2 * found.drag.ballistic_kg_m2)
        return np.concatenate((y[3:], np.array(pull) - drag * np.array(around.relative_velocity_m_s)))

    def ground(_t, y):
        return ellipsoid_height(tuple(y[:3]), RADIUS, environment.flattening)

    ground.terminal = True
    start = np.concatenate((dropped.position_m, dropped.velocity_m_s))
    fall = solve_ivp(motion, (0, 1e4), start, "DOP853", events=ground, rtol=1e-9, atol=1e-4)
    time = fall.t_events[0][0]
    landed = turned_about_pole(fall.y_events[0][0][:3], -RATE * (dropped.time_s + time))
    here = ground_direction(found.latitude_deg, found.longitude_deg, environment.flattening)
    assert found.time_of_flight_s == pytest.approx(time, abs=0.02)
    assert np.linalg.norm(landed / np.linalg.norm(landed) - here) * RADIUS < 3.0


def test_light_bodies_arrive_at_terminal_speed():
    """v = sqrt(2 m g/(rho C_D A)); the air still thickens on the way, so the body is a little faster."""
    found = footprint(body(60.0, 500.0, 45.0))
    terminal = math.sqrt(2 * 9.81 * found.drag.ballistic_kg_m2 / 1.225)
    assert terminal < found.impact_speed_m_s < 1.02 * terminal


def test_drag_shortens_the_range():
    ranges = [footprint(body(60.0, 2000.0, 30.0), drag_coefficient=c).downrange_km for c in (1e-6, 0.5, 1, 2)]
    assert ranges == sorted(ranges, reverse=True)
    assert ranges[0] == pytest.approx(footprint(body(60.0, 2000.0, 30.0)).vacuum_downrange_km, rel=5e-3)


def test_wind_carries_the_body():
    windy = earth(wind_profile((0.0, 20.0), (30.0, 30.0), (0.0, 0.0)))
    still, carried = (footprint(body(40.0, 1000.0, 40.0), air) for air in (earth(), windy))
    part = next(p for p in still.contributors if p.name == "20 m/s of wind, along")
    assert carried.downrange_km - still.downrange_km == pytest.approx(1.5 * part.along_km, rel=0.2)


def test_a_body_without_dimensions_says_that_its_area_is_estimated():
    found = footprint(body(60.0, 2000.0, 30.0, length_m=None, diameter_m=None))
    assert found.drag.ballistic_kg_m2 == pytest.approx(140.0)
    assert found.drag.source.startswith("estimated from the mass")
    assert "cylinder of 25 m by 2.9 m" in footprint(body(60.0, 2000.0, 30.0)).drag.source


def test_the_ellipse_is_the_root_sum_square_of_what_contributes():
    found = footprint(body(60.0, 2000.0, 30.0, heading_deg=120.0))
    for axis in ("along_km", "across_km"):
        parts = [getattr(part, axis) for part in found.contributors]
        assert getattr(found, axis) == pytest.approx(math.hypot(*parts))
    named = {part.name: part for part in found.contributors}
    assert len(named) == 6
    drag = named["drag area, halved and doubled"]
    assert drag.along_km > 50 * drag.across_km
    side = named["1 % of the speed at the drop, across"]
    assert side.across_km == pytest.approx(0.01 * 1732 / 2000 * found.downrange_km / math.cos(0.52), rel=0.2)
    converged = (found.longitude_deg - 128.3) * math.sin(math.radians(51.0))  # meridians come together
    assert found.azimuth_deg == pytest.approx(120.0 + converged, abs=1.5)  # the Earth turns under the fall


def test_bodies_in_one_batch_fall_as_alone():
    bodies = [
        body(45.0, 1700.0, 34.0, name="booster", count=4),
        body(157.0, 3700.0, 6.0),
        body(80.0, 0.0, 0.0),
    ]
    together = spent_stage_footprints(bodies, earth(), **PAD)
    assert [(f.name, f.count) for f in together] == [("booster", 4), ("core", 1), ("core", 1)]
    for one, dropped in zip(together, bodies, strict=True):
        alone = footprint(dropped)
        assert (one.latitude_deg, one.longitude_deg) == pytest.approx(
            (alone.latitude_deg, alone.longitude_deg), abs=1e-9
        )
    assert together[2].downrange_km < 1.0  # let go at rest over the pad
    assert repr(together[0]).startswith("<Footprint booster: ")
    assert spent_stage_footprints([], earth(), **PAD) == ()


@pytest.mark.parametrize(
    ("speed_m_s", "status"),
    [(7500.0, FallStatus.STAYS_UP), (11_500.0, FallStatus.LEAVES), (5000.0, FallStatus.FALLS)],
)
def test_what_does_not_come_down_says_so(speed_m_s, status):
    found = footprint(body(250.0, speed_m_s, 0.0))
    assert found.status is status
    assert (found.latitude_deg is None) == (status is not FallStatus.FALLS)
    assert status.value.endswith(".")
    if status is not FallStatus.FALLS:
        assert status.name in repr(found)
        assert zone_findings([found], [zone_at(found)]) == ()


def test_a_body_at_the_edge_of_orbit_has_no_ellipse():
    """Without rotation a circular orbit at 250 km has 7755 m/s; 65 m/s less has its perigee in the air."""
    still = replace(earth(), rotation_rate_rad_s=0.0)
    found = footprint(body(250.0, 7690.0, 0.0, environment=still), still)
    assert found.status is FallStatus.MAY_STAY_UP
    assert found.downrange_km > 1000
    assert found.vacuum_downrange_km is None  # without air it would not come down
    assert (found.along_km, found.across_km, found.contributors) == (None, None, ())
    assert zone_findings([found], [zone_at(found)]) == ()


def zone_at(found, *, east_km=0.0, **given):
    """A zone whose center lies east of a footprint's."""
    latitude = found.latitude_deg or 0.0
    shift = math.degrees(1e3 * east_km / (RADIUS * math.cos(math.radians(latitude))))
    values = {"name": "zone", "kind": "declared drop zone", "along_km": 200.0} | given
    return DropZone(latitude_deg=latitude, longitude_deg=(found.longitude_deg or 0.0) + shift, **values)


@pytest.fixture(scope="module")
def fallen():
    """A fall due east whose ellipse is 40 km by 10 km."""
    found = footprint(body(60.0, 2000.0, 30.0))
    return replace(found, azimuth_deg=90.0, along_km=40.0, across_km=10.0)


def test_a_footprint_inside_its_zone_has_room(fallen):
    (finding,) = zone_findings([fallen], [zone_at(fallen, along_km=100.0)])
    assert finding.holds
    assert finding.distance_km == pytest.approx(60.0, abs=0.1)
    assert finding.sentence == f"core falls inside zone, {finding.distance_km:.1f} km from its edge."


def test_a_footprint_across_the_edge_says_by_how_much(fallen):
    (finding,) = zone_findings([fallen], [zone_at(fallen, along_km=100.0, east_km=-70.0)])
    assert not finding.holds
    assert finding.distance_km == pytest.approx(-10.0, abs=0.3)
    assert finding.sentence == f"core reaches {-finding.distance_km:.1f} km outside zone."


def test_the_roomiest_declared_zone_counts(fallen):
    small, large = zone_at(fallen, along_km=20.0, name="small"), zone_at(fallen, along_km=90.0, name="large")
    (finding,) = zone_findings([fallen], [small, large])
    assert finding.zone == "large"


def test_a_zone_turned_across_does_not_hold_the_ellipse(fallen):
    along = zone_at(fallen, along_km=50.0, across_km=15.0, azimuth_deg=90.0)
    assert zone_findings([fallen], [along])[0].holds
    across = along.model_copy(update={"azimuth_deg": 0.0})
    assert zone_findings([fallen], [across])[0].distance_km == pytest.approx(-25.0, abs=1.0)


@pytest.mark.parametrize(
    ("east_km", "radius_km", "distance_km", "words"),
    [
        (200.0, 50.0, 110.0, "core stays {:.1f} km clear of zone."),
        (85.0, 50.0, -5.0, "core reaches {:.1f} km into zone."),
        (
            0.0,
            2.0,
            -10.0,
            "core may fall anywhere in zone, all of which lies up to {:.1f} km inside its ellipse.",
        ),
    ],
)
def test_protected_areas(fallen, east_km, radius_km, distance_km, words):
    area = zone_at(fallen, kind="protected area", east_km=east_km, along_km=radius_km)
    (finding,) = zone_findings([fallen], [area])
    assert finding.holds == (distance_km > 0)
    assert finding.distance_km == pytest.approx(distance_km, abs=2.5)
    assert finding.sentence == words.format(abs(finding.distance_km))


def test_every_touched_area_is_named_and_else_the_nearest(fallen):
    def area(name, east_km):
        return zone_at(fallen, kind="protected area", name=name, east_km=east_km, along_km=10.0)

    touched = zone_findings([fallen], [area("a", 30.0), area("b", -30.0), area("c", 500.0)])
    assert [finding.zone for finding in touched] == ["a", "b"]
    clear = zone_findings([fallen], [area("c", 500.0), area("d", 300.0)])
    assert [finding.zone for finding in clear] == ["d"]


def test_swapped_coordinates_are_refused():
    with pytest.raises(ValidationError, match=r"128\.3 deg is above 90 deg"):
        DropZone(name="z", kind="protected area", latitude_deg=128.3, longitude_deg=51.9, along_km=10.0)
