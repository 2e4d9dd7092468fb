"""Replace the catalog's names in a mission file by what they stand for."""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cosmodrome import catalog
from cosmodrome.errors import CatalogError
from cosmodrome.missionfile.fields import value_at
from cosmodrome.missionfile.scanner import Path
from cosmodrome.models.quantity import Model


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the value at a path, and what to do."""

    path: Path
    message: str
    help: str


@dataclass(frozen=True, slots=True)
class _Shelf:
    """One kind of thing in the catalog."""

    title: str
    command: str
    find: Callable[[str], Model]
    names: Callable[[], tuple[str, ...]]


_VEHICLES = _Shelf("vehicle", "vehicles", catalog.find_vehicle, catalog.vehicle_names)
_SITES = _Shelf("site", "sites", catalog.find_site, catalog.site_names)
_STATIONS = _Shelf("station", "stations", catalog.find_station, catalog.station_names)
_COMPONENTS = _Shelf("component", "components", catalog.find_component, catalog.component_names)


def resolve(document: dict[str, Any]) -> tuple[dict[str, Any], list[Finding]]:
    """Fill in every catalog entry that a document names.

    A plain name stands for the entry; a table with `catalog = "name"` for the entry with the table's other
    keys laid over it. Tables in it are merged, arrays and quantities replaced.

    Parameters
    ----------
    document : dict
        The parsed file.

    Returns
    -------
    tuple
        The document with entries in place of names, and the names that are not in the catalog. Their entries
        are left out of the document.
    """
    unknown: list[Finding] = []
    filled = dict(document)
    for key, shelf in (("vehicle", _VEHICLES), ("site", _SITES)):
        if key in filled:
            filled[key] = _entry(filled[key], (key,), shelf, unknown)
    if isinstance(filled.get("stations"), list):
        filled["stations"] = _entries(filled["stations"], ("stations",), _STATIONS, unknown)
    satellite = filled.get("satellite")
    if isinstance(satellite, dict) and isinstance(satellite.get("components"), list):
        path: Path = ("satellite", "components")
        parts = _entries(satellite["components"], path, _COMPONENTS, unknown)
        filled["satellite"] = {**satellite, "components": parts}
    return filled, unknown


def repeated_components(document: dict[str, Any]) -> list[Finding]:
    """Components that bear the name of an earlier one."""
    parts = value_at(("satellite", "components"), document)
    seen: set[str] = set()
    repeated = []
    for index, part in enumerate(parts if isinstance(parts, list) else []):
        name = part.get("name") if isinstance(part, dict) else None
        if isinstance(name, str) and name in seen:
            help = "give each part its own name, or one entry with count = 2"
            path: Path = ("satellite", "components", index, "name")
            repeated.append(Finding(path, f"component '{name}' is listed twice", help))
        seen.add(str(name))
    return repeated


def _entries(values: list[Any], path: Path, shelf: _Shelf, unknown: list[Finding]) -> list[Any]:
    return [_entry(value, (*path, index), shelf, unknown) for index, value in enumerate(values)]


def _entry(value: Any, path: Path, shelf: _Shelf, unknown: list[Finding]) -> Any:
    """What one name or table stands for; the value itself where it names nothing."""
    overrides: dict[str, Any] = {}
    name = value
    if isinstance(value, dict) and "catalog" in value:
        overrides = {key: item for key, item in value.items() if key != "catalog"}
        name, path = value["catalog"], (*path, "catalog")
    elif not isinstance(value, str):
        return value
    try:
        entry = shelf.find(str(name)).model_dump(mode="json", exclude_unset=True)
    except CatalogError:
        if name in shelf.names():
            raise
        unknown.append(_unknown(name, path, shelf))
        return None
    return _merged(entry, overrides)


def _unknown(name: Any, path: Path, shelf: _Shelf) -> Finding:
    known = shelf.names()
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    listing = (
        f"known: {', '.join(known)}" if len(known) <= 8 else f"`cosmodrome catalog {shelf.command}` lists all"
    )
    help = f"did you mean '{near[0]}'? {listing}" if near else listing
    return Finding(path, f"no {shelf.title} '{name}' in the catalog", help)


def _merged(entry: dict[str, Any], overrides: dict[str, Any]) -> dict[str, Any]:
    """Lay a table's keys over an entry's; a quantity is replaced as a whole."""
    merged = dict(entry)
    for key, value in overrides.items():
        old = entry.get(key)
        both_tables = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = _merged(old, value) if both_tables and "value" not in value else value  # type: ignore[arg-type]
    return merged
