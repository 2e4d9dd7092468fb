"""Results as tables: one definition serves the CSV files and the report.

A column's name carries its unit (`docs/nomenclature.md`); the report shows its title and the unit apart.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cosmodrome.ascent.result import Ascent
from cosmodrome.outputs.labels import iso_text, number_text, title_of, unit_of

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult

Cell = str | float | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    footers_count: int = 0  # how many of the last rows are sums

    @property
    def headings(self) -> tuple[str, ...]:
        """Column titles with their units in brackets, as people read them."""
        return tuple(heading_of(column) for column in self.columns)

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, which stand on the right."""
        kinds = (type(cell) for cell in self.rows[0]) if self.rows else ()
        return tuple(kind in (int, float) for kind in kinds)

    @property
    def moments(self) -> tuple[bool, ...]:
        """Which columns hold instants, which do not wrap."""
        return tuple(isinstance(cell, datetime) for cell in self.rows[0]) if self.rows else ()

    @property
    def is_list(self) -> bool:
        """Whether it is a list of quantities, which stands narrow."""
        return self.columns == ("quantity", "value", "unit")

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Every cell as people read it."""
        return tuple(tuple(cell_text(cell) for cell in row) for row in self.rows)

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self.rows)} rows>"


def heading_of(column: str) -> str:
    """Title of a column with its unit in brackets.

    Parameters
    ----------
    column : str
        A name with a unit suffix.

    Returns
    -------
    str
        As people read it.

    Examples
    --------
    >>> heading_of("free_space_loss_db"), heading_of("branch")
    ('free space loss [dB]', 'branch')
    """
    unit = unit_of(column)
    return f"{title_of(column)} [{unit}]" if unit else title_of(column)


def cell_text(cell: Cell) -> str:
    """Show one cell: four significant digits, instants to the second.

    Parameters
    ----------
    cell : str, float, int, bool, datetime or None
        What to show.

    Returns
    -------
    str
        Text.

    Examples
    --------
    >>> cell_text(None), cell_text(True), cell_text(2.0 / 3.0)
    ('–', 'yes', '0.6667')
    """
    match cell:
        case None:
            return "–"
        case bool():
            return "yes" if cell else "no"
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case float() | int():
            return number_text(float(cell))
    return cell


def csv_text(table: Table) -> str:
    """Write a table as CSV (RFC 4180) with names that carry the unit; full precision.

    Parameters
    ----------
    table : Table
        What to write.

    Returns
    -------
    str
        Lines that end in a line feed. An empty cell means that there is no value.

    Examples
    --------
    >>> csv_text(Table("t", "T", ("name", "mass_kg"), (("a, b", 1.5), ("c", None))))
    'name,mass_kg\\n"a, b",1.5\\nc,\\n'
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return stream.getvalue()


def _plain(cell: Cell) -> str | float | int:
    match cell:
        case None:
            return ""
        case bool():
            return "true" if cell else "false"
        case datetime():
            return iso_text(cell)
        case float():
            return float(f"{cell:.10g}")
    return cell


def table_of(name: str, title: str, rows: Sequence[object], columns: Sequence[str]) -> Table:
    """Make a table of the like-named attributes of equal things.

    Parameters
    ----------
    name, title : str
        File name without ending, and what people read.
    rows : sequence of object
        One per row.
    columns : sequence of str
        Attributes, which are the columns' names.

    Returns
    -------
    Table
        As many rows as things.
    """
    cells = tuple(tuple(getattr(row, column) for column in columns) for row in rows)
    return Table(name, title, tuple(columns), cells)


def present_tables(*candidates: Table | None) -> tuple[Table, ...]:
    """Those of several tables that there are and that have rows."""
    return tuple(table for table in candidates if table is not None and table.rows)


