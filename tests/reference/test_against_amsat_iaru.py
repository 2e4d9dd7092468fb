"""AMSAT-IARU link model spreadsheet (docslib 1948138), 826 km at 10 degrees, satellite_examples S-22.

Tolerance 0.1 dB: the sheet prints one decimal and its path loss holds for 435 to 437 MHz.
"""

import math

import pytest

from cosmodrome.budgets.link import link_budget, uplink_budgets
from cosmodrome.models.link import StationUplink
from cosmodrome.models.radios import SpacecraftReceiver, Transmitter
from cosmodrome.models.station import Station
from cosmodrome.physics.radio import decibels_from_ratio, noise_power_dbw, slant_range_m

# Here the spacecraft receives: its gain less its line stands at the receiving end.
UPLINK = Transmitter(
    component="ground radio",
    frequency_mhz=436,
    rf_power_dbw=10,
    line_loss_db=10.7,
    antenna_gain_dbi=22,
    pointing_loss_db=0.5,
    polarization_loss_db=0.2,
    data_rate_mbit_s=1200e-6,
    required_eb_n0_db=22,
    implementation_loss_db=0,
)
SPACECRAFT = Station(
    name="spacecraft",
    latitude_deg=0,
    longitude_deg=0,
    minimum_elevation_deg=10,
    antenna_gain_dbi=3.0 - 1.2,
    system_noise_temperature_k=183,
    pointing_loss_db=6.0,
    atmospheric_loss_db=1.1 + 0.4,
)


def isotropic_dbw(link, spacecraft_pointing_db):
    """Level at the spacecraft before its own antenna, as the sheet prints it."""
    losses = link.pointing_loss_db - spacecraft_pointing_db + link.polarization_loss_db
    return link.eirp_dbw - link.free_space_loss_db - losses - link.atmospheric_loss_db


def test_slant_range():
    assert slant_range_m(826e3, math.radians(10)) / 1e3 == pytest.approx(2420.28, abs=0.01)


def test_uplink_by_energy_per_bit():
    link = link_budget(UPLINK, SPACECRAFT, altitude_km=826)
    assert link.eirp_dbw == pytest.approx(21.3, abs=0.05)
    assert link.free_space_loss_db == pytest.approx(152.9, abs=0.1)
    assert isotropic_dbw(link, 6.0) == pytest.approx(-133.9, abs=0.1)
    assert link.c_over_n0_dbhz == pytest.approx(67.9, abs=0.1)
    assert link.eb_n0_db == pytest.approx(37.1, abs=0.1)
    assert link.margin_db == pytest.approx(15.1, abs=0.1)


def test_uplink_by_signal_to_noise_in_the_band():
    link = link_budget(UPLINK, SPACECRAFT, altitude_km=826)
    at_receiver_dbw = isotropic_dbw(link, 6.0) - 6.0 + 3.0 - 1.2
    noise_dbw = noise_power_dbw(183, 10e3)
    assert at_receiver_dbw == pytest.approx(-138.1, abs=0.1)
    assert noise_dbw == pytest.approx(-166.0, abs=0.05)
    assert at_receiver_dbw - noise_dbw == pytest.approx(27.9, abs=0.1)
    assert at_receiver_dbw - noise_dbw - 14.4 == pytest.approx(13.5, abs=0.1)


def test_the_figure_of_merit_is_what_the_signal_uses_not_what_is_printed():
    link = link_budget(UPLINK, SPACECRAFT, altitude_km=826)
    assert link.g_over_t_db_k == pytest.approx(-20.8, abs=0.05)
    assert abs(link.g_over_t_db_k - -22.0) > 1  # the sheet's own slip


def test_downlink_eirp():
    downlink = UPLINK.model_copy(
        update={"rf_power_dbw": decibels_from_ratio(0.8), "line_loss_db": 2.2, "antenna_gain_dbi": 3.0}
    )
    assert link_budget(downlink, SPACECRAFT, altitude_km=826).eirp_dbw == pytest.approx(-0.2, abs=0.05)


def test_the_same_uplink_from_a_station_to_a_receiver():
    receiver = SpacecraftReceiver(
        frequency_mhz=436,
        antenna_gain_dbi=3.0 - 1.2,
        system_noise_temperature_k=183,
        pointing_loss_db=6.0,
        polarization_loss_db=0.2,
        data_rate_mbit_s=1200e-6,
        required_eb_n0_db=22,
        implementation_loss_db=0,
    )
    ground = Station(
        name="ground",
        latitude_deg=0,
        longitude_deg=0,
        minimum_elevation_deg=10,
        antenna_gain_dbi=22,
        system_noise_temperature_k=500,
        pointing_loss_db=0.5,
        atmospheric_loss_db=1.1 + 0.4,
        uplink=StationUplink(rf_power_dbw=10, line_loss_db=10.7, antenna_gain_dbi=22),
    )
    (link,) = uplink_budgets((receiver,), (ground, SPACECRAFT), altitude_km=826)
    assert link.direction == "up"
    assert link.eirp_dbw == pytest.approx(21.3, abs=0.05)
    assert link.c_over_n0_dbhz == pytest.approx(67.9, abs=0.1)
    assert link.g_over_t_db_k == pytest.approx(-20.8, abs=0.05)
    assert link.margin_db == pytest.approx(15.1, abs=0.1)
    assert link.margin_db == pytest.approx(link_budget(UPLINK, SPACECRAFT, 826).margin_db)
