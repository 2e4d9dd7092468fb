"""States in a named frame: what exchange files hold, and how they turn from frame to frame."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.named_frames import FRAMES, turned_states

Array = NDArray[np.float64]

_SYNONYMS: Final = MappingProxyType({"ICRF": "GCRF", "J2000": "EME2000", "ICRF3": "GCRF", "ICRF2": "GCRF"})


@dataclass(frozen=True, slots=True)
class Covariance:
    """Uncertainty of one state, in meters and meters per second."""

    elapsed_s: float
    frame: str
    covariance: Array  # (6, 6), symmetric

    def __repr__(self) -> str:
        spread = float(np.sqrt(np.trace(self.covariance[:3, :3])))
        return f"<Covariance at {self.elapsed_s:.3f} s in {self.frame}, position {spread:.3g} m>"


@dataclass(frozen=True, slots=True)
class StateSeries:
    """States of one object over N instants in one frame. Arrays are read-only."""

    object_name: str
    object_id: str
    center: str
    frame: str
    epoch: datetime  # UTC
    elapsed_s: Array
    position_m: Array  # (N, 3)
    velocity_m_s: Array | None  # (N, 3); none in a file of positions; relative to the Earth in ITRF
    covariances: tuple[Covariance, ...] = ()

    def __repr__(self) -> str:
        days = float(self.elapsed_s[-1] - self.elapsed_s[0]) / 86_400
        return f"<StateSeries {self.object_name}, {len(self.elapsed_s)} in {self.frame} over {days:.3f} days>"


def known_frame(name: str) -> str:
    """Frame that a name of a file stands for: one of `FRAMES`, or nothing where the name is unknown.

    Realizations of ITRF agree to some centimeters since 2000 and are taken for one. ICRF has the axes of
    GCRF.

    References
    ----------
    CCSDS 502.0-B-3 (2023), 3.2.3.3; SANA registry of celestial body reference frames.

    Examples
    --------
    >>> known_frame("ITRF-97"), known_frame("J2000"), known_frame("MCI")
    ('ITRF', 'EME2000', '')
    """
    plain = name.strip().upper().replace(" ", "").replace("_", "")
    if plain.startswith("ITRF") and plain[4:].lstrip("-").rjust(1, "0").isdigit():
        return "ITRF"
    plain = _SYNONYMS.get(plain, plain)
    return plain if plain in FRAMES else ""


def ephemeris_states(
    ephemeris: Ephemeris,
    frame: str = "GCRF",
    *,
    step_s: float | None = None,
    object_name: str = "UNKNOWN",
    object_id: str = "UNKNOWN",
) -> StateSeries:
    """States of an ephemeris in a frame.

    Parameters
    ----------
    ephemeris : Ephemeris
        In GCRF and ITRF.
    frame : str
        One of `FRAMES`.
    step_s : float, optional
        Step wanted; the ephemeris' samples nearest below it are taken. All of them without it. [s]
    object_name, object_id : str
        Name and international designator.

    Returns
    -------
    StateSeries
        Earth-centered.
    """
    fixed = frame == "ITRF"
    position = ephemeris.position_itrf_m if fixed else ephemeris.position_m
    velocity = ephemeris.velocity_itrf_m_s if fixed else ephemeris.velocity_m_s
    series = StateSeries(
        object_name=object_name,
        object_id=object_id,
        center="EARTH",
        frame="ITRF" if fixed else "GCRF",
        epoch=ephemeris.epoch,
        elapsed_s=ephemeris.elapsed_s,
        position_m=position,
        velocity_m_s=velocity,
    )
    return in_frame(series if step_s is None else thinned(series, step_s), frame)


def thinned(series: StateSeries, step_s: float) -> StateSeries:
    """Every n-th state, so that they are as far apart as the wanted step or somewhat nearer [s]."""
    if len(series.elapsed_s) < 2:
        return series
    stride = max(1, int(step_s / float(series.elapsed_s[1] - series.elapsed_s[0]) + 1e-9))
    velocity = series.velocity_m_s
    return replace(
        series,
        elapsed_s=series.elapsed_s[::stride],
        position_m=series.position_m[::stride],
        velocity_m_s=None if velocity is None else velocity[::stride],
    )


def joined(segments: Sequence[StateSeries]) -> StateSeries:
    """Segments of one file as one series; each takes over from the one before at its first state.

    What lies between two segments, such as a maneuver, is lost: do not interpolate over a boundary.

    Parameters
    ----------
    segments : sequence of StateSeries
        Of one object in one frame, in time order.

    Returns
    -------
    StateSeries
        With velocities if all have them.

    Raises
    ------
    ValueError
        If they are of several objects or frames.
    """
    first = segments[0]
    if len(segments) == 1:
        return first
    for other in segments[1:]:
        if (other.object_name, other.center, other.frame) != (first.object_name, first.center, first.frame):
            raise ValueError(
                f"expected states of one object in one frame: given {first.object_name} in {first.frame} and "
                f"{other.object_name} in {other.frame}"
            )
    shifts = [(one.epoch - first.epoch).total_seconds() for one in segments]
    times = [one.elapsed_s + shift for one, shift in zip(segments, shifts, strict=True)]
    kept = [now < later[0] for now, later in pairwise(times)] + [np.full(len(times[-1]), True)]
    velocities = [one.velocity_m_s for one in segments]
    arrays = [
        np.concatenate([values[keep] for values, keep in zip(parts, kept, strict=True)])
        for parts in (
            times,
            [one.position_m for one in segments],
            [v if v is not None else np.zeros((len(t), 3)) for v, t in zip(velocities, times, strict=True)],
        )
    ]
    for array in arrays:
        array.setflags(write=False)
    return replace(
        first,
        elapsed_s=arrays[0],
        position_m=arrays[1],
        velocity_m_s=None if any(v is None for v in velocities) else arrays[2],
        covariances=tuple(
            replace(covariance, elapsed_s=covariance.elapsed_s + shift)
            for one, shift in zip(segments, shifts, strict=True)
            for covariance in one.covariances
        ),
    )


def in_frame(series: StateSeries, frame: str) -> StateSeries:
    """Turn states into another frame; covariances stay in theirs.

    Parameters
    ----------
    series : StateSeries
        Earth-centered, unless it is in the frame already.
    frame : str
        One of `FRAMES`.

    Returns
    -------
    StateSeries

    Raises
    ------
    ValueError
        If the frame is unknown, or the center is not the Earth.

    References
    ----------
    IERS Conventions (2010), chapter 5; Vallado et al. (2006), AIAA 2006-6753, appendix C, for TEME.
    """
    if frame not in FRAMES:
        raise ValueError(f"expected one of the frames {', '.join(FRAMES)}, given '{frame}'")
    if frame == series.frame:
        return series
    if series.center != "EARTH":
        raise ValueError(
            f"states about {series.center} cannot be turned into {frame}: that is known for EARTH alone"
        )
    given = series.velocity_m_s
    velocity = np.zeros_like(series.position_m) if given is None else given
    states = turned_states(
        series.epoch,
        series.elapsed_s,
        (series.position_m, velocity),
        (series.frame, frame),
        read_earth_orientation(),
    )
    for array in states:
        array.setflags(write=False)
    return replace(
        series, frame=frame, position_m=states[0], velocity_m_s=None if given is None else states[1]
    )
