from dataclasses import replace
from pathlib import Path

from rich.console import Console

from cosmodrome.outputs.satellite_sections import satellite_sections
from cosmodrome.outputs.terminal import headline, status_text, verdict_table, verdict_text


def test_headline_names_mission_vehicle_site_and_orbit(result, lift_result):
    assert headline(result) == "Earth Observer <test> · Angara 1.2 · Vostochny → SSO 550 km, LTAN 10:30"
    assert headline(lift_result).endswith("→ 200 km circular, 51.7°")


def test_text_has_one_line_per_check_worst_first_with_mark_and_word(result):
    lines = verdict_text(result, Path("out/x/report.html")).splitlines()
    checks = result.verdict.checks
    assert lines[0].endswith(status_text(result.verdict))
    for line, check in zip(lines[2:], checks, strict=False):
        assert check.title in line
        assert line.startswith("✓ holds" if check.closes else "✗ FAILS")
    assert lines[-1].endswith("→ out/x/report.html")


def test_a_failing_check_says_what_would_close_it(lift_result):
    text = verdict_text(lift_result)
    required, achieved = 3500, 2050
    assert f"{required - achieved:.0f} kg less at launch" in text
    assert "DOES NOT CLOSE (0 of 1)" in text


def test_the_color_table_fits_a_narrow_terminal_without_losing_marks(result):
    console = Console(width=80, record=True, color_system=None, file=None, quiet=False)
    with console.capture() as captured:
        console.print(verdict_table(result))
    shown = captured.get()
    assert shown.count("✗ FAILS") == len(result.verdict.failing)
    assert shown.count("✓ holds") == len(result.verdict.checks) - len(result.verdict.failing)
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_a_wide_terminal_shows_where_to_look(result):
    console = Console(width=160, color_system=None)
    with console.capture() as captured:
        console.print(verdict_table(result))
    shown = captured.get()
    assert all(check.detail in shown for check in result.verdict.checks)


def test_areas_that_differ_are_told(result):
    areas = replace(result.budgets.disposal.areas, notes=("drag_area_m2 is given as 1 m², the faces differ",))
    disposal = replace(result.budgets.disposal, areas=areas)
    told = replace(result, budgets=replace(result.budgets, disposal=disposal))
    assert "! drag_area_m2 is given as 1 m², the faces differ" in verdict_text(told).splitlines()
    sections = {section.anchor: section for section in satellite_sections(told)}
    assert sections["disposal"].notes == areas.notes
    assert "Areas in the flow: 1.1 m² (mission file), after the mission 1.1 m² (as before)." in (
        sections["disposal"].model
    )
