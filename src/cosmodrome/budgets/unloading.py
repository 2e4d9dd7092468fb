"""Propellant that unloads the wheels where no torquers do."""

from cosmodrome.budgets.attitude import attitude_budget
from cosmodrome.budgets.delta_v import Ingredient, Maneuver
from cosmodrome.budgets.maneuvers import life_activity
from cosmodrome.budgets.mass import MassBudget
from cosmodrome.constants import JULIAN_YEAR_S
from cosmodrome.injection import InjectionState
from cosmodrome.models.mission import Mission
from cosmodrome.models.satellite import Satellite
from cosmodrome.orbit.eclipses import illumination_fraction
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate
from cosmodrome.physics.attitude_control import desaturation_force_n

_DAYS, _STEP_S = 1.1, 60.0  # a day in whole revolutions
_PULSE_S = 1.0  # the impulse does not depend on it


def wheel_unloading(
    mission: Mission, satellite: Satellite, mass: MassBudget, injection: InjectionState
) -> Maneuver | None:
    """Thrust against the momentum that piles up in the wheels over the working life.

    dv = N h / (L m) with N revolutions, secular momentum h of each, arm L of the thrusters, dry mass m.

    Parameters
    ----------
    mission : Mission
        Working life and solar activity.
    satellite : Satellite
        `[satellite.attitude_control]`, wheels, and the thrusters' arm.
    mass : MassBudget
        Dry mass with allowances: that on which propellant is sized.
    injection : InjectionState
        The day after it gives the momentum.

    Returns
    -------
    Maneuver or None
        None without wheels, an arm or a control to follow, and where torquers unload. It is an allowance: one
        day at the mean solar activity stands for all, and the impulse is as if one pair of thrusters made it,
        with the specific impulse of the long burns.

    References
    ----------
    Wertz and Larson (1999), *Space Mission Analysis and Design*, 3rd ed., table 11-14.

    Examples
    --------
    See `tests/budgets/test_unloading.py`.
    """
    control, propulsion = satellite.attitude_control, satellite.propulsion
    if control is None or propulsion is None or propulsion.thruster_arm_m is None or satellite.has_torquers:
        return None
    path = propagate(injection, injection.epoch, _DAYS, Forces(), step_s=_STEP_S)
    activity = life_activity(mission, injection.epoch)
    found = attitude_budget(
        mission, satellite, path, illumination_fraction(path),
        weather=(float(activity.flux_sfu.mean()), float(activity.ap_index.mean())),
    )  # fmt: skip
    if found is None or not found.actuators.wheels:
        return None
    revolutions = mission.requirements.lifetime_years * JULIAN_YEAR_S / found.period_s
    arm_m = propulsion.thruster_arm_m
    pulse_n_s = _PULSE_S * desaturation_force_n(found.secular_momentum_n_m_s, arm_m, _PULSE_S)
    return Maneuver(
        "wheel unloading",
        revolutions * pulse_n_s / mass.dry_mass_kg,
        "allowance",
        f"{found.secular_momentum_n_m_s:.3g} N m s a revolution on an arm of {arm_m:g} m: "
        f"{revolutions * pulse_n_s:.3g} N s",
        (
            Ingredient("revolutions", revolutions, "", "working life over the period"),
            Ingredient("secular momentum", 1e3 * found.secular_momentum_n_m_s, "mN m s", "attitude budget"),
            Ingredient("thruster arm", arm_m, "m", "mission file"),
            Ingredient("dry mass", mass.dry_mass_kg, "kg", "mass budget, with growth and system margin"),
        ),
        "revolutions × secular momentum / (arm × dry mass)",
        "budgets.unloading.wheel_unloading",
    )
