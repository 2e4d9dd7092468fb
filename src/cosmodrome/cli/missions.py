"""Commands about a mission file: run, check, new, schema."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cosmodrome.cli.options import catalog_option
from cosmodrome.cli.session import (
    CLOSES,
    DOES_NOT_CLOSE,
    NO_VERDICT,
    output_directory,
    print_anywhere,
    progress,
    readable_errors,
)
from cosmodrome.errors import OutputError

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@catalog_option
@click.option("--json", "as_json", is_flag=True, help="Print result.json, and nothing else, on stdout.")
@click.option(
    "--output", "output", type=click.Path(path_type=Path), default=Path("out"), help="Where results go."
)
@click.option("-q", "--quiet", is_flag=True, help="No narration.")
@click.option(
    "-v", "--verbose", is_flag=True, help="Say how long each stage took, and what the optimizer did."
)
@click.option("--no-color", is_flag=True, help="Plain text; NO_COLOR does the same.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def run(
    file: Path,
    folders: tuple[Path, ...],
    as_json: bool,
    output: Path,
    quiet: bool,
    verbose: bool,
    no_color: bool,
    debug: bool,
) -> None:
    """Analyze FILE: print the verdict, write report, plots, tables and ephemeris.

    Exit code 0: closes; 1: analyzed and does not close; 2: bad input; 3: no verdict.
    """
    with readable_errors(debug):
        from cosmodrome.missionfile import load_mission

        mission = load_mission(file, folders)
        directory = output_directory(output, mission.name)
        with progress(quiet, no_color) as tell:
            from cosmodrome.analysis import analyze

            with _loading_beside_the_orbit(tell) as tell_and_load:
                result = analyze(mission, tell_and_load)
            from cosmodrome.outputs.write import write_outputs

            written = write_outputs(result, directory, datetime.now(UTC), tell)
        if as_json:
            click.echo((directory / "result.json").read_text(encoding="utf-8"), nl=False)
        else:
            _show(result, written.report, no_color)
        if verbose and not quiet:
            _narrate(result)
        sys.exit(_exit_code(result.verdict.status.name))


@contextmanager
def _loading_beside_the_orbit(tell: Callable[[str], None]) -> Iterator[Callable[[str], None]]:
    """Load the plotting library while the orbit is integrated, which leaves the interpreter idle."""
    with ThreadPoolExecutor(max_workers=1) as beside:

        def tell_and_load(stage: str) -> None:
            tell(stage)
            if stage.startswith("orbit"):
                beside.submit(import_module, "cosmodrome.outputs.write")

        yield tell_and_load


def _show(result: "MissionResult", report: Path, no_color: bool) -> None:
    """The verdict on stdout: a table in color on a terminal, plain lines elsewhere."""
    from cosmodrome.outputs import terminal

    if sys.stdout.isatty() and not no_color and "NO_COLOR" not in os.environ:
        from rich.console import Console

        Console().print(terminal.verdict_table(result, report))
    else:
        click.echo(terminal.verdict_text(result, report))


def _narrate(result: "MissionResult") -> None:
    """What the optimizer and the replay did, on stderr."""
    for ascent in result.capability.branches:
        solver, replay = ascent.solver, ascent.replay
        click.echo(
            f"{ascent.branch} branch, azimuth {ascent.launch_azimuth_deg:.1f} deg: "
            f"{ascent.payload_kg:.1f} kg; "
            f"{solver.status} after {solver.iterations_count} iterations in {solver.solve_s:.3f} s "
            f"({solver.variables_count} variables, built in {solver.build_s:.2f} s); replay misses by "
            f"{replay.position_miss_m:.3g} m and {replay.velocity_miss_m_s:.2g} m/s",
            err=True,
        )


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("check", required=False)
@catalog_option
@click.option("-q", "--quiet", is_flag=True, help="No narration.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def explain(file: Path, check: str | None, folders: tuple[Path, ...], quiet: bool, debug: bool) -> None:
    """Derive one CHECK of FILE's verdict line by line, or list the checks.

    \b
    cosmodrome explain mission.toml battery
    """
    with readable_errors(debug):
        from cosmodrome.missionfile import load_mission

        mission = load_mission(file, folders)
        with progress(quiet, no_color=False) as tell:
            from cosmodrome.analysis import analyze

            verdict = analyze(mission, tell).verdict
        from cosmodrome.outputs.explain_text import checks_list, explanation

        if check is None:
            print_anywhere(checks_list(verdict))
        else:
            print_anywhere(explanation(verdict.find(check)))
        sys.exit(_exit_code(verdict.status.name))


def _exit_code(status: str) -> int:
    return {"CLOSES": CLOSES, "DOES_NOT_CLOSE": DOES_NOT_CLOSE}.get(status, NO_VERDICT)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@catalog_option
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def check(file: Path, folders: tuple[Path, ...], debug: bool) -> None:
    """Validate FILE without computing anything; exit code 2 lists every mistake in it."""
    with readable_errors(debug):
        from cosmodrome.missionfile import load_mission

        mission = load_mission(file, folders)
        click.echo(f"{file}: valid; {mission.name}: {mission.vehicle.title} from {mission.site.title}")


@click.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("mission.toml"))
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def new(file: Path, debug: bool) -> None:
    """Write a commented starter FILE (mission.toml) and the schema that editors complete from."""
    with readable_errors(debug):
        from cosmodrome.catalog import starter_text
        from cosmodrome.missionfile import mission_schema
        from cosmodrome.outputs.files import replace_text

        if file.exists():
            raise OutputError(f"{file} exists already and is left as it is; name another file")
        replace_text(file.with_name("mission.schema.json"), mission_schema())
        replace_text(file, starter_text())
        click.echo(f"{file} written; next: cosmodrome run {file}")


@click.command()
@catalog_option
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def schema(folders: tuple[Path, ...], debug: bool) -> None:
    """Print the JSON schema of a mission file."""
    with readable_errors(debug):
        from cosmodrome.missionfile import mission_schema

        click.echo(mission_schema(folders))
