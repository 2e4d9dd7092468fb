"""Orbit Ephemeris Messages, read: keyword-value notation and XML."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.errors import ExchangeFileError
from cosmodrome.orbit.exchange.clocks import utc_series
from cosmodrome.orbit.exchange.lines import (
    Line,
    frame_of,
    message_lines,
    numbers_of,
    read_text,
    required,
    tag_of,
    time_system_of,
)
from cosmodrome.orbit.exchange.states import Covariance, StateSeries, known_frame

Array = NDArray[np.float64]

_LOCAL_FRAMES = ("RTN", "RSW", "TNW")


@dataclass(slots=True)
class _Segment:
    """Lines of one block of metadata and what follows it."""

    start: Line
    metadata: dict[str, Line] = field(default_factory=dict)
    states: list[Line] = field(default_factory=list)
    covariances: list[Line] = field(default_factory=list)


def read_oem(path: Path) -> tuple[StateSeries, ...]:
    """Read the segments of an OEM, each with its covariances.

    Parameters
    ----------
    path : Path
        Keyword-value notation or XML, version 1 to 3.

    Returns
    -------
    tuple of StateSeries
        One per segment; in the file's frame, with its time tags turned into UTC. Accelerations are left out.

    Raises
    ------
    ExchangeFileError
        If the file is not a whole OEM in a known frame and time system.

    References
    ----------
    CCSDS 502.0-B-3 (2023), section 5.
    """
    name = str(path)
    segments = _split(name, message_lines(name, read_text(path), "OEM"))
    for key in ("REF_FRAME", "TIME_SYSTEM", "OBJECT_NAME", "CENTER_NAME"):
        _same(name, segments, key)
    return tuple(_series(name, segment) for segment in segments)


def _split(path: str, lines: Sequence[Line]) -> list[_Segment]:
    """Group the lines into segments; every block must be closed."""
    segments: list[_Segment] = []
    opened: Line | None = None
    for line in lines[1:]:
        if line.key in ("META_START", "COVARIANCE_START"):
            _expect_closed(path, opened, line)
            opened = line
            if line.key == "META_START":
                segments.append(_Segment(line))
            elif not segments:
                raise ExchangeFileError(
                    path, line.number, "expected META_START first, given COVARIANCE_START"
                )
        elif line.key in ("META_STOP", "COVARIANCE_STOP"):
            if opened is None or opened.key != line.key.replace("STOP", "START"):
                sentence = (
                    f"expected {line.key.replace('STOP', 'START')} before, given {line.key} alone; add it"
                )
                raise ExchangeFileError(path, line.number, sentence)
            opened = None
        elif opened is not None and opened.key == "META_START":
            if not line.key:
                _expect_closed(path, opened, line)
            segments[-1].metadata[line.key] = line
        elif opened is not None:
            segments[-1].covariances.append(line)
        elif segments and not line.key:
            segments[-1].states.append(line)
        elif segments:
            sentence = f"expected a state or META_START, given the keyword {line.key}; remove it"
            raise ExchangeFileError(path, line.number, sentence)
    if opened is not None:
        _expect_closed(path, opened, None)
    if not segments:
        raise ExchangeFileError(
            path, lines[-1].number, "expected META_START, given no metadata; is the file whole?"
        )
    return segments


def _expect_closed(path: str, opened: Line | None, line: Line | None) -> None:
    if opened is None:
        return
    given = f"{line.key or 'data'} in line {line.number}" if line else "the end of the file"
    stop = opened.key.replace("START", "STOP")
    sentence = f"{opened.key} is not closed: expected {stop}, given {given}; add {stop} or get the whole file"
    raise ExchangeFileError(path, opened.number, sentence)


def _same(path: str, segments: Sequence[_Segment], key: str) -> None:
    """One file holds one object in one frame, about one center, in one time system."""
    first = required(path, segments[0].start, segments[0].metadata.get(key), key)
    for segment in segments[1:]:
        line = required(path, segment.start, segment.metadata.get(key), key)
        if line.value.upper() != first.value.upper():
            sentence = (
                f"expected {key} = {first.value} as in line {first.number}, given {line.value}; "
                "put the segments into files of their own"
            )
            raise ExchangeFileError(path, line.number, sentence)


def _series(path: str, segment: _Segment) -> StateSeries:
    frame = frame_of(path, segment.metadata["REF_FRAME"])
    time_system = time_system_of(path, segment.metadata["TIME_SYSTEM"])
    if not segment.states:
        sentence = "expected states after the metadata, given none; is the file whole?"
        raise ExchangeFileError(path, segment.start.number, sentence)
    tags, rows = _parsed_states(path, segment.states)
    matrices = _covariance_rows(path, segment)
    _check_span(path, segment, tags, [tag for tag, _, _ in matrices])
    epoch, elapsed = utc_series(tags + [tag for tag, _, _ in matrices], time_system)
    states = np.array(rows) * 1e3
    arrays = elapsed[: len(tags)].copy(), states[:, :3].copy(), states[:, 3:].copy()
    for array in arrays:
        array.setflags(write=False)
    identifier = segment.metadata.get("OBJECT_ID")
    return StateSeries(
        object_name=segment.metadata["OBJECT_NAME"].value,
        object_id=identifier.value if identifier else "UNKNOWN",
        center=segment.metadata["CENTER_NAME"].value.upper(),
        frame=frame,
        epoch=epoch,
        elapsed_s=arrays[0],
        position_m=arrays[1],
        velocity_m_s=arrays[2],
        covariances=tuple(
            Covariance(float(elapsed[len(tags) + k]), name or frame, matrix)
            for k, (_, name, matrix) in enumerate(matrices)
        ),
    )


def _parsed_states(path: str, lines: Sequence[Line]) -> tuple[list[tuple[int, float]], list[list[float]]]:
    tags: list[tuple[int, float]] = []
    rows = []
    for line in lines:
        words = line.value.split()
        if len(words) not in (7, 10):
            sentence = (
                "expected a time tag, three positions, three velocities and, if any, three accelerations, "
                f"given {len(words)} words; is the line whole?"
            )
            raise ExchangeFileError(path, line.number, sentence)
        tags.append(tag_of(path, line, words[0]))
        rows.append(numbers_of(path, line, words[1:])[:6])
        if len(tags) > 1 and tags[-1] <= tags[-2]:
            sentence = (
                f"expected a time tag after that of the state before, given {words[0]}; sort the states"
            )
            raise ExchangeFileError(path, line.number, sentence)
    return tags, rows


def _seconds_between(first: tuple[int, float], second: tuple[int, float]) -> float:
    return (second[0] - first[0]) * DAY_S + second[1] - first[1]


def _check_span(
    path: str, segment: _Segment, tags: Sequence[tuple[int, float]], more: Sequence[tuple[int, float]]
) -> None:
    """The states must reach from START_TIME to STOP_TIME, or between the usable ones."""
    step = _seconds_between(tags[-2], tags[-1]) if len(tags) > 1 else 0.0
    begin, end = (
        required(
            path, segment.start, segment.metadata.get(f"USEABLE_{key}") or segment.metadata.get(key), key
        )
        for key in ("START_TIME", "STOP_TIME")
    )
    late = _seconds_between(tag_of(path, begin, begin.value), min([tags[0], *more]))
    short = _seconds_between(max([tags[-1], *more]), tag_of(path, end, end.value))
    if short > max(0.5 * step, 1e-3):
        sentence = (
            f"expected states until {end.key} = {end.value} of line {end.number}, but the last of "
            f"{len(tags)} is {short:.3f} s before it; get the whole file, or correct {end.key}"
        )
        raise ExchangeFileError(path, segment.states[-1].number, sentence)
    if late > max(0.5 * step, 1e-3):
        sentence = (
            f"expected states from {begin.key} = {begin.value} of line {begin.number}, but the first is "
            f"{late:.3f} s after it; get the whole file, or correct {begin.key}"
        )
        raise ExchangeFileError(path, segment.states[0].number, sentence)


def _covariance_rows(path: str, segment: _Segment) -> list[tuple[tuple[int, float], str, Array]]:
    """Time tag, frame (nothing where it is the states') and matrix of every covariance."""
    found: list[tuple[tuple[int, float], str, Array]] = []
    rows: list[list[float]] = []
    epoch: Line | None = None
    frame = ""
    for line in [*segment.covariances, Line(segment.start.number, "EPOCH", "")]:
        if line.key == "EPOCH":
            if epoch is not None:
                found.append((tag_of(path, epoch, epoch.value), frame, _symmetric(path, epoch, rows)))
            epoch, rows, frame = line, [], ""
        elif line.key == "COV_REF_FRAME":
            frame = line.value if line.value in _LOCAL_FRAMES else known_frame(line.value) or line.value
        elif line.key or epoch is None:
            given = line.key or "a row of a matrix"
            raise ExchangeFileError(
                path, line.number, f"expected EPOCH of a covariance, given {given}; add it"
            )
        else:
            rows.append(numbers_of(path, line, line.value.split()))
    return found


def _symmetric(path: str, epoch: Line, rows: Sequence[Sequence[float]]) -> Array:
    if [len(row) for row in rows] != [1, 2, 3, 4, 5, 6]:
        given = ", ".join(str(len(row)) for row in rows) or "no"
        sentence = f"expected six rows of 1 to 6 numbers of this covariance, given rows of {given} numbers"
        raise ExchangeFileError(path, epoch.number, sentence)
    lower = np.zeros((6, 6))
    for k, row in enumerate(rows):
        lower[k, : k + 1] = row
    matrix = (lower + np.tril(lower, -1).T) * 1e6
    matrix.setflags(write=False)
    return matrix
