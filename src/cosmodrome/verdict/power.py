"""Energy over the worst orbit, and the depth that the battery goes to."""

from cosmodrome.budgets.power import PowerBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term


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
        source="mode timeline against eclipses, over the seasons of the mission",
        detail=f"power timeline, orbit from {power.worst_orbit_start:%Y-%m-%d %H:%M} UTC",
        advice="more array, less load, or an attitude that turns the cells to the Sun",
        derivation=(*_load_terms(power), *_array_terms(power)),
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
        source="charge integrated over the mode timeline, over the seasons of the mission",
        detail=f"battery timeline, {power.deepest_discharge_at:%Y-%m-%d %H:%M} UTC",
        advice="more capacity, less load in eclipse, or an array that closes its balance",
        derivation=(*_load_terms(power), *_battery_terms(mission, power)),
    )
    return array, battery, *_fade_checks(mission, power)


def _fade_checks(mission: Mission, power: PowerBudget) -> tuple[Check, ...]:
    """The capacity left at end of life, where it is asked to be worked out."""
    satellite, left = mission.satellite, power.battery_left_ratio
    if satellite is None or left is None or satellite.battery.fade == "stated":
        return ()
    stated = satellite.battery.end_of_life_capacity_ratio
    years, warm = mission.requirements.lifetime_years, satellite.battery.temperature_c
    check = Check(
        name="battery fade",
        title="battery capacity at end of life",
        required=100 * stated,
        achieved=100 * left,
        unit="%",
        sense="at least",
        best_estimate=100 * left,
        allowance=0.0,
        policy="the capacity that the budget counts on is left after every cycle of the mission",
        source="cycles, depth and age by Xu et al. (2018), doi:10.1109/TSG.2016.2578950",
        detail="power by season",
        advice="a larger or a cooler battery; end_of_life_capacity_ratio as low as what is left",
        derivation=(
            Term("age", years, "years", source="requirement"),
            Term("temperature", warm, "°C", source=satellite.battery.source),
            Term(
                "deepest cycle",
                100 * power.worst_orbit_depth_of_discharge_fraction,
                "%",
                "worst season; others in proportion to their eclipse",
            ),
            Term("capacity left", 100 * left, "%", "film growth, wear by cycles, wear by age"),
        ),
    )
    return (check,)


def _load_terms(power: PowerBudget) -> tuple[Term, ...]:
    """The loads by mode, and their mean."""
    modes = (
        Term(
            f"load of {mode.name}",
            mode.with_margin_w,
            "W",
            f"{mode.power_w:.4g} W with growth and system margin; on for {100 * mode.duty_fraction:.3g} % "
            "of the time",
        )
        for mode in power.modes
    )
    return (
        *modes,
        Term("mean load", power.mean_load_w, "W", "mode timeline; parts that modes share count once"),
    )


def _array_terms(power: PowerBudget) -> tuple[Term, ...]:
    """What the array must give in its worst orbit, and gives."""
    return (
        Term("mean load of the worst orbit", power.orbit_mean_load_w, "W", "mode timeline over one period"),
        Term(
            "array at end of life, Sun overhead",
            power.array_end_of_life_w,
            "W",
            f"{power.array_area_m2:g} m² × irradiance × cells × degradation",
        ),
        Term(
            "generation of the worst orbit",
            power.orbit_mean_generation_w,
            "W",
            "output × incidence × sunlit disc, mean over the period",
        ),
        Term(
            "generation that closes the balance",
            power.required_generation_w,
            "W",
            "the least with which the battery ends the orbit as full as it began",
        ),
    )


def _battery_terms(mission: Mission, power: PowerBudget) -> tuple[Term, ...]:
    """How deep the battery goes."""
    depth = power.worst_orbit_depth_of_discharge_fraction
    capacity_wh = power.battery_end_of_life_wh
    ratio = capacity_wh / power.battery_capacity_wh
    source = mission.satellite.battery.source if mission.satellite is not None else ""
    return (
        Term("capacity, nameplate", power.battery_capacity_wh, "Wh", source=source),
        Term("capacity at end of life", capacity_wh, "Wh", f"{ratio:.3g} × nameplate"),
        Term("longest eclipse", power.longest_eclipse_min, "min", "shadow of the ephemeris"),
        Term("deepest discharge", depth * capacity_wh, "Wh", "charge integrated over the mode timeline"),
        Term("depth of discharge", 100 * depth, "%", "deepest discharge / capacity at end of life"),
    )
