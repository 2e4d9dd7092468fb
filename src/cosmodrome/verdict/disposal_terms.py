"""Lifetime, disposal and delta-v line by line, so that each line follows from those above it."""

from collections.abc import Iterator

from cosmodrome.budgets.delta_v import DeltaVBudget, DeltaVLine
from cosmodrome.budgets.disposal import AfterMission, DisposalBudget
from cosmodrome.budgets.lowering import LoweringBurn
from cosmodrome.constants import DAY_S, JULIAN_YEAR_S, STANDARD_GRAVITY_M_S2
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Term

_DECAY = "orbit.lifetime.lifetime_cases"


def decay_terms(mission: Mission, disposal: DisposalBudget) -> tuple[Term, ...]:
    """Lifetimes by course of solar activity, from launch and without maneuvers."""
    target, areas = mission.target, disposal.areas
    courses = (
        Term(
            f"lifetime, {entry.case} activity",
            entry.lifetime_years,
            "years",
            f"orbit-averaged drag, mean F10.7 {entry.mean_flux_sfu:.0f} sfu"
            + (", at least" if entry.exceeds else ""),
            formula_id=_DECAY,
        )
        for entry in disposal.cases
    )
    mass_source = "mass budget: what the air slows, without system margin and propellant"
    return (
        Term("perigee", target.perigee_altitude_km, "km", source="target orbit"),
        Term("apogee", target.apogee_altitude_km, "km", source="target orbit"),
        Term("inclination", target.inclination_deg, "°", source="target orbit"),
        Term("dry mass with growth", disposal.mass_kg, "kg", source=mass_source),
        Term("drag coefficient", disposal.drag_coefficient, "", source="mission file"),
        Term("drag area", areas.drag_area_m2, "m²", source=areas.drag_source),
        Term(
            "ballistic coefficient",
            disposal.ballistic_coefficient_kg_m2,
            "kg/m²",
            "dry mass with growth / (C_D × drag area)",
        ),
        *courses,
        Term("working life", disposal.working_life_years, "years", source="requirements"),
    )


def after_terms(mission: Mission, disposal: DisposalBudget, delta_v: DeltaVBudget | None) -> tuple[Term, ...]:
    """What is left of the orbit after the working life, alone and with what the propulsion does."""
    areas = disposal.areas
    terms = [
        Term(
            "dry mass with margin",
            disposal.heavy_mass_kg,
            "kg",
            source="mass budget: the heaviest comes down last, so growth and system margin count",
        ),
        Term("drag area after the mission", areas.disposal_area_m2, "m²", source=areas.disposal_source),
        Term(
            "ballistic coefficient after the mission",
            disposal.ballistic_coefficient_after_kg_m2,
            "kg/m²",
            "dry mass with margin / (C_D × drag area after the mission)",
        ),
        *(() if disposal.keeps_orbit else _heavy_lifetimes(disposal)),
        *(_alone(disposal, after) for after in disposal.after_mission),
    ]
    if disposal.disposal_perigee_altitude_km is not None:
        name, lowest_km = "perigee that would do", disposal.disposal_perigee_altitude_km
        terms.append(Term(name, lowest_km, "km", "highest that comes down within the rule, to 2 km"))
        if disposal.burn is not None and delta_v is not None:
            terms += _burn_terms(mission, disposal.burn, delta_v)
    for after in disposal.after_mission:
        terms += _finally(disposal, after)
    return tuple(terms)


def _heavy_lifetimes(disposal: DisposalBudget) -> Iterator[Term]:
    for entry in disposal.heavy_cases:
        how = "as above, with the mass with margin" + (", at least" if entry.exceeds else "")
        yield Term(
            f"lifetime with margin, {entry.case} activity",
            entry.lifetime_years,
            "years",
            how,
            formula_id=_DECAY,
        )


def _alone(disposal: DisposalBudget, after: AfterMission) -> Term:
    formula, made_by = "lifetime with margin − working life, not below 0", ""
    if disposal.keeps_orbit:
        formula, made_by = "decay from the target orbit at the end of the working life", _DECAY
    elif disposal.areas.disposal_area_m2 != disposal.areas.drag_area_m2:
        formula = "until the drag impulse still due is met with the other area"
        made_by = "budgets.disposal.disposal_budget"
    return Term(
        f"left alone, {after.case} activity", after.natural_years, "years", formula, formula_id=made_by
    )


