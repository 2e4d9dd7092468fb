"""Western University CubeSat wiki, uplink budget of 2022-06-06, satellite_examples S-26.

From the mission file `links/western-university.toml`. The page's levels do not follow from its own lines: its
isotropic level is 1.03 dB lower, its G/T 0.2 dB (in the Eb/N0 method) and 0.4 dB (in the S/N method), and
both margins are 0.30 dB lower than these levels make. With losses of that size both printed margins come out.
Tolerance 0.02 dB: each printed number is rounded to 0.01 dB.
"""

from pathlib import Path

import pytest

from cosmodrome.budgets.link import uplink_budgets
from cosmodrome.missionfile import load_mission

MISSION = load_mission(Path(__file__).parent / "links" / "western-university.toml")
LISTED, BY_ENERGY, IN_THE_BAND = uplink_budgets(
    MISSION.satellite.receivers, MISSION.stations, MISSION.target.apogee_altitude_km
)


def test_the_lines_make_a_decibel_and_a_half_more_than_is_printed():
    assert (LISTED.radio, LISTED.station) == ("", "as listed")
    assert LISTED.eirp_dbw == pytest.approx(12.52, abs=0.005)
    assert LISTED.free_space_loss_db == pytest.approx(150.50, abs=0.005)
    assert LISTED.isotropic_level_dbw == pytest.approx(-139.84, abs=0.01)
    assert LISTED.isotropic_level_dbw - -140.87 == pytest.approx(1.03, abs=0.01)
    assert LISTED.g_over_t_db_k == pytest.approx(-23.72, abs=0.005)
    assert LISTED.margin_db == pytest.approx(11.31, abs=0.01)
    assert LISTED.margin_db - 9.79 == pytest.approx(1.03 + 0.20 + 0.30, abs=0.02)


def test_the_printed_margin_by_energy_per_bit():
    assert BY_ENERGY.isotropic_level_dbw == pytest.approx(-140.87, abs=0.01)
    assert BY_ENERGY.g_over_t_db_k == pytest.approx(-23.92, abs=0.005)
    assert BY_ENERGY.margin_db == pytest.approx(9.79, abs=0.02)


def test_the_printed_margin_by_signal_to_noise():
    assert IN_THE_BAND.g_over_t_db_k == pytest.approx(-24.12, abs=0.005)
    assert IN_THE_BAND.snr_db == pytest.approx(19.33, abs=0.02)
    assert IN_THE_BAND.margin_db == pytest.approx(5.43, abs=0.02)
