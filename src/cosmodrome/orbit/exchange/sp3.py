"""Precise orbits in Standard Product 3, versions c and d, read; clocks are left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from cosmodrome.errors import ExchangeFileError
from cosmodrome.orbit.exchange.clocks import TIME_SYSTEMS, day_and_seconds, utc_series
from cosmodrome.orbit.exchange.lines import Line, numbers_of, read_text
from cosmodrome.orbit.exchange.states import StateSeries

_TERRESTRIAL = ("ITR", "IGS", "IGB", "IGC", "SLR", "WGS", "GTR", "DPO")  # realizations of ITRF, to some cm


@dataclass(slots=True)
class _Track:
    """Records of one satellite: index of the epoch, position in km, velocity in dm/s."""

    epochs: list[int] = field(default_factory=list)
    positions: list[list[float]] = field(default_factory=list)
    velocities: list[list[float]] = field(default_factory=list)


def read_sp3(path: Path) -> tuple[StateSeries, ...]:
    """Read the orbits of an SP3 file, one series per satellite that has positions.

    Parameters
    ----------
    path : Path
        SP3-c or SP3-d.

    Returns
    -------
    tuple of StateSeries
        In ITRF, time tags turned into UTC; with velocities where the file has them for every position. A
        position that the file marks as missing is left out.

    Raises
    ------
    ExchangeFileError
        If the file is not a whole SP3-c or SP3-d in a terrestrial frame and a known time system.

    References
    ----------
    Hilla (2010), *The Extended Standard Product 3 Orbit Format (SP3-c)*; Hilla (2016), *(SP3-d)*, IGS.
    """
    name = str(path)
    lines = [Line(k, raw[:1], raw.rstrip()) for k, raw in enumerate(read_text(path).splitlines(), start=1)]
    epochs_stated = _checked_header(name, lines)
    time_system = _time_system(name, lines)
    tags, tracks = _records(name, lines)
    if len(tags) != epochs_stated:
        sentence = (
            f"expected {epochs_stated} epochs, as this line says, given {len(tags)}; get the whole file"
        )
        raise ExchangeFileError(name, 1, sentence)
    return tuple(
        _series(satellite, track, tags, time_system) for satellite, track in tracks.items() if track.epochs
    )


def _checked_header(path: str, lines: Sequence[Line]) -> int:
    """Number of epochs that the first line states."""
    first = lines[0].value if lines else ""
    if first[:2] not in ("#c", "#d"):
        sentence = f"expected '#c' or '#d' of SP3-c or SP3-d first, given '{first[:2]}'; convert the file"
        raise ExchangeFileError(path, 1, sentence)
    frame = first[46:51].strip()
    if frame[:3].upper() not in _TERRESTRIAL:
        sentence = (
            f"the coordinate system '{frame}' is unknown; expected a terrestrial one such as ITRF, IGS20 or "
            "SLR14: convert the positions"
        )
        raise ExchangeFileError(path, 1, sentence)
    return int(numbers_of(path, Line(1, "the number of epochs", ""), [first[32:39]])[0])


def _time_system(path: str, lines: Sequence[Line]) -> str:
    line = next((line for line in lines if line.value.startswith("%c")), Line(1, "", ""))
    system = line.value[9:12].strip()
    if system not in TIME_SYSTEMS:
        sentence = (
            f"the time system '{system}' is unknown; expected one of {', '.join(TIME_SYSTEMS)}: "
            "convert the time tags"
        )
        raise ExchangeFileError(path, line.number, sentence)
    return system


def _records(path: str, lines: Sequence[Line]) -> tuple[list[tuple[int, float]], dict[str, _Track]]:
    tags: list[tuple[int, float]] = []
    tracks: dict[str, _Track] = {}
    for line in lines:
        if line.value.startswith("EOF"):
            return tags, tracks
        if line.key == "*":
            tags.append(_tag(path, line))
        elif line.key in ("P", "V"):
            if not tags:
                raise ExchangeFileError(path, line.number, "expected an epoch ('*') first, given a position")
            _add(path, line, len(tags) - 1, tracks)
    raise ExchangeFileError(path, lines[-1].number, "expected EOF last, given none; get the whole file")


def _tag(path: str, line: Line) -> tuple[int, float]:
    words = line.value[1:].split()
    try:
        year, month, day, hour, minute = (int(word) for word in words[:5])
        return day_and_seconds(
            f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{float(words[5]):011.8f}"
        )
    except (ValueError, IndexError) as problem:
        sentence = f"expected '* year month day hour minute second', given '{line.value}'"
        raise ExchangeFileError(path, line.number, sentence) from problem


def _add(path: str, line: Line, epoch: int, tracks: dict[str, _Track]) -> None:
    satellite = line.value[1:4].replace(" ", "0")
    words = [line.value[begin : begin + 14].strip() for begin in (4, 18, 32)]
    row = numbers_of(path, Line(line.number, f"a component of {line.value[:4]}", ""), words)
    if line.key == "P" and any(row):
        track = tracks.setdefault(satellite, _Track())
        track.epochs.append(epoch)
        track.positions.append(row)
    elif line.key == "V" and satellite in tracks and tracks[satellite].epochs[-1] == epoch:
        tracks[satellite].velocities.append(row)


def _series(
    satellite: str, track: _Track, tags: Sequence[tuple[int, float]], time_system: str
) -> StateSeries:
    epoch, elapsed = utc_series([tags[k] for k in track.epochs], time_system)
    position = np.array(track.positions) * 1e3
    complete = len(track.velocities) == len(track.positions)
    velocity = np.array(track.velocities) * 0.1 if complete else None
    for array in (elapsed, position, velocity):
        if array is not None:
            array.setflags(write=False)
    return StateSeries(
        object_name=satellite,
        object_id="UNKNOWN",
        center="EARTH",
        frame="ITRF",
        epoch=epoch,
        elapsed_s=elapsed,
        position_m=position,
        velocity_m_s=velocity,
    )
