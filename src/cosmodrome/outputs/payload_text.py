"""What a vehicle lifts, as text for a terminal: the answer first, then where it comes from."""

from collections.abc import Iterator, Sequence
from typing import Final

from cosmodrome.ascent.footprint import Footprint
from cosmodrome.ascent.partials import PayloadPartial
from cosmodrome.ascent.payload_map import PayloadMap
from cosmodrome.ascent.result import Ascent, AscentStatus
from cosmodrome.outputs.columns import aligned, few_digits, fixed, kilograms, short, signed, wrapped
from cosmodrome.outputs.payload_answer import answer_lines, published_lines
from cosmodrome.payload_study import PayloadStudy

_LONGEST_EVENT: Final = 44
_LONGEST_STAGE: Final = 36
_LONGEST_BODY: Final = 26


def payload_text(study: PayloadStudy) -> str:
    """Write everything that was found.

    Parameters
    ----------
    study : PayloadStudy
        A finished study.

    Returns
    -------
    str
        Lines of at most 110 columns: the answer, published figures, losses, events, partials, branches,
        limits, notes, footprints, map; what was not asked for is left out.
    """
    sections = []
    ascent = study.shown
    if ascent is not None:
        sections += [[*answer_lines(study, ascent), *published_lines(study)]]
        claimed = ascent.status is AscentStatus.OPTIMAL
        if claimed:
            sections += [_losses(ascent), _events(ascent), _partials(study.partials), _limits(ascent)]
        sections.append(
            [
                *_branches(study),
                *(_notes(study) if ascent.status is not AscentStatus.NOT_CONVERGED else ()),
                *(_proof(ascent) if claimed else ()),
            ]
        )
    if study.footprints:
        sections.append(_footprints(study.footprints))
    if study.payload_map is not None:
        sections.append([*_map(study.payload_map), *(wrapped(f"! {why}") for why in study.unreachable)])
    sections[-1].append(f"took {study.elapsed_s:.1f} s")
    return "\n\n".join("\n".join(lines) for lines in sections)


def _losses(ascent: Ascent) -> list[str]:
    """The sum of velocities in one line."""
    loss = ascent.losses
    terms = (
        ("start", loss.start_m_s), ("+ ideal", loss.ideal_m_s), ("− gravity", loss.gravity_m_s),
        ("− drag", loss.drag_m_s), ("− steering", loss.steering_m_s), ("− pressure", loss.pressure_m_s),
        ("+ rotation", loss.rotation_m_s), ("= end", loss.end_m_s),
    )  # fmt: skip
    heads = ("velocity over ground [m/s]", *(head for head, _ in terms))
    return aligned([heads, ("", *(fixed(value) for _, value in terms))], "<" + ">" * len(terms))


def _events(ascent: Ascent) -> list[str]:
    rows = [("event", "time [s]", "altitude [km]", "speed [km/s]", "downrange [km]", "mass [kg]")]
    rows += [
        (
            short(event.name, _LONGEST_EVENT), fixed(event.time_s, 1), fixed(event.altitude_km, 1),
            fixed(event.speed_km_s, 2), fixed(event.downrange_km), fixed(event.mass_kg),
        )
        for event in ascent.events
    ]  # fmt: skip
    return aligned(rows, "<>>>>>")


def _partials(partials: Sequence[PayloadPartial]) -> list[str]:
    """Payload for a unit more of each number: a row for each stage, one line for the vehicle."""
    of_stages = [p for p in partials if p.stage]
    kinds = list(dict.fromkeys((p.quantity, p.per) for p in of_stages))
    change = {(p.stage, p.quantity): p.change_kg for p in of_stages}
    rows = [("change of payload [kg] for", *(f"+{per} {quantity}" for quantity, per in kinds))]
    for stage in dict.fromkeys(p.stage for p in of_stages):
        rows.append(
            (short(stage, _LONGEST_STAGE), *(signed(change[stage, quantity]) for quantity, _ in kinds))
        )
    whole = [f"{signed(p.change_kg)} for +{p.per} {p.quantity}" for p in partials if not p.stage]
    of_vehicle = [wrapped(f"and of the vehicle: {', '.join(whole)}")] if whole else []
    return [*aligned(rows, "<" + ">" * len(kinds)), *of_vehicle]


def _limits(ascent: Ascent) -> list[str]:
    """Every limit that was held, and how far the ascent went."""
    flight, limits = ascent.trajectory, ascent.limits
    bare = flight.time_s >= max((b.time_s for b in ascent.jettisoned if b.name == "fairing"), default=0.0)
    peaks = (
        ("dynamic pressure [kPa]", ascent.max_dynamic_pressure_kpa, limits.dynamic_pressure_kpa),
        ("q·α [kPa·deg]", float(flight.q_alpha_kpa_deg.max()), limits.q_alpha_kpa_deg),
        ("acceleration [g]", ascent.max_axial_acceleration_g, limits.axial_acceleration_g),
        ("heat flux, fairing off [W/m²]", float(flight.heat_flux_w_m2[bare].max()), limits.heat_flux_w_m2),
    )
    rows = [("limit", *(name for name, _, _ in peaks))]
    rows.append(
        (
            "reached",
            *(f"{'! ' if _passes(peak, most) else ''}{few_digits(peak, 3)}" for _, peak, most in peaks),
        )
    )
    rows.append(("allowed", *("–" if limit is None else few_digits(limit, 4) for _, _, limit in peaks)))
    return aligned(rows, "<>>>>")


