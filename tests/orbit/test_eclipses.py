from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from cosmodrome.constants import ASTRONOMICAL_UNIT_M, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.eclipses import (
    beta_angle,
    eclipse_duration_s,
    eclipse_durations_s,
    eclipses,
    illumination_fraction,
    longest_eclipse_s,
    longest_possible_eclipse_s,
    sunlit_fraction,
)
from cosmodrome.orbit.propagate import propagate
from cosmodrome.orbit.seasons import mission_seasons
from cosmodrome.physics.elements import orbital_period_s

SUN = np.array([[ASTRONOMICAL_UNIT_M, 0.0, 0.0]])


def test_half_the_disc_is_hidden_where_its_center_sets():
    # the center of the Sun touches the limb at sin(b) = R/r; the limb is nearly straight, so half is hidden
    radius = 7e6
    limb = np.arcsin(EARTH_EQUATORIAL_RADIUS_M / radius)
    place = -radius * np.array([[np.cos(limb), np.sin(limb), 0.0]])
    assert sunlit_fraction(place, SUN)[0] == pytest.approx(0.5, abs=0.01)


def test_sunlight_rises_monotonically_through_the_penumbra():
    radius = 7e6
    limb = np.arcsin(EARTH_EQUATORIAL_RADIUS_M / radius)
    angle = limb + np.radians(np.linspace(-0.4, 0.4, 400))
    places = -radius * np.column_stack((np.cos(angle), np.sin(angle), 0 * angle))
    lit = sunlit_fraction(places, np.repeat(SUN, 400, axis=0))
    assert lit[0] == 0.0
    assert lit[-1] == 1.0
    assert np.all(np.diff(lit) >= -1e-12)


def test_an_annular_eclipse_hides_the_ratio_of_the_discs():
    place = np.array([[-3e9, 0.0, 0.0]])  # beyond the tip of the umbra
    ratio = (6378137.0 / 3e9) / (6.957e8 / (ASTRONOMICAL_UNIT_M + 3e9))
    assert sunlit_fraction(place, SUN)[0] == pytest.approx(1 - ratio**2, rel=1e-3)


def test_umbra_lies_inside_penumbra_and_both_near_the_cylinder(two_days):
    found = eclipses(two_days)
    umbra = [one for one in found if one.kind == "umbra" and one.end < two_days.epoch + timedelta(days=1.99)]
    penumbra = [one for one in found if one.kind == "penumbra"]
    assert len(umbra) >= 29
    beta = np.radians(np.mean(beta_angle(two_days).beta_angle_deg))
    cylinder = eclipse_duration_s(EARTH_EQUATORIAL_RADIUS_M + 550e3, beta)
    for inner, outer in zip(umbra, penumbra, strict=False):
        assert outer.start < inner.start < inner.end < outer.end
        assert inner.duration_s < cylinder + 15 < outer.duration_s + 30
        assert outer.duration_s == pytest.approx(cylinder, abs=30)


def test_edges_hold_to_a_tenth_of_a_second(two_days):
    umbra = next(one for one in eclipses(two_days) if one.kind == "umbra")
    state = InjectionState(two_days.epoch, two_days.position_m[0], two_days.velocity_m_s[0])
    fine = propagate(state, state.epoch, 0.1, two_days.forces, step_s=1.0)
    lit = illumination_fraction(fine)
    second = (umbra.start - two_days.epoch).total_seconds()
    assert lit[int(np.ceil(second + 0.1))] == 0.0
    assert 0.0 < lit[int(np.floor(second - 0.1))] < 0.2


def test_the_ellipsoid_hides_less(two_days):
    # a noon orbit enters and leaves the shadow near the poles, where the ellipsoid is 21 km lower: some 7 s a
    # side; never is it darker
    sphere = [one for one in eclipses(two_days) if one.kind == "umbra"][1:-1]
    ellipsoid = [one for one in eclipses(two_days, oblate=True) if one.kind == "umbra"][1:-1]
    assert len(sphere) == len(ellipsoid)
    for more, less in zip(sphere, ellipsoid, strict=True):
        assert more.start < less.start < less.end < more.end
        assert 10.0 < more.duration_s - less.duration_s < 16.0


def test_durations_of_many_angles_are_those_of_each():
    angles = np.linspace(-np.pi / 2, np.pi / 2, 50)
    each = [eclipse_duration_s(7e6, float(angle)) for angle in angles]
    assert eclipse_durations_s(7e6, angles) == pytest.approx(each, abs=1e-9)
    assert each[0] == each[-1] == 0.0
    assert max(each) == pytest.approx(eclipse_duration_s(7e6, 0.0), rel=1e-2)


