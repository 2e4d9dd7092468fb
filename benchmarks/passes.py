"""How long the passes of 100 satellites over 20 stations in 7 days take, and Skyfield for a share of them.

Prints one JSON line with medians. Skyfield runs a subset in the same process, alternating with ours, and is
scaled by the number of pairs, in which it is linear; how many passes both find there and how far their rises
sets lie apart is told too. brahe (15.8 s in reference/orbit.md 2c) is no dependency of this repository.
"""

import argparse
import json
import statistics
import time
from datetime import UTC, datetime, timedelta

import numpy as np
from fleet import fleet, stations
from skyfield.api import EarthSatellite, load, wgs84

from cosmodrome.operations.bulk_passes import bulk_passes

EPOCH = datetime(2027, 1, 1, tzinfo=UTC)
SATELLITES, STATIONS, DAYS = 100, 20, 7.0
PEER_SATELLITES, PEER_STATIONS = 5, 4


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
    print(json.dumps(line))


if __name__ == "__main__":
    main()
