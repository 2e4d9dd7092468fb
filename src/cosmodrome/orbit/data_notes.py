"""What a propagation assumes where its tables end: which table, what is taken instead, and the effect."""

from datetime import date, datetime

from cosmodrome.orbit.forces import FORECAST_AP, ConstantWeather, Forces
from cosmodrome.orbit.integrator import weather_status
from cosmodrome.physics.earth_orientation import EarthOrientation


def orientation_notes(first: datetime, last: datetime, orientation: EarthOrientation) -> tuple[str, ...]:
    """What is assumed of the Earth's orientation between two instants, outside its table."""
    if first.date() < orientation.since:
        return (
            f"Earth orientation is tabulated from {orientation.since}; its first values are held before "
            "that, which shifts ground tracks by up to 400 m.",
        )
    if last.date() > orientation.until:
        return (
            f"Earth orientation is tabulated until {orientation.until}; its last values are held after that, "
            "which shifts ground tracks by some 50 m a year.",
        )
    return ()


def weather_notes(last: datetime, forces: Forces, last_day: date) -> tuple[str, ...]:
    """What is assumed of the space weather up to an instant, after the last day of daily values.

    Asks the integrator's table, which must be held meanwhile. The table begins before UTC does.
    """
    if not forces.drags or isinstance(forces.space_weather, ConstantWeather):
        return ()
    meets = weather_status(last)
    if meets not in ("predicted_monthly", "extrapolated"):
        return ()
    if forces.space_weather == "observed":
        table = "monthly forecast" if meets == "predicted_monthly" else "last forecast month, held,"
        return (
            f"Space weather is daily until {last_day}; after that drag uses the {table} of F10.7 and a "
            f"constant Ap of {FORECAST_AP}, which holds no storms.",
        )
    return (
        f"Space weather is observed until {last_day}; after that drag uses the {forces.space_weather} course "
        "of the solar cycles since 1957, month by month, which holds no storms.",
    )
