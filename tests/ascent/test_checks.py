"""What is said of an ascent that cannot be flown: the exact sentence, its number from a hand calculation."""

import math
import pickle
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cosmodrome.ascent.checks import reject_impossible
from cosmodrome.ascent.problem import AscentProblem, ascent_problem
from cosmodrome.ascent.result import AscentLimits
from cosmodrome.ascent.terminal import TerminalOrbit
from cosmodrome.catalog import find_site, find_vehicle, site_names, vehicle_names
from cosmodrome.errors import CosmodromeError, ImpossibleAscentError
from cosmodrome.models.target import CircularTarget
from cosmodrome.models.vehicle import Vehicle

G0 = 9.80665
PAYLOAD = "payload_kg is -5 kg, expected 0 kg or more; leave it out to have the payload maximized"
SITES = {  # where the catalog states no payload figure
    "cz-2d": "jiuquan",
    "delta-ii-7920": "ccsfs",
    "firefly-alpha": "vandenberg",
    "h-iia-202": "tanegashima",
    "minotaur-i": "vandenberg",
    "rokot": "plesetsk",
    "vega": "kourou",
}


def number(value):
    return {"value": value, "source": "test"}


def stage(name, role="core", *, masses_kg=(10e3, 90e3), thrust_n=2e6, **more):
    """90 t of propellant at 300 s and 2 MN burn for 90e3 * 300 * g0 / 2e6 = 132.4 s."""
    described = {
        "name": name,
        "role": role,
        "dry_mass_kg": number(masses_kg[0]),
        "propellant_mass_kg": number(masses_kg[1]),
        "thrust_vacuum_n": number(thrust_n),
        "specific_impulse_vacuum_s": number(300.0),
        "ignition": "ground" if name == "one" else "series",
    }
    return described | more


UPPER = stage("two", masses_kg=(2e3, 18e3), thrust_n=2e5)


def vehicle(*stages, **more):
    """100 t and 20 t stages under a fairing of 1 t: 121 t on the pad, 1186.6 kN."""
    return Vehicle.model_validate(
        {
            "name": "trial",
            "title": "Trial",
            "height_m": number(40.0),
            "diameter_m": number(3.0),
            "gross_mass_kg": number(1e6),
            "fairing": {"mass_kg": number(1e3), "diameter_m": number(3.0), "length_m": number(9.0)},
            "stages": list(stages or (stage("one"), UPPER)),
        }
        | more
    )


def problem(flown=None, payload_kg=None, site="mahia", **changes) -> AscentProblem:
    target = CircularTarget(kind="circular", altitude_km=300, inclination_deg=63)
    return replace(ascent_problem(flown or vehicle(), find_site(site), target, payload_kg), **changes)


def findings(stated):
    """What makes it impossible; nothing if it may fly."""
    try:
        reject_impossible(stated)
    except ImpossibleAscentError as error:
        return error.findings
    return ()


def home_of(name):
    """Where the first payload figure is for."""
    figures = [f.site for f in find_vehicle(name).payload_figures if f.site in site_names()]
    return figures[0] if figures else SITES[name]


@pytest.mark.parametrize("name", vehicle_names())
def test_every_vehicle_of_the_catalog_may_fly_from_home(name):
    site = find_site(home_of(name))
    inclination = max(abs(site.latitude_deg.value), 30.0)
    target = CircularTarget(kind="circular", altitude_km=300, inclination_deg=inclination)
    assert findings(ascent_problem(find_vehicle(name), site, target)) == ()


def test_the_stated_benchmark_may_fly():
    sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
    try:
        from delta3_problem import delta_iii_problem
    finally:
        sys.path.pop(0)
    assert findings(delta_iii_problem()) == ()


def test_everything_at_once_as_a_person_reads_it():
    orbit = TerminalOrbit(6.3e6, 0.0, 1.0)
    with pytest.raises(CosmodromeError) as caught:
        reject_impossible(problem(payload_kg=-5.0, orbit=orbit))
    assert str(caught.value) == (
        "error: the orbit's perigee lies 78.1 km below the Earth's surface, expected above the equatorial "
        "radius of 6378.1 km; raise the perigee\n"
        f"error: {PAYLOAD}\n"
        "\n"
        "2 errors; nothing was computed."
    )


