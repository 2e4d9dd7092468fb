"""Tables of the radio links: every line of each budget, and what each pass carries."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cosmodrome.outputs.tables import Table, table_of

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult
    from cosmodrome.budgets.link import LinkBudget

_LINES = (
    "station", "radio", "elevation_deg", "slant_range_km", "frequency_mhz", "eirp_dbw", "free_space_loss_db",
    "pointing_loss_db", "polarization_loss_db", "gas_loss_db", "cloud_loss_db", "rain_loss_db",
    "scintillation_loss_db", "atmospheric_loss_db", "ionospheric_loss_db", "availability_fraction",
    "antenna_gain_dbi", "receive_line_loss_db", "system_noise_temperature_k", "g_over_t_db_k",
    "c_over_n0_dbhz", "coding", "data_rate_mbit_s", "eb_n0_db", "required_eb_n0_db", "noise_bandwidth_khz",
    "snr_db", "required_snr_db", "implementation_loss_db", "margin_db",
)  # fmt: skip
_RARE = ("radio", "required_eb_n0_db", "noise_bandwidth_khz", "snr_db", "required_snr_db")


def links_table(result: "MissionResult") -> Table | None:
    """Make the table of the downlinks, one row per transmitter and station; None without one.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    Table or None
        Every line of each budget.
    """
    if result.budgets is None or not result.budgets.links:
        return None
    return _table("links", "Downlink at each station's minimum elevation", result.budgets.links)


def uplinks_table(result: "MissionResult") -> Table | None:
    """Make the table of the uplinks, one row per receiver and station; None where nothing is sent up.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    Table or None
        Every line of each budget.
    """
    if result.budgets is None or not result.budgets.uplinks:
        return None
    return _table("uplinks", "Uplink at each station's minimum elevation", result.budgets.uplinks)


def _table(name: str, title: str, links: "Sequence[LinkBudget]") -> Table:
    """Lines of the budgets; those that few missions have only where one of these has them."""
    columns = tuple(
        line
        for line in _LINES
        if line not in _RARE or any(getattr(link, line) not in (None, "") for link in links)
    )
    return table_of(name, title, links, columns)


def pass_links_table(result: "MissionResult") -> Table | None:
    """Make the table of what each pass carries; None without a downlink.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    Table or None
        One row per pass. What is served leaves out what another station takes meanwhile.
    """
    if result.budgets is None or not result.budgets.downlink.passes:
        return None
    columns = (
        "station", "rise", "duration_s", "max_elevation_deg", "min_range_km", "max_range_km",
        "max_doppler_khz", "lowest_rate_mbit_s", "highest_rate_mbit_s", "closed_s", "capacity_gbit",
        "served_gbit",
    )  # fmt: skip
    return table_of("pass_links", "Downlink through each pass", result.budgets.downlink.passes, columns)


def data_modes_table(result: "MissionResult") -> Table | None:
    """Make the table of what each mode produces; None where none does.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    Table or None
        One row per mode that produces data.
    """
    if result.budgets is None or not result.budgets.data.modes:
        return None
    columns = ("name", "data_rate_mbit_s", "duty_fraction", "produced_gbit")
    return table_of("data_modes", "Data by mode", result.budgets.data.modes, columns)
