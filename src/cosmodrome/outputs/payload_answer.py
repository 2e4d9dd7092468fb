"""The answer to a payload question, what it rests on, and the published figures beside it."""

from collections.abc import Iterator

from cosmodrome.ascent.capability import PayloadCapability
from cosmodrome.ascent.result import Ascent, AscentStatus
from cosmodrome.models.vehicle import PayloadFigure
from cosmodrome.outputs.columns import aligned, few_digits, fixed, kilograms, wrapped
from cosmodrome.outputs.labels import number_text
from cosmodrome.payload_question import ESCAPE_PERIGEE_KM, PayloadQuestion
from cosmodrome.payload_study import PayloadStudy


def orbit_text(question: PayloadQuestion) -> str:
    """Name the orbit asked about.

    Parameters
    ----------
    question : PayloadQuestion
        Of one orbit, or of a map.

    Returns
    -------
    str
        Shape, altitude, inclination.
    """
    asked = question.options
    if not asked.has_orbit:
        return "circular orbits"
    if asked.c3_km2_s2 is not None:
        perigee = asked.perigee_altitude_km or ESCAPE_PERIGEE_KM
        shape = f"departure with a C3 of {few_digits(asked.c3_km2_s2)} km²/s² from {perigee:g} km"
    elif asked.altitude_km is not None:
        kind = "sun-synchronous" if asked.sun_synchronous else "circular"
        shape = f"{asked.altitude_km:g} km {kind}"
    else:
        shape = f"{asked.perigee_altitude_km:g} × {asked.apogee_altitude_km:g} km"
    tilt = getattr(question.target, "inclination_deg", None) or question.inclinations_deg[0]
    argument = asked.argument_of_perigee_deg
    perigee_text = "" if argument is None else f", argument of perigee {argument:g}°"
    return f"{shape}, {fixed(tilt, 2)}°{perigee_text}"


def answer_lines(study: PayloadStudy, ascent: Ascent) -> Iterator[str]:
    """What is lifted, into which orbit, and how it is flown."""
    question, capability = study.question, study.capability
    assert capability is not None
    head = f"{question.vehicle.title} · {question.site.name} → {orbit_text(question)}"
    match capability.status:
        case AscentStatus.OPTIMAL:
            head += f": {kilograms(capability.payload_kg)}"
            if capability.reserve is not None:
                head += f", {_range(capability.low_kg, capability.high_kg)} with 90 %"
        case AscentStatus.OUT_OF_REACH:
            missing = capability.ascent.shortfall_m_s
            head += f": out of reach, {missing:.0f} m/s missing without a payload"
        case _:
            head += ": no answer"
    yield wrapped(head)
    if capability.reserve is not None:
        yield from _layers(capability)
    if question.options.payload_kg and study.is_answered:
        yield wrapped(f"  {_laden(study)}")
    if capability.status is AscentStatus.OPTIMAL:
        yield f"  {_flown(ascent)}"
    elif not study.is_answered:
        yield wrapped(f"  {capability.status.value}")
    if question.lowest_inclination:
        yield f"  no --inclination given: {question.inclinations_deg[0]:.2f}° is the lowest without a dogleg"


def _range(low_kg: float, high_kg: float) -> str:
    return f"{number_text(low_kg, 4)} to {kilograms(high_kg)}"


def _layers(capability: PayloadCapability) -> Iterator[str]:
    """The ideal payload, what is taken from it, and why."""
    reserve, spread = capability.reserve, capability.spread
    assert reserve is not None
    assert spread is not None
    yield wrapped(
        f"  physics alone: {kilograms(capability.physics_kg)}, "
        f"± {number_text(spread.standard_deviation_kg, 2)} kg "
        f"by the spread of the catalog's numbers, most of it {spread.parts[0].name}"
    )
    yield wrapped(
        f"  less a reserve of {reserve.reserve_m_s:.0f} m/s ({reserve.low_m_s:.0f} to "
        f"{reserve.high_m_s:.0f}), from {reserve.basis}"
    )


def _laden(study: PayloadStudy) -> str:
    """Whether the payload asked about fits, and what is left."""
    asked_kg, capability = study.question.options.payload_kg or 0.0, study.capability
    assert capability is not None
    spare = capability.low_kg - asked_kg
    left_kg = study.laden.propellant_left_kg if study.laden else 0.0
    if spare >= 0:
        text = f"{kilograms(asked_kg)}: fits, {kilograms(spare)} to spare below the low bound"
    elif asked_kg <= capability.payload_kg:
        text = f"{kilograms(asked_kg)}: may fit, but is {kilograms(-spare)} above the low bound"
    elif asked_kg <= capability.physics_kg:
        above = kilograms(asked_kg - capability.payload_kg)
        text = f"{kilograms(asked_kg)}: fits by physics alone, {above} above the calibrated payload"
    else:
        return f"{kilograms(asked_kg)}: does not fit, {kilograms(asked_kg - capability.physics_kg)} too heavy"
    if study.laden is None:
        return text
    return f"{text}; {kilograms(left_kg)} of propellant left with it, as flown below"


def _flown(ascent: Ascent) -> str:
    coasts = " and ".join(f"{few_digits(coast / 60, 3)} min" for coast in ascent.coasts_s)
    burns = f"two burns, a coast of {coasts} between" if coasts else "one burn into orbit"
    return (
        f"{burns} · {ascent.branch} · launch azimuth {ascent.launch_azimuth_deg:.1f}° · "
        f"{few_digits(ascent.duration_s / 60, 3)} min from lift-off to cut-off"
    )


def published_lines(study: PayloadStudy) -> list[str]:
    """Published figures of the vehicle from this site for this kind of orbit."""
    published = study.capability.published if study.capability else ()
    if not published:
        return [f"  published: nothing from {study.question.site.name} for this kind of orbit"]
    rows = [("published", "[kg]", "calibrated", "physics", "source")]
    for beside in published:
        calibrated, physics = (
            f"{ratio:.2f} ×" if ratio is not None else "–"
            for ratio in (beside.payload_over_published_ratio, beside.physics_over_published_ratio)
        )
        figure = beside.figure
        about = f"{figure.definition}; {figure.source}" if figure.definition else figure.source
        bound = "≥ " if figure.lower_bound else ""
        mass = f"{bound}{number_text(figure.payload_kg, 5)}"
        rows.append((figure_orbit_text(figure), mass, calibrated, physics, about))
    return aligned(rows, "<>>><", indent="  ")


def figure_orbit_text(figure: PayloadFigure) -> str:
    """Name the orbit of a published figure.

    Parameters
    ----------
    figure : PayloadFigure
        As published.

    Returns
    -------
    str
        Kind, altitudes, inclination, as far as they are published.
    """
    low, high, tilt = figure.perigee_altitude_km, figure.apogee_altitude_km, figure.inclination_deg
    text = figure.orbit
    if high is not None:
        text += (
            f" {high:g} km" if low == high else f" {'?' if low is None else format(low, 'g')} × {high:g} km"
        )
    return f"{text}, {tilt:g}°" if tilt is not None else text
