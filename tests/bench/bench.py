#!/usr/bin/env python3
"""bench.py - measures Plottafel beside its peers in one run; run.sh starts it and says what it takes.

The machine may be noisy: what counts are medians of rounds that go round all contenders, and their ratios.
"""
import argparse
import os
import statistics
import subprocess
import sys

import measure_briefing
import measure_cached
import measure_changes
import measure_growth
import measure_memory
import measure_seeding
import measure_tiles
import web_tiles
from servers import CORES
from workload import Workload

SEEDING_ROUNDS = 3
MOST_FEATURES = 1000000
HERE = os.path.dirname(os.path.abspath(__file__))


class Verdict:
    """The targets of the project. A miss within a tenth is told but does not fail the run: it may be noise. Where a
    floor or ceiling is given, a value between it and the target is told as short of the target and does not fail the
    run: it guards what has been reached, and moves when more is."""

    NOISE = 0.1

    def __init__(self):
        self.misses = []

    def check(self, is_met, is_missed, sentence):
        print(f"  {'met   ' if is_met else 'MISSED' if is_missed else 'SHORT '}  {sentence}")
        if is_missed:
            self.misses.append(sentence)

    def at_least(self, value, target, sentence, floor=None):
        self.check(value >= target, value < (target if floor is None else floor) * (1 - self.NOISE), sentence)

    def at_most(self, value, target, sentence, ceiling=None):
        self.check(value <= target, value > (target if ceiling is None else ceiling) * (1 + self.NOISE), sentence)


def heading(text):
    print(f"\n{text}\n{'-' * len(text)}")


def print_tiles(everybody, edges):
    print(f"{'zoom':>4} {'tiles':>5}  {'':10} {'tiles/s':>8} {'p50':>7} {'p95':>7} {'p99':>7} {'bytes':>7}")
    for zoom, edge in edges.items():
        for each in everybody:
            times = each.all_times(zoom)
            print(f"{zoom:>4} {edge ** 2:>5}  {each.name:10} {each.per_second(zoom):8.0f} "
                  f"{times.percentile_ms(50):7.2f} {times.percentile_ms(95):7.2f} {times.percentile_ms(99):7.2f} "
                  f"{times.mean_bytes():7.0f}")
    for each in everybody:
        overhead = (f"   a request without a picture {statistics.median(each.overhead_ms):.2f} ms (what client and "
                    "connection cost)" if each.overhead_ms else "")
        print(f"{each.name:10}  memory {statistics.median(each.memory_mb):4.0f} MB   start to first tile "
              f"{statistics.median(each.first_ms):4.0f} ms{overhead}")


def judge_tiles(everybody, edges, verdict):
    """Against the faster of the peers, and against the one with the smaller tiles."""
    ours, *peers = everybody
    for zoom in edges:
        ratio = ours.per_second(zoom) / max(peer.per_second(zoom) for peer in peers)
        verdict.at_least(ratio, 5.0, f"zoom {zoom}: {ratio:.2f} times the tiles per second of the faster peer (5 wanted)",
                         floor=1.2)
        smallest = min(peer.all_times(zoom).mean_bytes() for peer in peers)
        size = ours.all_times(zoom).mean_bytes() / smallest
        verdict.at_most(size, 1.0, f"zoom {zoom}: {size:.2f} times the bytes per tile of the smaller peer (1 at most)")
    slow = ours.all_times(12).percentile_ms(99)
    theirs = next(peer for peer in peers if peer.name == "MapServer").all_times(12).percentile_ms(50)
    verdict.at_most(slow, theirs, f"zoom 12: p99 of {slow:.1f} ms is no more than MapServer's p50 of {theirs:.1f} ms",
                    ceiling=60)
    first_ms, memory_mb = statistics.median(ours.first_ms), statistics.median(ours.memory_mb)
    verdict.at_most(first_ms, 1000, f"start to first tile in {first_ms:.0f} ms (1000 at most)")
    verdict.at_most(memory_mb, 150, f"front and worker have {memory_mb:.0f} MB (150 wanted)")


