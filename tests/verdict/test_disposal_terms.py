"""Every line of the delta-v and disposal derivations follows from the printed lines, with their digits."""

import math
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest

from cosmodrome.budgets import lowering
from cosmodrome.budgets.delta_v import Maneuver
from cosmodrome.budgets.disposal import disposal_budget
from cosmodrome.budgets.maneuvers import drag_make_up, given_maneuvers
from cosmodrome.budgets.mass import mass_budget
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Requirements
from cosmodrome.models.satellite import Satellite
from cosmodrome.models.target import CircularTarget
from cosmodrome.orbit.lifetime import Lifetime
from cosmodrome.verdict.disposal import disposal_checks
from cosmodrome.verdict.thrust import thrust_checks

START = datetime(2027, 3, 1, tzinfo=UTC)
GM, RADIUS_KM, G0 = 3.986004418e14, 6378.137, 9.80665
ION = {
    "component": "bus",
    "specific_impulse_s": 2000,
    "propellant_mass_kg": 3,
    "kind": "electric",
    "thrust_n": 2e-3,
    "thrust_duty_fraction": 0.3,
}
HYDRAZINE = {"component": "bus", "specific_impulse_s": 220, "propellant_mass_kg": 4}


@pytest.fixture(autouse=True)
def slow_decay(monkeypatch):
    """Exponential in the mean altitude: 20 years from 550 km."""

    def years(perigee_km, apogee_km):
        return 20 * math.exp((0.8 * perigee_km + 0.2 * apogee_km - 550) / 45)

    def cases(perigee_km, apogee_km, *_):
        speed = {"low": 3.0, "mean": 1.0, "high": 0.4}
        return tuple(
            Lifetime(case, factor * years(perigee_km, apogee_km), exceeds=False, mean_flux_sfu=100.0)
            for case, factor in speed.items()
        )

    def by_perigee(perigees_km, apogee_km, *_, limit_years, **__):
        return lowering.np.array([min(years(km, apogee_km), limit_years) for km in perigees_km])

    monkeypatch.setattr(lowering, "lifetime_cases", cases)
    monkeypatch.setattr(lowering, "lifetimes_by_perigee_years", by_perigee)
    lowering._highest_perigee_km.cache_clear()
    yield
    lowering._highest_perigee_km.cache_clear()


def judged(propulsion, duty=0.4):
    satellite = Satellite.model_validate(
        {
            "name": "small",
            "components": [{"name": "bus", "mass_kg": 60, "maturity": "modified"}],
            "modes": [{"name": "on", "components": ["bus"]}],
            "solar_array": {"area_m2": 0.6, "cell_efficiency_ratio": 0.29},
            "battery": {"capacity_wh": 200},
            "drag_area_m2": 0.8,
            "propulsion": propulsion,
        }
    )
    mission = SimpleNamespace(
        policy=MarginPolicy(),
        target=CircularTarget(kind="circular", altitude_km=550, inclination_deg=97.6),
        requirements=Requirements(lifetime_years=3, maneuver_delta_v_m_s=10),
    )
    mass = mass_budget(satellite, mission.policy)
    maneuvers = (*given_maneuvers(mission), drag_make_up(mission, satellite, mass, START))
    disposal, delta_v = disposal_budget(mission, satellite, mass, START, maneuvers)
    budgets = SimpleNamespace(delta_v=delta_v, thruster_duty_fraction=duty)
    checks = (*disposal_checks(mission, disposal, delta_v), *thrust_checks(mission, budgets))
    return {check.name: check for check in checks}


def printed(check):
    return {term.name: float(f"{term.value:.6g}") for term in check.derivation}


def near(value):
    # six digits of each printed number
    return pytest.approx(value, rel=3e-5)


def apogee_speed(perigee_km, apogee_km):
    high, low = 1e3 * (RADIUS_KM + apogee_km), 1e3 * (RADIUS_KM + perigee_km)
    return math.sqrt(2 * GM * (1 / high - 1 / (high + low)))


@pytest.mark.parametrize("propulsion", [HYDRAZINE, ION], ids=["chemical", "electric"])
def test_the_delta_v_budget_follows_from_its_lines(propulsion):
    of = printed(judged(propulsion)["delta-v"])
    for name in ("as given", "drag make-up", "disposal"):
        assert of[f"{name}, with margin"] == near(of[name] * (1 + of[f"{name}: margin"]))
    assert (of["as given: margin"], of["drag make-up: margin"], of["disposal: margin"]) == (1.0, 0.05, 0.05)
    drag = {name.removeprefix("drag make-up: "): value for name, value in of.items()}
    slowed_m_s = drag["dynamic pressure times life"] * drag["drag coefficient"] * drag["drag area"]
    assert of["drag make-up"] == near(slowed_m_s / drag["dry mass with growth"])
    before_km, apogee_km = of["disposal: perigee before"], of["disposal: apogee"]
    after_km = of["disposal: disposal perigee"]
    impulse_m_s = apogee_speed(before_km, apogee_km) - apogee_speed(after_km, apogee_km)
    ratio = 1.0
    if propulsion is ION:
        arc = math.pi * of["disposal: duty of thrust"]
        ratio = 2 / (1 + math.sin(arc) / arc)
        assert of["disposal: impulse at the apogee"] == pytest.approx(impulse_m_s, rel=1e-4)
        assert of["disposal: long burn over impulse"] == near(ratio)
    assert of["disposal"] == pytest.approx(ratio * impulse_m_s, rel=1e-4)  # a difference of large numbers
    required_m_s = sum(of[f"{name}, with margin"] for name in ("as given", "drag make-up", "disposal"))
    assert of["required"] == near(required_m_s)
    exhaust_m_s = of["specific impulse"] * of["standard gravity"]
    assert of["propellant that would do"] == near(of["dry mass"] * math.expm1(of["required"] / exhaust_m_s))
    loaded = math.log1p(of["propellant loaded"] / of["dry mass"])
    assert of["available"] == near(exhaust_m_s * loaded)


