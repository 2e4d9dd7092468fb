"""Orekit 13.1.9 as the judge of the Sun's incidence on faces: a body held to nadir, over one orbit.

The table is made by benchmarks/peers/orekit_incidence.py. 0.1 deg is what issue 6 asks for; ours leaves out
the parallax of the Sun, 0.003 deg.
"""

import csv
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from cosmodrome.orbit.surfaces import Face, Surfaces, body_axes
from cosmodrome.physics.sun import sun_direction_and_distance_m

EPOCH = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def table():
    lines = (Path(__file__).parent / "orekit" / "incidence.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return {name: np.array([float(row[name]) for row in rows]) for name in rows[0]}


def columns(table, *names):
    return np.column_stack([table[name] for name in names])


def test_the_sun_in_body_axes(table):
    position = columns(table, "x_m", "y_m", "z_m")
    velocity = columns(table, "vx_m_s", "vy_m_s", "vz_m_s")
    sun, _ = sun_direction_and_distance_m(EPOCH, table["elapsed_s"])
    ours = np.einsum("nij,nj->ni", body_axes("nadir", position, velocity, sun), sun)
    theirs = columns(table, "sun_x", "sun_y", "sun_z")
    apart = np.degrees(np.arccos(np.clip(np.sum(ours * theirs, axis=1), -1.0, 1.0)))
    assert len(apart) == 49
    assert apart.max() < 0.1


def test_the_area_that_a_face_shows(table):
    """A square meter that looks forward and up: what Orekit's Sun meets of it, to 0.1 deg."""
    tilted = (1.0, 0.0, -1.0)
    position = columns(table, "x_m", "y_m", "z_m")
    velocity = columns(table, "vx_m_s", "vy_m_s", "vz_m_s")
    sun, _ = sun_direction_and_distance_m(EPOCH, table["elapsed_s"])
    _, ours = Surfaces((Face(1.0, tilted),), "nadir").areas_m2(position, velocity, sun)
    theirs = np.maximum(columns(table, "sun_x", "sun_y", "sun_z") @ np.array(tilted) / np.sqrt(2.0), 0.0)
    assert np.abs(ours - theirs).max() < np.radians(0.1)
    assert theirs.max() > 0.8
    assert (theirs == 0.0).any()
