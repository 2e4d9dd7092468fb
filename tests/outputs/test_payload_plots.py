"""The figure of a payload map: lines, labels that do not touch, published points, a valid file."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest

from cosmodrome.ascent.payload_map import PayloadMap
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.outputs.payload_plots import payload_figure, payload_svg

HEIGHTS = np.arange(200.0, 1201.0, 50.0)
SUN_SYNCHRONOUS_DEG = np.linspace(96.3, 100.4, 21)


def charted(columns, burns=None, inclinations=(51.7, 63.0, 98.0), *, sun_synchronous=False):
    payload = np.stack(columns, axis=1)
    counts = np.where(np.isfinite(payload), 1, 0) if burns is None else np.stack(burns, axis=1)
    return PayloadMap(
        "angara-1.2", "vostochny", HEIGHTS, np.array(inclinations), payload, counts,
        np.ones(payload.shape, dtype=bool), sun_synchronous, 1, 1, 1, 1.0,
    )  # fmt: skip


def falling(top_kg, slope_kg_per_km):
    payload = top_kg - slope_kg_per_km * (HEIGHTS - 200)
    return np.where(payload > -200, payload, np.nan)


def texts(figure):
    return [text for text in figure.axes[0].texts if text.get_text()]


def boxes(figure):
    renderer = figure.canvas.get_renderer()
    return [text.get_window_extent(renderer) for text in texts(figure)]


def assert_apart(figure):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    FigureCanvasAgg(figure)
    found = boxes(figure)
    for number, box in enumerate(found):
        assert figure.bbox.x0 <= box.x0 <= box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0 <= box.y1 <= figure.bbox.y1
        assert not any(box.overlaps(other) for other in found[:number]), texts(figure)[number]


@pytest.fixture(scope="module")
def angara():
    return find_vehicle("angara-1.2"), find_site("vostochny")


def test_lines_that_run_out_together_are_named_where_they_begin(angara):
    figure = payload_figure(charted([falling(6010, 7.8), falling(5780, 7.6), falling(5065, 7.2)]), *angara)
    assert [text.get_text() for text in texts(figure)] == ["51.7°", "63°", "98°"]
    assert all(text.xy[0] == 200 for text in texts(figure))
    assert figure.axes[0].get_ylim()[0] == 0
    assert_apart(figure)


def test_lines_that_end_apart_are_named_at_the_end(angara):
    figure = payload_figure(charted([falling(9000, 2), falling(8000, 2), falling(7000, 2)]), *angara)
    assert all(text.xy[0] == 1200 for text in texts(figure))
    assert_apart(figure)


def test_lines_that_lie_close_all_along_are_still_named_apart(angara):
    figure = payload_figure(charted([falling(9000, 2), falling(8990, 2), falling(8980, 2)]), *angara)
    assert_apart(figure)


def test_two_burns_are_dashed_and_a_dot_marks_where_they_begin(angara):
    burns = [np.where(HEIGHTS > 500, 2, 1)] * 3
    figure = payload_figure(charted([falling(9000, 2), falling(8000, 2), falling(7000, 2)], burns), *angara)
    lines = figure.axes[0].get_lines()
    dots = [line for line in lines if line.get_marker() == "o"]
    assert [line.get_xdata()[0] for line in dots] == [550, 550, 550]
    assert sum(line.is_dashed() for line in lines) == 3
    legend = [text.get_text() for text in figure.axes[0].get_legend().get_texts()]
    assert legend == ["one burn into orbit", "two burns, a coast between"]


def test_published_figures_for_circular_orbits_from_the_site_are_points(angara):
    vehicle, _ = angara
    chart = charted([falling(5800, 7), falling(5300, 7)], inclinations=(63.0, 82.0))
    figure = payload_figure(chart, vehicle, find_site("plesetsk"))
    shown = [text.get_text().replace("\N{NARROW NO-BREAK SPACE}", "") for text in texts(figure)]
    expected = {
        f"{f.payload_kg:.0f} kg, {f.inclination_deg:g}°"
        for f in vehicle.payload_figures
        if f.site == "plesetsk" and f.perigee_altitude_km == 200 and f.inclination_deg == 63
    }
    assert expected
    assert expected == set(shown[2:])
    assert_apart(figure)


def test_published_figures_side_by_side_are_named_on_either_side():
    chart = charted([188 - 0.42 * (HEIGHTS - 200)], inclinations=SUN_SYNCHRONOUS_DEG, sun_synchronous=True)
    figure = payload_figure(chart, find_vehicle("electron-kick"), find_site("mahia"))
    points = [text for text in texts(figure) if " kg" in text.get_text()]
    assert [text.get_ha() for text in points] == ["right", "left"]  # 500 km and 635 km, both 150 kg
    assert points[1].get_text().endswith("98° flown")
    assert_apart(figure)


def test_the_sun_synchronous_line_tells_its_inclinations(angara):
    chart = charted([falling(9000, 4)], inclinations=SUN_SYNCHRONOUS_DEG, sun_synchronous=True)
    figure = payload_figure(chart, *angara)
    assert texts(figure)[0].get_text() == "96.3° to\n100.4°"
    assert "sun-synchronous" in figure.axes[0].get_xlabel()
    assert_apart(figure)


def test_nothing_in_reach_is_an_empty_figure(angara):
    figure = payload_figure(charted([np.full(21, np.nan)], inclinations=(51.7,)), *angara)
    assert not texts(figure)


def test_the_file_is_xml_with_a_title(angara):
    text = payload_svg(charted([falling(6010, 7.8)], inclinations=(51.7,)), *angara)
    root = ET.fromstring(text.encode())
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title.text == "Payload of Angara 1.2 from Vostochny Cosmodrome (pad 1S / 1A)"


def test_the_calibrated_payload_is_the_line_and_physics_a_thin_one(angara):
    physics = [falling(6010, 7.8), falling(5065, 7.2)]
    calibrated = np.stack([0.65 * column for column in physics], axis=1)
    both = replace(charted(physics, inclinations=(51.7, 98.0)), calibrated_kg=calibrated)
    axes = payload_figure(both, *angara).axes[0]
    tops = sorted(float(line.get_ydata()[0]) for line in axes.lines)
    assert tops == pytest.approx(sorted([6010, 5065, 0.65 * 6010, 0.65 * 5065]))
    thin = [line for line in axes.lines if line.get_linewidth() < 1]
    assert sorted(float(line.get_ydata()[0]) for line in thin) == pytest.approx([5065, 6010])
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["calibrated", "physics alone"]
