from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sgp4.api import Satrec

from cosmodrome.orbit.exchange.fit import fit_mean_elements
from cosmodrome.orbit.exchange.mean_elements import sgp4_states
from cosmodrome.orbit.exchange.states import ephemeris_states, in_frame
from cosmodrome.orbit.propagate import propagate
from cosmodrome.outputs.tle import tle_text


@pytest.fixture(scope="module")
def series(two_days):
    return ephemeris_states(two_days, step_s=60, object_name="Observer", object_id="2027-001A")


@pytest.fixture(scope="module")
def fit(series):
    return fit_mean_elements(series, catalog_number=270)


def test_a_day_in_low_orbit_is_within_two_kilometers(fit, series):
    assert fit.rms_m < 1000
    assert fit.rms_m < fit.largest_m < 3000
    assert fit.span_days == pytest.approx(1.0, abs=0.01)
    assert f"rms {fit.rms_m:.0f} m" in fit.label
    states = sgp4_states(fit.elements, series.elapsed_s[:1441])
    miss = np.linalg.norm(states.position_m - in_frame(series, "TEME").position_m[:1441], axis=1)
    assert np.sqrt(np.mean(miss**2)) == pytest.approx(fit.rms_m, rel=0.02)
    assert abs((fit.elements.epoch - series.epoch).total_seconds()) < 5e-4


def test_the_package_sgp4_and_skyfield_fly_the_written_lines(fit, two_days):
    from skyfield.api import EarthSatellite, load

    name, one, two = tle_text(fit.elements).splitlines()
    assert (name, one[2:7], one[9:17].strip()) == ("Observer", "00270", "27001A")
    record = Satrec.twoline2rv(one, two)
    pick = slice(0, 2881, 60)
    gcrf, elapsed = two_days.position_m[pick], two_days.elapsed_s[pick]
    error, _, _ = record.sgp4_array(
        np.full(len(elapsed), record.jdsatepoch), record.jdsatepochF + elapsed / 86400
    )
    assert not error.any()
    timescale = load.timescale(builtin=True)
    times = timescale.from_datetimes([two_days.epoch + timedelta(seconds=float(s)) for s in elapsed])
    judged = EarthSatellite(one, two, name, timescale).at(times).position.m.T
    miss = np.linalg.norm(judged - gcrf, axis=1)
    assert np.sqrt(np.mean(miss**2)) == pytest.approx(fit.rms_m, rel=0.2)


def test_elements_come_back_from_their_own_states(fit, series):
    # SGP4's own states have these very elements; a TLE rounds angles to 0.0001 deg, 12 m here
    own = sgp4_states(fit.elements, series.elapsed_s)
    again = fit_mean_elements(in_frame(own, "GCRF"), catalog_number=270)
    assert again.rms_m < 20
    assert again.elements.mean_motion_rev_per_day == pytest.approx(
        fit.elements.mean_motion_rev_per_day, abs=2e-6
    )
    assert again.elements.bstar == pytest.approx(fit.elements.bstar, abs=2e-5)


@pytest.mark.parametrize(("altitude_km", "inclination_deg"), [(300, 51.6), (550, 5.0), (1200, 90.0)])
def test_other_orbits(make_state, forces, altitude_km, inclination_deg):
    start = make_state(altitude_km, inclination_deg)
    ephemeris = propagate(start, start.epoch, 1.0, forces, step_s=60.0)
    assert fit_mean_elements(ephemeris_states(ephemeris)).rms_m < 1500


def test_a_short_span_has_no_drag(series):
    fit = fit_mean_elements(series, span_days=0.2)
    assert fit.elements.bstar == 0.0
    assert fit.rms_m < 1000


def test_what_cannot_be_fitted_is_refused(series):
    with pytest.raises(ValueError, match="needs states with velocities, at 10 instants"):
        fit_mean_elements(replace(series, velocity_m_s=None))
    with pytest.raises(ValueError, match="needs states with velocities, at 10 instants"):
        fit_mean_elements(series, span_days=0.001)
