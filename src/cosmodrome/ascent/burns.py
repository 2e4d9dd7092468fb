"""A vehicle's burns in order: what thrusts, flows, is dropped and how long, from its stages as data.

Boosters and the core that follows them fly as one block: its units light, burn along their thrust curves,
are throttled and separate each at their own time. Every change begins a new burn.
"""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from cosmodrome.models.vehicle import Stage, Vehicle
from cosmodrome.physics.propulsion import (
    mass_flow_kg_s,
    nozzle_exit_area_m2,
    relative_flow_history,
)

_SAME_TIME_S = 1e-6


@dataclass(frozen=True, slots=True)
class Drop:
    """Bodies that leave the vehicle together."""

    name: str
    count: int
    mass_kg: float  # of one
    length_m: float | None = None
    diameter_m: float | None = None

    @property
    def total_kg(self) -> float:
        """Mass of all of them [kg]."""
        return self.count * self.mass_kg


@dataclass(frozen=True, slots=True)
class Burn:
    """One engine configuration between two changes of it; masses and thrusts are totals.

    Thrust and flow change linearly in time while solid motors burn. A burn without thrust is a wait
    inside a block.
    """

    name: str
    thrust_vacuum_n: float  # at its beginning
    thrust_rate_n_s: float
    exit_area_m2: float
    mass_flow_kg_s: float  # at its beginning
    mass_flow_rate_kg_s2: float
    propellant_kg: float  # burned in this configuration
    duration_s: float  # at full thrust
    drag_area_m2: float
    throttle_min_ratio: float
    first_block: bool
    ends_stage: bool = False  # the core's burnout
    drops: tuple[Drop, ...] = ()
    coast_after_s: float = 0.0  # at least, where it may be chosen
    coast_after_max_s: float = 0.0
    coast_is_stated: bool = False  # by the catalog, not by the rule for upper stages
    restarts: bool = False  # may be cut in two with a coast between
    cutoff_event: str = ""
    next_event: str = ""

    @property
    def drop_after_kg(self) -> float:
        """Mass dropped at its end [kg]."""
        return sum(drop.total_kg for drop in self.drops)

    @property
    def exhaust_speed_m_s(self) -> float:
        """Effective exhaust speed in vacuum at its beginning [m/s]."""
        return self.thrust_vacuum_n / self.mass_flow_kg_s


def stage_flow_kg_s(stage: Stage) -> float:
    """Propellant flow of one unit of a stage at full throttle, the mean of a thrust curve [kg/s]."""
    return mass_flow_kg_s(stage.thrust_vacuum_n.value, stage.specific_impulse_vacuum_s.value)


def _exit_area_m2(stage: Stage) -> float:
    """Nozzle area of one unit; a stage without sea-level data only ever flies in vacuum."""
    if stage.thrust_sea_level_n is None:
        return 0.0
    return nozzle_exit_area_m2(stage.thrust_vacuum_n.value, stage.thrust_sea_level_n.value)


def cross_section_m2(stage: Stage) -> float:
    """Area that a stage's units show to the wind from ahead [m2]."""
    diameter = stage.diameter_m.value if stage.diameter_m else 0.0
    return stage.count * math.pi / 4 * diameter**2


def vehicle_burns(vehicle: Vehicle) -> tuple[Burn, ...]:
    """Lay out a vehicle's burns in order, from lift-off to the last stage's burnout."""
    burns: list[Burn] = []
    boosters: list[Stage] = []
    for index, stage in enumerate(vehicle.stages):
        if stage.role == "booster":
            boosters.append(stage)
            continue
        above = vehicle.stages[index + 1 :]
        block = _Block(vehicle, [*boosters, stage], above, first=not burns)
        burns += block.burns()
        boosters = []
    return tuple(burns)


