"""Two Falcon 9 ascents of other codes, flown by the ascent itself.

MPOPT's with a booster that comes back, and MechJebLib's to a transfer orbit: numbers in shared
reference/ascent_benchmarks.md, sections 8 and 7.
"""

import math

import pytest

from cosmodrome.ascent.dynamics import spherical_earth
from cosmodrome.ascent.optimize import optimize_branch
from cosmodrome.ascent.problem import AscentProblem, Pad
from cosmodrome.ascent.result import AscentLimits, AscentStatus
from cosmodrome.ascent.terminal import TerminalOrbit
from cosmodrome.models.vehicle import Vehicle
from cosmodrome.physics.aerodynamics import drag_table


def number(value):
    return {"value": value, "source": "ascent_benchmarks.md"}


def unused(value):
    return {"value": value, "source": "not stated; not used by the benchmarks", "estimated": True}


def stage(name, masses_kg, thrust_n, impulse_s, **more):
    """A stage of the Falcons, of dry mass and propellant."""
    dry, propellant = masses_kg
    return {
        "name": name,
        "role": "core",
        "dry_mass_kg": number(dry),
        "propellant_mass_kg": number(propellant),
        "thrust_vacuum_n": number(thrust_n),
        "specific_impulse_vacuum_s": number(impulse_s),
        **more,
    }


def falcon(stages, area_m2, orbit, payload_kg, *, limits=(None, None), rotation_rad_s=7.29211585e-5):
    """A Falcon steered freely from Delta III's pad, on its Earth and in its air; not a fairing to drop."""
    vehicle = Vehicle(
        name="falcon-9",
        title="Falcon 9",
        height_m=unused(70.0),
        diameter_m=unused(3.7),
        gross_mass_kg=unused(5.4e5),
        fairing={"mass_kg": number(0.0), "diameter_m": unused(3.7), "length_m": unused(10.0)},
        drag_reference_area_m2=number(area_m2),
        stages=stages,
    )
    pressure, q_alpha = limits
    problem = AscentProblem(
        vehicle=vehicle,
        pad=Pad(latitude_deg=28.5, longitude_deg=0.0, altitude_m=0.0),
        orbit=orbit,
        limits=AscentLimits(pressure, q_alpha, heat_flux_w_m2=None),
        environment=spherical_earth(3.986012e14, 6378145.0, rotation_rad_s, 1.225, 7200.0),
        drag=drag_table((0.0,), (0.5,)),
        payload_kg=payload_kg,
        guided_rise=False,
    )
    return optimize_branch(problem, "ascending")


def times_s(ascent):
    """When each event happens."""
    return {event.name: event.time_s for event in ascent.events}


def with_booster_kept(argument_of_perigee_deg):
    """MPOPT's two-stage Falcon 9 without its return flight, 131.4 s of the booster's burn.

    MPOPT keeps 100327.7 kg of the booster, 22100 kg of which are dry. Its Earth does not turn, but it lets
    the vehicle move on the pad by 1e-5 m/s; here that is the Earth's turning. Its upper stage may burn down
    to 4000 kg; which of them are payload changes nothing, for the mass in orbit is what is maximized.
    """
    booster = stage(
        "booster", (22100.0, 409500.0), 9 * 934e3, 340.0,
        ignition="ground", recovery_propellant_kg=number(100327.7 - 22100.0),
    )  # fmt: skip
    upper = stage("upper", (3000.0, 103500.0), 934e3, 340.0)
    angles = (math.radians(a) for a in (28.5, 269.8, argument_of_perigee_deg))
    orbit = TerminalOrbit(6593145.0, 0.0076, *angles)
    return falcon([booster, upper], 4 * math.pi, orbit, 1000.0, rotation_rad_s=2e-12)


@pytest.mark.parametrize(("perigee_deg", "at_most"), [(130.5, 1.07), (229.5, 1.02)])
def test_the_return_costs_the_upper_stage_some_percent(perigee_deg, at_most):
    """MPOPT (after Ma et al. 2018): 16940.4 kg, of which it says that the booster also came back.

    A trajectory to a point on the ground is beyond this project, so the booster's branch is not flown. It
    is a constraint on where the stages part and nothing else: without it the mass in orbit is an upper
    bound on MPOPT's. The bound is some percent above, because the ascent need no longer be lofted for the
    booster to get back on what it keeps. MPOPT takes the argument of perigee from an arccosine, which
    does not tell 130.5 deg from 229.5; its mass lies under both.
    """
    ascent = with_booster_kept(perigee_deg)
    assert ascent.status is AscentStatus.OPTIMAL
    assert times_s(ascent)["booster burnout and separation"] == pytest.approx(131.4, abs=1e-3)
    assert 16940.4 < ascent.final_mass_kg < at_most * 16940.4


def to_transfer_orbit(pressure_kpa, q_alpha_kpa_deg):
    """MechJebLib's expendable Falcon 9 with 8300 kg to 180 x 35786 km: burn, coast, burn."""
    perigee, apogee = 6378145.0 + 180e3, 6378145.0 + 35786e3
    a, e = (perigee + apogee) / 2, (apogee - perigee) / (apogee + perigee)
    orbit = TerminalOrbit(a, e, math.radians(28.5), math.radians(270.0), math.pi)
    first = stage("stage 1", (22200.0, 410900.0), 7607e3, 310.0, ignition="ground")
    second = stage("stage 2", (4000.0, 107500.0), 934e3, 348.0, ignitions_max_count=2, coast_max_s=1300.0)
    limits = pressure_kpa, q_alpha_kpa_deg
    return falcon([first, second], math.pi * 1.85**2, orbit, 8300.0, limits=limits)


def upper_burns_s(ascent):
    """Both burns of the second stage."""
    at = times_s(ascent)
    first = at["first cut-off"] - at["stage 1 burnout and separation"]
    return first + at["insertion"] - at["second ignition"]


@pytest.mark.parametrize(
    ("limits", "coast_s", "burns_s", "total_s", "cutoff_km"),
    [
        ((None, None), 1051.8521, 379.94676, 1596.01093, 101.79666),
        ((35.0, math.degrees(2.0)), 1055.07, 381.27, 1600.57, 101.5),
    ],
    ids=["without limits", "35 kPa and 2000 Pa rad"],
)
def test_falcon_to_transfer_orbit(limits, coast_s, burns_s, total_s, cutoff_km):
    """MechJebLib's Falcon9ExpendableGTO at two times of its life.

    At commit 7dd8ae27 it asserts its numbers to 1e-3; the limit of 2000 Pa rad that it states did not act
    yet, for they are met without limits. Later, with both limits, it asserts the others to 5 %, "at the
    edge of what the SQP can handle" (trust C). Two codes with meshes of their own agree to 1e-3 on all
    times, so that is asked of both; the altitude of the first cut-off matters less to the mass: 2 %.
    """
    ascent = to_transfer_orbit(*limits)
    assert ascent.status is AscentStatus.OPTIMAL
    assert upper_burns_s(ascent) == pytest.approx(burns_s, rel=1e-3)
    assert ascent.coasts_s[0] == pytest.approx(coast_s, rel=1e-3)
    assert ascent.duration_s == pytest.approx(total_s, rel=1e-3)
    cutoff = next(event for event in ascent.events if event.name == "first cut-off")
    assert cutoff.altitude_km == pytest.approx(cutoff_km, rel=0.02)
