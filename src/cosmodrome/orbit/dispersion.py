"""What an injection that misses does to the first days: where the satellite is, and what to correct costs."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M, EARTH_GM_M3_S2
from cosmodrome.injection import InjectionState
from cosmodrome.injection_dispersion import InjectionDispersion
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.forces import Forces
from cosmodrome.orbit.propagate import propagate, propagate_many
from cosmodrome.physics.circular_elements import cartesian_from_circular, local_axes
from cosmodrome.physics.elements import orbital_period_s

Array = NDArray[np.float64]

THREE_SIGMA_PERCENT: Final = 99.73

_MOST_ECCENTRIC = 0.1
_TOGETHER = 100  # draws in memory at once
_REENTRY_RADIUS_M = EARTH_EQUATORIAL_RADIUS_M + 120e3  # below it `propagate` does not start


@dataclass(frozen=True, slots=True)
class DispersedOrbits:
    """N draws of the injection. Arrays are read-only."""

    dispersion: InjectionDispersion
    circular_elements: Array  # (N, 6): a, e cos w, e sin w, i, RAAN, u
    position_m: Array  # (N, 3), GCRF
    velocity_m_s: Array  # (N, 3), GCRF

    @property
    def semi_major_axis_km(self) -> Array:
        """Osculating, shape (N,) [km]."""
        return self.circular_elements[:, 0] / 1e3

    @property
    def eccentricity(self) -> Array:
        """Osculating, shape (N,)."""
        return np.hypot(self.circular_elements[:, 1], self.circular_elements[:, 2])

    @property
    def inclination_deg(self) -> Array:
        """Osculating, shape (N,) [deg]."""
        return np.degrees(self.circular_elements[:, 3])

    @property
    def raan_deg(self) -> Array:
        """Right ascension of the ascending node, shape (N,), not wrapped [deg]."""
        return np.degrees(self.circular_elements[:, 4])

    @property
    def argument_of_latitude_deg(self) -> Array:
        """From the node to the satellite, shape (N,), not wrapped [deg]."""
        return np.degrees(self.circular_elements[:, 5])

    @property
    def perigee_altitude_km(self) -> Array:
        """Over the equatorial radius, shape (N,) [km]."""
        return self.semi_major_axis_km * (1 - self.eccentricity) - EARTH_EQUATORIAL_RADIUS_M / 1e3

    @property
    def apogee_altitude_km(self) -> Array:
        """Over the equatorial radius, shape (N,) [km]."""
        return self.semi_major_axis_km * (1 + self.eccentricity) - EARTH_EQUATORIAL_RADIUS_M / 1e3

    @property
    def starts(self) -> tuple[InjectionState, ...]:
        """The draws as states to propagate from."""
        epoch = self.dispersion.state.epoch
        pairs = zip(self.position_m, self.velocity_m_s, strict=True)
        return tuple(InjectionState(epoch, position, velocity) for position, velocity in pairs)

    def perigee_altitude_at_km(self, percent: float) -> float:
        """The perigee altitude that a share of the draws stays below [km]."""
        return _percentile(self.perigee_altitude_km, percent)

    def apogee_altitude_at_km(self, percent: float) -> float:
        """The apogee altitude that a share of the draws stays below [km]."""
        return _percentile(self.apogee_altitude_km, percent)

    def __repr__(self) -> str:
        low, high = (self.perigee_altitude_at_km(percent) for percent in (5, 95))
        return (
            f"<DispersedOrbits {len(self.position_m)} draws, perigee {low:.0f} to {high:.0f} km (5 to 95 %)>"
        )


@dataclass(frozen=True, slots=True)
class InjectionCorrection:
    """What it costs to bring each draw to the target orbit. Arrays of shape (N,) are read-only."""

    in_plane_m_s: Array
    plane_m_s: Array
    notes: tuple[str, ...]

    @property
    def total_m_s(self) -> Array:
        """Both, one after the other [m/s]; a combined burn takes less."""
        return self.in_plane_m_s + self.plane_m_s

    def percentile_m_s(self, percent: float = THREE_SIGMA_PERCENT) -> float:
        """The total that is enough for a share of the draws [m/s].

        For the delta-v budget, ESA asks for two or three sigma of the launcher's accuracy: 95.45 or 99.73 %
        (margin philosophy SRE-PA/2011.097, MAR-DV-080).
        """
        return _percentile(self.total_m_s, percent)

    def __repr__(self) -> str:
        half, most = (self.percentile_m_s(percent) for percent in (50, THREE_SIGMA_PERCENT))
        return (
            f"<InjectionCorrection {half:.1f} m/s in half of {len(self.plane_m_s)} draws, {most:.1f} m/s in "
            f"{THREE_SIGMA_PERCENT:g} %>"
        )


@dataclass(frozen=True, slots=True)
class EarlyOrbitDispersion:
    """How far N draws stray from the target over T samples. Arrays are read-only; NaN after a re-entry.

    Radial is a difference of radii, along-track and cross-track are arcs on the target's sphere, so that
    they stay meaningful where a draw is far ahead.
    """

    orbits: DispersedOrbits
    target: Ephemeris
    radial_m: Array  # (N, T)
    along_track_m: Array  # (N, T), positive ahead of the target
    cross_track_m: Array  # (N, T), positive along the angular momentum
    notes: tuple[str, ...]

    @property
    def elapsed_s(self) -> Array:
        """Times of the samples, shape (T,) [s]."""
        return self.target.elapsed_s

    @property
    def time_early_s(self) -> Array:
        """How much earlier than the target each draw comes by, shape (N, T) [s]: the offset of each pass."""
        return np.asarray(self.along_track_m / np.linalg.norm(self.target.velocity_m_s, axis=1))

    @property
    def lowest_altitude_km(self) -> Array:
        """Lowest altitude of each draw over the equatorial radius in the time covered, shape (N,) [km]."""
        radius = np.linalg.norm(self.target.position_m, axis=1) + self.radial_m
        return np.asarray((np.nanmin(radius, axis=1) - EARTH_EQUATORIAL_RADIUS_M) / 1e3)

    @property
    def reentered_count(self) -> int:
        """Draws that came below 120 km."""
        return int(np.isnan(self.radial_m[:, -1]).sum())

    def per_revolution(self) -> "RevolutionSpread":
        """One standard deviation at the end of every revolution of the target."""
        period = orbital_period_s(float(self.orbits.dispersion.circular_elements[0]))
        ends = np.arange(1, int(self.elapsed_s[-1] // period) + 1) * period
        nearest = np.abs(self.elapsed_s[:, None] - ends).argmin(axis=0)
        errors = (self.radial_m, self.along_track_m, self.cross_track_m, self.time_early_s)
        return RevolutionSpread(
            _frozen(self.elapsed_s[nearest]), *(_frozen(np.nanstd(e[:, nearest], axis=0)) for e in errors)
        )

    def search_angle_deg(self, slant_range_km: float, percent: float = THREE_SIGMA_PERCENT) -> Array:
        """Half-angle about the target's place that an antenna must search, shape (T,) [deg].

        It holds a share of the draws where the error lies across the line of sight, the worst case.

        Parameters
        ----------
        slant_range_km : float
            From the station to the satellite, above zero [km].
        percent : float
            Of the draws [%].
        """
        if slant_range_km <= 0:
            raise ValueError(f"a slant range of {slant_range_km:g} km; expected above 0 km")
        off = np.sqrt(self.radial_m**2 + self.along_track_m**2 + self.cross_track_m**2)
        widest = np.nanpercentile(off, percent, axis=0)
        return np.asarray(np.degrees(np.arctan2(widest, 1e3 * slant_range_km)))

    def __repr__(self) -> str:
        last = np.nanstd(self.along_track_m[:, -1]) / 1e3
        return (
            f"<EarlyOrbitDispersion {len(self.radial_m)} draws, {last:.0f} km (1 sigma) along the track "
            f"after {self.target.duration_days:.2f} days>"
        )


@dataclass(frozen=True, slots=True)
class RevolutionSpread:
    """One standard deviation of the draws at the end of each revolution. Arrays are read-only."""

    elapsed_s: Array
    radial_m: Array
    along_track_m: Array
    cross_track_m: Array
    time_early_s: Array

    def __repr__(self) -> str:
        return f"<RevolutionSpread of {len(self.elapsed_s)} revolutions>"


def dispersed_orbits(
    dispersion: InjectionDispersion, generator: np.random.Generator, draws_count: int
) -> DispersedOrbits:
    """Draw injections: each independent error is normal, and the elements are exact, not linearized.

    Parameters
    ----------
    dispersion : InjectionDispersion
    generator : numpy Generator
        Where the random numbers are from.
    draws_count : int
        At least 1.

    Returns
    -------
    DispersedOrbits

    Raises
    ------
    ValueError
        For fewer draws than one, or errors so large that a draw is not on a closed orbit.
    """
    if draws_count < 1:
        raise ValueError(f"{draws_count} draws; expected at least 1")
    normal = generator.standard_normal((draws_count, 6))
    elements = dispersion.circular_elements + normal @ dispersion.element_steps.T
    states = cartesian_from_circular(elements)
    return DispersedOrbits(
        dispersion,
        _frozen(elements),
        _frozen(np.ascontiguousarray(states[:, :3])),
        _frozen(np.ascontiguousarray(states[:, 3:])),
    )


def injection_correction(orbits: DispersedOrbits, *, corrects_node: bool = True) -> InjectionCorrection:
    """Delta-v that brings each draw to the target orbit: size and shape, then the plane.

    dv = dv in the plane + dv of the turn

    In the plane two tangential burns half a turn apart do it, `in_plane_delta_v_m_s`; the plane is turned
    where it meets the target's, `plane_turn_delta_v_m_s`. Where the satellite is along the track is not
    corrected: a drift does that for nothing.

    Parameters
    ----------
    orbits : DispersedOrbits
        As drawn; a few thousand draws make the third digit of a percentile.
    corrects_node : bool
        Whether the node is corrected too. Missions that can wait let the node drift.

    Returns
    -------
    InjectionCorrection

    Raises
    ------
    ValueError
        If the target's eccentricity is above 0.1, where the equations for near-circular orbits end.
    """
    axis, ex, ey, tilt, node, _ = (float(part) for part in orbits.dispersion.circular_elements)
    if np.hypot(ex, ey) > _MOST_ECCENTRIC:
        raise ValueError(
            f"the target's eccentricity is {np.hypot(ex, ey):.3f}; expected at most {_MOST_ECCENTRIC:g}, "
            "where the correction of near-circular orbits holds"
        )
    drawn = orbits.circular_elements.T
    speed = float(np.sqrt(EARTH_GM_M3_S2 / axis))
    shape_error = np.hypot(drawn[1] - ex, drawn[2] - ey)
    turned = drawn[4] - node if corrects_node else np.zeros(len(drawn[4]))
    half = np.sin((drawn[3] - tilt) / 2) ** 2 + np.sin(tilt) * np.sin(drawn[3]) * np.sin(turned / 2) ** 2
    drift = () if corrects_node else ("The node is left to drift.",)
    return InjectionCorrection(
        _frozen(in_plane_delta_v_m_s(speed, (drawn[0] - axis) / axis, shape_error)),
        _frozen(plane_turn_delta_v_m_s(speed, 2 * np.arcsin(np.sqrt(half)))),
        ("Size and shape are corrected first, then the plane; one burn for both would take less.", *drift),
    )


def in_plane_delta_v_m_s(speed_m_s: float, size_error_fraction: Array, shape_error_ratio: Array) -> Array:
    """Two tangential burns half a turn apart that correct semi-major axis and eccentricity vector [m/s].

    dv = v/2 max(|da|/a, |de|): burns dv1, dv2 on the line of de give da/a = 2 (dv1 + dv2) / v and
    |de| = 2 (dv1 - dv2) / v. First order in both, for near-circular orbits.

    Parameters
    ----------
    speed_m_s : float
        Circular speed [m/s].
    size_error_fraction : array
        da / a.
    shape_error_ratio : array
        Length of the difference of the eccentricity vectors.

    References
    ----------
    Gauss's variational equations for small eccentricity, Vallado (2013), section 9.3.

    Examples
    --------
    From 700 to 710 km. Burning the difference of the circular speeds, 7504.3 and 7499.0 m/s, in two halves:

    >>> round(float(in_plane_delta_v_m_s(7504.3, np.array([10 / 7078.1]), np.array([0.0]))[0]), 1)
    5.3
    """
    return speed_m_s / 2 * np.maximum(np.abs(size_error_fraction), shape_error_ratio)


def plane_turn_delta_v_m_s(speed_m_s: float, angle_rad: Array) -> Array:
    """Impulse that turns the plane of a circular orbit by an angle: dv = 2 v sin(angle / 2) [m/s].

    References
    ----------
    Vallado (2013), equation 6-19.

    Examples
    --------
    Vallado (2013), example 6-4: 15 deg at 5.892311 km/s take 1.538202 km/s.

    >>> round(float(plane_turn_delta_v_m_s(5892.311, np.radians(15.0))), 2)
    1538.2
    """
    return np.asarray(2 * speed_m_s * np.sin(angle_rad / 2))


def early_orbit_dispersion(
    orbits: DispersedOrbits, forces: Forces, duration_days: float = 1.0, *, step_s: float = 60.0
) -> EarlyOrbitDispersion:
    """Propagate every draw, and say where it is against the target.

    An error of the semi-major axis grows along the track by 3 pi da a revolution, so that after a day that of
    the injection hardly matters beside it.

    Parameters
    ----------
    orbits : DispersedOrbits
        As drawn. A draw costs a propagation; a hundred give a standard deviation to 7 %.
    forces : Forces
        What acts, on every draw alike.
    duration_days : float
        How long [d].
    step_s : float
        Between samples [s].

    Returns
    -------
    EarlyOrbitDispersion

    Raises
    ------
    ValueError
        As `propagate`, for the target.
    """
    epoch = orbits.dispersion.state.epoch
    target = propagate(orbits.dispersion.state, epoch, duration_days, forces, step_s=step_s)
    flown = np.full((len(orbits.position_m), len(target.elapsed_s), 3), np.nan)
    flown[:, 0] = orbits.position_m
    aloft = np.nonzero(np.linalg.norm(orbits.position_m, axis=1) > _REENTRY_RADIUS_M)[0]
    starts = orbits.starts
    for first in range(0, len(aloft), _TOGETHER):
        rows = aloft[first : first + _TOGETHER]
        together = propagate_many([starts[row] for row in rows], epoch, duration_days, forces, step_s=step_s)
        for row, path in zip(rows, together, strict=True):
            position = path.position_m[: flown.shape[1]]
            flown[row, : len(position)] = position
    radial, along, across = _strayed(flown, target)
    lost = int(np.isnan(flown[:, -1, 0]).sum())
    loss = (f"{lost} of {len(flown)} draws come below 120 km; they count until then.",) if lost else ()
    return EarlyOrbitDispersion(
        orbits, target, _frozen(radial), _frozen(along), _frozen(across), notes=(*target.notes, *loss)
    )


def _strayed(position_m: Array, target: Ephemeris) -> tuple[Array, Array, Array]:
    """Radial, along-track and cross-track errors of positions of shape (N, T, 3), shape (N, T) each."""
    local = np.einsum("tij,ntj->nti", local_axes(target.position_m, target.velocity_m_s), position_m)
    radius, nominal = np.linalg.norm(local, axis=-1), np.linalg.norm(target.position_m, axis=-1)
    ahead = np.unwrap(np.arctan2(local[..., 1], local[..., 0]), axis=1)
    return radius - nominal, nominal * ahead, nominal * np.arcsin(local[..., 2] / radius)


def _percentile(values: Array, percent: float) -> float:
    if not 0 <= percent <= 100:
        raise ValueError(f"a percentile of {percent:g} %; expected 0 to 100 %")
    return float(np.percentile(values, percent))


def _frozen(array: Array) -> Array:
    array.setflags(write=False)
    return array
