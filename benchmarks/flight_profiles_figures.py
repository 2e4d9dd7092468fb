"""Figures of docs/theory/ascent-validation.md: the optimum as lines, what is published as points."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.outputs.style import (
    BLACK,
    BLUE,
    GREY,
    ORANGE,
    VERMILION,
    decimated,
    new_figure,
    shared_look,
    svg_text,
)

if TYPE_CHECKING:
    from flight_profiles import Compared, Row

IMAGES = Path(__file__).parents[1] / "docs" / "images"
LABEL = {"textcoords": "offset points", "fontsize": 7.5}


def write_figures(compared: list[Compared]) -> None:
    """Draw each figure whose flights were all flown."""
    by_name = {c.flight.name: c for c in compared}
    for stem, names, draw, title in FIGURES:
        if all(name in by_name for name in names):
            with shared_look():
                figure = draw(*(by_name[name] for name in names))
            (IMAGES / f"ascent-validation-{stem}.svg").write_text(
                svg_text(figure, title) + "\n", encoding="utf-8"
            )


def _panels(count: int, height_in: float = 3.6) -> tuple[Figure, list[Axes]]:
    figure = new_figure(9.6, height_in)
    width = (0.93 - 0.075 * (count - 1)) / count
    boxes = [(0.06 + k * (width + 0.075), 0.14, width, 0.76) for k in range(count)]
    return figure, [figure.add_axes(box) for box in boxes]


def _finish(axes: Axes, title: str, label: str, last_s: float) -> None:
    axes.set_title(title)
    axes.set_ylabel(label)
    axes.set_xlabel("time since lift-off [s]")
    axes.set_xlim(0.0, last_s)
    axes.set_ylim(bottom=0.0)


def _line(axes: Axes, c: Compared, column: str, scale: float = 1.0, **look: object) -> None:
    flight = c.ascent.trajectory
    pick = decimated(len(flight.time_s), 300)
    axes.plot(flight.time_s[pick], scale * getattr(flight, column)[pick], **look)


def _points(axes: Axes, rows: list[Row], value: Callable[[Row], float | None], **look: object) -> None:
    pairs = [(row.published.t_s, value(row)) for row in rows if value(row) is not None]
    axes.plot(*zip(*pairs, strict=True), linestyle="", **look)


def _altitude(row: Row) -> float | None:
    return row.published.altitude_km


def _speed(row: Row) -> float | None:
    return row.published.speed_m_s and row.published.speed_m_s / 1e3


def _name(
    axes: Axes, text: str, point: tuple[float, float], offset: tuple[float, float], **look: object
) -> None:
    axes.annotate(text, point, xytext=offset, **(LABEL | look))


def soyuz(plain: Compared, less: Compared, progress: Compared) -> Figure:
    """MS-25 as the catalog has it and less what is not burned, with both cyclograms."""
    figure, (height, speed) = _panels(2)
    for column, axes, more in (
        ("altitude_km", height, {}),
        ("relative_speed_km_s", speed, {}),
        ("inertial_speed_km_s", speed, {"alpha": 0.45}),
    ):
        _line(axes, plain, column, color=BLUE, **more)
        _line(axes, less, column, color=ORANGE, linestyle="--", **more)
    for axes, value in ((height, _altitude), (speed, _speed)):
        look = {"markersize": 5, "zorder": 3}
        _points(axes, list(plain.rows), value, marker="o", color=VERMILION, **look)
        _points(axes, list(progress.rows), value, marker="s", color=BLACK, markerfacecolor="none", **look)
    handles = [*height.lines[:2], *height.lines[-2:]]
    labels = [
        "optimum, catalog data",
        "optimum, less what is not burned",
        "Soyuz MS-25, published",
        "Progress MS-19, nominal",
    ]
    height.legend(handles, labels, loc="lower right")
    _name(height, "strap-ons", (117.8, 45), (8, -8))
    _name(height, "fairing of Soyuz", (153.3, 79), (-6, 6), ha="right")
    _name(height, "fairing of Progress", (183.2, 91), (7, -8))
    _name(height, "core", (287.7, 157), (-4, 10), ha="right")
    _name(speed, "fairing", (153.3, 2.2), (-6, 6), ha="right")
    _name(speed, "core", (287.4, 3.8), (8, -10))
    _name(speed, "inertial", (430, 5.9), (-8, 10), ha="right", color=GREY)
    _name(speed, "over ground", (430, 5.5), (8, -12), color=GREY)
    _finish(height, "Altitude", "altitude [km]", 535)
    _finish(speed, "Speed; the published frame is not stated", "speed [km/s]", 535)
    return figure


def falcon(*flights: Compared) -> Figure:
    """Flights of Falcon 9 against their webcasts, a row each."""
    figure = new_figure(9.6, 7.6)
    panels = (
        ("altitude_km", 2, 1.0, "altitude [km]"),
        ("relative_speed_km_s", 1, 1e-3, "speed over ground [km/s]"),
        ("axial_acceleration_g", 5, 1 / STANDARD_GRAVITY_M_S2, "sensed acceleration [g]"),
    )
    for row, c in enumerate(flights):
        trace = np.array(c.timeline["trace"]["rows"]).T
        for column, (name, traced, scale, label) in enumerate(panels):
            axes = figure.add_axes((0.06 + 0.325 * column, 0.725 - 0.32 * row, 0.27, 0.23))
            _line(axes, c, name, color=BLUE, label="optimum")
            axes.plot(trace[0], scale * trace[traced], "o", markersize=2.6, color=VERMILION, label="webcast")
            _finish(axes, c.flight.name.removeprefix("Falcon 9, ") if column == 0 else "", label, 580)
            axes.set_xlabel("time since lift-off [s]" if row == len(flights) - 1 else "")
            if row == column == 0:
                axes.legend(loc="lower right")
    return figure


def ariane(v170: Compared, typical: Compared) -> Figure:
    """Ariane 5 with one flight's mass and with the rating, and the typical profile."""
    figure, (height, speed) = _panels(2)
    for axes, column in ((height, "altitude_km"), (speed, "relative_speed_km_s")):
        _line(axes, v170, column, color=BLUE)
        _line(axes, typical, column, color=ORANGE, linestyle="--")
    for axes, value in ((height, _altitude), (speed, _speed)):
        _points(axes, list(typical.rows), value, marker="o", color=VERMILION, markersize=5, zorder=3)
    _points(
        speed,
        list(v170.rows),
        _speed,
        marker="s",
        color=BLACK,
        markerfacecolor="none",
        markersize=5,
        zorder=3,
    )
    height.plot([], [], marker="s", color=BLACK, markerfacecolor="none", linestyle="")
    labels = ["optimum, 8985 kg (V170)", "optimum, 10 500 kg", "typical profile, published", "V170, reported"]
    height.legend(height.lines, labels, loc="upper left")
    for text, point, offset in (
        ("boosters", (134.7, 67), (7, -8)),
        ("fairing", (189.7, 109), (7, -8)),
        ("main stage cut-off", (529.7, 175), (-30, 10)),
        ("cut-off", (1475.7, 650), (-14, -14)),
    ):
        _name(height, text, point, offset)
    _name(speed, "boosters", (134.7, 1.995), (7, -8))
    _name(speed, "main stage cut-off", (535, 6.9), (8, -10))
    _name(speed, "reported as inertial", (1485, 9.4), (-8, 7), ha="right")
    _finish(height, "Altitude", "altitude [km]", 1540)
    _finish(speed, "Speed over ground", "speed [km/s]", 1540)
    speed.set_ylim(0.0, 10.5)
    return figure


FIGURES = (
    ("soyuz", ("Soyuz MS-25", "Soyuz MS-25, less what is not burned in flight", "Progress MS-19"), soyuz,
     "Soyuz-2.1a to the station: altitude and speed over time, optimum and published events"),
    ("falcon-9", ("Falcon 9, Iridium NEXT 5", "Falcon 9, EchoStar 23", "Falcon 9, FormoSat-5"), falcon,
     "Falcon 9: altitude, speed and acceleration over time, optimum and webcast telemetry"),
    ("ariane-5", ("Ariane 5 V170", "Ariane 5, typical"), ariane,
     "Ariane 5 ECA to a transfer orbit: altitude and speed over time, optimum and published profile"),
)  # fmt: skip
