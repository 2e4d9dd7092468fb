"""Orbit Mean-Elements Messages of SGP4, read: keyword-value notation, XML and CelesTrak's JSON."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

from cosmodrome.errors import ExchangeFileError
from cosmodrome.orbit.exchange.clocks import utc_series
from cosmodrome.orbit.exchange.lines import Line, message_lines, number_of, read_text, required, tag_of
from cosmodrome.orbit.exchange.mean_elements import MeanElements

_THEORIES = ("SGP4", "SGP/SGP4")


def read_omm(path: Path) -> tuple[MeanElements, ...]:
    """Read the mean elements of an OMM; its covariance and spacecraft are left out.

    Parameters
    ----------
    path : Path
        Keyword-value notation or XML, version 1 to 3; or JSON as CelesTrak and Space-Track give it, with many
        objects in a list.

    Returns
    -------
    tuple of MeanElements
        One for keyword-value notation.

    Raises
    ------
    ExchangeFileError
        If an element is missing, or they are not of SGP4 in TEME and UTC.

    References
    ----------
    CCSDS 502.0-B-3 (2023), section 4 and 4.2.4.6; Kelso, *A New Way to Obtain GP Data*, CelesTrak.
    """
    name, text = str(path), read_text(path)
    if text.lstrip()[:1] in ("[", "{"):
        records = _json_records(name, text)
    else:
        records = _records(message_lines(name, _single(name, text), "OMM"))
    return tuple(_elements(name, start, fields) for start, fields in records)


def _single(path: str, text: str) -> str:
    """The text, which must not be several XML messages in one."""
    if "<ndm" in text[:2000]:
        raise ExchangeFileError(path, 1, "expected one <omm>, given <ndm> with several; take them apart")
    return text


def _records(lines: Sequence[Line]) -> list[tuple[Line, Mapping[str, Line]]]:
    fields: dict[str, Line] = {}
    for line in lines:
        if line.key:
            fields.setdefault(line.key, line)
    return [(lines[0], fields)]


def _json_records(path: str, text: str) -> list[tuple[Line, Mapping[str, Line]]]:
    """Objects of a list, or the only one, with the line that each begins at."""
    found: list[tuple[Line, Mapping[str, Line]]] = []
    decoder, at = json.JSONDecoder(), 0
    try:
        while (at := _next_object(text, at)) < len(text):
            record, end = decoder.raw_decode(text, at)
            number = text.count("\n", 0, at) + 1
            if not isinstance(record, dict):
                raise ExchangeFileError(path, number, f"expected an object of elements, given '{record}'")
            fields = {key: Line(number, key, "" if v is None else str(v)) for key, v in record.items()}
            found.append((Line(number, "", ""), fields))
            at = end
    except json.JSONDecodeError as problem:
        sentence = f"expected JSON, given something else: {problem.msg}; is the file whole?"
        raise ExchangeFileError(path, problem.lineno, sentence) from problem
    if not found:
        raise ExchangeFileError(
            path, 1, "expected an object with OBJECT_NAME and the elements, given an empty list"
        )
    return found


def _next_object(text: str, at: int) -> int:
    while at < len(text) and text[at] in "[], \t\r\n":
        at += 1
    return at


def _elements(path: str, start: Line, fields: Mapping[str, Line]) -> MeanElements:
    def needed(key: str) -> Line:
        return required(path, start, fields.get(key), key)

    def number(key: str, default: float | None = None) -> float:
        line = fields.get(key)
        if default is not None and (line is None or not line.value):
            return default
        return number_of(path, needed(key))

    for key, expected in (
        ("MEAN_ELEMENT_THEORY", _THEORIES),
        ("REF_FRAME", ("TEME",)),
        ("TIME_SYSTEM", ("UTC",)),
        ("CENTER_NAME", ("EARTH",)),
    ):
        # CelesTrak's JSON leaves them out: it holds nothing but elements of SGP4
        if start.key or key in fields:
            _expect(path, needed(key), expected)
    epoch = needed("EPOCH")
    instant, rest = utc_series([tag_of(path, epoch, epoch.value)], "UTC")
    return MeanElements(
        object_name=needed("OBJECT_NAME").value,
        object_id=fields["OBJECT_ID"].value if "OBJECT_ID" in fields else "UNKNOWN",
        catalog_number=int(number("NORAD_CAT_ID", 0)),
        epoch=instant + timedelta(seconds=round(float(rest[0]), 6)),
        mean_motion_rev_per_day=number("MEAN_MOTION"),
        eccentricity=number("ECCENTRICITY"),
        inclination_deg=number("INCLINATION"),
        raan_deg=number("RA_OF_ASC_NODE"),
        argument_of_perigee_deg=number("ARG_OF_PERICENTER"),
        mean_anomaly_deg=number("MEAN_ANOMALY"),
        bstar=number("BSTAR"),
        mean_motion_dot_rev_per_day2=number("MEAN_MOTION_DOT", 0.0),
        mean_motion_ddot_rev_per_day3=number("MEAN_MOTION_DDOT", 0.0),
        classification=(fields["CLASSIFICATION_TYPE"].value if "CLASSIFICATION_TYPE" in fields else "")
        or "U",
        ephemeris_type=int(number("EPHEMERIS_TYPE", 0)),
        element_set_number=int(number("ELEMENT_SET_NO", 999)),
        revolution_number=int(number("REV_AT_EPOCH", 0)),
    )


def _expect(path: str, line: Line, expected: Sequence[str]) -> None:
    if line.value.upper() not in expected:
        sentence = (
            f"expected {line.key} = {' or '.join(expected)}, with which SGP4 elements are defined, "
            f"given '{line.value}'; convert the elements"
        )
        raise ExchangeFileError(path, line.number, sentence)
