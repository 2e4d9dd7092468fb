"""From a mission file to a mission, with every mistake in the file named where it stands."""

from cosmodrome.missionfile.loader import load_mission
from cosmodrome.missionfile.schema import mission_schema

__all__ = ["load_mission", "mission_schema"]
