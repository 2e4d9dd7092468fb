"""Figures of the orbit: ground track on a map with the stations, beta angle and eclipses over the month."""

import json
import math
from collections.abc import Sequence
from importlib import resources

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from cosmodrome.ascent.result import Ascent
from cosmodrome.constants import DAY_S, EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.site import Site
from cosmodrome.models.station import Station
from cosmodrome.orbit.eclipses import BetaHistory, Eclipse
from cosmodrome.orbit.ground_track import GroundTrack
from cosmodrome.outputs.labels import instant_text
from cosmodrome.outputs.style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    SKY,
    VERMILION,
    decimated,
    hours_since,
    new_figure,
    shared_look,
)

Array = NDArray[np.float64]
_TRACK_STEP_S = 90.0


def coastline() -> tuple[Array, ...]:
    """Read the land outlines: Natural Earth 1:110m, public domain.

    Returns
    -------
    tuple of ndarray, shape (N, 2)
        Closed rings of longitude and latitude. [deg]
    """
    source = resources.files("cosmodrome.outputs") / "data" / "coastline.json"
    document = json.loads(source.read_text(encoding="utf-8"))
    return tuple(np.reshape(ring, (-1, 2)) / 100.0 for ring in document["rings"])


def split_at_antimeridian(longitude_deg: Array, latitude_deg: Array) -> tuple[Array, Array]:
    """Break a track where it leaves the map on one side and enters on the other.

    Parameters
    ----------
    longitude_deg, latitude_deg : ndarray, shape (N,)
        Track; longitudes in -180 to 180. [deg]

    Returns
    -------
    longitude_deg, latitude_deg : ndarray
        The same with the crossing points on both edges and a gap (NaN) between them. [deg]

    Examples
    --------
    >>> split_at_antimeridian(np.array([179.0, -179.0]), np.array([0.0, 2.0]))[1].tolist()
    [0.0, 1.0, nan, 1.0, 2.0]
    """
    jumps = np.flatnonzero(np.abs(np.diff(longitude_deg)) > 180.0)
    before, after = longitude_deg[jumps], longitude_deg[jumps + 1]
    edge = np.copysign(180.0, before)
    share = (edge - before) / (after + 2 * edge - before)
    crossing = latitude_deg[jumps] + share * (latitude_deg[jumps + 1] - latitude_deg[jumps])
    gap = np.full(len(jumps), np.nan)
    where = np.repeat(jumps + 1, 3)
    longitudes = np.insert(longitude_deg, where, np.stack((edge, gap, -edge), axis=1).ravel())
    latitudes = np.insert(latitude_deg, where, np.stack((crossing, gap, crossing), axis=1).ravel())
    return longitudes, latitudes


def ground_track_caption(track: GroundTrack, stations: Sequence[Station]) -> str:
    """Say from when and in which frame the track is shown.

    Parameters
    ----------
    track : GroundTrack
        The track drawn.
    stations : sequence of Station
        Stations on the map.

    Returns
    -------
    str
        Two sentences.
    """
    text = f"First day of the orbit from {instant_text(track.epoch)}; WGS-84 geodetic coordinates (ITRF)."
    if stations:
        text += " Dashed circles: where the satellite is above a station's minimum elevation."
    return f"{text} Land: Natural Earth, public domain."


