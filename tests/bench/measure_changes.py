"""measure_changes.py - from the acknowledgement of a change to its being seen in a newly fetched tile."""
import json
import time

import web_tiles
from client import Times
from servers import MAP, PLOT, Plottafel

FEATURE = f"/plots/{PLOT}/features/bench-change"
ZOOM = 14
PLACES_DEG = ([4.59300, 51.68900], [4.59420, 51.68950])  # both in the tile that is asked for


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


def run(bench, count):
    """Times from the change sent to acknowledged, and from acknowledged to seen; how many answers were stale."""
    zoom, column, row = web_tiles.containing(web_tiles.CHANGES, ZOOM)
    target = f"/xyz/{MAP}/{web_tiles.MATRIX_SET}/{zoom}/{column}/{row}.png"
    acknowledged, seen, stale = Times(), Times(), 0
    with Plottafel(bench, workers=2) as server:
        connection = server.wait_until_ready()
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
