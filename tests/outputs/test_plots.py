import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib
import numpy as np
import pytest

from cosmodrome.outputs.ascent_plots import ascent_profile
from cosmodrome.outputs.budget_plots import power_timeline
from cosmodrome.outputs.operations_plots import launch_window_chart, pass_timeline, window_caption
from cosmodrome.outputs.orbit_plots import coastline, ground_track_map, split_at_antimeridian
from cosmodrome.outputs.plots import mission_plots
from cosmodrome.outputs.style import decimated, svg_text
from cosmodrome.outputs.verdict_plots import verdict_ladder


@pytest.fixture(scope="session")
def plots(result):
    return mission_plots(result)


def test_every_figure_is_there_small_and_well_formed(plots):
    names = [plot.name for plot in plots]
    assert names == [
        "verdict", "vehicle", "ascent", "ascent_path", "windows", "ground_track", "calendar", "passes",
        "pass_svalbard", "pass_tromsø", "pass_awarua", "pass_punta-arenas", "power", "link", "data",
    ]  # fmt: skip
    for plot in plots:
        root = ET.fromstring(plot.svg)
        assert root.tag.endswith("svg")
        assert root.find("{http://www.w3.org/2000/svg}title").text == plot.title
        assert len(plot.svg) < 200_000, plot
        assert plot.caption


def test_figures_are_the_same_bytes_again(plots, result):
    assert mission_plots(result) == plots


def test_drawing_leaves_matplotlib_as_it_was(result):
    before = dict(matplotlib.rcParams)
    verdict_ladder(result.verdict)
    assert dict(matplotlib.rcParams) == before


def test_a_lift_has_no_orbit_figures(lift_result):
    names = {plot.name for plot in mission_plots(lift_result)}
    assert names == {"verdict", "vehicle", "ascent", "ascent_path", "windows", "ground_track"}


def test_axes_have_units_in_brackets(result):
    figures = [
        ascent_profile(result.ascent),
        launch_window_chart(result.windows, result.mission.site),
        power_timeline(result.budgets.power),
        ground_track_map(result.track, result.ascent, result.mission.site, result.mission.stations),
    ]
    for figure in figures:
        for axes in figure.axes:
            if axes.name == "rectilinear":
                assert "[" in axes.get_ylabel(), axes.get_title()


def test_limits_are_drawn_where_the_ascent_has_them(result):
    def texts(ascent):
        return " ".join(t.get_text() for axes in ascent_profile(ascent).axes for t in axes.texts)

    assert "limit 45 kPa" in texts(result.ascent)
    assert "limit 6 g" in texts(result.ascent)
    assert "1135 W/m²" in texts(result.ascent)
    free = replace(result.ascent, limits=replace(result.ascent.limits, dynamic_pressure_kpa=None))
    assert "kPa" not in texts(free)


def test_the_ladder_marks_by_sign_and_not_by_color_alone(result):
    figure = verdict_ladder(result.verdict)
    labels = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert [label[0] for label in labels] == ["✓" if c.closes else "✗" for c in result.verdict.checks]
    hatched = [bar.get_hatch() is not None for bar in figure.axes[0].patches if hasattr(bar, "get_width")]
    assert sum(hatched) == len(result.verdict.failing)


def test_passes_of_each_station_are_counted(result):
    figure = pass_timeline(result.passes, result.mission.stations, result.ephemeris.epoch, 1.0)
    for station in result.mission.stations:
        first_day = [
            p
            for p in result.passes
            if p.station == station.name and (p.rise - result.ephemeris.epoch).total_seconds() < 86400
        ]
        assert f"{len(first_day)} passes" in [t.get_text() for t in figure.axes[0].texts]


def test_tracks_break_at_the_antimeridian_on_both_edges():
    longitude = np.array([170.0, 178.0, -174.0, -166.0])
    latitude = np.array([0.0, 8.0, 16.0, 24.0])
    x, y = split_at_antimeridian(longitude, latitude)
    gap = int(np.flatnonzero(np.isnan(x))[0])
    assert x[gap - 1] == 180.0
    assert x[gap + 1] == -180.0
    assert y[gap - 1] == y[gap + 1] == pytest.approx(10.0)
    assert np.nanmax(np.abs(np.diff(x))) < 20


def test_coastline_stays_on_the_map_and_holds_known_places():
    from matplotlib.path import Path

    rings = coastline()
    every = np.concatenate(rings)
    assert np.abs(every[:, 0]).max() <= 180
    assert np.abs(every[:, 1]).max() <= 90
    assert all(np.abs(np.diff(ring[:, 0])).max() < 180 or ring[:, 1].min() < -60 for ring in rings)

    def is_land(longitude, latitude):
        return sum(Path(ring).contains_point((longitude, latitude)) for ring in rings) % 2 == 1

    assert is_land(128.3, 51.9)  # Vostochny
    assert is_land(-55.0, -10.0)  # Brazil
    assert is_land(0.0, -80.0)  # Antarctica
    assert not is_land(-150.0, 0.0)  # Pacific
    assert not is_land(-30.0, 30.0)  # Atlantic


def test_thinning_keeps_both_ends():
    index = decimated(10_001, 600)
    assert (index[0], index[-1]) == (0, 10_000)
    assert len(index) <= 600
    assert (np.diff(index) > 0).all()


def test_names_from_a_mission_cannot_break_out_of_the_drawing(result):
    check = replace(result.verdict.checks[0], title="<script>alert(1)</script> & co")
    figure = verdict_ladder(replace(result.verdict, checks=(check,)))
    svg = svg_text(figure, '"quoted" <title>')
    ET.fromstring(svg)
    assert "<script" not in svg
    assert not re.search(r"<title>[^<]*<title>", svg)


def test_wide_windows_are_bars_from_opening_to_closing(windows, mission):
    wide = [replace(window, early_s=1800.0, late_s=3600.0) for window in windows[:5]]
    bars = launch_window_chart(wide, mission.site).axes[0].collections
    spans = sorted(tuple(bar.get_segments()[0][:, 1]) for bar in bars)
    opens = sorted(w.opens.hour + w.opens.minute / 60 + w.opens.second / 3600 for w in wide)
    assert [low for low, _ in spans] == pytest.approx(opens, abs=1e-3)
    assert [high - low for low, high in spans] == pytest.approx([1.5] * 5)
    assert not launch_window_chart(windows, mission.site).axes[0].collections
    assert "bars: from opening to closing" in window_caption(wide)
    assert "bars" not in window_caption(windows)
    # a window over midnight is two bars
    late = [replace(wide[0], liftoff=wide[0].liftoff.replace(hour=23, minute=15))]
    bars = launch_window_chart(late, mission.site).axes[0].collections
    assert [tuple(bar.get_segments()[0][:, 0]) for bar in bars] == [(0, 0), (1, 1)]
