"""What would close a check, against missions whose margins are known functions of their numbers."""

import math
from pathlib import Path

import pytest

from cosmodrome.errors import QuestionError
from cosmodrome.missionfile import load_mission
from cosmodrome.outputs.explain_text import checks_list, explanation
from cosmodrome.verdict.check import Check, Term, Verdict, VerdictStatus
from cosmodrome.verdict.closing import with_closings

MISSION = load_mission(Path(__file__).parents[2] / "missions" / "does-not-close.toml")


def check(name, required, achieved, unit, sense):
    return Check(
        name=name, title=f"the {name}", required=required, achieved=achieved, unit=unit, sense=sense,
        best_estimate=achieved, allowance=0.0, policy="none", source="test", detail="test", advice="more",
        derivation=(Term("load", 88.0, "Wh", source="test"), Term(name, achieved, unit, "load / capacity")),
    )  # fmt: skip


def judged(mission):
    """Depth 100 x 88 Wh / capacity, at most 30 %; margin 20 dB + power - 10 log10 rate, at least 6 dB."""
    satellite = mission.satellite
    depth = 100.0 * 88.0 / satellite.battery.capacity_wh
    sent = satellite.transmitter
    margin = 20.0 + sent.rf_power_dbw - 10.0 * math.log10(sent.data_rate_mbit_s)
    checks = (
        check("battery", 30.0, depth, "%", "at most"),
        check("link", 6.0, margin, "dB", "at least"),
        check("memory", 10.0, 5.0, "Gbit", "at most"),
    )
    ordered = tuple(sorted(checks, key=lambda one: one.margin_fraction))
    closes = all(one.closes for one in ordered)
    return Verdict(VerdictStatus.CLOSES if closes else VerdictStatus.DOES_NOT_CLOSE, ordered)


@pytest.fixture(scope="module")
def closed():
    return with_closings(MISSION, judged(MISSION), judged)


def test_the_least_capacity_that_closes_the_depth(closed):
    battery = closed.find("battery")
    (closing,) = battery.closings
    assert closing.lever == "battery capacity"
    assert closing.after == pytest.approx(100.0 * 88.0 / 30.0, rel=0.005)  # 88 Wh are 30 % of it
    assert closing.after >= 100.0 * 88.0 / 30.0
    assert closing.margin >= 0.0
    change = closing.after - closing.before
    assert change == pytest.approx(float(f"{change:.3g}"), rel=1e-9)  # what is printed is what was judged


def test_what_closes_each_check_closes_all_at_once(closed):
    battery, link = closed.find("battery"), closed.find("link")
    assert set(closed.together.changes) == {battery.closings[0].text, link.closings[0].text}
    assert closed.together.still_failing == ()
    assert closed.together.summary.endswith("then every check holds")


def test_a_check_at_its_worst_is_closed_by_what_answers_to_a_large_change():
    def judged_empty(mission):
        depth = min(100.0 * 2000.0 / mission.satellite.battery.capacity_wh, 100.0)  # at 260 Wh far beyond
        return Verdict(VerdictStatus.DOES_NOT_CLOSE, (check("battery", 30.0, depth, "%", "at most"),))

    (found,) = with_closings(MISSION, judged_empty(MISSION), judged_empty).checks
    assert found.sensitivities == ()
    (closing,) = found.closings
    assert closing.lever == "battery capacity"
    assert closing.after == pytest.approx(100.0 * 2000.0 / 30.0, rel=0.01)


def test_closings_are_judged_and_say_what_still_fails(closed):
    link = closed.find("link")
    assert {one.lever for one in link.closings} == {"transmitter power", "data rate"}
    for one in link.closings:
        assert one.margin >= 0.0
        assert one.still_failing == ("the battery",)
    louder = next(one for one in link.closings if one.lever == "transmitter power")
    drawn_w = 36.0 * 10 ** ((louder.after - louder.before) / 10.0)  # at the same efficiency
    assert louder.followed == f"power_w of imt-x-band-transmitter to {drawn_w:.6g} W"
    assert louder.text.endswith(f"dBW; with it {louder.followed})")
    rate = next(one for one in link.closings if one.lever == "data rate")
    power = MISSION.satellite.transmitter.rf_power_dbw
    assert rate.after == pytest.approx(10 ** ((20.0 + power - 6.0) / 10.0), rel=0.005)


def test_sensitivities_are_of_the_narrowest_checks(closed):
    battery = closed.find("battery").sensitivities
    assert [one.lever for one in battery] == ["battery capacity"]
    assert battery[0].margin_change == pytest.approx(100.0 * 88.0 / 260.0 * (1 - 1 / 1.01), rel=1e-9)
    assert closed.find("memory").closings == ()
    assert closed.find("memory").sensitivities == ()  # no number of the mission moves it


def test_a_change_that_cannot_close_is_not_offered():
    def judged_duty(mission):
        duty = mission.satellite.modes[2].duty_fraction
        return Verdict(VerdictStatus.DOES_NOT_CLOSE, (check("duty", 2.0, duty, "", "at least"),))

    found = with_closings(MISSION, judged_duty(MISSION), judged_duty)
    assert found.checks[0].closings == ()  # a duty ends at 1
    assert found.checks[0].remedy == "more"
    assert found.checks[0].sensitivities[0].lever_change < 0  # it is 1 already: nudged down


def test_the_explanation_has_every_number(closed):
    text = explanation(closed.find("the battery"))
    for part in (
        "FAILS",
        "88 Wh",
        "load / capacity",
        "battery capacity +2.6 Wh",
        "then still failing: the link",
        "best estimate 33.8462 %",
    ):
        assert part in text
    assert checks_list(closed).splitlines()[1].startswith("  ")
    with pytest.raises(QuestionError, match="no check 'batery'; did you mean 'battery'"):
        closed.find("batery")
