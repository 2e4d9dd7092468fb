"""The parts of a satellite, and the modes that they are on in."""

from typing import Annotated, Literal

from pydantic import Field

from cosmodrome.models.body import Attitude
from cosmodrome.models.quantity import Model, within
from cosmodrome.models.radiation import Dose, Shielding

Maturity = Literal["off-the-shelf", "modified", "new"]
Temperature = Annotated[float, within(-200, 300, "deg C", "is this in K?")]
Power = Annotated[float, within(0, 20000, "W", "is this in mW?", 1000)]
DataRate = Annotated[float, Field(ge=0, le=100000)]


class Component(Model):
    """A part of the satellite: its mass, its loads, how well it is known."""

    name: str = Field(description="The part's name; unique in the satellite.")
    mass_kg: Annotated[float, within(0, 10000, "kg", "is this in g?", 1000)] = Field(
        description="Mass of one unit."
    )
    count: int = Field(default=1, ge=1, le=1000, description="How many units.")
    maturity: Maturity = Field(default="new", description="Sets the mass and power growth allowance.")
    power_w: Power = Field(default=0.0, description="Power of one unit while it is on.")
    mode_power_w: dict[str, Power] = Field(
        default={}, description="Power of one unit in modes in which it is another, by their names."
    )
    data_rate_mbit_s: DataRate = Field(
        default=0.0, description="Payload data that one unit makes while it is on."
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

    def power_in_mode_w(self, mode: str) -> float:
        """Power of all its units in a mode that has it on [W]."""
        return self.count * self.mode_power_w.get(mode, self.power_w)


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
    data_rate_mbit_s: DataRate = Field(
        default=0.0, description="Payload data made while the mode is on, besides that of its parts."
    )
    attitude: Attitude | None = Field(
        default=None, description="How the body is held while it is on; of two modes the later one decides."
    )
