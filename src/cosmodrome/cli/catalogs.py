"""The command that shows the catalog."""

import sys
from pathlib import Path

import click

from cosmodrome.cli.options import catalog_option
from cosmodrome.cli.session import print_anywhere, readable_errors, replace_file


@click.command()
@click.argument(
    "kind",
    type=click.Choice(
        ["vehicles", "modules", "sites", "components", "stations", "cells", "finishes", "audit"]
    ),
)
@click.argument("name", required=False)
@catalog_option
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
    with readable_errors(debug):
        from cosmodrome.outputs import catalog_page

        if kind == "audit":
            print_anywhere(catalog_page.audit_page(name, folders))
        elif name is None:
            print_anywhere(catalog_page.list_page(kind, folders, is_terminal=sys.stdout.isatty()))
        else:
            print_anywhere(catalog_page.entry_page(kind, name, folders, sys.stdout.encoding))
            if svg is not None:
                print_anywhere(f"    → {_write_drawing(name, folders, svg)}")


def _write_drawing(name: str, folders: tuple[Path, ...], file: str) -> Path:
    """The figure of a vehicle, in place in one step."""
    from cosmodrome.catalog import find_vehicle
    from cosmodrome.outputs.vehicle_drawing import vehicle_svg

    vehicle = find_vehicle(name, folders)
    path = Path(file or f"{vehicle.name}.svg")
    replace_file(path, vehicle_svg(vehicle), "give another --svg FILE")
    return path
