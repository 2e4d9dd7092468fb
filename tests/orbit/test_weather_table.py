"""Space weather for the integrator: conventions and cases, and what they do to a satellite."""

from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest

from cosmodrome.orbit.forces import FORECAST_AP, ConstantWeather, Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.orbit.solar_activity import read_space_weather
from cosmodrome.orbit.weather_table import weather_table
from cosmodrome.physics.elements import KeplerianElements

STORM = datetime(2003, 10, 29, tzinfo=UTC)  # a daily Ap of 204 (GFZ Potsdam)
ORBIT = KeplerianElements(6778137.0, 0.0, 0.9, 1.0, 0.0, 0.0)
DRAG = Forces(mass_kg=100.0, drag_area_m2=1.0)


def rows(table):
    lines = table.decode("ascii").splitlines()
    header = lines[0].split(",")
    return [dict(zip(header, line.split(","), strict=True)) for line in lines[1:]]


def moved_m(one, other, start=STORM):
    ends = [propagate(ORBIT, start, 1.0, forces).position_m[-1] for forces in (one, other)]
    return float(np.linalg.norm(ends[0] - ends[1]))


def test_the_storm_is_in_its_slots_or_in_all_of_them():
    day = next(row for row in rows(weather_table("observed", "3-hourly")) if row["DATE"] == "2003-10-29")
    slots = [int(day[f"AP{k}"]) for k in range(1, 9)]
    assert max(slots) == 400  # GFZ: Kp 9o
    assert round(np.mean(slots)) == int(day["AP_AVG"]) == 204
    day = next(row for row in rows(weather_table("observed", "daily-mean")) if row["DATE"] == "2003-10-29")
    assert [int(day[f"AP{k}"]) for k in range(1, 9)] == [204] * 8


def test_the_forecast_gets_an_ap_and_the_observed_days_stay():
    table = rows(weather_table("observed", "3-hourly"))
    forecast = [row for row in table if row["F10.7_DATA_TYPE"] == "PRM"]
    assert len(forecast) > 100
    assert {row["AP1"] for row in forecast} == {row["AP_AVG"] for row in forecast} == {str(FORECAST_AP)}


@pytest.mark.parametrize("case", ["low", "mean", "high"])
def test_a_case_begins_after_the_last_observed_day(case):
    record, table = read_space_weather(), rows(weather_table(case, "3-hourly"))
    after = [row for row in table if row["DATE"] > str(record.day[-1])]
    assert len(after) > 700
    assert "PRD" not in {row["F10.7_DATA_TYPE"] for row in table}
    assert date.fromisoformat(after[-1]["DATE"]).year > 2080


def test_the_convention_moves_a_satellite_by_hundreds_of_meters():
    # reference/orbit.md (e): 3-hourly against daily moves a satellite at 500 km 588 m in a day; at 400 km and
    # in a storm it is more
    apart = moved_m(DRAG, replace(DRAG, ap_convention="daily-mean"))
    assert 100.0 < apart < 20_000.0
    quiet = ConstantWeather(120.0, 10.0)
    assert (
        moved_m(
            replace(DRAG, space_weather=quiet),
            replace(DRAG, space_weather=quiet, ap_convention="daily-mean"),
        )
        == 0.0
    )


def test_cases_are_alike_where_it_was_observed_and_ordered_after():
    assert moved_m(DRAG, replace(DRAG, space_weather="high")) == 0.0
    future = datetime(2035, 6, 1, tzinfo=UTC)
    axes = []
    for case in ("low", "mean", "high"):
        flown = propagate(ORBIT, future, 1.0, replace(DRAG, space_weather=case))
        axes.append(np.linalg.norm(flown.position_m, axis=1)[-190:].mean())
        assert f"the {case} course of the solar cycles" in flown.notes[-1]
    assert axes[0] > axes[1] > axes[2]


def test_constant_weather_needs_no_note():
    future = datetime(2060, 1, 1, tzinfo=UTC)
    flown = propagate(ORBIT, future, 0.05, replace(DRAG, space_weather=ConstantWeather(150.0, 12.0)))
    assert not any("weather" in note for note in flown.notes)
    assert flown.space_weather_until == date.max
    assert "F10.7 150 sfu and Ap 12 throughout" in flown.forces.conventions


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: ConstantWeather(1500.0, 10.0), "expected 50 to 500 sfu"),
        (lambda: Forces(ap_convention="hourly"), "known: 3-hourly, daily-mean"),
        (lambda: Forces(space_weather="stormy"), "known: observed, low, mean, high"),
        (lambda: Forces(density_model="jb2008"), "known: nrlmsise-00"),
        (lambda: Forces(gravity_model="JGM3"), "known: EGM2008, EGM96"),
        (lambda: Forces(drag_area_m2=-1.0), "drag_area_m2 is -1; expected at least 0"),
        (lambda: Forces(gravity_degree=90), "a degree up to 70"),
        (lambda: Forces(mass_kg=0.0), "mass_kg is 0; expected above 0"),
    ],
)
def test_unknown_conventions_are_refused(make, said):
    with pytest.raises(ValueError, match=said):
        make()


@pytest.mark.parametrize(
    ("instant", "said"),
    [
        (datetime(1960, 6, 1, tzinfo=UTC), "Earth orientation is tabulated from 1973-01-02"),
        (datetime(2045, 1, 1, tzinfo=UTC), "Earth orientation is tabulated until"),
        (datetime(2038, 1, 1, tzinfo=UTC), "the monthly forecast of F10.7"),
    ],
)
def test_outside_the_tables_is_said_with_its_effect(instant, said):
    notes = propagate(ORBIT, instant, 0.02, DRAG).notes
    assert any(said in note for note in notes), notes


def test_before_utc_there_is_no_instant():
    with pytest.raises(
        ValueError, match=r"1950-01-01T00:00:00\+00:00 is before UTC began; expected 1960 or later"
    ):
        propagate(ORBIT, datetime(1950, 1, 1, tzinfo=UTC), 0.02, DRAG)
