"""What published payloads leave of ideal ascents, flown once by `tools/build_reserves.py` and kept here."""

import tomllib
from functools import cache
from pathlib import Path

from pydantic import Field

from cosmodrome.models.quantity import Model
from cosmodrome.models.reserve import ReservePopulation, ReserveRow

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


@cache
def reserve_table() -> ReserveTable:
    """The reserves of the catalog's vehicles.

    Examples
    --------
    >>> 200 < reserve_table().population.center_m_s < 700
    True
    """
    return ReserveTable.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
