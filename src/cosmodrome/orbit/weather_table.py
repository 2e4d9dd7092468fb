"""Space weather as satkit reads it: CelesTrak's SW-All table, rewritten for a convention or a case."""

from datetime import UTC, datetime, timedelta

from cosmodrome.orbit.forces import FORECAST_AP, ApConvention, ConstantWeather, SpaceWeatherCase
from cosmodrome.orbit.solar_activity import cycle_cases, read_space_weather
from cosmodrome.physics.earth_orientation import data_folder

_CASE_YEARS = 60.0
_FIRST_DAY = b"1957-10-01"
_CASES: tuple[SpaceWeatherCase, ...] = ("low", "mean", "high")


def weather_table(weather: SpaceWeatherCase | ConstantWeather, convention: ApConvention) -> bytes:
    """A table in the format of SW-All.

    Parameters
    ----------
    weather : {'observed', 'low', 'mean', 'high'} or ConstantWeather
        'observed' is the table itself, with an Ap of 13 put into the monthly forecast, which has none: left
        out, NRLMSISE-00 assumes a quiet 4 and drag is 10 to 20 % low. The cases follow a cycle after the last
        observed day, month by month.
    convention : {'3-hourly', 'daily-mean'}
        'daily-mean' puts each day's mean Ap into its eight slots.

    References
    ----------
    CelesTrak, *Space Weather Data Documentation*, format of SW-All.csv.
    """
    raw = (data_folder("satkit_data") / "SW-All.csv").read_bytes()
    header, _, body = raw.partition(b"\n")
    columns = _Columns(header)
    if isinstance(weather, ConstantWeather):
        constant = columns.row(_FIRST_DAY, weather.flux_sfu, weather.ap_index)
        return b"\n".join((header, constant, b""))
    marks = (b",PRM,",) if weather == "observed" else (b",PRM,", b",PRD,")
    forecast = min(body.index(mark) for mark in marks if mark in body)
    cut = body.rindex(b"\n", 0, forecast) + 1
    daily, after = body[:cut], body[cut:].splitlines()
    if convention == "daily-mean":
        daily = b"\n".join((*(columns.with_mean_ap(row) for row in daily.splitlines()), b""))
    if weather == "observed":
        after = [columns.with_ap(row, FORECAST_AP) for row in after]
    else:
        after = _case_rows(weather, columns, daily.splitlines()[-1])
    return b"".join((header, b"\n", daily, b"\n".join(after), b"\n"))


def _case_rows(case: SpaceWeatherCase, columns: "_Columns", last: bytes) -> list[bytes]:
    """Months of a cycle after the last observed day."""
    start = datetime.fromisoformat(last[:10].decode("ascii")).replace(tzinfo=UTC) + timedelta(days=1)
    activity = cycle_cases(read_space_weather(), start, _CASE_YEARS)[_CASES.index(case)]
    days = [start + timedelta(days=activity.step_days * k) for k in range(len(activity.flux_sfu))]
    values = zip(days, activity.flux_sfu.tolist(), activity.ap_index.tolist(), strict=True)
    return [columns.row(day.date().isoformat().encode("ascii"), flux, ap) for day, flux, ap in values]


class _Columns:
    """Where the fields of a row are."""

    def __init__(self, header: bytes) -> None:
        names = header.decode("ascii").strip().split(",")
        self._count = len(names)
        self._first_ap, self._mean_ap = names.index("AP1"), names.index("AP_AVG")
        self._kind = names.index("F10.7_DATA_TYPE")
        self._fluxes = [at for at, name in enumerate(names) if name.startswith("F10.7_") and at != self._kind]

    def row(self, day: bytes, flux_sfu: float, ap_index: float) -> bytes:
        """A row of the monthly forecast."""
        fields = [b""] * self._count
        fields[0], fields[self._kind] = day, b"PRM"
        for at in self._fluxes:
            fields[at] = f"{flux_sfu:.1f}".encode("ascii")
        return self.with_ap(b",".join(fields), round(ap_index))

    def with_ap(self, row: bytes, ap_index: int) -> bytes:
        """The row with an Ap in every slot."""
        fields = row.split(b",")
        slots = self._mean_ap + 1 - self._first_ap
        fields[self._first_ap : self._mean_ap + 1] = [str(ap_index).encode("ascii")] * slots
        return b",".join(fields)

    def with_mean_ap(self, row: bytes) -> bytes:
        """The row with its own mean Ap in every slot."""
        fields = row.split(b",")
        fields[self._first_ap : self._mean_ap] = [fields[self._mean_ap]] * (self._mean_ap - self._first_ap)
        return b",".join(fields)
