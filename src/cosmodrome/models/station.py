"""A ground station: where it is, how it sees the sky, how it hears."""

from typing import Annotated

from pydantic import Field

from cosmodrome.models.quantity import Model, within


class Station(Model):
    """A ground station. Propagation losses hold for its band and its minimum elevation."""

    name: str = Field(description="The station's name.")
    latitude_deg: Annotated[
        float, within(-90, 90, "deg", "latitude runs from -90 to 90; are latitude and longitude swapped?")
    ] = Field(description="Geodetic latitude, north positive.")
    longitude_deg: Annotated[
        float, within(-180, 180, "deg", "longitude runs from -180 to 180, east positive")
    ] = Field(description="Longitude, east positive.")
    altitude_m: Annotated[float, within(-450, 6000, "m", "is this in feet?")] = Field(
        default=0.0, description="Height above the WGS-84 ellipsoid."
    )
    minimum_elevation_deg: float = Field(default=5.0, ge=0, lt=90, description="Elevation mask.")
    antenna_gain_dbi: Annotated[float, within(-10, 80, "dBi", "is this the dish diameter?")] = Field(
        description="Receive gain of the antenna at the downlink frequency."
    )
    system_noise_temperature_k: Annotated[float, within(10, 5000, "K", "is this a noise figure in dB?")] = (
        Field(description="System noise temperature at the antenna flange.")
    )
    pointing_loss_db: float = Field(default=0.5, ge=0, le=10, description="Loss by station pointing.")
    atmospheric_loss_db: float = Field(
        default=1.0, ge=0, le=40, description="Gas, cloud, rain and scintillation at the mask elevation."
    )
    source: str = Field(default="", description="Where the numbers are from.")
