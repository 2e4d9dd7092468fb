"""Find an entry of the catalog by its name.

Files are cut into entries as text, and only the entry that is asked for is parsed.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from cosmodrome.errors import CatalogError
from cosmodrome.models.quantity import Model
from cosmodrome.models.satellite import Component
from cosmodrome.models.site import Site
from cosmodrome.models.station import Station
from cosmodrome.models.vehicle import DragCurve, Vehicle

_DATA = Path(__file__).parent / "data"
_Entry = TypeVar("_Entry", bound=Model)


def find_vehicle(name: str) -> Vehicle:
    """Find a launch vehicle.

    Parameters
    ----------
    name : str
        Catalog name.

    Returns
    -------
    Vehicle
        With the source of each of its numbers.

    Raises
    ------
    CatalogError
        If there is no such name; the message suggests the nearest.

    Examples
    --------
    The Angara rocket shown at Vostochny in September 2023 stands 42.7 m tall (press reports):

    >>> find_vehicle("angara-1.2").height_m.value
    42.7
    """
    return _find("vehicle", name, Vehicle)


def find_site(name: str) -> Site:
    """Find a launch site by its catalog name; `CatalogError` if there is none.

    Examples
    --------
    >>> find_site("vostochny")
    <Site vostochny: 51.884 N 128.334 E>
    """
    return _find("site", name, Site)


def find_component(name: str) -> Component:
    """Find a satellite component by its catalog name; `CatalogError` if there is none.

    Examples
    --------
    The Satlab SRS-4 data sheet (rev. 1.0, 2021) says 253 g:

    >>> find_component("satlab-srs-4").mass_kg
    0.253
    """
    return _find("component", name, Component)


def find_station(name: str) -> Station:
    """Find a ground station by its catalog name; `CatalogError` if there is none.

    Examples
    --------
    >>> find_station("svalbard").latitude_deg
    78.23
    """
    return _find("station", name, Station)


@cache
def find_drag_curve(name: str) -> DragCurve:
    """Find a drag curve by its catalog name; `CatalogError` if there is none.

    Examples
    --------
    >>> max(find_drag_curve("slender-launcher").drag_coefficient)
    0.69
    """
    return _find("drag_curve", name, DragCurve)


def vehicle_names() -> tuple[str, ...]:
    """Names of all launch vehicles."""
    return _names("vehicle")


def site_names() -> tuple[str, ...]:
    """Names of all launch sites."""
    return _names("site")


def component_names() -> tuple[str, ...]:
    """Names of all satellite components."""
    return _names("component")


def station_names() -> tuple[str, ...]:
    """Names of all ground stations."""
    return _names("station")


def drag_curve_names() -> tuple[str, ...]:
    """Names of all drag curves."""
    return _names("drag_curve")


def starter_text() -> str:
    """The commented mission file that `cosmodrome new` writes."""
    return (_DATA / "starter.toml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class _Text:
    """The lines of one entry in a catalog file."""

    path: Path
    kind: str
    line: int  # lines before it in the file
    text: str

    @cached_property
    def name(self) -> str:
        # An entry's own keys stand before its tables, so the first name is its own.
        found = re.search(r'^name = "([^"\\]+)"$', self.text, re.MULTILINE)
        return found[1] if found else str(self.parsed().get("name"))

    def parsed(self) -> dict[str, Any]:
        try:
            # Empty lines stand for what comes before, so that a message names the right line.
            document = tomllib.loads("\n" * self.line + self.text)
        except tomllib.TOMLDecodeError as error:
            raise CatalogError(f"the catalog file {self.path} cannot be read: {error}") from None
        entry: dict[str, Any] = document[f"{self.kind}s"][0]
        return entry


def _find(kind: str, name: str, model: type[_Entry]) -> _Entry:
    """Read files until the name turns up."""
    for entry in _entries(kind, name):
        if entry.name == name:
            try:
                return model.model_validate(entry.parsed())
            except ValidationError as error:
                raise CatalogError(f"the catalog file {entry.path} cannot be used: {error}") from None
    known = _names(kind)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    suggestion = f"; did you mean '{near[0]}'?" if near else ";"
    title = kind.replace("_", " ")
    listing = f"known: {', '.join(known)}" if len(known) <= 8 else f"`cosmodrome catalog {kind}s` lists all"
    raise CatalogError(f"no {title} '{name}' in the catalog{suggestion} {listing}")


def _names(kind: str) -> tuple[str, ...]:
    return tuple(entry.name for entry in _entries(kind))


def _entries(kind: str, name: str = "") -> Iterator[_Text]:
    """Every entry of a kind; files whose name the entry's name begins with come first."""
    folder = _DATA / f"{kind}s"
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else [_DATA / "aerodynamics.toml"]
    header = re.compile(rf"^\[\[{kind}s\]\]$", re.MULTILINE)
    for path in sorted(paths, key=lambda path: not name.startswith(path.stem)):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"the catalog file {path} cannot be read: {error}") from None
        starts = [found.start() for found in header.finditer(text)]
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            yield _Text(path, kind, text.count("\n", 0, start), text[start:end])
