"""The terminal text of a payload study: the answer first, sums that hold, lines that fit."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cosmodrome.ascent.calibration import VehicleReserve
from cosmodrome.ascent.capability import PayloadCapability
from cosmodrome.ascent.footprint import BodyDrag, FallStatus, Footprint
from cosmodrome.ascent.partials import PayloadPartial
from cosmodrome.ascent.payload_map import PayloadMap
from cosmodrome.ascent.published import PublishedPayload
from cosmodrome.ascent.result import AscentLimits, AscentStatus
from cosmodrome.ascent.spread import PayloadSpread, SpreadPart
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.models.vehicle import PayloadFigure
from cosmodrome.outputs.columns import COLUMNS
from cosmodrome.outputs.payload_text import payload_text
from cosmodrome.payload_question import PayloadOptions, payload_question
from cosmodrome.payload_study import PayloadStudy

PARTIALS = (
    PayloadPartial("URM-1", "specific impulse", "1 s", 26.57),
    PayloadPartial("URM-1", "dry mass", "1 kg", -0.1587),
    PayloadPartial("URM-2 (small)", "specific impulse", "1 s", 32.93),
    PayloadPartial("URM-2 (small)", "dry mass", "1 kg", -1.0),
    PayloadPartial("", "drag", "1 %", -1.423),
)


def numbers(line):
    found = re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])", line.replace("−", "-"))
    return [float(word) for word in found]


def asked(**options):
    return payload_question(find_vehicle("angara-1.2"), find_site("vostochny"), PayloadOptions(**options))


@pytest.fixture(scope="module")
def study(ascent):
    capability = PayloadCapability.of_physics(ascent, (ascent,))
    question = asked(altitude_km=550, sun_synchronous=True)
    return PayloadStudy(question, capability, PARTIALS, None, (), None, (), 0.8)


def lines_of(study):
    text = payload_text(study)
    assert max(map(len, text.splitlines())) <= COLUMNS
    assert not [line for line in text.splitlines() if line != line.rstrip()]
    return text.replace("\N{NARROW NO-BREAK SPACE}", "").splitlines()


def line_with(lines, start):
    return next(line for line in lines if line.startswith(start))


def test_the_first_line_is_the_answer(study):
    lines = lines_of(study)
    assert lines[0] == "Angara 1.2 · vostochny → 550 km sun-synchronous, 97.59°: 2050 kg"
    assert "one burn into orbit · ascending · launch azimuth 351.7°" in lines[1]


def test_a_coast_is_two_burns(study, ascent):
    coasting = replace(ascent, coasts_s=(2923.7,))
    lines = lines_of(replace(study, capability=replace(study.capability, ascent=coasting)))
    assert "two burns, a coast of 48.7 min between" in lines[1]


def test_losses_sum_to_the_speed_at_the_end(study):
    lines = lines_of(study)
    heads = line_with(lines, "velocity")
    values = numbers(lines[lines.index(heads) + 1])
    assert [head in heads for head in ("ideal", "gravity", "drag", "steering", "pressure")] == [True] * 5
    start, ideal, *lost, rotation, end = values
    assert start + ideal - sum(lost) + rotation == pytest.approx(end, abs=3)


def test_every_event_and_every_stage_has_its_line(study, ascent):
    lines = lines_of(study)
    for event in ascent.events:
        assert numbers(line_with(lines, event.name))[-1] == pytest.approx(event.mass_kg, abs=1)
    assert numbers(line_with(lines, "URM-1  "))[-2:] == [26.6, -0.159]
    assert numbers(line_with(lines, "URM-2  "))[-2:] == [32.9, -1.0]
    assert line_with(lines, "and of the vehicle").endswith("−1.42 for +1 % drag")


def test_a_limit_that_is_passed_is_marked(study, ascent):
    lines = lines_of(study)
    reached, allowed = line_with(lines, "reached"), line_with(lines, "allowed")
    assert "! " in reached  # the closed-form ascent passes the limit on dynamic pressure by far
    assert numbers(allowed)[0] == 45
    loose = replace(ascent, limits=AscentLimits(None, None, None, None))
    lines = lines_of(replace(study, capability=replace(study.capability, ascent=loose)))
    assert "!" not in line_with(lines, "reached")
    assert line_with(lines, "allowed").split() == ["allowed", "–", "–", "–", "–"]


def test_published_figures_stand_below_the_answer_with_their_ratio(study):
    assert "published: nothing from vostochny" in lines_of(study)[2]
    figure = PayloadFigure(
        site="vostochny", orbit="SSO", perigee_altitude_km=550, apogee_altitude_km=550, inclination_deg=97.6,
        payload_kg=1750, definition="a definition that goes on and on " * 5, source="someone",
    )  # fmt: skip
    far = figure.model_copy(update={"perigee_altitude_km": None, "payload_kg": 2400.0})
    beside = (PublishedPayload(figure, 1.171, 0.987), PublishedPayload(far, None, None))
    lines = lines_of(replace(study, capability=replace(study.capability, published=beside)))
    assert "0.99 ×   1.17 ×" in line_with(lines, "  SSO 550 km, 97.6°")
    assert "–        –  a definition" in line_with(lines, "  SSO ? × 550 km")
    flown = figure.model_copy(update={"lower_bound": True})
    beside = (PublishedPayload(flown, 1.171, 0.987),)
    lines = lines_of(replace(study, capability=replace(study.capability, published=beside)))
    assert "≥ 1750" in line_with(lines, "  SSO 550 km, 97.6°")


def test_the_reserve_and_the_spread_are_told(study):
    """2050 kg by physics; with the reserve 1600 kg, which one payload in twenty falls below 1300 kg."""
    reserve = VehicleReserve(500.0, 120.0, 100.0, 900.0, (), (), "all vehicles of the catalog")
    spread = PayloadSpread(161.4, (SpreadPart("URM-2: dry mass", 0.1, -120.0),))
    calibrated = replace(
        study.capability, payload_kg=1600.0, low_kg=1300.0, high_kg=1950.0, reserve=reserve, spread=spread
    )
    lines = lines_of(replace(study, capability=calibrated))
    assert lines[0].endswith("97.59°: 1600 kg, 1300 to 1950 kg with 90 %")
    assert lines[1].startswith("  physics alone: 2050 kg, ± 161 kg by the spread of the catalog's numbers")
    assert "less a reserve of 500 m/s (100 to 900), from all vehicles of the catalog" in " ".join(lines[1:4])
    told = {}
    for asked_kg in (1200.0, 1500.0, 1700.0, 2100.0):
        question = asked(altitude_km=550, sun_synchronous=True, payload_kg=asked_kg)
        light = replace(study, question=question, capability=calibrated)
        told[asked_kg] = (lines_of(light)[3].strip(), light.outcome.name)
    assert told == {
        1200.0: ("1200 kg: fits, 100 kg to spare below the low bound", "LIFTS"),
        1500.0: ("1500 kg: may fit, but is 200 kg above the low bound", "FALLS_SHORT"),
        1700.0: ("1700 kg: fits by physics alone, 100 kg above the calibrated payload", "FALLS_SHORT"),
        2100.0: ("2100 kg: does not fit, 50 kg too heavy", "FALLS_SHORT"),
    }


def test_branches_notes_dogleg_and_replay_are_told(study, ascent):
    lines = lines_of(replace(study, capability=replace(study.capability, dogleg_cost_kg=627.2)))
    assert "ascending branch, azimuth 351.7°: 2050 kg" in lines
    assert "descending branch: outside the site's azimuth sector" in lines
    assert "dogleg: the site's azimuth sector costs 627.2 kg" in lines
    assert f"! {ascent.notes[0]}" in lines
    assert "independent re-integration misses by 2.4 m and 0.003 m/s" in lines
    assert lines[-1] == "took 0.8 s"


def test_a_payload_asked_about_fits_or_is_too_heavy(study, ascent):
    light = replace(study, question=asked(altitude_km=550, sun_synchronous=True, payload_kg=1500.0),
                    laden=replace(ascent, propellant_left_kg=389.4))  # fmt: skip
    assert (
        "1500 kg: fits, 550 kg to spare below the low bound; 389.4 kg of propellant left"
        in lines_of(light)[1]
    )
    heavy = replace(study, question=asked(altitude_km=550, sun_synchronous=True, payload_kg=2100.0))
    assert "2100 kg: does not fit, 50 kg too heavy" in lines_of(heavy)[1]
    assert (light.outcome.name, heavy.outcome.name) == ("LIFTS", "FALLS_SHORT")


def test_out_of_reach_tells_the_shortfall_and_no_flight_that_cannot_be(study, ascent):
    note = "The ascent shown is that of a better stage."
    short = replace(ascent, status=AscentStatus.OUT_OF_REACH, payload_kg=-741.0, shortfall_m_s=1265.0,
                    notes=(note,))  # fmt: skip
    capability = PayloadCapability.of_physics(short, (short,))
    lines = lines_of(replace(study, capability=capability))
    assert lines[0].endswith("out of reach, 1265 m/s missing without a payload")
    assert "ascending branch, azimuth 351.7°: short of 741 kg" in lines
    assert f"! {note}" in lines
    assert not [line for line in lines if line.startswith(("event", "velocity", "limit"))]


def test_no_payload_is_shown_that_was_not_found(study, ascent):
    lost = replace(ascent, status=AscentStatus.NOT_CONVERGED)
    lines = lines_of(replace(study, capability=PayloadCapability.of_physics(lost, (lost,))))
    assert lines[0].endswith(": no answer")
    assert AscentStatus.NOT_CONVERGED.value in lines[1]
    assert not [line for line in lines if "2050" in line]


def test_the_inclination_that_was_filled_in_is_told(study):
    lines = lines_of(replace(study, question=asked(perigee_altitude_km=200.0, apogee_altitude_km=1000.0)))
    assert "200 × 1000 km, 51.7" in lines[0]
    assert line_with(lines, "  no --inclination given: 51.7")


def test_footprints_stand_in_a_table_and_what_stays_up_below(study):
    drag = BodyDrag(10000.0, 70.0, 1.0, "dimensions")
    down = Footprint(
        "URM-1", 1, FallStatus.FALLS, drag, latitude_deg=-62.7, longitude_deg=-122.8, downrange_km=1251.7,
        time_of_flight_s=738.0, impact_speed_m_s=51.2, azimuth_deg=342.0, along_km=23.1, across_km=14.8,
    )  # fmt: skip
    up = Footprint("URM-2", 4, FallStatus.STAYS_UP, drag)
    lines = lines_of(replace(study, footprints=(down, up)))
    row = line_with(lines, "URM-1  62.70° S")
    assert "122.80° W" in row
    assert "23 × 15" in row
    assert line_with(lines, f"4 × URM-2: {FallStatus.STAYS_UP.value}")


def test_long_names_are_cut_before_a_line_runs_over(study, ascent):
    name = "A stage named by a committee, with every engine, wing and skirt of it"
    partials = tuple(
        PayloadPartial(name, quantity, per, -1234.5)
        for quantity, per in (("specific impulse", "1 s"), ("dry mass", "1 kg"), ("propellant", "1 kg"),
                              ("thrust", "1 %"))
    )  # fmt: skip
    events = tuple(replace(event, name=f"{name} burnout and separation") for event in ascent.events)
    place = Footprint(
        name, 4, FallStatus.FALLS, BodyDrag(1e4, 70.0, 1.0, ""), latitude_deg=-62.7, longitude_deg=-122.8,
        downrange_km=12517.0, time_of_flight_s=1738.0, impact_speed_m_s=151.2, azimuth_deg=342.0,
        along_km=231.0, across_km=148.0,
    )  # fmt: skip
    flown = replace(study.capability, ascent=replace(ascent, events=events))
    lines = lines_of(replace(study, capability=flown, partials=partials, footprints=(place,)))
    assert any(line.endswith("kg]") for line in lines)
    assert len([line for line in lines if "…" in line and line.rstrip("…") == line]) == len(events) + 2


def test_a_map_has_a_row_for_each_altitude_and_marks_two_burns(study):
    charted = PayloadMap(
        "angara-1.2", "vostochny", np.array([200.0, 700.0, 950.0]), np.array([51.7, 63.0]),
        np.array([[6009.9, 5778.7], [2052.8, np.nan], [-30.0, np.nan]]), np.array([[1, 1], [2, 0], [2, 0]]),
        np.ones((3, 2), dtype=bool), False, 4, 1, 4, 2.0,
    )  # fmt: skip
    alone = PayloadStudy(asked(with_map=True), None, (), None, (), charted, ("20 deg is too low",), 2.1)
    lines = lines_of(alone)
    assert numbers(line_with(lines, "          200")) == [200, 6010, 5779]
    assert "2053*" in line_with(lines, "          700")
    assert line_with(lines, "          700").endswith("–")
    assert "950 km and above: out of reach" in lines
    assert "! 20 deg is too low" in lines
    less = replace(charted, calibrated_kg=np.array([[4500.0, 4200.0], [-20.0, np.nan], [np.nan, np.nan]]))
    lines = lines_of(replace(alone, payload_map=less))
    assert "calibrated / physics alone" in lines[0]
    assert numbers(line_with(lines, "          200")) == [200, 4500, 6010, 4200, 5779]
    assert "– / 2053*" in line_with(lines, "          700")
    assert alone.outcome.name == "LIFTS"
