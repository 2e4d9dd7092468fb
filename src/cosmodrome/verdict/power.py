"""Energy over the worst orbit, and the depth that the battery goes to."""

import math
from collections.abc import Iterator, Sequence

from cosmodrome.budgets.part_loads import PartLoad
from cosmodrome.budgets.power import PowerBudget
from cosmodrome.constants import SOLAR_IRRADIANCE_W_M2
from cosmodrome.models.mission import Mission
from cosmodrome.models.power import Battery, SolarArray
from cosmodrome.models.satellite import Satellite
from cosmodrome.verdict.check import Check, Term
from cosmodrome.verdict.load_terms import load_terms


def power_checks(mission: Mission, power: PowerBudget) -> tuple[Check, ...]:
    """Energy over the worst orbit, and the depth that the battery goes to."""
    allowances = f"{mission.policy.name}: growth by maturity and system margin on loads"
    age = f"end of life, {mission.requirements.lifetime_years:g} years"
    satellite = mission.satellite
    assert satellite is not None  # a power budget is that of one
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
        derivation=tuple(_array_terms(mission, satellite, power)),
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
        derivation=tuple(_battery_terms(satellite, power)),
    )
    return array, battery, *_fade_checks(mission, power)


def _fade_checks(mission: Mission, power: PowerBudget) -> tuple[Check, ...]:
    """The capacity left at end of life, where it is asked to be worked out."""
    satellite, left = mission.satellite, power.battery_left_ratio
    if satellite is None or left is None or satellite.battery.fade == "stated":
        return ()
    stated = satellite.battery.end_of_life_capacity_ratio
    years = mission.requirements.lifetime_years
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
        derivation=tuple(_fade_terms(satellite.battery, power, years, left)),
    )
    return (check,)


def _fade_terms(battery: Battery, power: PowerBudget, years: float, left: float) -> Iterator[Term]:
    """Cycles, age and warmth of the battery."""
    deepest, wear = power.worst_orbit_depth_of_discharge_fraction, power.battery_wear
    rule = "physics.battery.capacity_wear"
    yield Term("age", years, "years", source="requirement")
    warm = _given(battery, "temperature_c")
    yield Term("temperature, T", battery.temperature_c, "°C", source=warm)
    yield Term("deepest cycle", 100 * deepest, "%", "worst season, derived under battery")
    yield Term("mean charge", 100 * (1 - deepest / 2), "%", "100 % − deepest cycle / 2")
    if wear is not None:
        cycles = (
            "Σ n / (1.40e5 d^−0.501 − 1.23e5), a cycle an orbit, its depth d in proportion to its eclipse"
        )
        yield Term("wear by cycles", wear.cycles_ratio, "of a life", cycles, formula_id=rule)
        yield Term(
            "wear by age", wear.age_ratio, "of a life", "4.14e-10/s × age × 3.15576e7 s/year", formula_id=rule
        )
        charge = "exp(1.04 × (mean charge − 0.5))"
        yield Term("stress of charge", wear.charge_stress_ratio, "times", charge, formula_id=rule)
        heat = "exp(0.0693/K × (T − 298.15 K) × 298.15 K / T), T in K"
        yield Term("stress of warmth", wear.heat_stress_ratio, "times", heat, formula_id=rule)
        worn = "(wear by cycles + wear by age) × both stresses"
        yield Term("wear, f", wear.total_ratio, "of a life", worn, formula_id=rule)
    film = "0.0575 exp(−121 f) + (1 − 0.0575) exp(−f)"
    yield Term("capacity left", 100 * left, "%", film, formula_id="physics.battery.capacity_left_ratio")


def _given(part: SolarArray | Battery, *fields: str) -> str:
    """Where a number is from."""
    if part.model_fields_set.intersection(fields):
        return part.source or "mission file"
    return "not in the mission file: the program's default"


def _mean_load_terms(
    satellite: Satellite, loads: Sequence[PartLoad], mean_w: float, when: str
) -> Iterator[Term]:
    """The loads part by part, and their sum."""
    yield from load_terms(satellite, loads)
    rule = "sum of the above; on by the mode timeline, parts that modes share count once"
    yield Term(f"mean load, {when}", mean_w, "W", rule, formula_id="operations.timeline.load_w")


