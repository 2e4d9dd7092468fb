"""Does this mission close? One file in, one verdict out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult, analyze
    from cosmodrome.ascent.capability import PayloadCapability, optimize_ascent, payload_capability
    from cosmodrome.ascent.footprint import spent_stage_footprints
    from cosmodrome.ascent.partials import payload_partials
    from cosmodrome.ascent.payload_map import payload_map
    from cosmodrome.catalog import find_site, find_vehicle
    from cosmodrome.missionfile import load_mission, mission_schema

_HOMES = {
    "MissionResult": "cosmodrome.analysis",
    "PayloadCapability": "cosmodrome.ascent.capability",
    "analyze": "cosmodrome.analysis",
    "find_site": "cosmodrome.catalog",
    "find_vehicle": "cosmodrome.catalog",
    "load_mission": "cosmodrome.missionfile",
    "mission_schema": "cosmodrome.missionfile",
    "optimize_ascent": "cosmodrome.ascent.capability",
    "payload_capability": "cosmodrome.ascent.capability",
    "payload_map": "cosmodrome.ascent.payload_map",
    "payload_partials": "cosmodrome.ascent.partials",
    "spent_stage_footprints": "cosmodrome.ascent.footprint",
}

__all__ = [
    "MissionResult",
    "PayloadCapability",
    "analyze",
    "find_site",
    "find_vehicle",
    "load_mission",
    "mission_schema",
    "optimize_ascent",
    "payload_capability",
    "payload_map",
    "payload_partials",
    "spent_stage_footprints",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cosmodrome' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
