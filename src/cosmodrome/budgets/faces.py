"""What the faces of the body see of Sun and Earth along the orbit, in the attitudes of the modes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.constants import EARTH_EQUATORIAL_RADIUS_M
from cosmodrome.models.body import Attitude, Body
from cosmodrome.models.satellite import Satellite
from cosmodrome.operations.timeline import ModeTimeline
from cosmodrome.orbit.ephemeris import Ephemeris
from cosmodrome.orbit.surfaces import body_axes
from cosmodrome.physics.thermal import plate_view_factor, sphere_view_factor

Array = NDArray[np.float64]

ATTITUDES: tuple[Attitude, ...] = ("nadir", "sun", "target", "tumbling")


@dataclass(frozen=True, slots=True)
class FaceViews:
    """Means over the attitudes in each of K steps, for F faces; the Earth's shadow is left out."""

    sun_cosine_ratio: Array  # (K, F), cosine of incidence, zero on the back
    earth_view_ratio: Array  # (K, F), view factor of the Earth
    reflected_view_ratio: Array  # (K, F), the same times the height of the Sun below the satellite

    def __repr__(self) -> str:
        return f"<FaceViews {self.sun_cosine_ratio.shape[1]} faces, {len(self.sun_cosine_ratio)} steps>"


def attitude_fractions(satellite: Satellite, on_fraction: Array) -> Array:
    """Share of each step in each attitude, in the order nadir, sun, target, tumbling.

    Of two modes that are on at once the later one in the file decides; what no mode claims is the satellite's
    own attitude.

    Parameters
    ----------
    satellite : Satellite
        Its modes, and the attitude when none of them says one.
    on_fraction : Array, shape (modes, K)
        Share of each of K steps that a mode is on, as in a `ModeTimeline`.

    Returns
    -------
    Array, shape (4, K)
        Shares that add up to 1.
    """
    shares = np.zeros((len(ATTITUDES), on_fraction.shape[1]))
    left = np.ones(shares.shape[1])
    for row in reversed(range(len(satellite.modes))):
        attitude = satellite.modes[row].attitude
        if attitude is not None:
            claimed = np.minimum(on_fraction[row], left)
            shares[ATTITUDES.index(attitude)] += claimed
            left -= claimed
    shares[ATTITUDES.index(satellite.attitude)] += left
    return shares


def face_views(satellite: Satellite, body: Body, timeline: ModeTimeline, ephemeris: Ephemeris) -> FaceViews:
    """What each face sees in each step of an ephemeris.

    A body held to a target is taken as held to nadir. The Earth is a sphere; sunlight that it reflects is as
    strong as at the point below the satellite and comes from all of its disc alike, and none comes once the
    Sun is below the horizon there: good to some 10 % of it, worse near the terminator.

    Parameters
    ----------
    satellite : Satellite
        Modes with their attitudes.
    body : Body
        Faces.
    timeline : ModeTimeline
        K steps.
    ephemeris : Ephemeris
        K + 1 samples: the edges of the steps.

    Returns
    -------
    FaceViews
        Means of the edges of each step.

    References
    ----------
    Gilmore (ed., 2002), *Spacecraft Thermal Control Handbook*, chapter 2.
    """
    shares = attitude_fractions(satellite, timeline.on_fraction)
    normal = np.array([face.normal for face in body.faces], dtype=float)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    position, sun = ephemeris.position_m, ephemeris.sun_direction
    radius = np.linalg.norm(position, axis=1)
    ratio = (EARTH_EQUATORIAL_RADIUS_M / radius)[:, None]
    up = position / radius[:, None]
    height = np.maximum(np.einsum("ij,ij->i", up, sun), 0.0)[:, None]
    seen = np.zeros((2, len(radius) - 1, len(normal)))
    reflected = np.zeros_like(seen[0])
    for attitude, share in zip(ATTITUDES, shares, strict=True):
        if not share.any():
            continue
        if attitude == "tumbling":
            lit = np.full((len(radius), len(normal)), 0.25)
            earth = np.broadcast_to(sphere_view_factor(ratio), lit.shape)
        else:
            held = body_axes("sun" if attitude == "sun" else "nadir", position, ephemeris.velocity_m_s, sun)
            outward = np.asarray(np.einsum("fi,nij->nfj", normal, held), dtype=float)
            lit = np.maximum(np.einsum("nfj,nj->nf", outward, sun), 0.0)
            earth = plate_view_factor(ratio, -np.einsum("nfj,nj->nf", outward, up))
        for total, value in zip((*seen, reflected), (lit, earth, earth * height), strict=True):
            total += share[:, None] * (value[1:] + value[:-1]) / 2
    return FaceViews(seen[0], seen[1], reflected)
