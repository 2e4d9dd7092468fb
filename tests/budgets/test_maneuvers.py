"""Maneuvers of the working life: each asked for is there, computed as its closed form says."""

import math
from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest

from cosmodrome.budgets.maneuvers import drag_course, drag_make_up, life_maneuvers
from cosmodrome.budgets.mass import mass_budget
from cosmodrome.catalog import find_vehicle
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.injection import InjectionState
from cosmodrome.injection_dispersion import injection_dispersion
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Requirements
from cosmodrome.models.target import SunSynchronousTarget
from cosmodrome.orbit.dispersion import dispersed_orbits, injection_correction
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian

START = datetime(2027, 3, 1, tzinfo=UTC)
RADIUS_M = EARTH_EQUATORIAL_RADIUS_M + 550e3


def asked(vehicle="falcon-9-asds", given_m_s=0.0, percent=99.73, activity=None, **maneuvers):
    return SimpleNamespace(
        vehicle=find_vehicle(vehicle),
        policy=MarginPolicy(injection_percent=percent),
        target=SunSynchronousTarget(kind="sun-synchronous", altitude_km=550, ltan="22:30"),
        requirements=Requirements(
            lifetime_years=3,
            maneuver_delta_v_m_s=given_m_s,
            maneuvers=maneuvers or None,
            solar_activity=activity,
        ),
    )


def injected():
    where, speed = cartesian_from_keplerian(
        KeplerianElements(RADIUS_M, 1e-4, math.radians(97.6), 0.3, 0.0, 0.0)
    )
    return InjectionState(START, np.array(where), np.array(speed))


@pytest.fixture
def found(small_satellite):
    def computed(mission):
        craft = small_satellite()
        mass = mass_budget(craft, mission.policy)
        lines = life_maneuvers(mission, craft, mass, injected(), np.random.default_rng(1))
        return {line.name: line for line in lines}

    return computed


def test_nothing_asked_is_nothing_computed(found):
    assert found(asked()) == {}
    assert set(found(asked(given_m_s=30.0))) == {"as given"}


def test_the_injection_is_paid_for_by_the_policy_s_percentile(found):
    line = found(asked(corrects_injection=True))["injection correction"]
    drawn = dispersed_orbits(
        injection_dispersion(find_vehicle("falcon-9-asds"), injected()), np.random.default_rng(1), 4000
    )
    exact = injection_correction(drawn, corrects_node=False).percentile_m_s(99.73)
    assert line.delta_v_m_s == pytest.approx(exact)
    assert "node left to drift" in line.source
    half = found(asked(corrects_injection=True, percent=50))["injection correction"]
    assert half.delta_v_m_s < 0.6 * line.delta_v_m_s
    turned = found(asked(corrects_injection=True, corrects_node=True))["injection correction"]
    assert turned.delta_v_m_s > line.delta_v_m_s


def test_drag_make_up_is_the_impulse_over_the_ballistic_coefficient(small_satellite):
    mission, craft = asked(keeps_orbit=True, activity="high"), small_satellite()
    mass = mass_budget(craft, mission.policy)
    line = drag_make_up(mission, craft, mass, START)
    course = drag_course(mission.target, "high", START, 3.0)
    exact = course.impulse_pa_s(3 * JULIAN_YEAR_S) * 2.2 * 0.8 / mass.with_growth_kg
    assert line.delta_v_m_s == pytest.approx(exact)
    low = drag_make_up(asked(keeps_orbit=True, activity="low"), craft, mass, START)
    assert low.delta_v_m_s < 0.7 * line.delta_v_m_s


def test_phasing_and_evading(found):
    lines = found(
        asked(
            corrects_injection=False,
            phasing_angle_deg=180,
            phasing_days=30,
            collision_avoidance_m_s_per_year=2.0,
        )
    )
    assert set(lines) == {"phasing", "collision avoidance"}
    # half a turn in 30 days: n changes by pi / t, each of two burns by a da/2 n = a pi / 3t
    assert lines["phasing"].delta_v_m_s == pytest.approx(2 * RADIUS_M * math.pi / (3 * 30 * 86400))
    assert (lines["collision avoidance"].delta_v_m_s, lines["collision avoidance"].basis) == (
        6.0,
        "allowance",
    )
