"""The heat of one orbit taken apart: what each face takes in, what each node radiates and how warm it is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.faces import FaceViews
from cosmodrome.budgets.heat import BodyNodes, surface_areas_m2
from cosmodrome.budgets.part_loads import PartLoad, TimelineSpan, part_loads
from cosmodrome.constants import ZERO_CELSIUS_K
from cosmodrome.models.body import Environment
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline
from cosmodrome.physics.thermal import HeatAccount

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FaceHeat:
    """A face over the orbit: S A_a (sun + albedo) + I A_e earth, with means of what it sees."""

    name: str
    absorbing_area_m2: float  # absorptance times area, finish and cells; less the power that cells make
    emitting_area_m2: float  # emissivity times area
    sun_ratio: float  # cosine of incidence, zero on the back and in the shadow
    reflected_ratio: float  # albedo times view factor times the height of the Sun below
    earth_ratio: float  # view factor of the Earth
    absorbed_w: float

    def __repr__(self) -> str:
        return f"<FaceHeat {self.name}: {self.absorbed_w:.3g} W>"


@dataclass(frozen=True, slots=True)
class NodeHeat:
    """A node over the orbit."""

    name: str
    parts_w: float  # of the parts on it
    heater_w: float
    radiated_w: float
    mean_c: float
    min_c: float
    max_c: float
    heat_capacity_j_k: float
    emitting_area_m2: float
    links_w_k: tuple[float, ...]  # to each node

    def __repr__(self) -> str:
        return f"<NodeHeat {self.name}: {self.min_c:.1f} to {self.max_c:.1f} deg C>"


@dataclass(frozen=True, slots=True)
class HeatTrace:
    """What the heat of an orbit follows from."""

    faces: tuple[FaceHeat, ...]
    nodes: tuple[NodeHeat, ...]
    loads: tuple[PartLoad, ...]  # electrical, the heater's among them
    node_of_face: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<HeatTrace {len(self.faces)} faces, {len(self.nodes)} nodes, {len(self.loads)} loads>"


def face_heat(
    satellite: Satellite, views: FaceViews, environment: Environment, span: TimelineSpan, start: int,
    *, makes_power: bool,
) -> tuple[FaceHeat, ...]:  # fmt: skip
    """What each face takes in over a span.

    Parameters
    ----------
    satellite : Satellite
        Its body and cells.
    views : FaceViews
        Of the whole timeline.
    environment : Environment
        Sunlight, albedo and infrared.
    span : TimelineSpan
        Steps of the orbit.
    start : int
        The first of them in the timeline.
    makes_power : bool
        Whether cells turn their share of sunlight into electricity.

    Returns
    -------
    tuple of FaceHeat
        In the order of the faces.
    """
    faces = satellite.body.faces if satellite.body is not None else ()
    black, emitting = surface_areas_m2(satellite, makes_power=makes_power)
    steps, lit = slice(start, start + len(span.weight_s)), span.timeline.illumination_ratio
    found = []
    for at, face in enumerate(faces):
        sun = span.mean(lit * views.sun_cosine_ratio[steps, at])
        reflected = environment.albedo_ratio * span.mean(views.reflected_view_ratio[steps, at])
        earth = span.mean(views.earth_view_ratio[steps, at])
        light_w = environment.solar_flux_w_m2 * black[at] * (sun + reflected)
        absorbed_w = light_w + environment.earth_infrared_w_m2 * emitting[at] * earth
        found.append(
            FaceHeat(
                face.name, float(black[at]), float(emitting[at]), sun, reflected, earth, float(absorbed_w)
            )
        )
    return tuple(found)


def node_heat(
    nodes: BodyNodes,
    temperature_k: Array,
    account: HeatAccount,
    parts_w: Array,
    *,
    heater_w: Array,
    period_s: float,
) -> tuple[NodeHeat, ...]:
    """The nodes over an orbit that repeats itself.

    In the mean what comes into a node leaves it: absorbed + parts + heater = radiated + conducted. What it
    conducts is the sum of k_j (T - T_j): T = (absorbed + parts + heater - radiated + sum k_j T_j) / sum k_j.

    Parameters
    ----------
    nodes : BodyNodes
        The body's.
    temperature_k : Array, shape (K + 1, N)
        At the edges of equal steps. [K]
    account : HeatAccount
        Over the orbit.
    parts_w, heater_w : Array, shape (N,)
        Means. [W]
    period_s : float
        Of the orbit. [s]

    Returns
    -------
    tuple of NodeHeat
        In the order of the nodes.
    """
    mean_k = (temperature_k[1:] + temperature_k[:-1]).mean(axis=0) / 2
    least_k, most_k = temperature_k.min(axis=0), temperature_k.max(axis=0)
    network = nodes.network
    return tuple(
        NodeHeat(
            name=name,
            parts_w=float(parts_w[at]),
            heater_w=float(heater_w[at]),
            radiated_w=float(account.radiated_wh[at]) * 3600.0 / period_s,
            mean_c=float(mean_k[at]) - ZERO_CELSIUS_K,
            min_c=float(least_k[at]) - ZERO_CELSIUS_K,
            max_c=float(most_k[at]) - ZERO_CELSIUS_K,
            heat_capacity_j_k=float(network.heat_capacity_j_k[at]),
            emitting_area_m2=float(network.emitting_area_m2[at]),
            links_w_k=tuple(network.conductance_w_k[at].tolist()),
        )
        for at, name in enumerate(nodes.names)
    )


def orbit_loads(
    satellite: Satellite, policy: MarginPolicy | None, timeline: ModeTimeline, start: int, stop: int
) -> tuple[TimelineSpan, tuple[PartLoad, ...]]:
    """The steps of an orbit, and its loads."""
    span = TimelineSpan.of(timeline, start, float(timeline.elapsed_s[stop]))
    return span, part_loads(satellite, policy, span)
