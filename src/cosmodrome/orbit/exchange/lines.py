"""CCSDS messages as lines of keyword and value, from keyword-value notation and from XML alike."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final
from xml.parsers import expat

from cosmodrome.errors import ExchangeFileError
from cosmodrome.orbit.exchange.clocks import day_and_seconds
from cosmodrome.orbit.exchange.states import known_frame
from cosmodrome.physics.named_frames import FRAMES

STATE_KEYS: Final = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
COVARIANCE_KEYS: Final = tuple(
    f"C{row}_{column}" for i, row in enumerate(STATE_KEYS) for column in STATE_KEYS[: i + 1]
)
CCSDS_TIME_SYSTEMS: Final = ("UTC", "TAI", "TT", "GPS")

# units that the standard fixes; a message may repeat them, and must not differ (7.7)
_UNITS: Final = MappingProxyType(
    dict.fromkeys(STATE_KEYS[:3], "km")
    | dict.fromkeys(STATE_KEYS[3:], "km/s")
    | dict.fromkeys(
        ("INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY", "TRUE_ANOMALY"), "deg"
    )
    | {"SEMI_MAJOR_AXIS": "km", "MEAN_MOTION": "rev/day", "GM": "km**3/s**2", "BSTAR": "1/er"}
    | {"MASS": "kg", "DRAG_AREA": "m**2", "SOLAR_RAD_AREA": "m**2"}
)
_BLOCKS: Final = MappingProxyType({"metadata": "META", "covarianceMatrix": "COVARIANCE"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message; the keyword is empty on a line of plain data."""

    number: int
    key: str
    value: str


def read_text(path: Path) -> str:
    """Text of a file.

    Raises
    ------
    ExchangeFileError
        If it cannot be read, or is not text.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as problem:
        sentence = f"cannot be read: {problem.strerror or problem}; give the path of a file that is there"
        raise ExchangeFileError(str(path), 0, sentence) from problem
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        sentence = (
            f"expected ASCII text, given the byte 0x{problem.object[problem.start]:02x}; unpack the file"
        )
        raise ExchangeFileError(str(path), line, sentence) from problem


def message_lines(path: str, text: str, kind: str) -> list[Line]:
    """Lines of a CCSDS message, without comments; the first one is its version.

    Parameters
    ----------
    path : str
        For what is said about mistakes.
    text : str
        The message, in keyword-value notation or XML.
    kind : str
        `OEM`, `OPM` or `OMM`.

    Returns
    -------
    list of Line
        In XML the blocks `metadata` and `covarianceMatrix` are given the markers of keyword-value notation,
        and every `stateVector` becomes a line of data.

    Raises
    ------
    ExchangeFileError
        If the message is not of that kind, or is not well-formed.

    References
    ----------
    CCSDS 502.0-B-3 (2023), sections 7 and 8.
    """
    lines = _xml_lines(path, text, kind) if text.lstrip().startswith("<") else _kvn_lines(path, text)
    wanted = f"CCSDS_{kind}_VERS"
    if not lines or lines[0].key != wanted:
        given = f"'{lines[0].key or lines[0].value}'" if lines else "an empty file"
        number = lines[0].number if lines else 1
        sentence = f"expected {wanted} first, given {given}; is this an {kind}?"
        raise ExchangeFileError(path, number, sentence)
    if lines[0].value.split(".")[0] not in ("1", "2", "3"):
        sentence = f"expected version 1, 2 or 3 of the {kind}, given {lines[0].value}"
        raise ExchangeFileError(path, lines[0].number, sentence)
    return lines


def _kvn_lines(path: str, text: str) -> list[Line]:
    lines = []
    for number, raw in enumerate(text.splitlines(), start=1):
        stripped = raw.strip()
        if not stripped or stripped.split(maxsplit=1)[0] == "COMMENT":
            continue
        key, equals, value = stripped.partition("=")
        if equals:
            lines.append(_checked(path, number, key.strip(), value.strip(), ""))
        elif stripped.replace("_", "").isalpha():
            lines.append(Line(number, stripped, ""))
        else:
            lines.append(Line(number, "", stripped))
    return lines


def _checked(path: str, number: int, key: str, value: str, unit: str) -> Line:
    """A line without its unit, which must be the standard's."""
    if value.endswith("]") and "[" in value:
        value, _, unit = value[:-1].rpartition("[")
    expected = _UNITS.get(key)
    if unit and expected and unit.strip().lower() != expected:
        sentence = f"expected {key} in {expected}, given [{unit.strip()}]; convert it"
        raise ExchangeFileError(path, number, sentence)
    return Line(number, key, value.strip())


