"""The JSON schema of a mission file, for editors."""

import copy
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cosmodrome import catalog
from cosmodrome.models.margin_policies import KNOWN_POLICIES
from cosmodrome.models.mission import Mission

_KINDS = (
    ("Vehicle", "vehicles"),
    ("Site", "sites"),
    ("Station", "stations"),
    ("Component", "components"),
    ("Cell", "cells"),
    ("Finish", "finishes"),
)
_SCHEMA_ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def mission_schema(catalog_folders: Sequence[str | Path] = ()) -> str:
    """Describe the mission file as a JSON schema.

    It is the schema of the models, with the file's own liberties: a catalog name, or a table with `catalog`
    and overrides, wherever the catalog has such things; a module for a stage; a bare number for a quantity; a
    preset for the policy.

    Parameters
    ----------
    catalog_folders : sequence of str or Path
        A person's own catalog folders, whose names are accepted too.

    Returns
    -------
    str
        A JSON document (draft 2020-12).

    Examples
    --------
    >>> json.loads(mission_schema())["title"]
    'Mission file of cosmodrome'
    """
    schema = Mission.model_json_schema()
    definitions: dict[str, Any] = schema["$defs"]
    index = catalog.open_catalog(catalog_folders)
    for model, kind in _KINDS:
        definitions[f"{model}Entry"] = _entry(model, definitions[model], index.names(kind))
    definitions["StageChange"] = {**definitions["Stage"], "required": ["name"]}
    definitions["StageEntry"] = _stage(definitions["Stage"], index.names("modules"))
    in_full = definitions["Quantity"]
    definitions["FullQuantity"] = in_full
    definitions["Quantity"] = {
        "anyOf": [{"type": "number"}, {"$ref": "#/$defs/FullQuantity"}],
        "description": "A number in the unit of its key, or a table with its value and source.",
    }
    _refer(definitions["Vehicle"]["properties"], "Stage")
    _refer(schema["properties"], "Vehicle")
    _refer(schema["properties"], "Site")
    _refer(schema["properties"], "Station")
    _refer(definitions["Satellite"]["properties"], "Component")
    _refer(definitions["SolarArray"]["properties"], "Cell")
    _refer(definitions["BodyFace"]["properties"], "Finish")
    named = {"enum": list(KNOWN_POLICIES), "description": "A preset."}
    schema["properties"]["policy"] = {"anyOf": [named, schema["properties"]["policy"]]}
    title = {"$schema": _SCHEMA_ADDRESS, "title": "Mission file of cosmodrome"}
    return json.dumps({**schema, **title}, indent=2, ensure_ascii=False)


def _entry(model: str, definition: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """A catalog name, a catalog entry with overrides, or everything in full."""
    name = {"enum": list(names), "description": f"{model} of the catalog."}
    overridden = copy.deepcopy(definition)
    overridden["properties"] = {"catalog": name, **overridden["properties"]}
    overridden["required"] = ["catalog"]
    overridden["description"] = "An entry of the catalog; other keys replace its values."
    for key, field in overridden["properties"].items():
        if field.get("$ref") == "#/$defs/Fairing":  # merged key by key, so none is required
            overridden["properties"][key] = {"type": "object"}
        if key == "stages":  # changed key by key where the name is that of a stage
            overridden["properties"][key] = {**field, "items": {"$ref": "#/$defs/StageChange"}}
    return {"anyOf": [name, overridden, {"$ref": f"#/$defs/{model}"}]}


def _stage(definition: dict[str, Any], modules: tuple[str, ...]) -> dict[str, Any]:
    """A stage in full, or a module with keys laid over it."""
    laid_over = copy.deepcopy(definition)
    laid_over["properties"]["module"] = {
        "enum": list(modules),
        "description": "Module of the catalog; other keys replace its values.",
    }
    laid_over["required"] = ["module"]
    return {"anyOf": [{"$ref": "#/$defs/Stage"}, laid_over]}


def _refer(properties: dict[str, Any], model: str) -> None:
    """Point a field at the entry instead of the model."""
    for key, field in properties.items():
        properties[key] = json.loads(json.dumps(field).replace(f'#/$defs/{model}"', f'#/$defs/{model}Entry"'))
