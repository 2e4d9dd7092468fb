"""What a vehicle lifts, as text for a terminal: the answer first, then where it comes from."""

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from cosmodrome.ascent.footprint import Footprint
from cosmodrome.ascent.partials import PayloadPartial
from cosmodrome.ascent.payload_map import PayloadMap
from cosmodrome.ascent.result import Ascent, AscentStatus
from cosmodrome.models.vehicle import PayloadFigure
from cosmodrome.outputs.labels import number_text
from cosmodrome.payload_question import ESCAPE_PERIGEE_KM, PayloadQuestion
from cosmodrome.payload_study import PayloadStudy

COLUMNS: Final = 110
_LONGEST_EVENT: Final = 44
_LONGEST_STAGE: Final = 36
_LONGEST_BODY: Final = 26
_GAP: Final = "  "


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
        sections += [[*_answer(study, ascent), *_published(study)]]
        claimed = ascent.status is AscentStatus.OPTIMAL
        if claimed:
            sections += [_losses(ascent), _events(ascent), _partials(study.partials), _limits(ascent)]
        sections.append(
            [
                *_branches(study),
                *(_notes(ascent) if ascent.status is not AscentStatus.NOT_CONVERGED else ()),
                *(_proof(ascent) if claimed else ()),
            ]
        )
    if study.footprints:
        sections.append(_footprints(study.footprints))
    if study.payload_map is not None:
        sections.append([*_map(study.payload_map), *(_wrapped(f"! {why}") for why in study.unreachable)])
    sections[-1].append(f"took {study.elapsed_s:.1f} s")
    return "\n\n".join("\n".join(lines) for lines in sections)


def orbit_text(question: PayloadQuestion) -> str:
    """Name the orbit asked about.

    Parameters
    ----------
    question : PayloadQuestion
        Of one orbit, or of a map.

    Returns
    -------
    str
        Shape, altitude, inclination.
    """
    asked = question.options
    if not asked.has_orbit:
        return "circular orbits"
    if asked.c3_km2_s2 is not None:
        perigee = asked.perigee_altitude_km or ESCAPE_PERIGEE_KM
        shape = f"departure with a C3 of {_number(asked.c3_km2_s2)} km²/s² from {perigee:g} km"
    elif asked.altitude_km is not None:
        kind = "sun-synchronous" if asked.sun_synchronous else "circular"
        shape = f"{asked.altitude_km:g} km {kind}"
    else:
        shape = f"{asked.perigee_altitude_km:g} × {asked.apogee_altitude_km:g} km"
    tilt = getattr(question.target, "inclination_deg", None) or question.inclinations_deg[0]
    argument = asked.argument_of_perigee_deg
    perigee_text = "" if argument is None else f", argument of perigee {argument:g}°"
    return f"{shape}, {_fixed(tilt, 2)}°{perigee_text}"


def _answer(study: PayloadStudy, ascent: Ascent) -> Iterator[str]:
    """What is lifted, into which orbit, and how it is flown."""
    question, capability = study.question, study.capability
    assert capability is not None
    head = f"{question.vehicle.title} · {question.site.name} → {orbit_text(question)}"
    match capability.status:
        case AscentStatus.OPTIMAL:
            head += f": {_kilograms(capability.payload_kg)}"
        case AscentStatus.OUT_OF_REACH:
            missing = capability.ascent.shortfall_m_s
            head += f": out of reach, {missing:.0f} m/s missing without a payload"
        case _:
            head += ": no answer"
    yield _wrapped(head)
    if question.options.payload_kg and study.is_answered:
        yield _wrapped(f"  {_laden(study)}")
    if capability.status is AscentStatus.OPTIMAL:
        yield f"  {_flown(ascent)}"
    elif not study.is_answered:
        yield _wrapped(f"  {capability.status.value}")
    if question.lowest_inclination:
        yield f"  no --inclination given: {question.inclinations_deg[0]:.2f}° is the lowest without a dogleg"


def _laden(study: PayloadStudy) -> str:
    """Whether the payload asked about fits, and what is left."""
    asked_kg, capability = study.question.options.payload_kg or 0.0, study.capability
    assert capability is not None
    spare = capability.payload_kg - asked_kg
    if spare < 0:
        return f"{_kilograms(asked_kg)}: does not fit, {_kilograms(-spare)} too heavy"
    left_kg = study.laden.propellant_left_kg if study.laden else 0.0
    text = f"{_kilograms(asked_kg)}: fits, {_kilograms(spare)} to spare"
    if study.laden is None:
        return text
    return f"{text}; {_kilograms(left_kg)} of propellant left with it, as flown below"


