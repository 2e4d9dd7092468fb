"""How long the coverage of a Walker constellation takes, with all edges to 1 s, and how much memory.

Walker delta 100/10/1 at 600 km, half cone 55 deg, 5,000 points, one day; the inclination, 53 deg, is ours:
reference/orbit.md 2(d), where TAT-C 3.6 took about 207 s (scaled from 1,000 points), names none. Prints one
JSON line with medians. With --tatc-python, an interpreter that has TAT-C, its `collect_multi_observations`
does a few of the points in the same run and is scaled, being linear in them. Called so it takes far longer
than the 207 s, for which the call is not written down; the ratio to that figure is told as well.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime

import numpy as np

from cosmodrome.orbit.constellation import walker_delta
from cosmodrome.orbit.coverage import SensorLimits, coverage
from cosmodrome.orbit.ground_grid import fibonacci_grid

TATC_PUBLISHED_S = 207.0  # reference/orbit.md 2(d)
TATC_POINTS = 4
TATC = """
import sys, time
from datetime import datetime, timedelta, timezone
from tatc.analysis import collect_multi_observations
from tatc.schemas import CircularOrbit, Instrument, Point, WalkerConstellation
begin = datetime(2027, 1, 1, tzinfo=timezone.utc)
inclination_deg, points = float(sys.argv[1]), int(sys.argv[2])
orbit = CircularOrbit(altitude=600e3, inclination=inclination_deg, epoch=begin)
seen = Instrument(name="sensor", field_of_regard=110.0)
fleet = WalkerConstellation(
    name="walker", orbit=orbit, configuration="delta", number_satellites=100, number_planes=10,
    relative_spacing=1, instruments=[seen],
).generate_members()
begun = time.perf_counter()
for number in range(points):
    place = Point(id=number, latitude=-45.0 + 90.0 * number / (points - 1), longitude=37.0 * number)
    collect_multi_observations(place, fleet, begin, begin + timedelta(days=1))
print(time.perf_counter() - begun)
"""
EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
POINTS, INCLINATION_DEG = 5000, 53.0


def tatc_ratio(interpreter, coverage_s):
    """TAT-C for a few points, scaled to all, and how many times as long it takes."""
    peer = subprocess.run(
        [interpreter, "-c", TATC, str(INCLINATION_DEG), str(TATC_POINTS)], capture_output=True, text=True
    )
    if peer.returncode != 0:
        sys.exit(peer.stderr)
    scaled_s = float(peer.stdout.splitlines()[-1]) * POINTS / TATC_POINTS
    return {
        "tatc_s_scaled": round(scaled_s),
        "ratio": round(scaled_s / coverage_s),
        "ratio_to_published": round(TATC_PUBLISHED_S / coverage_s),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--tatc-python", help="an interpreter with TAT-C")
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
    if arguments.tatc_python:
        line |= tatc_ratio(arguments.tatc_python, line["coverage_s"])
    print(json.dumps(line))


if __name__ == "__main__":
    main()
