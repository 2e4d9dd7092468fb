"""Losses by `itur` on 500 random station, frequency and elevation cases: a table that a test holds ours to.

Run in an environment of its own, never the project's: `pip install itur==0.4.0`, then

    python benchmarks/peers/itur_losses.py src/cosmodrome/catalog/data/stations/stations.toml \
        > tests/reference/itur_losses.csv

Settings: P.618-13 with P.676-12, P.838-3, P.840-8. Both sides get the same constants of the catalog's
stations, so these replace its own maps of rain height and wet refractivity; pressure by its P.835
at the station's height, which the table holds; gas by surface vapor density (no column); a dish of 3 m with
an efficiency of 0.5; seed 6.
"""

import contextlib
import io
import sys
import tomllib
import warnings

import itur
import numpy as np
from astropy import units as u
from itur.models import itu618

CASES = 500
COLUMNS = (
    "station,frequency_ghz,elevation_deg,tilt_deg,exceeded_percent,pressure_hpa,"
    "gas_db,cloud_db,rain_db,scintillation_db,total_db"
)


def losses(station, ghz, elevation, tilt, percent):
    """Pressure, then gas, cloud, rain, scintillation and total in dB."""
    climate = station["propagation"]
    height_km = station.get("altitude_m", 0.0) / 1e3
    itu618.rain_height = lambda *_: climate["rain_height_km"] * u.km
    itu618.map_wet_term_radio_refractivity = lambda *_: (
        climate["wet_refractivity_ppm"] * u.dimensionless_unscaled
    )
    place = (station["latitude_deg"], station["longitude_deg"])
    pressure = itur.models.itu835.standard_pressure(height_km * u.km).value
    kelvin = climate["surface_temperature_k"]
    gas = itur.models.itu676.gaseous_attenuation_slant_path(
        ghz, elevation, climate["water_vapor_density_g_m3"], pressure, kelvin
    ).value
    cloud = itur.models.itu840.cloud_attenuation(
        *place, np.array([elevation]), ghz, 1.0, Lred=np.array([climate["cloud_liquid_water_kg_m2"]])
    ).value
    rate = climate["rain_rate_exceeded_001_percent_mm_h"]
    rain = itu618.rain_attenuation(*place, ghz, elevation, height_km, percent, R001=rate, tau=tilt).value
    fade = itu618.scintillation_attenuation(*place, ghz, elevation, percent, D=3.0, eta=0.5).value
    total = gas + np.sqrt((rain + cloud) ** 2 + fade**2)
    return [float(np.squeeze(value)) for value in (pressure, gas, cloud, rain, fade, total)]


def main(path):
    """Print the table."""
    with open(path, "rb") as file:
        stations = tomllib.load(file)["stations"]
    stations = [one for one in stations if "propagation" in one]
    random = np.random.default_rng(6)
    itur.models.itu840.change_version(8)
    lines = [COLUMNS]
    for _ in range(CASES):
        station = stations[random.integers(len(stations))]
        case = (
            round(float(np.exp(random.uniform(np.log(1.0), np.log(50.0)))), 3),
            round(float(random.uniform(5.0, 90.0)), 2),
            float(random.choice([0, 45, 90])),
            float(random.choice([0.001, 0.01, 0.1, 0.5, 1.0, 3.0])),
        )
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            found = losses(station, *case)
        given = [station["name"], *(f"{value:g}" for value in case)]
        lines.append(",".join([*given, *(f"{value:.6f}" for value in found)]))
    print("\n".join(lines))


if __name__ == "__main__":
    main(sys.argv[1])