def test_it_travels_between_processes():
    error = ImpossibleAscentError("one thing", "another")
    again = pickle.loads(pickle.dumps(error))
    assert again.findings == ("one thing", "another")
    assert str(again) == str(error)


# Thrust against weight


def test_too_little_thrust():
    """1.1 MN against (100 + 20 + 1) t * g0 = 1186.6 kN: 0.927."""
    weak = vehicle(stage("one", thrust_n=1.1e6), UPPER)
    assert findings(problem(weak)) == (
        "thrust-to-weight at lift-off is 0.92, expected above 1: 'one' thrusts 1100.0 kN at the pad against "
        "a weight of 1186.6 kN without payload; raise the thrust, light more stages on the ground, or take "
        "mass off",
    )


def test_too_much_payload():
    """2 MN against (121 + 90) t * g0 = 2069.2 kN: 0.967."""
    assert findings(problem(payload_kg=90e3)) == (
        "thrust-to-weight at lift-off is 0.96, expected above 1: 'one' thrusts 2000.0 kN at the pad against "
        "a weight of 2069.2 kN with 90000 kg of payload; raise the thrust, light more stages on the ground, "
        "or take mass off",
    )


@pytest.mark.parametrize(("vacuum_n", "lifts"), [(1.19e6, True), (1.186e6, False)])
def test_one_is_the_bound(vacuum_n, lifts):
    stated = problem(vehicle(stage("one", thrust_n=vacuum_n), UPPER))
    if lifts:
        reject_impossible(stated)
    else:
        assert "is 0.99, expected above 1" in findings(stated)[0]  # not 1.00, which would contradict itself


def test_thrust_is_taken_against_the_air_of_the_pad():
    """1.25 MN in vacuum, 1.15 MN at sea level; at Xichang's 1825 m the air has 81.2 kPa (table I)."""
    nozzle = vehicle(stage("one", thrust_n=1.25e6, thrust_sea_level_n=number(1.15e6)), UPPER)
    assert "is 0.96, expected above 1: 'one' thrusts 1150.5 kN" in findings(problem(nozzle))[0]  # at 40 m
    at_xichang_n = 1.25e6 - 1e5 * 81.2 / 101.325
    assert f"thrusts {at_xichang_n / 1e3:.0f}" in findings(problem(nozzle, site="xichang"))[0]


def test_boosters_and_adapters_count():
    """A core at 30 % and two boosters of 1 MN: 2.6 MN against (100 + 200 + 20 + 1 + 1) t."""
    core = stage("one", throttle_with_boosters_ratio=0.3)
    side = stage("side", "booster", thrust_n=1e6, count=2, ignition="ground")
    heavy = vehicle(side, core, UPPER, adapter_mass_kg=number(1e3))
    assert findings(problem(heavy)) == (
        f"thrust-to-weight at lift-off is 0.82, expected above 1: 'side + one' thrusts 2600.0 kN at the pad "
        f"against a weight of {322 * G0:.1f} kN without payload; raise the thrust, light more stages on the "
        f"ground, or take mass off",
    )


def test_a_solid_motor_is_judged_by_the_thrust_it_begins_with():
    """A thrust that rises evenly from 0.2 to 1 is a third of its mean at first, not enough for 1.69 of it."""
    rising = vehicle(stage("one", thrust_curve_ratio=[(0.0, 0.2), (1.0, 1.0)]), UPPER)
    assert "thrust-to-weight at lift-off is 0." in findings(problem(rising))[0]
    level = vehicle(stage("one", thrust_curve_ratio=[(0.0, 0.9), (1.0, 0.9)]), UPPER)
    reject_impossible(problem(level))


def test_nothing_lit():
    waits = vehicle(stage("one", ignition="air", ignition_time_s=5.0), UPPER)
    assert findings(problem(waits)) == (
        "nothing is lit at lift-off, expected thrust above the weight of 1186.6 kN without payload; give a "
        "stage ignition = 'ground', or take its ignition_time_s away",
    )


def test_a_carrier_may_drop_what_cannot_lift_itself():
    carrier = {"altitude_m": number(11890.0), "speed_m_s": number(240.0)}
    weak = vehicle(stage("one", thrust_n=1.1e6), UPPER, air_launch=carrier)
    assert findings(problem(weak)) == ()


