"""One flown mission from closed forms: a gravity turn, a Kepler orbit under a turning Earth, real models."""

import math
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest

from cosmodrome.ascent.result import (
    Ascent,
    AscentEvent,
    AscentLimits,
    AscentStatus,
    AscentTrajectory,
    InsertionOrbit,
    Replay,
    SolverStatistics,
    VelocityLosses,
)
from cosmodrome.constants import (
    ASTRONOMICAL_UNIT_M,
    EARTH_EQUATORIAL_RADIUS_M,
    EARTH_GM_M3_S2,
    STANDARD_GRAVITY_M_S2,
)
from cosmodrome.injection import InjectionState
from cosmodrome.models.mission import Mission
from cosmodrome.orbit.ephemeris import Ephemeris, no_breaks
from cosmodrome.orbit.forces import Forces
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.named_frames import turned_states

LIFTOFF = datetime(2027, 1, 1, 1, 23, 45, 678000, tzinfo=UTC)
PAYLOAD_KG = 2050.0


def _q(value, source="RLD", **more):
    return {"value": value, "source": source, **more}


def _stage(name, role, dry, propellant, thrust, isp, **more):
    return {
        "name": name,
        "role": role,
        "dry_mass_kg": _q(dry, alternatives=[{"value": 1.02 * dry, "source": "ORB"}]),
        "propellant_mass_kg": _q(propellant),
        "thrust_vacuum_n": _q(thrust),
        "specific_impulse_vacuum_s": _q(isp),
        "length_m": _q(more.pop("length")),
        "diameter_m": _q(more.pop("diameter"), estimated=more.pop("estimated", False)),
        **more,
    }


VEHICLE = {
    "name": "angara-1.2",
    "title": "Angara 1.2",
    "country": "RU",
    "height_m": _q(42.7, "press, September 2023"),
    "diameter_m": _q(2.9),
    "gross_mass_kg": _q(171500),
    "fairing": {"mass_kg": _q(810), "diameter_m": _q(2.9), "length_m": _q(10.8)},
    "stages": [
        _stage("URM-1", "core", 10000, 128000, 2084900, 337.4, length=25.7, diameter=2.9, ignition="ground"),
        _stage("URM-2", "core", 2355, 25700, 294300, 359, length=6.9, diameter=2.66, estimated=True),
    ],
    "max_axial_acceleration_g": _q(6.0, "rule of thumb", estimated=True),
    "max_dynamic_pressure_kpa": _q(45.0, "similar vehicles", estimated=True),
    "payload_figures": [
        {
            "site": "Plesetsk",
            "orbit": "LEO",
            "perigee_altitude_km": 200,
            "apogee_altitude_km": 200,
            "inclination_deg": 63,
            "payload_kg": 3500,
            "source": "Khrunichev",
        }
    ],
}

SITE = {
    "name": "vostochny",
    "title": "Vostochny",
    "country": "RU",
    "latitude_deg": _q(51.884),
    "longitude_deg": _q(128.334),
    "altitude_m": _q(280),
    "azimuth_min_deg": _q(350),
    "azimuth_max_deg": _q(95),
}

SATELLITE = {
    "name": "Observer",
    "components": [
        {"name": "structure", "mass_kg": 40, "maturity": "modified"},
        {"name": "avionics", "mass_kg": 12, "power_w": 35, "maturity": "off-the-shelf", "source": "sheet"},
        {"name": "camera", "mass_kg": 30, "power_w": 60},
        {"name": "transmitter", "mass_kg": 2, "power_w": 45, "maturity": "off-the-shelf"},
        {"name": "thruster", "mass_kg": 6, "maturity": "off-the-shelf"},
    ],
    "modes": [
        {"name": "idle", "components": ["avionics"]},
        {"name": "imaging", "when": "sunlit", "duty_fraction": 0.15, "components": ["camera"]}
        | {"data_rate_mbit_s": 40},
        {"name": "downlink", "when": "over-station", "components": ["transmitter"]},
    ],
    "solar_array": {"area_m2": 0.9, "cell_efficiency_ratio": 0.295},
    "battery": {"capacity_wh": 280},
    "transmitter": {
        "component": "transmitter",
        "frequency_mhz": 8200,
        "rf_power_dbw": 7,
        "antenna_gain_dbi": 6,
        "data_rate_mbit_s": 150,
        "required_eb_n0_db": 4.2,
    },
    "drag_area_m2": 1.1,
    "memory_gbit": 1000,
    "propulsion": {"component": "thruster", "specific_impulse_s": 220, "propellant_mass_kg": 8},
}  # fmt: skip


def _station(name, latitude_deg, longitude_deg, gain_dbi, noise_k):
    return {
        "name": name,
        "latitude_deg": latitude_deg,
        "longitude_deg": longitude_deg,
        "antenna_gain_dbi": gain_dbi,
        "system_noise_temperature_k": noise_k,
    }


STATIONS = [
    _station("Svalbard", 78.23, 15.39, 55, 140),
    _station("Tromsø", 69.66, 18.94, 48, 160),
    _station("Awarua", -46.53, 168.38, 47, 150),
    _station("Punta Arenas", -52.94, -70.85, 44, 170),
]


