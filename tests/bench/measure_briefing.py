"""measure_briefing.py - an A3 briefing: by one command, from the start of the process to the file, and beside it an
equal layout printed by a QGIS Server that is running."""
import json
import os
import statistics
import subprocess
import time

from plot_layers import LABEL, looks_of_set
from servers import MAP, QgisServer

FORMATS = ("pdf", "svg", "png")
CENTRE_RD, SCALE = (100000, 411500), 50000  # as in qgis_project.py, which runs in a Python of its own
MAP_MM = (290, 250)


def run_once(bench, path):
    command = [bench.plottafel, "briefing", MAP, "--config", os.path.join(bench.work, "plottafel.yaml"), "--paper", "A3",
               "--landscape", "--center", ",".join(map(str, CENTRE_RD)), "--scale", str(SCALE), "-o", path]
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


def make_qgis_project(bench):
    folder = os.path.join(bench.work, "qgis")
    os.makedirs(folder, exist_ok=True)
    looks = os.path.join(folder, "looks.json")
    with open(looks, "w") as file:
        json.dump([looks_of_set(bench), LABEL, MAP], file)
    program = os.path.join(os.path.dirname(os.path.abspath(__file__)), "qgis_project.py")
    subprocess.run(["/usr/bin/python3", "-B", program, bench.example, looks, os.path.join(bench.work, "mapserver"),
                    os.path.join(folder, "print.qgs")], check=True, env=dict(os.environ, QT_QPA_PLATFORM="offscreen"),
                   capture_output=True)


def print_request():
    half_width, half_height = (edge / 2000 * SCALE for edge in MAP_MM)
    x, y = CENTRE_RD
    return ("SERVICE=WMS&VERSION=1.3.0&REQUEST=GetPrint&TEMPLATE=A3&FORMAT=pdf&DPI=300&CRS=EPSG:28992&map0:EXTENT="
            f"{x - half_width},{y - half_height},{x + half_width},{y + half_height}")


def run_qgis(bench, rounds):
    """Median seconds of a print once the server has the project, and bytes; and its memory in MB."""
    make_qgis_project(bench)
    with QgisServer(bench) as server:
        connection = server.connect()
        connection.get(print_request())  # opens the project and its layers: seconds
        seconds = []
        for _ in range(rounds):
            start = time.perf_counter()
            answer = connection.get(print_request())
            seconds.append(time.perf_counter() - start)
        if not answer.body.startswith(b"%PDF"):
            raise RuntimeError(f"QGIS Server did not print: {answer.body[:300]!r}")
        with open(os.path.join(bench.work, "qgis", "print.pdf"), "wb") as file:
            file.write(answer.body)
        return statistics.median(seconds), len(answer.body), server.memory_mb()