def _path_terms(satellite: Satellite) -> Iterator[Term]:
    """Efficiencies between array, battery and loads."""
    array, storage = satellite.solar_array, satellite.storage
    into, out = storage.charge_efficiency_ratio, storage.transmission_efficiency_ratio
    if array.power_path is not None:
        told = f"{array.power_path}, SMAD section 11.4.1"
        shared = f"X_e / (X_d e_t), {array.power_path}, SMAD section 11.4.1"
        yield Term("array to bus, X_d", 100 * array.daylight_path_ratio, "%", source=told)
        yield Term(
            "battery to bus, e_t",
            100 * out,
            "%",
            source=_given(satellite.battery, "transmission_efficiency_ratio"),
        )
        yield Term("bus to battery, e_c", 100 * into, "%", source=shared)
        return
    told = _given(array, "regulation_efficiency_ratio")
    yield Term("array to bus, X_d", 100 * array.daylight_path_ratio, "%", source=told)
    told = _given(satellite.battery, "transmission_efficiency_ratio")
    yield Term("battery to bus, e_t", 100 * out, "%", source=told)
    yield Term(
        "bus to battery, e_c", 100 * into, "%", source=_given(satellite.battery, "charge_efficiency_ratio")
    )


def _array_terms(mission: Mission, satellite: Satellite, power: PowerBudget) -> Iterator[Term]:
    """What the array must give in its worst orbit, and gives."""
    orbit = power.array_orbit
    yield from _mean_load_terms(satellite, orbit.loads, power.orbit_mean_load_w, "worst orbit")
    yield Term(
        "of it from the battery, D",
        orbit.battery_load_w,
        "W",
        f"mean over the {orbit.period_min:.2f} min orbit of the load above the bus power, with an array that "
        "just closes",
        formula_id="budgets.battery.closing_array_scale",
    )
    yield from _path_terms(satellite)
    yield Term(
        "required generation",
        power.required_generation_w,
        "W",
        "(mean load − D + D / (e_c e_t)) / X_d: the battery ends the orbit as full as it began",
        formula_id="budgets.worst_orbit.array_orbit",
    )
    yield from _cell_terms(mission, satellite, power)
    yield Term(
        "generation of the worst orbit",
        power.orbit_mean_generation_w,
        "W",
        "area × output × mean incidence × sunlit share",
        formula_id="budgets.array.generation_w",
    )


def _cell_terms(mission: Mission, satellite: Satellite, power: PowerBudget) -> Iterator[Term]:
    """From sunlight to what cells give, and how much light they get."""
    array, orbit, cells = satellite.solar_array, power.array_orbit, power.cells
    distance_au = math.sqrt(SOLAR_IRRADIANCE_W_M2 / orbit.irradiance_w_m2)
    season = f"{SOLAR_IRRADIANCE_W_M2:g} W/m² / ({distance_au:.5f} au)², {power.worst_orbit_start:%Y-%m-%d}"
    yield Term("sunlight", orbit.irradiance_w_m2, "W/m²", season, "IAU 2015 resolution B3")
    cell = array.cell.source or array.cell.name if array.cell is not None else array.source or "mission file"
    yield Term("cell efficiency", 100 * cells.efficiency_ratio, "%", source=cell)
    told = _given(array, "inherent_degradation_ratio")
    yield Term("inherent degradation, I_d", 100 * cells.inherent_degradation_ratio, "%", source=told)
    years, rule = mission.requirements.lifetime_years, "physics.power.life_degradation_ratio"
    aged = f"(1 − {array.loss_per_year_fraction:g})^{years:g} after {years:g} years"
    if array.cell is not None and array.fluence_per_cm2 is not None:
        rule = "physics.power.fluence_degradation_ratio"
        aged = (
            f"1 − {array.cell.fluence_slope_fraction:g} log10(1 + {array.fluence_per_cm2:g} / "
            f"{array.cell.fluence_knee_per_cm2:g})"
        )
    yield Term("life degradation, L_d", 100 * cells.life_ratio, "%", aged, formula_id=rule)
    if cells.temperature_c is not None and array.cell is not None:
        warm = f"1 − {-array.cell.efficiency_change_per_k:g}/K × ({cells.temperature_c:.2f} − 28) K"
        warm += ", at most 100 %" if array.power_path == "direct-energy-transfer" else ""
        yield Term(
            "temperature factor", 100 * cells.temperature_ratio, "%", warm,
            formula_id="physics.power.cell_temperature_ratio",
        )  # fmt: skip
        product = "sunlight × efficiency × I_d × L_d × temperature factor"
    else:
        product = "sunlight × efficiency × I_d × L_d, temperature in I_d"
    yield Term(
        "output head on", orbit.irradiance_w_m2 * cells.output_ratio, "W/m²", product,
        formula_id="budgets.array.cell_output",
    )  # fmt: skip
    yield from _light_terms(satellite, power)


