"""Radios of a satellite with their antennas: what sends and what receives, and the threshold of each link."""

import math
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from cosmodrome.models.link import (
    Diameter,
    Efficiency,
    Modem,
    ReceiverChain,
    stated_twice,
    with_chain_noise,
    with_modem_rate,
)
from cosmodrome.models.quantity import Complaint, Model, reject, within
from cosmodrome.physics.antennas import dish_gain_dbi

_THRESHOLD_HELP = "give required_eb_n0_db, or required_snr_db with noise_bandwidth_khz"


class Radio(Model):
    """One end of a link on the satellite: carrier, antenna, losses, rate and threshold."""

    frequency_mhz: Annotated[float, within(30, 100000, "MHz", "is this in GHz or Hz?")] = Field(
        description="Carrier."
    )
    antenna_gain_dbi: Annotated[float, within(-20, 60, "dBi", "is this the dish diameter?")] = Field(
        description="Gain toward the station at the mask elevation; worked out where a dish is given."
    )
    dish_diameter_m: Diameter | None = Field(default=None, description="Of a dish, in place of the gain.")
    aperture_efficiency_ratio: Efficiency = Field(default=0.6, description="Of that dish.")
    pointing_loss_db: float = Field(default=0.5, ge=0, le=20, description="Spacecraft pointing.")
    pointing_error_deg: float | None = Field(
        default=None, ge=0, lt=90, description="Makes the pointing loss, with the beam's width."
    )
    beamwidth_deg: float | None = Field(
        default=None, gt=0, le=360, description="Half-power width of the beam; from the gain if not given."
    )
    polarization_loss_db: float = Field(default=0.3, ge=0, le=20, description="Polarization mismatch.")
    axial_ratio_db: float | None = Field(
        default=None, ge=0, le=60, description="Makes the polarization loss, with the station's."
    )
    data_rate_mbit_s: Annotated[float, within(1e-6, 10000, "Mbit/s", "is this in kbit/s or bit/s?")] = Field(
        description="Information rate."
    )
    required_eb_n0_db: Annotated[float, within(-2, 30, "dB")] | None = Field(
        default=None, description="Threshold for the coding and error rate used."
    )
    required_snr_db: Annotated[float, within(-30, 60, "dB")] | None = Field(
        default=None, description="Threshold as signal over the noise in a band, in place of Eb/N0."
    )
    noise_bandwidth_khz: Annotated[float, within(0.01, 5e6, "kHz", "is this in Hz or MHz?")] | None = Field(
        default=None, description="Of the receiver: that band."
    )
    implementation_loss_db: float = Field(default=1.0, ge=0, le=10, description="Demodulator losses.")
    stations: tuple[str, ...] = Field(
        default=(), description="Names of the stations that it works with; all if none is named."
    )
    source: str = Field(default="", description="Where the numbers are from.")

    @model_validator(mode="before")
    @classmethod
    def _dish(cls, data: Any) -> Any:
        return with_dish_gain(data)

    @model_validator(mode="after")
    def _has_one_threshold(self) -> "Radio":
        by_band = self.required_snr_db is not None
        complaints = []
        if self.required_eb_n0_db is not None and by_band:
            complaints.append(("the threshold is given twice", _THRESHOLD_HELP))
        elif self.required_eb_n0_db is None and not by_band and not self._has_its_threshold_made:
            complaints.append(("no threshold: required_eb_n0_db is missing", _THRESHOLD_HELP))
        elif by_band is not (self.noise_bandwidth_khz is not None):
            missing = "noise_bandwidth_khz" if by_band else "required_snr_db"
            complaints.append((f"the threshold lacks {missing}", _THRESHOLD_HELP))
        reject(complaints)
        return self

    @property
    def _has_its_threshold_made(self) -> bool:
        """Whether another part of it makes the threshold."""
        return False

    @property
    def radio_name(self) -> str:
        """Name of a further radio; empty for the payload downlink and the command receiver."""
        return ""

    @property
    def required_c_over_n0_dbhz(self) -> float:
        """C/N0 at the threshold: Eb/N0 + 10 log10(R), or S/N + 10 log10(B) [dB Hz]."""
        if self.required_snr_db is not None and self.noise_bandwidth_khz is not None:
            return self.required_snr_db + 10 * math.log10(1e3 * self.noise_bandwidth_khz)
        assert self.required_eb_n0_db is not None  # the validator's word
        return self.required_eb_n0_db + 10 * math.log10(1e6 * self.data_rate_mbit_s)


