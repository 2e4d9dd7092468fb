"""Orbit Parameter Messages, read: one state, in keyword-value notation or XML."""

from pathlib import Path

import numpy as np

from cosmodrome.orbit.exchange.clocks import utc_series
from cosmodrome.orbit.exchange.lines import (
    STATE_KEYS,
    Line,
    frame_of,
    message_lines,
    number_of,
    read_text,
    required,
    tag_of,
    time_system_of,
)
from cosmodrome.orbit.exchange.states import StateSeries


def read_opm(path: Path) -> StateSeries:
    """Read the state of an OPM; its elements, spacecraft, covariance and maneuvers are left out.

    Parameters
    ----------
    path : Path
        Keyword-value notation or XML, version 1 to 3.

    Returns
    -------
    StateSeries
        One state, in the file's frame, at an instant in UTC.

    Raises
    ------
    ExchangeFileError
        If the file is not an OPM in a known frame and time system.

    References
    ----------
    CCSDS 502.0-B-3 (2023), section 3.
    """
    name = str(path)
    lines = message_lines(name, read_text(path), "OPM")
    found: dict[str, Line] = {}
    for line in lines:
        found.setdefault(line.key, line)

    def needed(key: str) -> Line:
        return required(name, lines[0], found.get(key), key)

    frame = frame_of(name, needed("REF_FRAME"))
    epoch_line = needed("EPOCH")
    tag = tag_of(name, epoch_line, epoch_line.value)
    epoch, elapsed = utc_series([tag], time_system_of(name, needed("TIME_SYSTEM")))
    state = np.array([[number_of(name, needed(key)) for key in STATE_KEYS]]) * 1e3
    arrays = elapsed, state[:, :3].copy(), state[:, 3:].copy()
    for array in arrays:
        array.setflags(write=False)
    return StateSeries(
        object_name=needed("OBJECT_NAME").value,
        object_id=needed("OBJECT_ID").value,
        center=needed("CENTER_NAME").value.upper(),
        frame=frame,
        epoch=epoch,
        elapsed_s=arrays[0],
        position_m=arrays[1],
        velocity_m_s=arrays[2],
    )
