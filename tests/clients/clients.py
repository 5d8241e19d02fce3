"""Runs all clients against a running service.

    clients.py BASE_URL FOLDER      FOLDER takes what they write
"""

import sys

import conditions_client
import documents_client
import events_client
import gdal_client
import owslib_client
import package_client
import problems_client
import tilejson_client
import vector_client
import wmts_client
from checks import run

GROUPS = [
    ("GDAL: WMTS", gdal_client.check_wmts),
    ("GDAL: GeoJSON", gdal_client.check_geojson),
    ("OWSLib: WMTS", owslib_client.check),
    ("OWSLib: OGC API", owslib_client.check_ogc_api),
    ("WMTS: document and exceptions", wmts_client.check),
    ("TileJSON", tilejson_client.check),
    ("GDAL: vector tiles", vector_client.check),
    ("conditional requests", conditions_client.check_reading),
    ("edits with If-Match", conditions_client.check_writing),
    ("tiles after a change", conditions_client.check_tiles),
    ("server-sent events", events_client.check),
    ("briefing as PDF", documents_client.check_briefing),
    ("legends and symbols", documents_client.check_pictures),
    ("lists and the interface", documents_client.check_interface),
    ("packages of tiles", package_client.check_packages),
    ("problems: addresses", problems_client.check_addresses),
    ("problems: bodies", problems_client.check_bodies),
    ("problems: briefings", problems_client.check_briefings),
]


if __name__ == "__main__":
    sys.exit(run(*sys.argv[1:3], GROUPS))