def _flown(ascent: Ascent) -> str:
    coasts = " and ".join(f"{_number(coast / 60, 3)} min" for coast in ascent.coasts_s)
    burns = f"two burns, a coast of {coasts} between" if coasts else "one burn into orbit"
    return (
        f"{burns} · {ascent.branch} · launch azimuth {ascent.launch_azimuth_deg:.1f}° · "
        f"{_number(ascent.duration_s / 60, 3)} min from lift-off to cut-off"
    )


def _published(study: PayloadStudy) -> list[str]:
    """Published figures of the vehicle from this site for this kind of orbit."""
    if not study.published:
        return [f"  published: nothing from {study.question.site.name} for this kind of orbit"]
    rows = [("published", "[kg]", "computed is", "source")]
    for beside in study.published:
        ratio = beside.computed_over_published_ratio
        compared = f"{ratio:.2f} ×" if ratio is not None else "–"
        figure = beside.figure
        about = f"{figure.definition}; {figure.source}" if figure.definition else figure.source
        rows.append((figure_orbit_text(figure), number_text(figure.payload_kg, 5), compared, about))
    return _aligned(rows, "<>><", indent="  ")


def figure_orbit_text(figure: PayloadFigure) -> str:
    """Name the orbit of a published figure.

    Parameters
    ----------
    figure : PayloadFigure
        As published.

    Returns
    -------
    str
        Kind, altitudes, inclination, as far as they are published.
    """
    low, high, tilt = figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg
    text = figure.orbit
    if high is not None:
        text += (
            f" {high:g} km" if low == high else f" {'?' if low is None else format(low, 'g')} × {high:g} km"
        )
    return f"{text}, {tilt:g}°" if tilt is not None else text


def _losses(ascent: Ascent) -> list[str]:
    """The sum of velocities in one line."""
    loss = ascent.losses
    terms = (
        ("start", loss.start_m_s), ("+ ideal", loss.ideal_m_s), ("− gravity", loss.gravity_m_s),
        ("− drag", loss.drag_m_s), ("− steering", loss.steering_m_s), ("− pressure", loss.pressure_m_s),
        ("+ rotation", loss.rotation_m_s), ("= end", loss.end_m_s),
    )  # fmt: skip
    heads = ("velocity over ground [m/s]", *(head for head, _ in terms))
    return _aligned([heads, ("", *(_fixed(value) for _, value in terms))], "<" + ">" * len(terms))


def _events(ascent: Ascent) -> list[str]:
    rows = [("event", "time [s]", "altitude [km]", "speed [km/s]", "downrange [km]", "mass [kg]")]
    rows += [
        (
            _short(event.name, _LONGEST_EVENT), _fixed(event.time_s, 1), _fixed(event.altitude_km, 1),
            _fixed(event.speed_km_s, 2), _fixed(event.downrange_km), _fixed(event.mass_kg),
        )
        for event in ascent.events
    ]  # fmt: skip
    return _aligned(rows, "<>>>>>")


def _partials(partials: Sequence[PayloadPartial]) -> list[str]:
    """Payload for a unit more of each number: a row for each stage, one line for the vehicle."""
    of_stages = [p for p in partials if p.stage]
    kinds = list(dict.fromkeys((p.quantity, p.per) for p in of_stages))
    change = {(p.stage, p.quantity): p.change_kg for p in of_stages}
    rows = [("change of payload [kg] for", *(f"+{per} {quantity}" for quantity, per in kinds))]
    for stage in dict.fromkeys(p.stage for p in of_stages):
        rows.append(
            (_short(stage, _LONGEST_STAGE), *(_signed(change[stage, quantity]) for quantity, _ in kinds))
        )
    whole = [f"{_signed(p.change_kg)} for +{p.per} {p.quantity}" for p in partials if not p.stage]
    of_vehicle = [_wrapped(f"and of the vehicle: {', '.join(whole)}")] if whole else []
    return [*_aligned(rows, "<" + ">" * len(kinds)), *of_vehicle]


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
        ("reached", *(f"{'! ' if _passes(peak, most) else ''}{_number(peak, 3)}" for _, peak, most in peaks))
    )
    rows.append(("allowed", *("–" if limit is None else _number(limit, 4) for _, _, limit in peaks)))
    return _aligned(rows, "<>>>>")


def _passes(peak: float, limit: float | None) -> bool:
    """Whether a limit is passed by more than the mesh lets through for moments."""
    return limit is not None and peak > 1.02 * limit


def _branches(study: PayloadStudy) -> Iterator[str]:
    capability = study.capability
    assert capability is not None
    for ascent in capability.branches:
        lifts = _kilograms(ascent.payload_kg) if ascent.converged else ascent.status.value
        if ascent.status is AscentStatus.OUT_OF_REACH:
            lifts = f"short of {_kilograms(-ascent.payload_kg)}"
        yield _wrapped(f"{ascent.branch} branch, azimuth {ascent.launch_azimuth_deg:.1f}°: {lifts}")
    if len(capability.branches) == 1:
        other = "descending" if capability.branches[0].branch == "ascending" else "ascending"
        yield f"{other} branch: outside the site's azimuth sector"
    if capability.dogleg_cost_kg is not None:
        yield f"dogleg: the site's azimuth sector costs {_kilograms(capability.dogleg_cost_kg)}"


