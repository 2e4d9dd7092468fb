"""Disposal: the perigee and propellant that are asked for satisfy the rule, by the model that asked.

Lifetimes here come from a stand-in that is exponential in the mean altitude, so that the search can be judged
against its closed form. The real model has its own tests in tests/orbit.
"""

import math
from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.budgets import lowering as module
from cosmodrome.budgets.disposal import disposal_budget, passivation
from cosmodrome.budgets.maneuvers import drag_course
from cosmodrome.budgets.mass import mass_budget
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Requirements
from cosmodrome.models.target import CircularTarget
from cosmodrome.orbit.lifetime import Lifetime, lifetime_cases, lifetimes_by_perigee_years
from cosmodrome.orbit.lifetime_distribution import lifetime_distribution
from cosmodrome.physics.elements import KeplerianElements

START = datetime(2027, 3, 1, tzinfo=UTC)
SPEED = {"low": 3.0, "mean": 1.0, "high": 0.4}


class Asked:
    """The part of a mission that disposal reads."""

    policy = MarginPolicy()

    def __init__(self, altitude_km=550, years=3, rule=5, maneuver_m_s=0.0, maneuvers=None):
        self.target = CircularTarget(kind="circular", altitude_km=altitude_km, inclination_deg=97.6)
        self.requirements = Requirements(
            lifetime_years=years,
            disposal_rule_years=rule,
            maneuver_delta_v_m_s=maneuver_m_s,
            maneuvers=maneuvers,
        )


def one(perigee_km, apogee_km, inclination_deg, ballistic_kg_m2, start, case="mean"):
    mean_km = 0.8 * perigee_km + 0.2 * apogee_km
    years = SPEED[case] * ballistic_kg_m2 / 50 * 10 * math.exp((mean_km - 550) / 45)
    return Lifetime(case=case, lifetime_years=min(years, 60.0), exceeds=years > 60.0, mean_flux_sfu=100.0)


@pytest.fixture(autouse=True)
def exponential_lifetime(monkeypatch):
    def lifetime_cases(*arguments):
        return tuple(one(*arguments, case=case) for case in SPEED)

    def by_perigee(perigees_km, *rest, limit_years, **_):
        return np.array(
            [min(one(perigee_km, *rest).lifetime_years, limit_years) for perigee_km in perigees_km]
        )

    monkeypatch.setattr(module, "lifetime_cases", lifetime_cases)
    monkeypatch.setattr(module, "lifetimes_by_perigee_years", by_perigee)
    module._highest_perigee_km.cache_clear()
    yield
    module._highest_perigee_km.cache_clear()


def judged(satellite, **asked):
    return disposal_budget(Asked(**asked), satellite, mass_budget(satellite, MarginPolicy()), START)


def thruster(propellant_kg):
    return {"component": "bus", "specific_impulse_s": 220, "propellant_mass_kg": propellant_kg}


def test_a_light_satellite_comes_down_by_itself(small_satellite):
    found, delta_v = judged(small_satellite(drag_area_m2=1.5))
    assert delta_v is None
    assert found.disposal_perigee_altitude_km is None
    assert found.disposal_delta_v_m_s == 0.0
    heavy = next(case for case in found.heavy_cases if case.case == "mean")
    assert found.remaining_years("mean") == pytest.approx(heavy.lifetime_years - 3)
    # the stand-in's lifetime is in proportion to the mass, which the system margin makes 1.2 times as much
    assert heavy.lifetime_years == pytest.approx(1.2 * found.lifetime_years("mean"))
    assert found.remaining_years("mean") < 5


def test_the_ballistic_coefficient_is_mass_with_growth_over_drag(small_satellite):
    found, _ = judged(small_satellite())
    assert found.ballistic_coefficient_kg_m2 == pytest.approx(68.8 / (2.2 * 0.8))


def test_the_disposal_perigee_decays_within_the_rule_and_little_more_does_not(small_satellite):
    satellite = small_satellite(drag_area_m2=0.3)
    found, _ = judged(satellite)
    perigee_km = found.disposal_perigee_altitude_km
    coefficient = found.ballistic_coefficient_after_kg_m2
    # the stand-in's closed form: 0.8 h_p + 0.2 x 550 = 550 + 45 ln(5 / (10 B / 50))
    exact_km = (0.8 * 550 + 45 * math.log(5 / (coefficient / 5))) / 0.8
    assert exact_km - 2.0 <= perigee_km <= exact_km
    assert found.disposal_delta_v_m_s > 0
    assert found.remaining_years("mean") > 5  # nothing can lower it


