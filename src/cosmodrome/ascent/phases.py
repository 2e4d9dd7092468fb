"""The ascent as data: vertical rise, pitch-over, burns, coasts, drops and the fairing's jettison."""

import math
from dataclasses import dataclass, replace
from typing import Literal

from cosmodrome.ascent.result import AscentLimits
from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.models.vehicle import Stage, Vehicle
from cosmodrome.physics.propulsion import mass_flow_kg_s, nozzle_exit_area_m2

Steering = Literal["vertical", "pitch-over", "free", "coast"]
LengthRule = Literal["fixed", "open", "rest", "to-limit", "limited", "final", "final-limited"]

TOWER_CLEARANCE_M = 100.0  # risen vertically before the pitch-over begins
PITCH_OVER_S = 20.0
LONGEST_INTERVAL_IN_AIR_S = 40.0
LONGEST_INTERVAL_S = 180.0


@dataclass(frozen=True, slots=True)
class Burn:
    """One engine configuration between two changes of it; masses and thrusts are totals."""

    name: str
    thrust_vacuum_n: float
    exit_area_m2: float
    mass_flow_kg_s: float
    propellant_kg: float  # burned in this configuration
    drop_after_kg: float
    coast_after_s: float
    drag_area_m2: float
    throttle_min_ratio: float
    early_drop_kg: float = 0.0  # interstage or batteries, dropped at early_drop_s
    early_drop_s: float = 0.0
    cutoff_event: str = ""

    @property
    def duration_s(self) -> float:
        """Time at full thrust until the propellant is burned [s]."""
        return self.propellant_kg / self.mass_flow_kg_s


