"""The verdict: what it says closes, closes; what it asks for, does."""

import math
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from cosmodrome.ascent.result import AscentStatus
from cosmodrome.budgets.areas import FlownAreas
from cosmodrome.budgets.array import CellOutput
from cosmodrome.budgets.battery import EnergyAccount
from cosmodrome.budgets.data import DataBudget
from cosmodrome.budgets.delta_v import Maneuver, delta_v_budget
from cosmodrome.budgets.disposal import AfterMission, DisposalBudget
from cosmodrome.budgets.link import link_budget
from cosmodrome.budgets.mass import mass_budget
from cosmodrome.budgets.power import PowerBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.budgets.worst_orbit import ArrayOrbit, Discharge
from cosmodrome.models.mission import Mission
from cosmodrome.orbit.lifetime import Lifetime
from cosmodrome.verdict.check import Check, VerdictStatus
from cosmodrome.verdict.mission import mission_verdict

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def quantity(value):
    return {"value": value, "source": "test"}


def mission(**changes):
    description = {
        "name": "trial",
        "vehicle": {
            "name": "lifter",
            "title": "Lifter",
            "height_m": quantity(40),
            "diameter_m": quantity(3),
            "gross_mass_kg": quantity(170e3),
            "fairing": {
                "mass_kg": quantity(700),
                "diameter_m": quantity(3),
                "length_m": quantity(9),
            },
            "stages": [
                {
                    "name": "one",
                    "role": "core",
                    "dry_mass_kg": quantity(9e3),
                    "propellant_mass_kg": quantity(130e3),
                    "thrust_vacuum_n": quantity(2e6),
                    "specific_impulse_vacuum_s": quantity(330),
                }
            ],
        },
        "site": {
            "name": "pad",
            "title": "Pad",
            "latitude_deg": quantity(51),
            "longitude_deg": quantity(128),
            "altitude_m": quantity(200),
            "azimuth_min_deg": quantity(0),
            "azimuth_max_deg": quantity(360),
        },
        "target": {"kind": "circular", "altitude_km": 550, "inclination_deg": 97.6},
        "satellite": {
            "name": "imager",
            "components": [{"name": "bus", "mass_kg": 100}, {"name": "radio", "mass_kg": 2, "power_w": 5}],
            "modes": [{"name": "on", "components": ["bus", "radio"]}],
            "solar_array": {"area_m2": 1, "cell_efficiency_ratio": 0.3},
            "battery": {"capacity_wh": 200},
            "transmitter": {
                "component": "radio",
                "frequency_mhz": 8200,
                "rf_power_dbw": 3,
                "antenna_gain_dbi": 6,
                "data_rate_mbit_s": 100,
                "required_eb_n0_db": 4,
            },
            "propulsion": {"component": "bus", "specific_impulse_s": 220, "propellant_mass_kg": 5},
            "drag_area_m2": 1,
        },
        "stations": [
            {
                "name": "north",
                "latitude_deg": 78,
                "longitude_deg": 15,
                "antenna_gain_dbi": 58,
                "system_noise_temperature_k": 150,
            }
        ],
        "requirements": {"data_volume_gbit_per_day": 100},
    }
    return Mission.model_validate(description | changes)


def capability(payload_kg=1000.0, status=AscentStatus.OPTIMAL, shortfall_m_s=0.0):
    ascent = SimpleNamespace(shortfall_m_s=shortfall_m_s, launch_azimuth_deg=346.7)
    return SimpleNamespace(
        physics_kg=1.4 * payload_kg, payload_kg=payload_kg, low_kg=0.8 * payload_kg,
        high_kg=1.3 * payload_kg, layers_text="physics", status=status, ascent=ascent,
        reserve=None,
    )  # fmt: skip


POWER = PowerBudget(
    modes=(),
    timeline=None,
    deepest_timeline=None,
    account=EnergyAccount(0, 0, 0, 0, 0, 0, 0, 0),
    array_end_of_life_w=300.0,
    battery_end_of_life_wh=160.0,
    mean_load_w=80.0,
    mean_load_best_estimate_w=60.0,
    orbit_mean_load_w=80.0,
    orbit_mean_generation_w=150.0,
    required_generation_w=120.0,
    required_generation_best_estimate_w=90.0,
    worst_orbit_start=NOON,
    array_area_m2=1.0,
    required_area_m2=0.8,
    load_excess_w=0.0,
    worst_orbit_depth_of_discharge_fraction=0.2,
    best_estimate_depth_of_discharge_fraction=0.15,
    permitted_depth_of_discharge_fraction=0.3,
    deepest_discharge_at=NOON,
    battery_capacity_wh=200.0,
    required_capacity_wh=133.0,
    battery_load_excess_w=0.0,
    longest_eclipse_min=35.0,
    cells=CellOutput(0.3, 0.77, 0.95, 1.0, None),
    array_orbit=ArrayOrbit((), 95.0, 1361.0, 0.64, 1.0, 30.0),
    discharge=Discharge((), 35.0, 35.0, 80.0, 0.0, 0.0, 46.7, 51.9),
)
DATA = DataBudget(
    timeline=None,
    modes=(),
    duration_days=30.0,
    stations=("north",),
    produced_gbit=3600.0,
    downlinked_gbit=3600.0,
    stored_gbit=0.0,
    lost_gbit=0.0,
    contact_min_per_day=30.0,
    capacity_gbit_per_day=180.0,
    memory_peak_gbit=40.0,
    memory_gbit=256.0,
    mean_age_h=0.8,
    worst_age_h=3.0,
)


