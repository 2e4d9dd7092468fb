"""How long the coverage of a Walker constellation takes, with all edges to 1 s, and how much memory.

Walker delta 100/10/1 at 600 km, half cone 55 deg, 5,000 points, one day; the inclination, 53 deg, is ours:
reference/orbit.md 2(d), where TAT-C 3.6 took about 207 s (scaled from 1,000 points), names none. Prints one
JSON line with medians. TAT-C is not timed here: how it was called for that figure is not written down, and by
`collect_multi_observations`, point by point, it took 40 times as long.
"""

import argparse
import json
import resource
import statistics
import time
from datetime import UTC, datetime

import numpy as np

from cosmodrome.orbit.constellation import walker_delta
from cosmodrome.orbit.coverage import SensorLimits, coverage
from cosmodrome.orbit.ground_grid import fibonacci_grid

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
POINTS, INCLINATION_DEG = 5000, 53.0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    fleet = walker_delta(100, 10, 1, 600, INCLINATION_DEG)
    grid, limits = fibonacci_grid(POINTS), SensorLimits(half_cone_deg=55.0)
    taken = []
    for _ in range(arguments.repeats + 1):
        begun = time.perf_counter()
        found = coverage(fleet, grid, limits, EPOCH, 1.0)
        taken.append(time.perf_counter() - begun)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = {
        "coverage_s": round(statistics.median(taken[1:]), 3),  # the first is a warm-up
        "fastest_s": round(min(taken[1:]), 3),
        "peak_mb": round(peak_mb),
        "mean_revisit_s": round(float(np.nanmean(found.revisit.mean_revisit_s)), 1),
        "points": POINTS,
        "repeats": arguments.repeats,
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
