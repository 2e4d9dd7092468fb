"""Delta-v budget: maneuvers line by line, each with its margin, against what the propellant is worth."""

from dataclasses import dataclass
from typing import Literal

from cosmodrome.constants import DAY_S
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Propulsion
from cosmodrome.physics.maneuvers import propellant_mass_kg, rocket_delta_v_m_s, thrust_time_s

Basis = Literal["computed", "allowance"]


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A number that a maneuver follows from, in the unit beside it."""

    name: str
    value: float
    unit: str
    source: str = ""
    formula_id: str = ""  # of the function that works it out


@dataclass(frozen=True, slots=True)
class Maneuver:
    """One maneuver, without margin, and what it follows from."""

    name: str
    delta_v_m_s: float
    basis: Basis  # decides the margin
    source: str
    ingredients: tuple[Ingredient, ...] = ()
    formula: str = ""  # of these; empty where the number is given
    formula_id: str = ""  # of the function that works it out
    largest_force_n: float | None = None  # of what is thrust against all the time


@dataclass(frozen=True, slots=True)
class DeltaVLine:
    """One line of the budget."""

    maneuver: Maneuver
    margin_fraction: float

    @property
    def name(self) -> str:
        """Of the maneuver."""
        return self.maneuver.name

    @property
    def best_estimate_m_s(self) -> float:
        """Without margin [m/s]."""
        return self.maneuver.delta_v_m_s

    @property
    def source(self) -> str:
        """Where it is from."""
        return self.maneuver.source

    @property
    def required_m_s(self) -> float:
        """With margin [m/s]."""
        return self.best_estimate_m_s * (1 + self.margin_fraction)


@dataclass(frozen=True, slots=True)
class DeltaVBudget:
    """Speed changes asked of the propulsion, and its worth at full mass."""

    propulsion: Propulsion
    dry_mass_kg: float  # after the last burn
    lines: tuple[DeltaVLine, ...]  # the last is disposal
    available_m_s: float
    loaded_propellant_kg: float
    required_propellant_kg: float
    thrust_days: float | None  # of electric propulsion, at its duty, for all lines
    disposal_thrust_days: float | None  # of these for the last line

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

    @property
    def largest_force_n(self) -> float | None:
        """The most that must be thrust against for a month, without margin; None where nothing [N]."""
        forces = [line.maneuver.largest_force_n for line in self.lines]
        return max((force for force in forces if force is not None), default=None)

    @property
    def mean_thrust_n(self) -> float | None:
        """Of electric propulsion over a revolution, at its duty [N]."""
        if self.propulsion.kind != "electric" or self.propulsion.thrust_n is None:
            return None
        return self.propulsion.thrust_n * self.propulsion.thrust_duty_fraction

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
    return tuple(DeltaVLine(one, margins[one.basis]) for one in maneuvers)


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
    required_m_s = sum(line.required_m_s for line in lines)
    return DeltaVBudget(
        propulsion=propulsion,
        dry_mass_kg=dry_mass_kg,
        lines=lines,
        available_m_s=available_delta_v_m_s(propulsion, dry_mass_kg),
        loaded_propellant_kg=propulsion.propellant_mass_kg,
        required_propellant_kg=propellant_mass_kg(propulsion.specific_impulse_s, dry_mass_kg, required_m_s),
        thrust_days=thrust_days(propulsion, dry_mass_kg, required_m_s),
        disposal_thrust_days=thrust_days(propulsion, dry_mass_kg, lines[-1].required_m_s),
    )


def thrust_days(propulsion: Propulsion, final_mass_kg: float, delta_v_m_s: float) -> float | None:
    """How long electric propulsion takes for a speed change, at its duty.

    t = propellant Isp g0 / (thrust duty), at full mass flow while it thrusts

    Parameters
    ----------
    propulsion : Propulsion
        Its thrust, specific impulse and duty.
    final_mass_kg : float
        Mass after the burn. [kg]
    delta_v_m_s : float
        Speed change. [m/s]

    Returns
    -------
    float or None
        None for short burns. [days]
    """
    if propulsion.kind != "electric" or propulsion.thrust_n is None:
        return None
    burned_kg = propellant_mass_kg(propulsion.specific_impulse_s, final_mass_kg, delta_v_m_s)
    on_s = thrust_time_s(burned_kg, propulsion.specific_impulse_s, propulsion.thrust_n)
    return on_s / propulsion.thrust_duty_fraction / DAY_S


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
