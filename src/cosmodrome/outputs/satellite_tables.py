"""Tables of how the satellite is held, moved and ended, and of what its imager sees."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from cosmodrome.outputs.labels import number_text, title_of, unit_of
from cosmodrome.outputs.tables import Cell, Table, table_of

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


def satellite_makers() -> tuple[Callable[["MissionResult"], Table | None], ...]:
    """What makes these tables, in the order of the report."""
    return (
        torques_table, attitude_table, pointing_table, performance_table, targets_table, lifetime_table,
        passivation_table, delta_v_table, dose_table, dosed_parts_table,
    )  # fmt: skip


def _quantities(thing: object, names: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    """Attributes that are known, one per row."""
    return tuple(
        (title_of(name), getattr(thing, name), unit_of(name))
        for name in names
        if getattr(thing, name) is not None
    )


def torques_table(result: "MissionResult") -> Table | None:
    """Disturbances along the orbit; None without an attitude to hold."""
    if result.budgets is None or result.budgets.attitude is None:
        return None
    budget = result.budgets.attitude
    columns = ("name", "largest_n_m", "mean_n_m", "secular_n_m")
    title = f"Disturbance torques over {budget.orbits_count} revolutions; secular in inertial axes"
    return table_of("torques", title, budget.torques, columns)


def attitude_table(result: "MissionResult") -> Table | None:
    """Momentum, wheels, torquers and slew; None without an attitude to hold."""
    if result.budgets is None or result.budgets.attitude is None:
        return None
    budget = result.budgets.attitude
    names = (
        "cyclic_momentum_n_m_s", "secular_momentum_n_m_s", "required_momentum_n_m_s", "required_torque_n_m",
        "required_dipole_a_m2", "slew_angle_deg", "slew_inertia_kg_m2", "slew_torque_n_m", "slew_duration_s",
    )  # fmt: skip
    rows = _quantities(budget, names)
    given = budget.actuators
    if given.wheels:
        rows += (
            (f"momentum of a wheel: {given.wheels}", given.momentum_n_m_s, "N·m·s"),
            ("torque of a wheel", given.torque_n_m, "N·m"),
        )
    if given.torquers:
        rows += ((f"dipole on an axis: {given.torquers}", given.dipole_a_m2, "A·m²"),)
    title = "Momentum to hold, before margins, and what holds it"
    return Table("attitude", title, ("quantity", "value", "unit"), rows)


def pointing_table(result: "MissionResult") -> Table | None:
    """Contributors to the pointing error, and their root sum square; None where none is listed."""
    if result.budgets is None or result.budgets.attitude is None:
        return None
    budget = result.budgets.attitude
    if budget.pointing_error_deg is None:
        return None
    lines = table_of("pointing", "", budget.pointing_errors, ("name", "error_deg", "source"))
    total: tuple[Cell, ...] = ("root sum square", budget.pointing_error_deg, "")
    return Table("pointing", "Pointing error", lines.columns, (*lines.rows, total), footers_count=1)


def performance_table(result: "MissionResult") -> Table | None:
    """What the imager delivers; None without one."""
    if result.budgets is None or result.budgets.performance is None:
        return None
    names = (
        "ground_sample_distance_m", "tilted_sample_distance_m", "diffraction_m", "optical_sampling_ratio",
        "swath_km", "reach_km", "line_rate_hz", "raw_rate_mbit_s", "declared_rate_mbit_s",
        "imaging_min_per_day", "imaged_area_km2_per_day",
    )  # fmt: skip
    rows = _quantities(result.budgets.performance, names)
    return Table("performance", "Imager over the target orbit", ("quantity", "value", "unit"), rows)


def targets_table(result: "MissionResult") -> Table | None:
    """Opportunities to image each target; None without targets."""
    if result.budgets is None or result.budgets.performance is None or not result.budgets.performance.targets:
        return None
    budget = result.budgets.performance
    columns = (
        "name", "opportunities_count", "opportunities_per_day_count", "mean_revisit_days",
        "longest_revisit_days", "least_off_nadir_deg",
    )  # fmt: skip
    title = f"Opportunities to image each target in {budget.duration_days:.0f} days"
    return table_of("targets", title, budget.targets, columns)


def passivation_table(result: "MissionResult") -> Table | None:
    """What holds energy at the end; None without a satellite."""
    if result.budgets is None:
        return None
    rows = tuple((text,) for text in result.budgets.disposal.passivation)
    return Table("passivation", "To make safe after disposal (ISO 24113:2023, 6.2.2)", ("passivation",), rows)


def lifetime_table(result: "MissionResult") -> Table | None:
    """Lifetime and what is left after the mission, by solar activity; None without a satellite."""
    if result.budgets is None:
        return None
    disposal = result.budgets.disposal
    columns = (
        "solar_activity", "mean_flux_sfu", "lifetime_years", "capped", "left_after_mission_years",
        "with_propulsion_years", "within_5_year_rule", "within_25_year_rule",
    )  # fmt: skip
    rows = tuple(
        (
            case.case, case.mean_flux_sfu, case.lifetime_years, case.exceeds, after.natural_years,
            after.with_propulsion_years, after.satisfies(5), after.satisfies(25),
        )
        for case, after in zip(disposal.cases, disposal.after_mission, strict=True)
    )  # fmt: skip
    title = f"Orbital lifetime against the 5- and 25-year rules; asked for: {disposal.rule_years:g} years"
    return Table("lifetime", title, columns, rows)


def delta_v_table(result: "MissionResult") -> Table | None:
    """Maneuvers with their margins, down to the propellant; None without propulsion."""
    if result.budgets is None or result.budgets.delta_v is None:
        return None
    budget = result.budgets.delta_v
    columns = ("maneuver", "best_estimate_m_s", "margin_fraction", "required_m_s", "source")
    rows = tuple(
        (line.name, line.best_estimate_m_s, line.margin_fraction, line.required_m_s, line.source)
        for line in budget.lines
    )
    asked = f"{number_text(budget.required_propellant_kg, 3)} kg, on the dry mass with margins"
    loaded = f"{number_text(budget.loaded_propellant_kg, 3)} kg loaded"
    sums: tuple[tuple[Cell, ...], ...] = (
        ("required", budget.best_estimate_m_s, None, budget.required_m_s, asked),
        ("available", None, None, budget.available_m_s, loaded),
    )
    return Table("delta_v", "Delta-v budget", columns, rows + sums, footers_count=len(sums))


def dose_table(result: "MissionResult") -> Table | None:
    """Dose of the radiation belts behind aluminum; None where nothing shields."""
    if result.budgets is None or result.budgets.dose is None:
        return None
    budget = result.budgets.dose
    columns = (
        "shielding_mm", "proton_krad_per_year", "electron_krad_per_year", "total_krad_per_year",
        "mission_krad",
    )  # fmt: skip
    title = f"Dose in silicon amid aluminum; the mission's over {budget.working_life_years:g} years"
    return table_of("dose", title, budget.curve, columns)


def dosed_parts_table(result: "MissionResult") -> Table | None:
    """Parts that stand a stated dose; None without any."""
    if result.budgets is None or result.budgets.dose is None or not result.budgets.dose.parts:
        return None
    columns = ("name", "shielding_mm", "mission_krad", "max_dose_krad", "dose_margin_ratio")
    title = f"Parts with a stated dose; asked for: {result.budgets.dose.design_margin_ratio:g} times"
    return table_of("dosed_parts", title, result.budgets.dose.parts, columns)
