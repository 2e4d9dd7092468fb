"""SGP4 elements that pass nearest to an ephemeris: least squares of the mean elements."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.orbit.exchange.mean_elements import MeanElements, sgp4_record
from cosmodrome.orbit.exchange.states import StateSeries, in_frame
from cosmodrome.physics.elements import KeplerianElements, keplerian_from_cartesian
from cosmodrome.physics.time import julian_date_from_datetime

Array = NDArray[np.float64]

_GM_WGS72_M3_S2 = 3.986008e14  # the one of SGP4
_EPOCH_STEP_US = 864  # one unit in the last column of a TLE's epoch, 1e-8 days
_MOST_SAMPLES = 400
_STAGES = (0.02, 0.15, 1.0)  # shares of the span, each fit starting from the one before
_DRAG_SPAN_DAYS = 0.5  # over less, drag and mean motion cannot be told apart
_DRAG_SCALE = 1e-4  # bstar in the unit of the other unknowns
_FAR = 1e7  # km, where SGP4 refuses a trial


@dataclass(frozen=True, slots=True)
class MeanElementsFit:
    """Elements and how far SGP4 with them is from what they were fitted to.

    The distances are those of the elements as a TLE writes them.
    """

    elements: MeanElements
    rms_m: float
    largest_m: float
    span_days: float

    @property
    def label(self) -> str:
        """One line for the reader of the elements."""
        return (
            f"approximate: SGP4 elements fitted over {self.span_days:.2f} days, rms {self.rms_m:.0f} m, "
            f"largest {self.largest_m:.0f} m from the ephemeris"
        )

    def __repr__(self) -> str:
        return f"<MeanElementsFit rms {self.rms_m:.0f} m over {self.span_days:.2f} days, {self.elements!r}>"


def fit_mean_elements(
    series: StateSeries, *, span_days: float = 1.0, catalog_number: int = 99_999
) -> MeanElementsFit:
    """Fit SGP4 to the positions of a series from its first instant on.

    Unknowns are mean motion, e cos w, e sin w, inclination, node, w + M and, over half a day or more, the
    drag term. The elements are then rounded to a TLE's columns. Angles there have 0.0001 deg, so no fit in
    low orbit is better than some 10 m.

    Parameters
    ----------
    series : StateSeries
        Earth-centered, with velocities, some 100 s or less between samples.
    span_days : float
        How much of the series to fit; SGP4 leaves a perturbed orbit by kilometers within days. [d]
    catalog_number : int
        To write; 99999 stands for an object without one.

    Returns
    -------
    MeanElementsFit

    Raises
    ------
    ValueError
        If the series has no velocities, fewer than 10 instants in the span, or is not an orbit of the Earth
        that SGP4 takes.

    References
    ----------
    Vallado and Crawford (2008), *SGP4 Orbit Determination*, AIAA 2008-6770.
    """
    from scipy.optimize import least_squares

    epoch = _epoch_of_tle(series.epoch + timedelta(seconds=float(series.elapsed_s[0])))
    since = series.elapsed_s + (series.epoch - epoch).total_seconds()
    inside = np.flatnonzero(since <= since[0] + span_days * DAY_S)
    if series.velocity_m_s is None or len(inside) < 10:
        raise ValueError("a fit of SGP4 needs states with velocities, at 10 instants or more")
    pick = inside[:: max(1, len(inside) // _MOST_SAMPLES)]
    teme = in_frame(series, "TEME")
    target_km, when_s = teme.position_m[pick] / 1e3, since[pick]
    drag = bool(when_s[-1] - when_s[0] >= _DRAG_SPAN_DAYS * DAY_S)
    unknowns = _start(teme)
    for share in _STAGES:
        part = max(int(share * len(when_s)), 10)
        free = np.arange(7 if drag and share == 1.0 else 6)

        def miss(trial: Array, part: int = part, free: NDArray[np.int_] = free) -> Array:
            whole = unknowns.copy()
            whole[free] = trial
            elements = _elements(whole, epoch, series, catalog_number)
            return (_positions_km(elements, when_s[:part]) - target_km[:part]).ravel()

        scale = np.array([1e-2, *5 * [1.0], 10.0])[free]
        unknowns[free] = least_squares(miss, unknowns[free], x_scale=scale, xtol=1e-12, ftol=1e-12).x
    elements = _rounded(_elements(unknowns, epoch, series, catalog_number))
    apart_m = 1e3 * np.linalg.norm(_positions_km(elements, when_s) - target_km, axis=1)
    if not apart_m.max() < 1e3 * _FAR:
        raise ValueError("SGP4 takes no elements of this orbit: it comes too low within the span of the fit")
    return MeanElementsFit(
        elements=elements,
        rms_m=float(np.sqrt(np.mean(apart_m**2))),
        largest_m=float(apart_m.max()),
        span_days=float(when_s[-1] - when_s[0]) / DAY_S,
    )


def _epoch_of_tle(instant: datetime) -> datetime:
    """Nearest instant that a TLE's epoch can state."""
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    microseconds = round((instant - midnight) / timedelta(microseconds=1))
    return midnight + timedelta(microseconds=round(microseconds / _EPOCH_STEP_US) * _EPOCH_STEP_US)


