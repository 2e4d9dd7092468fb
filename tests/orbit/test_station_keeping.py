import math

import numpy as np
import pytest

from cosmodrome.constants import EARTH_GM_M3_S2, JULIAN_YEAR_S
from cosmodrome.orbit.repeat_track import track_drift_km
from cosmodrome.orbit.station_keeping import (
    Keeping,
    altitude_keeping,
    decay_rate_m_s,
    local_time_keeping,
    orbit_density_kg_m3,
    track_keeping,
)
from cosmodrome.physics.elements import KeplerianElements, mean_motion_rad_s
from cosmodrome.physics.secular_rates import secular_node_rate_rad_s, solar_inclination_rate_rad_s

ORBIT = KeplerianElements(7_077_720.0, 0.0, math.radians(98.186), 0.0, 0.0, 0.0)
DECAY = 1.5e-5


def test_keeping_makes_up_for_what_drag_takes():
    # whatever the band, the yearly sum is the drag's deceleration times a year: da/dt = 2 f / n
    force = 0.5 * mean_motion_rad_s(ORBIT.semi_major_axis_m) * DECAY
    for keeping in (
        altitude_keeping(ORBIT, 0.3, DECAY),
        altitude_keeping(ORBIT, 5.0, DECAY),
        track_keeping(ORBIT, 2.0, DECAY),
        track_keeping(ORBIT, 10.0, DECAY),
    ):
        assert keeping.yearly_delta_v_m_s == pytest.approx(force * JULIAN_YEAR_S, rel=1e-9)


def test_the_altitude_falls_through_its_band_in_the_interval():
    keeping = altitude_keeping(ORBIT, 1.2, DECAY)
    assert keeping.interval_days * 86_400 * DECAY == pytest.approx(1200.0)
    # Hohmann from 0.6 km below to 0.6 km above (vis-viva), to first order
    low, high = 7_077_720.0 - 600, 7_077_720.0 + 600
    transfer = 0.5 * (low + high)

    def speed(radius, axis):
        return math.sqrt(EARTH_GM_M3_S2 * (2 / radius - 1 / axis))

    total = speed(low, transfer) - speed(low, low) + speed(high, high) - speed(high, transfer)
    assert keeping.delta_v_m_s == pytest.approx(total, rel=1e-3)


def test_the_track_sweeps_its_band_and_comes_back():
    keeping = track_keeping(ORBIT, 2.0, DECAY)
    lift = DECAY * keeping.interval_days * 86_400 / 1e3  # half of it above, half below the repeating axis
    times = np.linspace(0.0, keeping.interval_days * 86_400, 501)
    path = track_drift_km(ORBIT, 0.5 * lift, times, decay_m_s=DECAY)
    assert np.ptp(path) == pytest.approx(2.0, rel=1e-4)
    assert path[-1] == pytest.approx(path[0], abs=1e-9)


def test_the_local_time_sweeps_its_band_and_comes_back():
    keeping = local_time_keeping(ORBIT, 22.0, 10.0)
    a, i = ORBIT.semi_major_axis_m, ORBIT.inclination_rad
    tilting = solar_inclination_rate_rad_s(a, i, 22.0)
    times = np.linspace(0.0, keeping.interval_days * 86_400, 501)
    lean = tilting * (times - 0.5 * times[-1])
    pace = np.array(
        [secular_node_rate_rad_s(a, 0.0, i + x) - secular_node_rate_rad_s(a, 0.0, i) for x in lean]
    )
    minutes = (
        np.concatenate(([0.0], np.cumsum(0.5 * (pace[1:] + pace[:-1]) * np.diff(times)))) * 720 / math.pi
    )
    assert np.ptp(minutes) == pytest.approx(10.0, rel=2e-3)
    assert minutes[-1] == pytest.approx(0.0, abs=0.02)
    speed = math.sqrt(EARTH_GM_M3_S2 / a)
    assert keeping.yearly_delta_v_m_s == pytest.approx(speed * abs(tilting) * JULIAN_YEAR_S, rel=1e-6)


@pytest.mark.parametrize("hour", [0.0, 6.0, 12.0, 18.0])
def test_planes_that_the_sun_does_not_tilt_need_nothing(hour):
    keeping = local_time_keeping(ORBIT, hour, 10.0)
    assert keeping == Keeping(math.inf, 0.0)
    assert keeping.yearly_delta_v_m_s == 0.0


def test_decay_by_the_turning_air():
    # King-Hele: a retrograde orbit meets more wind than a prograde one; in the still air of a polar orbit
    # da/dt = rho sqrt(mu a) / B
    def orbit(inclination):
        return KeplerianElements(6_878_137.0, 0.0, inclination, 0.0, 0.0, 0.0)

    polar = decay_rate_m_s(orbit(math.pi / 2), 1e-12, 50.0)
    assert polar == pytest.approx(1e-12 * math.sqrt(EARTH_GM_M3_S2 * 6_878_137.0) / 50.0)
    assert decay_rate_m_s(orbit(0.0), 1e-12, 50.0) < polar < decay_rate_m_s(orbit(math.pi), 1e-12, 50.0)


def test_density_of_an_orbit_falls_with_height_and_grows_with_flux():
    def density(altitude_km, flux):
        orbit = KeplerianElements(6_378_137.0 + 1e3 * altitude_km, 0.0, math.radians(97.6), 0.0, 0.0, 0.0)
        return orbit_density_kg_m3(orbit, flux)

    assert density(400, 140) > density(500, 140) > density(600, 140)
    assert density(500, 70) < density(500, 140) < density(500, 220)


@pytest.mark.parametrize("band", [0.0, -1.0, math.nan])
def test_bands_without_width(band):
    with pytest.raises(ValueError, match="km wide was given; expected a width above 0"):
        altitude_keeping(ORBIT, band, DECAY)
    with pytest.raises(ValueError, match="km wide was given; expected a width above 0"):
        track_keeping(ORBIT, band, DECAY)
    with pytest.raises(ValueError, match="min wide was given; expected a width above 0"):
        local_time_keeping(ORBIT, 10.0, band)


def test_orbits_that_do_not_decay():
    for keep in (altitude_keeping, track_keeping):
        with pytest.raises(ValueError, match=r"a decay of 0 m/s was given; .* needs no lifting"):
            keep(ORBIT, 1.0, 0.0)


@pytest.mark.parametrize(("density", "ballistic"), [(0.0, 50.0), (1e-12, -1.0)])
def test_no_air_or_no_mass(density, ballistic):
    with pytest.raises(ValueError, match="expected both above 0"):
        decay_rate_m_s(ORBIT, density, ballistic)


def test_one_line():
    assert repr(Keeping(10.0, 0.5)) == "<Keeping 0.5 m/s every 10 days, 18.3 m/s a year>"
