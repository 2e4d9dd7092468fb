"""The command line: every verb a thin call of a function that Python has too."""

import atexit
import gc
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cosmodrome.errors import CosmodromeError, OutputError

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult
    from cosmodrome.payload_study import PayloadStudy

CLOSES, DOES_NOT_CLOSE, BAD_INPUT, NO_VERDICT, INTERRUPTED = 0, 1, 2, 3, 130


@contextmanager
def _readable_errors(debug: bool) -> Iterator[None]:
    """Turn exceptions into a sentence and an exit code; the traceback is for --debug."""
    try:
        yield
    except CosmodromeError as error:
        if debug:
            raise
        text = str(error)
        click.echo(text if text.startswith("error") else f"error: {text}", err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        click.echo("interrupted; what was finished is kept", err=True)
        sys.exit(INTERRUPTED)
    except (click.ClickException, click.exceptions.Exit, SystemExit):
        raise
    except Exception as error:
        if debug:
            raise
        click.echo(f"error: {type(error).__name__}: {error}", err=True)
        click.echo("this is a fault of cosmodrome, not of the mission; --debug shows where", err=True)
        sys.exit(NO_VERDICT)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cosmodrome")
def main() -> None:
    """Does this mission close? Vehicle, site, orbit, satellite, stations in one file; one verdict.

    \b
    cosmodrome new                      write a commented starter file
    cosmodrome check mission.toml       validate it
    cosmodrome run mission.toml         answer the question
    cosmodrome payload angara-1.2 vostochny --altitude 500 --sun-synchronous
    """
    # One short run: looking for cycles costs a tenth of it, at its end too, and frees nothing that matters.
    gc.disable()
    atexit.register(gc.freeze)


_catalog_option = click.option(
    "--catalog",
    "folders",
    type=click.Path(path_type=Path),
    metavar="DIR",
    multiple=True,
    help="A folder of TOML files that extend the catalog; may be given several times.",
)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_catalog_option
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
    with _readable_errors(debug):
        from cosmodrome.missionfile import load_mission

        mission = load_mission(file, folders)
        directory = _output_directory(output, mission.name)
        with _progress(quiet, no_color) as tell:
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


def _exit_code(status: str) -> int:
    return {"CLOSES": CLOSES, "DOES_NOT_CLOSE": DOES_NOT_CLOSE}.get(status, NO_VERDICT)


def _output_directory(output: Path, name: str) -> Path:
    """The mission's folder, made before anything is computed so that a bad place is known at once."""
    from cosmodrome.outputs.labels import file_name

    directory = output / file_name(name)
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"cannot write results to {directory}: {error.strerror}; give another place with --output DIR"
        ) from error
    if not os.access(directory, os.W_OK):
        raise OutputError(
            f"cannot write results to {directory}: not writable; give another place with --output DIR"
        )
    return directory


