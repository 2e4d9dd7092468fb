"""Wheels unloaded by thrusters: S-30's desaturation, and the line that it becomes."""

import math
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from cosmodrome.budgets.attitude import attitude_budget
from cosmodrome.budgets.disposal import end_of_life_budgets
from cosmodrome.budgets.maneuvers import life_activity
from cosmodrome.budgets.mass import mass_budget
from cosmodrome.budgets.unloading import wheel_unloading
from cosmodrome.constants import EARTH_GM_M3_S2, JULIAN_YEAR_S
from cosmodrome.injection import InjectionState
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Requirements
from cosmodrome.models.target import CircularTarget
from cosmodrome.orbit.eclipses import illumination_fraction
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.attitude_control import impulse_propellant_kg

EPOCH = datetime(2027, 3, 20, tzinfo=UTC)
RADIUS_M = 7_078_000.0
SPEED_M_S = math.sqrt(EARTH_GM_M3_S2 / RADIUS_M)
INJECTION = InjectionState(EPOCH, (RADIUS_M, 0.0, 0.0), (0.0, 0.5 * SPEED_M_S, math.sqrt(0.75) * SPEED_M_S))
PARTS = [{"name": name, "mass_kg": 20, "power_w": 5} for name in ("bus", "camera", "radio")]
WHEELS = {"name": "wheel", "mass_kg": 1, "count": 3, "momentum_n_m_s": 1.0, "torque_n_m": 0.02}
THRUSTERS = {"component": "bus", "specific_impulse_s": 200, "propellant_mass_kg": 5, "thruster_arm_m": 0.5}
CONTROL = {"principal_inertia_kg_m2": [90, 60, 90], "pressure_offset_m": [0, 0, 0.2]}


def asked(years=5.0):
    return SimpleNamespace(
        target=CircularTarget(kind="circular", altitude_km=699.9, inclination_deg=60),
        requirements=Requirements(lifetime_years=years),
        policy=MarginPolicy(),
        stations=(),
    )


@pytest.fixture
def unloaded(small_satellite):
    def found(years=5.0, **changes):
        described = {
            "components": [*PARTS, WHEELS], "propulsion": THRUSTERS, "attitude_control": CONTROL,
        } | changes  # fmt: skip
        satellite = small_satellite(**described)
        return wheel_unloading(asked(years), satellite, mass_budget(satellite, MarginPolicy()), INJECTION)

    return found


def test_the_line_is_the_momentum_of_the_working_life_over_the_arm(unloaded, small_satellite):
    line = unloaded()
    satellite = small_satellite(components=[*PARTS, WHEELS], propulsion=THRUSTERS, attitude_control=CONTROL)
    path = propagate(INJECTION, EPOCH, 1.1, Forces(), step_s=60.0)
    activity = life_activity(asked(), EPOCH)
    weather = float(activity.flux_sfu.mean()), float(activity.ap_index.mean())
    torques = attitude_budget(asked(), satellite, path, illumination_fraction(path), weather=weather)
    dry_kg = mass_budget(satellite, MarginPolicy()).dry_mass_kg
    impulse_n_s = torques.secular_momentum_n_m_s * 5 * JULIAN_YEAR_S / torques.period_s / 0.5
    assert line.delta_v_m_s == pytest.approx(impulse_n_s / dry_kg, rel=1e-6)
    assert line.basis == "allowance"
    assert line.source.endswith(f"on an arm of 0.5 m: {impulse_n_s:.3g} N s")
    # wheels are sized by the most active month, propellant by the mean one
    busiest = attitude_budget(asked(), satellite, path, illumination_fraction(path))
    assert busiest.secular_momentum_n_m_s > torques.secular_momentum_n_m_s
    assert busiest.flux_sfu > torques.flux_sfu == pytest.approx(weather[0])


def test_the_propellant_is_that_of_the_impulse(small_satellite):
    """S-30: 0.4 N m s on 0.5 m are 0.8 N s, 4380 N s in five years of three a day; 2.23 kg of the 2.55 kg."""
    assert 5 * 365 * 3 * 0.4 / 0.5 == 4380
    assert impulse_propellant_kg(4380, 200) == pytest.approx(4380 / 5004 * 2.55, rel=0.005)
    satellite = small_satellite(components=[*PARTS, WHEELS], propulsion=THRUSTERS, attitude_control=CONTROL)
    mass = mass_budget(satellite, MarginPolicy())
    line = wheel_unloading(asked(), satellite, mass, INJECTION)
    _, budget = end_of_life_budgets(asked(), satellite, mass, INJECTION)
    (mine,) = (one for one in budget.lines if one.name == "wheel unloading")
    assert mine.required_m_s == pytest.approx(2 * line.delta_v_m_s)  # ESA: 100 % on what is not calculated
    others_m_s = budget.required_m_s - mine.required_m_s
    exhaust_m_s = 200 * 9.80665
    without_kg = mass.dry_mass_kg * math.expm1(others_m_s / exhaust_m_s)
    more_kg = budget.required_propellant_kg - without_kg
    # the rocket equation counts the other propellant with the dry mass
    exact = impulse_propellant_kg(mine.required_m_s * mass.dry_mass_kg, 200)
    assert exact <= more_kg < 1.15 * exact


def test_torquers_unload_without_propellant(unloaded, small_satellite):
    rods = {"name": "rod", "mass_kg": 1, "count": 3, "dipole_a_m2": 10.0}
    assert unloaded(components=[*PARTS, WHEELS, rods]) is None
    assert unloaded(components=PARTS) is None
    assert unloaded(propulsion=None) is None
    assert unloaded(attitude_control=None) is None


def test_wheels_that_nothing_unloads_are_refused(small_satellite):
    armless = {key: value for key, value in THRUSTERS.items() if key != "thruster_arm_m"}
    with pytest.raises(ValidationError, match="nothing unloads the wheels") as raised:
        small_satellite(components=[*PARTS, WHEELS], propulsion=armless, attitude_control=CONTROL)
    (error,) = raised.value.errors()
    assert error["ctx"]["help"] == (
        "give [satellite.propulsion] thruster_arm_m, or list torquers with their dipole_a_m2"
    )
    ion = armless | {"kind": "electric", "thrust_n": 1e-3}
    small_satellite(components=[*PARTS, WHEELS], propulsion=ion, attitude_control=CONTROL)