def report_tiles(bench, workload, verdict):
    heading(f"Cold tiles on one core, {workload.features} features: all draw the same")
    edges = measure_tiles.SHORT_EDGES if bench.is_short else measure_tiles.EDGES
    rounds = 3 if bench.is_short else 7
    everybody = measure_tiles.run(workload, edges, rounds, bench.rest_s)
    print(f"{rounds} rounds in turn, medians; p50, p95, p99 of all rounds, milliseconds as the client sees them")
    print_tiles(everybody, edges)
    judge_tiles(everybody, edges, verdict)
    if bench.is_short:
        print("pictures of all of them side by side: the whole benchmark makes them")
    else:
        print(f"side by side, Plottafel, MapServer, Mapnik: {measure_tiles.write_pictures(workload, edges)}")


def speed_text(per_second):
    return f"{'–':>15}" if per_second is None else f"{per_second:15.{0 if per_second >= 10 else 1}f}"


def print_growth(growths):
    names = [each.name for each in growths[0].everybody]
    columns = "".join(f"{f'{name} z{zoom}':>15}" for zoom in measure_growth.EDGES for name in names)
    print(f"{'features':>9}{columns}   memory MB   first tile ms   import s")
    for growth in growths:
        speeds = "".join(speed_text(growth.per_second(i, zoom))
                         for zoom in measure_growth.EDGES for i in range(len(names)))
        memory = "/".join(f"{statistics.median(each.memory_mb):.0f}" for each in growth.everybody)
        first = "/".join(f"{statistics.median(each.first_ms):.0f}" for each in growth.everybody)
        print(f"{growth.features:>9}{speeds}   {memory}   {first}   {growth.import_s:.1f}")


def report_growth(bench, _, verdict):
    counts = [count for count in (1000, 10000, 100000, MOST_FEATURES) if count <= bench.growth]
    heading("Growth, the same to be seen in every tile: tiles per second")
    wider = [measure_growth.measure(bench, count, False, 3) for count in counts]
    print_growth(wider)
    for zoom in measure_growth.EDGES:
        ratio = wider[0].per_second(0, zoom) / wider[-1].per_second(0, zoom)
        verdict.at_most(ratio, 2.0, f"zoom {zoom}: {ratio:.2f} times the time a tile of {counts[-1]} features against "
                        f"{counts[0]} (2 at most)")
    heading("Growth, all in the same area: tiles per second")
    print_growth([measure_growth.measure(bench, count, True, 3) for count in counts])


def report_cached(bench, workload, verdict):
    heading("A tile from the cache")
    ours, theirs = measure_cached.compare_with_nginx(workload, 3 if bench.is_short else 5, 2 if bench.is_short else 5)
    print(f"{measure_cached.CONNECTIONS} connections kept open, the load generator on the same cores: "
          f"Plottafel {ours:.0f}/s, nginx {theirs:.0f}/s, ratio {ours / theirs:.2f}x")
    verdict.at_least(ours / theirs, 1.0, f"{ours / theirs:.2f} times nginx (1 wanted)", floor=0.75)
    report_hits(bench, workload, verdict)


def report_hits(bench, workload, verdict):
    """Judged where the client has a core of its own, as viewers have; where it shares those of the server, what it waits
    for is the processor rather than the server: that is told."""
    seconds = 2 if bench.is_short else 6
    os.sched_setaffinity(0, {CORES[-1]})
    idle, rendering, held, cold_ms = measure_cached.hits_beside_renders(workload, seconds, core=CORES[0])
    print("\nhits, one after the other; the server on one core, its clients on another")
    print_hits(idle, rendering, held)
    ratio = rendering.percentile_ms(99) / idle.percentile_ms(99)
    verdict.at_most(ratio, 2.0, f"p99 of a hit {ratio:.2f} times that of idle workers while all render (2 at most)",
                    ceiling=8)
    verdict.at_most(rendering.percentile_ms(50), cold_ms,
                    f"a hit is there before the render of a cold tile ({cold_ms:.1f} ms)")
    verdict.at_most(held.percentile_ms(99), max(20, 10 * idle.percentile_ms(99)),
                    "a hit never waits behind a render: it comes though no render ends")
    os.sched_setaffinity(0, CORES)
    print("hits, one after the other; all on the same cores")
    print_hits(*measure_cached.hits_beside_renders(workload, seconds)[:3])


