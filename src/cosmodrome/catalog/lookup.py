"""Find an entry of the catalog by its name.

A file is read when a name in it is asked for; files whose name the entry's name begins with are tried first.
"""

import difflib
import tomllib
from collections.abc import Iterator
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


def _find(kind: str, name: str, model: type[_Entry]) -> _Entry:
    """Read files until the name turns up."""
    for path, entry in _entries(kind, name):
        if entry.get("name") == name:
            try:
                return model.model_validate(entry)
            except ValidationError as error:
                raise CatalogError(f"the catalog file {path} cannot be used: {error}") from None
    known = _names(kind)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    suggestion = f"; did you mean '{near[0]}'?" if near else ";"
    title = kind.replace("_", " ")
    raise CatalogError(f"no {title} '{name}' in the catalog{suggestion} known: {', '.join(known)}")


def _names(kind: str) -> tuple[str, ...]:
    return tuple(entry["name"] for _, entry in _entries(kind))


def _entries(kind: str, name: str = "") -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every entry of a kind with its file, the likeliest files first."""
    folder = _DATA / f"{kind}s"
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else [_DATA / "aerodynamics.toml"]
    for path in sorted(paths, key=lambda path: not name.startswith(path.stem)):
        try:
            document = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise CatalogError(f"the catalog file {path} cannot be read: {error}") from None
        for entry in document.get(f"{kind}s", []):
            yield path, entry
