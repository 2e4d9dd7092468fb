"""Hold the attitude: wheels store and turn, torquers unload, errors stay within the requirement."""

from collections.abc import Iterator

from cosmodrome.budgets.attitude import AttitudeBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term

_SOURCE = "torques along the propagated orbit: point mass, dipole field, MSIS 2.1, solar pressure"


def attitude_checks(mission: Mission, attitude: AttitudeBudget) -> tuple[Check, ...]:
    """Wheels and torquers where the satellite has any; slew and pointing where they are asked for."""
    return tuple(_checks(mission, attitude))


def _checks(mission: Mission, attitude: AttitudeBudget) -> Iterator[Check]:
    has, asked = attitude.actuators, mission.requirements
    if has.momentum_n_m_s > 0:
        yield _actuator(
            mission, attitude, ("wheel momentum", "momentum storage of a wheel", "N m s"),
            (attitude.required_momentum_n_m_s, has.momentum_n_m_s), _momentum_terms(attitude),
        )  # fmt: skip
    if has.torque_n_m > 0:
        yield _actuator(
            mission, attitude, ("wheel torque", "torque of a wheel", "N m"),
            (attitude.required_torque_n_m, has.torque_n_m), _torque_terms(attitude),
        )  # fmt: skip
    if has.dipole_a_m2 > 0:
        yield _actuator(
            mission, attitude, ("torquer dipole", "dipole of a torquer", "A m2"),
            (attitude.required_dipole_a_m2, has.dipole_a_m2), _dipole_terms(attitude),
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
    terms: tuple[Term, ...],
) -> Check:
    """One capability against what is needed of it, with the policy's margin."""
    (name, title, unit), (need, capability) = what, numbers
    margin = mission.policy.actuator_margin_ratio
    rule = {"wheel momentum": "sum of the above", "wheel torque": "the largest of the last two"}.get(
        name, "as above"
    )
    required = margin * need
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
            Term("with margin", required, unit, f"{margin:g} × needed", "actuator_margin_ratio"),
            Term("capability on an axis", capability, unit, source=named),
        ),
    )  # fmt: skip


def _momentum_terms(attitude: AttitudeBudget) -> tuple[Term, ...]:
    return (
        Term("cyclic momentum", attitude.cyclic_momentum_n_m_s, "N m s", "integral of the torque"),
        Term(
            "secular momentum",
            attitude.unload_orbits_count * attitude.secular_momentum_n_m_s,
            "N m s",
            f"{attitude.secular_momentum_n_m_s:.3g} N m s a revolution × {attitude.unload_orbits_count:g}",
        ),
    )  # fmt: skip


def _torque_terms(attitude: AttitudeBudget) -> tuple[Term, ...]:
    disturbances = tuple(
        Term(
            f"{one.name}, at most",
            one.largest_n_m,
            "N m",
            f"mean {one.mean_n_m:.2g} N m, held to {attitude.attitude}",
            attitude.pressed if one.name in ("sunlight", "air") else "",
        )
        for one in attitude.torques
    )
    if attitude.slew_torque_n_m is None:
        return disturbances
    turned = f"4 × {attitude.slew_angle_deg:g} deg × {attitude.slew_inertia_kg_m2:g} kg m² / t²"
    return (*disturbances, Term("for the slew", attitude.slew_torque_n_m, "N m", turned))


def _dipole_terms(attitude: AttitudeBudget) -> tuple[Term, ...]:
    return (
        Term("secular momentum of a revolution", attitude.secular_momentum_n_m_s, "N m s", "as unloaded"),
        Term("period", attitude.period_s, "s", "of the mean radius"),
        Term("mean field", 1e6 * attitude.field_t, "µT", "tilted dipole, IGRF-13 of 2020"),
        Term(
            "share across the field",
            attitude.field_grip_fraction,
            "",
            "least eigenvalue of the mean of 1 − b bᵀ, b along the field, inertial axes",
        ),
        Term(
            "dipole that unloads it",
            attitude.required_dipole_a_m2,
            "A m2",
            "momentum / period / field / share",
        ),
    )


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
        derivation=(
            Term(
                "largest inertia", attitude.slew_inertia_kg_m2, "kg m²", source="[satellite.attitude_control]"
            ),
            Term(
                "torque left",
                attitude.actuators.torque_n_m - attitude.largest_torque_n_m,
                "N m",
                "wheel's torque − largest disturbance",
            ),
            Term(
                "momentum left",
                attitude.actuators.momentum_n_m_s - attitude.required_momentum_n_m_s,
                "N m s",
                "wheel's momentum − what is stored",
            ),
            Term("time", achieved_s, "s", "2 √(θ I / T), or θ I / h + h / T where the rate is limited"),
        ),
    )


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
            Term("root sum square", achieved_deg, "deg", "√(Σ error²)"),
        ),
    )
