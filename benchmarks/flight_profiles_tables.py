"""Tables of docs/theory/ascent-validation.md, written between its markers."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from flight_profiles_cases import ALTITUDES, BY_CONSTRUCTION, LEFT_OUT, MECO_RANGES

from cosmodrome.constants import STANDARD_GRAVITY_M_S2

if TYPE_CHECKING:
    from flight_profiles import Compared, Row, State

DOCUMENT = Path(__file__).parents[1] / "docs" / "theory" / "ascent-validation.md"
DASH = "–"
ACCELERATION_TIMES_S = (10, 100)
STAGING = ("separation", "burnout")


def write_tables(compared: list[Compared], times: list[Row], data: dict) -> None:
    """Replace what stands between the document's markers."""
    text = DOCUMENT.read_text(encoding="utf-8")
    parts = {
        "staging": staging_table(compared, times),
        "altitudes": altitude_table(compared, data["event_altitudes_km"]),
        "acceleration": acceleration_table(compared),
        "meco": meco_table(compared),
        "margins": margin_table(compared),
        "flights": "\n\n".join(flight_section(c) for c in compared),
        "left-out": table(("timeline", "reason"), LEFT_OUT),
    }
    for name, part in parts.items():
        pattern = rf"(<!-- generated: {name} -->\n).*?(<!-- end: {name} -->)"
        if not re.search(pattern, text, flags=re.S):
            raise SystemExit(f"{DOCUMENT} has no marker for {name}")
        text = re.sub(pattern, lambda m, part=part: f"{m[1]}\n{part}\n\n{m[2]}", text, flags=re.S)
    DOCUMENT.write_text(text, encoding="utf-8")


def table(head: tuple[str, ...], rows: Iterator | list | tuple) -> str:
    """A Markdown table; all columns but the first lean right where they hold numbers."""
    body = [tuple(str(cell) for cell in row) for row in rows]
    lean = [
        "---:" if k and all(re.match(r"[+−–\d]", row[k]) for row in body) else "---" for k in range(len(head))
    ]
    lines = [head, tuple(lean), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float | None, digits: int = 0, *, sign: bool = False) -> str:
    """A number with a thin space between thousands from 10 000 on; a dash for none."""
    if value is None:
        return DASH
    rounded = round(value, digits) + 0.0  # no minus before a zero
    text = f"{rounded:{'+' if sign and rounded else ''},.{digits}f}"
    return text.replace(",", "\u202f" if abs(rounded) >= 1e4 else "").replace("-", "−")


def speed(state: State | None) -> str:
    """In the timeline's frame; over ground and inertial where it has none."""
    if state is None:
        return DASH
    if state.speed_m_s is not None:
        return number(state.speed_m_s)
    return f"{number(state.relative_m_s)} / {number(state.inertial_m_s)}"


def staging_rows(rows: tuple[Row, ...] | list[Row]) -> list[Row]:
    """Ends of stages, one row for each event of ours: that of the burn where both are published."""
    found: dict[str, Row] = {}
    for row in rows:
        if (
            row.ours
            and any(word in row.ours_event for word in STAGING)
            and "interstage" not in row.ours_event
        ):
            found.setdefault(row.ours_event, row)
    return list(found.values())


def staging_table(compared: list[Compared], times: list[Row]) -> str:
    """Every end of a stage, published and ours; then how far they are apart."""
    kinds = {c.flight.name: c.timeline["kind"].split(" (")[0] for c in compared}
    rows = [row for c in compared if not c.flight.again for row in staging_rows(c.rows)]
    rows += [r for r in times if any(word in r.ours_event for word in STAGING)]
    lines, shares = [], []
    for row in rows:
        late_s = row.ours.t_s - row.published.t_s
        constructed = (row.flight, row.event) in BY_CONSTRUCTION
        if not constructed:
            shares.append(abs(late_s) / row.published.t_s)
        lines.append((
            row.flight, kinds.get(row.flight, "no orbit stated"), row.event + " †" * constructed,
            number(row.published.t_s, 1), number(row.ours.t_s, 1), number(late_s, 1, sign=True),
            number(100 * late_s / row.published.t_s, 1, sign=True),
        ))  # fmt: skip
    close = sum(share <= 0.05 for share in shares)
    head = ("flight", "kind", "event", "published [s]", "here [s]", "difference [s]", "difference [%]")
    spread = (
        f"† by construction. Of the {len(shares)} others {close} lie within 5 % of the published time; the "
        f"median of the absolute difference is {100 * statistics.median(shares):.1f} %."
    )
    return f"{table(head, lines)}\n\n{spread}"


def margin_table(compared: list[Compared]) -> str:
    """What is left in the last stage, and the largest loads, beside published ones."""
    lines = []
    for c in compared:
        a, limits = c.ascent, c.timeline.get("limits", {})
        published_g = limits.get("max_axial_g")
        if "max_accel_mps2_before_MECO" in limits:
            published_g = limits["max_accel_mps2_before_MECO"] / STANDARD_GRAVITY_M_S2
        carried = number(c.carried_kg)
        if c.carried_kg != c.flight.payload_kg:
            carried += f", the most it lifts ({number(c.flight.payload_kg)} did not converge)"
        lines.append((
            c.flight.name, carried, a.status.name, number(max(a.coasts_s, default=0.0)),
            number(a.propellant_left_kg),
            number(limits.get("max_q_kPa"), 1), number(a.max_dynamic_pressure_kpa, 1),
            number(published_g, 2), number(a.max_axial_acceleration_g, 2),
        ))  # fmt: skip
    head = (
        "flight", "payload [kg]", "status", "coast [s]", "propellant left [kg]",
        "max q, published [kPa]", "here", "max axial, published [g]", "here",
    )  # fmt: skip
    return table(head, lines)