@dataclass(slots=True)
class _Unit:
    """A group of identical units while the burns are being laid out."""

    stage: Stage
    ignition_s: float
    knots_s: tuple[float, ...]  # since ignition; of a thrust curve
    flows_kg_s: tuple[float, ...]  # of one unit at the knots
    throttles: tuple[tuple[float, float], ...]  # since ignition
    left_kg: float  # of one unit
    burnout_s: float = math.inf
    dropped: bool = False

    @classmethod
    def of(cls, stage: Stage, ignition_s: float) -> "_Unit":
        flow = stage_flow_kg_s(stage)
        knots: tuple[float, ...] = ()
        flows: tuple[float, ...] = (flow,)
        if stage.thrust_curve_ratio:
            time, ratio = relative_flow_history(stage.thrust_curve_ratio)
            burn_s = stage.burnable_propellant_kg / flow
            knots, flows = tuple((time * burn_s).tolist()), tuple((ratio * flow).tolist())
        return cls(
            stage, ignition_s, knots, flows, stage.throttle_steps_ratio or (), stage.burnable_propellant_kg
        )

    def burning(self, time_s: float) -> bool:
        return time_s > self.ignition_s - _SAME_TIME_S and self.burnout_s == math.inf

    def flow_kg_s(self, time_s: float) -> float:
        """Of one unit at full throttle."""
        since = time_s - self.ignition_s
        return float(np.interp(since, self.knots_s, self.flows_kg_s)) if self.knots_s else self.flows_kg_s[0]

    def throttle_ratio(self, time_s: float, with_boosters: bool) -> float:
        held = [k for at, k in self.throttles if at <= time_s - self.ignition_s + _SAME_TIME_S]
        ratio = held[-1] if held else 1.0
        if with_boosters and self.stage.throttle_with_boosters_ratio:
            ratio = self.stage.throttle_with_boosters_ratio
        return ratio

    def changes_s(self) -> list[float]:
        """When its thrust changes by itself."""
        since = [*self.knots_s[1:-1], *(at for at, _ in self.throttles)]
        return [self.ignition_s, *(self.ignition_s + at for at in since)]


