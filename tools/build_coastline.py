#!/usr/bin/env python3
"""Make src/cosmodrome/outputs/data/coastline.json from the npm package `world-atlas`.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python tools/build_coastline.py package/land-110m.json

The shapes are Natural Earth 1:110m land, version 4.1.0, which is in the public domain
(https://www.naturalearthdata.com/about/terms-of-use/). The package's TopoJSON encoding is ISC licensed
(Copyright 2013-2019 Michael Bostock); none of its code is used here. Rings are thinned (Douglas-Peucker)
and stored as flat lists of hundredths of a degree: longitude, latitude, longitude, latitude ...
"""

import json
import math
import sys
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).parent.parent / "src/cosmodrome/outputs/data/coastline.json"
TOLERANCE_DEG = 0.12
SMALLEST_DEG = 0.8  # rings narrower than this are not drawn on a world map


def decoded_arcs(topology: dict) -> list[list[tuple[float, float]]]:
    """Undo the quantization and the differences (TopoJSON 1.0, section 2.1.3)."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"].values()
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(points)
    return arcs


def rings(geometry: dict, arcs: list[list[tuple[float, float]]]) -> list[list[tuple[float, float]]]:
    """Every ring of a (multi)polygon or of a collection of them."""
    if geometry["type"] == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings(part, arcs)]
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    joined = []
    for polygon in polygons:
        for numbers in polygon:
            ring: list[tuple[float, float]] = []
            for number in numbers:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                ring += arc[1:] if ring else arc
            joined.append(ring)
    return joined


def thinned(points: list[tuple[float, float]], tolerance: float) -> list[tuple[float, float]]:
    """Douglas-Peucker: keep what is farther than `tolerance` from the chord."""
    if len(points) < 3:
        return points
    (x0, y0), (x1, y1) = points[0], points[-1]
    length = math.hypot(x1 - x0, y1 - y0)

    def distance(point: tuple[float, float]) -> float:
        dx, dy = point[0] - x0, point[1] - y0
        return abs(dx * (y1 - y0) - dy * (x1 - x0)) / length if length else math.hypot(dx, dy)

    far = max(range(1, len(points) - 1), key=lambda index: distance(points[index]))
    if distance(points[far]) <= tolerance:
        return [points[0], points[-1]]
    return thinned(points[: far + 1], tolerance)[:-1] + thinned(points[far:], tolerance)


def unwrapped(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Undo the jumps at the antimeridian; a ring around the pole is closed over it."""
    points = [ring[0]]
    turn = 0.0
    for (before, _), (longitude, latitude) in pairwise(ring):
        turn += 360.0 * ((before - longitude > 180) - (longitude - before > 180))
        points.append((longitude + turn, latitude))
    if abs(points[-1][0] - points[0][0]) > 180:
        points += [(points[-1][0], -90.0), (points[0][0], -90.0), points[0]]
    return points


def clipped(ring: list[tuple[float, float]], edge: float, side: int) -> list[tuple[float, float]]:
    """Keep what lies west (-1) or east (+1) of a meridian (Sutherland-Hodgman)."""
    kept: list[tuple[float, float]] = []
    for (x0, y0), (x1, y1) in pairwise(ring):
        if side * (x0 - edge) >= 0:
            kept.append((x0, y0))
        if (x0 - edge) * (x1 - edge) < 0:
            kept.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
    return [*kept, kept[0]] if kept else []


def on_map(ring: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Pieces of a ring within -180 to 180 degrees."""
    ring = unwrapped(ring)
    pieces = []
    for shift in (-360.0, 0.0, 360.0):
        piece = [(x + shift, y) for x, y in ring]
        if min(piece)[0] < 180.0 and max(piece)[0] > -180.0:
            piece = clipped(clipped(piece, -180.0, 1), 180.0, -1)
            pieces += [piece] if piece else []
    return pieces


def main() -> None:
    topology = json.loads(Path(sys.argv[1]).read_text())
    kept = []
    whole = rings(topology["objects"]["land"], decoded_arcs(topology))
    for ring in (piece for land in whole for piece in on_map(land)):
        longitudes, latitudes = zip(*ring, strict=True)
        extent = max(max(longitudes) - min(longitudes), max(latitudes) - min(latitudes))
        if extent < SMALLEST_DEG:
            continue
        kept.append([round(100 * angle) for point in thinned(ring, TOLERANCE_DEG) for angle in point])
    document = {
        "source": "Natural Earth 1:110m land, version 4.1.0, by npm world-atlas 2.0.2",
        "license": "public domain, https://www.naturalearthdata.com/about/terms-of-use/",
        "unit": "0.01 deg, longitude and latitude in turn",
        "rings": kept,
    }
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(document, separators=(",", ":")) + "\n")
    count = sum(len(ring) // 2 for ring in kept)
    print(f"{TARGET}: {len(kept)} rings, {count} points, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
