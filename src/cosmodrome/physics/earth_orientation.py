"""Earth orientation (IERS Bulletins B and A, finals2000A) from the `astropy-iers-data` package.

The table ends about a year after it was published. After its end the last UT1-UTC and pole are held; that
grows to some 0.1 s of UT1 in a year, which is 0.05 km at the equator.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import DAY_S
from cosmodrome.physics.interpolation import lagrange_cubics
from cosmodrome.physics.rotation_tides import daily_pole_and_ut1
from cosmodrome.physics.time import MODIFIED_JULIAN_DATE_ZERO, julian_date_from_datetime

Array = NDArray[np.float64]

_ARCSECOND = np.pi / 180 / 3600
_MODIFIED_JULIAN_DATE_DAY = date(1858, 11, 17)


@dataclass(frozen=True, slots=True)
class EarthOrientation:
    """Daily Earth orientation at 0 h UTC: UT1-UTC, pole, and celestial pole offsets."""

    modified_julian_date: Array
    ut1_minus_utc_s: Array
    pole_x_rad: Array
    pole_y_rad: Array
    offset_x_rad: Array
    offset_y_rad: Array

    @property
    def since(self) -> date:
        """First day of the table."""
        return _MODIFIED_JULIAN_DATE_DAY + timedelta(days=int(self.modified_julian_date[0]))

    @property
    def until(self) -> date:
        """Last day of the table."""
        return _MODIFIED_JULIAN_DATE_DAY + timedelta(days=int(self.modified_julian_date[-1]))

    def at(self, epoch: datetime, elapsed_s: Array) -> tuple[Array, Array, Array, Array, Array]:
        """UT1-UTC [s], pole x and y [rad], pole offsets dX and dY [rad], with the tides within the day.

        2 mm at the ground where the table is final; held beyond the table.

        References
        ----------
        IERS Conventions (2010), section 5.5.
        """
        ut1, pole_x, pole_y, offset_x, offset_y = self.tabulated(epoch, elapsed_s)
        tide_x, tide_y, tide_ut1 = daily_pole_and_ut1(epoch, elapsed_s)
        return ut1 + tide_ut1, pole_x + tide_x, pole_y + tide_y, offset_x, offset_y

    def tabulated(self, epoch: datetime, elapsed_s: Array) -> tuple[Array, Array, Array, Array, Array]:
        """The same without the tides, by cubics through four days of the table.

        References
        ----------
        McCarthy and Gambis (1997), *Interpolating the IERS Earth orientation data*, IERS Gazette 13.
        """
        first, fraction = julian_date_from_datetime(epoch)
        table, elapsed = self.modified_julian_date, np.asarray(elapsed_s, dtype=float)
        day = np.clip(first - MODIFIED_JULIAN_DATE_ZERO + fraction + elapsed / DAY_S, table[0], table[-1])
        # UT1-UTC jumps with a leap second: remove whole jumps before interpolating
        steps = np.concatenate(([0.0], np.cumsum(np.round(np.diff(self.ut1_minus_utc_s)))))
        held = steps[np.clip(np.searchsorted(table, day, side="right") - 1, 0, len(table) - 1)]
        columns = (self.pole_x_rad, self.pole_y_rad, self.offset_x_rad, self.offset_y_rad)
        smooth, x, y, offset_x, offset_y = lagrange_cubics(
            day, table, (self.ut1_minus_utc_s - steps, *columns)
        )
        return smooth + held, x, y, offset_x, offset_y

    def __repr__(self) -> str:
        return f"<EarthOrientation {len(self.modified_julian_date)} days until {self.until}>"


@lru_cache(maxsize=1)
def read_earth_orientation() -> EarthOrientation:
    """Read the table that is installed; rows without a pole are left out.

    Raises
    ------
    FileNotFoundError
        If the package `astropy-iers-data` is damaged.

    References
    ----------
    IERS, *ReadMe.finals2000A*, byte-by-byte description.

    Examples
    --------
    IERS EOP 20 C04 for 2017-01-01 (after the leap second): UT1-UTC = 0.5913 s.

    >>> from datetime import UTC
    >>> table = read_earth_orientation()
    >>> round(float(table.at(datetime(2017, 1, 1, tzinfo=UTC), np.zeros(1))[0][0]), 3)
    0.591
    """
    raw = (data_folder("astropy_iers_data") / "finals2000A.all").read_bytes()
    width = raw.index(b"\n") + 1
    rows = np.frombuffer(raw[: len(raw) // width * width], dtype=np.uint8).reshape(-1, width)
    rows = rows[(rows[:, 16] != ord(" ")) & (rows[:, 57] != ord(" "))]

    def column(first: int, last: int) -> Array:
        # the readme counts bytes from 1, both ends inside; a blank field is not a number
        field = np.ascontiguousarray(rows[:, first - 1 : last]).view(f"S{last - first + 1}")[:, 0]
        text = np.char.strip(field)
        return np.where(text == b"", b"nan", text).astype(float)

    def best(final: tuple[int, int], rapid: tuple[int, int]) -> Array:
        # Bulletin B where it is given already, then Bulletin A; early and predicted pole offsets are zero
        values = column(*final)
        values = np.where(np.isnan(values), column(*rapid), values)
        return np.nan_to_num(values)

    arrays = (
        column(8, 15),
        best((155, 165), (59, 68)),
        best((135, 144), (19, 27)) * _ARCSECOND,
        best((145, 154), (38, 46)) * _ARCSECOND,
        best((166, 175), (98, 106)) * 1e-3 * _ARCSECOND,
        best((176, 185), (117, 125)) * 1e-3 * _ARCSECOND,
    )
    for array in arrays:
        array.setflags(write=False)
    return EarthOrientation(*arrays)


def data_folder(package: str) -> Path:
    """Folder `data` of an installed data package, found without importing it.

    Raises
    ------
    FileNotFoundError
        If the package is not installed.

    Examples
    --------
    >>> data_folder("astropy_iers_data").name
    'data'
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the data package '{package}' is not installed")
    return Path(spec.submodule_search_locations[0]) / "data"
