"""Link budgets of the payload downlink and of the command uplink, as functions of elevation and range."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cosmodrome.budgets.path_losses import PathLosses, path_losses
from cosmodrome.models.link import SpacecraftReceiver, StationUplink
from cosmodrome.models.satellite import Transmitter
from cosmodrome.models.station import Station
from cosmodrome.physics.radio import (
    beamwidth_from_gain_deg,
    carrier_to_noise_density_dbhz,
    decibels_from_ratio,
    energy_per_bit_db,
    figure_of_merit_db_k,
    free_space_loss_db,
    pointing_loss_db,
    polarization_loss_db,
    slant_range_m,
)

Array = NDArray[np.float64]

DEFAULT_AVAILABILITY_FRACTION = 0.99


@dataclass(frozen=True, slots=True)
class LinkBudget:
    """One link at one elevation, from transmitter to margin, every loss on a line of its own."""

    station: str
    direction: Literal["down", "up"]
    frequency_mhz: float
    elevation_deg: float
    slant_range_km: float
    eirp_dbw: float
    free_space_loss_db: float
    pointing_loss_db: float  # both ends
    polarization_loss_db: float
    gas_loss_db: float | None  # None where the station gives only their sum
    cloud_loss_db: float | None
    rain_loss_db: float | None
    scintillation_loss_db: float | None
    atmospheric_loss_db: float  # gas, cloud, rain and scintillation together
    availability_fraction: float | None  # share of the year in which no more is lost
    antenna_gain_dbi: float  # of the receiving antenna
    system_noise_temperature_k: float  # with the noise of rain and clouds
    g_over_t_db_k: float
    c_over_n0_dbhz: float
    coding: str  # empty where rate and threshold are given as numbers
    data_rate_mbit_s: float
    eb_n0_db: float
    required_eb_n0_db: float
    implementation_loss_db: float

    @property
    def margin_db(self) -> float:
        """What is left above the required Eb/N0 and the implementation loss [dB]."""
        return self.eb_n0_db - self.required_eb_n0_db - self.implementation_loss_db

    def __repr__(self) -> str:
        where = f"{self.station} {self.direction}"
        return f"<LinkBudget {where}: {self.margin_db:+.1f} dB at {self.elevation_deg:g} deg>"


@dataclass(frozen=True, slots=True)
class Link:
    """The two ends of a link: all that does not depend on where the satellite stands."""

    station: Station
    direction: Literal["down", "up"]
    frequency_mhz: float
    eirp_dbw: float
    receive_gain_dbi: float
    clear_noise_temperature_k: float
    pointing_loss_db: float
    polarization_loss_db: float
    availability_fraction: float
    ground_gain_dbi: float

    def losses(self, elevation_rad: ArrayLike) -> PathLosses:
        """Losses in the atmosphere at elevations."""
        return path_losses(
            self.station,
            1e6 * self.frequency_mhz,
            elevation_rad,
            availability_fraction=self.availability_fraction,
            ground_gain_dbi=self.ground_gain_dbi,
        )

    def noise_temperature_k(self, losses: PathLosses) -> Array:
        """System noise temperature; weather warms an antenna on the ground, not one that looks down."""
        weather_k = losses.noise_k if self.direction == "down" else 0.0 * losses.noise_k
        return self.clear_noise_temperature_k + weather_k

    def c_over_n0_at_a_meter_dbhz(self, elevation_rad: ArrayLike) -> Array:
        """C/N0 with the losses of the elevation, less the spreading beyond a meter; shape of the elevations.

        C/N0 = EIRP - L_fs - L_pointing - L_polarization - L_atmosphere + G/T - 10 log10(k)
        """
        losses = self.losses(elevation_rad)
        constant = self.eirp_dbw - free_space_loss_db(1.0, 1e6 * self.frequency_mhz)
        constant -= self.pointing_loss_db + self.polarization_loss_db
        constant = carrier_to_noise_density_dbhz(constant, self.receive_gain_dbi)
        return np.asarray(constant - losses.total_db - 10 * np.log10(self.noise_temperature_k(losses)))

    def __repr__(self) -> str:
        return f"<Link {self.station.name} {self.direction}, {self.frequency_mhz:g} MHz>"


def downlink(
    transmitter: Transmitter,
    station: Station,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> Link:
    """Pair a satellite's transmitter with a station.

    Parameters
    ----------
    transmitter : Transmitter
        The satellite's transmitter and antenna.
    station : Station
        The receiving station.
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    Link
        Ready for any elevation and range.
    """
    axial_ratios_db = (transmitter.axial_ratio_db, station.axial_ratio_db)
    polarization_db = transmitter.polarization_loss_db
    if axial_ratios_db[0] is not None and axial_ratios_db[1] is not None:
        polarization_db = polarization_loss_db(axial_ratios_db[0], axial_ratios_db[1])
    return Link(
        station=station,
        direction="down",
        frequency_mhz=transmitter.frequency_mhz,
        eirp_dbw=transmitter.rf_power_dbw - transmitter.line_loss_db + transmitter.antenna_gain_dbi,
        receive_gain_dbi=station.antenna_gain_dbi,
        clear_noise_temperature_k=station.system_noise_temperature_k,
        pointing_loss_db=_pointing_db(transmitter) + _pointing_db(station),
        polarization_loss_db=polarization_db,
        availability_fraction=availability_fraction,
        ground_gain_dbi=station.antenna_gain_dbi,
    )


def uplink(
    receiver: SpacecraftReceiver,
    station: Station,
    sender: StationUplink,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> Link:
    """Pair a station's transmitter with a satellite's command receiver.

    Parameters
    ----------
    receiver : SpacecraftReceiver
        The satellite's receiver and antenna.
    station : Station
        Its place, its climate and its pointing.
    sender : StationUplink
        What the station sends with.
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    Link
        Ready for any elevation and range.
    """
    return Link(
        station=station,
        direction="up",
        frequency_mhz=receiver.frequency_mhz,
        eirp_dbw=sender.rf_power_dbw - sender.line_loss_db + sender.antenna_gain_dbi,
        receive_gain_dbi=receiver.antenna_gain_dbi,
        clear_noise_temperature_k=receiver.system_noise_temperature_k,
        pointing_loss_db=receiver.pointing_loss_db + _pointing_db(station),
        polarization_loss_db=receiver.polarization_loss_db,
        availability_fraction=availability_fraction,
        ground_gain_dbi=sender.antenna_gain_dbi,
    )


def link_budget(
    transmitter: Transmitter,
    station: Station,
    altitude_km: float,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> LinkBudget:
    """Work out a downlink at the station's minimum elevation, with the most robust scheme of its modem.

    Eb/N0 = EIRP - L_fs - L_pointing - L_polarization - L_atmosphere + G/T - 10 log10(k) - 10 log10(R)

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
    if transmitter.modem is None:
        return _at_the_mask(link, transmitter, altitude_km, _rate_of(transmitter))
    scheme = transmitter.modem.coding_schemes[0]
    rate = _Rate(scheme.name, transmitter.modem.data_rate_mbit_s(scheme), scheme.required_eb_n0_db)
    return _at_the_mask(link, transmitter, altitude_km, rate)


