"""Text in columns for a terminal: tables that fit, lines that wrap, numbers in few digits."""

import re
import textwrap
from collections.abc import Sequence
from typing import Final

from cosmodrome.outputs.labels import number_text

COLUMNS: Final = 110
_GAP: Final = "  "


def aligned(rows: Sequence[Sequence[str]], sides: str, indent: str = "") -> list[str]:
    """Columns set apart; the last is cut where the line would be too long."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(sides))]
    lines = []
    for row in rows:
        cells = [
            cell.ljust(width) if side == "<" else cell.rjust(width)
            for cell, side, width in zip(row, sides, widths, strict=True)
        ]
        line = (indent + _GAP.join(cells)).rstrip()
        lines.append(line if len(line) <= COLUMNS else line[: COLUMNS - 1].rstrip() + "…")
    return lines


def wrapped(text: str) -> str:
    """A sentence over as many lines as it needs, the later ones indented."""
    lead = " " * (len(text) - len(text.lstrip()) + 2)
    return "\n".join(textwrap.wrap(text, COLUMNS, subsequent_indent=lead, drop_whitespace=True))


def short(name: str, longest: int) -> str:
    """A name without what stands in brackets, cut where it is too long."""
    name = re.sub(r" \([^)]*\)", "", name)
    return name if len(name) <= longest else name[: longest - 1].rstrip() + "…"


def few_digits(value: float | None, digits: int = 4) -> str:
    """A number, or a dash where there is none."""
    return "–" if value is None else number_text(value, digits)


def fixed(value: float, decimals: int = 0) -> str:
    """A number with as many decimals as its neighbors in the column."""
    return f"{value:,.{decimals}f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace("-", "−")


def kilograms(value_kg: float) -> str:
    """A mass in four digits with its unit."""
    return f"{number_text(value_kg, 4)} kg"


def signed(value: float) -> str:
    """A change in three digits with its sign."""
    text = number_text(value, 3)
    return text if value <= 0 else f"+{text}"
