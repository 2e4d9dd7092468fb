"""The figure and the tables of `docs/theory/payload-accuracy.md`, from what `payload_accuracy.py` judges."""

from pathlib import Path

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np

from cosmodrome.ascent.calibration import vehicle_reserve
from cosmodrome.catalog.reserves import reserve_table

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT = DOCS / "theory" / "payload-accuracy.md"
FIGURE = DOCS / "images" / "payload-accuracy.svg"
BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#666666"
WORST_COUNT = 10


def write(by_row, by_vehicle):
    """Draw the figure and fill the tables between their marks."""
    draw(by_row, by_vehicle)
    text = DOCUMENT.read_text(encoding="utf-8")
    for mark, table in (
        ("worst", worst_table(by_vehicle)),
        ("vehicles", vehicles_table()),
        ("rows", rows_table(by_row, by_vehicle)),
        ("population", population_table()),
    ):
        before, rest = text.split(f"<!-- {mark} -->\n", 1)
        _, after = rest.split("<!-- end -->", 1)
        text = f"{before}<!-- {mark} -->\n{table}\n<!-- end -->{after}"
    DOCUMENT.write_text(text, encoding="utf-8")


def draw(by_row, by_vehicle):
    """Predicted over published payload, with intervals, for both ways of leaving out."""
    plt.rcParams.update({"font.size": 9, "svg.hashsalt": "cosmodrome", "svg.fonttype": "none"})
    figure, panels = plt.subplots(1, 2, figsize=(10.4, 5.2), sharey=True, layout="constrained")
    for axes, found, title in (
        (panels[0], by_row, "one row left out"),
        (panels[1], by_vehicle, "the whole vehicle left out"),
    ):
        for each in found:
            color = BLUE if each.inside else ORANGE
            bars = np.array([[each.predicted_kg - each.low_kg], [each.high_kg - each.predicted_kg]])
            axes.errorbar(
                [each.row.published_kg], [each.predicted_kg], yerr=bars, fmt="o" if each.inside else "s",
                ms=4, color=color, elinewidth=0.8, mec="white", mew=0.4,
            )  # fmt: skip
        ends = np.array([40.0, 150e3])
        axes.plot(ends, ends, color=GREY, lw=0.8)
        axes.set(
            xscale="log", yscale="log", xlim=ends, ylim=ends, xlabel="published payload [kg]", title=title
        )
        axes.grid(alpha=0.3)
    panels[0].set_ylabel("calibrated payload, 90 % interval [kg]")
    handles = [
        plt.Line2D([], [], color=BLUE, marker="o", ls="", label="interval holds the published payload"),
        plt.Line2D([], [], color=ORANGE, marker="s", ls="", label="it does not"),
        plt.Line2D([], [], color=GREY, lw=0.8, label="calibrated = published"),
    ]
    panels[0].legend(handles=handles, loc="upper left", frameon=False)
    figure.savefig(FIGURE, metadata={"Date": None})


def orbit(row):
    """A row's orbit in a few characters."""
    low, high = f"{row.perigee_altitude_km:g}", f"{row.apogee_altitude_km:g}"
    return f"{low if low == high else f'{low} × {high}'} km, {row.inclination_deg:g}°"


def worst_table(by_vehicle):
    """The largest errors of predictions without the vehicle's own rows."""
    lines = [
        "| vehicle | orbit | published [kg] | physics [kg] | calibrated [kg] | error | reserve [m/s] "
        "| expected [m/s] |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in sorted(by_vehicle, key=lambda found: -abs(found.error_ratio))[:WORST_COUNT]:
        row = each.row
        masses = f"{row.published_kg:.0f} | {row.physics_kg:.0f} | {each.predicted_kg:.0f}"
        reserves = f"{row.reserve_m_s:.0f} | {each.expected_m_s:.0f}"
        lines.append(
            f"| {row.vehicle} | {orbit(row)}, {row.confidence} | {masses} "
            f"| {100 * each.error_ratio:+.0f} % | {reserves} |"
        )
    return "\n".join(lines)


def vehicles_table():
    """Reserve, deviation, rows and residuals of every vehicle."""
    table = reserve_table()
    lines = [
        "| vehicle | family | reserve [m/s] | σ | 90 % | rows | residuals [m/s] |",
        "|---|---|---|---|---|---|---|",
    ]
    families = {row.vehicle: row.family for row in table.rows}
    for entry in table.vehicles:
        if not entry.rows:
            continue
        found = vehicle_reserve(table.rows, table.population, entry.name, families[entry.name])
        residuals = ", ".join(
            f"{'≤ ' if row.lower_bound else ''}{residual:+.0f}"
            for row, residual in zip(found.rows, found.residuals_m_s, strict=True)
        )
        reserve = f"{found.reserve_m_s:.0f} | {found.standard_deviation_m_s:.0f}"
        interval = f"{found.low_m_s:.0f} to {found.high_m_s:.0f}"
        lines.append(
            f"| {entry.name} | {families[entry.name]} | {reserve} | {interval} "
            f"| {len(found.rows)} | {residuals} |"
        )
    return "\n".join(lines)


def rows_table(by_row, by_vehicle):
    """Every row that is judged, with both predictions."""
    without = {id(each.row): each for each in by_vehicle}
    lines = [
        "| vehicle | orbit | published [kg] | physics [kg] | row left out [kg] | vehicle left out [kg] |",
        "|---|---|---|---|---|---|",
    ]
    for each in by_row:
        row, other = each.row, without[id(each.row)]
        lines.append(
            f"| {row.vehicle} | {row.site}, {orbit(row)} | {row.published_kg:.0f} | {row.physics_kg:.0f} "
            f"| {ranged(each)} | {ranged(other)} |"
        )
    return "\n".join(lines)


def ranged(each):
    """Payload and interval, marked where the interval misses."""
    missed = "" if each.inside else " ✗"
    return f"{each.predicted_kg:.0f} ({each.low_kg:.0f} to {each.high_kg:.0f}){missed}"


def population_table():
    """What is fitted to all rows."""
    population = reserve_table().population
    names = {
        "center_m_s": "median reserve of families",
        "family_scale_m_s": "scale of families about it (Student, 4 degrees of freedom)",
        "vehicle_scale_m_s": "scale of vehicles about their family (Student, 4)",
        "row_scale_m_s": "scale of rows of high confidence about their vehicle (Student, 2)",
        "polar_restart_m_s": "more where the last stage restarts to a polar or retrograde orbit",
    }
    rows = [f"| {text} | {getattr(population, key):.0f} m/s |" for key, text in names.items()]
    return "\n".join(["| population | |", "|---|---|", *rows])
