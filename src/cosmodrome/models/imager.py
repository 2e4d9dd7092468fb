"""The imager and the places to look at."""

import math
from typing import Annotated

from pydantic import Field

from cosmodrome.models.quantity import Model, above_zero, within


class ImagingTarget(Model):
    """A place to look at, on WGS-84."""

    name: str = Field(min_length=1, description="The place's name.")
    latitude_deg: Annotated[
        float, within(-90, 90, "deg", "latitude runs from -90 to 90; are latitude and longitude swapped?")
    ] = Field(description="Geodetic latitude, north positive.")
    longitude_deg: Annotated[
        float, within(-180, 180, "deg", "longitude runs from -180 to 180, east positive")
    ] = Field(description="Longitude, east positive.")
    minimum_elevation_deg: Annotated[float, within(0, 89, "deg", "0 is the horizon")] = Field(
        default=5.0, description="Elevation of the satellite from which the place counts as in view."
    )


class Imager(Model):
    """A line or frame imager in the visible or infrared."""

    component: str = Field(description="Name of the component that it is.")
    focal_length_mm: Annotated[
        float,
        above_zero("mm", "give the effective focal length"),
        within(1, 50000, "mm", "is this in m?", 1e-3),
    ] = Field(description="Effective focal length.")
    aperture_mm: Annotated[
        float,
        above_zero("mm", "give the diameter of the pupil"),
        within(1, 10000, "mm", "is this in m?", 1e-3),
    ] = Field(description="Diameter of the pupil.")
    pixel_pitch_um: Annotated[
        float,
        above_zero("um", "give the pitch of the detector"),
        within(0.5, 500, "um", "is this in mm?", 1e-3),
    ] = Field(description="Pitch of the pixels.")
    pixels_count: int = Field(ge=1, le=1_000_000, description="Pixels across the track.")
    wavelength_nm: Annotated[float, within(100, 20000, "nm", "is this in um?")] = Field(
        default=550.0, description="At which diffraction counts."
    )
    bands_count: int = Field(default=1, ge=1, le=1000, description="Spectral bands read out at once.")
    bits_count: int = Field(default=12, ge=1, le=32, description="Bits per pixel and band.")
    compression_ratio: float = Field(default=1.0, ge=1, le=1000, description="Raw over stored data.")
    max_off_nadir_deg: Annotated[float, within(0, 70, "deg", "is this in radians?")] = Field(
        default=30.0, description="How far from the nadir it may be turned."
    )
    minimum_sun_elevation_deg: float = Field(
        default=10.0, ge=-90, lt=90, description="Light that a picture needs."
    )
    source: str = Field(default="", description="Where the numbers are from.")

    @property
    def field_of_view_rad(self) -> float:
        """Across the track [rad]."""
        return 2 * math.atan(self.pixels_count * self.pixel_pitch_um / 2e3 / self.focal_length_mm)
