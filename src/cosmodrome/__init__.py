"""Does this mission close? One file in, one verdict out."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cosmodrome.analysis import MissionResult, analyze
    from cosmodrome.ascent.capability import PayloadCapability, payload_capability
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
    "payload_capability": "cosmodrome.ascent.capability",
}

__all__ = [
    "MissionResult",
    "PayloadCapability",
    "analyze",
    "find_site",
    "find_vehicle",
    "load_mission",
    "mission_schema",
    "payload_capability",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'cosmodrome' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
