"""Any orbit file: what kind it is shows in its first words."""

from pathlib import Path

from cosmodrome.errors import ExchangeFileError
from cosmodrome.orbit.exchange.lines import read_text
from cosmodrome.orbit.exchange.mean_elements import MeanElements
from cosmodrome.orbit.exchange.oem import read_oem
from cosmodrome.orbit.exchange.omm import read_omm
from cosmodrome.orbit.exchange.opm import read_opm
from cosmodrome.orbit.exchange.sp3 import read_sp3
from cosmodrome.orbit.exchange.states import StateSeries, joined
from cosmodrome.orbit.exchange.tle import read_tle

_HEAD = 4000  # characters in which a file must say what it is


def read_orbit_file(path: Path) -> tuple[StateSeries | MeanElements, ...]:
    """Read every orbit of an OEM, OPM, OMM, TLE or SP3 file.

    Parameters
    ----------
    path : Path
        Its name does not matter.

    Returns
    -------
    tuple of StateSeries or MeanElements
        One for each object; the segments of an OEM are joined.

    Raises
    ------
    ExchangeFileError
        If the file is none of these, or is broken.
    """
    head = read_text(path).lstrip()[:_HEAD]
    if "CCSDS_OEM_VERS" in head:
        return (joined(read_oem(path)),)
    if "CCSDS_OPM_VERS" in head:
        return (read_opm(path),)
    if "CCSDS_OMM_VERS" in head or head[:1] in ("[", "{"):
        return read_omm(path)
    if head[:2] in ("#c", "#d", "#a", "#b"):
        return read_sp3(path)
    if any(line.startswith(("1 ", "2 ")) for line in head.splitlines()):
        return read_tle(path)
    raise ExchangeFileError(
        str(path), 0, "expected an OEM, OPM, OMM, TLE or SP3 file, given something else; convert it"
    )
