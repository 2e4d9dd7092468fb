"""Tables of temperatures and of power by season."""

from typing import TYPE_CHECKING

from cosmodrome.outputs.tables import Table, table_of

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


def thermal_tables(result: "MissionResult") -> tuple[Table, ...]:
    """Make the tables of the seasons and of the temperatures that a mission has.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    tuple of Table
        Power by season, temperatures of the nodes, limits of the parts; empty without a satellite.
    """
    made = (seasons_table(result), nodes_table(result), parts_table(result))
    return tuple(table for table in made if table is not None)


def seasons_table(result: "MissionResult") -> Table | None:
    """Power on the days that stand for the mission; None without a satellite."""
    if result.budgets is None:
        return None
    columns = (
        "start", "beta_angle_deg", "eclipse_min", "generation_w", "required_generation_w",
        "depth_of_discharge_fraction",
    )  # fmt: skip
    title = "Power by season: the worst orbit of days that stand for the mission"
    return table_of("power_seasons", title, result.budgets.power.seasons, columns)


def nodes_table(result: "MissionResult") -> Table | None:
    """Temperatures of the nodes in the hottest and the coldest orbit; None without a body."""
    if result.budgets is None or result.budgets.thermal is None:
        return None
    columns = ("name", "hot_max_c", "hot_mean_c", "cold_mean_c", "cold_min_c", "heater_w")
    title = "Nodes in the hottest and in the coldest orbit; heater: what keeps the limits of what sits there"
    return table_of("thermal_nodes", title, result.budgets.thermal.nodes, columns)


def parts_table(result: "MissionResult") -> Table | None:
    """Parts with limits, what they see and how far they are from them; None without a body."""
    if result.budgets is None or result.budgets.thermal is None:
        return None
    columns = (
        "name", "node", "min_temperature_c", "cold_min_c", "cold_margin_k", "max_temperature_c", "hot_max_c",
        "hot_margin_k",
    )  # fmt: skip
    title = "Parts with limits; cold without heater"
    return table_of("thermal_parts", title, result.budgets.thermal.parts, columns)
