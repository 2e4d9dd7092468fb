"""A person's own catalog: folders of TOML files whose entries extend the one that comes with cosmodrome."""

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, Final

from pydantic import Field
from pydantic_core import ErrorDetails

from cosmodrome.catalog.assembly import TITLES, Built, Entry, near_names
from cosmodrome.catalog.index import CONTEXT, MODELS, Index, parts, whole
from cosmodrome.catalog.shipped import shipped_names
from cosmodrome.errors import CatalogFolderError, Problem
from cosmodrome.models.body import Finish
from cosmodrome.models.components import Component
from cosmodrome.models.power import Cell
from cosmodrome.models.quantity import Model
from cosmodrome.models.site import Site
from cosmodrome.models.station import Station
from cosmodrome.models.vehicle import Stage, Vehicle
from cosmodrome.tomlfile.fields import Grammar, value_at
from cosmodrome.tomlfile.location import Finding
from cosmodrome.tomlfile.messages import Wording, described
from cosmodrome.tomlfile.reading import UnusableFileError, frozen, read_toml
from cosmodrome.tomlfile.render import in_order, render_files
from cosmodrome.tomlfile.scanner import Path, Place, scan
from cosmodrome.tomlfile.validation import validated

_ADVICE: Final = (
    "a catalog folder holds TOML files of [[vehicles]], [[modules]], [[sites]], [[components]], "
    "[[stations]], [[cells]], [[finishes]]"
)


class _Contents(Model):
    """The tables of a file in a catalog folder."""

    vehicles: tuple[Vehicle, ...] = Field(default=(), description="Launch vehicles.")
    modules: tuple[Stage, ...] = Field(default=(), description="Stages that vehicles share.")
    sites: tuple[Site, ...] = Field(default=(), description="Launch sites.")
    components: tuple[Component, ...] = Field(default=(), description="Satellite components.")
    stations: tuple[Station, ...] = Field(default=(), description="Ground stations.")
    cells: tuple[Cell, ...] = Field(default=(), description="Types of solar cells.")
    finishes: tuple[Finish, ...] = Field(default=(), description="Surfaces of satellites.")


_KINDS: Final = tuple(_Contents.model_fields)
_GRAMMAR: Final = Grammar(
    model=_Contents,
    more_keys={(kind,): ("replaces",) if kind == "modules" else ("base", "replaces") for kind in _KINDS},
    examples={},
    foundations={("vehicles",): 'base = "angara-1.2"', ("modules",): 'module = "urm-1"'},
    is_sourced=True,
)


@dataclass(slots=True)
class _Sheet:
    """One file of a folder, and what is wrong with it; or a folder that cannot be read."""

    path: str
    text: str = ""
    document: dict[str, Any] = field(default_factory=dict)
    places: dict[Path, Place] = field(default_factory=dict)
    unusable: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    errors: list[ErrorDetails] = field(default_factory=list)
    moved: dict[Path, Path | None] = field(default_factory=dict)
    vague: list[Path] = field(default_factory=list)

    def problems(self) -> list[Problem]:
        """Everything wrong with it, in the order of its lines."""
        wording = Wording(self.document, self.places, _GRAMMAR, self.moved)
        found = [wording.found(finding) for finding in self.findings]
        return in_order([*self.unusable, *found, *wording.problems(self.errors, self.vague)])


@dataclass(frozen=True, slots=True)
class _Own:
    """An entry of a folder, and where it stands."""

    entry: Entry
    sheet: _Sheet
    place: Path


def read_folders(folders: Iterable[str | FilePath]) -> Index:
    """Read catalog folders, and lay their entries over the catalog that comes with cosmodrome.

    Parameters
    ----------
    folders : iterable of str or Path
        Each with TOML files anywhere below it.

    Returns
    -------
    Index
        Finds the entries of both.

    Raises
    ------
    CatalogFolderError
        If anything in them is wrong. It holds every problem with its file and line, and `str(error)` shows
        them with source lines and suggestions.
    """
    sheets = [sheet for folder in folders for sheet in _sheets(FilePath(folder))]
    listed = [own for sheet in sheets for own in _entries(sheet)]
    index = Index(_by_name(listed))
    checked = _Checked(index)
    for own in listed:
        checked.note(own)
    found = [(sheet, sheet.problems()) for sheet in sheets]
    wrong = [(sheet.path, sheet.text, problems) for sheet, problems in found if problems]
    if wrong:
        placed = [_in_file(problem, path) for path, _, problems in wrong for problem in problems]
        raise CatalogFolderError(placed, render_files(wrong))
    return index


def _in_file(problem: Problem, path: str) -> Problem:
    return Problem(
        problem.message, problem.line, problem.column, problem.length, problem.label, problem.help, path
    )


def _sheets(folder: FilePath) -> Iterator[_Sheet]:
    """The files of a folder, or the folder as one where there are none."""
    reason = ""
    if not folder.exists():
        reason = "there is no such folder"
    elif not folder.is_dir():
        reason = "it is not a folder"
    if reason:
        problem = Problem(f"cannot read the catalog folder: {reason}", help=_ADVICE)
        yield _Sheet(str(folder), unusable=[problem])
        return
    paths = sorted(path for path in folder.rglob("*.toml") if not path.is_dir())
    if not paths:
        yield _Sheet(str(folder), unusable=[Problem("the catalog folder holds no TOML file", help=_ADVICE)])
    for path in paths:
        try:
            text, document = read_toml(path, "catalog file", _ADVICE)
        except UnusableFileError as error:
            yield _Sheet(str(path), error.text, unusable=[error.problem])
        else:
            yield _Sheet(str(path), text, document, scan(text))


