"""measure_growth.py - how each grows as the plot does: elsewhere, with the same to be seen, or in one area.

Elsewhere: the first thousand features are the same in every plot and lie where tiles are asked for; all others lie as
densely, but so far off that no district with one of the tiles has any of them. So every tile is the same picture, and
what grows is what a plot costs that is not seen.
"""
import os
import time

import make_plot
import measure_tiles
from workload import Workload

BASE_FEATURES, BASE_METRES = 10000, 140000.0
NEAR_FEATURES = 1000
GAP_METRES = 600000.0  # a district of zoom 10 has 194 km there
EDGES = {10: 4, 12: 8, 14: 12}
MOST_S = 8.0  # that a peer may take for the tiles of one zoom: among very many features it would take minutes


class Growth:
    """What a plot of some features costs each contender."""

    def __init__(self, features, everybody, import_s):
        self.features, self.everybody, self.import_s = features, everybody, import_s

    def per_second(self, contender, zoom):
        """None: it did not get to that zoom in time."""
        each = self.everybody[contender]
        return each.per_second(zoom) if each.rounds.get(zoom) else None


def edge_of(features):
    """Of a square with so many, metres."""
    return BASE_METRES * (features / BASE_FEATURES) ** 0.5


class PlotAround(Workload):
    """The same in the middle, and all others elsewhere."""

    def write_plot(self):
        edge = (edge_of(self.features - NEAR_FEATURES) ** 2 + GAP_METRES ** 2) ** 0.5
        make_plot.write_around(self.plot_file, self.features, edge, NEAR_FEATURES, edge_of(NEAR_FEATURES), GAP_METRES)


def run_rounds(workload, rounds):
    """A peer that takes long for one round is not asked for another."""
    ours, *peers = measure_tiles.contenders(workload)
    spent_s = dict.fromkeys(peers, 0.0)
    for _ in range(rounds):
        ours.run_round(EDGES, measure_tiles.REST_S)
        for peer in peers:
            if spent_s[peer] < MOST_S:
                start = time.perf_counter()
                peer.run_round(EDGES, measure_tiles.REST_S, MOST_S)
                spent_s[peer] += time.perf_counter() - start
    return [ours, *peers]


def measure(bench, features, is_denser, rounds):
    folder = os.path.join(bench.work, f"{features}-{'denser' if is_denser else 'wider'}")
    kind = Workload if is_denser else PlotAround
    workload = kind(bench.plottafel, bench.source, folder, features, BASE_METRES)
    workload.prepare()
    return Growth(features, run_rounds(workload, rounds), workload.import_s)
