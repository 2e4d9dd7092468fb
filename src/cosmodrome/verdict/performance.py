"""See fine enough, wide enough and often enough."""

from collections.abc import Iterator

from cosmodrome.budgets.performance import PerformanceBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Sense, Term


def performance_checks(mission: Mission, performance: PerformanceBudget) -> tuple[Check, ...]:
    """Sample distance, swath and revisit, where they are asked for."""
    return tuple(_checks(mission, performance))


def _checks(mission: Mission, performance: PerformanceBudget) -> Iterator[Check]:
    asked, satellite = mission.requirements, mission.satellite
    source = satellite.imager.source if satellite is not None and satellite.imager is not None else ""
    if asked.ground_sample_distance_m is not None:
        fine_m = performance.ground_sample_distance_m
        yield _check(
            ("ground sample distance", "ground sample distance at the nadir", "m"), "at most",
            (asked.ground_sample_distance_m, fine_m), "a longer focal length, or a lower orbit",
            (Term("sample distance", fine_m, "m", "altitude × pixel pitch / focal length", source),
             Term("diffraction", performance.diffraction_m, "m", "1.22 λ h / D: first dark ring")),
        )  # fmt: skip
    if asked.swath_km is not None:
        yield _check(
            ("swath", "swath at the nadir", "km"), "at least",
            (asked.swath_km, performance.swath_km), "more pixels, or a shorter focal length",
            (Term("swath", performance.swath_km, "km", "field of view along the sphere", source),),
        )  # fmt: skip
    longest_days = performance.longest_revisit_days
    if asked.revisit_days is not None and longest_days is not None:
        worst = max(performance.targets, key=lambda one: one.longest_revisit_days)
        yield _check(
            ("revisit", f"longest wait to image a target, {worst.name}", "days"), "at most",
            (asked.revisit_days, longest_days), "more satellites, another orbit, or a larger off-nadir angle",
            tuple(Term(one.name, one.longest_revisit_days, "days",
                       f"{one.opportunities_count} opportunities in {performance.duration_days:.0f} days")
                  for one in performance.targets),
        )  # fmt: skip


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
