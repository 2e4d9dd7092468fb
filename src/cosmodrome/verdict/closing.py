"""What would close a check: how its margin answers to each lever, and the least change that suffices.

Every number comes from judging the changed mission anew; nothing is extrapolated.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Closing, JointClosing, Sensitivity, Verdict
from cosmodrome.verdict.levers import Lever, Path, mission_levers, with_lever

Judge = Callable[[Mission], Verdict]

_NUDGE = 0.01
_SMALLEST_MARGINS = 3
_TRIED = 3  # levers that answer most
_MANY = 6  # failing checks: beyond it the best lever of each is enough to wait for
_FARTHEST = math.log(64.0)  # no change beyond it is a change of the same satellite
_FINE = 5e-3  # of the turn
_FIRST_TURN = 0.05
_MOST_TURNS = 10


def with_closings(mission: Mission, verdict: Verdict, judge: Judge) -> Verdict:
    """The verdict with sensitivities of its narrowest checks, and what would close each that fails.

    Parameters
    ----------
    mission : Mission
        As it was judged.
    verdict : Verdict
        Its verdict.
    judge : callable
        Judges a changed mission in the same orbit.

    Returns
    -------
    Verdict
        With `sensitivities` on failing checks and the three smallest margins, `closings` on failing ones.
    """
    chosen = {check.name for check in (*verdict.failing, *verdict.checks[:_SMALLEST_MARGINS])}
    if not chosen:
        return verdict
    levers = [lever for lever in mission_levers(mission) if lever.value != 0.0]
    levers = [lever for lever in levers if any(lever.may_move(name) for name in chosen)]
    bench = _Bench(mission, judge)
    nudged = [(lever, bench.verdict(lever, _nudged(lever))) for lever in levers]
    tried = _TRIED if len(verdict.failing) <= _MANY else 1
    checks, smallest = [], []
    for check in verdict.checks:
        if check.name in chosen:
            answers = _answers(check, nudged)
            searches = () if check.closes else _searches(check, answers, levers, bench)
            found = sorted(_found(searches[:tried]), key=lambda one: one.turn)
            smallest += found[:1]
            check = replace(
                check,
                sensitivities=tuple(answer for _, answer in answers),
                closings=tuple(one.closing for one in found),
            )
        checks.append(check)
    together = _together(mission, smallest, judge) if 1 < len(verdict.failing) == len(smallest) else None
    return replace(verdict, checks=tuple(checks), together=together)


@dataclass(frozen=True, slots=True)
class _Found:
    """A closing, the lever that makes it, and how far it was turned."""

    turn: float
    lever: Lever
    closing: Closing


def _together(mission: Mission, found: Sequence[_Found], judge: Judge) -> JointClosing:
    """All closings at once; of two that turn one lever the farther."""
    farthest = {one.lever.path: one for one in sorted(found, key=lambda one: one.turn)}
    for one in farthest.values():
        mission = with_lever(mission, one.lever, one.closing.after)
    failing = tuple(check.title for check in judge(mission).failing)
    return JointClosing(tuple(one.closing.text for one in farthest.values()), failing)


@dataclass(frozen=True, slots=True)
class _Bench:
    """Judges the mission with one lever turned; each value once."""

    mission: Mission
    judge: Judge
    judged: dict[tuple[Path, float], Verdict] = field(default_factory=dict)

    def verdict(self, lever: Lever, value: float) -> Verdict:
        """The verdict on the mission with the lever at a value."""
        key = (lever.path, value)
        if key not in self.judged:
            self.judged[key] = self.judge(with_lever(self.mission, lever, value))
        return self.judged[key]

    def margin(self, check: Check, lever: Lever, value: float) -> float:
        """Margin of a check then."""
        moved = _check_in(self.verdict(lever, value), check.name)
        return moved.margin if moved is not None else -math.inf


def _answers(check: Check, nudged: list[tuple[Lever, Verdict]]) -> list[tuple[Lever, Sensitivity]]:
    """Levers that move the check, most first."""
    found = []
    for lever, after in nudged:
        moved = _check_in(after, check.name)
        change = (moved.margin - check.margin) if moved is not None else 0.0
        if abs(change) > _noise(check):
            by = _nudged(lever) - lever.value
            found.append((lever, Sensitivity(lever.title, lever.unit, lever.value, by, change, check.unit)))
    return sorted(found, key=lambda pair: -abs(pair[1].margin_change))


def _searches(
    check: Check, answers: list[tuple[Lever, Sensitivity]], levers: list[Lever], bench: _Bench
) -> Sequence["_Search"]:
    """Where to look for a change that closes a check, best first.

    The levers that answer to a nudge; where none does, because the check is at its worst already (an empty
    battery, a lifetime longer than looked for), those that answer to the farthest turn.
    """
    searches = []
    for lever, answer in answers:
        nudge = math.log1p(_NUDGE) if answer.lever_change > 0 else math.log1p(-_NUDGE)
        upward = answer.margin_change * nudge > 0
        expected = abs(check.margin * nudge / answer.margin_change)
        searches.append(_Search(check, lever, upward, expected, bench))
    if searches:
        return searches
    for lever in levers:
        if not lever.may_move(check.name):
            continue
        for upward in (True, False):
            search = _Search(check, lever, upward, _FIRST_TURN, bench)
            if bench.margin(check, lever, search.value(_FARTHEST)) >= 0.0:
                searches.append(search)
    return searches


def _found(searches: Sequence["_Search"]) -> Iterator[_Found]:
    for search in searches:
        turn = search.least()
        if turn is not None:
            yield _Found(turn, search.lever, search.closing(turn))


@dataclass(frozen=True, slots=True)
class _Search:
    """The least turn of one lever that closes a check; turns are logarithms of the factor."""

    check: Check
    lever: Lever
    upward: bool
    expected: float  # the turn that may do
    bench: _Bench

    def least(self) -> float | None:
        """By false position, every third time by halving; None where no turn suffices."""
        fails, short, holds = 0.0, self.check.margin, min(max(self.expected, _FINE), _FARTHEST)
        margin = self._margin(self.value(holds))
        while margin < 0.0:
            if holds >= _FARTHEST or self.value(holds) == self.value(fails):
                return None
            fails, short, holds = holds, margin, min(2.0 * holds, _FARTHEST)
            margin = self._margin(self.value(holds))
        for number in range(_MOST_TURNS):
            if holds - fails <= _FINE * holds:
                break
            share = 0.5 if number % 3 == 2 else min(max(-short / (margin - short), 0.05), 0.95)
            middle = fails + share * (holds - fails) + 0.2 * _FINE * holds
            between = self._margin(self.value(middle))
            if between >= 0.0:
                holds, margin = middle, between
            else:
                fails, short = middle, between
        return holds

    def value(self, turn: float) -> float:
        """The lever's number after a turn."""
        return self.lever.turned(math.expm1(turn if self.upward else -turn))

    def _margin(self, value: float) -> float:
        return self.bench.margin(self.check, self.lever, value)

    def closing(self, turn: float) -> Closing:
        """The change, rounded to the far side: what is said closes the check, and was judged."""
        lever, value = self.lever, self.value(turn)
        rounded = _rounded_outward(lever, value)
        value = rounded if self._margin(rounded) >= 0.0 else value
        failing = tuple(other.title for other in self.bench.verdict(lever, value).failing)
        return Closing(
            lever.title,
            lever.unit,
            lever.value,
            value,
            self._margin(value),
            self.check.unit,
            failing,
            lever.followed(value),
        )


def _rounded_outward(lever: Lever, value: float) -> float:
    """The change with three digits, or to a tenth of a decibel, away from zero; within the limits."""
    change = value - lever.value
    if change == 0.0:
        return value
    step = 0.1 if lever.is_decibel else 10.0 ** (math.floor(math.log10(abs(change))) - 2)
    steps = math.ceil(abs(change) / step - 1e-6)
    return min(max(lever.value + math.copysign(steps * step, change), lever.lowest), lever.highest)


def _nudged(lever: Lever) -> float:
    """The lever a little up; down, where it cannot go up."""
    up = lever.turned(_NUDGE)
    return up if up > lever.value else lever.turned(-_NUDGE)


def _noise(check: Check) -> float:
    """A change of the margin that is none."""
    return 1e-9 * max(abs(check.margin), abs(check.required), 1e-9)


def _check_in(verdict: Verdict, name: str) -> Check | None:
    return next((check for check in verdict.checks if check.name == name), None)
