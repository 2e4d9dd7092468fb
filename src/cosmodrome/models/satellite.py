"""A satellite built from components: masses, loads, array, battery, transmitter, shape."""

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.models import satellite_rules as rules
from cosmodrome.models.attitude import AttitudeControl
from cosmodrome.models.body import Attitude, Body
from cosmodrome.models.components import Component, Mode
from cosmodrome.models.imager import Imager
from cosmodrome.models.power import Battery, SolarArray
from cosmodrome.models.quantity import Complaint, Model, reject, within
from cosmodrome.models.radiation import Radiation
from cosmodrome.models.radios import FurtherReceiver, FurtherTransmitter, SpacecraftReceiver, Transmitter
from cosmodrome.models.satellite_rules import holds
from cosmodrome.physics.power import power_path_ratios


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
    thruster_arm_m: Annotated[float, within(0.01, 20, "m", "is this in mm?", 1000)] | None = Field(
        default=None, description="Of the thrusters that unload the wheels, about the center of mass."
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
    attitude: Attitude = Field(default="nadir", description="How it is held while no mode says otherwise.")
    body: Body | None = Field(default=None, description="Its faces and how heat flows between them.")
    transmitter: Transmitter | None = Field(default=None, description="Its payload downlink.")
    receiver: SpacecraftReceiver | None = Field(default=None, description="Its command receiver.")
    more_transmitters: tuple[FurtherTransmitter, ...] = Field(
        default=(), description="Further transmitters, such as a beacon: telemetry, no payload data."
    )
    more_receivers: tuple[FurtherReceiver, ...] = Field(
        default=(), description="Further receivers, such as that of a payload which collects data."
    )
    drag_area_m2: Annotated[float, within(1e-4, 1000, "m2", "is this in cm2?", 10000)] | None = Field(
        default=None, description="Mean area in the flow; from the faces and attitudes if not given."
    )
    drag_coefficient: float = Field(default=2.2, ge=1.5, le=4, description="C_D for free-molecular flow.")
    radiation_area_m2: float | None = Field(
        default=None,
        gt=0,
        le=1000,
        description="Area for solar pressure; from the faces if not given, or the drag area.",
    )
    reflectivity_coefficient: float = Field(default=1.3, ge=0, le=2, description="C_R for solar pressure.")
    memory_gbit: float | None = Field(default=None, gt=0, description="Payload data memory.")
    propulsion: Propulsion | None = Field(default=None, description="Its propulsion, if it has one.")
    disposal_area_m2: Annotated[float, within(1e-4, 1000, "m2", "is this in cm2?", 10000)] | None = Field(
        default=None, description="Mean area in the flow after the mission, such as that of a sail."
    )
    attitude_after_mission: Literal["nadir", "sun", "tumbling"] | None = Field(
        default=None,
        description="How the faces are held after the mission, in place of that area; tumbling if not given, "
        "as nothing holds a passivated satellite.",
    )
    attitude_control: AttitudeControl | None = Field(
        default=None, description="What disturbs its attitude, and how well it is pointed."
    )
    imager: Imager | None = Field(default=None, description="Its imager.")
    radiation: Radiation | None = Field(default=None, description="What shields its parts.")

    _part_names = holds(rules.parts_have_names)
    _mode_names = holds(rules.modes_have_names)
    _parts_of_modes = holds(rules.modes_name_parts)
    _parts_of_units = holds(rules.units_name_parts)
    _mode_powers = holds(rules.mode_powers_are_of_modes)
    _data = holds(rules.data_are_told_once)
    _seats = holds(rules.parts_sit_on_the_body)
    _heater = holds(rules.heater_is_a_part)
    _limits = holds(rules.limits_have_a_range)
    _doses = holds(rules.doses_are_shielded)
    _cells = holds(rules.array_has_cells)
    _output = holds(rules.puts_out_what_it_draws)
    _thruster = holds(rules.electric_thruster_is_on)

    @model_validator(mode="after")
    def _shows_an_area(self) -> "Satellite":
        """Areas are given or follow from faces; what is held has axes to be held by."""
        complaints = list[Complaint]()
        if self.body is None and self.drag_area_m2 is None:
            help = "give drag_area_m2, or [satellite.body] with its faces"
            complaints.append(Complaint("no area in the flow", help))
        if self.attitude_after_mission is not None:
            place = ("attitude_after_mission",)
            if self.disposal_area_m2 is not None:
                help = "give disposal_area_m2 or attitude_after_mission"
                complaints.append(Complaint("the area after the mission is given twice", help, place))
            elif self.body is None:
                help = "give disposal_area_m2, or [satellite.body] with its faces"
                complaints.append(Complaint("attitude_after_mission without faces has no area", help, place))
        if self.attitude_control is not None and self.attitude == "tumbling":
            help = 'give attitude = "nadir", "sun" or "target", or leave [satellite.attitude_control] out'
            complaints.append(
                Complaint("a tumbling satellite has no attitude to control", help, ("attitude_control",))
            )
        reject(complaints)
        return self

    @model_validator(mode="after")
    def _unloads_its_wheels(self) -> "Satellite":
        """Thrusters unload wheels where torquers do not; their arm says with how much propellant."""
        has_wheels = any(part.momentum_n_m_s is not None for part in self.components)
        if self.propulsion is None or self.attitude_control is None or not has_wheels or self.has_torquers:
            return self
        if self.propulsion.kind == "chemical" and self.propulsion.thruster_arm_m is None:
            help = "give [satellite.propulsion] thruster_arm_m, or list torquers with their dipole_a_m2"
            text = "nothing unloads the wheels: no part has a dipole, and the thrusters no arm"
            reject([Complaint(text, help, ("propulsion",))])
        return self

    @property
    def transmitters(self) -> tuple[Transmitter, ...]:
        """The payload downlink, where there is one, and all further transmitters."""
        return (*filter(None, (self.transmitter,)), *self.more_transmitters)

    @property
    def receivers(self) -> tuple[SpacecraftReceiver, ...]:
        """The command receiver, where there is one, and all further receivers."""
        return (*filter(None, (self.receiver,)), *self.more_receivers)

    @property
    def sending_modes(self) -> tuple[str, ...]:
        """Modes in which the payload downlink sends; none without one."""
        return () if self.transmitter is None else self.full_power_modes(self.transmitter.component)

    def full_power_modes(self, component: str) -> tuple[str, ...]:
        """Modes in which a part does its work: of those that have it on, the ones where it draws most.

        In the others, such as one in which a transceiver listens, it does not send.
        """
        part = next((part for part in self.components if part.name == component), None)
        if part is None:
            return ()
        modes = [mode.name for mode in self.modes if part.name in mode.components]
        most_w = max((part.power_in_mode_w(mode) for mode in modes), default=0.0)
        return tuple(mode for mode in modes if part.power_in_mode_w(mode) == most_w)

    @property
    def has_torquers(self) -> bool:
        """Whether any part makes a magnetic dipole."""
        return any(part.dipole_a_m2 is not None for part in self.components)

    @property
    def further_radio_names(self) -> tuple[str, ...]:
        """Names of the transmitters and receivers beside the payload downlink and the command receiver."""
        return (*(one.name for one in self.more_transmitters), *(one.name for one in self.more_receivers))

    @property
    def array_area_m2(self) -> float:
        """Area of the cells: that of the array, or of all faces [m2]."""
        if self.solar_array.area_m2 is not None:
            return self.solar_array.area_m2
        return self.body.cell_area_m2 if self.body is not None else 0.0

    @property
    def storage(self) -> Battery:
        """The battery, charged with the efficiency that the array's path has."""
        path, battery = self.solar_array.power_path, self.battery
        if path is None:
            return battery
        daylight, through_battery = power_path_ratios(path)
        charge = through_battery / daylight / battery.transmission_efficiency_ratio
        return battery.model_copy(update={"charge_efficiency_ratio": min(charge, 1.0)})

    def with_cell_temperature(self, temperature_c: float | None) -> "Satellite":
        """The same satellite with its cells at a temperature in sunlight [deg C]."""
        array = self.solar_array.model_copy(update={"operating_temperature_c": temperature_c})
        return self.model_copy(update={"solar_array": array})

    @property
    def propellant_mass_kg(self) -> float:
        """Propellant loaded [kg]; zero without propulsion."""
        return self.propulsion.propellant_mass_kg if self.propulsion is not None else 0.0
