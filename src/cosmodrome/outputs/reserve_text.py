"""What a vehicle's published payloads leave of its ideal ascent, as text for a terminal."""

from collections.abc import Iterator

from cosmodrome.ascent.calibration import VehicleReserve, vehicle_reserve
from cosmodrome.catalog.reserves import reserve_table
from cosmodrome.models.reserve import ReserveRow
from cosmodrome.models.vehicle import Vehicle
from cosmodrome.outputs.columns import aligned, wrapped


def reserve_lines(vehicle: Vehicle) -> list[str]:
    """The performance reserve of a vehicle, and the published payloads that tell of it.

    Parameters
    ----------
    vehicle : Vehicle
        One whose numbers are not the catalog's has its payloads flown when its own payload is asked.
    """
    table = reserve_table()
    if not vehicle.variant_of and vehicle.payload_figures and not table.is_of(vehicle):
        return ["", wrapped("  reserve: its published payloads are flown when its own payload is asked for")]
    known = vehicle.variant_of or vehicle.name
    found = vehicle_reserve(table.rows, table.population, known, vehicle.kin)
    spread = f"standard deviation {found.standard_deviation_m_s:.0f} m/s"
    interval = f"90 % of published payloads {found.low_m_s:.0f} to {found.high_m_s:.0f} m/s"
    lines = ["", wrapped(f"  reserve {found.reserve_m_s:.0f} m/s, {spread}, {interval}, from {found.basis}")]
    return [*lines, *_row_lines(found)] if found.rows else lines


def _row_lines(found: VehicleReserve) -> Iterator[str]:
    """Each row: published and ideal payload, the reserve between them, and what the model leaves of it."""
    rows = [("orbit", "published", "physics", "reserve [m/s]", "residual")]
    for row, residual in zip(found.rows, found.residuals_m_s, strict=True):
        bound = "≥ " if row.lower_bound else ""
        rows.append(
            (
                f"{_orbit_text(row)} from {row.site}",
                f"{bound}{row.published_kg:,.0f} kg",
                f"{row.physics_kg:,.0f} kg",
                f"{'≤ ' if row.lower_bound else ''}{row.reserve_m_s:.0f}",
                f"{residual:+.0f}",
            )
        )
    yield from aligned(rows, "<>>>>", indent="    ")


def _orbit_text(row: ReserveRow) -> str:
    return f"{row.perigee_altitude_km:g} × {row.apogee_altitude_km:g} km, {row.inclination_deg:g}°"
