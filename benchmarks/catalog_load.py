"""How long the whole catalog takes to load and validate, and a single vehicle; prints one JSON line.

Each figure is the median over fresh processes of the time after `import cosmodrome.catalog`.
"""

import json
import statistics
import subprocess
import sys

REPEATS = 5
CALLS = {
    "load_catalog_ms": "load_catalog()",
    "find_vehicle_ms": "find_vehicle('angara-1.2')",
}
PROGRAM = """
import time
from cosmodrome.catalog import find_vehicle, load_catalog
started = time.perf_counter()
{call}
print(1e3 * (time.perf_counter() - started))
"""


def milliseconds(call):
    """One call in a fresh process."""
    program = [sys.executable, "-c", PROGRAM.format(call=call)]
    return float(subprocess.run(program, capture_output=True, text=True, check=True).stdout)


def main():
    figures = {
        name: round(statistics.median(milliseconds(call) for _ in range(REPEATS)), 1)
        for name, call in CALLS.items()
    }
    print(json.dumps(figures | {"repeats": REPEATS}))


if __name__ == "__main__":
    main()