@dataclass(frozen=True, slots=True)
class SegmentShape:
    """What of a segment shapes the optimization; its numbers are parameters."""

    burn_number: int
    steering: Steering
    length: LengthRule
    starts_burn: bool
    in_air: bool
    after_fairing: bool
    throttled_down: bool
    intervals: int


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the ascent with one steering rule and one rule for its length.

    The length is fixed, open (the optimizer chooses), the rest of the burn, until the acceleration
    limit is met, throttled at that limit to the end of the burn, or the open end of the last burn.
    """

    burn: Burn
    burn_number: int
    steering: Steering
    length: LengthRule
    duration_s: float  # of a fixed segment; the longest otherwise
    acceleration_limit_m_s2: float
    drop_after_kg: float
    starts_burn: bool
    in_air: bool  # dynamic pressure and q alpha are limited
    after_fairing: bool  # heat flux is limited
    event_after: str
    throttled_down: bool = False  # at a constant throttle that the optimizer chooses
    intervals: int = 1

    @property
    def shape(self) -> SegmentShape:
        """The segment without its numbers."""
        return SegmentShape(
            self.burn_number, self.steering, self.length, self.starts_burn, self.in_air, self.after_fairing,
            self.throttled_down, self.intervals,
        )  # fmt: skip

    @property
    def thrusts(self) -> bool:
        """Whether an engine is on."""
        return self.steering != "coast"


@dataclass(frozen=True, slots=True)
class AscentPlan:
    """Segments in order of flight, and what stands on the pad without payload."""

    segments: tuple[Segment, ...]
    liftoff_mass_kg: float  # without payload
    fairing_burn: int | None
    burns: tuple[Burn, ...]

    @property
    def last_stage_empty_kg(self) -> float:
        """Mass left after the last drop of propellant, without payload [kg]."""
        burned = sum(burn.propellant_kg for burn in self.burns)
        dropped = sum(segment.drop_after_kg for segment in self.segments)
        return self.liftoff_mass_kg - burned - dropped


def stage_flow_kg_s(stage: Stage) -> float:
    """Propellant flow of one unit of a stage at full throttle [kg/s]."""
    return mass_flow_kg_s(stage.thrust_vacuum_n.value, stage.specific_impulse_vacuum_s.value)


def _exit_area_m2(stage: Stage) -> float:
    """Nozzle area of one unit; a stage without sea-level data only ever flies in vacuum."""
    if stage.thrust_sea_level_n is None:
        return 0.0
    return nozzle_exit_area_m2(stage.thrust_vacuum_n.value, stage.thrust_sea_level_n.value)


def _cross_section_m2(stage: Stage) -> float:
    diameter = stage.diameter_m.value if stage.diameter_m else 0.0
    return stage.count * math.pi / 4 * diameter**2


@dataclass(slots=True)
class _Running:
    """A group of identical units that is burning, while the burns are being laid out."""

    stage: Stage
    left_kg: float  # of one unit

    def flow(self, throttle: float) -> float:
        return throttle * stage_flow_kg_s(self.stage)


def vehicle_burns(vehicle: Vehicle) -> tuple[Burn, ...]:
    """Lay out a vehicle's burns in order: one per engine configuration.

    Boosters lit on the ground burn with the core that follows them; boosters lit in the air take over
    when the ground-lit ones drop. The core holds `throttle_with_boosters_ratio` while boosters burn.
    """
    burns: list[Burn] = []
    boosters: list[Stage] = []
    for index, stage in enumerate(vehicle.stages):
        if stage.role == "booster":
            boosters.append(stage)
            continue
        above = vehicle.stages[index + 1 :]
        burns += _core_burns(stage, boosters, _drag_area_m2(vehicle, (stage, *above)), above)
        boosters = []
    if vehicle.drag_reference_area_m2 is not None:
        area = vehicle.drag_reference_area_m2.value
        return tuple(replace(burn, drag_area_m2=area) for burn in burns)
    return tuple(burns)


def _drag_area_m2(vehicle: Vehicle, stack: tuple[Stage, ...]) -> float:
    """Largest cross-section of what still flies, boosters not counted."""
    fairing = math.pi / 4 * vehicle.fairing.diameter_m.value**2
    bodies = [_cross_section_m2(stage) for stage in stack if stage.role != "booster"]
    return max([fairing, *bodies])


def _core_burns(core: Stage, boosters: list[Stage], area_m2: float, above: tuple[Stage, ...]) -> list[Burn]:
    """Burns of one core stage with the boosters beside it."""
    waiting = [b for b in boosters if b.ignition == "air"]
    running = [_Running(b, b.propellant_mass_kg.value) for b in boosters if b.ignition != "air"]
    core_running = _Running(core, core.propellant_mass_kg.value)
    burns = []
    while running:
        throttle = core.throttle_with_boosters_ratio or 1.0
        time_s = min(r.left_kg / r.flow(1.0) for r in running)
        lit = [(r, 1.0) for r in running] + [(core_running, throttle)]
        burnt_out = [r for r in running if r.left_kg - r.flow(1.0) * time_s < 1e-6 * r.left_kg]
        names = " + ".join(r.stage.name for r in running)
        area = area_m2 + sum(_cross_section_m2(r.stage) for r in running)
        area += sum(_cross_section_m2(b) for b in waiting)
        drop = sum(r.stage.count * r.stage.dry_mass_kg.value for r in burnt_out)
        burns.append(
            _burn(f"{names} + {core.name}", lit, time_s, drop, area, f"{names} burnout and separation")
        )
        for r, k in lit:
            r.left_kg -= r.flow(k) * time_s
        running = [r for r in running if r not in burnt_out]
        running += [_Running(b, b.propellant_mass_kg.value) for b in waiting if not running]
        waiting = [] if any(r.stage.ignition == "air" for r in running) else waiting
    burns.append(_solo_burn(core, core_running, area_m2, above))
    return burns


def _burn(
    name: str, lit: list[tuple["_Running", float]], time_s: float, drop_kg: float, area_m2: float, event: str
) -> Burn:
    """A burn of several groups together, not throttled further."""
    flow = sum(r.stage.count * r.flow(k) for r, k in lit)
    return Burn(
        name=name,
        thrust_vacuum_n=sum(r.stage.count * k * r.stage.thrust_vacuum_n.value for r, k in lit),
        exit_area_m2=sum(r.stage.count * _exit_area_m2(r.stage) for r, _ in lit),
        mass_flow_kg_s=flow,
        propellant_kg=flow * time_s,
        drop_after_kg=drop_kg,
        coast_after_s=0.0,
        drag_area_m2=area_m2,
        throttle_min_ratio=min(r.stage.throttle_min_ratio for r, _ in lit),
        cutoff_event=event,
    )


def _solo_burn(core: Stage, running: _Running, area_m2: float, above: tuple[Stage, ...]) -> Burn:
    """The burn of a core stage alone; the last stage keeps its dry mass."""
    time_s = running.left_kg / running.flow(1.0)
    early = core.jettisoned_mass_kg.value if core.jettisoned_mass_kg else 0.0  # part of the dry mass
    drop = core.count * core.dry_mass_kg.value - early if above else 0.0
    event = f"{core.name} burnout and separation" if above else "insertion"
    burn = _burn(core.name, [(running, 1.0)], time_s, drop, area_m2, event)
    coast = core.separation_delay_s + max(above[0].ignition_delay_s, 0.0) if above else 0.0
    return replace(burn, coast_after_s=coast, early_drop_kg=early, early_drop_s=core.jettison_delay_s)


def ascent_plan(
    vehicle: Vehicle,
    limits: AscentLimits,
    fairing_burn: int | None,
    limited_burns: frozenset[int],
    guided_rise: bool = True,
) -> AscentPlan:
    """Cut a vehicle's burns into segments.

    Parameters
    ----------
    vehicle : Vehicle
    limits : AscentLimits
        The acceleration limit is held by throttling in `limited_burns`.
    fairing_burn : int or None
        The burn in which the fairing goes; None for a vehicle without one.
    limited_burns : frozenset of int
        Burns that meet the acceleration limit before their propellant is gone.
    guided_rise : bool
        Rise vertically and pitch over first; the classical benchmarks steer freely from the pad.
    """
    burns = vehicle_burns(vehicle)
    fairing_kg = vehicle.fairing.mass_kg.value
    adapter_kg = vehicle.adapter_mass_kg.value if vehicle.adapter_mass_kg else 0.0
    stack_kg = sum(stage.count * stage.gross_mass_kg for stage in vehicle.stages) + adapter_kg
    liftoff_kg = stack_kg + (fairing_kg if fairing_burn is not None else 0.0)
    first_alone = sum(stage.role == "booster" for stage in vehicle.stages[: _first_core(vehicle)])
    segments: list[Segment] = []
    for number, burn in enumerate(burns):
        rise_s = _rise_s(burn, liftoff_kg) if number == 0 and guided_rise else 0.0
        segments += _burn_segments(
            burn,
            number,
            last=number == len(burns) - 1,
            rise_s=rise_s,
            fairing_kg=fairing_kg if number == fairing_burn else None,
            after_fairing=fairing_burn is not None and number > fairing_burn,
            in_air=number <= first_alone,
            limit_m_s2=_limit_m_s2(limits) if number in limited_burns else None,
            throttle_down=number == 0
            and limits.dynamic_pressure_kpa is not None
            and burn.throttle_min_ratio < 1,
        )
    return AscentPlan(tuple(segments), liftoff_kg, fairing_burn, burns)


def _first_core(vehicle: Vehicle) -> int:
    """Index of the first stage that is not a booster."""
    return next(index for index, stage in enumerate(vehicle.stages) if stage.role != "booster")


def _limit_m_s2(limits: AscentLimits) -> float:
    return (limits.axial_acceleration_g or math.inf) * STANDARD_GRAVITY_M_S2


def _rise_s(burn: Burn, liftoff_kg: float) -> float:
    """Time to clear the tower from rest; payload and back-pressure are small beside the rule's roundness."""
    net = burn.thrust_vacuum_n / liftoff_kg - STANDARD_GRAVITY_M_S2
    return math.sqrt(2 * TOWER_CLEARANCE_M / max(net, 0.5))


