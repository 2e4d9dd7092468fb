"""What an orbit does, against operators' numbers and closed forms."""

from datetime import UTC, datetime

import pytest

from cosmodrome.errors import QuestionError
from cosmodrome.studies.orbit_options import ForceOptions, OrbitOptions
from cosmodrome.studies.orbit_study import orbit_study

TODAY = datetime(2027, 3, 20, 17, 30, tzinfo=UTC)
NO_AIR = ForceOptions(without=frozenset({"drag", "solar-pressure"}))


@pytest.fixture(scope="module")
def landsat():
    """Satellite_examples S-04: 699.6 km of mean semi-major axis, LTDN 10:11, so that the LTAN is 22:11."""
    asked = OrbitOptions(altitude_km=699.58, sun_synchronous=True, ltan="22:11", duration_days=3)
    return orbit_study(asked, NO_AIR, today=TODAY)


def test_landsat_repeats_after_233_revolutions_in_16_days(landsat):
    """S-04: 233 revolutions in 16 days and 98.884 min (98.9 min published by USGS)."""
    assert (landsat.repeat.revolutions_count, landsat.repeat.days_count) == (233, 16)
    # 0.05 km of altitude is 7 km of track in 16 days; the mean altitude flown is within 0.1 km of that asked
    assert abs(landsat.repeat.altitude_change_km) < 0.15
    assert landsat.nodes.nodal_period_s / 60 == pytest.approx(98.884, abs=0.005)


def test_the_node_keeps_its_local_time(landsat):
    assert landsat.nodes.ltan_h == pytest.approx(22 + 11 / 60, abs=0.01)
    # the inclination is by J2 alone, 0.3 % from the full rate: 0.012 min a day
    assert abs(landsat.nodes.ltan_drift_min_per_day) < 0.03


def test_the_longest_eclipse_is_that_of_firesat():
    """SMAD 3rd ed., FireSat (S-01): 35.3 min at 700 km with the Sun in the plane: noon, at the equinox.

    The cylinder of SMAD ends between umbra and penumbra, some 5 s from the umbra at each edge.
    """
    asked = OrbitOptions(altitude_km=700, sun_synchronous=True, ltan="12:00")
    study = orbit_study(asked, NO_AIR, today=TODAY)
    assert study.shadow.longest_s / 60 == pytest.approx(35.3, abs=0.25)
    assert abs(study.extremes.lowest_beta_deg) < 3  # the equation of time is 7 min, 1.9 deg
    assert study.shadow.eclipse_fraction == pytest.approx(35.3 / 98.77, abs=0.01)


def test_midnight_of_today_is_the_epoch_where_none_is_given():
    study = orbit_study(OrbitOptions(altitude_km=700, inclination_deg=30, duration_days=0.1), today=TODAY)
    assert study.start.state.epoch == datetime(2027, 3, 20, tzinfo=UTC)
    assert "No --epoch given: 2027-03-20 00:00 UTC." in study.notes


def test_an_equatorial_orbit_has_no_nodes_to_speak_of():
    study = orbit_study(OrbitOptions(altitude_km=700, inclination_deg=0, raan_deg=0), today=TODAY)
    assert study.nodes is None
    assert study.repeat is None


def test_the_node_given_is_that_of_gcrf():
    study = orbit_study(OrbitOptions(altitude_km=700, inclination_deg=98, raan_deg=123.4), today=TODAY)
    elements = study.start.state.elements
    assert elements.raan_rad * 57.29577951 == pytest.approx(123.4, abs=1e-4)


def test_everything_wrong_is_told_at_once():
    with pytest.raises(QuestionError) as caught:
        orbit_study(OrbitOptions(altitude_km=1, ltan="x"), ForceOptions(mass_kg=-1), today=TODAY)
    assert len(caught.value.findings) == 4
    assert str(caught.value).endswith("4 errors; nothing was computed.")
