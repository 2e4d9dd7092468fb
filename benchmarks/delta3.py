"""How long the Delta III benchmark takes: the solve, and a whole process from its start to the answer.

Prints one JSON line with medians.
"""

import atexit
import compileall
import gc
import json
import statistics
import subprocess
import sys
import time

import cosmodrome

SOLVES, PROCESSES = 9, 5


def answer():
    """Solve once."""
    from delta3_problem import delta_iii_problem

    from cosmodrome.ascent.optimize import optimize_branch

    return optimize_branch(delta_iii_problem(), "ascending")


def process_s():
    """Wall time of a fresh process that solves once."""
    started = time.perf_counter()
    subprocess.run([sys.executable, __file__, "--once"], check=True, capture_output=True)
    return time.perf_counter() - started


def main():
    if "--once" in sys.argv:
        gc.disable()  # with the next line as the command line does it
        atexit.register(gc.freeze)
        answer()
        return
    compileall.compile_dir(cosmodrome.__path__[0], quiet=2)  # as `make setup` does
    process_s()
    whole_s = statistics.median(process_s() for _ in range(PROCESSES))
    ascents = [answer() for _ in range(SOLVES)]
    payload_and_stage_kg = ascents[0].final_mass_kg
    print(
        json.dumps(
            {
                "mass_kg": round(payload_and_stage_kg, 4),
                "solve_s": round(statistics.median(a.solver.solve_s for a in ascents), 4),
                "process_s": round(whole_s, 3),
                "iterations": ascents[0].solver.iterations_count,
                "replay_miss_m": round(ascents[0].replay.position_miss_m, 4),
            }
        )
    )


if __name__ == "__main__":
    main()
