"""The margin of each link, down to the stations and up to the satellite."""

from cosmodrome.budgets.link import LinkBudget
from cosmodrome.budgets.totals import Budgets
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check
from cosmodrome.verdict.link_terms import link_terms


def link_checks(mission: Mission, budgets: Budgets) -> tuple[Check, ...]:
    """One per radio and station that it sends to, and one per station and radio that it sends to."""
    down = tuple(_link_check(link, mission.requirements.downlink_margin_db) for link in budgets.links)
    up = tuple(_link_check(link, mission.requirements.uplink_margin_db) for link in budgets.uplinks)
    return down + up


def _link_check(link: LinkBudget, required_db: float) -> Check:
    name, word = ("link", "downlink") if link.direction == "down" else ("uplink", "uplink")
    threshold = "Eb/N0" if link.required_snr_db is None else "S/N"
    return Check(
        name=f"{name} {link.station} {link.radio}".rstrip(),
        title=f"{word} margin, {link.station}" + (f", {link.radio}" if link.radio else ""),
        required=required_db,
        achieved=link.margin_db,
        unit="dB",
        sense="at least",
        best_estimate=link.margin_db,
        allowance=0.0,
        policy=f"{required_db:g} dB above required {threshold} and implementation loss",
        source="link budget at the station's minimum elevation",
        detail=f"{name} table, {link.elevation_deg:g} deg and {link.slant_range_km:.0f} km",
        advice="more EIRP or G/T, or a slower rate",
        derivation=link_terms(link),
    )