def lifetimes(low=30.0, mean=12.0, high=6.0):
    years = {"low": low, "mean": mean, "high": high}
    return tuple(
        Lifetime(case=c, lifetime_years=y, exceeds=False, mean_flux_sfu=100.0) for c, y in years.items()
    )


def lowering(delta_v_m_s):
    return Maneuver("disposal", delta_v_m_s, "computed", "perigee lowered")


def disposal(with_propulsion=2.0):
    cases = lifetimes()
    return DisposalBudget(
        heavy_mass_kg=144.0,
        heavy_cases=lifetimes(),
        cases=cases,
        after_mission=tuple(AfterMission(c.case, c.lifetime_years - 3, with_propulsion) for c in cases),
        working_life_years=3.0,
        rule_years=5,
        mass_kg=110.0,
        drag_coefficient=2.2,
        areas=FlownAreas(1.0, 1.0, 1.0, "mission file", "the drag area", "as before"),
        keeps_orbit=False,
        passivation=(),
        disposal_perigee_altitude_km=480.0,
        burn=None,
        disposal_delta_v_m_s=20.0,
    )


def budgets(asked=None, **changes):
    asked = asked or mission()
    satellite = asked.satellite
    whole = Budgets(
        mass=mass_budget(satellite, asked.policy),
        power=POWER,
        links=tuple(link_budget(satellite.transmitter, station, 550) for station in asked.stations),
        uplinks=(),
        downlink=None,
        data=DATA,
        disposal=disposal(),
        delta_v=delta_v_budget(satellite.propulsion, asked.policy, 146.0, (), lowering(20.0)),
    )
    return replace(whole, **changes)


def named(verdict, name):
    return next(check for check in verdict.checks if check.name == name)


def test_a_mission_that_closes():
    verdict = mission_verdict(mission(), capability(), budgets())
    assert verdict.closes
    assert verdict.status is VerdictStatus.CLOSES
    assert [check.remedy for check in verdict.checks] == [""] * len(verdict.checks)
    assert {check.name for check in verdict.checks} == {
        "payload",
        "array",
        "battery",
        "link north",
        "data volume",
        "memory",
        "orbital lifetime",
        "disposal",
        "delta-v",
    }


def test_the_worst_comes_first_and_binds():
    verdict = mission_verdict(mission(), capability(), budgets())
    fractions = [check.margin_fraction for check in verdict.checks]
    assert fractions == sorted(fractions)
    assert verdict.binding is verdict.checks[0]


def test_payload_counts_its_low_bound_and_every_allowance():
    check = named(mission_verdict(mission(), capability(1000), budgets()), "payload")
    assert check.achieved == pytest.approx(800)
    assert check.required == pytest.approx(102 * 1.2 * 1.2 + 5)
    assert check.best_estimate == pytest.approx(107)
    assert check.best_estimate + check.allowance == pytest.approx(check.required)


def test_a_payload_far_above_the_capability_is_a_verdict_with_its_shortfall():
    asked = mission(satellite=None, stations=[], requirements={"payload_mass_kg": 50000})
    verdict = mission_verdict(asked, capability(3500), None)
    assert verdict.status is VerdictStatus.DOES_NOT_CLOSE
    assert verdict.binding.margin == pytest.approx(0.8 * 3500 - 50000)
    assert verdict.binding.remedy == "4.72e+04 kg less at launch"


@pytest.mark.parametrize(("bound", "achieved_kg"), [("low", 800), ("calibrated", 1000), ("physics", 1400)])
def test_the_policy_says_which_payload_counts(bound, achieved_kg):
    asked = mission(satellite=None, stations=[], requirements={"payload_mass_kg": 900},
                    policy={"payload_bound": bound})  # fmt: skip
    check = named(mission_verdict(asked, capability(1000), None), "payload")
    assert check.achieved == pytest.approx(achieved_kg)
    assert check.closes == (achieved_kg >= 900)
    assert ("the calibrated payload would suffice" in check.remedy) == (bound == "low")


