"""workload.py - what is drawn: a plot, its store, and the same data for the peers, in a folder of its own."""
import glob
import os
import shutil
import subprocess
import time

import make_plot
import mapfile
import mapnik_style
from servers import PLOT, Plottafel, free_port, write_configuration


class Workload:
    """A made plot of some features. Its moment is None: all of them are valid at any time."""

    moment = None
    import_s = None  # how long prepare() took to bring the plot into the store

    def __init__(self, plottafel, source, work, features, metres):
        self.plottafel, self.source, self.work = plottafel, source, work
        self.features, self.metres = features, metres
        self.example = os.path.join(source, "examples", "hollands-diep")
        self.store = os.path.join(work, "plots.gpkg")
        self.plot_file = os.path.join(work, "plot.geojson")

    def write_plot(self):
        make_plot.write(self.plot_file, self.features, self.metres)

    def prepare(self):
        """Makes all of it anew; empties what earlier runs left in the folder, and nothing else in it."""
        for name in ("mapserver", "mapnik", "nginx", "pictures"):
            shutil.rmtree(os.path.join(self.work, name), ignore_errors=True)
        for path in glob.glob(glob.escape(self.store) + "*"):
            os.remove(path)
        os.makedirs(self.work, exist_ok=True)
        self.write_plot()
        configuration = os.path.join(self.work, "plottafel.yaml")
        write_configuration(configuration, self.example, self.store, free_port(), 1)
        start = time.perf_counter()
        subprocess.run([self.plottafel, "import", PLOT, self.plot_file, "--config", configuration], check=True,
                       stdout=subprocess.DEVNULL)
        self.import_s = time.perf_counter() - start
        with Plottafel(self) as server:
            mapfile.write_map(self, server.wait_until_ready, self.moment)
        mapnik_style.write_style(self)
