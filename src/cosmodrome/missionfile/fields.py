"""Which keys a table of a mission file may hold, read off the models."""

from typing import Any, get_args

from cosmodrome.missionfile.scanner import Path
from cosmodrome.models.mission import Mission
from cosmodrome.models.quantity import Model

CATALOG_TABLES: tuple[Path, ...] = (("vehicle",), ("site",), ("stations",), ("satellite", "components"))


def models_at(path: Path, document: dict[str, Any]) -> list[type[Model]]:
    """Models that the table at a path may be; one, unless its `kind` does not decide."""
    models: list[type[Model]] = [Mission]
    for part in path:
        if isinstance(part, str):
            fields = [model.model_fields[part] for model in models if part in model.model_fields]
            models = [model for field in fields for model in _models_in(field.annotation)]
    table = value_at(path, document)
    kind = table.get("kind") if isinstance(table, dict) else None
    of_kind = [m for m in models if "kind" in m.model_fields and kind in _kinds(m)]
    return of_kind or models


def known_keys(path: Path, document: dict[str, Any]) -> list[str]:
    """Keys that the table at a path may hold."""
    keys = {name: None for model in models_at(path, document) for name in model.model_fields}
    if tuple(part for part in path if isinstance(part, str)) in CATALOG_TABLES:
        keys["catalog"] = None
    return list(keys)


def description_of(path: Path, document: dict[str, Any]) -> str:
    """What the key at a path means; empty where no model says."""
    for model in models_at(path[:-1], document):
        if path[-1] in model.model_fields:
            return model.model_fields[str(path[-1])].description or ""
    return ""


def value_at(path: Path, document: Any) -> Any:
    """The value at a path; None where there is none."""
    for part in path:
        in_table = isinstance(document, dict) and part in document
        in_array = isinstance(document, list) and isinstance(part, int) and part < len(document)
        if not in_table and not in_array:
            return None
        document = document[part]
    return document


def _models_in(annotation: Any) -> list[type[Model]]:
    if isinstance(annotation, type):
        if issubclass(annotation, Model):
            return [annotation]
        return [model for part in get_args(annotation) for model in _models_in(part)]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _kinds(model: type[Model]) -> tuple[str, ...]:
    return get_args(model.model_fields["kind"].annotation)
