"""What reaches the ground, how full the memory gets, and how old the data is when it comes down."""

from collections.abc import Iterator

from cosmodrome.budgets.data import DataBudget
from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Term


def _produced_terms(data: DataBudget) -> Iterator[Term]:
    """What modes and parts make."""
    for mode in data.modes:
        rule = (
            f"{mode.data_rate_mbit_s:g} Mbit/s × {100 * mode.duty_fraction:.5g} % of the time × 86.4 ks/day"
        )
        yield Term(
            f"made by {mode.name}", mode.produced_gbit / data.duration_days, "Gbit/day", rule, "mission file",
            "operations.timeline.produced_mbit_s",
        )  # fmt: skip
    yield Term("produced per day", data.produced_gbit_per_day, "Gbit/day", "sum of the above")


def _contact_terms(data: DataBudget) -> Iterator[Term]:
    """What contact can carry, station by station."""
    once = "while it is the one that is sent to: its link closes with margin, the transmitter is on"
    for station in data.contacts:
        yield Term(
            f"contact over {station.name}", station.contact_min_per_day, "min/day", once,
            formula_id="budgets.downlink.mission_downlink",
        )  # fmt: skip
    yield Term("usable contact", data.contact_min_per_day, "min/day", "sum of the above; overlaps count once")
    for station in data.contacts:
        rule = f"contact × 60 s/min × {station.mean_rate_mbit_s:.6g} Mbit/s, its mean rate, / 1000"
        yield Term(
            f"capacity over {station.name}", station.capacity_gbit_per_day, "Gbit/day", rule,
            formula_id="budgets.downlink.rate_ladder",
        )  # fmt: skip
    yield Term("capacity per day", data.capacity_gbit_per_day, "Gbit/day", "sum of the above")


def _volume_terms(data: DataBudget) -> Iterator[Term]:
    """What is produced, carried and lost."""
    yield from _produced_terms(data)
    yield from _contact_terms(data)
    lost = f"{data.lost_gbit:.6g} Gbit produced with the memory full / {data.duration_days:.6g} days"
    yield Term(
        "lost per day", data.lost_gbit / data.duration_days, "Gbit/day", lost,
        formula_id="physics.storage.clipped_store",
    )  # fmt: skip
    rule = "the smaller of produced − lost, and capacity"
    yield Term("delivered per day", data.sustained_gbit_per_day, "Gbit/day", rule)


def _memory_terms(data: DataBudget) -> Iterator[Term]:
    """What piles up on board."""
    yield from _produced_terms(data)
    yield from _contact_terms(data)
    rise = data.rise
    if rise is not None:
        when = f"in the {rise.duration_h:.4g} h from {rise.start:%Y-%m-%d %H:%M} UTC"
        made = f"{when}: the largest rise of the running sum of produced − carried"
        rule = "physics.storage.drawdown"
        yield Term("produced in the largest rise", rise.produced_gbit, "Gbit", made, formula_id=rule)
        carried = "capacity of the contact in that time"
        yield Term("carried in it", rise.carried_gbit, "Gbit", carried, formula_id=rule)
    yield Term("memory that loses nothing", data.memory_peak_gbit, "Gbit", "produced − carried in it")


def _age_terms(data: DataBudget, mean_h: float, worst_h: float) -> Iterator[Term]:
    """How long data waits."""
    yield from _produced_terms(data)
    yield from _contact_terms(data)
    rule = "physics.storage.ages_s"
    board = "area between what came in and what left, over the span"
    delivered = f"in {data.duration_days:.6g} days, oldest first"
    yield Term("on board, of what came down", mean_h * data.downlinked_gbit, "Gbit h", board, formula_id=rule)
    yield Term(
        "came down", data.downlinked_gbit, "Gbit", delivered, formula_id="physics.storage.clipped_store"
    )
    yield Term("mean age", mean_h, "h", "on board / came down", formula_id=rule)
    waits, oldest = "greatest wait from being made to coming down", data.oldest
    if oldest is not None:
        silent = "longest time without contact while the oldest data waits"
        yield Term("gap between contacts", oldest.without_contact_h, "h", silent)
        waits = f"made {oldest.made:%Y-%m-%d %H:%M:%S}, down {oldest.down:%Y-%m-%d %H:%M:%S} UTC"
    yield Term("worst age", worst_h, "h", waits, formula_id="physics.storage.oldest_s")


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
                derivation=tuple(_memory_terms(data)),
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
            derivation=tuple(_age_terms(data, data.mean_age_h, data.worst_age_h)),
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
        derivation=tuple(_volume_terms(data)),
    )
