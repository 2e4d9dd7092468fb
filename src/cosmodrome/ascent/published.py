"""Published payloads: which lie near an orbit, and the reserves that the ideal ascent leaves with them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cosmodrome.ascent.branches import FlownBranches, fly_branches
from cosmodrome.ascent.calibration import VehicleReserve, vehicle_reserve
from cosmodrome.ascent.optimize import Proved
from cosmodrome.ascent.partials import payload_partials
from cosmodrome.ascent.problem import AscentTarget, ascent_problem
from cosmodrome.ascent.reserve import reserve_for_payload
from cosmodrome.ascent.spread import payload_spread
from cosmodrome.ascent.terminal import TerminalOrbit
from cosmodrome.catalog import find_site, site_names
from cosmodrome.catalog.reserves import reserve_table
from cosmodrome.errors import UnreachableError
from cosmodrome.models.reserve import ReserveRow
from cosmodrome.models.target import EllipticalTarget, SunSynchronousTarget
from cosmodrome.models.vehicle import PayloadFigure, Stage, Vehicle

HIGHEST_LEO_KM = 2000.0
NEAR_ALTITUDE_RATIO, NEAR_ALTITUDE_KM, NEAR_INCLINATION_DEG = 0.05, 60.0, 2.0
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class PublishedPayload:
    """A published figure beside what is computed; the ratios only where the orbits are near."""

    figure: PayloadFigure
    physics_over_published_ratio: float | None
    payload_over_published_ratio: float | None


def published_payloads(
    vehicle: Vehicle,
    site_name: str,
    target: AscentTarget,
    *,
    physics_kg: float | None,
    payload_kg: float | None,
) -> tuple[PublishedPayload, ...]:
    """Published figures from a site for a kind of orbit.

    Parameters
    ----------
    vehicle : Vehicle
    site_name : str
    target : CircularTarget, EllipticalTarget, SunSynchronousTarget or TerminalOrbit
    physics_kg, payload_kg : float or None
        What is computed for the target, ideal and calibrated; None where nothing may be claimed. [kg]
    """
    return tuple(
        PublishedPayload(
            figure,
            physics_kg / figure.payload_kg if physics_kg and _is_near(figure, target) else None,
            payload_kg / figure.payload_kg if payload_kg and _is_near(figure, target) else None,
        )
        for figure in vehicle.payload_figures
        if site_name in figure.site.split("/") and _figure_kind(figure) == _target_kind(target)
    )


def figure_target(figure: PayloadFigure) -> EllipticalTarget | None:
    """The orbit of a figure; None where it is not stated in full."""
    low, high, tilt = figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg
    if low is None or high is None or tilt is None:
        return None
    return EllipticalTarget(
        kind="elliptical", perigee_altitude_km=low, apogee_altitude_km=high, inclination_deg=tilt
    )


def known_rows(vehicle: Vehicle) -> tuple[ReserveRow, ...]:
    """The rows that tell of a vehicle's reserve: the catalog's; its own flown anew where its numbers differ.

    A variant of a catalog vehicle has none of its own: it takes the reserve of that vehicle.

    Parameters
    ----------
    vehicle : Vehicle
    """
    table = reserve_table()
    if vehicle.variant_of or table.is_of(vehicle):
        return table.rows
    others = tuple(row for row in table.rows if row.vehicle != vehicle.name)
    return (*others, *reserve_rows(vehicle))


def expected_reserve(vehicle: Vehicle, restarts_to_polar: bool) -> VehicleReserve:
    """The reserve to expect of a vehicle, from what is known.

    Parameters
    ----------
    vehicle : Vehicle
    restarts_to_polar : bool
        Whether the last stage restarts to reach a polar or retrograde orbit.
    """
    population = reserve_table().population
    return vehicle_reserve(
        known_rows(vehicle),
        population,
        vehicle.variant_of or vehicle.name,
        vehicle.kin,
        restarts_to_polar=restarts_to_polar,
    )


def reserve_rows(vehicle: Vehicle, tell: Told | None = None) -> Iterator[ReserveRow]:
    """Fly every published payload of a vehicle whose orbit and site are stated, and see what it leaves.

    Parameters
    ----------
    vehicle : Vehicle
    tell : callable, optional
        Called with a sentence for each figure that gives no row.
    """
    flown: dict[tuple[str, EllipticalTarget], FlownBranches | str] = {}
    for figure in vehicle.payload_figures:
        target = figure_target(figure)
        if target is None or figure.site not in site_names():
            continue
        place = (figure.site, target)
        if place not in flown:
            flown[place] = _flown(vehicle, *place)
        row = _row(vehicle, figure, flown[place])
        if isinstance(row, ReserveRow):
            yield row
        elif tell is not None:
            tell(f"{vehicle.name}, {figure.payload_kg:g} kg from {figure.site}: {row}")


def _flown(vehicle: Vehicle, site_name: str, target: EllipticalTarget) -> FlownBranches | str:
    """The ideal ascent, or why there is none."""
    site = find_site(site_name)
    try:
        return fly_branches(ascent_problem(vehicle, site, target), site)
    except UnreachableError as error:
        return str(error)


def _row(vehicle: Vehicle, figure: PayloadFigure, flown: FlownBranches | str) -> ReserveRow | str:
    """What a figure leaves, or why that is not known."""
    if isinstance(flown, str):
        return flown
    if flown.proved is None or not flown.proved.rank[0]:
        return flown.best.status.value
    found = reserve_for_payload(flown.proved, figure.payload_kg)
    if found is None:
        return "no ascent found that leaves a reserve with this payload"
    return ReserveRow(
        vehicle=vehicle.name,
        family=vehicle.kin,
        site=figure.site,
        perigee_altitude_km=figure.perigee_altitude_km or 0.0,
        apogee_altitude_km=figure.apogee_altitude_km or 0.0,
        inclination_deg=figure.inclination_deg or 0.0,
        published_kg=figure.payload_kg,
        physics_kg=round(flown.best.payload_kg, 2),
        reserve_m_s=round(found.reserve_m_s, 2),
        slope_kg_s_m=round(found.slope_kg_s_m, 5),
        spread_kg=round(payload_spread(flown.proved).standard_deviation_kg, 2),
        load_ratio=round(_load_ratio(vehicle, flown.proved), 6),
        burns_count=1 + min(len(flown.best.coasts_s), 1),
        confidence=figure.confidence,
        lower_bound=figure.lower_bound,
    )


def heaviest_stage(vehicle: Vehicle) -> Stage:
    """The stage, or group of boosters, that holds most propellant."""
    return max(vehicle.stages, key=lambda stage: stage.count * stage.loaded_propellant_kg)


def _load_ratio(vehicle: Vehicle, proved: Proved) -> float:
    """Payload for a kilogram more in the heaviest stage's tanks."""
    name = heaviest_stage(vehicle).name
    partials = payload_partials(proved)
    return next(p.change_kg for p in partials if (p.stage, p.quantity) == (name, "propellant"))


