"""brahe 1.8 as the judge of passes: the same elements by SGP4 over the same stations, from its own search.

The table is made by benchmarks/peers/brahe_passes.py; its first line says with which settings.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cosmodrome.models.station import Station
from cosmodrome.operations.bulk_passes import bulk_passes

EPOCH = datetime(2019, 10, 16, 6, tzinfo=UTC)
DAYS = 2.0
LINES = {
    "Terra": (
        "1 25994U 99068A   19289.08873013  .00000005  00000-0  11240-4 0  9997",
        "2 25994  98.1961   1.7962 0001473  92.0911 268.0459 14.57115279 54585",
    ),
    "low": (
        "1 10001U 26001A   19289.25000000  .00000000  00000-0  10000-4 0    16",
        "2 10001  77.6400  80.0000 0010000  40.0000 120.0000 15.50000000    16",
    ),
    "eccentric": (
        "1 10002U 26001A   19289.25000000  .00000000  00000-0  10000-4 0    17",
        "2 10002  63.4000 200.0000 1500000 270.0000  10.0000 11.50000000    14",
    ),
}
PLACES = (
    ("Svalbard", 78.2297, 15.3975, 458.0, 5.0),
    ("Kourou", 5.25, -52.8, 15.0, 0.0),
    ("Troll", -72.0, 2.53, 1270.0, 20.0),
)


@pytest.fixture(scope="module")
def ours():
    stations = [
        Station(
            name=name, latitude_deg=latitude, longitude_deg=longitude, altitude_m=altitude_m,
            minimum_elevation_deg=mask, antenna_gain_dbi=40.0, system_noise_temperature_k=200.0,
        )
        for name, latitude, longitude, altitude_m, mask in PLACES
    ]  # fmt: skip
    return bulk_passes(list(LINES.values()), stations, EPOCH, DAYS)


@pytest.fixture(scope="module")
def theirs():
    lines = (Path(__file__).parent / "brahe" / "passes.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@pytest.mark.parametrize("place", range(len(PLACES)), ids=[place[0] for place in PLACES])
@pytest.mark.parametrize("number", range(len(LINES)), ids=list(LINES))
def test_every_pass_and_its_edges(ours, theirs, number, place):
    """0.1 s, what is promised; none more and none less."""
    rows = [r for r in theirs if (r["satellite"], r["station"]) == (list(LINES)[number], PLACES[place][0])]
    own = (ours.satellite == number) & (ours.station == place)
    for edge, name in ((ours.rise_s[own], "rise_s"), (ours.set_s[own], "set_s")):
        expected = np.array([float(row[name]) for row in rows])
        assert len(edge) == len(expected)
        assert np.abs(np.sort(edge) - np.sort(expected)).max() < 0.1
