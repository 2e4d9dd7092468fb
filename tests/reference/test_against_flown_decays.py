"""Satellites that came down: Starshine-3 and GOCE, with the space weather that they flew through."""

import math
from datetime import UTC, datetime

import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.orbit.lifetime import orbital_lifetime
from cosmodrome.physics.elements import KeplerianElements


def days_to_decay(altitudes_km, inclination_deg, ballistic_kg_m2, start, **asked):
    """Days in the observed space weather; altitudes above the equator."""
    perigee, apogee = (EARTH_EQUATORIAL_RADIUS_M + 1e3 * km for km in altitudes_km)
    orbit = KeplerianElements(
        (perigee + apogee) / 2,
        (apogee - perigee) / (apogee + perigee),
        math.radians(inclination_deg),
        math.radians(asked.pop("raan_deg", 0.0)),
        0.0,
        0.0,
    )
    found = orbital_lifetime(orbit, ballistic_kg_m2, start, space_weather=("observed",), **asked)
    return found.case("observed").lifetime_days


@pytest.mark.parametrize("drag_coefficient", [2.1, 2.2])
def test_starshine_3(drag_coefficient):
    # S-36: sphere of 0.94 m and 91 kg, 67 deg, "SMA - 6371 km = 474 to 479 km", 2001-09-30 to 2003-01-21: 478
    # days. The node is not given. A sphere's drag coefficient is known to 5 %, the density to 10 % at solar
    # maximum: 15 %.
    ballistic = 91.0 / (drag_coefficient * math.pi * 0.47**2)
    above_equator_km = 476.5 + 6371.0 - EARTH_EQUATORIAL_RADIUS_M / 1e3
    days = days_to_decay(
        (above_equator_km - 1, above_equator_km + 1),
        67.0,
        ballistic,
        datetime(2001, 9, 30, 2, 40, tzinfo=UTC),
        elements="mean",
    )
    assert days == pytest.approx(478, rel=0.15)


def test_goce_without_its_engine():
    # S-41: 1036 kg, C_D A 3.06 to 3.74 m2, mean altitude 227.5 km above 6371 km (the table's convention) on
    # 2013-10-21; entry after 20.5 days. A dusk-dawn orbit: its ascending node a quarter turn ahead of the
    # Sun, whose right ascension was 206 deg. 15 %, most of it the altitude: 1 km is 3 %, and what "mean"
    # means is not said.
    above_equator_km = 227.5 + 6371.0 - EARTH_EQUATORIAL_RADIUS_M / 1e3
    days = days_to_decay(
        (above_equator_km, above_equator_km),
        96.7,
        1036.0 / 3.4,
        datetime(2013, 10, 21, tzinfo=UTC),
        elements="mean",
        raan_deg=296.0,
    )
    assert days == pytest.approx(20.5, rel=0.15)


def test_three_unit_cubesat_against_numerical_propagators():
    # reference/orbit.md 2(f): 4 kg, 0.034 m2, C_D 2.2, from a node with 400 km osculating, 51.7 deg,
    # 2024-01-01, NRLMSISE-00, to 120 km: heyoka 138.02, satkit 138.07, Orekit 138.09 days. 2 % is the
    # requirement (issue 5).
    asked = (400.0, 400.0), 51.7, 4.0 / (2.2 * 0.034), datetime(2024, 1, 1, tzinfo=UTC)
    older = days_to_decay(*asked, density_model="nrlmsise-00")
    assert older == pytest.approx(138.1, rel=0.02)
    # NRLMSIS 2.1 has thinner air there (Emmert et al. 2021, Earth and Space Science 8, e2020EA001321)
    assert days_to_decay(*asked, density_model="nrlmsis-2.1") > older
