"""Tables beside the verdict: what each check follows from, how it answers, what closes it, what is stated."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cosmodrome.outputs.tables import Table

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


def verdict_makers() -> tuple[Callable[["MissionResult"], Table | None], ...]:
    """What makes these tables, in the order of the report."""
    return derivation_table, sensitivities_table, closings_table, stated_table


def derivation_table(result: "MissionResult") -> Table | None:
    """Every term of every check."""
    rows = tuple(
        (check.title, term.name, term.value, term.unit, term.formula, term.source)
        for check in result.verdict.checks
        for term in check.derivation
    )
    columns = ("check", "term", "value", "unit", "formula", "source")
    return Table("derivation", "What each check follows from", columns, rows) if rows else None


def sensitivities_table(result: "MissionResult") -> Table | None:
    """How the margins of failing checks and of the narrowest answer to the mission's numbers."""
    rows = tuple(
        (
            check.title,
            one.lever,
            one.lever_value,
            one.lever_change,
            one.lever_unit,
            one.margin_change,
            one.unit,
        )
        for check in result.verdict.checks
        for one in check.sensitivities
    )
    columns = ("check", "lever", "lever_value", "lever_change", "lever_unit", "margin_change", "unit")
    title = "How margins answer to a number of the mission, each judged anew"
    return Table("sensitivities", title, columns, rows) if rows else None


def closings_table(result: "MissionResult") -> Table | None:
    """Single changes that close a failing check, smallest first."""
    rows = tuple(
        (check.title, one.text, one.margin, one.unit, ", ".join(one.still_failing) or "none")
        for check in result.verdict.checks
        for one in check.closings
    )
    columns = ("check", "change", "margin", "unit", "still failing then")
    return Table("closings", "What would close it, each judged anew", columns, rows) if rows else None


def stated_table(result: "MissionResult") -> Table | None:
    """Figures of documents beside the computed ones; None where nothing is stated."""
    if not result.stated:
        return None
    rows = tuple(
        (
            one.quantity,
            one.of,
            one.direction,
            one.stated,
            one.computed,
            one.unit,
            one.agrees,
            "; ".join(slip.text for slip in one.slips),
            one.source,
        )
        for one in result.stated
    )
    columns = (
        "quantity", "of", "direction", "stated", "computed", "unit", "agrees", "what explains it", "source",
    )  # fmt: skip
    return Table("stated", "What documents state", columns, rows)
