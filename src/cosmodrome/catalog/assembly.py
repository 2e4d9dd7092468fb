"""Put an entry of the catalog together from the modules and the entry that it is built on.

A stage names a `module`, a module another module, any other entry its `base`; their own keys are laid over
what these hold. A quantity is replaced as a whole, other tables are merged, arrays replaced; but the stages
of a vehicle with a base are those of the base, changed where its own list has one of the same name.
"""

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from cosmodrome.tomlfile.location import Finding
from cosmodrome.tomlfile.messages import described
from cosmodrome.tomlfile.scanner import Path

Table = dict[str, Any]

TITLES: Final = {
    "vehicles": "vehicle",
    "modules": "module",
    "sites": "site",
    "components": "component",
    "stations": "station",
    "drag_curves": "drag curve",
    "cells": "type of cell",
    "finishes": "finish",
}
_SHORTEST_LISTED_BY_COMMAND: Final = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is written, and where; `base_key` is what names the entry that it is built on."""

    kind: str
    name: str
    table: Table
    path: str
    line: int
    is_shipped: bool
    base_key: str = "base"


@dataclass(frozen=True, slots=True)
class Built:
    """An entry with what it is built on filled in.

    `moved`: where its stages stand in the entry as written; None for those that are not there. `parents`:
    what its keys name, by their path. `vague`: tables whose module or base is not known.
    """

    entry: Entry
    table: Table
    findings: tuple[Finding, ...]
    moved: dict[Path, Path | None]
    parents: tuple[tuple[Path, "Built"], ...]
    vague: tuple[Path, ...]


class Assembler:
    """Builds entries, each once."""

    def __init__(
        self, find: Callable[[str, str, Entry], Entry | None], names: Callable[[str], tuple[str, ...]]
    ) -> None:
        """Take what finds the entry that another one names, by kind and name, and the names of a kind."""
        self._find = find
        self._names = names
        self._built: dict[tuple[str, str, str, int], Built] = {}

    def build(self, entry: Entry, above: tuple[Entry, ...] = ()) -> Built:
        """Fill in everything that an entry is built on; `above` is being built on it."""
        key = (entry.kind, entry.name, entry.path, entry.line)
        if key not in self._built:
            self._built[key] = _Building(self, entry, above).built()
        return self._built[key]

    def parent(self, kind: str, name: Any, entry: Entry, above: tuple[Entry, ...]) -> Built | tuple[str, str]:
        """The entry that a key names, built; or what is wrong with the name, and what to do."""
        title = TITLES[kind]
        if not isinstance(name, str):
            return f"a {title} is named by text in quotes, given {described(name)}", ""
        is_itself = (kind, name) == (entry.kind, entry.name)
        found = self._find(kind, name, entry) or (entry if is_itself else None)
        if found is None:
            return f"no {title} '{name}' in the catalog", near_names(name, self._names(kind), kind)
        chain = (*above, entry)
        if found not in chain:
            return self.build(found, chain)
        circle = chain[chain.index(found) :]
        names = " → ".join(link.name for link in (entry, *circle))
        others = "".join(f"; '{link.name}' stands at {link.path}:{link.line}" for link in circle[:-1])
        help = f"one of them must stand on its own{others}" if others else "leave this key out"
        return f"{title} '{entry.name}' is built on itself: {names}", help


class _Building:
    """One entry while it is built."""

    def __init__(self, assembler: Assembler, entry: Entry, above: tuple[Entry, ...]) -> None:
        self._assembler = assembler
        self._entry = entry
        self._above = above
        self._findings: list[Finding] = []
        self._moved: dict[Path, Path | None] = {}
        self._parents: list[tuple[Path, Built]] = []
        self._vague: list[Path] = []

    def built(self) -> Built:
        if self._entry.kind == "modules":
            table = self._over_its_module(self._entry.table, ())
        else:
            own = {key: value for key, value in self._entry.table.items() if key != self._entry.base_key}
            if isinstance(own.get("stages"), list):
                stages = enumerate(own["stages"])
                own["stages"] = [self._over_its_module(stage, ("stages", number)) for number, stage in stages]
            table = self._over_its_base(own) if len(own) < len(self._entry.table) else own
        findings, parents, vague = tuple(self._findings), tuple(self._parents), tuple(self._vague)
        return Built(self._entry, table, findings, self._moved, parents, vague)

    def _over_its_module(self, table: Any, path: Path) -> Any:
        """A stage or a module laid over the module that it names."""
        if not isinstance(table, dict) or not table.get("module"):
            return table
        below = self._parent("modules", table["module"], path, "module")
        return laid_over(below.table, table) if below else {**table, "module": ""}

    def _over_its_base(self, own: Table) -> Table:
        key = self._entry.base_key
        below = self._parent(self._entry.kind, self._entry.table[key], (), key)
        if below is None:
            return own
        stages = below.table.get("stages")
        if isinstance(own.get("stages"), list) and isinstance(stages, list):
            own = {**own, "stages": self._stages_by_name(stages, own["stages"], below.entry.name)}
        elif isinstance(stages, list):
            self._moved |= {("stages", number): None for number in range(len(stages))}
        return self._as_variant(laid_over(below.table, own), own, below)

    def _as_variant(self, table: Table, own: Table, below: Built) -> Table:
        """A vehicle with other numbers takes the reserve of the one that it is built on.

        The payloads published for that one are not its own, except where a mission changes it.
        """
        in_mission = self._entry.base_key != "base"
        if (
            self._entry.kind != "vehicles"
            or not own
            or (self._entry.name == below.entry.name and not in_mission)
        ):
            return table
        table = {**table, "variant_of": below.table.get("variant_of") or below.entry.name}
        return table if in_mission or "payload_figures" in own else {**table, "payload_figures": []}

    def _parent(self, kind: str, name: Any, path: Path, key: str) -> Built | None:
        """What a key names, noted as laid under the table at a path; or the reason noted why not."""
        below = self._assembler.parent(kind, name, self._entry, self._above)
        if isinstance(below, Built):
            self._parents.append(((*path, key), below))
            return below
        self._findings.append(Finding((*path, key), *below))
        self._vague.append(path)
        return None

    def _stages_by_name(self, stages: list[Table], changes: list[Any], base: str) -> list[Table]:
        """The stages of a base, with the changes that name them laid over them."""
        self._moved |= {("stages", number): None for number in range(len(stages))}
        changed = list(stages)
        for number, change in enumerate(changes):
            at = self._named_stage(stages, change, number, base)
            if at is None:
                continue
            if self._moved["stages", at] is not None:
                name = stages[at]["name"]
                message = f"stage '{name}' is changed twice"
                self._findings.append(Finding(("stages", number, "name"), message, "put both in one table"))
                continue
            changed[at] = laid_over(stages[at], change)
            self._moved["stages", at] = ("stages", number)
        return changed

    def _named_stage(self, stages: list[Table], change: Any, number: int, base: str) -> int | None:
        """Which stage of the base a change is for; its role decides between stages of one name."""
        path: Path = ("stages", number)
        names = [str(stage.get("name")) for stage in stages]
        listing = f"stages of {base}: {', '.join(dict.fromkeys(names))}"
        if not isinstance(change, dict):
            message = f"stages number {number + 1} must be a table, given {described(change)}"
            self._findings.append(Finding(path, message, listing))
            return None
        if "name" not in change:
            help = f"name the stage whose keys these replace; {listing}"
            self._findings.append(Finding(path, "missing key 'name'", help, at_key=True))
            return None
        named = [at for at, name in enumerate(names) if name == change["name"]]
        if len(named) > 1:
            named = [at for at in named if stages[at].get("role") == change.get("role")] or named
        if len(named) == 1:
            return named[0]
        if named:
            roles = ", ".join(f'role = "{stages[at].get("role")}"' for at in named)
            message = f"{base} has {len(named)} stages '{change['name']}'"
            help = f"say which: {roles}"
        else:
            near = difflib.get_close_matches(str(change["name"]), names, n=1, cutoff=0.5)
            message = f"{base} has no stage {_shown(change['name'])}"
            help = f"did you mean '{near[0]}'? {listing}" if near else listing
        self._findings.append(Finding((*path, "name"), message, help))
        return None


def _shown(name: Any) -> str:
    return f"'{name}'" if isinstance(name, str) else described(name)


def laid_over(below: Table, above: Table) -> Table:
    """Lay a table's keys over another's; tables in both are merged, but a quantity is replaced as a whole.

    Examples
    --------
    >>> laid_over({"mass_kg": {"value": 1, "source": "a"}, "engine": "RD-191"}, {"mass_kg": {"value": 2}})
    {'mass_kg': {'value': 2}, 'engine': 'RD-191'}
    """
    table = dict(below)
    for key, value in above.items():
        old = below.get(key)
        if isinstance(old, dict) and isinstance(value, dict) and "value" not in old and "value" not in value:
            table[key] = laid_over(old, value)
        else:
            table[key] = value
    return table


def near_names(name: object, known: tuple[str, ...], kind: str) -> str:
    """What to do about an unknown name: the nearest one, and where all are."""
    near = difflib.get_close_matches(str(name), known, n=1, cutoff=0.5)
    is_short = len(known) < _SHORTEST_LISTED_BY_COMMAND
    listing = f"known: {', '.join(known)}" if is_short else f"`cosmodrome catalog {kind}` lists all"
    return f"did you mean '{near[0]}'? {listing}" if near else listing
