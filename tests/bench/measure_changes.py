"""measure_changes.py - from the acknowledgement of a change to its being seen in a newly fetched tile.

The tiles around the change are in the cache at five zooms, and viewers that have them open ask for them again and
again, so workers draw while changes come: what a change waits for is measured, not an idle service.
"""
import contextlib
import json
import threading
import time

import web_tiles
from client import Times, ask
from servers import MAP, PLOT, Plottafel

FEATURE = f"/plots/{PLOT}/features/bench-change"
ZOOM = 14
PLACES_DEG = ([4.59300, 51.68900], [4.59420, 51.68950])  # both in the tile that is asked for
EDGE = 4  # tiles of a viewer's window at each zoom
VIEWERS = 2
LOOKS_AGAIN_S = 0.02  # a viewer between two of its tiles


def target_of(tile):
    zoom, column, row = tile
    return f"/xyz/{MAP}/{web_tiles.MATRIX_SET}/{zoom}/{column}/{row}.png"


def windows():
    """The tiles that are looked at, of all zooms."""
    return [target_of(tile) for zoom in web_tiles.ZOOMS for tile in web_tiles.around(web_tiles.CHANGES, zoom, EDGE)]


def put(connection, place, tag):
    body = json.dumps({"type": "Feature", "id": "bench-change", "geometry": {"type": "Point", "coordinates": place},
                       "properties": {"symbol": "nl@1/inc.brand", "texts": {"n": "Moves"}}}).encode()
    answer = connection.request("PUT", FEATURE, body, [f"If-Match: {tag}"] if tag else ["If-None-Match: *"])
    if answer.status not in (200, 201, 204):
        raise RuntimeError(f"the change was refused: {answer.status} {answer.body!r}")
    return answer.headers["etag"]


def wait_for_other(connection, target, tag):
    """Asks until the tile is another one; gives its tag and how often it was asked for."""
    for count in range(1, 1000):
        answer = connection.get(target)
        if answer.headers["etag"] != tag:
            return answer.headers["etag"], count
    raise RuntimeError("the change is never seen")


def look(server, is_over):
    """One viewer."""
    connection = server.connect()
    targets = windows()
    while not is_over.is_set():
        for target in targets:
            ask(connection, [target])
            if is_over.wait(LOOKS_AGAIN_S):
                break
    connection.close()


@contextlib.contextmanager
def viewers(server, count):
    is_over = threading.Event()
    threads = [threading.Thread(target=look, args=(server, is_over)) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        is_over.set()
        for thread in threads:
            thread.join()


def move(connection, count):
    """Times from the change sent to acknowledged, and from acknowledged to seen; how many answers were stale."""
    target = target_of(web_tiles.containing(web_tiles.CHANGES, ZOOM))
    acknowledged, seen, stale = Times(), Times(), 0
    feature_tag = put(connection, PLACES_DEG[0], None)
    tile_tag = connection.get(target).headers["etag"]
    for number in range(1, count + 1):
        start = time.perf_counter()
        feature_tag = put(connection, PLACES_DEG[number % 2], feature_tag)
        done = time.perf_counter()
        tile_tag, asked = wait_for_other(connection, target, tile_tag)
        acknowledged.seconds.append(done - start)
        seen.seconds.append(time.perf_counter() - done)
        stale += asked - 1
    connection.request("DELETE", FEATURE, headers=[f"If-Match: {feature_tag}"])
    return acknowledged, seen, stale


def run(bench, count, viewer_count=VIEWERS):
    with Plottafel(bench, workers=2) as server:
        connection = server.wait_until_ready()
        ask(connection, windows())
        with viewers(server, viewer_count):
            return move(connection, count)
