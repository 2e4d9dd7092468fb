"""What shields the parts from the radiation belts, and how much more than expected they must stand."""

from typing import Annotated, Final

from pydantic import Field

from cosmodrome.models.quantity import Model, within

SHIELDING_MM: Final = (0.1, 20.0)  # where the dose is worked out

Shielding = Annotated[
    float, within(*SHIELDING_MM, "mm", "of aluminum; other masses count by their mass per area")
]
Dose = Annotated[float, within(0.01, 1e5, "krad", "krad in silicon; is this in rad or in Gy?")]


class Radiation(Model):
    """Shielding of the parts; with it the dose of the radiation belts is worked out."""

    shielding_mm: Shielding = Field(
        description="Aluminum to all sides of a part that states none of its own."
    )
    design_margin_ratio: float = Field(
        default=2.0, ge=1, le=100, description="What a part stands over what it gets: the models' error."
    )
