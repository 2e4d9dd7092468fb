"""What `cosmodrome catalog` answers: lists, entries, contradictions."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from cosmodrome import catalog
from cosmodrome.outputs.catalog_text import (
    audit_text,
    plain_text,
    site_text,
    vehicle_table,
    vehicle_text,
)
from cosmodrome.outputs.labels import printable_text
from cosmodrome.outputs.module_text import module_text

_DOTS: Final = "\N{BRAILLE PATTERN DOTS-12345678}"


def list_page(kind: str, folders: Sequence[Path] = (), *, is_terminal: bool = False) -> str:
    """The names of a kind of entry, one a line; for a terminal, vehicles in columns.

    Parameters
    ----------
    kind : str
        'vehicles', 'modules', 'sites', 'components', 'stations', 'cells' or 'finishes'.
    folders : sequence of Path
        That extend the catalog.
    is_terminal : bool
        Whether a person reads it.
    """
    if kind == "vehicles" and is_terminal:
        return vehicle_table(catalog.load_catalog(folders).vehicles)
    return "\n".join(catalog.open_catalog(folders).names(kind))


def entry_page(kind: str, name: str, folders: Sequence[Path] = (), encoding: str = "utf-8") -> str:
    """One entry; a vehicle with its drawing and with what is open about it.

    Parameters
    ----------
    kind : str
        'vehicles', 'modules', 'sites', 'components', 'stations', 'cells' or 'finishes'.
    name : str
        Catalog name.
    folders : sequence of Path
        That extend the catalog.
    encoding : str
        Of the terminal; where it has no Braille dots, the drawing does with ASCII.

    Raises
    ------
    CatalogError
        If there is no such entry.
    """
    match kind:
        case "vehicles":
            vehicle = catalog.find_vehicle(name, folders)
            questions = catalog.open_questions(vehicle, catalog.load_catalog(folders).vehicles)
            return vehicle_text(vehicle, questions, ascii_only=printable_text(_DOTS, encoding) != _DOTS)
        case "modules":
            module = catalog.find_module(name, folders)
            return module_text(module, catalog.load_catalog(folders).vehicles)
        case "sites":
            return site_text(catalog.find_site(name, folders))
        case "components":
            return plain_text(catalog.find_component(name, folders))
        case "cells":
            return plain_text(catalog.find_cell(name, folders))
        case "finishes":
            return plain_text(catalog.find_finish(name, folders))
        case _:
            return plain_text(catalog.find_station(name, folders))


def audit_page(name: str | None, folders: Sequence[Path] = ()) -> str:
    """What cannot all be true of a vehicle, or of all of them.

    Parameters
    ----------
    name : str or None
        Catalog name.
    folders : sequence of Path
        That extend the catalog.

    Raises
    ------
    CatalogError
        If there is no such vehicle.
    """
    from cosmodrome.ascent.claims import payload_claims  # loads the optimizer

    fleet = catalog.load_catalog(folders).vehicles
    audited = fleet if name is None else (catalog.find_vehicle(name, folders),)
    found = [
        finding
        for vehicle in audited
        for finding in (*catalog.audit(vehicle, fleet), *payload_claims(vehicle))
    ]
    return audit_text(found, len(audited))
