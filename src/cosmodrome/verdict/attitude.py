"""Hold the attitude: wheels store and turn, torquers unload, errors stay within the requirement."""

import math
from collections.abc import Iterator

from cosmodrome.budgets.attitude import AttitudeBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term

_SOURCE = "torques along the propagated orbit: point mass, dipole field, MSIS 2.1, solar pressure"
_GIVEN = "[satellite.attitude_control]"
_TORQUES = {  # by the budget's names: equation, and the function that has it
    "gravity gradient": (
        "3 μ / r⁵ × (r × I r), μ = 398600.44 km³/s²",
        "physics.disturbances.gravity_gradient_torque_n_m",
    ),
    "magnetic field": ("residual dipole × field", "physics.disturbances.dipole_field_t"),
    "sunlight": ("arm × push of sunlight", "physics.disturbances.plate_solar_force_n"),
    "air": ("arm × drag", "physics.disturbances.plate_drag_force_n"),
}


def attitude_checks(mission: Mission, attitude: AttitudeBudget) -> tuple[Check, ...]:
    """Wheels and torquers where the satellite has any; slew and pointing where they are asked for."""
    return tuple(_checks(mission, attitude))


def _checks(mission: Mission, attitude: AttitudeBudget) -> Iterator[Check]:
    has, asked = attitude.actuators, mission.requirements
    if has.momentum_n_m_s > 0:
        yield _actuator(
            mission, attitude, ("wheel momentum", "momentum storage of a wheel", "N m s"),
            (attitude.required_momentum_n_m_s, has.momentum_n_m_s), _momentum_terms(mission, attitude),
        )  # fmt: skip
    if has.torque_n_m > 0:
        yield _actuator(
            mission, attitude, ("wheel torque", "torque of a wheel", "N m"),
            (attitude.required_torque_n_m, has.torque_n_m), _torque_terms(mission, attitude),
        )  # fmt: skip
    if has.dipole_a_m2 > 0:
        yield _actuator(
            mission, attitude, ("torquer dipole", "dipole of a torquer", "A m²"),
            (attitude.required_dipole_a_m2, has.dipole_a_m2), _dipole_terms(mission, attitude),
        )  # fmt: skip
    if asked.slew_duration_s is not None and attitude.slew_duration_s is not None:
        yield _slew(asked.slew_duration_s, attitude.slew_duration_s, attitude)
    if asked.pointing_deg is not None and attitude.pointing_error_deg is not None:
        yield _pointing(asked.pointing_deg, attitude.pointing_error_deg, attitude)


def _actuator(
    mission: Mission,
    attitude: AttitudeBudget,
    what: tuple[str, str, str],
    numbers: tuple[float, float],
    terms: Iterator[Term],
) -> Check:
    """One capability against what is needed of it, with the policy's margin."""
    (name, title, unit), (need, capability) = what, numbers
    policy = mission.policy
    margin = policy.actuator_margin_ratio
    rule = {
        "wheel momentum": "cyclic + secular",
        "wheel torque": "the larger of all torques together and the slew's",
    }.get(name, "as above")
    required = margin * need
    units = "units on one axis" if name == "torquer dipole" else "of one wheel; beyond three they are spares"
    named = attitude.actuators.torquers if name == "torquer dipole" else attitude.actuators.wheels
    return Check(
        name=name,
        title=title,
        required=required,
        achieved=capability,
        unit=unit,
        sense="at least",
        best_estimate=need,
        allowance=required - need,
        policy=f"actuator_margin_ratio = {margin:g}: our own rule, no policy states one",
        source=_SOURCE,
        detail="attitude table",
        advice=f"units of {required:.3g} {unit}",
        derivation=(
            *terms,
            Term("needed", need, unit, rule),
            Term("with margin", required, unit, f"{margin:g} × needed", policy.name),
            Term("capability on an axis", capability, unit, units, named),
        ),
    )  # fmt: skip


