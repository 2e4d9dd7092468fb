"""A link budget line by line, so that each line follows from those above it."""

from collections.abc import Iterator

from cosmodrome.budgets.link import LinkBudget
from cosmodrome.budgets.link_ends import LinkEnd
from cosmodrome.budgets.path_losses import APERTURE_EFFICIENCY, aperture_m, surface_pressure_pa
from cosmodrome.models.link import ReceiverChain
from cosmodrome.physics.receiver_noise import line_noise_temperature_k, noise_temperature_from_figure_k
from cosmodrome.verdict.check import Term

_GIVEN = "mission file or catalog"


def link_terms(link: LinkBudget) -> tuple[Term, ...]:
    """From the transmitter to the margin.

    Parameters
    ----------
    link : LinkBudget
        With the two ends that it was worked out from.

    Returns
    -------
    tuple of Term
        Every number that the margin follows from.
    """
    return (*_sent(link), *_path(link), *_received(link), *_judged(link))


def _sent(link: LinkBudget) -> Iterator[Term]:
    sender = link.link.sender
    yield Term("frequency", link.frequency_mhz, "MHz", source=_GIVEN)
    yield Term("RF power", link.link.rf_power_dbw, "dBW", source=_GIVEN)
    yield Term("line loss, transmitter", sender.line_loss_db, "dB", source=_GIVEN)
    yield from _gain(sender, "transmitter")
    yield Term(
        "EIRP",
        link.eirp_dbw,
        "dBW",
        "RF power − line loss + antenna gain",
        formula_id="physics.radio.isotropic_radiated_power_dbw",
    )
    yield from _pointing(sender, "transmitter")


def _gain(end: LinkEnd, which: str) -> Iterator[Term]:
    """Gain of an antenna, from its dish where that is given."""
    name = f"antenna gain, {which}"
    if end.dish_diameter_m is None or end.aperture_efficiency_ratio is None:
        yield Term(name, end.antenna_gain_dbi, "dBi", source=_GIVEN)
        return
    yield Term(f"dish, {which}", end.dish_diameter_m, "m", source=_GIVEN)
    yield Term(f"aperture efficiency, {which}", end.aperture_efficiency_ratio, "", source=_GIVEN)
    formula = "10 log10(efficiency (π D f / c)²)"
    yield Term(name, end.antenna_gain_dbi, "dBi", formula, formula_id="physics.antennas.dish_gain_dbi")


def _pointing(end: LinkEnd, which: str) -> Iterator[Term]:
    """Loss of pointing, from the error where that is given."""
    name = f"pointing loss, {which}"
    if end.pointing_error_deg is None or end.beamwidth_deg is None:
        yield Term(name, end.pointing_loss_db, "dB", source=_GIVEN)
        return
    yield Term(f"pointing error, {which}", end.pointing_error_deg, "°", source=_GIVEN)
    width = f"beam width, {which}"
    if end.beam_from_gain:
        formula = "70 π √(0.55 / 10^(gain / 10)) degrees"
        made_by = "physics.antennas.beamwidth_from_gain_deg"
        yield Term(width, end.beamwidth_deg, "°", formula, formula_id=made_by)
    else:
        yield Term(width, end.beamwidth_deg, "°", source=_GIVEN)
    formula = "12 (error / beam width)²"
    yield Term(name, end.pointing_loss_db, "dB", formula, formula_id="physics.antennas.pointing_loss_db")


def _path(link: LinkBudget) -> Iterator[Term]:
    yield Term("altitude", link.altitude_km, "km", source="apogee of the target orbit")
    yield Term("elevation", link.elevation_deg, "°", source="mask of the station")
    yield Term(
        "slant range",
        link.slant_range_km,
        "km",
        "√((R sin el)² + 2 R h + h²) − R sin el, R = 6378.137 km",
        formula_id="physics.radio.slant_range_m",
    )
    yield Term(
        "free-space loss",
        link.free_space_loss_db,
        "dB",
        "20 log10(4 π d f / c)",
        formula_id="physics.radio.free_space_loss_db",
    )
    yield from _polarization(link)
    yield from _weather(link)
    yield Term("ionospheric loss", link.ionospheric_loss_db, "dB", source=_GIVEN)
    yield Term(
        "isotropic level",
        link.isotropic_level_dbw,
        "dBW",
        "EIRP − transmitter's pointing loss − free-space − polarization − atmospheric − ionospheric loss",
    )


