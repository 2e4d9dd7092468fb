"""The linear spread of the payload against vehicles drawn at random and optimized again.

    python benchmarks/payload_spread.py [--samples 200] [VEHICLE ...]

Every uncertain number of a vehicle is drawn from a normal distribution with its spread, cut at three standard
deviations, and each vehicle so made is optimized from the nominal solution and flown again. Prints one JSON
line.
"""

import argparse
import json
from dataclasses import replace

import numpy as np

from cosmodrome.ascent.branches import fly_branches
from cosmodrome.ascent.optimize import best_solution, prove
from cosmodrome.ascent.partials import plan_of_vehicle, plan_with_drag
from cosmodrome.ascent.problem import ascent_problem
from cosmodrome.ascent.published import figure_target
from cosmodrome.ascent.solve import solve_stretched, solve_warm
from cosmodrome.ascent.spread import payload_spread, uncertain_numbers
from cosmodrome.catalog import find_drag_curve, find_site, find_vehicle
from cosmodrome.errors import ImpossibleAscentError
from cosmodrome.physics.aerodynamics import drag_table

# Solid and liquid, strap-ons, hydrogen, an air launch; each to the first published orbit of its own.
VEHICLES = ("angara-1.2", "soyuz-2.1b", "cz-2c", "nuri", "lvm3", "pegasus-xl")
SEED = 20261121


def nominal(name):
    """The first published orbit of a vehicle, flown."""
    vehicle = find_vehicle(name)
    figure = next(f for f in vehicle.payload_figures if figure_target(f) is not None)
    site = find_site(figure.site)
    flown = fly_branches(ascent_problem(vehicle, site, figure_target(figure)), site)
    return flown.proved, flown.best.branch


def sampled_kg(proved, branch, numbers, deviations):
    """The payload of one drawn vehicle; None where it is not found."""
    vehicle = proved.problem.vehicle
    drag = 1.0
    for number, deviation in zip(numbers, deviations, strict=True):
        if number.keys:
            vehicle = number.changed(vehicle, deviation)
        else:
            drag = 1.0 + deviation * number.spread_ratio
    problem = replace(proved.problem, vehicle=vehicle)
    plan = plan_with_drag(plan_of_vehicle(proved, vehicle), drag)
    near = proved.solution
    solution = solve_warm(problem, plan, near.launch, near)
    if not solution.converged:
        solution = solve_stretched(
            problem, plan, near.launch, near, stretch_ratio=1.0, manners=("quick", "near", "patient")
        )
    again = prove(problem, solution) if solution.converged else None
    if again is None or not again.rank[0]:
        curve = find_drag_curve(vehicle.drag_curve)
        table = drag_table(curve.mach, tuple(drag * value for value in curve.drag_coefficient))
        try:
            again = best_solution(replace(problem, drag=table), branch)
        except ImpossibleAscentError:  # too heavy to lift off
            return None
    return again.solution.payload_kg if again.rank[0] and again.shortfall is None else None


def judged(name, samples):
    """Both standard deviations of one vehicle."""
    proved, branch = nominal(name)
    numbers = list(uncertain_numbers(proved.problem.vehicle))
    drawn = np.random.default_rng(SEED).standard_normal((samples, len(numbers)))
    drawn = np.clip(drawn, -3.0, 3.0)
    found = [sampled_kg(proved, branch, numbers, deviations) for deviations in drawn]
    payloads = np.array([payload for payload in found if payload is not None])
    linear_kg = payload_spread(proved).standard_deviation_kg
    return {
        "payload_kg": round(proved.solution.payload_kg, 1),
        "linear_kg": round(linear_kg, 1),
        "sampled_kg": round(float(payloads.std(ddof=1)), 1),
        "ratio": round(float(payloads.std(ddof=1)) / linear_kg, 3),
        "mean_shift_kg": round(float(payloads.mean()) - proved.solution.payload_kg, 1),
        "numbers": len(numbers),
        "samples": len(payloads),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("vehicles", nargs="*", default=VEHICLES)
    parser.add_argument("--samples", type=int, default=200)
    asked = parser.parse_args()
    found = {name: judged(name, asked.samples) for name in asked.vehicles}
    worst = max(abs(each["ratio"] - 1.0) for each in found.values())
    print(json.dumps({"worst_disagreement_ratio": round(worst, 3), "vehicles": found}))


if __name__ == "__main__":
    main()
