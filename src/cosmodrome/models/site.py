"""A cosmodrome: where it is, and the directions in which it may launch."""

import math
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.constants import EARTH_FLATTENING
from cosmodrome.models.quantity import Model, Quantity, within

WIDEST_TURN_DEG = 3.0  # of the plane during an ascent, to orbits below the pad's latitude


class Site(Model):
    """A launch site. The permitted sector runs clockwise from the first azimuth to the second."""

    name: str = Field(description="Catalog name, for example 'vostochny'.")
    title: str = Field(description="The name people use.")
    country: str = Field(default="", description="ISO 3166 code.")
    latitude_deg: Annotated[
        Quantity, within(-90, 90, "deg", "latitude runs from -90 to 90; are latitude and longitude swapped?")
    ] = Field(description="Geodetic latitude, north positive.")
    longitude_deg: Annotated[
        Quantity, within(-180, 180, "deg", "longitude runs from -180 to 180, east positive")
    ] = Field(description="Longitude, east positive.")
    altitude_m: Annotated[Quantity, within(-100, 20000, "m", "height of the pad above the ellipsoid")] = (
        Field(description="Height above the WGS-84 ellipsoid.")
    )
    azimuth_min_deg: Annotated[Quantity, within(0, 360, "deg", "azimuth is clockwise from north")] = Field(
        description="Start of the permitted launch sector, clockwise from north."
    )
    azimuth_max_deg: Annotated[Quantity, within(0, 360, "deg", "azimuth is clockwise from north")] = Field(
        description="End of the permitted launch sector, clockwise from north."
    )
    inclinations: str = Field(default="", description="Orbits flown or agreed, as published.")
    notes: str = Field(default="", description="What a reader should know of this site.")
    confidence: str = Field(default="", description="How sure the compilers are.")

    @model_validator(mode="after")
    def _reject_an_empty_sector(self) -> "Site":
        if self.azimuth_min_deg.value == self.azimuth_max_deg.value:
            raise PydanticCustomError(
                "empty_sector",
                "azimuth_min_deg and azimuth_max_deg are both {value}: the launch sector is empty",
                {"value": f"{self.azimuth_min_deg.value:g}", "help": "0 and 360 permit every azimuth"},
            )
        return self

    @property
    def geocentric_latitude_deg(self) -> float:
        """Latitude of the pad seen from the Earth's center, to first order on the ellipsoid [deg]."""
        tangent = math.tan(math.radians(self.latitude_deg.value))
        return math.degrees(math.atan((1 - EARTH_FLATTENING) ** 2 * tangent))

    @property
    def turned_inclinations_deg(self) -> tuple[float, float]:
        """Inclinations that an ascent reaches if it turns its plane by up to 3 deg on the way [deg]."""
        lowest = max(abs(self.geocentric_latitude_deg) - WIDEST_TURN_DEG, 0.0)
        return lowest, 180.0 - lowest

    def turn_deg(self, inclination_deg: float) -> float:
        """How far an orbit's inclination lies below the pad's latitude, or above its supplement [deg]."""
        return max(abs(self.geocentric_latitude_deg) - min(inclination_deg, 180.0 - inclination_deg), 0.0)

    def permits_azimuth(self, azimuth_deg: float) -> bool:
        """Whether a launch toward this azimuth stays inside the permitted sector."""
        first, last = self.azimuth_min_deg.value, self.azimuth_max_deg.value
        width = (last - first) % 360 or 360.0
        return (azimuth_deg - first) % 360 <= width

    def __repr__(self) -> str:
        return f"<Site {self.name}: {self.latitude_deg.value:.3f} N {self.longitude_deg.value:.3f} E>"
