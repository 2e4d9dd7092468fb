import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cosmodrome.physics.events import crossings, find_intervals, find_peaks, golden_maxima


def cosine(shift):
    return lambda t, channel: np.cos(t + shift)


@given(st.floats(-3.0, 3.0))
def test_edges_of_a_cosine(shift):
    times = np.arange(0.0, 40.0, 0.9)
    wave = cosine(shift)
    found = find_intervals(times, wave(times, 0)[None], wave, 1e-7)
    inner = found.start_s[found.begins]
    np.testing.assert_allclose((inner + shift + np.pi / 2) % (2 * np.pi) % (2 * np.pi - 1e-5), 0.0, atol=1e-5)
    lengths = (found.end_s - found.start_s)[found.begins & found.ends]
    np.testing.assert_allclose(lengths, np.pi, atol=1e-5)


def test_intervals_cut_by_the_series_are_marked():
    times = np.linspace(0.0, 7.0, 30)
    found = find_intervals(times, np.cos(times)[None], cosine(0.0))
    assert found.begins.tolist() == [False, True]
    assert found.ends.tolist() == [True, False]
    assert found.start_s[0] == 0.0
    assert found.end_s[-1] == 7.0


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_excursions_between_samples_are_found(sign):
    # a bump 0.2 s wide between samples 1 s apart; inverted, a gap of the same width
    def bump(t, channel):
        return sign * (0.01 - (t - 4.5) ** 2)

    times = np.arange(0.0, 10.0)
    found = find_intervals(times, bump(times, 0)[None], bump, 1e-6)
    edges = [found.start_s[0], found.end_s[0]] if sign > 0 else [found.end_s[0], found.start_s[1]]
    assert edges == pytest.approx([4.4, 4.6], abs=1e-5)


@pytest.mark.parametrize("sign", [1.0, -1.0])
@pytest.mark.parametrize("middle", [0.3, 8.7])
def test_excursions_beside_the_ends_are_found(sign, middle):
    # between the first two samples, and between the last two
    def bump(t, channel):
        return sign * (0.01 - (t - middle) ** 2)

    times = np.arange(0.0, 10.0)
    found = find_intervals(times, bump(times, 0)[None], bump, 1e-6)
    edges = [found.start_s[0], found.end_s[0]] if sign > 0 else [found.end_s[0], found.start_s[1]]
    assert edges == pytest.approx([middle - 0.1, middle + 0.1], abs=1e-5)
    assert len(found) == (1 if sign > 0 else 2)


@given(st.floats(0.1, 0.9), st.floats(0.2, 50.0), st.booleans())
def test_crossings_are_bracketed(root, power, rising):
    # from nearly straight to so bent that false position crawls and bisection must finish
    def bent(t):
        height = np.abs(t - root) ** (1.0 / power) * np.sign(t - root)
        return height if rising else -height

    bracket = np.array([[0.0], [1.0]])
    found = crossings(bracket, bent(bracket), np.array([rising]), lambda rows: bent, 1e-6)
    assert found[0] == pytest.approx(root, abs=1e-6)


def test_nothing_to_refine():
    empty = np.zeros((2, 0))
    assert len(crossings(empty, empty, np.zeros(0, bool), lambda rows: np.sin, 1e-3)) == 0
    assert [len(part) for part in golden_maxima(np.zeros(0), np.zeros(0), np.sin, 1e-3)] == [0, 0]


def test_an_extremum_that_does_not_reach_zero_is_nothing():
    times = np.arange(0.0, 10.0)
    found = find_intervals(times, (-1 - (times - 4.5) ** 2)[None], lambda t, c: -1 - (t - 4.5) ** 2)
    assert len(found) == 0


def test_channels_are_kept_apart():
    times, shifts = np.arange(0.0, 20.0, 0.5), np.array([0.0, 1.0, 2.0])

    def waves(t, channel):
        return np.cos(t + shifts[channel])

    found = find_intervals(times, np.cos(times + shifts[:, None]), waves, 1e-6)
    for channel, shift in enumerate(shifts):
        alone = find_intervals(times, np.cos(times + shift)[None], cosine(shift), 1e-6)
        own = found.channel == channel
        np.testing.assert_allclose(found.start_s[own], alone.start_s, atol=1e-5)
        np.testing.assert_allclose(found.end_s[own], alone.end_s, atol=1e-5)


def test_peaks_inside_and_on_the_edge():
    start, end, channel = np.array([1.0, 2.0]), np.array([3.0, 3.0]), np.zeros(2, int)
    time, value = find_peaks(start, end, channel, lambda t, c: np.sin(t), 0.3)
    assert time == pytest.approx([np.pi / 2, 2.0], abs=1e-4)
    assert value == pytest.approx([1.0, np.sin(2.0)], abs=1e-8)


def test_no_intervals_no_peaks():
    time, value = find_peaks(np.zeros(0), np.zeros(0), np.zeros(0, int), lambda t, c: t, 1.0)
    assert len(time) == len(value) == 0
