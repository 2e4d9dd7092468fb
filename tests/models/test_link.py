"""Parts of a link: what they make, and what is said where they contradict each other."""

from datetime import date

import pytest
from pydantic import ValidationError

from cosmodrome.models.link import Modem, ReceiverChain
from cosmodrome.models.mission import Mission
from cosmodrome.models.radios import SpacecraftReceiver, Transmitter
from cosmodrome.models.station import Station

CHAIN = {"antenna_temperature_k": 60, "line_loss_db": 0.5, "amplifier_noise_figure_db": 0.8}
STATION = {"name": "north", "latitude_deg": 70, "longitude_deg": 20, "antenna_gain_dbi": 50}
RADIO = {"component": "radio", "frequency_mhz": 8200, "rf_power_dbw": 3, "antenna_gain_dbi": 6}
MODEM = {"family": "dvb-s2", "symbol_rate_mbaud": 50.0}


def test_a_chain_gives_the_noise_and_a_later_stage_counts_less_behind_more_gain():
    station = Station(**STATION, chain=CHAIN)
    # by hand: 60 + 290 (10^0.05 - 1) + 290 (10^0.08 - 1) 10^0.05
    by_hand = 60 + 290 * (10**0.05 - 1) + 290 * (10**0.08 - 1) * 10**0.05
    assert station.system_noise_temperature_k == pytest.approx(by_hand)
    noisy = [
        ReceiverChain(**CHAIN, receiver_noise_figure_db=10, amplifier_gain_db=gain).system_noise_temperature_k
        for gain in (20, 40)
    ]
    assert noisy[0] - by_hand == pytest.approx(290 * 9 * 10**0.05 / 100)
    assert noisy[1] - by_hand == pytest.approx(290 * 9 * 10**0.05 / 10000)


def test_noise_that_does_not_follow_from_its_parts_is_refused():
    receiver = {
        "frequency_mhz": 2050,
        "antenna_gain_dbi": 0,
        "data_rate_mbit_s": 0.1,
        "required_eb_n0_db": 9.6,
    }
    assert SpacecraftReceiver(**receiver, chain=CHAIN).system_noise_temperature_k == pytest.approx(
        161.2, abs=0.1
    )
    with pytest.raises(
        ValidationError, match="system_noise_temperature_k is stated as 400, but its chain makes 161"
    ):
        SpacecraftReceiver(**receiver, chain=CHAIN, system_noise_temperature_k=400)
    with pytest.raises(ValidationError, match="system_noise_temperature_k"):
        Station(**STATION)


def test_a_chain_replaces_the_number_of_a_catalog_station():
    station = Station(**STATION, chain=CHAIN, system_noise_temperature_k=400)
    assert station.system_noise_temperature_k == pytest.approx(161.2, abs=0.1)


def test_what_is_wrong_in_a_part_is_told_once_and_there():
    with pytest.raises(ValidationError) as caught:
        Station(**STATION, chain=CHAIN | {"line_loss_db": -1})
    assert [error["loc"] for error in caught.value.errors()] == [("chain", "line_loss_db")]
    with pytest.raises(ValidationError) as caught:
        Transmitter(**RADIO, modem=MODEM | {"symbol_rate_mbaud": 5e7})
    assert [error["loc"] for error in caught.value.errors()] == [("modem", "symbol_rate_mbaud")]


def test_a_noise_figure_in_kelvin_is_suspected():
    with pytest.raises(ValidationError, match="120 dB is above 15 dB"):
        ReceiverChain(antenna_temperature_k=60, amplifier_noise_figure_db=120)


def test_a_modem_gives_rate_and_threshold_of_its_most_robust_scheme():
    sender = Transmitter(**RADIO, modem=MODEM)
    assert sender.data_rate_mbit_s == pytest.approx(50 * 0.490243)
    assert sender.required_eb_n0_db == pytest.approx(-2.35 + 3.0959, abs=1e-4)
    single = Transmitter(**RADIO, modem=MODEM | {"schemes": ("8psk 3/4",)})
    assert single.data_rate_mbit_s == pytest.approx(50 * 2.228124)
    assert [scheme.name for scheme in single.modem.coding_schemes] == ["dvb-s2 8psk 3/4"]


def test_a_rate_beside_a_modem_is_refused():
    with pytest.raises(
        ValidationError, match=r"data_rate_mbit_s is stated as 130, but the modem's dvb-s2 qpsk 1/4"
    ):
        Transmitter(**RADIO, modem=MODEM, data_rate_mbit_s=130)
    with pytest.raises(ValidationError, match="required_eb_n0_db"):
        Transmitter(**RADIO, data_rate_mbit_s=130)


def test_an_unknown_scheme_is_told_with_the_known_ones():
    with pytest.raises(ValidationError, match="dvb-s2 has no scheme 'qpsk 7/8'") as caught:
        Modem(family="dvb-s2", symbol_rate_mbaud=50, schemes=("qpsk 7/8", "qpsk 3/4"))
    assert "8psk 3/4" in caught.value.errors()[0]["ctx"]["help"]


class Asked:
    """The part of a mission that the rule reads."""

    def __init__(self, satellite_mhz, share, *stations):
        radios = () if satellite_mhz is None else (type("T", (), {"frequency_mhz": satellite_mhz}),)
        self.satellite = type("S", (), {"transmitters": radios, "receivers": ()})
        self.requirements = type("R", (), {"link_availability_fraction": share, "earliest_launch": date.max})
        self.stations = stations


def test_losses_for_a_share_of_the_year_need_a_climate():
    bare = Station(**STATION, system_noise_temperature_k=150)
    rule = Mission._weather_is_known
    with pytest.raises(
        ValueError,
        match=r"station 'north' has no propagation constants, .* 8200 MHz for 99.9 % of the year need",
    ):
        rule(Asked(8200, 0.999, bare))
    for fine in (Asked(8200, None, bare), Asked(2200, 0.999, bare), Asked(None, 0.999, bare)):
        assert rule(fine) is fine
