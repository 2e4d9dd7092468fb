"""What the report says, stage by stage: two sentences, tables, figures, the model and where it holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cosmodrome.ascent.result import Ascent
from cosmodrome.budgets.data import DataBudget
from cosmodrome.budgets.thermal import ThermalBudget
from cosmodrome.outputs import link_tables, tables, thermal_tables
from cosmodrome.outputs.inputs import published_table, stages_table
from cosmodrome.outputs.labels import instant_text, number_text, percent_text
from cosmodrome.outputs.plots import Plot
from cosmodrome.outputs.tables import Table, present_tables, table_of
from cosmodrome.outputs.thermal_text import thermal_model_text, thermal_sentences

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult
    from cosmodrome.ascent.capability import PayloadCapability

_ROWS = 12  # of a long table that the report shows; the CSV file holds all


@dataclass(frozen=True, slots=True)
class Section:
    """One stage of the analysis in the report."""

    anchor: str
    title: str
    sentences: str
    plots: tuple[Plot, ...]
    tables: tuple[Table, ...]
    model: str  # what was computed how, and where that holds
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"<Section {self.anchor}>"


def report_sections(result: "MissionResult", plots: Sequence[Plot]) -> tuple[Section, ...]:
    """Put a mission's results into sections, in the order of the flight.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.
    plots : sequence of Plot
        Its figures.

    Returns
    -------
    tuple of Section
        Without an orbit, those of the lift alone.
    """
    # made of this module's sections
    from cosmodrome.outputs.margin_section import margin_sections

    lift = (
        *margin_sections(result),
        _vehicle(result, plots),
        _ascent(result, plots),
        _windows(result, plots),
        _orbit(result, plots),
    )
    return (*lift, *_operations(result, plots), *_budgets(result, plots))


def _named(plots: Sequence[Plot], *names: str) -> tuple[Plot, ...]:
    return tuple(plot for name in names for plot in plots if plot.name == name)


def _head(table: Table | None) -> Table | None:
    """The first rows of a long table, with where to find the rest."""
    if table is None or len(table.rows) <= _ROWS:
        return table
    title = f"{table.title}: the first {_ROWS} of {len(table.rows)}, all in tables/{table.name}.csv"
    return replace(table, title=title, rows=table.rows[:_ROWS])


def _vehicle(result: "MissionResult", plots: Sequence[Plot]) -> Section:
    vehicle = result.mission.vehicle
    sum_kg = sum(stage.count * stage.gross_mass_kg for stage in vehicle.stages)
    total_kg = sum_kg + vehicle.fairing.mass_kg.value
    return Section(
        anchor="vehicle",
        title=f"Vehicle: {vehicle.title}",
        sentences=f"{vehicle.title} stands {vehicle.height_m.value:g} m tall. Its stages and fairing weigh "
        f"{number_text(total_kg, 4)} kg; its published lift-off mass is "
        f"{number_text(vehicle.gross_mass_kg.value, 4)} kg ({vehicle.gross_mass_kg.source}).",
        plots=_named(plots, "vehicle"),
        tables=present_tables(stages_table(result), published_table(result)),
        model="Numbers are the catalog's, each with its source (Inputs, above). Published payloads follow "
        "each "
        "publisher's own definition of what is counted and held in reserve.",
        notes=(vehicle.notes,) if vehicle.notes else (),
    )


def _ascent(result: "MissionResult", plots: Sequence[Plot]) -> Section:
    ascent = result.capability.ascent
    replay, solver = ascent.replay, ascent.solver
    outcome = _payload_sentence(result.capability)
    if not ascent.converged:
        outcome = ascent.status.value
        if ascent.shortfall_m_s > 0:
            outcome += f" The shortfall is {number_text(ascent.shortfall_m_s, 3)} m/s"
    return Section(
        anchor="ascent",
        title="Ascent",
        sentences=f"{outcome.rstrip('.')}. An independent integrator flown with the same steering ends "
        f"{number_text(replay.position_miss_m, 2)} m and {number_text(replay.velocity_miss_m_s, 2)} m/s "
        "from the "
        f"optimizer's insertion ({'confirmed' if replay.agrees else 'not confirmed'}; tolerance "
        f"{replay.tolerance_position_m:g} m and {replay.tolerance_velocity_m_s:g} m/s).",
        plots=_named(plots, "ascent", "ascent_path"),
        tables=present_tables(_numbered(tables.events_table(result)), _branches(result), _insertion(ascent)),
        model="Three degrees of freedom over the rotating WGS-84 ellipsoid with J2, US Standard Atmosphere "
        "1976, back-pressure on thrust, drag by Mach number without wind; the payload is maximized by Radau "
        f"collocation and IPOPT ({solver.status}, {solver.iterations_count} iterations, "
        f"{solver.variables_count} variables). The reserve is what published payloads of the vehicle, its "
        "family and all vehicles leave of their ideal ascents; figure and tables show the ideal one. "
        "Not modeled: winds, dispersions, drop zones, throttle transients.",
        notes=result.capability.notes,
    )


def _payload_sentence(capability: "PayloadCapability") -> str:
    """The calibrated payload with its interval, and what it is made of."""
    physics = f"the ideal ascent lifts {number_text(capability.physics_kg)} kg"
    reserve, spread = capability.reserve, capability.spread
    if reserve is None or spread is None:
        return f"T{physics[1:]}"
    interval = f"{number_text(capability.low_kg)} and {number_text(capability.high_kg)} kg"
    numbers = f"± {number_text(spread.standard_deviation_kg, 2)} kg by the spread of the catalog's numbers"
    return (
        f"The payload is {number_text(capability.payload_kg)} kg, with 90 % between {interval}: {physics} "
        f"({numbers}) without the reserve of {reserve.reserve_m_s:.0f} m/s that {reserve.basis} tell of"
    )


def _numbered(table: Table) -> Table:
    rows = tuple((number, *row) for number, row in enumerate(table.rows, start=1))
    return replace(table, columns=("#", *table.columns), rows=rows)


def _branches(result: "MissionResult") -> Table:
    columns = ("branch", "launch_azimuth_deg", "payload_kg", "duration_s", "status")
    rows = tuple(
        (ascent.branch, ascent.launch_azimuth_deg, ascent.payload_kg, ascent.duration_s, ascent.status.value)
        for ascent in result.capability.branches
    )
    return Table("branches", "Launch branches that the site permits", columns, rows)


def _insertion(ascent: Ascent) -> Table:
    columns = (
        "perigee_altitude_km", "apogee_altitude_km", "inclination_deg", "argument_of_perigee_deg",
        "true_anomaly_deg",
    )  # fmt: skip
    return table_of("insertion", "Osculating orbit at cut-off", (ascent.insertion,), columns)


def _windows(result: "MissionResult", plots: Sequence[Plot]) -> Section:
    windows, site = result.windows, result.mission.site
    sector = f"{site.azimuth_min_deg.value:g} to {site.azimuth_max_deg.value:g} deg"
    if not windows:
        found = "No lift-off in the span gives the target plane"
    elif windows[0].any_time:
        found = "The plane of the target is free, so any instant will do; one a day is listed"
    else:
        first = instant_text(windows[0].liftoff)
        found = f"{len(windows)} lift-off instants give the target plane, the first on {first}"
    return Section(
        anchor="windows",
        title="Launch windows",
        sentences=f"{found} (searched from {result.mission.earliest_launch:%Y-%m-%d}). {site.title} permits "
        f"launch azimuths from {sector}.",
        plots=_named(plots, "windows"),
        tables=present_tables(_head(tables.windows_table(result))),
        model="The plane at cut-off is the flown one, carried by the turning Earth (IAU 2006/2000A "
        "precession and "
        "nutation, IERS Earth orientation) to the node asked for; no dogleg is flown. A window is as wide as "
        "the target's tolerance for the node makes it, an instant without one: what the vehicle can steer "
        "out is not modeled.",
    )


def _orbit(result: "MissionResult", plots: Sequence[Plot]) -> Section:
    ephemeris = result.ephemeris
    if ephemeris is None:
        return Section(
            "track", "Ground track", "The ascent is shown over the ground; no orbit was propagated.",
            _named(plots, "ground_track"), (), "WGS-84 geodetic latitude and longitude.",
        )  # fmt: skip
    days = float(ephemeris.elapsed_s[-1]) / 86400
    umbra_min = [eclipse.duration_s / 60 for eclipse in result.eclipses if eclipse.kind == "umbra"]
    dark = (
        f"{len(umbra_min)} passages of the umbra last up to {max(umbra_min):.1f} min"
        if umbra_min
        else "no umbra"
    )
    return Section(
        anchor="orbit",
        title="Orbit",
        sentences=f"{days:.0f} days from {instant_text(ephemeris.epoch)} were propagated in GCRF: {dark}. "
        "The states stand in ephemeris.oem (CCSDS OEM).",
        plots=_named(plots, "ground_track", "calendar"),
        tables=present_tables(_head(tables.eclipses_table(result))),
        model=f"{ephemeris.forces.conventions}; attitude is not modeled, areas are constant. Earth "
        "orientation "
        f"is known or predicted until {ephemeris.earth_orientation_until}, space weather until "
        f"{ephemeris.space_weather_until}; later values are forecasts, so positions drift along the track.",
        notes=ephemeris.notes,
    )


def _operations(result: "MissionResult", plots: Sequence[Plot]) -> Iterator[Section]:
    ephemeris = result.ephemeris
    if ephemeris is None or not result.mission.stations:
        return
    days = float(ephemeris.elapsed_s[-1]) / 86400
    columns = ("station", "passes_per_day", "contact_min_per_day", "longest_pass_min", "max_elevation_deg")
    rows = []
    for station in result.mission.stations:
        mine = [flown for flown in result.passes if flown.station == station.name]
        lengths = [flown.duration_s / 60 for flown in mine]
        highest = max((flown.max_elevation_deg for flown in mine), default=None)
        rows.append(
            (station.name, len(mine) / days, sum(lengths) / days, max(lengths, default=None), highest)
        )
    yield Section(
        anchor="passes",
        title="Passes",
        sentences=f"{len(result.passes)} passes over {len(result.mission.stations)} stations in {days:.0f} "
        "days. "
        "Overlapping passes are listed for each station.",
        plots=(*_named(plots, "passes"), *(plot for plot in plots if plot.name.startswith("pass_"))),
        tables=present_tables(
            Table("contact", "Contact by station", columns, tuple(rows)), _head(tables.passes_table(result))
        ),
        model="Geometric elevation over the WGS-84 ellipsoid above each station's minimum and its skyline "
        "where it has one, without refraction; rise and set are found to 0.1 s on the propagated ephemeris.",
    )


def _budgets(result: "MissionResult", plots: Sequence[Plot]) -> Iterator[Section]:
    from cosmodrome.outputs.satellite_sections import (
        satellite_sections,
    )  # it is made of this module's Section

    if result.budgets is None:
        return
    yield _mass(result)
    yield _power(result, plots)
    if result.budgets.thermal is not None:
        yield _thermal(result, result.budgets.thermal, plots)
    if result.budgets.links:
        yield _links(result, plots)
    if result.budgets.data.produced_gbit > 0:
        yield _data(result, plots)
    yield from satellite_sections(result)


def _mass(result: "MissionResult") -> Section:
    assert result.budgets is not None
    mass, policy = result.budgets.mass, result.mission.policy
    return Section(
        anchor="mass",
        title="Mass",
        sentences=f"The best estimate is {number_text(mass.best_estimate_launch_mass_kg)} kg at launch; "
        "with growth "
        f"by maturity and the system margin it is {number_text(mass.launch_mass_kg)} kg. The policy is "
        f"{policy.name}.",
        plots=(),
        tables=present_tables(tables.mass_table(result)),
        model=f"Growth of {100 * policy.growth_off_the_shelf_fraction:g} % (off the shelf), "
        f"{100 * policy.growth_modified_fraction:g} % (modified), {100 * policy.growth_new_fraction:g} % "
        "(new) on "
        f"each line, then {100 * policy.system_margin_fraction:g} % on the sum; propellant without. "
        "The adapter is the vehicle's: the ascent carries it beside this mass.",
    )


def _power(result: "MissionResult", plots: Sequence[Plot]) -> Section:
    assert result.budgets is not None
    power = result.budgets.power
    margin = power.generation_margin_w / power.required_generation_w if power.required_generation_w else 0.0
    return Section(
        anchor="power",
        title="Power",
        sentences="In the worst orbit of the mission the array delivers "
        f"{number_text(power.orbit_mean_generation_w, 3)} W of the "
        f"{number_text(power.required_generation_w, 3)} W that close the balance ({percent_text(margin)}). "
        "The "
        f"battery goes {100 * power.worst_orbit_depth_of_discharge_fraction:.1f} % deep of the permitted "
        f"{100 * power.permitted_depth_of_discharge_fraction:.0f} %.",
        plots=_named(plots, "power"),
        tables=present_tables(
            tables.power_modes_table(result), tables.power_table(result), thermal_tables.seasons_table(result)
        ),
        model=f"Array and battery at an age of {result.mission.requirements.lifetime_years:g} years; loads "
        "with growth and system margin; efficiencies are constant. The orbit's first day is turned to "
        "days of every beta angle of the mission, with its own passes. A duty fraction is spread evenly over "
        "its trigger, so peaks shorter than an orbit are averaged; temperature, where it is not given, and "
        "shadowing are in the inherent degradation (SMAD, section 11.4). The capacity left is that after all "
        "cycles of the mission, by Xu et al. (2018), doi:10.1109/TSG.2016.2578950.",
    )


def _thermal(result: "MissionResult", thermal: ThermalBudget, plots: Sequence[Plot]) -> Section:
    shown = present_tables(thermal_tables.nodes_table(result), thermal_tables.parts_table(result))
    said, model = thermal_sentences(thermal), thermal_model_text(thermal)
    return Section("thermal", "Temperatures", said, _named(plots, "thermal"), shown, model)


def _links(result: "MissionResult", plots: Sequence[Plot]) -> Section:
    assert result.budgets is not None
    links, asked = result.budgets.links, result.mission.requirements
    worst = min(links, key=lambda link: link.margin_db)
    weather = "The weather is what each station states"
    if worst.availability_fraction is not None:
        weather = f"The weather takes no more for {100 * worst.availability_fraction:g} % of an average year"
    return Section(
        anchor="link",
        title="Link",
        sentences=f"The worst downlink is to {worst.station}: {number_text(worst.margin_db, 2)} dB at "
        f"{worst.elevation_deg:g}° elevation and {number_text(worst.slant_range_km, 4)} km. Required is "
        f"{asked.downlink_margin_db:g} dB. {weather}.",
        plots=_named(plots, "link"),
        tables=present_tables(
            _transposed(link_tables.links_table(result)),
            _transposed(link_tables.uplinks_table(result)),
            _head(link_tables.pass_links_table(result)),
        ),
        model="Free-space loss at the largest slant range of each station's minimum elevation (SMAD, section "
        "13.3). Losses in the atmosphere by ITU-R P.618-13 with P.676-12, P.838-3 and P.840-8 from the "
        "station's own climate, for circular polarization; where a station has no climate, its one number at "
        "every elevation. Rain and clouds warm the station's antenna. Through a pass the fastest rate that "
        "closes with the margin is sent, to the station that takes the fastest. The satellite's antenna has "
        "one gain at every elevation; the ionosphere takes what the station states; interference and "
        "acquisition are not modeled.",
    )


def _transposed(table: Table | None) -> Table | None:
    """Quantities down, stations across: a link budget as engineers read it."""
    if table is None:
        return None
    names = tuple(str(row[0]) for row in table.rows)
    rows = tuple(
        (heading, *(row[column] for row in table.rows))
        for column, heading in enumerate(table.headings)
        if column > 0
    )
    return Table(table.name, table.title, ("quantity", *names), rows, footers_count=1)


def _data(result: "MissionResult", plots: Sequence[Plot]) -> Section:
    assert result.budgets is not None
    data = result.budgets.data
    return Section(
        anchor="data",
        title="Data",
        sentences=f"{number_text(data.downlinked_gbit_per_day, 3)} of "
        f"{number_text(data.produced_gbit_per_day, 3)} "
        f"Gbit/day reach the ground; the passes could carry {number_text(data.capacity_gbit_per_day, 3)} "
        "Gbit/day. "
        f"{number_text(data.lost_gbit, 3)} Gbit are lost to a full memory.{_age_sentence(data)}",
        plots=_named(plots, "data"),
        tables=present_tables(link_tables.data_modes_table(result), tables.data_table(result)),
        model="Data flow at the rates of the link, to one station at a time, while a mode has the "
        "transmitter on; the oldest goes first, and what does not fit the memory is lost. No "
        "retransmission, no acquisition time.",
    )


def _age_sentence(data: DataBudget) -> str:
    """How old the data is when it comes down; nothing where none does."""
    if data.mean_age_h is None or data.worst_age_h is None:
        return ""
    mean, worst = number_text(data.mean_age_h, 2), number_text(data.worst_age_h, 2)
    return f" What comes down is {mean} h old in the mean and {worst} h at worst."
