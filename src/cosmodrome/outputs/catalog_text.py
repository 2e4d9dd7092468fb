"""Catalog entries as text for a terminal: every number beside its source."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cosmodrome.catalog import Contradiction, explain_source
from cosmodrome.models.quantity import Model, Quantity
from cosmodrome.models.site import Site
from cosmodrome.models.vehicle import PayloadFigure, Vehicle

_ELSEWHERE: Final = frozenset(  # in the heading of the vehicle or of the stage, or below it
    {
        "name",
        "title",
        "country",
        "operator",
        "status",
        "role",
        "count",
        "engine",
        "propellants",
        "note",
        "notes",
    }
)


def _quantities(model: Model) -> Iterator[tuple[str, Quantity]]:
    """The sourced numbers of a model, by key."""
    for key in type(model).model_fields:
        value = getattr(model, key)
        if isinstance(value, Quantity):
            yield key, value


def _quantity_lines(model: Model, indent: str) -> list[str]:
    """One line per number: key, value, source, other published values."""
    lines = []
    for key, quantity in _quantities(model):
        mark = " (estimated)" if quantity.estimated else ""
        lines.append(f"{indent}{key:28} {quantity.value:>12,g}{mark}  {quantity.source}".rstrip())
        lines += [
            f"{indent}{'':28} {other.value:>12,g}  also: {other.source}" for other in quantity.alternatives
        ]
        if quantity.note:
            lines.append(f"{indent}{'':28} {'':>12}  note: {quantity.note}")
    return lines


def _plain_lines(model: Model, indent: str) -> list[str]:
    """One line for each number or word that the entry states without a source of its own."""
    lines = []
    for key in type(model).model_fields:
        value = getattr(model, key)
        if key in model.model_fields_set - _ELSEWHERE and isinstance(value, str | int | float):
            lines.append(f"{indent}{key:28} {_plain_text(value):>12}")
        elif key in model.model_fields_set and key.endswith("_ratio") and isinstance(value, tuple):
            pairs = ", ".join(f"{at:g}:{ratio:g}" for at, ratio in value)
            hanging = " " * (len(indent) + 29)
            lines += textwrap.wrap(pairs, 110, initial_indent=f"{indent}{key:28} ", subsequent_indent=hanging)
    return lines


def _plain_text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:,g}"


def _orbit_text(figure: PayloadFigure) -> str:
    """The orbit of a published payload."""
    if figure.perigee_altitude_km is None and figure.apogee_altitude_km is None:
        return figure.orbit
    low, high = figure.perigee_altitude_km, figure.apogee_altitude_km
    altitudes = f"{low or 0:g} × {high or 0:g} km"
    tilt = f", {figure.inclination_deg:g}°" if figure.inclination_deg is not None else ""
    return f"{figure.orbit} {altitudes}{tilt}"


def vehicle_text(vehicle: Vehicle) -> str:
    """A vehicle: overall numbers, stages from the pad up, fairing, published payloads, sources."""
    lines = [f"{vehicle.title}   ({vehicle.name}; {vehicle.operator}; {vehicle.status})", ""]
    lines += [*_quantity_lines(vehicle, "  "), *_plain_lines(vehicle, "  ")]
    if vehicle.air_launch is not None:
        lines += ["", "  air_launch   (let go by a carrier that flies along the launch azimuth)"]
        lines += [*_quantity_lines(vehicle.air_launch, "    "), *_plain_lines(vehicle.air_launch, "    ")]
    for stage in vehicle.stages:
        count = f"{stage.count} × " if stage.count > 1 else ""
        lines += ["", f"  {count}{stage.name}   ({stage.role}; {stage.engine}; {stage.propellants})"]
        lines += [*_quantity_lines(stage, "    "), *_plain_lines(stage, "    ")]
        if stage.note:
            lines.append(f"    note: {stage.note}")
    lines += ["", "  fairing"]
    lines += _quantity_lines(vehicle.fairing, "    ")
    if vehicle.payload_figures:
        lines += ["", "  published payloads"]
        lines += [
            f"    {f.payload_kg:>8,g} kg  {f.site}, {_orbit_text(f)}  ({f.source})"
            for f in vehicle.payload_figures
        ]
    if vehicle.notes:
        lines += ["", f"  {vehicle.notes}"]
    parts: list[Model] = [vehicle, vehicle.fairing, *vehicle.stages]
    if vehicle.air_launch is not None:
        parts.append(vehicle.air_launch)
    sources = [quantity.source for part in parts for _, quantity in _quantities(part)]
    lines += ["", *_source_lines(sources)]
    return "\n".join(lines)


def site_text(site: Site) -> str:
    """A site: position, permitted azimuths, orbits flown, sources."""
    lines = [f"{site.title}   ({site.name}; {site.country})", "", *_quantity_lines(site, "  ")]
    lines.append(f"  {'inclinations':28} {site.inclinations}")
    lowest = abs(site.geocentric_latitude_deg)
    lines.append(f"  from its latitude            {lowest:.2f} to {180 - lowest:.2f} deg can be reached")
    if site.notes:
        lines.append(f"  {site.notes}")
    lines += ["", *_source_lines([q.source for _, q in _quantities(site)])]
    return "\n".join(lines)


def _source_lines(sources: list[str]) -> list[str]:
    references = explain_source(*sources)
    return ["  sources", *(f"    {r.key:10} {r.text}" for r in references)] if references else []


def plain_text(entry: Model) -> str:
    """A component or a station: key and value, line by line."""
    values = entry.model_dump(mode="json")
    return "\n".join(f"{key:28} {value}" for key, value in values.items() if value not in ("", None))


def audit_text(found: Sequence[Contradiction], vehicles_count: int) -> str:
    """What cannot all be true, a paragraph each, vehicle by vehicle.

    Parameters
    ----------
    found : sequence of Contradiction
    vehicles_count : int
        How many vehicles were looked at.
    """
    lines = []
    for vehicle, findings in groupby(found, key=lambda finding: finding.vehicle):
        lines.append(vehicle)
        for finding in findings:
            lines += [
                f"  {finding.rule:16} {finding.claim}",
                f"  {'against':>16} {finding.other_claim}",
                f"  {'difference':>16} {finding.difference}",
                f"  {'reconciled by':>16} {finding.reconciled_by}",
            ]
    lines.append(f"{len(found)} contradictions in {vehicles_count} vehicles")
    return "\n".join(lines)