def _light_terms(satellite: Satellite, power: PowerBudget) -> Iterator[Term]:
    """Area, incidence and share of light."""
    array, orbit = satellite.solar_array, power.array_orbit
    faces = [face for face in satellite.body.faces if face.cell_area_m2 > 0] if satellite.body else []
    incidence = {
        "sun-tracking": f"cos {array.pointing_error_deg:g}° of a panel that follows the Sun",
        "fixed-zenith": "cosine to the zenith, mean over the lit part, back side 0",
        "fixed-orbit-normal": "cosine to the orbit normal, mean over the lit part, back side 0",
        "faces": "cosine mean over all cells and the lit part, sides turned away 0",
    }[array.mounting]
    if array.mounting == "faces":
        named = f"sum over {len(faces)} faces, of which some look away from the Sun at any time"
        yield Term("area of all cells", power.array_area_m2, "m²", named, "mission file")
        rule = "budgets.faces.face_views"
    else:
        yield Term("array area", power.array_area_m2, "m²", source="mission file")
        rule = "budgets.array.incidence_ratio"
    yield Term("mean incidence", 100 * orbit.incidence_ratio, "%", incidence, formula_id=rule)
    lit = f"of the {orbit.period_min:.2f} min orbit from {power.worst_orbit_start:%Y-%m-%d %H:%M} UTC"
    yield Term(
        "sunlit share", 100 * orbit.sunlit_fraction, "%", lit,
        formula_id="orbit.eclipses.sunlit_fraction",
    )  # fmt: skip


def _battery_terms(satellite: Satellite, power: PowerBudget) -> Iterator[Term]:
    """How deep the battery goes."""
    spent, battery = power.discharge, satellite.battery
    yield from _mean_load_terms(satellite, spent.loads, spent.load_w, "in the discharge")
    if math.isfinite(power.longest_eclipse_min):
        yield Term(
            "longest eclipse", power.longest_eclipse_min, "min", "over the seasons of the mission",
            formula_id="orbit.eclipses.longest_eclipse_s",
        )  # fmt: skip
    begin = f"from full until {power.deepest_discharge_at:%Y-%m-%d %H:%M} UTC"
    begin = f"{begin}; {spent.dark_min:.2f} min without Sun"
    rule = "physics.storage.drawdown"
    yield Term("length of the discharge", spent.duration_min, "min", begin, formula_id=rule)
    yield Term("bus power from the array", spent.bus_w, "W", "X_d × generation, mean in the discharge")
    recharged = "where the bus gives more than the load"
    yield Term("recharged on the way, at the bus", spent.surplus_wh, "Wh", recharged)
    carried = "(mean load − bus power) × length / 60 + recharged"
    yield Term("drawn, at the bus", spent.drawn_wh, "Wh", carried)
    yield from _path_terms(satellite)
    depth_wh = "drawn / e_t − e_c × recharged"
    yield Term("deepest discharge", spent.discharge_wh, "Wh", depth_wh, formula_id="physics.storage.drawdown")
    yield Term("capacity, nameplate", battery.capacity_wh, "Wh", source=battery.source or "mission file")
    yield Term(
        "capacity left at end of life", 100 * battery.end_of_life_capacity_ratio, "%",
        source=_given(battery, "end_of_life_capacity_ratio"),
    )  # fmt: skip
    left = "nameplate × capacity left"
    yield Term("capacity at end of life", power.battery_end_of_life_wh, "Wh", left)
    depth = 100 * power.worst_orbit_depth_of_discharge_fraction
    rule = "deepest discharge / capacity at end of life, at most 100 %"
    yield Term("depth of discharge", depth, "%", rule)
