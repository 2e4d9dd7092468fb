"""The body of a satellite: its faces, what they are covered with, and how heat flows between them."""

import math
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from cosmodrome.models.quantity import Complaint, Model, named_twice, reject, within

Attitude = Literal["nadir", "sun", "target", "tumbling"]
Offset = Annotated[float, within(-20, 20, "m", "is this in mm?", 1000)]


class Finish(Model):
    """A surface: what it takes of sunlight, and what it radiates."""

    name: str = Field(description="What it is.")
    solar_absorptance_ratio: float = Field(ge=0, le=1, description="Share of sunlight that it absorbs.")
    infrared_emissivity_ratio: float = Field(gt=0, le=1, description="Share of a black body's radiation.")
    source: str = Field(default="", description="Where the numbers are from.")


class BodyFace(Model):
    """A flat side of the body, or of a panel that is fixed to it; faces do not shade each other."""

    name: str = Field(description="Its name.")
    area_m2: Annotated[float, within(1e-4, 500, "m2", "is this in cm2?", 10000)] = Field(description="Area.")
    normal: tuple[float, float, float] = Field(
        description="Outward direction in body axes: held to nadir, x is forward and z down; held to the "
        "Sun, z points at it."
    )
    finish: Finish = Field(description="What covers it, by its name in the catalog.")
    cell_area_m2: float = Field(default=0.0, ge=0, description="Part of it that cells cover.")
    areal_mass_kg_m2: float = Field(
        default=5.0, gt=0, le=100, description="Mass that warms and cools with it."
    )
    conductance_w_k: float | None = Field(
        default=None, ge=0, description="From it to the inside; the body's where it is left out."
    )
    center_m: tuple[Offset, Offset, Offset] | None = Field(
        default=None,
        description="Its middle from the center of mass, body axes; air and sunlight press there.",
    )

    @field_validator("normal")
    @classmethod
    def _points_somewhere(cls, normal: tuple[float, float, float]) -> tuple[float, float, float]:
        if not math.hypot(*normal) > 0:
            reject([("the normal is zero", "give a direction such as [1, 0, 0]")])
        return normal

    @model_validator(mode="after")
    def _holds_its_cells(self) -> "BodyFace":
        if self.cell_area_m2 > self.area_m2:
            text = f"face '{self.name}' of {self.area_m2:g} m2 carries {self.cell_area_m2:g} m2 of cells"
            reject([Complaint(text, "cell_area_m2 is a part of area_m2", ("cell_area_m2",))])
        return self


class Environment(Model):
    """What comes from Sun and Earth."""

    solar_flux_w_m2: Annotated[float, within(1000, 2000, "W/m2")] = Field(description="Sunlight.")
    albedo_ratio: float = Field(ge=0, le=1, description="Share of sunlight that the Earth reflects.")
    earth_infrared_w_m2: float = Field(ge=0, le=500, description="Radiation of the Earth at its surface.")
    source: str = Field(default="", description="Where the numbers are from.")


_SOURCE = "Ivezic (2021), doi:10.15406/aaoaj.2021.05.00130"


class Body(Model):
    """Faces and thermal model; each face is a node, the inside is another."""

    faces: tuple[BodyFace, ...] = Field(min_length=1, description="Its sides and fixed panels.")
    nodes: Literal["faces", "one"] = Field(default="faces", description="one: all of it has one temperature.")
    specific_heat_j_kg_k: Annotated[float, within(100, 5000, "J/(kg K)")] = Field(
        default=900.0, description="Of the dry mass; aluminum."
    )
    conductance_w_k: float = Field(default=1.0, ge=0, description="From each face to the inside.")
    edge_conductance_w_k: float = Field(default=0.0, ge=0, description="Between faces that meet at an edge.")
    heater: str | None = Field(default=None, description="Component that heats; left out of other heat.")
    temperature_margin_k: float = Field(
        default=10.0, ge=0, le=50, description="Kept to the limits on both sides, for the model's error."
    )
    hot: Environment = Field(
        default=Environment(
            solar_flux_w_m2=1422.0, albedo_ratio=0.35, earth_infrared_w_m2=260.0, source=_SOURCE
        ),
        description="Most that comes from outside.",
    )
    cold: Environment = Field(
        default=Environment(
            solar_flux_w_m2=1322.0, albedo_ratio=0.25, earth_infrared_w_m2=220.0, source=_SOURCE
        ),
        description="Least that comes from outside.",
    )

    @model_validator(mode="after")
    def _names_are_unique(self) -> "Body":
        reject(named_twice(self.faces, "face", "give each face its own name", ("faces",)))
        return self

    @model_validator(mode="after")
    def _inside_is_joined(self) -> "Body":
        links = [self.conductance_w_k if f.conductance_w_k is None else f.conductance_w_k for f in self.faces]
        if self.nodes == "faces" and not any(links):
            help = 'give conductance_w_k, or nodes = "one"'
            text = "the inside is joined to no face, so its heat stays in it"
            reject([Complaint(text, help)])
        return self

    @property
    def cell_area_m2(self) -> float:
        """Area of the cells on all faces [m2]."""
        return sum(face.cell_area_m2 for face in self.faces)
