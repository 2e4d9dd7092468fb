"""Every entry of the catalog by kind and name: a person's own before those that come with cosmodrome."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from cosmodrome.catalog.assembly import TITLES, Assembler, Built, Entry, Table
from cosmodrome.catalog.shipped import shipped_entries, shipped_entry, shipped_names
from cosmodrome.errors import CatalogError
from cosmodrome.models.body import Finish
from cosmodrome.models.components import Component
from cosmodrome.models.power import Cell
from cosmodrome.models.quantity import Model
from cosmodrome.models.site import Site
from cosmodrome.models.station import Station
from cosmodrome.models.vehicle import DragCurve, Stage, Vehicle

MODELS: Final[Mapping[str, type[Model]]] = {
    "vehicles": Vehicle,
    "modules": Stage,
    "sites": Site,
    "components": Component,
    "stations": Station,
    "drag_curves": DragCurve,
    "cells": Cell,
    "finishes": Finish,
}
CONTEXT: Final = {"is_sourced": True}


class Index:
    """Finds entries by kind and name, and builds them; shipped ones are read when they are asked for."""

    def __init__(self, own: Mapping[tuple[str, str], Entry]) -> None:
        """Take a person's own entries by kind and name."""
        self._own = own
        self._read: dict[tuple[str, str], Entry | None] = {}
        self._is_all_read = False
        self._assembler = Assembler(self._named_by, self.names)

    def names(self, kind: str) -> tuple[str, ...]:
        """Names of a kind: those that are shipped, then a person's own."""
        own = [name for owned_kind, name in self._own if owned_kind == kind]
        read = (name for read_kind, name in self._read if read_kind == kind)
        return tuple(dict.fromkeys([*(read if self._is_all_read else shipped_names(kind)), *own]))

    def entry(self, kind: str, name: str, near: str = "") -> Entry | None:
        """The entry of a name, or None; `near` names an entry of whose family it may be."""
        return self._own.get((kind, name)) or self.shipped(kind, name, near)

    def shipped(self, kind: str, name: str, near: str = "") -> Entry | None:
        """The entry of a name that came with cosmodrome, or None."""
        if (kind, name) not in self._read and not self._is_all_read:
            self._read[kind, name] = shipped_entry(kind, name, near)
        return self._read.get((kind, name))

    def entries(self, kind: str) -> Iterator[Entry]:
        """Every entry of a kind."""
        for name in self.names(kind):
            entry = self.entry(kind, name)
            assert entry is not None
            yield entry

    def read_all(self) -> None:
        """Read every shipped entry, which costs less at once than one by one."""
        self._read = {(kind, entry.name): entry for kind in TITLES for entry in shipped_entries(kind)}
        self._is_all_read = True

    def built(self, entry: Entry) -> Built:
        """An entry with everything that it is built on, and what is wrong with it."""
        return self._assembler.build(entry)

    def built_on_shipped(self, entry: Entry) -> Built:
        """The same; `CatalogError` if something is wrong with a shipped part of it."""
        built = self.built(entry)
        for part in parts(built):
            for finding in part.findings if part.entry.is_shipped else ():
                raise _unusable(part, f"{finding.message}; {finding.help}")
        return built

    def model(self, entry: Entry) -> Any:
        """The model of an entry; `CatalogError` if it is not valid."""
        built = self.built_on_shipped(entry)
        try:
            return MODELS[entry.kind].model_validate(whole(built), context=CONTEXT)
        except ValidationError as error:
            raise _unusable(built, str(error)) from None

    def _named_by(self, kind: str, name: str, namer: Entry) -> Entry | None:
        """What an entry means by a name; one that replaces a shipped entry may be built on it."""
        if not namer.is_shipped and (kind, name) == (namer.kind, namer.name):
            return self.shipped(kind, name)
        return self.entry(kind, name, namer.name)


def whole(built: Built) -> Table:
    """The table to be validated; a module that leaves its role to the vehicles is a core stage."""
    return {"role": "core", **built.table} if built.entry.kind == "modules" else built.table


def _unusable(built: Built, reason: str) -> CatalogError:
    """The error of an entry that is not valid; a person's own modules in it are named."""
    entries = [part.entry for part in parts(built)]
    own = [f"'{entry.name}' of {entry.path}:{entry.line}" for entry in entries if not entry.is_shipped]
    if own and built.entry.is_shipped:
        title = TITLES[built.entry.kind]
        return CatalogError(f"{title} '{built.entry.name}' cannot be built on {', '.join(own)}: {reason}")
    return CatalogError(f"the catalog file {built.entry.path} cannot be used: {reason}")


def parts(built: Built) -> Iterator[Built]:
    """An entry and everything that it is built on."""
    yield built
    for _, parent in built.parents:
        yield from parts(parent)
