"""Burns in orbit, as the integrator is told them: at an instant, or over a time."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import STANDARD_GRAVITY_M_S2

Array = NDArray[np.float64]
BurnFrame = Literal["RTN", "GCRF"]


@dataclass(frozen=True, slots=True)
class ImpulsiveBurn:
    """A change of velocity at an instant: radial, transverse, normal, or along the axes of GCRF.

    The mass falls as the rocket equation says where a specific impulse is given.
    """

    instant: datetime
    delta_v_m_s: tuple[float, float, float]
    frame: BurnFrame = "RTN"
    specific_impulse_s: float | None = None

    def __post_init__(self) -> None:
        _check_common(self.instant, self.frame, self.specific_impulse_s)

    @property
    def magnitude_m_s(self) -> float:
        """Size of the change of velocity [m/s]."""
        return math.hypot(*self.delta_v_m_s)

    def mass_ratio(self) -> float:
        """Mass after over mass before: exp(-dv / (Isp g0)).

        Examples
        --------
        One exhaust velocity leaves 1/e.

        >>> from datetime import UTC
        >>> burn = ImpulsiveBurn(datetime(2027, 1, 1, tzinfo=UTC), (0, 2941.995, 0), specific_impulse_s=300)
        >>> round(burn.mass_ratio(), 4)
        0.3679
        """
        if self.specific_impulse_s is None:
            return 1.0
        return math.exp(-self.magnitude_m_s / (self.specific_impulse_s * STANDARD_GRAVITY_M_S2))


@dataclass(frozen=True, slots=True)
class FiniteBurn:
    """Constant thrust along a direction fixed in its frame, of any length."""

    start: datetime
    duration_s: float
    thrust_n: float
    specific_impulse_s: float
    direction: tuple[float, float, float]
    frame: BurnFrame = "RTN"

    def __post_init__(self) -> None:
        _check_common(self.start, self.frame, self.specific_impulse_s)
        if self.duration_s <= 0 or self.thrust_n <= 0 or not np.linalg.norm(self.direction) > 0:
            raise ValueError(
                f"a burn of {self.thrust_n:g} N over {self.duration_s:g} s along {self.direction}; expected "
                "a thrust and a duration above 0, and a direction"
            )

    @property
    def mass_flow_kg_s(self) -> float:
        """Propellant flow: F / (Isp g0) [kg/s]."""
        return self.thrust_n / (self.specific_impulse_s * STANDARD_GRAVITY_M_S2)

    def mean_acceleration_m_s2(self, mass_before_kg: float, mass_after_kg: float, duration_s: float) -> Array:
        """Acceleration that gives in a time what the rocket equation gives between two masses, shape (3,)."""
        size = self.specific_impulse_s * STANDARD_GRAVITY_M_S2 * math.log(mass_before_kg / mass_after_kg)
        along = np.asarray(self.direction, dtype=float)
        return np.asarray(along / np.linalg.norm(along) * size / duration_s, dtype=float)


Burn = ImpulsiveBurn | FiniteBurn


def _check_common(instant: datetime, frame: str, specific_impulse_s: float | None) -> None:
    """Refuse what no burn can have."""
    if instant.tzinfo is None:
        raise ValueError(f"the burn at {instant.isoformat()} has no time zone; give an instant in UTC")
    if frame not in ("RTN", "GCRF"):
        raise ValueError(f"the frame '{frame}' of a burn is not known; known: RTN, GCRF")
    if specific_impulse_s is not None and specific_impulse_s <= 0:
        raise ValueError(f"a specific impulse of {specific_impulse_s:g} s; expected above 0")
