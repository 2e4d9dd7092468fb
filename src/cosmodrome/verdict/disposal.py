"""Stay up for the working life, come down within the rule, have the propellant for both."""

from cosmodrome.budgets.delta_v import DeltaVBudget
from cosmodrome.budgets.disposal import DisposalBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check
from cosmodrome.verdict.disposal_terms import after_terms, decay_terms, delta_v_terms


def disposal_checks(
    mission: Mission, disposal: DisposalBudget, delta_v: DeltaVBudget | None
) -> tuple[Check, ...]:
    """Stay up for the working life, come down within the rule, have the propellant for both."""
    working, rule = disposal.working_life_years, disposal.rule_years
    asked = mission.requirements.solar_activity
    flown, judged = asked or "high", asked or "mean"
    shortest = disposal.lifetime_years(flown)
    stay = Check(
        name="orbital lifetime",
        title=f"orbital lifetime, {flown} solar activity",
        required=working,
        achieved=shortest,
        unit="years",
        sense="at least",
        best_estimate=disposal.lifetime_years("mean"),
        allowance=disposal.lifetime_years("mean") - shortest,
        policy=f"natural decay at {flown} solar activity outlasts the working life",
        source="orbit-averaged decay, MSIS 2.1",
        detail="lifetime table",
        advice="a higher orbit, less area in the flow, or propellant that holds the orbit",
        derivation=decay_terms(mission, disposal),
    )
    remaining = disposal.remaining_years(judged)
    others = ", ".join(
        f"{case} {disposal.remaining_years(case):.1f}" for case in ("low", "mean", "high") if case != judged
    )
    fall = Check(
        name="disposal",
        title="time to re-entry after the mission",
        required=rule,
        achieved=remaining,
        unit="years",
        sense="at most",
        best_estimate=remaining,
        allowance=0.0,
        policy=f"{rule:g}-year rule at {judged} solar activity; {others} years",
        source="orbit-averaged decay, MSIS 2.1",
        detail="lifetime table",
        advice="a lower orbit, more area after the mission, or propellant that lowers the perigee",
        derivation=(*decay_terms(mission, disposal), *after_terms(mission, disposal, delta_v)),
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
        f"maneuvers, {100 * mission.policy.delta_v_allowance_margin_fraction:.0f} % on allowances and on "
        "numbers without an analysis",
        source=f"{_how(delta_v)}; rocket equation on the dry mass with growth and system margin",
        detail="delta-v table",
        advice="more propellant, a higher specific impulse, or less mass",
        derivation=delta_v_terms(mission, delta_v),
    )


def _how(delta_v: DeltaVBudget) -> str:
    """How disposal is flown."""
    if delta_v.propulsion.kind == "chemical":
        return "disposal by an impulse at the apogee"
    duty = delta_v.propulsion.thrust_duty_fraction
    return f"disposal by thrust along an arc about the apogee, {100 * duty:g} % of each revolution"