def _notes(ascent: Ascent) -> list[str]:
    return [_wrapped(f"! {note}") for note in ascent.notes]


def _proof(ascent: Ascent) -> Iterator[str]:
    orbit = ascent.insertion
    high = f"{orbit.apogee_altitude_km:.1f}" if orbit.apogee_altitude_km < 1e9 else "∞"
    argument = "" if _is_round(ascent) else f", argument of perigee {orbit.argument_of_perigee_deg:.1f}°"
    yield f"cut-off in {orbit.perigee_altitude_km:.1f} × {high} km, {orbit.inclination_deg:.2f}°{argument}"
    miss = ascent.replay
    yield (
        f"independent re-integration misses by {_number(miss.position_miss_m, 2)} m and "
        f"{_number(miss.velocity_miss_m_s, 2)} m/s"
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
        name = _short(f"{place.count} × {place.name}" if place.count > 1 else place.name, _LONGEST_BODY)
        if place.latitude_deg is None or place.longitude_deg is None:
            remarks.append(_wrapped(f"{name}: {place.status.value}"))
            continue
        axes = f"{_number(place.along_km, 2)} × {_number(place.across_km, 2)}" if place.along_km else "–"
        north, east = "N" if place.latitude_deg >= 0 else "S", "E" if place.longitude_deg >= 0 else "W"
        rows.append(
            (
                name, f"{abs(place.latitude_deg):.2f}° {north}", f"{abs(place.longitude_deg):.2f}° {east}",
                _number(place.downrange_km), axes, f"{place.azimuth_deg:.0f}°",
                _number(place.time_of_flight_s, 3), _number(place.impact_speed_m_s, 2),
            )
        )  # fmt: skip
    return [*(_aligned(rows, "<>>>>>>>") if len(rows) > 1 else []), *remarks]


def _map(charted: PayloadMap) -> list[str]:
    """A row for each altitude up to the last in reach; an asterisk marks insertions in two burns."""
    title = f"payload [kg] from {charted.site} into circular orbits; * two burns with a coast between"
    columns = (
        ["sun-synchronous"] if charted.sun_synchronous else [f"{i:g}°" for i in charted.inclinations_deg]
    )
    heads = ["altitude [km]", *columns]
    rows = [tuple(heads)]
    for height, payloads, burns in zip(
        charted.altitudes_km, charted.payload_kg, charted.burns_count, strict=True
    ):
        cells = (
            f"{_fixed(kg)}{'*' if count == 2 else ' '}" if kg > 0 else "– "
            for kg, count in zip(payloads, burns, strict=True)
        )
        rows.append((f"{height:g}", *cells))
    within = [number for number, row in enumerate(rows) if number == 0 or any("–" not in c for c in row[1:])]
    beyond = rows[within[-1] + 1 :]
    remark = [f"{beyond[0][0]} km and above: out of reach"] if beyond else []
    return [title, *_aligned(rows[: within[-1] + 1], ">" * len(heads)), *remark]


def _aligned(rows: Sequence[Sequence[str]], sides: str, indent: str = "") -> list[str]:
    """Columns set apart; the last is cut where the line would be too long."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(sides))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if side == "<" else cell.rjust(width)
            for cell, side, width in zip(row, sides, widths, strict=True)
        ]
        line = (indent + _GAP.join(cells)).rstrip()
        lines.append(line if len(line) <= COLUMNS else line[: COLUMNS - 1].rstrip() + "…")
    return lines


def _wrapped(text: str) -> str:
    """A sentence over as many lines as it needs, the later ones indented."""
    lead = " " * (len(text) - len(text.lstrip()) + 2)
    return "\n".join(textwrap.wrap(text, COLUMNS, subsequent_indent=lead, drop_whitespace=True))


def _short(name: str, longest: int) -> str:
    """A name without what stands in brackets, cut where it is too long."""
    name = re.sub(r" \([^)]*\)", "", name)
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def _number(value: float | None, digits: int = 4) -> str:
    return "–" if value is None else number_text(value, digits)


def _fixed(value: float, decimals: int = 0) -> str:
    """A number with as many decimals as its neighbors in the column."""
    return f"{value:,.{decimals}f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace("-", "−")


def _kilograms(value_kg: float) -> str:
    return f"{number_text(value_kg, 4)} kg"


def _signed(value: float) -> str:
    text = number_text(value, 3)
    return text if value <= 0 else f"+{text}"
