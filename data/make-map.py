#!/usr/bin/env python3
"""Makes map.bin, the coastlines and borders that the map draws.

    make-map.py countries-10m.json states-10m.json map.bin

Sources, both in the public domain:
  Natural Earth 4.1.0, 1:10 million, countries and land
      (naturalearthdata.com; as TopoJSON: world-atlas 2.0.2, countries-10m.json);
  US Census Bureau, cartographic boundary files, 2017 edition, states
      (census.gov; as TopoJSON: us-atlas 3.0.1, states-10m.json).

Format. Integers are varints: 7 bits a byte, lowest first, the top bit set on all but
the last byte; "signed" ones are zigzag coded (0, -1, 1, -2 ... as 0, 1, 2, 3 ...).

    bytes   "SAEMAP1\\n"
    varint  units per degree
    varint  number of lines, then each line:
        varint  kind: 0 ring of land, 1 border of countries, 2 border of states
        varint  number of points, then each point:
            varint  8 * signed (longitude - the point before's) + level
            signed  latitude - the point before's

The point before a line's first one is (0, 0). Longitudes run on across the
antimeridian instead of jumping there. Rings are closed without repeating their first
point; outer ones run one way round, lakes (such as the Caspian Sea) the other. Points at
latitude -90 close the ring that runs around the pole; their edges are no coast. A point of level k is drawn while a pixel is
at most LEVELS[k] degrees of longitude wide: then it is at least half a pixel off the
line without it. Borders meet the coast in a point of both.
"""

import json
import math
import sys

UNITS = 400  # a degree
LEVELS = [0.05, 0.08, 0.12, 0.18, 0.27, 0.4, 0.6]  # degrees a pixel; level 7: always
TOLERANCE = 0.03  # degrees of a great circle
# West, south, east, north and tolerance of where the map is read closely.
FINE = [
    (-126.0, 32.0, -113.5, 46.5, 0.004),
    (-123.5, 36.5, -121.3, 38.6, 0.0015),
]
MAX_MERCATOR_LATITUDE = 88.0


def mercator(latitude):
    """Degrees at the equator's scale."""
    latitude = max(-MAX_MERCATOR_LATITUDE, min(MAX_MERCATOR_LATITUDE, latitude))
    return math.degrees(math.asinh(math.tan(math.radians(latitude))))


def tolerance(point):
    found = TOLERANCE
    for west, south, east, north, fine in FINE:
        if west <= point[0] <= east and south <= point[1] <= north:
            found = min(found, fine)
    return found


class Topology:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.json = json.load(file)
        scale = self.json["transform"]["scale"]
        origin = self.json["transform"]["translate"]
        self.arcs = []
        for arc in self.json["arcs"]:
            x = y = 0
            points = []
            for dx, dy in arc:
                x, y = x + dx, y + dy
                points.append((origin[0] + x * scale[0], origin[1] + y * scale[1]))
            self.arcs.append(run_on(points))

    def rings(self, name):
        """Lists of arc numbers, negative (~i) where the arc is run backwards."""
        found = []

        def visit(geometry):
            if geometry["type"] == "GeometryCollection":
                for part in geometry["geometries"]:
                    visit(part)
            elif geometry["type"] == "Polygon":
                found.extend(geometry["arcs"])
            elif geometry["type"] == "MultiPolygon":
                for polygon in geometry["arcs"]:
                    found.extend(polygon)

        visit(self.json["objects"][name])
        return found

    def shared(self, name):
        """Numbers of the arcs that two rings share."""
        count = {}
        for ring in self.rings(name):
            for arc in ring:
                arc = max(arc, ~arc)
                count[arc] = count.get(arc, 0) + 1
        return sorted(arc for arc, n in count.items() if n > 1)


def run_on(points):
    """Longitudes without jumps at the antimeridian."""
    found = [points[0]]
    for x, y in points[1:]:
        x += 360.0 * round((found[-1][0] - x) / 360.0)
        found.append((x, y))
    return found


