"""measure_tiles.py - cold tiles on one core: both servers draw the same tiles, each asked once.

Rounds go A B A B. Each round starts its server anew on the first core, warms it up on tiles far away, and asks for all
tiles of all zooms over one connection from the last core.
"""
import os
import shutil
import statistics
import subprocess
import time

import rd_tiles
from client import Times, ask, overhead_ms
from servers import CORES, MAP, MapServer, Plottafel

EDGES = {6: 8, 8: 10, 10: 12, 12: 12}  # tiles of a zoom: edge x edge around the exercise
SHORT_EDGES = {6: 6, 8: 6, 10: 8, 12: 8}
PICTURE_EDGE = 3


def plottafel_target(tile, moment):
    zoom, column, row = tile
    as_of = f"?as-of={moment}" if moment else ""
    return f"/xyz/{MAP}/{rd_tiles.MATRIX_SET}/{zoom}/{column}/{row}.png{as_of}"


def mapserver_target(tile):
    """The same square in MapServer's own words (WMS is no faster); extents run from pixel centre to pixel centre."""
    half = rd_tiles.metres_per_px(tile[0]) / 2
    west, south, east, north = rd_tiles.box(tile)
    return (f"mode=map&mapsize=256+256&map.imagetype=png&"
            f"mapext={west + half}+{south + half}+{east - half}+{north - half}")


class Contender:
    """A server, how it is asked, and what came of it round by round."""

    def __init__(self, name, start, target, idle_target):
        self.name, self.start, self.target, self.idle_target = name, start, target, idle_target
        self.rounds = {zoom: [] for zoom in rd_tiles.ZOOMS}
        self.memory_mb, self.first_ms, self.overhead_ms = [], [], []

    def targets(self, place, zoom, edge):
        return [self.target(tile) for tile in rd_tiles.around(place, zoom, edge)]

    def run_round(self, edges):
        with self.start() as server:
            connection = server.connect()
            self.first_ms.append(self.wait_for_first(connection, server))
            for zoom in rd_tiles.ZOOMS:
                ask(connection, self.targets(rd_tiles.ELSEWHERE, zoom, 2))
            for zoom in rd_tiles.ZOOMS:
                self.rounds[zoom].append(ask(connection, self.targets(rd_tiles.EXERCISE, zoom, edges[zoom])))
            self.memory_mb.append(server.memory_mb())
            self.overhead_ms.append(overhead_ms(connection, self.idle_target))
            connection.close()

    def wait_for_first(self, connection, server):
        """From the start of the process to the first tile, milliseconds."""
        target, = self.targets(rd_tiles.EXERCISE, 10, 1)
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

    def medians(self):
        """Memory in MB; milliseconds from start to first tile; milliseconds of a request without a picture."""
        return [statistics.median(each) for each in (self.memory_mb, self.first_ms, self.overhead_ms)]


def contenders(bench):
    return (Contender("Plottafel", lambda: Plottafel(bench, workers=1, core=CORES[0]),
                      lambda tile: plottafel_target(tile, bench.moment), "/healthz"),
            Contender("MapServer", lambda: MapServer(bench, core=CORES[0]), mapserver_target, ""))


def run(bench, edges, rounds):
    both = contenders(bench)
    for _ in range(rounds):
        for each in both:
            each.run_round(edges)
    return both


def write_tiles(connection, contender, zoom, folder):
    names = []
    for number, target in enumerate(contender.targets(rd_tiles.EXERCISE, zoom, PICTURE_EDGE)):
        names.append(os.path.join(folder, f"{contender.name}-{zoom}-{number}.png"))
        with open(names[-1], "wb") as file:
            file.write(connection.get(target).body)
    return names


def join(folder, zoom, left, right):
    """Lays the tiles of both side by side with ImageMagick; None where it is not there."""
    if not shutil.which("montage"):
        return None
    halves = []
    for number, names in enumerate((left, right)):
        halves.append(os.path.join(folder, f"half-{number}.png"))
        subprocess.run(["montage", *names, "-tile", f"{PICTURE_EDGE}x", "-geometry", "+0+0", halves[-1]], check=True)
    path = os.path.join(folder, f"zoom-{zoom}.png")
    subprocess.run(["convert", *halves, "+append", path], check=True)
    return path


def write_pictures(bench):
    """The same tiles of both, for a person to compare: Plottafel on the left, MapServer on the right."""
    folder = os.path.join(bench.work, "pictures")
    os.makedirs(folder)
    ours, theirs = contenders(bench)
    with ours.start() as plottafel, theirs.start() as mapserver:
        left, right = plottafel.wait_until_ready(), mapserver.connect()
        for zoom in rd_tiles.ZOOMS:
            join(folder, zoom, write_tiles(left, ours, zoom, folder), write_tiles(right, theirs, zoom, folder))
    return folder
