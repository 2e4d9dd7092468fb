"""What reaches the ground, how full the memory gets, and how old the data is when it comes down."""

from cosmodrome.budgets.data import DataBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term


def _data_terms(data: DataBudget) -> tuple[Term, ...]:
    """What is produced, carried and lost."""
    return (
        Term("produced per day", data.produced_gbit_per_day, "Gbit/day", "modes × their data rates"),
        Term(
            "usable contact",
            data.contact_min_per_day,
            "min/day",
            "a link closes, transmitter on, overlaps once",
        ),
        Term(
            "capacity per day",
            data.capacity_gbit_per_day,
            "Gbit/day",
            "the rate that closes, over the contact",
        ),
        Term(
            "lost per day", data.lost_gbit / data.duration_days, "Gbit/day", "produced with the memory full"
        ),
        Term(
            "delivered per day",
            data.sustained_gbit_per_day,
            "Gbit/day",
            "the smaller of produced less lost, and capacity",
        ),
        Term(
            "memory that loses nothing",
            data.memory_peak_gbit,
            "Gbit",
            "largest rise of the running sum of produced less carried",
        ),
    )


def data_checks(mission: Mission, data: DataBudget) -> tuple[Check, ...]:
    """What reaches the ground each day, how full the memory gets, and how old the data may be."""
    checks = []
    asked_gbit = mission.requirements.data_volume_gbit_per_day
    required_gbit = data.produced_gbit_per_day if asked_gbit is None else asked_gbit
    if required_gbit > 0 and (asked_gbit is not None or data.capacity_gbit_per_day < required_gbit):
        checks.append(_volume_check(mission, data, required_gbit))
    if data.memory_gbit is not None and data.produced_gbit > 0:
        grows = data.capacity_gbit_per_day < data.produced_gbit_per_day
        advice = "more downlink: the backlog grows, so memory alone does not close it"
        checks.append(
            Check(
                name="memory",
                title="memory that loses no data",
                required=data.memory_gbit,
                achieved=data.memory_peak_gbit,
                unit="Gbit",
                sense="at most",
                best_estimate=data.memory_peak_gbit,
                allowance=0.0,
                policy=f"peak over {data.duration_days:.0f} days",
                source="modes that produce data against usable passes",
                detail="data timeline",
                advice=advice if grows else "more memory, or more contact",
                derivation=_data_terms(data),
            )
        )
    return (*checks, *_age_checks(mission, data))


def _age_checks(mission: Mission, data: DataBudget) -> tuple[Check, ...]:
    asked_h = mission.requirements.data_latency_h
    if asked_h is None or data.worst_age_h is None or data.mean_age_h is None:
        return ()
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
            advice="stations that shorten the wait, or a faster link",
            derivation=(
                Term(
                    "mean age",
                    data.mean_age_h,
                    "h",
                    "area between what came in and what left / all that left",
                ),
                Term("worst age", data.worst_age_h, "h", "greatest wait from being made to coming down"),
            ),
        ),
    )


def _volume_check(mission: Mission, data: DataBudget, required_gbit: float) -> Check:
    delivered_gbit = data.sustained_gbit_per_day
    if data.produced_gbit_per_day < required_gbit:
        advice = "modes that produce more"
    elif data.capacity_gbit_per_day >= required_gbit:
        advice = "more memory"
    elif data.contact_min_per_day > 0:
        advice = "more contact, or a higher rate where the link has margin for it"
    else:
        advice = "a station whose link closes, and a mode that has the transmitter on over it"
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
        advice=advice,
        derivation=_data_terms(data),
    )
