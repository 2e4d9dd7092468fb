"""What the report says of the margins: how they answer, what would close them, what documents state."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cosmodrome.outputs import verdict_tables
from cosmodrome.outputs.sections import Section
from cosmodrome.outputs.stated_text import stated_lines
from cosmodrome.outputs.tables import present_tables

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


def margin_sections(result: "MissionResult") -> Iterator[Section]:
    """One section where there is something to say of the margins."""
    found = present_tables(
        verdict_tables.closings_table(result),
        verdict_tables.sensitivities_table(result),
        verdict_tables.stated_table(result),
    )
    if not found:
        return
    failing = len(result.verdict.failing)
    fails = "No check fails." if not failing else f"{failing} check{'s fail' if failing > 1 else ' fails'}."
    stated = stated_lines(result.stated)[:1]
    yield Section(
        anchor="margins",
        title="Margins",
        sentences=f"{fails} Each number below was found by judging the mission again with one number changed."
        + (f" {stated[0].capitalize()}." if stated else ""),
        plots=(),
        tables=found,
        model="The changed satellite is judged in the same orbit, with the same ascent and launch windows. "
        "What every check follows from, term by term, is in tables/derivation.csv, and cosmodrome explain "
        "prints it.",
    )
