"""One check of a verdict, line by line: what it follows from, how it answers, and what would close it."""

from cosmodrome.outputs.margins import achieved_text, bound_text, margin_text
from cosmodrome.verdict.check import Check, Sensitivity, Term, Verdict


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
        f"{_number(check.allowance, check.unit)}",
        f"  policy: {check.policy}",
        f"  source: {check.source}",
    ]
    if check.derivation:
        lines += ["", "it follows from", *_columns([_term_cells(term) for term in check.derivation])]
    if check.sensitivities:
        lines += ["", "its margin answers to", *_columns([_answer_cells(one) for one in check.sensitivities])]
    if check.closings:
        lines += ["", "it would close with one of", *(f"  {one.summary}" for one in check.closings)]
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
    return term.name, _number(term.value, term.unit), why


def _number(value: float, unit: str) -> str:
    return f"{value:,.6g} {unit}".replace(",", " ").rstrip()


def _answer_cells(answer: Sensitivity) -> tuple[str, str, str]:
    unit = f" {answer.lever_unit.replace('dBW', 'dB').replace('dBi', 'dB')}" if answer.lever_unit else ""
    return (
        f"{answer.lever} {answer.lever_change:+.3g}{unit}",
        f"{answer.margin_change:+.3g} {'pt' if answer.unit == '%' else answer.unit}",
        f"now {answer.lever_value:.4g} {answer.lever_unit}".rstrip(),
    )


def _columns(rows: list[tuple[str, str, str]]) -> list[str]:
    """Lines with the numbers right-aligned under each other."""
    name = max(len(row[0]) for row in rows)
    number = max(len(row[1]) for row in rows)
    return [f"  {row[0].ljust(name)}  {row[1].rjust(number)}  {row[2]}".rstrip() for row in rows]
