"""Energy over the worst orbit, and the depth that the battery goes to."""

from cosmodrome.budgets.power import PowerBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check


def power_checks(mission: Mission, power: PowerBudget) -> tuple[Check, ...]:
    """Energy over the worst orbit, and the depth that the battery goes to."""
    allowances = f"{mission.policy.name}: growth by maturity and system margin on loads"
    age = f"end of life, {mission.requirements.lifetime_years:g} years"
    array = Check(
        name="array",
        title="array energy balance",
        required=power.required_generation_w,
        achieved=power.orbit_mean_generation_w,
        unit="W",
        sense="at least",
        best_estimate=power.required_generation_best_estimate_w,
        allowance=power.required_generation_w - power.required_generation_best_estimate_w,
        policy=f"{allowances}; {age}",
        source="mode timeline against eclipses of the ephemeris",
        detail=f"power timeline, orbit from {power.worst_orbit_start:%Y-%m-%d %H:%M} UTC",
        remedy="" if power.generation_margin_w >= 0 else _array_remedy(power),
    )
    permitted = 100 * power.permitted_depth_of_discharge_fraction
    depth = 100 * power.worst_orbit_depth_of_discharge_fraction
    best_depth = 100 * power.best_estimate_depth_of_discharge_fraction
    battery = Check(
        name="battery",
        title="battery depth of discharge",
        required=permitted,
        achieved=depth,
        unit="%",
        sense="at most",
        best_estimate=best_depth,
        allowance=depth - best_depth,
        policy=f"{allowances}; capacity at {age}",
        source="charge integrated over the mode timeline",
        detail=f"battery timeline, {power.deepest_discharge_at:%Y-%m-%d %H:%M} UTC",
        remedy="" if depth <= permitted else _battery_remedy(power),
    )
    return array, battery


def _array_remedy(power: PowerBudget) -> str:
    less = f"{power.load_excess_w:.3g} W less mean load"
    if power.required_area_m2 is None:
        return f"another mounting: the array sees no Sun in the worst orbit; or {less}"
    more_m2 = power.required_area_m2 - power.array_area_m2
    return f"+{more_m2:.3g} m2 of array (to {power.required_area_m2:.3g} m2), or {less}"


def _battery_remedy(power: PowerBudget) -> str:
    more_wh = power.required_capacity_wh - power.battery_capacity_wh
    less = f"{power.battery_load_excess_w:.3g} W less mean load"
    if power.generation_margin_w >= 0:
        return f"+{more_wh:.4g} Wh of battery (to {power.required_capacity_wh:.4g} Wh), or {less}"
    if more_wh <= 0:
        return f"the array that closes its balance, or {less}"
    return f"the array that closes its balance and +{more_wh:.4g} Wh of battery, or {less}"
