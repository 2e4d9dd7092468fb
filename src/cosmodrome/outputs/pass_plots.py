"""Figures of single passes: where they cross the sky, and how elevation, range and Doppler shift run."""

import math
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.projections.polar import PolarAxes
from numpy.typing import NDArray

from cosmodrome.models.station import Station
from cosmodrome.operations.horizon import mask_elevation_deg
from cosmodrome.operations.tracking import Array, PassTrack
from cosmodrome.outputs.style import (
    BLUE,
    GREEN,
    GREY,
    LIGHT,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    event_lines,
    new_figure,
    shared_look,
)

_COLORS = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY)
_MARKS = (("AOS", "o"), ("TCA", "D"), ("LOS", "s"))
_WINDS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_TICK_STEPS_S = (10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 21600.0)
_DIAL = (
    "azimuth is clockwise from north, north up and east to the right as on a map; the rings are elevations "
    "of 0, 30 and 60° around the zenith; shaded is what the station's mask hides. The line is broken where "
    "the satellite is in the Earth's shadow. Geometric, without refraction"
)


def sky_caption(tracks: Sequence[PassTrack]) -> str:
    """Say what the sky plot shows.

    Parameters
    ----------
    tracks : sequence of PassTrack
        The passes drawn.

    Returns
    -------
    str
        Three sentences.
    """
    count = f"{len(tracks)} passes" if len(tracks) != 1 else "One pass"
    return f"{count} over {_place(tracks)}, times in UTC; {_DIAL}."


def pass_chart_caption(track: PassTrack) -> str:
    """Say what the chart of one pass shows.

    Parameters
    ----------
    track : PassTrack
        The pass drawn.

    Returns
    -------
    str
        A few sentences.
    """
    flown = track.flown
    doppler = (
        "speed of the range, positive when it grows"
        if track.frequency_mhz is None
        else f"one-way Doppler shift of first order at {track.frequency_mhz:g} MHz, positive on approach"
    )
    return (
        f"The highest pass over {flown.station}: {flown.max_elevation_deg:.1f}° on {flown.rise:%Y-%m-%d} at "
        f"{flown.culmination:%H:%M:%S} UTC. Left: {_DIAL}. Right: elevation over the mask, slant range, and "
        f"{doppler}; dotted: the culmination; grey behind the lines: in the Earth's shadow. All points are "
        "in tables/pass_tracks.csv."
    )


@shared_look()
def sky_plot(tracks: Sequence[PassTrack], station: Station) -> Figure:
    """Draw passes over one station on the dial of its sky.

    Parameters
    ----------
    tracks : sequence of PassTrack
        Passes over the station.
    station : Station
        Its mask is shaded.

    Returns
    -------
    Figure
        The dial, and a line of times for each pass below it.
    """
    rows = len(tracks) + 1
    height_in = 4.8 + 0.19 * rows
    figure = new_figure(4.8, height_in)
    dial = figure.add_axes((0.1, (0.35 + 0.19 * rows) / height_in, 0.8, 3.84 / height_in), projection="polar")
    assert isinstance(dial, PolarAxes)
    _draw_dial(dial, station)
    for number, track in enumerate(tracks):
        _draw_track(dial, track, _COLORS[number % len(_COLORS)])
    dial.set_title(f"Sky over {station.name}", loc="center", pad=24)
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=_COLORS[number % len(_COLORS)], label=_times(track))
        for number, track in enumerate(tracks)
    ]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 0.24 / height_in), fontsize=7.5)
    _mark_legend(figure)
    return figure


@shared_look()
def pass_chart(track: PassTrack, station: Station) -> Figure:
    """Draw one pass: the sky on the left; elevation, range and Doppler shift over time on the right.

    Parameters
    ----------
    track : PassTrack
        The pass.
    station : Station
        That sees it.

    Returns
    -------
    Figure
        Without a frequency the range rate stands where the Doppler shift would.
    """
    figure = new_figure(9.6, 4.5)
    dial = figure.add_axes((0.035, 0.155, 0.36, 0.68), projection="polar")
    assert isinstance(dial, PolarAxes)
    _draw_dial(dial, station)
    _draw_track(dial, track, BLUE)
    dial.set_title(f"{station.name}, {track.flown.rise:%Y-%m-%d}", loc="center", pad=24)
    figure.text(0.215, 0.065, _times(track), ha="center", fontsize=8)
    _mark_legend(figure, 0.215)
    panels = [figure.add_axes((0.5, bottom, 0.47, 0.25)) for bottom in (0.69, 0.4, 0.11)]
    since = track.elapsed_s
    panels[0].fill_between(since, 0.0, track.mask_elevation_deg, color=LIGHT, linewidth=0)
    shift = track.doppler_shift_hz
    last = (
        ("range rate\n[km/s]", track.range_rate_km_s, VERMILION)
        if shift is None
        else ("Doppler shift\n[kHz]", shift / 1e3, VERMILION)
    )
    series = (("elevation\n[deg]", track.elevation_deg, BLUE), ("range\n[km]", track.range_km, GREEN), last)
    for panel, (label, values, color) in zip(panels, series, strict=True):
        panel.plot(since, values, color=color)
        panel.set_ylabel(label)
        event_lines(panel, [(track.flown.culmination - track.flown.rise).total_seconds()])
        _shade_shadow(panel, since, track.sunlit_fraction)
        _time_axis(panel, track, labels=panel is panels[-1])
    panels[0].set_ylim(0.0, min(90.0, 1.12 * float(track.elevation_deg.max())))
    panels[1].set_ylim(bottom=0.0)
    panels[2].axhline(0.0, color=GREY, linewidth=0.6)
    figure.align_ylabels(panels)
    return figure


