"""The times of an ephemeris, and what the Earth and the Sun do at them, whatever flies."""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.physics.earth_orientation import EarthOrientation, read_earth_orientation
from cosmodrome.physics.frames import earth_fixed_state, itrf_from_gcrf
from cosmodrome.physics.named_frames import turning_rate_rad_s
from cosmodrome.physics.sun import sun_direction_and_distance_m

Array = NDArray[np.float64]

_LEAST_STEPS = 3  # that states can be interpolated between


@dataclass(frozen=True, slots=True)
class SampleGrid:
    """N times in the order of flight, the Earth's turning and the Sun; shared by all that fly together."""

    epoch: datetime
    elapsed_s: Array  # (N,), from zero; falling where time runs backward
    orientation: EarthOrientation
    itrf_matrix: Array  # (N, 3, 3)
    turning_rate_rad_s: Array  # (N, 3), ITRF
    sun_direction: Array  # (N, 3), GCRF
    sun_distance_m: Array  # (N,)

    @classmethod
    def of(cls, epoch: datetime, duration_days: float, step_s: float) -> "SampleGrid":
        """Evenly spaced times over a duration, no further apart than a step.

        Raises
        ------
        ValueError
            For an epoch without a time zone, a duration of zero or a step that is not above zero.
        """
        if epoch.tzinfo is None:
            raise ValueError(
                f"the epoch {epoch.isoformat()} has no time zone; give UTC as datetime(..., tzinfo=UTC)"
            )
        if duration_days == 0 or not math.isfinite(duration_days):
            raise ValueError(f"a duration of {duration_days:g} days; expected another time than 0")
        if not step_s > 0:
            raise ValueError(f"samples every {step_s:g} s; expected above 0")
        span_s = duration_days * DAY_S
        steps = max(math.ceil(abs(span_s) / step_s - 1e-9), _LEAST_STEPS)
        elapsed, orientation = np.linspace(0.0, span_s, steps + 1), read_earth_orientation()

        def matrices(at: Array) -> Array:
            return itrf_from_gcrf(epoch, at, orientation)

        turning = turning_rate_rad_s(matrices, elapsed)
        sun = sun_direction_and_distance_m(epoch, elapsed)
        return cls(epoch, elapsed, orientation, matrices(elapsed), turning, *sun)

    @property
    def span_s(self) -> tuple[float, float]:
        """First and last second, in the order of flight."""
        return 0.0, float(self.elapsed_s[-1])

    def earth_fixed(self, state: Array) -> tuple[Array, Array]:
        """ITRF positions [m] and velocities [m/s] of the first M states in GCRF, shape (M, 6)."""
        count = len(state)
        return earth_fixed_state(
            self.itrf_matrix[:count], self.turning_rate_rad_s[:count], state[:, :3], state[:, 3:]
        )

    def __repr__(self) -> str:
        return f"<SampleGrid {len(self.elapsed_s)} times over {self.span_s[1] / DAY_S:.2f} days>"
