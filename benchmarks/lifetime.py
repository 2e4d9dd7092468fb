"""How long a lifetime takes: one 3U CubeSat, a quarter of a century, a thousand draws.

Prints one JSON line. The 3U case is reference/orbit.md 2(f): 4 kg, 0.034 m2, C_D 2.2, 400 km osculating at
the node, 51.7 deg, from 2024-01-01 with NRLMSISE-00 to 120 km; heyoka 138.02, satkit 138.07, Orekit 138.09
days.
"""

import argparse
import json
import math
import resource
import statistics
import time
from datetime import UTC, datetime

import numpy as np

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.air_density import air_density
from cosmodrome.orbit.lifetime import orbital_lifetime
from cosmodrome.orbit.lifetime_distribution import lifetime_distribution
from cosmodrome.orbit.solar_activity import read_space_weather
from cosmodrome.physics.elements import KeplerianElements

PUBLISHED_DAYS = 138.1
START = datetime(2024, 1, 1, tzinfo=UTC)
LATER = datetime(2027, 1, 1, tzinfo=UTC)
DRAWS = 1000


def circular(altitude_km, inclination_deg):
    axis = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    return KeplerianElements(axis, 0.0, math.radians(inclination_deg), 0.0, 0.0, 0.0)


def three_unit(model):
    return orbital_lifetime(
        circular(400.0, 51.7),
        4.0 / (2.2 * 0.034),
        START,
        density_model=model,
        space_weather=("observed",),
    )


def timed(action, repeats=1):
    """Median seconds, and the last result."""
    seconds = []
    for _ in range(repeats):
        begun = time.perf_counter()
        found = action()
        seconds.append(time.perf_counter() - begun)
    return round(statistics.median(seconds), 4), found


def quarter_century():
    return orbital_lifetime(circular(600.0, 51.7), 200.0, LATER, space_weather=("mean",), limit_years=25.0)


def distribution():
    return lifetime_distribution(
        circular(550.0, 97.6), 100.0, LATER, generator=np.random.default_rng(1), draws_count=DRAWS
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=7)
    repeats = parser.parse_args().repeats
    weather_s, _ = timed(read_space_weather)
    older_table_s, _ = timed(lambda: air_density("nrlmsise-00"))
    table_s, _ = timed(air_density)
    seconds, found = timed(lambda: three_unit("nrlmsise-00"), repeats)
    days = found.case("observed").lifetime_days
    years_s, century = timed(quarter_century, repeats)
    draws_s, drawn = timed(distribution)
    line = {
        "three_unit_s": seconds,
        "three_unit_days": round(days, 2),
        "ratio_to_published": round(days / PUBLISHED_DAYS, 4),
        "three_unit_days_msis_2_1": round(three_unit("nrlmsis-2.1").case("observed").lifetime_days, 2),
        "cold_space_weather_s": weather_s,
        "cold_table_nrlmsise_00_s": older_table_s,
        "cold_table_nrlmsis_2_1_s": table_s,
        "years_25_s": years_s,
        "years_25_reached": century.case("mean").exceeds,
        "draws": DRAWS,
        "draws_s": draws_s,
        "median_years": round(drawn.percentile_years(50.0), 2),
        "within_5_years": round(drawn.probability_within(5.0), 3),
        "within_25_years": round(drawn.probability_within(25.0), 3),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(line))


if __name__ == "__main__":
    main()
