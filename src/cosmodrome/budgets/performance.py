"""Payload performance: how fine and how wide the imager sees, how often the targets, how much a day."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.imager import Imager
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.target_access import GroundTarget, TargetAccess, target_accesses
from cosmodrome.operations.timeline import ModeTimeline, part_fraction
from cosmodrome.orbit.coverage import SensorLimits
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.imaging import (
    diffraction_limit_rad,
    ground_angle_rad,
    ground_sample_distance_m,
    ground_speed_m_s,
    pixel_angle_rad,
    swath_m,
)

_MINUTE_S = 60.0
_TO_THE_HORIZON = 0.999  # there a pixel has no end


@dataclass(frozen=True, slots=True)
class TargetPerformance:
    """Opportunities to image one target in the light, turning the satellite as far as it may."""

    name: str
    opportunities_count: int
    opportunities_per_day_count: float
    mean_revisit_days: float | None  # between the middles of two; None with fewer than two
    longest_revisit_days: float  # before the first and after the last counted too
    least_off_nadir_deg: float | None
    wait_start: datetime | None = None  # of the longest revisit
    wait_end: datetime | None = None

    def __repr__(self) -> str:
        return f"<TargetPerformance {self.name}: {self.opportunities_per_day_count:.2f} a day>"


@dataclass(frozen=True, slots=True)
class PerformanceBudget:
    """What the imager delivers from the target orbit; sample distances from the apogee, swath the perigee."""

    ground_sample_distance_m: float  # at the nadir
    tilted_sample_distance_m: float | None  # at the largest off-nadir angle; None where it misses the Earth
    diffraction_m: float  # radius of the first dark ring on the ground, at the nadir
    optical_sampling_ratio: float  # lambda F / (D p): at 2 the pixels sample all that the optics let through
    swath_km: float  # at the nadir
    reach_km: float | None  # of the nadir's track to either side, by turning; None to the horizon
    line_rate_hz: float
    raw_rate_mbit_s: float  # after compression
    declared_rate_mbit_s: float  # of the imager, with the largest of its modes
    imaging_min_per_day: float
    imaged_area_km2_per_day: float
    targets: tuple[TargetPerformance, ...]
    duration_days: float  # over which targets were looked for

    @property
    def longest_revisit_days(self) -> float | None:
        """Of the target that waits longest [days]; None without targets."""
        return max((target.longest_revisit_days for target in self.targets), default=None)

    def __repr__(self) -> str:
        return f"<PerformanceBudget {self.ground_sample_distance_m:.3g} m over {self.swath_km:.3g} km>"


def performance_budget(
    mission: Mission,
    satellite: Satellite,
    ephemeris: Ephemeris,
    timeline: ModeTimeline,
    opportunities: Sequence[TargetAccess],
) -> PerformanceBudget | None:
    """Work out what the imager sees from the target orbit, and when it sees the targets.

    Parameters
    ----------
    mission : Mission
        Target orbit and imaging targets.
    satellite : Satellite
        Its imager.
    ephemeris : Ephemeris
        The orbit flown.
    timeline : ModeTimeline
        When the modes with the imager are on.
    opportunities : sequence of TargetAccess
        From `target_opportunities`.

    Returns
    -------
    PerformanceBudget or None
        None without an imager.

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., sections 5.2, 7.2 and 9.3.
    """
    imager = satellite.imager
    if imager is None:
        return None
    high_m, low_m = 1e3 * mission.target.apogee_altitude_km, 1e3 * mission.target.perigee_altitude_km
    pixel_rad = pixel_angle_rad(imager.pixel_pitch_um, 1e3 * imager.focal_length_mm)
    ring_rad = diffraction_limit_rad(imager.aperture_mm, 1e-6 * imager.wavelength_nm)
    fine_m = ground_sample_distance_m(high_m, pixel_rad)
    horizon_rad = math.asin(EARTH_EQUATORIAL_RADIUS_M / (EARTH_EQUATORIAL_RADIUS_M + low_m))
    swath = swath_m(low_m, min(imager.field_of_view_rad, _TO_THE_HORIZON * 2 * horizon_rad))
    tilt_rad = math.radians(imager.max_off_nadir_deg)
    sees_earth = math.sin(tilt_rad) < _TO_THE_HORIZON * EARTH_EQUATORIAL_RADIUS_M / (
        EARTH_EQUATORIAL_RADIUS_M + high_m
    )
    speed = ground_speed_m_s(low_m)
    line_rate = speed / ground_sample_distance_m(low_m, pixel_rad)
    bits = imager.pixels_count * imager.bands_count * imager.bits_count / imager.compression_ratio
    seconds_per_day, declared = _imaging(satellite, imager, timeline)
    return PerformanceBudget(
        ground_sample_distance_m=fine_m,
        tilted_sample_distance_m=ground_sample_distance_m(high_m, pixel_rad, tilt_rad)
        if sees_earth
        else None,
        diffraction_m=high_m * ring_rad,
        optical_sampling_ratio=ring_rad / 1.22 / pixel_rad,
        swath_km=swath / 1e3,
        reach_km=EARTH_EQUATORIAL_RADIUS_M * ground_angle_rad(low_m, tilt_rad) / 1e3 if sees_earth else None,
        line_rate_hz=line_rate,
        raw_rate_mbit_s=bits * line_rate / 1e6,
        declared_rate_mbit_s=declared,
        imaging_min_per_day=seconds_per_day / _MINUTE_S,
        imaged_area_km2_per_day=swath * speed * seconds_per_day / 1e6,
        targets=_targets(mission, opportunities, ephemeris),
        duration_days=ephemeris.duration_days,
    )


def _imaging(satellite: Satellite, imager: Imager, timeline: ModeTimeline) -> tuple[float, float]:
    """Seconds a day in which the imager is on by the mode timeline, and its rate with that of its modes."""
    rates = [mode.data_rate_mbit_s for mode in satellite.modes if imager.component in mode.components]
    part = next(part for part in satellite.components if part.name == imager.component)
    if not rates:
        return 0.0, 0.0
    on_s = float(part_fraction(timeline, satellite, part) @ timeline.step_s)
    return on_s / timeline.duration_s * DAY_S, max(rates) + part.count * part.data_rate_mbit_s


def target_opportunities(mission: Mission, ephemeris: Ephemeris) -> tuple[TargetAccess, ...]:
    """Accesses to the targets of the mission file; with an imager in the light, within what it is turned to.

    Parameters
    ----------
    mission : Mission
        Targets, each with its least elevation, and the satellite's imager; none without a satellite.
    ephemeris : Ephemeris
        The orbit flown.
    """
    if mission.satellite is None:
        return ()
    places = [
        GroundTarget(
            one.name, one.latitude_deg, one.longitude_deg, minimum_elevation_deg=one.minimum_elevation_deg
        )
        for one in mission.requirements.imaging_targets
    ]
    return target_accesses(ephemeris, places, sensor_limits(mission.satellite))


def sensor_limits(satellite: Satellite) -> SensorLimits:
    """How far the imager may look off the nadir, and the light that it needs; none without an imager."""
    imager = satellite.imager
    if imager is None:
        return SensorLimits()
    half_cone_deg = math.degrees(imager.field_of_view_rad) / 2 + imager.max_off_nadir_deg
    return SensorLimits(
        half_cone_deg=min(half_cone_deg, 90.0), minimum_sun_elevation_deg=imager.minimum_sun_elevation_deg
    )


def _targets(
    mission: Mission, seen: Sequence[TargetAccess], ephemeris: Ephemeris
) -> tuple[TargetPerformance, ...]:
    """Opportunities target by target."""
    span = (float(ephemeris.elapsed_s[0]), float(ephemeris.elapsed_s[-1]))
    return tuple(
        _seen(place.name, [one for one in seen if one.target == place.name], ephemeris, span)
        for place in mission.requirements.imaging_targets
    )


def _seen(
    name: str, accesses: Sequence[TargetAccess], ephemeris: Ephemeris, span: tuple[float, float]
) -> TargetPerformance:
    """Times between opportunities of one target."""
    at = [(access.best - ephemeris.epoch).total_seconds() for access in accesses]
    gaps = np.diff([span[0], *at, span[1]]) / DAY_S
    edges, longest = [span[0], *at, span[1]], int(np.argmax(gaps))
    days = (span[1] - span[0]) / DAY_S
    return TargetPerformance(
        name=name,
        opportunities_count=len(at),
        opportunities_per_day_count=len(at) / days,
        mean_revisit_days=float(gaps[1:-1].mean()) if len(at) > 1 else None,
        longest_revisit_days=float(gaps.max()),
        least_off_nadir_deg=min((access.off_nadir_deg for access in accesses), default=None),
        wait_start=ephemeris.epoch + timedelta(seconds=float(edges[longest])),
        wait_end=ephemeris.epoch + timedelta(seconds=float(edges[longest + 1])),
    )
