"""How long `cosmodrome run` takes with its report, the first time ever and after, and `cosmodrome check`.

"First ever" starts without compiled Python files and without matplotlib's font list. Prints one JSON line.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MISSION = Path(__file__).parents[1] / "missions" / "earth-observer.toml"
REPEATS = 5


def seconds(arguments, environment):
    """Wall time of one fresh process."""
    started = time.perf_counter()
    process = subprocess.run(
        [sys.executable, "-m", "cosmodrome", *arguments], env=environment, capture_output=True, text=True
    )
    if process.returncode != 0:
        raise SystemExit(process.stderr)
    return time.perf_counter() - started


def main():
    with tempfile.TemporaryDirectory() as folder:
        run = ["run", str(MISSION), "--output", folder, "-q"]
        fresh = {
            **os.environ,
            "PYTHONPYCACHEPREFIX": f"{folder}/pycache",
            "MPLCONFIGDIR": f"{folder}/matplotlib",
            "XDG_CACHE_HOME": f"{folder}/cache",
        }
        first_s = seconds(run, fresh)
        run_s = statistics.median(seconds(run, os.environ) for _ in range(REPEATS))
        check_s = statistics.median(seconds(["check", str(MISSION)], os.environ) for _ in range(REPEATS))
    figures = {"run_s": run_s, "first_run_s": first_s, "check_s": check_s}
    print(json.dumps({name: round(value, 3) for name, value in figures.items()} | {"repeats": REPEATS}))


if __name__ == "__main__":
    main()
