"""Link budget of the payload downlink, at the lowest elevation that each station works."""

import math
from dataclasses import dataclass

from cosmodrome.models.satellite import Transmitter
from cosmodrome.models.station import Station
from cosmodrome.physics.radio import (
    carrier_to_noise_density_dbhz,
    energy_per_bit_db,
    figure_of_merit_db_k,
    free_space_loss_db,
    slant_range_m,
)


@dataclass(frozen=True, slots=True)
class LinkBudget:
    """The downlink to one station, from transmitter to margin."""

    station: str
    elevation_deg: float
    slant_range_km: float
    eirp_dbw: float
    free_space_loss_db: float
    pointing_loss_db: float  # both ends
    polarization_loss_db: float
    atmospheric_loss_db: float
    g_over_t_db_k: float
    c_over_n0_dbhz: float
    eb_n0_db: float
    required_eb_n0_db: float
    implementation_loss_db: float

    @property
    def margin_db(self) -> float:
        """What is left above the required Eb/N0 and the implementation loss [dB]."""
        return self.eb_n0_db - self.required_eb_n0_db - self.implementation_loss_db

    def __repr__(self) -> str:
        return f"<LinkBudget {self.station}: {self.margin_db:+.1f} dB at {self.elevation_deg:g} deg>"


def link_budget(transmitter: Transmitter, station: Station, altitude_km: float) -> LinkBudget:
    """Work out a downlink at the station's minimum elevation.

    Eb/N0 = EIRP - L_fs - L_pointing - L_polarization - L_atmosphere + G/T - 10 log10(k) - 10 log10(R)

    Parameters
    ----------
    transmitter : Transmitter
        The satellite's transmitter and antenna.
    station : Station
        The receiving station, its mask and its losses at that mask.
    altitude_km : float
        Altitude of the satellite, the largest of the orbit for the worst case. [km]

    Returns
    -------
    LinkBudget
        Every line of it.

    References
    ----------
    Larson and Wertz (1999), SMAD 3rd ed., section 13.3.
    """
    range_m = slant_range_m(1e3 * altitude_km, math.radians(station.minimum_elevation_deg))
    eirp_dbw = transmitter.rf_power_dbw - transmitter.line_loss_db + transmitter.antenna_gain_dbi
    loss_db = free_space_loss_db(range_m, 1e6 * transmitter.frequency_mhz)
    pointing_loss_db = transmitter.pointing_loss_db + station.pointing_loss_db
    isotropic_dbw = eirp_dbw - loss_db - pointing_loss_db
    isotropic_dbw -= transmitter.polarization_loss_db + station.atmospheric_loss_db
    g_over_t_db_k = figure_of_merit_db_k(station.antenna_gain_dbi, station.system_noise_temperature_k)
    c_over_n0_dbhz = carrier_to_noise_density_dbhz(isotropic_dbw, g_over_t_db_k)
    return LinkBudget(
        station=station.name,
        elevation_deg=station.minimum_elevation_deg,
        slant_range_km=range_m / 1e3,
        eirp_dbw=eirp_dbw,
        free_space_loss_db=loss_db,
        pointing_loss_db=pointing_loss_db,
        polarization_loss_db=transmitter.polarization_loss_db,
        atmospheric_loss_db=station.atmospheric_loss_db,
        g_over_t_db_k=g_over_t_db_k,
        c_over_n0_dbhz=c_over_n0_dbhz,
        eb_n0_db=energy_per_bit_db(c_over_n0_dbhz, 1e6 * transmitter.data_rate_mbit_s),
        required_eb_n0_db=transmitter.required_eb_n0_db,
        implementation_loss_db=transmitter.implementation_loss_db,
    )