# Stages


def test_a_stage_that_keeps_all_its_propellant():
    idle = vehicle(stage("one"), UPPER | {"residual_propellant_kg": number(18e3)})
    assert findings(problem(idle)) == (
        "stage 'two' never burns: of 18000 kg of propellant loaded 18000 kg are kept; load more or keep less",
    )


def test_a_copy_with_a_number_that_is_none():
    """Copies of models are not validated."""
    good = vehicle()
    thrust = good.stages[0].thrust_vacuum_n.model_copy(update={"value": math.nan})
    stages = (good.stages[0].model_copy(update={"thrust_vacuum_n": thrust}), good.stages[1])
    assert findings(problem(good.model_copy(update={"stages": stages}))) == (
        "stage 'one' has a thrust_vacuum_n of nan, expected above 0; give one unit's number",
    )


def test_a_booster_lit_after_its_core():
    late = stage("side", "booster", ignition="air", ignition_time_s=140.0)
    assert findings(problem(vehicle(late, stage("one", thrust_n=3e6), UPPER))) == (
        "booster 'side' lights 140 s after lift-off, but its core 'one' burns out at 88.3 s; lower its "
        "ignition_time_s",
    )


def test_a_core_lit_after_its_boosters():
    side = stage("side", "booster", thrust_n=3e6, ignition="ground")
    late = stage("one", ignition="air", ignition_time_s=100.0)
    assert findings(problem(vehicle(side, late, UPPER))) == (
        "stage 'one' lights 100 s after lift-off, but everything beside it burns out at 88.3 s; lower its "
        "ignition_time_s",
    )
    reject_impossible(problem(vehicle(side, late | {"ignition_time_s": 80.0}, UPPER)))


def test_a_time_of_ignition_where_nothing_else_burns():
    alone = UPPER | {"ignition": "air", "ignition_time_s": 20.0}
    assert findings(problem(vehicle(stage("one"), alone))) == (
        "stage 'two' has an ignition_time_s of 20 s, but nothing burns beside it; give it an "
        "ignition_delay_s instead",
    )


# Orbit


@pytest.mark.parametrize(
    ("orbit", "sentence"),
    [
        (
            TerminalOrbit(math.nan, 0.0, 1.0),
            "the orbit's semi_major_axis_m is nan, expected a finite number; give one",
        ),
        (
            TerminalOrbit(6.7e6, math.inf, 1.0),
            "the orbit's eccentricity is inf, expected a finite number; give one",
        ),
        (
            TerminalOrbit(6.7e6, 0.0, 51.6),
            "the orbit's inclination_rad is 51.6 rad, expected 0 to 3.1416 rad; is it in degrees?",
        ),
        (
            TerminalOrbit(6.7e6, -0.1, 1.0),
            "the orbit's eccentricity is -0.1, expected 0 or more; give 0 for a circle, less than 1 for an "
            "ellipse",
        ),
        (
            TerminalOrbit(6.7e6, 1.2, 1.0),
            "the orbit's semi-major axis of 6700 km contradicts its eccentricity of 1.2; give a positive "
            "axis to an eccentricity below 1, a negative one to an eccentricity above 1",
        ),
        (
            TerminalOrbit(7e6, 0.1, 1.0),
            "the orbit's perigee lies 78.1 km below the Earth's surface, expected above the equatorial "
            "radius of 6378.1 km; raise the perigee",
        ),
    ],
)
def test_an_orbit_that_is_none(orbit, sentence):
    assert findings(problem(orbit=orbit)) == (sentence,)


@pytest.mark.parametrize("angle", ["inclination_rad", "raan_rad", "argument_of_perigee_rad"])
def test_an_angle_that_is_none(angle):
    orbit = replace(TerminalOrbit(6.7e6, 0.0, 1.0), **{angle: math.nan})
    sentence = f"the orbit's {angle} is nan, expected a finite number; give one, or None where it is free"
    assert findings(problem(orbit=orbit)) == (sentence,)


@pytest.mark.parametrize("inclination_rad", [None, 0.0, math.pi])
def test_a_hyperbola_and_free_or_extreme_planes_are_orbits(inclination_rad):
    assert findings(problem(orbit=TerminalOrbit(-39.86e6, 1.1647, inclination_rad))) == ()


