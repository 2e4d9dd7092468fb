"""The look that every figure shares, and how a figure becomes an SVG.

Colors are Okabe and Ito's, told apart with every kind of color vision (Okabe and Ito, 2008, Color Universal
Design, https://jfly.uni-koeln.de/color/); line style is the second code.
"""

import html
import io
import re
from collections.abc import Sequence
from contextlib import _GeneratorContextManager
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from numpy.typing import NDArray

Array = NDArray[np.float64]

BLACK: Final = "#222222"
GREY: Final = "#767676"
LIGHT: Final = "#dcdcdc"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"

LOOK: Final = MappingProxyType(
    {
        "svg.fonttype": "none",
        "svg.hashsalt": "cosmodrome",
        "path.simplify_threshold": 0.3,
        "font.family": "DejaVu Sans",
        "font.size": 9.0,
        "axes.titlesize": 9.5,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titley": 1.0,  # else every draw measures all labels to place it
        "axes.labelsize": 9.0,
        "axes.edgecolor": GREY,
        "axes.labelcolor": BLACK,
        "axes.linewidth": 0.8,
        "axes.grid": True,
        "axes.axisbelow": True,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "grid.color": "#e8e8e8",
        "grid.linewidth": 0.7,
        "xtick.color": BLACK,
        "ytick.color": BLACK,
        "xtick.labelsize": 8.0,
        "ytick.labelsize": 8.0,
        "lines.linewidth": 1.5,
        "legend.frameon": False,
        "legend.fontsize": 8.0,
        "text.color": BLACK,
        "text.parse_math": False,  # a dollar in a name is a dollar
    }
)

_FONTS: Final = "'DejaVu Sans', Verdana, 'Segoe UI', Arial, sans-serif"
_HOUR_STEPS: Final = (0.25, 0.5, 1.0, 2.0, 3.0, 6.0, 12.0, 24.0, 48.0, 120.0)


def shared_look() -> _GeneratorContextManager[None]:
    """Enter the shared look; what was set before comes back at the end.

    Returns
    -------
    context manager
        Serves as decorator too.
    """
    settings: Any = dict(LOOK)
    return rc_context(settings)


def new_figure(width_in: float, height_in: float) -> Figure:
    """Open a white figure in the shared look, with an SVG canvas.

    Parameters
    ----------
    width_in, height_in : float
        Size. [inch]

    Returns
    -------
    Figure
        Without axes.
    """
    figure = Figure(figsize=(width_in, height_in), facecolor="white")
    FigureCanvasSVG(figure)
    return figure


def svg_text(figure: Figure, title: str) -> str:
    """Write a figure as one `svg` element, ready to stand in a page or alone in a file.

    Parameters
    ----------
    figure : Figure
        What to draw.
    title : str
        Said by screen readers and shown on hover.

    Returns
    -------
    str
        The element, without XML declaration; the same bytes for the same figure.
    """
    stream = io.StringIO()
    with shared_look():
        figure.savefig(
            stream, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
        )
    text = stream.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, count=1, flags=re.S)
    text = re.sub(r"<!--.*?-->\s*", "", text, flags=re.S)
    text = re.sub(r' id="(?:[a-z]+[a-z0-9]*_\d+|[a-z]+\.[a-z]+)"', "", text)
    text = text.replace("'DejaVu Sans'", _FONTS)
    text = re.sub(r"\n\s*", "\n", text)
    label = html.escape(title, quote=True)
    opened = f'<svg role="img" aria-label="{label}"'
    text = text.replace("<svg", opened, 1)
    end = text.index(">", text.index("<svg")) + 1
    return f"{text[:end]}<title>{label}</title>{text[end:]}"


def decimated(count: int, most: int = 600) -> NDArray[np.intp]:
    """Pick indices that thin a series and keep both ends.

    Parameters
    ----------
    count : int
        Length of the series.
    most : int
        Length wanted at most.

    Returns
    -------
    ndarray of int
        Ascending, without repeats.

    Examples
    --------
    >>> decimated(5, 3).tolist()
    [0, 2, 4]
    """
    if count <= most:
        return np.arange(count)
    return np.unique(np.linspace(0, count - 1, most).round().astype(np.intp))


def event_lines(axes: Axes, times_s: Sequence[float]) -> None:
    """Mark events by thin verticals.

    Parameters
    ----------
    axes : Axes
        Time runs along x. [s]
    times_s : sequence of float
        When. [s]
    """
    for time_s in times_s:
        axes.axvline(time_s, color=GREY, linewidth=0.6, linestyle=(0, (2, 2)), zorder=0.5)


def limit_line(axes: Axes, value: float, text: str, *, at_left: bool = False) -> None:
    """Draw a limit across the axes and name it.

    Parameters
    ----------
    axes : Axes
        The limit is on y.
    value : float
        The limit, in the unit of y.
    text : str
        Stands above the line at its right end.
    at_left : bool
        Whether it stands at the left end instead.
    """
    axes.axhline(value, color=VERMILION, linewidth=1.2, linestyle=(0, (6, 2)))
    axes.annotate(
        text,
        (0.0 if at_left else 1.0, value),
        xycoords=("axes fraction", "data"),
        xytext=(2 if at_left else -2, 2),
        textcoords="offset points",
        ha="left" if at_left else "right",
        va="bottom",
        fontsize=7.5,
        color=VERMILION,
    )


def utc_axis(axes: Axes, epoch: datetime, first_h: float, last_h: float, *, elapsed: bool = True) -> None:
    """Label an axis of hours since an epoch by UTC below and by mission elapsed time above.

    Parameters
    ----------
    axes : Axes
        x is hours since `epoch`. [h]
    epoch : datetime
        Instant of zero (UTC).
    first_h, last_h : float
        Ends of the axis. [h]
    elapsed : bool
        Whether the upper axis is drawn.
    """
    span_h = last_h - first_h
    step_h = next((step for step in _HOUR_STEPS if span_h / step <= 9), _HOUR_STEPS[-1])
    midnight = epoch.replace(hour=0, minute=0, second=0, microsecond=0)
    offset_h = (epoch - midnight).total_seconds() / 3600
    number = np.ceil((first_h + offset_h) / step_h)
    ticks_h: list[float] = []
    labels: list[str] = []
    while number * step_h - offset_h <= last_h + 1e-9:
        instant = midnight + timedelta(hours=float(number * step_h))
        is_date = instant.hour == 0 and instant.minute == 0
        labels.append(f"{instant:%d %b}" if is_date or not ticks_h else f"{instant:%H:%M}")
        if not ticks_h and not is_date:
            labels[-1] = f"{instant:%H:%M}\n{instant:%d %b}"
        ticks_h.append(float(number * step_h - offset_h))
        number += 1
    axes.set_xlim(first_h, last_h)
    axes.set_xticks(ticks_h, labels)
    axes.set_xlabel(f"UTC, {epoch:%Y}")
    if elapsed:
        above = axes.secondary_xaxis("top")
        above.set_xlabel("time since orbit insertion [h]", fontsize=8)
        above.tick_params(labelsize=7.5)


def hours_since(epoch: datetime, instant: datetime) -> float:
    """Hours from an epoch to an instant.

    Parameters
    ----------
    epoch, instant : datetime
        Both UTC.

    Returns
    -------
    float
        [h]

    Examples
    --------
    >>> hours_since(datetime(2027, 1, 1), datetime(2027, 1, 2, 6))
    30.0
    """
    return (instant - epoch).total_seconds() / 3600
