"""A ground station: where it is, how it sees the sky, how it hears."""

from collections import Counter
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from cosmodrome.models.link import Diameter, Efficiency, ReceiverChain, StationUplink, with_chain_noise
from cosmodrome.models.quantity import Complaint, Model, reject, within
from cosmodrome.models.radios import line_twice
from cosmodrome.physics.antennas import dish_gain_dbi

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


class Ground(Model):
    """Where a station is, and which part of the sky is free."""

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


class Antenna(Model):
    """An antenna on the ground: how it hears, what it sends with, and what the path takes."""

    antenna_gain_dbi: Annotated[float, within(-10, 80, "dBi", "is this the dish diameter?")] | None = Field(
        default=None,
        description="Receive gain of the antenna at the downlink frequency; that of the dish if not given.",
    )
    dish_diameter_m: Diameter | None = Field(
        default=None, description="Of a dish, whose gain follows at each frequency."
    )
    aperture_efficiency_ratio: Efficiency = Field(default=0.6, description="Of that dish.")
    system_noise_temperature_k: Annotated[float, within(10, 5000, "K", "is this a noise figure in dB?")] = (
        Field(description="System noise temperature after the line; worked out where `chain` is given.")
    )
    line_loss_db: float = Field(
        default=0.0,
        ge=0,
        le=20,
        description="From the antenna to where that noise temperature holds; none at the antenna flange.",
    )
    chain: ReceiverChain | None = Field(
        default=None,
        description="The parts that make this noise, at the antenna flange.",
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
        description="Gas, cloud, rain and scintillation at the mask elevation, where the station has no "
        "propagation constants.",
    )
    ionospheric_loss_db: float = Field(
        default=0.0, ge=0, le=40, description="Loss in the ionosphere, beside that of the atmosphere."
    )
    source: str = Field(default="", description="Where the numbers are from.")

    _chain = model_validator(mode="before")(with_chain_noise)

    @model_validator(mode="after")
    def _has_a_gain_and_one_line(self) -> "Antenna":
        complaints = line_twice(self.chain, self.line_loss_db)
        if self.antenna_gain_dbi is None and self.dish_diameter_m is None:
            text = "no gain: antenna_gain_dbi is missing"
            complaints.append(Complaint(text, "give antenna_gain_dbi, or dish_diameter_m"))
        sends = self.uplink
        if sends is not None and sends.antenna_gain_dbi is None and self.sending_dish_m is None:
            text = "no gain: antenna_gain_dbi is missing"
            help = "give antenna_gain_dbi, or dish_diameter_m, of the uplink or of the station"
            complaints.append(Complaint(text, help, ("uplink",)))
        reject(complaints)
        return self

    @property
    def sending_dish_m(self) -> float | None:
        """Diameter of the dish that sends; None where none is given [m]."""
        own = None if self.uplink is None else self.uplink.dish_diameter_m
        return self.dish_diameter_m if own is None else own

    def gain_dbi(self, frequency_mhz: float) -> float:
        """Receive gain at a carrier: as given, else that of the dish [dBi]."""
        if self.antenna_gain_dbi is not None:
            return self.antenna_gain_dbi
        assert self.dish_diameter_m is not None  # the validator's word
        return dish_gain_dbi(self.dish_diameter_m, 1e6 * frequency_mhz, self.aperture_efficiency_ratio)

    def sending_gain_dbi(self, frequency_mhz: float) -> float:
        """Transmit gain at a carrier: as given, else that of the uplink's dish or of the station's [dBi]."""
        assert self.uplink is not None
        if self.uplink.antenna_gain_dbi is not None:
            return self.uplink.antenna_gain_dbi
        diameter_m = self.sending_dish_m
        assert diameter_m is not None  # the validator's word
        return dish_gain_dbi(diameter_m, 1e6 * frequency_mhz, self.sending_efficiency_ratio)

    @property
    def sending_efficiency_ratio(self) -> float:
        """Aperture efficiency of the dish that sends."""
        if self.uplink is not None and self.uplink.dish_diameter_m is not None:
            return self.uplink.aperture_efficiency_ratio
        return self.aperture_efficiency_ratio


class FurtherAntenna(Antenna):
    """Another antenna of a station, for the radios that it names."""

    radios: tuple[str, ...] = Field(
        min_length=1,
        description="Names of the satellite's further transmitters and receivers that it serves; "
        "'transmitter' and 'receiver' are the payload downlink and the command receiver.",
    )


class Station(Antenna, Ground):
    """A ground station."""

    propagation: Propagation | None = Field(
        default=None, description="Local propagation constants, which make the losses by ITU-R P.618."
    )
    more_antennas: tuple[FurtherAntenna, ...] = Field(
        default=(), description="Further antennas; the station's own keys are those of its first."
    )

    def for_radio(self, radio: str) -> "Station":
        """The same station with the antenna that serves a radio.

        Parameters
        ----------
        radio : str
            Its name; 'transmitter' or 'receiver' for the payload downlink or the command receiver.
        """
        for antenna in self.more_antennas:
            if radio in antenna.radios:
                fields = {name: getattr(antenna, name) for name in Antenna.model_fields}
                return self.model_copy(update=fields)
        return self
