"""GDAL's own drivers: WMTS for pictures, GeoJSON for features."""

import json
import subprocess

from png_pixels import read_png, side_by_side

EDGE_M = {"NetherlandsRDNewQuad": (-285401.92, 903401.92, 3440.64),
          "WebMercatorQuad": (-20037508.3427892, 20037508.3427892, 156543.033928041)}


def _run(*command):
    """What it printed. Its complaints are an error when it fails."""
    result = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if result.returncode != 0:
        raise RuntimeError(f"{command[0]}: {result.stderr.strip()[:400]}")
    return result.stdout


def _window(tile_matrix_set, zoom, column, row, across):
    """The edges of a square of tiles: west, north, east, south, as gdal_translate -projwin wants them."""
    west, north, cell = EDGE_M[tile_matrix_set]
    side = 256 * cell / 2 ** zoom
    edges = west + column * side, north - row * side, west + (column + across) * side, north - (row + across) * side
    return [repr(edge) for edge in edges]


def _tiles(checks, tile_matrix_set, zoom, column, row, across):
    return side_by_side([[read_png(checks.ask(f"/xyz/situation/{tile_matrix_set}/{zoom}/{x}/{y}.png").body)
                          for x in range(column, column + across)] for y in range(row, row + across)])


def _check_pixels(checks, tile_matrix_set, zoom, column, row):
    source = (f"WMTS:{checks.base_url}/wmts/1.0.0/WMTSCapabilities.xml,layer=situation,"
              f"tilematrixset={tile_matrix_set},tilematrix={zoom}")
    out = f"{checks.folder}/{tile_matrix_set}.raw"
    _run("gdal_translate", "-q", source, "-projwin", *_window(tile_matrix_set, zoom, column, row, 2),
         "-of", "ENVI", "-co", "INTERLEAVE=BIP", out)
    with open(out, "rb") as file:
        found = file.read()
    expected = _tiles(checks, tile_matrix_set, zoom, column, row, 2)
    differing = sum(found[i:i + 4] != expected[i:i + 4] for i in range(0, len(expected), 4))
    checks.say(f"gdal_translate of a window of {tile_matrix_set} gives the dots of /xyz",
               len(found) == len(expected) and differing == 0, f"{differing} dots differ, {len(found)} bytes")
    checks.say(f"the window of {tile_matrix_set} is no empty sheet", len(set(zip(*[iter(found)] * 4))) > 16)


def check_wmts(checks):
    capabilities = f"WMTS:{checks.base_url}/wmts/1.0.0/WMTSCapabilities.xml"
    overview = json.loads(_run("gdalinfo", "-json", capabilities))
    subdatasets = [value for key, value in overview["metadata"]["SUBDATASETS"].items() if key.endswith("_NAME")]
    checks.say("gdalinfo lists two maps in four tile matrix sets and five styles", len(subdatasets) == 40, subdatasets)
    for name, code in (("NetherlandsRDNewQuad", 28992), ("WebMercatorQuad", 3857),
                       ("EuropeanETRS89_LAEAQuad", 3035)):
        source = f"{capabilities},layer=situation,tilematrixset={name}"
        dataset = json.loads(_run("gdalinfo", "-json", source))
        checks.holds(f"gdalinfo sees EPSG:{code} in {name}", dataset["coordinateSystem"]["wkt"], [f'ID["EPSG",{code}]'])
    kvp = f"WMTS:{checks.base_url}/wmts?service=WMTS&request=GetCapabilities,layer=situation,tilematrixset=WebMercatorQuad"
    checks.holds("gdalinfo opens the capabilities by key and value", _run("gdalinfo", kvp), ["Size is", "WMTS"])
    _check_pixels(checks, "NetherlandsRDNewQuad", 8, 112, 142)
    _check_pixels(checks, "WebMercatorQuad", 12, 2099, 1358)


def _count(source):
    return sum(int(line.split(":")[1]) for line in _run("ogrinfo", "-ro", "-so", "-al", source).splitlines()
               if line.startswith("Feature Count:"))


def check_geojson(checks):
    address = f"{checks.base_url}/plots/hollands-diep/features"
    expected = checks.ask(address).json()
    path = f"{checks.folder}/features.geojson"
    _run("curl", "-fsS", "-o", path, address)
    checks.equal("GDAL reads every feature of a curl'ed file", _count(path), expected["numberMatched"])
    checks.equal("GDAL reads every feature by address", _count(address), expected["numberMatched"])
    window = checks.ask(f"{address}?bbox=4.55,51.66,4.62,51.70").json()
    _run("ogr2ogr", "-f", "GeoJSON", f"{checks.folder}/window.geojson", path, "-spat", "4.55", "51.66", "4.62", "51.70")
    with open(f"{checks.folder}/window.geojson", encoding="utf-8") as file:
        inside = {feature["id"] for feature in json.load(file)["features"]}
    found = {feature["id"] for feature in window["features"]}
    checks.say("a bbox leaves out nothing that GDAL finds inside", inside <= found and len(found) > 0, inside - found)
    checks.say("a bbox leaves something out", len(found) < expected["numberMatched"])
