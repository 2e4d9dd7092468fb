"""The heat of an orbit, line by line: what the faces take in, what the parts give off, how warm nodes get."""

from collections.abc import Iterator

from cosmodrome.budgets.node_heat import HeatTrace, NodeHeat
from cosmodrome.budgets.thermal import ThermalBudget, ThermalOrbit
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.verdict.check import Term
from cosmodrome.verdict.load_terms import load_terms

_SIGMA = "σ = 5.670374e-8 W/(m² K⁴)"
_PERIODIC = "physics.thermal.periodic_temperatures_k"


def heat_terms(mission: Mission, orbit: ThermalOrbit, case: str) -> Iterator[Term]:
    """What heats the satellite in the mean of an orbit.

    Parameters
    ----------
    mission : Mission
        Its satellite.
    orbit : ThermalOrbit
        The hottest or the coldest.
    case : str
        "hot" or "cold".
    """
    trace, satellite, given = orbit.trace, mission.satellite, orbit.environment
    yield Term(f"sunlight, {case} case", given.solar_flux_w_m2, "W/m²", source=given.source or "mission file")
    yield Term("albedo", 100 * given.albedo_ratio, "%", source=given.source or "mission file")
    yield Term("Earth infrared", given.earth_infrared_w_m2, "W/m²", source=given.source or "mission file")
    if trace is not None and satellite is not None:
        yield from _face_terms(satellite, orbit, trace, case)
    total = f"sum over the faces in their attitudes, orbit from {orbit.start:%Y-%m-%d %H:%M} UTC"
    yield Term("heat from Sun and Earth", orbit.absorbed_w, "W", total, formula_id="budgets.heat.heat_loads")
    if trace is not None and satellite is not None:
        yield from _part_terms(satellite, trace, case)
    rule = "loads of the modes − what is radiated as signal" + (" + regulator" if case == "hot" else "")
    yield Term("heat of the parts", orbit.dissipated_w, "W", rule, formula_id="budgets.heat.part_heat_w")


def _face_terms(satellite: Satellite, orbit: ThermalOrbit, trace: HeatTrace, case: str) -> Iterator[Term]:
    """Face by face: light and infrared that it takes in."""
    faces = satellite.body.faces if satellite.body is not None else ()
    given, (black, glass) = orbit.environment, satellite.solar_array.surface
    cells = f", α {black:g}" + (" less their efficiency" if case == "cold" else "") + f", ε {glass:g}"
    for face, heat in zip(faces, trace.faces, strict=True):
        finish = face.finish
        bare = f"{face.area_m2 - face.cell_area_m2:g} m² of {finish.name}"
        surface = f"{bare}, α {finish.solar_absorptance_ratio:g}, ε {finish.infrared_emissivity_ratio:g}"
        if face.cell_area_m2 > 0:
            surface = f"{surface}, and {face.cell_area_m2:g} m² of cells{cells}"
        light = f"({_share(heat.sun_ratio)} from the Sun + {_share(heat.reflected_ratio)} by albedo)"
        formula = (
            f"{given.solar_flux_w_m2:g} W/m² × {heat.absorbing_area_m2:.5g} m² × {light} + "
            f"{given.earth_infrared_w_m2:g} W/m² × {heat.emitting_area_m2:.5g} m² × "
            f"{_share(heat.earth_ratio)} of the Earth"
        )
        yield Term(f"into {face.name}", heat.absorbed_w, "W", formula, surface, "budgets.faces.face_views")


def _share(ratio: float) -> str:
    """A share that rounding may have left beside zero."""
    return f"{round(ratio, 7):.5g}"


def _part_terms(satellite: Satellite, trace: HeatTrace, case: str) -> Iterator[Term]:
    """Part by part: what becomes heat."""
    heater = satellite.body.heater if satellite.body is not None else None
    loads = [load for load in trace.loads if load.name != heater]
    yield from load_terms(satellite, loads)
    total_w, radio = sum(load.mean_w for load in loads), satellite.transmitter
    if radio is not None:
        sends = set(satellite.sending_modes)
        share = sum(
            load.on_fraction for load in loads if load.name == radio.component and sends & {*load.modes}
        )
        radiated_w = radio.radiated_w * share
        total_w -= radiated_w
        rule = (
            f"10^(({radio.rf_power_dbw:g} − {radio.line_loss_db:g}) / 10) W × {100 * share:.5g} % of the time"
        )
        yield Term("radiated as signal", radiated_w, "W", rule, "mission file")
    if case == "hot":
        path = satellite.solar_array.daylight_path_ratio
        lost = f"(1 / {path:g} − 1) × (loads − signal), X_d of the power budget"
        yield Term("lost in the regulator", (1 / path - 1) * total_w, "W", lost)


