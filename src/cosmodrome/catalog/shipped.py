"""The entries of the files that come with cosmodrome, as they are written there.

Files are cut into entries as text, and only the entries that are asked for are parsed.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from cosmodrome.catalog.assembly import Entry
from cosmodrome.errors import CatalogError

DATA: Final = Path(__file__).parent / "data"

_HEADER = re.compile(r"[a-z_]+")
_COMMENT = re.compile(r"(?<=\n)#.*\n")
_KEY = re.compile(r"\b([A-Za-z0-9_]++) (?== )")


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
            document = parse_plain(self.text)
        except ValueError:
            document = self._parsed_by_the_standard_library()
        entry: dict[str, Any] = document[self.kind][0]
        return entry

    def _parsed_by_the_standard_library(self) -> dict[str, Any]:
        try:
            # Empty lines stand for what comes before, so that a message names the right line.
            return tomllib.loads("\n" * self.line + self.text)
        except tomllib.TOMLDecodeError as error:
            raise CatalogError(f"the catalog file {self.path} cannot be read: {error}") from None


def shipped_entry(kind: str, name: str, near: str = "") -> Entry | None:
    """The entry of a name, or None; `near` names an entry whose file is likely to be called alike."""
    for text in _texts(kind, name, near):
        if text.name == name:
            return _entry(text)
    return None


def shipped_entries(kind: str) -> Iterator[Entry]:
    """Every entry of a kind, in the order of files and lines; faster than one by one."""
    for path, text, starts in _files(kind):
        try:
            tables = parse_plain(text)[kind]
        except ValueError:
            tables = [entry.parsed() for entry in _cut(kind, path, text, starts)]
        line, last = 1, 0
        for table, start in zip(tables, starts, strict=True):
            line, last = line + text.count("\n", last, start), start
            yield Entry(kind, str(table.get("name")), table, _shown(path), line, is_shipped=True)


def shipped_names(kind: str) -> tuple[str, ...]:
    """Names of every entry of a kind, in the order of files and lines."""
    return tuple(text.name for text in _texts(kind))


def _entry(text: _Text) -> Entry:
    return Entry(text.kind, text.name, text.parsed(), _shown(text.path), text.line + 1, is_shipped=True)


def _shown(path: Path) -> str:
    """The path of a file, from the package on."""
    return path.relative_to(DATA.parents[2]).as_posix()


def _texts(kind: str, *names: str) -> Iterator[_Text]:
    """Every entry of a kind; files whose name one of the names begins with come first."""
    return (entry for file in _files(kind, *names) for entry in _cut(kind, *file))


def _cut(kind: str, path: Path, text: str, starts: list[int]) -> Iterator[_Text]:
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield _Text(path, kind, text.count("\n", 0, start), text[start:end])


def _files(kind: str, *names: str) -> Iterator[tuple[Path, str, list[int]]]:
    """Path, text and where entries begin, of every file of a kind."""
    is_one_file = kind == "drag_curves"
    paths = [DATA / "aerodynamics.toml"] if is_one_file else sorted((DATA / kind).glob("*.toml"))
    for path in sorted(paths, key=lambda path: not any(name.startswith(path.stem) for name in names)):
        try:
            text = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise CatalogError(f"the catalog file {path} cannot be read: {error}") from None
        yield (
            path,
            text,
            [start for start in _found(f"[[{kind}]]\n", text) if text[start - 1 : start] in "\n"],
        )


def _found(part: str, text: str) -> Iterator[int]:
    """Where a part occurs in a text."""
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + 1)


def parse_plain(text: str) -> dict[str, Any]:
    """Parse TOML in the plain style of the shipped files, four times as fast as `tomllib`.

    Outside its texts in quotes such a file differs from JSON in its headers, in `key = ` for `"key": `, in
    the commas after last items, and in line ends between pairs. So each table is written as JSON and read by
    the standard library's parser of that, which is compiled.

    Parameters
    ----------
    text : str
        Headers of their own line, bare keys, texts in double quotes without escapes, numbers, arrays, inline
        tables, comments on lines of their own.

    Returns
    -------
    dict
        The document, as `tomllib` returns it.

    Raises
    ------
    ValueError
        If the text is written in another style, or is no TOML.

    Examples
    --------
    >>> parse_plain('[[sites]]\\nname = "vostochny"\\nlatitude_deg = { value = 51.884, source = "ORB" }\\n')
    {'sites': [{'name': 'vostochny', 'latitude_deg': {'value': 51.884, 'source': 'ORB'}}]}
    """
    try:
        return _parsed(text)
    except (LookupError, TypeError, AttributeError, StopIteration) as error:
        raise ValueError(f"left to tomllib: {error!r}") from None


def _parsed(text: str) -> dict[str, Any]:
    if "\\" in text or "'''" in text:
        raise ValueError("escapes are left to tomllib")
    text = f"\n{text}"
    parts = (_COMMENT.sub("", text) if "\n#" in text else text).split('"')
    bare = '"'.join(_KEY.split("\0".join(parts[::2]))).replace("= ", ":")
    parts[::2] = bare.split("\0")
    pairs = '"'.join(parts).replace(",\n]", "]").replace('\n"', ',"')
    first, *blocks = pairs.split("\n[")
    if first.strip():
        raise ValueError("keys before the first header are left to tomllib")
    headers, bodies = zip(*(block.split("],", 1) for block in blocks), strict=True)
    document: dict[str, Any] = {}
    for header, table in zip(headers, json.loads("[{" + "},{".join(bodies) + "}]"), strict=True):
        *outer, key = header.removeprefix("[").removesuffix("]").split(".")
        if not all(_HEADER.fullmatch(part) for part in (*outer, key)):
            raise ValueError("other headers are left to tomllib")
        place = document
        for part in outer:
            inner = place[part]
            place = inner[-1] if isinstance(inner, list) else inner
        if header.startswith("["):
            place.setdefault(key, []).append(table)
        else:
            place[key] = table
    return document
