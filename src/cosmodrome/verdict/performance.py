"""See fine enough, wide enough and often enough."""

import math
from collections.abc import Iterator

from cosmodrome.budgets.performance import PerformanceBudget
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.imager import Imager
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Sense, Term


def performance_checks(mission: Mission, performance: PerformanceBudget) -> tuple[Check, ...]:
    """Sample distance, swath and revisit, where they are asked for."""
    return tuple(_checks(mission, performance))


def _checks(mission: Mission, performance: PerformanceBudget) -> Iterator[Check]:
    asked, imager = mission.requirements, mission.satellite.imager if mission.satellite is not None else None
    if imager is None:
        return
    if asked.ground_sample_distance_m is not None:
        yield _check(
            ("ground sample distance", "ground sample distance at the nadir", "m"), "at most",
            (asked.ground_sample_distance_m, performance.ground_sample_distance_m),
            "a longer focal length, or a lower orbit", tuple(_sample_terms(mission, imager, performance)),
        )  # fmt: skip
    if asked.swath_km is not None:
        yield _check(
            ("swath", "swath at the nadir", "km"), "at least",
            (asked.swath_km, performance.swath_km), "more pixels, or a shorter focal length",
            tuple(_swath_terms(mission, imager, performance)),
        )  # fmt: skip
    longest_days = performance.longest_revisit_days
    if asked.revisit_days is not None and longest_days is not None:
        worst = max(performance.targets, key=lambda one: one.longest_revisit_days)
        yield _check(
            ("revisit", f"longest wait to image a target, {worst.name}", "days"), "at most",
            (asked.revisit_days, longest_days), "more satellites, another orbit, or a larger off-nadir angle",
            tuple(_revisit_terms(mission, imager, performance)),
        )  # fmt: skip


def _sample_terms(mission: Mission, imager: Imager, performance: PerformanceBudget) -> Iterator[Term]:
    """A pixel and a point's image on the ground."""
    told = imager.source or "mission file"
    high = "apogee above the equatorial radius" if not _is_circular(mission) else "mission file"
    yield Term("altitude, h", mission.target.apogee_altitude_km, "km", source=high)
    yield Term("aperture, D", imager.aperture_mm, "mm", source=told)
    yield Term("wavelength, λ", imager.wavelength_nm, "nm", source=told)
    yield Term(
        "diffraction, for comparison", performance.diffraction_m, "m", "1.22 λ h / D: first dark ring",
        formula_id="physics.imaging.diffraction_limit_rad",
    )  # fmt: skip
    yield Term("pixel pitch, p", imager.pixel_pitch_um, "µm", source=told)
    yield Term("focal length, f", imager.focal_length_mm, "mm", source=told)
    yield Term(
        "sample distance", performance.ground_sample_distance_m, "m", "h p / f",
        formula_id="physics.imaging.ground_sample_distance_m",
    )  # fmt: skip


def _is_circular(mission: Mission) -> bool:
    return mission.target.apogee_altitude_km == mission.target.perigee_altitude_km


def _swath_terms(mission: Mission, imager: Imager, performance: PerformanceBudget) -> Iterator[Term]:
    """The field of view on the sphere."""
    told = imager.source or "mission file"
    low = "perigee above the equatorial radius" if not _is_circular(mission) else "mission file"
    yield Term("altitude, h", mission.target.perigee_altitude_km, "km", source=low)
    yield Term("radius of the Earth, R", EARTH_EQUATORIAL_RADIUS_M / 1e3, "km", source="WGS-84, equator")
    yield Term("pixels across the track, N", imager.pixels_count, "pixels", source=told)
    yield Term("pixel pitch, p", imager.pixel_pitch_um, "µm", source=told)
    yield Term("focal length, f", imager.focal_length_mm, "mm", source=told)
    half_deg = math.degrees(imager.field_of_view_rad) / 2
    yield Term("half field of view, η", half_deg, "°", "atan(N p / (2 f))")
    yield Term(
        "swath", performance.swath_km, "km", "2 R (asin((R + h) / R × sin η) − η), the angle in radians",
        formula_id="physics.imaging.swath_m",
    )  # fmt: skip


def _revisit_terms(mission: Mission, imager: Imager, performance: PerformanceBudget) -> Iterator[Term]:
    """Target by target, the longest wait last."""
    pixels = f"{imager.pixels_count} × {imager.pixel_pitch_um:g} µm"
    view = f"atan({pixels} / (2 × {imager.focal_length_mm:g} mm))"
    told, rule = imager.source or "mission file", "operations.target_access.target_accesses"
    yield Term("off nadir, at most", imager.max_off_nadir_deg, "°", source=told)
    yield Term("half field of view", math.degrees(imager.field_of_view_rad) / 2, "°", view)
    yield Term("Sun's elevation, at least", imager.minimum_sun_elevation_deg, "°", source=told)
    for place in mission.requirements.imaging_targets:
        where = f"least elevation; latitude {place.latitude_deg:g}°, longitude {place.longitude_deg:g}°"
        yield Term(f"over {place.name}", place.minimum_elevation_deg, "°", source=where)
    for one in sorted(performance.targets, key=lambda one: one.longest_revisit_days):
        count = f"{one.opportunities_count} opportunities in {performance.duration_days:.0f} days"
        if one.wait_start is not None and one.wait_end is not None:
            count += f"; longest wait {one.wait_start:%Y-%m-%d %H:%M} to {one.wait_end:%Y-%m-%d %H:%M} UTC"
        yield Term(f"wait for {one.name}", one.longest_revisit_days, "days", count, formula_id=rule)


def _check(
    what: tuple[str, str, str],
    sense: Sense,
    numbers: tuple[float, float],
    advice: str,
    terms: tuple[Term, ...],
) -> Check:
    (name, title, unit), (required, achieved) = what, numbers
    return Check(
        name=name,
        title=title,
        required=required,
        achieved=achieved,
        unit=unit,
        sense=sense,
        best_estimate=achieved,
        allowance=0.0,
        policy="none: geometry",
        source="imager against the target orbit and its ephemeris",
        detail="performance table",
        advice=advice,
        derivation=terms,
    )
