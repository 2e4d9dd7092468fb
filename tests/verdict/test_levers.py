"""Levers against missions whose numbers must follow one another."""

import math
from pathlib import Path

import pytest

from cosmodrome.missionfile import load_mission
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.verdict.levers import mission_levers, with_lever

MISSION = load_mission(Path(__file__).parents[2] / "missions" / "does-not-close.toml")
MISSION = MISSION.model_copy(
    update={
        "satellite": MISSION.satellite.model_copy(
            update={
                "battery": MISSION.satellite.battery.model_copy(update={"component": "li-ion-battery-8s16p"}),
                "solar_array": MISSION.satellite.solar_array.model_copy(
                    update={"component": "solar-panel-3g30-1m2"}
                ),
            }
        )
    }
)


def lever(title: str, mission: Mission = MISSION):
    (found,) = [one for one in mission_levers(mission) if one.title == title]
    return found


def part(mission: Mission, name: str):
    return next(one for one in mission.satellite.components if one.name == name)


def with_satellite(**changes) -> Mission:
    satellite = Satellite.model_validate(MISSION.satellite.model_dump() | changes)
    return MISSION.model_copy(update={"satellite": satellite})


def transceiver(**mode_power_w: float) -> Mission:
    """The transmitter also listens, at 3 W, in the housekeeping mode."""
    satellite = MISSION.satellite.model_dump()
    for component in satellite["components"]:
        if component["name"] == "imt-x-band-transmitter":
            component |= {"power_w": 3.0, "mode_power_w": mode_power_w}
    modes = [dict(mode) for mode in satellite["modes"]]
    modes[0]["components"] = (*modes[0]["components"], "imt-x-band-transmitter")
    return with_satellite(components=satellite["components"], modes=modes)


def test_a_lever_changes_its_number_and_its_followers_and_nothing_else():
    for one in mission_levers(MISSION):
        changed = with_lever(MISSION, one, one.turned(-0.1))
        assert changed != MISSION
        back = with_lever(changed, one, one.value)
        for follower in one.followers:  # to rounding there and back
            *table, key = follower.path
            node = back
            for step in table:
                node = node[step] if isinstance(step, int) else getattr(node, step)
            assert getattr(node, key) == pytest.approx(follower.value, rel=1e-12)
        if not one.followers:
            assert back == MISSION, one.path


def test_decibels_are_turned_by_a_power_ratio():
    gain = lever("antenna gain")
    assert gain.turned(1.0) - gain.value == pytest.approx(3.0103, abs=1e-4)
    assert gain.turned(-2.0) == gain.lowest


def test_a_transmitter_draws_for_what_it_radiates():
    """Twice the output from twice the input: 36 W become 72 W."""
    power = lever("transmitter power")
    changed = with_lever(MISSION, power, power.value + 10 * math.log10(2))
    assert part(changed, "imt-x-band-transmitter").power_w == pytest.approx(72.0, rel=1e-12)
    Satellite.model_validate(changed.satellite.model_dump())  # and it still radiates less than it draws
    assert power.followed(power.value + 10 * math.log10(2)) == "power_w of imt-x-band-transmitter to 72 W"
    for check in ("battery", "array", "heater", "thermal", "link", "data"):
        assert power.may_move(check)


def test_of_a_transceiver_only_the_power_of_sending_follows():
    mission = transceiver(downlink=36.0)
    power = lever("transmitter power", mission)
    louder = part(with_lever(mission, power, power.value + 10 * math.log10(2)), "imt-x-band-transmitter")
    assert louder.mode_power_w == {"downlink": pytest.approx(72.0, rel=1e-12)}
    assert louder.power_w == 3.0
    assert power.followed(power.value) == "mode_power_w.downlink of imt-x-band-transmitter to 36 W"


def test_a_transceiver_is_not_turned_below_the_power_of_listening():
    mission = transceiver(downlink=36.0)
    power = lever("transmitter power", mission)
    quiet = with_lever(mission, power, power.turned(-2.0))
    assert quiet.satellite.sending_modes == ("downlink",)
    assert part(quiet, "imt-x-band-transmitter").mode_power_w["downlink"] == pytest.approx(3.0, rel=3e-3)


def test_a_battery_and_an_array_weigh_by_their_size():
    larger = with_lever(MISSION, lever("battery capacity"), 1.5 * MISSION.satellite.battery.capacity_wh)
    assert part(larger, "li-ion-battery-8s16p").mass_kg == pytest.approx(1.5 * 2.5, rel=1e-12)
    panels = part(MISSION, "solar-panel-3g30-1m2")
    wider = with_lever(MISSION, lever("array area"), 3.0)
    assert part(wider, "solar-panel-3g30-1m2").mass_kg == pytest.approx(1.5 * panels.mass_kg, rel=1e-12)
    assert lever("battery capacity").may_move("payload")
    assert lever("battery capacity").may_move("disposal")


def test_a_battery_without_its_component_keeps_its_mass():
    satellite = MISSION.satellite.model_dump()
    mission = with_satellite(battery=satellite["battery"] | {"component": None})
    capacity = lever("battery capacity", mission)
    assert capacity.followers == ()
    assert not capacity.may_move("payload")
    assert capacity.followed(500.0) == ""


def test_cells_on_two_faces_weigh_together():
    """Two levers, one mass: what both add, at the same kg/m2."""
    faces = [
        {"name": name, "area_m2": 2.0, "normal": normal, "finish": finish, "cell_area_m2": 0.5}
        for name, normal in (("left", (0, 1, 0)), ("right", (0, -1, 0)))
        for finish in ({"name": "paint", "solar_absorptance_ratio": 0.2, "infrared_emissivity_ratio": 0.9},)
    ]
    array = {"mounting": "faces", "cell_efficiency_ratio": 0.296, "component": "solar-panel-3g30-1m2"}
    mission = with_satellite(body={"faces": faces}, solar_array=array)
    mass_kg = part(mission, "solar-panel-3g30-1m2").mass_kg
    changed = with_lever(mission, lever("cells on left", mission), 1.0)
    changed = with_lever(changed, lever("cells on right", mission), 0.75)
    assert part(changed, "solar-panel-3g30-1m2").mass_kg == pytest.approx(1.75 * mass_kg, rel=1e-12)


def test_what_is_always_on_is_no_lever():
    titles = [one.title for one in mission_levers(MISSION)]
    assert "duty of housekeeping" not in titles
    assert {"duty of imaging", "duty of downlink"} <= set(titles)
