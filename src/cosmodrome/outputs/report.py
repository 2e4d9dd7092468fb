"""The report: one HTML file with everything in it, from the verdict to the provenance."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from cosmodrome.catalog.sources import explain_source
from cosmodrome.outputs.document import SCHEMA_VERSION, inputs_sha256, package_versions
from cosmodrome.outputs.inputs import InputRow, input_rows, stations_table, target_text
from cosmodrome.outputs.margins import achieved_text, bound_text, margin_text
from cosmodrome.outputs.plots import Plot
from cosmodrome.outputs.sections import report_sections
from cosmodrome.outputs.terminal import headline, status_text

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


def report_html(result: "MissionResult", plots: Sequence[Plot]) -> str:
    """Write the report as one self-contained page.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.
    plots : sequence of Plot
        Its figures, of `mission_plots`; they stand inline.

    Returns
    -------
    str
        HTML that asks for nothing from outside.
    """
    environment = Environment(
        loader=PackageLoader("cosmodrome.outputs"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["svg"] = _inline
    environment.filters["achieved"] = achieved_text
    environment.filters["margin"] = margin_text
    environment.filters["bound"] = bound_text
    return environment.get_template("report.html.j2").render(_context(result, plots))


def _inline(plot: Plot) -> Markup:
    return Markup(plot.svg)


def _context(result: "MissionResult", plots: Sequence[Plot]) -> dict[str, Any]:
    mission, solver = result.mission, result.capability.ascent.solver
    groups = _input_groups(result)
    sources = [text for _, _, rows in groups for row in rows for text in (row.source, row.alternatives)]
    return {
        "mission": mission,
        "headline": headline(result),
        "status": status_text(result.verdict),
        "verdict": result.verdict,
        "capability": result.capability,
        "ladder": next((plot for plot in plots if plot.name == "verdict" and result.verdict.checks), None),
        "target": target_text(mission.target),
        "input_groups": groups,
        "references": explain_source(*sources),
        "stations": stations_table(mission),
        "sections": report_sections(result, plots),
        "versions": package_versions(),
        "sha256": inputs_sha256(mission),
        "schema_version": SCHEMA_VERSION,
        "solver": solver,
        "timings": result.timings,
    }


def _input_groups(result: "MissionResult") -> tuple[tuple[str, bool, tuple[InputRow, ...]], ...]:
    """Title, whether it is open at first, rows."""
    mission = result.mission
    groups = [
        ("Target orbit", True, input_rows(mission.target)),
        ("Requirements", True, input_rows(mission.requirements)),
        (f"Margin policy: {mission.policy.name}", True, input_rows(mission.policy)),
        (f"Site: {mission.site.title}", False, input_rows(mission.site, mission.site.name)),
        (f"Vehicle: {mission.vehicle.title}", False, input_rows(mission.vehicle, mission.vehicle.name)),
    ]
    if mission.satellite is not None:
        rows = input_rows(mission.satellite, mission.satellite.name)
        groups.append((f"Satellite: {mission.satellite.name}", False, rows))
    return tuple(groups)
