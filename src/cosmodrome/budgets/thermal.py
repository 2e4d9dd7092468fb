"""Thermal budget: temperatures of the hottest and the coldest orbit of the mission against the limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.faces import FaceViews, face_views
from cosmodrome.budgets.heat import BodyNodes, HeatLoads, body_nodes, heat_loads
from cosmodrome.budgets.node_heat import HeatTrace, NodeHeat, face_heat, node_heat, orbit_loads
from cosmodrome.budgets.power import part_power_w
from cosmodrome.constants import ZERO_CELSIUS_K
from cosmodrome.models.body import Body, Environment
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline, load_w
from cosmodrome.orbit.seasons import Seasons
from cosmodrome.physics.storage import window_sums
from cosmodrome.physics.thermal import HeatAccount, ThermalNetwork, periodic_temperatures_k

Array = NDArray[np.float64]

_HEATER_ITERATIONS = 30
_HEATER_TOLERANCE_K = 1e-3


@dataclass(frozen=True, slots=True)
class ThermalTimeline:
    """Temperatures of N nodes at K + 1 edges of an orbit."""

    elapsed_s: Array  # (K + 1,)
    illumination_ratio: Array  # (K,)
    temperature_k: Array  # (K + 1, N)

    def __repr__(self) -> str:
        return f"<ThermalTimeline {len(self.elapsed_s)} samples>"


@dataclass(frozen=True, slots=True)
class ThermalOrbit:
    """An orbit that repeats itself, and where its heat went."""

    start: datetime
    beta_angle_deg: float
    environment: Environment
    timeline: ThermalTimeline
    account: HeatAccount
    absorbed_w: float  # mean of the orbit, from outside
    dissipated_w: float  # mean of the orbit, by the parts
    trace: HeatTrace | None = None  # what that follows from

    def __repr__(self) -> str:
        return f"<ThermalOrbit {self.start:%Y-%m-%d %H:%M}, {self.absorbed_w + self.dissipated_w:.0f} W>"


@dataclass(frozen=True, slots=True)
class NodeTemperature:
    """A node over both orbits."""

    name: str
    hot_max_c: float
    hot_mean_c: float
    cold_mean_c: float
    cold_min_c: float  # without heater
    heater_w: float  # that holds the limits of what sits on it


@dataclass(frozen=True, slots=True)
class PartTemperature:
    """A component with limits: what it sees and what it stands; None where no limit is given."""

    name: str
    node: str
    hot_max_c: float
    max_temperature_c: float | None
    cold_min_c: float
    min_temperature_c: float | None

    @property
    def hot_margin_k(self) -> float | None:
        """Below the upper limit [K]."""
        return None if self.max_temperature_c is None else self.max_temperature_c - self.hot_max_c

    @property
    def cold_margin_k(self) -> float | None:
        """Above the lower limit, without heater [K]."""
        return None if self.min_temperature_c is None else self.cold_min_c - self.min_temperature_c


@dataclass(frozen=True, slots=True)
class ThermalBudget:
    """Hottest and coldest orbit of the mission, and the heat that keeps the cold limits."""

    nodes: tuple[NodeTemperature, ...]
    parts: tuple[PartTemperature, ...]
    hot: ThermalOrbit
    cold: ThermalOrbit
    temperature_margin_k: float
    required_heater_w: float  # mean, over the coldest orbit
    available_heater_w: float | None  # mean that the power budget carries; None without a heater
    held: tuple[NodeHeat, ...] = ()  # the coldest orbit with the heater on

    def __repr__(self) -> str:
        span = f"{min(n.cold_min_c for n in self.nodes):.0f} to {max(n.hot_max_c for n in self.nodes):.0f}"
        return f"<ThermalBudget {len(self.nodes)} nodes, {span} deg C, heater {self.required_heater_w:.1f} W>"


def thermal_budget(
    satellite: Satellite, policy: MarginPolicy, seasons: Seasons, timelines: Sequence[ModeTimeline]
) -> ThermalBudget | None:
    """Find the temperatures of a satellite over the seasons of its mission.

    The hottest orbit has the most heat in the mean, with the hot environment and loads with allowances; the
    coldest has the least, with the cold environment and best estimates, without heater. Both are taken as
    repeating themselves.

    Parameters
    ----------
    satellite : Satellite
        Body, components with limits, modes with attitudes.
    policy : MarginPolicy
        Allowances on the loads.
    seasons : Seasons
        Days that stand for the mission.
    timelines : sequence of ModeTimeline
        The modes on each of these days.

    Returns
    -------
    ThermalBudget or None
        None without a body.

    References
    ----------
    Gilmore (ed., 2002), *Spacecraft Thermal Control Handbook*, chapters 2 and 15.
    """
    body = satellite.body
    if body is None:
        return None
    nodes = body_nodes(satellite, body)

    views = [
        face_views(satellite, body, timeline, day.ephemeris)
        for day, timeline in zip(seasons.days, timelines, strict=True)
    ]

    def loads(environment: Environment, allowance: MarginPolicy | None) -> list[HeatLoads]:
        return [
            heat_loads(satellite, nodes, timeline, seen, environment, policy=allowance)
            for timeline, seen in zip(timelines, views, strict=True)
        ]

    case = _Case(satellite, nodes, seasons, timelines, views)
    hot, _ = case.repeated(body.hot, policy, _most(seasons, timelines, loads(body.hot, policy), 1.0))
    cold, heat_w = case.repeated(body.cold, None, _most(seasons, timelines, loads(body.cold, None), -1.0))
    parts = _parts(satellite, nodes, hot, cold)
    heater_w, held = _heater_w(nodes, cold, heat_w, parts, body.temperature_margin_k)
    return ThermalBudget(
        nodes=_nodes(nodes, hot, cold, heater_w),
        parts=parts,
        hot=hot,
        cold=cold,
        temperature_margin_k=body.temperature_margin_k,
        required_heater_w=float(heater_w.sum()),
        available_heater_w=_available_heater_w(satellite, body, timelines),
        held=held,
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """An orbit of a day: which day, its heat, and the step at which it begins."""

    day: int
    heat: HeatLoads
    start: int


def _most(
    seasons: Seasons, timelines: Sequence[ModeTimeline], loads: Sequence[HeatLoads], sign: float
) -> _Place:
    """Where an orbit has the most heat (sign 1) or the least (sign -1)."""
    found: tuple[float, _Place] | None = None
    for number, (timeline, heat) in enumerate(zip(timelines, loads, strict=True)):
        energy_j = heat.total_w.sum(axis=1) * timeline.step_s
        sums = sign * window_sums(energy_j, timeline.elapsed_s, seasons.period_s)
        start = int(np.argmax(sums))
        if found is None or sums[start] > found[0]:
            found = float(sums[start]), _Place(number, heat, start)
    assert found is not None  # there is a day at least
    return found[1]


@dataclass(frozen=True, slots=True)
class _Case:
    """What the hottest and the coldest orbit share."""

    satellite: Satellite
    nodes: BodyNodes
    seasons: Seasons
    timelines: Sequence[ModeTimeline]
    views: Sequence[FaceViews]

    def repeated(
        self, environment: Environment, policy: MarginPolicy | None, place: _Place
    ) -> tuple[ThermalOrbit, Array]:
        """The orbit as if it repeated itself, and the heat in its steps."""
        timeline, heat, start = self.timelines[place.day], place.heat, place.start
        period_s = self.seasons.period_s
        end = int(np.searchsorted(timeline.elapsed_s, timeline.elapsed_s[start] + period_s))
        steps = slice(start, max(min(end, len(timeline.step_s)), start + 1))
        heat_w = heat.total_w[steps]
        elapsed = np.linspace(0.0, period_s, len(heat_w) + 1)
        temperature, account = periodic_temperatures_k(self.nodes.network, elapsed, heat_w)
        lit = timeline.illumination_ratio[steps]
        for array in (elapsed, temperature, lit):
            array.setflags(write=False)
        span, loads = orbit_loads(self.satellite, policy, timeline, start, steps.stop)
        seen, parts_w = self.views[place.day], heat.dissipated_w[steps].mean(axis=0)
        faces = face_heat(self.satellite, seen, environment, span, start, makes_power=policy is None)
        found = node_heat(
            self.nodes, temperature, account, parts_w, heater_w=np.zeros_like(parts_w), period_s=period_s
        )
        orbit = ThermalOrbit(
            start=timeline.epoch + timedelta(seconds=float(timeline.elapsed_s[start])),
            beta_angle_deg=self.seasons.days[place.day].beta_angle_deg,
            environment=environment,
            timeline=ThermalTimeline(elapsed, lit, temperature),
            account=account,
            absorbed_w=float(heat.absorbed_w[steps].sum(axis=1).mean()),
            dissipated_w=float(parts_w.sum()),
            trace=HeatTrace(faces, found, loads, self.nodes.node_of_face),
        )
        return orbit, heat_w


def _parts(
    satellite: Satellite, nodes: BodyNodes, hot: ThermalOrbit, cold: ThermalOrbit
) -> tuple[PartTemperature, ...]:
    warmest, coldest = hot.timeline.temperature_k.max(axis=0), cold.timeline.temperature_k.min(axis=0)
    return tuple(
        PartTemperature(
            name=part.name,
            node=nodes.names[node],
            hot_max_c=float(warmest[node]) - ZERO_CELSIUS_K,
            max_temperature_c=part.max_temperature_c,
            cold_min_c=float(coldest[node]) - ZERO_CELSIUS_K,
            min_temperature_c=part.min_temperature_c,
        )
        for part, node in zip(satellite.components, nodes.node_of_component, strict=True)
        if part.min_temperature_c is not None or part.max_temperature_c is not None
    )


def _nodes(
    nodes: BodyNodes, hot: ThermalOrbit, cold: ThermalOrbit, heater_w: Array
) -> tuple[NodeTemperature, ...]:
    warm, cool = hot.timeline.temperature_k - ZERO_CELSIUS_K, cold.timeline.temperature_k - ZERO_CELSIUS_K
    return tuple(
        NodeTemperature(
            name=name,
            hot_max_c=float(warm[:, at].max()),
            hot_mean_c=float(warm[:-1, at].mean()),
            cold_mean_c=float(cool[:-1, at].mean()),
            cold_min_c=float(cool[:, at].min()),
            heater_w=float(heater_w[at]),
        )
        for at, name in enumerate(nodes.names)
    )


def cell_temperature_c(satellite: Satellite, thermal: ThermalBudget | None) -> float | None:
    """Temperature at which cells on the faces work: the mean of the hottest orbit in sunlight.

    Parameters
    ----------
    satellite : Satellite
        Its array and its body.
    thermal : ThermalBudget or None
        Its temperatures.

    Returns
    -------
    float or None
        By area of the cells [deg C]; the temperature that is stated, where one is; None where neither is
        known, or where it is in the inherent degradation, which then is not given.
    """
    array, body = satellite.solar_array, satellite.body
    if array.operating_temperature_c is not None or thermal is None or body is None:
        return array.operating_temperature_c
    if array.mounting != "faces" or "inherent_degradation_ratio" not in array.model_fields_set:
        return None
    names = [node.name for node in thermal.nodes]
    node = [names.index(face.name) if face.name in names else 0 for face in body.faces]
    cells = np.array([face.cell_area_m2 for face in body.faces])
    orbit = thermal.hot.timeline
    lit = orbit.illumination_ratio
    middle = (orbit.temperature_k[1:] + orbit.temperature_k[:-1]) / 2
    return float(lit @ middle[:, node] @ cells / (lit.sum() * cells.sum())) - ZERO_CELSIUS_K


def _heater_w(
    nodes: BodyNodes, cold: ThermalOrbit, heat_w: Array, parts: tuple[PartTemperature, ...], margin_k: float
) -> tuple[Array, tuple[NodeHeat, ...]]:
    """Constant heat at each node that keeps the limits of what sits on it, with the margin.

    Newton's method with the slopes of the network at rest. Heat at one node warms the others, so a node that
    others keep warm enough ends without. Returned with the nodes as they are then.
    """
    heater = np.zeros(len(nodes.names))
    floor = np.full(len(heater), -np.inf)
    for part in parts:
        if part.min_temperature_c is not None:
            at = nodes.names.index(part.node)
            floor[at] = max(floor[at], part.min_temperature_c + ZERO_CELSIUS_K + margin_k)
    temperature, account = cold.timeline.temperature_k, cold.account
    for _ in range(_HEATER_ITERATIONS):
        short = floor - temperature.min(axis=0)
        active = (short > _HEATER_TOLERANCE_K) | ((heater > 0.0) & (short < -_HEATER_TOLERANCE_K))
        if not active.any():
            break
        working = np.flatnonzero(active | (heater > 0.0))
        warmed = _warming_k_w(nodes.network, temperature.mean(axis=0))[np.ix_(working, working)]
        heater[working] += np.linalg.solve(warmed, short[working])
        heater = np.maximum(heater, 0.0)
        temperature, account = periodic_temperatures_k(
            nodes.network, cold.timeline.elapsed_s, heat_w + heater
        )
    assert cold.trace is not None  # of an orbit that was worked out
    parts_w = np.array([node.parts_w for node in cold.trace.nodes])
    period_s = float(cold.timeline.elapsed_s[-1])
    return heater, node_heat(nodes, temperature, account, parts_w, heater_w=heater, period_s=period_s)


def _warming_k_w(network: ThermalNetwork, temperature_k: Array) -> Array:
    """By how much heat at one node warms each node at rest [K/W]."""
    return np.asarray(np.linalg.inv(network.slope_w_k(temperature_k)), dtype=float)


def _available_heater_w(satellite: Satellite, body: Body, timelines: Sequence[ModeTimeline]) -> float | None:
    """Mean power of the heater in the least of the days, as the power budget carries it."""
    if body.heater is None:
        return None
    heats = np.array([part.name == body.heater for part in satellite.components])
    powers = np.where(heats[:, None], part_power_w(satellite), 0.0)
    means = [
        float(load_w(timeline, satellite, powers) @ timeline.step_s / timeline.duration_s)
        for timeline in timelines
    ]
    return min(means)
