"""What the models say of a vehicle or an orbit that cannot be: the exact sentence, and what to do."""

import pytest
from pydantic import ValidationError

from cosmodrome.catalog import find_vehicle, vehicle_names
from cosmodrome.errors import MissionFileError
from cosmodrome.missionfile import load_mission
from cosmodrome.models.target import CircularTarget, EllipticalTarget
from cosmodrome.models.vehicle import Stage, Vehicle

THRUST_HELP = "an engine thrusts; leave the thrust at sea level out where it is not known"
FINITE_HELP = "give a number, or leave the key out where it may be left out"
STEPS_HELP = "list pairs of time after ignition and throttle, in the order of time"
CURVE_HELP = "give pairs of burned fraction, ascending from 0 to 1, and thrust over the largest thrust"
ORDER_HELP = "list the stages from the pad up"


def number(value):
    return {"value": value, "source": "test"}


def stage(name="one", role="core", **more):
    described = {
        "name": name,
        "role": role,
        "dry_mass_kg": number(1e3),
        "propellant_mass_kg": number(9e3),
        "thrust_vacuum_n": number(2e5),
        "specific_impulse_vacuum_s": number(300),
    }
    return described | more


def vehicle(*stages, **more):
    return {
        "name": "trial",
        "title": "Trial",
        "height_m": number(20),
        "diameter_m": number(2),
        "gross_mass_kg": number(50e3),
        "fairing": {"mass_kg": number(100), "diameter_m": number(2), "length_m": number(5)},
        "stages": list(stages),
    } | more


