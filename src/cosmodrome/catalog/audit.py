"""Published numbers of a vehicle that cannot all be true, found by rule.

Claims are compared only where both sides are published; a number that the catalog estimates from the other
side of a comparison proves nothing. Masses are compared as the catalog gives them, and what other sources
give may reconcile them. Lengths, times and flows leave open half the range of what is published; all of them,
what rounding and definitions allow.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.models.quantity import Quantity
from cosmodrome.models.vehicle import PayloadFigure, Stage, Vehicle

ROUNDING_RATIO = 0.005  # of a lift-off mass: published to a ton, with or without what boils off
VERSION_RATIO = 0.03  # between lift-off masses: above it they are of two versions
HEIGHT_RATIO = 0.02  # of a height: what antennas and aft skirts add
BURN_TIME_RATIO = 0.04  # of a burn time: start-up, tail-off, command or depletion
FLOW_RATIO = 0.015  # between sea level and vacuum: pairs rounded on their own
MODULE_RATIO = 0.01  # of a mass: the same stage in another vehicle
PAYLOAD_RATIO = 0.02  # by which a higher orbit may carry more before that is told


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two claims that do not agree, and what would reconcile them."""

    vehicle: str
    rule: str
    claim: str
    other_claim: str
    difference: str
    reconciled_by: str


def audit(vehicle: Vehicle, fleet: Iterable[Vehicle] = ()) -> tuple[Contradiction, ...]:
    """Every contradiction within one vehicle's published numbers, and with the same stages elsewhere.

    Parameters
    ----------
    vehicle : Vehicle
    fleet : iterable of Vehicle
        Others that may fly the same stages.

    Returns
    -------
    tuple of Contradiction
        Masses against the lift-off mass, lengths against the height, loads and flows against burn times,
        thrust against specific impulse, payloads against each other.

    Examples
    --------
    Soyuz-ST-B is published 7 t lighter than its full tanks:

    >>> from cosmodrome.catalog import find_vehicle
    >>> [found.difference for found in audit(find_vehicle("soyuz-st-b-fregat-mt")) if "mass" in found.rule]
    ['-7.13 t, spread 1.5 t']
    """
    return (*(found for rule in _RULES for found in rule(vehicle)), *_modules(vehicle, fleet))


def spread(quantity: Quantity) -> float:
    """Half the range of everything published, in the unit of the quantity."""
    values = [quantity.value, *(other.value for other in quantity.alternatives)]
    return (max(values) - min(values)) / 2


def _lift_off_mass(vehicle: Vehicle) -> Iterator[Contradiction]:
    """The parts, without a payload and with the heaviest, against the mass on the pad."""
    claimed = vehicle.gross_mass_kg
    if claimed.estimated:
        return
    empty_kg, full_kg = _parts_kg(vehicle)
    open_kg = ROUNDING_RATIO * claimed.value
    if empty_kg - open_kg <= claimed.value <= full_kg + open_kg:
        return
    missing_kg = claimed.value - (full_kg if claimed.value > full_kg else empty_kg)
    heaviest = max(vehicle.stages, key=lambda stage: stage.count * stage.gross_mass_kg)
    load_t = 1e-3 * (heaviest.propellant_mass_kg.value + missing_kg / heaviest.count)
    yield Contradiction(
        vehicle.name,
        "lift-off mass",
        f"{1e-3 * claimed.value:.6g} t on the pad ({claimed.source})",
        f"parts of {1e-3 * empty_kg:.6g} t, {1e-3 * full_kg:.6g} t with the heaviest payload",
        f"{1e-3 * missing_kg:+.3g} t, spread {1e-3 * open_kg:.2g} t",
        _published_mass(vehicle, missing_kg, open_kg)
        or f"{load_t:.5g} t of propellant in each {heaviest.name}, which no source gives",
    )


