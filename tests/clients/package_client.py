"""Packages of tiles that `plottafel seed` makes, opened by readers of others: GDAL's MBTiles driver, PMTiles' own."""

import json
import os
import sqlite3

from gdal_client import _run

BOX = "4.55,51.66,4.65,51.72"


def _seed(checks, name):
    out = f"{checks.folder}/{name}"
    _run(os.environ["PLOTTAFEL"], "--config", f"{checks.folder}/plottafel.yaml", "seed", "situation", "--bbox", BOX,
         "--zoom", "8-13", "-o", out)
    return out


def _check_mbtiles(checks, path):
    dataset = json.loads(_run("gdalinfo", "-json", path))
    checks.equal("gdalinfo opens the MBTiles in web mercator", dataset["coordinateSystem"]["wkt"].count("3857"), 1)
    checks.equal("gdalinfo reads the zooms of the MBTiles", dataset["metadata"][""]["maxzoom"], "13")
    pixel = _run("gdallocationinfo", "-valonly", "-wgs84", path, "4.6", "51.69")
    checks.say("gdallocationinfo reads a pixel of the MBTiles", len(pixel.split()) == 4, pixel)


def _check_pmtiles(checks, path, mbtiles_path):
    try:
        from pmtiles.reader import MmapSource, Reader, all_tiles
    except ImportError:
        print("     the reader of PMTiles (PyPI: pmtiles) is not there: PMTiles are not opened")
        return
    tiles = sqlite3.connect(mbtiles_path)
    with open(path, "rb") as file:
        header = Reader(MmapSource(file)).header()
        found = {(z, x, 2 ** z - 1 - y): data for (z, x, y), data in all_tiles(MmapSource(file))}
    expected = {row[:3]: row[3] for row in
                tiles.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")}
    checks.equal("PMTiles are clustered and say their zooms",
                 (header["clustered"], header["min_zoom"], header["max_zoom"]), (True, 8, 13))
    checks.say("PMTiles have the tiles of the MBTiles", found == expected, f"{len(found)} and {len(expected)}")


def check_packages(checks):
    if "PLOTTAFEL" not in os.environ:
        raise RuntimeError("PLOTTAFEL does not say where the program is")
    mbtiles = _seed(checks, "package.mbtiles")
    _check_mbtiles(checks, mbtiles)
    _check_pmtiles(checks, _seed(checks, "package.pmtiles"), mbtiles)