def complaints(model, described):
    """Where, what is wrong, what to do."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(described)
    return [(e["loc"], e["msg"], e.get("ctx", {}).get("help", "")) for e in caught.value.errors()]


def said(model, described):
    """The one sentence and its advice."""
    ((_, message, help),) = complaints(model, described)
    return message, help


def test_the_trial_itself_is_possible():
    """So that what the other tests refuse is what they changed."""
    described = vehicle(stage())
    assert Vehicle.model_validate(described).stages[0].name == described["stages"][0]["name"]


@pytest.mark.parametrize("name", vehicle_names())
def test_every_vehicle_of_the_catalog_is_possible(name):
    assert Vehicle.model_validate(find_vehicle(name).model_dump()) == find_vehicle(name)


@pytest.mark.parametrize(
    ("key", "value", "message", "help"),
    [
        ("thrust_vacuum_n", 0, "0 N is not above 0 N", THRUST_HELP),
        ("thrust_vacuum_n", -2e5, "-200000 N is not above 0 N", THRUST_HELP),
        ("thrust_sea_level_n", 0, "0 N is not above 0 N", THRUST_HELP),
        ("thrust_vacuum_n", 0.2, "0.2 N is below 1 N", "is this in kN or kgf?"),
        ("dry_mass_kg", -1, "-1 kg is below 0 kg", "a mass cannot be negative"),
        ("dry_mass_kg", 0, "0 kg is not above 0 kg", "an empty stage still has a mass"),
        (
            "propellant_mass_kg",
            0,
            "0 kg is not above 0 kg",
            "a stage burns propellant; leave out a stage without any",
        ),
        ("residual_propellant_kg", -3, "-3 kg is below 0 kg", "a mass cannot be negative"),
        (
            "specific_impulse_vacuum_s",
            -300,
            "-300 s is not above 0 s",
            "chemical stages lie between 200 and 470 s",
        ),
        (
            "specific_impulse_vacuum_s",
            0,
            "0 s is not above 0 s",
            "chemical stages lie between 200 and 470 s",
        ),
        (
            "burn_time_s",
            -120,
            "-120 s is not above 0 s",
            "a burn takes time; leave it out where it is not published",
        ),
        (
            "burn_time_s",
            0,
            "0 s is not above 0 s",
            "a burn takes time; leave it out where it is not published",
        ),
        ("thrust_vacuum_n", float("nan"), "nan is not a finite number", FINITE_HELP),
        ("dry_mass_kg", float("inf"), "inf is not a finite number", FINITE_HELP),
        ("burn_time_s", float("-inf"), "-inf is not a finite number", FINITE_HELP),
    ],
)
def test_a_number_that_no_stage_has(key, value, message, help):
    for given in (value, number(value)):
        assert complaints(Stage, stage(**{key: given})) == [((key,), message, help)]


@pytest.mark.parametrize(
    ("model", "described"),
    [
        (Stage, stage(separation_delay_s=float("nan"))),
        (Stage, stage(throttle_steps_ratio=[(float("inf"), 0.5)])),
        (CircularTarget, {"kind": "circular", "altitude_km": float("nan"), "inclination_deg": 50}),
    ],
)
def test_a_plain_number_that_is_none(model, described):
    assert said(model, described) == ("Input should be a finite number", "")


def test_sea_level_thrust_above_vacuum_thrust():
    assert said(Stage, stage(thrust_sea_level_n=3e5)) == (
        "thrust_sea_level_n 300000 exceeds thrust_vacuum_n 200000",
        "air pressure can only take thrust away; are the two swapped?",
    )


def test_more_propellant_kept_than_loaded():
    """90 % of 9000 kg are loaded."""
    kept = {"residual_propellant_kg": 100, "recovery_propellant_kg": 8000.5, "loaded_fraction": 0.9}
    assert said(Stage, stage(**kept)) == (
        "8100.5 kg of propellant are kept, but only 8100 kg are loaded",
        "load more, or lower residual_propellant_kg, recovery_propellant_kg or recovery_delta_v_m_s",
    )
    Stage.model_validate(stage(**kept | {"recovery_propellant_kg": 7900}))


def test_both_contradictions_of_a_stage_at_once():
    (_, air, swapped), (_, kept, load) = complaints(
        Stage, stage(thrust_sea_level_n=3e5, residual_propellant_kg=9001)
    )
    assert air == "thrust_sea_level_n 300000 exceeds thrust_vacuum_n 200000"
    assert swapped == "air pressure can only take thrust away; are the two swapped?"
    assert kept == "9001 kg of propellant are kept, but only 9000 kg are loaded"
    assert load.startswith("load more")


@pytest.mark.parametrize(
    ("steps", "messages"),
    [
        ([(40, 0.8), (30, 0.6)], ["step 2 at 30 s does not come after the 40 s before it"]),
        ([(40, 0.8), (40, 0.6)], ["step 2 at 40 s does not come after the 40 s before it"]),
        ([(-5, 0.8)], ["step 1 at -5 s lies before ignition"]),
        ([(5, 0)], ["step 1 has a throttle of 0, expected above 0 and at most 1.2"]),
        (
            [(5, 80), (3, 0.8)],
            [
                "step 1 has a throttle of 80, expected above 0 and at most 1.2",
                "step 2 at 3 s does not come after the 5 s before it",
            ],
        ),
    ],
)
def test_throttle_steps_out_of_order(steps, messages):
    assert complaints(Stage, stage(throttle_steps_ratio=steps)) == [
        (("throttle_steps_ratio",), message, STEPS_HELP) for message in messages
    ]


@pytest.mark.parametrize(
    ("curve", "message"),
    [
        ([(0, 1)], "expected a curve of at least 2 points, given 1"),
        ([], "expected a curve of at least 2 points, given 0"),
        ([(0.1, 1), (1, 1)], "the curve begins at a burned fraction of 0.1, expected 0"),
        ([(0, 1), (0.9, 1)], "the curve ends at a burned fraction of 0.9, expected 1"),
        (
            [(0, 1), (0.6, 1), (0.5, 1), (1, 1)],
            "burned fraction 0.5 of point 3 is not above the 0.6 before it",
        ),
        ([(0, 0), (1, 1)], "point 1 has a thrust of 0, expected above 0"),
        ([(0, 1), (0.5, -0.2), (1, 1)], "point 2 has a thrust of -0.2, expected above 0"),
        ([(0, 1), (1, -0.1)], "point 2 has a thrust of -0.1, expected above 0"),
        (
            [(0.1, 0), (1, 1)],
            "the curve begins at a burned fraction of 0.1, expected 0; "
            "point 1 has a thrust of 0, expected above 0",
        ),
    ],
)
def test_a_thrust_curve_that_no_motor_has(curve, message):
    assert complaints(Stage, stage(thrust_curve_ratio=curve)) == [
        (("thrust_curve_ratio",), one, CURVE_HELP) for one in message.split("; ")
    ]


def test_steps_and_curves_that_are_in_order():
    steps, curve = ((0.0, 1.0), (40.0, 0.7)), ((0.0, 0.8), (0.7, 1.0), (1.0, 0.0))
    good = Stage.model_validate(stage(throttle_steps_ratio=steps, thrust_curve_ratio=curve))
    assert (good.throttle_steps_ratio, good.thrust_curve_ratio) == (steps, curve)


def test_boosters_above_the_last_core():
    side = stage("side", "booster")
    assert said(Vehicle, vehicle(stage(), side)) == (
        "the last stage 'side' is a booster without a core stage after it",
        "list boosters before the core they burn with",
    )


def test_a_core_above_an_upper_stage():
    assert said(Vehicle, vehicle(stage("kick", "upper"), stage("one"))) == (
        "core stage 'one' stands above upper stage 'kick'",
        ORDER_HELP,
    )


def test_stages_listed_from_the_top():
    assert said(Vehicle, vehicle(stage("two"), stage("one", ignition="ground"))) == (
        "stage 'one' is lit on the ground, but stands above 'two'",
        ORDER_HELP,
    )


def test_propellant_above_the_gross_mass():
    side = stage("side", "booster", count=4)
    assert said(Vehicle, vehicle(side, stage(), gross_mass_kg=44.9e3)) == (
        "the stages hold 45000 kg of propellant, more than gross_mass_kg 44900",
        "the masses of a stage are those of one unit; is one of them in g or t?",
    )
    Vehicle.model_validate(vehicle(side, stage(), gross_mass_kg=45.1e3))


def test_order_and_mass_at_once():
    told = complaints(Vehicle, vehicle(stage("two"), stage("one", ignition="ground"), gross_mass_kg=1e4))
    assert [message for _, message, _ in told] == [
        "stage 'one' is lit on the ground, but stands above 'two'",
        "the stages hold 18000 kg of propellant, more than gross_mass_kg 10000",
    ]


@pytest.mark.parametrize(
    ("altitude_km", "message", "help"),
    [
        (
            -50,
            "-50 km is below the Earth's surface",
            "give the altitude above 6378.137 km; an orbit's perigee lies at least 120 km up",
        ),
        (
            80,
            "80 km is below 120 km",
            "below 120 km the air ends an orbit within a revolution; altitudes are in km",
        ),
        (
            0,
            "0 km is below 120 km",
            "below 120 km the air ends an orbit within a revolution; altitudes are in km",
        ),
    ],
)
def test_an_orbit_too_low(altitude_km, message, help):
    elliptical = {"kind": "elliptical", "apogee_altitude_km": 300, "inclination_deg": 50}
    described = elliptical | {"perigee_altitude_km": altitude_km}
    assert complaints(EllipticalTarget, described) == [(("perigee_altitude_km",), message, help)]


def test_a_perigee_above_the_apogee():
    described = {"kind": "elliptical", "perigee_altitude_km": 400, "apogee_altitude_km": 300}
    assert said(EllipticalTarget, described | {"inclination_deg": 50}) == (
        "perigee_altitude_km 400 is above apogee_altitude_km 300",
        "swap the two",
    )


def test_as_a_person_reads_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "m.toml").write_text(
        'name = "t"\nsite = "vostochny"\n[vehicle]\ncatalog = "angara-1.2"\ngross_mass_kg = nan\n'
        'fairing.mass_kg = -1\n[target]\nkind = "circular"\naltitude_km = -50\ninclination_deg = nan\n'
    )
    with pytest.raises(MissionFileError) as caught:
        load_mission("m.toml")
    assert str(caught.value) == (
        "error: gross_mass_kg: nan is not a finite number\n"
        " --> m.toml:5:17\n"
        "  |\n"
        "5 | gross_mass_kg = nan\n"
        "  |                 ^^^ in [vehicle]\n"
        f"  = help: {FINITE_HELP}\n"
        "\n"
        "error: mass_kg: -1 kg is below 0 kg\n"
        " --> m.toml:6:19\n"
        "  |\n"
        "6 | fairing.mass_kg = -1\n"
        "  |                   ^^ in [vehicle.fairing]\n"
        "  = help: a mass cannot be negative\n"
        "\n"
        "error: altitude_km: -50 km is below the Earth's surface\n"
        " --> m.toml:9:15\n"
        "  |\n"
        "9 | altitude_km = -50\n"
        "  |               ^^^ in [target]\n"
        "  = help: give the altitude above 6378.137 km; an orbit's perigee lies at least 120 km up\n"
        "\n"
        "error: inclination_deg must be a finite number, given the number nan\n"
        "  --> m.toml:10:19\n"
        "   |\n"
        "10 | inclination_deg = nan\n"
        "   |                   ^^^ in [target]\n"
        "\n"
        "4 errors; nothing was computed."
    )


STAGED = """name = "t"
site = "vostochny"
[vehicle]
name = "v"
title = "V"
height_m = 20
diameter_m = 2
gross_mass_kg = 40e3
fairing = { mass_kg = 100, diameter_m = 2, length_m = 5 }
[[vehicle.stages]]
name = "one"
role = "core"
dry_mass_kg = 1e3
propellant_mass_kg = 9e3
thrust_vacuum_n = 2e5
specific_impulse_vacuum_s = 300
[target]
kind = "circular"
altitude_km = 200
inclination_deg = 52
"""


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        (
            "= 9e3",
            "= 9e3\nresidual_propellant_kg = 9500",
            "9500 kg of propellant are kept, but only 9000 kg are loaded",
            10,
        ),
        (
            "= 9e3",
            "= 9e3\nthrottle_steps_ratio = [[9, 0.8], [8, 0.7]]",
            "throttle_steps_ratio: step 2 at 8 s does not come after the 9 s before it",
            15,
        ),
        (
            "40e3",
            "40",
            "the stages hold 9000 kg of propellant, more than gross_mass_kg 40",
            3,
        ),
    ],
)
def test_where_the_file_is_marked(old, new, message, line, tmp_path):
    (tmp_path / "m.toml").write_text(STAGED.replace(old, new))
    with pytest.raises(MissionFileError) as caught:
        load_mission(tmp_path / "m.toml")
    assert [(p.message, p.line) for p in caught.value.problems] == [(message, line)]
