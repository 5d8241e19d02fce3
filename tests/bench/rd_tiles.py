"""rd_tiles.py - tiles of NetherlandsRDNewQuad (Geonovum, OGC tile matrix set in EPSG:28992)."""

MATRIX_SET = "NetherlandsRDNewQuad"
TILE_PX = 256
LEFT_M, TOP_M = -285401.92, 903401.92
COARSEST_M_PER_PX = 3440.64
ZOOMS = (6, 8, 10, 12)

# The middle of the exercise (port of Moerdijk) and a place far from it (Zwolle) to warm up on, EPSG:28992.
EXERCISE = (99600.0, 411300.0)
ELSEWHERE = (203000.0, 503000.0)
CHANGES = (100125.0, 411456.0)  # in the tile in which a feature is moved


def metres_per_px(zoom):
    return COARSEST_M_PER_PX / 2**zoom


def scale_denominator(zoom):
    return metres_per_px(zoom) / 0.00028


def around(place, zoom, edge):
    """edge x edge tiles around a place, row by row: (zoom, column, row)."""
    span = TILE_PX * metres_per_px(zoom)
    column = int((place[0] - LEFT_M) / span) - edge // 2
    row = int((TOP_M - place[1]) / span) - edge // 2
    return [(zoom, column + i % edge, row + i // edge) for i in range(edge * edge)]


def box(tile):
    """West, south, east, north in metres."""
    zoom, column, row = tile
    span = TILE_PX * metres_per_px(zoom)
    west, north = LEFT_M + column * span, TOP_M - row * span
    return west, north - span, west + span, north
