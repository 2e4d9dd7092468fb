"""A whole mission: what flies, from where, to where, and what is asked of it."""

from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.imager import ImagingTarget
from cosmodrome.models.maneuvers import Maneuvers
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.quantity import Complaint, Model, named_twice, reject, within
from cosmodrome.models.radio_plan import radio_complaints
from cosmodrome.models.satellite import Satellite
from cosmodrome.models.site import Site
from cosmodrome.models.stated import Stated, subject_complaints
from cosmodrome.models.station import Station
from cosmodrome.models.target import Target
from cosmodrome.models.vehicle import Vehicle

# Below it rain and clouds cost half a decibel at 5 degrees for 99 % of a year, in the tropics up to 1.7 dB.
WEATHERLESS_FREQUENCY_MHZ: Final = 5000.0
_NEEDS: Final = MappingProxyType(
    {
        "pointing_deg": "[satellite.attitude_control]",
        "slew_duration_s": "[satellite.attitude_control]",
        "ground_sample_distance_m": "[satellite.imager]",
        "swath_km": "[satellite.imager]",
        "revisit_days": "[satellite.imager]",
        "maneuvers": "[satellite.propulsion]",
    }
)


class Requirements(Model):
    """What the mission is held against. Each that is given becomes a check."""

    payload_mass_kg: Annotated[float, within(0.1, 200000, "kg")] | None = Field(
        default=None, description="Mass to lift where no satellite is described."
    )
    earliest_launch: date = Field(
        default=date(2027, 1, 1), description="Windows are searched from here (UTC)."
    )
    pad_lighting: Literal["daylight", "darkness"] | None = Field(
        default=None, description="Light on the pad at lift-off; any where it is left out."
    )
    lifetime_years: Annotated[float, within(0.01, 30, "years", "is this in days?")] = Field(
        default=3.0, description="Working life."
    )
    solar_activity: Literal["low", "mean", "high"] | None = Field(
        default=None,
        description="Course of solar activity to judge by; if not given, high for the working life, for drag "
        "and torques, and mean for re-entry.",
    )
    downlink_margin_db: float = Field(default=3.0, ge=0, le=20, description="Least link margin.")
    uplink_margin_db: float = Field(default=3.0, ge=0, le=20, description="Least margin of commands.")
    link_availability_fraction: (
        Annotated[float, within(0.95, 0.99999, "(fraction)", "is this in percent?", 100)] | None
    ) = Field(
        default=None,
        description="Share of an average year in which the weather lets the links close; 0.99 if not given.",
    )
    data_latency_h: float | None = Field(
        default=None, gt=0, le=10000, description="Greatest age of payload data when it comes down."
    )
    data_volume_gbit_per_day: float | None = Field(
        default=None, ge=0, description="Payload data to deliver each day."
    )
    maneuver_delta_v_m_s: float = Field(
        default=0.0, ge=0, le=5000, description="Orbit keeping and avoidance over the working life."
    )
    maneuver_delta_v_basis: Literal["allowance", "computed"] = Field(
        default="allowance",
        description="How that number was found, for its margin: one without an analysis is an allowance.",
    )
    maneuvers: Maneuvers | None = Field(
        default=None, description="Maneuvers to compute, beside maneuver_delta_v_m_s."
    )
    disposal_rule_years: Literal[5, 25] = Field(
        default=5, description="Years to re-entry after the end of the mission."
    )
    pointing_deg: Annotated[float, within(1e-5, 90, "deg", "is this in arcseconds?", 3600)] | None = Field(
        default=None, description="Largest pointing error."
    )
    slew_duration_s: Annotated[float, within(0.1, 86400, "s", "is this in minutes?")] | None = Field(
        default=None, description="Longest time for the slew of [satellite.attitude_control]."
    )
    ground_sample_distance_m: Annotated[float, within(0.01, 10000, "m", "is this in km?")] | None = Field(
        default=None, description="Coarsest sample distance at the nadir."
    )
    swath_km: Annotated[float, within(0.01, 5000, "km", "is this in m?", 1000)] | None = Field(
        default=None, description="Narrowest swath at the nadir."
    )
    revisit_days: Annotated[float, within(0.001, 1000, "days", "is this in hours?", 24)] | None = Field(
        default=None, description="Longest time between two opportunities to image a target."
    )
    imaging_targets: tuple[ImagingTarget, ...] = Field(
        default=(), description="Places to look at: of the revisit requirement, and of modes over targets."
    )


