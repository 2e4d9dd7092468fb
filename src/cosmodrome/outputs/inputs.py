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
from cosmodrome.outputs.tables import Cell, Table

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
        if is_plain and name not in ("name", "title", "source") and value not in (None, "", ()):
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
    return str(value)


def stages_table(result: "MissionResult") -> Table:
    """Stages of the vehicle, from the pad up; one unit per row."""
    columns = (
        "stage", "role", "count", "propellants", "dry_mass_kg", "propellant_mass_kg", "thrust_vacuum_n",
        "specific_impulse_vacuum_s", "length_m", "diameter_m",
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for stage in result.mission.vehicle.stages:
        numbers = (getattr(stage, column) for column in columns[4:])
        rows.append((stage.name, stage.role, stage.count, stage.propellants, *map(_marked, numbers)))
    return Table("stages", "Stages, one unit per row; ≈ marks an estimate", columns, tuple(rows))


def _marked(quantity: Quantity | None) -> str:
    if quantity is None:
        return "–"
    return f"≈ {number_text(quantity.value, 6)}" if quantity.estimated else number_text(quantity.value, 6)


def published_table(result: "MissionResult") -> Table:
    """What the vehicle's operator and others say it lifts."""
    columns = (
        "orbit", "site", "perigee_altitude_km", "apogee_altitude_km", "inclination_deg", "payload_kg",
        "definition", "source",
    )  # fmt: skip
    figures = result.capability.published
    rows = tuple(tuple(getattr(figure, column) for column in columns) for figure in figures)
    return Table("published", "Published payloads of this vehicle", columns, rows)


def stations_table(mission: Mission) -> Table:
    """Ground stations."""
    columns = (
        "station", "latitude_deg", "longitude_deg", "altitude_m", "minimum_elevation_deg",
        "antenna_gain_dbi", "system_noise_temperature_k", "atmospheric_loss_db", "source",
    )  # fmt: skip
    rows = tuple(
        (station.name, *(getattr(station, column) for column in columns[1:])) for station in mission.stations
    )
    return Table("stations", "Ground stations", columns, rows)
