"""Which maneuvers the propulsion is for."""

from typing import Annotated

from pydantic import Field

from cosmodrome.models.quantity import Model, within


class Maneuvers(Model):
    """Maneuvers of the working life that are computed; disposal is always looked at."""

    corrects_injection: bool = Field(
        default=True, description="Whether what the launch vehicle misses is corrected."
    )
    corrects_node: bool = Field(
        default=False, description="Whether the node is turned too; else it is left to drift."
    )
    keeps_orbit: bool = Field(
        default=False, description="Whether thrust makes up for drag, so that the altitude stays."
    )
    phasing_angle_deg: Annotated[float, within(0, 180, "deg", "is this in radians?")] = Field(
        default=0.0, description="To move along the orbit by, once."
    )
    phasing_days: Annotated[float, within(0.1, 1000, "days", "is this in hours?", 24)] = Field(
        default=30.0, description="Time for that."
    )
    collision_avoidance_m_s_per_year: Annotated[
        float, within(0, 100, "m/s per year", "is this in cm/s?", 100)
    ] = Field(default=0.0, description="Allowance for evading debris.")
