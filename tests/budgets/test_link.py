"""Link margin: what it answers to, and by how much."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.budgets.downlink import rate_ladder
from cosmodrome.budgets.link import downlink_budgets, link_budget
from cosmodrome.models.radios import FurtherTransmitter, Transmitter
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
        ("station", "line_loss_db"),
        ("station", "ionospheric_loss_db"),
        ("station", "atmospheric_loss_db"),
    ],
)
def test_no_loss_is_forgotten(end, field):
    models = {"transmitter": TRANSMITTER, "station": STATION}
    before = link_budget(**models, altitude_km=550).margin_db
    models[end] = models[end].model_copy(update={field: getattr(models[end], field) + 2})
    assert link_budget(**models, altitude_km=550).margin_db == pytest.approx(before - 2)


def test_a_dish_has_its_gain_at_each_frequency():
    dish = STATION.model_copy(update={"antenna_gain_dbi": None, "dish_diameter_m": 5.0})
    at_x = link_budget(TRANSMITTER, dish, 550)
    at_s = link_budget(TRANSMITTER.model_copy(update={"frequency_mhz": 2050}), dish, 550)
    # 0.6 (pi 5 m / 36.56 mm)^2; a quarter of the frequency is 12.04 dB less
    assert at_x.antenna_gain_dbi == pytest.approx(
        10 * math.log10(0.6 * (math.pi * 5 / 0.0365601) ** 2), abs=1e-3
    )
    assert at_x.antenna_gain_dbi - at_s.antenna_gain_dbi == pytest.approx(20 * math.log10(4))


def test_each_radio_has_its_stations_and_its_antenna():
    beacon = FurtherTransmitter(
        name="beacon", component="radio", frequency_mhz=146, rf_power_dbw=0, antenna_gain_dbi=0,
        data_rate_mbit_s=0.0012, required_eb_n0_db=9.6, stations=("south",),
    )  # fmt: skip
    whip = {"radios": ("beacon",), "antenna_gain_dbi": 12, "system_noise_temperature_k": 600}
    south = Station(
        **STATION.model_dump(exclude={"name", "more_antennas"}), name="south", more_antennas=(whip,)
    )
    found = downlink_budgets((TRANSMITTER, beacon), (STATION, south), 550)
    assert [(link.radio, link.station) for link in found] == [
        ("", "north"),
        ("", "south"),
        ("beacon", "south"),
    ]
    assert [link.antenna_gain_dbi for link in found] == [45, 45, 12]
    assert [link.system_noise_temperature_k for link in found] == [150, 150, 600]


def test_a_threshold_in_a_band_does_not_answer_to_the_rate():
    fields = TRANSMITTER.model_dump(exclude={"required_eb_n0_db", "modem"}, exclude_none=True)
    # 4 dB of Eb/N0 at 100 Mbit/s are 1 dB of S/N in 200 MHz
    banded = Transmitter(**fields, required_snr_db=4 - 10 * math.log10(2), noise_bandwidth_khz=200e3)
    assert link_budget(banded, STATION, 550).margin_db == pytest.approx(
        link_budget(TRANSMITTER, STATION, 550).margin_db
    )
    slower = banded.model_copy(update={"data_rate_mbit_s": 50.0})
    assert link_budget(slower, STATION, 550).margin_db == link_budget(banded, STATION, 550).margin_db
    ladders = [rate_ladder(one, 3.0).required_c_over_n0_dbhz for one in (banded, TRANSMITTER)]
    assert ladders[0] == pytest.approx(ladders[1])
