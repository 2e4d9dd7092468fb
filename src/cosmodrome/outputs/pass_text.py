"""Passes, as a table for a terminal, with totals by station and day."""

from typing import Final

from cosmodrome.outputs.columns import aligned, fixed, wrapped
from cosmodrome.outputs.labels import instant_text, number_text
from cosmodrome.outputs.orbit_text import notes_lines
from cosmodrome.studies.pass_study import PassStudy, SatellitePass

_LONGEST_NAME: Final = 18


def pass_text(study: PassStudy) -> str:
    """Write every pass.

    Parameters
    ----------
    study : PassStudy
        A finished study.

    Returns
    -------
    str
        Lines of at most 110 columns: a headline, a row for each pass in time order, totals by station and
        day, what was assumed. Times are UTC, azimuths clockwise from north.
    """
    count, number = len(study.passes), len(study.satellites)
    head = (
        f"{count} pass{'es' if count != 1 else ''} of "
        f"{study.satellites[0] if number == 1 else f'{number} satellites'} from {instant_text(study.epoch)}, "
        f"{number_text(study.duration_days)} d · {study.method}"
    )
    lines = [wrapped(head)]
    if study.passes:
        lines += [*_table(study), "", *_totals(study)]
    else:
        lines.append("  nothing rises above the mask in this time")
    lines += [_stations(study), *notes_lines(study.notes)]
    return "\n".join([*lines, f"took {study.elapsed_s:.1f} s"])


def _table(study: PassStudy) -> list[str]:
    several = len(study.satellites) > 1
    heads = ("rise, AOS [UTC]", "top, TCA", "set, LOS", "max el.", "az. rise", "az. set", "[s]", "range [km]")
    rows = [("station", *(("satellite",) if several else ()), *heads)]
    for one in study.passes:
        who = (one.satellite[:_LONGEST_NAME],) if several else ()
        rows.append((one.contact.station[:_LONGEST_NAME], *who, *_cells(one)))
    return aligned(rows, "<" + "<" * several + "<<<>>>>>")


def _cells(one: SatellitePass) -> tuple[str, ...]:
    """A star marks an edge that is the span's and not the pass's."""
    contact = one.contact
    return (
        f"{contact.rise:%Y-%m-%d %H:%M:%S}{'' if one.begins else '*'}",
        f"{contact.culmination:%H:%M:%S}",
        f"{contact.set:%H:%M:%S}{'' if one.ends else '*'}",
        f"{contact.max_elevation_deg:.1f}°",
        f"{contact.rise_azimuth_deg:.0f}°",
        f"{contact.set_azimuth_deg:.0f}°",
        fixed(contact.duration_s),
        fixed(contact.min_range_km),
    )


def _totals(study: PassStudy) -> list[str]:
    rows = [("day [UTC]", "station", "passes", "contact [min]", "longest [min]")]
    rows += [
        (
            f"{one.day_utc}", one.station, f"{one.passes_count}", fixed(one.contact_s / 60, 1),
            fixed(one.longest_s / 60, 1),
        )
        for one in study.totals
    ]  # fmt: skip
    return aligned(rows, "<<>>>")


def _stations(study: PassStudy) -> str:
    masks = ", ".join(f"{one.name} above {one.minimum_elevation_deg:g}°" for one in study.stations)
    cut = "; * cut by the span" if any(not (p.begins and p.ends) for p in study.passes) else ""
    return wrapped(f"{masks}; geometric elevation, azimuth clockwise from north, range at the top{cut}")
