"""Vector tiles as GDAL's own driver reads them: places of features, valid areas, and how they are packed."""

import gzip
import math
import os

from osgeo import ogr

ogr.UseExceptions()
ZOOM = 12
WIDTH_M = 2 * 20037508.342789244 / 2**ZOOM
TYPE = "application/vnd.mapbox-vector-tile"


def _to_mercator(lon, lat):
    return (math.radians(lon) * 6378137, math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) * 6378137)


def _tile_of(lon, lat):
    x, y = _to_mercator(lon, lat)
    return (int((x + 20037508.342789244) / WIDTH_M), int((20037508.342789244 - y) / WIDTH_M))


def _open(checks, column, row):
    """GDAL takes zoom, column and row from the path of a file."""
    answer = checks.ask(f"/xyz/situation/WebMercatorQuad/{ZOOM}/{column}/{row}.mvt")
    folder = os.path.join(checks.folder, "mvt", str(ZOOM), str(column))
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f"{row}.mvt")
    with open(path, "wb") as file:
        file.write(answer.body)
    return ogr.Open(path)


def _check_places(checks, features):
    """Each point within a unit of its tile, which is WIDTH_M / 4096 wide."""
    wrong = []
    found = 0
    for feature in features:
        lon, lat = feature["geometry"]["coordinates"][:2]
        column, row = _tile_of(lon, lat)
        source = _open(checks, column, row)  # kept: layers do not live without it
        layer = source.GetLayerByName("hollands-diep.points")
        layer.SetAttributeFilter(f"id = '{feature['id']}' AND role = 'symbol'")
        for read in layer:
            geometry = read.GetGeometryRef()
            x, y = _to_mercator(lon, lat)
            if max(abs(geometry.GetX() - x), abs(geometry.GetY() - y)) > WIDTH_M / 4096:
                wrong.append(feature["id"])
            found += 1
    checks.equal("every point of the plot is in its tile", found, len(features))
    checks.equal("and within a unit of its place", wrong, [])


def _check_areas(checks, column, row):
    source = _open(checks, column, row)
    broken = []
    count = 0
    for i in range(source.GetLayerCount()):
        for feature in source.GetLayer(i):
            geometry = feature.GetGeometryRef()
            count += 1
            if not geometry.IsValid():
                broken.append((source.GetLayer(i).GetName(), feature.GetFID()))
    checks.say("tiles of the exercise hold features", count > 20, count)
    checks.equal("all geometry is valid", broken, [])


def _check_packing(checks, path):
    plain = checks.ask(path, headers={"Accept-Encoding": "identity"})
    packed = checks.ask(path, headers={"Accept-Encoding": "br, gzip;q=0.5"})
    refused = checks.ask(path, headers={"Accept-Encoding": "gzip;q=0, br"})
    checks.equal("the content type is that of vector tiles", plain.content_type(), TYPE)
    checks.equal("who takes gzip gets it", packed.headers.get("Content-Encoding"), "gzip")
    checks.equal("who does not gets plain bytes", (plain.headers.get("Content-Encoding"), refused.headers.get("Content-Encoding")), (None, None))
    checks.say("they are the same", gzip.decompress(packed.body) == plain.body == refused.body)
    checks.say("with two entity tags", packed.etag() != plain.etag(), plain.etag())
    checks.holds("and caches are told", packed.headers.get("Vary", ""), ["Accept-Encoding"])
    for answer, encoding in ((plain, "identity"), (packed, "gzip")):
        again = checks.ask(path, headers={"Accept-Encoding": encoding, "If-None-Match": answer.etag()})
        checks.equal(f"a known tile ({encoding}) is not sent again", (again.status, len(again.body)), (304, 0))


def _check_documents(checks):
    document = checks.ask("/xyz/situation/WebMercatorQuad.vector.json").json()
    layers = {layer["id"]: layer["fields"] for layer in document["vector_layers"]}
    checks.say("TileJSON names the layers of the plot", {"hollands-diep.areas", "hollands-diep.lines", "hollands-diep.points"} <= set(layers), list(layers))
    checks.say("and their fields", layers["hollands-diep.points"].get("priority") == "Number" and "icon" in layers["hollands-diep.points"])
    style = checks.ask("/maps/situation/style.json?as-of=2026-10-08T09:30:00Z").json()
    checks.holds("a style of a moment has it in its tiles", style["sources"]["map"]["tiles"][0], ["as-of=2026-10-08T09:30:00Z"])
    checks.equal("letters are there", checks.ask("/fonts/B612%20Bold%20Italic/8192-8447.pbf").status, 200)
    for path in ("/fonts/Arial/0-255.pbf", "/fonts/B612%20Bold/0-254.pbf", "/fonts/B612%20Bold/65536-65791.pbf", "/fonts/B612%20Bold/x.pbf", "/maps/nowhere/style.json", "/maps/nowhere/sprite.png",
                 "/xyz/nowhere/WebMercatorQuad/0/0/0.mvt", "/xyz/situation/Nowhere/0/0/0.mvt", "/xyz/situation/Nowhere.vector.json"):
        checks.equal(f"{path} is not found", checks.ask(path).status, 404)
    for path in ("/maps/situation/style.json?palette=pink", "/maps/situation/style.json?as-of=yesterday", "/maps/situation/sprite.json?zoom=1"):
        checks.equal(f"{path} is refused", checks.ask(path).status, 400)


def check(checks):
    moment = checks.ask("/maps/situation/style.json").json()["metadata"]["plottafel:moment"]
    features = checks.ask(f"/plots/hollands-diep/features?as-of={moment}").json()["features"]
    points = [feature for feature in features if feature["geometry"]["type"] == "Point" and "template" not in feature["properties"]]
    column, row = _tile_of(4.585, 51.69)
    _check_places(checks, points)
    _check_areas(checks, column, row)
    _check_packing(checks, f"/xyz/situation/WebMercatorQuad/{ZOOM}/{column}/{row}.mvt")
    _check_documents(checks)
