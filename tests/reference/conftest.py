"""Tables of other authorities: CSV whose header says with which settings they were made."""

import csv
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cosmodrome.constants import DAY_S
from cosmodrome.injection import InjectionState
from cosmodrome.orbit.forces import ConstantWeather, Forces
from cosmodrome.orbit.propagate import propagate

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Their states in GCRF, and the forces that made them in the words of `Forces`."""

    epoch: datetime
    forces: Forces
    elapsed_s: np.ndarray
    position_m: np.ndarray  # (N, 3)
    velocity_m_s: np.ndarray  # (N, 3)

    def path(self, **changes):
        """Our path from their first state, under their forces but for the changes."""
        start = InjectionState(self.epoch, self.position_m[0], self.velocity_m_s[0])
        # a minute beyond: GMAT's times are some microseconds beside the full hour
        days = (self.elapsed_s[-1] + 60.0) / DAY_S
        return propagate(start, self.epoch, days, replace(self.forces, **changes))

    def misses_m(self, **changes):
        """How far our path is from each of their states, shape (N,)."""
        return self.apart_m(self.path(**changes).at(self.elapsed_s)[0])

    def apart_m(self, position_m):
        """Distances from their states, shape (N,)."""
        return np.linalg.norm(position_m - self.position_m, axis=1)

    def first_days(self, values, days):
        """Those of the first days."""
        return values[self.elapsed_s <= days * DAY_S + 1.0]


@pytest.fixture(scope="session")
def table():
    """Reads the settings of a table's header, and its rows."""

    def read(path):
        lines = (FOLDER / path).read_text().splitlines()
        settings = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
        return settings, list(csv.DictReader(line for line in lines if not line.startswith("#")))

    return read


@pytest.fixture(scope="session")
def trajectory(table):
    """Reads a table of states."""

    def read(path):
        settings, rows = table(path)
        forces = json.loads(settings["forces"])
        if "space_weather" in forces:
            forces["space_weather"] = ConstantWeather(**forces["space_weather"])
        columns = ("elapsed_s", "x_m", "y_m", "z_m", "vx_m_s", "vy_m_s", "vz_m_s")
        values = np.array([[float(row[name]) for name in columns] for row in rows])
        epoch = datetime.fromisoformat(settings["epoch_utc"]).replace(tzinfo=UTC)
        return Trajectory(epoch, Forces(**forces), values[:, 0], values[:, 1:4], values[:, 4:])

    return read
