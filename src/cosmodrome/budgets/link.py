"""Link budgets of every radio with every station, as functions of elevation and range."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.link_ends import DEFAULT_AVAILABILITY_FRACTION, Link, downlink, uplink
from cosmodrome.models.radio_plan import stations_for
from cosmodrome.models.radios import Radio, SpacecraftReceiver, Transmitter
from cosmodrome.models.station import Station
from cosmodrome.physics.radio import (
    decibels_from_ratio,
    energy_per_bit_db,
    figure_of_merit_db_k,
    free_space_loss_db,
    signal_to_noise_db,
    slant_range_m,
)

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinkBudget:
    """One link at one elevation, from transmitter to margin, every loss on a line of its own.

    The threshold is an Eb/N0 or, in its place, a signal over the noise in a band: the other is None.
    """

    link: Link
    altitude_km: float  # of the satellite
    elevation_deg: float
    slant_range_km: float
    free_space_loss_db: float
    gas_loss_db: float | None  # None where the station gives only their sum
    cloud_loss_db: float | None
    rain_loss_db: float | None
    scintillation_loss_db: float | None
    atmospheric_loss_db: float  # gas, cloud, rain and scintillation together
    weather_noise_k: float  # of rain and clouds, where the noise temperature holds
    system_noise_temperature_k: float  # with that
    g_over_t_db_k: float
    c_over_n0_dbhz: float
    coding: str  # empty where rate and threshold are given as numbers
    symbol_rate_mbaud: float | None  # of the modem
    data_rate_mbit_s: float
    eb_n0_db: float
    required_eb_n0_db: float | None
    noise_bandwidth_khz: float | None
    snr_db: float | None
    required_snr_db: float | None
    implementation_loss_db: float

    @property
    def station(self) -> str:
        """Name of the station."""
        return self.link.station.name

    @property
    def direction(self) -> Literal["down", "up"]:
        """Down to the station, or up from it."""
        return self.link.direction

    @property
    def radio(self) -> str:
        """Name of a further radio; empty for the payload downlink and the command uplink."""
        return self.link.radio

    @property
    def frequency_mhz(self) -> float:
        """Carrier [MHz]."""
        return self.link.frequency_mhz

    @property
    def eirp_dbw(self) -> float:
        """Effective isotropic radiated power [dBW]."""
        return self.link.eirp_dbw

    @property
    def pointing_loss_db(self) -> float:
        """Of both ends [dB]."""
        return self.link.sender.pointing_loss_db + self.link.receiver.pointing_loss_db

    @property
    def polarization_loss_db(self) -> float:
        """Of the two antennas together [dB]."""
        return self.link.polarization_loss_db

    @property
    def ionospheric_loss_db(self) -> float:
        """As stated [dB]."""
        return self.link.ionospheric_loss_db

    @property
    def antenna_gain_dbi(self) -> float:
        """Of the receiving antenna [dBi]."""
        return self.link.receiver.antenna_gain_dbi

    @property
    def receive_line_loss_db(self) -> float:
        """From that antenna to where the noise temperature holds [dB]."""
        return self.link.receiver.line_loss_db

    @property
    def availability_fraction(self) -> float | None:
        """Share of the year in which the weather takes no more; None where the station gives one number."""
        return None if self.gas_loss_db is None else self.link.availability_fraction

    @property
    def isotropic_level_dbw(self) -> float:
        """What an isotropic antenna would receive, before the pointing loss of the receiver [dBW]."""
        path_db = self.free_space_loss_db + self.atmospheric_loss_db + self.ionospheric_loss_db
        return self.eirp_dbw - self.link.sender.pointing_loss_db - self.polarization_loss_db - path_db

    @property
    def received_power_dbw(self) -> float:
        """Signal where the noise temperature holds [dBW]."""
        receiver = self.link.receiver
        return self.isotropic_level_dbw - receiver.pointing_loss_db + self.link.receive_gain_dbi

    @property
    def margin_db(self) -> float:
        """What is left above the threshold and the implementation loss [dB]."""
        if self.snr_db is not None and self.required_snr_db is not None:
            return self.snr_db - self.required_snr_db - self.implementation_loss_db
        assert self.required_eb_n0_db is not None
        return self.eb_n0_db - self.required_eb_n0_db - self.implementation_loss_db

    def __repr__(self) -> str:
        where = " ".join(word for word in (self.station, self.direction, self.radio) if word)
        return f"<LinkBudget {where}: {self.margin_db:+.1f} dB at {self.elevation_deg:g} deg>"


def link_budget(
    transmitter: Transmitter,
    station: Station,
    altitude_km: float,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> LinkBudget:
    """Work out a downlink at the station's minimum elevation, with the most robust scheme of its modem.

    Eb/N0 = EIRP - L_fs - L_pointing - L_polarization - L_atmosphere - L_ionosphere + G/T - 10 log10(k)
    - 10 log10(R)

    Parameters
    ----------
    transmitter : Transmitter
        The satellite's transmitter and antenna.
    station : Station
        The receiving station, its mask and its climate.
    altitude_km : float
        Altitude of the satellite, the largest of the orbit for the worst case. [km]
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    LinkBudget
        Every line of it.

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., section 13.3; losses in the atmosphere by ITU-R P.618-13.
    """
    link = downlink(transmitter, station, availability_fraction)
    modem = transmitter.modem
    coding = ("", None) if modem is None else (modem.coding_schemes[0].name, modem.symbol_rate_mbaud)
    return _at_the_mask(link, transmitter, altitude_km, coding)


def downlink_budgets(
    transmitters: Sequence[Transmitter],
    stations: Sequence[Station],
    altitude_km: float,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> tuple[LinkBudget, ...]:
    """Work out the downlink of every transmitter to every station that hears it, at its minimum elevation.

    Parameters
    ----------
    transmitters : sequence of Transmitter
        Of the satellite.
    stations : sequence of Station
        Of the mission.
    altitude_km : float
        Altitude of the satellite, the largest of the orbit for the worst case. [km]
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    tuple of LinkBudget
        In the order of the transmitters, then of the stations.
    """
    return tuple(
        link_budget(sender, station, altitude_km, availability_fraction)
        for sender in transmitters
        for station in stations_for(sender, stations)
    )


def uplink_budgets(
    receivers: Sequence[SpacecraftReceiver],
    stations: Sequence[Station],
    altitude_km: float,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> tuple[LinkBudget, ...]:
    """Work out the uplink to every receiver from every station that can send, at its minimum elevation.

    Parameters
    ----------
    receivers : sequence of SpacecraftReceiver
        Of the satellite.
    stations : sequence of Station
        Those without an uplink are left out.
    altitude_km : float
        Altitude of the satellite, the largest of the orbit for the worst case. [km]
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    tuple of LinkBudget
        In the order of the receivers, then of the stations.
    """
    return tuple(
        _at_the_mask(uplink(receiver, station, availability_fraction), receiver, altitude_km)
        for receiver in receivers
        for station in stations_for(receiver, stations)
        if station.uplink is not None
    )


def _at_the_mask(
    link: Link, end: Radio, altitude_km: float, coding: tuple[str, float | None] = ("", None)
) -> LinkBudget:
    mask_rad = math.radians(link.station.minimum_elevation_deg)
    range_m = slant_range_m(1e3 * altitude_km, mask_rad)
    losses = link.losses([mask_rad])
    noise_k = float(link.noise_temperature_k(losses)[0])
    c_over_n0_dbhz = float(link.c_over_n0_at_a_meter_dbhz([mask_rad])[0]) - 2 * decibels_from_ratio(range_m)
    band_khz = end.noise_bandwidth_khz
    return LinkBudget(
        link=link,
        altitude_km=altitude_km,
        elevation_deg=link.station.minimum_elevation_deg,
        slant_range_km=range_m / 1e3,
        free_space_loss_db=free_space_loss_db(range_m, 1e6 * link.frequency_mhz),
        gas_loss_db=_first(losses.gas_db),
        cloud_loss_db=_first(losses.cloud_db),
        rain_loss_db=_first(losses.rain_db),
        scintillation_loss_db=_first(losses.scintillation_db),
        atmospheric_loss_db=float(losses.total_db[0]),
        weather_noise_k=noise_k - link.clear_noise_temperature_k,
        system_noise_temperature_k=noise_k,
        g_over_t_db_k=figure_of_merit_db_k(link.receive_gain_dbi, noise_k),
        c_over_n0_dbhz=c_over_n0_dbhz,
        coding=coding[0],
        symbol_rate_mbaud=coding[1],
        data_rate_mbit_s=end.data_rate_mbit_s,
        eb_n0_db=energy_per_bit_db(c_over_n0_dbhz, 1e6 * end.data_rate_mbit_s),
        required_eb_n0_db=end.required_eb_n0_db,
        noise_bandwidth_khz=band_khz,
        snr_db=None if band_khz is None else signal_to_noise_db(c_over_n0_dbhz, 1e3 * band_khz),
        required_snr_db=end.required_snr_db,
        implementation_loss_db=end.implementation_loss_db,
    )


def _first(values: Array | None) -> float | None:
    return None if values is None else float(values[0])
