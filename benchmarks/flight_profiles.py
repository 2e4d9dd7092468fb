"""Published timelines of ascents against the optimum of the same payload to the same orbit, event by event.

Nothing is fitted: masses, thrusts and flows are the catalog's, and the ascent is the one that leaves most
propellant. Speeds are compared in the frame that the timeline states; where it states none, both of ours are
given and no difference. Prints one JSON line; --markdown writes the tables of
docs/theory/ascent-validation.md between their markers, --plot its figures.
"""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from flight_profiles_cases import COMMON, DIRECT, FLIGHTS, LEFT_OUT, TIMES_ONLY, Flight
from flight_profiles_tables import altitude_rows, write_tables

from cosmodrome.ascent.burns import stage_flow_kg_s, vehicle_burns
from cosmodrome.ascent.capability import optimize_ascent
from cosmodrome.ascent.result import Ascent
from cosmodrome.catalog import find_site, find_vehicle
from cosmodrome.models.quantity import Quantity
from cosmodrome.models.vehicle import Vehicle

ROOT = Path(__file__).parents[1]
TIMELINES = ROOT.parent / "shared" / "data" / "timelines.json"
TRACE_TIMES_S = (60, 100, 140, 200, 300, 400, 500)


@dataclass(frozen=True, slots=True)
class State:
    """Where an ascent is; of what is published, speed is in the timeline's frame."""

    t_s: float
    altitude_km: float | None = None
    speed_m_s: float | None = None
    relative_m_s: float | None = None
    inertial_m_s: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One event: as published, as flown here, and where the ascent here is at the published time."""

    flight: str
    vehicle: str
    mission: str
    event: str
    frame: str
    published: State
    ours_event: str = ""
    ours: State | None = None
    then: State | None = None

    def differences(self) -> dict[str, float | None]:
        """Ours less published: of time and altitude at the event, of altitude and speed at the same time."""
        return {
            "t_s": _less(self.ours and self.ours.t_s, self.published.t_s),
            "altitude_km": _less(self.ours and self.ours.altitude_km, self.published.altitude_km),
            "speed_m_s": _less(self.ours and self.ours.speed_m_s, self.published.speed_m_s),
            "then_altitude_km": _less(self.then and self.then.altitude_km, self.published.altitude_km),
            "then_speed_m_s": _less(self.then and self.then.speed_m_s, self.published.speed_m_s),
        }


@dataclass(frozen=True, slots=True)
class Compared:
    """A flight with its timeline, its ascent and the rows that compare them."""

    flight: Flight
    timeline: dict
    ascent: Ascent
    carried_kg: float
    seconds: float
    rows: tuple[Row, ...]


def _less(ours: float | None, published: float | None) -> float | None:
    return None if ours is None or published is None else round(ours - published, 2)


def timeline_of(timelines: list[dict], vehicle: str, mission: str) -> dict:
    """The timeline of a vehicle whose mission begins so; of several, the shortest name."""
    stage_free = vehicle.removesuffix("-kick")
    found = [t for t in timelines if t["vehicle"] == stage_free and t["mission"].startswith(mission)]
    return min(found, key=lambda timeline: len(timeline["mission"]))


def frame_of(timeline: dict) -> str:
    """'relative', 'inertial', or nothing where the timeline does not say."""
    stated = timeline["speed_frame"] or ""
    return next((frame for frame in ("relative", "inertial") if stated.startswith(frame)), "")


def flown_vehicle(flight: Flight) -> Vehicle:
    """The catalog's vehicle, less what the flight's sources say is not burned in flight."""
    vehicle = find_vehicle(flight.vehicle)
    stages = []
    for stage in vehicle.stages:
        update: dict[str, object] = {}
        if flight.pad_burn_s and stage.ignition == "ground":
            gone_kg = flight.pad_burn_s * stage_flow_kg_s(stage)
            update["loaded_fraction"] = 1 - gone_kg / stage.propellant_mass_kg.value
        if stage.name in flight.unburned_kg:
            left = Quantity(value=flight.unburned_kg[stage.name], source="note of the stage")
            update["residual_propellant_kg"] = left
        stages.append(stage.model_copy(update=update))
    return vehicle.model_copy(update={"stages": tuple(stages)})


def compare(flight: Flight, timeline: dict) -> Compared:
    """Fly a flight, with its payload or else with the largest, and line its events up."""
    vehicle, site = flown_vehicle(flight), find_site(flight.site)
    started = time.perf_counter()
    ascent = optimize_ascent(vehicle, site, flight.target, payload_kg=flight.payload_kg)
    carried_kg = flight.payload_kg
    if not ascent.converged:
        ascent = optimize_ascent(vehicle, site, flight.target)
        carried_kg = ascent.payload_kg
    seconds = time.perf_counter() - started
    rows = tuple(_rows(flight, timeline, ascent))
    return Compared(flight, timeline, ascent, carried_kg, seconds, rows)


def _rows(flight: Flight, timeline: dict, ascent: Ascent) -> Iterator[Row]:
    frame, trace = frame_of(timeline), timeline.get("trace")
    for event in timeline["events"]:
        since = event["t_s"] - flight.zero_s
        if since <= 0:
            continue
        state = State(since, event["altitude_km"], event["velocity_mps"])
        if trace:
            state = traced(trace["rows"], since, ends_burn=event["event"].startswith(("meco", "seco")))
        name = (COMMON | dict(flight.events)).get(event["event"], "")
        if name == DIRECT:
            name = "" if ascent.coasts_s else "insertion"
        ours = next((e for e in ascent.events if name and name in e.name), None)
        yield Row(
            flight.name, flight.vehicle, timeline["mission"], event["event"], frame, state,
            ours.name if ours else "", at(ascent, ours.time_s, frame) if ours else None,
            at(ascent, since, frame),
        )  # fmt: skip
    for t in TRACE_TIMES_S if trace else ():
        yield Row(
            flight.name, flight.vehicle, timeline["mission"], f"T+{t} s", frame, traced(trace["rows"], t),
            then=at(ascent, t, frame),
        )  # fmt: skip


def at(ascent: Ascent, time_s: float, frame: str) -> State | None:
    """The ascent at a time; nothing after its end."""
    flight = ascent.trajectory
    if time_s > flight.time_s[-1] + 1e-6:
        return None
    altitude, relative, inertial = (
        float(np.interp(time_s - 1e-6, flight.time_s, column))
        for column in (flight.altitude_km, 1e3 * flight.relative_speed_km_s, 1e3 * flight.inertial_speed_km_s)
    )
    speed = {"relative": relative, "inertial": inertial}.get(frame)
    return State(time_s, altitude, speed, relative, inertial)


def traced(rows: list[list[float]], time_s: float, *, ends_burn: bool = False) -> State:
    """A trace's altitude and speed; at the end of a burn, on from the rows before it."""
    columns = np.array(rows).T
    after = int(np.searchsorted(columns[0], time_s))
    last = min(max(after - 1 if ends_burn else after, 1), len(rows) - 1)
    share = (time_s - columns[0, last - 1]) / (columns[0, last] - columns[0, last - 1])
    speed, altitude = (float(c[last - 1] + share * (c[last] - c[last - 1])) for c in columns[1:3])
    return State(time_s, round(altitude, 1), round(speed, 1))


