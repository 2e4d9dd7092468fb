"""What a document states of the mission: figures that are held against what is computed."""

from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from cosmodrome.models.quantity import Model

StatedQuantity = Literal[
    "dry_mass_kg",
    "launch_mass_kg",
    "mean_load_w",
    "orbit_mean_generation_w",
    "depth_of_discharge_percent",
    "longest_eclipse_s",
    "orbital_period_s",
    "semi_major_axis_km",
    "eirp_dbw",
    "slant_range_km",
    "free_space_loss_db",
    "system_noise_temperature_k",
    "g_over_t_db_k",
    "eb_n0_db",
    "link_margin_db",
    "contacts_count",
    "contact_total_s",
    "contact_longest_s",
    "contact_mean_s",
    "downlink_capacity_bit",
    "data_rate_bit_s",
]
STATED_QUANTITIES: Final[tuple[str, ...]] = get_args(StatedQuantity)


class Stated(Model):
    """One figure of a document. It is an opinion about the mission, never an input to it."""

    quantity: StatedQuantity = Field(description="What is stated; the unit is in the name.")
    value: float = Field(description="The figure, in that unit.")
    of: str = Field(default="", description="Of which station, or stations with commas between.")
    span_days: Annotated[float, Field(gt=0, le=3660)] | None = Field(
        default=None, description="Days that a count or a sum is over."
    )
    tolerance_fraction: float = Field(
        default=0.02, gt=0, le=0.5, description="How near it must be; decibels as factors."
    )
    source: str = Field(default="", description="Where it is stated.")
