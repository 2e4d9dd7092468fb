"""An orbit as comma-separated values: one row per state."""

import numpy as np

from cosmodrome.outputs.messages import instant_texts
from cosmodrome.outputs.netcdf import Orbit


def orbit_csv(orbit: Orbit) -> str:
    """Write instants, states in GCRF and ITRF, latitude, longitude and altitude.

    Parameters
    ----------
    orbit : Orbit
        Velocities are left out where there are none.

    Returns
    -------
    str
        A row of names with units, then a row per state: 1 µm, 1 nm/s, 1e-9 deg. Lines end as RFC 4180 asks.

    References
    ----------
    RFC 4180.
    """
    names, formats, columns = ["elapsed_s"], ["%.6f"], [orbit.inertial.elapsed_s]
    for series, frame in ((orbit.inertial, "gcrf"), (orbit.fixed, "itrf")):
        for k, axis in enumerate("xyz"):
            names.append(f"{frame}_{axis}_m")
            formats.append("%.6f")
            columns.append(series.position_m[:, k])
        for k, axis in enumerate("xyz" if series.velocity_m_s is not None else ""):
            assert series.velocity_m_s is not None
            names.append(f"{frame}_v{axis}_m_s")
            formats.append("%.9f")
            columns.append(series.velocity_m_s[:, k])
    names += ["latitude_deg", "longitude_deg", "altitude_km"]
    formats += ["%.9f", "%.9f", "%.9f"]
    columns += [orbit.track.latitude_deg, orbit.track.longitude_deg, orbit.track.altitude_km]
    row = ",".join(formats)
    rows = [row % tuple(values) for values in np.column_stack(columns).tolist()]
    times = instant_texts(orbit.inertial)
    lines = [f"{time}Z,{values}" for time, values in zip(times, rows, strict=True)]
    return "\r\n".join([",".join(["time_utc", *names]), *lines, ""])