def _burn_terms(mission: Mission, burn: LoweringBurn, delta_v: DeltaVBudget) -> Iterator[Term]:
    """From the propellant to the perigee that it reaches."""
    others_m_s = sum(line.required_m_s for line in delta_v.lines[:-1])
    margin = mission.policy.delta_v_margin_fraction
    yield Term("available", delta_v.available_m_s, "m/s", "see the delta-v check", formula_id=_ROCKET)
    yield Term("other maneuvers, with margin", others_m_s, "m/s", "see the delta-v check")
    yield Term("margin on disposal", margin, "", source=mission.policy.name)
    formula = "(available − other maneuvers) / (1 + margin), not below 0"
    yield Term("left for the perigee", burn.left_m_s, "m/s", formula)
    if burn.impulse_ratio != 1.0:
        yield Term(
            "long burn over impulse",
            burn.impulse_ratio,
            "",
            f"α = π × {delta_v.propulsion.thrust_duty_fraction:g}",
            formula_id="physics.maneuvers.long_burn_ratio",
        )
    yield Term(
        "perigee reached",
        burn.reached_perigee_altitude_km,
        "km",
        "with what is left"
        if burn.impulse_ratio == 1.0
        else "with what is left, or the perigee that would do",
        formula_id="physics.maneuvers.perigee_radius_after_m",
    )
    if burn.thrust_days > 0:
        formula = f"at a mean thrust of {1e3 * (delta_v.mean_thrust_n or 0.0):.6g} mN"
        yield Term("thrust to there", burn.thrust_days, "days", formula, formula_id=_THRUST_TIME)


def _finally(disposal: DisposalBudget, after: AfterMission) -> Iterator[Term]:
    name, years = f"after the mission, {after.case} activity", after.with_propulsion_years
    if disposal.burn is None or years == after.natural_years:
        yield Term(name, years, "years", "left alone")
        return
    thrust_years = disposal.burn.thrust_days * DAY_S / JULIAN_YEAR_S
    below = "from the perigee reached; none below 120 km"
    yield Term(f"decay, {after.case} activity", years - thrust_years, "years", below, formula_id=_DECAY)
    yield Term(name, years, "years", "thrust + decay" if thrust_years > 0 else "decay")


_ROCKET = "physics.maneuvers.rocket_delta_v_m_s"
_THRUST_TIME = "budgets.delta_v.thrust_days"


def delta_v_terms(mission: Mission, delta_v: DeltaVBudget) -> tuple[Term, ...]:
    """What is asked of the propulsion line by line, and what its propellant is worth."""
    impulse_s, dry_kg = delta_v.propulsion.specific_impulse_s, delta_v.dry_mass_kg
    return (
        *(term for line in delta_v.lines for term in _line(line, mission)),
        Term("required", delta_v.required_m_s, "m/s", "sum of the lines with margin"),
        Term("specific impulse", impulse_s, "s", source="mission file"),
        Term("standard gravity", STANDARD_GRAVITY_M_S2, "m/s²", source="definition"),
        Term(
            "dry mass", dry_kg, "kg", source="mass budget: after the last burn, with growth and system margin"
        ),
        Term(
            "propellant that would do",
            delta_v.required_propellant_kg,
            "kg",
            "dry mass × (exp(required / (Isp g0)) − 1)",
            formula_id="physics.maneuvers.propellant_mass_kg",
        ),
        Term("propellant loaded", delta_v.loaded_propellant_kg, "kg", source="mission file"),
        Term(
            "available",
            delta_v.available_m_s,
            "m/s",
            "Isp g0 ln((dry mass + propellant loaded) / dry mass)",
            formula_id=_ROCKET,
        ),
    )


def _line(line: DeltaVLine, mission: Mission) -> Iterator[Term]:
    """One maneuver: what it follows from, itself, and its margin."""
    maneuver, source = line.maneuver, line.source
    for part in maneuver.ingredients:
        name = f"{line.name}: {part.name}"
        formula = part.source if part.formula_id else ""
        given = "" if part.formula_id else part.source
        yield Term(name, part.value, part.unit, formula, given, part.formula_id)
    yield Term(line.name, line.best_estimate_m_s, "m/s", maneuver.formula, source, maneuver.formula_id)
    kind = "computed" if maneuver.basis == "computed" else "allowance"
    yield Term(f"{line.name}: margin", line.margin_fraction, "", source=f"{mission.policy.name}, {kind}")
    yield Term(f"{line.name}, with margin", line.required_m_s, "m/s", f"{line.name} × (1 + margin)")
