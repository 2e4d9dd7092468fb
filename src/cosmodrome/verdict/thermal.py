"""Checks of the thermal budget: the hot limits, and the cold ones or the heater that holds them."""

from cosmodrome.budgets.thermal import PartTemperature, ThermalBudget, ThermalOrbit
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term
from cosmodrome.verdict.heat_terms import heat_terms, heater_terms, node_terms


def thermal_checks(mission: Mission, thermal: ThermalBudget | None) -> tuple[Check, ...]:
    """Hold the temperatures against the limits of the parts.

    Parameters
    ----------
    mission : Mission
        Its policy.
    thermal : ThermalBudget or None
        Hottest and coldest orbit; None without a body.

    Returns
    -------
    tuple of Check
        The part nearest to its upper limit and that nearest to its lower one; with a heater, its power in
        place of the latter. Empty where no part has limits.
    """
    if thermal is None:
        return ()
    checks = []
    hot = [part for part in thermal.parts if part.hot_margin_k is not None]
    cold = [part for part in thermal.parts if part.cold_margin_k is not None]
    if hot:
        part = min(hot, key=lambda part: part.hot_margin_k or 0.0)
        checks.append(_limit_check(mission, thermal, part, thermal.hot, "hot"))
    if cold and thermal.available_heater_w is None:
        part = min(cold, key=lambda part: part.cold_margin_k or 0.0)
        checks.append(_limit_check(mission, thermal, part, thermal.cold, "cold"))
    elif cold:
        checks.append(_heater_check(mission, thermal))
    return tuple(checks)


def _limit_check(
    mission: Mission, thermal: ThermalBudget, part: PartTemperature, orbit: ThermalOrbit, case: str
) -> Check:
    margin_k = part.hot_margin_k if case == "hot" else part.cold_margin_k
    required_k = thermal.temperature_margin_k
    found_c = part.hot_max_c if case == "hot" else part.cold_min_c
    limit_c = part.max_temperature_c if case == "hot" else part.min_temperature_c
    assert margin_k is not None
    assert limit_c is not None
    cooler, warmer = "a radiator, a finish or a cooler seat", "a heater, insulation, or less radiating area"
    loads = f"loads with the growth of {mission.policy.name}" if case == "hot" else "loads at best estimate"
    return Check(
        name=f"thermal {case}",
        title=f"{case} margin, {part.name}",
        required=required_k,
        achieved=margin_k,
        unit="K",
        sense="at least",
        best_estimate=margin_k,
        allowance=0.0,
        policy=f"{required_k:g} K to the limits for the model's error; {loads}",
        source=f"{part.node} at {found_c:.1f} deg C against {limit_c:g} deg C; {_environment(orbit)}",
        detail=f"thermal table, orbit from {orbit.start:%Y-%m-%d %H:%M} UTC",
        advice=cooler if case == "hot" else warmer,
        derivation=(
            *heat_terms(mission, orbit, case),
            *node_terms(orbit, part.node, case),
            Term(f"{part.node}, {'hottest' if case == 'hot' else 'coldest'}", found_c, "°C", *_extreme(case)),
            Term(f"limit of {part.name}", limit_c, "°C", source="component"),
            Term("margin", margin_k, "K", "limit − hottest" if case == "hot" else "coldest − limit"),
        ),
    )


def _extreme(case: str) -> tuple[str, str, str]:
    """Formula, source and function of the extreme temperature."""
    rule = "mean + swing" if case == "hot" else "mean − swing"
    return rule, "", "physics.thermal.periodic_temperatures_k"


def _heater_check(mission: Mission, thermal: ThermalBudget) -> Check:
    required_w, available_w = thermal.required_heater_w, thermal.available_heater_w
    assert available_w is not None
    return Check(
        name="heater",
        title="heater power",
        required=required_w,
        achieved=available_w,
        unit="W",
        sense="at least",
        best_estimate=required_w,
        allowance=0.0,
        policy=f"holds every lower limit plus {thermal.temperature_margin_k:g} K in the coldest orbit",
        source=f"heat balance of the nodes; {_environment(thermal.cold)}",
        detail=f"thermal table, orbit from {thermal.cold.start:%Y-%m-%d %H:%M} UTC",
        advice="a stronger heater, insulation, or less radiating area",
        derivation=tuple(heater_terms(mission, thermal)),
    )


def _environment(orbit: ThermalOrbit) -> str:
    given = orbit.environment
    return (
        f"{given.solar_flux_w_m2:g} W/m2, albedo {given.albedo_ratio:g}, "
        f"infrared {given.earth_infrared_w_m2:g} W/m2"
    )