def _burn_segments(
    burn: Burn,
    number: int,
    *,
    last: bool,
    rise_s: float,
    fairing_kg: float | None,
    after_fairing: bool,
    in_air: bool,
    limit_m_s2: float | None,
    throttle_down: bool,
) -> list[Segment]:
    """Segments of one burn: rise, pitch-over, up to the fairing's jettison, the rest, the coast after it."""
    plain = Segment(
        burn=burn, burn_number=number, steering="free", length="rest", duration_s=burn.duration_s,
        acceleration_limit_m_s2=limit_m_s2 or 0.0, drop_after_kg=0.0, starts_burn=False,
        in_air=in_air and not after_fairing, after_fairing=after_fairing, event_after="",
    )  # fmt: skip
    segments = _opening_segments(burn, plain, rise_s=rise_s, throttle_down=throttle_down)
    if fairing_kg is not None:
        segments.append(
            replace(plain, length="open", drop_after_kg=fairing_kg, event_after="fairing jettison")
        )
        plain = replace(plain, after_fairing=True, in_air=False)
    segments += _closing_segments(plain, last=last, limited=limit_m_s2 is not None)
    segments[-1] = replace(segments[-1], drop_after_kg=burn.drop_after_kg, event_after=burn.cutoff_event)
    segments[0] = replace(segments[0], starts_burn=True)
    if burn.coast_after_s > 0:
        coast = replace(
            plain, steering="coast", length="fixed", duration_s=burn.coast_after_s, event_after="ignition"
        )
        segments.append(coast)
    return [replace(segment, intervals=_intervals(segment)) for segment in segments]


