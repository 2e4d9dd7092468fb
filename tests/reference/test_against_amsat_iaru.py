"""AMSAT-IARU link model spreadsheet (docslib 1948138), 826 km at 10 degrees, satellite_examples S-22.

From the mission file `links/amsat-iaru.toml`. Tolerance 0.1 dB: the sheet prints one decimal and its path
loss holds for 435 to 437 MHz.
"""

import math
from pathlib import Path

import pytest

from cosmodrome.budgets.link import downlink_budgets, uplink_budgets
from cosmodrome.missionfile import load_mission
from cosmodrome.physics.radio import slant_range_m
from cosmodrome.verdict.link_terms import link_terms

MISSION = load_mission(Path(__file__).parent / "links" / "amsat-iaru.toml")
ALTITUDE_KM = MISSION.target.apogee_altitude_km
BY_ENERGY, IN_THE_BAND = uplink_budgets(MISSION.satellite.receivers, MISSION.stations, ALTITUDE_KM)
(DOWN,) = downlink_budgets(MISSION.satellite.transmitters, MISSION.stations, ALTITUDE_KM)


def test_slant_range():
    assert slant_range_m(826e3, math.radians(10)) / 1e3 == pytest.approx(2420.28, abs=0.01)
    assert BY_ENERGY.slant_range_km == pytest.approx(2420.28, abs=0.01)


def test_uplink_by_energy_per_bit():
    assert BY_ENERGY.eirp_dbw == pytest.approx(21.3, abs=0.05)
    assert BY_ENERGY.free_space_loss_db == pytest.approx(152.9, abs=0.1)
    assert (BY_ENERGY.atmospheric_loss_db, BY_ENERGY.ionospheric_loss_db) == (1.1, 0.4)
    assert BY_ENERGY.isotropic_level_dbw == pytest.approx(-133.9, abs=0.1)
    assert BY_ENERGY.c_over_n0_dbhz == pytest.approx(67.9, abs=0.1)
    assert BY_ENERGY.eb_n0_db == pytest.approx(37.1, abs=0.1)
    assert BY_ENERGY.margin_db == pytest.approx(15.1, abs=0.1)


def test_uplink_by_signal_to_noise_in_the_band():
    assert IN_THE_BAND.radio == "in its band"
    assert IN_THE_BAND.received_power_dbw == pytest.approx(-138.1, abs=0.1)
    assert IN_THE_BAND.snr_db == pytest.approx(27.9, abs=0.1)
    assert IN_THE_BAND.margin_db == pytest.approx(13.5, abs=0.1)
    assert IN_THE_BAND.required_eb_n0_db is None
    term = {one.name: one.value for one in link_terms(IN_THE_BAND)}
    assert term["noise power"] == pytest.approx(-166.0, abs=0.05)


def test_the_figure_of_merit_is_what_the_signal_uses_not_what_is_printed():
    assert BY_ENERGY.g_over_t_db_k == pytest.approx(-20.8, abs=0.05)
    assert abs(BY_ENERGY.g_over_t_db_k - -22.0) > 1  # the sheet's own slip


def test_downlink_has_its_own_losses():
    assert DOWN.eirp_dbw == pytest.approx(-0.2, abs=0.05)
    assert DOWN.free_space_loss_db == pytest.approx(152.9, abs=0.1)
    assert (DOWN.atmospheric_loss_db, DOWN.ionospheric_loss_db) == (1.1, 0.8)
