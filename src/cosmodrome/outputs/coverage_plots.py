"""Maps of coverage: how often a constellation sees each part of the Earth."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap, Normalize
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.orbit.coverage import Coverage
from cosmodrome.orbit.ground_grid import GroundGrid
from cosmodrome.outputs.labels import instant_text
from cosmodrome.outputs.orbit_plots import coastline, draw_degrees
from cosmodrome.outputs.style import BLACK, new_figure, shared_look

Array = NDArray[np.float64]
Measure = Literal["mean", "maximum", "response"]

_CELL_DEG: Final = 1.0
_FEW_COUNT: Final = 300  # points: drawn as dots, not as areas
_TOP_PERCENT: Final = 98.0  # of the points lie within the scale of colors
_NO_GAP: Final = "#d9d9d9"
_TITLES: Final = (
    ("mean", "Mean revisit time"),
    ("maximum", "Longest time without access"),
    ("response", "Mean response time"),
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is drawn: values per point and the unit of the scale."""

    title: str
    unit: str
    values: Array
    scale: Normalize


def coverage_caption(coverage: Coverage) -> str:
    """Say of which satellites, over which span and under which limits.

    Parameters
    ----------
    coverage : Coverage
        What is drawn.

    Returns
    -------
    str
        Two sentences and the source of the coastline.
    """
    limits, days = coverage.limits, coverage.revisit.duration_s / DAY_S
    conditions = [f"elevation above {limits.minimum_elevation_deg:g}°"]
    if limits.half_cone_deg is not None:
        conditions.insert(0, f"half cone of {limits.half_cone_deg:g}° about the nadir")
    if limits.minimum_sun_elevation_deg is not None:
        conditions.append(f"Sun above {limits.minimum_sun_elevation_deg:g}°")
    number = coverage.satellites_count
    return (
        f"{number} satellite{'s' if number != 1 else ''} over {days:g} day{'s' if days != 1 else ''} from "
        f"{instant_text(coverage.epoch)}, {len(coverage.grid)} points; secular J2. Seen means: "
        f"{', '.join(conditions)}. Coastline: Natural Earth, public domain."
    )


@shared_look()
def coverage_map(coverage: Coverage, measure: Measure = "mean") -> Figure:
    """Draw a measure of revisit on a plate carrée map.

    Parameters
    ----------
    coverage : Coverage
        Of a grid: each part of the map takes the color of the nearest point. Of fewer than 300 points: dots.
    measure : {"mean", "maximum", "response"}
        Mean gap between accesses, longest time without one, or mean time from any instant to the next.

    Returns
    -------
    Figure
        Longitude and latitude in degrees; 98 % of a grid's points lie within the scale of colors. Gray where
        there is no gap with both ends in the span: where a point is seen once at most, or without end.
    """
    shown = _shown(coverage, measure)
    figure = new_figure(9.6, 5.0)
    axes = figure.add_axes((0.066, 0.1, 0.80, 0.82))
    axes.grid(visible=False)
    draw_degrees(axes)
    colors = _colors()
    if len(coverage.grid) < _FEW_COUNT:
        _draw_points(axes, coverage.grid, shown, colors)
    else:
        picture = shown.values[_nearest_points(coverage.grid)]
        axes.imshow(
            np.ma.masked_invalid(picture), extent=(-180, 180, -90, 90), origin="lower", aspect="auto",
            cmap=colors, norm=shown.scale, interpolation="nearest", zorder=0.5,
        )  # fmt: skip
    for color, width in (("white", 1.5), (BLACK, 0.5)):  # seen on light and dark areas
        axes.add_collection(LineCollection(list(coastline()), colors=color, linewidths=width, zorder=1.0))
    bar = figure.add_axes((0.885, 0.1, 0.022, 0.82))
    beyond = bool((shown.values > float(shown.scale.vmax or 0.0)).any())
    scale = figure.colorbar(
        ScalarMappable(shown.scale, colors), cax=bar, extend="max" if beyond else "neither", extendfrac=0.03
    )
    scale.set_label(f"{shown.title.lower()} [{shown.unit}]")
    bar.grid(visible=False)
    axes.set_title(shown.title)
    if np.isnan(shown.values).any():
        gray = Patch(facecolor=_NO_GAP, edgecolor=BLACK, linewidth=0.4, label="no complete gap in the span")
        axes.legend(
            handles=[gray], loc="lower left", frameon=True, facecolor="white", edgecolor="none",
            framealpha=0.9,
        )  # fmt: skip
    return figure


def _shown(coverage: Coverage, measure: Measure) -> _Shown:
    revisit = coverage.revisit
    seconds = {
        "mean": revisit.mean_revisit_s,
        "maximum": revisit.maximum_revisit_s,
        "response": revisit.mean_response_s,
    }[measure]
    finite = seconds[np.isfinite(seconds)]
    if len(finite) == 0:
        return _Shown(dict(_TITLES)[measure], "min", seconds, Normalize(0.0, 1.0))
    # a few points at the rim of what is seen would stretch the scale over nothing
    top = float(np.percentile(finite, _TOP_PERCENT) if len(finite) >= _FEW_COUNT else finite.max())
    unit, factor = ("h", 3600.0) if top > 3 * 3600 else ("min", 60.0)
    low = float(finite.min()) / factor
    return _Shown(
        dict(_TITLES)[measure], unit, seconds / factor, Normalize(low, max(top / factor, low + 1e-3))
    )


def _colors() -> Colormap:
    return colormaps["viridis_r"].with_extremes(bad=_NO_GAP)


def _draw_points(axes: Axes, grid: GroundGrid, shown: _Shown, colors: Colormap) -> None:
    known = np.isfinite(shown.values)
    for chosen, color in ((known, shown.values[known]), (~known, np.full(int((~known).sum()), np.nan))):
        axes.scatter(
            grid.longitude_deg[chosen], grid.latitude_deg[chosen], c=color, cmap=colors, norm=shown.scale,
            s=46, edgecolors=BLACK, linewidths=0.6, zorder=2.0, plotnonfinite=True,
        )  # fmt: skip


def _nearest_points(grid: GroundGrid) -> NDArray[np.int_]:
    """Number of the grid's point nearest to each cell of the map, from south to north and west to east."""
    latitude = np.radians(np.arange(-90 + _CELL_DEG / 2, 90, _CELL_DEG))
    longitude = np.radians(np.arange(-180 + _CELL_DEG / 2, 180, _CELL_DEG))
    points = _unit_vectors(np.radians(grid.latitude_deg), np.radians(grid.longitude_deg)).astype(np.float32)
    found = np.empty((len(latitude), len(longitude)), dtype=int)
    for row, height in enumerate(latitude):
        cells = _unit_vectors(np.full(len(longitude), height), longitude).astype(np.float32)
        found[row] = (cells @ points.T).argmax(axis=1)
    return found


def _unit_vectors(latitude: Array, longitude: Array) -> Array:
    level = np.cos(latitude)
    return np.column_stack((level * np.cos(longitude), level * np.sin(longitude), np.sin(latitude)))
