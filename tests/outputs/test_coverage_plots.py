from datetime import UTC, datetime

import numpy as np
import pytest

from cosmodrome.orbit.coverage import Coverage, SensorLimits
from cosmodrome.orbit.ground_grid import GroundGrid, fibonacci_grid
from cosmodrome.orbit.revisit import revisit_from_accesses
from cosmodrome.outputs.coverage_plots import coverage_caption, coverage_map
from cosmodrome.outputs.style import svg_text

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)


def seen(grid, gap_s, limits=None, *, never=()):
    """Each point seen for a minute, not seen for its gap, and seen for a minute, in a day."""
    chosen = np.setdiff1d(np.arange(len(grid)), never)
    start = np.concatenate((np.full(len(chosen), 100.0), 160.0 + gap_s[chosen]))
    revisit = revisit_from_accesses(np.tile(chosen, 2), start, start + 60.0, (len(grid), 86_400.0))
    return Coverage(EPOCH, 3, grid, limits or SensorLimits(), revisit)


def test_the_map_shows_the_nearest_points_gap():
    grid = fibonacci_grid(2000)
    figure = coverage_map(seen(grid, 600.0 + 10.0 * (grid.latitude_deg + 90)))
    (image,) = figure.axes[0].images
    picture = np.asarray(image.get_array())
    assert picture.shape == (180, 360)
    # rows from south to north, one degree each; neighboring points are some 4 deg apart
    assert picture.mean(axis=1) == pytest.approx((600 + 10.0 * np.arange(0.5, 180)) / 60, abs=0.7)
    assert figure.axes[1].get_ylabel() == "mean revisit time [min]"
    assert figure.axes[0].get_legend() is None
    assert "<image" in svg_text(figure, "Coverage")


def test_points_never_seen_are_gray_and_named():
    grid = fibonacci_grid(2000)
    figure = coverage_map(seen(grid, np.full(2000, 20_000.0), never=np.flatnonzero(grid.latitude_deg > 60)))
    picture = figure.axes[0].images[0].get_array()
    assert picture.mask[160:].all()
    assert not picture.mask[:140].any()
    assert [text.get_text() for text in figure.axes[0].get_legend().get_texts()] == [
        "no complete gap in the span"
    ]
    assert figure.axes[1].get_ylabel() == "mean revisit time [h]"


@pytest.mark.parametrize(
    ("measure", "label"),
    [("maximum", "longest time without access [h]"), ("response", "mean response time [h]")],
)
def test_other_measures_know_points_never_seen(measure, label):
    figure = coverage_map(seen(fibonacci_grid(500), np.full(500, 900.0), never=[3]), measure)
    assert figure.axes[1].get_ylabel() == label
    assert not np.ma.is_masked(figure.axes[0].images[0].get_array())


def test_rare_extremes_do_not_stretch_the_scale():
    gap_s = np.full(1000, 1200.0) + np.arange(1000.0)
    gap_s[:5] = 50_000.0
    figure = coverage_map(seen(fibonacci_grid(1000), gap_s))
    assert figure.axes[0].images[0].norm.vmax < 40


def test_few_points_are_dots():
    grid = GroundGrid(np.array([10.0, -20.0, 30.0]), np.array([0.0, 50.0, 100.0]))
    figure = coverage_map(seen(grid, np.array([600.0, 1200.0, 900.0]), never=[2]))
    known, unknown = figure.axes[0].collections[:2]
    assert known.get_offsets().tolist() == [[0.0, 10.0], [50.0, -20.0]]
    assert unknown.get_offsets().tolist() == [[100.0, 30.0]]
    assert not figure.axes[0].images


def test_no_point_with_a_gap():
    grid = GroundGrid(np.array([10.0]), np.array([0.0]))
    assert coverage_map(seen(grid, np.array([600.0]), never=[0])).axes[0].get_legend() is not None


def test_caption():
    grid = fibonacci_grid(400)
    text = coverage_caption(seen(grid, np.full(400, 100.0), SensorLimits(55.0, 5.0, 10.0)))
    assert text == (
        "3 satellites over 1 day from 2027-01-01 00:00:00 UTC, 400 points; secular J2. Seen means: half cone "
        "of 55° about the nadir, elevation above 5°, Sun above 10°. Coastline: Natural Earth, public domain."
    )
