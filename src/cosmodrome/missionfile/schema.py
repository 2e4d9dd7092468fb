"""The JSON schema of a mission file, for editors."""

import copy
import json
from typing import Any

from cosmodrome import catalog
from cosmodrome.models.mission import Mission

_SCHEMA_ADDRESS = "https://json-schema.org/draft/2020-12/schema"


def mission_schema() -> str:
    """Describe the mission file as a JSON schema.

    It is the schema of the models, with the file's own liberties: a catalog name, or a table with `catalog`
    and overrides, wherever the catalog has such things; a bare number for a quantity.

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
    names = {
        "Vehicle": catalog.vehicle_names(),
        "Site": catalog.site_names(),
        "Station": catalog.station_names(),
        "Component": catalog.component_names(),
    }
    for model, known in names.items():
        definitions[f"{model}Entry"] = _entry(model, definitions[model], known)
    in_full = definitions["Quantity"]
    definitions["FullQuantity"] = in_full
    definitions["Quantity"] = {
        "anyOf": [{"type": "number"}, {"$ref": "#/$defs/FullQuantity"}],
        "description": "A number in the unit of its key, or a table with its value and source.",
    }
    _refer(schema["properties"], "Vehicle")
    _refer(schema["properties"], "Site")
    _refer(schema["properties"], "Station")
    _refer(definitions["Satellite"]["properties"], "Component")
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
    return {"anyOf": [name, overridden, {"$ref": f"#/$defs/{model}"}]}


def _refer(properties: dict[str, Any], model: str) -> None:
    """Point a field at the entry instead of the model."""
    for key, field in properties.items():
        properties[key] = json.loads(json.dumps(field).replace(f'#/$defs/{model}"', f'#/$defs/{model}Entry"'))
