"""The state a launch hands to the orbit: the ascent's end, put into GCRF for one lift-off instant."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.ascent.result import Ascent
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.elements import KeplerianElements, keplerian_from_cartesian
from cosmodrome.physics.frames import itrf_from_gcrf

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class InjectionState:
    """Position and velocity in GCRF at an instant."""

    epoch: datetime
    position_m: Array  # (3,)
    velocity_m_s: Array  # (3,)

    @property
    def elements(self) -> KeplerianElements:
        """Osculating Keplerian elements in GCRF."""
        return keplerian_from_cartesian(self.position_m, self.velocity_m_s)

    def __repr__(self) -> str:
        return f"<InjectionState {self.epoch.isoformat(timespec='seconds')} {self.elements!r}>"


def injection_state(ascent: Ascent, liftoff: datetime) -> InjectionState:
    """State at cut-off for a lift-off instant.

    The ascent is flown in the inertial frame that coincides with the Earth-fixed one at lift-off, so one
    rotation matrix, of the lift-off instant, serves position and velocity.

    Parameters
    ----------
    ascent : Ascent
        Its trajectory ends at cut-off.
    liftoff : datetime
        Timezone-aware.

    Returns
    -------
    InjectionState

    References
    ----------
    IERS Conventions (2010), chapter 5, for the rotation.
    """
    matrix = itrf_from_gcrf(liftoff, np.zeros(1), read_earth_orientation())[0]
    position = matrix.T @ ascent.trajectory.position_m[-1]
    velocity = matrix.T @ ascent.trajectory.velocity_m_s[-1]
    position.setflags(write=False)
    velocity.setflags(write=False)
    return InjectionState(liftoff + timedelta(seconds=ascent.duration_s), position, velocity)
