"""Data budget: produced against downlinked, and how full the memory gets."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.passes import Pass
from cosmodrome.operations.timeline import (
    ModeTimeline,
    contact_fraction,
    produced_mbit_s,
    readiness_fraction,
)
from cosmodrome.physics.storage import clipped_store, drawdown

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
class DataBudget:
    """What is produced, delivered, kept and lost over the span."""

    timeline: DataTimeline
    duration_days: float
    stations: tuple[str, ...]  # whose link closes
    produced_gbit: float
    downlinked_gbit: float
    stored_gbit: float  # left on board at the end
    lost_gbit: float  # produced with the memory full
    contact_min_per_day: float  # usable: link closes, transmitter on, overlaps counted once
    capacity_gbit_per_day: float  # what that contact could carry
    memory_peak_gbit: float  # with a memory that never fills
    memory_gbit: float | None

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


def data_budget(
    satellite: Satellite, timeline: ModeTimeline, passes: Sequence[Pass], stations: Sequence[str]
) -> DataBudget:
    """Fill the memory by the modes and empty it over the stations.

    produced = downlinked + stored + lost

    Parameters
    ----------
    satellite : Satellite
        Modes that produce data, transmitter, memory.
    timeline : ModeTimeline
        The modes over time.
    passes : sequence of Pass
        Every pass.
    stations : sequence of str
        Names of the stations whose link closes; passes over others carry nothing.

    Returns
    -------
    DataBudget
        Volumes and the timeline.

    Notes
    -----
    The memory is empty at the start. One transmitter serves one station at a time, so overlapping passes
    count once. It carries data only while a mode has it on.
    """
    usable = _usable_contact(satellite, timeline, passes, stations)
    rate_mbit_s = satellite.transmitter.data_rate_mbit_s if satellite.transmitter is not None else 0.0
    step_s = timeline.step_s
    produced_gbit = produced_mbit_s(timeline, satellite) * step_s / 1e3
    capacity_gbit = rate_mbit_s * usable * step_s / 1e3
    change_gbit = produced_gbit - capacity_gbit
    memory_gbit = math.inf if satellite.memory_gbit is None else satellite.memory_gbit
    stored_gbit, lost_gbit, unused_gbit = clipped_store(change_gbit, memory_gbit, 0.0)
    downlinked_gbit = capacity_gbit - unused_gbit
    days = timeline.duration_s / DAY_S
    return DataBudget(
        timeline=_data_timeline(timeline, produced_gbit, downlinked_gbit, stored_gbit),
        duration_days=days,
        stations=tuple(stations),
        produced_gbit=float(produced_gbit.sum()),
        downlinked_gbit=float(downlinked_gbit.sum()),
        stored_gbit=float(stored_gbit[-1]),
        lost_gbit=float(lost_gbit.sum()),
        contact_min_per_day=float(usable @ step_s) / 60.0 / days,
        capacity_gbit_per_day=float(capacity_gbit.sum()) / days,
        memory_peak_gbit=float(drawdown(-change_gbit).max()),
        memory_gbit=satellite.memory_gbit,
    )


def _usable_contact(
    satellite: Satellite, timeline: ModeTimeline, passes: Sequence[Pass], stations: Sequence[str]
) -> Array:
    if satellite.transmitter is None:
        return np.zeros(len(timeline.step_s))
    heard = [over for over in passes if over.station in stations]
    ready = readiness_fraction(timeline, satellite, satellite.transmitter.component)
    return ready * contact_fraction(heard, timeline.epoch, timeline.elapsed_s)


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
