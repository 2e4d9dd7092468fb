"""What would close a check: how its margin answers to each lever, and the least change that suffices.

Every number comes from judging the changed mission anew; nothing is extrapolated.
"""

import math
from collections.abc import Callable
from dataclasses import replace

from cosmodrome.models.mission import Mission
from cosmodrome.verdict.check import Check, Closing, Sensitivity, Verdict
from cosmodrome.verdict.levers import Lever, mission_levers, with_lever

Judge = Callable[[Mission], Verdict]

_NUDGE = 0.01
_SMALLEST_MARGINS = 3
_TRIED = 3  # levers that answer most
_LONGEST = 64.0  # times; no change beyond it is a change of the same satellite
_FINE = 5e-3  # of the turn
_MOST_TURNS = 12


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
    levers = [lever for lever in levers if not lever.moves or chosen & set(lever.moves)]
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
        upward = answer.margin_change > 0 if answer.lever_change > 0 else answer.margin_change < 0
        closing = _least_change(mission, check, lever, upward, judge)
        if closing is not None:
            found.append(closing)
    return [closing for _, closing in sorted(found, key=lambda pair: pair[0])]


def _least_change(
    mission: Mission, check: Check, lever: Lever, upward: bool, judge: Judge
) -> tuple[float, Closing] | None:
    """The share by which a lever must turn, and what the verdict is then; None where no turn suffices."""

    def judged(by: float) -> tuple[float, Verdict]:
        after = judge(with_lever(mission, lever, lever.turned(by)))
        moved = _check_in(after, check.name)
        return (moved.margin if moved is not None else -math.inf), after

    def share(log_turn: float) -> float:
        return math.exp(log_turn if upward else -log_turn) - 1.0

    fails, turn = 0.0, 0.02
    margin, after = judged(share(turn))
    while margin < 0.0:
        fails, turn = turn, 2.0 * turn
        if turn > math.log(_LONGEST) or lever.turned(share(turn)) == lever.turned(share(fails)):
            return None
        margin, after = judged(share(turn))
    holds, verdict = turn, after
    for _ in range(_MOST_TURNS):
        if holds - fails <= _FINE * holds:
            break
        middle = 0.5 * (fails + holds)
        margin, after = judged(share(middle))
        if margin >= 0.0:
            holds, verdict = middle, after
        else:
            fails = middle
    by = share(holds)
    closed = _check_in(verdict, check.name)
    failing = tuple(other.title for other in verdict.failing)
    margin = closed.margin if closed is not None else 0.0
    return abs(math.log1p(by)), Closing(
        lever.title, lever.unit, lever.value, lever.turned(by), margin, check.unit, failing
    )


def _nudged(lever: Lever) -> float:
    """The lever a little up; down, where it cannot go up."""
    up = lever.turned(_NUDGE)
    return up if up > lever.value else lever.turned(-_NUDGE)


def _check_in(verdict: Verdict, name: str) -> Check | None:
    return next((check for check in verdict.checks if check.name == name), None)
