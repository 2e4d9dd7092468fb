"""How far an injection may miss, from what the vehicle's user's guide states."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cosmodrome.catalog.typical_accuracy import typical_injection_accuracy
from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.injection import InjectionState
from cosmodrome.models.injection_accuracy import InjectionAccuracy
from cosmodrome.models.quantity import Quantity
from cosmodrome.models.vehicle import Vehicle
from cosmodrome.physics.circular_elements import circular_from_keplerian, circular_jacobian, local_axes
from cosmodrome.physics.elements import mean_motion_rad_s

Array = NDArray[np.float64]
Notes = tuple[str, ...]

IN_TRACK_TIME_ERROR_S: Final = 1.0  # assumed: some 8 km along the track

_LEAST_TILT = float(np.sin(np.radians(0.1)))


@dataclass(frozen=True, slots=True)
class InjectionDispersion:
    """How far the injection may miss: one standard deviation of each element, and of the state. Arrays are
    read-only."""

    state: InjectionState
    accuracy: InjectionAccuracy
    time_error_s: float  # one standard deviation, along the track
    circular_elements: Array  # (6,) of the target
    element_steps: Array  # (6, 6), a column for each independent error, one standard deviation
    covariance: Array  # (6, 6), GCRF
    local_covariance: Array  # (6, 6), radial, in-track, cross-track; not in turning axes
    notes: tuple[str, ...]

    @property
    def element_covariance(self) -> Array:
        """Covariance of a [m], e cos w, e sin w, i, RAAN, u [rad], shape (6, 6)."""
        return self.element_steps @ self.element_steps.T

    @property
    def position_error_m(self) -> Array:
        """One standard deviation of the position, radial, in-track and cross-track [m]."""
        return np.sqrt(np.diag(self.local_covariance)[:3])

    @property
    def velocity_error_m_s(self) -> Array:
        """One standard deviation of the velocity, radial, in-track and cross-track [m/s]."""
        return np.sqrt(np.diag(self.local_covariance)[3:])

    def __repr__(self) -> str:
        radial, along, across = self.position_error_m / 1e3
        return (
            f"<InjectionDispersion 1 sigma: {radial:.1f} km radial, {along:.1f} km in-track, "
            f"{across:.1f} km cross-track>"
        )


def injection_dispersion(
    vehicle: Vehicle | InjectionAccuracy,
    state: InjectionState,
    *,
    time_error_s: float = IN_TRACK_TIME_ERROR_S,
) -> InjectionDispersion:
    """Covariance of the injection from the accuracy that the vehicle's user's guide states.

    The stated half-widths, over their sigma level, are steps of the elements a, e cos w, e sin w, i, RAAN and
    u; the exact Jacobian J of the state by the elements makes the covariance J S S^T J^T. What guides do not
    state is assumed, and each assumption is a note:

    - The errors that are stated are independent. For perigee and apogee this makes a and e correlated, as
      they must be; for a and e it widens the perigee of an eccentric orbit.
    - Perigee and apogee lie along the line of apsides where the eccentricity exceeds three times its own
      error; else "perigee" is the apse at the injection. Across that line the eccentricity vector errs as
      much as along it, if no error of the argument of perigee is stated.
    - The plane is tilted about the node line and about the line across it by the same angle,
      d(RAAN) = d(i) / sin i, if no error of the node is stated.
    - Along the track the error is `time_error_s` of flight.

    Parameters
    ----------
    vehicle : Vehicle or InjectionAccuracy
        Of a vehicle with several tables, the one for the orbit nearest in size. A vehicle without any gets
        `typical_injection_accuracy`.
    state : InjectionState
        The target.
    time_error_s : float
        One standard deviation of the time at which a point of the orbit is reached [s]. The default is an
        assumption: 8 km along the track, in keeping with Hejduk et al., who found predicted trajectories of
        Atlas V and Delta II an order of magnitude worse than catalogs of two-line elements.

    Returns
    -------
    InjectionDispersion

    Raises
    ------
    ValueError
        If the time error is negative, or the orbit within 0.1 deg of the equator, where there is no node.

    References
    ----------
    Vallado (2013), sections 2.4 to 2.6, for elements and state; Tapley, Schutz and Born (2004), *Statistical
    Orbit Determination*, section 4.16, for mapping a covariance; Hejduk et al. (2013), AAS 13, *Trajectory
    error and covariance realism for launch COLA operations*.

    Examples
    --------
    Falcon 9's guide states 10 km of perigee and 15 km of apogee at three sigma; half their squares' sum is
    the semi-major axis: sqrt(10^2 + 15^2) / 2 / 3 = 3.0 km at one.

    >>> from datetime import UTC, datetime
    >>> from cosmodrome.catalog import find_vehicle
    >>> from cosmodrome.physics.elements import KeplerianElements, cartesian_from_keplerian
    >>> orbit = KeplerianElements(6658137.0, 80.0 / 6658.137, 0.9, 0.0, 0.0, 0.0)
    >>> where, speed = (np.array(part) for part in cartesian_from_keplerian(orbit))
    >>> state = InjectionState(datetime(2027, 3, 1, tzinfo=UTC), where, speed)
    >>> found = injection_dispersion(find_vehicle("falcon-9-asds"), state)
    >>> round(float(np.sqrt(found.element_covariance[0, 0])) / 1e3, 1)
    3.0
    """
    if time_error_s < 0:
        raise ValueError(f"a time error of {time_error_s:g} s; expected one standard deviation, at least 0 s")
    elements = circular_from_keplerian(state.elements)
    if abs(np.sin(elements[3])) < _LEAST_TILT:
        raise ValueError(
            f"an orbit inclined by {np.degrees(elements[3]):.3f} deg has no node to be off by; expected more "
            "than 0.1 deg from the equator"
        )
    accuracy, about = _accuracy_for(vehicle, elements)
    steps, assumed = _element_steps(accuracy, elements, time_error_s)
    in_state = circular_jacobian(elements) @ steps
    local = np.kron(np.eye(2), local_axes(state.position_m, state.velocity_m_s)) @ in_state
    arrays = (elements, steps, in_state @ in_state.T, local @ local.T)
    for array in arrays:
        array.setflags(write=False)
    return InjectionDispersion(state, accuracy, time_error_s, *arrays, notes=about + assumed)


def _accuracy_for(vehicle: Vehicle | InjectionAccuracy, elements: Array) -> tuple[InjectionAccuracy, Notes]:
    """The table for the orbit nearest in size, with what must be known of it."""
    if isinstance(vehicle, InjectionAccuracy):
        return vehicle, ()
    if not vehicle.injection_accuracies:
        note = (
            f"No injection accuracy of {vehicle.title} is published in the catalog; a wide guess for any "
            "vehicle stands in."
        )
        return typical_injection_accuracy(), (note,)

    def distance(accuracy: InjectionAccuracy) -> float:
        mean_km = (accuracy.perigee_altitude_km + accuracy.apogee_altitude_km) / 2
        return abs(float(np.log((EARTH_EQUATORIAL_RADIUS_M + 1e3 * mean_km) / elements[0])))

    accuracy = min(vehicle.injection_accuracies, key=distance)
    notes = [f"Stated for {accuracy.orbit} at {accuracy.sigma_level:g} sigma; used as it stands."]
    numbers = [getattr(accuracy, key) for key in type(accuracy).model_fields]
    if any(isinstance(number, Quantity) and number.confidence == "low" for number in numbers):
        notes.append("Not every number of it was read in the guide itself; see the catalog entry.")
    return accuracy, tuple(notes)


def _element_steps(accuracy: InjectionAccuracy, elements: Array, time_error_s: float) -> tuple[Array, Notes]:
    """A column of element changes for one standard deviation of each error, and what is assumed."""
    axis, ex, ey, tilt, _, u = (float(part) for part in elements)
    eccentricity = float(np.hypot(ex, ey))
    in_plane = _in_plane_steps(accuracy, axis, eccentricity)
    along_error = float(np.hypot(*in_plane[1]))
    has_perigee = eccentricity > 3 * along_error
    notes = ["Errors that are not stated as correlated are independent."]
    if not has_perigee:
        in_plane = _in_plane_steps(accuracy, axis, 0.0)
        if accuracy.perigee_altitude_error_km is not None:
            notes.append("The orbit is nearly circular: the apse at the injection stands as the perigee.")
    across_error = along_error
    if has_perigee and accuracy.argument_of_perigee_error_deg is not None:
        across_error = eccentricity * _radians(accuracy.argument_of_perigee_error_deg, accuracy)
    else:
        notes.append("Across the line of apsides the eccentricity vector errs as much as along it; assumed.")
    if accuracy.raan_error_deg is None:
        node_error = _radians(accuracy.inclination_error_deg, accuracy) / np.sin(tilt)
        notes.append("No error of the node is stated: the plane is tilted alike about both axes; assumed.")
    else:
        node_error = _radians(accuracy.raan_error_deg, accuracy)
    notes.append(f"Along the track the error is {time_error_s:g} s of flight at one sigma; assumed.")
    line = np.arctan2(ey, ex) if has_perigee else u
    steps = np.zeros((6, 6))
    steps[0, :2] = in_plane[0]
    steps[1:3, :2] = np.outer((np.cos(line), np.sin(line)), in_plane[1])
    steps[1:3, 2] = -across_error * np.sin(line), across_error * np.cos(line)
    steps[3, 3] = _radians(accuracy.inclination_error_deg, accuracy)
    steps[4:, 4] = (
        node_error,
        -np.cos(tilt) * node_error,
    )  # turns the plane, and moves nothing along the track
    shape = 1 + ex * np.cos(u) + ey * np.sin(u)
    steps[5, 5] = shape**2 * mean_motion_rad_s(axis) / (1 - eccentricity**2) ** 1.5 * time_error_s
    return steps, tuple(notes)


def _in_plane_steps(accuracy: InjectionAccuracy, axis: float, eccentricity: float) -> Array:
    """Changes of a [m] (first row) and of e along the line of apsides by the two stated errors."""
    meters = 1e3 / accuracy.sigma_level
    if accuracy.semi_major_axis_error_km is not None and accuracy.eccentricity_error is not None:
        size = accuracy.semi_major_axis_error_km.value * meters
        return np.diag([size, accuracy.eccentricity_error.value / accuracy.sigma_level])
    assert accuracy.perigee_altitude_error_km is not None  # the model holds one pair or the other
    assert accuracy.apogee_altitude_error_km is not None
    low = accuracy.perigee_altitude_error_km.value * meters
    high = accuracy.apogee_altitude_error_km.value * meters
    return np.array(
        [
            [low / 2, high / 2],
            [-(1 + eccentricity) * low / (2 * axis), (1 - eccentricity) * high / (2 * axis)],
        ]
    )


def _radians(error_deg: Quantity, accuracy: InjectionAccuracy) -> float:
    """One standard deviation of an angle."""
    return float(np.radians(error_deg.value)) / accuracy.sigma_level