@shared_look()
def ground_track_map(
    track: GroundTrack | None, ascent: Ascent, site: Site, stations: Sequence[Station]
) -> Figure:
    """Draw the ascent, the first day of the orbit and the stations on a plate carrée map.

    Parameters
    ----------
    track : GroundTrack or None
        Orbit; None where there is none.
    ascent : Ascent
        Its path over the ground.
    site : Site
        The pad.
    stations : sequence of Station
        Stations, drawn with the reach of their masks at the orbit's altitude.

    Returns
    -------
    Figure
        Longitude and latitude in degrees.
    """
    figure = new_figure(9.6, 5.2)
    axes = figure.add_axes((0.066, 0.09, 0.912, 0.88))
    _draw_map(axes)
    if track is not None:
        day = track.elapsed_s <= track.elapsed_s[0] + DAY_S
        stride = max(1, round(_TRACK_STEP_S / float(track.elapsed_s[1] - track.elapsed_s[0])))
        longitude, latitude = split_at_antimeridian(
            track.longitude_deg[day][::stride], track.latitude_deg[day][::stride]
        )
        axes.plot(longitude, latitude, color=BLUE, linewidth=0.7, label="orbit, first day")
        for station in stations:
            _draw_reach(axes, station, float(track.altitude_km.mean()))
    flight = ascent.trajectory
    pick = decimated(len(flight.time_s), 150)
    longitude, latitude = split_at_antimeridian(flight.longitude_deg[pick], flight.latitude_deg[pick])
    axes.plot(longitude, latitude, color=VERMILION, linewidth=2.2, label="ascent")
    axes.plot(
        site.longitude_deg.value, site.latitude_deg.value, "*", color=VERMILION, markersize=11,
        markeredgecolor="white", markeredgewidth=0.6,
    )  # fmt: skip
    for station in stations:
        axes.plot(
            station.longitude_deg, station.latitude_deg, "^", color=GREEN, markersize=6.5,
            markeredgecolor="white", markeredgewidth=0.6,
        )  # fmt: skip
    places = [(site.title.split(" (")[0], site.longitude_deg.value, site.latitude_deg.value)]
    places += [(station.name, station.longitude_deg, station.latitude_deg) for station in stations]
    _name_places(axes, places)
    axes.legend(loc="lower left", ncols=2, frameon=True, facecolor="white", edgecolor="none", framealpha=0.9)
    return figure


def _draw_map(axes: Axes) -> None:
    vertices = np.concatenate(coastline())
    codes = np.concatenate(
        [[Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY] for ring in coastline()]
    )
    land = PathPatch(
        Path(vertices, codes.astype(np.uint8)), facecolor="#ece9e1", edgecolor="#b9b4a6", linewidth=0.4
    )
    land.set_zorder(0.2)
    axes.add_patch(land)
    axes.set_facecolor("#fafcfe")
    draw_degrees(axes)


def draw_degrees(axes: Axes) -> None:
    """The whole Earth as a plate carrée, with its degrees."""
    axes.set_xlim(-180, 180)
    axes.set_ylim(-90, 90)
    axes.set_xticks(range(-180, 181, 30), [_angle(value, "EW") for value in range(-180, 181, 30)])
    axes.set_yticks(range(-90, 91, 30), [_angle(value, "NS") for value in range(-90, 91, 30)])
    axes.spines[["top", "right"]].set_visible(True)
    axes.set_xlabel("longitude [deg]")
    axes.set_ylabel("latitude [deg]")


def _angle(value: int, sides: str) -> str:
    return f"{abs(value)}°{'' if value in (0, 180, -180) else sides[value < 0]}"


def _draw_reach(axes: Axes, station: Station, altitude_km: float) -> None:
    """Ground points from under which the satellite stands at the station's minimum elevation."""
    mask = math.radians(station.minimum_elevation_deg)
    radius_km = EARTH_EQUATORIAL_RADIUS_M / 1e3
    reach = math.acos(radius_km * math.cos(mask) / (radius_km + altitude_km)) - mask
    bearing = np.linspace(0.0, 2 * math.pi, 73)
    latitude = math.radians(station.latitude_deg)
    sine = math.sin(latitude) * math.cos(reach) + math.cos(latitude) * math.sin(reach) * np.cos(bearing)
    east = np.arctan2(
        np.sin(bearing) * math.sin(reach) * math.cos(latitude), math.cos(reach) - math.sin(latitude) * sine
    )
    longitude = (station.longitude_deg + np.degrees(east) + 180.0) % 360.0 - 180.0
    x, y = split_at_antimeridian(longitude, np.degrees(np.arcsin(sine)))
    axes.plot(x, y, color=GREEN, linewidth=0.9, linestyle=(0, (4, 2)))


def _name_places(axes: Axes, places: Sequence[tuple[str, float, float]]) -> None:
    """Names beside their points, moved up or down where two would touch."""
    taken: list[tuple[float, float, float]] = []
    for name, longitude, latitude in sorted(places, key=lambda place: -place[2]):
        width = 2.05 * len(name) + 4
        left = longitude + 4 if longitude + width < 175 else longitude - 4 - width
        height = latitude
        while any(left < x1 and x0 < left + width and abs(height - y) < 6.5 for x0, x1, y in taken):
            height -= 1.5
        taken.append((left, left + width, height))
        axes.annotate(
            name, (longitude, latitude),
            xytext=(left if left > longitude else left + width, height), textcoords="data",
            ha="left" if left > longitude else "right", va="center", fontsize=8, color=BLACK, zorder=6,
            bbox={"boxstyle": "round,pad=0.15", "facecolor": "white", "edgecolor": "none", "alpha": 0.75},
        )  # fmt: skip


