"""A launch vehicle: stages, fairing, limits, and what its maker says it lifts."""

import math
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.models.injection_accuracy import InjectionAccuracy
from cosmodrome.models.quantity import Confidence, Model, Quantity, above_zero, reject, within

SpecificImpulse = Annotated[
    Quantity,
    above_zero("s", "chemical stages lie between 200 and 470 s"),
    within(80, 500, "s", "chemical stages lie between 200 and 470 s; is this in m/s?", 9.80665),
]
Mass = Annotated[
    Quantity,
    above_zero("kg", "a mass cannot be negative", or_zero=True),
    within(0, 5e6, "kg", "no stage is that heavy; is this in g?"),
]
Thrust = Annotated[
    Quantity,
    above_zero("N", "an engine thrusts; leave the thrust at sea level out where it is not known"),
    within(1, 1e8, "N", "is this in kN or kgf?"),
]
Length = Annotated[Quantity, within(0.05, 150, "m", "is this in mm or cm?")]
BurnTime = Annotated[
    Quantity,
    above_zero("s", "a burn takes time; leave it out where it is not published"),
    within(0.1, 5000, "s"),
]
HIGHEST_THROTTLE_RATIO = 1.2

Pairs = tuple[tuple[float, float], ...]


def _throttle_steps(steps: Pairs) -> Pairs:
    """Times from ignition on, ascending; throttles that an engine has."""
    help = "list pairs of time after ignition and throttle, in the order of time"
    wrong = []
    for number, (time_s, ratio) in enumerate(steps, 1):
        before_s = steps[number - 2][0] if number > 1 else -math.inf
        if time_s < 0:
            wrong.append(f"step {number} at {time_s:g} s lies before ignition")
        if time_s <= before_s:
            wrong.append(f"step {number} at {time_s:g} s does not come after the {before_s:g} s before it")
        if not 0 < ratio <= HIGHEST_THROTTLE_RATIO:
            expected = f"above 0 and at most {HIGHEST_THROTTLE_RATIO:g}"
            wrong.append(f"step {number} has a throttle of {ratio:g}, expected {expected}")
    reject([(message, help) for message in wrong])
    return steps


def _thrust_curve(points: Pairs) -> Pairs:
    """Thrust over all of the propellant; it may die away at the end."""
    help = "give pairs of burned fraction, ascending from 0 to 1, and thrust over the largest thrust"
    if len(points) < 2:
        reject([(f"expected a curve of at least 2 points, given {len(points)}", help)])
    wrong = []
    if points[0][0] != 0:
        wrong.append(f"the curve begins at a burned fraction of {points[0][0]:g}, expected 0")
    if points[-1][0] != 1:
        wrong.append(f"the curve ends at a burned fraction of {points[-1][0]:g}, expected 1")
    for number, (burned, thrust) in enumerate(points, 1):
        before = points[number - 2][0] if number > 1 else -math.inf
        if burned <= before:
            wrong.append(
                f"burned fraction {burned:g} of point {number} is not above the {before:g} before it"
            )
        if thrust < 0 or (thrust == 0 and number < len(points)):
            wrong.append(f"point {number} has a thrust of {thrust:g}, expected above 0")
    reject([(message, help) for message in wrong])
    return points


ThrottleSteps = Annotated[Pairs, AfterValidator(_throttle_steps)]
ThrustCurve = Annotated[Pairs, AfterValidator(_thrust_curve)]


class Fairing(Model):
    """The payload fairing."""

    mass_kg: Mass = Field(description="Mass jettisoned with the fairing.")
    diameter_m: Length = Field(description="Largest outer diameter.")
    length_m: Length = Field(description="Overall length.")


