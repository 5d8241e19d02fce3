"""measure_growth.py - how each grows as the plot does: elsewhere, with the same to be seen, or in one area.

Elsewhere: the first thousand features are the same in every plot and lie where tiles are asked for; all others lie as
densely, but so far off that no district with one of the tiles has any of them. So every tile is the same picture, and
what grows is what a plot costs that is not seen.
"""
import os
import subprocess
import time

import make_plot
import measure_tiles
from servers import PLOT
from workload import Workload

BASE_FEATURES, BASE_METRES = 10000, 140000.0
NEAR_FEATURES = 1000
GAP_METRES = 600000.0  # a district of zoom 10 has 194 km there
EDGES = {10: 4, 12: 8, 14: 12}


class Growth:
    """What a plot of some features costs each contender."""

    def __init__(self, features, everybody, import_s):
        self.features, self.everybody, self.import_s = features, everybody, import_s

    def per_second(self, contender, zoom):
        return self.everybody[contender].per_second(zoom)


def edge_of(features):
    """Of a square with so many, metres."""
    return BASE_METRES * (features / BASE_FEATURES) ** 0.5


class PlotAround(Workload):
    """The same in the middle, and all others elsewhere."""

    def write_plot(self):
        edge = (edge_of(self.features - NEAR_FEATURES) ** 2 + GAP_METRES ** 2) ** 0.5
        make_plot.write_around(self.plot_file, self.features, edge, NEAR_FEATURES, edge_of(NEAR_FEATURES), GAP_METRES)


def measure(bench, features, is_denser, rounds):
    folder = os.path.join(bench.work, f"{features}-{'denser' if is_denser else 'wider'}")
    kind = Workload if is_denser else PlotAround
    workload = kind(bench.plottafel, bench.source, folder, features, BASE_METRES)
    workload.prepare()
    everybody = measure_tiles.run(workload, EDGES, rounds)
    return Growth(features, everybody, time_of_import(workload))


def time_of_import(workload):
    """The whole plot into a store of its own, seconds."""
    configuration = os.path.join(workload.work, "import.yaml")
    store = os.path.join(workload.work, "import.gpkg")
    with open(os.path.join(workload.work, "plottafel.yaml")) as file:
        text = file.read().replace(workload.store, store)
    with open(configuration, "w") as file:
        file.write(text)
    start = time.perf_counter()
    subprocess.run([workload.plottafel, "import", PLOT, workload.plot_file, "--config", configuration], check=True,
                   stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - start
    for ending in ("", "-wal", "-shm", ".lock"):
        if os.path.exists(store + ending):
            os.remove(store + ending)
    return seconds
