"""Where in the file a problem stands, and in which table."""

from dataclasses import dataclass
from typing import Any

from cosmodrome.errors import Problem
from cosmodrome.tomlfile.fields import value_at, without_numbers
from cosmodrome.tomlfile.scanner import Path, Place, Span

_NOWHERE = Place(Span(0, 0, 1), Span(0, 0, 1))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the value at a path, and what to do; `at_key` marks the key instead."""

    path: Path
    message: str
    help: str
    at_key: bool = False

    def within(self, place: Path) -> "Finding":
        """The same, in a document that holds this one's table at a place."""
        return Finding((*place, *self.path), self.message, self.help, self.at_key)


class Locator:
    """Makes problems out of messages and paths of a parsed file."""

    def __init__(self, document: dict[str, Any], places: dict[Path, Place]) -> None:
        """Take the file as parsed, and where everything in it stands."""
        self._document = document
        self._places = places

    def problem_at(self, path: Path, message: str, help: str) -> Problem:
        """A problem with the value at a path."""
        is_entry = without_numbers(path[-1:]) == () and isinstance(value_at(path, self._document), dict)
        table = path[:-1] if path in self._places and not is_entry else path
        while table and isinstance(table[-1], str) and isinstance(value_at(table, self._document), list):
            table = table[:-1]  # an array of values is no table
        return self.problem(self.place(path).value, message, table, help)

    def problem(self, span: Span, message: str, table: Path, help: str) -> Problem:
        """A problem at a place, labeled with the table that it is in."""
        return Problem(message, span.line, span.column, span.length, self._label(table), help)

    def place(self, path: Path) -> Place:
        """The place of a path, or of the nearest table around it that the file holds."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._places:
                return self._places[path[:length]]
        return _NOWHERE

    def _label(self, table: Path) -> str:
        """In which table; arrays with number and name."""
        while table and table not in self._places:
            table = table[:-1]
        if not table:
            return ""
        if not isinstance(table[-1], int):
            return f"in {bracketed(table)}"
        entry = value_at(table, self._document)
        name = entry.get("name") if isinstance(entry, dict) else None
        called = f' ("{name}")' if isinstance(name, str) else ""
        return f"in [{bracketed(table[:-1])}] number {table[-1] + 1}{called}"


def bracketed(table: Path) -> str:
    """A table's header, without the numbers of arrays."""
    return "[" + ".".join(str(part) for part in without_numbers(table)) + "]"
