"""What `cosmodrome explain` prints is enough to work every check out again, with a calculator and no code."""

import importlib
import inspect
import math
import re
from pathlib import Path

import pytest

from cosmodrome.analysis import analyze
from cosmodrome.missionfile import load_mission
from cosmodrome.outputs.explain_text import explanation

MISSIONS = sorted(Path(__file__).parents[2].joinpath("missions").glob("*.toml"))
CLOSE = 0.005  # of the printed value: digits that the print leaves out
SIGMA = 5.670374e-8
MORE = (
    "ground_sample_distance_m = 6",
    "ground_sample_distance_m = 6\nswath_km = 60\nrevisit_days = 30\ndata_latency_h = 6",
)


@pytest.fixture(scope="module")
def checks(tmp_path_factory):
    text = next(path for path in MISSIONS if path.stem == "earth-observer").read_text()
    assert MORE[0] in text
    file = tmp_path_factory.mktemp("derivations") / "earth-observer.toml"
    file.write_text(text.replace(*MORE))
    return {check.name: check for check in analyze(load_mission(file)).verdict.checks}


@pytest.fixture(scope="module", params=MISSIONS, ids=lambda path: path.stem)
def any_checks(request):
    return analyze(load_mission(request.param)).verdict.checks


def read(check):
    """Numbers of the lines as printed, by name."""
    return {term.name: float(f"{term.value:.6g}") for term in check.derivation}


def formulas(check, start):
    """The printed formulas of the lines whose name begins so, by name."""
    return {term.name: term.formula for term in check.derivation if term.name.startswith(start)}


def product(formula):
    """What a formula of plain numbers with units comes to, up to its first word."""
    plain = re.sub(r"\b(W/m²|W|m²)(?=[\s)])|from the Sun|by albedo|of the Earth", "", formula.split(";")[0])
    plain = re.split(r" % of the time", plain)[0]
    assert re.fullmatch(r"[-+×()./\deE\s]+", plain), formula
    return eval(plain.replace("×", "*"))  # checked above to be numbers and signs alone


def near(value):
    return pytest.approx(value, rel=CLOSE)


def loads_w(check):
    """Mean loads, each worked out from its own line."""
    line = read(check)
    found = {name: product(text) / 100 for name, text in formulas(check, "load of ").items()}
    assert found
    for name, power_w in found.items():
        assert power_w == near(line[name])
    return sum(found.values())


def test_array(checks):
    line = read(checks["array"])
    mean_w = loads_w(checks["array"])
    assert mean_w == near(line["mean load, worst orbit"])
    short_w = line["of it from the battery, D"]
    there_and_back = line["bus to battery, e_c"] * line["battery to bus, e_t"] / 1e4
    required_w = (mean_w - short_w + short_w / there_and_back) / (line["array to bus, X_d"] / 100)
    assert required_w == near(checks["array"].required)
    head_on = line["sunlight"] * line["cell efficiency"] * line["inherent degradation, I_d"]
    head_on *= line["life degradation, L_d"] / 1e6
    assert line["life degradation, L_d"] / 100 == near((1 - 0.005) ** 3)
    assert math.cos(math.radians(20)) == near(line["mean incidence"] / 100)
    given_w = line["array area"] * head_on * line["mean incidence"] * line["sunlit share"] / 1e4
    assert given_w == near(checks["array"].achieved)


def test_battery(checks):
    line = read(checks["battery"])
    mean_w = loads_w(checks["battery"])
    assert mean_w == near(line["mean load, in the discharge"])
    recharged_wh = line["recharged on the way, at the bus"]
    hours = line["length of the discharge"] / 60
    drawn_wh = (mean_w - line["bus power from the array"]) * hours + recharged_wh
    taken_wh = drawn_wh / (line["battery to bus, e_t"] / 100)
    taken_wh -= line["bus to battery, e_c"] / 100 * recharged_wh
    capacity_wh = line["capacity, nameplate"] * line["capacity left at end of life"] / 100
    assert 100 * taken_wh / capacity_wh == near(checks["battery"].achieved)


def heat_w(check):
    """Heat from outside and of the parts, each worked out from its lines."""
    line = read(check)
    outside = {name: product(text) for name, text in formulas(check, "into ").items()}
    assert len(outside) == 7
    for name, power_w in outside.items():
        assert power_w == near(line[name])
    assert sum(outside.values()) == near(line["heat from Sun and Earth"])
    parts_w = loads_w(check) - line["radiated as signal"]
    return sum(outside.values()), parts_w, line