def test_the_propellant_that_is_asked_for_satisfies_the_rule(small_satellite):
    scarce, delta_v = judged(small_satellite(drag_area_m2=0.3, propulsion=thruster(0.01)), maneuver_m_s=10)
    assert scarce.remaining_years("mean") > 5
    assert delta_v.available_m_s < delta_v.required_m_s
    enough = thruster(delta_v.required_propellant_kg)
    found, second = judged(small_satellite(drag_area_m2=0.3, propulsion=enough), maneuver_m_s=10)
    assert found.remaining_years("mean") <= 5
    assert found.burn.reached_perigee_altitude_km == pytest.approx(
        found.disposal_perigee_altitude_km, abs=0.01
    )
    assert second.available_m_s == pytest.approx(second.required_m_s)


def test_plenty_of_propellant_ends_the_orbit_at_once(small_satellite):
    found, _ = judged(small_satellite(drag_area_m2=0.3, propulsion=thruster(20)))
    assert found.burn.reached_perigee_altitude_km < 120
    assert found.remaining_years("low") == 0.0


def test_the_older_rule_is_easier(small_satellite):
    satellite = small_satellite(drag_area_m2=0.4)
    assert judged(satellite, rule=5)[0].disposal_perigee_altitude_km is not None
    assert judged(satellite, rule=25)[0].disposal_perigee_altitude_km is None


def test_an_orbit_that_is_kept_starts_to_fall_at_the_end(small_satellite):
    left, _ = judged(small_satellite(drag_area_m2=1.5))
    kept, _ = judged(small_satellite(drag_area_m2=1.5), maneuvers={"keeps_orbit": True})
    assert kept.remaining_years("mean") == pytest.approx(left.remaining_years("mean") + 3)


def test_a_sail_after_the_mission_brings_it_down_sooner(small_satellite):
    plain, _ = judged(small_satellite(drag_area_m2=0.8))
    sail, _ = judged(small_satellite(drag_area_m2=0.8, disposal_area_m2=8.0))
    assert (sail.areas.drag_area_m2, sail.areas.disposal_area_m2) == (0.8, 8.0)
    # ten times the area has met its drag when a tenth of the other's is over; from 2030 on the Sun is quiet,
    # so that this takes more than a tenth of the time
    course = drag_course(Asked().target, "mean", START, 60)
    at_end = course.impulse_pa_s(3 * JULIAN_YEAR_S)
    met = [
        course.impulse_pa_s((3 + found.remaining_years("mean")) * JULIAN_YEAR_S) - at_end
        for found in (plain, sail)
    ]
    assert met[0] / met[1] == pytest.approx(10, rel=1e-6)
    assert sail.remaining_years("mean") < 0.5 * plain.remaining_years("mean")
    held, _ = judged(small_satellite(drag_area_m2=0.8, disposal_area_m2=8.0), maneuvers={"keeps_orbit": True})
    kept, _ = judged(small_satellite(drag_area_m2=0.8), maneuvers={"keeps_orbit": True})
    assert held.remaining_years("mean") == pytest.approx(kept.remaining_years("mean") / 10)


def test_an_electric_thruster_burns_along_an_arc_and_pays_for_it(small_satellite):
    ion = {**thruster(5), "kind": "electric", "thrust_n": 1e-3, "thrust_duty_fraction": 0.5}
    chemical, _ = judged(small_satellite(drag_area_m2=0.3, propulsion=thruster(5)))
    electric, delta_v = judged(small_satellite(drag_area_m2=0.3, propulsion=ion))
    # a quarter turn to both sides of the apogee: 2 / (1 + sin 90 deg / (pi/2)) = 1.222
    line = {one.name: one.value for one in delta_v.lines[-1].maneuver.ingredients}
    assert line["long burn over impulse"] == pytest.approx(2 / (1 + 2 / math.pi))
    assert electric.disposal_delta_v_m_s == pytest.approx(
        line["long burn over impulse"] * line["impulse at the apogee"]
    )
    assert delta_v.thrust_days == delta_v.disposal_thrust_days > 10
    # it must go lower, for its thrust takes of the time that the rule gives
    assert electric.disposal_perigee_altitude_km < chemical.disposal_perigee_altitude_km
    assert electric.burn.thrust_days > 10
    assert chemical.burn.thrust_days == 0.0
    assert electric.remaining_years("mean") == pytest.approx(5, abs=0.3)


