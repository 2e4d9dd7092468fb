"""Ground stations: how many, that each says where its numbers are from, and their local climate."""

import pytest

from cosmodrome import catalog
from cosmodrome.models.station import Station

# Lowest and highest anywhere on land, as the maps of ITU-R have it.
RANGES = {
    "rain_rate_exceeded_001_percent_mm_h": (0.5, 130),  # least in Antarctica
    "rain_height_km": (0, 6),
    "surface_temperature_k": (240, 305),
    "water_vapor_density_g_m3": (0.2, 25),
    "wet_refractivity_ppm": (1, 150),
    "cloud_liquid_water_kg_m2": (0, 5),
}
STATIONS = [catalog.find_station(name) for name in catalog.station_names()]


def test_there_are_many_and_each_name_is_used_once() -> None:
    names = catalog.station_names()
    assert len(names) >= 25
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("station", STATIONS, ids=lambda station: station.name)
def test_each_has_a_source_and_a_plausible_climate(station: Station) -> None:
    assert station.source
    assert station.propagation is not None
    assert "ITU-R P.837" in station.propagation.source
    for key, (lowest, highest) in RANGES.items():
        assert lowest <= getattr(station.propagation, key) <= highest, key


def test_it_rains_harder_near_the_equator() -> None:
    names = ("svalbard", "moscow", "singapore")
    for key in ("rain_rate_exceeded_001_percent_mm_h", "wet_refractivity_ppm", "water_vapor_density_g_m3"):
        found = [getattr(catalog.find_station(name).propagation, key) for name in names]
        assert found == sorted(found), key
