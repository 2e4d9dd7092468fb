"""What is told of a document at once: also what disagrees among the parts that are valid."""

from typing import Any

from pydantic import model_validator

from cosmodrome.models.quantity import Complaint, Model, reject
from cosmodrome.tomlfile.validation import validated


class Wheel(Model):
    """A part with a check of its own."""

    name: str
    low_m: float
    high_m: float

    @model_validator(mode="after")
    def _low_is_below_high(self) -> "Wheel":
        reject([("low is above high", "swap the two")] if self.low_m > self.high_m else [])
        return self


class Cart(Model):
    """A whole with checks of how its parts agree."""

    load_kg: float
    wheels: tuple[Wheel, ...]
    spare: Wheel | None = None

    @model_validator(mode="after")
    def _carries_its_load(self) -> "Cart":
        reject([("too much", "take wheels")] if self.load_kg > 100 * len(self.wheels) else [])
        return self

    @model_validator(mode="after")
    def _names_are_unique(self) -> "Cart":
        names = [wheel.name for wheel in self.wheels]
        reject(
            [
                Complaint(f"'{name}' twice", "rename", ("wheels", number, "name"))
                for number, name in enumerate(names)
                if name in names[:number]
            ]
        )
        return self

    @model_validator(mode="after")
    def _has_a_spare(self) -> "Cart":
        reject([("no spare", "give one")] if self.spare is None else [])
        return self


def wheel(name: str, low: Any = 1.0, high: Any = 2.0) -> dict[str, Any]:
    return {"name": name, "low_m": low, "high_m": high}


def told(**changes: Any) -> list[tuple[Any, ...]]:
    good = {"load_kg": 10.0, "wheels": (wheel("a"), wheel("b")), "spare": wheel("c")}
    model, errors = validated(Cart, good | changes)
    assert (model is None) is bool(errors)
    return [(one["loc"], one["msg"]) for one in errors]


def test_a_valid_document_has_nothing_to_tell() -> None:
    assert told() == []


def test_a_wrong_part_hides_no_disagreement_of_the_others() -> None:
    found = told(wheels=(wheel("a", "x"), wheel("a", 3.0), wheel("b")))
    assert [place for place, _ in found] == [("wheels", 0, "low_m"), ("wheels", 1), ("wheels", 1, "name")]


def test_a_check_that_needs_what_is_wrong_is_left_out() -> None:
    assert told(load_kg="heavy", spare=wheel("c", 5.0)) == [
        (("load_kg",), "Input should be a valid number"),
        (("spare",), "low is above high"),
    ]
    assert [place for place, _ in told(spare=3)] == [("spare",)]  # there is one, if a wrong one


def test_nothing_is_told_twice() -> None:
    assert told(wheels=(wheel("a"), wheel("a"))) == [(("wheels", 1, "name"), "'a' twice")]


def test_every_disagreement_of_one_level_is_told() -> None:
    wheels = (wheel("a"), wheel("a"))
    assert told(wheels=wheels, load_kg=900.0, spare=None) == [
        ((), "too much"),
        (("wheels", 1, "name"), "'a' twice"),
        ((), "no spare"),
    ]
