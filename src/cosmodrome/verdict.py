"""Does the mission close? Each check holds what is achieved against what is required; worst first."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Literal

from cosmodrome.ascent.result import AscentStatus
from cosmodrome.budgets.data import DataBudget
from cosmodrome.budgets.delta_v import DeltaVBudget
from cosmodrome.budgets.disposal import DisposalBudget
from cosmodrome.budgets.link import LinkBudget
from cosmodrome.budgets.mass import mission_mass_budget
from cosmodrome.budgets.power import PowerBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission

if TYPE_CHECKING:
    from cosmodrome.ascent.capability import PayloadCapability

Sense = Literal["at least", "at most"]


class VerdictStatus(Enum):
    """Whether the mission closes; the value is the sentence to show."""

    CLOSES = "The mission closes: every check holds."
    DOES_NOT_CLOSE = "The mission does not close: at least one check fails."
    NO_VERDICT = "No verdict: the ascent is not proved, so no payload can be claimed."


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement held against what the models achieve."""

    name: str
    title: str
    required: float
    achieved: float
    unit: str
    sense: Sense
    best_estimate: float  # of the estimated side, without allowances
    allowance: float  # added to the best estimate by the policy
    policy: str
    source: str
    detail: str  # where to look
    remedy: str  # what would close it; empty where it closes

    @property
    def margin(self) -> float:
        """Distance to the requirement in the check's unit; positive is good."""
        gap = self.achieved - self.required
        return gap if self.sense == "at least" else -gap

    @property
    def margin_fraction(self) -> float:
        """Margin relative to the requirement; decibels as the power ratio that they stand for."""
        if self.unit == "dB":
            return float(10 ** (self.margin / 10) - 1)
        return self.margin / abs(self.required) if self.required else self.margin

    @property
    def closes(self) -> bool:
        """Whether the requirement is met."""
        return self.margin >= 0

    def __repr__(self) -> str:
        word = "closes" if self.closes else "FAILS"
        return f"<Check {self.name}: {self.margin:+.4g} {self.unit}, {word}>"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every check, worst margin first, and what follows from them."""

    status: VerdictStatus
    checks: tuple[Check, ...]

    @property
    def closes(self) -> bool:
        """Whether the mission closes."""
        return self.status is VerdictStatus.CLOSES

    @property
    def binding(self) -> Check | None:
        """The check with the smallest relative margin; None where nothing is asked."""
        return self.checks[0] if self.checks else None

    @property
    def failing(self) -> tuple[Check, ...]:
        """The checks that fail, worst first."""
        return tuple(check for check in self.checks if not check.closes)

    def __repr__(self) -> str:
        held = len(self.checks) - len(self.failing)
        return f"<Verdict {self.status.name}: {held} of {len(self.checks)} checks hold>"


def mission_verdict(mission: Mission, capability: "PayloadCapability", budgets: Budgets | None) -> Verdict:
    """Hold a mission's requirements against what its models achieve.

    Parameters
    ----------
    mission : Mission
        Requirements and policy.
    capability : PayloadCapability
        What the vehicle lifts into the target orbit, with its proof.
    budgets : Budgets or None
        The satellite's budgets; None where there is no satellite or no orbit to judge it in.

    Returns
    -------
    Verdict
        Without a proved ascent its status is `NO_VERDICT`, whatever the checks say. An orbit out of reach is
        a proved answer: the payload check fails with the shortfall.
    """
    checks = [*_payload_checks(mission, capability, budgets)]
    if budgets is not None:
        checks += _power_checks(mission, budgets.power)
        checks += [_link_check(mission, link) for link in budgets.links]
        checks += _data_checks(mission, budgets.data)
        checks += _disposal_checks(mission, budgets.disposal, budgets.delta_v)
    checks.sort(key=lambda check: check.margin_fraction)
    if capability.status in (AscentStatus.NOT_CONVERGED, AscentStatus.NOT_CONFIRMED):
        return Verdict(VerdictStatus.NO_VERDICT, tuple(checks))
    closes = all(check.closes for check in checks)
    return Verdict(VerdictStatus.CLOSES if closes else VerdictStatus.DOES_NOT_CLOSE, tuple(checks))


def _payload_checks(
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


def _power_checks(mission: Mission, power: PowerBudget) -> tuple[Check, ...]:
    """Energy over the worst orbit, and the depth that the battery goes to."""
    allowances = f"{mission.policy.name}: growth by maturity and system margin on loads"
    age = f"end of life, {mission.requirements.lifetime_years:g} years"
    array = Check(
        name="array",
        title="array energy balance",
        required=power.required_generation_w,
        achieved=power.orbit_mean_generation_w,
        unit="W",
        sense="at least",
        best_estimate=power.required_generation_best_estimate_w,
        allowance=power.required_generation_w - power.required_generation_best_estimate_w,
        policy=f"{allowances}; {age}",
        source="mode timeline against eclipses of the ephemeris",
        detail=f"power timeline, orbit from {power.worst_orbit_start:%Y-%m-%d %H:%M} UTC",
        remedy="" if power.generation_margin_w >= 0 else _array_remedy(power),
    )
    permitted = 100 * power.permitted_depth_of_discharge_fraction
    depth = 100 * power.worst_orbit_depth_of_discharge_fraction
    best_depth = 100 * power.best_estimate_depth_of_discharge_fraction
    battery = Check(
        name="battery",
        title="battery depth of discharge",
        required=permitted,
        achieved=depth,
        unit="%",
        sense="at most",
        best_estimate=best_depth,
        allowance=depth - best_depth,
        policy=f"{allowances}; capacity at {age}",
        source="charge integrated over the mode timeline",
        detail=f"battery timeline, {power.deepest_discharge_at:%Y-%m-%d %H:%M} UTC",
        remedy="" if depth <= permitted else _battery_remedy(power),
    )
    return array, battery


def _array_remedy(power: PowerBudget) -> str:
    less = f"{power.load_excess_w:.3g} W less mean load"
    if power.required_area_m2 is None:
        return f"another mounting: the array sees no Sun in the worst orbit; or {less}"
    more_m2 = power.required_area_m2 - power.array_area_m2
    return f"+{more_m2:.3g} m2 of array (to {power.required_area_m2:.3g} m2), or {less}"


def _battery_remedy(power: PowerBudget) -> str:
    more_wh = power.required_capacity_wh - power.battery_capacity_wh
    less = f"{power.battery_load_excess_w:.3g} W less mean load"
    if power.generation_margin_w >= 0:
        return f"+{more_wh:.4g} Wh of battery (to {power.required_capacity_wh:.4g} Wh), or {less}"
    if more_wh <= 0:
        return f"the array that closes its balance, or {less}"
    return f"the array that closes its balance and +{more_wh:.4g} Wh of battery, or {less}"


def _link_check(mission: Mission, link: LinkBudget) -> Check:
    """The downlink margin of one station."""
    required_db = mission.requirements.downlink_margin_db
    short_db = required_db - link.margin_db
    transmitter = mission.satellite.transmitter if mission.satellite is not None else None
    remedy = f"+{short_db:.2g} dB of EIRP or G/T"
    if transmitter is not None:
        remedy += f", or {transmitter.data_rate_mbit_s * 10 ** (-short_db / 10):.3g} Mbit/s"
    return Check(
        name=f"link {link.station}",
        title=f"downlink margin, {link.station}",
        required=required_db,
        achieved=link.margin_db,
        unit="dB",
        sense="at least",
        best_estimate=link.margin_db,
        allowance=0.0,
        policy=f"{required_db:g} dB above required Eb/N0 and implementation loss",
        source="link budget at the station's minimum elevation",
        detail=f"link table, {link.elevation_deg:g} deg and {link.slant_range_km:.0f} km",
        remedy="" if short_db <= 0 else remedy,
    )


def _data_checks(mission: Mission, data: DataBudget) -> tuple[Check, ...]:
    """What reaches the ground each day, and how full the memory gets."""
    checks = []
    asked_gbit = mission.requirements.data_volume_gbit_per_day
    required_gbit = data.produced_gbit_per_day if asked_gbit is None else asked_gbit
    if required_gbit > 0 and (asked_gbit is not None or data.capacity_gbit_per_day < required_gbit):
        checks.append(_volume_check(mission, data, required_gbit))
    if data.memory_gbit is not None and data.produced_gbit > 0:
        short_gbit = data.memory_peak_gbit - data.memory_gbit
        grows = data.capacity_gbit_per_day < data.produced_gbit_per_day
        remedy = f"+{short_gbit:.4g} Gbit of memory"
        if grows:
            missing = data.produced_gbit_per_day - data.capacity_gbit_per_day
            remedy = (
                f"+{missing:.4g} Gbit/day of downlink: the backlog grows, so memory alone does not close it"
            )
        checks.append(
            Check(
                name="memory",
                title="data on board",
                required=data.memory_gbit,
                achieved=data.memory_peak_gbit,
                unit="Gbit",
                sense="at most",
                best_estimate=data.memory_peak_gbit,
                allowance=0.0,
                policy=f"peak over {data.duration_days:.0f} days",
                source="modes that produce data against usable passes",
                detail="data timeline",
                remedy="" if short_gbit <= 0 else remedy,
            )
        )
    return tuple(checks)


def _volume_check(mission: Mission, data: DataBudget, required_gbit: float) -> Check:
    delivered_gbit = data.sustained_gbit_per_day
    missing_gbit = required_gbit - delivered_gbit
    if data.produced_gbit_per_day < required_gbit:
        remedy = f"modes that produce {required_gbit - data.produced_gbit_per_day:.4g} Gbit/day more"
    elif data.capacity_gbit_per_day >= required_gbit:
        remedy = f"+{data.memory_peak_gbit - (data.memory_gbit or 0.0):.4g} Gbit of memory"
    elif data.contact_min_per_day > 0:
        rate_gbit_per_min = data.capacity_gbit_per_day / data.contact_min_per_day
        remedy = f"{missing_gbit / rate_gbit_per_min:.3g} min/day more contact, or "
        remedy += f"{required_gbit / data.contact_min_per_day / 0.06:.4g} Mbit/s"
    else:
        remedy = "a station whose link closes, and a mode that has the transmitter on over it"
    return Check(
        name="data volume",
        title="data delivered per day",
        required=required_gbit,
        achieved=delivered_gbit,
        unit="Gbit/day",
        sense="at least",
        best_estimate=delivered_gbit,
        allowance=0.0,
        policy=f"mean of {data.duration_days:.0f} days, overlapping passes counted once",
        source=f"passes over {', '.join(data.stations) or 'no station'}",
        detail="data timeline",
        remedy="" if missing_gbit <= 0 else remedy,
    )


def _disposal_checks(
    mission: Mission, disposal: DisposalBudget, delta_v: DeltaVBudget | None
) -> tuple[Check, ...]:
    """Stay up for the working life, come down within the rule, have the propellant for both."""
    working, rule = disposal.working_life_years, disposal.rule_years
    shortest = disposal.lifetime_years("high")
    area_m2 = disposal.drag_area_m2 * shortest / working
    stay = Check(
        name="orbital lifetime",
        title="orbital lifetime, high solar activity",
        required=working,
        achieved=shortest,
        unit="years",
        sense="at least",
        best_estimate=disposal.lifetime_years("mean"),
        allowance=disposal.lifetime_years("mean") - shortest,
        policy="natural decay at high solar activity outlasts the working life",
        source="orbit-averaged decay, MSIS 2.1",
        detail="lifetime table",
        remedy=""
        if shortest >= working
        else f"a higher orbit, or {area_m2:.3g} m2 of drag area in place of {disposal.drag_area_m2:.3g} m2",
    )
    remaining = disposal.remaining_years("mean")
    fall = Check(
        name="disposal",
        title="time to re-entry after the mission",
        required=rule,
        achieved=remaining,
        unit="years",
        sense="at most",
        best_estimate=remaining,
        allowance=0.0,
        policy=f"{rule:g}-year rule at mean solar activity; low {disposal.remaining_years('low'):.1f}, "
        f"high {disposal.remaining_years('high'):.1f} years",
        source="orbit-averaged decay, MSIS 2.1",
        detail="lifetime table",
        remedy="" if remaining <= rule else _disposal_remedy(disposal, delta_v),
    )
    checks = [fall] if disposal.keeps_orbit else [stay, fall]
    if delta_v is not None and delta_v.required_m_s > 0:
        checks.append(_delta_v_check(mission, delta_v))
    return tuple(checks)


def _disposal_remedy(disposal: DisposalBudget, delta_v: DeltaVBudget | None) -> str:
    area_ratio = disposal.lifetime_years("mean") / (disposal.working_life_years + disposal.rule_years)
    area = f"at least {disposal.drag_area_m2 * area_ratio:.3g} m2 of drag area"
    perigee_km, burn_m_s = disposal.disposal_perigee_altitude_km, disposal.disposal_delta_v_m_s
    lower = f"a perigee at {perigee_km:.0f} km, {burn_m_s:.0f} m/s"
    if delta_v is not None:
        missing_kg = delta_v.required_propellant_kg - delta_v.loaded_propellant_kg
        lower += f" (+{missing_kg:.3g} kg of propellant)"
    return f"{lower}; or {area}"


def _delta_v_check(mission: Mission, delta_v: DeltaVBudget) -> Check:
    missing_kg = delta_v.required_propellant_kg - delta_v.loaded_propellant_kg
    return Check(
        name="delta-v",
        title="delta-v for orbit keeping and disposal",
        required=delta_v.required_m_s,
        achieved=delta_v.available_m_s,
        unit="m/s",
        sense="at least",
        best_estimate=delta_v.best_estimate_m_s,
        allowance=delta_v.margin_m_s,
        policy=f"{mission.policy.name}: {100 * mission.policy.delta_v_margin_fraction:.0f} % on computed "
        f"maneuvers, {100 * mission.policy.delta_v_allowance_margin_fraction:.0f} % on allowances",
        source="impulse at apogee, rocket equation on the dry mass with allowances",
        detail="delta-v table",
        remedy="" if missing_kg <= 0 else f"+{missing_kg:.3g} kg of propellant",
    )