class Stage(Model):
    """One stage, or one group of identical strap-on boosters; masses and thrusts are for one unit."""

    name: str = Field(description="The stage's name.")
    module: str = Field(
        default="", description="Module of the catalog that the stage is; its other keys are laid over it."
    )
    role: Literal["booster", "core", "upper"] = Field(
        description="Boosters burn beside the first core stage that follows them."
    )
    count: int = Field(default=1, ge=1, le=12, description="How many identical units.")
    propellants: str = Field(default="", description="Propellant pair.")
    engine: str = Field(default="", description="Engine name.")
    engines_per_unit: int = Field(default=1, ge=1, le=40, description="Engines on one unit.")
    dry_mass_kg: Annotated[Mass, above_zero("kg", "an empty stage still has a mass")] = Field(
        description="Mass without usable propellant."
    )
    propellant_mass_kg: Annotated[
        Mass, above_zero("kg", "a stage burns propellant; leave out a stage without any")
    ] = Field(description="Propellant loaded.")
    thrust_sea_level_n: Thrust | None = Field(default=None, description="Thrust at sea level.")
    thrust_vacuum_n: Thrust = Field(description="Thrust in vacuum.")
    specific_impulse_sea_level_s: SpecificImpulse | None = Field(
        default=None, description="Specific impulse at sea level."
    )
    specific_impulse_vacuum_s: SpecificImpulse = Field(description="Specific impulse in vacuum.")
    burn_time_s: BurnTime | None = Field(
        default=None, description="Published burn time; for comparison, not used by the dynamics."
    )
    length_m: Length | None = Field(default=None, description="Length of the stage.")
    diameter_m: Length | None = Field(default=None, description="Diameter of the stage.")
    ignition: Literal["ground", "series", "hot", "air"] = Field(
        default="series", description="When the stage lights."
    )
    ignition_delay_s: float = Field(
        default=0.0, ge=-20, le=3600, description="From the previous separation to ignition."
    )
    ignition_time_s: float | None = Field(
        default=None,
        gt=0,
        le=3600,
        description="From lift-off to ignition, for a stage lit in the air while others burn; "
        "if not given, when the ground-lit boosters burn out.",
    )
    separation_delay_s: float = Field(default=0.0, ge=0, le=600, description="From burnout to separation.")
    ignitions_max_count: int = Field(default=1, ge=1, description="How often the engine can light.")
    coast_max_s: float | None = Field(
        default=None,
        ge=0,
        le=50000,
        description="Longest coast that may be chosen before an ignition of this stage; if not given, "
        "two hours for an upper stage or one that can light again, none for the others.",
    )
    throttle_min_ratio: float = Field(default=1.0, gt=0, le=1, description="Lowest throttle.")
    throttle_with_boosters_ratio: float | None = Field(
        default=None, gt=0, le=HIGHEST_THROTTLE_RATIO, description="Throttle held while boosters burn."
    )
    throttle_steps_ratio: ThrottleSteps | None = Field(
        default=None, description="Throttle held from a time after ignition on: pairs of [s] and ratio."
    )
    thrust_curve_ratio: ThrustCurve | None = Field(
        default=None,
        description="Solid motors: pairs of burned fraction of the propellant and thrust over the largest "
        "thrust; thrust_vacuum_n is then the mean over the burn.",
    )
    loaded_fraction: float = Field(default=1.0, gt=0, le=1, description="Share of the propellant loaded.")
    residual_propellant_kg: Mass | None = Field(
        default=None, description="Propellant that cannot be burned; it stays with the stage."
    )
    recovery_propellant_kg: Mass | None = Field(
        default=None, description="Propellant kept to bring the stage back."
    )
    recovery_delta_v_m_s: float = Field(
        default=0.0, ge=0, le=5000, description="Velocity kept to bring the empty stage back."
    )
    burn_time_max_s: float | None = Field(
        default=None, gt=0, le=20000, description="Longest time the engine may burn in all."
    )
    jettisoned_mass_kg: Mass | None = Field(
        default=None, description="Mass dropped soon after ignition (interstage skirt, batteries)."
    )
    jettison_delay_s: float = Field(default=15.0, gt=0, le=600, description="From ignition to that drop.")
    note: str = Field(default="", description="What a reader should know of this stage.")

    @model_validator(mode="after")
    def _reject_contradictions(self) -> "Stage":
        complaints = []
        at_sea_level = self.thrust_sea_level_n
        if at_sea_level is not None and at_sea_level.value > self.thrust_vacuum_n.value:
            complaints.append(
                (
                    f"thrust_sea_level_n {at_sea_level.value:g} exceeds "
                    f"thrust_vacuum_n {self.thrust_vacuum_n.value:g}",
                    "air pressure can only take thrust away; are the two swapped?",
                )
            )
        if self.kept_propellant_kg > self.loaded_propellant_kg:
            complaints.append(
                (
                    f"{self.kept_propellant_kg:.8g} kg of propellant are kept, but only "
                    f"{self.loaded_propellant_kg:.8g} kg are loaded",
                    "load more, or lower residual_propellant_kg, recovery_propellant_kg or "
                    "recovery_delta_v_m_s",
                )
            )
        reject(complaints)
        return self

    @property
    def loaded_propellant_kg(self) -> float:
        """Propellant of one unit on the pad [kg]."""
        return self.loaded_fraction * self.propellant_mass_kg.value

    @property
    def gross_mass_kg(self) -> float:
        """Dry mass and propellant of one unit [kg]."""
        return self.dry_mass_kg.value + self.loaded_propellant_kg

    @property
    def kept_propellant_kg(self) -> float:
        """Propellant of one unit that the ascent may not burn [kg].

        Residuals, what brings the stage back, and what the longest burn at full thrust leaves.
        """
        residual = self.residual_propellant_kg.value if self.residual_propellant_kg else 0.0
        kept = self.recovery_propellant_kg.value if self.recovery_propellant_kg else 0.0
        exhaust = STANDARD_GRAVITY_M_S2 * self.specific_impulse_vacuum_s.value
        returned = self.dry_mass_kg.value * math.expm1(self.recovery_delta_v_m_s / exhaust)
        burned_kg = self.loaded_propellant_kg - residual - kept - returned
        if self.burn_time_max_s is not None:
            burned_kg = min(burned_kg, self.burn_time_max_s * self.thrust_vacuum_n.value / exhaust)
        return self.loaded_propellant_kg - burned_kg

    @property
    def burnable_propellant_kg(self) -> float:
        """Propellant of one unit that the ascent may burn [kg]."""
        return self.loaded_propellant_kg - self.kept_propellant_kg

    @property
    def separated_mass_kg(self) -> float:
        """Mass of one unit when it is dropped [kg]."""
        return self.dry_mass_kg.value + self.kept_propellant_kg

    @property
    def longest_coast_s(self) -> float:
        """Longest coast that may be chosen before an ignition [s]."""
        if self.coast_max_s is not None:
            return self.coast_max_s
        return 7200.0 if self.role == "upper" or self.ignitions_max_count > 1 else 0.0


