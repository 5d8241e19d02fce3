"""measure_tiles.py - cold tiles on one core: all draw the same tiles, each asked once.

Rounds go A B C A B C. Each round starts its program anew on the first core, asks for a first tile, leaves it alone for a
second, warms it up on tiles far away, and asks for all tiles of all zooms over one connection from the last core. In that
second Plottafel's worker makes the symbols of its plots ready, and then districts (district_stock.h), as it does whenever
nobody asks for anything: no tile is drawn, but what stands where is decided for some of them. The others get the same
rest; --rest 0 gives none.
"""
import os
import shutil
import statistics
import subprocess
import time

import web_tiles
from client import Times, ask, overhead_ms
from servers import CORES, MAP, Mapnik, MapServer, Plottafel

EDGES = {6: 2, 8: 4, 10: 6, 12: 12, 14: 16}  # tiles of a zoom: edge x edge around the exercise
SHORT_EDGES = {6: 2, 8: 2, 10: 4, 12: 6, 14: 8}
PICTURE_EDGE = 2
REST_S = 1.0


def plottafel_target(tile, moment):
    zoom, column, row = tile
    as_of = f"?as-of={moment}" if moment else ""
    return f"/xyz/{MAP}/{web_tiles.MATRIX_SET}/{zoom}/{column}/{row}.png{as_of}"


def mapserver_target(tile):
    """The same square in MapServer's own words (WMS is no faster); extents run from pixel centre to pixel centre."""
    half = web_tiles.metres_per_px(tile[0]) / 2
    west, south, east, north = web_tiles.box(tile)
    return (f"mode=map&mapsize=256+256&map.imagetype=png&"
            f"mapext={west + half}+{south + half}+{east - half}+{north - half}")


def mapnik_target(tile):
    return " ".join(str(edge) for edge in web_tiles.box(tile))


class Contender:
    """A program, how it is asked, and what came of it round by round."""

    def __init__(self, name, start, target, idle_target=None):
        self.name, self.start, self.target, self.idle_target = name, start, target, idle_target
        self.rounds = {}
        self.memory_mb, self.first_ms, self.overhead_ms = [], [], []

    def targets(self, place, zoom, edge):
        return [self.target(tile) for tile in web_tiles.around(place, zoom, edge)]

    def run_round(self, edges, rest_s, most_s=float("inf")):
        """most_s: no more is spent on the tiles of a zoom, and ten times as much on all; a zoom that it does not get to
        has no round."""
        begun = time.perf_counter()
        with self.start() as server:
            connection = server.connect()
            self.first_ms.append(self.wait_for_first(connection, server, max(edges)))
            time.sleep(rest_s)
            for zoom in edges:
                ask(connection, self.targets(web_tiles.ELSEWHERE, zoom, 2), most_s)
            for zoom, edge in edges.items():
                if time.perf_counter() - begun >= 10 * most_s:
                    break
                self.rounds.setdefault(zoom, []).append(
                    ask(connection, self.targets(web_tiles.EXERCISE, zoom, edge), most_s))
            self.memory_mb.append(server.memory_mb())
            if self.idle_target is not None:
                self.overhead_ms.append(overhead_ms(connection, self.idle_target))
            connection.close()

    def wait_for_first(self, connection, server, zoom):
        """From the start of the process to the first tile, milliseconds."""
        target, = self.targets(web_tiles.ELSEWHERE, zoom, 1)
        while connection.get(target).status != 200:
            time.sleep(0.001)
        return 1000 * (time.perf_counter() - server.started)

    def per_second(self, zoom):
        return statistics.median(times.per_second() for times in self.rounds[zoom])

    def all_times(self, zoom):
        total = Times()
        for times in self.rounds[zoom]:
            total.add(times)
        return total


def contenders(bench):
    return (Contender("Plottafel", lambda: Plottafel(bench, workers=1, core=CORES[0]),
                      lambda tile: plottafel_target(tile, bench.moment), "/healthz"),
            Contender("MapServer", lambda: MapServer(bench, core=CORES[0]), mapserver_target, ""),
            Contender("Mapnik", lambda: Mapnik(bench, core=CORES[0]), mapnik_target))


def run(bench, edges, rounds, rest_s=REST_S):
    """All contenders with their rounds, Plottafel first."""
    everybody = contenders(bench)
    for _ in range(rounds):
        for each in everybody:
            each.run_round(edges, rest_s)
    return everybody


def write_tiles(connection, contender, zoom, folder):
    names = []
    for number, target in enumerate(contender.targets(web_tiles.EXERCISE, zoom, PICTURE_EDGE)):
        names.append(os.path.join(folder, f"{contender.name}-{zoom}-{number}.png"))
        with open(names[-1], "wb") as file:
            file.write(connection.get(target).body)
    return names


def join(folder, zoom, rows):
    """Lays the tiles of all side by side with ImageMagick, where it is there."""
    if not shutil.which("montage"):
        return
    parts = []
    for number, names in enumerate(rows):
        parts.append(os.path.join(folder, f"part-{number}.png"))
        subprocess.run(["montage", *names, "-tile", f"{PICTURE_EDGE}x", "-geometry", "+0+0", parts[-1]], check=True)
    subprocess.run(["convert", *parts, "+append", os.path.join(folder, f"zoom-{zoom}.png")], check=True)


def write_pictures(bench, zooms):
    """The same tiles of all, for a person to compare: Plottafel, MapServer, Mapnik from left to right."""
    folder = os.path.join(bench.work, "pictures")
    os.makedirs(folder)
    tiles = {zoom: [] for zoom in zooms}
    for each in contenders(bench):
        with each.start() as server:
            connection = server.connect()
            each.wait_for_first(connection, server, max(zooms))
            for zoom in zooms:
                tiles[zoom].append(write_tiles(connection, each, zoom, folder))
    for zoom, rows in tiles.items():
        join(folder, zoom, rows)
    return folder
