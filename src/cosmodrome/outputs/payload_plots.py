"""The figure of a payload map: payload over altitude, a line for each inclination."""

import textwrap
from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from cosmodrome.ascent.payload_map import PayloadMap
from cosmodrome.models.site import Site
from cosmodrome.models.vehicle import PayloadFigure, Vehicle
from cosmodrome.outputs.labels import number_text
from cosmodrome.outputs.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    new_figure,
    shared_look,
    svg_text,
)

Array = NDArray[np.float64]
_COLORS: Final = (BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY, BLACK)
_TWO_BURNS: Final = (0, (5, 1.6))
_LABEL_GAP_RATIO: Final = 0.036  # of the axes' height, between two labels
_TITLE_COLUMNS: Final = 90
_LABEL_KM: Final = 220.0  # longest label of a published figure
_IDEAL_WIDTH: Final = 0.9
_NEAR_DEG: Final = 3.0  # inclination of a published figure that is drawn beside a line
_FROM_ZERO_RATIO: Final = 0.5  # of the largest payload: where the least is below, the axis begins at zero


@shared_look()
def payload_figure(charted: PayloadMap, vehicle: Vehicle, site: Site) -> Figure:
    """Draw payload over altitude, with published figures for circular orbits from this site.

    Parameters
    ----------
    charted : PayloadMap
        Payloads; those not above zero are left out.
    vehicle : Vehicle
        Its title, and its published payloads.
    site : Site
        Its title.

    Returns
    -------
    Figure
        A line for each inclination, named at its end, dashed where the insertion takes two burns: of the
        calibrated payload where there is one, with a thin line for physics alone.
    """
    figure = new_figure(8.4, 4.8)
    axes = figure.add_axes((0.085, 0.115, 0.79, 0.79))
    shown = charted.payload_kg if charted.calibrated_kg is None else charted.calibrated_kg
    lines = [np.where(column > 0, column, np.nan) for column in shown.T]
    ideal = [np.where(column > 0, column, np.nan) for column in charted.payload_kg.T]
    published = _drawn_figures(charted, vehicle, site)
    _set_limits(axes, charted, [*lines, *ideal], [f.payload_kg for f in published])
    for number, line in enumerate(lines):
        _line(axes, charted, line, number)
        if charted.calibrated_kg is not None:
            axes.plot(charted.altitudes_km, ideal[number], color=_color(number), lw=_IDEAL_WIDTH, alpha=0.7)
    _name_lines(axes, charted, lines)
    _published_points(axes, published)
    _key(axes, charted, published)
    kind = "sun-synchronous" if charted.sun_synchronous else "circular"
    axes.set_xlabel(f"altitude of the {kind} orbit [km]")
    axes.set_ylabel("payload [kg]")
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number_text(value, 5)))
    axes.set_title("\n".join(textwrap.wrap(_title(vehicle, site), _TITLE_COLUMNS)), pad=10)
    return figure


def payload_svg(charted: PayloadMap, vehicle: Vehicle, site: Site) -> str:
    """Write the figure of a payload map as a file.

    Parameters
    ----------
    charted : PayloadMap
    vehicle : Vehicle
    site : Site

    Returns
    -------
    str
        An SVG document.
    """
    text = svg_text(payload_figure(charted, vehicle, site), _title(vehicle, site))
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}'


def _title(vehicle: Vehicle, site: Site) -> str:
    return f"Payload of {vehicle.title} from {site.title}"


def _name(charted: PayloadMap, number: int) -> str:
    if charted.sun_synchronous:
        drawn = charted.inclinations_deg[charted.payload_kg[:, number] > 0]
        return f"{drawn[0]:.1f}° to\n{drawn[-1]:.1f}°"
    return f"{charted.inclinations_deg[number]:g}°"


def _set_limits(axes: Axes, charted: PayloadMap, lines: Sequence[Array], published: Sequence[float]) -> None:
    """Axes that hold every line and point."""
    values = np.concatenate([*lines, np.array(published, dtype=float)])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    room = 0.08 * (high - low if low > _FROM_ZERO_RATIO * high else high)
    axes.set_ylim(low - room if low > _FROM_ZERO_RATIO * high else 0.0, high + room)
    axes.set_xlim(float(charted.altitudes_km[0]) - 25, float(charted.altitudes_km[-1]))


def _color(number: int) -> str:
    return _COLORS[number % len(_COLORS)]


def _line(axes: Axes, charted: PayloadMap, payload: Array, number: int) -> None:
    """One inclination: solid for one burn, dashed for two, a dot where the one takes over."""
    height, color = charted.altitudes_km, _color(number)
    burns = np.where(payload > 0, charted.burns_count[:, number], 0)
    starts = np.flatnonzero(np.diff(burns, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(burns)], strict=True):
        if burns[start] == 0:
            continue
        switches = start > 0 and burns[start - 1] != 0
        run = slice(start - 1 if switches else start, end)
        axes.plot(height[run], payload[run], color=color, ls=_TWO_BURNS if burns[start] == 2 else "-")
        if switches:
            axes.plot([height[start]], [payload[start]], "o", color=color, markersize=4.5)


