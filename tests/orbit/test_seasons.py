"""Days that stand for seasons: against the propagator, and against closed forms."""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.eclipses import beta_angle
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.orbit.seasons import mission_seasons, node_rate_rad_s
from cosmodrome.physics.elements import KeplerianElements

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)
DRAGLESS = Forces(100.0, 1e-6, 2.2, radiation_area_m2=1e-6, reflectivity_coefficient=1.0)


def flown(inclination_deg, days, altitude_km=550.0):
    start = KeplerianElements(
        6_378_137.0 + 1e3 * altitude_km, 0.0005, math.radians(inclination_deg), 0.0, 0.0, 0.0
    )
    return propagate(start, EPOCH, days, DRAGLESS, step_s=60.0)


@pytest.fixture(scope="module")
def month():
    return flown(97.6, 30.0)


def test_a_sun_synchronous_plane_turns_once_a_year(month):
    # 97.59 deg by J2; what J2 leaves out, and 9 km between osculating and mean axis, are half a percent each.
    # With the node at the equinox the inclination from the equator of date is that from GCRF's.
    assert math.degrees(node_rate_rad_s(month)) * 86400 == pytest.approx(360 / 365.2422, rel=0.01)


def test_a_day_later_in_the_month_is_that_of_the_propagator(month):
    """Beta of the turned day against beta of the propagated one: 0.1 deg, the short-period swing."""
    seasons = mission_seasons(month, 29.0 / 365.25)
    history = beta_angle(month)
    for day in seasons.days:
        later_s = (day.start - EPOCH).total_seconds()
        found = float(np.interp(later_s, history.elapsed_s, history.beta_angle_deg))
        assert day.beta_angle_deg == pytest.approx(found, abs=0.1)
        position, velocity = day.ephemeris.position_m[0], day.ephemeris.velocity_m_s[0]
        normal = np.cross(position, velocity)
        sine = normal @ day.ephemeris.sun_direction[0] / np.linalg.norm(normal)
        assert math.degrees(math.asin(sine)) == pytest.approx(found, abs=0.15)  # frames differ by 0.1 deg


def test_the_extremes_of_beta_are_among_the_days():
    """At 51.6 deg the plane meets the Sun at every beta up to 51.6 + 23.4 deg within a year."""
    seasons = mission_seasons(flown(51.6, 3.0, 400.0), 1.0)
    betas = [day.beta_angle_deg for day in seasons.days]
    assert 65.0 < max(betas) < 75.1
    assert -75.1 < min(betas) < -65.0
    assert min(day.eclipse_min for day in seasons.days) < 18.92  # S-07, 400 km: beta 65 deg
    assert max(day.eclipse_min for day in seasons.days) == pytest.approx(36.11, abs=0.05)  # S-07
    assert len(seasons.days) <= 9
    # dark steps of the conical shadow against the closed form: a minute's step and the penumbra
    for day in seasons.days:
        first = day.illumination_ratio[day.ephemeris.elapsed_s < seasons.period_s]
        assert float((1 - first).sum()) == pytest.approx(day.eclipse_min, abs=1.5)


def test_the_days_keep_shape_and_length(month):
    day = mission_seasons(month, 3.0).days[-1]
    assert day.ephemeris.elapsed_s[-1] == pytest.approx(86400.0, abs=60.0)
    assert np.linalg.norm(day.ephemeris.position_m, axis=1) == pytest.approx(
        np.linalg.norm(month.position_m[: len(day.ephemeris.elapsed_s)], axis=1)
    )
    assert len(day.ephemeris.position_itrf_m) == len(day.ephemeris.elapsed_s) == len(day.illumination_ratio)
