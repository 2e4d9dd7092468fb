"""Fly every published payload of the catalog and fit the population of their reserves.

    .venv/bin/python tools/build_reserves.py [VEHICLE ...]

Writes `src/cosmodrome/catalog/data/reserves.toml`. Vehicles whose numbers have changed are flown again, and
those named. An interrupted run loses no finished vehicle.
"""

import sys
import time
import tomllib
from pathlib import Path

import cosmodrome
from cosmodrome.ascent.calibration import fit_population
from cosmodrome.ascent.published import reserve_rows
from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.catalog.reserves import VehicleRows, vehicle_fingerprint
from cosmodrome.models.reserve import ReservePopulation
from cosmodrome.outputs.files import replace_text

FILE = Path(cosmodrome.__file__).parent / "catalog" / "data" / "reserves.toml"
HEADER = """\
# What the published payloads of each vehicle leave of its ideal ascent [m/s], and the population fitted to
# them. Written by `python tools/build_reserves.py`, which flies each published payload whose orbit is stated
# in full; do not edit. Other numbers of a vehicle change its fingerprint; its rows are flown when needed.
"""


def main(again: list[str]) -> None:
    """Fly what has changed, then fit."""
    kept = known()
    for name in vehicle_names():
        vehicle = find_vehicle(name)
        fingerprint = vehicle_fingerprint(vehicle)
        if name in kept and kept[name].fingerprint == fingerprint and name not in again:
            continue
        began = time.perf_counter()
        rows = tuple(reserve_rows(vehicle, lambda why: print("  no row:", why, flush=True)))
        kept[name] = VehicleRows(name=name, fingerprint=fingerprint, rows=rows)
        print(f"{name}: {len(rows)} rows, {time.perf_counter() - began:.0f} s", flush=True)
        write(kept)
    write({name: kept[name] for name in vehicle_names()})


def known() -> dict[str, VehicleRows]:
    """What an earlier run has written."""
    if not FILE.exists():
        return {}
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {entry["name"]: VehicleRows.model_validate(entry) for entry in document["vehicles"]}


def write(kept: dict[str, VehicleRows]) -> None:
    """The whole file."""
    rows = [row for entry in kept.values() for row in entry.rows]
    population = rounded(fit_population(rows))
    lines = [HEADER, "[population]"]
    lines += [f"{key} = {value}" for key, value in population.model_dump().items()]
    for entry in kept.values():
        lines += [
            "",
            "[[vehicles]]",
            f'name = "{entry.name}"',
            f'fingerprint = "{entry.fingerprint}"',
            "rows = [",
        ]
        for row in entry.rows:
            pairs = (
                f"{key} = {written(value)}" for key, value in row.model_dump(exclude_defaults=True).items()
            )
            lines.append(f"    {{ {', '.join(pairs)} }},")
        lines.append("]")
    replace_text(FILE, "\n".join(lines) + "\n")


def rounded(population: ReservePopulation) -> ReservePopulation:
    """To a tenth of a meter per second."""
    return ReservePopulation(**{key: round(value, 1) for key, value in population.model_dump().items()})


def written(value: object) -> str:
    """A TOML value."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f'"{value}"' if isinstance(value, str) else repr(value)


if __name__ == "__main__":
    main(sys.argv[1:])