def uplink_budgets(
    receiver: SpacecraftReceiver | None,
    stations: Sequence[Station],
    altitude_km: float,
    availability_fraction: float = DEFAULT_AVAILABILITY_FRACTION,
) -> tuple[LinkBudget, ...]:
    """Work out the command uplink from every station that can send, at its minimum elevation.

    Parameters
    ----------
    receiver : SpacecraftReceiver or None
        The satellite's receiver and antenna; without one there is no uplink.
    stations : sequence of Station
        Those without an uplink are left out.
    altitude_km : float
        Altitude of the satellite, the largest of the orbit for the worst case. [km]
    availability_fraction : float
        Share of an average year in which the weather takes no more. [1]

    Returns
    -------
    tuple of LinkBudget
        One per station that sends.
    """
    return tuple(
        _at_the_mask(
            uplink(receiver, one, one.uplink, availability_fraction),
            receiver,
            altitude_km,
            _rate_of(receiver),
        )
        for one in stations
        if one.uplink is not None and receiver is not None
    )


@dataclass(frozen=True, slots=True)
class _Rate:
    """What is sent, and what it needs."""

    coding: str
    data_rate_mbit_s: float
    required_eb_n0_db: float


def _rate_of(end: Transmitter | SpacecraftReceiver) -> _Rate:
    return _Rate("", end.data_rate_mbit_s, end.required_eb_n0_db)


def _at_the_mask(
    link: Link, end: Transmitter | SpacecraftReceiver, altitude_km: float, rate: _Rate
) -> LinkBudget:
    mask_rad = math.radians(link.station.minimum_elevation_deg)
    range_m = slant_range_m(1e3 * altitude_km, mask_rad)
    losses = link.losses([mask_rad])
    noise_k = float(link.noise_temperature_k(losses)[0])
    c_over_n0_dbhz = float(link.c_over_n0_at_a_meter_dbhz([mask_rad])[0]) - 2 * decibels_from_ratio(range_m)
    return LinkBudget(
        station=link.station.name,
        direction=link.direction,
        frequency_mhz=link.frequency_mhz,
        elevation_deg=link.station.minimum_elevation_deg,
        slant_range_km=range_m / 1e3,
        eirp_dbw=link.eirp_dbw,
        free_space_loss_db=free_space_loss_db(range_m, 1e6 * link.frequency_mhz),
        pointing_loss_db=link.pointing_loss_db,
        polarization_loss_db=link.polarization_loss_db,
        gas_loss_db=_first(losses.gas_db),
        cloud_loss_db=_first(losses.cloud_db),
        rain_loss_db=_first(losses.rain_db),
        scintillation_loss_db=_first(losses.scintillation_db),
        atmospheric_loss_db=float(losses.total_db[0]),
        availability_fraction=None if losses.gas_db is None else link.availability_fraction,
        antenna_gain_dbi=link.receive_gain_dbi,
        system_noise_temperature_k=noise_k,
        g_over_t_db_k=figure_of_merit_db_k(link.receive_gain_dbi, noise_k),
        c_over_n0_dbhz=c_over_n0_dbhz,
        coding=rate.coding,
        data_rate_mbit_s=rate.data_rate_mbit_s,
        eb_n0_db=energy_per_bit_db(c_over_n0_dbhz, 1e6 * rate.data_rate_mbit_s),
        required_eb_n0_db=rate.required_eb_n0_db,
        implementation_loss_db=end.implementation_loss_db,
    )


def _first(values: Array | None) -> float | None:
    return None if values is None else float(values[0])


def _pointing_db(end: Transmitter | Station) -> float:
    """Loss by pointing: from the error and the beam where the error is given, else as given."""
    if end.pointing_error_deg is None:
        return end.pointing_loss_db
    width_deg = end.beamwidth_deg or beamwidth_from_gain_deg(end.antenna_gain_dbi)
    return pointing_loss_db(end.pointing_error_deg, width_deg)
