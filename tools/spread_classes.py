"""Print how far published values of the same number lie apart, by what it is and how far it is trusted.

    .venv/bin/python tools/spread_classes.py

The widths in `catalog/data/spreads.toml` are from here where there are 20 alternatives or more.
"""

from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.catalog.spreads import published_scatter


def main() -> None:
    """Print one line for each kind and confidence."""
    fleet = [find_vehicle(name) for name in vehicle_names()]
    for (kind, trust), (width, count) in sorted(published_scatter(fleet).items()):
        print(f"{kind:18} {trust:10} {width:7.4f}  from {count} alternatives")


if __name__ == "__main__":
    main()