def _kind(perigee_km: float, apogee_km: float, inclination_deg: float | None) -> str:
    if apogee_km > HIGHEST_LEO_KM:
        return "high"
    if apogee_km - perigee_km > 100 or inclination_deg is None:
        return "LEO"
    circle = SunSynchronousTarget(kind="sun-synchronous", altitude_km=perigee_km, ltan="12:00")
    return "SSO" if abs(inclination_deg - circle.inclination_deg) < 1 else "LEO"


def _target_kind(target: AscentTarget) -> str:
    if isinstance(target, TerminalOrbit):
        return "escape"
    return _kind(target.perigee_altitude_km, target.apogee_altitude_km, target.inclination_deg)


def _figure_kind(figure: PayloadFigure) -> str:
    """Kind of a figure's orbit, from its numbers where it has them."""
    if figure.perigee_altitude_km is not None and figure.apogee_altitude_km is not None:
        return _kind(figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg)
    return {"SSO": "SSO", "GTO": "high", "HEO": "high", "escape": "escape", "TLI": "escape"}.get(
        figure.orbit, "LEO"
    )


def _is_near(figure: PayloadFigure, target: AscentTarget) -> bool:
    """Whether the orbits are close enough for the payloads to be compared."""
    low, high, tilt = figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg
    if isinstance(target, TerminalOrbit) or low is None or high is None or tilt is None:
        return False
    pairs = ((low, target.perigee_altitude_km), (high, target.apogee_altitude_km))
    level = all(abs(a - b) <= max(NEAR_ALTITUDE_KM, NEAR_ALTITUDE_RATIO * a) for a, b in pairs)
    return level and abs(tilt - target.inclination_deg) <= NEAR_INCLINATION_DEG
