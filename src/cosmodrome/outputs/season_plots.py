"""Figures of an orbit over the years: beta angle and eclipses by season, drift of the node's local time."""

from datetime import datetime, timedelta

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.orbit.beta_calendar import BetaCalendar
from cosmodrome.orbit.local_time import LocalTimeHistory
from cosmodrome.outputs.labels import instant_text
from cosmodrome.outputs.style import BLUE, GREY, ORANGE, SKY, VERMILION, new_figure, shared_look

Array = NDArray[np.float64]

_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60)
_MOST_TICKS = 14


def season_caption(calendar: BetaCalendar) -> str:
    """Say what the calendar shows, and its two numbers.

    Parameters
    ----------
    calendar : BetaCalendar
        What is drawn.

    Returns
    -------
    str
        Three sentences.
    """
    free = (
        f"{calendar.eclipse_free_days:.0f} days are without eclipse"
        if calendar.eclipse_free
        else "No day is without eclipse"
    )
    longest, day = calendar.longest_eclipse_s / 60, calendar.longest_eclipse_at
    return (
        f"From {instant_text(calendar.epoch)}, by mean elements with J2. Beta is the angle between the Sun "
        "and the orbit plane, positive toward the angular momentum; the shadow is a cylinder. "
        f"{free}{f'; the longest lasts {longest:.1f} min, about {day:%Y-%m-%d}' if longest > 0 else ''}."
    )


@shared_look()
def season_calendar(calendar: BetaCalendar) -> Figure:
    """Draw the beta angle and the eclipse per revolution over the years, with the eclipse-free seasons.

    Parameters
    ----------
    calendar : BetaCalendar
        By `orbit.beta_calendar.beta_calendar`.

    Returns
    -------
    Figure
        Two panels over the calendar's dates.
    """
    figure = new_figure(9.6, 4.2)
    panels = [figure.add_axes((0.07, bottom, 0.91, 0.32)) for bottom in (0.605, 0.155)]
    days = calendar.elapsed_s / DAY_S
    panels[0].plot(days, calendar.beta_angle_deg, color=ORANGE)
    panels[0].set_title(f"Beta angle; dashed: ±{calendar.beta_without_eclipse_deg:.1f}°, no eclipse beyond")
    panels[0].set_ylabel("beta [deg]")
    _mark_angles(panels[0], calendar)
    panels[1].plot(days, calendar.eclipse_duration_s / 60, color=BLUE)
    panels[1].set_ylim(0.0, max(1.15 * calendar.longest_eclipse_s / 60, 1.0))
    panels[1].set_title("Eclipse per revolution" + ("; shaded: no eclipse" if calendar.eclipse_free else ""))
    panels[1].set_ylabel("duration [min]")
    for axes in panels:
        for season in calendar.eclipse_free:
            first, last = ((edge - calendar.epoch) / timedelta(days=1) for edge in (season.start, season.end))
            axes.axvspan(first, last, color=SKY, alpha=0.25, linewidth=0)
        _date_axis(axes, calendar.epoch, float(days[-1]))
    panels[0].tick_params(labelbottom=False)
    panels[1].set_xlabel("date [UTC]")
    return figure


def _mark_angles(axes: Axes, calendar: BetaCalendar) -> None:
    """Zero, and the angles beyond which there is no eclipse, where the orbit comes near them."""
    limit, beta = calendar.beta_without_eclipse_deg, calendar.beta_angle_deg
    near = [value for value in (-limit, 0.0, limit) if beta.min() - 15 < value < beta.max() + 15]
    for value in near:
        if value:
            axes.axhline(value, color=VERMILION, linewidth=1.2, linestyle=(0, (6, 2)))
        else:
            axes.axhline(0.0, color=GREY, linewidth=0.8)
    axes.margins(y=0.12)


def local_time_caption(history: LocalTimeHistory) -> str:
    """Say what the drift of the local time shows.

    Parameters
    ----------
    history : LocalTimeHistory
        What is drawn.

    Returns
    -------
    str
        Two sentences.
    """
    return (
        f"From {instant_text(history.epoch)}; mean local solar time of the ascending node, and inclination "
        "to the mean equator of date. Node and inclination move by the zonal field to J20, Sun, Moon and "
        "their tides, without maneuvers."
    )


@shared_look()
def local_time_chart(history: LocalTimeHistory, band_min: float | None = None) -> Figure:
    """Draw the node's local time and the inclination over the years.

    Parameters
    ----------
    history : LocalTimeHistory
        By `orbit.local_time.local_time_drift`.
    band_min : float, optional
        Largest allowed departure from the local time at the start, to either side [min].

    Returns
    -------
    Figure
        Two panels over the dates.
    """
    figure = new_figure(9.6, 4.2)
    panels = [figure.add_axes((0.085, bottom, 0.895, 0.32)) for bottom in (0.605, 0.155)]
    days = history.elapsed_s / DAY_S
    panels[0].plot(days, history.drift_min, color=BLUE)
    panels[0].set_title(
        f"Local time of the ascending node, from {_clock_text(float(history.local_time_h[0]))}"
    )
    panels[0].set_ylabel("drift [min]")
    panels[0].margins(y=0.12)
    if band_min is not None:
        _shade_band(panels[0], days, history.drift_min, band_min)
    panels[1].plot(days, history.inclination_deg, color=ORANGE)
    panels[1].set_title("Inclination")
    panels[1].set_ylabel("inclination [deg]")
    panels[1].margins(y=0.12)
    panels[1].ticklabel_format(axis="y", useOffset=False)
    for axes in panels:
        _date_axis(axes, history.epoch, float(days[-1]))
    panels[0].tick_params(labelbottom=False)
    panels[1].set_xlabel("date [UTC]")
    return figure


def _shade_band(axes: Axes, days: Array, drift_min: Array, band_min: float) -> None:
    axes.axhspan(-band_min, band_min, color=SKY, alpha=0.2, linewidth=0, zorder=0.1)
    outside = np.flatnonzero(np.abs(drift_min) > band_min)
    if len(outside):
        day = float(days[outside[0]])
        axes.axvline(day, color=VERMILION, linewidth=1.2, linestyle=(0, (6, 2)))
        late = day > 0.7 * days[-1]
        axes.annotate(
            f"leaves ±{band_min:g} min after {day:.0f} days", (day, 0.04), xycoords=("data", "axes fraction"),
            xytext=(-4 if late else 4, 0), textcoords="offset points", ha="right" if late else "left",
            fontsize=7.5, color=VERMILION,
        )  # fmt: skip


def _clock_text(hours: float) -> str:
    minutes = round(60 * (hours % 24)) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _date_axis(axes: Axes, epoch: datetime, last_days: float) -> None:
    """Label days since the epoch by the first days of months."""
    months = last_days / 30.44
    step = next((step for step in _MONTH_STEPS if months / step <= _MOST_TICKS), _MONTH_STEPS[-1])
    ticks: list[float] = []
    labels: list[str] = []
    number = epoch.year * 12 + epoch.month
    number += -number % step if step < 12 else (-number) % 12
    while True:
        instant = datetime(number // 12, number % 12 + 1, 1, tzinfo=epoch.tzinfo)
        day = (instant - epoch) / timedelta(days=1)
        if day > last_days:
            break
        is_first = not ticks or instant.month == 1
        ticks.append(day)
        labels.append(f"{instant:%b}\n{instant:%Y}" if is_first and step < 12 else f"{instant:%b}")
        if step >= 12:
            labels[-1] = f"{instant:%Y}"
        number += step
    axes.set_xlim(0.0, last_days)
    axes.set_xticks(ticks, labels)