def print_hits(idle, *others):
    for name, times in zip(("idle", "all rendering", "all held, no render ends"), (idle, *others)):
        print(f"  workers {name}: p50 {times.percentile_ms(50):.2f}, p99 {times.percentile_ms(99):.2f} ms "
              f"({times.percentile_ms(99) / idle.percentile_ms(99):.1f}x of idle)")


def report_changes(bench, workload, verdict):
    heading(f"A change among {workload.features} features")
    count = 60 if bench.is_short else 300
    acknowledged, seen, stale = measure_changes.run(workload, count)
    print(f"{count} changes while {measure_changes.VIEWERS} viewers look at {len(web_tiles.ZOOMS)} zooms: acknowledged "
          f"after p50 {acknowledged.percentile_ms(50):.1f}, p99 {acknowledged.percentile_ms(99):.1f} ms; then seen in a "
          f"new tile after p50 {seen.percentile_ms(50):.1f}, p99 {seen.percentile_ms(99):.1f} ms; stale answers: {stale}")
    verdict.at_most(acknowledged.percentile_ms(50), 50, f"half of the changes acknowledged after "
                    f"{acknowledged.percentile_ms(50):.1f} ms (at most 50)", ceiling=250)
    verdict.at_most(seen.percentile_ms(99), 100, f"p99 from acknowledged to seen {seen.percentile_ms(99):.1f} ms "
                    "(at most 100)")
    verdict.at_most(stale, 0, "no stale tile after the acknowledgement")


def report_briefing(bench, workload, verdict):
    heading("An A3 briefing by one command, from the start of the process to the file, and QGIS Server's GetPrint")
    rounds = 3 if bench.is_short else 7
    ours = measure_briefing.run(workload, rounds)
    for ending, (seconds, size) in ours.items():
        print(f"{ending}: {seconds:.2f} s, {size / 1000:.0f} KB")
        verdict.at_most(seconds, 1.5, f"A3 {ending} in {seconds:.2f} s (at most 1.5)", ceiling=2.4)
    seconds, size, memory_mb = measure_briefing.run_qgis(workload, rounds)
    print(f"QGIS Server, running and warm: {seconds:.2f} s, {size / 1000:.0f} KB, {memory_mb:.0f} MB of memory")
    our_seconds, our_size = ours["pdf"]
    verdict.at_most(our_seconds / seconds, 1.0, f"{our_seconds / seconds:.2f} times the time of QGIS Server (1 at most)")
    verdict.at_most(our_size / size, 1.0, f"{our_size / size:.2f} times the bytes of QGIS Server (1 at most)")


def report_seeding(_, workload, verdict):
    heading("Seeding an area")
    tiles, ways = measure_seeding.run(workload, SEEDING_ROUNDS)
    print(f"{SEEDING_ROUNDS} rounds in turn, medians; {tiles} tiles each")
    for way in ways:
        print(f"{way.name:24} {way.median_s():6.2f} s, {tiles / way.median_s():5.0f} tiles/s")
    ratio = ways[0].median_s() / ways[-1].median_s()
    verdict.at_least(ratio, 1.8, f"two cores seed {ratio:.2f} times as fast as one (1.8 wanted)")


