"""Find an entry of the catalog by its name, in what comes with cosmodrome and in a person's own folders."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cosmodrome.catalog.assembly import TITLES, near_names
from cosmodrome.catalog.folders import read_folders
from cosmodrome.catalog.index import Index
from cosmodrome.catalog.shipped import DATA
from cosmodrome.errors import CatalogError
from cosmodrome.models.body import Finish
from cosmodrome.models.components import Component
from cosmodrome.models.power import Cell
from cosmodrome.models.site import Site
from cosmodrome.models.station import Station
from cosmodrome.models.vehicle import DragCurve, Stage, Vehicle

Folders = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Catalog:
    """Every entry of the catalog."""

    vehicles: tuple[Vehicle, ...]
    modules: tuple[Stage, ...]
    sites: tuple[Site, ...]
    components: tuple[Component, ...]
    stations: tuple[Station, ...]

    def __repr__(self) -> str:
        counts = (f"{len(getattr(self, kind))} {kind}" for kind in self.__slots__)
        return f"<Catalog: {', '.join(counts)}>"


def open_catalog(folders: Folders = ()) -> Index:
    """Open the catalog with a person's own folders laid over it, to find entries as they are written.

    Raises
    ------
    CatalogFolderError
        If anything in the folders is wrong.
    """
    return read_folders(folders) if folders else Index({})


def load_catalog(folders: Folders = ()) -> Catalog:
    """Load every entry of the catalog.

    Parameters
    ----------
    folders : sequence of str or Path
        A person's own catalog folders; their entries extend the catalog, or replace entries of it where they
        say so.

    Returns
    -------
    Catalog

    Raises
    ------
    CatalogFolderError
        If anything in the folders is wrong; it lists every problem.

    Examples
    --------
    >>> load_catalog().sites[0]
    <Site vostochny: 51.884 N 128.334 E>
    """
    index = open_catalog(folders)
    with _no_search_for_cycles():
        index.read_all()
        return Catalog(**{kind: _all(index, kind) for kind in Catalog.__slots__})


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Many objects are made and none dropped; looking for cycles in them takes a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _all(index: Index, kind: str) -> tuple[Any, ...]:
    return tuple(index.model(entry) for entry in index.entries(kind))


def find_vehicle(name: str, folders: Folders = ()) -> Vehicle:
    """Find a launch vehicle.

    Parameters
    ----------
    name : str
        Catalog name.
    folders : sequence of str or Path
        A person's own catalog folders.

    Returns
    -------
    Vehicle
        With the source of each of its numbers.

    Raises
    ------
    CatalogError
        If there is no such name; the message suggests the nearest.
    CatalogFolderError
        If anything in the folders is wrong; it lists every problem.

    Examples
    --------
    The Angara rocket shown at Vostochny in September 2023 stands 42.7 m tall (press reports):

    >>> find_vehicle("angara-1.2").height_m.value
    42.7
    """
    vehicle: Vehicle = _find("vehicles", name, folders)
    return vehicle


def find_module(name: str, folders: Folders = ()) -> Stage:
    """Find a stage that vehicles share by its catalog name; errors as those of `find_vehicle`.

    Examples
    --------
    URM-1 is the first stage of Angara 1.2, and five of it lift Angara A5:

    >>> find_module("urm-1").engine
    'RD-191'
    """
    module: Stage = _find("modules", name, folders)
    return module


def find_site(name: str, folders: Folders = ()) -> Site:
    """Find a launch site by its catalog name; errors as those of `find_vehicle`.

    Examples
    --------
    >>> find_site("vostochny")
    <Site vostochny: 51.884 N 128.334 E>
    """
    site: Site = _find("sites", name, folders)
    return site


def find_component(name: str, folders: Folders = ()) -> Component:
    """Find a satellite component by its catalog name; errors as those of `find_vehicle`.

    Examples
    --------
    The Satlab SRS-4 data sheet (rev. 1.0, 2021) says 253 g:

    >>> find_component("satlab-srs-4").mass_kg
    0.253
    """
    component: Component = _find("components", name, folders)
    return component


def find_station(name: str, folders: Folders = ()) -> Station:
    """Find a ground station by its catalog name; errors as those of `find_vehicle`.

    Examples
    --------
    >>> find_station("svalbard").latitude_deg
    78.23
    """
    station: Station = _find("stations", name, folders)
    return station


def find_cell(name: str, folders: Folders = ()) -> Cell:
    """Find a type of solar cell by its catalog name; errors as those of `find_vehicle`.

    Examples
    --------
    >>> find_cell("spectrolab-xtj").efficiency_ratio
    0.298
    """
    cell: Cell = _find("cells", name, folders)
    return cell


def find_finish(name: str, folders: Folders = ()) -> Finish:
    """Find a finish by its catalog name; errors as those of `find_vehicle`.

    Examples
    --------
    >>> find_finish("white-paint").solar_absorptance_ratio
    0.24
    """
    finish: Finish = _find("finishes", name, folders)
    return finish


@cache
def find_drag_curve(name: str) -> DragCurve:
    """Find a drag curve by its catalog name; `CatalogError` if there is none.

    Examples
    --------
    >>> max(find_drag_curve("slender-launcher").drag_coefficient)
    0.69
    """
    curve: DragCurve = _find("drag_curves", name, ())
    return curve


def vehicle_names(folders: Folders = ()) -> tuple[str, ...]:
    """Names of all launch vehicles."""
    return open_catalog(folders).names("vehicles")


def module_names(folders: Folders = ()) -> tuple[str, ...]:
    """Names of all stages that vehicles share."""
    return open_catalog(folders).names("modules")


def site_names(folders: Folders = ()) -> tuple[str, ...]:
    """Names of all launch sites."""
    return open_catalog(folders).names("sites")


def component_names(folders: Folders = ()) -> tuple[str, ...]:
    """Names of all satellite components."""
    return open_catalog(folders).names("components")


def station_names(folders: Folders = ()) -> tuple[str, ...]:
    """Names of all ground stations."""
    return open_catalog(folders).names("stations")


def drag_curve_names() -> tuple[str, ...]:
    """Names of all drag curves."""
    return open_catalog().names("drag_curves")


def starter_text() -> str:
    """The commented mission file that `cosmodrome new` writes."""
    return (DATA / "starter.toml").read_text(encoding="utf-8")


def _find(kind: str, name: str, folders: Folders) -> Any:
    """The model of an entry."""
    index = open_catalog(folders)
    entry = index.entry(kind, name, name)
    if entry is None:
        known = near_names(name, index.names(kind), kind)
        raise CatalogError(f"no {TITLES[kind]} '{name}' in the catalog; {known}")
    return index.model(entry)
