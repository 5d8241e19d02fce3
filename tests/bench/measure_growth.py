"""measure_growth.py - how each grows as the plot does: over a larger area with the same to be seen, or in one area."""
import os
import subprocess
import time

import measure_tiles
from servers import PLOT
from workload import Workload

BASE_FEATURES, BASE_METRES = 10000, 140000.0
EDGES = {10: 4, 12: 8, 14: 12}


class Growth:
    """What a plot of some features costs each contender."""

    def __init__(self, features, everybody, import_s):
        self.features, self.everybody, self.import_s = features, everybody, import_s

    def per_second(self, contender, zoom):
        return self.everybody[contender].per_second(zoom)


def edge_of(features, is_denser):
    """Of the square that the plot lies in, metres."""
    return BASE_METRES if is_denser else BASE_METRES * (features / BASE_FEATURES) ** 0.5


def measure(bench, features, is_denser, rounds):
    folder = os.path.join(bench.work, f"{features}-{'denser' if is_denser else 'wider'}")
    workload = Workload(bench.plottafel, bench.source, folder, features, edge_of(features, is_denser))
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