class Transmitter(Radio):
    """A transmitter of the satellite with its antenna."""

    component: str = Field(description="Name of the component whose power it draws.")
    rf_power_dbw: Annotated[float, within(-40, 30, "dBW", "is this in dBm? subtract 30")] = Field(
        description="RF output."
    )
    line_loss_db: float = Field(default=1.0, ge=0, le=20, description="Transmitter to antenna.")
    modem: Modem | None = Field(
        default=None, description="Makes rate and threshold, and changes them during a pass."
    )

    _modem = model_validator(mode="before")(with_modem_rate)

    @property
    def _has_its_threshold_made(self) -> bool:
        return self.modem is not None

    @property
    def radiated_w(self) -> float:
        """What leaves by the antenna: the output less the loss of the line, which stays as heat [W]."""
        return float(10 ** ((self.rf_power_dbw - self.line_loss_db) / 10))

    @property
    def antenna_key(self) -> str:
        """How antennas on the ground name it."""
        return self.radio_name or "transmitter"


class SpacecraftReceiver(Radio):
    """A receiver of the satellite with its antenna."""

    system_noise_temperature_k: Annotated[float, within(10, 10000, "K", "is this a noise figure in dB?")] = (
        Field(description="System noise temperature after the line; worked out where `chain` is given.")
    )
    line_loss_db: float = Field(
        default=0.0,
        ge=0,
        le=20,
        description="From the antenna to where that noise temperature holds; none at the antenna flange.",
    )
    chain: ReceiverChain | None = Field(
        default=None, description="The parts that make this noise at the antenna flange."
    )

    @model_validator(mode="before")
    @classmethod
    def _noise(cls, data: Any) -> Any:
        filled = with_chain_noise(data)
        if filled is not data:
            made = {"system_noise_temperature_k": filled["system_noise_temperature_k"]}
            reject(stated_twice(data, made, "its chain"))
        return filled

    @property
    def antenna_key(self) -> str:
        """How antennas on the ground name it."""
        return self.radio_name or "receiver"

    @model_validator(mode="after")
    def _has_one_line(self) -> "SpacecraftReceiver":
        reject(line_twice(self.chain, self.line_loss_db))
        return self


class FurtherTransmitter(Transmitter):
    """A transmitter beside the payload downlink, for telemetry; it carries no payload data."""

    name: str = Field(min_length=1, description="Its name; unique among the radios.")

    @property
    def radio_name(self) -> str:
        """Its name."""
        return self.name


class FurtherReceiver(SpacecraftReceiver):
    """A receiver beside the command receiver."""

    name: str = Field(min_length=1, description="Its name; unique among the radios.")

    @property
    def radio_name(self) -> str:
        """Its name."""
        return self.name


def with_dish_gain(data: Any) -> Any:
    """Fill in the gain that a dish makes at the carrier of a radio.

    Parameters
    ----------
    data : Any
        Fields as given, before validation.

    Returns
    -------
    Any
        The same with `antenna_gain_dbi`, where a dish is given. What is wrong in its numbers is left for
        their own fields to tell.
    """
    if not isinstance(data, dict) or data.get("dish_diameter_m") is None:
        return data
    try:
        dish = _Dish.model_validate({key: data[key] for key in _Dish.model_fields if key in data})
    except ValidationError:
        return {"antenna_gain_dbi": 0.0, **data}
    gain_dbi = dish_gain_dbi(dish.dish_diameter_m, 1e6 * dish.frequency_mhz, dish.aperture_efficiency_ratio)
    reject(gain_twice(data.get("antenna_gain_dbi"), gain_dbi))
    return {**data, "antenna_gain_dbi": gain_dbi}


def gain_twice(stated_dbi: Any, made_dbi: float) -> list[Complaint]:
    """A gain that is given and is not that of the dish that is given too, as a complaint.

    Parameters
    ----------
    stated_dbi : Any
        As given; None where it is not.
    made_dbi : float
        What the dish makes. [dBi]

    Returns
    -------
    list of Complaint
        Empty where the two agree to 0.3 dB.
    """
    if not isinstance(stated_dbi, int | float) or abs(stated_dbi - made_dbi) <= _GAIN_TOLERANCE_DB:
        return []
    text = f"antenna_gain_dbi is stated as {stated_dbi:.4g}, but its dish makes {made_dbi:.4g}"
    return [Complaint(text, "leave antenna_gain_dbi out, or the dish")]


def line_twice(chain: ReceiverChain | None, line_loss_db: float) -> list[Complaint]:
    """A line beside a chain that has one of its own, as a complaint."""
    if chain is None or line_loss_db == 0.0:
        return []
    help = "give line_loss_db in the chain, which makes its noise too"
    return [Complaint("the line counts twice: beside a chain, and the chain has its own", help)]


_GAIN_TOLERANCE_DB = 0.3  # a gain is printed to a decibel or a tenth, an efficiency to two digits


class _Dish(Model):
    """The numbers that make the gain of a dish."""

    frequency_mhz: float = Field(gt=0)
    dish_diameter_m: Diameter
    aperture_efficiency_ratio: Efficiency = 0.6
