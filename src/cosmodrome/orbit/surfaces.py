"""Areas that the air and the Sun meet, by attitude: a body of flat faces."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Attitude = Literal["nadir", "sun", "tumbling"]
ATTITUDES: tuple[Attitude, ...] = ("nadir", "sun", "tumbling")


@dataclass(frozen=True, slots=True)
class Face:
    """One side of the body: area and outward normal in body axes, of any length.

    Pointing to nadir, x is forward and z down; pointing to the Sun, z points at it and y is as near to the
    orbit's normal as can be.
    """

    area_m2: float
    normal: tuple[float, float, float]

    def __post_init__(self) -> None:
        if self.area_m2 <= 0 or not np.linalg.norm(self.normal) > 0:
            raise ValueError(
                f"a face of {self.area_m2:g} m2 with normal {self.normal}; expected an area above 0 and a "
                "direction"
            )


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Faces and how they are held. A panel is two faces, back to back; faces do not shade each other."""

    faces: tuple[Face, ...]
    attitude: Attitude

    def __post_init__(self) -> None:
        if not self.faces:
            raise ValueError("a body without faces; expected at least one")
        if self.attitude not in ATTITUDES:
            raise ValueError(f"the attitude '{self.attitude}' is not known; known: {', '.join(ATTITUDES)}")

    def areas_m2(self, position_m: Array, velocity_m_s: Array, sun_direction: Array) -> tuple[Array, Array]:
        """Areas against the flow and against the Sun, sums of A max(0, n.d), shape (N,) each [m2].

        Tumbling bodies show a quarter of their surface in the mean (Cauchy). The flow is taken along the
        velocity: the turning air is 3 degrees aside at most.

        Parameters
        ----------
        position_m, velocity_m_s, sun_direction : Array, shape (N, 3)
            In one inertial frame; the Sun's direction is a unit vector.

        References
        ----------
        Cauchy (1841), for convex bodies.

        Examples
        --------
        A 3U CubeSat tumbling (ISO 27852, mean of a convex body): a quarter of 0.14 m2.

        >>> sides = [Face(0.03, n) for n in ((1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0))]
        >>> ends = [Face(0.01, n) for n in ((0, 0, 1), (0, 0, -1))]
        >>> box = Surfaces((*sides, *ends), "tumbling")
        >>> along = np.array([[1.0, 0.0, 0.0]])
        >>> [round(float(area[0]), 4) for area in box.areas_m2(7e6 * along, along[:, [1, 0, 2]], along)]
        [0.035, 0.035]
        """
        area = np.array([face.area_m2 for face in self.faces])
        if self.attitude == "tumbling":
            mean = np.full(len(position_m), area.sum() / 4.0)
            return mean, mean
        normal = _unit(np.array([face.normal for face in self.faces], dtype=float))
        axes = body_axes(self.attitude, position_m, velocity_m_s, sun_direction)
        flow = _unit(velocity_m_s)

        def shown(direction: Array) -> Array:
            cosine = np.einsum("nij,nj->ni", axes, direction) @ normal.T
            return np.asarray(np.maximum(cosine, 0.0) @ area, dtype=float)

        return shown(flow), shown(sun_direction)

    def __repr__(self) -> str:
        return f"<Surfaces {len(self.faces)} faces, {self.attitude}>"


def body_axes(attitude: Attitude, position_m: Array, velocity_m_s: Array, sun_direction: Array) -> Array:
    """Body axes as rows, shape (N, 3, 3), in the frame of the arguments; a tumbling body has none.

    Held to nadir, x is forward and z down; held to the Sun, z points at it and y is as near to the orbit's
    normal as can be.

    Raises
    ------
    ValueError
        For a tumbling body.

    Examples
    --------
    >>> at, fast, sun = np.array([[7e6, 0, 0]]), np.array([[0, 7e3, 0]]), np.array([[0, 0, 1.0]])
    >>> body_axes("nadir", at, fast, sun)[0].astype(int).tolist()
    [[0, 1, 0], [0, 0, -1], [-1, 0, 0]]
    """
    across = _unit(np.cross(position_m, velocity_m_s))
    match attitude:
        case "nadir":
            y, z = -across, -_unit(position_m)
        case "sun":
            z = sun_direction
            # a trace of the velocity decides where the Sun stands on the orbit's normal
            y = _unit(np.cross(z, np.cross(across + 1e-6 * _unit(velocity_m_s), z)))
        case _:
            raise ValueError(f"a body that is {attitude} has no axes; expected one held to nadir or the Sun")
    return np.stack((np.cross(y, z), y, z), axis=1)


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1)[:, None], dtype=float)
