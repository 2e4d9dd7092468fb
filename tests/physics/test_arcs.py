import numpy as np
import pytest

from cosmodrome.physics.arcs import PADDING_COUNT, arcs_through, carried_on

RADIUS_M, RATE = 6_878_137.0, 1.1e-3


def circle(times):
    return RADIUS_M * np.stack((np.cos(RATE * times), np.sin(RATE * times), 0 * times), axis=-1)


@pytest.mark.parametrize(("step_s", "error_m"), [(60.0, 2e-5), (120.0, 2e-3), (180.0, 2e-2)])
def test_error_is_what_the_docstring_says(step_s, error_m):
    arcs = arcs_through(circle(step_s * np.arange(-PADDING_COUNT, 40 + PADDING_COUNT))[None], step_s)
    piece, fraction = np.repeat(np.arange(39), 21), np.tile(np.linspace(0, 1, 21), 39)
    x, y, z = arcs.along(np.zeros_like(piece), piece)(fraction)
    truth = circle(step_s * (piece + fraction))
    assert np.abs(np.column_stack((x, y, z)) - truth).max() < error_m


def test_a_quintic_is_reproduced():
    t = np.arange(-4.0, 7.0)
    arcs = arcs_through(np.stack((t**5, t**4 - t, t**2), axis=-1)[None], 1.0)
    assert arcs.at(0.3)[:, 0, 1] == pytest.approx([1.3**5, 1.3**4 - 1.3, 1.3**2])


def test_paths_carried_on_are_good_to_centimeters():
    inner = circle(120.0 * np.arange(30.0))[None]
    arcs = arcs_through(carried_on(inner), 120.0)
    assert np.abs(arcs.at(0.5)[:, 0].T - circle(120.0 * (np.arange(29) + 0.5))).max() < 0.1


def test_too_few_samples():
    with pytest.raises(ValueError, match="9 samples: a path needs 10 at least"):
        arcs_through(np.zeros((1, 9, 3)), 1.0)
    with pytest.raises(ValueError, match="8 samples: at least 9 are needed"):
        carried_on(np.zeros((1, 8, 3)))
