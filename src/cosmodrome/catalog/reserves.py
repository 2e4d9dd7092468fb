"""What published payloads leave of ideal ascents, flown once by `tools/build_reserves.py` and kept here."""

import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from cosmodrome.models.quantity import Model, Quantity
from cosmodrome.models.reserve import ReservePopulation, ReserveRow
from cosmodrome.models.vehicle import Vehicle

_FILE = Path(__file__).parent / "data" / "reserves.toml"


class VehicleRows(Model):
    """The rows of one vehicle, and the numbers that they were flown with."""

    name: str = Field(description="Catalog name.")
    fingerprint: str = Field(description="Of the vehicle's numbers; with others the rows are flown anew.")
    rows: tuple[ReserveRow, ...] = Field(default=(), description="One for each published payload.")


class ReserveTable(Model):
    """Every row, and the population fitted to them."""

    population: ReservePopulation = Field(description="Fitted to all rows.")
    vehicles: tuple[VehicleRows, ...] = Field(description="By vehicle.")

    @property
    def rows(self) -> tuple[ReserveRow, ...]:
        """Of all vehicles."""
        return tuple(row for vehicle in self.vehicles for row in vehicle.rows)

    def is_of(self, vehicle: Vehicle) -> bool:
        """Whether a vehicle's rows were flown with its numbers."""
        kept = {entry.name: entry.fingerprint for entry in self.vehicles}
        return vehicle.name in kept and kept[vehicle.name] == vehicle_fingerprint(vehicle)


@cache
def reserve_table() -> ReserveTable:
    """The reserves of the catalog's vehicles.

    Examples
    --------
    >>> 200 < reserve_table().population.center_m_s < 700
    True
    """
    return ReserveTable.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def vehicle_fingerprint(vehicle: Vehicle) -> str:
    """A short digest of every number of a vehicle that its reserve rows depend on."""
    digest = hashlib.sha256(json.dumps(_numbers(vehicle), sort_keys=True).encode())
    return digest.hexdigest()[:16]


def _numbers(value: Any) -> Any:
    """Values without their sources, notes and names."""
    if isinstance(value, Quantity):
        return value.value
    if isinstance(value, Model):
        pairs = {key: _numbers(getattr(value, key)) for key in type(value).model_fields}
        return {key: number for key, number in pairs.items() if number is not None and key not in _WORDS}
    if isinstance(value, tuple):
        return [_numbers(item) for item in value]
    return value


# Of no weight for an ascent.
_WORDS = frozenset(
    {
        "title",
        "variant_of",
        "country",
        "operator",
        "status",
        "notes",
        "note",
        "source",
        "definition",
        "module",
        "engine",
        "injection_accuracies",
    }
)
