"""How long the passes of 100 satellites over 20 stations in 7 days take, and Skyfield for a share of them.

Prints one JSON line with medians. Skyfield runs a subset in the same process, alternating with ours, and is
scaled by the number of pairs, in which it is linear; how many passes both find there and how far their rises
and sets lie apart is told too. brahe is no dependency of this repository; with --brahe-python, an interpreter
that has it, it does the whole load once.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import numpy as np
from fleet import fleet, stations
from skyfield.api import EarthSatellite, load, wgs84

from cosmodrome.operations.bulk_passes import bulk_passes

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
SATELLITES, STATIONS, DAYS = 100, 20, 7.0
PEER_SATELLITES, PEER_STATIONS = 5, 4
BRAHE = """
import json, sys, time
import brahe as bh
lines, places, days = json.load(sys.stdin)
bh.initialize_eop()
fleet = [bh.SGPPropagator.from_tle(*pair, 60.0) for pair in lines]
ground = [bh.PointLocation(*place) for place in places]
begin = bh.Epoch(2027, 1, 1, 0, 0, 0.0)
begun = time.perf_counter()
found = bh.location_accesses(ground, fleet, begin, begin + days * 86400.0, bh.ElevationConstraint(10.0))
print(json.dumps([time.perf_counter() - begun, len(found)]))
"""


def brahe_time(interpreter, lines, places):
    """Seconds and number of passes of the whole load by brahe."""
    ground = [(one.longitude_deg, one.latitude_deg, one.altitude_m) for one in places]
    peer = subprocess.run(
        [interpreter, "-c", BRAHE], input=json.dumps([lines, ground, DAYS]), capture_output=True, text=True
    )
    if peer.returncode != 0:
        sys.exit(peer.stderr)
    seconds, count = json.loads(peer.stdout.splitlines()[-1])
    return {"brahe_s": round(seconds, 2), "passes_brahe": count}


def skyfield_edges(lines, places, timescale):
    """Rises and sets [s] of each pair, by `find_events`."""
    begin, end = (timescale.from_datetime(EPOCH + timedelta(days=d)) for d in (0.0, DAYS))
    found = {}
    for number, pair in enumerate(lines):
        satellite = EarthSatellite(*pair, ts=timescale)
        for place, one in enumerate(places):
            ground = wgs84.latlon(one.latitude_deg, one.longitude_deg, elevation_m=one.altitude_m)
            times, kinds = satellite.find_events(
                ground, begin, end, altitude_degrees=one.minimum_elevation_deg
            )
            seconds = (times.tt - begin.tt) * 86_400 if len(times) else np.zeros(0)
            found[number, place] = seconds[kinds == 0], seconds[kinds == 2]
    return found


def compared(ours, theirs):
    """How many rises both find, and the greatest and 95th percentile of the differences [s]."""
    apart, counts = [], [0, 0]
    for (number, place), edges in theirs.items():
        own = (ours.satellite == number) & (ours.station == place)
        mine = (ours.rise_s[own & ours.begins], ours.set_s[own & ours.ends])
        counts[0] += len(mine[0])
        counts[1] += len(edges[0])
        for one, other in zip(mine, edges, strict=True):
            if len(one) and len(other):
                apart.append(np.abs(other[:, None] - one).min(axis=1))
    differences = np.concatenate(apart)
    return {
        "passes_ours": counts[0],
        "passes_skyfield": counts[1],
        "difference_p95_s": round(float(np.percentile(differences, 95)), 3),
        "difference_max_s": round(float(differences.max()), 3),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--brahe-python", help="an interpreter with brahe")
    arguments = parser.parse_args()
    lines, places = fleet(SATELLITES), stations(STATIONS)
    timescale = load.timescale(builtin=True)
    few = lines[:PEER_SATELLITES], places[:PEER_STATIONS]
    bulk_passes(lines, places, EPOCH, DAYS)
    own, peer = [], []
    for _ in range(arguments.repeats):
        begun = time.perf_counter()
        found = bulk_passes(lines, places, EPOCH, DAYS)
        own.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        theirs = skyfield_edges(*few, timescale)
        peer.append(time.perf_counter() - begun)
    scale = SATELLITES * STATIONS / (PEER_SATELLITES * PEER_STATIONS)
    line = {
        "passes_s": round(statistics.median(own), 3),
        "fastest_s": round(min(own), 3),
        "passes": len(found),
        "skyfield_s_scaled": round(statistics.median(peer) * scale, 1),
        "ratio": round(statistics.median(peer) * scale / statistics.median(own), 1),
        "subset": compared(bulk_passes(*few, EPOCH, DAYS), theirs),
        "repeats": arguments.repeats,
    }
    if arguments.brahe_python:
        line |= brahe_time(arguments.brahe_python, lines, places)
    print(json.dumps(line))


if __name__ == "__main__":
    main()
