"""Vehicles made by hand, and the benchmark that others state."""

import importlib.util
from pathlib import Path

import pytest

from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.models.vehicle import Vehicle

ROOT = Path(__file__).parents[2]


def number(value):
    return {"value": value, "source": "test"}


@pytest.fixture(scope="session")
def stage():
    """A stage of one unit, by what it holds, its thrust and how long it burns."""

    def make(name, dry_kg, propellant_kg, thrust_n, burn_s, **more):
        impulse = thrust_n * burn_s / (propellant_kg * STANDARD_GRAVITY_M_S2)
        masses = {"dry_mass_kg": number(dry_kg), "propellant_mass_kg": number(propellant_kg)}
        engine = {"thrust_vacuum_n": number(thrust_n), "specific_impulse_vacuum_s": number(impulse)}
        quantities = {k: number(v) if k.endswith(("_kg", "_m")) else v for k, v in more.items()}
        return {"name": name, "role": "core", "diameter_m": number(2.0), **masses, **engine, **quantities}

    return make


@pytest.fixture(scope="session")
def vehicle():
    """A vehicle of stages, under a fairing of 60 kg and 2 m."""

    def make(*stages, **more):
        fairing = {"mass_kg": number(60.0), "diameter_m": number(2.0), "length_m": number(5.0)}
        sizes = {"height_m": number(30.0), "diameter_m": number(2.0), "gross_mass_kg": number(1e5)}
        return Vehicle(name="made", title="Made", fairing=fairing, stages=stages, **sizes, **more)

    return make


@pytest.fixture(scope="session")
def delta_iii():
    """The module that states the Delta III benchmark."""
    spec = importlib.util.spec_from_file_location("delta3_problem", ROOT / "benchmarks" / "delta3_problem.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
