"""An orbit as NetCDF-3 with the CF conventions, for archives."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cosmodrome.orbit.exchange.states import StateSeries
from cosmodrome.orbit.ground_track import GroundTrack
from cosmodrome.outputs.labels import iso_text
from cosmodrome.outputs.messages import FRAME_NAMES

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Orbit:
    """One orbit in GCRF, in ITRF and on the ground, at the same instants."""

    inertial: StateSeries
    fixed: StateSeries
    track: GroundTrack


def netcdf_bytes(orbit: Orbit, created: datetime, *, comment: str = "") -> bytes:
    """Write positions and velocities in GCRF and ITRF, latitude, longitude and height.

    Parameters
    ----------
    orbit : Orbit
        Velocities are left out where there are none.
    created : datetime
        Creation date to state (UTC).
    comment : str
        Where the orbit is from, for the reader.

    Returns
    -------
    bytes
        A NetCDF-3 file: one trajectory along the dimension `time`, in doubles.

    References
    ----------
    *NetCDF Climate and Forecast (CF) Metadata Conventions* 1.8, sections 4.4 (time), 5.6 (grid mapping) and
    9 (discrete sampling geometries).
    """
    from scipy.io import netcdf_file

    buffer = io.BytesIO()
    file = netcdf_file(buffer, "w", version=2)
    _attributes(
        file,
        Conventions="CF-1.8",
        featureType="trajectory",
        title=f"Orbit of {orbit.inertial.object_name}",
        source=comment or "cosmodrome",
        history=f"{iso_text(created)} written by cosmodrome",
        international_designator=orbit.inertial.object_id,
    )
    name = orbit.inertial.object_name.encode("utf-8")
    file.createDimension("time", len(orbit.inertial.elapsed_s))
    file.createDimension("name_length", len(name))
    label = file.createVariable("satellite", "S1", ("name_length",))
    label[:] = np.frombuffer(name, dtype="S1")
    _attributes(label, long_name="name of the satellite", cf_role="trajectory_id")
    ellipsoid = file.createVariable("wgs84", "i4", ())
    _attributes(
        ellipsoid,
        grid_mapping_name="latitude_longitude",
        semi_major_axis=6378137.0,
        inverse_flattening=298.257223563,
    )
    _coordinates(file, orbit)
    _states(file, orbit.inertial, "gcrf")
    _states(file, orbit.fixed, "itrf")
    file.flush()
    content = buffer.getvalue()
    file.close()
    return content


def _attributes(owner: Any, **attributes: str | float) -> None:
    """Set attributes; text as UTF-8, which scipy does not do by itself."""
    for key, value in attributes.items():
        setattr(owner, key, value.encode("utf-8") if isinstance(value, str) else value)


def _variable(file: Any, name: str, values: Array, **attributes: str) -> None:
    variable = file.createVariable(name, "f8", ("time",))
    variable[:] = values
    _attributes(variable, **attributes)


def _coordinates(file: Any, orbit: Orbit) -> None:
    epoch = orbit.inertial.epoch.strftime("%Y-%m-%d %H:%M:%S.%f")
    _variable(
        file,
        "time",
        orbit.inertial.elapsed_s,
        standard_name="time",
        units=f"seconds since {epoch} UTC",
        calendar="standard",
        axis="T",
    )
    on_ground = {"grid_mapping": "wgs84"}
    _variable(
        file,
        "latitude",
        orbit.track.latitude_deg,
        standard_name="latitude",
        units="degrees_north",
        **on_ground,
    )
    _variable(
        file,
        "longitude",
        orbit.track.longitude_deg,
        standard_name="longitude",
        units="degrees_east",
        **on_ground,
    )
    _variable(
        file,
        "altitude",
        1e3 * orbit.track.altitude_km,
        standard_name="height_above_reference_ellipsoid",
        units="m",
        positive="up",
        **on_ground,
    )


def _states(file: Any, series: StateSeries, prefix: str) -> None:
    frame = FRAME_NAMES[series.frame]
    for k, axis in enumerate("xyz"):
        _variable(
            file,
            f"{prefix}_position_{axis}",
            series.position_m[:, k],
            long_name=f"position along {axis} in {frame}, from the center of the Earth",
            units="m",
            coordinates="time latitude longitude altitude satellite",
        )
        if series.velocity_m_s is not None:
            _variable(
                file,
                f"{prefix}_velocity_{axis}",
                series.velocity_m_s[:, k],
                long_name=f"velocity along {axis} in {frame}",
                units="m s-1",
                coordinates="time latitude longitude altitude satellite",
            )
