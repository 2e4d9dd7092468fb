"""Commands about one orbit: what it does, how long it lasts, its file in another form."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from cosmodrome.cli.options import (
    answering,
    decay_options,
    force_options,
    in_unit,
    orbit_options,
    span_options,
)
from cosmodrome.cli.session import print_anywhere, progress
from cosmodrome.errors import OutputError
from cosmodrome.studies.lifetime_options import LifetimeOptions
from cosmodrome.studies.orbit_options import ForceOptions, OrbitOptions

if TYPE_CHECKING:
    from cosmodrome.outputs.export import ExportedFile
    from cosmodrome.studies.orbit_study import OrbitStudy

_WIDE: Final = {"max_content_width": 110}
KINDS: Final = ("oem", "opm", "omm", "tle", "czml", "kml", "netcdf", "csv")
_SUFFIXES: Final = tuple(".nc" if kind == "netcdf" else f".{kind}" for kind in KINDS)


@click.command(short_help="Say what an orbit does: nodes, ground track, eclipses.", context_settings=_WIDE)
@orbit_options
@force_options
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=f"Write the ephemeris; its suffix says how: {' '.join(_SUFFIXES)}.",
)
@answering
def orbit(orbit: OrbitOptions, forces: ForceOptions, output: Path | None, as_json: bool, quiet: bool) -> None:
    """\b
    cosmodrome orbit --altitude 700 --sun-synchronous --ltan 10:30 --days 16
    cosmodrome orbit --perigee 400 --apogee 1200 --inclination 63.4 --without drag
    cosmodrome orbit mission.toml --output orbit.oem

    Propagate an orbit and say what it does: elements, nodal period, drift of the node and of its local time,
    nearest repeat of the ground track, eclipses, beta, altitudes, what data cover and what is assumed.

    FILE is an OEM, OPM, OMM, TLE or SP3 file, or a mission, whose target is taken. Exit code 0: answered;
    2: bad input.
    """
    kind = None if output is None else _kind_of(output)
    with progress(quiet, no_color=False) as tell:
        tell("orbit")
        from cosmodrome.studies.orbit_study import orbit_study

        study = orbit_study(orbit, forces, today=datetime.now(UTC))
        if output is not None and kind is not None:
            _write_ephemeris(study, kind, output)
    if as_json:
        from cosmodrome.outputs.orbit_document import orbit_document

        click.echo(orbit_document(study, output), nl=False)
    else:
        from cosmodrome.outputs.orbit_text import orbit_text

        print_anywhere(orbit_text(study) + (f"    → {output}" if output else ""))


def _kind_of(path: Path) -> str:
    """What a file's suffix asks for."""
    if path.suffix.lower() not in _SUFFIXES:
        raise OutputError(f"cannot tell from '{path}' what to write: end it in one of {' '.join(_SUFFIXES)}")
    return KINDS[_SUFFIXES.index(path.suffix.lower())]


def _write_ephemeris(study: "OrbitStudy", kind: str, path: Path) -> None:
    from cosmodrome.outputs.export import ExportChoices, export_ephemeris

    choices = ExportChoices(object_name=study.start.name)
    export_ephemeris(study.ephemeris, kind, path, datetime.now(UTC), choices)


@click.command(short_help="Say how long an orbit lasts against drag.", context_settings=_WIDE)
@decay_options
@answering
def lifetime(decay: LifetimeOptions, as_json: bool, quiet: bool) -> None:
    """\b
    cosmodrome lifetime --altitude 550 --sun-synchronous --mass 100 --drag-area 0.8
    cosmodrome lifetime --altitude 400 --inclination 51.6 --ballistic-coefficient 60 --draws 1000

    Say how long an orbit lasts with low, mean and high solar activity, and whether it meets the rules of 5
    and 25 years; with --draws, with which probability. Exit code 0: answered; 2: bad input.
    """
    with progress(quiet, no_color=False) as tell:
        tell("lifetime")
        from cosmodrome.studies.lifetime_study import lifetime_study

        study = lifetime_study(decay, today=datetime.now(UTC))
    if as_json:
        from cosmodrome.outputs.lifetime_document import lifetime_document

        click.echo(lifetime_document(study), nl=False)
    else:
        from cosmodrome.outputs.lifetime_text import lifetime_text

        print_anywhere(lifetime_text(study))


def _kinds(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(word.strip().lower() for word in value.split(",") if word.strip()))
    unknown = [word for word in wanted if word not in KINDS]
    if unknown or not wanted:
        raise click.BadParameter(f"'{', '.join(unknown) or value}': give one or more of {','.join(KINDS)}")
    return wanted


@click.command(short_help="Write an orbit as OEM, TLE, CZML, KML and more.", context_settings=_WIDE)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "kinds", required=True, callback=_kinds, metavar="KIND[,KIND]", help=", ".join(KINDS))
@click.option("--object", "object_name", metavar="NAME", help="Which of the file's objects.")
@click.option("--frame", default="", metavar="FRAME", help="Of OEM and OPM: GCRF, EME2000, ITRF or TEME.")
@click.option("--step", "step_s", **in_unit("S"), default=60.0, show_default=True, help="Between states.")
@span_options(None)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="The file; a folder for several kinds. Named after the object if not given.",
)
@answering
def export(
    file: Path,
    kinds: tuple[str, ...],
    frame: str,
    output: Path | None,
    as_json: bool,
    quiet: bool,
    **part: Any,
) -> None:
    """\b
    cosmodrome export stations.tle --object ISS --to oem,czml --days 2
    cosmodrome export mission.toml --to kml --output aurora.kml
    cosmodrome export precise.sp3 --object L51 --to oem --frame GCRF

    Write the orbit of FILE in another form: an OEM, OPM, OMM, TLE or SP3 file, or a mission, which is
    analyzed and whose injected orbit is written. Every file is whole or not there. Exit code 0: written;
    2: bad input.
    """
    from cosmodrome.outputs.labels import file_name
    from cosmodrome.studies.exported_orbit import ExportOptions, exported_orbit

    with progress(quiet, no_color=False) as tell:
        found = exported_orbit(ExportOptions(file, **part), tell)
        targets = _targets(kinds, output, file_name(found.name))
        if any(target.resolve() == file.resolve() for target in targets):
            raise OutputError(f"{file} would be overwritten by its own export: give another --output")
        from cosmodrome.outputs.export import ExportChoices, export_ephemeris

        choices = ExportChoices(
            object_name=found.name, frame=frame.upper(), step_s=part["step_s"], stations=found.stations,
            passes=found.passes,
        )  # fmt: skip
        now = datetime.now(UTC)
        written = [
            export_ephemeris(found.orbit, kind, target, now, choices)
            for kind, target in zip(kinds, targets, strict=True)
        ]
    _tell_written(found.name, found.origin, written, as_json)


def _targets(kinds: tuple[str, ...], output: Path | None, name: str) -> list[Path]:
    """Where each kind goes."""
    if output is not None and len(kinds) == 1 and not output.is_dir():
        return [output]
    return [(output or Path()) / f"{name}{_SUFFIXES[KINDS.index(kind)]}" for kind in kinds]


def _tell_written(name: str, origin: str, written: list["ExportedFile"], as_json: bool) -> None:
    from cosmodrome.outputs.export_document import export_document

    if as_json:
        click.echo(export_document(name, origin, written), nl=False)
        return
    print_anywhere(f"{name} ({origin})")
    for one in written:
        print_anywhere(f"    → {one.path}" + (f"  {one.note}" if one.note else ""))
