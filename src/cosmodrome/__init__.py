"""Does this mission close? One file in, one verdict out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult, analyze
    from cosmodrome.ascent.capability import PayloadCapability, optimize_ascent, payload_capability
    from cosmodrome.ascent.footprint import spent_stage_footprints
    from cosmodrome.ascent.partials import payload_partials
    from cosmodrome.ascent.payload_map import payload_map
    from cosmodrome.ascent.spread import payload_spread
    from cosmodrome.catalog import find_site, find_station, find_vehicle
    from cosmodrome.injection import injection_state
    from cosmodrome.injection_dispersion import injection_dispersion
    from cosmodrome.missionfile import load_mission, mission_schema
    from cosmodrome.models.injection_accuracy import InjectionAccuracy
    from cosmodrome.operations.bulk_passes import bulk_passes
    from cosmodrome.operations.passes import station_passes
    from cosmodrome.operations.target_access import GroundTarget, target_accesses
    from cosmodrome.operations.tracking import pass_track
    from cosmodrome.orbit.beta_calendar import beta_calendar
    from cosmodrome.orbit.constellation import walker_delta, walker_star
    from cosmodrome.orbit.coverage import SensorLimits, coverage
    from cosmodrome.orbit.crosslinks import crosslinks, ephemeris_crosslinks
    from cosmodrome.orbit.dispersion import dispersed_orbits, early_orbit_dispersion, injection_correction
    from cosmodrome.orbit.eclipses import eclipses
    from cosmodrome.orbit.ephemeris import Ephemeris
    from cosmodrome.orbit.exchange.fit import fit_mean_elements
    from cosmodrome.orbit.exchange.oem import read_oem
    from cosmodrome.orbit.exchange.omm import read_omm
    from cosmodrome.orbit.exchange.opm import read_opm
    from cosmodrome.orbit.exchange.orbit_file import read_orbit_file
    from cosmodrome.orbit.exchange.sp3 import read_sp3
    from cosmodrome.orbit.exchange.tle import read_tle
    from cosmodrome.orbit.forces import ConstantWeather, Forces
    from cosmodrome.orbit.lifetime import orbital_lifetime
    from cosmodrome.orbit.lifetime_distribution import LifetimeSpread, lifetime_distribution
    from cosmodrome.orbit.local_time import local_time_drift
    from cosmodrome.orbit.maneuvers import FiniteBurn, ImpulsiveBurn
    from cosmodrome.orbit.mean_start import state_from_mean_elements
    from cosmodrome.orbit.nodes import apsis_passages, node_crossings
    from cosmodrome.orbit.propagate import covariance_after, propagate, propagate_many, transition_matrix
    from cosmodrome.orbit.repeat_track import repeat_cycles, repeat_orbits
    from cosmodrome.orbit.state import orbit_state, orbit_state_from_elements
    from cosmodrome.orbit.station_keeping import altitude_keeping, local_time_keeping, track_keeping
    from cosmodrome.orbit.surfaces import Face, Surfaces
    from cosmodrome.outputs.export import ExportChoices, export_ephemeris
    from cosmodrome.physics.elements import KeplerianElements
    from cosmodrome.studies.coverage_study import coverage_study
    from cosmodrome.studies.lifetime_study import lifetime_study
    from cosmodrome.studies.orbit_study import orbit_study
    from cosmodrome.studies.pass_study import pass_study
    from cosmodrome.window import WindowLimits, launch_windows

_HOMES = {
    "ConstantWeather": "cosmodrome.orbit.forces",
    "Ephemeris": "cosmodrome.orbit.ephemeris",
    "ExportChoices": "cosmodrome.outputs.export",
    "Face": "cosmodrome.orbit.surfaces",
    "FiniteBurn": "cosmodrome.orbit.maneuvers",
    "Forces": "cosmodrome.orbit.forces",
    "GroundTarget": "cosmodrome.operations.target_access",
    "ImpulsiveBurn": "cosmodrome.orbit.maneuvers",
    "InjectionAccuracy": "cosmodrome.models.injection_accuracy",
    "KeplerianElements": "cosmodrome.physics.elements",
    "LifetimeSpread": "cosmodrome.orbit.lifetime_distribution",
    "MissionResult": "cosmodrome.analysis",
    "PayloadCapability": "cosmodrome.ascent.capability",
    "SensorLimits": "cosmodrome.orbit.coverage",
    "Surfaces": "cosmodrome.orbit.surfaces",
    "WindowLimits": "cosmodrome.window",
    "altitude_keeping": "cosmodrome.orbit.station_keeping",
    "analyze": "cosmodrome.analysis",
    "apsis_passages": "cosmodrome.orbit.nodes",
    "beta_calendar": "cosmodrome.orbit.beta_calendar",
    "bulk_passes": "cosmodrome.operations.bulk_passes",
    "covariance_after": "cosmodrome.orbit.propagate",
    "coverage": "cosmodrome.orbit.coverage",
    "coverage_study": "cosmodrome.studies.coverage_study",
    "crosslinks": "cosmodrome.orbit.crosslinks",
    "dispersed_orbits": "cosmodrome.orbit.dispersion",
    "early_orbit_dispersion": "cosmodrome.orbit.dispersion",
    "eclipses": "cosmodrome.orbit.eclipses",
    "ephemeris_crosslinks": "cosmodrome.orbit.crosslinks",
    "export_ephemeris": "cosmodrome.outputs.export",
    "find_site": "cosmodrome.catalog",
    "find_station": "cosmodrome.catalog",
    "find_vehicle": "cosmodrome.catalog",
    "fit_mean_elements": "cosmodrome.orbit.exchange.fit",
    "injection_correction": "cosmodrome.orbit.dispersion",
    "injection_dispersion": "cosmodrome.injection_dispersion",
    "injection_state": "cosmodrome.injection",
    "launch_windows": "cosmodrome.window",
    "lifetime_distribution": "cosmodrome.orbit.lifetime_distribution",
    "lifetime_study": "cosmodrome.studies.lifetime_study",
    "load_mission": "cosmodrome.missionfile",
    "local_time_drift": "cosmodrome.orbit.local_time",
    "local_time_keeping": "cosmodrome.orbit.station_keeping",
    "mission_schema": "cosmodrome.missionfile",
    "node_crossings": "cosmodrome.orbit.nodes",
    "optimize_ascent": "cosmodrome.ascent.capability",
    "orbit_state": "cosmodrome.orbit.state",
    "orbit_state_from_elements": "cosmodrome.orbit.state",
    "orbit_study": "cosmodrome.studies.orbit_study",
    "orbital_lifetime": "cosmodrome.orbit.lifetime",
    "pass_study": "cosmodrome.studies.pass_study",
    "pass_track": "cosmodrome.operations.tracking",
    "payload_capability": "cosmodrome.ascent.capability",
    "payload_map": "cosmodrome.ascent.payload_map",
    "payload_partials": "cosmodrome.ascent.partials",
    "payload_spread": "cosmodrome.ascent.spread",
    "propagate": "cosmodrome.orbit.propagate",
    "propagate_many": "cosmodrome.orbit.propagate",
    "read_oem": "cosmodrome.orbit.exchange.oem",
    "read_omm": "cosmodrome.orbit.exchange.omm",
    "read_opm": "cosmodrome.orbit.exchange.opm",
    "read_orbit_file": "cosmodrome.orbit.exchange.orbit_file",
    "read_sp3": "cosmodrome.orbit.exchange.sp3",
    "read_tle": "cosmodrome.orbit.exchange.tle",
    "repeat_cycles": "cosmodrome.orbit.repeat_track",
    "repeat_orbits": "cosmodrome.orbit.repeat_track",
    "spent_stage_footprints": "cosmodrome.ascent.footprint",
    "state_from_mean_elements": "cosmodrome.orbit.mean_start",
    "station_passes": "cosmodrome.operations.passes",
    "target_accesses": "cosmodrome.operations.target_access",
    "track_keeping": "cosmodrome.orbit.station_keeping",
    "transition_matrix": "cosmodrome.orbit.propagate",
    "walker_delta": "cosmodrome.orbit.constellation",
    "walker_star": "cosmodrome.orbit.constellation",
}

__all__ = [
    "ConstantWeather",
    "Ephemeris",
    "ExportChoices",
    "Face",
    "FiniteBurn",
    "Forces",
    "GroundTarget",
    "ImpulsiveBurn",
    "InjectionAccuracy",
    "KeplerianElements",
    "LifetimeSpread",
    "MissionResult",
    "PayloadCapability",
    "SensorLimits",
    "Surfaces",
    "WindowLimits",
    "altitude_keeping",
    "analyze",
    "apsis_passages",
    "beta_calendar",
    "bulk_passes",
    "covariance_after",
    "coverage",
    "coverage_study",
    "crosslinks",
    "dispersed_orbits",
    "early_orbit_dispersion",
    "eclipses",
    "ephemeris_crosslinks",
    "export_ephemeris",
    "find_site",
    "find_station",
    "find_vehicle",
    "fit_mean_elements",
    "injection_correction",
    "injection_dispersion",
    "injection_state",
    "launch_windows",
    "lifetime_distribution",
    "lifetime_study",
    "load_mission",
    "local_time_drift",
    "local_time_keeping",
    "mission_schema",
    "node_crossings",
    "optimize_ascent",
    "orbit_state",
    "orbit_state_from_elements",
    "orbit_study",
    "orbital_lifetime",
    "pass_study",
    "pass_track",
    "payload_capability",
    "payload_map",
    "payload_partials",
    "payload_spread",
    "propagate",
    "propagate_many",
    "read_oem",
    "read_omm",
    "read_opm",
    "read_orbit_file",
    "read_sp3",
    "read_tle",
    "repeat_cycles",
    "repeat_orbits",
    "spent_stage_footprints",
    "state_from_mean_elements",
    "station_passes",
    "target_accesses",
    "track_keeping",
    "transition_matrix",
    "walker_delta",
    "walker_star",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cosmodrome' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
