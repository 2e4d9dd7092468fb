"""Footprints are kept in declared zones and off protected areas, or the notes say by how far they are not."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from cosmodrome.ascent import nodes
from cosmodrome.ascent.capability import optimize_ascent
from cosmodrome.ascent.drop_zones import _clearance, _room, with_drop_zones
from cosmodrome.ascent.dynamics import earth
from cosmodrome.ascent.footprint import (
    DropZone,
    Footprint,
    ground_ellipse,
    spent_stage_footprints,
    zone_findings,
)
from cosmodrome.ascent.optimize import best_solution
from cosmodrome.ascent.partials import payload_partials
from cosmodrome.ascent.problem import ascent_problem
from cosmodrome.ascent.result import AscentStatus
from cosmodrome.ascent.solve import structure_of
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M as RADIUS
from cosmodrome.constants import EARTH_FLATTENING
from cosmodrome.models.target import CircularTarget

DECLARED, PROTECTED = "declared drop zone", "protected area"
CASE = (
    find_vehicle("angara-1.2"),
    find_site("vostochny"),
    CircularTarget(kind="circular", altitude_km=200, inclination_deg=51.7),
)


def footprints(ascent):
    """The fall with air, anew from the ascent that was returned."""
    site = CASE[1]
    return spent_stage_footprints(
        ascent.jettisoned,
        earth(),
        pad_latitude_deg=site.latitude_deg.value,
        pad_longitude_deg=site.longitude_deg.value,
    )


def zone(kind, footprint, along_km, across_km=0.0, /, **given):
    """A zone centered this far from a footprint, along and to the left of its fall, turned as it is."""
    fallen = ground_ellipse(footprint)
    left = np.cross(fallen.center_direction, fallen.along_direction)
    away = 1e3 / RADIUS * (along_km * fallen.along_direction + across_km * left)
    x, y, z = fallen.center_direction + away
    latitude = math.degrees(math.atan2(z, math.hypot(x, y) * (1 - EARTH_FLATTENING) ** 2))
    values = {"name": "Zone", "azimuth_deg": footprint.azimuth_deg} | given
    return DropZone(kind=kind, latitude_deg=latitude, longitude_deg=math.degrees(math.atan2(y, x)), **values)


@pytest.fixture(scope="module")
def free():
    return best_solution(ascent_problem(*CASE), "ascending")


@pytest.fixture(scope="module")
def fallen(free):
    return footprints(free.ascent("ascending"))


def held(free, *zones):
    return with_drop_zones(replace(free, problem=replace(free.problem, drop_zones=zones)), "ascending")


def elsewhere(fallen):
    """A zone for the fairing, beyond all that are for the stage."""
    return zone(DECLARED, fallen[1], 100, along_km=150, across_km=80, name="Fairing")


@pytest.fixture(scope="module", params=[-150, 80, 120])
def moved(request, free, fallen):
    """60 km across; short of the free footprint the ellipse is longer, as the stage falls from higher."""
    size = {"along_km": 45 if request.param < 0 else 30, "across_km": 30}
    zones = (zone(DECLARED, fallen[0], request.param, **size), elsewhere(fallen))
    return zones, held(free, *zones)


def test_a_stage_is_moved_into_its_zone(moved, free):
    zones, proved = moved
    ascent = proved.ascent("ascending")
    found = zone_findings(footprints(ascent), zones)
    assert ascent.status is AscentStatus.OPTIMAL
    assert [(f.body, f.zone, f.holds) for f in found] == [
        ("URM-1", "Zone", True),
        ("fairing", "Fairing", True),
    ]
    assert found[0].distance_km < 5.0  # no farther in than it must be
    assert 20 < free.solution.payload_kg - ascent.payload_kg < 800
    cost = re.search(r"costs ([\d.]+) kg of payload", ascent.notes[-1])
    assert float(cost[1]) == pytest.approx(free.solution.payload_kg - ascent.payload_kg, abs=0.06)
    assert found[0].sentence in ascent.notes


def test_what_a_held_zone_is_worth_can_be_differentiated(moved):
    """One kilogram of last-stage dry mass still costs about one of payload."""
    partials = {(p.stage, p.quantity): p.change_kg for p in payload_partials(moved[1])}
    last = CASE[0].stages[-1].name
    assert partials[last, "dry mass"] == pytest.approx(-1.0, abs=0.02)


@pytest.mark.parametrize(("along_km", "across_km"), [(0, 0), (15, 5)])
def test_a_stage_is_moved_off_a_protected_area(along_km, across_km, free, fallen):
    area = zone(PROTECTED, fallen[0], along_km, across_km, along_km=30)
    proved = held(free, area)
    found = zone_findings(footprints(proved.ascent("ascending")), [area])
    assert all(f.holds for f in found)
    assert found[0].distance_km < 4.0
    assert 0.1 < free.solution.payload_kg - proved.solution.payload_kg < 20  # it goes by the side
    assert proved.rank[0]


def test_a_zone_out_of_reach_is_told_and_not_claimed(fallen):
    far = zone(DECLARED, fallen[0], 1500, along_km=30, name="Far")
    ascent = optimize_ascent(*CASE, drop_zones=(far,))
    assert ascent.status is AscentStatus.OPTIMAL
    told = re.match(r"URM-1 reaches (\d+)\.\d km outside Far: nothing was tried", ascent.notes[0])
    assert 1400 < float(told[1]) < 1530
    assert ascent.notes[0].endswith("The payload is of an ascent that does not keep it.")
    assert not any("costs" in note for note in ascent.notes)


def test_a_zone_is_given_up_and_the_others_held(free, fallen):
    """Both declared zones lie in the middle of a protected area."""
    near = zone(DECLARED, fallen[0], 60, along_km=40, across_km=30, name="Near")
    ocean = zone(PROTECTED, fallen[0], 60, along_km=440, name="Ocean")
    proved = held(free, near, elsewhere(fallen), ocean)
    findings = zone_findings(footprints(proved.ascent("ascending")), [near, elsewhere(fallen), ocean])
    assert {(f.body, f.zone): f.holds for f in findings} == {
        ("URM-1", "Near"): True, ("URM-1", "Ocean"): False,
        ("fairing", "Fairing"): True, ("fairing", "Ocean"): False,
    }  # fmt: skip
    assert proved.rank[0]
    lost = [note for note in proved.notes if "does not keep it" in note]
    assert [note[: note.index(":")] for note in lost] == [f.sentence[:-1] for f in findings if not f.holds]


def test_a_zone_smaller_than_the_footprint_holds_its_center(free, fallen):
    small = zone(DECLARED, fallen[0], -50, along_km=12)
    proved = held(free, small, elsewhere(fallen))
    here = footprints(proved.ascent("ascending"))[0]
    assert ground_ellipse(small).contains(ground_ellipse(here).center_direction[:, None])[0]
    assert any("too small for the footprint's ellipse" in note for note in proved.notes)


def test_zones_that_are_kept_anyway_change_nothing(free, fallen):
    wide = tuple(zone(DECLARED, f, 0, along_km=100, name=f"{f.name} zone") for f in fallen)
    proved = held(free, *wide)
    assert proved.solution is free.solution
    assert [note.split(" falls inside")[0] for note in proved.notes] == ["URM-1", "fairing"]


def test_without_zones_nothing_is_added(free):
    structure = structure_of(free.problem, free.solution.plan)
    assert structure.zones == ()
    again = best_solution(replace(free.problem, drop_zones=()), "ascending")
    assert np.array_equal(again.solution.variables, free.solution.variables)
    assert again.notes == ()


def test_the_zone_function_is_derived_right():
    """Against central differences, and the value in a case made by hand."""
    function = nodes.zone_reach(earth(), 3)
    z = np.array([1.005, 0.08, 0.02, 0.06, 0.45, 0.05, 0.02, 0.1, 0.08])
    p = np.array([-8.0, 90.0, 20.0, 15.0, -30.0, 110.0, 30.0, 5.0, 0.998])
    jacobian = np.zeros((1, len(z)))
    np.add.at(jacobian, function.jacobian_entries, np.asarray(function.jacobian(z, p, [])).ravel())
    hessian = np.zeros((len(z), len(z)))
    np.add.at(hessian, function.hessian_entries, np.asarray(function.hessian(z, p, [], [1.0])).ravel())
    hessian = hessian + np.triu(hessian, 1).T
    step = 1e-6
    value = [[float(function.value(z + s * step * e, p, [])) for s in (1, -1)] for e in np.eye(len(z))]
    differences = np.array([(after - before) / (2 * step) for after, before in value])
    assert jacobian[0] == pytest.approx(differences, rel=1e-6, abs=1e-6 * np.abs(differences).max())

    def slope(at):
        row = np.zeros((1, len(z)))
        np.add.at(row, function.jacobian_entries, np.asarray(function.jacobian(at, p, [])).ravel())
        return row[0]

    bends = np.array([(slope(z + step * e) - slope(z - step * e)) / (2 * step) for e in np.eye(len(z))])
    assert hessian == pytest.approx(bends, abs=1e-6 * np.abs(bends).max())


@pytest.mark.parametrize("azimuth_deg", [0.0, 35.0, 90.0])
def test_room_and_clearance_are_safe(azimuth_deg):
    """A footprint put anywhere on the edge of the room is inside; on that of the clearance, outside."""
    blank = {"name": "core", "count": 1, "status": None, "drag": None}
    here = Footprint(
        **blank, latitude_deg=0.0, longitude_deg=0.0, azimuth_deg=azimuth_deg, along_km=26.0, across_km=10.0
    )
    area = DropZone(name="a", kind=DECLARED, latitude_deg=0, longitude_deg=0, along_km=60, across_km=35)
    for shape, kind in (
        (_room(here, area), DECLARED),
        (_clearance(here, area, np.array([0.6, 0.8])), PROTECTED),
    ):
        root = np.linalg.cholesky(shape)
        for angle in np.linspace(0, 2 * np.pi, 13):
            north, west = root @ (np.cos(angle), np.sin(angle)) / RADIUS  # across is to the left of along
            there = replace(
                here,
                latitude_deg=math.degrees(north) / (1 - EARTH_FLATTENING) ** 2,
                longitude_deg=-math.degrees(west),
            )
            (found,) = zone_findings([there], [area.model_copy(update={"kind": kind})])
            assert found.holds, (angle, found.sentence)