def _body_terms(mission: Mission, attitude: AttitudeBudget) -> Iterator[Term]:
    """The body along its orbit: what the torques work on."""
    control = mission.satellite.attitude_control if mission.satellite is not None else None
    if control is None:
        return
    around = attitude.surroundings
    for axis, inertia in zip("xyz", control.principal_inertia_kg_m2, strict=True):
        yield Term(f"inertia about {axis}", inertia, "kg m²", source=_GIVEN)
    yield Term("tilt of the principal axes", control.tilt_deg, "°", source=_GIVEN)
    for axis, dipole in zip("xyz", control.residual_dipole_a_m2, strict=True):
        yield Term(f"residual dipole along {axis}", dipole, "A m²", source=_GIVEN)
    for axis, arm in zip("xyz", control.pressure_offset_m, strict=True):
        yield Term(f"offset of air and light, {axis}", arm, "m", source=_GIVEN)
    yield Term(
        "mean radius of the orbit", around.orbit_radius_m / 1e3, "km", "of the propagated orbit",
        formula_id="orbit.propagate.propagate",
    )  # fmt: skip
    yield Term(
        "magnetic field, at most", 1e6 * around.largest_field_t, "µT", "tilted dipole, IGRF-13 of 2020",
        formula_id="physics.disturbances.dipole_field_t",
    )  # fmt: skip
    weather = f"MSIS 2.1, F10.7 {attitude.flux_sfu:.0f} sfu, Ap {around.ap_index:.0f}"
    yield Term(
        "density of the air, at most", around.largest_density_kg_m3, "kg/m³", weather,
        formula_id="orbit.drag_history.density_along_kg_m3",
    )  # fmt: skip


def _disturbance_terms(mission: Mission, attitude: AttitudeBudget) -> Iterator[Term]:
    """The torques along the orbit."""
    yield from _body_terms(mission, attitude)
    for one in attitude.torques:
        rule, function = _TORQUES.get(one.name, ("vectors added at each instant", ""))
        pressed = f"; {attitude.pressed}" if one.name in ("sunlight", "air") else ""
        yield Term(
            f"torque of {one.name}, at most" if function else "torque together, at most",
            one.largest_n_m,
            "N m",
            f"{rule}; mean {one.mean_n_m:.4g} N m, over {attitude.orbits_count} orbits held to "
            f"{attitude.attitude}{pressed}",
            formula_id=function or "budgets.attitude.attitude_budget",
        )


def _momentum_terms(mission: Mission, attitude: AttitudeBudget) -> Iterator[Term]:
    yield from _disturbance_terms(mission, attitude)
    course = "∫ torque dt in inertial axes over whole orbits, less its mean drift; largest on a body axis"
    yield Term(
        "cyclic momentum", attitude.cyclic_momentum_n_m_s, "N m s", course,
        formula_id="budgets.attitude.attitude_budget",
    )  # fmt: skip
    yield from _drift_terms(attitude)
    yield Term("orbits between unloadings", attitude.unload_orbits_count, "orbits", source=_GIVEN)
    secular = attitude.unload_orbits_count * attitude.secular_momentum_n_m_s
    yield Term("secular momentum", secular, "N m s", "momentum of an orbit × orbits between unloadings")


def _drift_terms(attitude: AttitudeBudget) -> Iterator[Term]:
    """What does not come and go."""
    yield Term(
        "period", attitude.period_s, "s", "2 π √(r³ / μ) of the mean radius, μ = 398600.44 km³/s²",
        formula_id="physics.elements.orbital_period_s",
    )  # fmt: skip
    whole = f"length of the mean vector in inertial axes, {attitude.orbits_count} whole orbits"
    yield Term(
        "mean torque, all together", attitude.torques[-1].secular_n_m, "N m", whole,
        formula_id="budgets.attitude.attitude_budget",
    )  # fmt: skip
    kept = "mean torque × period"
    yield Term("momentum that an orbit leaves", attitude.secular_momentum_n_m_s, "N m s", kept)


def _torque_terms(mission: Mission, attitude: AttitudeBudget) -> Iterator[Term]:
    yield from _disturbance_terms(mission, attitude)
    asked_s = mission.requirements.slew_duration_s
    if attitude.slew_torque_n_m is None or asked_s is None:
        return
    yield Term("angle of the slew, θ", attitude.slew_angle_deg, "°", source=_GIVEN)
    yield Term("largest inertia, I", attitude.slew_inertia_kg_m2, "kg m²", source=_GIVEN)
    yield Term("time for the slew, t", asked_s, "s", source="requirement")
    yield Term(
        "torque for the slew", attitude.slew_torque_n_m, "N m", "4 θ I / t², θ in radians",
        formula_id="physics.attitude_control.slew_torque_n_m",
    )  # fmt: skip


