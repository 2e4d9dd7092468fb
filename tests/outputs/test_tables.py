import csv
import io
import re
from pathlib import Path

import pytest

from cosmodrome.outputs.tables import Table, cell_text, csv_text, mission_tables, trajectory_table

NOMENCLATURE = Path(__file__).parents[2] / "docs" / "nomenclature.md"


@pytest.fixture(scope="session")
def by_name(result):
    return {table.name: table for table in mission_tables(result)}


def test_a_satellite_mission_has_every_table(by_name):
    asked = {"verdict", "events", "ascent", "passes", "eclipses", "windows", "mass", "power", "links"}
    assert asked <= set(by_name)


def test_a_mission_without_satellite_has_those_of_the_lift(lift_result):
    names = {table.name for table in mission_tables(lift_result)}
    assert names == {"verdict", "derivation", "events", "ascent", "windows"}


def test_numeric_columns_carry_a_unit_of_the_nomenclature(by_name):
    text = NOMENCLATURE.read_text(encoding="utf-8")
    suffixes = tuple(re.findall(r"`(_[a-z0-9_]+)`", text))
    names = set(re.findall(r"`([a-z][a-z0-9_]+)`", text))
    told_by_unit_column = {"required", "achieved", "margin", "best_estimate", "allowance", "count"}
    for table in by_name.values():
        for column, numeric in zip(table.columns, table.numeric, strict=True):
            if numeric and column not in told_by_unit_column:
                assert column.endswith(suffixes) or column in names, (table.name, column)


def test_csv_reads_back_with_full_precision(ascent):
    rows = list(csv.DictReader(io.StringIO(csv_text(trajectory_table(ascent)))))
    assert len(rows) == len(ascent.trajectory.time_s)
    assert float(rows[100]["altitude_km"]) == pytest.approx(ascent.trajectory.altitude_km[100], rel=1e-9)
    assert float(rows[-1]["velocity_z_m_s"]) == pytest.approx(ascent.trajectory.velocity_m_s[-1, 2], rel=1e-9)


def test_instants_are_written_in_utc_with_milliseconds(by_name, result):
    rows = list(csv.DictReader(io.StringIO(csv_text(by_name["windows"]))))
    assert rows[0]["liftoff"] == "2027-01-01T01:23:45.678Z"
    assert rows[0]["sunlit_pad"] == "false"


def test_mass_lines_add_up_to_the_launch_mass(by_name):
    rows = list(csv.DictReader(io.StringIO(csv_text(by_name["mass"]))))
    parts = [row for row in rows if row["maturity"]]
    sums = {row["name"]: float(row["with_growth_kg"]) for row in rows if not row["maturity"]}
    dry = sum(float(row["with_growth_kg"]) for row in parts)
    assert sums["dry mass"] == pytest.approx(dry, rel=1e-9)
    total = dry + sums["system margin"] + sums["propellant"]
    assert sums["launch mass"] == pytest.approx(total, rel=1e-9)


def test_link_lines_add_up_to_the_margin(by_name):
    for row in csv.DictReader(io.StringIO(csv_text(by_name["links"]))):
        number = {
            key: float(value) for key, value in row.items() if value and key not in ("station", "coding")
        }
        margin = number["eb_n0_db"] - number["required_eb_n0_db"] - number["implementation_loss_db"]
        assert number["margin_db"] == pytest.approx(margin, abs=1e-6)
        losses = sum(
            number[f"{name}_loss_db"] for name in ("free_space", "pointing", "polarization", "atmospheric")
        )
        carrier = number["eirp_dbw"] - losses + number["g_over_t_db_k"] + 228.5991672  # -10 log10 k, CODATA
        assert number["c_over_n0_dbhz"] == pytest.approx(carrier, abs=1e-5)


def test_checks_stand_worst_first(by_name):
    margins = [
        float(row["margin_fraction"]) for row in csv.DictReader(io.StringIO(csv_text(by_name["verdict"])))
    ]
    assert margins == sorted(margins)


def test_cells_as_people_read_them():
    assert cell_text(171500) == "171\N{NARROW NO-BREAK SPACE}500"
    assert cell_text(-0.04) == "−0.04"
    assert cell_text("a") == "a"


def test_repr_tells_the_size():
    assert repr(Table("t", "T", ("a",), (("b",),))) == "<Table t: 1 rows>"
