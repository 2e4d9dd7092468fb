"""The Delta III ascent to a transfer orbit, as its authors state it.

Benson, D., A Gauss Pseudospectral Transcription for Optimal Control, PhD thesis, MIT 2005, as in
the shared ascent_benchmarks.md section 1: masses,
thrusts and burn times of the table there; spherical rotating Earth, exponential air, constant drag
coefficient.
"""

import math

from cosmodrome.ascent.dynamics import spherical_earth
from cosmodrome.ascent.problem import AscentProblem, Pad
from cosmodrome.ascent.result import AscentLimits
from cosmodrome.ascent.terminal import TerminalOrbit
from cosmodrome.constants import STANDARD_GRAVITY_M_S2
from cosmodrome.models.vehicle import Vehicle
from cosmodrome.physics.aerodynamics import drag_table

SOURCE = "Benson 2005"
PAYLOAD_KG = 4164.0
DRAG_COEFFICIENT = 0.5
DRAG_AREA_M2 = 4 * math.pi


def _number(value):
    return {"value": value, "source": SOURCE}


def _unused(value):
    """A size that the model asks for, the source does not state, and the benchmark does not use."""
    return {"value": value, "source": "not stated; not used by the benchmark", "estimated": True}


def _stage(name, gross_kg, propellant_kg, thrust_n, burn_s, **more):
    """A stage as the source gives it: the specific impulse follows from thrust, load and burn time."""
    return {
        "name": name,
        "dry_mass_kg": _number(gross_kg - propellant_kg),
        "propellant_mass_kg": _number(propellant_kg),
        "thrust_vacuum_n": _number(thrust_n),
        "specific_impulse_vacuum_s": _number(thrust_n * burn_s / (propellant_kg * STANDARD_GRAVITY_M_S2)),
        **more,
    }


def delta_iii():
    """Delta III: six boosters lit on the pad, three in the air, two stages, no fairing."""
    booster = (19290.0, 17010.0, 628500.0, 75.2)
    return Vehicle(
        name="delta-iii",
        title="Delta III",
        height_m=_unused(35.0),
        diameter_m=_unused(4.0),
        gross_mass_kg=_number(301454.0),
        fairing={"mass_kg": _number(0.0), "diameter_m": _unused(4.0), "length_m": _unused(10.0)},
        drag_reference_area_m2=_number(DRAG_AREA_M2),
        stages=[
            _stage("SRB", *booster, role="booster", count=6, ignition="ground"),
            _stage("air-lit SRB", *booster, role="booster", count=3, ignition="air"),
            _stage("stage 1", 104380.0, 95550.0, 1083100.0, 261.0, role="core", ignition="ground"),
            _stage("stage 2", 19300.0, 16820.0, 110094.0, 700.0, role="core"),
        ],
    )


def delta_iii_problem():
    """The benchmark: 4164 kg from 28.5 deg to a fixed transfer orbit, steered freely from the pad."""
    return AscentProblem(
        vehicle=delta_iii(),
        pad=Pad(latitude_deg=28.5, longitude_deg=0.0, altitude_m=0.0),
        orbit=TerminalOrbit(24361140.0, 0.7308, math.radians(28.5), math.radians(269.8), math.radians(130.5)),
        limits=AscentLimits(q_alpha_kpa_deg=None, heat_flux_w_m2=None),
        environment=spherical_earth(3.986012e14, 6378145.0, 7.29211585e-5, 1.225, 7200.0),
        drag=drag_table((0.0,), (DRAG_COEFFICIENT,)),
        payload_kg=PAYLOAD_KG,
        guided_rise=False,
    )
