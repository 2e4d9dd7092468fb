"""The two ends of a link: antenna, line and pointing, on the satellite and on the ground."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.budgets.path_losses import PathLosses, path_losses
from cosmodrome.models.link import ReceiverChain
from cosmodrome.models.radios import Radio, SpacecraftReceiver, Transmitter
from cosmodrome.models.station import Station
from cosmodrome.physics.antennas import beamwidth_from_gain_deg, pointing_loss_db, polarization_loss_db
from cosmodrome.physics.radio import (
    carrier_to_noise_density_dbhz,
    free_space_loss_db,
    isotropic_radiated_power_dbw,
)

Array = NDArray[np.float64]

DEFAULT_AVAILABILITY_FRACTION = 0.99


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """An antenna of a link, with what its gain and its losses follow from, where they do."""

    antenna_gain_dbi: float
    line_loss_db: float
    pointing_loss_db: float
    dish_diameter_m: float | None = None  # None where the gain is given
    aperture_efficiency_ratio: float | None = None
    pointing_error_deg: float | None = None  # None where the loss is given
    beamwidth_deg: float | None = None
    beam_from_gain: bool = False
    axial_ratio_db: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The two ends of a link: all that does not depend on where the satellite stands."""

    station: Station
    direction: Literal["down", "up"]
    radio: str  # name of a further radio; empty for the payload downlink and the command uplink
    frequency_mhz: float
    rf_power_dbw: float
    sender: LinkEnd
    receiver: LinkEnd
    clear_noise_temperature_k: float
    chain: ReceiverChain | None  # that makes this noise
    polarization_loss_db: float
    availability_fraction: float

    @property
    def eirp_dbw(self) -> float:
        """Effective isotropic radiated power [dBW]."""
        sender = self.sender
        return isotropic_radiated_power_dbw(self.rf_power_dbw, sender.line_loss_db, sender.antenna_gain_dbi)

    @property
    def receive_gain_dbi(self) -> float:
        """Gain of the receiving antenna, less its line [dBi]."""
        return self.receiver.antenna_gain_dbi - self.receiver.line_loss_db

    @property
    def ionospheric_loss_db(self) -> float:
        """As the station states it [dB]."""
        return self.station.ionospheric_loss_db

    @property
    def ground(self) -> LinkEnd:
        """The end on the ground."""
        return self.receiver if self.direction == "down" else self.sender

    def losses(self, elevation_rad: ArrayLike) -> PathLosses:
        """Losses in the atmosphere at elevations."""
        return path_losses(
            self.station,
            1e6 * self.frequency_mhz,
            elevation_rad,
            availability_fraction=self.availability_fraction,
            ground_gain_dbi=self.ground.antenna_gain_dbi,
        )

    def noise_temperature_k(self, losses: PathLosses) -> Array:
        """System noise temperature; weather warms an antenna on the ground, not one that looks down.

        Behind a line without a chain that noise is as much less as the signal.
        """
        if self.direction == "up":
            return self.clear_noise_temperature_k + 0.0 * losses.noise_k
        return self.clear_noise_temperature_k + losses.noise_k / 10 ** (self.receiver.line_loss_db / 10)

    def c_over_n0_at_a_meter_dbhz(self, elevation_rad: ArrayLike) -> Array:
        """C/N0 with the losses of the elevation, less the spreading beyond a meter; shape of the elevations.

        C/N0 = EIRP - L_fs - L_pointing - L_polarization - L_atmosphere - L_ionosphere + G/T - 10 log10(k)
        """
        losses = self.losses(elevation_rad)
        constant = self.eirp_dbw - free_space_loss_db(1.0, 1e6 * self.frequency_mhz)
        constant -= self.sender.pointing_loss_db + self.receiver.pointing_loss_db
        constant -= self.polarization_loss_db + self.ionospheric_loss_db
        constant = carrier_to_noise_density_dbhz(constant, self.receive_gain_dbi)
        return np.asarray(constant - losses.total_db - 10 * np.log10(self.noise_temperature_k(losses)))

    def __repr__(self) -> str:
        return f"<Link {self.station.name} {self.direction}, {self.frequency_mhz:g} MHz>"