class AirLaunch(Model):
    """How a carrier aircraft lets the vehicle go; it then flies along the launch azimuth."""

    altitude_m: Annotated[Quantity, within(0, 30000, "m")] = Field(description="Altitude of the drop.")
    speed_m_s: Annotated[Quantity, within(0, 1500, "m/s")] = Field(
        description="Speed over the turning Earth."
    )
    flight_path_angle_deg: float = Field(default=0.0, ge=-90, le=90, description="Climb angle at the drop.")


class PayloadFigure(Model):
    """A published payload capability, as its publisher defines it."""

    site: str = Field(description="Launch site of the figure.")
    orbit: str = Field(description="Kind of orbit: LEO, SSO, GTO or 'flown'.")
    perigee_altitude_km: float | None = Field(default=None, description="Perigee altitude.")
    apogee_altitude_km: float | None = Field(default=None, description="Apogee altitude.")
    inclination_deg: float | None = Field(default=None, description="Inclination.")
    payload_kg: float = Field(gt=0, description="The published payload.")
    definition: str = Field(default="", description="What the publisher counts.")
    source: str = Field(min_length=1, description="Who publishes it.")
    confidence: Confidence = Field(default="medium", description="How far to trust the source.")
    lower_bound: bool = Field(
        default=False,
        description="True for a mass that has flown, a contract or a minimum: it can lift more.",
    )


def _order_complaints(stages: tuple[Stage, ...]) -> Iterator[tuple[str, str]]:
    """Boosters come before their core, upper stages after all cores, what the pad lights below the rest."""
    if stages[-1].role == "booster":
        yield (
            f"the last stage '{stages[-1].name}' is a booster without a core stage after it",
            "list boosters before the core they burn with",
        )
    help = "list the stages from the pad up"
    for number, stage in enumerate(stages):
        uppers = [below.name for below in stages[:number] if below.role == "upper"]
        stack = [below.name for below in stages[:number] if below.role != "booster"]
        if stage.role == "core" and uppers:
            yield f"core stage '{stage.name}' stands above upper stage '{uppers[-1]}'", help
        if stage.ignition == "ground" and stack:
            yield f"stage '{stage.name}' is lit on the ground, but stands above '{stack[-1]}'", help