def _name_lines(axes: Axes, charted: PayloadMap, lines: Sequence[Array]) -> None:
    """Name the lines at their right ends, or at their left ends where the right ones lie too close."""
    drawn = [(number, np.flatnonzero(np.isfinite(line))) for number, line in enumerate(lines)]
    ends = {side: [(n, int(at[side])) for n, at in drawn if at.size] for side in (0, -1)}
    gap = _label_gap_kg(axes)
    apart = {side: _least_gap_kg([lines[n][at] for n, at in places]) for side, places in ends.items()}
    side = 0 if apart[-1] < gap and apart[0] > apart[-1] else -1
    if side == 0:
        axes.set_xlim(left=charted.altitudes_km[0] - 0.075 * np.ptp(charted.altitudes_km))
    places = ends[side]
    heights = _apart([float(lines[n][at]) for n, at in places], axes)
    for (number, at), height in zip(places, heights, strict=True):
        axes.annotate(
            _name(charted, number), (charted.altitudes_km[at], height), xytext=(5 if side else -5, 0),
            textcoords="offset points", va="center", ha="left" if side else "right", color=_color(number),
            fontsize=8.5, fontweight="bold", annotation_clip=False,
        )  # fmt: skip


def _label_gap_kg(axes: Axes) -> float:
    bottom, top = axes.get_ylim()
    return _LABEL_GAP_RATIO * (top - bottom)


def _least_gap_kg(heights_kg: Sequence[float]) -> float:
    return float(np.diff(np.sort(heights_kg)).min()) if len(heights_kg) > 1 else np.inf


def _apart(heights_kg: Sequence[float], axes: Axes) -> list[float]:
    """Heights of labels, from the lowest up moved so that they neither touch nor stand below the axis."""
    gap = _label_gap_kg(axes)
    lowest = axes.get_ylim()[0] + 0.5 * gap
    placed = list(heights_kg)
    for place in np.argsort(heights_kg):
        placed[place] = max(heights_kg[place], lowest)
        lowest = placed[place] + gap
    return placed


def _drawn_figures(charted: PayloadMap, vehicle: Vehicle, site: Site) -> list[PayloadFigure]:
    """Published figures from this site for circular orbits on the map and near one of its lines."""
    return [figure for figure in vehicle.payload_figures if _is_on_map(figure, charted, site)]


def _is_on_map(figure: PayloadFigure, charted: PayloadMap, site: Site) -> bool:
    low, high, tilt = figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg
    heights = charted.altitudes_km
    if site.name not in figure.site.split("/") or low is None or high != low or tilt is None:
        return False
    near = charted.inclinations_deg
    if charted.sun_synchronous:
        near = np.array([np.interp(low, heights, near)])
    return bool(heights[0] <= low <= heights[-1] and (np.abs(near - tilt) <= _NEAR_DEG).any())


def _published_points(axes: Axes, published: Sequence[PayloadFigure]) -> None:
    """Published figures, each named beside its point, on the left where another stands on the right."""
    right = 0.75 * axes.get_xlim()[1] + 0.25 * axes.get_xlim()[0]
    heights = [figure.perigee_altitude_km or 0.0 for figure in published]
    labels_kg = [figure.payload_kg for figure in published]
    for height in set(heights):
        stacked = [number for number, other in enumerate(heights) if other == height]
        moved = _apart([labels_kg[number] for number in stacked], axes)
        for number, label_kg in zip(stacked, moved, strict=True):
            labels_kg[number] = label_kg
    for figure, height, label_kg in zip(published, heights, labels_kg, strict=True):
        leans = height > right or any(
            0 < other - height < _LABEL_KM and abs(kg - label_kg) < _label_gap_kg(axes)
            for other, kg in zip(heights, labels_kg, strict=True)
        )
        kind = " flown" if figure.orbit == "flown" else ""
        axes.plot(
            [height], [figure.payload_kg], "D", color=GREY, mec="white", mew=0.6, markersize=6.5, zorder=4
        )
        axes.annotate(
            f"{number_text(figure.payload_kg, 5)} kg, {figure.inclination_deg:g}°{kind}",
            (height, label_kg), xytext=(-8 if leans else 8, -1), textcoords="offset points",
            ha="right" if leans else "left", va="center", fontsize=8, color=GREY, zorder=4,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.8},
        )  # fmt: skip


def _key(axes: Axes, charted: PayloadMap, published: Sequence[PayloadFigure]) -> None:
    """What dashes, dots and points mean, for those that are there."""
    handles = []
    if (charted.burns_count == 2).any():
        handles = [
            Line2D([], [], color=GREY, label="one burn into orbit"),
            Line2D([], [], color=GREY, ls=_TWO_BURNS, label="two burns, a coast between"),
        ]
    if charted.calibrated_kg is not None:
        handles = handles or [Line2D([], [], color=GREY, label="calibrated")]
        handles.append(Line2D([], [], color=GREY, lw=_IDEAL_WIDTH, alpha=0.7, label="physics alone"))
    if published:
        handles.append(Line2D([], [], color=GREY, marker="D", ls="", mec="white", label="published"))
    if handles:
        axes.legend(handles=handles, loc="upper right", handlelength=3.0, framealpha=0.9)
