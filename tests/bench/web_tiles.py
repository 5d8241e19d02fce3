"""web_tiles.py - tiles of WebMercatorQuad (OGC tile matrix set in EPSG:3857), the set that all peers are asked for."""
import math

MATRIX_SET = "WebMercatorQuad"
CRS = "EPSG:3857"
TILE_PX = 256
HALF_WORLD_M = math.pi * 6378137.0
COARSEST_M_PER_PX = 2 * HALF_WORLD_M / TILE_PX
ZOOMS = (6, 8, 10, 12, 14)


def projected(lon_deg, lat_deg):
    y = math.log(math.tan(math.pi / 4 + math.radians(lat_deg) / 2))
    return HALF_WORLD_M * lon_deg / 180, 6378137.0 * y


# The middle of the exercise (port of Moerdijk) and a place far from it (Milan) to warm up on.
EXERCISE = projected(4.60, 51.69)
ELSEWHERE = projected(9.19, 45.46)
CHANGES = projected(4.5936, 51.6893)  # in the tile in which a feature is moved


def metres_per_px(zoom):
    return COARSEST_M_PER_PX / 2**zoom


def scale_denominator(zoom):
    return metres_per_px(zoom) / 0.00028


def around(place, zoom, edge):
    """edge x edge tiles around a place, row by row: (zoom, column, row)."""
    span = TILE_PX * metres_per_px(zoom)
    column = round((place[0] + HALF_WORLD_M) / span - edge / 2)
    row = round((HALF_WORLD_M - place[1]) / span - edge / 2)
    return [(zoom, column + i % edge, row + i // edge) for i in range(edge * edge)]


def containing(place, zoom):
    span = TILE_PX * metres_per_px(zoom)
    return zoom, int((place[0] + HALF_WORLD_M) / span), int((HALF_WORLD_M - place[1]) / span)


def box(tile):
    """West, south, east, north in metres."""
    zoom, column, row = tile
    span = TILE_PX * metres_per_px(zoom)
    west, north = column * span - HALF_WORLD_M, HALF_WORLD_M - row * span
    return west, north - span, west + span, north
