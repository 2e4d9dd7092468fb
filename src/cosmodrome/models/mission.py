"""A whole mission: what flies, from where, to where, and what is asked of it."""

from datetime import UTC, date, datetime
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from cosmodrome.models.quantity import Model, reject, within
from cosmodrome.models.satellite import Satellite
from cosmodrome.models.site import Site
from cosmodrome.models.stated import Stated
from cosmodrome.models.station import Station
from cosmodrome.models.target import Target
from cosmodrome.models.vehicle import Vehicle

# Below it rain and clouds cost half a decibel at 5 degrees for 99 % of a year, in the tropics up to 1.7 dB.
WEATHERLESS_FREQUENCY_MHZ: Final = 5000.0


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
    disposal_rule_years: Literal[5, 25] = Field(
        default=5, description="Years to re-entry after the end of the mission."
    )


class MarginPolicy(Model):
    """Allowances on best estimates. The defaults follow ESA's margin philosophy for assessment studies."""

    name: str = Field(default="ESA SRE-PA/2011.097", description="The policy these numbers are from.")
    growth_off_the_shelf_fraction: float = Field(
        default=0.05, ge=0, le=1, description="Growth of flown parts."
    )
    growth_modified_fraction: float = Field(default=0.10, ge=0, le=1, description="Growth of modified parts.")
    growth_new_fraction: float = Field(default=0.20, ge=0, le=1, description="Growth of new parts.")
    system_margin_fraction: float = Field(default=0.20, ge=0, le=1, description="On the sum with growth.")
    delta_v_margin_fraction: float = Field(default=0.05, ge=0, le=1, description="On computed maneuvers.")
    payload_bound: Literal["low", "calibrated", "physics"] = Field(
        default="low",
        description="The payload that must suffice: the low end of the calibrated interval, which 19 of 20 "
        "published payloads exceed; the calibrated payload itself; the optimum without a reserve.",
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
    def _weather_is_known(self) -> "Mission":
        """Losses for a share of the year need a climate, where the weather costs much."""
        asked, satellite = self.requirements.link_availability_fraction, self.satellite
        if asked is None or satellite is None:
            return self
        radios = (satellite.transmitter, satellite.receiver)
        frequency_mhz = max((radio.frequency_mhz for radio in radios if radio is not None), default=0.0)
        if frequency_mhz > WEATHERLESS_FREQUENCY_MHZ:
            reject(
                [
                    (
                        f"station '{station.name}' has no propagation constants, which losses at "
                        f"{frequency_mhz:g} MHz for {100 * asked:g} % of the year need",
                        "give it a [propagation] table, or leave link_availability_fraction out to use its "
                        "atmospheric_loss_db",
                    )
                    for station in self.stations
                    if station.propagation is None
                ]
            )
        return self

    @property
    def earliest_launch(self) -> datetime:
        """Midnight UTC of the first day on which it may lift off."""
        day = self.requirements.earliest_launch
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    def __repr__(self) -> str:
        return f"<Mission {self.name}: {self.vehicle.title} from {self.site.title}>"
