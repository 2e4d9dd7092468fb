"""How far the mean-element lifetime is from the full propagation: the table of docs/theory/lifetime.md.

Each orbit flies day by day through satkit with gravity to 8x8, Sun, Moon, NRLMSISE-00 and 3-hourly Ap, down
to 120 km or for 700 days, and through `orbital_lifetime` with the same density model and observed space
weather. Prints the table; takes some minutes.
"""

import argparse
import math
from datetime import UTC, datetime, timedelta

import numpy as np

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.lifetime import orbital_lifetime
from cosmodrome.orbit.propagate import Forces, propagate
from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian

# osculating perigee and apogee [km], inclination, node, argument of perigee [deg], start, m / (C_D A) [kg/m2]
CASES = {
    "3U, 400 km": (400, 400, 51.7, 0, 0, "2024-01-01", 4 / (2.2 * 0.034)),
    "300 km": (300, 300, 51.7, 40, 0, "2022-03-01", 50),
    "350 km, solar minimum": (350, 350, 98, 30, 0, "2018-06-01", 60),
    "450 km, solar minimum": (450, 450, 65, 0, 0, "2007-09-01", 10),
    "500 km, sun-synchronous, noon": (500, 500, 97.4, 0, 0, "2013-03-21", 12),
    "500 km, sun-synchronous, dawn": (500, 500, 97.4, 90, 0, "2013-03-21", 12),
    "550 km, sun-synchronous, solar maximum": (550, 550, 97.6, 45, 0, "2000-06-01", 20),
    "600 km, 30 deg, solar maximum": (600, 600, 30, 0, 0, "2000-01-01", 12),
    "250 x 900 km": (250, 900, 28.5, 120, 50, "2014-01-01", 60),
}
LONGEST_DAYS = 700


def flown_days(elements, start, ballistic):
    """Days to 120 km by full propagation in hops of a day."""
    forces = Forces(
        mass_kg=ballistic,
        drag_area_m2=1.0,
        drag_coefficient=1.0,
        radiation_area_m2=0.0,
        reflectivity_coefficient=1.0,
        gravity_degree=8,
        solid_tides=False,
        relativity=False,
    )
    position, velocity = (np.array(part) for part in cartesian_from_keplerian(elements))
    days = 0.0
    while days < LONGEST_DAYS:
        now = start + timedelta(days=days)
        path = propagate(InjectionState(now, position, velocity), now, 1.0, forces, step_s=60.0)
        days += path.duration_days
        position, velocity = path.position_m[-1].copy(), path.velocity_m_s[-1].copy()
        if any("120 km" in note for note in path.notes):
            return days
    return math.nan


def main():
    argparse.ArgumentParser(description=__doc__).parse_args()
    print("| orbit | full propagation [days] | mean elements [days] | off [%] | with NRLMSIS 2.1 [days] |")
    print("|---|---|---|---|---|")
    for name, (low, high, inclination, raan, perigee, begin, ballistic) in CASES.items():
        near, far = (EARTH_EQUATORIAL_RADIUS_M + 1e3 * km for km in (low, high))
        angles = (math.radians(angle) for angle in (inclination, raan, perigee))
        # at the node, or at the apogee where there is one
        anomaly = math.pi if high > low else 0.0
        elements = KeplerianElements((near + far) / 2, (far - near) / (far + near), *angles, anomaly)
        start = datetime.fromisoformat(begin).replace(tzinfo=UTC)
        mean = [
            orbital_lifetime(elements, ballistic, start, density_model=model, space_weather=("observed",))
            .case("observed")
            .lifetime_days
            for model in ("nrlmsise-00", "nrlmsis-2.1")
        ]
        full = flown_days(elements, start, ballistic)
        off = 100 * (mean[0] / full - 1)
        print(f"| {name} | {full:.1f} | {mean[0]:.1f} | {off:+.1f} | {mean[1]:.1f} |", flush=True)


if __name__ == "__main__":
    main()
