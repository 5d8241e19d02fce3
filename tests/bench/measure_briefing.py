"""measure_briefing.py - an A3 briefing of the exercise by one command, from the start of the process to the file."""
import os
import statistics
import subprocess
import time

from servers import MAP

FORMATS = ("pdf", "svg", "png")


def run_once(bench, path):
    command = [bench.plottafel, "briefing", MAP, "--config", os.path.join(bench.work, "plottafel.yaml"),
               "--paper", "A3", "--landscape", "--center", "100000,411500", "--scale", "50000", "-o", path]
    if bench.moment:
        command += ["--as-of", bench.moment]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def run(bench, rounds):
    """Of each format: median seconds and bytes."""
    results = {}
    for ending in FORMATS:
        path = os.path.join(bench.work, f"briefing.{ending}")
        seconds = statistics.median(run_once(bench, path) for _ in range(rounds))
        results[ending] = seconds, os.path.getsize(path)
    return results
