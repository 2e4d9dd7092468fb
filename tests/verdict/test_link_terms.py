"""Every line of a link's derivation follows from the lines that are printed, with the digits printed."""

import math
from importlib import import_module

import pytest

from cosmodrome.budgets.link import link_budget, uplink_budgets
from cosmodrome.catalog import find_station
from cosmodrome.models.radios import SpacecraftReceiver, Transmitter
from cosmodrome.models.station import Station
from cosmodrome.physics.clouds import cloud_attenuation_db
from cosmodrome.physics.gases import gas_attenuation_db
from cosmodrome.physics.rain import rain_attenuation_db
from cosmodrome.physics.scintillation import scintillation_fade_db
from cosmodrome.verdict.link_terms import link_terms

CHAIN = {
    "antenna_temperature_k": 60,
    "line_loss_db": 0.7,
    "line_temperature_k": 300,
    "amplifier_noise_figure_db": 0.8,
    "amplifier_gain_db": 20,
    "receiver_noise_figure_db": 9,
}
SENDER = Transmitter(
    component="radio",
    frequency_mhz=8200,
    rf_power_dbw=3,
    antenna_gain_dbi=20,
    pointing_error_deg=1.5,
    axial_ratio_db=2,
    modem={"family": "dvb-s2", "symbol_rate_mbaud": 30},
)
DISH = Station(
    name="dish",
    latitude_deg=50,
    longitude_deg=8,
    altitude_m=120,
    dish_diameter_m=4.5,
    aperture_efficiency_ratio=0.55,
    pointing_error_deg=0.05,
    beamwidth_deg=0.6,
    axial_ratio_db=1,
    chain=CHAIN,
    ionospheric_loss_db=0.3,
    propagation=find_station("svalbard").propagation,
    uplink={"rf_power_dbw": 10, "dish_diameter_m": 3, "atmospheric_loss_db": 2.5, "ionospheric_loss_db": 0.7},
)
PLAIN = Station(
    name="plain",
    latitude_deg=50,
    longitude_deg=8,
    antenna_gain_dbi=18,
    line_loss_db=1.5,
    system_noise_temperature_k=400,
    uplink={"rf_power_dbw": 10, "antenna_gain_dbi": 16, "atmospheric_loss_db": 2.5},
)
RECEIVER = SpacecraftReceiver(
    frequency_mhz=437,
    antenna_gain_dbi=2,
    line_loss_db=1.2,
    system_noise_temperature_k=250,
    data_rate_mbit_s=0.0096,
    required_snr_db=12,
    noise_bandwidth_khz=25,
)


def links():
    (up,) = uplink_budgets((RECEIVER,), (PLAIN,), 550)
    (from_dish,) = uplink_budgets((RECEIVER,), (DISH.model_copy(update={"propagation": None}),), 550)
    beacon = SENDER.model_copy(update={"frequency_mhz": 437, "modem": None, "data_rate_mbit_s": 0.0012})
    return {
        "down with a climate": link_budget(SENDER, DISH, 550),
        "down to a plain antenna": link_budget(beacon, PLAIN, 550),
        "up in a band": up,
        "up from a dish": from_dish,
    }


@pytest.fixture(params=links())
def printed(request):
    """Terms by name, with the six digits that are printed."""
    return {term.name: float(f"{term.value:.6g}") for term in link_terms(links()[request.param])}


def decibels(ratio):
    return 10 * math.log10(ratio)


def beam_deg(gain_dbi):
    return 70 * math.pi * math.sqrt(0.55 / 10 ** (gain_dbi / 10))


def crossed_db(first_db, second_db):
    one, two = 10 ** (first_db / 20), 10 ** (second_db / 20)
    share = 4 * one * two - (one**2 - 1) * (two**2 - 1)
    return -decibels(0.5 + share / (2 * (one**2 + 1) * (two**2 + 1)))


def by_hand(of, end):
    """Formulas as they are printed, on the printed numbers."""
    wave_m = 299.792458 / of["frequency"]
    gain, mask = f"antenna gain, {end}", math.radians(of["elevation"])
    radius_km = 6378.137
    found = {}
    if f"dish, {end}" in of:
        turns = math.pi * of[f"dish, {end}"] / wave_m
        found[gain] = decibels(of[f"aperture efficiency, {end}"] * turns**2)
    if f"pointing error, {end}" in of:
        if end == "transmitter" and of["RF power"] == 3:  # of the others the width is given
            found["beam width, transmitter"] = beam_deg(of[gain])
        error, width = of[f"pointing error, {end}"], of[f"beam width, {end}"]
        found[f"pointing loss, {end}"] = 12 * (error / width) ** 2
    found["EIRP"] = of["RF power"] - of["line loss, transmitter"] + of["antenna gain, transmitter"]
    height = radius_km * math.sin(mask)
    across = height**2 + 2 * radius_km * of["altitude"] + of["altitude"] ** 2
    found["slant range"] = math.sqrt(across) - height
    found["free-space loss"] = 2 * decibels(4 * math.pi * 1e3 * of["slant range"] / wave_m)
    if "axial ratio, receiver" in of:
        found["polarization loss"] = crossed_db(of["axial ratio, transmitter"], of["axial ratio, receiver"])
    if "rain loss" in of:
        wet = of["rain loss"] + of["cloud loss"]
        found["atmospheric loss"] = of["gas loss"] + math.hypot(wet, of["scintillation loss"])
        warmed = 275 * (1 - 10 ** (-wet / 10)) / 10 ** (of["line loss, receiver"] / 10)
        found["noise of rain and clouds"] = warmed
    lost = sum(of[f"{name} loss"] for name in ("free-space", "polarization", "atmospheric", "ionospheric"))
    found["isotropic level"] = of["EIRP"] - of["pointing loss, transmitter"] - lost
    return found


