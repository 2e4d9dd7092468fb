"""Figures of when: launch windows over the month, passes over the stations in the first days."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.projections.polar import PolarAxes

from cosmodrome.models.site import Site
from cosmodrome.models.station import Station
from cosmodrome.operations.passes import Pass
from cosmodrome.outputs.style import (
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    VERMILION,
    hours_since,
    new_figure,
    shared_look,
    utc_axis,
)
from cosmodrome.window import LaunchWindow

_BRANCHES = (("ascending", BLUE, "o"), ("descending", ORANGE, "s"))
_ELEVATIONS = ((0.0, 20.0, SKY), (20.0, 45.0, BLUE), (45.0, 90.1, VERMILION))


def window_caption(windows: Sequence[LaunchWindow]) -> str:
    """Say what the window chart shows.

    Parameters
    ----------
    windows : sequence of LaunchWindow
        The windows drawn.

    Returns
    -------
    str
        One or two sentences.
    """
    if not windows:
        return "No lift-off in the span gives the target plane within the site's launch sector."
    if windows[0].any_time:
        return (
            "The plane of the target is free: any instant will do. Right: the site's permitted launch sector."
        )
    bars = "; bars: from opening to closing" if _are_wide(windows) else ""
    return (
        f"Lift-off {'windows' if _are_wide(windows) else 'instants'} (UTC) that give the target plane; "
        f"filled: the pad is in daylight, hollow: in the dark{bars}. Right: the site's permitted launch "
        "sector and the azimuths used, clockwise from north."
    )


def _are_wide(windows: Sequence[LaunchWindow]) -> bool:
    return any(window.opens < window.closes for window in windows)


@shared_look()
def launch_window_chart(windows: Sequence[LaunchWindow], site: Site) -> Figure:
    """Draw the time of day of each window over its date, and the azimuths on a compass.

    Parameters
    ----------
    windows : sequence of LaunchWindow
        Lift-off instants.
    site : Site
        Its permitted launch sector.

    Returns
    -------
    Figure
        Date and UTC on the left, compass on the right.
    """
    figure = new_figure(9.6, 3.7)
    axes = figure.add_axes((0.07, 0.14, 0.6, 0.74))
    if windows and not windows[0].any_time:
        _draw_windows(axes, windows)
    else:
        text = "any instant: the plane is free" if windows else "no window"
        axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center", fontsize=11)
        axes.set_xticks([])
    axes.set_ylim(0, 24)
    axes.set_yticks(range(0, 25, 4), [f"{hour:02d}:00" for hour in range(0, 25, 4)])
    axes.set_ylabel("lift-off, time of day [UTC]")
    axes.set_title("Launch windows")
    dial = figure.add_axes((0.72, 0.08, 0.25, 0.71), projection="polar")
    assert isinstance(dial, PolarAxes)
    _draw_compass(dial, windows, site)
    return figure


def _draw_windows(axes: Axes, windows: Sequence[LaunchWindow]) -> None:
    first = min(window.liftoff for window in windows)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    for branch, color, marker in _BRANCHES:
        for sunlit in (True, False):
            chosen = [w for w in windows if w.branch == branch and w.sunlit_pad is sunlit]
            if not chosen:
                continue
            days = [int(hours_since(midnight, w.liftoff) // 24) for w in chosen]
            hours = [hours_since(midnight, w.liftoff) % 24 for w in chosen]
            axes.plot(
                days, hours, marker, markersize=5.5, color=color, markeredgecolor=color,
                markerfacecolor=color if sunlit else "white",
                label=f"{branch}, {'daylight' if sunlit else 'dark'}",
            )  # fmt: skip
        _draw_spans(axes, [w for w in windows if w.branch == branch], midnight, color)
    last = int(hours_since(midnight, max(window.liftoff for window in windows)) // 24)
    step = max(1, math.ceil((last + 1) / 7))
    ticks = range(0, last + 2, step)
    axes.set_xticks(ticks, [f"{midnight + timedelta(days=day):%d %b}" for day in ticks])
    axes.set_xlim(-0.8, last + 0.8)
    axes.set_xlabel(f"date [UTC, {first:%Y}]")
    axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, borderaxespad=0.1, handletextpad=0.2)


def _draw_spans(axes: Axes, windows: Sequence[LaunchWindow], midnight: datetime, color: str) -> None:
    """Bars from opening to closing, each within its day."""
    for window in windows:
        opens, closes = hours_since(midnight, window.opens), hours_since(midnight, window.closes)
        for day in range(int(opens // 24), int(closes // 24) + 1):
            low, high = max(opens - 24 * day, 0.0), min(closes - 24 * day, 24.0)
            if low < high:
                axes.vlines(day, low, high, color=color, linewidth=2.5, alpha=0.45)


def _draw_compass(dial: PolarAxes, windows: Sequence[LaunchWindow], site: Site) -> None:
    dial.set_theta_zero_location("N")
    dial.set_theta_direction(-1)
    dial.set_ylim(0, 1)
    dial.set_yticks([])
    dial.set_xticks(
        [math.radians(angle) for angle in range(0, 360, 45)], ["N", "45", "E", "135", "S", "225", "W", "315"]
    )
    start, end = site.azimuth_min_deg.value, site.azimuth_max_deg.value
    width = (end - start) % 360 or 360.0
    dial.bar(
        math.radians(start), 1.0, math.radians(width), align="edge",
        color="#e3f1e8", edgecolor=GREEN, linewidth=0.8,
    )  # fmt: skip
    for branch, color, _ in _BRANCHES:
        used = {round(w.launch_azimuth_deg, 1) for w in windows if w.branch == branch}
        for azimuth in sorted(used)[:1]:
            dial.annotate(
                "", (math.radians(azimuth), 0.97), (0.0, 0.0),
                arrowprops={"arrowstyle": "-|>", "color": color, "linewidth": 1.8, "shrinkA": 0},
            )  # fmt: skip
            dial.text(
                math.radians(azimuth + 14),
                0.7,
                f"{azimuth:.1f}°",
                ha="center",
                va="center",
                fontsize=8,
                color=color,
            )
    dial.set_title(f"Launch azimuth, permitted {start:g}–{end:g}°", loc="center", fontsize=8.5, pad=23)


def pass_caption(passes: Sequence[Pass], days: float) -> str:
    """Say what the pass timeline shows.

    Parameters
    ----------
    passes : sequence of Pass
        Every pass of the span.
    days : float
        Days drawn. [days]

    Returns
    -------
    str
        One sentence.
    """
    return (
        f"Passes above each station's minimum elevation in the first {days:g} days of {len(passes)} found; "
        "color and height tell the maximum elevation. Rise and set are exact to 0.1 s in tables/passes.csv."
    )


@shared_look()
def pass_timeline(
    passes: Sequence[Pass], stations: Sequence[Station], epoch: datetime, days: float = 3.0
) -> Figure:
    """Draw one row of passes per station.

    Parameters
    ----------
    passes : sequence of Pass
        Every pass.
    stations : sequence of Station
        One row each, in this order.
    epoch : datetime
        Orbit insertion (UTC).
    days : float
        Days drawn. [days]

    Returns
    -------
    Figure
        UTC below, elapsed hours above; the count of passes stands on the right.
    """
    rows = max(len(stations), 1)
    height_in = 1.35 + 0.42 * rows
    figure = new_figure(9.6, height_in)
    axes = figure.add_axes((0.17, 0.58 / height_in, 0.74, 0.42 * rows / height_in))
    axes.grid(visible=False, axis="y")
    for row, station in enumerate(stations):
        mine = [p for p in passes if p.station == station.name and hours_since(epoch, p.rise) < 24 * days]
        for low, high, color in _ELEVATIONS:
            bars = [
                (hours_since(epoch, p.rise), max(p.duration_s / 3600, 0.05))
                for p in mine
                if low <= p.max_elevation_deg < high
            ]
            tall = 0.3 + 0.5 * min(high, 90.0) / 90
            axes.broken_barh(bars, (row - tall / 2, tall), color=color, linewidth=0)
        axes.text(
            1.01, row, f"{len(mine)} passes", transform=axes.get_yaxis_transform(), va="center", fontsize=8
        )
    axes.set_yticks(range(len(stations)), [station.name for station in stations])
    axes.set_ylim(rows - 0.4, -0.6)
    utc_axis(axes, epoch, 0.0, 24 * days)
    handles = [Patch(color=color) for _, _, color in _ELEVATIONS]
    texts = [f"max elevation {low:.0f}–{min(high, 90):.0f}°" for low, high, _ in _ELEVATIONS]
    figure.legend(
        handles,
        texts,
        loc="upper right",
        ncols=3,
        fontsize=7.5,
        bbox_to_anchor=(0.99, 1.0),
        borderaxespad=0.1,
    )
    for day in range(math.ceil(days) + 1):
        axes.axvline(
            24 * day - hours_since(epoch.replace(hour=0, minute=0, second=0, microsecond=0), epoch),
            color=GREY,
            linewidth=0.6,
        )
    axes.set_xlim(0.0, 24 * days)
    return figure
