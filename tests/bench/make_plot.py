"""make_plot.py - a plot of any size, always the same: 70 % points of 40 symbols, 20 % lines, 10 % areas (some of
them hatched), each with a name, over a square around the exercise.

    python3 make_plot.py COUNT FILE.geojson [METRES]

METRES is the edge of the square, 140 km when it is left out. The first features of a larger plot over the same square
are those of a smaller one.
"""
import json
import math
import random
import sys

SYMBOLS = ["bw.ovd", "bw.hovd", "bw.voertuig", "bw.ladder", "bw.meetploeg", "bw.kazerne", "bw.ugs", "bw.wts",
           "bw.decon", "bw.ontsmet", "bw.blusboot", "bw.bluswater", "gh.ovd", "gh.voertuig", "gh.behandel",
           "gh.gewondennest", "gh.loods", "gh.ziekenhuis", "po.ovd", "po.voertuig", "po.verkeer", "po.blokkade",
           "po.doorlaat", "ge.opvang", "ge.actiecentrum", "wa.gemaal", "wa.peil", "wa.post", "alg.copi", "alg.rot",
           "alg.heli", "alg.pers", "alg.sirene", "alg.logistiek", "alg.meetpunt", "obj.school", "obj.zorg",
           "gev.giftig", "inc.brand", "inc.gevstof"]
LINES = ["l.afzetting", "l.wegdicht", "l.omleiding", "l.evacroute", "l.aanvoer", "l.stoplijn", "l.vakgrens",
         "l.leiding"]
AREAS = ["a.effect", "a.rood", "a.oranje", "a.evac", "a.schuil", "a.besmet", "a.verzamel", "a.scheepvaart"]
MIDDLE_DEG = (4.60, 51.69)
EDGE_M = 140000.0
METRES_PER_DEG = (69000.0, 111200.0)  # at that latitude


def place(chance, half, gap_half=0.0):
    """Anywhere in a square but for a smaller one in its middle."""
    while True:
        x, y = chance.uniform(-half, half), chance.uniform(-half, half)
        if max(abs(x), abs(y)) >= gap_half:
            return x, y


def degrees(point):
    return [round(middle + metres / per_deg, 7)
            for middle, metres, per_deg in zip(MIDDLE_DEG, point, METRES_PER_DEG)]


def line(chance, where):
    """A path of 8 to 25 steps that winds on in one direction."""
    (x, y), heading = where(chance), chance.uniform(0, 2 * math.pi)
    points = [(x, y)]
    for _ in range(chance.randint(8, 25)):
        heading += chance.gauss(0, 0.4)
        step = chance.uniform(60, 260)
        x, y = x + step * math.cos(heading), y + step * math.sin(heading)
        points.append((x, y))
    return {"type": "LineString", "coordinates": [degrees(point) for point in points]}


def area(chance, where):
    """A ring of 8 to 24 corners around a place."""
    (x, y), corners, radius = where(chance), chance.randint(8, 24), chance.uniform(150, 1200)
    ring = []
    for i in range(corners):
        angle, reach = 2 * math.pi * i / corners, radius * chance.uniform(0.7, 1)
        ring.append(degrees((x + reach * math.cos(angle), y + reach * math.sin(angle))))
    return {"type": "Polygon", "coordinates": [ring + ring[:1]]}


def feature(number, chance, where):
    share = chance.random()
    if share < 0.7:
        symbol, geometry = chance.choice(SYMBOLS), {"type": "Point", "coordinates": degrees(where(chance))}
    elif share < 0.9:
        symbol, geometry = chance.choice(LINES), line(chance, where)
    else:
        symbol, geometry = chance.choice(AREAS), area(chance, where)
    return {"type": "Feature", "id": f"f-{number}", "geometry": geometry,
            "properties": {"symbol": f"nl@1/{symbol}", "texts": {"n": f"Feature {number}"}, "owner": "Benchmark"}}


def write_features(path, features):
    with open(path, "w") as file:
        file.write('{"type":"FeatureCollection","features":[\n')
        file.write(",\n".join(json.dumps(each) for each in features))
        file.write("\n]}\n")


def write(path, count, metres=EDGE_M):
    chance = random.Random(1953)
    write_features(path, (feature(number, chance, lambda chance: place(chance, metres / 2))
                          for number in range(count)))


def write_around(path, count, metres, near_count, near_metres, gap_metres):
    """The first features are the same whatever the count, in a square in the middle; the others lie beyond a gap."""
    chance = random.Random(1953)
    write_features(path, (feature(number, chance, (lambda chance: place(chance, near_metres / 2))
                                  if number < near_count else
                                  (lambda chance: place(chance, metres / 2, gap_metres / 2)))
                          for number in range(count)))


if __name__ == "__main__":
    write(sys.argv[2], int(sys.argv[1]), *map(float, sys.argv[3:]))
