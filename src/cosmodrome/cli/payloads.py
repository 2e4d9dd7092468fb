"""The command that says what a vehicle lifts."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cosmodrome.cli.options import catalog_option, in_unit
from cosmodrome.cli.session import (
    CLOSES,
    DOES_NOT_CLOSE,
    NO_VERDICT,
    output_directory,
    progress,
    readable_errors,
    replace_file,
)

if TYPE_CHECKING:
    from cosmodrome.payload_study import PayloadStudy


@click.command(context_settings={"max_content_width": 110})
@click.argument("vehicle")
@click.argument("site")
@catalog_option
@click.option("--altitude", "altitude_km", **in_unit("KM"), help="A circular orbit.")
@click.option("--perigee", "perigee_altitude_km", **in_unit("KM"), help="An elliptical orbit, with --apogee.")
@click.option("--apogee", "apogee_altitude_km", **in_unit("KM"), help="An elliptical orbit, with --perigee.")
@click.option("--argument-of-perigee", "argument_of_perigee_deg", **in_unit("DEG"), help="Free if not given.")
@click.option(
    "--escape", "c3_km2_s2", **in_unit("C3"), help="A departure [km²/s²] from --perigee, 185 km if not given."
)
@click.option(
    "--inclination", "inclinations_deg", **in_unit("DEG"), multiple=True,
    help="The lowest that the site reaches if not given. Several with --map.",
)  # fmt: skip
@click.option("--sun-synchronous", is_flag=True, help="Inclination by altitude.")
@click.option(
    "--payload", "payload_kg", **in_unit("KG"), help="Whether it fits, and what propellant is left."
)
@click.option(
    "--max-q",
    "max_dynamic_pressure_kpa",
    **in_unit("KPA"),
    help="Most dynamic pressure, for the vehicle's limit.",
)
@click.option(
    "--max-q-alpha", "max_q_alpha_kpa_deg", **in_unit("KPA_DEG"), help="Most pressure times angle of attack."
)
@click.option("--max-g", "max_axial_acceleration_g", **in_unit("G"), help="Most axial acceleration.")
@click.option(
    "--max-heat-flux", "max_heat_flux_w_m2", **in_unit("W_M2"), help="Most heat flux when the fairing goes."
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
    with readable_errors(debug):
        from cosmodrome.catalog import find_site, find_vehicle
        from cosmodrome.payload_question import PayloadOptions, payload_question

        launched = find_vehicle(vehicle, folders), find_site(site, folders)
        question = payload_question(*launched, PayloadOptions(**options))
        directory = output_directory(output, "payload") if question.options.with_map else None
        with progress(quiet, no_color=False) as tell:
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
    replace_file(path, payload_svg(charted, vehicle, site), "give another --output DIR")
    return path