class Mission(Model):
    """Everything that the question 'does this mission close?' needs."""

    name: str = Field(min_length=1, description="The mission's name; the output folder is named after it.")
    vehicle: Vehicle = Field(description="The launch vehicle.")
    site: Site = Field(description="The launch site.")
    target: Target = Field(description="The orbit asked for.")
    satellite: Satellite | None = Field(
        default=None, description="The satellite; without it only the lift is judged."
    )
    stations: tuple[Station, ...] = Field(default=(), description="Ground stations.")
    requirements: Requirements = Field(default_factory=Requirements, description="What is asked.")
    policy: MarginPolicy = Field(default_factory=MarginPolicy, description="Allowances.")
    stated: tuple[Stated, ...] = Field(
        default=(), description="Figures of documents, held against what is computed; they change nothing."
    )

    @model_validator(mode="after")
    def _each_station_has_its_name(self) -> "Mission":
        reject(
            named_twice(self.stations, "station", "list it once, or give each its own name", ("stations",))
        )
        return self

    @model_validator(mode="after")
    def _weather_is_known(self) -> "Mission":
        """Losses for a share of the year need a climate, where the weather costs much."""
        asked, satellite = self.requirements.link_availability_fraction, self.satellite
        if asked is None or satellite is None:
            return self
        radios = (*satellite.transmitters, *satellite.receivers)
        frequency_mhz = max((radio.frequency_mhz for radio in radios), default=0.0)
        if frequency_mhz > WEATHERLESS_FREQUENCY_MHZ:
            reject(
                [
                    Complaint(
                        f"station '{station.name}' has no propagation constants, which losses at "
                        f"{frequency_mhz:g} MHz for {100 * asked:g} % of the year need",
                        "give it a [propagation] table, or leave link_availability_fraction out to use its "
                        "atmospheric_loss_db",
                        ("stations", number, "name"),
                    )
                    for number, station in enumerate(self.stations)
                    if station.propagation is None
                ]
            )
        return self

    @model_validator(mode="after")
    def _radios_and_stations_agree(self) -> "Mission":
        reject(radio_complaints(self.satellite, self.stations))
        return self

    @model_validator(mode="after")
    def _has_what_is_asked_about(self) -> "Mission":
        """Refuse requirements on what the satellite does not have."""
        reject(
            [
                Complaint(
                    f"requirements.{key} is asked of a mission without {table}",
                    f"give {table}, or leave {key} out",
                    ("requirements", key),
                )
                for key, table in _NEEDS.items()
                if getattr(self.requirements, key) is not None and not self._has(table)
            ]
        )
        return self

    @model_validator(mode="after")
    def _knows_its_targets(self) -> "Mission":
        """Places to look at are there where they are asked about, each once."""
        asked = self.requirements
        complaints = []
        if asked.revisit_days is not None and not asked.imaging_targets:
            text = "requirements.revisit_days is asked without a place to see"
            complaints.append(Complaint(text, "give imaging_targets", ("requirements", "revisit_days")))
        help, place = "give each place its own name", ("requirements", "imaging_targets")
        complaints += named_twice(asked.imaging_targets, "imaging target", help, place)
        reject(complaints)
        return self

    @model_validator(mode="after")
    def _modes_over_targets_have_some(self) -> "Mission":
        modes = self.satellite.modes if self.satellite is not None else ()
        reject(
            [
                Complaint(
                    f"mode '{mode.name}' is on over targets, and none is listed",
                    "give requirements.imaging_targets",
                    ("satellite", "modes", number, "when"),
                )
                for number, mode in enumerate(modes)
                if mode.when == "over-target" and not self.requirements.imaging_targets
            ]
        )
        return self

    @model_validator(mode="after")
    def _injection_can_be_corrected(self) -> "Mission":
        asked = self.requirements.maneuvers
        if asked is not None and asked.corrects_injection and not self._is_near_circular:
            text = (
                "the correction of the injection is computed for near-circular inclined orbits, with "
                "eccentricities up to 0.1 and more than 0.1 deg from the equator"
            )
            help = "set corrects_injection = false, and give maneuver_delta_v_m_s"
            reject([Complaint(text, help, ("requirements", "maneuvers"))])
        return self

    @model_validator(mode="after")
    def _stated_figures_are_of_something(self) -> "Mission":
        satellite = self.satellite
        stations = [station.name for station in self.stations]
        modes = [mode.name for mode in satellite.modes] if satellite is not None else []
        parts = [part.name for part in satellite.components] if satellite is not None else []
        radios = satellite.further_radio_names if satellite is not None else ()
        reject(subject_complaints(self.stated, stations, modes, parts, radios))
        return self

    def _has(self, table: str) -> bool:
        """Whether the satellite has such a table."""
        part = table.strip("[]").removeprefix("satellite.")
        return self.satellite is not None and getattr(self.satellite, part) is not None

    @property
    def _is_near_circular(self) -> bool:
        low, high = self.target.perigee_altitude_km, self.target.apogee_altitude_km
        radii_km = low + high + 2 * EARTH_EQUATORIAL_RADIUS_M / 1e3
        return (high - low) / radii_km <= 0.1 and 0.1 < self.target.inclination_deg < 179.9

    @property
    def earliest_launch(self) -> datetime:
        """Midnight UTC of the first day on which it may lift off."""
        day = self.requirements.earliest_launch
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    def __repr__(self) -> str:
        return f"<Mission {self.name}: {self.vehicle.title} from {self.site.title}>"
