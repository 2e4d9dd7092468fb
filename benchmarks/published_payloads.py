"""The ideal ascent against every published payload of the catalog that states its orbit.

Flown lower bounds are left out, as are orbits the site's sector does not reach. Prints one JSON line.
"""

import json
import statistics

from cosmodrome.ascent.capability import payload_capability
from cosmodrome.catalog import find_site, find_vehicle, site_names, vehicle_names
from cosmodrome.errors import UnreachableError
from cosmodrome.models.target import EllipticalTarget


def rows():
    """Vehicle, site, orbit, published and ideal payload of each figure."""
    for name in vehicle_names():
        vehicle = find_vehicle(name)
        for figure in vehicle.payload_figures:
            stated = (figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg)
            if figure.orbit == "flown" or None in stated or figure.site not in site_names():
                continue
            target = EllipticalTarget(
                kind="elliptical",
                perigee_altitude_km=stated[0],
                apogee_altitude_km=stated[1],
                inclination_deg=stated[2],
            )
            try:
                capability = payload_capability(vehicle, find_site(figure.site), target)
            except UnreachableError:
                continue
            ideal_kg = capability.payload_kg if capability.converged else None
            yield {
                "vehicle": name,
                "site": figure.site,
                "orbit": f"{stated[0]:g} x {stated[1]:g} km, {stated[2]:g} deg",
                "published_kg": figure.payload_kg,
                "ideal_kg": ideal_kg and round(ideal_kg, 1),
                "ratio": ideal_kg and round(ideal_kg / figure.payload_kg, 3),
            }


def main():
    found = list(rows())
    ratios = [row["ratio"] for row in found if row["ratio"] is not None]
    print(json.dumps({"median_ratio": round(statistics.median(ratios), 3), "rows": found}))


if __name__ == "__main__":
    main()
