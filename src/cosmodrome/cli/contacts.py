"""Commands about what sees what: passes over stations, coverage of the Earth."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cosmodrome.cli.options import answering, coverage_options, force_options, ground_options, orbit_options
from cosmodrome.cli.session import print_anywhere, progress, replace_file
from cosmodrome.studies.contact_options import CoverageOptions, GroundOptions
from cosmodrome.studies.orbit_options import ForceOptions, OrbitOptions

if TYPE_CHECKING:
    from cosmodrome.studies.coverage_study import CoverageStudy


@click.command(
    short_help="List passes of satellites over stations.", context_settings={"max_content_width": 110}
)
@orbit_options
@ground_options
@force_options
@answering
def passes(
    orbit: OrbitOptions, ground: GroundOptions, forces: ForceOptions, as_json: bool, quiet: bool
) -> None:
    """\b
    cosmodrome passes stations.tle --station svalbard --station troll --days 3
    cosmodrome passes stations.tle --latitude 55.75 --longitude 37.62 --epoch now
    cosmodrome passes --altitude 550 --sun-synchronous --ltan 10:30 --station inuvik

    List every pass over stations, with rise, top and set in UTC, elevation, azimuths and range, and totals
    by station and day. Elements of a FILE (TLE, OMM) go by SGP4, states of OEM and SP3 are interpolated, a
    single state (OPM), a mission's target and an orbit by its shape are propagated. Exit code 0: answered;
    2: bad input.
    """
    with progress(quiet, no_color=False) as tell:
        tell("passes")
        from cosmodrome.studies.pass_study import pass_study

        study = pass_study(orbit, ground, forces, today=datetime.now(UTC))
    if as_json:
        from cosmodrome.outputs.pass_document import pass_document

        click.echo(pass_document(study), nl=False)
    else:
        from cosmodrome.outputs.pass_text import pass_text

        print_anywhere(pass_text(study))


@click.command(
    short_help="Say how much of the Earth a constellation sees, how often.",
    context_settings={"max_content_width": 110},
)
@coverage_options
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path),
    metavar="FILE.svg",
    help="Draw the mean revisit.",
)
@answering
def coverage(sight: CoverageOptions, map_file: Path | None, as_json: bool, quiet: bool) -> None:
    """\b
    cosmodrome coverage --walker 24/3/1 --altitude 600 --inclination 97.8 --half-cone 30 --map map.svg
    cosmodrome coverage fleet.tle --minimum-elevation 10 --target 55.75,37.62 --target 1.35,103.82 --days 3

    Say which part of the Earth a constellation sees and how long it goes unseen between: mean, percentiles
    and longest, over a grid of points of equal area or at named targets. Exit code 0: answered; 2: bad
    input.
    """
    with progress(quiet, no_color=False) as tell:
        tell("coverage")
        from cosmodrome.studies.coverage_study import coverage_study

        study = coverage_study(sight, today=datetime.now(UTC))
        if map_file is not None:
            tell("map")
            _write_map(study, map_file)
    if as_json:
        from cosmodrome.outputs.coverage_document import coverage_document

        click.echo(coverage_document(study, map_file), nl=False)
    else:
        from cosmodrome.outputs.coverage_text import coverage_text

        print_anywhere(coverage_text(study) + (f"    → {map_file}" if map_file else ""))


def _write_map(study: "CoverageStudy", path: Path) -> None:
    """The figure of the mean revisit time, in place in one step."""
    from cosmodrome.outputs.coverage_plots import coverage_caption, coverage_map
    from cosmodrome.outputs.style import svg_text

    text = svg_text(coverage_map(study.coverage), coverage_caption(study.coverage))
    replace_file(path, text, "give another --map FILE")
