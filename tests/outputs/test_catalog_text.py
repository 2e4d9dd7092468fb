"""Catalog entries as text: what has a source beside it, and what is stated without one."""

import pytest

from cosmodrome.catalog import Contradiction, OpenQuestion, find_vehicle, open_questions, vehicle_names
from cosmodrome.outputs.catalog_page import entry_page, list_page
from cosmodrome.outputs.catalog_text import audit_text, vehicle_table, vehicle_text
from cosmodrome.outputs.vehicle_sketch import vehicle_sketch


def test_a_vehicle_dropped_by_a_carrier_tells_how():
    vehicle = find_vehicle("pegasus-xl")
    lines = vehicle_text(vehicle).splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("  air_launch"))
    assert lines[at + 1].split()[:2] == ["altitude_m", f"{vehicle.air_launch.altitude_m.value:,g}"]
    told = " ".join(" ".join(lines[at + 1 : at + 6]).split())
    assert vehicle.air_launch.altitude_m.source in told
    assert f"speed_m_s {vehicle.air_launch.speed_m_s.value:,g}" in told
    assert "air_launch" not in vehicle_text(find_vehicle("angara-1.2"))


def test_numbers_without_a_source_are_shown_where_the_entry_states_them():
    vehicle = find_vehicle("vega-c")
    text = vehicle_text(vehicle)
    curve = vehicle.stages[0].thrust_curve_ratio
    assert " ".join(text.split()).count(", ".join(f"{at:g}:{ratio:g}" for at, ratio in curve)) == 1
    assert text.count("    ignition  ") == sum("ignition" in s.model_fields_set for s in vehicle.stages)
    assert "jettison_delay_s" not in text  # a default that the entry does not state


def test_the_injection_accuracy_is_shown_with_its_orbit_and_its_sigma_level():
    text = vehicle_text(find_vehicle("falcon-heavy"))
    lines = text[text.index("  injection accuracy") :].splitlines()
    assert lines[0] == ("  injection accuracy   (LEO, direct injection 200 × 360 km; half-widths at 3 sigma)")
    assert lines[1].split() == ["perigee_altitude_error_km", "10", "medium"]
    assert "    note: stated for Falcon 9; the guide is one for both Falcons" in lines
    assert "injection accuracy" not in vehicle_text(find_vehicle("angara-1.2"))


def test_an_audit_names_vehicle_claims_and_reconciliation():
    finding = Contradiction("v", "height", "10 m tall (A)", "12 m in all", "+2 m, spread 0.2 m", "2 m inside")
    lines = audit_text([finding], 3).splitlines()
    assert lines[0] == "v"
    assert lines[1].split() == ["height", "10", "m", "tall", "(A)"]
    assert lines[4].endswith("reconciled by 2 m inside")
    assert lines[-1] == "1 contradictions in 3 vehicles"


def _row(text, key):
    """The line of a number, less its key."""
    line = next(line for line in text.splitlines() if line.split()[:1] == [key])
    return line.strip().removeprefix(key).strip()


def test_a_number_shows_its_confidence_its_range_and_its_source():
    text = vehicle_text(find_vehicle("angara-1.2"))
    assert _row(text, "thrust_sea_level_n").startswith(
        "1,922,000  high       -0.1 %  unverified: NPO Energomash"
    )
    assert _row(text, "dry_mass_kg") == "9,800  medium    -8 +7 %  RLD/SLR; RLD/DW"
    assert "also 10,500 RLD/Sp101 · 10,150 RLD mean used there · 9,000 ORB" in text
    assert _row(text, "adapter_mass_kg").split()[:2] == ["~100", "low"]
    assert "~ estimated" in text
    assert "e+0" not in text.partition("published payloads")[0]


def test_what_has_only_flown_is_marked_as_a_lower_bound():
    figures = [line for line in vehicle_text(find_vehicle("pegasus-xl")).splitlines() if " flown " in line]
    assert figures
    assert all(line.split()[0] == "≥" for line in figures)


@pytest.mark.parametrize("name", vehicle_names())
def test_lines_fit_but_for_addresses(name):
    vehicle = find_vehicle(name)
    text = vehicle_text(vehicle, open_questions(vehicle))
    assert vehicle_sketch(vehicle) in text
    assert [line for line in text.splitlines() if len(line) > 110 and len(line.split()[-1]) < 65] == []


def test_at_most_ten_questions_are_shown_and_the_rest_counted():
    vehicle = find_vehicle("angara-1.2")
    asked = [OpenQuestion(f"number {each}", "1; others say 2", 1 / each) for each in range(1, 14)]
    lines = vehicle_text(vehicle, asked).splitlines()
    at = next(number for number, line in enumerate(lines) if "13 open questions" in line)
    assert lines[at + 1].strip() == "100 %  number 1: 1; others say 2"
    assert lines[at + 10].strip() == "10 %  number 10: 1; others say 2"
    assert lines[at + 11].strip() == "and 3 more"
    assert len(lines) == at + 12


def test_questions_say_their_size_or_that_nothing_measures_it():
    vehicle = find_vehicle("angara-1.2")
    asked = [
        OpenQuestion("a", "far apart", 0.5),
        OpenQuestion("height", "10 m tall: +2 m", 0.0123, is_contradiction=True),
        OpenQuestion("b", "estimated", None),
    ]
    told = [line.strip() for line in vehicle_text(vehicle, asked).splitlines()[-5:]]
    assert told[0].startswith("3 open questions")
    assert told[1:4] == ["50 %  a: far apart", "1.2 %  height: 10 m tall: +2 m", "?    b: estimated"]
    assert told[4].endswith("cosmodrome catalog audit angara-1.2")
    assert "open question" not in vehicle_text(vehicle)
    assert "1 open question " in vehicle_text(vehicle, asked[:1])


def test_an_entry_page_of_a_vehicle_ends_with_what_is_open():
    text = entry_page("vehicles", "angara-1.2")
    assert "\n 42.7 m ┬ " in text
    assert "fairing mass_kg: 810; others say 500 to 1,200" in text.partition("open questions")[2]
    plain = entry_page("vehicles", "angara-1.2", encoding="ascii")
    assert "\n 42.7 m + " in plain


def test_a_terminal_lists_vehicles_in_columns_and_a_pipe_their_names():
    assert list_page("vehicles").splitlines() == list(vehicle_names())
    lines = list_page("vehicles", is_terminal=True).splitlines()
    assert lines[0].split() == ["name", "title", "country", "status", "height", "lift-off", "to", "LEO"]
    angara = next(line for line in lines if line.startswith("angara-1.2 "))
    assert angara.split() == [
        "angara-1.2", "Angara", "1.2", "RU", "operational", "42.7", "m", "171.0", "t", "3,800", "kg",
    ]  # fmt: skip
    assert max(map(len, lines)) <= 110
    assert list_page("sites", is_terminal=True) == list_page("sites")


def test_the_table_does_without_what_an_entry_does_not_state():
    vehicle = find_vehicle("electron").model_copy(
        update={"status": "retired from Kourou 2022 (S version)", "payload_figures": ()}
    )
    assert "retired 2022" in vehicle_table([vehicle])
    bare = vehicle.model_copy(update={"status": ""})
    assert vehicle_table([bare]).splitlines()[1].endswith("12.5 t")
