"""Where an orbit starts: from a state in any frame, or from Keplerian elements."""

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.injection import InjectionState
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian, keplerian_from_cartesian
from cosmodrome.physics.named_frames import Frame, turned_states

Array = NDArray[np.float64]


def orbit_state(
    epoch: datetime, position_m: Array, velocity_m_s: Array, frame: Frame = "GCRF"
) -> InjectionState:
    """A state in GCRF from one in a named frame.

    Parameters
    ----------
    epoch : datetime
        Timezone-aware, UTC or another zone.
    position_m, velocity_m_s : array, shape (3,)
        In ITRF the velocity is relative to the turning Earth.
    frame : {'GCRF', 'EME2000', 'ITRF', 'TEME'}
        True equator, mean equinox is the frame of SGP4.

    Returns
    -------
    InjectionState

    Raises
    ------
    ValueError
        For a frame of another name, an epoch without a time zone, or a state that is no closed orbit.

    References
    ----------
    IERS Conventions (2010), chapter 5; Vallado (2013), section 3.7, for TEME.

    Examples
    --------
    Vallado (2013), example 3-15: 2004-04-06 07:51:28.386 UTC, velocities -3.2256365 km/s in ITRF and
    -4.7432202 km/s in GCRF:

    >>> from datetime import UTC
    >>> instant = datetime(2004, 4, 6, 7, 51, 28, 386009, tzinfo=UTC)
    >>> fixed = np.array([-1033479.3830, 7901295.2754, 6380356.5958])
    >>> over_ground = np.array([-3225.636520, -2872.451450, 5531.924446])
    >>> state = orbit_state(instant, fixed, over_ground, "ITRF")
    >>> [round(float(x) / 1e3, 2) for x in state.position_m], round(float(state.velocity_m_s[0]) / 1e3, 4)
    ([5102.51, 6123.01, 6378.14], -4.7432)
    """
    if epoch.tzinfo is None:
        raise ValueError(
            f"the epoch {epoch.isoformat()} has no time zone; give UTC as datetime(..., tzinfo=UTC)"
        )
    given = tuple(np.array(part, dtype=float).reshape(1, 3) for part in (position_m, velocity_m_s))
    turned = turned_states(
        epoch, np.zeros(1), (given[0], given[1]), (frame, "GCRF"), read_earth_orientation()
    )
    position, velocity = (np.array(part[0]) for part in turned)
    keplerian_from_cartesian(position, velocity)  # which refuses what is no ellipse
    position.setflags(write=False)
    velocity.setflags(write=False)
    return InjectionState(epoch, position, velocity)


def orbit_state_from_elements(epoch: datetime, elements: KeplerianElements) -> InjectionState:
    """A state from osculating Keplerian elements in GCRF.

    Parameters
    ----------
    epoch : datetime
        Timezone-aware.
    elements : KeplerianElements
    """
    position, velocity = cartesian_from_keplerian(elements)
    return orbit_state(epoch, np.array(position), np.array(velocity))
