"""How long a map of 400 orbits takes, and how much memory: Angara 1.2 from Vostochny.

Circular orbits of 200 to 960 km, 53 to 98 deg, in one process on one core. Some of them are solved again
cold, and the largest difference is given. Prints one JSON line.
"""

import json
import os
import resource
import time

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy comes

import numpy as np

from cosmodrome.ascent.capability import payload_capability
from cosmodrome.ascent.payload_map import payload_map
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.models.target import CircularTarget

CHECKED = ((2, 3), (7, 11), (12, 5), (15, 16), (19, 19))


def main():
    vehicle, site = find_vehicle("angara-1.2"), find_site("vostochny")
    began, worked = time.perf_counter(), time.process_time()
    found = payload_map(vehicle, site, np.linspace(200, 960, 20), np.linspace(53, 98, 20))
    wall_s, processor_s = time.perf_counter() - began, time.process_time() - worked
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    differences = []
    for row, column in CHECKED:
        target = CircularTarget(
            kind="circular",
            altitude_km=found.altitudes_km[row],
            inclination_deg=found.inclinations_deg[column],
        )
        cold = payload_capability(vehicle, site, target).physics_kg
        differences.append(abs(cold - found.payload_kg[row, column]))
    print(
        json.dumps(
            {
                "orbits": int(np.isfinite(found.payload_kg).sum()),
                "wall_s": round(wall_s, 2),
                "processor_s": round(processor_s, 2),
                "solves": found.solves_count,
                "cold": found.cold_count,
                "replayed": found.replayed_count,
                "largest_difference_to_cold_kg": round(max(differences), 3),
                "memory_mb": round(memory_mb),
            }
        )
    )


if __name__ == "__main__":
    main()
