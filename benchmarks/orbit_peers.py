"""How long a low orbit under all forces takes through `propagate`, beside Orekit in the same run.

Scenario: 500 km, circular, 51.7 deg, 100 kg, 1 m2, from 2024-01-01; EGM2008 20 x 20, Sun, Moon, NRLMSISE-00
with 3-hourly Ap, solar pressure, solid tides, relativity; samples every 30 s with places over the ground and
the Sun. Also a cold process up to its first day, 100 satellites for a day through `propagate_many`, and the
greatest memory of each. Prints one JSON line with medians.

Orekit is no dependency of this repository: --orekit-python names an interpreter with orekit-jpype and jpype1
(and Java), --orekit-data a folder made by peers/orekit_data.py. It runs warmed up, at two step tolerances
(1e-4 m: off by 0.7 m after a day; 1e-5 m: 0.2 m), and before and after ours, against a drifting machine.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
SATELLITES = 100
COLD = """
import sys
sys.path.insert(0, {folder!r})
from orbit_peers import day
day()
"""


def forces():
    """All of them."""
    from cosmodrome.orbit.forces import Forces

    return Forces(
        mass_kg=100.0,
        drag_area_m2=1.0,
        drag_coefficient=2.2,
        radiation_area_m2=1.0,
        reflectivity_coefficient=1.3,
        gravity_degree=20,
    )


def elements(number=0):
    """The orbit, or one of a ring of them."""
    from cosmodrome.physics.elements import KeplerianElements

    angle_rad = 2 * 3.141592653589793 * number / SATELLITES
    return KeplerianElements(6_878_137.0, 1e-4, 0.9023352, 0.5235988, 0.0, angle_rad)


def day(**settings):
    """One satellite for a day."""
    from cosmodrome.orbit.propagate import propagate

    return propagate(elements(), EPOCH, 1.0, forces(), **settings)


def many():
    """A hundred satellites for a day."""
    from cosmodrome.orbit.propagate import propagate_many

    return propagate_many([elements(k) for k in range(SATELLITES)], EPOCH, 1.0, forces(), step_s=60.0)


def median_s(call, repeats):
    """Median wall time, after a first call that is not counted."""
    call()
    seconds = []
    for _ in range(repeats):
        begun = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def cold_s(repeats):
    """Median wall time of a fresh process up to its first day."""
    seconds = []
    for _ in range(repeats):
        begun = time.perf_counter()
        fresh = subprocess.run(
            [sys.executable, "-c", COLD.format(folder=str(PEERS.parent))],
            env=os.environ,
            capture_output=True,
            text=True,
        )
        seconds.append(time.perf_counter() - begun)
        if fresh.returncode != 0:
            sys.exit(fresh.stderr)
    return statistics.median(seconds)


def peak_mb():
    """Greatest memory of this process so far [MB]."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def orekit_s(interpreter, data, repeats):
    """Seconds of each of Orekit's runs, at the coarse and the fine tolerance."""
    peer = subprocess.run(
        [interpreter, str(PEERS / "orekit_run.py"), data, "--time", str(repeats)],
        capture_output=True,
        text=True,
    )
    if peer.returncode != 0:
        sys.exit(peer.stderr)
    return json.loads(peer.stdout.splitlines()[-1])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--repeats", type=int, default=9)
    parser.add_argument("--orekit-python", help="an interpreter with orekit-jpype")
    parser.add_argument("--orekit-data", help="a folder made by peers/orekit_data.py")
    arguments = parser.parse_args()
    theirs = (arguments.orekit_python, arguments.orekit_data, arguments.repeats)
    runs = [orekit_s(*theirs)] if arguments.orekit_python else []
    line = {"cold_s": round(cold_s(5), 3), "day_s": round(median_s(day, arguments.repeats), 4)}
    line |= {"day_peak_mb": round(peak_mb()), f"{SATELLITES}_satellites_day_s": round(median_s(many, 3), 2)}
    line |= {"peak_mb": round(peak_mb()), "repeats": arguments.repeats}
    if arguments.orekit_python:
        runs.append(orekit_s(*theirs))
        for name in ("coarse_s", "fine_s"):
            median = statistics.median(seconds for run in runs for seconds in run[name])
            line |= {
                f"orekit_{name}": round(median, 3),
                f"ratio_{name[:-2]}": round(median / line["day_s"], 1),
            }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