def test_hot_temperature(checks):
    check = checks["thermal hot"]
    _, parts_w, line = heat_w(check)
    parts_w /= 0.85  # the regulator's loss, X_d of the array check
    assert parts_w == near(line["heat of the parts"])
    faces = [text for name, text in formulas(check, "").items() if "to its neighbors" in text]
    assert len(faces) == 7
    pulled = sum(
        10.0 * line[name] for name, text in formulas(check, "").items() if "to its neighbors" in text
    )
    mean_c = (parts_w + pulled) / line["links to other nodes"]
    assert mean_c == pytest.approx(line["inside, mean"], abs=0.02)  # K, of 7 temperatures to 4 digits
    hottest_c = mean_c + line["swing about the mean"]
    margin_k = line["limit of li-ion-battery-8s16p"] - hottest_c
    assert margin_k == near(check.achieved)


def test_heater(checks):
    check = checks["heater"]
    outside_w, parts_w, line = heat_w(check)
    radiated_w = 0.0
    for name, text in formulas(check, "radiated by ").items():
        area_m2, mean_c = map(float, re.search(r"× ([\d.]+) m².*T is (-?[\d.]+) °C", text).groups())
        power_w = SIGMA * area_m2 * (mean_c + 273.15) ** 4
        assert power_w == near(line[name])  # the mean of T⁴ is the fourth power of the mean to 0.3 %
        radiated_w += line[name]
    needed_w = radiated_w - outside_w - parts_w
    assert needed_w == near(check.required)
    assert product(check.derivation[-1].formula.replace(" % of the time", " / 100 % of the time")) == near(
        check.achieved
    )


def test_data_volume(checks):
    check = checks["data volume"]
    line = read(check)
    produced = sum(
        float(rate) * float(share) / 100 * 86.4
        for rate, share in (
            re.match(r"([\d.]+) Mbit/s × ([\d.]+) %", text).groups()
            for text in formulas(check, "made by ").values()
        )
    )
    assert produced == near(line["produced per day"])
    capacity = 0.0
    for name, text in formulas(check, "capacity over ").items():
        rate = float(re.search(r"× ([\d.]+) Mbit/s", text).group(1))
        capacity += line[name.replace("capacity", "contact")] * 60 * rate / 1000
    assert capacity == near(line["capacity per day"])
    contact = sum(value for name, value in line.items() if name.startswith("contact over "))
    assert contact == near(line["usable contact"])
    assert min(produced - line["lost per day"], capacity) == near(check.achieved)


def test_memory_and_age(checks):
    line = read(checks["memory"])
    assert line["produced in the largest rise"] - line["carried in it"] == near(checks["memory"].achieved)
    line, check = read(checks["data age"]), checks["data age"]
    assert line["on board, of what came down"] / line["came down"] == near(check.best_estimate)
    times = re.findall(r"(\d\d):(\d\d):(\d\d)", check.derivation[-1].formula)
    made_h, down_h = (int(h) + int(m) / 60 + int(s) / 3600 for h, m, s in times)
    assert (down_h - made_h) % 24 == near(check.achieved)
    assert line["gap between contacts"] <= check.achieved * (1 + CLOSE)


def test_imaging(checks):
    line = read(checks["ground sample distance"])
    fine_m = line["altitude, h"] * 1e3 * line["pixel pitch, p"] * 1e-6 / (line["focal length, f"] * 1e-3)
    assert fine_m == near(checks["ground sample distance"].achieved)
    ring_m = 1.22 * line["wavelength, λ"] * 1e-9 * line["altitude, h"] * 1e3 / (line["aperture, D"] * 1e-3)
    assert ring_m == near(line["diffraction, for comparison"])
    line = read(checks["swath"])
    width_mm = line["pixels across the track, N"] * line["pixel pitch, p"] / 1e3
    half = math.atan(width_mm / 2 / line["focal length, f"])
    assert math.degrees(half) == near(line["half field of view, η"])
    radius = line["radius of the Earth, R"]
    swath_km = 2 * radius * (math.asin((radius + line["altitude, h"]) / radius * math.sin(half)) - half)
    assert swath_km == near(checks["swath"].achieved)


