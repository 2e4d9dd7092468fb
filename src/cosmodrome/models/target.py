"""The orbit asked for, as tagged variants; altitudes are above the equatorial radius."""

import math
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, field_validator, model_validator
from pydantic_core import PydanticCustomError

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.quantity import Model, reject, within
from cosmodrome.physics.elements import sun_synchronous_inclination_rad


def _above_the_surface(altitude_km: float) -> float:
    if altitude_km < 0:
        raise PydanticCustomError(
            "below_surface",
            "{value} km is below the Earth's surface",
            {
                "value": f"{altitude_km:g}",
                "help": "give the altitude above 6378.137 km; an orbit's perigee lies at least 120 km up",
            },
        )
    return altitude_km


Altitude = Annotated[
    float,
    AfterValidator(_above_the_surface),
    within(
        120,
        100000,
        "km",
        "below 120 km the air ends an orbit within a revolution; altitudes are in km",
        1000,
        help_above="is this in m?",
    ),
]
RaanTolerance = Annotated[
    float, within(0, 90, "deg", "this is how far the node may lie to either side of raan_deg")
]
_RAAN_TOLERANCE: float = Field(
    default=0.0, description="How far the node may be off to either side; makes launch windows intervals."
)
Inclination = Annotated[float, within(0, 180, "deg", "inclination runs from 0 to 180")]


def _refuse_tolerance_of_nothing(raan_deg: float | None, tolerance_deg: float) -> None:
    if tolerance_deg and raan_deg is None:
        help = "give raan_deg, or leave the tolerance out: without raan_deg any node will do"
        reject([("raan_tolerance_deg stands without raan_deg", help)])


class CircularTarget(Model):
    """A circular orbit; the node is free unless a RAAN is given."""

    kind: Literal["circular"] = Field(description="A circular orbit.")
    altitude_km: Altitude = Field(description="Altitude above 6378.137 km.")
    inclination_deg: Inclination = Field(description="Inclination.")
    raan_deg: float | None = Field(
        default=None, ge=0, lt=360, description="Right ascension of the ascending node (GCRF)."
    )
    raan_tolerance_deg: RaanTolerance = _RAAN_TOLERANCE

    @model_validator(mode="after")
    def _tolerates_a_node(self) -> "CircularTarget":
        _refuse_tolerance_of_nothing(self.raan_deg, self.raan_tolerance_deg)
        return self

    @property
    def perigee_altitude_km(self) -> float:
        """Altitude of the perigee [km]."""
        return self.altitude_km

    @property
    def apogee_altitude_km(self) -> float:
        """Altitude of the apogee [km]."""
        return self.altitude_km


class EllipticalTarget(Model):
    """An elliptical orbit; the argument of perigee is free unless given."""

    kind: Literal["elliptical"] = Field(description="An elliptical orbit.")
    perigee_altitude_km: Altitude = Field(description="Perigee altitude above 6378.137 km.")
    apogee_altitude_km: Altitude = Field(description="Apogee altitude above 6378.137 km.")
    inclination_deg: Inclination = Field(description="Inclination.")
    argument_of_perigee_deg: float | None = Field(
        default=None, ge=0, lt=360, description="Free if not given."
    )
    raan_deg: float | None = Field(
        default=None, ge=0, lt=360, description="Right ascension of the ascending node (GCRF)."
    )
    raan_tolerance_deg: RaanTolerance = _RAAN_TOLERANCE

    @model_validator(mode="after")
    def _perigee_is_lowest(self) -> "EllipticalTarget":
        if self.perigee_altitude_km > self.apogee_altitude_km:
            raise PydanticCustomError(
                "apsides",
                "perigee_altitude_km {low} is above apogee_altitude_km {high}",
                {
                    "low": f"{self.perigee_altitude_km:g}",
                    "high": f"{self.apogee_altitude_km:g}",
                    "help": "swap the two",
                },
            )
        _refuse_tolerance_of_nothing(self.raan_deg, self.raan_tolerance_deg)
        return self


class SunSynchronousTarget(Model):
    """A circular sun-synchronous orbit; the local time fixes the node."""

    kind: Literal["sun-synchronous"] = Field(description="A circular sun-synchronous orbit.")
    altitude_km: Altitude = Field(description="Altitude above 6378.137 km.")
    ltan: str = Field(description="Mean local time of the ascending node, 'HH:MM'.")
    ltan_tolerance_min: Annotated[
        float, within(0, 360, "min", "this is how far the node may lie to either side of ltan; is this in s?")
    ] = Field(
        default=0.0, description="How far the node may be off to either side; makes launch windows intervals."
    )

    @field_validator("ltan")
    @classmethod
    def _is_a_time_of_day(cls, ltan: str) -> str:
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", ltan):
            raise PydanticCustomError(
                "ltan", "'{value}' is not a time of day", {"value": ltan, "help": 'write it as "10:30"'}
            )
        return ltan

    @property
    def ltan_h(self) -> float:
        """Mean local time of the ascending node [h]."""
        hours, minutes = self.ltan.split(":")
        return int(hours) + int(minutes) / 60

    @property
    def inclination_deg(self) -> float:
        """Inclination whose node follows the mean Sun [deg]."""
        radius_m = EARTH_EQUATORIAL_RADIUS_M + 1e3 * self.altitude_km
        return math.degrees(sun_synchronous_inclination_rad(radius_m))

    @property
    def perigee_altitude_km(self) -> float:
        """Altitude of the perigee [km]."""
        return self.altitude_km

    @property
    def apogee_altitude_km(self) -> float:
        """Altitude of the apogee [km]."""
        return self.altitude_km


Target = Annotated[CircularTarget | EllipticalTarget | SunSynchronousTarget, Field(discriminator="kind")]
