"""Checks of temperatures, heater and fade: what they hold against what, and what they say."""

from datetime import UTC, datetime
from types import SimpleNamespace

import numpy as np
import pytest

from cosmodrome.budgets.thermal import NodeTemperature, PartTemperature, ThermalBudget, ThermalOrbit
from cosmodrome.models.body import Body
from cosmodrome.physics.thermal import HeatAccount
from cosmodrome.verdict.thermal import thermal_checks

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)
BODY = Body.model_validate(
    {
        "faces": [
            {
                "name": "front",
                "area_m2": 1.0,
                "normal": (1, 0, 0),
                "finish": {"name": "w", "solar_absorptance_ratio": 0.2, "infrared_emissivity_ratio": 0.9},
            }
        ]
    }
)
MISSION = SimpleNamespace(policy=SimpleNamespace(name="test policy"), satellite=None)


def thermal(*parts, required_w=0.0, available_w=None):
    account = HeatAccount(*(np.zeros(1) for _ in range(4)))
    hot = ThermalOrbit(NOON, 60.0, BODY.hot, None, account, 400.0, 150.0)
    cold = ThermalOrbit(NOON, 0.0, BODY.cold, None, account, 200.0, 80.0)
    node = NodeTemperature("inside", 30.0, 25.0, 5.0, 0.0, required_w)
    return ThermalBudget((node,), parts, hot, cold, 10.0, required_w, available_w)


BATTERY = PartTemperature("battery", "inside", 30.0, 45.0, 0.0, -5.0)
COMPUTER = PartTemperature("computer", "inside", 30.0, 36.0, 0.0, -40.0)


def named(checks, name):
    return next(check for check in checks if check.name == name)


def test_without_body_or_limits_nothing_is_checked():
    assert thermal_checks(MISSION, None) == ()
    assert thermal_checks(MISSION, thermal()) == ()


def test_the_part_nearest_to_its_limit_is_named():
    checks = thermal_checks(MISSION, thermal(BATTERY, COMPUTER, required_w=12.0))
    hot, cold = named(checks, "thermal hot"), named(checks, "thermal cold")
    assert (hot.title, hot.achieved, hot.required, hot.closes) == ("hot margin, computer", 6.0, 10.0, False)
    assert hot.remedy == "a radiator, a finish or a cooler seat"
    assert (cold.title, cold.achieved, cold.closes) == ("cold margin, battery", 5.0, False)
    assert cold.remedy == "a heater, insulation, or less radiating area"
    assert "1322 W/m2, albedo 0.25, infrared 220 W/m2" in cold.source
    assert {"heat from Sun and Earth", "heat of the parts"} <= {term.name for term in hot.derivation}
    assert hot.derivation[-1].value == hot.achieved


@pytest.mark.parametrize(("available_w", "closes"), [(15.0, True), (8.0, False)])
def test_a_heater_takes_the_place_of_the_cold_limits(available_w, closes):
    checks = thermal_checks(MISSION, thermal(BATTERY, required_w=12.0, available_w=available_w))
    assert {check.name for check in checks} == {"thermal hot", "heater"}
    heater = named(checks, "heater")
    assert (heater.required, heater.achieved, heater.closes) == (12.0, available_w, closes)
    assert heater.remedy == ("" if closes else "a stronger heater, insulation, or less radiating area")


def test_limits_on_one_side_are_checked_on_that_side():
    only_hot = PartTemperature("camera", "inside", 30.0, 60.0, 0.0, None)
    assert [check.name for check in thermal_checks(MISSION, thermal(only_hot))] == ["thermal hot"]
    only_cold = PartTemperature("tank", "inside", 30.0, None, 0.0, -20.0)
    (check,) = thermal_checks(MISSION, thermal(only_cold))
    assert (check.name, check.remedy) == ("thermal cold", "")
