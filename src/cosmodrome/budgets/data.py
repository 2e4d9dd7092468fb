"""Data budget: produced against downlinked, and how full the memory gets."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.downlink import Downlink
from cosmodrome.constants import DAY_S
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline, part_fraction, produced_mbit_s, readiness_fraction
from cosmodrome.physics.storage import ages_s, clipped_store, drawdown, oldest_s, running_sum

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DataTimeline:
    """Data on board over the span; N samples, a step's mean stands at its start and the last is repeated."""

    epoch: datetime
    elapsed_s: Array
    produced_mbit_s: Array
    downlinked_mbit_s: Array
    stored_gbit: Array  # at the sample

    def __repr__(self) -> str:
        return f"<DataTimeline {len(self.elapsed_s)} samples from {self.epoch:%Y-%m-%d %H:%M}>"


@dataclass(frozen=True, slots=True)
class ModeData:
    """What a mode, or a part that modes have on, produces over the span."""

    name: str
    data_rate_mbit_s: float  # while it is on
    duty_fraction: float
    produced_gbit: float


@dataclass(frozen=True, slots=True)
class StationContact:
    """A station's share of the usable contact: while it is the one that is sent to."""

    name: str
    contact_min_per_day: float
    capacity_gbit_per_day: float

    @property
    def mean_rate_mbit_s(self) -> float:
        """Of that contact [Mbit/s]."""
        seconds = 60.0 * self.contact_min_per_day
        return 1e3 * self.capacity_gbit_per_day / seconds if seconds > 0 else 0.0


@dataclass(frozen=True, slots=True)
class MemoryRise:
    """The largest rise of what is on board, with a memory that never fills."""

    start: datetime
    duration_h: float
    produced_gbit: float
    carried_gbit: float  # what contact in it could carry


@dataclass(frozen=True, slots=True)
class OldestData:
    """The data that waited longest."""

    made: datetime
    down: datetime
    without_contact_h: float  # longest time in between in which nothing could be sent


@dataclass(frozen=True, slots=True)
class DataBudget:
    """What is produced, delivered, kept and lost over the span."""

    timeline: DataTimeline
    modes: tuple[ModeData, ...]
    duration_days: float
    stations: tuple[str, ...]  # that are sent to
    produced_gbit: float
    downlinked_gbit: float
    stored_gbit: float  # left on board at the end
    lost_gbit: float  # produced with the memory full
    contact_min_per_day: float  # usable: link closes, transmitter on, overlaps counted once
    capacity_gbit_per_day: float  # what that contact could carry
    memory_peak_gbit: float  # with a memory that never fills
    memory_gbit: float | None
    mean_age_h: float | None  # of data when it comes down; None where none does
    worst_age_h: float | None
    contacts: tuple[StationContact, ...] = ()  # of the stations that are sent to; they add up to all contact
    rise: MemoryRise | None = None  # None where nothing is produced
    oldest: OldestData | None = None  # None where nothing comes down

    @property
    def produced_gbit_per_day(self) -> float:
        """Mean production [Gbit/day]."""
        return self.produced_gbit / self.duration_days

    @property
    def downlinked_gbit_per_day(self) -> float:
        """Mean delivery [Gbit/day]."""
        return self.downlinked_gbit / self.duration_days

    @property
    def sustained_gbit_per_day(self) -> float:
        """Delivery that lasts: production less losses, as far as contact can carry it [Gbit/day]."""
        kept_gbit = self.produced_gbit - self.lost_gbit
        return min(kept_gbit / self.duration_days, self.capacity_gbit_per_day)

    def __repr__(self) -> str:
        return (
            f"<DataBudget {self.downlinked_gbit_per_day:.1f} of "
            f"{self.produced_gbit_per_day:.1f} Gbit/day reach the ground>"
        )


def data_budget(satellite: Satellite, timeline: ModeTimeline, downlink: Downlink) -> DataBudget:
    """Fill the memory by the modes and empty it through the downlink.

    produced = downlinked + stored + lost

    Parameters
    ----------
    satellite : Satellite
        Modes that produce data, transmitter, memory.
    timeline : ModeTimeline
        The modes over time.
    downlink : Downlink
        The rate that closes at each instant of contact.

    Returns
    -------
    DataBudget
        Volumes, ages and the timeline.

    Notes
    -----
    The memory is empty at the start; the oldest data goes down first, and what does not fit is lost. One
    transmitter serves one station at a time. It carries data only while a mode has it on.
    """
    ready = readiness_fraction(timeline, satellite)
    days = timeline.duration_s / DAY_S
    closes = np.where(downlink.rate_mbit_s > 0, 1.0, 0.0)
    closed_s = float(ready @ downlink.per_step(closes, timeline.elapsed_s))
    produced_gbit = produced_mbit_s(timeline, satellite) * timeline.step_s / 1e3
    capacity_gbit = ready * downlink.per_step(downlink.rate_mbit_s, timeline.elapsed_s) / 1e3
    memory = _memory(satellite, produced_gbit, capacity_gbit)
    mean_age_s, worst_age_s = ages_s(
        timeline.elapsed_s, produced_gbit - memory.lost_gbit, memory.downlinked_gbit
    )
    return DataBudget(
        timeline=_data_timeline(timeline, produced_gbit, memory.downlinked_gbit, memory.stored_gbit),
        modes=_mode_data(satellite, timeline),
        duration_days=days,
        stations=downlink.serving,
        produced_gbit=float(produced_gbit.sum()),
        downlinked_gbit=float(memory.downlinked_gbit.sum()),
        stored_gbit=float(memory.stored_gbit[-1]),
        lost_gbit=float(memory.lost_gbit.sum()),
        contact_min_per_day=closed_s / 60.0 / days,
        capacity_gbit_per_day=float(capacity_gbit.sum()) / days,
        memory_peak_gbit=memory.peak_gbit,
        memory_gbit=satellite.memory_gbit,
        mean_age_h=None if mean_age_s is None else mean_age_s / 3600.0,
        worst_age_h=None if worst_age_s is None else worst_age_s / 3600.0,
        contacts=_contacts(downlink, timeline, ready),
        rise=_rise(timeline, produced_gbit, capacity_gbit),
        oldest=_oldest(timeline, produced_gbit - memory.lost_gbit, memory.downlinked_gbit, capacity_gbit),
    )