# Pad, payload, limits


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"latitude_deg": math.nan}, "the pad's latitude_deg is nan, expected a finite number; give one"),
        ({"altitude_m": math.inf}, "the pad's altitude_m is inf, expected a finite number; give one"),
        (
            {"azimuth_sector_deg": (90.0, math.nan)},
            "the pad's azimuth_sector_deg is 90.0 to nan deg, expected finite numbers; give two, or None "
            "where every azimuth is open",
        ),
        (
            {"azimuth_sector_deg": (90.0, 90.0)},
            "the pad's azimuth sector runs from 90 to 90 deg and is empty, expected a width above 0 deg; "
            "give 0 to 360 deg to open every azimuth",
        ),
    ],
)
def test_a_pad_that_is_none(changes, sentence):
    stated = problem()
    assert findings(replace(stated, pad=replace(stated.pad, **changes))) == (sentence,)


def test_a_carrier_below_the_ground():
    carrier = {"altitude_m": number(1000.0), "speed_m_s": number(240.0)}
    assert findings(problem(vehicle(air_launch=carrier), site="xichang")) == (
        "the carrier lets go at 1000 m, below the ground at 1825 m; raise air_launch.altitude_m",
    )


def test_a_drop_area_is_not_the_ground():
    """The catalog's drop areas have the altitude of the drop."""
    carrier = {"altitude_m": number(11000.0), "speed_m_s": number(240.0)}
    assert findings(problem(vehicle(air_launch=carrier), site="pegasus-drop-wff")) == ()


@pytest.mark.parametrize(("payload_kg", "shown"), [(-5.0, "-5"), (math.nan, "nan"), (math.inf, "inf")])
def test_a_payload_that_is_none(payload_kg, shown):
    assert findings(problem(payload_kg=payload_kg)) == (PAYLOAD.replace("-5", shown),)


@pytest.mark.parametrize(
    ("limits", "sentence"),
    [
        (
            AscentLimits(dynamic_pressure_kpa=0.0),
            "the limit dynamic_pressure_kpa is 0 kPa, expected above 0 kPa; give None where there is no "
            "limit",
        ),
        (
            AscentLimits(q_alpha_kpa_deg=-1.0),
            "the limit q_alpha_kpa_deg is -1 kPa deg, expected above 0 kPa deg; give None where there is no "
            "limit",
        ),
        (
            AscentLimits(heat_flux_w_m2=math.nan),
            "the limit heat_flux_w_m2 is nan W/m2, expected above 0 W/m2; give None where there is no limit",
        ),
        (
            AscentLimits(axial_acceleration_g=-2.0),
            "the limit axial_acceleration_g is -2 g, expected above 0 g; give None where there is no limit",
        ),
        (
            AscentLimits(axial_acceleration_g=0.8),
            "the limit axial_acceleration_g is 0.8 g, expected above 1 g: with less nothing leaves the pad; "
            "raise the limit",
        ),
        (  # 2000 / 1186.6 = 1.685
            AscentLimits(axial_acceleration_g=1.5),
            "the limit axial_acceleration_g is 1.5 g, but 'one' reaches 1.69 g without payload as soon as it "
            "is lit, at its lowest throttle of 1; raise the limit or lower throttle_min_ratio",
        ),
    ],
)
def test_limits_that_nothing_keeps(limits, sentence):
    assert findings(problem(limits=limits)) == (sentence,)


def test_an_engine_that_throttles_keeps_the_limit():
    """0.8 * 1.685 = 1.35."""
    able = vehicle(stage("one", throttle_min_ratio=0.8), UPPER)
    reject_impossible(problem(able, limits=AscentLimits(axial_acceleration_g=1.5)))
    assert "reaches 1.35 g" in findings(problem(able, limits=AscentLimits(axial_acceleration_g=1.3)))[0]


def test_a_payload_weighs_on_the_acceleration():
    """2000 kN on 141 t: 1.446 g."""
    reject_impossible(problem(payload_kg=20e3, limits=AscentLimits(axial_acceleration_g=1.5)))
    low = AscentLimits(axial_acceleration_g=1.4)
    assert "1.45 g with 20000 kg of payload" in findings(problem(payload_kg=20e3, limits=low))[0]
