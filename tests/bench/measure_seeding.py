"""measure_seeding.py - fills a package with the tiles of an area: by one process, and by two."""
import os
import re
import statistics
import subprocess
import time

from servers import CORES, MAP

BOX_DEG, ZOOMS = "4.3,51.55,4.9,51.85", "8-17"  # around the exercise; some 50,000 tiles, seconds for one core


class Way:
    """How it is done: by how many processes, on which cores."""

    def __init__(self, name, jobs, cores):
        self.name, self.jobs, self.cores = name, jobs, cores
        self.seconds = []

    def run(self, bench):
        """Draws all of it anew; gives how many tiles that were."""
        path = os.path.join(bench.work, "seeded.mbtiles")
        command = [bench.plottafel, "seed", MAP, "--config", os.path.join(bench.work, "plottafel.yaml"), "--bbox", BOX_DEG,
                   "--zoom", ZOOMS, "--jobs", str(self.jobs), "--fresh", "-o", path]
        if bench.moment:
            command += ["--as-of", bench.moment]
        start = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True,
                              preexec_fn=lambda: os.sched_setaffinity(0, self.cores))
        self.seconds.append(time.perf_counter() - start)
        os.remove(path)
        return int(re.search(r": (\d+) drawn", done.stdout)[1])

    def median_s(self):
        return statistics.median(self.seconds)


def run(bench, rounds):
    """The tiles, and each way: one process on one core, which is the measure, one that may use two (the package is
    written beside it), and two."""
    one, two = {CORES[0]}, set(CORES[:2])
    ways = [Way("one process, one core", 1, one), Way("one process, two cores", 1, two),
            Way("two processes, two cores", 2, two)]
    for _ in range(rounds):
        counts = {way.run(bench) for way in ways}
        if len(counts) != 1:
            raise RuntimeError(f"not all drew the same tiles: {counts}")
    return counts.pop(), ways
