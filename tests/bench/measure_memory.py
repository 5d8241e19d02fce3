"""measure_memory.py - how much memory a service with two workers takes at most while clients ask it for coarse tiles.

Four clients ask for tiles of all zooms from 5 to 12: pictures, pictures of two dots to a pixel and vector tiles; zoom
after zoom, then of all zooms at once, and once more after a change. Coarse tiles are the hard ones: a district of theirs
has all features of the plot. Meanwhile it is looked up every 50 ms what front, nursery and workers take, where what they
share is counted once (proportional set size).
"""
import json
import os
import queue
import random
import shutil
import subprocess
import threading
import time

import web_tiles
from measure_growth import BASE_METRES
from servers import MAP, PLOT, Plottafel, children_of, free_port, write_configuration
from workload import Workload

ZOOMS = range(5, 13)
ENDINGS = (".png", "@2x.png", ".mvt")
CLIENTS, WORKERS = 4, 2
TILES_AT_ONCE = 24
LOOK_S = 0.05
DEADLINE_MS = 120000  # a machine that others use too shall not matter
BUSY_S = 1.0  # until a server that had too much to do is asked again
MOST_TRIES = 60


class PlotAlone(Workload):
    """The plot in its store, and nothing for the peers. One that an earlier run has left there is taken as it is: it is
    whole when the file that it was made of is gone."""

    def prepare(self):
        if os.path.exists(self.store) and not os.path.exists(self.plot_file):
            return
        shutil.rmtree(self.work, ignore_errors=True)
        os.makedirs(self.work)
        self.write_plot()
        configuration = os.path.join(self.work, "plottafel.yaml")
        write_configuration(configuration, self.example, self.store, free_port(), WORKERS)
        subprocess.run([self.plottafel, "import", PLOT, self.plot_file, "--config", configuration], check=True,
                       stdout=subprocess.DEVNULL)
        os.remove(self.plot_file)


class Phase:
    """What was seen while some tiles were asked for, MB."""

    def __init__(self, name):
        self.name = name
        self.peak_mb, self.peaks_of_processes_mb = 0, []
        self.end_mb, self.seconds = 0, 0

    def look(self, memory_mb):
        total_mb = sum(memory_mb)
        if total_mb > self.peak_mb:
            self.peak_mb, self.peaks_of_processes_mb = total_mb, memory_mb


def memory_of_processes_mb(server):
    """Of front, nursery and workers, in the order in which they were started."""
    found = []
    for pid in children_of(server.process.pid):
        try:
            with open(f"/proc/{pid}/smaps_rollup") as file:
                found.append(sum(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024)
        except (FileNotFoundError, ProcessLookupError):
            pass  # it has ended meanwhile
    return found


class Watch:
    """Looks at the memory of a server as long as it is entered, for one phase after the other."""

    def __init__(self, server):
        self.server = server
        self.phase = Phase("start")
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def run(self):
        while not self.is_over.wait(LOOK_S):
            self.phase.look(memory_of_processes_mb(self.server))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()


def target(tile, ending):
    zoom, column, row = tile
    return f"/xyz/{MAP}/{web_tiles.MATRIX_SET}/{zoom}/{column}/{row}{ending}"


def targets_of(zoom):
    return [target(tile, ending) for ending in ENDINGS for tile in web_tiles.around(web_tiles.EXERCISE, zoom, 2)]


def targets_of_all_zooms():
    """Some that nobody has asked for yet, in an order that is always the same."""
    chance = random.Random(1953)
    return [target(chance.choice(web_tiles.around(web_tiles.EXERCISE, chance.choice(ZOOMS), 4)), chance.choice(ENDINGS))
            for _ in range(TILES_AT_ONCE)]


def get(connection, path):
    """A server may say that it has too much to do at the moment: then it is asked once more."""
    for _ in range(MOST_TRIES):
        answer = connection.get(path)
        if answer.status in (200, 204):
            return
        if answer.status not in (503, 504):
            break
        time.sleep(BUSY_S)
    raise RuntimeError(f"no tile for {path}: {answer.status} {answer.body[:300]!r}")


def ask_with_clients(server, paths):
    """Each of the clients takes the next one as soon as it has its own."""
    waiting, faults = queue.SimpleQueue(), []
    for path in paths:
        waiting.put(path)

    def ask():
        connection = server.connect()
        connection.socket.settimeout(None)
        try:
            while True:
                get(connection, waiting.get_nowait())
        except queue.Empty:
            connection.close()
        except (RuntimeError, OSError) as fault:
            faults.append(fault)

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if faults:
        raise faults[0]


def change(server):
    """Gives a feature another name, so that no tile from before will do."""
    connection = server.connect()
    path = f"/plots/{PLOT}/features/f-0"
    answer = connection.get(path)
    feature = json.loads(answer.body)
    feature["properties"]["texts"]["n"] = f"Feature of {time.time():.0f}"
    answer = connection.request("PUT", path, json.dumps(feature).encode(), (f"If-Match: {answer.headers['etag']}",))
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"no change: {answer.status} {answer.body[:300]!r}")


def run_phase(watch, name, paths):
    phase = watch.phase = Phase(name)
    start = time.perf_counter()
    ask_with_clients(watch.server, paths)
    phase.seconds = time.perf_counter() - start
    at_end_mb = memory_of_processes_mb(watch.server)
    phase.end_mb = sum(at_end_mb)
    phase.look(at_end_mb)
    return phase


def run(bench, features):
    """The phases, in the order in which they were measured."""
    workload = PlotAlone(bench.plottafel, bench.source, os.path.join(bench.work, f"memory-{features}"), features,
                         BASE_METRES)
    workload.prepare()
    with Plottafel(workload, workers=WORKERS, deadline_ms=DEADLINE_MS) as server, Watch(server) as watch:
        server.wait_until_ready()
        phases = [run_phase(watch, f"zoom {zoom}", targets_of(zoom)) for zoom in ZOOMS]
        phases.append(run_phase(watch, "all zooms at once", targets_of_all_zooms()))
        change(server)
        phases.append(run_phase(watch, "and after a change", targets_of_all_zooms()))
    return phases
