"""Catalog entries as text: what has a source beside it, and what is stated without one."""

from cosmodrome.catalog import Contradiction, find_vehicle
from cosmodrome.outputs.catalog_text import audit_text, vehicle_text


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


def test_an_audit_names_vehicle_claims_and_reconciliation():
    finding = Contradiction("v", "height", "10 m tall (A)", "12 m in all", "+2 m, spread 0.2 m", "2 m inside")
    lines = audit_text([finding], 3).splitlines()
    assert lines[0] == "v"
    assert lines[1].split() == ["height", "10", "m", "tall", "(A)"]
    assert lines[4].endswith("reconciled by 2 m inside")
    assert lines[-1] == "1 contradictions in 3 vehicles"
