"""The verdict as a terminal shows it: one line per check, worst first, never color alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table as RichTable
from rich.text import Text

from cosmodrome.outputs.inputs import target_text
from cosmodrome.outputs.margins import achieved_text, bound_text, margin_text
from cosmodrome.outputs.stated_text import stated_lines
from cosmodrome.verdict.check import Check, Verdict, VerdictStatus

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult, StageTiming

_WORDS: Final = MappingProxyType(
    {
        VerdictStatus.CLOSES: "CLOSES",
        VerdictStatus.DOES_NOT_CLOSE: "DOES NOT CLOSE",
        VerdictStatus.NO_VERDICT: "NO VERDICT",
    }
)
_WIDE_COLUMNS: Final = 110
_COLUMNS: Final = ("", "check", "required", "achieved", "margin", "where to look")


def headline(result: "MissionResult") -> str:
    """Name the mission in one line.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    str
        Mission · vehicle · site → orbit.
    """
    mission = result.mission
    return f"{mission.name} · {mission.vehicle.title} · {mission.site.title} → {target_text(mission.target)}"


def status_text(verdict: Verdict) -> str:
    """Say the verdict in a word and a count.

    Parameters
    ----------
    verdict : Verdict
        The verdict.

    Returns
    -------
    str
        For example 'CLOSES (12 of 12)'.
    """
    count = len(verdict.checks)
    return f"{_WORDS[verdict.status]} ({count - len(verdict.failing)} of {count})"


def verdict_text(result: "MissionResult", report: Path | None = None) -> str:
    """Write the verdict table as plain text, for pipes and files.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.
    report : Path, optional
        Where the report was written.

    Returns
    -------
    str
        Headline, one line per check, what would close the failing ones, timings.
    """
    rows = [_COLUMNS, *(_cells(check) for check in result.verdict.checks)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    lines = [f"{headline(result)}    {status_text(result.verdict)}"]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        lines.append("  ".join(cells).rstrip())
    return "\n".join([*lines, *_remarks(result), _closing_line(result.timings, report)])


@dataclass(frozen=True, slots=True)
class VerdictTable:
    """The verdict table for a color terminal; a narrow one is spared where to look."""

    result: "MissionResult"
    report: Path | None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Lines as wide as the terminal permits."""
        verdict = self.result.verdict
        style = "bold green" if verdict.closes else "bold red"
        yield Text.assemble((headline(self.result), "bold"), "    ", (status_text(verdict), style))
        yield _rich_table(verdict, is_wide=options.max_width >= _WIDE_COLUMNS)
        for line in _remarks(self.result):
            yield Text(line, "yellow")
        yield Text(_closing_line(self.result.timings, self.report), "dim")

    def __repr__(self) -> str:
        return f"<VerdictTable {self.result.verdict!r}>"


def verdict_table(result: "MissionResult", report: Path | None = None) -> VerdictTable:
    """Make the verdict table for a color terminal.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.
    report : Path, optional
        Where the report was written.

    Returns
    -------
    VerdictTable
        For `rich.console.Console.print`: the same lines as `verdict_text`, in color.
    """
    return VerdictTable(result, report)


def _rich_table(verdict: Verdict, *, is_wide: bool) -> RichTable:
    table = RichTable(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    shown = len(_COLUMNS) if is_wide else len(_COLUMNS) - 1
    for column in _COLUMNS[:shown]:
        table.add_column(column, no_wrap=column not in ("check", "where to look"))
    for check in verdict.checks:
        tone = "green" if check.closes else "red"
        mark, title, required, achieved, margin, where = _cells(check)
        cells = (Text(mark, tone), title, required, achieved, Text(margin, tone), Text(where, "dim"))
        table.add_row(*cells[:shown])
    return table


def _cells(check: Check) -> tuple[str, ...]:
    mark = "✓ holds" if check.closes else "✗ FAILS"
    return mark, check.title, bound_text(check), achieved_text(check), margin_text(check), check.detail


def _remarks(result: "MissionResult") -> list[str]:
    """What would close each failing check; why there is no verdict; what the ascent warns of."""
    lines = []
    for check in result.verdict.failing:
        lines += _closing_lines(check)
    if result.verdict.together is not None:
        lines.append(f"all at once: {result.verdict.together.summary}")
    if result.verdict.binding is not None:
        lines.append(f"binding: {result.verdict.binding.title}, {margin_text(result.verdict.binding)}")
    if result.verdict.status is VerdictStatus.NO_VERDICT:
        lines.append(f"! {result.capability.status.value}")
    lines += stated_lines(result.stated)
    areas = result.budgets.disposal.areas if result.budgets is not None else None
    return lines + [f"! {note}" for note in (*result.capability.notes, *(areas.notes if areas else ()))]


def _closing_lines(check: Check) -> list[str]:
    """What closes a failing check, each change judged anew; the kind of change, where none was found."""
    if not check.closings:
        return [f"✗ {check.title}: no single number that was tried closes it; {check.advice}"]
    first, *others = (closing.summary for closing in check.closings)
    return [f"✗ {check.title} closes with {first}", *(f"  or with {other}" for other in others)]


def _closing_line(timings: "Sequence[StageTiming]", report: Path | None) -> str:
    spent = " · ".join(f"{timing.stage} {timing.seconds_s:.2f} s" for timing in timings)
    return f"{spent}    → {report}" if report is not None else spent