@dataclass(slots=True)
class _Block:
    """Boosters and their core, from the first ignition to the core's separation."""

    vehicle: Vehicle
    stages: list[Stage]
    above: tuple[Stage, ...]
    first: bool
    shed: bool = False  # whether the core's early mass has been dropped
    units: list[_Unit] = field(default_factory=list)

    def burns(self) -> list[Burn]:
        """One burn per stretch without a change."""
        self._light()
        core = self.units[-1]
        burns: list[Burn] = []
        time = 0.0
        early_s = core.ignition_s + core.stage.jettison_delay_s if core.stage.jettisoned_mass_kg else math.inf
        while any(not unit.dropped for unit in self.units):
            lit = [unit for unit in self.units if unit.burning(time)]
            end = self._next_change_s(time, lit, early_s)
            burn = self._burn(time, end, lit)
            drops = self._drops(end)
            if abs(end - early_s) < _SAME_TIME_S and core.stage.jettisoned_mass_kg:
                drops = (
                    Drop(f"{core.stage.name} interstage", 1, core.stage.jettisoned_mass_kg.value),
                    *drops,
                )
                early_s, self.shed = math.inf, True
            burns.append(_ended(burn, drops, self._event(drops, end)))
            time = end
        burns[-1] = self._closed(burns[-1], core.stage)
        return burns

    def _light(self) -> None:
        """Put every unit at its place in time; the core last."""
        ground = [s for s in self.stages[:-1] if s.ignition != "air"]
        last_s = max((s.burnable_propellant_kg / stage_flow_kg_s(s) for s in ground), default=0.0)
        for stage in self.stages:
            waits = stage.ignition == "air" and (stage is not self.stages[-1] or stage.ignition_time_s)
            at = stage.ignition_time_s if stage.ignition_time_s is not None else last_s
            self.units.append(_Unit.of(stage, at if waits else 0.0))

    def _next_change_s(self, time_s: float, lit: list[_Unit], early_s: float) -> float:
        """The next ignition, burnout, separation, throttle step or bend of a thrust curve."""
        later = [t for unit in self.units if unit.burnout_s == math.inf for t in unit.changes_s()]
        later.append(early_s)
        with_boosters = self._boosters_burn(time_s)
        for unit in lit:
            ratio = unit.throttle_ratio(time_s, with_boosters)
            if unit.knots_s:
                later.append(unit.ignition_s + unit.knots_s[-1])
            else:
                later.append(time_s + unit.left_kg / (ratio * unit.flow_kg_s(time_s)))
        later += [
            unit.burnout_s + unit.stage.separation_delay_s
            for unit in self.units[:-1]
            if unit.burnout_s < math.inf and not unit.dropped
        ]
        return min(t for t in later if t > time_s + _SAME_TIME_S)

    def _boosters_burn(self, time_s: float) -> bool:
        return any(unit.burning(time_s) for unit in self.units[:-1])

    def _burn(self, start_s: float, end_s: float, lit: list[_Unit]) -> Burn:
        """The stretch between two changes; takes its propellant from the units."""
        thrust = rate = flow_start = flow_rate = 0.0
        duration = end_s - start_s
        with_boosters = self._boosters_burn(start_s)
        for unit in lit:
            ratio = unit.stage.count * unit.throttle_ratio(start_s, with_boosters)
            begin, end = unit.flow_kg_s(start_s), unit.flow_kg_s(end_s)
            exhaust = unit.stage.thrust_vacuum_n.value / stage_flow_kg_s(unit.stage)
            slope = (end - begin) / duration
            thrust, rate = thrust + ratio * begin * exhaust, rate + ratio * slope * exhaust
            flow_start, flow_rate = flow_start + ratio * begin, flow_rate + ratio * slope
            unit.left_kg -= ratio / unit.stage.count * (begin + end) / 2 * duration
            if unit.left_kg < 1e-9 * unit.stage.burnable_propellant_kg:
                unit.burnout_s = end_s
        solid = any(unit.knots_s for unit in lit)
        return Burn(
            name=" + ".join(unit.stage.name for unit in lit) or f"{self.units[-1].stage.name} waiting",
            thrust_vacuum_n=thrust,
            thrust_rate_n_s=rate,
            exit_area_m2=sum(u.stage.count * _exit_area_m2(u.stage) for u in lit),
            mass_flow_kg_s=flow_start,
            mass_flow_rate_kg_s2=flow_rate,
            propellant_kg=flow_start * duration + flow_rate * duration**2 / 2,
            duration_s=duration,
            drag_area_m2=self._drag_area_m2(),
            throttle_min_ratio=1.0 if solid else min((u.stage.throttle_min_ratio for u in lit), default=1.0),
            first_block=self.first,
        )

    def _drag_area_m2(self) -> float:
        """The published reference area, or the largest cross-section of the stack and what is strapped on."""
        if self.vehicle.drag_reference_area_m2 is not None:
            return self.vehicle.drag_reference_area_m2.value
        bodies = [cross_section_m2(s) for s in (self.stages[-1], *self.above) if s.role != "booster"]
        fairing = math.pi / 4 * self.vehicle.fairing.diameter_m.value**2
        strapped = sum(cross_section_m2(unit.stage) for unit in self.units[:-1] if not unit.dropped)
        return max([fairing, *bodies]) + strapped

    def _drops(self, time_s: float) -> tuple[Drop, ...]:
        """What separates at a time; the core leaves when everything has burned out."""
        out = all(unit.burnout_s <= time_s + _SAME_TIME_S for unit in self.units)
        drops = []
        for unit in self.units:
            is_core = unit is self.units[-1]
            due = unit.burnout_s + (0.0 if is_core else unit.stage.separation_delay_s)
            if unit.dropped or not (out or (not is_core and due <= time_s + _SAME_TIME_S)):
                continue
            unit.dropped = True
            mass = unit.stage.separated_mass_kg
            if is_core:
                if not self.above:
                    continue  # the last stage goes to orbit
                early = unit.stage.jettisoned_mass_kg
                mass -= early.value / unit.stage.count if early and self.shed else 0.0
            drops.append(_stage_drop(unit.stage, mass))
        return tuple(drops)

    def _event(self, drops: tuple[Drop, ...], time_s: float) -> str:
        """What happens at the end of a burn, in words; nothing for a bend of a thrust curve."""
        ended = [u.stage.name for u in self.units if abs(u.burnout_s - time_s) < _SAME_TIME_S]
        lights = [u.stage.name for u in self.units if abs(u.ignition_s - time_s) < _SAME_TIME_S]
        gone = [drop.name for drop in drops]
        words = []
        if ended and not self.above and self.units[-1].stage.name in ended:
            words.append("insertion")
        elif ended:
            words.append(f"{' + '.join(ended)} burnout" + (" and separation" if gone == ended else ""))
        if gone and gone != ended:
            words.append(f"{' + '.join(gone)} separation")
        if lights:
            words.append(f"{' + '.join(lights)} ignition")
        return ", ".join(words)

    def _closed(self, burn: Burn, core: Stage) -> Burn:
        """The last burn of the block, with what comes between it and the next block."""
        after = self.above[0] if self.above else None
        cores_above = [s for s in self.above if s.role != "booster"]
        least = core.separation_delay_s + max(after.ignition_delay_s, 0.0) if after else 0.0
        return replace(
            burn,
            ends_stage=True,
            coast_after_s=least,
            coast_after_max_s=cores_above[0].longest_coast_s if cores_above else 0.0,
            coast_is_stated=bool(cores_above and cores_above[0].coast_max_s),
            restarts=not self.above and core.ignitions_max_count > 1 and core.longest_coast_s > 0,
            next_event=f"{cores_above[0].name} ignition" if cores_above else "",
        )


def _stage_drop(stage: Stage, mass_kg: float) -> Drop:
    length = stage.length_m.value if stage.length_m else None
    diameter = stage.diameter_m.value if stage.diameter_m else None
    return Drop(stage.name, stage.count, mass_kg, length, diameter)


def _ended(burn: Burn, drops: tuple[Drop, ...], event: str) -> Burn:
    return replace(burn, drops=drops, cutoff_event=event)