def noise_by_hand(of):
    found = {}
    if "line noise" in of:
        line = 10 ** (of["line loss in the chain"] / 10)
        found["line noise"] = of["line temperature"] * (line - 1)
        stages = (("amplifier", line), ("receiver", line / 10 ** (of["amplifier gain"] / 10)))
        for stage, ahead in stages:
            noise = 290 * (10 ** (of[f"{stage} noise figure"] / 10) - 1)
            found[f"{stage} noise at the antenna"] = noise * ahead
        parts = (
            "antenna noise",
            "line noise",
            "amplifier noise at the antenna",
            "receiver noise at the antenna",
        )
        found["noise in clear sky"] = sum(of[name] for name in parts)
    found["system noise temperature"] = of["noise in clear sky"] + of.get("noise of rain and clouds", 0.0)
    effective = of["antenna gain, receiver"] - of["line loss, receiver"]
    found["G/T"] = effective - decibels(of["system noise temperature"])
    received = of["isotropic level"] - of["pointing loss, receiver"]
    found["C/N0"] = received + of["G/T"] - decibels(1.380649e-23)
    if "symbol rate" in of:
        found["data rate"] = of["symbol rate"] * of["efficiency"]
    found["Eb/N0"] = of["C/N0"] - decibels(1e6 * of["data rate"])
    kind = "Eb/N0"
    if "noise bandwidth" in of:
        band_hz = 1e3 * of["noise bandwidth"]
        found["received power"] = received + effective
        found["noise power"] = decibels(1.380649e-23 * of["system noise temperature"] * band_hz)
        found["S/N"] = of["received power"] - of["noise power"]
        kind = "S/N"
    found["margin"] = of[kind] - of[f"required {kind}"] - of["implementation loss"]
    return found


def test_every_line_follows_from_the_lines_that_are_printed(printed):
    found = by_hand(printed, "transmitter") | by_hand(printed, "receiver") | noise_by_hand(printed)
    # 3e-6 for each of up to ten printed numbers in a line, and of 200 dB at most
    for name, value in found.items():
        assert printed[name] == pytest.approx(value, rel=2e-5, abs=2e-3), name


def test_the_weather_follows_from_the_printed_climate():
    of = {term.name: float(f"{term.value:.6g}") for term in link_terms(links()["down with a climate"])}
    frequency_hz, mask = 1e6 * of["frequency"], math.radians(of["elevation"])
    gas_db = gas_attenuation_db(
        frequency_hz,
        mask,
        dry_pressure_pa=100 * of["dry pressure"],
        temperature_k=of["surface temperature"],
        water_vapor_density_kg_m3=1e-3 * of["water vapor"],
    )
    rain_db = rain_attenuation_db(
        frequency_hz,
        mask,
        rain_rate_mm_h=of["rain rate exceeded for 0.01 %"],
        rain_height_m=1e3 * of["rain height"],
        station_height_m=of["station height"],
        latitude_rad=math.radians(of["station latitude"]),
        exceeded_fraction=of["share of the year exceeded"],
    )
    fade_db = scintillation_fade_db(
        frequency_hz,
        mask,
        wet_refractivity_ppm=of["wet refractivity"],
        antenna_diameter_m=of["aperture that averages scintillation"],
        exceeded_fraction=of["share of the year exceeded"],
        antenna_efficiency_ratio=0.5,
    )
    assert float(gas_db) == pytest.approx(of["gas loss"], rel=1e-4)
    assert float(cloud_attenuation_db(frequency_hz, mask, of["cloud water"])) == pytest.approx(
        of["cloud loss"]
    )
    assert float(rain_db) == pytest.approx(of["rain loss"], rel=1e-4)
    assert float(fade_db) == pytest.approx(of["scintillation loss"], rel=1e-4)


def test_every_computed_line_names_a_function_that_exists(printed):
    for link in links().values():
        terms = link_terms(link)
        named = [term.formula_id for term in terms if term.formula_id]
        assert len(named) >= 6
        for formula_id in named:
            module, name = formula_id.rsplit(".", 1)
            assert callable(getattr(import_module(f"cosmodrome.{module}"), name))
        assert all(term.formula or term.source for term in terms)
