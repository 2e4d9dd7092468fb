"""Link margin: what it answers to, and by how much."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.link import link_budget
from cosmodrome.models.radios import Transmitter
from cosmodrome.models.station import Station

TRANSMITTER = Transmitter(
    component="radio",
    frequency_mhz=8200,
    rf_power_dbw=3,
    antenna_gain_dbi=6,
    data_rate_mbit_s=100,
    required_eb_n0_db=4,
)
STATION = Station(
    name="north",
    latitude_deg=78,
    longitude_deg=15,
    antenna_gain_dbi=45,
    system_noise_temperature_k=150,
)


def test_every_decibel_of_eirp_is_a_decibel_of_margin():
    louder = TRANSMITTER.model_copy(update={"rf_power_dbw": 4.5})
    gained = link_budget(louder, STATION, 550).margin_db - link_budget(TRANSMITTER, STATION, 550).margin_db
    assert gained == pytest.approx(1.5)


@given(rate=st.floats(0.001, 1000))
def test_margin_falls_with_the_rate_by_ten_log(rate):
    slower = TRANSMITTER.model_copy(update={"data_rate_mbit_s": rate})
    margin = link_budget(slower, STATION, 550).margin_db
    expected = link_budget(TRANSMITTER, STATION, 550).margin_db + 10 * math.log10(100 / rate)
    assert margin == pytest.approx(expected, abs=1e-9)


@given(low=st.floats(0, 89), high=st.floats(0, 89))
def test_a_higher_mask_never_lengthens_the_path(low, high):
    low, high = sorted((low, high))
    far = link_budget(TRANSMITTER, STATION.model_copy(update={"minimum_elevation_deg": low}), 550)
    near = link_budget(TRANSMITTER, STATION.model_copy(update={"minimum_elevation_deg": high}), 550)
    assert near.slant_range_km <= far.slant_range_km + 1e-9
    assert near.slant_range_km >= 550 - 1e-6


@pytest.mark.parametrize(
    ("end", "field"),
    [
        ("transmitter", "line_loss_db"),
        ("transmitter", "pointing_loss_db"),
        ("transmitter", "polarization_loss_db"),
        ("transmitter", "implementation_loss_db"),
        ("transmitter", "required_eb_n0_db"),
        ("station", "pointing_loss_db"),
        ("station", "atmospheric_loss_db"),
    ],
)
def test_no_loss_is_forgotten(end, field):
    models = {"transmitter": TRANSMITTER, "station": STATION}
    before = link_budget(**models, altitude_km=550).margin_db
    models[end] = models[end].model_copy(update={field: getattr(models[end], field) + 2})
    assert link_budget(**models, altitude_km=550).margin_db == pytest.approx(before - 2)
