"""One check of a verdict, line by line: what it follows from, how it answers, and what would close it."""

import textwrap
from collections.abc import Sequence

from cosmodrome.outputs.margins import achieved_text, bound_text, margin_text
from cosmodrome.verdict.check import Check, Sensitivity, Term, Verdict

_WIDTH = 140  # of a line; what is longer goes on below
_LEAST_WIDTH = 40  # of the last column, where the others are wide


def explanation(check: Check) -> str:
    """The derivation of a check with its numbers.

    Parameters
    ----------
    check : Check
        With its derivation, and with sensitivities and closings where they were worked out.

    Returns
    -------
    str
        Plain text.
    """
    word = "holds" if check.closes else "FAILS"
    lines = [
        f"{check.title}: {achieved_text(check)}, required {bound_text(check)}, margin {margin_text(check)}; "
        f"{word}",
        f"  best estimate {_number(check.best_estimate, check.unit)}, allowance "
        f"{_number(check.allowance, _difference_unit(check.unit))}",
        *_wrapped("  policy: ", check.policy),
        *_wrapped("  source: ", check.source),
    ]
    if check.derivation:
        lines += ["", "it follows from", *_columns([_term_cells(term) for term in check.derivation])]
    if check.sensitivities:
        lines += ["", "its margin answers to", *_columns([_answer_cells(one) for one in check.sensitivities])]
    if check.closings:
        lines += [
            "",
            "it would close with one of",
            *(line for one in check.closings for line in _wrapped("  ", one.summary)),
        ]
    elif not check.closes:
        lines += ["", f"no single number that was tried closes it; {check.advice}"]
    return "\n".join(lines)


def checks_list(verdict: Verdict) -> str:
    """The names that `explain` takes, worst margin first."""
    rows = [(check.name, margin_text(check), check.title) for check in verdict.checks]
    return "\n".join(["checks, worst margin first; explain one by its name", *_columns(rows)])


def _term_cells(term: Term) -> tuple[str, str, str]:
    why = term.formula
    if term.source:
        why = f"{why}; {term.source}" if why else term.source
    if term.formula_id:
        why = f"{why} [{term.formula_id}]"
    return term.name, _number(term.value, term.unit or "(ratio)"), why


def _number(value: float, unit: str) -> str:
    return f"{value:,.6g} {unit}".replace(",", " ").rstrip()


def _difference_unit(unit: str) -> str:
    """A difference of percent is in points."""
    return "pt" if unit == "%" else unit


def _answer_cells(answer: Sensitivity) -> tuple[str, str, str]:
    unit = answer.lever_unit.replace("dBW", "dB").replace("dBi", "dB") or "(share)"
    return (
        f"{answer.lever} {answer.lever_change:+.3g} {unit}",
        f"{answer.margin_change:+.3g} {_difference_unit(answer.unit)}",
        f"now {answer.lever_value:.4g} {answer.lever_unit or '(share)'}",
    )


def _columns(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """Lines with the numbers right-aligned under each other; a long last column goes on below itself."""
    name = max(len(row[0]) for row in rows)
    number = max(len(row[1]) for row in rows)
    return [
        line for row in rows for line in _wrapped(f"  {row[0].ljust(name)}  {row[1].rjust(number)}  ", row[2])
    ]


def _wrapped(start: str, text: str) -> list[str]:
    """Text after a start, going on below itself."""
    width = max(_WIDTH - len(start), _LEAST_WIDTH)
    parts = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
    return [
        f"{start if not number else ' ' * len(start)}{part}".rstrip() for number, part in enumerate(parts)
    ]
