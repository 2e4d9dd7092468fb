"""What would close a check: how its margin answers to each lever, and the least change that suffices.

Every number comes from judging the changed mission anew; nothing is extrapolated.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Closing, Sensitivity, Verdict
from cosmodrome.verdict.levers import Lever, mission_levers, with_lever

Judge = Callable[[Mission], Verdict]

_NUDGE = 0.01
_SMALLEST_MARGINS = 3
_TRIED = 3  # levers that answer most
_FARTHEST = math.log(64.0)  # no change beyond it is a change of the same satellite
_FINE = 5e-3  # of the turn
_MOST_TURNS = 8


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
    nudged = [(lever, judge(with_lever(mission, lever, _nudged(lever)))) for lever in levers]
    checks = []
    for check in verdict.checks:
        if check.name in chosen:
            answers = _answers(check, nudged)
            closings = () if check.closes else _closings(mission, check, answers, judge)
            check = replace(
                check, sensitivities=tuple(answer for _, answer in answers), closings=tuple(closings)
            )
        checks.append(check)
    return replace(verdict, checks=tuple(checks))


def _answers(check: Check, nudged: list[tuple[Lever, Verdict]]) -> list[tuple[Lever, Sensitivity]]:
    """Levers that move the check, most first."""
    found = []
    for lever, after in nudged:
        moved = _check_in(after, check.name)
        change = (moved.margin - check.margin) if moved is not None else 0.0
        if abs(change) > 1e-9 * max(abs(check.margin), abs(check.required), 1e-9):
            by = _nudged(lever) - lever.value
            found.append((lever, Sensitivity(lever.title, lever.unit, lever.value, by, change, check.unit)))
    return sorted(found, key=lambda pair: -abs(pair[1].margin_change))


def _closings(
    mission: Mission, check: Check, answers: list[tuple[Lever, Sensitivity]], judge: Judge
) -> list[Closing]:
    """The least change of each lever that closes the check, smallest first."""
    found = []
    for lever, answer in answers[:_TRIED]:
        nudge = math.log1p(_NUDGE) if answer.lever_change > 0 else math.log1p(-_NUDGE)
        upward = answer.margin_change * nudge > 0
        expected = abs(check.margin * nudge / answer.margin_change)
        closing = _Search(mission, check, lever, upward, judge).least(expected)
        if closing is not None:
            found.append(closing)
    return [closing for _, closing in sorted(found, key=lambda pair: pair[0])]


@dataclass(frozen=True, slots=True)
class _Search:
    """The least turn of one lever that closes a check; turns are logarithms of the factor."""

    mission: Mission
    check: Check
    lever: Lever
    upward: bool
    judge: Judge

    def least(self, expected: float) -> tuple[float, Closing] | None:
        """By false position, from the turn that the sensitivity promises; None where no turn suffices."""
        fails, short, holds = 0.0, self.check.margin, min(max(expected, _FINE), _FARTHEST)
        margin, verdict = self._judged(holds)
        while margin < 0.0:
            if holds >= _FARTHEST or self._value(holds) == self._value(fails):
                return None
            fails, short, holds = holds, margin, min(2.0 * holds, _FARTHEST)
            margin, verdict = self._judged(holds)
        for _ in range(_MOST_TURNS):
            if holds - fails <= _FINE * holds:
                break
            share = min(max(-short / (margin - short), 0.05), 0.95)
            middle = fails + share * (holds - fails) + 0.2 * _FINE * holds
            between, after = self._judged(middle)
            if between >= 0.0:
                holds, margin, verdict = middle, between, after
            else:
                fails, short = middle, between
        return holds, self._closing(holds, margin, verdict)

    def _value(self, turn: float) -> float:
        return self.lever.turned(math.expm1(turn if self.upward else -turn))

    def _judged(self, turn: float) -> tuple[float, Verdict]:
        """Margin of the check, and the verdict, on the mission with the lever turned."""
        after = self.judge(with_lever(self.mission, self.lever, self._value(turn)))
        moved = _check_in(after, self.check.name)
        return (moved.margin if moved is not None else -math.inf), after

    def _closing(self, turn: float, margin: float, verdict: Verdict) -> Closing:
        lever, failing = self.lever, tuple(other.title for other in verdict.failing)
        value = self._value(turn)
        return Closing(lever.title, lever.unit, lever.value, value, margin, self.check.unit, failing)


def _nudged(lever: Lever) -> float:
    """The lever a little up; down, where it cannot go up."""
    up = lever.turned(_NUDGE)
    return up if up > lever.value else lever.turned(-_NUDGE)


def _check_in(verdict: Verdict, name: str) -> Check | None:
    return next((check for check in verdict.checks if check.name == name), None)
