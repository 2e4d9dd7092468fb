"""How long all budgets of one satellite over a year take, with six stations, warm; and the verdict on them.

The example mission with six stations of the catalog; a year of orbit is propagated first and not counted.
The budgets are those of `satellite_budgets`: mass, power and temperatures over the seasons, links through
every pass, data, attitude, delta-v, disposal, imaging, each worked out anew in each repetition. Prints one
JSON line: medians, with and without the decay, which a changed satellite needs only where it changes how it
falls, and the greatest memory.
"""

import argparse
import json
import resource
import statistics
import time
from dataclasses import replace
from pathlib import Path

from cosmodrome.analysis import analyze
from cosmodrome.budgets import lowering
from cosmodrome.budgets.maneuvers import drag_course
from cosmodrome.budgets.totals import Known, satellite_budgets
from cosmodrome.catalog import find_station
from cosmodrome.missionfile import load_mission
from cosmodrome.operations.passes import station_passes
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.lifetime import lifetime_cases
from cosmodrome.orbit.propagate import propagate

MISSION = Path(__file__).parents[1] / "missions" / "earth-observer.toml"
STATIONS = ("svalbard", "inuvik", "punta-arenas", "troll", "hartebeesthoek", "singapore")
DAYS = 365.25


def median_s(call, repeats):
    """Median wall time, after a first call that is not counted."""
    call()
    seconds = []
    for _ in range(repeats):
        begun = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - begun)
    return statistics.median(seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    repeats = parser.parse_args().repeats
    mission = load_mission(MISSION)
    mission = mission.model_copy(update={"stations": tuple(find_station(name) for name in STATIONS)})
    result = analyze(mission)
    start = result.injection
    path = propagate(start, start.epoch, DAYS, Forces(gravity_degree=8), step_s=60.0)
    passes = station_passes(path, mission.stations)
    known = Known(end_of_life=result.orbit.end_of_life)

    def anew():
        for kept in (lifetime_cases, drag_course, lowering._highest_perigee_km):
            kept.cache_clear()
        return satellite_budgets(mission, path, passes)

    whole_s = median_s(anew, repeats)
    known_s = median_s(lambda: satellite_budgets(mission, path, passes, known), repeats)
    year = replace(result, orbit=replace(result.orbit, ephemeris=path, passes=passes, opportunities=()))
    line = {
        "budgets_s": round(whole_s, 3),
        "budgets_without_decay_s": round(known_s, 3),
        "judged_s": round(median_s(lambda: year.judged(mission), repeats), 3),
        "passes": len(passes),
        "days": DAYS,
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "repeats": repeats,
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
