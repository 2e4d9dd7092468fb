"""A ground station: where it is, how it sees the sky, how it hears."""

from collections import Counter
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from cosmodrome.models.link import ReceiverChain, StationUplink, with_chain_noise
from cosmodrome.models.quantity import Model, reject, within

_FEWEST_COUNT = 3  # azimuths that go around a station


class Propagation(Model):
    """Long-term climate at a station, from the digital maps of ITU-R; makes its losses by ITU-R P.618."""

    rain_rate_exceeded_001_percent_mm_h: Annotated[
        float, within(0, 250, "mm/h", "this is the rate exceeded for 0.01 % of an average year")
    ] = Field(description="Rain rate exceeded for 0.01 % of an average year; ITU-R P.837.")
    rain_height_km: Annotated[float, within(-2, 8, "km", "is this in meters?")] = Field(
        description="Mean annual rain height above mean sea level; ITU-R P.839."
    )
    surface_temperature_k: Annotated[float, within(200, 330, "K", "is this in degrees Celsius?")] = Field(
        description="Annual mean temperature at the surface; ITU-R P.1510."
    )
    water_vapor_density_g_m3: Annotated[float, within(0, 40, "g/m3", "is this in kg/m3?")] = Field(
        description="Water vapor density at the surface, exceeded for 50 % of an average year; ITU-R P.836."
    )
    wet_refractivity_ppm: Annotated[float, within(0, 250, "ppm", "these are N-units, the wet part alone")] = (
        Field(
            description="Wet term of the surface refractivity, exceeded for 50 % of an average year; "
            "ITU-R P.453."
        )
    )
    cloud_liquid_water_kg_m2: Annotated[float, within(0, 10, "kg/m2", "is this in g/m2?")] = Field(
        description="Reduced columnar content of cloud liquid water, exceeded for 1 % of an average year; "
        "ITU-R P.840."
    )
    source: str = Field(min_length=1, description="Recommendations and the program that read their maps.")


class HorizonPoint(Model):
    """One corner of a station's skyline."""

    azimuth_deg: Annotated[float, within(0, 360, "deg", "azimuth runs clockwise from north, 0 to 360")] = (
        Field(description="Clockwise from north.")
    )
    elevation_deg: Annotated[
        float, within(0, 89, "deg", "this is the height of the skyline above the level, 0 to 89")
    ] = Field(description="Lowest elevation that is free at this azimuth.")


class Station(Model):
    """A ground station."""

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
    horizon_mask: tuple[HorizonPoint, ...] = Field(
        default=(),
        description="Skyline by azimuth, straight lines between its corners; on top of the minimum "
        "elevation.",
    )
    antenna_gain_dbi: Annotated[float, within(-10, 80, "dBi", "is this the dish diameter?")] = Field(
        description="Receive gain of the antenna at the downlink frequency."
    )
    system_noise_temperature_k: Annotated[float, within(10, 5000, "K", "is this a noise figure in dB?")] = (
        Field(description="System noise temperature at the antenna flange.")
    )
    chain: ReceiverChain | None = Field(
        default=None, description="The parts that make this noise, in place of the number."
    )
    pointing_loss_db: float = Field(default=0.5, ge=0, le=10, description="Loss by station pointing.")
    pointing_error_deg: float | None = Field(
        default=None, ge=0, lt=10, description="Makes the pointing loss, with the beam's width."
    )
    beamwidth_deg: float | None = Field(
        default=None, gt=0, le=360, description="Half-power width of the beam; from the gain if not given."
    )
    axial_ratio_db: float | None = Field(
        default=None, ge=0, le=60, description="Makes the polarization loss, with the satellite's."
    )
    uplink: StationUplink | None = Field(default=None, description="What it sends with.")
    atmospheric_loss_db: float = Field(
        default=1.0,
        ge=0,
        le=40,
        description="Gas, cloud, rain and scintillation at the mask elevation, where it has no propagation "
        "constants.",
    )
    propagation: Propagation | None = Field(
        default=None, description="Local propagation constants, which make the losses by ITU-R P.618."
    )
    source: str = Field(default="", description="Where the numbers are from.")

    _chain = model_validator(mode="before")(with_chain_noise)

    @field_validator("horizon_mask")
    @classmethod
    def _goes_around(cls, mask: tuple[HorizonPoint, ...]) -> tuple[HorizonPoint, ...]:
        turns = Counter(point.azimuth_deg % 360 for point in mask)
        twice = [f"{azimuth:g} deg" for azimuth, count in sorted(turns.items()) if count > 1]
        complaints = []
        if twice:
            complaints.append(
                (
                    f"the skyline has {', '.join(twice)} more than once",
                    "give each azimuth one elevation (360 is 0); for an upright edge, two azimuths 0.1 deg "
                    "apart",
                )
            )
        elif 0 < len(mask) < _FEWEST_COUNT:
            complaints.append(
                (
                    f"the skyline has {len(mask)} azimuth{'s' if len(mask) > 1 else ''}, "
                    f"at least {_FEWEST_COUNT} go around the station",
                    "give more azimuths; where one elevation holds all around, minimum_elevation_deg says it",
                )
            )
        reject(complaints)
        return mask