def _passes(peak: float, limit: float | None) -> bool:
    """Whether a limit is passed by more than the mesh lets through for moments."""
    return limit is not None and peak > 1.02 * limit


def _branches(study: PayloadStudy) -> Iterator[str]:
    capability = study.capability
    assert capability is not None
    for ascent in capability.branches:
        lifts = kilograms(ascent.payload_kg) if ascent.converged else ascent.status.value
        if ascent.status is AscentStatus.OUT_OF_REACH:
            lifts = f"short of {kilograms(-ascent.payload_kg)}"
        yield wrapped(f"{ascent.branch} branch, azimuth {ascent.launch_azimuth_deg:.1f}°: {lifts}")
    if len(capability.branches) == 1:
        other = "descending" if capability.branches[0].branch == "ascending" else "ascending"
        yield f"{other} branch: outside the site's azimuth sector"
    if capability.dogleg_cost_kg is not None:
        yield f"dogleg: the site's azimuth sector costs {kilograms(capability.dogleg_cost_kg)}"


def _notes(study: PayloadStudy) -> list[str]:
    """On the ascent shown and on the payload, each once."""
    capability, shown = study.capability, study.shown
    notes = (*(shown.notes if shown else ()), *(capability.notes if capability else ()))
    return [wrapped(f"! {note}") for note in dict.fromkeys(notes)]


def _proof(ascent: Ascent) -> Iterator[str]:
    orbit = ascent.insertion
    high = f"{orbit.apogee_altitude_km:.1f}" if orbit.apogee_altitude_km < 1e9 else "∞"
    argument = "" if _is_round(ascent) else f", argument of perigee {orbit.argument_of_perigee_deg:.1f}°"
    yield f"cut-off in {orbit.perigee_altitude_km:.1f} × {high} km, {orbit.inclination_deg:.2f}°{argument}"
    miss = ascent.replay
    yield (
        f"independent re-integration misses by {few_digits(miss.position_miss_m, 2)} m and "
        f"{few_digits(miss.velocity_miss_m_s, 2)} m/s"
    )


def _is_round(ascent: Ascent) -> bool:
    """Whether the perigee has no place to speak of."""
    return ascent.insertion.apogee_altitude_km - ascent.insertion.perigee_altitude_km < 1.0


def _footprints(footprints: Sequence[Footprint]) -> list[str]:
    """Where the spent stages come down."""
    rows = [
        (
            "falls",
            "latitude",
            "longitude",
            "downrange [km]",
            "half-axes [km]",
            "azimuth",
            "after [s]",
            "at [m/s]",
        )
    ]
    remarks = []
    for place in footprints:
        name = short(f"{place.count} × {place.name}" if place.count > 1 else place.name, _LONGEST_BODY)
        if place.latitude_deg is None or place.longitude_deg is None:
            remarks.append(wrapped(f"{name}: {place.status.value}"))
            continue
        axes = (
            f"{few_digits(place.along_km, 2)} × {few_digits(place.across_km, 2)}" if place.along_km else "–"
        )
        north, east = "N" if place.latitude_deg >= 0 else "S", "E" if place.longitude_deg >= 0 else "W"
        rows.append(
            (
                name, f"{abs(place.latitude_deg):.2f}° {north}", f"{abs(place.longitude_deg):.2f}° {east}",
                few_digits(place.downrange_km), axes, f"{place.azimuth_deg:.0f}°",
                few_digits(place.time_of_flight_s, 3), few_digits(place.impact_speed_m_s, 2),
            )
        )  # fmt: skip
    return [*(aligned(rows, "<>>>>>>>") if len(rows) > 1 else []), *remarks]


def _map(charted: PayloadMap) -> list[str]:
    """A row for each altitude up to the last in reach; an asterisk marks insertions in two burns."""
    calibrated = charted.calibrated_kg is not None
    title = f"payload [kg] from {charted.site} into circular orbits; * two burns with a coast between"
    if calibrated:
        title += "; calibrated / physics alone"
    columns = (
        ["sun-synchronous"] if charted.sun_synchronous else [f"{i:g}°" for i in charted.inclinations_deg]
    )
    heads = ["altitude [km]", *columns]
    rows = [tuple(heads)]
    lower = charted.calibrated_kg if charted.calibrated_kg is not None else charted.payload_kg
    for row, height in enumerate(charted.altitudes_km):
        cells = (
            _map_cell(payload, less if calibrated else None, count)
            for payload, less, count in zip(
                charted.payload_kg[row], lower[row], charted.burns_count[row], strict=True
            )
        )
        rows.append((f"{height:g}", *cells))
    within = [
        number for number, row in enumerate(rows) if number == 0 or any(set(c) - set("– ") for c in row[1:])
    ]
    beyond = rows[within[-1] + 1 :]
    remark = [f"{beyond[0][0]} km and above: out of reach"] if beyond else []
    return [title, *aligned(rows[: within[-1] + 1], ">" * len(heads)), *remark]


def _map_cell(payload_kg: float, calibrated_kg: float | None, burns_count: int) -> str:
    """The calibrated payload before the ideal one where there is one."""
    if not payload_kg > 0:
        return "– "
    ideal = f"{fixed(payload_kg)}{'*' if burns_count == 2 else ' '}"
    if calibrated_kg is None:
        return ideal
    return f"{fixed(calibrated_kg) if calibrated_kg > 0 else '–'} / {ideal}"