def catalog_times_s(vehicle: Vehicle) -> dict[str, float]:
    """When stages end and light at full thrust, from masses and flows alone; repeated names are numbered."""
    times: dict[str, float] = {}
    counts: dict[str, int] = {}
    clock = 0.0
    for burn in vehicle_burns(vehicle):
        clock += burn.duration_s
        counts[burn.cutoff_event] = counts.get(burn.cutoff_event, 0) + 1
        times[f"{burn.cutoff_event}#{counts[burn.cutoff_event]}"] = clock
        clock += burn.coast_after_s
        if burn.next_event:
            times[f"{burn.next_event}#1"] = clock
    return times


def times_only(timelines: list[dict]) -> Iterator[Row]:
    """Staging times of the timelines that state no orbit."""
    for mission, vehicle, events in TIMES_ONLY:
        timeline = timeline_of(timelines, vehicle, mission)
        times = catalog_times_s(find_vehicle(vehicle))
        for event in timeline["events"]:
            wanted = events.get(event["event"])
            found = next((n for n in times if wanted and wanted in n), None)
            if found is not None:
                yield Row(
                    f"{vehicle}, {mission}", vehicle, timeline["mission"], event["event"], "",
                    State(event["t_s"]), found.split("#")[0], State(times[found]),
                )  # fmt: skip


def summary(c: Compared) -> dict[str, object]:
    """What the ascent is, without its events."""
    a = c.ascent
    return {
        "flight": c.flight.name, "kind": c.timeline["kind"], "confidence": c.timeline["confidence"],
        "status": a.status.name, "payload_kg": round(c.carried_kg, 1),
        "stated_payload_kg": c.flight.payload_kg, "propellant_left_kg": round(a.propellant_left_kg, 1),
        "coasts_s": [round(s, 1) for s in a.coasts_s], "max_q_kpa": round(a.max_dynamic_pressure_kpa, 2),
        "max_axial_g": round(a.max_axial_acceleration_g, 2), "published_limits": c.timeline.get("limits", {}),
        "seconds": round(c.seconds, 1),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--timelines", type=Path, default=TIMELINES)
    parser.add_argument("--only", nargs="*", help="names of flights, for a part of the work")
    parser.add_argument("--markdown", action="store_true", help="write the tables of the document")
    parser.add_argument("--plot", action="store_true", help="draw the figures of the document")
    arguments = parser.parse_args()
    data = json.loads(arguments.timelines.read_text(encoding="utf-8"))
    chosen = [f for f in FLIGHTS if not arguments.only or f.name in arguments.only]
    compared = [compare(f, timeline_of(data["timelines"], f.vehicle, f.mission)) for f in chosen]
    times = list(times_only(data["timelines"]))
    if arguments.markdown:
        write_tables(compared, times, data)
    if arguments.plot:
        from flight_profiles_figures import write_figures

        write_figures(compared)
    rows = [*(row for c in compared for row in c.rows), *times]
    document = {
        "flights": [summary(c) for c in compared],
        "rows": [asdict(row) | {"difference": row.differences()} for row in rows],
        "altitudes_km": list(altitude_rows(data["event_altitudes_km"], compared)),
        "left_out": dict(LEFT_OUT),
    }
    print(json.dumps(document))


if __name__ == "__main__":
    main()
