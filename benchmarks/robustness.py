"""Every vehicle of the catalog to its published orbits and to a grid, without a setting for any of them.

A case counts as solved when the ascent is proved by its replay, or the shortfall of an orbit out of reach
is. Prints a table of the others to stderr, and one JSON line.

    python benchmarks/robustness.py [--quick] [--vehicle NAME]
"""

import argparse
import json
import sys
import time

import numpy as np

from cosmodrome.ascent.branches import fly_branches
from cosmodrome.ascent.problem import ascent_problem
from cosmodrome.ascent.result import AscentStatus
from cosmodrome.catalog import find_site, find_vehicle, site_names, vehicle_names
from cosmodrome.errors import UnreachableError
from cosmodrome.models.target import CircularTarget, EllipticalTarget

ALTITUDES_KM = (200.0, 400.0, 600.0, 800.0, 1000.0, 1200.0)
SOLVED = (AscentStatus.OPTIMAL, AscentStatus.OUT_OF_REACH)


def home(vehicle):
    """The site of the first published payload that the catalog knows; Baikonur where none is."""
    known = set(site_names())
    return next((f.site for f in vehicle.payload_figures if f.site in known), "baikonur")


def published(vehicle):
    """Sites and orbits of the published payloads."""
    for f in vehicle.payload_figures:
        stated = (f.perigee_altitude_km, f.apogee_altitude_km, f.inclination_deg)
        if None not in stated and f.site in site_names():
            yield (
                f.site,
                EllipticalTarget(
                    kind="elliptical",
                    perigee_altitude_km=max(stated[0], 120.0),
                    apogee_altitude_km=stated[1],
                    inclination_deg=stated[2],
                ),
            )


def grid(vehicle, quick):
    """Circular orbits at inclinations from the site's latitude to sun-synchronous."""
    site = find_site(home(vehicle))
    low = abs(site.latitude_deg.value) + 0.5
    inclinations = (low + 10.0,) if quick else (low, (low + 90) / 2, 98.0)
    altitudes = ALTITUDES_KM[1:5:2] if quick else ALTITUDES_KM
    for inclination in inclinations:
        for altitude in altitudes:
            yield (
                home(vehicle),
                CircularTarget(kind="circular", altitude_km=altitude, inclination_deg=inclination),
            )


def cases(names, quick):
    """Every case in turn."""
    for name in names:
        vehicle = find_vehicle(name)
        wanted = [*published(vehicle), *grid(vehicle, quick)]
        seen = []
        for site, target in wanted:
            if (site, target) not in seen:
                seen.append((site, target))
                yield vehicle, site, target


def outcome(vehicle, site, target):
    """Solve one case."""
    started = time.perf_counter()
    try:
        problem = ascent_problem(vehicle, find_site(site), target)
        ascent = fly_branches(problem, find_site(site)).best
    except UnreachableError:
        return None
    return ascent, time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--vehicle", action="append")
    parser.add_argument("--verbose", action="store_true")
    chosen = parser.parse_args()
    solved, unsolved, unreachable, seconds = 0, [], 0, []
    for vehicle, site, target in cases(chosen.vehicle or vehicle_names(), chosen.quick):
        found = outcome(vehicle, site, target)
        heights = f"{target.perigee_altitude_km:g} x {target.apogee_altitude_km:g} km"
        orbit = f"{heights}, {target.inclination_deg:.1f} deg"
        if found is None:
            unreachable += 1
            continue
        ascent, took_s = found
        seconds.append(took_s)
        line = f"{vehicle.name:22s} {site:12s} {orbit:32s} {ascent.status.name:14s} "
        line += f"{ascent.payload_kg:9.1f} kg {len(ascent.coasts_s)} coasts {took_s:6.2f} s"
        if ascent.status in SOLVED:
            solved += 1
        else:
            unsolved.append(line)
        if chosen.verbose or ascent.status not in SOLVED:
            print(line, file=sys.stderr, flush=True)
    print(
        json.dumps(
            {
                "cases": solved + len(unsolved),
                "solved_fraction": round(solved / (solved + len(unsolved)), 4),
                "outside_the_sector": unreachable,
                "median_s": round(float(np.median(seconds)), 3),
                "longest_s": round(max(seconds), 2),
                "unsolved": [" ".join(line.split()) for line in unsolved],
            }
        )
    )


if __name__ == "__main__":
    main()