def test_an_orbit_out_of_reach_is_a_verdict_with_the_missing_speed():
    asked = mission(satellite=None, stations=[], requirements={"payload_mass_kg": 100})
    verdict = mission_verdict(asked, capability(0, AscentStatus.OUT_OF_REACH, 1234.0), None)
    assert verdict.status is VerdictStatus.DOES_NOT_CLOSE
    assert verdict.binding.achieved == 0
    assert "1234 m/s" in verdict.binding.remedy


@pytest.mark.parametrize("status", [AscentStatus.NOT_CONVERGED, AscentStatus.NOT_CONFIRMED])
def test_an_unproved_ascent_gives_no_verdict(status):
    verdict = mission_verdict(mission(), capability(1000, status), budgets())
    assert verdict.status is VerdictStatus.NO_VERDICT
    assert not verdict.closes
    assert "payload" not in {check.name for check in verdict.checks}


def test_the_satellite_is_weighed_even_where_no_orbit_was_reached():
    check = named(mission_verdict(mission(), capability(0, AscentStatus.OUT_OF_REACH, 5.0), None), "payload")
    assert check.required == pytest.approx(102 * 1.2 * 1.2 + 5)


def test_a_link_is_a_check_per_station_and_a_slower_rate_closes_it():
    deaf = mission(
        stations=[
            {
                "name": "deaf",
                "latitude_deg": 0,
                "longitude_deg": 0,
                "antenna_gain_dbi": 20,
                "system_noise_temperature_k": 500,
            }
        ]
    )
    check = named(mission_verdict(deaf, capability(), budgets(deaf)), "link deaf")
    assert not check.closes
    assert check.remedy == "more EIRP or G/T, or a slower rate"
    short_db = 3.0 - check.achieved
    slower = deaf.satellite.transmitter.data_rate_mbit_s * 10 ** (-short_db / 10)
    slow = deaf.satellite.transmitter.model_copy(update={"data_rate_mbit_s": 0.99 * slower})
    assert link_budget(slow, deaf.stations[0], 550).margin_db >= 3.0
    fast = deaf.satellite.transmitter.model_copy(update={"data_rate_mbit_s": 1.02 * slower})
    assert link_budget(fast, deaf.stations[0], 550).margin_db < 3.0


def test_array_and_battery_fail_with_what_the_budget_found():
    power = replace(POWER, required_generation_w=180.0, worst_orbit_depth_of_discharge_fraction=0.5)
    verdict = mission_verdict(mission(), capability(), budgets(power=power))
    assert not verdict.closes
    assert {check.name for check in verdict.failing} == {"array", "battery"}
    assert all(check.remedy.startswith("more ") for check in verdict.failing)


def test_data_advice_tells_production_from_contact():
    asked = mission(requirements={"data_volume_gbit_per_day": 200})
    scarce = named(mission_verdict(asked, capability(), budgets(asked)), "data volume")
    assert scarce.remedy == "modes that produce more"
    crowded = replace(DATA, produced_gbit=9000.0, downlinked_gbit=5400.0, lost_gbit=3600.0)
    check = named(mission_verdict(asked, capability(), budgets(asked, data=crowded)), "data volume")
    assert check.remedy.startswith("more contact, or a higher rate")


def test_data_lost_to_a_full_memory_asks_for_memory():
    asked = mission(requirements={"data_volume_gbit_per_day": 200})
    full = replace(
        DATA, produced_gbit=9000.0, lost_gbit=3600.0, capacity_gbit_per_day=400.0, memory_peak_gbit=300.0
    )
    check = named(mission_verdict(asked, capability(), budgets(asked, data=full)), "data volume")
    assert check.achieved == pytest.approx(180)
    assert check.remedy == "more memory"
    lost = next(term for term in check.derivation if term.name == "lost per day")
    assert (lost.value, lost.unit) == (pytest.approx(3600.0 / 30.0), "Gbit/day")


def test_what_is_still_on_board_at_the_end_counts_as_delivered():
    asked = mission(requirements={"data_volume_gbit_per_day": 120})
    cut = replace(DATA, downlinked_gbit=3560.0, stored_gbit=40.0)
    assert named(mission_verdict(asked, capability(), budgets(asked, data=cut)), "data volume").closes


def test_a_growing_backlog_is_not_cured_by_memory():
    data = replace(DATA, produced_gbit=9000.0, memory_peak_gbit=3600.0)
    check = named(mission_verdict(mission(), capability(), budgets(data=data)), "memory")
    assert check.remedy.startswith("more downlink: the backlog grows")


