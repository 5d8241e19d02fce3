"""measure_cached.py - a tile from the cache: how many per second beside nginx, and whether it waits for renders."""
import multiprocessing
import os
import signal
import statistics
import subprocess
import time

import web_tiles
from client import HttpConnection, Times, ask
from measure_tiles import plottafel_target
from servers import Plottafel, Server, children_of, free_port

CONNECTIONS = 64


class Nginx(Server):
    """nginx with what makes it fast for files: sendfile, open files kept, no log."""

    def __init__(self, bench):
        self.port = free_port()
        self.root = os.path.join(bench.work, "nginx")
        os.makedirs(self.root, exist_ok=True)
        configuration = os.path.join(self.root, "nginx.conf")
        with open(configuration, "w") as file:
            file.write(f"daemon off; worker_processes 2; pid {self.root}/nginx.pid; error_log {self.root}/error.log;\n"
                       + ("user root;\n" if os.getuid() == 0 else "") +
                       "events { worker_connections 1024; }\n"
                       f"http {{ access_log off; sendfile on; tcp_nodelay on; keepalive_requests 100000000;\n"
                       f"  open_file_cache max=100; types {{ image/png png; }} "
                       + "".join(f" {kind}_temp_path {self.root}/{kind};" for kind in
                                 ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) +
                       f"\n  server {{ listen 127.0.0.1:{self.port}; root {self.root}; }} }}\n")
        super().__init__(["nginx", "-c", configuration, "-e", f"{self.root}/error.log"],
                         os.path.join(bench.work, "nginx.log"))


def wrk_per_second(port, target, seconds):
    output = subprocess.run(["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", f"http://127.0.0.1:{port}{target}"],
                            check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(output)
    return float(next(line.split()[1] for line in output.splitlines() if line.startswith("Requests/sec")))


def compare_with_nginx(bench, rounds, seconds):
    """Medians of requests per second: ours, nginx's."""
    tile = web_tiles.containing(web_tiles.EXERCISE, 12)
    target = plottafel_target(tile, bench.moment)
    ours, theirs = [], []
    with Plottafel(bench, workers=2) as server, Nginx(bench) as nginx:
        body = server.wait_until_ready().get(target).body
        with open(os.path.join(nginx.root, "tile.png"), "wb") as file:
            file.write(body)
        for _ in range(rounds):
            ours.append(wrk_per_second(server.port, target, seconds))
            theirs.append(wrk_per_second(nginx.port, "/tile.png", seconds))
    return statistics.median(ours), statistics.median(theirs)


def draw_for_ever(port, targets, times):
    """Stands for viewers with machines of their own: nobody who is measured waits for this process."""
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    connection = HttpConnection(port)
    for target in targets:
        times.put(ask(connection, [target]).seconds[0])


class Renders:
    """Keeps all workers busy: other processes ask for one cold tile after the other, none twice."""

    CLIENTS = 4
    EDGE = 240  # tiles: more than are drawn in the time

    def __init__(self, bench, server):
        targets = [plottafel_target(tile, bench.moment) for tile in web_tiles.around(web_tiles.EXERCISE, 14, self.EDGE)]
        self.times = multiprocessing.Queue()
        self.processes = [
            multiprocessing.Process(target=draw_for_ever, args=(server.port, targets[i::self.CLIENTS], self.times))
            for i in range(self.CLIENTS)]

    def __enter__(self):
        for process in self.processes:
            process.start()
        for _ in range(20):  # all are at it
            self.times.get()
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
            process.join()


def hold(pids, signal_number):
    for pid in pids:
        os.kill(pid, signal_number)


def hits(connection, target, seconds):
    """Asks for a cached tile again and again, with a short pause between, as many viewers would."""
    times, end = Times(), time.perf_counter() + seconds
    while time.perf_counter() < end:
        times.add(ask(connection, [target]))
        time.sleep(0.0005)
    return times


def hits_beside_renders(bench, seconds, core=None):
    """Times of a cached tile: with idle workers, with all of them rendering, and with all of them held.
    core: that of the whole server, or None for all."""
    tile = web_tiles.containing(web_tiles.EXERCISE, 12)
    target = plottafel_target(tile, bench.moment)
    with Plottafel(bench, workers=2, core=core) as server:
        connection = server.wait_until_ready()
        ask(connection, [target])
        idle = hits(connection, target, seconds)
        workers = children_of(server.process.pid)[1:]
        with Renders(bench, server) as renders:
            rendering = hits(connection, target, seconds)
            cold = [renders.times.get() for _ in range(renders.times.qsize())]
            hold(workers, signal.SIGSTOP)
            held = hits(connection, target, seconds)
            hold(workers, signal.SIGCONT)
    return idle, rendering, held, statistics.median(cold) * 1000