def _polarization(link: LinkBudget) -> Iterator[Term]:
    """From the axial ratios where both are given."""
    ends = (link.link.sender.axial_ratio_db, link.link.receiver.axial_ratio_db)
    if ends[0] is None or ends[1] is None:
        yield Term("polarization loss", link.polarization_loss_db, "dB", source=_GIVEN)
        return
    for which, ratio_db in zip(("transmitter", "receiver"), ends, strict=True):
        if ratio_db is not None:
            yield Term(f"axial ratio, {which}", ratio_db, "dB", source=_GIVEN)
    yield Term(
        "polarization loss",
        link.polarization_loss_db,
        "dB",
        "worst of two ellipses",
        formula_id="physics.antennas.polarization_loss_db",
    )


def _weather(link: LinkBudget) -> Iterator[Term]:
    """Losses in the atmosphere: their parts where the station has a climate, else its one number."""
    if link.availability_fraction is None:
        yield Term("atmospheric loss", link.atmospheric_loss_db, "dB", source=_GIVEN)
        return
    yield from _climate(link)
    parts = (
        ("gas loss", link.gas_loss_db, "ITU-R P.676-12, annex 2", "gases.gas_attenuation_db"),
        ("cloud loss", link.cloud_loss_db, "ITU-R P.840-8", "clouds.cloud_attenuation_db"),
        ("rain loss", link.rain_loss_db, "ITU-R P.618-13 and P.838-3", "rain.rain_attenuation_db"),
        (
            "scintillation loss",
            link.scintillation_loss_db,
            "ITU-R P.618-13",
            "scintillation.scintillation_fade_db",
        ),
    )
    for name, loss_db, formula, made_by in parts:
        if loss_db is not None:
            yield Term(name, loss_db, "dB", formula, formula_id=f"physics.{made_by}")
    share = f"not exceeded for {100 * link.availability_fraction:g} % of an average year"
    yield Term(
        "atmospheric loss",
        link.atmospheric_loss_db,
        "dB",
        f"gas + √((rain + cloud)² + scintillation²), {share}",
        formula_id="physics.propagation.total_attenuation_db",
    )


def _climate(link: LinkBudget) -> Iterator[Term]:
    """What the losses are worked out from."""
    station, climate = link.link.station, link.link.station.propagation
    if climate is None:
        return
    source = climate.source
    ground_dbi, frequency_hz = link.link.ground.antenna_gain_dbi, 1e6 * link.frequency_mhz
    yield Term("share of the year exceeded", 1 - link.link.availability_fraction, "", source="requirements")
    yield Term("station height", station.altitude_m, "m", source="station")
    yield Term("station latitude", station.latitude_deg, "°", source="station")
    yield Term(
        "dry pressure",
        surface_pressure_pa(station.altitude_m) / 100,
        "hPa",
        "at the station",
        formula_id="physics.atmosphere.us_standard_1976_below_86_km",
    )
    yield Term("surface temperature", climate.surface_temperature_k, "K", source=source)
    yield Term("water vapor", climate.water_vapor_density_g_m3, "g/m³", source=source)
    yield Term("cloud water", climate.cloud_liquid_water_kg_m2, "kg/m²", source=source)
    rain_mm_h = climate.rain_rate_exceeded_001_percent_mm_h
    yield Term("rain rate exceeded for 0.01 %", rain_mm_h, "mm/h", source=source)
    yield Term("rain height", climate.rain_height_km, "km", source=source)
    yield Term("wet refractivity", climate.wet_refractivity_ppm, "ppm", source=source)
    yield Term(
        "aperture that averages scintillation",
        aperture_m(ground_dbi, frequency_hz),
        "m",
        f"λ / π √(gain / {APERTURE_EFFICIENCY:g})",
        formula_id="budgets.path_losses.aperture_m",
    )


def _received(link: LinkBudget) -> Iterator[Term]:
    receiver = link.link.receiver
    yield from _pointing(receiver, "receiver")
    yield from _gain(receiver, "receiver")
    yield Term("line loss, receiver", receiver.line_loss_db, "dB", source=_GIVEN)
    clear_k, chain = link.link.clear_noise_temperature_k, link.link.chain
    if chain is not None:
        yield from _chain(chain)
        summed = "antenna + line + amplifier + receiver"
        made_by = "physics.receiver_noise.cascade_noise_temperature_k"
        yield Term("noise in clear sky", clear_k, "K", summed, formula_id=made_by)
    else:
        yield Term("noise in clear sky", clear_k, "K", source=_GIVEN)
    if link.direction == "down" and link.availability_fraction is not None:
        yield Term(
            "noise of rain and clouds",
            link.weather_noise_k,
            "K",
            "275 K (1 − 10^(−(rain + cloud loss) / 10)) / 10^(line loss of the receiver / 10)",
            formula_id="physics.propagation.weather_noise_k",
        )
    summed = "clear sky + rain and clouds"
    yield Term("system noise temperature", link.system_noise_temperature_k, "K", summed)
    yield Term(
        "G/T",
        link.g_over_t_db_k,
        "dB/K",
        "antenna gain − line loss − 10 log10(system noise temperature)",
        formula_id="physics.radio.figure_of_merit_db_k",
    )
    yield Term(
        "C/N0",
        link.c_over_n0_dbhz,
        "dBHz",
        "isotropic level − pointing loss of the receiver + G/T − 10 log10(1.380649e-23)",
        formula_id="physics.radio.carrier_to_noise_density_dbhz",
    )


