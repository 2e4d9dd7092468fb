"""How a check's margin and its requirement are shown, in the same words everywhere."""

from cosmodrome.outputs.labels import number_text, percent_text
from cosmodrome.verdict.check import Check


def margin_text(check: Check) -> str:
    """Show a check's margin as people read it: decibels and points as they are, the rest in percent.

    Parameters
    ----------
    check : Check
        The check.

    Returns
    -------
    str
        Signed, with its unit.
    """
    if check.unit == "dB":
        return f"{check.margin:+.1f} dB".replace("-", "−")
    if check.unit == "%":
        return f"{check.margin:+.1f} pt".replace("-", "−")
    return percent_text(check.margin_fraction)


def bound_text(check: Check) -> str:
    """Show what is required with its sense.

    Parameters
    ----------
    check : Check
        The check.

    Returns
    -------
    str
        ≥ or ≤, number and unit.
    """
    sign = "≥" if check.sense == "at least" else "≤"
    return f"{sign} {number_text(check.required, 3)} {check.unit}".rstrip()


def achieved_text(check: Check) -> str:
    """Show what is achieved.

    Parameters
    ----------
    check : Check
        The check.

    Returns
    -------
    str
        Three digits and the unit; decibels to a tenth.
    """
    if check.unit == "dB":
        return f"{check.achieved:.1f} dB".replace("-", "−")
    return f"{number_text(check.achieved, 3)} {check.unit}".rstrip()
