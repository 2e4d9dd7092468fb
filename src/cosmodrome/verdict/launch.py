"""The launch mass against the payload."""

from typing import TYPE_CHECKING

from cosmodrome.ascent.result import AscentStatus
from cosmodrome.budgets.mass import mission_mass_budget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check

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
    short_kg = required_kg - achieved_kg
    remedy = f"{short_kg:.4g} kg less at launch"
    if reachable and achieved_kg < required_kg <= capability.payload_kg:
        remedy += "; the calibrated payload would suffice, its low bound does not"
    if not reachable:
        remedy = (
            f"{capability.ascent.shortfall_m_s:.0f} m/s more: the orbit is out of reach without any payload"
        )
    elif best_estimate_kg <= achieved_kg < required_kg:
        remedy += f"; the best estimate of {best_estimate_kg:.4g} kg fits, its allowances do not"
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
            remedy="" if short_kg <= 0 else remedy,
        ),
    )