def _chain(chain: ReceiverChain) -> Iterator[Term]:
    """Friis, stage by stage, each as it counts at the antenna."""
    figure_id = "physics.receiver_noise.noise_temperature_from_figure_k"
    line = 10 ** (chain.line_loss_db / 10)
    ahead = line / 10 ** (chain.amplifier_gain_db / 10)
    yield Term("antenna noise", chain.antenna_temperature_k, "K", source=_GIVEN)
    yield Term("line loss in the chain", chain.line_loss_db, "dB", source=_GIVEN)
    yield Term("line temperature", chain.line_temperature_k, "K", source=_GIVEN)
    yield Term(
        "line noise",
        line_noise_temperature_k(chain.line_loss_db, chain.line_temperature_k),
        "K",
        "line temperature × (10^(line loss / 10) − 1)",
        formula_id="physics.receiver_noise.line_noise_temperature_k",
    )
    yield Term("amplifier noise figure", chain.amplifier_noise_figure_db, "dB", source=_GIVEN)
    yield Term(
        "amplifier noise at the antenna",
        noise_temperature_from_figure_k(chain.amplifier_noise_figure_db) * line,
        "K",
        "290 K (10^(noise figure / 10) − 1) × 10^(line loss / 10)",
        formula_id=figure_id,
    )
    yield Term("amplifier gain", chain.amplifier_gain_db, "dB", source=_GIVEN)
    yield Term("receiver noise figure", chain.receiver_noise_figure_db, "dB", source=_GIVEN)
    yield Term(
        "receiver noise at the antenna",
        noise_temperature_from_figure_k(chain.receiver_noise_figure_db) * ahead,
        "K",
        "290 K (10^(noise figure / 10) − 1) × 10^((line loss − amplifier gain) / 10)",
        formula_id=figure_id,
    )


def _judged(link: LinkBudget) -> Iterator[Term]:
    threshold = f"table of modulations and codes: {link.coding}" if link.coding else _GIVEN
    if link.symbol_rate_mbaud is not None:
        bits = link.data_rate_mbit_s / link.symbol_rate_mbaud
        yield Term("symbol rate", link.symbol_rate_mbaud, "Mbaud", source=_GIVEN)
        yield Term("efficiency", bits, "bit/symbol", source=threshold)
        yield Term("data rate", link.data_rate_mbit_s, "Mbit/s", "symbol rate × efficiency")
    else:
        yield Term("data rate", link.data_rate_mbit_s, "Mbit/s", source=_GIVEN)
    yield Term(
        "Eb/N0",
        link.eb_n0_db,
        "dB",
        "C/N0 − 10 log10(data rate)",
        formula_id="physics.radio.energy_per_bit_db",
    )
    if link.snr_db is None or link.required_snr_db is None or link.noise_bandwidth_khz is None:
        kind, required_db = "Eb/N0", link.required_eb_n0_db or 0.0
    else:
        kind, required_db = "S/N", link.required_snr_db
        yield from _in_the_band(link, link.noise_bandwidth_khz, link.snr_db)
    yield Term(f"required {kind}", required_db, "dB", source=threshold)
    yield Term("implementation loss", link.implementation_loss_db, "dB", source=_GIVEN)
    yield Term("margin", link.margin_db, "dB", f"{kind} − required {kind} − implementation loss")


def _in_the_band(link: LinkBudget, bandwidth_khz: float, snr_db: float) -> Iterator[Term]:
    yield Term("noise bandwidth", bandwidth_khz, "kHz", source=_GIVEN)
    yield Term(
        "received power",
        link.received_power_dbw,
        "dBW",
        "isotropic level − pointing loss of the receiver + antenna gain − line loss",
    )
    yield Term(
        "noise power",
        link.received_power_dbw - snr_db,
        "dBW",
        "10 log10(k × system noise temperature × bandwidth)",
        formula_id="physics.radio.noise_power_dbw",
    )
    yield Term(
        "S/N", snr_db, "dB", "C/N0 − 10 log10(bandwidth)", formula_id="physics.radio.signal_to_noise_db"
    )
