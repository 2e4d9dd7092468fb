"""Ephemeris as a CCSDS Orbit Ephemeris Message, keyword-value notation.

CCSDS 502.0-B-3 (2023), Orbit Data Messages, section 5 and annex F; frame names from the SANA registry.
"""

from datetime import datetime, timedelta

import numpy as np

from cosmodrome.orbit.propagate import Ephemeris
from cosmodrome.outputs.labels import iso_text

ORIGINATOR = "COSMODROME"
_STEP_S = 60.0


def oem_text(
    ephemeris: Ephemeris, object_name: str, created: datetime, *, step_s: float = _STEP_S, comment: str = ""
) -> str:
    """Write an ephemeris as an OEM in GCRF and UTC, kilometers and kilometers per second.

    Parameters
    ----------
    ephemeris : Ephemeris
        Positions and velocities in GCRF.
    object_name : str
        Name of the satellite; its identifier stays unknown before launch.
    created : datetime
        Creation date to state (UTC).
    step_s : float
        Step wanted; the ephemeris' samples nearest below it are written. [s]
    comment : str
        Force models, for the reader.

    Returns
    -------
    str
        The message: header, metadata, then one line per state with 1 mm and 1 nm/s.

    Raises
    ------
    ValueError
        If the name is not printable ASCII on one line, which the standard asks for (7.3.3).

    References
    ----------
    CCSDS 502.0-B-3 (2023), tables 5-2 and 5-3, section 5.2.4.
    """
    if not object_name.isascii() or not object_name.isprintable() or not object_name.strip():
        raise ValueError(f"object_name must be printable ASCII, not {object_name!r}")
    sample_s = float(ephemeris.elapsed_s[1] - ephemeris.elapsed_s[0])
    stride = max(1, int(step_s / sample_s + 1e-9))
    pick = slice(None, None, stride)
    elapsed_s = ephemeris.elapsed_s[pick]
    last = ephemeris.epoch + timedelta(seconds=float(elapsed_s[-1]))
    head = _header(created) + _metadata(object_name, ephemeris.epoch, last, comment)
    states = np.hstack((ephemeris.position_m[pick], ephemeris.velocity_m_s[pick])) / 1e3
    start = np.datetime64(ephemeris.epoch.replace(tzinfo=None), "us")
    instants = start + np.round(1e6 * elapsed_s).astype("timedelta64[us]")
    times = np.datetime_as_string(instants, unit="us").tolist()
    line = "%s %.6f %.6f %.6f %.9f %.9f %.9f"
    body = [line % (time, *state) for time, state in zip(times, states.tolist(), strict=True)]
    return "\n".join([*head, "", *body, ""])


def _header(created: datetime) -> list[str]:
    return [
        "CCSDS_OEM_VERS = 2.0",
        f"CREATION_DATE = {iso_text(created)[:-1]}",
        f"ORIGINATOR = {ORIGINATOR}",
        "",
    ]


def _metadata(object_name: str, first: datetime, last: datetime, comment: str) -> list[str]:
    start, stop = (instant.strftime("%Y-%m-%dT%H:%M:%S.%f") for instant in (first, last))
    return [
        "META_START",
        *([f"COMMENT {comment}"] if comment else []),
        f"OBJECT_NAME = {object_name}",
        "OBJECT_ID = UNKNOWN",
        "CENTER_NAME = EARTH",
        "REF_FRAME = GCRF",
        "TIME_SYSTEM = UTC",
        f"START_TIME = {start}",
        f"STOP_TIME = {stop}",
        "INTERPOLATION = HERMITE",
        "INTERPOLATION_DEGREE = 7",
        "META_STOP",
    ]
