"""How long the coverage of a Walker constellation takes, with all edges to 1 s, and how much memory.

Walker delta 100/10/1 at 600 km, half cone 55 deg, 5,000 points, one day; the inclination, 53 deg, is ours:
reference/orbit.md 2(d), where TAT-C 3.6 took about 207 s (scaled from 1,000 points), names none. Prints one
JSON line with medians. TAT-C and brahe are no dependencies of this repository; to time TAT-C in the same run,
point --tatc-python at an interpreter that has it: it does 50 points and is scaled, as it is linear in them.
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

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
POINTS, TATC_POINTS, INCLINATION_DEG = 5000, 50, 53.0
TATC = f"""
import json, time
from datetime import datetime, timedelta, timezone
from tatc.schemas import CircularOrbit, Instrument, Point, Satellite, WalkerConstellation
from tatc.analysis import collect_multi_observations
fleet = WalkerConstellation(
    name="fleet", orbit=CircularOrbit(altitude=600e3, inclination={INCLINATION_DEG}),
    instruments=[Instrument(name="camera", field_of_regard=110.0)], number_satellites=100, number_planes=10,
    relative_spacing=1,
).generate_members()
start = datetime(2027, 1, 1, tzinfo=timezone.utc)
begun = time.perf_counter()
for k in range({TATC_POINTS}):
    point = Point(id=k, latitude=-85 + 170 * k / {TATC_POINTS}, longitude=(k * 222.49) % 360 - 180)
    collect_multi_observations(point, fleet, start, start + timedelta(days=1))
print(json.dumps(time.perf_counter() - begun))
"""


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
        peer = subprocess.run([arguments.tatc_python, "-c", TATC], capture_output=True, text=True)
        if peer.returncode != 0:
            sys.exit(peer.stderr)
        line["tatc_s_scaled"] = round(json.loads(peer.stdout.splitlines()[-1]) * POINTS / TATC_POINTS, 1)
        line["ratio"] = round(line["tatc_s_scaled"] / line["coverage_s"], 1)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