def altitude_rows(table: dict, compared: list[Compared]) -> Iterator[tuple[str, str, float, float]]:
    """Altitudes of the collected table against the ascents here: rocket, event, theirs, ours."""
    ascents = {c.flight.name: c.ascent for c in compared}
    for rocket, variant, flight, boosters, core in ALTITUDES:
        if flight not in ascents:
            continue
        row = next(r for r in table["rows"] if (r["Rocket"], r["Variant"]) == (rocket, variant))
        for column, name in (("BECO", boosters), ("MECO", core)):
            ours = next((e.altitude_km for e in ascents[flight].events if name and name in e.name), None)
            if row[column] and ours is not None:
                yield f"{rocket} ({flight})", name, float(row[column]), ours


def meco_rows(compared: list[Compared]) -> Iterator[tuple[str, str, Row, tuple, tuple, tuple]]:
    """First-stage cut-offs against the ranges of 40 Falcon 9 flights."""
    for flight, kind, times, speeds, altitudes in MECO_RANGES:
        rows = [r for c in compared if c.flight.name == flight for r in c.rows if r.event == "meco"]
        if rows and rows[0].ours:
            yield flight, kind, rows[0], times, speeds, altitudes


def altitude_table(compared: list[Compared], collected: dict) -> str:
    """Altitudes of the collected table."""
    lines = [
        (name, event, number(theirs, 1), number(ours, 1), number(ours - theirs, 1, sign=True))
        for name, event, theirs, ours in altitude_rows(collected, compared)
    ]
    return table(("vehicle (flight here)", "event", "collected [km]", "here [km]", "difference [km]"), lines)


def acceleration_table(compared: list[Compared]) -> str:
    """Sensed acceleration, which needs no frame and no altitude."""
    lines = []
    for c in compared:
        flight = c.ascent.trajectory
        points = [(t, g) for t, g in c.timeline.get("axial_acceleration_g", [])]
        rows = c.timeline.get("trace", {}).get("rows", [])
        points += [(r[0], r[5] / STANDARD_GRAVITY_M_S2) for r in rows if r[0] in ACCELERATION_TIMES_S]
        for t, g in points:
            ours = float(np.interp(t, flight.time_s, flight.axial_acceleration_g))
            lines.append((
                c.flight.name, number(t, 2 if t % 1 else 0), number(g, 2), number(ours, 2),
                number(100 * (ours / g - 1), 1, sign=True),
            ))  # fmt: skip
    return table(("flight", "time [s]", "published [g]", "here [g]", "difference [%]"), lines)


def meco_table(compared: list[Compared]) -> str:
    """First-stage cut-offs against 40 flights."""
    lines = []
    for flight, kind, row, times, speeds, altitudes in meco_rows(compared):
        for what, (low, high), ours, digits in (
            ("time [s]", times, row.ours.t_s, 1),
            ("altitude [km]", altitudes, row.ours.altitude_km, 1),
            ("speed over ground [m/s]", speeds, row.ours.relative_m_s, 0),
        ):
            inside = "within" if low <= ours <= high else "above" if ours > high else "below"
            lines.append(
                (f"{flight} ({kind})", what, f"{number(low)} to {number(high)}", number(ours, digits), inside)
            )
    return table(("flight here", "at cut-off", "40 flights", "here", ""), lines)


def flight_section(c: Compared) -> str:
    """One flight: what was flown, and its events side by side."""
    flight, timeline = c.flight, c.timeline
    azimuth = f"{c.ascent.launch_azimuth_deg:.1f}°"
    lines = [
        f"### {flight.name}",
        "",
        f"{timeline['mission']}. Timeline: {timeline['kind']}; confidence {timeline['confidence']}.",
    ]
    frame = timeline["speed_frame"]
    if any(row.published.speed_m_s is not None for row in c.rows):
        lines[-1] += f" Frame of its speeds: {frame or 'not stated'}."
    if flight.zero_s:
        lines[-1] += f" Its clock starts {flight.zero_s:g} s before lift-off; times here are from lift-off."
    here = f"Flown here: `{flight.vehicle}` from `{flight.site}` to {flight.orbit}, "
    here += f"{number(c.carried_kg)} kg, azimuth {azimuth}."
    if flight.added:
        here += f" Not in the data file: {flight.added}."
    return "\n".join([*lines, "", here, "", events_table(c.rows)])


def events_table(rows: tuple[Row, ...]) -> str:
    """Events with as many columns as the timeline fills."""
    has_altitude = any(row.published.altitude_km is not None for row in rows)
    has_speed = any(row.published.speed_m_s is not None for row in rows)
    head = ["event", "t publ. [s]", "t here", "Δt"]
    head += (
        ["h publ. [km]", "h here", "h here at t publ."]
        if has_altitude
        else ["h here [km]", "h here at t publ."]
    )
    head += ["v publ. [m/s]", "v here", "v here at t publ."] if has_speed else []
    lines = []
    for row in rows:
        ours, then = row.ours, row.then
        line = [
            row.event, number(row.published.t_s, 1), number(ours and ours.t_s, 1),
            number(row.differences()["t_s"], 1, sign=True),
        ]  # fmt: skip
        line += [number(row.published.altitude_km, 1)] if has_altitude else []
        line += [number(ours and ours.altitude_km, 1), number(then and then.altitude_km, 1)]
        line += [number(row.published.speed_m_s), speed(ours), speed(then)] if has_speed else []
        lines.append(line)
    return table(tuple(head), lines)