def _other_loads(vehicle: Vehicle) -> Iterator[Contradiction]:
    """Other published masses of a stage that the lift-off mass rules out; for each, the one furthest off."""
    claimed = vehicle.gross_mass_kg
    if claimed.estimated or any(_lift_off_mass(vehicle)):
        return
    empty_kg, full_kg = _parts_kg(vehicle)
    open_kg = ROUNDING_RATIO * claimed.value
    for names, quantity, units in _masses(vehicle):
        beyond = []
        for other in quantity.alternatives:
            moved_kg = units * (other.value - quantity.value)
            short_kg = claimed.value - open_kg - full_kg - moved_kg
            over_kg = empty_kg + moved_kg - claimed.value - open_kg
            if max(short_kg, over_kg) > 0:
                beyond.append((max(short_kg, over_kg), moved_kg, other))
        if not beyond:
            continue
        _, moved_kg, other = max(beyond, key=lambda found: found[0])
        low_t, high_t = 1e-3 * (empty_kg + moved_kg), 1e-3 * (full_kg + moved_kg)
        missing_t = 1e-3 * claimed.value - (high_t if moved_kg < 0 else low_t)
        parts = f"{low_t:.5g} t" if full_kg == empty_kg else f"{low_t:.5g} to {high_t:.5g} t"
        yield Contradiction(
            vehicle.name,
            "other load",
            f"{1e-3 * other.value:.5g} t of {names} ({other.source})",
            f"{1e-3 * claimed.value:.6g} t on the pad ({claimed.source}); with it {parts}",
            f"{missing_t:+.3g} t, spread {1e-3 * open_kg:.2g} t",
            f"the catalog's {1e-3 * quantity.value:.5g} t ({quantity.source})",
        )


def _two_lift_off_masses(vehicle: Vehicle) -> Iterator[Contradiction]:
    """Lift-off masses of two versions; payloads of the one are not those of the other."""
    claimed = vehicle.gross_mass_kg
    empty_kg, full_kg = _parts_kg(vehicle)
    open_kg = ROUNDING_RATIO * claimed.value
    for other in claimed.alternatives:
        apart_kg = other.value - claimed.value
        if abs(apart_kg) <= VERSION_RATIO * claimed.value:
            continue
        closes = empty_kg - open_kg <= other.value <= full_kg + open_kg
        moved = [
            (abs(units * (load.value - quantity.value) - apart_kg), load, names)
            for names, quantity, units in _masses(vehicle)
            for load in quantity.alternatives
        ]
        best = min(moved, key=lambda found: found[0], default=None)
        version = "two versions; the stages here close with both"
        if not closes:
            version = "two versions: the stages here are not those of the other, nor are its payloads theirs"
            if best is not None and best[0] <= 2 * open_kg:
                version += f"; {1e-3 * best[1].value:.5g} t of {best[2]} ({best[1].source}) make the other"
        yield Contradiction(
            vehicle.name,
            "two lift-off masses",
            f"{1e-3 * claimed.value:.6g} t on the pad ({claimed.source})",
            f"{1e-3 * other.value:.6g} t ({other.source})",
            f"{1e-3 * apart_kg:+.3g} t; parts of {1e-3 * empty_kg:.5g} to {1e-3 * full_kg:.5g} t",
            version,
        )


def _masses(vehicle: Vehicle) -> Iterator[tuple[str, Quantity, int]]:
    """Propellant and dry masses, and how many units share each; a stage flown twice counts together."""
    for what, key in (("propellant", "propellant_mass_kg"), ("dry mass", "dry_mass_kg")):
        alike: dict[tuple[str, float], list[Stage]] = {}
        for stage in vehicle.stages:
            alike.setdefault((stage.engine, getattr(stage, key).value), []).append(stage)
        for stages in alike.values():
            units = sum(stage.count for stage in stages)
            most = max(stages, key=lambda stage: len(getattr(stage, key).alternatives))
            yield f"{what} in each {most.name}", getattr(most, key), units


def _parts_kg(vehicle: Vehicle) -> tuple[float, float]:
    """The sum of the parts without a payload and with the heaviest published."""
    extra = (vehicle.fairing.mass_kg, vehicle.adapter_mass_kg, vehicle.ballast_mass_kg)
    empty_kg = sum(stage.count * stage.gross_mass_kg for stage in vehicle.stages)
    empty_kg += sum(part.value for part in extra if part)
    return empty_kg, empty_kg + max((f.payload_kg for f in vehicle.payload_figures), default=0.0)


