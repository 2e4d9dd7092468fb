import itertools

import numpy as np
import pytest

from cosmodrome.orbit.revisit import joined_accesses, revisit_from_accesses


def test_against_a_loop():
    generator = np.random.default_rng(5)
    point = generator.integers(0, 30, 400)
    start = generator.uniform(0, 1000, 400)
    end = np.minimum(start + generator.exponential(15, 400), 1000.0)
    found = revisit_from_accesses(point, start, end, (32, 1000.0))
    for number in range(32):
        merged = []
        for a, b in sorted(zip(start[point == number], end[point == number], strict=True)):
            if merged and a <= merged[-1][1]:
                merged[-1][1] = max(b, merged[-1][1])
            else:
                merged.append([a, b])
        gaps = [later[0] - sooner[1] for sooner, later in itertools.pairwise(merged)]
        outer = [merged[0][0], 1000 - merged[-1][1]] if merged else [1000.0]
        assert found.accesses_count[number] == len(merged)
        assert found.access_fraction[number] == pytest.approx(sum(b - a for a, b in merged) / 1000)
        assert found.maximum_revisit_s[number] == pytest.approx(max(gaps + outer))
        assert found.mean_response_s[number] == pytest.approx(sum(g * g for g in gaps + outer) / 2000)
        if gaps:
            assert found.mean_revisit_s[number] == pytest.approx(np.mean(gaps))
            assert found.percentile_revisit_s[:, number] == pytest.approx(np.percentile(gaps, (50, 90, 95)))
        else:
            assert np.isnan(found.mean_revisit_s[number])


def test_no_access_at_all():
    none = np.zeros(0)
    found = revisit_from_accesses(none.astype(int), none, none, (2, 50.0))
    assert found.maximum_revisit_s.tolist() == [50.0, 50.0]
    assert found.mean_response_s.tolist() == [25.0, 25.0]
    assert np.isnan(found.percentile_revisit_s).all()


def test_an_access_within_another_changes_nothing():
    found = joined_accesses(np.zeros(2, int), np.array([0.0, 2.0]), np.array([9.0, 3.0]), 10.0)
    assert [part.tolist() for part in found] == [[0], [0.0], [9.0]]
