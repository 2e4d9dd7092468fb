"""The margin of each link, down to the stations and up to the satellite."""

from cosmodrome.budgets.link import LinkBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term


def link_checks(mission: Mission, budgets: Budgets) -> tuple[Check, ...]:
    """One per station that is sent to, and one per station that sends to a satellite that receives."""
    down = tuple(_link_check(link, mission.requirements.downlink_margin_db) for link in budgets.links)
    up = tuple(_link_check(link, mission.requirements.uplink_margin_db) for link in budgets.uplinks)
    return down + up


def _link_check(link: LinkBudget, required_db: float) -> Check:
    name, word = ("link", "downlink") if link.direction == "down" else ("uplink", "uplink")
    return Check(
        name=f"{name} {link.station}",
        title=f"{word} margin, {link.station}",
        required=required_db,
        achieved=link.margin_db,
        unit="dB",
        sense="at least",
        best_estimate=link.margin_db,
        allowance=0.0,
        policy=f"{required_db:g} dB above required Eb/N0 and implementation loss",
        source="link budget at the station's minimum elevation",
        detail=f"{name} table, {link.elevation_deg:g} deg and {link.slant_range_km:.0f} km",
        advice="more EIRP or G/T, or a slower rate",
        derivation=_terms(link),
    )


def _terms(link: LinkBudget) -> tuple[Term, ...]:
    """From the transmitter to the margin."""
    threshold = f"table of modulations and codes: {link.coding}" if link.coding else "mission file"
    temperature = "antenna, line and receiver, and the noise of rain and clouds"
    return (
        Term("EIRP", link.eirp_dbw, "dBW", "RF power − line loss + antenna gain"),
        Term("slant range", link.slant_range_km, "km", f"at {link.elevation_deg:g}° elevation"),
        Term("free-space loss", link.free_space_loss_db, "dB", "20 log10(4 π d f / c)"),
        Term("pointing loss, both ends", link.pointing_loss_db, "dB", source="mission file and station"),
        Term("polarization loss", link.polarization_loss_db, "dB", source="mission file"),
        *_weather_terms(link),
        Term("receiving antenna's gain", link.antenna_gain_dbi, "dBi", source="mission file or station"),
        Term("system noise temperature", link.system_noise_temperature_k, "K", temperature),
        Term("G/T", link.g_over_t_db_k, "dB/K", "antenna gain − 10 log10(system temperature)"),
        Term("C/N0", link.c_over_n0_dbhz, "dBHz", "EIRP − losses + G/T + 228.6"),
        Term("data rate", link.data_rate_mbit_s, "Mbit/s", source=threshold),
        Term("Eb/N0", link.eb_n0_db, "dB", "C/N0 − 10 log10(data rate)"),
        Term("required Eb/N0", link.required_eb_n0_db, "dB", source=threshold),
        Term("implementation loss", link.implementation_loss_db, "dB", source="mission file"),
        Term("margin", link.margin_db, "dB", "Eb/N0 − required Eb/N0 − implementation loss"),
    )


def _weather_terms(link: LinkBudget) -> tuple[Term, ...]:
    """Losses in the atmosphere: their parts where the station has a climate, else its one number."""
    parts = (
        ("gas loss", link.gas_loss_db, "ITU-R P.676-12, surface air of the station"),
        ("cloud loss", link.cloud_loss_db, "ITU-R P.840-8, column of liquid water exceeded for 1 %"),
        ("rain loss", link.rain_loss_db, "ITU-R P.618-13 and P.838-3, rain rate exceeded for 0.01 %"),
        ("scintillation loss", link.scintillation_loss_db, "ITU-R P.618-13, wet refractivity"),
    )
    terms = tuple(Term(name, value, "dB", formula) for name, value, formula in parts if value is not None)
    if link.availability_fraction is None:
        return (*terms, Term("atmospheric loss", link.atmospheric_loss_db, "dB", source="station"))
    share = f"not exceeded for {100 * link.availability_fraction:g} % of an average year"
    total = f"gas + √((rain + cloud)² + scintillation²), {share}"
    return (*terms, Term("atmospheric loss", link.atmospheric_loss_db, "dB", total))
