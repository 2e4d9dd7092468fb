"""A requirement held against what is achieved, and the terms that lead there; worst first in a verdict."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from typing import Literal

from cosmodrome.errors import QuestionError

Sense = Literal["at least", "at most"]

_MOST_NAMED = 3  # checks that still fail, by their titles


class VerdictStatus(Enum):
    """Whether the mission closes; the value is the sentence to show."""

    CLOSES = "The mission closes: every check holds."
    DOES_NOT_CLOSE = "The mission does not close: at least one check fails."
    NO_VERDICT = "No verdict: the ascent is not proved, so no payload can be claimed."


def _afterwards(still_failing: tuple[str, ...]) -> str:
    """What a changed mission's verdict is."""
    if not still_failing:
        return "then every check holds"
    if len(still_failing) > _MOST_NAMED:
        return f"then {len(still_failing)} checks still fail"
    return f"then still failing: {', '.join(still_failing)}"


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a derivation: a number, its unit, and where it is from.

    `formula` tells how it follows from the terms above it; an input has none and names its source.
    `formula_id` is the dotted name, under `cosmodrome`, of the function that worked it out, whose docstring
    has the equation and its reference; empty where the formula is all there is to it.
    """

    name: str
    value: float
    unit: str
    formula: str = ""
    source: str = ""
    formula_id: str = ""

    def __repr__(self) -> str:
        return f"<Term {self.name} = {self.value:.6g} {self.unit}>"


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How a check's margin answers to one number of the mission, found by judging it anew."""

    lever: str
    lever_unit: str
    lever_value: float
    lever_change: float  # by which it was turned
    margin_change: float  # what that did, in the check's unit
    unit: str

    def __repr__(self) -> str:
        return (
            f"<Sensitivity {self.lever} {self.lever_change:+.3g} {self.lever_unit}: "
            f"{self.margin_change:+.3g} {self.unit}>"
        )


@dataclass(frozen=True, slots=True)
class Closing:
    """The least change of one number that closes a check, and what the verdict on the changed mission is."""

    lever: str
    lever_unit: str
    before: float
    after: float
    margin: float  # of the check then, in its unit
    unit: str
    still_failing: tuple[str, ...]  # titles of the checks that fail then
    followed: str = ""  # numbers that had to change with it

    @property
    def text(self) -> str:
        """The change in words, with what follows it."""
        unit = f" {self.lever_unit}" if self.lever_unit else ""
        so = f"; with it {self.followed}" if self.followed else ""
        change = f"{self.after - self.before:+.4g}".replace("-", "−")
        to = f"{self.after:.5g}".replace("-", "−")
        if self.lever_unit.startswith("dB"):
            return f"{self.lever} {change} dB (to {to}{unit}{so})"
        share = f"{100.0 * (self.after / self.before - 1.0):+.1f} %".replace("-", "−")
        return f"{self.lever} {change}{unit} (to {to}{unit}, {share}{so})"

    @property
    def summary(self) -> str:
        """The change, and what the verdict is then."""
        return f"{self.text}; {_afterwards(self.still_failing)}"

    def __repr__(self) -> str:
        return f"<Closing {self.text}>"


@dataclass(frozen=True, slots=True)
class JointClosing:
    """The smallest closing of every failing check, all made at once, and what the verdict is then."""

    changes: tuple[str, ...]
    still_failing: tuple[str, ...]  # titles of the checks that fail then

    @property
    def summary(self) -> str:
        """The changes, and what the verdict is then."""
        return f"{', and '.join(self.changes)}; {_afterwards(self.still_failing)}"

    def __repr__(self) -> str:
        return f"<JointClosing {len(self.changes)} changes>"


@dataclass(frozen=True, slots=True)
class Check:
    """One requirement held against what the models achieve."""

    name: str
    title: str
    required: float
    achieved: float
    unit: str
    sense: Sense
    best_estimate: float  # of the estimated side, without allowances
    allowance: float  # added to the best estimate by the policy
    policy: str
    source: str
    detail: str  # where to look
    advice: str  # the kind of change that helps
    derivation: tuple[Term, ...] = ()  # from the inputs to what is achieved
    sensitivities: tuple[Sensitivity, ...] = ()  # of failing checks and of the smallest margins
    closings: tuple[Closing, ...] = ()  # single changes that close it, smallest first

    @property
    def margin(self) -> float:
        """Distance to the requirement in the check's unit; positive is good."""
        gap = self.achieved - self.required
        return gap if self.sense == "at least" else -gap

    @property
    def margin_fraction(self) -> float:
        """Margin relative to the requirement; decibels as the power ratio that they stand for."""
        if self.unit == "dB":
            return float(10 ** (self.margin / 10) - 1)
        return self.margin / abs(self.required) if self.required else self.margin

    @property
    def closes(self) -> bool:
        """Whether the requirement is met."""
        return self.margin >= 0

    @property
    def remedy(self) -> str:
        """What would close it: the smallest change that was judged, or the kind of change that helps."""
        if self.closes:
            return ""
        return self.closings[0].summary if self.closings else self.advice

    def __repr__(self) -> str:
        word = "closes" if self.closes else "FAILS"
        return f"<Check {self.name}: {self.margin:+.4g} {self.unit}, {word}>"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Every check, worst margin first, and what follows from them."""

    status: VerdictStatus
    checks: tuple[Check, ...]
    together: JointClosing | None = None  # where several checks fail and each has a closing

    @property
    def closes(self) -> bool:
        """Whether the mission closes."""
        return self.status is VerdictStatus.CLOSES

    @property
    def binding(self) -> Check | None:
        """The check with the smallest relative margin; None where nothing is asked."""
        return self.checks[0] if self.checks else None

    @property
    def failing(self) -> tuple[Check, ...]:
        """The checks that fail, worst first."""
        return tuple(check for check in self.checks if not check.closes)

    def find(self, name: str) -> Check:
        """The check of a name or title.

        Raises
        ------
        QuestionError
            Where there is none, naming those that there are.
        """
        wanted = name.strip().lower()
        for check in self.checks:
            if wanted in (check.name.lower(), check.title.lower()):
                return check
        near = get_close_matches(wanted, [check.name for check in self.checks], 1, 0.4)
        meant = f"did you mean '{near[0]}'? " if near else ""
        names = ", ".join(check.name for check in self.checks)
        raise QuestionError(f"this verdict has no check '{name}'; {meant}checks: {names}")

    def __repr__(self) -> str:
        held = len(self.checks) - len(self.failing)
        return f"<Verdict {self.status.name}: {held} of {len(self.checks)} checks hold>"