def fixed(values):
    values = np.array(values, dtype=float)
    values.setflags(write=False)
    return values


@pytest.fixture(scope="session")
def mission():
    return Mission.model_validate(
        {
            "name": "Earth Observer <test>",
            "vehicle": VEHICLE,
            "site": SITE,
            "target": {"kind": "sun-synchronous", "altitude_km": 550, "ltan": "10:30"},
            "satellite": SATELLITE,
            "stations": STATIONS,
            "requirements": {"earliest_launch": "2027-01-01", "data_volume_gbit_per_day": 250},
        }
    )


@pytest.fixture(scope="session")
def lift_mission(mission):
    target = {"kind": "circular", "altitude_km": 200, "inclination_deg": 51.7}
    return Mission.model_validate(
        mission.model_dump()
        | {"name": "leo heavy", "satellite": None, "stations": (), "target": target}
        | {"requirements": {"payload_mass_kg": 3500}}
    )


def _profile():
    """A pitched ascent: altitude and speed as smooth ramps, mass by two constant flows."""
    t = np.concatenate([np.linspace(0, 210, 211), np.linspace(210, 213, 4), np.linspace(213, 540, 328)])
    speed = 7600 * (t / t[-1]) ** 1.55 + 1.0
    angle = 90 * np.exp(-((t / 176) ** 1.25))
    climb = speed * np.sin(np.radians(angle))
    altitude = np.concatenate([[0], np.cumsum(np.diff(t) * (climb[1:] + climb[:-1]) / 2)])
    mass = np.where(t <= 210, 171500 - 605 * t, 34000 - 80 * (t - 213))
    density = 1.225 * np.exp(-altitude / 7200)
    thrust = np.where(t <= 210, 2.0e6, np.where(t < 213, 0.0, 294300.0))
    return t, altitude, speed, angle, mass, density, thrust


@pytest.fixture(scope="session")
def ascent(mission):
    t, altitude, speed, angle, mass, density, thrust = _profile()
    n = len(t)
    downrange = np.concatenate([[0], np.cumsum(np.diff(t) * (speed * np.cos(np.radians(angle)))[1:])]) / 1e3
    latitude = mission.site.latitude_deg.value + np.degrees(downrange / 6378.137) * 0.97
    longitude = mission.site.longitude_deg.value - np.degrees(downrange / 6378.137) * 0.5
    attack = np.where((t > 12) & (t < 25), 3.0, np.where(t > 213, 8 * np.exp(-(t - 213) / 200), 0.2))
    pressure = 0.5 * density * speed**2 / 1e3
    flight = AscentTrajectory(
        time_s=fixed(t),
        position_m=fixed(np.tile([EARTH_EQUATORIAL_RADIUS_M, 0, 0], (n, 1)) + altitude[:, None] * [1, 0, 0]),
        velocity_m_s=fixed(speed[:, None] * [0, 0, 1.0]),
        mass_kg=fixed(mass),
        thrust_direction=fixed(np.tile([1.0, 0, 0], (n, 1))),
        throttle_ratio=fixed(thrust > 0),
        altitude_km=fixed(altitude / 1e3),
        latitude_deg=fixed(np.minimum(latitude, 89)),
        longitude_deg=fixed(longitude),
        downrange_km=fixed(downrange),
        inertial_speed_km_s=fixed((speed + 280) / 1e3),
        relative_speed_km_s=fixed(speed / 1e3),
        flight_path_angle_deg=fixed(angle),
        dynamic_pressure_kpa=fixed(pressure),
        heat_flux_w_m2=fixed(0.5 * density * speed**3),
        axial_acceleration_g=fixed(thrust / mass / STANDARD_GRAVITY_M_S2),
        angle_of_attack_deg=fixed(attack),
        q_alpha_kpa_deg=fixed(pressure * attack),
        mach=fixed(speed / 300),
    )
    return Ascent(
        status=AscentStatus.OPTIMAL,
        payload_kg=PAYLOAD_KG,
        final_mass_kg=float(mass[-1]),
        branch="ascending",
        launch_azimuth_deg=351.7,
        duration_s=float(t[-1]),
        trajectory=flight,
        events=_events(flight),
        insertion=InsertionOrbit(549.8, 550.3, 97.59, 171.2, 12.0, 3.0),
        replay=Replay(position_miss_m=2.4, velocity_miss_m_s=0.003),
        solver=SolverStatistics("Solve_Succeeded", 41, 0.093, 0.31, 1180),
        limits=AscentLimits(dynamic_pressure_kpa=45.0, axial_acceleration_g=6.0),
        losses=VelocityLosses(9410.0, 1390.0, 75.0, 205.0, 145.0, 0.0, 286.0, 7881.0),
        notes=("URM-1 throttles to 78%, below the published 100%, to hold the acceleration limit.",),
    )


