"""A year of beta angles from mean elements: when eclipses are longest, and when there are none."""

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M, JULIAN_YEAR_S
from cosmodrome.orbit.eclipses import beta_without_eclipse_rad, eclipse_durations_s
from cosmodrome.physics.elements import KeplerianElements, raan_drift_rate_rad_s
from cosmodrome.physics.events import Indices, find_intervals
from cosmodrome.physics.sun import sun_of_date_m
from cosmodrome.physics.time import datetime_from_elapsed

Array = NDArray[np.float64]

_STEP_S = 0.25 * DAY_S
_EDGE_TOLERANCE_S = 60.0
_LARGEST_ECCENTRICITY = 0.02


@dataclass(frozen=True, slots=True)
class Season:
    """A time without eclipse; one that the calendar cuts starts or ends with it."""

    start: datetime
    end: datetime

    @property
    def duration_days(self) -> float:
        """How long it lasts [d]."""
        return (self.end - self.start).total_seconds() / DAY_S

    def __repr__(self) -> str:
        return f"<Season {self.start:%Y-%m-%d} to {self.end:%Y-%m-%d}, {self.duration_days:.1f} days>"


@dataclass(frozen=True, slots=True)
class BetaCalendar:
    """Beta angle and the time in the cylindrical shadow per revolution, four times a day."""

    epoch: datetime
    elapsed_s: Array
    beta_angle_deg: Array
    eclipse_duration_s: Array
    beta_without_eclipse_deg: float
    eclipse_free: tuple[Season, ...]

    @property
    def longest_eclipse_s(self) -> float:
        """The longest eclipse [s]."""
        return float(self.eclipse_duration_s.max())

    @property
    def longest_eclipse_at(self) -> datetime:
        """When the eclipse is longest, to a quarter of a day."""
        return datetime_from_elapsed(self.epoch, float(self.elapsed_s[self.eclipse_duration_s.argmax()]))

    @property
    def eclipse_free_days(self) -> float:
        """Days without eclipse [d]."""
        return sum(season.duration_days for season in self.eclipse_free)

    def __repr__(self) -> str:
        low, high = float(self.beta_angle_deg.min()), float(self.beta_angle_deg.max())
        return (
            f"<BetaCalendar {low:.1f} to {high:.1f} deg, longest eclipse "
            f"{self.longest_eclipse_s / 60:.1f} min, {self.eclipse_free_days:.0f} days without>"
        )


def beta_calendar(
    mean: KeplerianElements, epoch: datetime, years: float = 1.0, *, raan_rate_rad_s: float | None = None
) -> BetaCalendar:
    """Beta angle, eclipse duration and eclipse-free seasons over the years, in milliseconds.

    The node drifts by J2 at a constant rate, the Sun is the true one; eclipses are those of a circular orbit
    in the Earth's cylindrical shadow, in the middle between umbra and penumbra: each of them is up to 10 s
    away in low orbit, more where beta is within some degrees of the angle without eclipse.

    Parameters
    ----------
    mean : KeplerianElements
        Mean elements from the mean equator and equinox of date; eccentricity up to 0.02.
    epoch : datetime
        Of the elements, and begin of the calendar.
    years : float
        How long [Julian years].
    raan_rate_rad_s : float, optional
        Drift of the node where a better one than J2's is known, such as that of
        `physics.secular_rates` (over a year in low orbit they are a degree apart) [rad/s].

    Returns
    -------
    BetaCalendar

    Raises
    ------
    ValueError
        For a duration that is not above 0, or a larger eccentricity.

    References
    ----------
    Wertz (ed.), *Space Mission Analysis and Design*, section 5.1; Vallado (2013), section 5.3.

    Examples
    --------
    FireSat (satellite_examples S-01): 35.3 min at most, whenever the Sun stands in the plane.

    >>> from datetime import UTC
    >>> firesat = KeplerianElements(7_078_137.0, 0.0, math.radians(55.0), 0.0, 0.0, 0.0)
    >>> round(beta_calendar(firesat, datetime(2027, 1, 1, tzinfo=UTC)).longest_eclipse_s / 60, 1)
    35.3
    """
    a, e, i = mean.semi_major_axis_m, mean.eccentricity, mean.inclination_rad
    _check(mean, years)
    rate = raan_drift_rate_rad_s(a, e, i) if raan_rate_rad_s is None else raan_rate_rad_s
    elapsed = np.linspace(0.0, years * JULIAN_YEAR_S, max(2, math.ceil(years * JULIAN_YEAR_S / _STEP_S) + 1))
    sun = sun_of_date_m(epoch, elapsed)
    sun /= np.linalg.norm(sun, axis=1)[:, None]

    def sine_of_beta(when: Array, direction: Array) -> Array:
        node = mean.raan_rad + rate * when
        normal = (math.sin(i) * np.sin(node), -math.sin(i) * np.cos(node), math.cos(i))
        return np.asarray(sum(direction[..., axis] * normal[axis] for axis in range(3)), dtype=float)

    least = math.sin(beta_without_eclipse_rad(a))

    def free(when: Array, _: Indices) -> Array:
        direction = np.stack([np.interp(when, elapsed, sun[:, axis]) for axis in range(3)], axis=-1)
        return np.abs(sine_of_beta(when, direction)) - least

    sine = sine_of_beta(elapsed, sun)
    found = find_intervals(elapsed, (np.abs(sine) - least)[None], free, _EDGE_TOLERANCE_S)
    beta = np.arcsin(np.clip(sine, -1.0, 1.0))
    arrays = elapsed, np.degrees(beta), eclipse_durations_s(a, beta)
    for array in arrays:
        array.setflags(write=False)
    seasons = tuple(
        Season(datetime_from_elapsed(epoch, start), datetime_from_elapsed(epoch, end))
        for start, end in zip(found.start_s.tolist(), found.end_s.tolist(), strict=True)
    )
    return BetaCalendar(epoch, *arrays, math.degrees(math.asin(least)), seasons)


def _check(mean: KeplerianElements, years: float) -> None:
    if not years > 0:
        raise ValueError(f"a calendar over {years:g} years was asked for; expected a duration above 0")
    if not mean.eccentricity <= _LARGEST_ECCENTRICITY:
        raise ValueError(
            f"the calendar's eclipses hold for eccentricities up to {_LARGEST_ECCENTRICITY}, given is "
            f"{mean.eccentricity:g}: propagate such an orbit and list its eclipses"
        )
    if not mean.semi_major_axis_m > EARTH_EQUATORIAL_RADIUS_M:
        raise ValueError(
            f"a semi-major axis of {mean.semi_major_axis_m / 1e3:g} km lies inside the Earth; expected more "
            f"than {EARTH_EQUATORIAL_RADIUS_M / 1e3:g} km (are its units meters?)"
        )