def _place(tracks: Sequence[PassTrack]) -> str:
    return tracks[0].flown.station if tracks else "no station"


def _times(track: PassTrack) -> str:
    """Rise, culmination and set in one line."""
    flown = track.flown
    return (
        f"AOS {flown.rise:%H:%M:%S}   TCA {flown.culmination:%H:%M:%S} ({flown.max_elevation_deg:.1f}°)   "
        f"LOS {flown.set:%H:%M:%S} UTC"
    )


def _draw_dial(dial: PolarAxes, station: Station) -> None:
    """North up, clockwise; the zenith in the middle; the mask shaded."""
    dial.set_theta_zero_location("N")
    dial.set_theta_direction(-1)
    dial.set_ylim(0.0, 90.0)
    dial.set_yticks([30.0, 60.0, 90.0], ["60°", "30°", ""])
    dial.set_rlabel_position(22.5)
    dial.tick_params(axis="y", labelsize=7, labelcolor=GREY)
    dial.set_xticks([math.radians(45.0 * number) for number in range(8)], _WINDS)
    corners = [point.azimuth_deg for point in station.horizon_mask]
    azimuth = np.unique(np.concatenate((np.arange(0.0, 361.0, 4.0), corners)))
    hidden = mask_elevation_deg(station, azimuth)
    dial.fill_between(np.radians(azimuth), 90.0 - hidden, 90.0, color=LIGHT, linewidth=0, zorder=0.6)


def _draw_track(dial: PolarAxes, track: PassTrack, color: str) -> None:
    """The path, broken in the Earth's shadow, with marks where it rises, culminates and sets."""
    azimuth, zenith = np.unwrap(np.radians(track.azimuth_deg)), 90.0 - track.elevation_deg
    lit = track.sunlit_fraction > 0.5
    for first, last in _runs(lit):
        part = slice(first, min(last + 1, len(lit)))
        dial.plot(azimuth[part], zenith[part], color=color, linestyle="-" if lit[first] else (0, (3, 1.6)))
    top = (track.flown.culmination - track.flown.rise).total_seconds()
    marked = np.array([0.0, top, track.elapsed_s[-1]])
    east, north = (
        zenith * np.sin(azimuth),
        zenith * np.cos(azimuth),
    )  # angles leap at the zenith, these do not
    x, y = np.interp(marked, track.elapsed_s, east), np.interp(marked, track.elapsed_s, north)
    for (_, marker), angle, distance in zip(_MARKS, np.arctan2(x, y), np.hypot(x, y), strict=True):
        dial.plot(
            [angle], [distance], marker, color=color, markersize=5.5, markeredgecolor="white", clip_on=False,
            zorder=3,
        )  # fmt: skip


def _runs(lit: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First index of each run of equal values, and that of the next."""
    edges = [0, *(np.flatnonzero(np.diff(lit.astype(int))) + 1).tolist(), len(lit)]
    return list(pairwise(edges))


def _mark_legend(figure: Figure, center: float = 0.5) -> None:
    """What the marks mean."""
    handles: list[Line2D | Patch] = [
        Line2D([], [], color=GREY, marker=marker, linestyle="", markersize=5, label=name)
        for name, marker in _MARKS
    ]
    handles.append(Patch(color=LIGHT, label="below the mask"))
    figure.legend(
        handles=handles, loc="lower center", bbox_to_anchor=(center, 0.0), ncols=4, fontsize=7.5,
        columnspacing=1.2, handletextpad=0.4, borderaxespad=0.2,
    )  # fmt: skip


def _shade_shadow(axes: Axes, since: Array, lit: Array) -> None:
    """Where the satellite is in the Earth's shadow."""
    axes.fill_between(
        since, 0.0, 1.0, where=(lit < 0.5).tolist(), transform=axes.get_xaxis_transform(), color=LIGHT,
        alpha=0.5, linewidth=0, zorder=0.3,
    )  # fmt: skip


def _time_axis(axes: Axes, track: PassTrack, *, labels: bool) -> None:
    """Seconds since the rise, told as UTC."""
    rise, span = track.flown.rise, float(track.elapsed_s[-1])
    step = next((step for step in _TICK_STEPS_S if span / step <= 8), _TICK_STEPS_S[-1])
    midnight = rise.replace(hour=0, minute=0, second=0, microsecond=0)
    clock = (rise - midnight).total_seconds()
    ticks = np.arange(math.ceil(clock / step) * step, clock + span, step)
    form = "%H:%M" if step >= 60 else "%H:%M:%S"
    texts = [_clock_text(midnight, float(tick), form) if labels else "" for tick in ticks]
    axes.set_xticks((ticks - clock).tolist(), texts)
    axes.set_xlim(0.0, span)
    if labels:
        axes.set_xlabel(f"UTC, {rise:%Y-%m-%d}")


def _clock_text(midnight: datetime, second: float, form: str) -> str:
    return f"{midnight + timedelta(seconds=second):{form}}"