def _opening_segments(burn: Burn, plain: Segment, *, rise_s: float, throttle_down: bool) -> list[Segment]:
    """The beginning of a burn: rise and pitch-over, a throttled stretch, an early drop."""
    segments: list[Segment] = []
    if rise_s:
        segments.append(
            replace(
                plain, steering="vertical", length="fixed", duration_s=rise_s, event_after="pitch-over begins"
            )
        )
        segments.append(
            replace(
                plain,
                steering="pitch-over",
                length="fixed",
                duration_s=PITCH_OVER_S,
                event_after="pitch-over ends",
            )
        )
    if throttle_down:
        segments.append(
            replace(plain, length="open", duration_s=plain.duration_s / 3, event_after="throttle down")
        )
        segments.append(
            replace(
                plain,
                length="open",
                duration_s=plain.duration_s / 3,
                event_after="throttle up",
                throttled_down=True,
            )
        )
    if burn.early_drop_kg:
        segments.append(
            replace(
                plain,
                length="fixed",
                duration_s=burn.early_drop_s,
                drop_after_kg=burn.early_drop_kg,
                event_after="interstage jettison",
            )
        )
    return segments


def _intervals(segment: Segment) -> int:
    """Collocation intervals of a first mesh; the replay's error refines it."""
    longest = LONGEST_INTERVAL_IN_AIR_S if segment.in_air else LONGEST_INTERVAL_S
    return max(1, math.ceil(segment.duration_s / longest - 1e-9))


def _closing_segments(plain: Segment, *, last: bool, limited: bool) -> list[Segment]:
    """The end of a burn: at full thrust, or at full thrust and then throttled at the limit."""
    if not limited:
        return [replace(plain, length="final" if last else "rest")]
    throttled = replace(plain, length="final-limited" if last else "limited", duration_s=plain.duration_s / 3)
    return [replace(plain, length="to-limit", event_after="throttling begins"), throttled]
