"""Delta III solved by YAPSS: the example it ships, with its own mesh, guess, bounds, scales and options.

Five intervals of five LGL points per phase, a guess on shells about the Earth, second derivatives by
automatic differentiation. The plots' library, which the example imports first, is left out. Prints one JSON
line.
"""

import json
import sys
import time
import types


def without_plots():
    """Let `from matplotlib import pyplot` find nothing that takes time."""
    empty = types.ModuleType("matplotlib")
    empty.pyplot = types.ModuleType("matplotlib.pyplot")
    sys.modules["matplotlib"] = empty


def main():
    without_plots()
    from yapss.examples.delta_iii_ascent import setup

    problem = setup()
    started = time.perf_counter()
    solution = problem.solve()
    solve_s = time.perf_counter() - started
    print(json.dumps({"mass_kg": float(solution.phase[3].state[6][-1]), "solve_s": solve_s}))


if __name__ == "__main__":
    main()
