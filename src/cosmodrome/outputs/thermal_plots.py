"""The figure of temperatures over two orbits, hottest and coldest."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from cosmodrome.budgets.thermal import ThermalBudget, ThermalOrbit
from cosmodrome.constants import ZERO_CELSIUS_K
from cosmodrome.outputs.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    LIGHT,
    ORANGE,
    PURPLE,
    SKY,
    limit_line,
    new_figure,
    shared_look,
)

_COLORS = (ORANGE, BLUE, GREEN, PURPLE, SKY, GREY)
_STYLES = ("-", "--", ":")


def thermal_caption(thermal: ThermalBudget) -> str:
    """Say what the figure shows.

    Parameters
    ----------
    thermal : ThermalBudget
        The budget drawn.

    Returns
    -------
    str
        Two sentences.
    """
    return (
        f"The hottest orbit of the mission, from {thermal.hot.start:%Y-%m-%d %H:%M} UTC, and the coldest, "
        f"from {thermal.cold.start:%Y-%m-%d %H:%M} UTC without heater, each run twice as if it repeated "
        "itself. Shaded: eclipse; red lines: the narrowest limits of parts, without their margin."
    )


@shared_look()
def thermal_orbits(thermal: ThermalBudget) -> Figure:
    """Draw the temperatures of all nodes over two orbits, hottest on the left, coldest on the right.

    Parameters
    ----------
    thermal : ThermalBudget
        Nodes, limits, both orbits.

    Returns
    -------
    Figure
        Two panels with one scale.
    """
    figure = new_figure(9.6, 3.6)
    left = figure.add_axes((0.065, 0.135, 0.38, 0.755))
    right = figure.add_axes((0.475, 0.135, 0.38, 0.755), sharey=left)
    highs = [part.max_temperature_c for part in thermal.parts if part.max_temperature_c is not None]
    lows = [part.min_temperature_c for part in thermal.parts if part.min_temperature_c is not None]
    for axes, orbit, title in ((left, thermal.hot, "Hottest orbit"), (right, thermal.cold, "Coldest orbit")):
        _draw(axes, thermal, orbit)
        axes.set_title(f"{title}, beta {orbit.beta_angle_deg:.0f}°".replace("-", "−"))
        axes.set_xlabel("time in orbit [min]")
    if highs:
        limit_line(left, min(highs), f"limit {min(highs):g} °C")
    if lows:
        limit_line(right, max(lows), f"limit {max(lows):g} °C")
    left.set_ylabel("temperature [°C]")
    right.tick_params(labelleft=False)
    right.legend(loc="upper left", bbox_to_anchor=(1.02, 1.0), borderaxespad=0.0)
    return figure


def _draw(axes: Axes, thermal: ThermalBudget, orbit: ThermalOrbit) -> None:
    """Two periods of every node, over the eclipses."""
    timeline = orbit.timeline
    minutes = timeline.elapsed_s / 60.0
    twice = np.concatenate([minutes, minutes[1:] + minutes[-1]])
    for number, node in enumerate(thermal.nodes):
        values = timeline.temperature_k[:, number] - ZERO_CELSIUS_K
        is_last = number == len(thermal.nodes) - 1
        axes.plot(
            twice,
            np.concatenate([values, values[1:]]),
            color=BLACK if is_last else _COLORS[number % len(_COLORS)],
            linestyle="-" if is_last else _STYLES[number // len(_COLORS) % len(_STYLES)],
            linewidth=1.8 if is_last else 1.1,
            label=node.name,
        )
    dark = np.tile(timeline.illumination_ratio < 0.5, 2)
    for first, last in _runs(dark):
        axes.axvspan(twice[first], twice[last], color=LIGHT, alpha=0.7, linewidth=0, zorder=0.1)
    axes.set_xlim(0.0, twice[-1])


def _runs(is_on: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Edges between which it is on."""
    steps = np.diff(np.concatenate([[0], is_on.astype(int), [0]]))
    return list(zip(np.flatnonzero(steps > 0).tolist(), np.flatnonzero(steps < 0).tolist(), strict=True))
