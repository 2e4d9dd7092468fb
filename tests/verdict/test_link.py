"""Checks of links and of the age of data: only where they are asked, with what would close them."""

from dataclasses import replace

import pytest

from cosmodrome.budgets.link import uplink_budgets
from cosmodrome.models.mission import Requirements
from cosmodrome.models.radios import FurtherReceiver, SpacecraftReceiver
from cosmodrome.models.station import Station
from cosmodrome.verdict.data import data_checks
from cosmodrome.verdict.link import link_checks

RECEIVER = SpacecraftReceiver(
    frequency_mhz=2050,
    antenna_gain_dbi=0,
    system_noise_temperature_k=600,
    data_rate_mbit_s=0.064,
    required_eb_n0_db=9.6,
)
STATION = Station(
    name="north",
    latitude_deg=70,
    longitude_deg=20,
    antenna_gain_dbi=45,
    system_noise_temperature_k=150,
    uplink={"rf_power_dbw": 0, "antenna_gain_dbi": 35},
)


class Trial:
    """The part of a mission that these checks read."""

    def __init__(self, **asked):
        self.requirements = Requirements(**asked)


class Found:
    """The part of the budgets that these checks read."""

    def __init__(self, uplinks=()):
        self.links, self.uplinks = (), uplinks


def data(mean_age_h=1.0, worst_age_h=5.0):
    """The part of a data budget that the check of the age reads."""
    numbers = {"mean_age_h": mean_age_h, "worst_age_h": worst_age_h, "duration_days": 30.0}
    numbers |= {"stations": ("north",), "produced_gbit_per_day": 0.0, "memory_gbit": None}
    numbers |= {"modes": (), "contacts": (), "contact_min_per_day": 0.0, "capacity_gbit_per_day": 0.0}
    return type("Data", (), numbers | {"downlinked_gbit": 0.0, "oldest": None})


def test_a_slower_rate_closes_the_uplink():
    (link,) = uplink_budgets((RECEIVER,), (STATION,), 550)
    asked_db = link.margin_db + 4
    (check,) = link_checks(Trial(uplink_margin_db=asked_db), Found((link,)))
    assert not check.closes
    assert check.name == "uplink north"
    slower = RECEIVER.model_copy(update={"data_rate_mbit_s": 0.0254})
    (check,) = link_checks(
        Trial(uplink_margin_db=asked_db), Found(uplink_budgets((slower,), (STATION,), 550))
    )
    assert check.closes
    louder = replace(link, eb_n0_db=link.eb_n0_db + 4.001)
    assert link_checks(Trial(uplink_margin_db=asked_db), Found((louder,)))[0].closes


def test_no_uplink_and_no_asked_age_make_no_check():
    assert link_checks(Trial(), Found()) == ()
    assert uplink_budgets((), (STATION,), 550) == ()
    assert uplink_budgets((RECEIVER,), (STATION.model_copy(update={"uplink": None}),), 550) == ()


def test_the_worst_age_is_held_against_the_asked_one():
    (check,) = data_checks(Trial(data_latency_h=4), data())
    assert not check.closes
    assert check.margin == pytest.approx(-1.0)
    assert check.remedy == "stations that shorten the wait, or a faster link"
    (check,) = data_checks(Trial(data_latency_h=6), data())
    assert check.closes
    assert data_checks(Trial(data_latency_h=6), data(None, None)) == ()
    assert data_checks(Trial(), data()) == ()


def test_further_radios_are_checked_by_the_same_function_under_their_names():
    beacon = FurtherReceiver(
        **RECEIVER.model_dump(exclude_none=True, exclude={"antenna_gain_dbi"}), name="DCS", antenna_gain_dbi=2
    )
    checks = link_checks(Trial(), Found(uplink_budgets((RECEIVER, beacon), (STATION,), 550)))
    assert [check.name for check in checks] == ["uplink north", "uplink north DCS"]
    assert [check.title for check in checks] == ["uplink margin, north", "uplink margin, north, DCS"]
    assert checks[1].margin == pytest.approx(checks[0].margin + 2)