def test_slew_and_wheel_torque(checks):
    line = read(checks["slew"])
    torque = line["torque of a wheel"] - line["largest disturbance"]
    momentum = line["momentum of a wheel"] - line["momentum stored"]
    turned = math.radians(line["angle, θ"]) * line["largest inertia, I"]
    assert math.sqrt(turned * torque) < momentum
    assert 2 * math.sqrt(turned / torque) == near(checks["slew"].achieved)
    line = read(checks["wheel torque"])
    asked = math.radians(line["angle of the slew, θ"]) * line["largest inertia, I"]
    asked *= 4 / line["time for the slew, t"] ** 2
    assert 2 * max(asked, line["torque together, at most"]) == near(checks["wheel torque"].required)
    assert line["largest inertia, I"] == max(
        value for name, value in line.items() if name.startswith("inertia")
    )


def test_magnetic_and_gravity_torques_stay_below_what_the_inputs_allow(checks):
    line = read(checks["wheel torque"])
    dipole = math.hypot(*(line[f"residual dipole along {axis}"] for axis in "xyz"))
    most = dipole * line["magnetic field, at most"] * 1e-6
    assert 0.6 * most < line["torque of magnetic field, at most"] <= most
    inertia = [line[f"inertia about {axis}"] for axis in "xyz"]
    most = 1.5 * 3.986e14 / (line["mean radius of the orbit"] * 1e3) ** 3 * (max(inertia) - min(inertia))
    assert 0.3 * most < line["torque of gravity gradient, at most"] < 1.01 * most


def test_wheel_momentum_and_torquers(checks):
    line = read(checks["wheel momentum"])
    left = line["mean torque, all together"] * line["period"]
    assert left == near(line["momentum that an orbit leaves"])
    secular = left * line["orbits between unloadings"]
    assert 2 * (line["cyclic momentum"] + secular) == near(checks["wheel momentum"].required)
    line = read(checks["torquer dipole"])
    period_s = 2 * math.pi * math.sqrt((line["mean radius of the orbit"] * 1e3) ** 3 / 3.986004418e14)
    assert period_s == near(line["period"])
    field_t = line["mean field"] * 1e-6 * line["share of a torque across the field"] / 100
    assert 2 * line["mean torque, all together"] / field_t == near(checks["torquer dipole"].required)


def test_pointing(checks):
    *errors, _ = checks["pointing"].derivation
    assert math.sqrt(sum(term.value**2 for term in errors)) == near(checks["pointing"].achieved)


def test_payload(checks):
    check = checks["payload"]
    masses = (term.formula for term in check.derivation if " kg × (1 + " in term.formula)
    parts_kg = [product(re.sub(r" kg|, .*", "", text)) for text in masses]
    assert len(parts_kg) == 19
    assert 1.2 * sum(parts_kg) + read(check)["propellant"] == near(check.required)
    assert read(check)["payload that counts"] == near(check.achieved)


def test_launch_windows(checks):
    line = read(checks["launch windows"])
    found = sum(value for name, value in line.items() if name.startswith("windows, "))
    assert found == checks["launch windows"].achieved
    assert line["days searched"] == 30


def test_every_formula_id_leads_to_an_equation_or_a_reference(any_checks):
    named = {term.formula_id for check in any_checks for term in check.derivation if term.formula_id}
    for name in sorted(named):
        module, function = name.rsplit(".", 1)
        found = getattr(importlib.import_module(f"cosmodrome.{module}"), function)
        text = inspect.getdoc(found) or ""
        assert re.search(r"References\n|\S = \S|doi:", text), name


def test_every_line_says_where_it_is_from(any_checks):
    for check in any_checks:
        assert check.derivation, check.name
        for term in check.derivation:
            assert term.formula or term.source, f"{check.name}: {term.name}"
            said = term.unit or re.search(r"coefficient|efficiency|share|margin|over", term.name)
            assert said, f"{check.name}: {term.name} without a unit"


def test_the_text_fits_a_screen_and_names_its_units(any_checks):
    for check in any_checks:
        for line in explanation(check).splitlines():
            assert len(line) <= 150, line
    battery = next((check for check in any_checks if check.name == "battery"), None)
    assert battery is None or f"allowance {battery.allowance:.6g} pt" in explanation(battery)
