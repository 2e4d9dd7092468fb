"""States turned from one named frame to another, velocities by the frames' own turning."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.physics.earth_orientation import EarthOrientation
from cosmodrome.physics.frames import (
    earth_fixed_state,
    eme2000_from_gcrf,
    inertial_state,
    itrf_from_gcrf,
    itrf_from_teme,
    rotate,
)

Array = NDArray[np.float64]
Frame = Literal["GCRF", "EME2000", "ITRF", "TEME"]
FRAMES: Final[tuple[Frame, ...]] = ("GCRF", "EME2000", "ITRF", "TEME")

_NODE_STEP_S = 10_800.0


def turned_states(
    epoch: datetime,
    elapsed_s: Array,
    states: tuple[Array, Array],
    frames: tuple[str, str],
    orientation: EarthOrientation,
) -> tuple[Array, Array]:
    """Positions [m] and velocities [m/s] of N instants, from the first of two named frames into the second.

    Parameters
    ----------
    epoch, elapsed_s
        The instants.
    states : (Array, Array), shape (N, 3) each
        In ITRF velocities are relative to the turning Earth.
    frames : (str, str)
        From and into which of `FRAMES`. TEME, true equator and mean equinox, is the frame of SGP4.
    orientation : EarthOrientation

    Raises
    ------
    ValueError
        For a frame of another name.

    References
    ----------
    IERS Conventions (2010), chapter 5; Vallado et al. (2006), AIAA 2006-6753, appendix C, for TEME.

    Examples
    --------
    Vallado (2013), example 3-15: 2004-04-06 07:51:28.386 UTC, velocity -3.2256365 km/s in ITRF and
    -4.7461314 km/s in TEME.

    >>> from datetime import UTC
    >>> from cosmodrome.physics.earth_orientation import read_earth_orientation
    >>> instant, table = datetime(2004, 4, 6, 7, 51, 28, 386009, tzinfo=UTC), read_earth_orientation()
    >>> fixed = np.array([[-1033479.3830, 7901295.2754, 6380356.5958]])
    >>> over_ground = np.array([[-3225.636520, -2872.451450, 5531.924446]])
    >>> _, v = turned_states(instant, np.zeros(1), (fixed, over_ground), ("ITRF", "TEME"), table)
    >>> round(float(v[0, 0]), 2)
    -4746.13
    """
    given, wanted = (_known(name) for name in frames)
    if given == wanted:
        return states
    if {given, wanted} == {"GCRF", "EME2000"}:
        bias = eme2000_from_gcrf() if wanted == "EME2000" else np.swapaxes(eme2000_from_gcrf(), 1, 2)
        bias = np.broadcast_to(bias, (len(elapsed_s), 3, 3))
        return rotate(bias, states[0]), rotate(bias, states[1])
    fixed = states
    if given != "ITRF":
        fixed = earth_fixed_state(*_turning(given, epoch, elapsed_s, orientation), *states)
    if wanted == "ITRF":
        return fixed
    return inertial_state(*_turning(wanted, epoch, elapsed_s, orientation), *fixed)


def _known(name: str) -> Frame:
    """The frame of a name."""
    for frame in FRAMES:
        if name == frame:
            return frame
    raise ValueError(f"the frame '{name}' is not known; known: {', '.join(FRAMES)}")


def _turning(
    frame: Frame, epoch: datetime, elapsed_s: Array, orientation: EarthOrientation
) -> tuple[Array, Array]:
    """Matrices from an inertial frame to ITRF, and how fast ITRF turns in it, seen in ITRF [rad/s]."""

    def matrices(elapsed: Array) -> Array:
        if frame == "TEME":
            return itrf_from_teme(epoch, elapsed, orientation)
        turned = itrf_from_gcrf(epoch, elapsed, orientation)
        if frame == "EME2000":
            return np.asarray(turned @ np.swapaxes(eme2000_from_gcrf(), 1, 2), dtype=float)
        return turned

    return matrices(elapsed_s), turning_rate_rad_s(matrices, elapsed_s)


def turning_rate_rad_s(matrices: Callable[[Array], Array], elapsed_s: Array) -> Array:
    """Angular velocity of the frame that matrices turn into, in that frame, shape (N, 3) [rad/s].

    From the matrices half a second before and after three-hourly instants, joined by straight lines: it holds
    the length of day, the pole and the precession, to 1e-12 rad/s, 5 um/s in low orbit.

    Examples
    --------
    About the z-axis once in a day:

    >>> def spun(t):
    ...     a = 2 * np.pi * t / 86400
    ...     rows = ((np.cos(a), np.sin(a), 0 * a), (-np.sin(a), np.cos(a), 0 * a), (0 * a, 0 * a, 0 * a + 1))
    ...     return np.array(rows).transpose(2, 0, 1)
    >>> round(float(turning_rate_rad_s(spun, np.zeros(1))[0, 2]), 10)
    7.27221e-05
    """
    first, last = float(np.min(elapsed_s)), float(np.max(elapsed_s))
    nodes = np.linspace(first, last, int(np.ceil((last - first) / _NODE_STEP_S)) + 1)
    before, now, after = (matrices(nodes + shift) for shift in (-0.5, 0.0, 0.5))
    spin = (before - after) @ np.swapaxes(now, 1, 2)  # - dM/dt M^T, the cross-product matrix of the rate
    rate = np.stack((spin[:, 2, 1], spin[:, 0, 2], spin[:, 1, 0]), axis=1)
    return np.column_stack([np.interp(elapsed_s, nodes, rate[:, axis]) for axis in range(3)])
