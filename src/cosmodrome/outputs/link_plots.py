"""Figure of the downlink through a pass: what is seen, what is lost, what is sent."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from cosmodrome.budgets.downlink import Downlink, PassProfile
from cosmodrome.outputs.style import BLUE, GREEN, ORANGE, PURPLE, SKY, VERMILION, new_figure, shared_look

_COLORS = (BLUE, ORANGE, GREEN, PURPLE, VERMILION, SKY)
_STYLES = ("-", "--", "-.", ":")


def link_caption() -> str:
    """Say what the figure of the link shows.

    Returns
    -------
    str
        Two sentences.
    """
    return (
        "The highest pass over each station in the span, with its greatest elevation; time counts from the "
        "middle of the pass. The rate is the fastest that closes with the margin asked for, where "
        "the station is sent to alone; of a single rate the margin is shown."
    )


@shared_look()
def pass_profiles(downlink: Downlink) -> Figure:
    """Draw elevation, Doppler shift, losses in the atmosphere and rate through each station's highest pass.

    Where only one rate is sent, its margin stands in place of the rate.

    Parameters
    ----------
    downlink : Downlink
        Its profiles; at most 24 are told apart.

    Returns
    -------
    Figure
        Four panels over the same time.
    """
    figure = new_figure(9.6, 4.7)
    left, right, width, height = 0.075, 0.575, 0.41, 0.34
    places = ((left, 0.55), (right, 0.55), (left, 0.11), (right, 0.11))
    rates = {rate for profile in downlink.profiles for rate in profile.rate_mbit_s.tolist() if rate > 0}
    last = ("rate_mbit_s", "rate [Mbit/s]") if len(rates) > 1 else ("margin_db", "margin [dB]")
    panels = (
        ("elevation_deg", "elevation [deg]"),
        ("doppler_khz", "Doppler shift [kHz]"),
        ("atmospheric_loss_db", "loss in the atmosphere [dB]"),
        last,
    )
    drawn = []
    for (x, y), (name, label) in zip(places, panels, strict=True):
        axes = figure.add_axes((x, y, width, height))
        _draw(axes, downlink.profiles, name)
        axes.set_ylabel(label)
        if name not in ("doppler_khz", "margin_db"):
            axes.set_ylim(bottom=0.0)
        if y < 0.5:
            axes.set_xlabel("time from the middle of the pass [min]")
        drawn.append(axes)
    handles, labels = drawn[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="upper center", ncols=min(len(labels), 4), bbox_to_anchor=(0.53, 1.0))
    return figure


def _draw(axes: Axes, profiles: Sequence[PassProfile], name: str) -> None:
    for number, profile in enumerate(profiles):
        minutes = (profile.elapsed_s - profile.elapsed_s[-1] / 2) / 60
        axes.plot(
            minutes,
            getattr(profile, name),
            color=_COLORS[number % len(_COLORS)],
            linestyle=_STYLES[number // len(_COLORS) % len(_STYLES)],
            linewidth=1.2,
            drawstyle="steps-mid" if name == "rate_mbit_s" else "default",
            label=f"{profile.station}, {profile.elevation_deg.max():.0f}°",
        )
