"""The flat plates of a satellite that air and sunlight press on, and where."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cosmodrome.budgets.areas import panel_area_m2
from cosmodrome.models.attitude import AttitudeControl
from cosmodrome.models.satellite import Satellite
from cosmodrome.physics.disturbances import plate_drag_force_n, plate_solar_force_n

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PressedPlates:
    """F plates over N samples, in body axes."""

    area_m2: Array  # (F,)
    normal: Array  # (N, F, 3)
    arm_m: Array  # (F, 3)
    solar_absorptance_ratio: Array  # (F,)
    told: str  # what they are

    def air_torque_n_m(self, dynamic_pressure_pa: Array, flow: Array, drag_coefficient: float) -> Array:
        """Of the air, shape (N, 3); `flow` are unit vectors of the motion in body axes [N m]."""
        force = plate_drag_force_n(dynamic_pressure_pa, flow, self.area_m2, self.normal, drag_coefficient)
        return np.asarray(np.cross(self.arm_m, force).sum(axis=1), dtype=float)

    def sunlight_torque_n_m(self, irradiance_w_m2: Array, sun: Array) -> Array:
        """Of sunlight, shape (N, 3); `sun` are unit vectors to it in body axes [N m]."""
        force = plate_solar_force_n(
            irradiance_w_m2, sun, self.area_m2, self.normal, self.solar_absorptance_ratio
        )
        return np.asarray(np.cross(self.arm_m, force).sum(axis=1), dtype=float)

    def __repr__(self) -> str:
        return f"<PressedPlates {self.told}>"


def pressed_plates(satellite: Satellite, control: AttitudeControl, sun: Array) -> PressedPlates | None:
    """Faces of the body and both sides of a tracking panel; None where one given area is pressed on.

    Parameters
    ----------
    satellite : Satellite
        Its body and array. A drag area that is given stands for all, unless a face says where it is.
    control : AttitudeControl
        Its pressure offset is the place of faces without `center_m`, and of the panels: theirs is the middle
        of all wings.
    sun : Array, shape (N, 3)
        Unit vectors to the Sun in body axes, which a panel follows.

    Returns
    -------
    PressedPlates or None
        A face with cells absorbs as its cells and its finish do, by area; a panel as its cells on both sides.
    """
    body = satellite.body
    if body is None:
        return None
    placed = [face for face in body.faces if face.center_m is not None]
    if satellite.drag_area_m2 is not None and not placed:
        return None
    cells_absorb = satellite.solar_array.surface[0]
    normal = np.array([face.normal for face in body.faces], dtype=float)
    normal /= np.linalg.norm(normal, axis=1)[:, None]
    normals = np.broadcast_to(normal, (len(sun), *normal.shape))
    areas = [face.area_m2 for face in body.faces]
    arms = [face.center_m or control.pressure_offset_m for face in body.faces]
    absorbs = [
        face.finish.solar_absorptance_ratio
        + face.cell_area_m2 / face.area_m2 * (cells_absorb - face.finish.solar_absorptance_ratio)
        for face in body.faces
    ]
    panel_m2 = panel_area_m2(satellite)
    if panel_m2 > 0:
        normals = np.concatenate((normals, sun[:, None], -sun[:, None]), axis=1)
        areas, arms = [*areas, panel_m2, panel_m2], [*arms, *[control.pressure_offset_m] * 2]
        absorbs += [cells_absorb] * 2
    told = ", ".join(
        text
        for text, is_there in (
            (f"faces at their center_m: {len(placed)}", bool(placed)),
            (f"faces at pressure_offset_m: {len(body.faces) - len(placed)}", len(placed) < len(body.faces)),
            (f"panels of {panel_m2:g} m² at pressure_offset_m", panel_m2 > 0),
        )
        if is_there
    )
    return PressedPlates(np.array(areas), normals, np.array(arms), np.array(absorbs), told)
