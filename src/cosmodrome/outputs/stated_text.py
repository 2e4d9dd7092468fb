"""Stated figures beside the computed ones, a line each."""

from collections.abc import Sequence

from cosmodrome.verdict.stated import StatedFigure


def stated_lines(figures: Sequence[StatedFigure]) -> list[str]:
    """A count of the figures that agree, and a line for each that does not, with the slip that explains it.

    Parameters
    ----------
    figures : sequence of StatedFigure
        In the order of the mission file.

    Returns
    -------
    list of str
        Empty where nothing is stated.
    """
    if not figures:
        return []
    agreeing = sum(one.agrees and not one.slips for one in figures)
    lines = [f"stated figures: {agreeing} of {len(figures)} agree with what is computed"]
    return lines + [_line(one) for one in figures if not one.agrees or one.slips]


def _line(one: StatedFigure) -> str:
    name = one.words + (f", {one.of}" if one.of else "")
    stated = f"{one.stated:.6g} {one.unit}".strip()
    if one.computed is None:
        return f"? {name}: {stated} stated; the mission file does not hold what it follows from"
    reasons = "; ".join(slip.text for slip in one.slips) or "no slip that is known explains it"
    return f"≠ {name}: {stated} stated, {one.computed:.6g} {one.unit} computed: {reasons}".replace("  ", " ")
