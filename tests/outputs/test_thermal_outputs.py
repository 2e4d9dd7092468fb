"""Temperatures in the report: tables, figure, sentences."""

from dataclasses import replace

import pytest

from cosmodrome.budgets.thermal import thermal_budget
from cosmodrome.models.body import Body
from cosmodrome.operations.timeline import season_timelines
from cosmodrome.orbit.seasons import mission_seasons
from cosmodrome.outputs.document import result_document
from cosmodrome.outputs.plots import mission_plots
from cosmodrome.outputs.sections import report_sections
from cosmodrome.outputs.style import svg_text
from cosmodrome.outputs.thermal_plots import thermal_caption, thermal_orbits
from cosmodrome.outputs.thermal_tables import thermal_tables
from cosmodrome.outputs.thermal_text import thermal_model_text, thermal_sentences

WHITE = {"name": "white", "solar_absorptance_ratio": 0.24, "infrared_emissivity_ratio": 0.9}
BODY = Body.model_validate(
    {
        "faces": [
            {"name": name, "area_m2": 0.2, "normal": normal, "finish": WHITE}
            for name, normal in (("front", (1, 0, 0)), ("sun side", (0, 0, 1)), ("radiator", (0, 0, -1)))
        ]
    }
)


@pytest.fixture(scope="module")
def warm(result):
    """The mission's result with a body."""
    satellite = result.mission.satellite
    parts = list(satellite.components)
    parts[1] = parts[1].model_copy(update={"min_temperature_c": -20.0, "max_temperature_c": 50.0})
    satellite = satellite.model_copy(update={"body": BODY, "components": tuple(parts)})
    seasons = mission_seasons(result.ephemeris, 3.0)
    timelines = season_timelines(satellite, seasons, result.ephemeris.epoch, result.passes)
    thermal = thermal_budget(satellite, result.mission.policy, seasons, timelines)
    return replace(result, budgets=replace(result.budgets, thermal=thermal))


def test_tables_hold_nodes_parts_and_seasons(warm, lift_result):
    tables = {table.name: table for table in thermal_tables(warm)}
    assert set(tables) == {"power_seasons", "thermal_nodes", "thermal_parts"}
    assert [row[0] for row in tables["thermal_nodes"].rows] == ["front", "sun side", "radiator", "inside"]
    assert tables["thermal_parts"].headings[3:5] == ("cold min [°C]", "cold margin [K]")
    assert len(tables["thermal_parts"].rows) == 1
    assert thermal_tables(lift_result) == ()


def test_without_a_body_there_are_the_seasons_alone(result):
    assert [table.name for table in thermal_tables(result)] == ["power_seasons"]
    assert "thermal" not in {section.anchor for section in report_sections(result, ())}


def test_the_figure_shows_every_node_and_both_limits(warm):
    thermal = warm.budgets.thermal
    text = svg_text(thermal_orbits(thermal), "Temperatures")
    for said in ("front", "sun side", "radiator", "inside", "limit 50 °C", "limit −20 °C", "Coldest orbit"):
        assert said in text.replace("-20", "−20"), said
    assert "Hottest" in text
    assert f"{thermal.hot.start:%Y-%m-%d %H:%M}" in thermal_caption(thermal)


def test_the_report_has_the_section_and_the_document_has_no_series(warm):
    plots = mission_plots(warm)
    assert "thermal" in {plot.name for plot in plots}
    section = next(s for s in report_sections(warm, plots) if s.anchor == "thermal")
    assert section.plots
    assert len(section.tables) == 2
    document = result_document(warm)
    assert '"thermal": {' in document
    assert '"temperature_k"' not in document


def test_the_sentences_name_extremes_and_heater(warm):
    thermal = warm.budgets.thermal
    said = thermal_sentences(replace(thermal, required_heater_w=12.3))
    assert "Heaters of 12.3 W in the mean keep the lower limits there, with 10 K to spare." in said
    assert "No heater is needed." in thermal_sentences(replace(thermal, required_heater_w=0.0))
    assert "1422 W/m² of sunlight, albedo 0.35 and infrared 260 W/m²" in thermal_model_text(thermal)
