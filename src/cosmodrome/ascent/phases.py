"""The ascent as data: vertical rise, pitch-over, burns, coasts, drops and the fairing's jettison."""

import math
from dataclasses import dataclass, replace
from typing import Literal

from cosmodrome.ascent.burns import Burn, Drop, vehicle_burns
from cosmodrome.ascent.result import AscentLimits
from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.models.vehicle import Vehicle

Steering = Literal["vertical", "pitch-over", "free", "coast"]
LengthRule = Literal["fixed", "open", "rest", "to-limit", "limited", "final", "final-limited"]

TOWER_CLEARANCE_M = 100.0  # risen vertically before the pitch-over begins
PITCH_OVER_S = 20.0
LONGEST_INTERVAL_IN_AIR_S = 40.0
LONGEST_INTERVAL_HELD_S = 30.0  # where dynamic pressure or q alpha is held
LONGEST_INTERVAL_S = 180.0
LONGEST_COAST_INTERVAL_S = 600.0
SHRINKING_RATIO = 0.65  # from one interval of a burn in vacuum to the next
LEAST_DURATION_S = 0.2  # of an open segment
FIRST_CUTOFF = "first cut-off"


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Choices of order that the optimizer cannot make by itself."""

    fairing_burn: int | None = None  # the burn in which the fairing goes
    limited_burns: frozenset[int] = frozenset()  # throttled at their end to hold the acceleration limit
    coasts: frozenset[int] = frozenset()  # burns after which a coast of chosen length is flown
    restart: bool = False  # the last burn is cut in two by a coast
    limited_first: bool = False  # and meets the acceleration limit before it
    holds_pressure: bool = False  # the limit on dynamic pressure binds
    throttle_down_s: tuple[float, float] = (20.0, 20.0)  # first values: full thrust before it, and it


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
    duration_s: float  # of a fixed segment; a first value of an open one
    longest_s: float = math.inf  # of an open one
    acceleration_limit_m_s2: float = 0.0
    drops: tuple[Drop, ...] = ()
    in_air: bool = False  # dynamic pressure and q alpha are limited
    after_fairing: bool = False  # heat flux is limited
    event_after: str = ""
    throttled_down: bool = False  # at a constant throttle that the optimizer chooses
    mesh: tuple[float, ...] = (1.0,)  # widths of the collocation intervals

    @property
    def thrusts(self) -> bool:
        """Whether an engine is on."""
        return self.steering != "coast"

    @property
    def before_first_burnout(self) -> bool:
        """Whether the first block of stages still burns."""
        return self.thrusts and self.burn.first_block

    @property
    def is_open(self) -> bool:
        """Whether the optimizer chooses the length freely."""
        return self.length in ("open", "final", "final-limited")

    @property
    def throttled(self) -> bool:
        """Whether the throttle holds the acceleration limit."""
        return self.length in ("limited", "final-limited")

    @property
    def drop_after_kg(self) -> float:
        """Mass dropped at its end [kg]."""
        return sum(drop.total_kg for drop in self.drops)


@dataclass(frozen=True, slots=True)
class AscentPlan:
    """Segments in order of flight, and what stands on the pad without payload."""

    segments: tuple[Segment, ...]
    liftoff_mass_kg: float  # without payload
    arrangement: Arrangement
    burns: tuple[Burn, ...]
    pitch_over_at_s: float
    reserve_fraction: float  # of the final mass that must be propellant left over

    @property
    def last_stage_empty_kg(self) -> float:
        """Mass left after the last drop of propellant, without payload [kg]."""
        burned = sum(burn.propellant_kg for burn in self.burns)
        dropped = sum(segment.drop_after_kg for segment in self.segments)
        return self.liftoff_mass_kg - burned - dropped


def ascent_plan(
    vehicle: Vehicle, limits: AscentLimits, arrangement: Arrangement, guided_rise: bool = True
) -> AscentPlan:
    """Cut a vehicle's burns into segments.

    Parameters
    ----------
    vehicle : Vehicle
    limits : AscentLimits
        The acceleration limit is held by throttling in the arrangement's limited burns.
    arrangement : Arrangement
    guided_rise : bool
        Rise vertically and pitch over first; the classical benchmarks steer freely from the pad.
    """
    burns = vehicle_burns(vehicle)
    fairing = Drop(
        "fairing", 1, vehicle.fairing.mass_kg.value, vehicle.fairing.length_m.value,
        vehicle.fairing.diameter_m.value,
    )  # fmt: skip
    extra = sum(q.value for q in (vehicle.adapter_mass_kg, vehicle.ballast_mass_kg) if q)
    extra += fairing.mass_kg if arrangement.fairing_burn is not None else 0.0
    liftoff_kg = sum(stage.count * stage.gross_mass_kg for stage in vehicle.stages) + extra
    segments: list[Segment] = []
    if vehicle.air_launch is not None:
        segments += _fall(burns[0], vehicle.stages[0].ignition_delay_s)
    clock = _Clock(_rise_s(burns[0], liftoff_kg) if guided_rise else None)
    for number, burn in enumerate(burns):
        cut = _BurnCut(burn, number, arrangement, limits, number == len(burns) - 1, clock)
        segments += cut.segments(fairing)
    exhaust = burns[-1].exhaust_speed_m_s
    return AscentPlan(
        tuple(segments), liftoff_kg, arrangement, burns, clock.rise_s or 0.0,
        -math.expm1(-vehicle.performance_reserve_m_s / exhaust),
    )  # fmt: skip


def _fall(burn: Burn, delay_s: float) -> list[Segment]:
    """From the carrier's release to ignition."""
    if delay_s <= 0:
        return []
    return [Segment(burn, 0, "coast", "fixed", delay_s, event_after="ignition")]