class _XmlReader:
    """Turns elements into lines as expat reports them."""

    def __init__(self, path: str, kind: str, above: int) -> None:
        self.path, self.kind, self.above = path, kind, above
        self.lines: list[Line] = []
        self.text, self.unit = "", ""
        self.vector: list[str] | None = None
        self.rows: list[str] | None = None
        self.leaf = False
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype

    def number(self) -> int:
        """Line of the file that the parser is at."""
        return int(self.parser.CurrentLineNumber) + self.above

    def refuse_doctype(self, *_: object) -> None:
        sentence = "expected no document type declaration, given one; remove it"
        raise ExchangeFileError(self.path, self.number(), sentence)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        number = self.number()
        if attributes.get("id") == f"CCSDS_{self.kind}_VERS":
            self.lines.append(Line(number, attributes["id"], attributes.get("version", "")))
        elif tag in _BLOCKS:
            self.lines.append(Line(number, f"{_BLOCKS[tag]}_START", ""))
            self.rows = [] if tag == "covarianceMatrix" else None
        elif tag == "stateVector" and self.kind == "OEM":
            self.vector = []
        self.text, self.unit, self.leaf = "", attributes.get("units", ""), True

    def characters(self, text: str) -> None:
        self.text += text

    def end(self, tag: str) -> None:
        number = self.number()
        if tag in _BLOCKS:
            for row in range(6 if self.rows else 0):
                begin = row * (row + 1) // 2
                self.lines.append(Line(number, "", " ".join((self.rows or [])[begin : begin + row + 1])))
            self.rows = None
            self.lines.append(Line(number, f"{_BLOCKS[tag]}_STOP", ""))
        elif tag == "stateVector" and self.vector is not None:
            self.lines.append(Line(number, "", " ".join(self.vector)))
            self.vector = None
        elif self.leaf and tag != "COMMENT":
            line = _checked(self.path, number, tag, self.text.strip(), self.unit)
            if self.vector is not None:
                self.vector.append(line.value)
            elif self.rows is not None and tag in COVARIANCE_KEYS:
                self.rows.append(line.value)
            else:
                self.lines.append(line)
        self.leaf = False


def _xml_lines(path: str, text: str, kind: str) -> list[Line]:
    above = text[: len(text) - len(text.lstrip())].count("\n")  # XML begins with its declaration
    reader = _XmlReader(path, kind, above)
    try:
        reader.parser.Parse(text.encode("utf-8").strip(), True)
    except expat.ExpatError as problem:
        sentence = f"expected well-formed XML, given {expat.ErrorString(problem.code)}; is the file whole?"
        raise ExchangeFileError(path, problem.lineno + above, sentence) from problem
    return reader.lines


def number_of(path: str, line: Line) -> float:
    """Value of a line as a number.

    Raises
    ------
    ExchangeFileError
        If it is none.
    """
    return numbers_of(path, line, [line.value])[0]


def numbers_of(path: str, line: Line, words: Sequence[str]) -> list[float]:
    """Words of a line as finite numbers.

    Raises
    ------
    ExchangeFileError
        If one is none.
    """
    values = []
    for word in words:
        try:
            value = float(word)
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            what = f"a number for {line.key}" if line.key else "a number"
            raise ExchangeFileError(path, line.number, f"expected {what}, given '{word}'; correct it")
        values.append(value)
    return values


def tag_of(path: str, line: Line, text: str) -> tuple[int, float]:
    """Time tag of a line: day number and seconds of the day [s].

    Raises
    ------
    ExchangeFileError
        If it is none.
    """
    try:
        return day_and_seconds(text)
    except ValueError as problem:
        raise ExchangeFileError(path, line.number, f"expected a time tag: {problem}") from problem


def frame_of(path: str, line: Line) -> str:
    """Frame that a line names, one of `FRAMES`.

    Raises
    ------
    ExchangeFileError
        If the frame is unknown.
    """
    frame = known_frame(line.value)
    if not frame:
        sentence = (
            f"the frame '{line.value}' of {line.key} is unknown; expected one of {', '.join(FRAMES)} or a "
            "realization such as ITRF2020: convert the states"
        )
        raise ExchangeFileError(path, line.number, sentence)
    return frame


def time_system_of(path: str, line: Line) -> str:
    """Time system that a line names.

    Raises
    ------
    ExchangeFileError
        If the time system is unknown.
    """
    if line.value.upper() not in CCSDS_TIME_SYSTEMS:
        sentence = (
            f"the time system '{line.value}' is unknown; expected one of {', '.join(CCSDS_TIME_SYSTEMS)}: "
            "convert the time tags"
        )
        raise ExchangeFileError(path, line.number, sentence)
    return line.value.upper()


def required(path: str, line: Line, found: Line | None, key: str) -> Line:
    """The line of a keyword that the standard asks for.

    Raises
    ------
    ExchangeFileError
        If it is missing from the block that begins at `line`.
    """
    if found is None or not found.value:
        sentence = f"expected {key}, which the standard asks for here, given none; add it"
        raise ExchangeFileError(path, found.number if found else line.number, sentence)
    return found
