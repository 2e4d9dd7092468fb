"""The body as a network of nodes, and the heat that comes into each of them over time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.faces import FaceViews
from cosmodrome.budgets.power import part_power_w
from cosmodrome.models.body import Body, Environment
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline, load_w
from cosmodrome.physics.thermal import ThermalNetwork

Array = NDArray[np.float64]

INSIDE = "inside"
_LEAST_INSIDE_SHARE = 0.1  # of the dry mass, where the faces are said to weigh more than there is


@dataclass(frozen=True, slots=True)
class BodyNodes:
    """Names of the nodes, the network, and on which node each face and each component sits."""

    names: tuple[str, ...]
    network: ThermalNetwork
    node_of_face: tuple[int, ...]
    node_of_component: tuple[int, ...]

    def __repr__(self) -> str:
        return f"<BodyNodes {', '.join(self.names)}>"


def body_nodes(satellite: Satellite, body: Body) -> BodyNodes:
    """Make the network of a body: a node per face and one for the inside, or one for all.

    Parameters
    ----------
    satellite : Satellite
        Masses; its cells' emissivity.
    body : Body
        Faces and links.

    Returns
    -------
    BodyNodes
        Faces in their order, then the inside.
    """
    count = len(body.faces)
    _, emitting = surface_areas_m2(satellite, makes_power=False)
    dry_kg = sum(part.count * part.mass_kg for part in satellite.components)
    skin_kg = np.array([face.areal_mass_kg_m2 * face.area_m2 for face in body.faces])
    inside_kg = max(dry_kg - skin_kg.sum(), _LEAST_INSIDE_SHARE * dry_kg)
    if body.nodes == "one":
        capacity = body.specific_heat_j_kg_k * np.array([dry_kg])
        network = ThermalNetwork(capacity, np.array([emitting.sum()]), np.zeros((1, 1)))
        return BodyNodes(("body",), network, (0,) * count, (0,) * len(satellite.components))
    names = tuple(face.name for face in body.faces)
    capacity = body.specific_heat_j_kg_k * np.append(skin_kg, inside_kg)
    network = ThermalNetwork(capacity, np.append(emitting, 0.0), _links(body))
    seats = tuple(count if part.face is None else names.index(part.face) for part in satellite.components)
    return BodyNodes((*names, INSIDE), network, tuple(range(count)), seats)


def _links(body: Body) -> Array:
    """Conductances between the faces and the inside, and between faces that meet."""
    count = len(body.faces)
    links = np.zeros((count + 1, count + 1))
    normal = np.array([face.normal for face in body.faces], dtype=float)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    meets = np.abs(normal @ normal.T) < 1.0 - 1e-9  # neither alike nor back to back
    links[:count, :count] = body.edge_conductance_w_k * meets
    inward = [
        body.conductance_w_k if face.conductance_w_k is None else face.conductance_w_k for face in body.faces
    ]
    links[:count, count] = links[count, :count] = inward
    return links


@dataclass(frozen=True, slots=True)
class HeatLoads:
    """Heat into N nodes in each of K steps: from outside, and what the parts give off."""

    absorbed_w: Array  # (K, N)
    dissipated_w: Array  # (K, N)

    @property
    def total_w(self) -> Array:
        """Both together, shape (K, N) [W]."""
        return np.asarray(self.absorbed_w + self.dissipated_w)


def heat_loads(
    satellite: Satellite,
    nodes: BodyNodes,
    timeline: ModeTimeline,
    views: FaceViews,
    environment: Environment,
    *,
    policy: MarginPolicy | None,
) -> HeatLoads:
    """Heat into the nodes over a day.

    Q = S A_a (lit cos(i) + albedo F_r) + I A_e F_e of each face, with A_a = sum of alpha A and A_e = sum of
    epsilon A; and what the parts give off.

    Parameters
    ----------
    satellite : Satellite
        Its parts and its body.
    nodes : BodyNodes
        The body's.
    timeline : ModeTimeline
        Light and modes of the day.
    views : FaceViews
        What the faces see in it.
    environment : Environment
        Sunlight, albedo and infrared.
    policy : MarginPolicy or None
        Allowances on the loads: the hot case, in which the array keeps all of its sunlight as heat and the
        regulator's losses stay inside. Without it the cold case: best estimates, and cells on faces turn
        their share of sunlight into electricity.

    Returns
    -------
    HeatLoads
        Without that of the heater.
    """
    absorbed = np.zeros((len(timeline.step_s), len(nodes.names)))
    lit = timeline.illumination_ratio
    outside = _absorbed_w(satellite, lit, views, environment, makes_power=policy is None)
    for number, node in enumerate(nodes.node_of_face):
        absorbed[:, node] += outside[:, number]
    powers = part_heat_w(satellite, policy)
    seats = np.array(nodes.node_of_component)
    dissipated = np.zeros_like(absorbed)
    for node in range(len(nodes.names)):
        dissipated[:, node] = load_w(timeline, satellite, np.where(seats[:, None] == node, powers, 0.0))
    if policy is not None:
        lost = 1.0 / satellite.solar_array.daylight_path_ratio - 1.0
        dissipated[:, -1] += lost * dissipated.sum(axis=1)
    return HeatLoads(absorbed, dissipated)


def part_heat_w(satellite: Satellite, policy: MarginPolicy | None) -> Array:
    """Heat that each component line gives off in each mode: what it draws less what the antenna radiates.

    Q = P - P_radiated

    Parameters
    ----------
    satellite : Satellite
        Its parts, modes and transmitters; a heater's heat is left out.
    policy : MarginPolicy or None
        Allowances on what is drawn, none on what is radiated.

    Returns
    -------
    ndarray, shape (parts, modes)
        For `load_w`. [W]
    """
    powers = part_power_w(satellite, policy)
    names = [part.name for part in satellite.components]
    if satellite.body is not None and satellite.body.heater is not None:
        powers[names.index(satellite.body.heater)] = 0.0
    for radio in satellite.transmitters:
        sends = [mode.name in satellite.full_power_modes(radio.component) for mode in satellite.modes]
        powers[names.index(radio.component), sends] -= radio.radiated_w
    return np.maximum(powers, 0.0)  # two radios of one part do not send together


def _absorbed_w(
    satellite: Satellite,
    illumination_ratio: Array,
    views: FaceViews,
    environment: Environment,
    *,
    makes_power: bool,
) -> Array:
    """Heat from Sun and Earth into each face, shape (K, F)."""
    sunlight, infrared = surface_areas_m2(satellite, makes_power=makes_power)
    lit = illumination_ratio[:, None]
    from_sun = lit * views.sun_cosine_ratio + environment.albedo_ratio * views.reflected_view_ratio
    absorbed = environment.solar_flux_w_m2 * from_sun * sunlight
    return np.asarray(absorbed + environment.earth_infrared_w_m2 * views.earth_view_ratio * infrared)


def surface_areas_m2(satellite: Satellite, *, makes_power: bool) -> tuple[Array, Array]:
    """Areas of the faces times absorptance, and times emissivity, finish and cells together.

    Parameters
    ----------
    satellite : Satellite
        Its body and cells.
    makes_power : bool
        Whether cells on faces turn their share of sunlight into electricity.

    Returns
    -------
    sunlight, infrared : Array, shape (F,)
        Sum of alpha A, and of epsilon A. [m2]
    """
    array = satellite.solar_array
    faces = satellite.body.faces if satellite.body is not None else ()
    black, glass = array.surface
    if makes_power and array.mounting == "faces":
        black = max(black - array.efficiency_ratio, 0.0)
    area = np.array([face.area_m2 - face.cell_area_m2 for face in faces])
    cells = np.array([face.cell_area_m2 for face in faces])
    sunlight = area * [face.finish.solar_absorptance_ratio for face in faces] + black * cells
    infrared = area * [face.finish.infrared_emissivity_ratio for face in faces] + glass * cells
    return np.asarray(sunlight), np.asarray(infrared)
