"""Catalog entries as text for a terminal: every number beside its source."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cosmodrome.catalog import Contradiction, OpenQuestion, explain_source, value_range
from cosmodrome.models.injection_accuracy import InjectionAccuracy
from cosmodrome.models.quantity import Model, Quantity
from cosmodrome.models.site import Site
from cosmodrome.models.vehicle import PayloadFigure, Vehicle
from cosmodrome.outputs.columns import COLUMNS, aligned
from cosmodrome.outputs.labels import amount_text
from cosmodrome.outputs.reserve_text import reserve_lines
from cosmodrome.outputs.vehicle_sketch import vehicle_sketch

_MOST_QUESTIONS: Final = 10
_ELSEWHERE: Final = frozenset(  # in the heading of the vehicle or of the stage, or below it
    {
        "name",
        "title",
        "country",
        "operator",
        "status",
        "role",
        "count",
        "engine",
        "propellants",
        "note",
        "notes",
    }
)


def quantities(model: Model) -> Iterator[tuple[str, Quantity]]:
    """The sourced numbers of a model, by key."""
    for key in type(model).model_fields:
        value = getattr(model, key)
        if isinstance(value, Quantity):
            yield key, value


def quantity_lines(model: Model, indent: str) -> list[str]:
    """A line per number: key, value, confidence, range, source; below it what others publish, and a note."""
    lines = []
    for key, quantity in quantities(model):
        value = f"{'~' if quantity.estimated else ''}{amount_text(quantity.value)}"
        head = f"{indent}{key:28} {value:>12}  {quantity.confidence:6}  {_range_text(quantity):>9}  "
        hanging = f"{indent}{'':41}  "
        if len(head) + max(map(len, quantity.source.split())) <= COLUMNS:
            lines += _wrapped(quantity.source, head, " " * len(head))
        else:
            lines += [head.rstrip(), *_wrapped(quantity.source, hanging, hanging)]
        if quantity.alternatives:
            others = " · ".join(f"{amount_text(a.value)} {a.source}" for a in quantity.alternatives)
            lines += _wrapped(others, f"{hanging}also ", f"{hanging}     ")
        if quantity.note:
            lines += _wrapped(quantity.note, f"{hanging}note: ", f"{hanging}      ")
    return lines


def _wrapped(text: str, head: str, hanging: str) -> list[str]:
    """The text after a head, on as many lines as it takes."""
    return textwrap.wrap(
        text,
        COLUMNS,
        initial_indent=head,
        subsequent_indent=hanging,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _range_text(quantity: Quantity) -> str:
    """How far the lowest and the highest published value lie from the one that is used, in percent."""
    if not quantity.value:
        return ""
    low, high = (end / quantity.value - 1 for end in value_range(quantity))
    ends = [_signed(end) for end in (low, high) if end]
    return f"{' '.join(ends)} %" if ends else ""


def _signed(ratio: float) -> str:
    percent = 100 * ratio
    return f"{percent:+.1f}" if abs(percent) < 0.95 else f"{percent:+.0f}"


def plain_lines(model: Model, indent: str) -> list[str]:
    """One line for each number or word that the entry states without a source of its own."""
    lines = []
    for key in type(model).model_fields:
        value = getattr(model, key)
        if key in model.model_fields_set - _ELSEWHERE and isinstance(value, str | int | float):
            lines.append(f"{indent}{key:28} {_plain_text(value):>12}")
        elif key in model.model_fields_set and key.endswith("_ratio") and isinstance(value, tuple):
            pairs = ", ".join(f"{at:g}:{ratio:g}" for at, ratio in value)
            lines += _wrapped(pairs, f"{indent}{key:28} ", " " * (len(indent) + 29))
    return lines


def _plain_text(value: str | float) -> str:
    return value if isinstance(value, str) else amount_text(value)


def _orbit_text(figure: PayloadFigure) -> str:
    """The orbit of a published payload."""
    if figure.perigee_altitude_km is None and figure.apogee_altitude_km is None:
        return figure.orbit
    low, high = figure.perigee_altitude_km, figure.apogee_altitude_km
    altitudes = f"{'?' if low is None else format(low, 'g')} × {high or 0:g} km"
    tilt = f", {figure.inclination_deg:g}°" if figure.inclination_deg is not None else ""
    return f"{figure.orbit} {altitudes}{tilt}"


def vehicle_text(
    vehicle: Vehicle, questions: Sequence[OpenQuestion] = (), *, ascii_only: bool = False
) -> str:
    """A vehicle: drawing, numbers, stages from the pad up, fairing, payloads, sources, open questions.

    Parameters
    ----------
    vehicle : Vehicle
    questions : sequence of OpenQuestion
        What is not settled of it, largest first.
    ascii_only : bool
        Whether the drawing must do with ASCII.

    Returns
    -------
    str
        Lines of at most 110 columns, but for addresses that are longer.
    """
    lines = _wrapped(f"{vehicle.title}   ({vehicle.name}; {vehicle.operator}; {vehicle.status})", "", "  ")
    lines += ["", vehicle_sketch(vehicle, ascii_only=ascii_only), ""]
    lines += [*_legend(), "", *quantity_lines(vehicle, "  "), *plain_lines(vehicle, "  ")]
    if vehicle.air_launch is not None:
        lines += ["", "  air_launch   (let go by a carrier that flies along the launch azimuth)"]
        lines += [*quantity_lines(vehicle.air_launch, "    "), *plain_lines(vehicle.air_launch, "    ")]
    for stage in vehicle.stages:
        count = f"{stage.count} × " if stage.count > 1 else ""
        lines += ["", f"  {count}{stage.name}   ({stage.role}; {stage.engine}; {stage.propellants})"]
        lines += [*quantity_lines(stage, "    "), *plain_lines(stage, "    ")]
        if stage.note:
            lines += _wrapped(stage.note, "    note: ", "          ")
    lines += ["", "  fairing", *quantity_lines(vehicle.fairing, "    ")]
    lines += [*_payload_lines(vehicle.payload_figures), *reserve_lines(vehicle)]
    for accuracy in vehicle.injection_accuracies:
        lines += ["", *_accuracy_lines(accuracy)]
    if vehicle.notes:
        lines += ["", *_wrapped(vehicle.notes, "  ", "  ")]
    parts: list[Model] = [vehicle, vehicle.fairing, *vehicle.stages, *vehicle.injection_accuracies]
    if vehicle.air_launch is not None:
        parts.append(vehicle.air_launch)
    lines += ["", *source_lines([quantity.source for part in parts for _, quantity in quantities(part)])]
    return "\n".join([*lines, *_question_lines(vehicle, questions)])


def _legend() -> list[str]:
    text = (
        "Each number: value (~ estimated), how sure the source is (high: the maker, the operator, or two "
        "compilations that agree; medium: one compilation; low: press, recollection, inference), how far "
        "other published values lie below and above it, source."
    )
    return _wrapped(text, "  ", "  ")


def _payload_lines(figures: Sequence[PayloadFigure]) -> list[str]:
    """What others say that it lifts: orbit, site and confidence, and below them whose figure it is."""
    if not figures:
        return []
    places = [f"{_orbit_text(figure)} from {figure.site}" for figure in figures]
    wide = max(len(place) for place in places)
    lines = ["", "  published payloads"]
    for figure, place in zip(figures, places, strict=True):
        about = f"{figure.definition}; {figure.source}" if figure.definition else figure.source
        amount = f"{'≥ ' if figure.lower_bound else ''}{amount_text(figure.payload_kg)}"
        head = f"    {amount:>9} kg  {place:{wide}}  {figure.confidence:6}"
        if len(line := f"{head}  {about}") <= COLUMNS:
            lines.append(line)
        else:
            lines += [head.rstrip(), *_wrapped(about, " " * 18, " " * 18)]
    return lines


def _accuracy_lines(accuracy: InjectionAccuracy) -> list[str]:
    """How accurately it injects: the orbit and the sigma level, each half-width, a note."""
    altitudes = f"{accuracy.perigee_altitude_km:g} × {accuracy.apogee_altitude_km:g} km"
    about = f"{accuracy.orbit} {altitudes}; half-widths at {accuracy.sigma_level:g} sigma"
    note = _wrapped(accuracy.note, "    note: ", "          ") if accuracy.note else []
    return [f"  injection accuracy   ({about})", *quantity_lines(accuracy, "    "), *note]


def _question_lines(vehicle: Vehicle, questions: Sequence[OpenQuestion]) -> list[str]:
    """The largest ten, and how many more."""
    if not questions:
        return []
    count = f"{len(questions)} open question{'s' if len(questions) > 1 else ''}"
    lines = ["", f"  {count}   (largest share of the number first; ? where nothing measures it)"]
    for question in questions[:_MOST_QUESTIONS]:
        head = f"    {_size_text(question.size_ratio):>7}  "
        lines += _wrapped(f"{question.subject}: {question.problem}", head, " " * len(head))
    if len(questions) > _MOST_QUESTIONS:
        lines.append(f"{'':13}and {len(questions) - _MOST_QUESTIONS} more")
    if any(question.is_contradiction for question in questions):
        lines.append(f"{'':13}both sides of what is contradicted: cosmodrome catalog audit {vehicle.name}")
    return lines


def _size_text(ratio: float | None) -> str:
    if ratio is None:
        return "?  "
    return f"{100 * ratio:.{1 if ratio < 0.0995 else 0}f} %"


def vehicle_table(vehicles: Sequence[Vehicle]) -> str:
    """All vehicles in columns.

    Parameters
    ----------
    vehicles : sequence of Vehicle

    Returns
    -------
    str
        Name, title, country, status, height, lift-off mass, largest published payload to low Earth orbit.
    """
    rows = [("name", "title", "country", "status", "height", "lift-off", "to LEO")]
    for vehicle in vehicles:
        to_leo = [figure.payload_kg for figure in vehicle.payload_figures if figure.orbit == "LEO"]
        rows.append(
            (
                vehicle.name,
                vehicle.title.split(" (")[0],
                vehicle.country,
                _status_text(vehicle.status),
                f"{vehicle.height_m.value:.1f} m",
                f"{vehicle.gross_mass_kg.value / 1000:,.1f} t",
                f"{amount_text(max(to_leo))} kg" if to_leo else "",
            )
        )
    return "\n".join(aligned(rows, "<<<<>>>"))


def _status_text(status: str) -> str:
    """Operational, or retired and when."""
    words = status.split(" (")[0].split()
    return " ".join([*words[:1], *(word for word in words[1:] if word.isdigit())])


def site_text(site: Site) -> str:
    """A site: position, permitted azimuths, orbits flown, sources."""
    lines = [f"{site.title}   ({site.name}; {site.country})", "", *quantity_lines(site, "  ")]
    lines.append(f"  {'inclinations':28} {site.inclinations}")
    lowest = abs(site.geocentric_latitude_deg)
    lines.append(f"  from its latitude            {lowest:.2f} to {180 - lowest:.2f} deg can be reached")
    if site.notes:
        lines.append(f"  {site.notes}")
    lines += ["", *source_lines([q.source for _, q in quantities(site)])]
    return "\n".join(lines)


def source_lines(sources: list[str]) -> list[str]:
    """What the short keys in some sources stand for."""
    references = explain_source(*sources)
    if not references:
        return []
    return [
        "  sources",
        *(line for r in references for line in _wrapped(r.text, f"    {r.key:10} ", " " * 15)),
    ]


def plain_text(entry: Model) -> str:
    """A component or a station: key and value, line by line."""
    values = entry.model_dump(mode="json")
    return "\n".join(f"{key:28} {value}" for key, value in values.items() if value not in ("", None))


def audit_text(found: Sequence[Contradiction], vehicles_count: int) -> str:
    """What cannot all be true, a paragraph each, vehicle by vehicle.

    Parameters
    ----------
    found : sequence of Contradiction
    vehicles_count : int
        How many vehicles were looked at.
    """
    lines = []
    for vehicle, findings in groupby(found, key=lambda finding: finding.vehicle):
        lines.append(vehicle)
        for finding in findings:
            lines += [
                f"  {finding.rule:16} {finding.claim}",
                f"  {'against':>16} {finding.other_claim}",
                f"  {'difference':>16} {finding.difference}",
                f"  {'reconciled by':>16} {finding.reconciled_by}",
            ]
    lines.append(f"{len(found)} contradictions in {vehicles_count} vehicles")
    return "\n".join(lines)
