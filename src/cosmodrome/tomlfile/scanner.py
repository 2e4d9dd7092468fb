"""Where each key and value of a TOML document stands.

`tomllib` has accepted the document before it comes here, so the scanner only follows its structure: tables,
arrays of tables, dotted keys, inline tables and arrays, strings of every kind.
"""

import tomllib
from dataclasses import dataclass

Path = tuple[str | int, ...]

_BLANK = " \t\r\n"
_ENDS_BARE_VALUE = ",]}#\n\r"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line; line and column count from 1."""

    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its key (or its table's header), and its value."""

    key: Span
    value: Span


class Scanner:
    """Reads a document once; `places` then holds the place of every path in it."""

    def __init__(self, text: str) -> None:
        """Scan a document."""
        self.places: dict[Path, Place] = {}
        self._text = text
        self._at = 0
        self._line_starts = [0] + [index + 1 for index, sign in enumerate(text) if sign == "\n"]
        self._array_lengths: dict[Path, int] = {}
        self._scan_document()

    def _span(self, start: int, end: int) -> Span:
        """The part of a stretch that is on its first line, without trailing blanks."""
        line = self._line_of(start)
        line_end = self._text.find("\n", start)
        end = min(end, line_end) if line_end >= 0 else end
        stretch = self._text[start:end].rstrip()
        return Span(line, start - self._line_starts[line - 1] + 1, max(1, len(stretch)))

    def _line_of(self, offset: int) -> int:
        low, high = 0, len(self._line_starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._line_starts[middle] <= offset else (low, middle)
        return low + 1

    def _sign(self) -> str:
        return self._text[self._at] if self._at < len(self._text) else ""

    def _skip_blank(self) -> None:
        """Skip white space, line ends and comments."""
        while self._at < len(self._text):
            if self._sign() in _BLANK:
                self._at += 1
            elif self._sign() == "#":
                line_end = self._text.find("\n", self._at)
                self._at = line_end if line_end >= 0 else len(self._text)
            else:
                return

    def _skip_spaces(self) -> None:
        while self._sign() in (" ", "\t"):
            self._at += 1

    def _scan_document(self) -> None:
        table: Path = ()
        self._skip_blank()
        while self._at < len(self._text):
            table = self._header() if self._sign() == "[" else self._statement(table)
            self._skip_blank()

    def _header(self) -> Path:
        """A `[table]` or `[[array]]` header; returns the path that the keys below it belong to."""
        start = self._at
        is_array = self._text.startswith("[[", self._at)
        self._at += 2 if is_array else 1
        parts, _ = self._key()
        self._at += 2 if is_array else 1
        path: Path = ()
        for part in parts[:-1]:
            path = (*path, part)
            if path in self._array_lengths:
                path = (*path, self._array_lengths[path] - 1)
        path = (*path, parts[-1])
        if is_array:
            self._array_lengths[path] = self._array_lengths.get(path, 0) + 1
            self.places.setdefault(path, Place(self._span(start, self._at), self._span(start, self._at)))
            path = (*path, self._array_lengths[path] - 1)
        header = self._span(start, self._at)
        self.places[path] = Place(header, header)
        return path

    def _statement(self, table: Path) -> Path:
        """A `key = value` line; returns the table unchanged."""
        self._pair(table)
        return table

    def _pair(self, table: Path) -> None:
        start = self._at
        parts, end = self._key()
        self._skip_spaces()
        self._at += 1  # =
        self._skip_spaces()
        path = (*table, *parts)
        value = self._value(path)
        key = self._span(start, end)
        self.places[path] = Place(key, value)
        for depth in range(len(table) + 1, len(path)):  # tables that a dotted key makes
            self.places.setdefault(path[:depth], Place(key, value))

    def _key(self) -> tuple[list[str], int]:
        """A bare, quoted or dotted key; returns its parts and where it ends."""
        parts: list[str] = []
        while True:
            self._skip_spaces()
            start = self._at
            if self._sign() in ('"', "'"):
                self._string()
                parts.append(tomllib.loads(f"key = {self._text[start : self._at]}")["key"])
            else:
                while self._sign().isalnum() or self._sign() in ("_", "-"):
                    self._at += 1
                parts.append(self._text[start : self._at])
            end = self._at
            self._skip_spaces()
            if self._sign() != ".":
                return parts, end
            self._at += 1

    def _value(self, path: Path) -> Span:
        start = self._at
        if self._sign() in ('"', "'"):
            self._string()
        elif self._sign() == "[":
            self._array(path)
        elif self._sign() == "{":
            self._inline_table(path)
        else:
            while self._sign() and self._sign() not in _ENDS_BARE_VALUE:
                self._at += 1
        return self._span(start, self._at)

    def _array(self, path: Path) -> None:
        self._at += 1
        index = 0
        self._skip_blank()
        while self._sign() not in ("]", ""):
            span = self._value((*path, index))
            self.places[(*path, index)] = Place(span, span)
            index += 1
            self._skip_blank()
            if self._sign() == ",":
                self._at += 1
                self._skip_blank()
        self._at += 1

    def _inline_table(self, path: Path) -> None:
        self._at += 1
        self._skip_blank()
        while self._sign() not in ("}", ""):
            self._pair(path)
            self._skip_blank()
            if self._sign() == ",":
                self._at += 1
                self._skip_blank()
        self._at += 1

    def _string(self) -> None:
        """Move past a string of any of the four kinds."""
        quote = self._sign()
        triple = self._text.startswith(quote * 3, self._at)
        closing = quote * 3 if triple else quote
        self._at += len(closing)
        while self._sign() and not self._text.startswith(closing, self._at):
            self._at += 2 if quote == '"' and self._sign() == "\\" else 1
        self._at += len(closing)
        while triple and self._sign() == quote:  # up to two quotes may touch the closing ones
            self._at += 1


def scan(text: str) -> dict[Path, Place]:
    """Find where every key and value of a TOML document stands.

    Parameters
    ----------
    text : str
        A document that `tomllib` accepts.

    Returns
    -------
    dict
        Path to place; array elements by index.

    Examples
    --------
    >>> scan('[target]\\naltitude_km = 550')[("target", "altitude_km")].value
    Span(line=2, column=15, length=3)
    """
    return Scanner(text).places
