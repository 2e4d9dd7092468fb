"""Published payloads that the published masses cannot explain, and what would reconcile the two."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from cosmodrome.ascent.published import heaviest_stage, known_rows
from cosmodrome.catalog.audit import Contradiction
from cosmodrome.models.reserve import ReserveRow
from cosmodrome.models.vehicle import PayloadFigure, Vehicle

USUAL = (0.25, 0.75)  # quantiles of vehicles' reserves between which a reserve is usual
WIDEST_LOAD_RATIO = 0.3  # of a load: how far its partial may be trusted
SPREADS_COUNT = 2.0  # standard deviations of the physics that are left open


def payload_claims(vehicle: Vehicle) -> Iterator[Contradiction]:
    """Published payloads against the ideal ascent with the published masses.

    A figure contradicts the masses if no reserve that is usual, between the quartiles of all other
    vehicles', explains it within two standard deviations of what the catalog's numbers leave open. A flown
    mass contradicts them only if it is too heavy.

    Parameters
    ----------
    vehicle : Vehicle

    Examples
    --------
    >>> from cosmodrome.catalog import find_vehicle
    >>> [found.claim[:27] for found in payload_claims(find_vehicle("soyuz-2.1v"))]
    ['2800 kg to 200 x 200 km, 62', '2850 kg to 200 x 200 km, 62']
    """
    rows = known_rows(vehicle)
    low_m_s, high_m_s = usual_reserves_m_s(rows, vehicle.name)
    own = [row for row in rows if row.vehicle == vehicle.name]
    for row in own:
        most, least = (row.payload_with_kg(reserve) for reserve in (low_m_s, high_m_s))
        most += SPREADS_COUNT * row.spread_kg * most / row.physics_kg if row.physics_kg > 0 else 0.0
        least -= SPREADS_COUNT * row.spread_kg * least / row.physics_kg if row.physics_kg > 0 else 0.0
        if least <= row.published_kg <= most or (row.lower_bound and row.published_kg < least):
            continue
        yield _contradiction(vehicle, row, (low_m_s, high_m_s), (least, most))


def usual_reserves_m_s(rows: Sequence[ReserveRow], vehicle: str) -> tuple[float, float]:
    """Quartiles of the reserves of all other vehicles, each by the median of its own rows."""
    by_vehicle: dict[str, list[float]] = {}
    for row in rows:
        if row.vehicle != vehicle and not row.lower_bound:
            by_vehicle.setdefault(row.vehicle, []).append(row.reserve_m_s)
    medians = [float(np.median(reserves)) for reserves in by_vehicle.values()]
    low, high = np.quantile(medians, USUAL)
    return float(low), float(high)


def _contradiction(
    vehicle: Vehicle, row: ReserveRow, usual_m_s: tuple[float, float], open_kg: tuple[float, float]
) -> Contradiction:
    figure = _figure(vehicle, row)
    least, most = open_kg
    over_kg = row.published_kg - (least if row.published_kg < least else most)
    middle_kg = row.payload_with_kg(sum(usual_m_s) / 2)
    heavier_kg = middle_kg - row.published_kg
    last, heaviest = vehicle.stages[-1], heaviest_stage(vehicle)
    dry_t = 1e-3 * (last.dry_mass_kg.value + heavier_kg / last.count)
    ways = [f"a dry mass of {dry_t:.3g} t in {last.name}"] if dry_t > 0 else []
    load_kg = heaviest.propellant_mass_kg.value
    less_kg = heavier_kg / row.load_ratio / heaviest.count if row.load_ratio > 0 else math.inf
    if abs(less_kg) < WIDEST_LOAD_RATIO * load_kg:
        ways.append(f"a load of {1e-3 * (load_kg - less_kg):.4g} t in each {heaviest.name}")
    ways.append(f"a reserve of {row.reserve_m_s:.0f} m/s")
    return Contradiction(
        vehicle.name,
        "payload and masses",
        f"{row.published_kg:g} kg to {row.perigee_altitude_km:g} x {row.apogee_altitude_km:g} km, "
        f"{row.inclination_deg:g} deg from {row.site} ({figure.source if figure else 'catalog'})",
        f"{row.physics_kg:.0f} kg by physics with the catalog's masses, {max(least, 0):.0f} to {most:.0f} kg "
        f"with a usual reserve of {usual_m_s[0]:.0f} to {usual_m_s[1]:.0f} m/s",
        f"{over_kg:+.3g} kg, spread of the physics {row.spread_kg:.2g} kg",
        ", or ".join(ways),
    )


def _figure(vehicle: Vehicle, row: ReserveRow) -> PayloadFigure | None:
    """The figure that a row is of."""
    same = (row.published_kg, row.site, row.inclination_deg)
    for figure in vehicle.payload_figures:
        if (figure.payload_kg, figure.site, figure.inclination_deg) == same:
            return figure
    return None