def test_a_thruster_that_is_too_weak_changes_nothing(small_satellite):
    weak = {**thruster(5), "kind": "electric", "thrust_n": 1e-7}
    found, delta_v = judged(small_satellite(drag_area_m2=0.3, propulsion=weak))
    alone, _ = judged(small_satellite(drag_area_m2=0.3))
    assert delta_v.available_m_s > 100
    assert found.remaining_years("mean") == alone.remaining_years("mean") > 5


def test_thrust_is_part_of_the_time_to_come_down(small_satellite):
    def electric(thrust_n):
        return {**thruster(20), "kind": "electric", "thrust_n": thrust_n}

    quick, _ = judged(small_satellite(drag_area_m2=0.3, propulsion=electric(1.0)))
    slow, _ = judged(small_satellite(drag_area_m2=0.3, propulsion=electric(1e-3)))
    for found in (quick, slow):
        decay = one(
            found.burn.reached_perigee_altitude_km, 550, 97.6, found.ballistic_coefficient_after_kg_m2, START
        )
        years = decay.lifetime_years + found.burn.thrust_days / 365.25
        assert found.remaining_years("mean") == pytest.approx(years)
        assert years <= 5


def test_an_electric_thruster_with_enough_propellant_satisfies_the_rule(small_satellite):
    ion = {**thruster(0.01), "kind": "electric", "thrust_n": 1e-3}
    _, delta_v = judged(small_satellite(drag_area_m2=0.3, propulsion=ion))
    enough = ion | {"propellant_mass_kg": delta_v.required_propellant_kg}
    found, _ = judged(small_satellite(drag_area_m2=0.3, propulsion=enough))
    assert found.burn.reached_perigee_altitude_km == pytest.approx(
        found.disposal_perigee_altitude_km, abs=0.01
    )


def test_odds_are_even_where_the_middle_case_just_makes_it(small_satellite):
    scarce, delta_v = judged(small_satellite(drag_area_m2=0.3, propulsion=thruster(0.01)))
    enough, _ = judged(small_satellite(drag_area_m2=0.3, propulsion=thruster(delta_v.required_propellant_kg)))
    assert enough.probability_within_rule == pytest.approx(0.5, abs=0.05)
    assert scarce.probability_within_rule < 0.2
    assert judged(small_satellite(drag_area_m2=8.0))[0].probability_within_rule > 0.95
    assert judged(small_satellite(drag_area_m2=0.3, propulsion=thruster(20)))[0].probability_within_rule == 1


def test_everything_that_holds_energy_is_listed(small_satellite):
    wheels = {"name": "wheel", "mass_kg": 1, "count": 4, "momentum_n_m_s": 0.5}
    bus = [{"name": name, "mass_kg": 10, "power_w": 5} for name in ("bus", "camera", "radio")]
    found = passivation(small_satellite(propulsion=thruster(2), components=[*bus, wheels]))
    assert [line.split(":")[0] for line in found] == [
        "solar array",
        "battery, 200 Wh",
        "propellant, 2 kg loaded",
        "wheel, 4 of 0.5 N m s",
        "radio",
    ]
    assert (
        len(passivation(small_satellite(transmitter=None, modes=[{"name": "on", "components": ["bus"]}])))
        == 2
    )


@pytest.mark.parametrize(("rule", "years"), [(5, 3), (5, 7)])
def test_the_odds_are_those_of_drawn_lifetimes(rule, years, monkeypatch, small_satellite):
    # 0.15: what two half-normals miss of a distribution that the solar cycle makes lumpy; 100 draws have 0.05
    monkeypatch.setattr(module, "lifetime_cases", lifetime_cases)
    monkeypatch.setattr(module, "lifetimes_by_perigee_years", lifetimes_by_perigee_years)
    found, _ = judged(small_satellite(drag_area_m2=0.7), years=years, rule=rule)
    orbit = KeplerianElements(EARTH_EQUATORIAL_RADIUS_M + 550e3, 1e-4, math.radians(97.6), 0.0, 0.0, 0.0)
    drawn = lifetime_distribution(
        orbit,
        found.ballistic_coefficient_after_kg_m2,
        START,
        generator=np.random.default_rng(1),
        draws_count=100,
        elements="mean",
        limit_years=years + rule + 0.5,
    )
    assert found.probability_within_rule == pytest.approx(drawn.probability_within(years + rule), abs=0.15)