def _rise_s(burn: Burn, liftoff_kg: float) -> float:
    """Time to clear the tower from rest; payload and back-pressure are small beside the rule's roundness."""
    net = burn.thrust_vacuum_n / liftoff_kg - STANDARD_GRAVITY_M_S2
    return math.sqrt(2 * TOWER_CLEARANCE_M / max(net, 0.5))


@dataclass(slots=True)
class _Clock:
    """Time since lift-off while the guided rise lasts."""

    rise_s: float | None
    elapsed_s: float = 0.0

    def guided(self) -> tuple[Steering, float, str] | None:
        """Steering rule now, how long it still holds, and what ends it."""
        if self.rise_s is None:
            return None
        if self.elapsed_s < self.rise_s - 1e-9:
            return "vertical", self.rise_s - self.elapsed_s, "pitch-over begins"
        if self.elapsed_s < self.rise_s + PITCH_OVER_S - 1e-9:
            return "pitch-over", self.rise_s + PITCH_OVER_S - self.elapsed_s, "pitch-over ends"
        return None


@dataclass(slots=True)
class _BurnCut:
    """One burn on its way to become segments."""

    burn: Burn
    number: int
    arrangement: Arrangement
    limits: AscentLimits
    last: bool
    clock: _Clock

    def segments(self, fairing: Drop) -> list[Segment]:
        """Rise and pitch-over, throttled stretch, up to the fairing's jettison, the rest, the coast after."""
        after_fairing = (
            self.arrangement.fairing_burn is not None and self.number > self.arrangement.fairing_burn
        )
        # until the fairing goes: a fast second stage still flies in thick air
        in_air = not after_fairing and (self.burn.first_block or self.arrangement.fairing_burn is not None)
        steering: Steering = "free" if self.burn.thrust_vacuum_n > 0 else "coast"
        plain = Segment(
            self.burn, self.number, steering, "rest", self.burn.duration_s, in_air=in_air,
            after_fairing=after_fairing,
        )  # fmt: skip
        segments = self._guided(plain)
        left_s = self.burn.duration_s - sum(s.duration_s for s in segments)
        if left_s > 1e-6 or self.last:
            plain = replace(plain, duration_s=left_s)
            segments += self._throttle_down(plain)
            if self.number == self.arrangement.fairing_burn:
                first = min(0.25 * left_s, 40.0)
                segments.append(
                    replace(plain, length="open", duration_s=first, longest_s=left_s, drops=(fairing,),
                            event_after="fairing jettison")
                )  # fmt: skip
                plain = replace(plain, after_fairing=True, in_air=False, duration_s=left_s - first)
            segments += self._closing(plain, fixed=not any(s.is_open for s in segments))
        segments[-1] = replace(segments[-1], drops=self.burn.drops, event_after=self.burn.cutoff_event)
        segments += self._coast(plain)
        held = self.arrangement.holds_pressure or self.limits.q_alpha_kpa_deg is not None
        return [replace(segment, mesh=_mesh(segment, held)) for segment in segments]

    def _guided(self, plain: Segment) -> list[Segment]:
        """What of the rise and the pitch-over falls into this burn."""
        segments: list[Segment] = []
        left_s = self.burn.duration_s
        while left_s > 1e-6 and (rule := self.clock.guided()) is not None:
            steering, holds_s, event = rule
            took_s = min(holds_s, left_s)
            ends = holds_s <= left_s + 1e-9
            segments.append(
                replace(plain, steering=steering, length="fixed", duration_s=took_s,
                        event_after=event if ends else "")
            )  # fmt: skip
            self.clock.elapsed_s += took_s
            left_s -= took_s
        self.clock.elapsed_s += max(left_s, 0.0)
        return segments

    def _throttle_down(self, plain: Segment) -> list[Segment]:
        """A stretch at a chosen throttle, where the engines have one and dynamic pressure is limited."""
        if self.number > 0 or not self.arrangement.holds_pressure:
            return []
        if self.burn.throttle_min_ratio >= 1 or plain.steering == "coast":
            return []
        opened = replace(plain, length="open", longest_s=plain.duration_s)
        before_s, held_s = self.arrangement.throttle_down_s
        return [
            replace(opened, duration_s=before_s, event_after="throttle down"),
            replace(
                opened,
                duration_s=held_s,
                longest_s=min(1.5 * held_s, opened.longest_s),
                event_after="throttle up",
                throttled_down=True,
            ),
        ]

    def _closing(self, plain: Segment, *, fixed: bool) -> list[Segment]:
        """The end of a burn: at full thrust, or then throttled at the limit; cut in two by a restart."""
        limit = (self.limits.axial_acceleration_g or math.inf) * STANDARD_GRAVITY_M_S2
        held = replace(plain, acceleration_limit_m_s2=limit)
        full = replace(held, length="to-limit", event_after="throttling begins")
        throttled = replace(
            held, length="final-limited" if self.last else "limited", duration_s=plain.duration_s / 4,
            longest_s=20 * self.burn.duration_s,
        )  # fmt: skip
        limited = self.number in self.arrangement.limited_burns
        before: list[Segment] = []
        if self.last and self.arrangement.restart:
            half = replace(
                plain, length="open", duration_s=0.9 * plain.duration_s, longest_s=plain.duration_s
            )
            coast = self._open_coast(plain, 1.0, self.burn.coast_after_max_s or 7200.0, "second ignition")
            if limited and self.arrangement.limited_first:
                return [full, replace(throttled, event_after=FIRST_CUTOFF), coast, throttled]
            before = [replace(half, event_after=FIRST_CUTOFF), coast]
        if limited:
            return [*before, full, throttled]
        if self.last:
            longest = 1.5 * self.burn.duration_s
            return [
                *before,
                replace(plain, length="final", duration_s=0.98 * plain.duration_s, longest_s=longest),
            ]
        return [*before, replace(plain, length="fixed" if fixed else "rest")]

    def _coast(self, plain: Segment) -> list[Segment]:
        """What comes between this stage's separation and the next ignition."""
        least = self.burn.coast_after_s
        if self.number in self.arrangement.coasts:
            return [self._open_coast(plain, least, self.burn.coast_after_max_s, self.burn.next_event)]
        if least <= 0:
            return []
        return [
            replace(
                plain, steering="coast", length="fixed", duration_s=least, event_after=self.burn.next_event
            )
        ]

    def _open_coast(self, plain: Segment, least_s: float, longest_s: float, event: str) -> Segment:
        return replace(
            plain, steering="coast", length="open", duration_s=max(least_s, LEAST_DURATION_S),
            longest_s=max(longest_s, least_s + 1.0), event_after=event, drops=(), in_air=False,
        )  # fmt: skip


def _mesh(segment: Segment, held: bool) -> tuple[float, ...]:
    """Widths of the collocation intervals of a first mesh; the replay's error refines it.

    Toward the end of a burn the vehicle is light and its acceleration changes fast: intervals shorten.
    """
    in_air = LONGEST_INTERVAL_HELD_S if held else LONGEST_INTERVAL_IN_AIR_S
    longest = in_air if segment.in_air and segment.burn.first_block else LONGEST_INTERVAL_S
    count = max(1, math.ceil(segment.duration_s / longest - 1e-9))
    shrinking = 1.0
    if segment.steering == "coast":
        count = 6 if segment.length == "open" else math.ceil(segment.duration_s / LONGEST_COAST_INTERVAL_S)
    elif (
        segment.length in ("final", "rest", "fixed")
        and not segment.burn.first_block
        and segment.duration_s > 60.0
    ):
        count, shrinking = max(count, 3), SHRINKING_RATIO
    widths = [shrinking**k for k in range(count)]
    return tuple(width / sum(widths) for width in widths)