def downlink(
    transmitter: Transmitter,
    station: Station,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> Link:
    """Pair a transmitter of the satellite with a station.

    Parameters
    ----------
    transmitter : Transmitter
        The satellite's transmitter and antenna.
    station : Station
        The receiving station, with the antenna that hears it.
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    Link
        Ready for any elevation and range.
    """
    frequency_mhz = transmitter.frequency_mhz
    return Link(
        station=station,
        direction="down",
        radio=transmitter.radio_name,
        frequency_mhz=frequency_mhz,
        rf_power_dbw=transmitter.rf_power_dbw,
        sender=_spacecraft_end(transmitter, transmitter.line_loss_db),
        receiver=_ground_receiver(station, frequency_mhz),
        clear_noise_temperature_k=station.system_noise_temperature_k,
        chain=station.chain,
        polarization_loss_db=_polarization_db(transmitter, station),
        availability_fraction=availability_fraction,
    )


def uplink(
    receiver: SpacecraftReceiver,
    station: Station,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> Link:
    """Pair a station that sends with a receiver of the satellite.

    Parameters
    ----------
    receiver : SpacecraftReceiver
        The satellite's receiver and antenna.
    station : Station
        Its place, its climate, its pointing, and what it sends with.
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    Link
        Ready for any elevation and range. Losses that the uplink states stand in place of the station's.

    Raises
    ------
    ValueError
        If the station does not send.
    """
    sends = station.uplink
    if sends is None:
        raise ValueError(f"station '{station.name}' has no uplink; give it one, or leave it out")
    own = {"atmospheric_loss_db": sends.atmospheric_loss_db, "ionospheric_loss_db": sends.ionospheric_loss_db}
    return Link(
        station=station.model_copy(update={name: loss for name, loss in own.items() if loss is not None}),
        direction="up",
        radio=receiver.radio_name,
        frequency_mhz=receiver.frequency_mhz,
        rf_power_dbw=sends.rf_power_dbw,
        sender=_ground_sender(station, receiver.frequency_mhz),
        receiver=_spacecraft_end(receiver, receiver.line_loss_db),
        clear_noise_temperature_k=receiver.system_noise_temperature_k,
        chain=receiver.chain,
        polarization_loss_db=_polarization_db(receiver, station),
        availability_fraction=availability_fraction,
    )


def _spacecraft_end(radio: Radio, line_loss_db: float) -> LinkEnd:
    """The end on the satellite.

    Parameters
    ----------
    radio : Radio
        Its antenna and its pointing.
    line_loss_db : float
        Between radio and antenna. [dB]
    """
    dish = (radio.dish_diameter_m, radio.aperture_efficiency_ratio)
    return _end(radio, radio.antenna_gain_dbi, line_loss_db, dish)


def _ground_receiver(station: Station, frequency_mhz: float) -> LinkEnd:
    """The end on the ground that hears.

    Parameters
    ----------
    station : Station
        Its antenna and its pointing.
    frequency_mhz : float
        Carrier. [MHz]
    """
    dish_m = None if station.antenna_gain_dbi is not None else station.dish_diameter_m
    dish = (dish_m, station.aperture_efficiency_ratio)
    return _end(station, station.gain_dbi(frequency_mhz), station.line_loss_db, dish)


def _ground_sender(station: Station, frequency_mhz: float) -> LinkEnd:
    """The end on the ground that sends; the station's uplink must be there.

    Parameters
    ----------
    station : Station
        Its uplink and its pointing.
    frequency_mhz : float
        Carrier. [MHz]
    """
    sends = station.uplink
    assert sends is not None
    dish_m = None if sends.antenna_gain_dbi is not None else station.sending_dish_m
    dish = (dish_m, station.sending_efficiency_ratio)
    return _end(station, station.sending_gain_dbi(frequency_mhz), sends.line_loss_db, dish)


def _end(
    part: Radio | Station, gain_dbi: float, line_loss_db: float, dish: tuple[float | None, float]
) -> LinkEnd:
    """With the loss of pointing from the error and the beam where the error is given, else as given."""
    dish_m, efficiency_ratio = dish
    error_deg, width_deg, loss_db = part.pointing_error_deg, None, part.pointing_loss_db
    if error_deg is not None:
        width_deg = part.beamwidth_deg or beamwidth_from_gain_deg(gain_dbi)
        loss_db = pointing_loss_db(error_deg, width_deg)
    return LinkEnd(
        antenna_gain_dbi=gain_dbi,
        line_loss_db=line_loss_db,
        pointing_loss_db=loss_db,
        dish_diameter_m=dish_m,
        aperture_efficiency_ratio=None if dish_m is None else efficiency_ratio,
        pointing_error_deg=error_deg,
        beamwidth_deg=width_deg,
        beam_from_gain=part.beamwidth_deg is None,
        axial_ratio_db=part.axial_ratio_db,
    )


def _polarization_db(radio: Radio, station: Station) -> float:
    """From the two axial ratios where both are given, else as the radio states it."""
    if radio.axial_ratio_db is None or station.axial_ratio_db is None:
        return radio.polarization_loss_db
    return polarization_loss_db(radio.axial_ratio_db, station.axial_ratio_db)
