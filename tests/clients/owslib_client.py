"""OWSLib, the client library behind many Python programs: capabilities and tiles by key and value, OGC API."""

from owslib.ogcapi.processes import Processes
from owslib.wmts import WebMapTileService

# As the capabilities list them, and how their tiles end under /xyz.
FORMATS = [("image/png", "png"), ("image/png; mode=8bit", "png8"), ("image/webp", "webp"), ("image/jpeg", "jpg")]


def _check_content(checks, wmts):
    layer = wmts.contents["situation"]
    checks.equal("OWSLib reads the maps", sorted(wmts.contents), ["flood", "situation"])
    checks.equal("OWSLib reads the title", layer.title, "Situatie")
    checks.equal("OWSLib reads the formats", layer.formats, [content_type for content_type, _ in FORMATS])
    checks.say("OWSLib reads the style and its legend",
               layer.styles.get("default", {}).get("isDefault") is True and "legend" in layer.styles["default"],
               layer.styles)
    checks.say("OWSLib reads the box", layer.boundingBoxWGS84[0] < 4.6 < layer.boundingBoxWGS84[2],
               layer.boundingBoxWGS84)
    checks.equal("OWSLib reads the tile matrix sets", sorted(layer.tilematrixsetlinks),
                 ["EuropeanETRS89_LAEAQuad", "NetherlandsRDNewQuad", "WebMercatorQuad", "WorldCRS84Quad"])


def _check_matrices(checks, wmts):
    rd = wmts.tilematrixsets["NetherlandsRDNewQuad"]
    first = rd.tilematrix["0"]
    checks.equal("OWSLib reads 17 matrices of RD", len(rd.tilematrix), 17)
    checks.equal("OWSLib reads the corner of RD", first.topleftcorner, (-285401.92, 903401.92))
    checks.say("OWSLib reads the scale of RD", abs(first.scaledenominator - 12288000) < 0.01, first.scaledenominator)
    laea = wmts.tilematrixsets["EuropeanETRS89_LAEAQuad"].tilematrix["0"]
    checks.equal("the corner of LAEA has north first, as its CRS", laea.topleftcorner, (5500000.0, 2000000.0))


def check(checks):
    wmts = WebMapTileService(f"{checks.base_url}/wmts")
    _check_content(checks, wmts)
    _check_matrices(checks, wmts)
    for content_type, ending in FORMATS:
        tile = wmts.gettile(layer="situation", style="default", tilematrixset="NetherlandsRDNewQuad",
                            tilematrix="8", row=142, column=112, format=content_type).read()
        expected = checks.ask(f"/xyz/situation/NetherlandsRDNewQuad/8/112/142.{ending}").body
        checks.say(f"OWSLib's GetTile as {content_type} gives the bytes of .{ending}", tile == expected,
                   f"{len(tile)} bytes")
    for name, matrix, row, column in (("NetherlandsRDNewQuad", 8, 142, 112), ("WebMercatorQuad", 12, 1359, 2099)):
        tile = wmts.gettile(layer="situation", style="default", tilematrixset=name, tilematrix=str(matrix), row=row,
                            column=column, format="image/png").read()
        expected = checks.ask(f"/xyz/situation/{name}/{matrix}/{column}/{row}.png").body
        checks.say(f"OWSLib's GetTile of {name} gives the bytes of /xyz", tile == expected, f"{len(tile)} bytes")
    mono = wmts.gettile(layer="situation", style="mono", tilematrixset="NetherlandsRDNewQuad", tilematrix="8",
                        row=142, column=112, format="image/png")
    checks.equal("OWSLib gets a tile in the style mono", mono.read()[:8], b"\x89PNG\r\n\x1a\n")
    earlier = wmts.gettile(layer="situation", style="default", tilematrixset="NetherlandsRDNewQuad", tilematrix="8",
                           row=142, column=112, format="image/png", time="2026-10-08T07:25:00Z").read()
    expected = checks.ask("/xyz/situation/NetherlandsRDNewQuad/8/112/142.png?as-of=2026-10-08T07:25:00Z").body
    checks.say("OWSLib's GetTile at a time gives the bytes of ?as-of", earlier == expected)
    legend = checks.ask(wmts.contents["situation"].styles["default"]["legend"])
    checks.equal("the legend's address in the capabilities works", legend.content_type(), "image/png")


def check_ogc_api(checks):
    """What Debian's OWSLib knows of it; a newer one makes maps and orders in tests/conformance."""
    service = Processes(f"{checks.base_url}/")
    paths = service.api()["paths"]  # first: it follows the links of the latest answer, and those are the landing page's
    checks.say("OWSLib reads the interface", "/processes/{process}/execution" in paths, list(paths))
    declared = service.conformance()["conformsTo"]
    for name in ("ogcapi-processes-1/1.0/conf/core", "ogcapi-maps-1/1.0/conf/core"):
        checks.say(f"OWSLib reads that {name} is kept", f"http://www.opengis.net/spec/{name}" in declared, declared)
    maps = {one["id"]: one for one in service.collections()["collections"]}
    checks.say("OWSLib reads the maps as collections", {"situation", "flood"} <= set(maps), list(maps))
    checks.say("OWSLib reads where a collection is drawn",
               any(link["rel"].endswith("/map") for link in service.collection("situation")["links"]), maps["situation"]["links"])
    checks.equal("OWSLib lists the processes", [one["id"] for one in service.processes()["processes"]], ["briefing"])
    inputs = service.process("briefing")["inputs"]
    checks.say("OWSLib reads the inputs of the briefing", {"map", "center", "scale", "format"} <= set(inputs), list(inputs))