def node_terms(orbit: ThermalOrbit, judged: str, case: str) -> Iterator[Term]:
    """Temperatures of an orbit, the judged node last.

    Parameters
    ----------
    orbit : ThermalOrbit
        The hottest or the coldest.
    judged : str
        Name of the node.
    case : str
        "hot" or "cold".
    """
    if orbit.trace is None:
        return
    nodes = orbit.trace.nodes
    at = next(number for number, node in enumerate(nodes) if node.name == judged)
    mine, into = nodes[at], _absorbed_w(orbit.trace)
    for number, node in enumerate(nodes):
        if number != at:
            yield _mean_term(node, into[number])
    if mine.emitting_area_m2 > 0:
        yield _radiated_term(mine)
    own = "heat of the parts on it" + (" + absorbed − radiated" if mine.emitting_area_m2 > 0 else "")
    yield Term(f"parts on {judged}", mine.parts_w, "W", "share of the heat of the parts", "mission file")
    whole = sum(mine.links_w_k)
    rule = f"({own} + Σ link × temperature of the other end) / {whole:g} W/K, solved with the others"
    if whole == 0:
        rule = f"radiated = {own.split(' + ')[0]} + absorbed, at the mean of T⁴"
    else:
        others = (f"{link:g}" for link in mine.links_w_k if link > 0)
        yield Term("links to other nodes", whole, "W/K", " + ".join(others), "mission file")
    yield Term(f"{judged}, mean", mine.mean_c, "°C", rule, formula_id="budgets.node_heat.node_heat")
    swing = mine.max_c - mine.mean_c if case == "hot" else mine.mean_c - mine.min_c
    stored = f"by {mine.heat_capacity_j_k:.6g} J/K over an orbit that repeats itself"
    yield Term("swing about the mean", swing, "K", stored, formula_id=_PERIODIC)


def _absorbed_w(trace: HeatTrace) -> list[float]:
    """Of each node, from outside."""
    into = [0.0] * len(trace.nodes)
    for node, face in zip(trace.node_of_face, trace.faces, strict=True):
        into[node] += face.absorbed_w
    return into


def _mean_term(node: NodeHeat, absorbed_w: float) -> Term:
    """A node beside the judged one."""
    left = absorbed_w + node.parts_w - node.radiated_w
    rule = (
        f"{absorbed_w:.5g} W absorbed + {node.parts_w:.5g} W of parts − {node.radiated_w:.5g} W radiated = "
        f"{left:.5g} W to its neighbors by {sum(node.links_w_k):g} W/K"
    )
    return Term(f"{node.name}, mean", node.mean_c, "°C", rule, formula_id="budgets.node_heat.node_heat")


def _radiated_term(node: NodeHeat) -> Term:
    """What a node radiates at its mean temperature."""
    mean = f"T is {node.mean_c:.2f} °C in the mean"
    rule = f"σ × {node.emitting_area_m2:.5g} m² (ε A) × T⁴, mean of the orbit; {mean}; {_SIGMA}"
    return Term(f"radiated by {node.name}", node.radiated_w, "W", rule, formula_id=_PERIODIC)


def heater_terms(mission: Mission, thermal: ThermalBudget) -> Iterator[Term]:
    """From the coldest orbit to the heat that lifts its temperatures, and the heat that there is.

    Parameters
    ----------
    mission : Mission
        Its satellite.
    thermal : ThermalBudget
        With a heater.
    """
    yield from heat_terms(mission, thermal.cold, "cold")
    margin_k = thermal.temperature_margin_k
    low = [part for part in thermal.parts if part.min_temperature_c is not None]
    for part in low:
        limit_c = part.min_temperature_c
        assert limit_c is not None
        held = f"limit of {limit_c:g} °C + {margin_k:g} K; {part.cold_min_c:.2f} °C without heater"
        yield Term(f"{part.node} for {part.name}, at least", limit_c + margin_k, "°C", held, "component")
    for node in thermal.held:
        if node.heater_w > 0:
            swing = f"{node.min_c:.2f} °C at least, and {node.mean_c - node.min_c:.3g} K of swing above it"
            yield Term(f"{node.name}, mean, heated", node.mean_c, "°C", swing, formula_id=_PERIODIC)
    for node in thermal.held:
        if node.emitting_area_m2 > 0:
            yield _radiated_term(node)
    yield Term(
        "heater needed",
        thermal.required_heater_w,
        "W",
        "sum of the radiated − heat from Sun and Earth − heat of the parts",
        formula_id="budgets.thermal.thermal_budget",
    )
    yield from _available_terms(mission, thermal)


def _available_terms(mission: Mission, thermal: ThermalBudget) -> Iterator[Term]:
    """The heater in the power budget."""
    available_w = thermal.available_heater_w
    assert available_w is not None
    rule, source = "power × share of the time in its modes", ""
    satellite = mission.satellite
    if satellite is not None and satellite.body is not None:
        part = next(part for part in satellite.components if part.name == satellite.body.heater)
        if part.power_w > 0 and not part.mode_power_w:
            share = available_w / (part.count * part.power_w)
            rule = f"{part.count} × {part.power_w:g} W × {100 * share:.5g} % of the time, least of the days"
        source = part.source or "mission file"
    yield Term(
        "mean heater power in the power budget", available_w, "W", rule, source, "operations.timeline.load_w"
    )
