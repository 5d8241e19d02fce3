"""servers.py - starts the servers of the benchmark on free ports of 127.0.0.1 and stops them by their id."""
import contextlib
import glob
import os
import signal
import socket
import subprocess
import time

from client import FastCgiConnection, HttpConnection, PipeConnection

MAPSERV = "/usr/lib/cgi-bin/mapserv"
QGIS_MAPSERV = "/usr/lib/cgi-bin/qgis_mapserv.fcgi"
CORES = sorted(os.sched_getaffinity(0))  # a measured server has the first, the client the last
MAP = "situation"
PLOT = "hollands-diep"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children_of(pid):
    """The process and all that it started, whichever of its threads did."""
    found = [pid]
    for task in found:
        for listing in glob.glob(f"/proc/{task}/task/*/children"):
            with contextlib.suppress(FileNotFoundError), open(listing) as file:
                found += [int(child) for child in file.read().split()]
    return found


class Server:
    """One started program. core: the processor it may use, or None for all."""

    stop_signal = signal.SIGTERM

    def __init__(self, command, log, core=None, **options):
        pinned = ["taskset", "-c", str(core), *command] if core is not None else command
        self.started = time.perf_counter()
        self.log = open(log, "ab")
        streams = {"stdout": self.log, "stderr": self.log, **options}
        self.process = subprocess.Popen(pinned, **streams)

    def memory_mb(self):
        """Memory of it and its children; what some share is counted once (proportional set size)."""
        total_kb = 0
        for pid in children_of(self.process.pid):
            with open(f"/proc/{pid}/smaps_rollup") as file:
                total_kb += sum(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        return total_kb / 1024

    def stop(self):
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def write_configuration(path, example, store, port, workers, deadline_ms=15000):
    grids = os.path.join(example, "work", "grids")
    with open(path, "w") as file:
        file.write(f"store: {store}\n"
                   f"catalogue: {example}/catalogue.yaml\n"
                   f"maps: {example}/maps.yaml\n"
                   + (f"grids: {grids}\n" if os.path.isdir(grids) else "") +
                   f"plots: [{{name: {PLOT}, title: Benchmark, activity: benchmark, exercise: true}}]\n"
                   f"service: {{listen: 127.0.0.1, port: {port}, workers: {workers}, writers: open, "
                   f"deadline_ms: {deadline_ms}}}\n")


class Plottafel(Server):
    """plottafel serve over a store of its own."""

    def __init__(self, bench, workers=1, core=None, **settings):
        self.port = free_port()
        configuration = os.path.join(bench.work, "plottafel.yaml")
        write_configuration(configuration, bench.example, bench.store, self.port, workers, **settings)
        super().__init__([bench.plottafel, "serve", "--config", configuration],
                         os.path.join(bench.work, "plottafel.log"), core)

    def connect(self):
        while True:
            try:
                return HttpConnection(self.port)
            except ConnectionRefusedError:
                if self.process.poll() is not None:
                    raise RuntimeError(f"plottafel stopped, see {self.log.name}") from None
                time.sleep(0.001)

    def wait_until_ready(self):
        connection = self.connect()
        while connection.get("/readyz").status != 200:
            time.sleep(0.005)
        return connection


class MapServer(Server):
    """One mapserv process that speaks FastCGI on a socket it inherits as its standard input."""

    stop_signal = signal.SIGKILL  # it has nothing to lose, and waits for one more request otherwise

    def __init__(self, bench, core=None):
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self.folder = os.path.join(bench.work, "mapserver")
        environment = dict(os.environ, MAPSERVER_CONFIG_FILE=os.path.join(self.folder, "mapserver.conf"))
        super().__init__([MAPSERV], os.path.join(bench.work, "mapserver.log"), core,
                         stdin=listener, env=environment)
        listener.close()

    def connect(self):
        return FastCgiConnection(self.port, {"REQUEST_METHOD": "GET", "SERVER_NAME": "localhost",
                                             "SERVER_PORT": "80", "SCRIPT_NAME": "/mapserv",
                                             "MS_MAPFILE": os.path.join(self.folder, "bench.map")})


class QgisServer(Server):
    """One qgis_mapserv process that speaks FastCGI, with the project of qgis_project.py."""

    def __init__(self, bench, core=None):
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = listener.getsockname()[1]
        self.project = os.path.join(bench.work, "qgis", "print.qgs")
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", QGIS_PROJECT_FILE=self.project,
                           QGIS_SERVER_LOG_LEVEL="2", QGIS_SERVER_LOG_STDERR="1")
        super().__init__([QGIS_MAPSERV], os.path.join(bench.work, "qgis.log"), core, stdin=listener, env=environment)
        listener.close()

    def connect(self):
        return FastCgiConnection(self.port, {"REQUEST_METHOD": "GET", "SERVER_NAME": "localhost", "SERVER_PORT": "80",
                                             "SCRIPT_NAME": "/qgis", "QGIS_PROJECT_FILE": self.project})


class Mapnik(Server):
    """One process that draws with Mapnik, asked through its standard input."""

    def __init__(self, bench, core=None):
        program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "mapnik_renderer.py")
        super().__init__(["/usr/bin/python3", "-B", program, os.path.join(bench.work, "mapnik", "style.xml")],
                         os.path.join(bench.work, "mapnik.log"), core, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def connect(self):
        return PipeConnection(self.process)
