"""The verdict ladder: one bar per check, worst first, limit at zero."""

import math

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cosmodrome.outputs.margins import achieved_text, bound_text, margin_text
from cosmodrome.outputs.style import BLACK, BLUE, GREY, VERMILION, new_figure, shared_look
from cosmodrome.verdict.check import Check, Verdict

_LONGEST_PERCENT = 100.0


def verdict_caption(verdict: Verdict) -> str:
    """Say how to read the ladder.

    Parameters
    ----------
    verdict : Verdict
        The verdict drawn.

    Returns
    -------
    str
        Two sentences.
    """
    binding = verdict.binding
    first = f" The binding check is {binding.title}." if binding is not None else ""
    return (
        "Margin relative to the requirement, allowances included; decibels as the power ratio they "
        f"stand for. Bars longer than the axis are cut and carry their number.{first}"
    )


@shared_look()
def verdict_ladder(verdict: Verdict) -> Figure:
    """Draw the margin of every check, worst on top.

    Parameters
    ----------
    verdict : Verdict
        Its checks, worst first.

    Returns
    -------
    Figure
        Bars to the right hold, hatched bars to the left fail.
    """
    rows = max(len(verdict.checks), 1)
    height_in = 0.75 + 0.34 * rows
    figure = new_figure(9.6, height_in)
    axes = figure.add_axes((0.29, 0.5 / height_in, 0.4, (height_in - 0.6) / height_in))
    axes.grid(visible=False, axis="y")
    worst = min([100 * check.margin_fraction for check in verdict.checks], default=0.0)
    left = -max(10.0, min(1.15 * -worst, _LONGEST_PERCENT)) if worst < 0 else -10.0
    for row, check in enumerate(verdict.checks):
        _draw_check(axes, row, check, left)
    axes.axvline(0.0, color=BLACK, linewidth=1.3)
    axes.set_xlim(left, 1.06 * _LONGEST_PERCENT)
    axes.set_ylim(rows - 0.4, -0.6)
    axes.set_yticks(range(len(verdict.checks)), [_name(check) for check in verdict.checks])
    axes.tick_params(axis="y", length=0, labelsize=8.5)
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("margin relative to the requirement [%]")
    return figure


def _name(check: Check) -> str:
    return f"{'✓' if check.closes else '✗'}  {check.title}"


def _draw_check(axes: Axes, row: int, check: Check, left: float) -> None:
    percent = 100 * check.margin_fraction
    shown = min(max(percent, left), _LONGEST_PERCENT) if math.isfinite(percent) else _LONGEST_PERCENT
    color = BLUE if check.closes else VERMILION
    axes.barh(
        row, shown, height=0.62, color=color if check.closes else "white", edgecolor=color,
        hatch=None if check.closes else "/////", linewidth=1.0,
    )  # fmt: skip
    if percent > _LONGEST_PERCENT:
        end = 1.06 * _LONGEST_PERCENT
        axes.fill([shown, end, shown], [row - 0.31, row, row + 0.31], color=color, linewidth=0)
    axes.annotate(
        f"{margin_text(check)}", (1.0, row), xycoords=("axes fraction", "data"), xytext=(58, 0),
        textcoords="offset points", ha="right", va="center", fontsize=8.5, fontweight="bold", color=color,
    )  # fmt: skip
    axes.annotate(
        f"{achieved_text(check)}, asked {bound_text(check)}", (1.0, row),
        xycoords=("axes fraction", "data"), xytext=(66, 0), textcoords="offset points", ha="left",
        va="center", fontsize=7.5, color=GREY,
    )  # fmt: skip
