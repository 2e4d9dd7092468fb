"""Stay up for the working life, come down within the rule, have the propellant for both."""

from cosmodrome.budgets.delta_v import DeltaVBudget
from cosmodrome.budgets.disposal import DisposalBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term


def disposal_checks(
    mission: Mission, disposal: DisposalBudget, delta_v: DeltaVBudget | None
) -> tuple[Check, ...]:
    """Stay up for the working life, come down within the rule, have the propellant for both."""
    working, rule = disposal.working_life_years, disposal.rule_years
    shortest = disposal.lifetime_years("high")
    stay = Check(
        name="orbital lifetime",
        title="orbital lifetime, high solar activity",
        required=working,
        achieved=shortest,
        unit="years",
        sense="at least",
        best_estimate=disposal.lifetime_years("mean"),
        allowance=disposal.lifetime_years("mean") - shortest,
        policy="natural decay at high solar activity outlasts the working life",
        source="orbit-averaged decay, MSIS 2.1",
        detail="lifetime table",
        advice="a higher orbit, less area in the flow, or propellant that holds the orbit",
        derivation=_decay_terms(disposal),
    )
    remaining = disposal.remaining_years("mean")
    fall = Check(
        name="disposal",
        title="time to re-entry after the mission",
        required=rule,
        achieved=remaining,
        unit="years",
        sense="at most",
        best_estimate=remaining,
        allowance=0.0,
        policy=f"{rule:g}-year rule at mean solar activity; low {disposal.remaining_years('low'):.1f}, "
        f"high {disposal.remaining_years('high'):.1f} years",
        source="orbit-averaged decay, MSIS 2.1",
        detail="lifetime table",
        advice="a lower orbit, more area after the mission, or propellant that lowers the perigee",
        derivation=_decay_terms(disposal),
    )
    is_held = disposal.keeps_orbit and not stay.closes  # by its propellant, which the delta-v check judges
    checks = [fall] if is_held else [stay, fall]
    if delta_v is not None and delta_v.required_m_s > 0:
        checks.append(_delta_v_check(mission, delta_v))
    return tuple(checks)


def _delta_v_check(mission: Mission, delta_v: DeltaVBudget) -> Check:
    return Check(
        name="delta-v",
        title="delta-v for orbit keeping and disposal",
        required=delta_v.required_m_s,
        achieved=delta_v.available_m_s,
        unit="m/s",
        sense="at least",
        best_estimate=delta_v.best_estimate_m_s,
        allowance=delta_v.margin_m_s,
        policy=f"{mission.policy.name}: {100 * mission.policy.delta_v_margin_fraction:.0f} % on computed "
        f"maneuvers, {100 * mission.policy.delta_v_allowance_margin_fraction:.0f} % on allowances",
        source="impulse at apogee, rocket equation on the dry mass with allowances",
        detail="delta-v table",
        advice="more propellant, a higher specific impulse, or less mass",
        derivation=_delta_v_terms(mission, delta_v),
    )


def _decay_terms(disposal: DisposalBudget) -> tuple[Term, ...]:
    """Lifetimes by course of solar activity, and what is left after the working life."""
    courses = (
        Term(
            f"lifetime, {entry.case} activity",
            entry.lifetime_years,
            "years",
            f"orbit-averaged drag, mean F10.7 {entry.mean_flux_sfu:.0f} sfu"
            + (", at least" if entry.exceeds else ""),
        )
        for entry in disposal.cases
    )
    left = (
        Term(
            f"after the mission, {entry.case} activity",
            entry.with_propulsion_years,
            "years",
            f"{entry.natural_years:.3g} years if left alone",
        )
        for entry in disposal.after_mission
    )
    return (
        Term("drag area", disposal.areas.drag_area_m2, "m²", source=disposal.areas.drag_source),
        Term(
            "drag area after the mission",
            disposal.areas.disposal_area_m2,
            "m²",
            source=disposal.areas.disposal_source,
        ),
        Term("ballistic coefficient", disposal.ballistic_coefficient_kg_m2, "kg/m²", "m / (C_D A)"),
        *courses,
        Term("working life", disposal.working_life_years, "years", source="requirements"),
        *left,
    )


def _delta_v_terms(mission: Mission, delta_v: DeltaVBudget) -> tuple[Term, ...]:
    """What is asked of the propulsion line by line, and what its propellant is worth."""
    lines = (
        Term(
            f"{line.name}, with margin",
            line.required_m_s,
            "m/s",
            f"{line.best_estimate_m_s:.4g} m/s × (1 + {line.margin_fraction:g})",
            line.source,
        )
        for line in delta_v.lines
    )
    return (
        *lines,
        Term("required", delta_v.required_m_s, "m/s", "sum of the above", mission.policy.name),
        Term("propellant loaded", delta_v.loaded_propellant_kg, "kg", source="mission file"),
        Term("available", delta_v.available_m_s, "m/s", "Isp g0 ln((dry mass + propellant) / dry mass)"),
    )