@pytest.mark.parametrize("propulsion", [HYDRAZINE, ION], ids=["chemical", "electric"])
def test_the_time_to_come_down_follows_from_its_lines(propulsion):
    checks = judged(propulsion)
    of, budget = printed(checks["disposal"]), printed(checks["delta-v"])
    drag_m2 = of["drag coefficient"] * of["drag area"]
    assert of["ballistic coefficient"] == near(of["dry mass with growth"] / drag_m2)
    assert of["left alone, mean activity"] == near(of["lifetime, mean activity"] - of["working life"])
    others_m_s = budget["as given, with margin"] + budget["drag make-up, with margin"]
    assert (of["available"], of["other maneuvers, with margin"]) == (
        near(budget["available"]),
        near(others_m_s),
    )
    left_m_s = (of["available"] - others_m_s) / (1 + of["margin on disposal"])
    assert of["left for the perigee"] == near(left_m_s)
    reached_km = of["perigee reached"]
    spent_m_s = apogee_speed(of["perigee"], of["apogee"]) - apogee_speed(reached_km, of["apogee"])
    days = 0.0
    if propulsion is ION:
        spent_m_s *= of["long burn over impulse"]
        assert reached_km == near(of["perigee that would do"])
        exhaust_m_s = budget["specific impulse"] * G0
        burned_kg = budget["dry mass"] * math.expm1(spent_m_s / exhaust_m_s)
        days = of["thrust to there"]
        assert days == pytest.approx(burned_kg * exhaust_m_s / (2e-3 * 0.3) / 86400, rel=1e-4)
    else:
        assert spent_m_s == pytest.approx(left_m_s, rel=1e-4)
    for case in ("low", "mean", "high"):
        years = of[f"decay, {case} activity"] + days / 365.25
        assert of[f"after the mission, {case} activity"] == near(years)
    decay_years = 20 * math.exp((0.8 * reached_km + 0.2 * of["apogee"] - 550) / 45)
    assert of["decay, mean activity"] == near(decay_years)
    assert of["decay, mean activity"] + days / 365.25 <= 5


def test_both_masses_are_named():
    checks = judged(HYDRAZINE)
    assert printed(checks["disposal"])["dry mass with growth"] == 66.0
    assert printed(checks["delta-v"])["dry mass"] == near(66.0 * 1.2)


def test_how_disposal_is_flown_is_said():
    assert judged(HYDRAZINE)["delta-v"].source.startswith("disposal by an impulse at the apogee;")
    electric = "disposal by thrust along an arc about the apogee, 30 % of each revolution;"
    assert judged(ION)["delta-v"].source.startswith(electric)


def test_thrust_is_held_against_the_drag_of_the_most_active_month():
    check = judged(ION)["thrust"]
    of = printed(check)
    drag_mn = of["dynamic pressure, largest month"] * of["drag coefficient"] * of["drag area"] / 1e3
    assert of["drag"] == near(drag_mn)
    assert check.required == near(1.05 * drag_mn)
    assert check.achieved == near(of["thrust"] * of["duty of thrust"]) == near(0.6)
    assert check.closes
    assert not judged(ION | {"thrust_n": drag_mn / 1e3})["thrust"].closes  # its duty is 0.3
    assert judged(ION | {"thrust_n": 1.06 * drag_mn / 1e3 / 0.3})["thrust"].closes


def test_thrust_takes_of_the_working_life():
    check = judged(ION)["thrusting time"]
    of = printed(check)
    burned_kg, exhaust_m_s = of["propellant that would do"], of["specific impulse"] * G0
    assert of["days of thrust in all"] == near(burned_kg * exhaust_m_s / (1e-3 * of["mean thrust"]) / 86400)
    assert check.achieved == near(of["days of thrust in all"] - of["of these for disposal"])
    assert check.required == pytest.approx(3 * 365.25)
    assert check.closes
    assert not judged(ION | {"thrust_n": 1e-5})["thrusting time"].closes


def test_modes_must_let_the_thruster_thrust():
    assert judged(ION, duty=0.3)["thrust duty"].closes
    check = judged(ION, duty=0.1)["thrust duty"]
    assert not check.closes
    assert (check.required, check.achieved) == (0.3, 0.1)


def test_short_burns_have_no_checks_of_time():
    assert set(judged(HYDRAZINE)) == {"orbital lifetime", "disposal", "delta-v"}


def test_every_named_function_exists():
    terms = [term for check in judged(ION).values() for term in check.derivation]
    for formula_id in {term.formula_id for term in terms if term.formula_id}:
        module, name = formula_id.rsplit(".", 1)
        assert callable(getattr(import_module(f"cosmodrome.{module}"), name))
    assert all(term.formula or term.source for term in terms)


def test_a_number_without_an_analysis_is_an_allowance():
    asked = SimpleNamespace(requirements=Requirements(maneuver_delta_v_m_s=30))
    assert given_maneuvers(asked) == (
        Maneuver("as given", 30.0, "allowance", "mission file, an allowance: no analysis is named"),
    )
    calculated = Requirements(maneuver_delta_v_m_s=30, maneuver_delta_v_basis="computed")
    (line,) = given_maneuvers(SimpleNamespace(requirements=calculated))
    assert (line.basis, line.source) == ("computed", "mission file, calculated, the file says")