def calendar_caption(beta: BetaHistory) -> str:
    """Say what the calendar shows.

    Parameters
    ----------
    beta : BetaHistory
        The beta angle drawn.

    Returns
    -------
    str
        Two sentences.
    """
    return (
        f"From {instant_text(beta.epoch)}. Beta is the angle between the Sun and the orbit plane, positive "
        "toward the angular momentum (GCRF). An eclipse lasts from the first to the last contact of its kind."
    )


@shared_look()
def beta_eclipse_calendar(
    beta: BetaHistory, eclipses: Sequence[Eclipse], track: GroundTrack | None
) -> Figure:
    """Draw the beta angle, the length of each eclipse and the altitude over the span.

    Parameters
    ----------
    beta : BetaHistory
        Angle between Sun and orbit plane.
    eclipses : sequence of Eclipse
        Umbra and penumbra.
    track : GroundTrack or None
        Its altitude is shown as the range of each day.

    Returns
    -------
    Figure
        Two or three panels over days since orbit insertion.
    """
    rows = 2 if track is None else 3
    total_in = 0.5 + 1.6 * rows
    figure = new_figure(9.6, total_in)
    panels = [
        figure.add_axes((0.07, (0.5 + 1.6 * (rows - 1 - row)) / total_in, 0.91, 1.2 / total_in))
        for row in range(rows)
    ]
    last = float(beta.elapsed_s[-1]) / DAY_S
    panels[0].plot(beta.elapsed_s / DAY_S, beta.beta_angle_deg, color=ORANGE)
    panels[0].axhline(0.0, color=GREY, linewidth=0.8)
    panels[0].margins(y=0.12)
    panels[0].set_title("Beta angle")
    panels[0].set_ylabel("beta [deg]")
    _draw_eclipses(panels[1], beta, eclipses)
    if track is not None:
        _draw_altitude(panels[2], track)
    for axes in panels:
        axes.set_xlim(0.0, last)
        axes.tick_params(labelbottom=axes is panels[-1])
    panels[-1].set_xlabel(f"time since orbit insertion [days], from {beta.epoch:%Y-%m-%d %H:%M} UTC")
    return figure


def _draw_eclipses(axes: Axes, beta: BetaHistory, eclipses: Sequence[Eclipse]) -> None:
    for kind, color, marker in (("umbra", BLUE, "o"), ("penumbra", SKY, "^")):
        found = [eclipse for eclipse in eclipses if eclipse.kind == kind]
        pick = decimated(len(found), 250)
        days = [hours_since(beta.epoch, found[index].start) / 24 for index in pick]
        minutes = [found[index].duration_s / 60 for index in pick]
        points: PathCollection = axes.scatter(days, minutes, s=5, color=color, marker=marker, label=kind)
        points.set_linewidth(0)
    axes.set_ylim(bottom=0.0)
    axes.set_title("Eclipse duration per orbit" if eclipses else "Eclipse duration: no eclipse in the span")
    axes.set_ylabel("duration [min]")
    if eclipses:
        axes.legend(loc="lower right", ncols=2, markerscale=2)


def _draw_altitude(axes: Axes, track: GroundTrack) -> None:
    day = np.floor((track.elapsed_s - track.elapsed_s[0]) / DAY_S)
    starts = np.flatnonzero(np.diff(day, prepend=-1.0))
    low = np.minimum.reduceat(track.altitude_km, starts)
    high = np.maximum.reduceat(track.altitude_km, starts)
    edges = np.append(day[starts], float(track.elapsed_s[-1] - track.elapsed_s[0]) / DAY_S)
    axes.stairs(high, edges, baseline=low, fill=True, color=SKY, alpha=0.5, linewidth=0)
    axes.stairs(high, edges, color=BLUE, baseline=None)
    axes.stairs(low, edges, color=BLUE, baseline=None)
    room = 0.15 * float(high.max() - low.min()) + 0.5
    axes.set_ylim(float(low.min()) - room, float(high.max()) + room)
    axes.set_title("Geodetic altitude, lowest and highest of each day")
    axes.set_ylabel("altitude [km]")
