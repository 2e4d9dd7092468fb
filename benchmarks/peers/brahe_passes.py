"""Passes by brahe, as a table for tests/reference: run by an interpreter that has brahe 1.8.

    python benchmarks/peers/brahe_passes.py > tests/reference/brahe/passes.csv

The elements and stations of tests/reference/test_against_skyfield_bulk.py, by SGP4. Its search looks every
20 s instead of 60 s, so that short passes are not missed.
"""

import sys

import brahe as bh

EPOCH = (2019, 10, 16, 6, 0, 0.0)
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


def main():
    bh.initialize_eop()
    begin = bh.Epoch(*EPOCH)
    print(
        f"# brahe {bh.__version__}, location_accesses, SGPPropagator 60 s, time_tolerance 1 ms, EOP bundled"
    )
    print("satellite,station,rise_s,set_s")
    for name, pair in LINES.items():
        orbit = bh.SGPPropagator.from_tle(*pair, 60.0)
        for place, latitude, longitude, height, mask in PLACES:
            ground = bh.PointLocation(longitude, latitude, height)
            found = bh.location_accesses(
                [ground], [orbit], begin, begin + DAYS * 86400.0, bh.ElevationConstraint(mask),
                config=bh.AccessSearchConfig(initial_time_step=20.0, time_tolerance=1e-3),
            )  # fmt: skip
            for one in found:
                print(f"{name},{place},{one.window_open - begin:.4f},{one.window_close - begin:.4f}")


if __name__ == "__main__":
    sys.exit(main())
