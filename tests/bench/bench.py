#!/usr/bin/env python3
"""bench.py - measures Plottafel beside MapServer and nginx in one run; run.sh starts it and says what it takes.

The machine may be noisy: what counts are medians of rounds that alternate between the two, and their ratios.
"""
import argparse
import datetime
import glob
import json
import os
import shutil
import subprocess
import sys

import make_plot
import mapfile
import measure_briefing
import measure_cached
import measure_changes
import measure_tiles
import rd_tiles
from servers import CORES, PLOT, Plottafel, free_port, write_configuration

HERE = os.path.dirname(os.path.abspath(__file__))


class Bench:
    """Where things are, and what is drawn."""

    def __init__(self, options):
        self.is_short = options.short
        self.plottafel = os.path.abspath(options.plottafel)
        self.source = os.path.dirname(os.path.dirname(HERE))
        self.example = os.path.join(self.source, "examples", "hollands-diep")
        self.work = os.path.abspath(options.work)
        self.store = os.path.join(self.work, "plots.gpkg")
        self.plot_file = os.path.join(self.example, "situation.geojson")
        self.moment = None
        if options.features:
            self.plot_file = os.path.join(self.work, "plot.geojson")

    def prepare(self, features):
        """Empties what earlier runs left in the folder, and nothing else in it."""
        for name in ("mapserver", "nginx", "pictures"):
            shutil.rmtree(os.path.join(self.work, name), ignore_errors=True)
        for path in glob.glob(glob.escape(self.store) + "*"):
            os.remove(path)
        os.makedirs(self.work, exist_ok=True)
        if features:
            make_plot.write(self.plot_file, features)
        self.moment = busiest_moment(self.plot_file)
        configuration = os.path.join(self.work, "plottafel.yaml")
        write_configuration(configuration, self.example, self.store, free_port(), 1)
        subprocess.run([self.plottafel, "import", PLOT, self.plot_file, "--config", configuration], check=True)
        with Plottafel(self) as server:
            mapfile.write_map(self, server.wait_until_ready, self.moment)


def moment_of(text):
    return datetime.datetime.fromisoformat(text).astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def busiest_moment(path):
    """When most features are valid, so that the result does not depend on the day of the run; None: always."""
    with open(path) as file:
        properties = [feature["properties"] for feature in json.load(file)["features"]]
    spans = [(moment_of(each["validFrom"]), moment_of(each["validTo"]) if "validTo" in each else "9")
             for each in properties if "validFrom" in each]
    moments = sorted({start for start, _ in spans})
    return max(moments, key=lambda moment: sum(start <= moment < end for start, end in spans), default=None)


class Verdict:
    """The targets of the project. A miss within a tenth is told but does not fail the run: it may be noise."""

    NOISE = 0.1

    def __init__(self):
        self.misses = []

    def check(self, is_met, is_missed, sentence):
        print(f"  {'met   ' if is_met else 'MISSED' if is_missed else 'NEAR  '}  {sentence}")
        if is_missed:
            self.misses.append(sentence)

    def at_least(self, value, least, sentence):
        self.check(value >= least, value < least * (1 - self.NOISE), sentence)

    def at_most(self, value, most, sentence):
        self.check(value <= most, value > most * (1 + self.NOISE), sentence)


def heading(text):
    print(f"\n{text}\n{'-' * len(text)}")


def report_tiles(bench, verdict):
    heading("Cold tiles on one core: Plottafel and MapServer draw the same")
    edges = measure_tiles.SHORT_EDGES if bench.is_short else measure_tiles.EDGES
    rounds = 5 if bench.is_short else 9
    ours, theirs = measure_tiles.run(bench, edges, rounds)
    print(f"{rounds} rounds A B A B, medians; p50, p95, p99 of all rounds, milliseconds as the client sees them")
    print(f"{'zoom':>4} {'tiles':>5}  {'':10} {'tiles/s':>8} {'p50':>7} {'p95':>7} {'p99':>7} {'bytes':>7}   ratio")
    for zoom in rd_tiles.ZOOMS:
        ratio = ours.per_second(zoom) / theirs.per_second(zoom)
        for each in (ours, theirs):
            times = each.all_times(zoom)
            print(f"{zoom:>4} {edges[zoom] ** 2:>5}  {each.name:10} {each.per_second(zoom):8.0f} "
                  f"{times.percentile_ms(50):7.2f} {times.percentile_ms(95):7.2f} {times.percentile_ms(99):7.2f} "
                  f"{times.mean_bytes():7.0f}" + (f"   {ratio:5.2f}x" if each is ours else ""))
    for each in (ours, theirs):
        memory_mb, first_ms, overhead_ms = each.medians()
        print(f"{each.name:10}  memory {memory_mb:4.0f} MB   start to first tile {first_ms:4.0f} ms   "
              f"a request without a picture {overhead_ms:.2f} ms (what client and connection cost)")
    for zoom in rd_tiles.ZOOMS:
        ratio = ours.per_second(zoom) / theirs.per_second(zoom)
        verdict.at_least(ratio, 1.0, f"zoom {zoom}: {ratio:.2f} times MapServer's tiles per second (at least 1)")