def test_illumination_agrees_with_the_intervals(two_days):
    lit = illumination_fraction(two_days)
    dark = np.zeros(len(lit), bool)
    for one in eclipses(two_days):
        if one.kind == "umbra":
            start = (one.start - two_days.epoch).total_seconds()
            dark |= (two_days.elapsed_s > start + 0.1) & (two_days.elapsed_s < start + one.duration_s - 0.1)
    assert np.all(lit[dark] == 0.0)
    assert np.all(lit[~dark] >= 0.0)
    assert 0.3 < dark.mean() < 0.4


def test_beta_angle_of_a_known_plane(two_days):
    # a plane whose normal is the Sun's direction: beta is 90 deg, and there is no eclipse
    sun = two_days.sun_direction[0]
    across = np.cross(sun, [0.0, 0.0, 1.0])
    across /= np.linalg.norm(across)
    ahead = np.cross(sun, across)
    angle = two_days.elapsed_s * 1.1e-3
    position = 6.9e6 * (np.cos(angle)[:, None] * across + np.sin(angle)[:, None] * ahead)
    velocity = 7.6e3 * (-np.sin(angle)[:, None] * across + np.cos(angle)[:, None] * ahead)
    facing = replace(two_days, position_m=position, velocity_m_s=velocity)
    history = beta_angle(facing)
    assert history.beta_angle_deg[0] == pytest.approx(90.0, abs=1e-4)
    assert history.beta_angle_deg[-1] == pytest.approx(88.0, abs=0.2)  # the Sun moves a degree a day
    assert len(history.elapsed_s) == 49
    assert eclipses(facing) == ()


def test_the_longest_eclipse_lies_between_umbra_and_penumbra(two_days):
    found = eclipses(two_days)
    umbra = max(one.duration_s for one in found if one.kind == "umbra")
    penumbra = max(one.duration_s for one in found if one.kind == "penumbra")
    assert longest_eclipse_s(two_days) == pytest.approx(0.5 * (umbra + penumbra), abs=0.2)


def test_the_longest_eclipse_of_firesat_over_its_seasons(make_state):
    """Satellite_examples S-01: 35.3 min at 700 km, to the digit printed; samples a minute apart."""
    start = make_state(700.0, 64.9)
    seasons = mission_seasons(propagate(start, start.epoch, 2.0, step_s=60.0), 5.0)
    assert seasons.longest_eclipse_s / 60 == pytest.approx(35.3, abs=0.05)


def test_no_eclipse_at_all(make_state):
    orbit = propagate(make_state(1200.0, 98.0, raan_deg=250.0), make_state(1200.0, 98.0).epoch, 0.5)
    assert abs(beta_angle(orbit).beta_angle_deg).min() > 60
    assert longest_eclipse_s(orbit) == 0.0


@pytest.mark.parametrize(("axis_km", "eccentricity"), [(6_928, 0.0015), (9_000, 0.25), (24_500, 0.72)])
def test_the_longest_possible_eclipse_is_the_longest_of_all_perigees(axis_km, eccentricity):
    """The Sun in the plane on the x axis, the perigee turned around, the shadow a cylinder."""
    count, found = 40_000, 0.0
    mean = np.linspace(0.0, 2 * np.pi, count, endpoint=False)
    eccentric = mean.copy()
    for _ in range(50):
        eccentric -= (eccentric - eccentricity * np.sin(eccentric) - mean) / (
            1 - eccentricity * np.cos(eccentric)
        )
    x = axis_km * 1e3 * (np.cos(eccentric) - eccentricity)
    y = axis_km * 1e3 * np.sqrt(1 - eccentricity**2) * np.sin(eccentric)
    for turn in np.linspace(0.0, np.pi, 91):
        behind = x * np.cos(turn) - y * np.sin(turn) < 0
        dark = behind & (np.abs(x * np.sin(turn) + y * np.cos(turn)) < EARTH_EQUATORIAL_RADIUS_M)
        found = max(found, dark.mean() * orbital_period_s(axis_km * 1e3))
    step_s = orbital_period_s(axis_km * 1e3) / count
    assert longest_possible_eclipse_s(axis_km * 1e3, eccentricity) == pytest.approx(found, abs=2 * step_s)