def _start(teme: StateSeries) -> Array:
    """Unknowns of the ellipse through the first state."""
    assert teme.velocity_m_s is not None
    orbit: KeplerianElements = keplerian_from_cartesian(
        teme.position_m[0].tolist(), teme.velocity_m_s[0].tolist(), _GM_WGS72_M3_S2
    )
    e, nu, w = orbit.eccentricity, orbit.true_anomaly_rad, orbit.argument_of_perigee_rad
    eccentric = 2 * np.arctan2(np.sqrt(1 - e) * np.sin(nu / 2), np.sqrt(1 + e) * np.cos(nu / 2))
    mean_motion = np.sqrt(_GM_WGS72_M3_S2 / orbit.semi_major_axis_m**3) * DAY_S / (2 * np.pi)
    mean_anomaly = eccentric - e * np.sin(eccentric)
    angles = orbit.inclination_rad, orbit.raan_rad, w + mean_anomaly
    return np.array([mean_motion, e * np.cos(w), e * np.sin(w), *angles, 0.0])


def _elements(unknowns: Array, epoch: datetime, series: StateSeries, catalog_number: int) -> MeanElements:
    mean_motion, along, across, inclination, raan, latitude, drag = unknowns.tolist()
    perigee = float(np.arctan2(across, along))
    turn = 2 * np.pi
    if inclination < 0:  # the same plane, seen from its other node
        inclination, raan, perigee, latitude = -inclination, raan + np.pi, perigee - np.pi, latitude - np.pi
    return MeanElements(
        object_name=series.object_name,
        object_id=series.object_id,
        catalog_number=catalog_number,
        epoch=epoch,
        mean_motion_rev_per_day=mean_motion,
        eccentricity=float(np.hypot(along, across)),
        inclination_deg=float(np.degrees(inclination)),
        raan_deg=float(np.degrees(raan % turn)),
        argument_of_perigee_deg=float(np.degrees(perigee % turn)),
        mean_anomaly_deg=float(np.degrees((latitude - perigee) % turn)),
        bstar=drag * _DRAG_SCALE,
    )


def _rounded(exact: MeanElements) -> MeanElements:
    """The same to the columns of a TLE."""

    def angle(value_deg: float) -> float:
        return round(value_deg, 4) % 360.0

    return MeanElements(
        object_name=exact.object_name,
        object_id=exact.object_id,
        catalog_number=exact.catalog_number,
        epoch=exact.epoch,
        mean_motion_rev_per_day=round(exact.mean_motion_rev_per_day, 8),
        eccentricity=round(exact.eccentricity, 7),
        inclination_deg=round(exact.inclination_deg, 4),
        raan_deg=angle(exact.raan_deg),
        argument_of_perigee_deg=angle(exact.argument_of_perigee_deg),
        mean_anomaly_deg=angle(exact.mean_anomaly_deg),
        bstar=float(f"{exact.bstar:.4e}") if abs(exact.bstar) > 1e-10 else 0.0,
    )


def _positions_km(elements: MeanElements, when_s: Array) -> Array:
    """Positions by SGP4 in TEME, far away where it refuses."""
    if not 0 <= elements.eccentricity < 1:
        return np.full((len(when_s), 3), _FAR)
    record = sgp4_record(elements)
    first, fraction = julian_date_from_datetime(elements.epoch)
    error, position, _ = record.sgp4_array(np.full(len(when_s), first), fraction + when_s / DAY_S)
    return np.where(error[:, None] != 0, _FAR, np.nan_to_num(position, nan=_FAR))
