"""The mission as it was understood: every number with its unit, its source, and whether it is a default."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pydantic import BaseModel

from cosmodrome.models.mission import Mission
from cosmodrome.models.quantity import Quantity
from cosmodrome.models.target import EllipticalTarget, SunSynchronousTarget, Target
from cosmodrome.outputs.labels import number_text, title_of, unit_of
from cosmodrome.outputs.tables import Cell, Table, heading_of

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult


@dataclass(frozen=True, slots=True)
class InputRow:
    """One number or word of the input."""

    owner: str  # the stage, component or part that it belongs to
    name: str
    text: str
    unit: str
    source: str
    alternatives: str
    is_estimated: bool
    is_default: bool


def target_text(target: Target) -> str:
    """Name an orbit in a few words.

    Parameters
    ----------
    target : Target
        The orbit asked for.

    Returns
    -------
    str
        Shape, altitude, inclination or local time.
    """
    match target:
        case SunSynchronousTarget():
            return f"SSO {target.altitude_km:g} km, LTAN {target.ltan}"
        case EllipticalTarget():
            shape = f"{target.perigee_altitude_km:g} × {target.apogee_altitude_km:g} km"
            return f"{shape}, {target.inclination_deg:g}°"
    return f"{target.altitude_km:g} km circular, {target.inclination_deg:g}°"


def input_rows(model: BaseModel, owner: str = "") -> tuple[InputRow, ...]:
    """List every number and word of an input model, those inside its parts too.

    Parameters
    ----------
    model : BaseModel
        A vehicle, a site, a satellite, requirements and so on.
    owner : str
        What the rows belong to; the model's own name where it has one.

    Returns
    -------
    tuple of InputRow
        In the order of the fields. What is None or empty is left out.
    """
    return tuple(_walk(model, owner))


def _walk(model: BaseModel, owner: str) -> Iterator[InputRow]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        is_default = name not in model.model_fields_set
        parts = value if isinstance(value, tuple) else (value,)
        for part in parts:
            if isinstance(part, Quantity):
                yield _quantity_row(part, owner, name, is_default)
            elif isinstance(part, BaseModel):
                yield from _walk(part, str(getattr(part, "name", title_of(name))))
        is_plain = not any(isinstance(part, BaseModel) for part in parts)
        if is_plain and name not in ("name", "title", "source") and value not in (None, "", (), {}):
            source = str(getattr(model, "source", ""))
            yield InputRow(
                owner, title_of(name), _plain_text(value), unit_of(name), source, "", False, is_default
            )


def _quantity_row(quantity: Quantity, owner: str, name: str, is_default: bool) -> InputRow:
    others = "; ".join(f"{number_text(other.value, 6)} ({other.source})" for other in quantity.alternatives)
    source = f"{quantity.source}. {quantity.note}" if quantity.note else quantity.source
    text = number_text(quantity.value, 6)
    return InputRow(
        owner, title_of(name), text, unit_of(name), source, others, quantity.estimated, is_default
    )


def _plain_text(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case float() | int():
            return number_text(float(value), 6)
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(str(part) for part in value)
        case dict():
            return ", ".join(f"{key} {_plain_text(part)}" for key, part in value.items())
    return str(value)


def stages_table(result: "MissionResult") -> Table:
    """Stages of the vehicle across, from the pad up; numbers are of one unit."""
    words = ("role", "count", "propellants", "engine")
    numbers = (
        "dry_mass_kg", "propellant_mass_kg", "thrust_sea_level_n", "thrust_vacuum_n",
        "specific_impulse_sea_level_s", "specific_impulse_vacuum_s", "length_m", "diameter_m",
    )  # fmt: skip
    stages = result.mission.vehicle.stages
    rows: list[tuple[Cell, ...]] = [
        (word, *(str(getattr(stage, word)) for stage in stages)) for word in words
    ]
    rows += [(heading_of(name), *(_marked(getattr(stage, name)) for stage in stages)) for name in numbers]
    names = tuple(stage.name for stage in stages)
    title = "Stages, numbers of one unit; ≈ marks an estimate"
    return Table("stages", title, ("quantity", *names), tuple(row for row in rows if any(row[1:])))


def _marked(quantity: Quantity | None) -> str:
    if quantity is None:
        return "–"
    return f"≈ {number_text(quantity.value, 6)}" if quantity.estimated else number_text(quantity.value, 6)


def published_table(result: "MissionResult") -> Table:
    """What the vehicle's operator and others say it lifts."""
    rows: list[tuple[Cell, ...]] = []
    for figure in result.mission.vehicle.payload_figures:
        low, high, tilt = figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg
        orbit = figure.orbit
        if low is not None:
            orbit += f" {low:g} km" if high in (None, low) else f" {low:g} × {high:g} km"
        orbit += f", {tilt:g}°" if tilt is not None else ""
        about = f"{figure.definition} [{figure.source}]" if figure.definition else figure.source
        rows.append((orbit, figure.site, figure.payload_kg, about))
    columns = ("orbit", "site", "payload_kg", "definition and source")
    return Table("published", "Published payloads of this vehicle", columns, tuple(rows))


def stations_table(mission: Mission) -> Table:
    """Ground stations."""
    columns = (
        "station", "latitude_deg", "longitude_deg", "altitude_m", "minimum_elevation_deg",
        "antenna_gain_dbi", "system_noise_temperature_k", "atmospheric_loss_db", "source",
    )  # fmt: skip
    rows = tuple(
        (
            station.name, station.latitude_deg, station.longitude_deg, station.altitude_m,
            station.minimum_elevation_deg, station.antenna_gain_dbi, station.system_noise_temperature_k,
            None if station.propagation is not None else station.atmospheric_loss_db,  # worked out from it
            station.source,
        )
        for station in mission.stations
    )  # fmt: skip
    return Table("stations", "Ground stations", columns, rows)