def _dipole_terms(mission: Mission, attitude: AttitudeBudget) -> Iterator[Term]:
    yield from _disturbance_terms(mission, attitude)
    yield from _drift_terms(attitude)
    yield Term(
        "mean field", 1e6 * attitude.field_t, "µT", "tilted dipole, IGRF-13 of 2020",
        formula_id="physics.disturbances.dipole_field_t",
    )  # fmt: skip
    across = "least eigenvalue of the mean of 1 − b bᵀ, b along the field, inertial axes"
    yield Term(
        "share of a torque across the field", 100 * attitude.field_grip_fraction, "%", across,
        formula_id="budgets.attitude.attitude_budget",
    )  # fmt: skip
    unload = "momentum / period / mean field / share"
    yield Term(
        "dipole that unloads it", attitude.required_dipole_a_m2, "A m²", unload,
        formula_id="physics.attitude_control.torquer_dipole_a_m2",
    )  # fmt: skip


def _slew(required_s: float, achieved_s: float, attitude: AttitudeBudget) -> Check:
    """The turn asked for, with the wheels that there are."""
    return Check(
        name="slew",
        title=f"time to turn by {attitude.slew_angle_deg:g} deg",
        required=required_s,
        achieved=achieved_s,
        unit="s",
        sense="at most",
        best_estimate=achieved_s,
        allowance=0.0,
        policy="about the axis of largest inertia, with what disturbances leave of a wheel",
        source="half speeding up, half slowing down, coasting at the largest momentum",
        detail="attitude table",
        advice="wheels of more torque or momentum, or less inertia",
        derivation=tuple(_slew_terms(achieved_s, attitude)),
    )


def _slew_terms(achieved_s: float, attitude: AttitudeBudget) -> Iterator[Term]:
    """What a wheel has left, and how fast that turns the body."""
    has = attitude.actuators
    torque, momentum = attitude.largest_torque_n_m, attitude.required_momentum_n_m_s
    yield Term("angle, θ", attitude.slew_angle_deg, "°", source=_GIVEN)
    yield Term("largest inertia, I", attitude.slew_inertia_kg_m2, "kg m²", source=_GIVEN)
    yield Term("torque of a wheel", has.torque_n_m, "N m", source=has.wheels)
    yield Term(
        "largest disturbance", torque, "N m", "derived under wheel torque",
        formula_id="budgets.attitude.attitude_budget",
    )  # fmt: skip
    yield Term("torque left, T", has.torque_n_m - torque, "N m", "wheel's torque − largest disturbance")
    yield Term("momentum of a wheel", has.momentum_n_m_s, "N m s", source=has.wheels)
    yield Term(
        "momentum stored", momentum, "N m s", "derived under wheel momentum",
        formula_id="budgets.attitude.attitude_budget",
    )  # fmt: skip
    yield Term(
        "momentum left, h", has.momentum_n_m_s - momentum, "N m s", "wheel's momentum − what is stored"
    )
    peak = math.sqrt(
        math.radians(attitude.slew_angle_deg)
        * attitude.slew_inertia_kg_m2
        * max(has.torque_n_m - torque, 0.0)
    )
    coasts = peak > has.momentum_n_m_s - momentum
    yield Term("momentum at full turn, without a limit", peak, "N m s", "√(θ I T), θ in radians")
    rule = "θ I / h + h / T, as that exceeds h" if coasts else "2 √(θ I / T), as that stays within h"
    yield Term("time", achieved_s, "s", rule, formula_id="physics.attitude_control.slew_duration_s")


def _pointing(required_deg: float, achieved_deg: float, attitude: AttitudeBudget) -> Check:
    """Root sum square of the listed errors."""
    worst = max(attitude.pointing_errors, key=lambda one: one.error_deg)
    return Check(
        name="pointing",
        title="pointing error",
        required=required_deg,
        achieved=achieved_deg,
        unit="deg",
        sense="at most",
        best_estimate=achieved_deg,
        allowance=0.0,
        policy="independent errors at the sigma level of the requirement",
        source="mission file",
        detail="pointing table",
        advice=f"less of the largest error, {worst.name}",
        derivation=(
            *(
                Term(one.name, one.error_deg, "deg", source=one.source or "mission file")
                for one in attitude.pointing_errors
            ),
            Term(
                "root sum square",
                achieved_deg,
                "deg",
                "√(Σ error²)",
                formula_id="physics.attitude_control.root_sum_square_deg",
            ),
        ),
    )