@contextmanager
def _progress(quiet: bool, no_color: bool) -> Iterator[Callable[[str], None]]:
    """Tell the stages on stderr: a spinner on a terminal, one plain line each otherwise."""
    if quiet:
        yield lambda stage: None
    elif sys.stderr.isatty() and not no_color:
        from rich.console import Console

        with Console(stderr=True).status("reading") as status:
            yield lambda stage: status.update(stage)
    else:
        yield lambda stage: click.echo(f"{stage} …", err=True)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@_catalog_option
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def check(file: Path, folders: tuple[Path, ...], debug: bool) -> None:
    """Validate FILE without computing anything; exit code 2 lists every mistake in it."""
    with _readable_errors(debug):
        from cosmodrome.missionfile import load_mission

        mission = load_mission(file, folders)
        click.echo(f"{file}: valid; {mission.name}: {mission.vehicle.title} from {mission.site.title}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path), default=Path("mission.toml"))
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def new(file: Path, debug: bool) -> None:
    """Write a commented starter FILE (mission.toml) and the schema that editors complete from."""
    with _readable_errors(debug):
        from cosmodrome.catalog import starter_text
        from cosmodrome.missionfile import mission_schema
        from cosmodrome.outputs.files import replace_text

        if file.exists():
            raise OutputError(f"{file} exists already and is left as it is; name another file")
        replace_text(file.with_name("mission.schema.json"), mission_schema())
        replace_text(file, starter_text())
        click.echo(f"{file} written; next: cosmodrome run {file}")


@main.command()
@click.argument(
    "kind", type=click.Choice(["vehicles", "modules", "sites", "components", "stations", "audit"])
)
@click.argument("name", required=False)
@_catalog_option
@click.option(
    "--svg", is_flag=False, flag_value="", metavar="[FILE]", help="Write the drawing of a vehicle; NAME.svg."
)
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def catalog(kind: str, name: str | None, folders: tuple[Path, ...], svg: str | None, debug: bool) -> None:
    """List what the catalog holds, or print one entry with the source of every number.

    A vehicle is drawn to scale, and what is not settled of it comes last. Modules are stages that vehicles
    share. `catalog audit [VEHICLE]` tells which published numbers of a vehicle, or of all, cannot all be
    true.
    """
    if svg is not None and (kind != "vehicles" or name is None):
        raise click.UsageError("--svg draws one vehicle: cosmodrome catalog vehicles NAME --svg [FILE]")
    with _readable_errors(debug):
        from cosmodrome.outputs import catalog_page

        if kind == "audit":
            _print_anywhere(catalog_page.audit_page(name, folders))
        elif name is None:
            _print_anywhere(catalog_page.list_page(kind, folders, is_terminal=sys.stdout.isatty()))
        else:
            _print_anywhere(catalog_page.entry_page(kind, name, folders, sys.stdout.encoding))
            if svg is not None:
                _print_anywhere(f"    → {_write_drawing(name, folders, svg)}")


def _write_drawing(name: str, folders: tuple[Path, ...], file: str) -> Path:
    """The figure of a vehicle, in place in one step."""
    from cosmodrome.catalog import find_vehicle
    from cosmodrome.outputs.vehicle_drawing import vehicle_svg

    vehicle = find_vehicle(name, folders)
    path = Path(file or f"{vehicle.name}.svg")
    _replace(path, vehicle_svg(vehicle), "give another --svg FILE")
    return path


def _print_anywhere(text: str) -> None:
    """Print, spelled out in ASCII where stdout cannot take the signs."""
    from cosmodrome.outputs.labels import printable_text

    click.echo(printable_text(text, sys.stdout.encoding))


def _in(unit: str) -> dict[str, Any]:
    """An option that is a number, with its unit as the placeholder."""
    return {"type": float, "metavar": unit}


@main.command(context_settings={"max_content_width": 110})
@click.argument("vehicle")
@click.argument("site")
@_catalog_option
@click.option("--altitude", "altitude_km", **_in("KM"), help="A circular orbit.")
@click.option("--perigee", "perigee_altitude_km", **_in("KM"), help="An elliptical orbit, with --apogee.")
@click.option("--apogee", "apogee_altitude_km", **_in("KM"), help="An elliptical orbit, with --perigee.")
@click.option("--argument-of-perigee", "argument_of_perigee_deg", **_in("DEG"), help="Free if not given.")
@click.option(
    "--escape", "c3_km2_s2", **_in("C3"), help="A departure [km²/s²] from --perigee, 185 km if not given."
)
@click.option(
    "--inclination", "inclinations_deg", **_in("DEG"), multiple=True,
    help="The lowest that the site reaches if not given. Several with --map.",
)  # fmt: skip
@click.option("--sun-synchronous", is_flag=True, help="Inclination by altitude.")
@click.option("--payload", "payload_kg", **_in("KG"), help="Whether it fits, and what propellant is left.")
@click.option(
    "--max-q",
    "max_dynamic_pressure_kpa",
    **_in("KPA"),
    help="Most dynamic pressure, for the vehicle's limit.",
)
@click.option(
    "--max-q-alpha", "max_q_alpha_kpa_deg", **_in("KPA_DEG"), help="Most pressure times angle of attack."
)
@click.option("--max-g", "max_axial_acceleration_g", **_in("G"), help="Most axial acceleration.")
@click.option(
    "--max-heat-flux", "max_heat_flux_w_m2", **_in("W_M2"), help="Most heat flux when the fairing goes."
)
@click.option("--map", "with_map", is_flag=True, help="Payload from 200 to 1200 km; draws an SVG.")
@click.option("--footprints", "with_footprints", is_flag=True, help="Where the spent stages fall.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, and nothing else, on stdout.")
@click.option("--output", type=click.Path(path_type=Path), default=Path("out"), help="Where the map goes.")
@click.option("-q", "--quiet", is_flag=True, help="No narration.")
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def payload(
    vehicle: str,
    site: str,
    folders: tuple[Path, ...],
    as_json: bool,
    output: Path,
    quiet: bool,
    debug: bool,
    **options: Any,
) -> None:
    """Say what VEHICLE lifts from SITE: payload, losses, events, partials, and why.

    \b
    cosmodrome payload angara-1.2 vostochny --altitude 500 --sun-synchronous
    cosmodrome payload falcon-9-expendable ccsfs --perigee 185 --apogee 35786 --inclination 28.5
    cosmodrome payload angara-1.2 vostochny --map --inclination 51.7 --inclination 98

    Exit code 0: it lifts that; 1: out of reach, or too heavy; 2: bad input; 3: not converged.
    """
    with _readable_errors(debug):
        from cosmodrome.catalog import find_site, find_vehicle
        from cosmodrome.payload_question import PayloadOptions, payload_question

        launched = find_vehicle(vehicle, folders), find_site(site, folders)
        question = payload_question(*launched, PayloadOptions(**options))
        directory = _output_directory(output, "payload") if question.options.with_map else None
        with _progress(quiet, no_color=False) as tell:
            from cosmodrome.payload_study import payload_study

            study = payload_study(question, tell)
        map_file = _write_map(study, directory) if directory else None
        if as_json:
            from cosmodrome.outputs.payload_document import payload_document

            click.echo(payload_document(study, map_file), nl=False)
        else:
            from cosmodrome.outputs.payload_text import payload_text

            click.echo(payload_text(study) + (f"    → {map_file}" if map_file else ""))
        sys.exit({"LIFTS": CLOSES, "FALLS_SHORT": DOES_NOT_CLOSE}.get(study.outcome.name, NO_VERDICT))


def _write_map(study: "PayloadStudy", directory: Path) -> Path:
    """The figure of the map, in place in one step."""
    from cosmodrome.outputs.payload_plots import payload_svg

    vehicle, site, charted = study.question.vehicle, study.question.site, study.payload_map
    assert charted is not None
    path = directory / f"{vehicle.name}-{site.name}.svg"
    _replace(path, payload_svg(charted, vehicle, site), "give another --output DIR")
    return path


def _replace(path: Path, text: str, advice: str) -> None:
    """Put a file in place in one step, or say what to do where that cannot be."""
    from cosmodrome.outputs.files import replace_text

    try:
        replace_text(path, text)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}; {advice}") from error


@main.command()
@_catalog_option
@click.option("--debug", is_flag=True, help="Show tracebacks.")
def schema(folders: tuple[Path, ...], debug: bool) -> None:
    """Print the JSON schema of a mission file."""
    with _readable_errors(debug):
        from cosmodrome.missionfile import mission_schema

        click.echo(mission_schema(folders))
