"""A number with its source, the published alternatives, and how sure we are of it."""

import math
from collections.abc import Sequence
from typing import Any, Literal, NamedTuple

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError


class Model(BaseModel):
    """Base of every input model: immutable, and closed to keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, allow_inf_nan=False)


# High: a document of the maker or the operator, or two compilations that agree. Medium: one compilation.
# Low: press, recollection, inference.
Confidence = Literal["high", "medium", "low"]


class Alternative(Model):
    """Another published value of the same quantity."""

    value: float = Field(description="The other value, in the unit of the key.")
    source: str = Field(min_length=1, description="Who publishes it.")
    confidence: Confidence = Field(default="medium", description="How far to trust the source.")


class Quantity(Model):
    """A number of the catalog: its value in the unit of its key, and where it is from.

    A bare number is accepted where a person overrides a value in a mission file; validation with the context
    `{"is_sourced": True}`, as for a catalog, refuses it.
    """

    value: float = Field(description="The value, in the unit of the key.")
    source: str = Field(min_length=1, description="Who publishes it.")
    confidence: Confidence = Field(default="medium", description="How far to trust the source.")
    alternatives: tuple[Alternative, ...] = Field(
        default=(), description="Other published values, each with its source."
    )
    note: str = Field(default="", description="What a reader should know of this number.")
    estimated: bool = Field(
        default=False, description="True where no source gives it; the source then names the rule."
    )

    @model_validator(mode="before")
    @classmethod
    def _accept_a_bare_number(cls, data: Any, info: ValidationInfo) -> Any:
        given = data.get("value") if isinstance(data, dict) else data
        if isinstance(given, float) and not math.isfinite(given):
            raise PydanticCustomError(
                "not_finite",
                "{value} is not a finite number",
                {"value": f"{given}", "help": "give a number, or leave the key out where it may be left out"},
            )
        if isinstance(data, int | float) and not isinstance(data, bool):
            if info.context and info.context.get("is_sourced"):
                raise PydanticCustomError("missing_source", "{value} has no source", {"value": f"{data:g}"})
            return {"value": data, "source": "mission file"}
        return data

    def __repr__(self) -> str:
        return f"{self.value:g} [{self.source}]"


Path = tuple[str | int, ...]


class Complaint(NamedTuple):
    """What is wrong, what to do about it, and at which key of the model, if at one."""

    text: str
    help: str
    place: Path = ()

    @property
    def details(self) -> InitErrorDetails:
        """As an error of validation."""
        context = {"text": self.text, "help": self.help, "names_its_subject": bool(self.place)}
        kind = PydanticCustomError("contradiction", "{text}", context)
        return InitErrorDetails(type=kind, loc=self.place, input=None)


def above_zero(unit: str, help: str, *, or_zero: bool = False) -> AfterValidator:
    """Refuse what is negative or zero, with advice of its own; put it before `within`.

    `or_zero`: zero is accepted.
    """

    def check(quantity: Any) -> Any:
        value = quantity.value if isinstance(quantity, Quantity) else quantity
        if value is None or value > 0 or (or_zero and value == 0):
            return quantity
        raise PydanticCustomError(
            "not_positive",
            "{value} {unit} is {side} 0 {unit}",
            {"value": f"{value:g}", "unit": unit, "side": "below" if or_zero else "not above", "help": help},
        )

    return AfterValidator(check)


def reject(complaints: Sequence[Complaint | tuple[str, str]]) -> None:
    """Raise every complaint at once, each as an error of its own."""
    told = [Complaint(*complaint) for complaint in complaints]
    if told:
        raise ValidationError.from_exception_data("contradiction", [one.details for one in told])


def named_twice(tables: Sequence[object], subject: str, help: str, place: Path) -> list[Complaint]:
    """Names that an array of tables gives again.

    `tables`: models with a name, or without one where it is wrong; `place`: of the array.
    """
    names = [getattr(table, "name", None) for table in tables]
    return [
        Complaint(f"{subject} '{name}' is listed twice", help, (*place, number, "name"))
        for number, name in enumerate(names)
        if name is not None and name in names[:number]
    ]


def within(
    lowest: float,
    highest: float,
    unit: str,
    help: str = "",
    slip_factor: float = 0.0,
    *,
    help_above: str = "",
) -> AfterValidator:
    """Bound a quantity, with a message that names the likely slip.

    `slip_factor`: where value / slip_factor lies inside the bounds, the help offers that value.
    `help_above`: the help where the value is too large, if it is another.
    """

    def check(quantity: Any) -> Any:
        value = quantity.value if isinstance(quantity, Quantity) else quantity
        if value is None or lowest <= value <= highest:
            return quantity
        side = "below" if value < lowest else "above"
        limit = lowest if value < lowest else highest
        hint = help_above if help_above and value > highest else help
        if slip_factor and lowest <= value / slip_factor <= highest:
            hint = f"{hint} {value:g} would be {value / slip_factor:.4g} {unit}"
        raise PydanticCustomError(
            "implausible",
            "{value} {unit} is {side} {limit} {unit}",
            {"value": f"{value:g}", "unit": unit, "side": side, "limit": f"{limit:g}", "help": hint},
        )

    return AfterValidator(check)