def mission_tables(result: "MissionResult") -> tuple[Table, ...]:
    """Make every table that a mission has.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    tuple of Table
        Without a satellite, those of the lift alone.
    """
    # their tables are made of this module's
    from cosmodrome.outputs.link_tables import (
        data_modes_table,
        links_table,
        pass_links_table,
        uplinks_table,
    )
    from cosmodrome.outputs.satellite_tables import satellite_makers
    from cosmodrome.outputs.verdict_tables import verdict_makers

    makers: tuple[Callable[[MissionResult], Table | None], ...] = (
        verdict_table, *verdict_makers(),
        events_table, ascent_table, windows_table, passes_table, pass_tracks_table,
        eclipses_table, mass_table, power_modes_table, power_table, links_table, uplinks_table,
        pass_links_table, data_modes_table, data_table, *satellite_makers(),
    )  # fmt: skip
    made = (maker(result) for maker in makers)
    return tuple(table for table in made if table is not None)


def verdict_table(result: "MissionResult") -> Table:
    """Every check, worst first."""
    columns = (
        "check", "closes", "sense", "required", "achieved", "margin", "unit", "margin_fraction",
        "best_estimate", "allowance", "policy", "source", "where", "remedy",
    )  # fmt: skip
    rows = tuple(
        (
            check.title, check.closes, check.sense, check.required, check.achieved, check.margin, check.unit,
            check.margin_fraction, check.best_estimate, check.allowance, check.policy, check.source,
            check.detail, check.remedy,
        )
        for check in result.verdict.checks
    )  # fmt: skip
    return Table("verdict", "Checks, worst margin first", columns, rows)


def events_table(result: "MissionResult") -> Table:
    """Events of the ascent; speed is inertial."""
    columns = ("name", "time_s", "altitude_km", "speed_km_s", "downrange_km", "mass_kg")
    return table_of(
        "events", "Events of the ascent; speed is inertial", result.capability.ascent.events, columns
    )


def ascent_table(result: "MissionResult") -> Table:
    """The flown ascent, one row per sample."""
    return trajectory_table(result.capability.ascent)


def trajectory_table(ascent: Ascent) -> Table:
    """Write a flown ascent as one row per sample.

    Parameters
    ----------
    ascent : Ascent
        Its trajectory.

    Returns
    -------
    Table
        Scalars of the profile; position and velocity are in the frame that is Earth-fixed at lift-off.
    """
    flight = ascent.trajectory
    scalars = (
        "time_s", "altitude_km", "latitude_deg", "longitude_deg", "downrange_km", "inertial_speed_km_s",
        "relative_speed_km_s", "flight_path_angle_deg", "angle_of_attack_deg", "dynamic_pressure_kpa",
        "q_alpha_kpa_deg", "heat_flux_w_m2", "axial_acceleration_g", "throttle_ratio", "mach", "mass_kg",
    )  # fmt: skip
    names = [*scalars, *(f"position_{axis}_m" for axis in "xyz"), *(f"velocity_{axis}_m_s" for axis in "xyz")]
    arrays = [getattr(flight, name).tolist() for name in scalars]
    arrays += [*flight.position_m.T.tolist(), *flight.velocity_m_s.T.tolist()]
    return Table("ascent", "Ascent profile", tuple(names), tuple(zip(*arrays, strict=True)))


def windows_table(result: "MissionResult") -> Table:
    """Lift-offs that give the target plane, with the first and the last instant that serve."""
    columns = (
        "liftoff", "branch", "launch_azimuth_deg", "raan_deg", "ltan_h", "sunlit_pad", "opens", "closes",
    )  # fmt: skip
    return table_of("windows", "Launch windows (UTC)", result.windows, columns)


def passes_table(result: "MissionResult") -> Table | None:
    """Passes over every station; None without an orbit."""
    if result.ephemeris is None:
        return None
    columns = (
        "station", "rise", "culmination", "set", "max_elevation_deg", "duration_s", "rise_azimuth_deg",
        "set_azimuth_deg", "min_range_km",
    )  # fmt: skip
    return table_of("passes", "Passes (UTC)", result.passes, columns)


