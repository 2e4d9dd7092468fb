"""Delta-v budget: orbit keeping and disposal against what the propellant is worth."""

from dataclasses import dataclass

from cosmodrome.models.mission import MarginPolicy
from cosmodrome.models.satellite import Propulsion
from cosmodrome.physics.maneuvers import propellant_mass_kg, rocket_delta_v_m_s


@dataclass(frozen=True, slots=True)
class DeltaVBudget:
    """Speed changes asked of the propulsion, and its worth at full mass."""

    maneuvers_m_s: float  # best estimate
    disposal_m_s: float  # best estimate
    margin_m_s: float
    available_m_s: float
    loaded_propellant_kg: float
    required_propellant_kg: float

    @property
    def best_estimate_m_s(self) -> float:
        """What is asked, without margin [m/s]."""
        return self.maneuvers_m_s + self.disposal_m_s

    @property
    def required_m_s(self) -> float:
        """What is asked, with margin [m/s]."""
        return self.best_estimate_m_s + self.margin_m_s

    def __repr__(self) -> str:
        return f"<DeltaVBudget {self.required_m_s:.0f} of {self.available_m_s:.0f} m/s>"


def delta_v_budget(
    propulsion: Propulsion,
    policy: MarginPolicy,
    dry_mass_kg: float,
    maneuvers_m_s: float,
    disposal_m_s: float,
) -> DeltaVBudget:
    """Compare what is asked of a propulsion with what its propellant is worth.

    Parameters
    ----------
    propulsion : Propulsion
        Specific impulse and propellant.
    policy : MarginPolicy
        Margin on computed maneuvers.
    dry_mass_kg : float
        Mass after the last burn, with allowances. [kg]
    maneuvers_m_s : float
        Orbit keeping and avoidance over the working life. [m/s]
    disposal_m_s : float
        Lowering of the perigee at the end. [m/s]

    Returns
    -------
    DeltaVBudget
        Required, available, and the propellant that would do.

    References
    ----------
    ESA SRE-PA/2011.097 issue 1.3: 5 % on accurately computed maneuvers.
    """
    margin_m_s = policy.delta_v_margin_fraction * (maneuvers_m_s + disposal_m_s)
    return DeltaVBudget(
        maneuvers_m_s=maneuvers_m_s,
        disposal_m_s=disposal_m_s,
        margin_m_s=margin_m_s,
        available_m_s=available_delta_v_m_s(propulsion, dry_mass_kg),
        loaded_propellant_kg=propulsion.propellant_mass_kg,
        required_propellant_kg=propellant_mass_kg(
            propulsion.specific_impulse_s, dry_mass_kg, maneuvers_m_s + disposal_m_s + margin_m_s
        ),
    )


def available_delta_v_m_s(propulsion: Propulsion, dry_mass_kg: float) -> float:
    """Speed that all of the propellant is worth.

    Parameters
    ----------
    propulsion : Propulsion
        Specific impulse and propellant.
    dry_mass_kg : float
        Mass after the last burn. [kg]

    Returns
    -------
    float
        Speed change. [m/s]
    """
    return rocket_delta_v_m_s(
        propulsion.specific_impulse_s,
        dry_mass_kg + propulsion.propellant_mass_kg,
        propulsion.propellant_mass_kg,
    )
