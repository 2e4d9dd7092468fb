"""What a station sees along one pass: where to point, how far, how fast, at what frequency, in what light."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import SPEED_OF_LIGHT_M_S
from cosmodrome.models.station import Station
from cosmodrome.operations.horizon import mask_elevation_deg, station_axes
from cosmodrome.operations.passes import Pass
from cosmodrome.orbit.eclipses import sunlit_fraction
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.physics.earth_orientation import read_earth_orientation
from cosmodrome.physics.ground_contacts import even_step_s
from cosmodrome.physics.time import elapsed_from_datetime
from cosmodrome.physics.topocentric import sun_elevation_rad

Array = NDArray[np.float64]

_SLACK_S = 1e-3  # the instants of a pass are rounded to microseconds


@dataclass(frozen=True, slots=True)
class PassTrack:
    """One pass at N even instants from rise to set. Arrays are read-only.

    Azimuth is clockwise from north, elevation above the geodetic horizon and without refraction, both to
    where the satellite is at that instant: light time (some milliseconds) is left out.
    """

    flown: Pass
    frequency_mhz: float | None
    elapsed_s: Array  # since the rise
    azimuth_deg: Array
    elevation_deg: Array
    mask_elevation_deg: Array  # of the station at that azimuth
    range_km: Array
    range_rate_km_s: Array
    sunlit_fraction: Array  # of the Sun's disc as the satellite sees it
    sun_elevation_deg: Array  # at the station, of the Sun's center, without refraction

    @property
    def doppler_shift_hz(self) -> Array | None:
        """By how much the signal arrives higher than it was sent, one way [Hz]; None without a frequency."""
        if self.frequency_mhz is None:
            return None
        return doppler_shift_hz(1e3 * self.range_rate_km_s, 1e6 * self.frequency_mhz)

    def __len__(self) -> int:
        return len(self.elapsed_s)

    def __repr__(self) -> str:
        return f"<PassTrack {self.flown.station}, {len(self)} points, to {self.elevation_deg.max():.1f} deg>"


def doppler_shift_hz(range_rate_m_s: Array, frequency_hz: float) -> Array:
    """Classical one-way Doppler shift of first order, -f (d rho/dt) / c, positive on approach [Hz].

    Parameters
    ----------
    range_rate_m_s : Array
        Speed at which the distance grows [m/s].
    frequency_hz : float
        As sent [Hz].

    Notes
    -----
    Special relativity gives f (sqrt(1 - v^2/c^2) / (1 + (d rho/dt)/c) - 1). In low orbit the difference is
    (d rho/dt)^2/c^2 - v^2/(2 c^2) of the frequency, from -3.2e-10 overhead to 2.2e-10 at the horizon: up to
    0.14 Hz at 437 MHz, 2.6 Hz at 8.2 GHz. The gravitational shift, GM/c^2 (1/R - 1/r), is 5e-11 of the
    frequency. The light time, which the range rate leaves out, makes up to v^2/c^2, 6e-10, overhead.

    References
    ----------
    Montenbruck and Gill (2000), *Satellite Orbits*, section 6.1.3.

    Examples
    --------
    437 MHz, approaching at 7 km/s: the shift of 10 kHz that amateurs know (unverified: common knowledge).

    >>> round(float(doppler_shift_hz(np.array([-7000.0]), 437e6)[0]))
    10204
    """
    return np.asarray(-frequency_hz * range_rate_m_s / SPEED_OF_LIGHT_M_S, dtype=float)


def pass_track(
    ephemeris: Ephemeris,
    one_pass: Pass,
    station: Station,
    step_s: float = 10.0,
    frequency_mhz: float | None = None,
) -> PassTrack:
    """Directions, range, range rate, Doppler shift and light along a pass, rise and set included.

    Parameters
    ----------
    ephemeris : Ephemeris
        It holds the pass.
    one_pass : Pass
        Of `station_passes`.
    station : Station
        That sees it.
    step_s : float
        Between instants, at most: a whole number of equal steps makes the pass [s].
    frequency_mhz : float, optional
        Sent by the satellite; without it there is no Doppler shift [MHz].

    Returns
    -------
    PassTrack

    Raises
    ------
    ValueError
        If the pass is of another station or outside the ephemeris, or the step or the frequency not positive.

    References
    ----------
    Vallado (2013), *Fundamentals of Astrodynamics and Applications*, algorithm 27 (RAZEL). Checked against
    Skyfield in tests/reference.
    """
    _refuse(ephemeris, one_pass, station, step_s, frequency_mhz)
    begin = elapsed_from_datetime(ephemeris.epoch, one_pass.rise)
    count = round(one_pass.duration_s / even_step_s(one_pass.duration_s, step_s))
    since = np.linspace(0.0, one_pass.duration_s, count + 1)
    when = np.clip(begin + since, ephemeris.elapsed_s[0], ephemeris.elapsed_s[-1])
    position, velocity = ephemeris.at(when, "ITRF")
    ground, here = station_axes([station]), np.zeros(len(when), dtype=int)
    seen = ground.look(position, here)
    inertial, _ = ephemeris.at(when)
    sun_m = ephemeris.sun_direction * ephemeris.sun_distance_m[:, None]
    sun = np.column_stack([np.interp(when, ephemeris.elapsed_s, axis) for axis in sun_m.T])
    up = ground.points.up_direction[0]
    sun_rad = sun_elevation_rad(ephemeris.epoch, when, up, read_earth_orientation())
    azimuth = np.degrees(seen.azimuth_rad)
    columns = (
        since,
        azimuth,
        np.degrees(seen.elevation_rad),
        mask_elevation_deg(station, azimuth),
        seen.range_m / 1e3,
        ground.range_rate_m_s(position, velocity, here) / 1e3,
        sunlit_fraction(inertial, sun),
        np.degrees(sun_rad),
    )
    for column in columns:
        column.setflags(write=False)
    return PassTrack(one_pass, frequency_mhz, *columns)


def highest_passes(passes: tuple[Pass, ...], stations: tuple[Station, ...]) -> tuple[Pass, ...]:
    """The pass with the greatest elevation over each station, in the stations' order, where there is one."""
    found = []
    for station in stations:
        mine = [one for one in passes if one.station == station.name]
        if mine:
            found.append(max(mine, key=lambda one: one.max_elevation_deg))
    return tuple(found)


def _refuse(
    ephemeris: Ephemeris, one_pass: Pass, station: Station, step_s: float, frequency_mhz: float | None
) -> None:
    """Say what does not fit."""
    if one_pass.station != station.name:
        raise ValueError(
            f"the pass is over {one_pass.station}, the station given is {station.name}; give the pass's own"
        )
    if not step_s > 0:
        raise ValueError(f"a step of {step_s:g} s; expected above 0")
    if frequency_mhz is not None and not frequency_mhz > 0:
        raise ValueError(f"a frequency of {frequency_mhz:g} MHz; expected above 0, or none")
    rise, down = (elapsed_from_datetime(ephemeris.epoch, one) for one in (one_pass.rise, one_pass.set))
    if rise < ephemeris.elapsed_s[0] - _SLACK_S or down > ephemeris.elapsed_s[-1] + _SLACK_S:
        raise ValueError(
            f"the pass from {_text(one_pass.rise)} to {_text(one_pass.set)} lies outside the ephemeris, "
            f"{ephemeris.elapsed_s[-1]:.0f} s from {_text(ephemeris.epoch)}; give the one it was found in"
        )


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
