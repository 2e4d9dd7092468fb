"""Figures of the budgets: power and battery through the day and the worst orbit, data on board."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cosmodrome.budgets.data import DataBudget
from cosmodrome.budgets.power import PowerBudget, PowerTimeline
from cosmodrome.operations.passes import Pass
from cosmodrome.outputs.labels import instant_text
from cosmodrome.outputs.style import (
    BLUE,
    GREEN,
    LIGHT,
    ORANGE,
    PURPLE,
    SKY,
    decimated,
    hours_since,
    limit_line,
    new_figure,
    shared_look,
    utc_axis,
)

Array = NDArray[np.float64]
_WORST_SPAN_H = 4.0


def power_caption(power: PowerBudget) -> str:
    """Say what the power figure shows.

    Parameters
    ----------
    power : PowerBudget
        The budget drawn.

    Returns
    -------
    str
        Two sentences.
    """
    return (
        "Left: the first day in orbit. Right: around the deepest discharge of the mission, "
        f"{instant_text(power.deepest_discharge_at)}. Loads carry growth and system margin; array and "
        "battery are at end of life; shaded: umbra. A curve holds the mean of each sampling step."
    )


@shared_look()
def power_timeline(power: PowerBudget) -> Figure:
    """Draw generation, load and state of charge for the first day and around the deepest discharge.

    Parameters
    ----------
    power : PowerBudget
        Its timelines, and the permitted depth of discharge.

    Returns
    -------
    Figure
        Power above, charge below; the first day on the left, hours on the right.
    """
    figure = new_figure(9.6, 5.2)
    for column, timeline in enumerate((power.timeline, power.deepest_timeline)):
        first_h, last_h = _range_h(power, timeline, is_deepest=column == 1)
        left, width = (0.065, 0.475) if column == 0 else (0.6, 0.385)
        upper = figure.add_axes((left, 0.605, width, 0.335))
        lower = figure.add_axes((left, 0.13, width, 0.335))
        _draw_power(upper, timeline, first_h, last_h)
        _draw_charge(lower, power, timeline, first_h, last_h)
        upper.set_title("Power, first day" if column == 0 else "Power, deepest discharge")
        lower.set_title("Battery charge, end of life")
        for axes in (upper, lower):
            _shade(axes, timeline, first_h, last_h)
            utc_axis(axes, timeline.epoch, first_h, last_h, elapsed=False)
        upper.set_xlabel("")
        if column == 0:
            upper.legend(loc="lower right", bbox_to_anchor=(1.01, 1.0), ncols=2, borderaxespad=0.1)
    return figure


def _range_h(power: PowerBudget, timeline: PowerTimeline, *, is_deepest: bool) -> tuple[float, float]:
    """Hours to draw: the first day, or around the deepest discharge."""
    span_h = float(timeline.elapsed_s[-1]) / 3600
    if not is_deepest:
        return 0.0, min(24.0, span_h)
    middle_h = hours_since(timeline.epoch, power.deepest_discharge_at)
    start_h = min(max(middle_h - 0.6 * _WORST_SPAN_H, 0.0), max(span_h - _WORST_SPAN_H, 0.0))
    return start_h, min(start_h + _WORST_SPAN_H, span_h)


def _part(elapsed_s: Array, first_h: float, last_h: float) -> NDArray[np.intp]:
    inside = np.flatnonzero((elapsed_s >= 3600 * first_h - 30) & (elapsed_s <= 3600 * last_h + 30))
    return inside[decimated(len(inside), 720)]


def _draw_power(axes: Axes, timeline: PowerTimeline, first_h: float, last_h: float) -> None:
    pick = _part(timeline.elapsed_s, first_h, last_h)
    hours = timeline.elapsed_s[pick] / 3600
    curves = (("array output", timeline.generation_w, ORANGE, "-"), ("load", timeline.load_w, BLUE, "--"))
    for label, values, color, style in curves:
        axes.plot(
            hours,
            values[pick],
            color=color,
            linestyle=style,
            label=label,
            linewidth=1.1,
            drawstyle="steps-post",
        )
    top = max(float(timeline.generation_w.max()), float(timeline.load_w.max()))
    axes.set_ylim(0.0, 1.12 * top)
    axes.set_ylabel("power [W]")


def _draw_charge(
    axes: Axes, power: PowerBudget, timeline: PowerTimeline, first_h: float, last_h: float
) -> None:
    capacity_wh = power.battery_end_of_life_wh
    pick = _part(timeline.elapsed_s, first_h, last_h)
    charge = 100 * timeline.stored_wh / capacity_wh
    axes.plot(timeline.elapsed_s[pick] / 3600, charge[pick], color=GREEN, linewidth=1.3)
    least = 100 * (1 - power.permitted_depth_of_discharge_fraction)
    limit_line(axes, least, f"limit {least:.0f} %")
    bottom = min(float(charge.min()), least)
    axes.set_ylim(max(bottom - 0.25 * (100 - bottom), 0.0), 100 + 0.04 * (100 - bottom))
    axes.set_ylabel("state of charge [%]")


def _shade(axes: Axes, timeline: PowerTimeline, first_h: float, last_h: float) -> None:
    """Grey where the Sun is hidden, to a step of the timeline."""
    hours = timeline.elapsed_s / 3600
    dark = (timeline.illumination_ratio < 0.5) & (hours >= first_h) & (hours <= last_h)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], dark.astype(int), [0]])))
    for first, last in edges.reshape(-1, 2).tolist():
        end = min(last, len(hours) - 1)
        axes.axvspan(hours[first], hours[end], color=LIGHT, alpha=0.7, linewidth=0, zorder=0.1)


def data_caption(data: DataBudget) -> str:
    """Say what the data figure shows.

    Parameters
    ----------
    data : DataBudget
        The budget drawn.

    Returns
    -------
    str
        One or two sentences.
    """
    heard = ", ".join(data.stations) or "no station"
    return (
        f"Payload data on board in the first three days; it flows to {heard} during passes (shaded), one "
        "station at a time. The memory is empty at orbit insertion."
    )


@shared_look()
def data_timeline(data: DataBudget, passes: Sequence[Pass], days: float = 3.0) -> Figure:
    """Draw what is stored on board against the passes.

    Parameters
    ----------
    data : DataBudget
        Its timeline and the memory.
    passes : sequence of Pass
        Shaded where the station's link closes.
    days : float
        Days drawn. [days]

    Returns
    -------
    Figure
        One panel.
    """
    figure = new_figure(9.6, 2.9)
    axes = figure.add_axes((0.07, 0.2, 0.91, 0.58))
    timeline = data.timeline
    last_h = min(24 * days, float(timeline.elapsed_s[-1]) / 3600)
    pick = _part(timeline.elapsed_s, 0.0, last_h)
    axes.plot(timeline.elapsed_s[pick] / 3600, timeline.stored_gbit[pick], color=PURPLE, linewidth=1.2)
    top = float(timeline.stored_gbit[pick].max()) or 1.0
    if data.memory_gbit is not None and data.memory_gbit < 6 * top:
        limit_line(axes, data.memory_gbit, f"memory {data.memory_gbit:g} Gbit")
        top = max(top, data.memory_gbit)
    for flown in passes:
        start_h = hours_since(timeline.epoch, flown.rise)
        if flown.station in data.stations and start_h < last_h:
            axes.axvspan(
                start_h, start_h + flown.duration_s / 3600, color=SKY, alpha=0.35, linewidth=0, zorder=0.1
            )
    axes.set_ylim(0.0, 1.18 * top)
    axes.set_ylabel("data on board [Gbit]")
    utc_axis(axes, timeline.epoch, 0.0, last_h)
    return figure
