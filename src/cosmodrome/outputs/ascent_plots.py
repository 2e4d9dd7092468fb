"""Figures of the ascent: its profile with limits and events, and its path over the ground."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator
from numpy.typing import NDArray

from cosmodrome.ascent.result import Ascent, AscentEvent
from cosmodrome.outputs.labels import instant_text
from cosmodrome.outputs.style import (
    BLUE,
    GREY,
    ORANGE,
    PURPLE,
    SKY,
    VERMILION,
    decimated,
    event_lines,
    limit_line,
    new_figure,
    shared_look,
)

Array = NDArray[np.float64]
_SLOW_KM_S = 0.05  # below it the flight-path angle of the relative velocity is not drawn
_LEAST_FLUX_W_M2 = 1.0


_SUPERSCRIPT: Final = MappingProxyType(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


@dataclass(frozen=True, slots=True)
class _Panel:
    """Where one panel of the profile stands."""

    axes: Axes
    time_s: Array
    pick: NDArray[np.intp]


def ascent_caption(ascent: Ascent, liftoff: datetime | None) -> str:
    """Say in which frame and from when the ascent is shown.

    Parameters
    ----------
    ascent : Ascent
        The ascent drawn.
    liftoff : datetime or None
        Its first lift-off (UTC); None where no window was found.

    Returns
    -------
    str
        One or two sentences.
    """
    start = (
        f"T = 0 is lift-off, {instant_text(liftoff)} in the first window. "
        if liftoff
        else "T = 0 is lift-off. "
    )
    return (
        f"{start}Inertial speed is in the frame that is Earth-fixed at lift-off; relative speed, dynamic "
        "pressure, heat flux, flight-path angle and angle of attack are against air that turns with the "
        f"Earth. Launch azimuth {ascent.launch_azimuth_deg:.1f}°, {ascent.branch} pass."
    )  # fmt: skip


@shared_look()
def ascent_profile(ascent: Ascent) -> Figure:
    """Draw altitude, speed, dynamic pressure, acceleration, heat flux and angles against time.

    Parameters
    ----------
    ascent : Ascent
        Its trajectory, its events and its limits.

    Returns
    -------
    Figure
        Six panels that share the time axis; limits are drawn, events are numbered verticals.
    """
    figure = new_figure(9.6, 7.4)
    time_s = ascent.trajectory.time_s
    pick = decimated(len(time_s), 400)
    draw = (_altitude, _speed, _pressure, _acceleration, _heat, _angles)
    for number, panel in enumerate(draw):
        column, row = number % 2, number // 2
        axes = figure.add_axes((0.07 + 0.49 * column, 0.717 - 0.322 * row, 0.42, 0.235))
        axes.set_xlim(0.0, float(time_s[-1]))
        event_lines(axes, [event.time_s for event in ascent.events])
        panel(_Panel(axes, time_s[pick], pick), ascent)
        _number_events(axes, ascent.events)
        axes.set_xlabel("time since lift-off [s]" if row == 2 else "")
        axes.tick_params(labelbottom=row == 2)
    return figure


def _number_events(axes: Axes, events: Sequence[AscentEvent]) -> None:
    """Numbers above the verticals; those that would touch are joined as a list."""
    left, right = axes.get_xlim()
    groups: list[tuple[float, list[int]]] = []
    for number, event in enumerate(events, start=1):
        if groups and event.time_s - events[number - 2].time_s < 0.03 * (right - left):
            groups[-1][1].append(number)
        else:
            groups.append((event.time_s, [number]))
    for time_s, numbers in groups:
        text = ",".join(map(str, numbers)) if len(numbers) < 3 else f"{numbers[0]}–{numbers[-1]}"
        axes.annotate(
            text, (time_s, 1.0), xytext=(0, 1), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="left" if time_s <= left else "center", va="bottom",
            fontsize=6.5, color=GREY,
        )  # fmt: skip


def _title(panel: _Panel, text: str, label: str) -> None:
    panel.axes.set_title(text, pad=12)
    panel.axes.set_ylabel(label)


def _altitude(panel: _Panel, ascent: Ascent) -> None:
    panel.axes.plot(panel.time_s, ascent.trajectory.altitude_km[panel.pick], color=BLUE)
    panel.axes.set_ylim(bottom=0.0)
    _title(panel, "Altitude", "geodetic altitude [km]")


def _speed(panel: _Panel, ascent: Ascent) -> None:
    flight = ascent.trajectory
    panel.axes.plot(panel.time_s, flight.inertial_speed_km_s[panel.pick], color=BLUE, label="inertial")
    panel.axes.plot(
        panel.time_s, flight.relative_speed_km_s[panel.pick], color=ORANGE, ls="--", label="relative to air"
    )
    panel.axes.set_ylim(bottom=0.0)
    panel.axes.legend(loc="lower right")
    _title(panel, "Speed", "speed [km/s]")


def _pressure(panel: _Panel, ascent: Ascent) -> None:
    values = ascent.trajectory.dynamic_pressure_kpa
    panel.axes.plot(panel.time_s, values[panel.pick], color=BLUE)
    limit = ascent.limits.dynamic_pressure_kpa
    top = 1.2 * float(values.max())
    if limit is not None:
        limit_line(panel.axes, limit, f"limit {limit:g} kPa")
        top = max(top, 1.2 * limit)
    panel.axes.set_ylim(0.0, top)
    _title(panel, f"Dynamic pressure, max {values.max():.1f} kPa", "dynamic pressure [kPa]")


def _acceleration(panel: _Panel, ascent: Ascent) -> None:
    flight = ascent.trajectory
    panel.axes.plot(
        panel.time_s, flight.axial_acceleration_g[panel.pick], color=BLUE, label="axial acceleration"
    )
    throttle = panel.axes.fill_between(
        panel.time_s,
        0,
        flight.throttle_ratio[panel.pick],
        color=SKY,
        alpha=0.35,
        linewidth=0,
        label="throttle [1]",
    )
    throttle.set_zorder(0.6)
    limit = ascent.limits.axial_acceleration_g
    top = 1.2 * ascent.max_axial_acceleration_g
    if limit is not None:
        limit_line(panel.axes, limit, f"limit {limit:g} g", at_left=True)
        top = max(top, 1.2 * limit)
    panel.axes.set_ylim(0.0, 1.1 * top)
    panel.axes.legend(loc="upper left", ncols=2, borderaxespad=0.1)
    _title(panel, f"Axial acceleration, max {ascent.max_axial_acceleration_g:.2f} g", "acceleration [g]")


def _heat(panel: _Panel, ascent: Ascent) -> None:
    values = np.maximum(ascent.trajectory.heat_flux_w_m2, _LEAST_FLUX_W_M2 / 10)
    panel.axes.semilogy(panel.time_s, values[panel.pick], color=BLUE)
    panel.axes.yaxis.set_minor_locator(NullLocator())
    panel.axes.yaxis.set_major_formatter(FuncFormatter(_power_of_ten))
    panel.axes.set_ylim(_LEAST_FLUX_W_M2, 4 * float(values.max()))
    limit = ascent.limits.heat_flux_w_m2
    if limit is not None:
        limit_line(panel.axes, limit, f"fairing jettison below {limit:g} W/m²")
    _title(panel, "Free-molecular heat flux", "heat flux [W/m²]")


def _power_of_ten(value: float, _position: int | None = None) -> str:
    """A tick in plain Unicode, which costs a fraction of mathematical typesetting."""
    return f"10{str(round(math.log10(value))).translate(_SUPERSCRIPT)}" if value > 0 else ""


def _angles(panel: _Panel, ascent: Ascent) -> None:
    flight = ascent.trajectory
    fast = flight.relative_speed_km_s > _SLOW_KM_S
    climb = np.where(fast, flight.flight_path_angle_deg, np.nan)
    panel.axes.plot(panel.time_s, climb[panel.pick], color=BLUE, label="flight-path angle")
    attack = flight.angle_of_attack_deg[panel.pick]
    panel.axes.plot(panel.time_s, attack, color=PURPLE, ls="-.", label="angle of attack")
    panel.axes.legend(loc="upper right")
    _title(panel, "Angles to the relative wind", "angle [deg]")


@shared_look()
def altitude_downrange(ascent: Ascent) -> Figure:
    """Draw altitude over the distance flown from the pad, with the events named.

    Parameters
    ----------
    ascent : Ascent
        Its trajectory and its events.

    Returns
    -------
    Figure
        One panel; axes are not to the same scale.
    """
    figure = new_figure(9.6, 3.6)
    axes = figure.add_axes((0.07, 0.14, 0.91, 0.8))
    flight = ascent.trajectory
    pick = decimated(len(flight.time_s), 400)
    axes.plot(flight.downrange_km[pick], flight.altitude_km[pick], color=BLUE)
    x = [event.downrange_km for event in ascent.events]
    y = [event.altitude_km for event in ascent.events]
    axes.plot(x, y, "o", color=VERMILION, markersize=4)
    axes.set_xlim(-0.05 * max(x), 1.04 * float(flight.downrange_km.max()))
    axes.set_ylim(0.0, 1.3 * float(flight.altitude_km.max()))
    _name_events(axes, ascent.events)
    axes.set_xlabel("distance from the pad along the ground [km]")
    axes.set_ylabel("geodetic altitude [km]")
    return figure


def _name_events(axes: Axes, events: Sequence[AscentEvent]) -> None:
    """Number the points, one number for points that nearly coincide, and list the names below the path."""
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    groups: list[tuple[AscentEvent, list[int]]] = []
    for number, event in enumerate(events, start=1):
        first = groups[-1][0] if groups else None
        if first is not None and math.hypot(
            (event.downrange_km - first.downrange_km) / (right - left),
            1.5 * (event.altitude_km - first.altitude_km) / (top - bottom),
        ) < 0.035:  # fmt: skip
            groups[-1][1].append(number)
        else:
            groups.append((event, [number]))
    for event, numbers in groups:
        text = f"{numbers[0]}–{numbers[-1]}" if len(numbers) > 1 else str(numbers[0])
        axes.annotate(
            text, (event.downrange_km, event.altitude_km), xytext=(-5, 5), textcoords="offset points",
            ha="right", fontsize=8, fontweight="bold", color=VERMILION,
        )  # fmt: skip
    names = [f"{number}  {event.name}, {event.time_s:.1f} s" for number, event in enumerate(events, start=1)]
    half = math.ceil(len(names) / 2)
    for column, part in enumerate((names[:half], names[half:])):
        axes.text(
            0.38 + 0.29 * column, 0.05 + 0.065 * half, "\n".join(part), transform=axes.transAxes, va="top",
            fontsize=8, linespacing=1.5,
        )  # fmt: skip
