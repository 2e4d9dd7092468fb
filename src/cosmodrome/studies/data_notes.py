"""What is assumed where the tables of Earth orientation do not reach."""

from datetime import datetime, timedelta

from cosmodrome.physics.earth_orientation import read_earth_orientation


def orientation_notes(begin: datetime, duration_days: float = 0.0) -> tuple[str, ...]:
    """Sentences on a span that begins before the table, or ends after it; none within it.

    Parameters
    ----------
    begin : datetime
        Of the span.
    duration_days : float
        Zero where what comes after the table is said elsewhere [d].

    Examples
    --------
    The table of the IERS begins on 1973-01-02.

    >>> from datetime import UTC
    >>> [note[:43] for note in orientation_notes(datetime(1965, 1, 1, tzinfo=UTC))]
    ['Earth orientation is tabulated from 1973-01']
    """
    table, notes = read_earth_orientation(), []
    if begin.date() < table.begins_on:
        notes.append(
            f"Earth orientation is tabulated from {table.begins_on} on; its first values are held before "
            "that, which shifts ground tracks by up to 400 m."
        )
    if duration_days and (begin + timedelta(days=duration_days)).date() > table.until:
        notes.append(
            f"Earth orientation is tabulated until {table.until}; its last values are held after that, which "
            "shifts ground tracks by some 50 m a year."
        )
    return tuple(notes)
