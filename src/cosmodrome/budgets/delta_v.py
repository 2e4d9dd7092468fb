"""Delta-v budget: maneuvers line by line, each with its margin, against what the propellant is worth."""

from dataclasses import dataclass
from typing import Literal

from cosmodrome.constants import DAY_S
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Propulsion
from cosmodrome.physics.maneuvers import propellant_mass_kg, rocket_delta_v_m_s, thrust_time_s

Basis = Literal["computed", "allowance"]


@dataclass(frozen=True, slots=True)
class Maneuver:
    """One maneuver of the working life, without margin."""

    name: str
    delta_v_m_s: float
    basis: Basis  # decides the margin
    source: str


@dataclass(frozen=True, slots=True)
class DeltaVLine:
    """One line of the budget."""

    name: str
    best_estimate_m_s: float
    margin_fraction: float
    source: str

    @property
    def required_m_s(self) -> float:
        """With margin [m/s]."""
        return self.best_estimate_m_s * (1 + self.margin_fraction)


@dataclass(frozen=True, slots=True)
class DeltaVBudget:
    """Speed changes asked of the propulsion, and its worth at full mass."""

    lines: tuple[DeltaVLine, ...]  # the last is disposal
    available_m_s: float
    loaded_propellant_kg: float
    required_propellant_kg: float
    thrust_days: float | None  # of electric propulsion, at its duty, for all lines

    @property
    def maneuvers_m_s(self) -> float:
        """What the working life asks, without margin [m/s]."""
        return sum(line.best_estimate_m_s for line in self.lines[:-1])

    @property
    def disposal_m_s(self) -> float:
        """What disposal asks, without margin [m/s]."""
        return self.lines[-1].best_estimate_m_s

    @property
    def best_estimate_m_s(self) -> float:
        """What is asked, without margin [m/s]."""
        return sum(line.best_estimate_m_s for line in self.lines)

    @property
    def required_m_s(self) -> float:
        """What is asked, with margin [m/s]."""
        return sum(line.required_m_s for line in self.lines)

    @property
    def margin_m_s(self) -> float:
        """Sum of the lines' margins [m/s]."""
        return self.required_m_s - self.best_estimate_m_s

    def __repr__(self) -> str:
        return f"<DeltaVBudget {self.required_m_s:.0f} of {self.available_m_s:.0f} m/s>"


def delta_v_lines(maneuvers: tuple[Maneuver, ...], policy: MarginPolicy) -> tuple[DeltaVLine, ...]:
    """Maneuvers with the margin of their basis.

    References
    ----------
    ESA SRE-PA/2011.097 issue 1.3: R-DV-11, 5 % on what is calculated; R-DV-12, 100 % on what is not.
    """
    margins = {
        "computed": policy.delta_v_margin_fraction,
        "allowance": policy.delta_v_allowance_margin_fraction,
    }
    return tuple(DeltaVLine(one.name, one.delta_v_m_s, margins[one.basis], one.source) for one in maneuvers)


def delta_v_budget(
    propulsion: Propulsion,
    policy: MarginPolicy,
    dry_mass_kg: float,
    maneuvers: tuple[Maneuver, ...],
    disposal: Maneuver,
) -> DeltaVBudget:
    """Compare what is asked of a propulsion with what its propellant is worth.

    Parameters
    ----------
    propulsion : Propulsion
        Specific impulse, propellant and thrust.
    policy : MarginPolicy
        Margins on computed maneuvers and on allowances.
    dry_mass_kg : float
        Mass after the last burn, with allowances. [kg]
    maneuvers : tuple of Maneuver
        Of the working life.
    disposal : Maneuver
        Lowering of the perigee at the end.

    Returns
    -------
    DeltaVBudget
        Required, available, and the propellant that would do.

    References
    ----------
    ESA SRE-PA/2011.097 issue 1.3, section 2.3: margin on each line by how it was found; propellant on the dry
    mass with all allowances (R-M1-5).
    """
    lines = delta_v_lines((*maneuvers, disposal), policy)
    required_kg = propellant_mass_kg(
        propulsion.specific_impulse_s, dry_mass_kg, sum(line.required_m_s for line in lines)
    )
    thrust_days = None
    if propulsion.kind == "electric" and propulsion.thrust_n is not None:
        on_s = thrust_time_s(required_kg, propulsion.specific_impulse_s, propulsion.thrust_n)
        thrust_days = on_s / propulsion.thrust_duty_fraction / DAY_S
    return DeltaVBudget(
        lines=lines,
        available_m_s=available_delta_v_m_s(propulsion, dry_mass_kg),
        loaded_propellant_kg=propulsion.propellant_mass_kg,
        required_propellant_kg=required_kg,
        thrust_days=thrust_days,
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
