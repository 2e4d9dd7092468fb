#!/usr/bin/env python3
"""Print the `[stations.propagation]` tables of stations.toml from the digital maps of ITU-R.

    python3 -m venv /tmp/iturenv && /tmp/iturenv/bin/pip install itur==0.4.0
    /tmp/iturenv/bin/python -W ignore tools/station_propagation.py [name ...]

It needs `itur` (MIT licensed), which carries the maps and is no dependency of cosmodrome. Names choose
stations; without any, all of them. Each table goes below its station in stations.toml; the comment above it
says what P.618 gives for `atmospheric_loss_db`: gas, cloud, rain and scintillation at the elevation mask,
exceeded for 1 % of an average year.
"""

import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

from itur import atmospheric_attenuation_slant_path
from itur.models import itu453, itu836, itu837, itu839, itu840, itu1510

STATIONS = Path(__file__).parent.parent / "src/cosmodrome/catalog/data/stations/stations.toml"
MAPS = (
    ("P.837", itu837),
    ("P.839", itu839),
    ("P.1510", itu1510),
    ("P.836", itu836),
    ("P.453", itu453),
    ("P.840", itu840),
)
MEDIAN_PERCENT, CLOUD_PERCENT, RAIN_PERCENT = 50, 1, 0.01
FREQUENCY_GHZ, LOSS_PERCENT, DISH_M = 8.2, 1, 5.4  # the dish matters to scintillation alone, and little


def constants(station: dict) -> dict[str, float]:
    """Read every map at the station, rounded to what the maps resolve.

    Water vapor is scaled to the station's height by P.836; the height above the ellipsoid stands for that
    above mean sea level (they differ by less than 0.11 km, 5 % of the density). The temperature, the wet
    refractivity and the cloud water hold at the height of the map's own terrain.
    """
    place, height_km = _position(station)
    found = {
        "rain_rate_exceeded_001_percent_mm_h": (itu837.rainfall_rate(*place, RAIN_PERCENT), 1),
        "rain_height_km": (itu839.rain_height(*place), 2),
        "surface_temperature_k": (itu1510.surface_mean_temperature(*place), 1),
        "water_vapor_density_g_m3": (
            itu836.surface_water_vapour_density(*place, MEDIAN_PERCENT, alt=height_km),
            2,
        ),
        "wet_refractivity_ppm": (itu453.map_wet_term_radio_refractivity(*place, MEDIAN_PERCENT), 1),
        "cloud_liquid_water_kg_m2": (itu840.columnar_content_reduced_liquid(*place, CLOUD_PERCENT), 3),
    }
    return {key: round(float(number.value), digits) for key, (number, digits) in found.items()}


def loss_db(station: dict) -> float:
    """Attenuation on the path at the elevation mask."""
    place, height_km = _position(station)
    found = atmospheric_attenuation_slant_path(
        *place, FREQUENCY_GHZ, station["minimum_elevation_deg"], LOSS_PERCENT, DISH_M, hs=height_km
    )
    return float(found.value)


def _position(station: dict) -> tuple[tuple[float, float], float]:
    place = station["latitude_deg"], station["longitude_deg"]
    return place, station.get("altitude_m", 0.0) / 1000


def main() -> None:
    stations = tomllib.loads(STATIONS.read_text(encoding="utf-8"))["stations"]
    maps = ", ".join(f"{name}-{model.get_version()}" for name, model in MAPS)
    for station in stations:
        if sys.argv[1:] and station["name"] not in sys.argv[1:]:
            continue
        print(f"# {station['name']}: {loss_db(station):.2f} dB")
        print("[stations.propagation]")
        for key, value in constants(station).items():
            print(f"{key} = {value:g}")
        print(f'source = "ITU-R {maps} digital maps, by itur {version("itur")}"\n')


if __name__ == "__main__":
    main()
