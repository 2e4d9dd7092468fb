"""Mass budget: best estimates, growth by maturity, system margin, propellant; the adapter beside them."""

from dataclasses import dataclass

from cosmodrome.models.components import Component, Maturity
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite


@dataclass(frozen=True, slots=True)
class MassLine:
    """One component line of the mass budget; masses are for all its units."""

    name: str
    count: int
    maturity: Maturity
    best_estimate_kg: float
    growth_fraction: float
    with_growth_kg: float


@dataclass(frozen=True, slots=True)
class MassBudget:
    """What must be lifted, from best estimates to launch mass.

    The adapter is shown, not added: the ascent carries it, and its payload is what rides on it.
    """

    lines: tuple[MassLine, ...]
    best_estimate_kg: float  # dry
    with_growth_kg: float  # dry
    system_margin_kg: float
    propellant_kg: float
    adapter_kg: float

    @property
    def dry_mass_kg(self) -> float:
        """Dry mass with growth and system margin [kg]."""
        return self.with_growth_kg + self.system_margin_kg

    @property
    def launch_mass_kg(self) -> float:
        """The satellite on the pad, with allowances [kg]."""
        return self.dry_mass_kg + self.propellant_kg

    @property
    def best_estimate_launch_mass_kg(self) -> float:
        """Launch mass without allowances [kg]."""
        return self.best_estimate_kg + self.propellant_kg

    def __repr__(self) -> str:
        return f"<MassBudget {self.best_estimate_kg:.1f} kg dry, {self.launch_mass_kg:.1f} kg at launch>"


def growth_fraction(part: Component, policy: MarginPolicy) -> float:
    """Growth allowance of a part by its maturity; it holds for mass and for power.

    Parameters
    ----------
    part : Component
        Its maturity decides.
    policy : MarginPolicy
        Allowance per maturity.

    Returns
    -------
    float
        Allowance on the best estimate. [1]

    References
    ----------
    ESA SRE-PA/2011.097 issue 1.3, Margin philosophy for science assessment studies: 5, 10 and 20 %.
    """
    match part.maturity:
        case "off-the-shelf":
            return policy.growth_off_the_shelf_fraction
        case "modified":
            return policy.growth_modified_fraction
        case "new":
            return policy.growth_new_fraction


def mass_budget(satellite: Satellite, policy: MarginPolicy, adapter_mass_kg: float = 0.0) -> MassBudget:
    """Add up a satellite.

    launch = (1 + system) * sum(count * mass * (1 + growth)) + propellant

    Parameters
    ----------
    satellite : Satellite
        Its components and propellant.
    policy : MarginPolicy
        Growth by maturity, and the system margin on the sum with growth.
    adapter_mass_kg : float
        Payload adapter of the vehicle, for the record. [kg]

    Returns
    -------
    MassBudget
        Line by line, and the totals.

    References
    ----------
    ESA SRE-PA/2011.097 issue 1.3, Margin philosophy for science assessment studies.
    """
    lines = tuple(
        MassLine(
            name=part.name,
            count=part.count,
            maturity=part.maturity,
            best_estimate_kg=part.count * part.mass_kg,
            growth_fraction=growth_fraction(part, policy),
            with_growth_kg=part.count * part.mass_kg * (1 + growth_fraction(part, policy)),
        )
        for part in satellite.components
    )
    with_growth_kg = sum(line.with_growth_kg for line in lines)
    return MassBudget(
        lines=lines,
        best_estimate_kg=sum(line.best_estimate_kg for line in lines),
        with_growth_kg=with_growth_kg,
        system_margin_kg=policy.system_margin_fraction * with_growth_kg,
        propellant_kg=satellite.propellant_mass_kg,
        adapter_kg=adapter_mass_kg,
    )


def mission_mass_budget(mission: Mission, satellite: Satellite) -> MassBudget:
    """Mass budget of a satellite on the adapter of the mission's vehicle.

    Parameters
    ----------
    mission : Mission
        Its vehicle's adapter and its margin policy.
    satellite : Satellite
        The satellite to lift.

    Returns
    -------
    MassBudget
        Line by line, and the totals.
    """
    adapter = mission.vehicle.adapter_mass_kg
    return mass_budget(satellite, mission.policy, adapter.value if adapter is not None else 0.0)
