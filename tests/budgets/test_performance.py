"""What an imager sees, against geometry that is known, and targets against places beside the track."""

import math
from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest

from cosmodrome.budgets.performance import performance_budget, target_opportunities
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.mission import Requirements
from cosmodrome.models.target import CircularTarget
from cosmodrome.operations.timeline import ModeTimeline
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.orbit.state import orbit_state_from_elements
from cosmodrome.physics.elements import KeplerianElements
from cosmodrome.physics.frames import geodetic_from_ecef

START = datetime(2027, 6, 21, tzinfo=UTC)
RAPIDEYE = {
    "component": "camera",
    "focal_length_mm": 633,
    "aperture_mm": 145,
    "pixel_pitch_um": 6.5,
    "pixels_count": 12000,
    "bands_count": 5,
    "max_off_nadir_deg": 20,
}
HALF_A_DAY_ON = ModeTimeline(
    START,
    np.array([0.0, 43200.0, 86400.0]),
    np.ones(2),
    np.zeros(2),
    np.zeros(2),
    ("idle", "imaging", "downlink"),
    np.array([[1.0, 1.0], [0.2, 0.0], [0.0, 0.0]]),
)


def mission(craft, altitude_km=630, **asked):
    return SimpleNamespace(
        satellite=craft,
        target=CircularTarget(kind="circular", altitude_km=altitude_km, inclination_deg=97.9),
        requirements=Requirements(**asked),
    )


@pytest.fixture(scope="module")
def orbit():
    elements = KeplerianElements(EARTH_EQUATORIAL_RADIUS_M + 630e3, 1e-4, math.radians(97.9), 1.3, 0.0, 0.0)
    state = orbit_state_from_elements(START, elements)
    return propagate(state, START, 10.0, Forces(), step_s=60.0)


@pytest.fixture
def budget(small_satellite, orbit):
    def judged(imager=None, altitude_km=630, **asked):
        craft = small_satellite(imager=RAPIDEYE | (imager or {}))
        asking = mission(craft, altitude_km, **asked)
        seen = target_opportunities(asking, orbit)
        return performance_budget(asking, craft, orbit, HALF_A_DAY_ON, seen)

    return judged


def test_rapideye(budget):
    # eoPortal: 6.5 m and 77 km from 630 km with 12 000 pixels, 1 % for the focal length, which is not there
    found = budget()
    assert found.ground_sample_distance_m == pytest.approx(6.5, rel=0.01)
    assert found.swath_km == pytest.approx(77, rel=0.01)
    assert found.optical_sampling_ratio == pytest.approx(550e-9 * 633e-3 / 145e-3 / 6.5e-6)


def test_rates_and_area_follow_from_the_timeline(budget):
    found = budget()
    assert found.imaging_min_per_day == pytest.approx(0.2 * 720)
    speed_km_s = 2 * math.pi * 6378.137 / 5838.0  # 97.3 min around
    assert found.imaged_area_km2_per_day == pytest.approx(0.2 * 43200 * speed_km_s * found.swath_km, rel=1e-3)
    assert found.line_rate_hz == pytest.approx(1e3 * speed_km_s / found.ground_sample_distance_m, rel=1e-3)
    assert found.raw_rate_mbit_s == pytest.approx(12000 * 5 * 12 * found.line_rate_hz / 1e6)
    assert budget({"compression_ratio": 4}).raw_rate_mbit_s == pytest.approx(found.raw_rate_mbit_s / 4)
    assert found.declared_rate_mbit_s == 50


def test_a_line_of_sight_past_the_earth_has_no_sample_distance(budget):
    found = budget({"max_off_nadir_deg": 66})
    assert found.tilted_sample_distance_m is None
    assert found.reach_km is None
    assert budget().tilted_sample_distance_m > budget().ground_sample_distance_m


def test_a_place_on_the_track_is_seen_and_the_dark_pole_is_not(budget, orbit):
    noon = int(np.argmax(np.einsum("ij,ij->i", orbit.position_m, orbit.sun_direction)[: 24 * 60]))
    latitude, longitude, _ = geodetic_from_ecef(orbit.position_itrf_m[noon : noon + 1])
    below = {
        "name": "below",
        "latitude_deg": float(np.degrees(latitude[0])),
        "longitude_deg": float(np.degrees(longitude[0])),
    }
    pole = {"name": "south pole", "latitude_deg": -90.0, "longitude_deg": 0.0}
    found = budget(imaging_targets=[below, pole])
    seen, dark = found.targets
    assert seen.opportunities_count >= 2
    assert seen.least_off_nadir_deg < 1.0
    assert seen.longest_revisit_days >= seen.mean_revisit_days > 0
    assert (dark.opportunities_count, dark.mean_revisit_days, dark.least_off_nadir_deg) == (0, None, None)
    assert dark.longest_revisit_days == pytest.approx(10.0)
    assert found.longest_revisit_days == pytest.approx(10.0)


def test_without_an_imager_a_place_is_in_view_above_its_elevation_by_night_too(small_satellite, orbit):
    def seen(**keys):
        place = {"name": "lake", "latitude_deg": 47.0, "longitude_deg": 8.0, **keys}
        return target_opportunities(mission(small_satellite(), imaging_targets=[place]), orbit)

    low, high = seen(minimum_elevation_deg=5.0), seen(minimum_elevation_deg=60.0)
    assert len(low) > len(high) > 0
    assert min(one.elevation_deg for one in high) >= 60.0 > min(one.elevation_deg for one in low)
    assert min(one.sun_elevation_deg for one in low) < 0


def test_without_an_imager_there_is_no_budget(small_satellite, orbit):
    craft = small_satellite()
    assert performance_budget(mission(craft), craft, orbit, HALF_A_DAY_ON, ()) is None
