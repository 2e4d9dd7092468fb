"""Read the text of a file and parse it; what is in the way is a problem like any other."""

import re
import tomllib
from pathlib import Path
from typing import Any

from cosmodrome.errors import Problem

_IN_THE_WAY = {
    FileNotFoundError: "there is no such file",
    IsADirectoryError: "it is a directory",
    PermissionError: "its permissions do not allow it",
}


class UnusableFileError(Exception):
    """A file that cannot be parsed: what can be read of its text, and the problem."""

    def __init__(self, text: str, problem: Problem) -> None:
        super().__init__(problem.message)
        self.text = text
        self.problem = problem


def read_toml(path: str | Path, title: str, advice: str) -> tuple[str, dict[str, Any]]:
    """Read and parse a TOML file.

    Parameters
    ----------
    path : str or Path
    title : str
        What the file is called in messages, for example "mission file".
    advice : str
        What to do where there is none, or nothing in it.

    Returns
    -------
    tuple
        Its text, with line feeds as line ends, and the parsed document.

    Raises
    ------
    UnusableFileError
        If it cannot be read, is not UTF-8, is not TOML, or is empty.
    """
    text = _text(path, title, advice)
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UnusableFileError(text, _syntax_problem(text, str(error))) from None
    if not document:
        raise UnusableFileError(text, Problem(f"the {title} is empty", help=advice))
    return text, document


def _text(path: str | Path, title: str, advice: str) -> str:
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        reason = _IN_THE_WAY.get(type(error), error.strerror or str(error))
        problem = Problem(f"cannot read the {title}: {reason}", help=advice)
        raise UnusableFileError("", problem) from None
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"the {title} is not UTF-8 text: byte 0x{content[error.start]:02x}"
        column = error.start - content.rfind(b"\n", 0, error.start)
        problem = Problem(message, line, column, help="save the file with UTF-8 encoding")
        raise UnusableFileError(content.decode("utf-8", "replace"), problem) from None


def _syntax_problem(text: str, message: str) -> Problem:
    """Place what `tomllib` says, and guess at the slip from the line."""
    lines = text.splitlines() or [""]
    at = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line, column = (int(at[1]), int(at[2])) if at else (len(lines), len(lines[-1]) + 1)
    what = message[: at.start()] if at else message.removesuffix(" (at end of document)")
    source = lines[line - 1] if line <= len(lines) else ""
    unquoted = re.match(r"\s*([\w.-]+)\s*=\s*([^\"'\[{#]*[^\s\"'\[{#])", source)
    help = ""
    length = 1
    if what.startswith(("Cannot overwrite", "Cannot declare")):
        what, help = "the same key or table is given twice", "keep one of the two"
        column, length = len(source) - len(source.lstrip()) + 1, len(source.strip())
    elif what == r"Illegal character '\n'":
        what, help = "text in quotes does not end on its line", "close the quotes"
    elif unquoted and re.match(r"\d{1,2}:\d{2}", unquoted[2]):
        help = f'times are written in quotes: {unquoted[1]} = "{unquoted[2]}"'
    elif unquoted and (number := re.match(r"([-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*[A-Za-z%]", unquoted[2])):
        help = f"numbers stand alone, the unit is in the key: {unquoted[1]} = {number[1]}"
    elif unquoted and re.match(r"[A-Za-z]", unquoted[2]):
        help = f'text is written in quotes: {unquoted[1]} = "{unquoted[2]}"'
    return Problem(f"this is not TOML: {what[:1].lower()}{what[1:]}", line, column, length, help=help)


def frozen(value: Any) -> Any:
    """A document with tuples for arrays, as the models hold them."""
    if isinstance(value, dict):
        return {key: frozen(item) for key, item in value.items()}
    return tuple(frozen(item) for item in value) if isinstance(value, list) else value
