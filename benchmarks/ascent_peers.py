"""How long MAPTOR and YAPSS take for the Delta III benchmark, and how long cosmodrome does, in one run.

Prints one JSON line of medians over fresh processes, one code after the other so that a load on the machine
falls on all. Three times each: the whole process, from the interpreter's start to the answer; the call that
solves, which at the peers takes a stated problem and a guess, and here also makes the guess, lays the
program down and flies the answer again; and IPOPT within it. The ratios are the faster peer's time over ours.
"""

import argparse
import atexit
import compileall
import gc
import json
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import cosmodrome

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv-peers" / "bin" / "python"
PROCESSES = 5
TRUE_KG, TOLERANCE_KG = 7529.7123, 0.02  # ascent_benchmarks.md section 1, as in test_against_benson.py
TIMES = ("process_s", "solve_s", "ipopt_s")


def ours():
    """Solve once, in this process, with garbage left alone as the command line does."""
    gc.disable()
    atexit.register(gc.freeze)
    from delta3_problem import delta_iii_problem

    from cosmodrome.ascent.optimize import optimize_branch

    problem = delta_iii_problem()
    started = time.perf_counter()
    ascent = optimize_branch(problem, "ascending")
    solve_s = time.perf_counter() - started
    print(json.dumps({"mass_kg": ascent.final_mass_kg, "solve_s": solve_s, "ipopt_s": ascent.solver.solve_s}))


def measured(command):
    """What a fresh process says, with how long it took; the peers' IPOPT states its own time."""
    started = time.perf_counter()
    process = subprocess.run(command, capture_output=True, text=True)
    process_s = time.perf_counter() - started
    if process.returncode != 0:
        raise SystemExit(process.stderr)
    answer = json.loads(next(line for line in process.stdout.splitlines() if line.startswith('{"mass_kg"')))
    stated = re.findall(r"Total seconds in (?:IPOPT|NLP).*= +([\d.]+)", process.stdout)
    return {"process_s": process_s, "ipopt_s": sum(map(float, stated)), **answer}


def medians(runs):
    """One code's mass and median times."""
    figures = {name: round(statistics.median(run[name] for run in runs), 4) for name in TIMES}
    mass = runs[0]["mass_kg"]
    orbit = "the benchmark's" if abs(mass - TRUE_KG) < TOLERANCE_KG else "another"
    return {"mass_kg": round(mass, 4), "orbit": orbit, **figures}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers-python", type=Path, default=PEERS)
    parser.add_argument("--once", action="store_true", help="solve once with cosmodrome")
    arguments = parser.parse_args()
    if arguments.once:
        ours()
        return
    if not arguments.peers_python.exists():
        print(
            f"No {arguments.peers_python}: make it with `python3 -m venv .venv-peers && "
            ".venv-peers/bin/pip install -r benchmarks/peers.txt`, or name another with --peers-python.",
            file=sys.stderr,
        )
        sys.exit(2)
    commands = {
        "cosmodrome": [sys.executable, __file__, "--once"],
        "maptor": [arguments.peers_python, HERE / "peers" / "maptor_delta3.py"],
        "yapss": [arguments.peers_python, HERE / "peers" / "yapss_delta3.py"],
    }
    compileall.compile_dir(cosmodrome.__path__[0], quiet=2)  # as `make setup` and pip do
    for command in commands.values():
        measured(command)
    rounds = [{name: measured(command) for name, command in commands.items()} for _ in range(PROCESSES)]
    codes = {name: medians([runs[name] for runs in rounds]) for name in commands}
    own = codes["cosmodrome"]
    ratios = {t: round(min(codes["maptor"][t], codes["yapss"][t]) / own[t], 1) for t in TIMES}
    print(json.dumps({**codes, "ratios": ratios, "processes": PROCESSES}))


if __name__ == "__main__":
    main()
