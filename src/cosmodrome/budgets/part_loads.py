"""What each part draws in a span of time, with the numbers that it follows from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.mass import growth_fraction
from cosmodrome.models.components import Component
from cosmodrome.models.margin_policies import MarginPolicy
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline, load_w

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TimelineSpan:
    """Some steps of a timeline, the last of them cut where the span ends."""

    timeline: ModeTimeline  # of these steps alone
    weight_s: Array  # (K,) time of each step that counts

    @classmethod
    def of(cls, timeline: ModeTimeline, start: int, end_s: float) -> "TimelineSpan":
        """From an edge to an instant."""
        edges = timeline.elapsed_s
        stop = min(int(np.searchsorted(edges, end_s, side="left")), len(edges) - 1)
        steps = slice(start, stop)
        part = replace(
            timeline,
            elapsed_s=edges[start : stop + 1],
            illumination_ratio=timeline.illumination_ratio[steps],
            contact_fraction=timeline.contact_fraction[steps],
            target_fraction=timeline.target_fraction[steps],
            on_fraction=timeline.on_fraction[:, steps],
        )
        return cls(part, np.diff(np.minimum(part.elapsed_s, end_s)))

    @property
    def duration_s(self) -> float:
        """Length [s]."""
        return float(self.weight_s.sum())

    def mean(self, values: Array) -> float:
        """Mean of a number that each of its steps has; zero over no time."""
        return float(values @ self.weight_s) / self.duration_s if self.duration_s > 0 else 0.0

    def __repr__(self) -> str:
        return f"<TimelineSpan {self.duration_s / 60:.1f} min>"


@dataclass(frozen=True, slots=True)
class PartLoad:
    """A part in the modes in which it draws one power, over a span of time."""

    name: str
    modes: tuple[str, ...]
    count: int
    unit_power_w: float  # of one unit while it is on, best estimate
    growth_fraction: float
    system_margin_fraction: float
    on_fraction: float  # share of the span
    mean_w: float  # of the span, with growth and margin

    def __repr__(self) -> str:
        return f"<PartLoad {self.name}: {self.mean_w:.3g} W>"


def part_loads(satellite: Satellite, policy: MarginPolicy | None, span: TimelineSpan) -> tuple[PartLoad, ...]:
    """Take the mean load of a span apart, part by part.

    Parameters
    ----------
    satellite : Satellite
        Components and modes.
    policy : MarginPolicy or None
        Allowances; none of them without it.
    span : TimelineSpan
        The steps to look at.

    Returns
    -------
    tuple of PartLoad
        Those that draw power in it; their `mean_w` add up to the mean load.
    """
    loads = []
    for number, part in enumerate(satellite.components):
        growth = growth_fraction(part, policy) if policy is not None else 0.0
        margin = policy.power_margin_fraction if policy is not None else 0.0
        for unit_w, rows in _rows_by_power(satellite, part):
            served = np.zeros((len(satellite.components), len(satellite.modes)))
            served[number, rows] = 1.0
            share = span.mean(load_w(span.timeline, satellite, served))
            if share > 0.0:
                mean_w = part.count * unit_w * (1 + growth) * (1 + margin) * share
                names = tuple(satellite.modes[row].name for row in rows)
                loads.append(PartLoad(part.name, names, part.count, unit_w, growth, margin, share, mean_w))
    return tuple(loads)


def _rows_by_power(satellite: Satellite, part: Component) -> Sequence[tuple[float, list[int]]]:
    """Modes that have a part on, by what one unit draws in them; those in which it draws nothing left out."""
    found: dict[float, list[int]] = {}
    for row, mode in enumerate(satellite.modes):
        if part.name in mode.components:
            found.setdefault(part.power_in_mode_w(mode.name) / part.count, []).append(row)
    return [(unit_w, rows) for unit_w, rows in found.items() if unit_w > 0.0]