def pass_tracks_table(result: "MissionResult") -> Table | None:
    """The highest pass of each station in even steps; None without one."""
    if not result.pass_tracks:
        return None
    columns = (
        "azimuth_deg", "elevation_deg", "mask_elevation_deg", "range_km", "range_rate_km_s",
        "sunlit_fraction", "sun_elevation_deg",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for track in result.pass_tracks:
        count = len(track)
        shift = track.doppler_shift_hz
        instants = [track.flown.rise + timedelta(seconds=since) for since in track.elapsed_s.tolist()]
        doppler = [None] * count if shift is None else shift.tolist()
        values = (getattr(track, column).tolist() for column in columns)
        rows += zip([track.flown.station] * count, instants, *values, doppler, strict=True)
    names = ("station", "instant", *columns, "doppler_shift_hz")
    return Table("pass_tracks", "Along the highest pass of each station (UTC)", names, tuple(rows))


def eclipses_table(result: "MissionResult") -> Table | None:
    """Umbra and penumbra; None without an orbit."""
    if result.ephemeris is None:
        return None
    return table_of("eclipses", "Eclipses (UTC)", result.eclipses, ("kind", "start", "end", "duration_s"))


def mass_table(result: "MissionResult") -> Table | None:
    """Mass budget down to the launch mass; None without a satellite."""
    if result.budgets is None:
        return None
    mass = result.budgets.mass
    columns = ("name", "count", "maturity", "best_estimate_kg", "growth_fraction", "with_growth_kg")
    lines = table_of("mass", "Mass budget", mass.lines, columns)
    margin = result.mission.policy.system_margin_fraction
    sums: tuple[tuple[Cell, ...], ...] = (
        ("dry mass", None, "", mass.best_estimate_kg, None, mass.with_growth_kg),
        ("system margin", None, "", None, margin, mass.system_margin_kg),
        ("propellant", None, "", mass.propellant_kg, None, mass.propellant_kg),
        ("launch mass", None, "", mass.best_estimate_launch_mass_kg, None, mass.launch_mass_kg),
        ("adapter, carried beside it", None, "", mass.adapter_kg, None, mass.adapter_kg),
    )
    return Table("mass", "Mass budget", columns, lines.rows + sums, footers_count=len(sums))


def power_modes_table(result: "MissionResult") -> Table | None:
    """What each mode draws; None without a satellite."""
    if result.budgets is None:
        return None
    columns = ("name", "power_w", "with_margin_w", "duty_fraction")
    return table_of("power_modes", "Power by mode", result.budgets.power.modes, columns)


def power_table(result: "MissionResult") -> Table | None:
    """Totals of the power budget, one per row; None without a satellite."""
    if result.budgets is None:
        return None
    names = (
        "array_area_m2", "required_area_m2", "array_end_of_life_w", "mean_load_best_estimate_w",
        "mean_load_w", "orbit_mean_load_w", "orbit_mean_generation_w", "required_generation_w",
        "generation_margin_w", "battery_capacity_wh", "battery_end_of_life_wh", "required_capacity_wh",
        "worst_orbit_depth_of_discharge_fraction", "permitted_depth_of_discharge_fraction",
        "longest_eclipse_min", "battery_left_ratio",
    )  # fmt: skip
    power = result.budgets.power
    rows = tuple((title_of(name), getattr(power, name), unit_of(name)) for name in names)
    when = (
        ("worst orbit from", power.worst_orbit_start, "UTC"),
        ("deepest at", power.deepest_discharge_at, "UTC"),
    )
    return Table("power", "Power budget at end of life", ("quantity", "value", "unit"), rows + when)


def data_table(result: "MissionResult") -> Table | None:
    """Totals of the data budget, one per row; None without a satellite."""
    if result.budgets is None:
        return None
    names = (
        "produced_gbit_per_day", "downlinked_gbit_per_day", "capacity_gbit_per_day", "contact_min_per_day",
        "lost_gbit", "stored_gbit", "memory_peak_gbit", "memory_gbit", "mean_age_h", "worst_age_h",
        "duration_days",
    )  # fmt: skip
    data = result.budgets.data
    rows = tuple((title_of(name), getattr(data, name), unit_of(name)) for name in names)
    return Table("data", "Data budget", ("quantity", "value", "unit"), rows)
