"""Every figure of a mission, drawn, titled and captioned, as SVG."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from cosmodrome.outputs.ascent_plots import altitude_downrange, ascent_caption, ascent_profile
from cosmodrome.outputs.budget_plots import data_caption, data_timeline, power_caption, power_timeline
from cosmodrome.outputs.labels import file_name
from cosmodrome.outputs.link_plots import link_caption, pass_profiles
from cosmodrome.outputs.operations_plots import (
    launch_window_chart,
    pass_caption,
    pass_timeline,
    window_caption,
)
from cosmodrome.outputs.orbit_plots import (
    beta_eclipse_calendar,
    calendar_caption,
    ground_track_caption,
    ground_track_map,
)
from cosmodrome.outputs.pass_plots import pass_chart, pass_chart_caption
from cosmodrome.outputs.style import svg_text
from cosmodrome.outputs.thermal_plots import thermal_caption, thermal_orbits
from cosmodrome.outputs.vehicle_drawing import vehicle_caption, vehicle_drawing
from cosmodrome.outputs.verdict_plots import verdict_caption, verdict_ladder

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult

_PASS_DAYS = 3.0


@dataclass(frozen=True, slots=True)
class Plot:
    """A finished figure: its file name, what it is called, what it shows, and the drawing."""

    name: str
    title: str
    caption: str
    svg: str

    def __repr__(self) -> str:
        return f"<Plot {self.name}: {len(self.svg) / 1e3:.0f} kB>"


def mission_plots(result: "MissionResult") -> tuple[Plot, ...]:
    """Draw every figure that a mission has.

    Parameters
    ----------
    result : MissionResult
        A finished analysis.

    Returns
    -------
    tuple of Plot
        Without an orbit, those of the lift alone.
    """
    drawn = (*_lift_figures(result), *_orbit_figures(result), *_budget_figures(result))
    return tuple(
        Plot(name, title, caption, svg_text(figure, title)) for name, title, caption, figure in drawn
    )


_Drawn = tuple[str, str, str, Figure]


def _lift_figures(result: "MissionResult") -> Iterator[_Drawn]:
    mission, ascent = result.mission, result.capability.ascent
    flown = (window for window in result.windows if window.branch == ascent.branch)
    first = next(flown, None)
    liftoff = None if first is None or first.any_time else first.liftoff
    caption = ascent_caption(ascent, liftoff)
    yield "verdict", "Margins, worst first", verdict_caption(result.verdict), verdict_ladder(result.verdict)
    yield "vehicle", mission.vehicle.title, vehicle_caption(mission.vehicle), vehicle_drawing(mission.vehicle)
    if len(ascent.trajectory.time_s) > 1:
        yield "ascent", "Ascent profile", caption, ascent_profile(ascent)
        path = "Numbers are those of the events table. The axes are not to the same scale."
        yield "ascent_path", "Altitude over downrange", path, altitude_downrange(ascent)
    chart = launch_window_chart(result.windows, mission.site)
    yield "windows", "Launch windows", window_caption(result.windows), chart


def _orbit_figures(result: "MissionResult") -> Iterator[_Drawn]:
    mission, track, beta = result.mission, result.track, result.beta
    chart = ground_track_map(track, result.capability.ascent, mission.site, mission.stations)
    if track is None:
        caption = (
            "The ascent over the ground; WGS-84 geodetic coordinates. Land: Natural Earth, public domain."
        )
        yield "ground_track", "Ground track of the ascent", caption, chart
    else:
        yield "ground_track", "Ground track", ground_track_caption(track, mission.stations), chart
    if beta is not None:
        calendar = beta_eclipse_calendar(beta, result.eclipses, track)
        yield "calendar", "Beta angle and eclipses", calendar_caption(beta), calendar
    if result.ephemeris is not None and mission.stations:
        figure = pass_timeline(result.passes, mission.stations, result.ephemeris.epoch, _PASS_DAYS)
        yield "passes", "Passes over the stations", pass_caption(result.passes, _PASS_DAYS), figure
    stations = {station.name: station for station in mission.stations}
    for one in result.pass_tracks:
        name = one.flown.station
        chart = pass_chart(one, stations[name])
        yield f"pass_{file_name(name)}", f"Highest pass over {name}", pass_chart_caption(one), chart


def _budget_figures(result: "MissionResult") -> Iterator[_Drawn]:
    if result.budgets is None:
        return
    power, data = result.budgets.power, result.budgets.data
    yield "power", "Power and battery", power_caption(power), power_timeline(power)
    if result.budgets.thermal is not None:
        thermal = result.budgets.thermal
        yield "thermal", "Temperatures", thermal_caption(thermal), thermal_orbits(thermal)
    downlink = result.budgets.downlink
    if downlink.profiles:
        yield "link", "Downlink through a pass", link_caption(), pass_profiles(downlink)
    if data.produced_gbit > 0:
        yield "data", "Data on board", data_caption(data), data_timeline(data, result.passes, _PASS_DAYS)
