"""Replace the catalog's names in a mission file by what they stand for."""

from dataclasses import dataclass, field
from typing import Any

from cosmodrome.catalog.assembly import Entry
from cosmodrome.catalog.index import Index
from cosmodrome.tomlfile.location import Finding
from cosmodrome.tomlfile.scanner import Path


@dataclass(slots=True)
class Filled:
    """A document with entries of the catalog in place of their names.

    `moved`: where stages stand in the file, None for those that are not in it. `vague`: tables that name an
    entry which is not in the catalog.
    """

    document: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    moved: dict[Path, Path | None] = field(default_factory=dict)
    vague: list[Path] = field(default_factory=list)


def resolve(document: dict[str, Any], index: Index) -> Filled:
    """Fill in every catalog entry that a document names.

    A plain name stands for the entry; a table with `catalog = "name"` for the entry with the table's other
    keys laid over it. Tables in it are merged, arrays and quantities replaced; the stages of a vehicle are
    changed by name.

    Parameters
    ----------
    document : dict
        The parsed file.
    index : Index
        The catalog.

    Returns
    -------
    Filled
        With what is wrong with the names.
    """
    filled = Filled(dict(document))
    for key, kind in (("vehicle", "vehicles"), ("site", "sites")):
        if key in document:
            filled.document[key] = _entry(document[key], (key,), kind, index, filled)
    if isinstance(document.get("stations"), list):
        entries = _entries(document["stations"], ("stations",), "stations", index, filled)
        filled.document["stations"] = [
            _with_its_dish(own, entry) for own, entry in zip(document["stations"], entries, strict=True)
        ]
    if isinstance(document.get("satellite"), dict):
        filled.document["satellite"] = _satellite(document["satellite"], index, filled)
    return filled


def _with_its_dish(own: Any, entry: Any) -> Any:
    """A station of the catalog without the gain of the catalog's dish, where the file gives another dish."""
    if not isinstance(own, dict) or "dish_diameter_m" not in own or not isinstance(entry, dict):
        return entry
    return {key: value for key, value in entry.items() if key != "antenna_gain_dbi" or key in own}


def _satellite(satellite: dict[str, Any], index: Index, filled: Filled) -> dict[str, Any]:
    """A satellite with its components, its type of cell and the finishes of its faces."""
    whole = dict(satellite)
    if isinstance(satellite.get("components"), list):
        path: Path = ("satellite", "components")
        whole["components"] = _entries(satellite["components"], path, "components", index, filled)
    array, body = satellite.get("solar_array"), satellite.get("body")
    if isinstance(array, dict) and "cell" in array:
        cell = _entry(array["cell"], ("satellite", "solar_array", "cell"), "cells", index, filled)
        whole["solar_array"] = {**array, "cell": cell}
    if isinstance(body, dict) and isinstance(body.get("faces"), list):
        faces = [_face(face, at, index, filled) for at, face in enumerate(body["faces"])]
        whole["body"] = {**body, "faces": faces}
    return whole


def _face(face: Any, at: int, index: Index, filled: Filled) -> Any:
    if not isinstance(face, dict) or "finish" not in face:
        return face
    path: Path = ("satellite", "body", "faces", at, "finish")
    return {**face, "finish": _entry(face["finish"], path, "finishes", index, filled)}


def _entries(values: list[Any], path: Path, kind: str, index: Index, filled: Filled) -> list[Any]:
    return [_entry(value, (*path, at), kind, index, filled) for at, value in enumerate(values)]


def _entry(value: Any, path: Path, kind: str, index: Index, filled: Filled) -> Any:
    """What one name or table stands for; the value itself where it is neither."""
    if not isinstance(value, str | dict):
        return value
    table = {"catalog": value} if isinstance(value, str) else value
    place = ".".join(str(part) for part in path)
    built = index.built_on_shipped(Entry(kind, "", table, place, 0, is_shipped=False, base_key="catalog"))
    for finding in built.findings:
        named = finding.within(path)
        filled.findings.append(Finding(path, named.message, named.help) if isinstance(value, str) else named)
    filled.moved |= {(*path, *at): None if to is None else (*path, *to) for at, to in built.moved.items()}
    filled.vague += [(*path, *at) for at in built.vague]
    return built.table
