"""Electric propulsion in time: thrust against drag, days of thrust, and the mode that lets it thrust."""

from cosmodrome.budgets.delta_v import DeltaVBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.constants import DAY_S, JULIAN_YEAR_S
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term


def thrust_checks(mission: Mission, budgets: Budgets) -> tuple[Check, ...]:
    """Whether electric propulsion is strong enough and on for long enough; none for short burns."""
    delta_v = budgets.delta_v
    if delta_v is None or delta_v.mean_thrust_n is None or delta_v.required_m_s <= 0:
        return ()
    checks = [_time_check(mission, delta_v)]
    if delta_v.largest_force_n is not None:
        checks.append(_force_check(mission, delta_v, delta_v.largest_force_n))
    if budgets.thruster_duty_fraction is not None:
        checks.append(_duty_check(delta_v, budgets.thruster_duty_fraction))
    return tuple(checks)


def _force_check(mission: Mission, delta_v: DeltaVBudget, drag_n: float) -> Check:
    margin = mission.policy.delta_v_margin_fraction
    drag_line = next(line for line in delta_v.lines if line.maneuver.largest_force_n == drag_n)
    parts = (
        Term(part.name, part.value, part.unit, "", part.source, part.formula_id)
        for part in drag_line.maneuver.ingredients
        if part.name in ("dynamic pressure, largest month", "drag coefficient", "drag area")
    )
    required = Term(
        "required", 1e3 * drag_n * (1 + margin), "mN", f"drag × (1 + {margin:g})", mission.policy.name
    )
    return Check(
        name="thrust",
        title="mean thrust against drag, most active month",
        required=required.value,
        achieved=1e3 * (delta_v.mean_thrust_n or 0.0),
        unit="mN",
        sense="at least",
        best_estimate=1e3 * drag_n,
        allowance=1e3 * drag_n * margin,
        policy=f"{mission.policy.name}: {100 * margin:.0f} % on computed maneuvers; every month counts",
        source=f"drag on the target orbit, {drag_line.source}",
        detail="delta-v table",
        advice="more thrust, a longer duty, less area in the flow, or a higher orbit",
        derivation=(
            *parts,
            Term("drag", 1e3 * drag_n, "mN", "dynamic pressure × C_D × drag area"),
            required,
            *_thrust_terms(delta_v),
        ),
    )


def _thrust_terms(delta_v: DeltaVBudget) -> tuple[Term, ...]:
    thrust_n, duty = delta_v.propulsion.thrust_n or 0.0, delta_v.propulsion.thrust_duty_fraction
    return (
        Term("thrust", 1e3 * thrust_n, "mN", source="mission file"),
        Term("duty of thrust", duty, "", source="mission file"),
        Term("mean thrust", 1e3 * thrust_n * duty, "mN", "thrust × duty"),
    )


def _time_check(mission: Mission, delta_v: DeltaVBudget) -> Check:
    """Over the working life; the time for disposal is part of the disposal check."""
    all_days, last_days = delta_v.thrust_days or 0.0, delta_v.disposal_thrust_days or 0.0
    life_years = mission.requirements.lifetime_years
    best_days = (all_days - last_days) * _share(delta_v)
    return Check(
        name="thrusting time",
        title="thrusting time within the working life",
        required=life_years * JULIAN_YEAR_S / DAY_S,
        achieved=all_days - last_days,
        unit="days",
        sense="at most",
        best_estimate=best_days,
        allowance=all_days - last_days - best_days,
        policy=f"{mission.policy.name}: margins on maneuvers; disposal has its own time, after the mission",
        source="propellant of the maneuvers at the mean thrust",
        detail="delta-v table",
        advice="more thrust, a longer duty, or fewer maneuvers",
        derivation=(
            Term("required delta-v", delta_v.required_m_s, "m/s", "see the delta-v check"),
            Term("propellant that would do", delta_v.required_propellant_kg, "kg", "see the delta-v check"),
            Term("specific impulse", delta_v.propulsion.specific_impulse_s, "s", source="mission file"),
            *_thrust_terms(delta_v),
            Term(
                "days of thrust in all",
                all_days,
                "days",
                "propellant × Isp g0 / mean thrust",
                formula_id=_TIME,
            ),
            Term(
                "of these for disposal",
                last_days,
                "days",
                "propellant of its line, burned last",
                formula_id=_TIME,
            ),
            Term("days of thrust in the life", all_days - last_days, "days", "in all − for disposal"),
            Term("working life", life_years, "years", source="requirements"),
        ),
    )


_TIME = "budgets.delta_v.thrust_days"


def _share(delta_v: DeltaVBudget) -> float:
    """Of the maneuvers with margin, what they are without."""
    with_margin_m_s = sum(line.required_m_s for line in delta_v.lines[:-1])
    return delta_v.maneuvers_m_s / with_margin_m_s if with_margin_m_s > 0 else 1.0


def _duty_check(delta_v: DeltaVBudget, on_fraction: float) -> Check:
    asked = delta_v.propulsion.thrust_duty_fraction
    name = delta_v.propulsion.component
    return Check(
        name="thrust duty",
        title="duty of the thruster in the modes",
        required=asked,
        achieved=on_fraction,
        unit="",
        sense="at least",
        best_estimate=on_fraction,
        allowance=0.0,
        policy="the power and heat budgets count the thruster for as long as it thrusts",
        source="modes over the first month",
        detail="modes that name the thruster",
        advice="a mode that has the thruster on for longer, or a smaller thrust_duty_fraction",
        derivation=(
            Term("duty of thrust", asked, "", source="thrust_duty_fraction of [satellite.propulsion]"),
            Term("on in the modes", on_fraction, "", f"share of the first month that modes have {name} on"),
        ),
    )
