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
    from cosmodrome.catalog import find_site, find_vehicle
    from cosmodrome.missionfile import load_mission, mission_schema
    from cosmodrome.orbit.constellation import walker_delta, walker_star
    from cosmodrome.orbit.exchange.fit import fit_mean_elements
    from cosmodrome.orbit.exchange.oem import read_oem
    from cosmodrome.orbit.exchange.omm import read_omm
    from cosmodrome.orbit.exchange.opm import read_opm
    from cosmodrome.orbit.exchange.sp3 import read_sp3
    from cosmodrome.orbit.exchange.tle import read_tle
    from cosmodrome.orbit.forces import Forces
    from cosmodrome.orbit.propagate import propagate, transition_matrix
    from cosmodrome.orbit.state import orbit_state, orbit_state_from_elements
    from cosmodrome.outputs.export import ExportChoices, export_ephemeris

_HOMES = {
    "ExportChoices": "cosmodrome.outputs.export",
    "Forces": "cosmodrome.orbit.forces",
    "MissionResult": "cosmodrome.analysis",
    "PayloadCapability": "cosmodrome.ascent.capability",
    "analyze": "cosmodrome.analysis",
    "export_ephemeris": "cosmodrome.outputs.export",
    "find_site": "cosmodrome.catalog",
    "find_vehicle": "cosmodrome.catalog",
    "fit_mean_elements": "cosmodrome.orbit.exchange.fit",
    "load_mission": "cosmodrome.missionfile",
    "mission_schema": "cosmodrome.missionfile",
    "optimize_ascent": "cosmodrome.ascent.capability",
    "orbit_state": "cosmodrome.orbit.state",
    "orbit_state_from_elements": "cosmodrome.orbit.state",
    "payload_capability": "cosmodrome.ascent.capability",
    "payload_map": "cosmodrome.ascent.payload_map",
    "payload_partials": "cosmodrome.ascent.partials",
    "payload_spread": "cosmodrome.ascent.spread",
    "propagate": "cosmodrome.orbit.propagate",
    "read_oem": "cosmodrome.orbit.exchange.oem",
    "read_omm": "cosmodrome.orbit.exchange.omm",
    "read_opm": "cosmodrome.orbit.exchange.opm",
    "read_sp3": "cosmodrome.orbit.exchange.sp3",
    "read_tle": "cosmodrome.orbit.exchange.tle",
    "spent_stage_footprints": "cosmodrome.ascent.footprint",
    "transition_matrix": "cosmodrome.orbit.propagate",
    "walker_delta": "cosmodrome.orbit.constellation",
    "walker_star": "cosmodrome.orbit.constellation",
}

__all__ = [
    "ExportChoices",
    "Forces",
    "MissionResult",
    "PayloadCapability",
    "analyze",
    "export_ephemeris",
    "find_site",
    "find_vehicle",
    "fit_mean_elements",
    "load_mission",
    "mission_schema",
    "optimize_ascent",
    "orbit_state",
    "orbit_state_from_elements",
    "payload_capability",
    "payload_map",
    "payload_partials",
    "payload_spread",
    "propagate",
    "read_oem",
    "read_omm",
    "read_opm",
    "read_sp3",
    "read_tle",
    "spent_stage_footprints",
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
