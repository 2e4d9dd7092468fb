"""A satellite built from components: masses, loads, array, battery, transmitter, shape."""

import difflib
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.models.attitude import AttitudeControl
from cosmodrome.models.body import Attitude, Body
from cosmodrome.models.imager import Imager
from cosmodrome.models.power import Battery, SolarArray
from cosmodrome.models.quantity import Complaint, Model, reject, within
from cosmodrome.models.radiation import Dose, Radiation, Shielding
from cosmodrome.models.radios import FurtherReceiver, FurtherTransmitter, SpacecraftReceiver, Transmitter
from cosmodrome.physics.power import power_path_ratios

Maturity = Literal["off-the-shelf", "modified", "new"]
Temperature = Annotated[float, within(-200, 300, "deg C", "is this in K?")]


_USERS = {
    "transmitter": "the transmitter",
    "more_transmitters": "a further transmitter",
    "propulsion": "the propulsion",
    "imager": "the imager",
}


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
    face: str | None = Field(default=None, description="Face of the body that it sits on; inside otherwise.")
    min_temperature_c: Temperature | None = Field(default=None, description="Lowest to work at.")
    max_temperature_c: Temperature | None = Field(default=None, description="Highest to work at.")
    max_dose_krad: Dose | None = Field(default=None, description="Total dose in silicon that it stands.")
    shielding_mm: Shielding | None = Field(
        default=None, description="Aluminum to all sides of it, in place of the satellite's."
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
    when: Literal["always", "sunlit", "eclipse", "over-station", "over-target"] = Field(
        default="always", description="What triggers it."
    )
    duty_fraction: float = Field(
        default=1.0, gt=0, le=1, description="Share of the triggering time that it is on."
    )
    components: tuple[str, ...] = Field(min_length=1, description="Names of the parts that are on.")
    data_rate_mbit_s: float = Field(
        default=0.0, ge=0, le=100000, description="Payload data produced while the mode is on."
    )
    attitude: Attitude | None = Field(
        default=None, description="How the body is held while it is on; of two modes the later one decides."
    )


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

    @model_validator(mode="after")
    def _each_part_has_its_name(self) -> "Satellite":
        names = [getattr(part, "name", None) for part in self.components]  # one that is wrong may have none
        help = "give each part its own name, or one entry with count = 2"
        reject(
            [
                Complaint(f"component '{name}' is listed twice", help, ("components", number, "name"))
                for number, name in enumerate(names)
                if name is not None and name in names[:number]
            ]
        )
        return self

    @model_validator(mode="after")
    def _modes_name_parts(self) -> "Satellite":
        reject(
            [
                self._not_listed(name, f"mode '{mode.name}'", ("modes", row, "components", at))
                for row, mode in enumerate(self.modes)
                for at, name in enumerate(mode.components)
                if name not in self._part_names
            ]
        )
        return self

    @model_validator(mode="after")
    def _units_name_parts(self) -> "Satellite":
        names = ("transmitter", "propulsion", "imager")
        units: dict[tuple[str | int, ...], Any] = {(name,): getattr(self, name) for name in names}
        units |= {("more_transmitters", at): one for at, one in enumerate(self.more_transmitters)}
        reject(
            [
                self._not_listed(unit.component, _USERS[str(place[0])], (*place, "component"))
                for place, unit in units.items()
                if unit is not None and unit.component not in self._part_names
            ]
        )
        return self

    @property
    def _part_names(self) -> tuple[str, ...]:
        return tuple(part.name for part in self.components)

    def _not_listed(self, name: str, user: str, place: tuple[str | int, ...]) -> Complaint:
        """Who names a part that is not there."""
        near = difflib.get_close_matches(name, self._part_names, n=1, cutoff=0.5)
        listing = f"components: {', '.join(dict.fromkeys(self._part_names))}"
        help = f"did you mean '{near[0]}'?" if near else listing
        return Complaint(f"{user} names component '{name}', which is not listed", help, place)

    @model_validator(mode="after")
    def _parts_sit_on_the_body(self) -> "Satellite":
        faces = {face.name for face in self.body.faces} if self.body is not None else set()
        heater = self.body.heater if self.body is not None else None
        complaints = []
        for part in self.components:
            if part.face is not None and part.face not in faces:
                text = f"component '{part.name}' sits on face '{part.face}', which is not listed"
                complaints.append((text, "faces: " + (", ".join(sorted(faces)) or "none; describe a body")))
            low, high = part.min_temperature_c, part.max_temperature_c
            if low is not None and high is not None and low >= high:
                text = f"component '{part.name}' works from {low:g} to {high:g} deg C"
                complaints.append((text, "the minimum lies below the maximum"))
            if part.max_dose_krad is not None and self.radiation is None:
                dose = f"stands {part.max_dose_krad:g} krad"
                text = f"component '{part.name}' {dose}, and [satellite.radiation] is missing"
                complaints.append((text, "give [satellite.radiation] with shielding_mm"))
        if heater is not None and heater not in {part.name for part in self.components}:
            complaints.append((f"the heater '{heater}' is not a component", "list it with its power_w"))
        has_cells = self.body is not None and self.body.cell_area_m2 > 0
        if self.solar_array.mounting == "faces" and not has_cells:
            complaints.append(("the array has no area: no face carries cells", "give faces a cell_area_m2"))
        reject(complaints)
        return self

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
    def has_torquers(self) -> bool:
        """Whether any part makes a magnetic dipole."""
        return any(part.dipole_a_m2 is not None for part in self.components)

    @property
    def transmitters(self) -> tuple[Transmitter, ...]:
        """The payload downlink, where there is one, and all further transmitters."""
        return (*filter(None, (self.transmitter,)), *self.more_transmitters)

    @property
    def receivers(self) -> tuple[SpacecraftReceiver, ...]:
        """The command receiver, where there is one, and all further receivers."""
        return (*filter(None, (self.receiver,)), *self.more_receivers)

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
