"""Writes everything that a run leaves behind; a file is either whole or not there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cosmodrome.errors import OutputError
from cosmodrome.outputs.document import result_document
from cosmodrome.outputs.files import replace_text
from cosmodrome.outputs.oem import oem_text
from cosmodrome.outputs.plots import mission_plots
from cosmodrome.outputs.report import report_html
from cosmodrome.outputs.tables import csv_text, mission_tables
from cosmodrome.outputs.thermal_tables import thermal_tables

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


@dataclass(frozen=True, slots=True)
class WrittenFiles:
    """What was written where."""

    directory: Path
    files: tuple[Path, ...]

    @property
    def report(self) -> Path:
        """The report's page."""
        return self.directory / "report.html"

    def __repr__(self) -> str:
        return f"<WrittenFiles {len(self.files)} files in {self.directory}>"


def write_outputs(
    result: "MissionResult",
    directory: Path,
    created: datetime,
    on_progress: Callable[[str], None] | None = None,
) -> WrittenFiles:
    """Write `result.json`, `tables/`, `ephemeris.oem`, `plots/` and `report.html`.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.
    directory : Path
        Made if it is not there; files of an earlier run are replaced one by one.
    created : datetime
        Creation date that the ephemeris states (UTC).
    on_progress : callable, optional
        Called with the name of each kind of file as its writing begins.

    Returns
    -------
    WrittenFiles
        Every path.

    Raises
    ------
    OutputError
        If the directory cannot be made or written to.
    """
    written = []
    for name, text in _products(result, created, on_progress or _silent):
        path = directory / name
        try:
            replace_text(path, text)
        except OSError as problem:
            raise OutputError(_complaint(directory, problem)) from problem
        written.append(path)
    return WrittenFiles(directory, tuple(written))


def _silent(_stage: str) -> None:
    """Tell nobody."""


def _products(
    result: "MissionResult", created: datetime, on_progress: Callable[[str], None]
) -> Iterator[tuple[str, str]]:
    """Relative path and content of every file; machine-readable ones first."""
    on_progress("tables")
    yield "result.json", result_document(result)
    for table in (*mission_tables(result), *thermal_tables(result)):
        yield f"tables/{table.name}.csv", csv_text(table)
    if result.ephemeris is not None and result.mission.satellite is not None:
        on_progress("ephemeris")
        models = f"Forces: {result.ephemeris.forces.conventions}"
        name = result.mission.satellite.name.encode("ascii", "replace").decode()
        yield "ephemeris.oem", oem_text(result.ephemeris, name, created, comment=models)
    on_progress("report")
    plots = mission_plots(result)
    for plot in plots:
        yield f"plots/{plot.name}.svg", f'<?xml version="1.0" encoding="utf-8"?>\n{plot.svg}'
    yield "report.html", report_html(result, plots)


def _complaint(directory: Path, problem: OSError) -> str:
    where = problem.filename or directory
    return (
        f"cannot write results to {directory}: {problem.strerror or problem} ({where}); "
        "give a directory that can be written with --output DIR"
    )