def report_memory(bench, workload, verdict):
    features = workload.features
    heading(f"Memory of a service with {features} features and {measure_memory.WORKERS} workers")
    print(f"{measure_memory.CLIENTS} clients ask for pictures, pictures of two dots to a pixel and vector tiles; what "
          "processes share is counted once")
    print(f"{'':20} {'peak MB':>8} {'at the end':>10}   {'s':>5}   front, nursery, workers at the peak")
    phases = measure_memory.run(bench, features)
    for phase in phases:
        processes = " ".join(f"{memory_mb:.0f}" for memory_mb in phase.peaks_of_processes_mb)
        print(f"{phase.name:20} {phase.peak_mb:8.0f} {phase.end_mb:10.0f}   {phase.seconds:5.1f}   {processes}")
    peak_mb = max(phase.peak_mb for phase in phases)
    most_mb = 150 if features <= 10000 else 1500
    verdict.at_most(peak_mb, most_mb, f"at most {peak_mb:.0f} MB ({most_mb} wanted)")


def run_program(bench, name, title, *arguments):
    program = os.path.join(os.path.dirname(bench.plottafel), "tests", name)
    if os.path.exists(program):
        heading(title)
        sys.stdout.flush()
        subprocess.run([program, *arguments], stderr=subprocess.DEVNULL, check=True)


def report_insides(bench, workload, _):
    run_program(bench, "bench_tiles", "Where the time of a tile goes, in one process without sockets",
                os.path.join(bench.work, "plottafel.yaml"), "situation", workload.plot_file)
    run_program(bench, "bench_symbols", "Symbols, beside librsvg alone")


PARTS = {"tiles": report_tiles, "growth": report_growth, "cached": report_cached, "changes": report_changes,
         "briefing": report_briefing, "seeding": report_seeding, "insides": report_insides, "memory": report_memory}
ON_ONE_CORE = ("tiles", "growth")  # the client has the other one
ALONE = ("growth", "memory")  # they make plots of their own


class Bench:
    """What is asked of the whole run."""

    def __init__(self, options):
        self.is_short = options.short
        self.rest_s = options.rest
        self.growth = options.growth or MOST_FEATURES
        self.plottafel = os.path.abspath(options.plottafel)
        self.source = os.path.dirname(os.path.dirname(HERE))
        self.work = os.path.abspath(options.work)


def read_options():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh")
    parser.add_argument("plottafel", help="the program that is measured, a release build")
    parser.add_argument("--short", action="store_true", help="in about a minute, for CI")
    parser.add_argument("--features", type=int, default=10000, metavar="N", help="of the made plot; default 10000")
    parser.add_argument("--growth", type=int, metavar="N",
                        help=f"also plots of 1000 features up to N, ten times more each; alone {MOST_FEATURES}")
    parser.add_argument("--rest", type=float, default=measure_tiles.REST_S, metavar="SECONDS",
                        help="how long each server is left alone after its first tile; default %(default)s")
    parser.add_argument("--only", choices=PARTS, metavar="PART", help="nothing but " + ", ".join(PARTS))
    parser.add_argument("--work", default="/tmp/plottafel-bench", help="folder for what is made on the way")
    return parser.parse_args()


def conclude(verdict):
    heading("Targets missed: " + (str(len(verdict.misses)) if verdict.misses else "none"))
    print("\n".join(verdict.misses))
    return 1 if verdict.misses else 0


def parts_of(options):
    """Of the whole run: memory is measured alone, growth where it is asked for, seeding takes too long for CI."""
    if options.only:
        return [options.only]
    is_left_out = {"memory": True, "growth": not options.growth, "seeding": options.short}
    return [part for part in PARTS if not is_left_out.get(part)]


def main():
    options = read_options()
    bench, verdict = Bench(options), Verdict()
    workload = Workload(bench.plottafel, bench.source, bench.work, options.features, measure_growth.BASE_METRES)
    if options.only not in ALONE:
        workload.prepare()
    for part in parts_of(options):
        os.sched_setaffinity(0, {CORES[-1]} if part in ON_ONE_CORE else CORES)
        PARTS[part](bench, workload, verdict)
    return conclude(verdict)


if __name__ == "__main__":
    sys.exit(main())
