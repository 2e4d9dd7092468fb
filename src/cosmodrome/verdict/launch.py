"""The launch mass against the payload."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cosmodrome.ascent.result import AscentStatus
from cosmodrome.budgets.mass import mission_mass_budget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission
from cosmodrome.models.target import SunSynchronousTarget
from cosmodrome.verdict.check import Check, Term
from cosmodrome.window import SEARCH_DAYS, LaunchWindow

if TYPE_CHECKING:
    from cosmodrome.ascent.capability import PayloadCapability


def payload_checks(
    mission: Mission, capability: "PayloadCapability", budgets: Budgets | None
) -> tuple[Check, ...]:
    """The launch mass against the payload, by the bound that the policy asks for."""
    if capability.status in (AscentStatus.NOT_CONVERGED, AscentStatus.NOT_CONFIRMED):
        return ()
    best_estimate_kg = required_kg = mission.requirements.payload_mass_kg
    if budgets is not None:
        best_estimate_kg, required_kg = budgets.mass.best_estimate_launch_mass_kg, budgets.mass.launch_mass_kg
    elif mission.satellite is not None:
        mass = mission_mass_budget(mission, mission.satellite)
        best_estimate_kg, required_kg = mass.best_estimate_launch_mass_kg, mass.launch_mass_kg
    if required_kg is None or best_estimate_kg is None:
        return ()
    reachable = capability.status is AscentStatus.OPTIMAL
    bound_kg = {
        "low": capability.low_kg, "calibrated": capability.payload_kg, "physics": capability.physics_kg,
    }[mission.policy.payload_bound]  # fmt: skip
    achieved_kg = max(bound_kg, 0.0) if reachable else 0.0
    advice = f"{required_kg - achieved_kg:.4g} kg less at launch"
    if not reachable:
        advice = (
            f"{capability.ascent.shortfall_m_s:.0f} m/s more: the orbit is out of reach without any payload"
        )
    elif achieved_kg == 0.0:
        advice = "another vehicle or a lower orbit: what this one lifts there may be nothing"
    if reachable and achieved_kg < required_kg <= capability.payload_kg:
        advice += "; the calibrated payload would suffice, its low bound does not"
    elif reachable and best_estimate_kg <= achieved_kg < required_kg:
        advice += f"; the best estimate of {best_estimate_kg:.4g} kg fits, its allowances do not"
    return (
        Check(
            name="payload",
            title="payload to orbit",
            required=required_kg,
            achieved=achieved_kg,
            unit="kg",
            sense="at least",
            best_estimate=best_estimate_kg,
            allowance=required_kg - best_estimate_kg,
            policy=f"payload_bound = {mission.policy.payload_bound}; {capability.layers_text}",
            source=f"ascent optimum, {mission.vehicle.title} from {mission.site.title}",
            detail="ascent",
            advice=advice,
            derivation=(*_mass_terms(mission, budgets), *_capability_terms(mission, capability, achieved_kg)),
        ),
    )


def window_check(mission: Mission, windows: Sequence[LaunchWindow]) -> Check:
    """Whether the pad comes under the target plane, in the light that is asked for."""
    asked = mission.requirements.pad_lighting
    light = f", pad in {asked}" if asked is not None else ""
    return Check(
        name="launch windows",
        title="launch windows found",
        required=1.0,
        achieved=float(len(windows)),
        unit="",
        sense="at least",
        best_estimate=float(len(windows)),
        allowance=0.0,
        policy=f"from {mission.requirements.earliest_launch}{light}",
        source="the target plane over the turning Earth",
        detail="launch windows",
        advice="another local time or node, a tolerance on it, or other light on the pad",
        derivation=tuple(_window_terms(mission, windows)),
    )


def _window_terms(mission: Mission, windows: Sequence[LaunchWindow]) -> Iterator[Term]:
    """What a lift-off must meet, and how many do, branch by branch."""
    target, asked, rule = mission.target, mission.requirements, "window.launch_windows"
    begin = f"from {asked.earliest_launch}"
    yield Term("days searched", SEARCH_DAYS, "days", begin, "the program's own span")
    if isinstance(target, SunSynchronousTarget):
        yield Term("local time of the ascending node", target.ltan_h, "h", source="mission file")
        yield Term(
            "tolerance on it", target.ltan_tolerance_min, "min", source="mission file, an instant at 0"
        )
    elif target.raan_deg is not None:
        yield Term("right ascension of the node", target.raan_deg, "°", source="mission file")
        yield Term("tolerance on it", target.raan_tolerance_deg, "°", source="mission file, an instant at 0")
    light = f"pad in {asked.pad_lighting}" if asked.pad_lighting is not None else "any light on the pad"
    for branch in dict.fromkeys(window.branch for window in windows):
        found = [window for window in windows if window.branch == branch]
        first = found[0]
        when = (
            "any instant of a day" if first.any_time else "the turning Earth carries the pad under the plane"
        )
        lasts = f"first {first.liftoff:%Y-%m-%d %H:%M:%S} UTC"
        if first.early_s + first.late_s > 0:
            lasts = f"{lasts}, open for {first.early_s + first.late_s:.0f} s"
        told = f"azimuth {first.launch_azimuth_deg:.1f}°: {when}; {light}; {lasts}"
        yield Term(f"windows, {branch} branch", float(len(found)), "windows", told, formula_id=rule)
    total = "sum of the above"
    if not windows:
        total = f"the pad comes under the plane once a day on each branch, never with the {light}"
    yield Term("windows found", float(len(windows)), "windows", total, formula_id=rule)


def _mass_terms(mission: Mission, budgets: Budgets | None) -> tuple[Term, ...]:
    """What must be lifted, component by component."""
    if mission.satellite is None or budgets is None:
        asked = mission.requirements.payload_mass_kg
        return () if asked is None else (Term("payload asked", asked, "kg", source="requirements"),)
    mass, sources = budgets.mass, {part.name: part.source for part in mission.satellite.components}
    lines = [
        Term(
            line.name,
            line.with_growth_kg,
            "kg",
            f"{line.count} × {line.best_estimate_kg / line.count:.4g} kg × (1 + {line.growth_fraction:g}), "
            f"{line.maturity}",
            sources[line.name] or "mission file",
        )
        for line in mass.lines
    ]
    return (
        *lines,
        Term(
            "dry mass with growth",
            mass.with_growth_kg,
            "kg",
            "sum of the above",
            "",
            "budgets.mass.mass_budget",
        ),
        Term(
            "system margin",
            mass.system_margin_kg,
            "kg",
            f"{mission.policy.system_margin_fraction:g} × dry mass with growth",
            mission.policy.name,
        ),
        Term("propellant", mass.propellant_kg, "kg", source="mission file"),
        Term("launch mass", mass.launch_mass_kg, "kg", "dry mass with growth + system margin + propellant"),
    )


def _capability_terms(
    mission: Mission, capability: "PayloadCapability", achieved_kg: float
) -> tuple[Term, ...]:
    """From the optimum to the payload that must suffice."""
    azimuth = f"azimuth {capability.ascent.launch_azimuth_deg:.1f}°"
    reach = f"optimal ascent, {azimuth}, flown again by an independent integrator"
    terms = [
        Term(
            "payload by physics alone",
            capability.physics_kg,
            "kg",
            reach,
            "stages and thrust of the catalog",
            "ascent.capability.payload_capability",
        )
    ]
    if capability.reserve is not None:
        reserve = capability.reserve
        terms += [
            Term("performance reserve", reserve.reserve_m_s, "m/s", source=reserve.basis),
            Term(
                "calibrated payload", capability.payload_kg, "kg", "the optimum that leaves the reserve",
                formula_id="ascent.reserve.payload_with_reserve",
            ),
            Term(
                "low end of its 90 % interval", capability.low_kg, "kg",
                "19 of 20 published payloads exceed it", formula_id="ascent.reserve.payload_with_reserve",
            ),
        ]  # fmt: skip
    chosen = f"payload_bound = {mission.policy.payload_bound}, nothing below 0"
    return (*terms, Term("payload that counts", achieved_kg, "kg", chosen, mission.policy.name))