def distance(p, a, b):
    """From p to the segment a b, in the plane."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length if length > 0 else 0.0
    t = max(0.0, min(1.0, t))
    return math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy)


def significance(points):
    """Of each point, Mercator degrees: how far off the line would be without it (after
    Douglas and Peucker, 1973), never more than that of the points it depends on."""
    plane = [(x, mercator(y)) for x, y in points]
    found = [math.inf] * len(plane)
    stack = [(0, len(plane) - 1, math.inf)]
    while stack:
        first, last, limit = stack.pop()
        if last - first < 2:
            continue
        far, at = max((distance(plane[i], plane[first], plane[last]), i)
                      for i in range(first + 1, last))
        found[at] = min(far, limit)
        stack.append((first, at, found[at]))
        stack.append((at, last, found[at]))
    return found


def simplify(points):
    """The points that stand further off than the tolerance there."""
    return [p for p, s in zip(points, significance(points))
            if s * math.cos(math.radians(p[1])) >= tolerance(p)]


def is_seen(ring):
    """Islands narrower than the tolerance are left out."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    width = (max(xs) - min(xs)) * math.cos(math.radians(ys[0]))
    return len(ring) >= 3 and max(width, max(ys) - min(ys)) >= 1.5 * tolerance(ring[0])


def join(topology, simple, ring):
    points = []
    for arc in ring:
        part = simple[arc] if arc >= 0 else simple[~arc][::-1]
        if points:
            shift = 360.0 * round((points[-1][0] - part[0][0]) / 360.0)
            part = [(x + shift, y) for x, y in part[1:]]
        points.extend(part)
    turn = points[-1][0] - points[0][0]
    if abs(turn) > 180:  # around the south pole
        return points + [(points[-1][0], -90.0), (points[0][0], -90.0)]
    return points[:-1]


def quantised(points, closed):
    found = []
    for x, y in points:
        p = (round(x * UNITS), round(y * UNITS))
        if not found or p != found[-1]:
            found.append(p)
    if closed and len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found


def levels(points, closed):
    degrees = [(x / UNITS, y / UNITS) for x, y in points]
    if closed:
        # Both halves between two points that are certainly kept.
        degrees.append(degrees[0])
        far = max(range(len(points)), key=lambda i: math.dist(degrees[i], degrees[0]))
        found = significance(degrees[: far + 1])[:-1] + significance(degrees[far:])[:-1]
    else:
        found = significance(degrees)
    return [sum(s >= level / 2 for level in LEVELS) for s in found]


def varint(out, value):
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)


def zigzag(value):
    return 2 * value if value >= 0 else -2 * value - 1


def write_line(out, kind, points):
    closed = kind == 0
    varint(out, kind)
    varint(out, len(points))
    x = y = 0
    for (px, py), level in zip(points, levels(points, closed)):
        varint(out, 8 * zigzag(px - x) + level)
        varint(out, zigzag(py - y))
        x, y = px, py


def main(world_path, states_path, map_path):
    world, states = Topology(world_path), Topology(states_path)
    simple = [simplify(arc) for arc in world.arcs]
    lines = []
    for ring in world.rings("land"):
        points = join(world, simple, ring)
        if is_seen(points):
            lines.append((0, quantised(points, True)))
    for arc in world.shared("countries"):
        lines.append((1, quantised(simple[arc], False)))
    for arc in states.shared("states"):
        lines.append((2, quantised(simplify(states.arcs[arc]), False)))
    lines = [(kind, points) for kind, points in lines if len(points) >= 3 - (kind > 0)]
    out = bytearray(b"SAEMAP1\n")
    varint(out, UNITS)
    varint(out, len(lines))
    for kind, points in lines:
        write_line(out, kind, points)
    with open(map_path, "wb") as file:
        file.write(out)
    for kind, name in enumerate(("rings", "borders", "state borders")):
        sizes = [len(points) for k, points in lines if k == kind]
        print(f"{len(sizes)} {name}, {sum(sizes)} points")
    print(f"{len(out)} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