def report_cached(bench, verdict):
    heading("A tile from the cache")
    ours, theirs = measure_cached.compare_with_nginx(bench, 3 if bench.is_short else 5, 2 if bench.is_short else 5)
    print(f"{measure_cached.CONNECTIONS} connections kept open, the load generator on the same cores: "
          f"Plottafel {ours:.0f}/s, nginx {theirs:.0f}/s, ratio {ours / theirs:.2f}x")
    idle, rendering, held, cold_ms = measure_cached.hits_beside_renders(bench, 2 if bench.is_short else 6)
    for name, times in (("idle", idle), ("all rendering", rendering), ("all held, no render ends", held)):
        print(f"hits, one after the other; workers {name}: p50 {times.percentile_ms(50):.2f}, "
              f"p99 {times.percentile_ms(99):.2f} ms ({times.percentile_ms(99) / idle.percentile_ms(99):.1f}x of idle)")
    verdict.at_most(rendering.percentile_ms(50), cold_ms,
                    f"a hit is there before the render of a cold tile ({cold_ms:.1f} ms)")
    verdict.at_most(held.percentile_ms(99), max(20, 10 * idle.percentile_ms(99)),
                    "a hit never waits behind a render: it comes though no render ends")


def report_changes(bench, verdict):
    heading("A change")
    count = 60 if bench.is_short else 300
    acknowledged, seen, stale = measure_changes.run(bench, count)
    print(f"{count} changes: acknowledged after p50 {acknowledged.percentile_ms(50):.1f}, "
          f"p99 {acknowledged.percentile_ms(99):.1f} ms; then seen in a new tile after p50 "
          f"{seen.percentile_ms(50):.1f}, p99 {seen.percentile_ms(99):.1f} ms; stale answers: {stale}")
    verdict.at_most(seen.percentile_ms(50), 100, f"seen after {seen.percentile_ms(50):.1f} ms (at most 100)")
    verdict.at_most(stale, 0, "no stale tile after the acknowledgement")


def report_briefing(bench, verdict):
    heading("An A3 briefing by one command, from the start of the process to the file")
    for ending, (seconds, size) in measure_briefing.run(bench, 3 if bench.is_short else 7).items():
        print(f"{ending}: {seconds:.2f} s, {size / 1000:.0f} KB")
        verdict.at_most(seconds, 2, f"A3 {ending} in {seconds:.2f} s (at most 2)")


def report_in_process(bench):
    program = os.path.join(os.path.dirname(bench.plottafel), "tests", "bench_tiles")
    if os.path.exists(program):
        heading("Where the time of a tile goes, in one process without sockets")
        sys.stdout.flush()
        subprocess.run([program, os.path.join(bench.work, "plottafel.yaml"), "situation", bench.plot_file],
                       stderr=subprocess.DEVNULL, check=True)


def report_symbols(bench):
    program = os.path.join(os.path.dirname(bench.plottafel), "tests", "bench_symbols")
    if os.path.exists(program):
        heading("Symbols, beside librsvg alone")
        sys.stdout.flush()
        subprocess.run([program], check=True)


def read_options():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh")
    parser.add_argument("plottafel", help="the program that is measured, a release build")
    parser.add_argument("--short", action="store_true", help="in about a minute, for CI; fails when a target is missed")
    parser.add_argument("--features", type=int, metavar="N", help="a made plot of N features in place of the exercise")
    parser.add_argument("--work", default="/tmp/plottafel-bench", help="folder for what is made on the way")
    return parser.parse_args()


def main():
    options = read_options()
    bench, verdict = Bench(options), Verdict()
    bench.prepare(options.features)
    os.sched_setaffinity(0, {CORES[-1]})
    report_tiles(bench, verdict)
    print(f"side by side, Plottafel left: {measure_tiles.write_pictures(bench)}")
    os.sched_setaffinity(0, CORES)
    report_cached(bench, verdict)
    report_changes(bench, verdict)
    report_briefing(bench, verdict)
    report_in_process(bench)
    report_symbols(bench)
    heading("Targets missed: " + (str(len(verdict.misses)) if verdict.misses else "none"))
    print("\n".join(verdict.misses))
    return 1 if verdict.misses else 0


if __name__ == "__main__":
    sys.exit(main())
