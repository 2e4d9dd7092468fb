"""A satellite built from components: masses, loads, array, battery, transmitter, shape."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.models.attitude import AttitudeControl
from cosmodrome.models.imager import Imager
from cosmodrome.models.link import Modem, SpacecraftReceiver, with_modem_rate
from cosmodrome.models.quantity import Model, within

Maturity = Literal["off-the-shelf", "modified", "new"]


class Component(Model):
    """A part of the satellite: its mass, its loads, how well it is known."""

    name: str = Field(description="The part's name; unique in the satellite.")
    mass_kg: Annotated[float, within(0, 10000, "kg", "is this in g?", 1000)] = Field(
        description="Mass of one unit."
    )
    count: int = Field(default=1, ge=1, le=1000, description="How many units.")
    maturity: Maturity = Field(default="new", description="Sets the mass and power growth allowance.")
    power_w: Annotated[float, within(0, 20000, "W", "is this in mW?", 1000)] = Field(
        default=0.0, description="Power of one unit while it is on."
    )
    momentum_n_m_s: Annotated[float, within(1e-5, 1000, "N m s", "is this in mN m s?", 1000)] | None = Field(
        default=None, description="Momentum that one unit stores; of a wheel."
    )
    torque_n_m: Annotated[float, within(1e-6, 100, "N m", "is this in mN m?", 1000)] | None = Field(
        default=None, description="Torque that one unit makes; of a wheel."
    )
    dipole_a_m2: Annotated[float, within(1e-3, 1000, "A m2", "is this in mA m2?", 1000)] | None = Field(
        default=None, description="Magnetic dipole that one unit makes on an axis; of a torquer."
    )
    source: str = Field(default="", description="Where the numbers are from.")


class Mode(Model):
    """A way of operating: which parts are on, when, and for how much of that time."""

    name: str = Field(description="The mode's name.")
    when: Literal["always", "sunlit", "eclipse", "over-station"] = Field(
        default="always", description="What triggers it."
    )
    duty_fraction: float = Field(
        default=1.0, gt=0, le=1, description="Share of the triggering time that it is on."
    )
    components: tuple[str, ...] = Field(min_length=1, description="Names of the parts that are on.")
    data_rate_mbit_s: float = Field(
        default=0.0, ge=0, le=100000, description="Payload data produced while the mode is on."
    )


class SolarArray(Model):
    """A solar array; degradation compounds per year of life."""

    area_m2: Annotated[float, within(0.0005, 500, "m2", "is this in cm2?", 10000)] = Field(
        description="Panel area."
    )
    cell_efficiency_ratio: Annotated[float, within(0.02, 0.5, "(ratio)", "is this in percent?", 100)] = Field(
        description="Cell efficiency at beginning of life, at 28 deg C."
    )
    inherent_degradation_ratio: float = Field(
        default=0.77,
        gt=0,
        le=1,
        description="Packing, temperature, shadowing and assembly, beginning of life.",
    )
    degradation_per_year_fraction: float = Field(
        default=0.005, ge=0, lt=0.3, description="Loss of output per year."
    )
    mounting: Literal["sun-tracking", "fixed-zenith", "fixed-orbit-normal"] = Field(
        default="sun-tracking", description="How the panel is held to the Sun."
    )
    pointing_error_deg: float = Field(
        default=5.0, ge=0, lt=90, description="Off-pointing of a tracking array."
    )
    regulation_efficiency_ratio: float = Field(
        default=0.85, gt=0, le=1, description="Array to bus: regulator, diodes, harness (SMAD X_d)."
    )
    source: str = Field(default="", description="Where the numbers are from.")


class Battery(Model):
    """A battery; depth of discharge is over one orbit."""

    capacity_wh: Annotated[float, within(0.1, 1e6, "Wh", "zero capacity stores nothing")] = Field(
        description="Nameplate energy."
    )
    max_depth_of_discharge_fraction: float = Field(default=0.3, gt=0, le=1, description="Permitted depth.")
    transmission_efficiency_ratio: float = Field(default=0.9, gt=0, le=1, description="Battery to load.")
    charge_efficiency_ratio: float = Field(default=0.9, gt=0, le=1, description="Array to battery.")
    end_of_life_capacity_ratio: float = Field(
        default=0.8, gt=0, le=1, description="Capacity left at end of life."
    )
    source: str = Field(default="", description="Where the numbers are from.")


class Transmitter(Model):
    """The payload downlink transmitter with its antenna."""

    component: str = Field(description="Name of the component whose power it draws.")
    frequency_mhz: Annotated[float, within(30, 100000, "MHz", "is this in GHz or Hz?")] = Field(
        description="Carrier."
    )
    rf_power_dbw: Annotated[float, within(-40, 30, "dBW", "is this in dBm? subtract 30")] = Field(
        description="RF output."
    )
    line_loss_db: float = Field(default=1.0, ge=0, le=20, description="Transmitter to antenna.")
    antenna_gain_dbi: Annotated[float, within(-20, 60, "dBi")] = Field(
        description="Gain toward the station at the mask elevation."
    )
    pointing_loss_db: float = Field(default=0.5, ge=0, le=20, description="Spacecraft pointing.")
    pointing_error_deg: float | None = Field(
        default=None, ge=0, lt=90, description="Makes the pointing loss, with the beam's width."
    )
    beamwidth_deg: float | None = Field(
        default=None, gt=0, le=360, description="Half-power width of the beam; from the gain if not given."
    )
    polarization_loss_db: float = Field(default=0.3, ge=0, le=20, description="Polarization mismatch.")
    axial_ratio_db: float | None = Field(
        default=None, ge=0, le=60, description="Makes the polarization loss, with the station's."
    )
    modem: Modem | None = Field(
        default=None, description="Makes rate and threshold, and changes them during a pass."
    )
    data_rate_mbit_s: Annotated[float, within(1e-5, 10000, "Mbit/s", "is this in kbit/s or bit/s?")] = Field(
        description="Information rate."
    )
    required_eb_n0_db: Annotated[float, within(-2, 30, "dB")] = Field(
        description="For the coding and error rate used."
    )
    implementation_loss_db: float = Field(default=1.0, ge=0, le=10, description="Modem losses.")
    source: str = Field(default="", description="Where the numbers are from.")

    _modem = model_validator(mode="before")(with_modem_rate)


class Propulsion(Model):
    """Propulsion for orbit keeping and disposal; the thruster's dry mass is a component."""

    component: str = Field(description="Name of the component that is the propulsion unit, dry.")
    specific_impulse_s: Annotated[
        float, within(20, 10000, "s", "thrusters lie between 40 and 4000 s; is this in m/s?", 9.80665)
    ] = Field(description="Effective specific impulse.")
    propellant_mass_kg: Annotated[float, within(0, 10000, "kg", "is this in g?", 1000)] = Field(
        description="Usable propellant loaded; mass without growth allowance."
    )
    kind: Literal["chemical", "electric"] = Field(
        default="chemical", description="Short burns, or long thrust."
    )
    thrust_n: Annotated[float, within(1e-7, 10000, "N", "is this in mN?", 1000)] | None = Field(
        default=None, description="Thrust; needed where the propulsion is electric."
    )
    thrust_duty_fraction: float = Field(
        default=0.5, gt=0, le=1, description="Share of each revolution that electric propulsion thrusts in."
    )
    source: str = Field(default="", description="Where the numbers are from.")

    @model_validator(mode="after")
    def _thrust_is_known(self) -> "Propulsion":
        if self.kind == "electric" and self.thrust_n is None:
            raise PydanticCustomError(
                "no_thrust",
                "electric propulsion without thrust_n",
                {"help": "give its thrust in N: it takes weeks, and the budget says how many"},
            )
        return self


