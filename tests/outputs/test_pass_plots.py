import math
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from cosmodrome.models.station import Station
from cosmodrome.operations.passes import station_passes
from cosmodrome.operations.tracking import pass_track
from cosmodrome.outputs.pass_plots import pass_chart, pass_chart_caption, sky_caption, sky_plot
from cosmodrome.outputs.style import svg_text
from cosmodrome.outputs.tables import mission_tables

HILLS = [{"azimuth_deg": a, "elevation_deg": e} for a, e in ((0, 12), (120, 3), (240, 25))]


@pytest.fixture(scope="module")
def hilly(mission):
    return Station.model_validate(mission.stations[1].model_dump() | {"horizon_mask": HILLS})


@pytest.fixture(scope="module")
def tracks(ephemeris, hilly):
    return [pass_track(ephemeris, one, hilly, 5.0) for one in station_passes(ephemeris, [hilly])]


def lines_of(axes):
    return [line for line in axes.lines if len(line.get_xdata()) > 1]


def test_north_is_up_east_to_the_right_and_the_zenith_in_the_middle(tracks, hilly):
    (dial,) = sky_plot(tracks[:1], hilly).axes
    points = dial.transData.transform([(0.0, 90.0), (math.pi / 2, 90.0), (0.0, 0.0), (1.0, 0.0)])
    north, east, zenith, also_zenith = points
    assert north[0] == pytest.approx(zenith[0])
    assert north[1] > zenith[1]
    assert east[1] == pytest.approx(zenith[1])
    assert east[0] > zenith[0]
    assert also_zenith == pytest.approx(zenith)


def test_the_line_is_the_pass(tracks, hilly):
    (dial,) = sky_plot(tracks[:1], hilly).axes
    azimuth = np.concatenate([line.get_xdata() for line in lines_of(dial)])
    zenith = np.concatenate([line.get_ydata() for line in lines_of(dial)])
    drawn = {
        (round(math.degrees(a) % 360, 6), round(90 - z, 6)) for a, z in zip(azimuth, zenith, strict=True)
    }
    wanted = zip(tracks[0].azimuth_deg, tracks[0].elevation_deg, strict=True)
    assert drawn == {(round(a % 360, 6), round(e, 6)) for a, e in wanted}


def test_marks_stand_at_rise_culmination_and_set(tracks, hilly):
    for track in tracks[:5]:
        (dial,) = sky_plot([track], hilly).axes
        marks = [line for line in dial.lines if len(line.get_xdata()) == 1]
        assert [mark.get_marker() for mark in marks] == ["o", "D", "s"]
        angles = [math.degrees(mark.get_xdata()[0]) % 360 for mark in marks]
        heights = [90 - mark.get_ydata()[0] for mark in marks]
        assert angles[0] == pytest.approx(track.flown.rise_azimuth_deg, abs=0.01)
        assert angles[2] == pytest.approx(track.flown.set_azimuth_deg, abs=0.01)
        assert heights[1] == pytest.approx(track.flown.max_elevation_deg, abs=0.3)


def test_shadow_breaks_the_line(tracks, hilly):
    (dial,) = sky_plot(tracks, hilly).axes
    assert {line.get_linestyle() for line in lines_of(dial)} == {"-", "--"}
    mixed = next(track for track in tracks if 5 < (track.sunlit_fraction > 0.5).sum() < len(track) - 5)
    lit = {float(e): s > 0.5 for e, s in zip(mixed.elevation_deg, mixed.sunlit_fraction, strict=True)}
    for line in lines_of(sky_plot([mixed], hilly).axes[0]):
        # each line goes on to the first point of the next one
        inside = [lit[min(lit, key=lambda e: abs(90 - z - e))] for z in line.get_ydata()[:-1]]
        assert set(inside) == {line.get_linestyle() == "-"}


def test_each_pass_has_its_times(tracks, hilly):
    text = svg_text(sky_plot(tracks[:3], hilly), "sky")
    for track in tracks[:3]:
        flown = track.flown
        assert f"AOS {flown.rise:%H:%M:%S}" in text
        assert f"LOS {flown.set:%H:%M:%S} UTC" in text
    assert "below the mask" in text
    ET.fromstring(text)
    assert sky_caption(tracks[:3]).startswith(
        "3 passes over Tromsø, times in UTC; azimuth is clockwise from north"
    )
    assert sky_caption(tracks[:1]).startswith("One pass over Tromsø")


def test_the_mask_is_shaded_from_the_rim_to_the_skyline(hilly, tracks):
    (dial,) = sky_plot(tracks[:1], hilly).axes
    vertices = dial.collections[0].get_paths()[0].vertices
    inner = {round(math.degrees(angle), 6): 90 - radius for angle, radius in vertices if radius < 90}
    assert inner[120.0] == pytest.approx(5.0)  # the minimum elevation where the skyline is lower
    assert inner[240.0] == pytest.approx(25.0)
    assert inner[300.0] == pytest.approx(18.5)


def test_panels_hold_elevation_range_and_doppler(ephemeris, hilly, tracks):
    with_frequency = pass_track(ephemeris, tracks[0].flown, hilly, 5.0, 8200.0)
    _, *panels = pass_chart(with_frequency, hilly).axes
    drawn = [panel.lines[0].get_ydata() for panel in panels]
    shift = with_frequency.doppler_shift_hz / 1e3
    for own, wanted in zip(
        drawn, (with_frequency.elevation_deg, with_frequency.range_km, shift), strict=True
    ):
        assert own == pytest.approx(wanted)
    assert panels[2].get_ylabel() == "Doppler shift\n[kHz]"
    assert "first order at 8200 MHz, positive on approach" in pass_chart_caption(with_frequency)
    _, *panels = pass_chart(tracks[0], hilly).axes
    assert panels[2].get_ylabel() == "range rate\n[km/s]"
    assert panels[2].lines[0].get_ydata() == pytest.approx(tracks[0].range_rate_km_s)
    assert "speed of the range, positive when it grows" in pass_chart_caption(tracks[0])


def test_ticks_stand_at_their_instants(hilly, tracks):
    for track in tracks[:3]:  # a short one with seconds, and longer ones
        *_, panel = pass_chart(track, hilly).axes
        midnight = track.flown.rise.replace(hour=0, minute=0, second=0, microsecond=0)
        texts = [label.get_text() for label in panel.get_xticklabels()]
        assert 2 <= len(texts) <= 9
        for tick, text in zip(panel.get_xticks(), texts, strict=True):
            hours, minutes, *seconds = map(int, text.split(":"))
            clock = (track.flown.rise - midnight).total_seconds() + tick
            assert clock % 86_400 == pytest.approx(3600 * hours + 60 * minutes + sum(seconds), abs=1e-3)


def test_every_point_is_in_the_table(result):
    (table,) = [table for table in mission_tables(result) if table.name == "pass_tracks"]
    assert len(table.rows) == sum(len(track) for track in result.pass_tracks)
    assert {row[0] for row in table.rows} == {station.name for station in result.mission.stations}
    first = dict(zip(table.columns, table.rows[0], strict=True))
    track = result.pass_tracks[0]
    assert first["instant"] == track.flown.rise
    assert first["doppler_shift_hz"] == pytest.approx(track.doppler_shift_hz[0])
    assert first["elevation_deg"] == pytest.approx(track.elevation_deg[0])


def test_nothing_without_an_orbit(lift_result):
    assert "pass_tracks" not in {table.name for table in mission_tables(lift_result)}
