"""measure_seeding.py - fills a package with the tiles of an area: by one process, and by two."""
import os
import re
import statistics
import subprocess
import time

from servers import CORES, MAP

BOX_DEG, ZOOMS = "4.2,51.5,5.0,51.9", "8-14"  # some 3000 tiles around the exercise


class Way:
    """How it is done: by how many processes, on which cores."""

    def __init__(self, name, jobs, cores):
        self.name, self.jobs, self.cores = name, jobs, cores
        self.seconds, self.cpu_seconds = [], []

    def run(self, bench):
        """Draws all of it anew; gives how many tiles that were."""
        path = os.path.join(bench.work, "seeded.mbtiles")
        command = [bench.plottafel, "seed", MAP, "--config", os.path.join(bench.work, "plottafel.yaml"), "--bbox", BOX_DEG,
                   "--zoom", ZOOMS, "--jobs", str(self.jobs), "--fresh", "-o", path]
        if bench.moment:
            command += ["--as-of", bench.moment]
        before, start = os.times(), time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True,
                              preexec_fn=lambda: os.sched_setaffinity(0, self.cores))
        self.seconds.append(time.perf_counter() - start)
        after = os.times()
        self.cpu_seconds.append(after.children_user + after.children_system
                                - before.children_user - before.children_system)
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