def _entries(sheet: _Sheet) -> Iterator[_Own]:
    """The entries of a file; what is none of the kinds is noted."""
    if sheet.document.keys() >= {"name", "vehicle", "target"}:
        help = "keep mission files outside of catalog folders"
        sheet.findings.append(Finding(("target",), "this is a mission file", help, at_key=True))
        return
    for kind, listed in sheet.document.items():
        if kind not in _KINDS:
            sheet.findings.append(_unknown_kind(kind, listed))
        elif not isinstance(listed, list) or not all(isinstance(table, dict) for table in listed):
            message = f"{kind} must be tables with the header [[{kind}]], given {described(listed)}"
            help = f"write [[{kind}]] with two brackets before each" if isinstance(listed, dict) else ""
            sheet.findings.append(Finding((kind,), message, help, at_key=True))
        else:
            for number, table in enumerate(listed):
                place: Path = (kind, number)
                name = table.get("name")
                own = {key: value for key, value in table.items() if key != "replaces"}
                line = sheet.places[place].key.line
                named = name if isinstance(name, str) else ""
                entry = Entry(kind, named, own, sheet.path, line, is_shipped=False)
                yield _Own(entry, sheet, place)


def _unknown_kind(kind: str, given: Any) -> Finding:
    near = difflib.get_close_matches(kind, _KINDS, n=1, cutoff=0.6)
    suggestion = f"did you mean [[{near[0]}]]? " if near else ""
    known = f"{suggestion}known: {', '.join(f'[[{each}]]' for each in _KINDS)}"
    what = "kind of table" if isinstance(given, dict | list) else "key"
    return Finding((kind,), f"unknown {what} '{kind}'", known, at_key=True)


def _by_name(listed: Iterable[_Own]) -> dict[tuple[str, str], Entry]:
    """The entries by kind and name; what bears a name that is taken is noted."""
    by_name: dict[tuple[str, str], Entry] = {}
    for own in listed:
        entry = own.entry
        if not entry.name:
            continue
        title = TITLES[entry.kind]
        if first := by_name.get((entry.kind, entry.name)):
            message = f"{title} '{entry.name}' is given twice"
            help = f"the other stands at {first.path}:{first.line}; keep one, or give one another name"
            own.sheet.findings.append(Finding((*own.place, "name"), message, help))
            continue
        by_name[entry.kind, entry.name] = entry
        finding = _taken(own, title)
        if finding is not None:
            own.sheet.findings.append(finding.within(own.place))
    return by_name


def _taken(own: _Own, title: str) -> Finding | None:
    """What is wrong with a name, given the shipped ones and whether the entry replaces one of them."""
    entry = own.entry
    given = value_at((*own.place, "replaces"), own.sheet.document)
    replaces = False if given is None else given
    known = shipped_names(entry.kind)
    if not isinstance(replaces, bool):
        return Finding(("replaces",), f"replaces must be true or false, given {described(replaces)}", "")
    if entry.name in known and not replaces:
        shipped = Index({}).shipped(entry.kind, entry.name)
        assert shipped is not None
        message = f"{title} '{entry.name}' is in the catalog that comes with cosmodrome"
        advice = "write replaces = true to use this one instead, or give it another name"
        help = f"{advice}; the other stands at {shipped.path}:{shipped.line}"
        return Finding(("name",), message, help)
    if replaces and entry.name not in known:
        message = f"there is no {title} '{entry.name}' to replace"
        help = f"{near_names(entry.name, known, entry.kind)}; leave replaces out for a new {title}"
        return Finding(("name",), message, help)
    return None


class _Checked:
    """Checks entries, each once, and what they are built on."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._errors: dict[tuple[str, str, int], list[ErrorDetails]] = {}

    def note(self, own: _Own) -> None:
        """Note everything wrong with an entry on its sheet."""
        built, sheet, place = self._index.built(own.entry), own.sheet, own.place
        sheet.findings += [finding.within(place) for finding in (*built.findings, *_unknown_curve(built))]
        sheet.moved |= {
            (*place, *path): None if to is None else (*place, *to) for path, to in built.moved.items()
        }
        for path, parent in built.parents:
            sheet.findings += [Finding((*place, *path), *said) for said in _said_of_shipped(parent)]
        unsound = [path[:-1] for path, parent in built.parents if not self._is_sound(parent)]
        sheet.vague += [(*place, *path) for path in (*built.vague, *unsound)]
        for error in self._errors_of(built):
            sheet.errors.append({**error, "loc": (*place, *error["loc"])})

    def _is_sound(self, built: Built) -> bool:
        """Whether an entry and what it is built on have no mistake that is told where it stands."""
        parents_are = all(self._is_sound(parent) for _, parent in built.parents)
        return parents_are and not built.findings and (built.entry.is_shipped or not self._errors_of(built))

    def _errors_of(self, built: Built) -> list[ErrorDetails]:
        entry = built.entry
        key = (entry.kind, entry.path, entry.line)
        if key not in self._errors:
            _, self._errors[key] = validated(MODELS[entry.kind], frozen(whole(built)), CONTEXT)
        return self._errors[key]


def _said_of_shipped(built: Built) -> Iterator[tuple[str, str]]:
    """What a person's own entries make wrong with a shipped one, which stands in no file of theirs."""
    if built.entry.is_shipped:
        shipped = (part for part in parts(built) if part.entry.is_shipped)
        yield from ((finding.message, finding.help) for part in shipped for finding in part.findings)


def _unknown_curve(built: Built) -> Iterator[Finding]:
    curve = built.entry.table.get("drag_curve")
    if built.entry.kind == "vehicles" and isinstance(curve, str):
        known = shipped_names("drag_curves")
        if curve not in known:
            message = f"no drag curve '{curve}' in the catalog"
            yield Finding(("drag_curve",), message, near_names(curve, known, "drag_curves"))