class Vehicle(Model):
    """A launch vehicle, from the pad up."""

    name: str = Field(description="Catalog name, for example 'angara-1.2'.")
    title: str = Field(description="The name people use.")
    family: str = Field(
        default="", description="Vehicles of one maker that share stages and a way of rating payloads."
    )
    variant_of: str = Field(
        default="",
        description="The catalog vehicle that this one is built on, whose performance reserve it takes.",
    )
    country: str = Field(default="", description="ISO 3166 code.")
    operator: str = Field(default="", description="Who launches it.")
    status: str = Field(default="", description="Operational, retired, planned.")
    height_m: Length = Field(description="Overall height on the pad.")
    diameter_m: Length = Field(description="Span of the vehicle.")
    gross_mass_kg: Mass = Field(description="Published lift-off mass; compared with the sum of the parts.")
    fairing: Fairing = Field(description="The payload fairing.")
    adapter_mass_kg: Mass | None = Field(default=None, description="Payload adapter, not payload.")
    ballast_mass_kg: Mass | None = Field(default=None, description="Ballast carried to orbit, not payload.")
    performance_reserve_m_s: float = Field(
        default=0.0, ge=0, le=2000, description="Velocity left in the last stage at insertion."
    )
    air_launch: AirLaunch | None = Field(default=None, description="For a vehicle dropped by an aircraft.")
    drag_curve: str = Field(default="slender-launcher", description="Drag table of the catalog.")
    drag_reference_area_m2: Annotated[Quantity, within(0.01, 1000, "m2")] | None = Field(
        default=None, description="Area of the drag coefficient; the largest cross-section if not given."
    )
    stages: tuple[Stage, ...] = Field(
        min_length=1, description="From the pad up; boosters before their core."
    )
    max_axial_acceleration_g: Annotated[Quantity, within(1.2, 30, "g")] | None = Field(
        default=None, description="Limit on axial acceleration."
    )
    max_dynamic_pressure_kpa: Annotated[Quantity, within(1, 500, "kPa", "is this in Pa?", 1000)] | None = (
        Field(default=None, description="Limit on dynamic pressure.")
    )
    payload_figures: tuple[PayloadFigure, ...] = Field(
        default=(), description="What the operator and others say it lifts."
    )
    injection_accuracies: tuple[InjectionAccuracy, ...] = Field(
        default=(), description="How accurately it injects, one table for each orbit that its guide names."
    )
    notes: str = Field(default="", description="What a reader should know of this vehicle.")

    @model_validator(mode="after")
    def _reject_contradictions(self) -> "Vehicle":
        complaints = list(_order_complaints(self.stages))
        propellant_kg = sum(stage.count * stage.loaded_propellant_kg for stage in self.stages)
        if propellant_kg > self.gross_mass_kg.value:
            complaints.append(
                (
                    f"the stages hold {propellant_kg:.8g} kg of propellant, more than "
                    f"gross_mass_kg {self.gross_mass_kg.value:.8g}",
                    "the masses of a stage are those of one unit; is one of them in g or t?",
                )
            )
        reject(complaints)
        return self

    @property
    def kin(self) -> str:
        """The family; a vehicle without one is its own."""
        return self.family or self.name

    def __repr__(self) -> str:
        return f"<Vehicle {self.name}: {len(self.stages)} stages, {self.height_m.value:g} m>"


class DragCurve(Model):
    """Drag coefficient at zero angle of attack over Mach number."""

    name: str = Field(description="Catalog name, for example 'slender-launcher'.")
    mach: tuple[Annotated[float, Field(ge=0, le=50)], ...] = Field(
        min_length=1, description="Mach numbers, ascending."
    )
    drag_coefficient: tuple[Annotated[float, Field(gt=0, le=5)], ...] = Field(
        min_length=1, description="Drag coefficient at each Mach number, of the reference area."
    )
    source: str = Field(min_length=1, description="Who publishes it.")
    estimated: bool = Field(default=False, description="True where it stands in for other vehicles.")
    note: str = Field(default="", description="What a reader should know of this curve.")

    @model_validator(mode="after")
    def _is_a_table(self) -> "DragCurve":
        if len(self.mach) != len(self.drag_coefficient):
            raise PydanticCustomError(
                "drag_table", "mach and drag_coefficient differ in length", {"help": "give one for each"}
            )
        if any(later <= earlier for earlier, later in zip(self.mach, self.mach[1:], strict=False)):
            raise PydanticCustomError("drag_table", "mach does not ascend", {"help": "sort the table"})
        return self
