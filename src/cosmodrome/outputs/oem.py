"""Ephemeris as a CCSDS Orbit Ephemeris Message, keyword-value notation.

CCSDS 502.0-B-3 (2023), Orbit Data Messages, section 5 and annex F; frame names from the SANA registry.
"""

from datetime import datetime, timedelta

import numpy as np

from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.exchange.states import Covariance, StateSeries, ephemeris_states
from cosmodrome.outputs.messages import (
    FRAME_NAMES,
    checked_name,
    comment_lines,
    header_lines,
    instant_texts,
    microsecond_text,
)

_STEP_S = 60.0


def oem_text(
    ephemeris: Ephemeris,
    object_name: str,
    created: datetime,
    *,
    step_s: float = _STEP_S,
    comment: str = "",
    frame: str = "GCRF",
) -> str:
    """Write an ephemeris as an OEM in UTC, kilometers and kilometers per second.

    Parameters
    ----------
    ephemeris : Ephemeris
        Positions and velocities.
    object_name : str
        Name of the satellite; its identifier stays unknown before launch.
    created : datetime
        Creation date to state (UTC).
    step_s : float
        Step wanted; the ephemeris' samples nearest below it are written. [s]
    comment : str
        Force models, for the reader.
    frame : str
        GCRF, EME2000, ITRF or TEME.

    Returns
    -------
    str
        The message: header, metadata, then one line per state with 1 µm and 1 nm/s.

    Raises
    ------
    ValueError
        If the name is not printable ASCII on one line, which the standard asks for (7.3.3), or the frame is
        unknown.

    References
    ----------
    CCSDS 502.0-B-3 (2023), tables 5-2 and 5-3, section 5.2.4.
    """
    series = ephemeris_states(ephemeris, frame, step_s=step_s, object_name=checked_name(object_name))
    return oem_series_text(series, created, comment=comment)


def oem_series_text(series: StateSeries, created: datetime, *, comment: str = "") -> str:
    """Write states as an OEM in their frame, with their covariances.

    Parameters
    ----------
    series : StateSeries
        With velocities.
    created : datetime
        Creation date to state (UTC).
    comment : str
        Where the states are from, for the reader.

    Returns
    -------
    str
        The message.

    Raises
    ------
    ValueError
        If there are no velocities, which the standard asks for, or a name is not printable ASCII.

    References
    ----------
    CCSDS 502.0-B-3 (2023), tables 5-2 to 5-4, sections 5.2.4 and 5.2.5.
    """
    if series.velocity_m_s is None:
        raise ValueError(f"an OEM states velocities, and there are none of {series.object_name}")
    times = instant_texts(series)
    states = np.hstack((series.position_m, series.velocity_m_s)) / 1e3
    line = "%s %.9f %.9f %.9f %.12f %.12f %.12f"
    body = [line % (time, *state) for time, state in zip(times, states.tolist(), strict=True)]
    head = [*header_lines("OEM", created), "", *_metadata(series, times, comment)]
    return "\n".join([*head, "", *body, *_covariance_lines(series), ""])


def _metadata(series: StateSeries, times: list[str], comment: str) -> list[str]:
    degree = min(7, 2 * len(times) - 1)
    return [
        "META_START",
        *comment_lines(comment),
        f"OBJECT_NAME = {checked_name(series.object_name)}",
        f"OBJECT_ID = {checked_name(series.object_id, 'object_id')}",
        f"CENTER_NAME = {series.center}",
        f"REF_FRAME = {FRAME_NAMES[series.frame]}",
        "TIME_SYSTEM = UTC",
        f"START_TIME = {times[0]}",
        f"STOP_TIME = {times[-1]}",
        "INTERPOLATION = HERMITE",
        f"INTERPOLATION_DEGREE = {degree}",
        "META_STOP",
    ]


def _covariance_lines(series: StateSeries) -> list[str]:
    if not series.covariances:
        return []
    blocks = [line for one in series.covariances for line in _covariance(series.epoch, one)]
    return ["", "COVARIANCE_START", *blocks, "COVARIANCE_STOP"]


def _covariance(epoch: datetime, one: Covariance) -> list[str]:
    rows = [
        " ".join(f"{1e-6 * value:.15e}" for value in row[: k + 1])
        for k, row in enumerate(one.covariance.tolist())
    ]
    instant = microsecond_text(epoch + timedelta(seconds=one.elapsed_s))
    return [f"EPOCH = {instant}", f"COV_REF_FRAME = {FRAME_NAMES.get(one.frame, one.frame)}", *rows]
