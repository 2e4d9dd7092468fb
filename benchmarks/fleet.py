"""Two-line elements and stations made from a seed: the load of the benchmark of passes."""

import math

import numpy as np
from sgp4.api import WGS72, Satrec
from sgp4.exporter import export_tle

from cosmodrome.models.station import Station

EPOCH_DAYS = 28124.5  # from 1949-12-31: 2026-12-31 12:00 UTC


def fleet(satellites_count, seed=7):
    """Lines of satellites from 400 to 1200 km, inclinations from 30 to 100 deg, nearly circular."""
    generator, found = np.random.default_rng(seed), []
    for number in range(satellites_count):
        radius_km = 6378.135 + generator.uniform(400, 1200)
        motion = math.sqrt(398600.8 / radius_km**3) * 60
        node, perigee, anomaly = generator.uniform(0, 2 * math.pi, 3)
        satellite = Satrec()
        satellite.sgp4init(
            WGS72, "i", 10000 + number, EPOCH_DAYS, 1e-5, 0.0, 0.0, generator.uniform(1e-4, 5e-3),
            perigee, math.radians(generator.uniform(30, 100)), anomaly, motion, node,
        )  # fmt: skip
        satellite.classification, satellite.intldesg, satellite.elnum, satellite.revnum = "U", "26001A", 1, 1
        found.append(export_tle(satellite))
    return found


def stations(stations_count, seed=8, mask_deg=10.0):
    """Stations spread evenly over the land and sea between 80 deg south and north."""
    generator = np.random.default_rng(seed)
    return [
        Station(
            name=f"station {number}",
            latitude_deg=math.degrees(math.asin(generator.uniform(-0.985, 0.985))),
            longitude_deg=generator.uniform(-180, 180),
            altitude_m=generator.uniform(0, 2000),
            minimum_elevation_deg=mask_deg,
            antenna_gain_dbi=40.0,
            system_noise_temperature_k=200.0,
        )
        for number in range(stations_count)
    ]
