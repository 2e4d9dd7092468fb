"""How a satellite is pointed: what disturbs it, what it is asked to turn, and which errors add up."""

from typing import Annotated

from pydantic import Field, model_validator

from cosmodrome.models.body import Offset
from cosmodrome.models.quantity import Complaint, Model, above_zero, named_twice, reject, within

_Inertia = Annotated[
    float,
    above_zero("kg m2", "give the moment of inertia about each principal axis"),
    within(1e-5, 1e6, "kg m2", "is this in kg cm2?", 1e4),
]
_Dipole = Annotated[float, within(-1000, 1000, "A m2", "is this in mA m2?", 1000)]


class PointingError(Model):
    """One contributor to the pointing error, independent of the others."""

    name: str = Field(min_length=1, description="What errs.")
    error_deg: Annotated[float, within(0, 90, "deg", "is this in arcseconds?", 3600)] = Field(
        description="Its error, at the sigma level of the requirement."
    )
    source: str = Field(default="", description="Where the number is from.")


class AttitudeControl(Model):
    """The satellite as a body to be held; axes as in the nadir attitude: x forward, z down.

    Pointing to the Sun, z points at it.
    """

    principal_inertia_kg_m2: tuple[_Inertia, _Inertia, _Inertia] = Field(
        description="Moments of inertia about x, y and z."
    )
    tilt_deg: Annotated[float, within(0, 90, "deg", "is this in radians?")] = Field(
        default=1.0,
        description="Of the principal axes off the pointing axes, about x and about y: misalignment, or "
        "pointing off the nadir.",
    )
    pressure_offset_m: tuple[Offset, Offset, Offset] = Field(
        default=(0.0, 0.0, 0.0),
        description="From the center of mass to the center of pressure of air and sunlight; of panels that "
        "track the Sun, and of faces without center_m, where the faces are what they press on.",
    )
    residual_dipole_a_m2: tuple[_Dipole, _Dipole, _Dipole] = Field(
        default=(0.0, 0.0, 0.0), description="Magnetic dipole that is left when the torquers are off."
    )
    unload_orbits_count: float = Field(
        default=1.0, gt=0, le=1000, description="Orbits over which momentum piles up before it is unloaded."
    )
    slew_angle_deg: Annotated[float, within(0, 180, "deg", "is this in radians?")] = Field(
        default=30.0, description="Turn that the slew requirement is about."
    )
    pointing_errors: tuple[PointingError, ...] = Field(
        default=(), description="Contributors to the pointing error; their root sum square counts."
    )

    @model_validator(mode="after")
    def _is_a_body(self) -> "AttitudeControl":
        small, middle, large = sorted(self.principal_inertia_kg_m2)
        if large > 1.001 * (small + middle):
            text = (
                f"a moment of inertia of {large:g} kg m2 exceeds the sum of the other two, "
                f"{small + middle:g} kg m2"
            )
            help = "no body has that; the largest is at most the sum of the other two"
            reject([Complaint(text, help, ("principal_inertia_kg_m2",))])
        return self

    @model_validator(mode="after")
    def _errs_once(self) -> "AttitudeControl":
        help = "give each contributor once"
        reject(named_twice(self.pointing_errors, "pointing error", help, ("pointing_errors",)))
        return self
