"""Validate a document and tell everything at once: also what disagrees among the parts that are valid.

A model whose field is wrong does not get as far as the checks of how its fields agree. Here they run on what
is left of it: a model that lacks the wrong fields, for every check that does not ask for them.
"""

from collections.abc import Iterator
from typing import Annotated, Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from cosmodrome.tomlfile.scanner import Path

Context = dict[str, Any] | None
AnyModel = TypeVar("AnyModel", bound=BaseModel)


def validated(
    model: type[AnyModel], data: Any, context: Context = None
) -> tuple[AnyModel | None, list[ErrorDetails]]:
    """The model of a document, or None and all that is wrong.

    Parameters
    ----------
    model : type of BaseModel
    data : Any
        The document, with tuples for arrays.
    context : dict, optional
        For the validators.
    """
    try:
        return model.model_validate(data, strict=True, context=context), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    told = {(_without_tags(one["loc"], data), one["msg"]) for one in errors}
    for one in _disagreements(_what_is_valid(model, data, context), ()):
        if (one["loc"], one["msg"]) not in told:
            errors.append(one)
    return None, errors


def _what_is_valid(model: type[BaseModel], data: dict[str, Any], context: Context) -> BaseModel:
    """An instance without the fields that are wrong, with what is valid of wrong tables."""
    valid, wrong = {}, []
    for name, field in model.model_fields.items():
        if name not in data and not field.is_required():
            continue
        try:
            valid[name] = _valid(field.annotation, tuple(field.metadata), data[name], context)
        except (KeyError, ValidationError):
            wrong.append(name)
    part = model.model_construct(**valid)
    for name in wrong:
        part.__dict__.pop(name, None)  # a check that asks for it fails, and is left out
    return part


def _valid(annotation: Any, metadata: tuple[Any, ...], data: Any, context: Context) -> Any:
    """The value of a field; of a table or an array that is wrong what is valid in it."""
    whole: Any = Annotated[annotation, *metadata] if metadata else annotation
    try:
        return TypeAdapter(whole).validate_python(data, context=context)
    except ValidationError:
        models = [part for part in (annotation, *get_args(annotation)) if _is_model(part)]
        if isinstance(data, dict) and len(models) == 1:
            return _what_is_valid(models[0], data, context)
        if isinstance(data, tuple) and len(models) == 1:
            return tuple(
                _valid(models[0], (), item, context) if isinstance(item, dict) else _nothing_of(models[0])
                for item in data
            )
        raise


def _nothing_of(model: type[BaseModel]) -> BaseModel:
    """An instance without any field."""
    part = model.model_construct()
    part.__dict__.clear()
    return part


def _disagreements(part: Any, place: Path) -> Iterator[ErrorDetails]:
    """What the checks of a model, and of the models in it, find."""
    if isinstance(part, tuple):
        for number, item in enumerate(part):
            yield from _disagreements(item, (*place, number))
    if not isinstance(part, BaseModel):
        return
    for name in type(part).model_fields:
        yield from _disagreements(part.__dict__.get(name), (*place, name))
    for decorator in type(part).__pydantic_decorators__.model_validators.values():
        if decorator.info.mode == "after":
            yield from _found_by(decorator.func, part, place)


def _found_by(check: Any, part: BaseModel, place: Path) -> Iterator[ErrorDetails]:
    try:
        check(part)
    except AttributeError:
        return  # it needs what is wrong
    except ValidationError as error:
        for one in error.errors(include_url=False):
            yield {**one, "loc": (*place, *one["loc"])}
    except PydanticCustomError as error:
        yield {
            "type": error.type,
            "loc": place,
            "msg": error.message(),
            "input": None,
            "ctx": error.context or {},
        }


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)


def _without_tags(place: Path, data: Any) -> Path:
    """A place without the tags of unions, which are not keys."""
    path: Path = ()
    here = data
    for part in place:
        if isinstance(here, dict) and part not in here and part == here.get("kind"):
            continue
        path = (*path, part)
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            here = None
    return path
