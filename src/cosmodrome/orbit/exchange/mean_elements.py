"""Mean elements of SGP4, as two-line elements and Orbit Mean-Elements Messages hold them."""

from dataclasses import dataclass
from datetime import UTC, datetime
from math import pi, radians

import numpy as np
from numpy.typing import NDArray
from sgp4.api import SGP4_ERRORS, WGS72, Satrec

from cosmodrome.constants import DAY_S
from cosmodrome.orbit.exchange.states import StateSeries

Array = NDArray[np.float64]

_SGP4_ZERO = datetime(1949, 12, 31, tzinfo=UTC)
_MINUTES_PER_DAY = 1440.0


@dataclass(frozen=True, slots=True)
class MeanElements:
    """Mean elements in TEME at an instant in UTC, for SGP4 with WGS-72 alone.

    The rates of the mean motion are those of a TLE: half the first derivative and a sixth of the second.
    SGP4 does not use them.
    """

    object_name: str
    object_id: str  # international designator, such as 1998-067A
    catalog_number: int
    epoch: datetime
    mean_motion_rev_per_day: float
    eccentricity: float
    inclination_deg: float
    raan_deg: float
    argument_of_perigee_deg: float
    mean_anomaly_deg: float
    bstar: float
    mean_motion_dot_rev_per_day2: float = 0.0
    mean_motion_ddot_rev_per_day3: float = 0.0
    classification: str = "U"
    ephemeris_type: int = 0
    element_set_number: int = 999
    revolution_number: int = 0

    def __repr__(self) -> str:
        return (
            f"<MeanElements {self.catalog_number} {self.object_name} {self.epoch:%Y-%m-%dT%H:%M:%S} "
            f"n {self.mean_motion_rev_per_day:.8f} rev/day, e {self.eccentricity:.7f}, "
            f"i {self.inclination_deg:.4f} deg>"
        )


def sgp4_record(elements: MeanElements) -> Satrec:
    """What the package `sgp4` propagates: WGS-72, improved mode.

    References
    ----------
    Vallado, Crawford, Hujsak and Kelso (2006), *Revisiting Spacetrack Report #3*, AIAA 2006-6753.
    """
    per_minute = 2 * pi / _MINUTES_PER_DAY
    record = Satrec()
    record.sgp4init(
        WGS72,
        "i",
        min(elements.catalog_number, 339_999),
        (elements.epoch - _SGP4_ZERO).total_seconds() / DAY_S,
        elements.bstar,
        elements.mean_motion_dot_rev_per_day2 * per_minute / _MINUTES_PER_DAY,
        elements.mean_motion_ddot_rev_per_day3 * per_minute / _MINUTES_PER_DAY**2,
        elements.eccentricity,
        radians(elements.argument_of_perigee_deg),
        radians(elements.inclination_deg),
        radians(elements.mean_anomaly_deg),
        elements.mean_motion_rev_per_day * per_minute,
        radians(elements.raan_deg),
    )
    return record


def sgp4_states(elements: MeanElements, elapsed_s: Array) -> StateSeries:
    """States by SGP4 at times since the elements' epoch.

    Parameters
    ----------
    elements : MeanElements
        Of an orbit about the Earth.
    elapsed_s : Array, shape (N,)
        Since the epoch [s].

    Returns
    -------
    StateSeries
        In TEME; some km from the truth after a day in low orbit.

    Raises
    ------
    ValueError
        If SGP4 refuses the elements at one of the times, with its reason.

    References
    ----------
    Vallado, Crawford, Hujsak and Kelso (2006), AIAA 2006-6753. Its verification cases are in tests/reference.

    Examples
    --------
    The paper's first verification case, satellite 00005 at its epoch: x = 7022.46529266 km.

    >>> vanguard = MeanElements("VANGUARD 1", "1958-002B", 5, datetime(2000, 6, 27, 18, 50, 19, 733568, UTC),
    ...     10.82419157, 0.1859667, 34.2682, 348.7242, 331.7664, 19.3264, 2.8098e-5)
    >>> round(float(sgp4_states(vanguard, np.zeros(1)).position_m[0, 0]) / 1e3, 6)
    7022.465293
    """
    elapsed = np.atleast_1d(np.asarray(elapsed_s, dtype=float))
    record = sgp4_record(elements)
    results = [record.sgp4_tsince(seconds / 60.0) for seconds in elapsed.tolist()]
    for seconds, (error, _, _) in zip(elapsed, results, strict=True):
        if error:
            raise ValueError(
                f"SGP4 ends {float(seconds) / DAY_S:.3f} days from the epoch of {elements.object_name} "
                f"({elements.catalog_number}): {SGP4_ERRORS[error]}"
            )
    arrays = elapsed, 1e3 * np.array([r for _, r, _ in results]), 1e3 * np.array([v for _, _, v in results])
    for array in arrays:
        array.setflags(write=False)
    return StateSeries(
        object_name=elements.object_name,
        object_id=elements.object_id,
        center="EARTH",
        frame="TEME",
        epoch=elements.epoch,
        elapsed_s=arrays[0],
        position_m=arrays[1],
        velocity_m_s=arrays[2],
    )