def _contacts(downlink: Downlink, timeline: ModeTimeline, ready: Array) -> tuple[StationContact, ...]:
    """Usable contact station by station."""
    days, edges = timeline.duration_s / DAY_S, timeline.elapsed_s
    ready_s = running_sum(ready * timeline.step_s)
    sent_s = np.interp(downlink.end_s, edges, ready_s) - np.interp(downlink.start_s, edges, ready_s)
    found = []
    for number, name in enumerate(downlink.stations):
        rate = np.where(downlink.station_number == number, downlink.rate_mbit_s, 0.0)
        closed_s, gbit = float(sent_s[rate > 0].sum()), float(rate @ sent_s) / 1e3
        if closed_s > 0:
            found.append(StationContact(name, closed_s / 60.0 / days, gbit / days))
    return tuple(found)


def _rise(timeline: ModeTimeline, produced_gbit: Array, capacity_gbit: Array) -> MemoryRise | None:
    """Where what is on board rises most."""
    total = running_sum(produced_gbit - capacity_gbit)
    end = int(np.argmax(total - np.minimum.accumulate(total)))
    start = int(np.argmin(total[: end + 1]))
    if start == end:
        return None
    return MemoryRise(
        start=timeline.epoch + timedelta(seconds=float(timeline.elapsed_s[start])),
        duration_h=float(timeline.elapsed_s[end] - timeline.elapsed_s[start]) / 3600.0,
        produced_gbit=float(produced_gbit[start:end].sum()),
        carried_gbit=float(capacity_gbit[start:end].sum()),
    )


def _oldest(
    timeline: ModeTimeline, kept_gbit: Array, downlinked_gbit: Array, capacity_gbit: Array
) -> OldestData | None:
    """Which data waits longest, and how long it does so without contact."""
    found = oldest_s(timeline.elapsed_s, kept_gbit, downlinked_gbit)
    if found is None:
        return None
    made_s, down_s = found
    edges = np.clip(timeline.elapsed_s, made_s, down_s)
    silent = np.where(capacity_gbit > 0, 0.0, 1.0)
    waited_s = running_sum(silent * np.diff(edges))
    marks_s = np.concatenate([waited_s[:1], waited_s[:-1][silent == 0], waited_s[-1:]])
    return OldestData(
        made=timeline.epoch + timedelta(seconds=made_s),
        down=timeline.epoch + timedelta(seconds=down_s),
        without_contact_h=float(np.diff(marks_s).max()) / 3600.0,
    )


@dataclass(frozen=True, slots=True)
class _Memory:
    """What goes through the memory in each of K steps."""

    stored_gbit: Array  # (K + 1,), at the edges
    lost_gbit: Array  # (K,)
    downlinked_gbit: Array  # (K,)
    peak_gbit: float  # with a memory that never fills


def _memory(satellite: Satellite, produced_gbit: Array, capacity_gbit: Array) -> _Memory:
    """Fill the memory with what is produced, empty it as far as contact can."""
    change_gbit = produced_gbit - capacity_gbit
    memory_gbit = math.inf if satellite.memory_gbit is None else satellite.memory_gbit
    stored_gbit, lost_gbit, unused_gbit = clipped_store(change_gbit, memory_gbit, 0.0)
    peak_gbit = float(drawdown(-change_gbit).max())
    return _Memory(stored_gbit, lost_gbit, capacity_gbit - unused_gbit, peak_gbit)


def _mode_data(satellite: Satellite, timeline: ModeTimeline) -> tuple[ModeData, ...]:
    modes = zip(satellite.modes, timeline.on_fraction, strict=True)
    makers = [(mode.name, mode.data_rate_mbit_s, on) for mode, on in modes if mode.data_rate_mbit_s > 0]
    makers += [
        (part.name, part.count * part.data_rate_mbit_s, part_fraction(timeline, satellite, part))
        for part in satellite.components
        if part.data_rate_mbit_s > 0
    ]
    on_s = [float(on @ timeline.step_s) for _, _, on in makers]
    return tuple(
        ModeData(name, rate, time_s / timeline.duration_s, rate * time_s / 1e3)
        for (name, rate, _), time_s in zip(makers, on_s, strict=True)
    )


def _data_timeline(
    timeline: ModeTimeline, produced_gbit: Array, downlinked_gbit: Array, stored_gbit: Array
) -> DataTimeline:
    def rate_at_samples(volume_gbit: Array) -> Array:
        rate_mbit_s = 1e3 * volume_gbit / timeline.step_s
        samples = np.append(rate_mbit_s, rate_mbit_s[-1])
        samples.setflags(write=False)
        return samples

    stored_gbit.setflags(write=False)
    return DataTimeline(
        epoch=timeline.epoch,
        elapsed_s=timeline.elapsed_s,
        produced_mbit_s=rate_at_samples(produced_gbit),
        downlinked_mbit_s=rate_at_samples(downlinked_gbit),
        stored_gbit=stored_gbit,
    )
