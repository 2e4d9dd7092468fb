"""Where a satellite's power is from and where it is kept: cells, solar array, battery."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from cosmodrome.models.quantity import Model, reject, within
from cosmodrome.physics.power import PowerPath, power_path_ratios

Efficiency = Annotated[float, within(0.02, 0.5, "(ratio)", "is this in percent?", 100)]


class Cell(Model):
    """A type of solar cell, at 28 deg C and beginning of life unless said."""

    name: str = Field(description="The type.")
    efficiency_ratio: Efficiency = Field(description="At maximum power.")
    efficiency_change_per_k: Annotated[
        float, within(-0.01, 0, "/K", "a relative change such as -0.0023; is this in percent?", 100)
    ] = Field(default=0.0, description="Relative change of maximum power with temperature.")
    degradation_per_year_fraction: float = Field(
        default=0.005, ge=0, lt=0.3, description="Loss of output per year."
    )
    fluence_knee_per_cm2: float | None = Field(
        default=None, gt=0, description="1 MeV electrons at which the loss begins (JPL 82-69)."
    )
    fluence_slope_fraction: float | None = Field(
        default=None, gt=0, lt=1, description="Loss per decade of fluence above it."
    )
    solar_absorptance_ratio: float = Field(
        default=0.92, ge=0, le=1, description="Share of sunlight that it absorbs (Ivezic 2021)."
    )
    infrared_emissivity_ratio: float = Field(
        default=0.85, gt=0, le=1, description="Of its cover glass (Ivezic 2021)."
    )
    source: str = Field(default="", description="Where the numbers are from.")


class SolarArray(Model):
    """A solar array; degradation compounds per year of life, or follows a fluence."""

    area_m2: Annotated[float, within(0.0005, 500, "m2", "is this in cm2?", 10000)] | None = Field(
        default=None, description="Panel area; with cells on the faces of the body it is theirs."
    )
    cell: Cell | None = Field(default=None, description="Type of cell, by its name in the catalog.")
    cell_efficiency_ratio: Efficiency | None = Field(
        default=None, description="Cell efficiency at beginning of life, at 28 deg C, where no type is named."
    )
    inherent_degradation_ratio: float = Field(
        default=0.77,
        gt=0,
        le=1,
        description="Packing, temperature, shadowing and assembly, beginning of life; without temperature "
        "where that is followed.",
    )
    degradation_per_year_fraction: float | None = Field(
        default=None, ge=0, lt=0.3, description="Loss of output per year; that of the type of cell, or 0.005."
    )
    fluence_per_cm2: float | None = Field(
        default=None, ge=0, description="1 MeV electrons over the life, in place of a loss per year."
    )
    operating_temperature_c: Annotated[float, within(-150, 200, "deg C", "is this in K?")] | None = Field(
        default=None,
        description="Of the cells in sunlight; of those on faces it is worked out where the inherent "
        "degradation is given.",
    )
    mounting: Literal["sun-tracking", "fixed-zenith", "fixed-orbit-normal", "faces"] = Field(
        default="sun-tracking", description="How the panel is held to the Sun; faces: cells on the body."
    )
    pointing_error_deg: float = Field(
        default=5.0, ge=0, lt=90, description="Off-pointing of a tracking array."
    )
    power_path: PowerPath | None = Field(
        default=None, description="Sets the efficiencies of the path as SMAD does, in place of the three."
    )
    regulation_efficiency_ratio: float = Field(
        default=0.85, gt=0, le=1, description="Array to bus: regulator, diodes, harness (SMAD X_d)."
    )
    component: str | None = Field(
        default=None, description="Name of the component that it is; a larger array weighs more by it."
    )
    source: str = Field(default="", description="Where the numbers are from.")

    @model_validator(mode="after")
    def _says_each_thing_once(self) -> "SolarArray":
        given = self.model_fields_set
        complaints = []
        if self.area_m2 is None and self.mounting != "faces":
            complaints.append(("the array has no area", 'give area_m2, or mounting = "faces"'))
        if (self.cell is None) is (self.cell_efficiency_ratio is None):
            said = "no cells" if self.cell is None else "its cells' efficiency twice"
            complaints.append((f"the array has {said}", "give either cell or cell_efficiency_ratio"))
        if self.power_path is not None and "regulation_efficiency_ratio" in given:
            complaints.append(
                ("the array's path has two efficiencies", "give power_path or regulation_efficiency_ratio")
            )
        if self.fluence_per_cm2 is not None and (self.cell is None or self.cell.fluence_knee_per_cm2 is None):
            complaints.append(
                ("a fluence is given, but not what it does", "name a cell with fluence_knee_per_cm2")
            )
        if self.operating_temperature_c is not None and "inherent_degradation_ratio" not in given:
            help = "give inherent_degradation_ratio without temperature; SMAD's nominal assembly is 0.85"
            complaints.append(("the array's temperature counts twice", help))
        reject(complaints)
        return self

    @property
    def efficiency_ratio(self) -> float:
        """Cell efficiency at beginning of life and 28 deg C."""
        stated = self.cell.efficiency_ratio if self.cell is not None else self.cell_efficiency_ratio
        assert stated is not None  # the validator's word
        return stated

    @property
    def surface(self) -> tuple[float, float]:
        """Solar absorptance and infrared emissivity of the cells."""
        cell = (
            self.cell if self.cell is not None else Cell(name="cell", efficiency_ratio=self.efficiency_ratio)
        )
        return cell.solar_absorptance_ratio, cell.infrared_emissivity_ratio

    @property
    def loss_per_year_fraction(self) -> float:
        """Loss of output per year."""
        if self.degradation_per_year_fraction is not None:
            return self.degradation_per_year_fraction
        return self.cell.degradation_per_year_fraction if self.cell is not None else 0.005

    @property
    def daylight_path_ratio(self) -> float:
        """Efficiency from the array to the bus, X_d."""
        if self.power_path is None:
            return self.regulation_efficiency_ratio
        return power_path_ratios(self.power_path)[0]


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
    fade: Literal["stated", "cycles"] = Field(
        default="stated", description="cycles: the capacity left is checked by cycles, depth and age."
    )
    temperature_c: Annotated[float, within(-20, 60, "deg C", "is this in K?")] = Field(
        default=20.0, description="Mean temperature, for its fade."
    )
    component: str | None = Field(
        default=None, description="Name of the component that it is; a larger battery weighs more by it."
    )
    source: str = Field(default="", description="Where the numbers are from.")
