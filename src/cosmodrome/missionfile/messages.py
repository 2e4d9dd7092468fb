"""Say in the words of the mission file what validation found wrong with it."""

import difflib
import re
from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from pydantic_core import ErrorDetails

from cosmodrome.errors import Problem
from cosmodrome.missionfile.fields import CATALOG_TABLES, description_of, known_keys, models_at, value_at
from cosmodrome.missionfile.location import Locator, bracketed
from cosmodrome.missionfile.references import Finding
from cosmodrome.missionfile.scanner import Path, Place
from cosmodrome.models.quantity import Quantity

_WANTED = {
    "float": "a number",
    "int": "a whole number",
    "string": "text in quotes",
    "bool": "true or false",
    "model": "a table",
    "tuple": "an array",
    "date": "a date such as 2027-03-01",
    "finite": "a finite number",
}
_BOUNDS = {
    "greater_than": ("must be above {}", "gt"),
    "greater_than_equal": ("must be at least {}", "ge"),
    "less_than": ("must be below {}", "lt"),
    "less_than_equal": ("must be at most {}", "le"),
}
_CATALOGED = {"vehicle": "angara-1.2", "site": "vostochny"}


class Wording:
    """Turns what validation reports into problems placed in the file."""

    def __init__(self, document: dict[str, Any], places: dict[Path, Place]) -> None:
        """Take the file as parsed, and where everything in it stands."""
        self._document = document
        self._places = places
        self._spot = Locator(document, places)

    def problems(self, errors: Iterable[ErrorDetails]) -> list[Problem]:
        """One problem per mistake; an unknown key and the missing key it was meant for are one."""
        listed = list(errors)
        missing = [self._path(error) for error in listed if error["type"] == "missing"]
        found: list[Problem] = []
        for error in listed:
            if error["type"] == "extra_forbidden":
                found.append(self._unknown_key(self._path(error), missing))
        parents = dict.fromkeys(path[:-1] for path in missing)
        found += [self._missing([p for p in missing if p[:-1] == parent]) for parent in parents]
        for error in listed:
            if error["type"] == "names":
                found += self._names(error)
            elif error["type"] not in ("missing", "extra_forbidden") and not _follows_from_another(error):
                found.append(self._bad_value(error))
        return found

    def wrong_value(self, finding: Finding) -> Problem:
        """A finding that is not from validation, at its value."""
        return self._spot.problem_at(finding.path, finding.message, finding.help)

    def _path(self, error: ErrorDetails) -> Path:
        """The error's place in the document; union tags, which are not keys, are left out."""
        path: Path = ()
        here: Any = self._document
        for part in error["loc"]:
            if isinstance(here, dict) and part not in here and part == here.get("kind"):
                continue
            path = (*path, part)
            here = value_at((part,), here)
        return path

    def _unknown_key(self, path: Path, missing: list[Path]) -> Problem:
        """An unknown key; takes the missing key that it was meant for off the list."""
        key, parent = str(path[-1]), path[:-1]
        absent = [str(p[-1]) for p in missing if p[:-1] == parent]
        table = value_at(parent, self._document)
        free = [name for name in known_keys(parent, self._document) if name not in (table or {})]
        if near := difflib.get_close_matches(key, absent, n=1, cutoff=0.6):
            missing.remove((*parent, near[0]))
            help = f"did you mean '{near[0]}'? (it is also missing)"
        elif near := difflib.get_close_matches(key, free, n=1, cutoff=0.6):
            help = f"did you mean '{near[0]}'?"
        else:
            help = f"known keys: {', '.join(known_keys(parent, self._document))}"
        span = self._spot.place(path).key
        return self._spot.problem(span, f"unknown key '{key}'", parent, help)

    def _missing(self, paths: Sequence[Path]) -> Problem:
        """Keys that one table lacks."""
        if not paths:
            return Problem("")
        parent = paths[0][:-1]
        keys = [str(path[-1]) for path in paths]
        word = "key" if len(keys) == 1 else "keys"
        message = f"missing {word} " + ", ".join(f"'{key}'" for key in keys)
        if len(parent) == 1 and parent[0] in _CATALOGED and len(keys) > 1:
            example = _CATALOGED[str(parent[0])]
            help = f'describe it in full, or take it from the catalog: catalog = "{example}"'
        else:
            help = "add " + ", ".join(self._line_to_add(path) for path in paths)
        if not parent:
            return Problem(message, help=help)
        place = self._spot.place(parent)
        is_header = place.key == place.value and not isinstance(parent[-1], int)
        return self._spot.problem(place.key, message, () if is_header else parent, help)

    def _line_to_add(self, path: Path) -> str:
        """How a missing key is written."""
        key = str(path[-1])
        if len(path) == 1 and key in _CATALOGED:
            return f'{key} = "{_CATALOGED[key]}"'
        gloss = self._gloss(path)
        described = f" ({gloss[:1].lower()}{gloss[1:].rstrip('.')})" if gloss else ""
        if any(model is not Quantity for model in models_at(path, self._document)):
            return f"[{'.'.join(str(part) for part in path)}]{described}"
        return f"{key} = ...{described}"

    def _gloss(self, path: Path) -> str:
        """What a key means, unless that only repeats the key."""
        description = description_of(path, self._document)
        repeated = str(path[-1]).replace("_", " ").startswith(description.rstrip(".").lower())
        return "" if repeated else description

    def _names(self, error: ErrorDetails) -> list[Problem]:
        """Modes and others that name parts which are not there; repeated parts are reported elsewhere."""
        context = error.get("ctx", {})
        base = self._path(error)
        parts = list(dict.fromkeys(re.findall(r"[^\s,]+", str(context.get("help", "")).partition(":")[2])))
        found = []
        for complaint in str(context.get("text", "")).split("; "):
            named = re.search(r"names component '([^']*)'", complaint)
            if named is None:
                continue
            near = difflib.get_close_matches(named[1], parts, n=1, cutoff=0.5)
            help = f"did you mean '{near[0]}'?" if near else f"components: {', '.join(parts)}"
            found.append(self._spot.problem_at(self._use_of(base, named[1]), complaint, help))
        return found

    def _use_of(self, base: Path, name: str) -> Path:
        """Where a satellite's modes, transmitter or propulsion name a part."""
        for path in self._places:
            inside = path[: len(base)] == base and "components" not in path[len(base) : len(base) + 1]
            if inside and value_at(path, self._document) == name:
                return path
        return base

    def _bad_value(self, error: ErrorDetails) -> Problem:
        path = self._path(error)
        context = error.get("ctx", {})
        given = error["input"]
        key = self._name_of(path)
        kind = error["type"]
        help = str(context.get("help", ""))
        if kind in _BOUNDS:
            rule, bound = _BOUNDS[kind]
            message = f"{key} {rule.format(f'{context[bound]:g}')}, given {_shown(given)}"
            help = self._gloss(path)
        elif kind in ("literal_error", "union_tag_invalid"):
            return self._bad_choice(path, context, given, key)
        elif kind == "union_tag_not_found":
            message, help = f"missing key 'kind' in {bracketed(path)}", self._kinds(path)
            return self._spot.problem(self._spot.place(path).key, message, (), help)
        elif kind in ("too_short", "string_too_short"):
            message, help = f"{key} is empty", self._gloss(path)
        elif kind.partition("_")[0] in _WANTED:
            message = f"{key} must be {self._wanted(path, kind)}, given {_described(given)}"
            help = self._help_for_type(path, given, kind)
        else:
            message = f"{key}: {error['msg']}".replace(" (ratio)", "")
            help = help.replace(" (ratio)", "")
        return self._spot.problem_at(path, message, help)

    def _bad_choice(self, path: Path, context: dict[str, Any], given: Any, key: str) -> Problem:
        choices = re.findall(r"'([^']*)'", str(context.get("expected", context.get("expected_tags", ""))))
        choices = choices or [part.strip() for part in str(context.get("expected", "")).split(" or ")]
        if "tag" in context:
            path, given, key = (*path, "kind"), context["tag"], "kind"
        if not isinstance(given, str):
            return self._spot.problem_at(
                path, f"{key} must be one of {', '.join(choices)}, given {_described(given)}", ""
            )
        near = difflib.get_close_matches(given, choices, n=1, cutoff=0.4)
        listing = f"{key} is one of: {', '.join(choices)}"
        help = f"did you mean '{near[0]}'? {listing}" if near else listing
        return self._spot.problem_at(path, f"unknown {key} {_shown(given)}", help)

    def _kinds(self, path: Path) -> str:
        return "kind is one of: circular, elliptical, sun-synchronous" if path == ("target",) else ""

    def _wanted(self, path: Path, kind: str) -> str:
        """What a value must be; names of the catalog may stand for tables."""
        if kind.startswith("model") and Quantity in models_at(path, self._document):
            return _WANTED["float"]
        table = tuple(part for part in path if isinstance(part, str))
        named = kind.startswith("model") and table in CATALOG_TABLES
        return "a catalog name or a table" if named else _WANTED[kind.partition("_")[0]]

    def _help_for_type(self, path: Path, given: Any, kind: str) -> str:
        key = str(path[-1]) if path else ""
        if key == "ltan":
            return f'write the time of day in quotes: ltan = "{_time_of_day(given)}"'
        number = re.match(r"\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(\S*)", str(given))
        if number and isinstance(given, str) and kind.startswith(("float", "int", "model")):
            unit = " (the unit is in the key)" if number[2] else ""
            return f"write it without quotes: {key} = {number[1]}{unit}"
        if kind.startswith("tuple") and isinstance(given, str):
            return f'write it as an array: {key} = ["{given}"]'
        if len(path) == 1 and key in _CATALOGED:
            return f'for example {key} = "{_CATALOGED[key]}"'
        return self._gloss(path) if isinstance(path[-1], str) else ""

    def _name_of(self, path: Path) -> str:
        """What to call the thing at a path."""
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
        index = path[-1] if path and isinstance(path[-1], int) else None
        return name if index is None else f"{name} number {index + 1}"


def _follows_from_another(error: ErrorDetails) -> bool:
    """An array is found empty when everything in it is wrong."""
    return error["type"] == "too_short" and len(error["input"]) > 0


def _shown(value: Any) -> str:
    """A value as the file would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}"
    return f"'{value}'"


def _described(value: Any) -> str:
    """What kind of thing was given, and which."""
    match value:
        case bool():
            return _shown(value)
        case int() | float():
            return f"the number {value:g}"
        case str():
            return f"the text '{value}'"
        case dict():
            return "a table"
        case list():
            return "an array"
        case date() | time():
            return str(value)
    return "nothing" if value is None else str(value)


def _time_of_day(given: Any) -> str:
    """Hours as a number, written as a time; a common time where it is not one."""
    if isinstance(given, int | float) and 0 <= given < 24:
        minutes = round(60 * given) % 1440
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return "10:30"
