"""The downlink margin of each station, what reaches the ground, and how full the memory gets."""

from cosmodrome.budgets.data import DataBudget
from cosmodrome.budgets.link import LinkBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term


def link_check(mission: Mission, link: LinkBudget) -> Check:
    """The downlink margin of one station."""
    required_db = mission.requirements.downlink_margin_db
    short_db = required_db - link.margin_db
    transmitter = mission.satellite.transmitter if mission.satellite is not None else None
    remedy = f"+{short_db:.2g} dB of EIRP or G/T"
    if transmitter is not None:
        remedy += f", or {transmitter.data_rate_mbit_s * 10 ** (-short_db / 10):.3g} Mbit/s"
    return Check(
        name=f"link {link.station}",
        title=f"downlink margin, {link.station}",
        required=required_db,
        achieved=link.margin_db,
        unit="dB",
        sense="at least",
        best_estimate=link.margin_db,
        allowance=0.0,
        policy=f"{required_db:g} dB above required Eb/N0 and implementation loss",
        source="link budget at the station's minimum elevation",
        detail=f"link table, {link.elevation_deg:g} deg and {link.slant_range_km:.0f} km",
        remedy="" if short_db <= 0 else remedy,
        derivation=_link_terms(link),
    )


def _link_terms(link: LinkBudget) -> tuple[Term, ...]:
    """From the transmitter to the margin."""
    return (
        Term("EIRP", link.eirp_dbw, "dBW", "RF power − line loss + antenna gain"),
        Term("slant range", link.slant_range_km, "km", f"at {link.elevation_deg:g}° elevation"),
        Term("free-space loss", link.free_space_loss_db, "dB", "20 log10(4 π d f / c)"),
        Term("pointing loss, both ends", link.pointing_loss_db, "dB", source="mission file and station"),
        Term("polarization loss", link.polarization_loss_db, "dB", source="mission file"),
        Term("atmospheric loss", link.atmospheric_loss_db, "dB", source="station"),
        Term("G/T of the station", link.g_over_t_db_k, "dB/K", "antenna gain − 10 log10(system temperature)"),
        Term("C/N0", link.c_over_n0_dbhz, "dBHz", "EIRP − losses + G/T + 228.6"),
        Term("Eb/N0", link.eb_n0_db, "dB", "C/N0 − 10 log10(data rate)"),
        Term("required Eb/N0", link.required_eb_n0_db, "dB", source="mission file"),
        Term("implementation loss", link.implementation_loss_db, "dB", source="mission file"),
        Term("margin", link.margin_db, "dB", "Eb/N0 − required Eb/N0 − implementation loss"),
    )


def _data_terms(data: DataBudget) -> tuple[Term, ...]:
    """What is produced, carried and lost."""
    return (
        Term("produced per day", data.produced_gbit_per_day, "Gbit/day", "modes × their data rates"),
        Term(
            "usable contact",
            data.contact_min_per_day,
            "min/day",
            "link closes, transmitter on, overlaps once",
        ),
        Term("capacity per day", data.capacity_gbit_per_day, "Gbit/day", "contact × data rate"),
        Term("lost", data.lost_gbit, "Gbit", "produced with the memory full"),
        Term(
            "delivered per day",
            data.sustained_gbit_per_day,
            "Gbit/day",
            "the smaller of produced less lost, and capacity",
        ),
        Term("fullest memory", data.memory_peak_gbit, "Gbit", "running sum of produced less carried"),
    )


def data_checks(mission: Mission, data: DataBudget) -> tuple[Check, ...]:
    """What reaches the ground each day, and how full the memory gets."""
    checks = []
    asked_gbit = mission.requirements.data_volume_gbit_per_day
    required_gbit = data.produced_gbit_per_day if asked_gbit is None else asked_gbit
    if required_gbit > 0 and (asked_gbit is not None or data.capacity_gbit_per_day < required_gbit):
        checks.append(_volume_check(mission, data, required_gbit))
    if data.memory_gbit is not None and data.produced_gbit > 0:
        short_gbit = data.memory_peak_gbit - data.memory_gbit
        grows = data.capacity_gbit_per_day < data.produced_gbit_per_day
        remedy = f"+{short_gbit:.4g} Gbit of memory"
        if grows:
            missing = data.produced_gbit_per_day - data.capacity_gbit_per_day
            remedy = (
                f"+{missing:.4g} Gbit/day of downlink: the backlog grows, so memory alone does not close it"
            )
        checks.append(
            Check(
                name="memory",
                title="data on board",
                required=data.memory_gbit,
                achieved=data.memory_peak_gbit,
                unit="Gbit",
                sense="at most",
                best_estimate=data.memory_peak_gbit,
                allowance=0.0,
                policy=f"peak over {data.duration_days:.0f} days",
                source="modes that produce data against usable passes",
                detail="data timeline",
                remedy="" if short_gbit <= 0 else remedy,
                derivation=_data_terms(data),
            )
        )
    return tuple(checks)


def _volume_check(mission: Mission, data: DataBudget, required_gbit: float) -> Check:
    delivered_gbit = data.sustained_gbit_per_day
    missing_gbit = required_gbit - delivered_gbit
    if data.produced_gbit_per_day < required_gbit:
        remedy = f"modes that produce {required_gbit - data.produced_gbit_per_day:.4g} Gbit/day more"
    elif data.capacity_gbit_per_day >= required_gbit:
        remedy = f"+{data.memory_peak_gbit - (data.memory_gbit or 0.0):.4g} Gbit of memory"
    elif data.contact_min_per_day > 0:
        rate_gbit_per_min = data.capacity_gbit_per_day / data.contact_min_per_day
        remedy = f"{missing_gbit / rate_gbit_per_min:.3g} min/day more contact, or "
        remedy += f"{required_gbit / data.contact_min_per_day / 0.06:.4g} Mbit/s"
    else:
        remedy = "a station whose link closes, and a mode that has the transmitter on over it"
    return Check(
        name="data volume",
        title="data delivered per day",
        required=required_gbit,
        achieved=delivered_gbit,
        unit="Gbit/day",
        sense="at least",
        best_estimate=delivered_gbit,
        allowance=0.0,
        policy=f"mean of {data.duration_days:.0f} days, overlapping passes counted once",
        source=f"passes over {', '.join(data.stations) or 'no station'}",
        detail="data timeline",
        remedy="" if missing_gbit <= 0 else remedy,
        derivation=_data_terms(data),
    )