def _published_mass(vehicle: Vehicle, missing_kg: float, open_kg: float) -> str:
    """What sources give instead, on either side, that closes the sum; the best of each side."""
    claimed = vehicle.gross_mass_kg
    of_parts = [
        (stage.count * (other.value - mass.value), other, f"{what} in each {stage.name}")
        for stage in vehicle.stages
        for what, mass in (("propellant", stage.propellant_mass_kg), ("dry mass", stage.dry_mass_kg))
        for other in mass.alternatives
    ]
    of_whole = [(claimed.value - other.value, other, "in all") for other in claimed.alternatives]
    closing = []
    for side in (of_parts, of_whole):
        left = [(abs(missing_kg - gained_kg), other, what) for gained_kg, other, what in side]
        if left and (best := min(left, key=lambda found: found[0]))[0] <= open_kg:
            closing.append(f"{1e-3 * best[1].value:.5g} t {best[2]} ({best[1].source})")
    return ", or ".join(closing)


def _height(vehicle: Vehicle) -> Iterator[Contradiction]:
    """The lengths of what is stacked against the height."""
    stacked = [stage.length_m for stage in vehicle.stages if stage.role != "booster"]
    lengths = [*stacked, vehicle.fairing.length_m]
    known = [length for length in lengths if length is not None and "overall height" not in length.source]
    if len(known) < len(lengths) or vehicle.height_m.estimated:
        return
    total_m = sum(length.value for length in known)
    open_m = HEIGHT_RATIO * vehicle.height_m.value + spread(vehicle.height_m)
    open_m += math.hypot(*(spread(length) for length in known))
    if abs(total_m - vehicle.height_m.value) <= open_m:
        return
    over_m = total_m - vehicle.height_m.value
    yield Contradiction(
        vehicle.name,
        "height",
        f"{vehicle.height_m.value:g} m tall ({vehicle.height_m.source})",
        f"stages and fairing of {total_m:.4g} m in all",
        f"{over_m:+.3g} m, spread {open_m:.2g} m",
        f"{over_m:.3g} m of stages inside one another" if over_m > 0 else f"{-over_m:.3g} m of interstages",
    )


def _burn_time(vehicle: Vehicle) -> Iterator[Contradiction]:
    """Propellant over flow against the burn time."""
    for stage in vehicle.stages:
        claimed = stage.burn_time_s
        throttled = stage.throttle_with_boosters_ratio is not None or stage.throttle_steps_ratio is not None
        if claimed is None or claimed.estimated or throttled:
            continue
        parts = (stage.propellant_mass_kg, stage.specific_impulse_vacuum_s, stage.thrust_vacuum_n)
        if any(part.estimated for part in parts):
            continue
        load, impulse, thrust = (part.value for part in parts)
        lasts_s = load * impulse * STANDARD_GRAVITY_M_S2 / thrust
        ratio = math.hypot(*(spread(part) / part.value for part in parts))
        open_s = (ratio + BURN_TIME_RATIO) * lasts_s + spread(claimed)
        if abs(claimed.value - lasts_s) <= open_s:
            continue
        scale = claimed.value / lasts_s
        yield Contradiction(
            vehicle.name,
            "burn time",
            f"{stage.name} burns {claimed.value:g} s ({claimed.source})",
            f"{1e-3 * load:.5g} t at {1e-3 * thrust:.5g} kN and {impulse:g} s last {lasts_s:.4g} s",
            f"{claimed.value - lasts_s:+.3g} s, spread {open_s:.2g} s",
            f"a load of {1e-3 * load * scale:.5g} t, or a mean thrust of {1e-3 * thrust / scale:.5g} kN",
        )


