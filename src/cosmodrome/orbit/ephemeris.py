"""A satellite's path as samples, in frames by name, with states between the samples."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.orbit.forces import Forces
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.interpolation import hermite_state
from cosmodrome.physics.named_frames import Frame, turned_states
from cosmodrome.physics.time import elapsed_from_datetime

if TYPE_CHECKING:
    from pandas import DataFrame

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Breaks:
    """Where burns break the smoothness: B instants with the states before and after, GCRF, in time order."""

    elapsed_s: Array  # (B,)
    position_m: Array  # (B, 3)
    velocity_before_m_s: Array  # (B, 3)
    velocity_after_m_s: Array  # (B, 3)

    def __len__(self) -> int:
        return len(self.elapsed_s)


def no_breaks() -> Breaks:
    """A path without burns."""
    return Breaks(np.empty(0), np.empty((0, 3)), np.empty((0, 3)), np.empty((0, 3)))


@dataclass(frozen=True, slots=True)
class Ephemeris:
    """States over N samples in GCRF and ITRF, with the Sun. Arrays are read-only."""

    epoch: datetime
    elapsed_s: Array
    position_m: Array  # (N, 3), GCRF
    velocity_m_s: Array  # (N, 3), GCRF
    position_itrf_m: Array  # (N, 3)
    velocity_itrf_m_s: Array  # (N, 3), relative to the turning Earth
    sun_direction: Array  # (N, 3), GCRF, unit
    sun_distance_m: Array
    forces: Forces
    earth_orientation_until: date
    space_weather_until: date
    notes: tuple[str, ...]
    mass_kg: Array  # (N,)
    breaks: Breaks

    @property
    def duration_days(self) -> float:
        """Time covered [d]."""
        return float(self.elapsed_s[-1] - self.elapsed_s[0]) / DAY_S

    def at(self, times: Sequence[datetime] | Array, frame: Frame = "GCRF") -> tuple[Array, Array]:
        """Positions [m] and velocities [m/s] between the samples, shape (M, 3) each.

        A polynomial of degree 7 through four samples: in low orbit, with samples 60 s apart, off by
        micrometers, and by millimeters where Ap or the shadow jump between them; not across burns. At the
        instant of an impulse the velocity is that after it.

        Parameters
        ----------
        times : sequence of datetime, or array of seconds since the epoch
            Inside the time covered.
        frame : {'GCRF', 'EME2000', 'ITRF', 'TEME'}

        Raises
        ------
        ValueError
            For times outside, naming the first of them; for a frame of another name.
        """
        elapsed = np.array(
            [elapsed_from_datetime(self.epoch, t) if isinstance(t, datetime) else float(t) for t in times]
        )
        outside = (elapsed < self.elapsed_s[0]) | (elapsed > self.elapsed_s[-1])
        if outside.any():
            first = float(elapsed[outside][0])
            raise ValueError(
                f"{first:.3f} s after the epoch is outside the {self.elapsed_s[0]:.3f} to "
                f"{self.elapsed_s[-1]:.3f} s that are covered"
            )
        position, velocity = np.empty((len(elapsed), 3)), np.empty((len(elapsed), 3))
        span = np.searchsorted(self.breaks.elapsed_s, elapsed, side="right")
        for number in np.unique(span):
            inside = span == number
            position[inside], velocity[inside] = self._smooth(int(number), elapsed[inside])
        return self._turned(elapsed, position, velocity, frame)

    def state_in(self, frame: Frame) -> tuple[Array, Array]:
        """Positions [m] and velocities [m/s] of all samples in a named frame, shape (N, 3) each.

        GCRF; ITRF with the velocity relative to the turning Earth; TEME, true equator and mean equinox, the
        frame of SGP4.

        Raises
        ------
        ValueError
            For a frame of another name.
        """
        if frame == "ITRF":
            return self.position_itrf_m, self.velocity_itrf_m_s
        return self._turned(self.elapsed_s, self.position_m, self.velocity_m_s, frame)

    def to_dataframe(self, frame: Frame = "GCRF") -> "DataFrame":
        """The samples as a pandas table: UTC index, positions [km], velocities [km/s], mass [kg].

        `attrs` names the frame and the models.

        Raises
        ------
        ModuleNotFoundError
            Where pandas, which nothing else here needs, is not installed.
        """
        try:
            import pandas as pd
        except ModuleNotFoundError as error:
            raise ModuleNotFoundError(
                "to_dataframe() needs pandas, which is not installed: pip install cosmodrome[pandas]"
            ) from error
        position, velocity = self.state_in(frame)
        index = pd.to_datetime(self.epoch) + pd.to_timedelta(self.elapsed_s, unit="s")
        columns = {f"{axis}_km": position[:, k] / 1e3 for k, axis in enumerate("xyz")}
        columns |= {f"v{axis}_km_s": velocity[:, k] / 1e3 for k, axis in enumerate("xyz")}
        table = pd.DataFrame(columns | {"mass_kg": self.mass_kg}, index=index.rename("utc"))
        table.attrs = {"frame": frame, "forces": self.forces.conventions, "notes": self.notes}
        return table

    def _smooth(self, number: int, elapsed: Array) -> tuple[Array, Array]:
        """States in the span before break `number`, or after the last."""
        count = len(self.breaks)
        if count == 0:
            return hermite_state(self.elapsed_s, self.position_m, self.velocity_m_s, elapsed)
        breaks = self.breaks
        first = breaks.elapsed_s[number - 1] if number > 0 else -np.inf
        last = breaks.elapsed_s[number] if number < count else np.inf
        kept = (self.elapsed_s > first) & (self.elapsed_s < last)
        times, position, velocity = [self.elapsed_s[kept]], [self.position_m[kept]], [self.velocity_m_s[kept]]
        if number > 0:
            times.insert(0, breaks.elapsed_s[number - 1 : number])
            position.insert(0, breaks.position_m[number - 1 : number])
            velocity.insert(0, breaks.velocity_after_m_s[number - 1 : number])
        if number < count:
            times.append(breaks.elapsed_s[number : number + 1])
            position.append(breaks.position_m[number : number + 1])
            velocity.append(breaks.velocity_before_m_s[number : number + 1])
        return hermite_state(
            np.concatenate(times), np.concatenate(position), np.concatenate(velocity), elapsed
        )

    def _turned(self, elapsed: Array, position: Array, velocity: Array, frame: Frame) -> tuple[Array, Array]:
        """GCRF states in another frame."""
        if frame == "GCRF":
            return position, velocity
        return turned_states(
            self.epoch, elapsed, (position, velocity), ("GCRF", frame), read_earth_orientation()
        )

    def __repr__(self) -> str:
        return f"<Ephemeris {len(self.elapsed_s)} samples over {self.duration_days:.2f} days>"