class Satellite(Model):
    """A satellite: everything that must be lifted, fed, heard and brought down again."""

    name: str = Field(description="The satellite's name.")
    components: tuple[Component, ...] = Field(min_length=1, description="Every part with mass.")
    modes: tuple[Mode, ...] = Field(min_length=1, description="How it operates.")
    solar_array: SolarArray = Field(description="Its solar array.")
    battery: Battery = Field(description="Its battery.")
    transmitter: Transmitter | None = Field(default=None, description="Its payload downlink.")
    receiver: SpacecraftReceiver | None = Field(default=None, description="Its command receiver.")
    drag_area_m2: Annotated[float, within(1e-4, 1000, "m2", "is this in cm2?", 10000)] = Field(
        description="Mean area in the flow."
    )
    drag_coefficient: float = Field(default=2.2, ge=1.5, le=4, description="C_D for free-molecular flow.")
    radiation_area_m2: float | None = Field(
        default=None, gt=0, le=1000, description="Area for solar pressure; drag area if not given."
    )
    reflectivity_coefficient: float = Field(default=1.3, ge=0, le=2, description="C_R for solar pressure.")
    memory_gbit: float | None = Field(default=None, gt=0, description="Payload data memory.")
    propulsion: Propulsion | None = Field(default=None, description="Its propulsion, if it has one.")
    disposal_area_m2: Annotated[float, within(1e-4, 1000, "m2", "is this in cm2?", 10000)] | None = Field(
        default=None, description="Mean area in the flow after the mission; a sail, or tumbling."
    )
    attitude: AttitudeControl | None = Field(default=None, description="How it is pointed.")
    imager: Imager | None = Field(default=None, description="Its imager.")

    @model_validator(mode="after")
    def _names_agree(self) -> "Satellite":
        names = [part.name for part in self.components]
        twice = sorted({name for name in names if names.count(name) > 1})
        asked = {name: f"mode '{mode.name}'" for mode in self.modes for name in mode.components}
        if self.transmitter is not None:
            asked.setdefault(self.transmitter.component, "the transmitter")
        if self.propulsion is not None:
            asked.setdefault(self.propulsion.component, "the propulsion")
        if self.imager is not None:
            asked.setdefault(self.imager.component, "the imager")
        unknown = {name: user for name, user in asked.items() if name not in names}
        complaints = [f"component '{name}' is listed twice" for name in twice]
        complaints += [
            f"{user} names component '{name}', which is not listed" for name, user in unknown.items()
        ]
        if complaints:
            raise PydanticCustomError(
                "names", "{text}", {"text": "; ".join(complaints), "help": "components: " + ", ".join(names)}
            )
        return self

    @property
    def propellant_mass_kg(self) -> float:
        """Propellant loaded [kg]; zero without propulsion."""
        return self.propulsion.propellant_mass_kg if self.propulsion is not None else 0.0
