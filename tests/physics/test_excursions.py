"""Sums of sines with known zeros, sampled finely as the judge."""

import numpy as np
import pytest

from cosmodrome.physics.excursions import PieceGrid, find_excursions, find_excursions_and_peaks

STEP_S, NODES = 10.0, 2


class Shifted:
    """cos(2 pi t / period) - level, for each channel its own level."""

    def __init__(self, levels, period_s=57.0):
        self.levels, self.period_s = np.asarray(levels), period_s

    def at(self, channel, when):
        return np.cos(2 * np.pi * when / self.period_s) - self.levels[channel]

    def at_node(self, channel, piece, node):
        return self.at(channel, STEP_S * (piece + node / NODES))

    def along(self, channel, piece):
        return lambda u: self.at(channel, STEP_S * (piece + u))


def everywhere(channels, pieces):
    return np.repeat(np.arange(channels), pieces), np.tile(np.arange(pieces), channels)


@pytest.mark.parametrize("level", [-0.999, -0.5, 0.0, 0.9, 0.999, 0.999999])
def test_edges_of_a_cosine(level):
    found, peaks = find_excursions_and_peaks(
        *everywhere(1, 40), Shifted([level]), PieceGrid(STEP_S, 40, NODES), 1e-3
    )
    half = 57.0 * np.arccos(level) / (2 * np.pi)
    crests = 57.0 * np.arange(8)
    assert len(found) == 8
    assert found.start_s[1:] == pytest.approx(crests[1:] - half, abs=1e-3)
    assert found.end_s[:7] == pytest.approx(crests[:7] + half, abs=1e-3)
    assert not found.begins[0]
    assert found.begins[1:].all()
    assert found.start_s[0] == 0.0
    assert peaks.peak_s == pytest.approx(crests, abs=0.05)
    assert peaks.value == pytest.approx(1 - level, abs=1e-5)


def test_short_gaps_are_found():
    found = find_excursions(*everywhere(1, 40), Shifted([-0.999999]), PieceGrid(STEP_S, 40, NODES), 1e-3)
    assert len(found) == 8
    assert (found.start_s[1:] - found.end_s[:-1]).max() < 0.1


def test_channels_and_dropped_pieces():
    # only the pieces where the value can reach zero are named
    margin, pieces = Shifted([0.8, -2.0, 0.95, 2.0]), 40
    channel, piece = everywhere(4, pieces)
    near = np.array(
        [
            (margin.at(c, STEP_S * (p + np.linspace(0, 1, 50))) > 0).any()
            for c, p in zip(channel, piece, strict=True)
        ]
    )
    found = find_excursions(channel[near], piece[near], margin, PieceGrid(STEP_S, pieces, NODES), 1e-3)
    assert np.bincount(found.channel, minlength=4).tolist() == [8, 1, 8, 0]
    whole = found.channel == 1
    assert (found.start_s[whole], found.end_s[whole]) == (0.0, 400.0)


def test_nothing_to_look_at():
    none = np.zeros(0, dtype=int)
    found, peaks = find_excursions_and_peaks(none, none, Shifted([0.0]), PieceGrid(STEP_S, 40, NODES), 1e-3)
    assert len(found) == len(peaks.peak_s) == 0


def test_random_levels_against_fine_sampling():
    levels = np.random.default_rng(3).uniform(-1.01, 1.01, 200)
    found = find_excursions(*everywhere(200, 40), Shifted(levels), PieceGrid(STEP_S, 40, NODES), 1e-3)
    times = np.linspace(0, 400, 100_001)
    for number, level in enumerate(levels):
        inside = np.cos(2 * np.pi * times / 57.0) > level
        rises = int(inside[0]) + int((inside[1:] & ~inside[:-1]).sum())
        assert (found.channel == number).sum() == rises
