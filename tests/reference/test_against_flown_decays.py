"""Satellites that came down: Starshine-3 and GOCE, with the space weather that they flew through."""

import math
from datetime import UTC, datetime

import pytest

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_J2, JULIAN_YEAR_S
from cosmodrome.orbit.air_density import NRLMSIS_2_1, NRLMSISE_00, air_density
from cosmodrome.orbit.lifetime import DecayingOrbit, decay_s
from cosmodrome.orbit.solar_activity import observed_activity, read_space_weather


def days_to_decay(orbit, start, version=NRLMSIS_2_1):
    course = observed_activity(read_space_weather(), start)
    table = air_density(orbit.inclination_deg, version)
    elapsed, _ = decay_s(orbit, (course,), table, 10 * JULIAN_YEAR_S, longest_step_s=86_400.0)
    return float(elapsed[0]) / 86_400


@pytest.mark.parametrize("drag_coefficient", [2.1, 2.2])
def test_starshine_3(drag_coefficient):
    # S-36: sphere of 0.94 m and 91 kg, 470 x 472 km, 67 deg, 2001-09-30 to 2003-01-21: 478 days. A sphere's
    # drag coefficient is known to 5 %, the density to 10 % at solar maximum: 15 %.
    ballistic = 91.0 / (drag_coefficient * math.pi * 0.47**2)
    orbit = DecayingOrbit(470.0, 472.0, 67.0, ballistic)
    assert days_to_decay(orbit, datetime(2001, 9, 30, 2, 40, tzinfo=UTC)) == pytest.approx(478, rel=0.15)


def test_goce_without_its_engine():
    # S-41: 1036 kg, C_D A 3.06 to 3.74 m2, mean altitude 227.5 km above 6371 km on 2013-10-21; entry after
    # 20.5 days
    above_equator_km = 227.5 + 6371.0 - EARTH_EQUATORIAL_RADIUS_M / 1e3
    orbit = DecayingOrbit(above_equator_km, above_equator_km, 96.7, 1036.0 / 3.4)
    assert days_to_decay(orbit, datetime(2013, 10, 21, tzinfo=UTC)) == pytest.approx(20.5, rel=0.15)


def test_three_unit_cubesat_against_numerical_propagators():
    # reference/orbit.md 2(f): 4 kg, 0.034 m2, C_D 2.2, 51.7 deg from 2024-01-01 with NRLMSISE-00: heyoka
    # 138.02, satkit 138.07, Orekit 138.09 days. They start at a node with 400 km osculating, whose mean
    # semi-major axis is lower by 3/2 J2 R^2/a sin^2 i. 10 % for daily Ap and the averaged local time.
    inclination, axis_km = math.radians(51.7), EARTH_EQUATORIAL_RADIUS_M / 1e3 + 400
    periodic_km = (
        1.5 * EARTH_J2 * (EARTH_EQUATORIAL_RADIUS_M / 1e3) ** 2 / axis_km * math.sin(inclination) ** 2
    )
    mean_km = 400.0 - periodic_km
    orbit = DecayingOrbit(mean_km, mean_km, 51.7, 4.0 / (2.2 * 0.034))
    start = datetime(2024, 1, 1, tzinfo=UTC)
    assert days_to_decay(orbit, start, NRLMSISE_00) == pytest.approx(138.0, rel=0.10)
    assert days_to_decay(orbit, start) > days_to_decay(orbit, start, NRLMSISE_00)
