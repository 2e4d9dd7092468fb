"""Checks of the command uplink and of the age of the payload data."""

from cosmodrome.budgets.link import LinkBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission
from cosmodrome.verdict import Check


def link_checks(mission: Mission, budgets: Budgets) -> tuple[Check, ...]:
    """Hold uplinks and the age of data against what is asked; the downlinks' checks are the verdict's own.

    Parameters
    ----------
    mission : Mission
        Its requirements.
    budgets : Budgets
        Links and data of its satellite.

    Returns
    -------
    tuple of Check
        One per station that sends to a satellite that receives, and the age of data where one is asked.
    """
    uplinks = tuple(_uplink_check(mission, link) for link in budgets.uplinks)
    return (*uplinks, *_age_checks(mission, budgets))


def _uplink_check(mission: Mission, link: LinkBudget) -> Check:
    required_db = mission.requirements.uplink_margin_db
    short_db = required_db - link.margin_db
    slower_kbit_s = 1e3 * link.data_rate_mbit_s * 10 ** (-short_db / 10)
    return Check(
        name=f"uplink {link.station}",
        title=f"uplink margin, {link.station}",
        required=required_db,
        achieved=link.margin_db,
        unit="dB",
        sense="at least",
        best_estimate=link.margin_db,
        allowance=0.0,
        policy=f"{required_db:g} dB above required Eb/N0 and implementation loss",
        source="link budget at the station's minimum elevation",
        detail=f"uplink table, {link.elevation_deg:g} deg and {link.slant_range_km:.0f} km",
        remedy="" if short_db <= 0 else f"+{short_db:.2g} dB of EIRP or G/T, or {slower_kbit_s:.3g} kbit/s",
    )


def _age_checks(mission: Mission, budgets: Budgets) -> tuple[Check, ...]:
    asked_h, data = mission.requirements.data_latency_h, budgets.data
    if asked_h is None or data.worst_age_h is None or data.mean_age_h is None:
        return ()
    late_h = data.worst_age_h - asked_h
    return (
        Check(
            name="data age",
            title="age of data when it comes down",
            required=asked_h,
            achieved=data.worst_age_h,
            unit="h",
            sense="at most",
            best_estimate=data.mean_age_h,
            allowance=data.worst_age_h - data.mean_age_h,
            policy=f"worst of {data.duration_days:.0f} days; the best estimate is the mean",
            source=f"passes over {', '.join(data.stations) or 'no station'}, oldest data first",
            detail="data timeline",
            remedy="" if late_h <= 0 else f"stations that close a gap of {late_h:.3g} h",
        ),
    )