def _flow(vehicle: Vehicle) -> Iterator[Contradiction]:
    """Thrust and specific impulse at sea level and in vacuum are of one flow."""
    for stage in vehicle.stages:
        low_thrust, low_impulse = stage.thrust_sea_level_n, stage.specific_impulse_sea_level_s
        if low_thrust is None or low_impulse is None or low_thrust.estimated or low_impulse.estimated:
            continue
        pairs = ((low_thrust, low_impulse), (stage.thrust_vacuum_n, stage.specific_impulse_vacuum_s))
        if any(part.estimated for pair in pairs for part in pair):
            continue
        low, high = (thrust.value / impulse.value / STANDARD_GRAVITY_M_S2 for thrust, impulse in pairs)
        ratio = math.hypot(*(spread(part) / part.value for pair in pairs for part in pair)) + FLOW_RATIO
        if abs(high / low - 1) <= ratio:
            continue
        yield Contradiction(
            vehicle.name,
            "propellant flow",
            f"{stage.name} burns {low:.5g} kg/s at sea level ({low_thrust.source}; {low_impulse.source})",
            f"{high:.5g} kg/s in vacuum ({pairs[1][0].source}; {pairs[1][1].source})",
            f"{high / low - 1:+.1%}, spread {ratio:.1%}",
            f"a vacuum thrust of {1e-3 * stage.thrust_vacuum_n.value * low / high:.5g} kN",
        )


def _payloads(vehicle: Vehicle) -> Iterator[Contradiction]:
    """No more goes higher: figures of one site, inclination and definition, by the size of their orbit."""
    figures = [f for f in vehicle.payload_figures if f.orbit != "flown" and _size_km(f) is not None]
    for low in figures:
        for high in figures:
            alike = (low.site, low.inclination_deg, low.definition) == (
                high.site, high.inclination_deg, high.definition,
            )  # fmt: skip
            if not alike or (_size_km(high) or 0.0) <= (_size_km(low) or 0.0):
                continue
            if high.payload_kg > (1 + PAYLOAD_RATIO) * low.payload_kg:
                yield Contradiction(
                    vehicle.name,
                    "payloads",
                    f"{high.payload_kg:g} kg to {_orbit(high)} ({high.source})",
                    f"{low.payload_kg:g} kg to {_orbit(low)} ({low.source})",
                    f"{high.payload_kg - low.payload_kg:+g} kg to the higher orbit",
                    "the lower figure is not a limit, or belongs to another configuration",
                )


def _size_km(figure: PayloadFigure) -> float | None:
    """Sum of both altitudes, which orders orbits by energy."""
    if figure.perigee_altitude_km is None or figure.apogee_altitude_km is None:
        return None
    return figure.perigee_altitude_km + figure.apogee_altitude_km


def _orbit(figure: PayloadFigure) -> str:
    return f"{figure.perigee_altitude_km:g} x {figure.apogee_altitude_km:g} km"


def _modules(vehicle: Vehicle, fleet: Iterable[Vehicle]) -> Iterator[Contradiction]:
    """One stage that two vehicles fly weighs the same in both; each other value is told once."""
    told = set()
    elsewhere = [(other, twin) for other in fleet if other.name != vehicle.name for twin in other.stages]
    for stage in vehicle.stages:
        for other, twin in elsewhere:
            if not _module(stage) or (_module(stage), stage.engine) != (_module(twin), twin.engine):
                continue
            for what, here, there in (
                ("propellant", stage.propellant_mass_kg, twin.propellant_mass_kg),
                ("dry mass", stage.dry_mass_kg, twin.dry_mass_kg),
            ):
                alike = here.estimated or there.estimated or abs(here.value / there.value - 1) <= MODULE_RATIO
                if alike or (key := (_module(stage), what, here.value, there.value)) in told:
                    continue
                told.add(key)
                yield Contradiction(
                    vehicle.name,
                    "shared stage",
                    f"{1e-3 * here.value:.5g} t of {what} in {stage.name} ({here.source})",
                    f"{1e-3 * there.value:.5g} t in {twin.name} of {other.name} ({there.source})",
                    f"{1e-3 * (here.value - there.value):+.3g} t",
                    "one of the two, unless the stages are loaded or built differently",
                )


def _module(stage: Stage) -> str:
    """The name that a stage has in every vehicle; empty for names such as 'Stage 1' that say nothing."""
    name = re.sub(r" (boosters?|core|strap-on)$", "", stage.name)
    return "" if re.search(r"stage|core|booster|strap-on", name, re.IGNORECASE) else name


Rule = Callable[[Vehicle], Iterator[Contradiction]]
_RULES: tuple[Rule, ...] = (
    _lift_off_mass,
    _other_loads,
    _two_lift_off_masses,
    _height,
    _burn_time,
    _flow,
    _payloads,
)