def _events(flight):
    marks = [
        ("lift-off", 0.0),
        ("maximum dynamic pressure", float(flight.time_s[np.argmax(flight.dynamic_pressure_kpa)])),
        ("URM-1 burnout", 210.0),
        ("URM-1 separation", 212.0),
        ("URM-2 ignition", 213.0),
        ("fairing jettison", 262.0),
        ("cut-off", 540.0),
    ]
    found = []
    for name, time in marks:
        i = int(np.searchsorted(flight.time_s, time))
        found.append(
            AscentEvent(
                name,
                time,
                float(flight.altitude_km[i]),
                float(flight.inertial_speed_km_s[i]),
                float(flight.downrange_km[i]),
                float(flight.mass_kg[i]),
            )
        )
    return tuple(found)


def kepler_ephemeris(epoch, altitude_km=550.0, inclination_deg=97.6, days=4.0):
    """A circle that drifts with the Sun at 22.5 degrees beta, under the Earth as it turns."""
    radius = EARTH_EQUATORIAL_RADIUS_M + 1e3 * altitude_km
    rate = math.sqrt(EARTH_GM_M3_S2 / radius**3)
    t = np.arange(0.0, 86400.0 * days + 1, 30.0)
    u, i = rate * t, math.radians(inclination_deg)
    inward = np.stack([np.cos(u), np.sin(u) * math.cos(i), np.sin(u) * math.sin(i)], axis=1)
    forward = np.stack([-np.sin(u), np.cos(u) * math.cos(i), np.cos(u) * math.sin(i)], axis=1)
    position, velocity = radius * inward, radius * rate * forward
    earth_fixed, over_ground = turned_states(
        epoch, t, (position, velocity), ("GCRF", "ITRF"), read_earth_orientation()
    )
    sun = np.tile([math.cos(math.radians(22.5)), math.sin(math.radians(22.5)), 0.0], (len(t), 1))
    return Ephemeris(
        epoch=epoch,
        elapsed_s=fixed(t),
        position_m=fixed(position),
        velocity_m_s=fixed(velocity),
        position_itrf_m=fixed(earth_fixed),
        velocity_itrf_m_s=fixed(over_ground),
        sun_direction=fixed(sun),
        sun_distance_m=fixed(np.full(len(t), ASTRONOMICAL_UNIT_M)),
        forces=Forces(120.0, 1.1, 2.2, radiation_area_m2=1.1, reflectivity_coefficient=1.3),
        earth_orientation_until=date(2027, 11, 20),
        space_weather_until=date(2026, 11, 18),
        notes=("Space weather after 2026-11-18 is a forecast.",),
        mass_kg=fixed(np.full(len(t), 120.0)),
        breaks=no_breaks(),
    )


@pytest.fixture(scope="session")
def ephemeris(ascent):
    return kepler_ephemeris(LIFTOFF + timedelta(seconds=ascent.duration_s))


@pytest.fixture(scope="session")
def injection(ephemeris):
    return InjectionState(ephemeris.epoch, ephemeris.position_m[0], ephemeris.velocity_m_s[0])


@pytest.fixture(scope="session")
def windows():
    from cosmodrome.window import LaunchWindow

    return tuple(
        LaunchWindow(
            LIFTOFF + timedelta(days=day, seconds=-15 * day),
            "ascending",
            351.7,
            40.0 + day,
            10.5,
            day % 9 > 3,
        )
        for day in range(30)
    )


@pytest.fixture(scope="session")
def result(mission, ascent, windows, injection, ephemeris):
    from cosmodrome.analysis import MissionResult, OrbitHistory, StageTiming
    from cosmodrome.ascent.capability import PayloadCapability
    from cosmodrome.budgets.totals import satellite_budgets
    from cosmodrome.operations.passes import station_passes
    from cosmodrome.operations.tracking import highest_passes, pass_track
    from cosmodrome.orbit.eclipses import beta_angle, eclipses
    from cosmodrome.orbit.ground_track import ground_track
    from cosmodrome.verdict.mission import mission_verdict

    capability = PayloadCapability.of_physics(ascent, (ascent,))
    passes = station_passes(ephemeris, mission.stations)
    budgets = satellite_budgets(mission, ephemeris, passes)
    orbit = OrbitHistory(
        injection=injection,
        ephemeris=ephemeris,
        eclipses=eclipses(ephemeris),
        beta=beta_angle(ephemeris),
        track=ground_track(ephemeris),
        passes=passes,
        end_of_life=(budgets.disposal, budgets.delta_v),
        pass_tracks=tuple(
            pass_track(ephemeris, one, station, 5.0, 8200.0)
            for one in highest_passes(passes, mission.stations)
            for station in mission.stations
            if station.name == one.station
        ),
    )
    return MissionResult(
        mission=mission,
        verdict=mission_verdict(mission, capability, budgets),
        capability=capability,
        windows=windows,
        orbit=orbit,
        budgets=budgets,
        timings=(StageTiming("ascent", 0.61), StageTiming("orbit", 0.42)),
    )


@pytest.fixture(scope="session")
def lift_result(result, lift_mission):
    """A mission without a satellite: no orbit, no budgets."""
    from cosmodrome.verdict.mission import mission_verdict

    return replace(
        result,
        mission=lift_mission,
        verdict=mission_verdict(lift_mission, result.capability, None),
        orbit=None,
        budgets=None,
    )
