"""Which keys a table of a file may hold, read off the models."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from cosmodrome.models.quantity import Model
from cosmodrome.tomlfile.scanner import Path


@dataclass(frozen=True, slots=True)
class Grammar:
    """What one kind of file may hold.

    `more_keys`: keys that tables may hold besides the fields of their models, by the table's path without the
    numbers of arrays. `examples`: entries of the catalog that may stand for a whole table, by its key.
    `foundations`: a line by which a table may be built on an entry instead of written in full, by its path.
    `is_sourced`: whether every quantity must say who publishes it.
    """

    model: type[Model]
    more_keys: Mapping[Path, tuple[str, ...]]
    examples: Mapping[str, str]
    foundations: Mapping[Path, str]
    is_sourced: bool

    def models_at(self, path: Path, document: dict[str, Any]) -> list[type[Model]]:
        """Models that the table at a path may be; one, unless its `kind` does not decide."""
        models: list[type[Model]] = [self.model]
        for part in path:
            if isinstance(part, str):
                fields = [model.model_fields[part] for model in models if part in model.model_fields]
                models = [model for field in fields for model in _models_in(field.annotation)]
        table = value_at(path, document)
        kind = table.get("kind") if isinstance(table, dict) else None
        of_kind = [model for model in models if kind in _kinds(model)]
        return of_kind or models

    def keys_at(self, path: Path, document: dict[str, Any]) -> list[str]:
        """Keys that the table at a path may hold."""
        keys = {name: None for model in self.models_at(path, document) for name in model.model_fields}
        return [*keys, *self.more_keys.get(without_numbers(path), ())]

    def kinds_at(self, path: Path, document: dict[str, Any]) -> list[str]:
        """What the `kind` of the table at a path may be."""
        return [kind for model in self.models_at(path, document) for kind in _kinds(model)]

    def description_of(self, path: Path, document: dict[str, Any]) -> str:
        """What the key at a path means; empty where no model says."""
        field = self._field_at(path, document)
        return field.description or "" if field is not None else ""

    def bounds_at(self, path: Path, document: dict[str, Any]) -> dict[str, float]:
        """Bounds of the number at a path, by 'gt', 'ge', 'lt' and 'le'; those that its model states."""
        field = self._field_at(path, document)
        stated = field.metadata if field is not None else ()
        return {
            name: getattr(bound, name)
            for bound in stated
            for name in ("gt", "ge", "lt", "le")
            if hasattr(bound, name)
        }

    def type_of(self, path: Path, document: dict[str, Any]) -> Any:
        """The type of what the key at a path holds: the origin of a generic one; None where no model says."""
        field = self._field_at(path, document)
        return None if field is None else get_origin(field.annotation) or field.annotation

    def _field_at(self, path: Path, document: dict[str, Any]) -> FieldInfo | None:
        fields = (model.model_fields.get(str(path[-1])) for model in self.models_at(path[:-1], document))
        return next((field for field in fields if field is not None), None)


def without_numbers(path: Path) -> Path:
    """A path without the numbers of arrays."""
    return tuple(part for part in path if isinstance(part, str))


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
    field = model.model_fields.get("kind")
    return get_args(field.annotation) if field is not None else ()
