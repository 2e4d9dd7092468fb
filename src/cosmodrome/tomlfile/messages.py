"""Say in the words of a file what validation found wrong with it."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from pydantic_core import ErrorDetails

from cosmodrome.errors import Problem
from cosmodrome.models.quantity import Quantity
from cosmodrome.tomlfile.fields import Grammar, value_at, without_numbers
from cosmodrome.tomlfile.keys import SOURCED, KeyWording, in_a_sentence
from cosmodrome.tomlfile.location import Finding, Locator, bracketed
from cosmodrome.tomlfile.scanner import Path, Place

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
_TO_WRITE = {
    "float": "give a number",
    "int": "give a whole number",
    "string": "write it in quotes",
    "bool": "write it without quotes",
    "date": "write it without quotes",
    "tuple": "write it in brackets",
}
_BOUNDS = {
    "greater_than": ("must be above {}", "gt"),
    "greater_than_equal": ("must be at least {}", "ge"),
    "less_than": ("must be below {}", "lt"),
    "less_than_equal": ("must be at most {}", "le"),
}


class Wording:
    """Turns what validation reports into problems placed in the file."""

    def __init__(
        self,
        document: dict[str, Any],
        places: dict[Path, Place],
        grammar: Grammar,
        moved: Mapping[Path, Path | None],
    ) -> None:
        """Take the file as parsed, where everything in it stands, and what it may hold.

        `moved`: where parts of what was validated stand in the file, if not at the same path; None where they
        are not from the file.
        """
        self._document = document
        self._places = places
        self._grammar = grammar
        self._moved = moved
        self._spot = Locator(document, places)
        self._keys = KeyWording(document, self._spot, grammar)

    def problems(self, errors: Iterable[ErrorDetails], vague: Iterable[Path] = ()) -> list[Problem]:
        """One problem per mistake; an unknown key and the missing key it was meant for are one.

        `vague`: tables built on something that is itself wrong; only what the file says in them is told.
        """
        listed = [error for error in errors if self._is_of_the_file(error, tuple(vague))]
        missing = [self._path(error) for error in listed if error["type"] == "missing"]
        found: list[Problem] = []
        for error in listed:
            if error["type"] == "extra_forbidden":
                found.append(self._keys.unknown(self._path(error), missing))
        short = dict.fromkeys(path[:-1] for path in missing if isinstance(path[-1], int))
        found += [self._too_few(path, sum(one[:-1] == path for one in missing)) for path in short]
        parents = dict.fromkeys(path[:-1] for path in missing if path[:-1] not in short)
        found += [self._keys.missing([p for p in missing if p[:-1] == parent]) for parent in parents]
        for error in listed:
            if error["type"] not in ("missing", "extra_forbidden") and not _follows_from_another(error):
                found.append(self._bad_value(error))
        return found

    def found(self, finding: Finding) -> Problem:
        """A finding that is not from validation, at its value or its key."""
        if not finding.at_key:
            return self._spot.problem_at(finding.path, finding.message, finding.help)
        table = finding.path if isinstance(finding.path[-1], int) else finding.path[:-1]
        return self._spot.problem(self._spot.place(finding.path).key, finding.message, table, finding.help)

    def _path(self, error: ErrorDetails) -> Path:
        """The error's place in the document; union tags, which are not keys, are left out."""
        path: Path = ()
        here: Any = self._document
        for part in self._in_the_file(error["loc"]):
            if isinstance(here, dict) and part not in here and part == here.get("kind"):
                continue
            path = (*path, part)
            here = value_at((part,), here)
        return path

    def _in_the_file(self, place: Path) -> Path:
        """A place in what was validated, as a place in the file: that of the table around it at least."""
        for length in range(len(place), 0, -1):
            if place[:length] in self._moved:
                moved = self._moved[place[:length]]
                return place[: length - 2] if moved is None else (*moved, *place[length:])
        return place

    def _is_of_the_file(self, error: ErrorDetails, vague: tuple[Path, ...]) -> bool:
        """Whether an error is about something that the file says, and not for want of what it names."""
        place = self._in_the_file(error["loc"])
        if not any(place[: len(table)] == table for table in vague):
            return True
        is_inherited = len(place) < len(error["loc"]) or value_at(place, self._document) is None
        return not is_inherited and error["type"] not in ("missing", "contradiction")

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
            help = self._help_for_bounds(path)
        elif kind in ("literal_error", "union_tag_invalid"):
            return self._bad_choice(path, context, given, key)
        elif kind == "union_tag_not_found":
            message, help = f"missing key 'kind' in {bracketed(path)}", self._kinds(path)
            return self._spot.problem(self._spot.place(path).key, message, (), help)
        elif kind == "missing_source":
            message = f"{key} must name its source, given {described(given)}"
            help = f"write {key} = {SOURCED.format(f'{given:.12g}')}"
        elif kind in ("too_short", "string_too_short"):
            message, help = f"{key} is empty", self._help_for_empty(path, kind)
        elif kind == "too_long":
            return self._wrong_length(path, context["max_length"])
        elif kind.partition("_")[0] in _WANTED:
            message = f"{key} must be {self._wanted(path, kind)}, given {described(given)}"
            help = self._help_for_type(path, given, kind)
        elif kind == "contradiction" and self._names_its_subject(path, context):
            message = error["msg"]
        else:
            message = f"{key}: {error['msg']}".replace(" (ratio)", "")
            help = help.replace(" (ratio)", "")
        if (*path, "value") in self._places and kind in ("implausible", "not_positive"):
            span = self._spot.place((*path, "value")).value
            return self._spot.problem(span, message, path[:-1], help)
        return self._spot.problem_at(path, message, help)

    def _too_few(self, path: Path, missing_count: int) -> Problem:
        """An array of a set length that is shorter."""
        return self._wrong_length(path, len(value_at(path, self._document) or ()) + missing_count)

    def _wrong_length(self, path: Path, wanted_count: int) -> Problem:
        """An array that has not the length which is set."""
        given = value_at(path, self._document) or ()
        key, wanted = self._name_of(path), f"an array of {_counted(wanted_count)} numbers"
        gloss = self._keys.gloss(path)
        help = _joined(f"write {key} = [{', '.join(['...'] * wanted_count)}]", gloss)
        return self._spot.problem_at(
            path, f"{key} must be {wanted}, given an array of {_counted(len(given))}", help
        )

    def _help_for_bounds(self, path: Path) -> str:
        """Which numbers are accepted, and of what."""
        bounds = self._grammar.bounds_at(path, self._document)
        if {"ge", "le"} <= bounds.keys():
            accepted = f"from {bounds['ge']:g} to {bounds['le']:g}"
        else:
            words = {"gt": "above", "ge": "of at least", "lt": "below", "le": "at most"}
            accepted = " and ".join(f"{words[name]} {bounds[name]:g}" for name in words if name in bounds)
        return _joined(f"give a number {accepted}" if accepted else "", self._keys.gloss(path))

    def _help_for_empty(self, path: Path, kind: str) -> str:
        """What an array or a text should hold."""
        what = "write it in the quotes" if kind == "string_too_short" else "list at least one"
        return _joined(what, self._keys.gloss(path))

    def _names_its_subject(self, path: Path, context: dict[str, Any]) -> bool:
        """Whether a complaint is understood without the key: one of a table, or one that chose its place."""
        return bool(context.get("names_its_subject")) or isinstance(value_at(path, self._document), dict)

    def _bad_choice(self, path: Path, context: dict[str, Any], given: Any, key: str) -> Problem:
        choices = re.findall(r"'([^']*)'", str(context.get("expected", context.get("expected_tags", ""))))
        choices = choices or [part.strip() for part in str(context.get("expected", "")).split(" or ")]
        if "tag" in context:
            path, given, key = (*path, "kind"), context["tag"], "kind"
        if not isinstance(given, str):
            return self._spot.problem_at(
                path, f"{key} must be one of {', '.join(choices)}, given {described(given)}", ""
            )
        near = difflib.get_close_matches(given, choices, n=1, cutoff=0.4)
        listing = f"{key} is one of: {', '.join(choices)}"
        help = f"did you mean '{near[0]}'? {listing}" if near else listing
        return self._spot.problem_at(path, f"unknown {key} {_shown(given)}", help)

    def _kinds(self, path: Path) -> str:
        return f"kind is one of: {', '.join(self._grammar.kinds_at(path, self._document))}"

    def _wanted(self, path: Path, kind: str) -> str:
        """What a value must be; names of the catalog may stand for tables."""
        if kind.startswith("model") and Quantity in self._grammar.models_at(path, self._document):
            return "a table with a value and its source" if self._grammar.is_sourced else _WANTED["float"]
        more_keys = self._grammar.more_keys.get(without_numbers(path), ())
        named = kind.startswith("model") and "catalog" in more_keys
        return "a catalog name or a table" if named else _WANTED[kind.partition("_")[0]]

    def _help_for_type(self, path: Path, given: Any, kind: str) -> str:
        key = str(path[-1]) if path else ""
        if key == "ltan":
            return f'write the time of day in quotes: ltan = "{_time_of_day(given)}"'
        number = re.match(r"\s*([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*(\S*)", str(given))
        if number and isinstance(given, str) and kind.startswith(("float", "int", "model")):
            unit = " (the unit is in the key)" if number[2] else ""
            is_sourced = self._grammar.is_sourced and kind.startswith("model")
            value = SOURCED.format(number[1]) if is_sourced else number[1]
            return f"write it without quotes: {key} = {value}{unit}"
        if kind.startswith("tuple") and isinstance(given, str):
            return f'write it as an array: {key} = ["{given}"]'
        if len(path) == 1 and key in self._grammar.examples:
            return f'for example {key} = "{self._grammar.examples[key]}"'
        gloss = self._keys.gloss(path) if isinstance(path[-1], str) else ""
        return _joined(_TO_WRITE.get(kind.partition("_")[0], ""), gloss) if gloss else ""

    def _name_of(self, path: Path) -> str:
        """What to call the thing at a path."""
        name = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
        if len(path) > 1 and name == path[-1] and not self._grammar.models_at(path[:-1], self._document):
            return f"{path[-2]} of '{name}'"  # a key that the file's author chose
        index = path[-1] if path and isinstance(path[-1], int) else None
        return name if index is None else f"{name} number {index + 1}"


def _follows_from_another(error: ErrorDetails) -> bool:
    """An array is found empty when everything in it is wrong."""
    return error["type"] == "too_short" and len(error["input"]) > 0


def _joined(what: str, gloss: str) -> str:
    """What to do, and with which thing; what the key means alone where there is nothing to say."""
    return f"{what}: {in_a_sentence(gloss)}" if what and gloss else what or gloss


def _counted(count: int) -> str:
    """A number in words, where it is small."""
    words = ("none", "one", "two", "three", "four")
    return words[count] if count < len(words) else f"{count}"


def _shown(value: Any) -> str:
    """A value as the file would write it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return f"{value:g}"
    return f"'{value}'"


def described(value: Any) -> str:
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