def test_the_areas_of_the_decay_are_traced_to_their_source():
    areas = FlownAreas(1.2, 2.0, 3.4, "faces, sun 100 %", "faces, sun 100 %", "faces, tumbling")
    verdict = mission_verdict(mission(), capability(), budgets(disposal=replace(disposal(), areas=areas)))
    traced = {term.name: (term.value, term.source) for term in named(verdict, "disposal").derivation}
    assert traced["drag area"] == (1.2, "faces, sun 100 %")
    assert traced["drag area after the mission"] == (3.4, "faces, tumbling")


def test_disposal_fails_where_too_long_is_left():
    starved = budgets(disposal=disposal(with_propulsion=9.0))
    check = named(mission_verdict(mission(), capability(), starved), "disposal")
    assert (check.closes, check.margin) == (False, pytest.approx(-4.0))
    assert "area after the mission" in check.remedy


def test_the_rule_is_judged_at_mean_activity_and_the_working_life_at_high():
    after = tuple(AfterMission(c, years, years) for c, years in (("low", 20), ("mean", 4), ("high", 1)))
    cases = lifetimes(low=23, mean=7, high=2)
    mixed = replace(disposal(), cases=cases, after_mission=after)
    verdict = mission_verdict(mission(), capability(), budgets(disposal=mixed))
    assert named(verdict, "disposal").achieved == 4
    assert "low 20.0, high 1.0 years" in named(verdict, "disposal").policy
    assert named(verdict, "orbital lifetime").achieved == 2
    assert not named(verdict, "orbital lifetime").closes


def test_delta_v_fails_by_what_its_propellant_lacks():
    asked = mission()
    given = (Maneuver("as given", 100.0, "computed", "mission file"),)
    thirsty = delta_v_budget(asked.satellite.propulsion, asked.policy, 146.0, given, lowering(100.0))
    check = named(mission_verdict(asked, capability(), budgets(delta_v=thirsty)), "delta-v")
    assert check.required == pytest.approx(210.0)
    assert check.achieved == pytest.approx(9.80665 * 220 * math.log(151 / 146))
    assert check.remedy.startswith("more propellant")


def check(**changes):
    values = {
        "name": "x",
        "title": "x",
        "required": 4.0,
        "achieved": 5.0,
        "unit": "kg",
        "sense": "at least",
        "best_estimate": 4.0,
        "allowance": 0.0,
        "policy": "",
        "source": "",
        "detail": "",
        "advice": "",
    }
    return Check(**(values | changes))


@pytest.mark.parametrize(
    ("changes", "margin", "fraction"),
    [
        ({}, 1.0, 0.25),
        ({"sense": "at most"}, -1.0, -0.25),
        ({"unit": "dB"}, 1.0, 10**0.1 - 1),
        ({"required": 0.0}, 5.0, 5.0),
        ({"achieved": 4.0}, 0.0, 0.0),
    ],
)
def test_margins(changes, margin, fraction):
    found = check(**changes)
    assert found.margin == pytest.approx(margin)
    assert found.margin_fraction == pytest.approx(fraction)
    assert found.closes is (margin >= 0)


@pytest.mark.parametrize(("left", "closes"), [(0.83, True), (0.76, False)])
def test_the_batterys_fade_is_a_check_where_it_is_asked_for(left, closes):
    asked = mission()
    assert "battery fade" not in {c.name for c in mission_verdict(asked, capability(), budgets()).checks}
    battery = asked.satellite.battery.model_copy(update={"fade": "cycles"})
    asked = asked.model_copy(update={"satellite": asked.satellite.model_copy(update={"battery": battery})})
    power = replace(POWER, battery_left_ratio=left)
    check = named(mission_verdict(asked, capability(), budgets(power=power)), "battery fade")
    assert (check.required, check.achieved, check.closes) == (80.0, 100 * left, closes)
    assert check.remedy.startswith("a larger or a cooler battery") is not closes


def test_a_course_of_solar_activity_that_is_asked_for_judges_both_lifetimes():
    asked = mission(requirements={"solar_activity": "low"})
    after = tuple(AfterMission(c, years, years) for c, years in (("low", 20), ("mean", 4), ("high", 1)))
    mixed = replace(disposal(), cases=lifetimes(low=23, mean=7, high=2), after_mission=after)
    verdict = mission_verdict(asked, capability(), budgets(asked, disposal=mixed))
    assert named(verdict, "disposal").achieved == 20
    assert named(verdict, "disposal").policy == "5-year rule at low solar activity; mean 4.0, high 1.0 years"
    assert named(verdict, "orbital lifetime").achieved == 23
    assert named(verdict, "orbital lifetime").title == "orbital lifetime, low solar activity"
