"""The WMTS as its standard has it: a well-formed document with what it must hold, and exceptions with locators."""

import os
import subprocess
import xml.etree.ElementTree as ElementTree

NAMES = {"wmts": "http://www.opengis.net/wmts/1.0", "ows": "http://www.opengis.net/ows/1.1"}
SCHEMA = "wmts/1.0/wmtsGetCapabilities_response.xsd"

REQUIRED = [
    "ows:ServiceIdentification/ows:ServiceType", "ows:ServiceIdentification/ows:ServiceTypeVersion",
    "ows:OperationsMetadata/ows:Operation[@name='GetCapabilities']/ows:DCP/ows:HTTP/ows:Get",
    "ows:OperationsMetadata/ows:Operation[@name='GetTile']/ows:DCP/ows:HTTP/ows:Get",
    "wmts:Contents/wmts:Layer/ows:Identifier", "wmts:Contents/wmts:Layer/wmts:Style/ows:Identifier",
    "wmts:Contents/wmts:Layer/wmts:Format", "wmts:Contents/wmts:Layer/wmts:TileMatrixSetLink/wmts:TileMatrixSet",
    "wmts:Contents/wmts:Layer/wmts:Dimension/wmts:Default", "wmts:Contents/wmts:Layer/wmts:ResourceURL",
    "wmts:Contents/wmts:TileMatrixSet/ows:Identifier", "wmts:Contents/wmts:TileMatrixSet/ows:SupportedCRS",
    "wmts:Contents/wmts:TileMatrixSet/wmts:TileMatrix/wmts:ScaleDenominator", "wmts:ServiceMetadataURL",
]

TILE = {"service": "WMTS", "request": "GetTile", "version": "1.0.0", "layer": "situation", "style": "default",
        "format": "image/png", "tilematrixset": "NetherlandsRDNewQuad", "tilematrix": "8", "tilerow": "142",
        "tilecol": "112"}

# What is changed of TILE (None: left out), then status, exception code and locator.
EXCEPTIONS = [
    ({"service": None}, 400, "MissingParameterValue", "service"),
    ({"request": None}, 400, "MissingParameterValue", "request"),
    ({"layer": None}, 400, "MissingParameterValue", "layer"),
    ({"tilecol": None}, 400, "MissingParameterValue", "tilecol"),
    ({"service": "WMS"}, 400, "InvalidParameterValue", "service"),
    ({"version": "2.0.0"}, 400, "InvalidParameterValue", "version"),
    ({"layer": "nowhere"}, 400, "InvalidParameterValue", "layer"),
    ({"style": "fancy"}, 400, "InvalidParameterValue", "style"),
    ({"format": "image/gif"}, 400, "InvalidParameterValue", "format"),
    ({"tilematrixset": "EPSG:9999"}, 400, "InvalidParameterValue", "tilematrixset"),
    ({"tilematrix": "99"}, 400, "InvalidParameterValue", "tilematrix"),
    ({"tilerow": "-1"}, 400, "InvalidParameterValue", "tilerow"),
    ({"tilecol": "abc"}, 400, "InvalidParameterValue", "tilecol"),
    ({"tilerow": "256"}, 400, "TileOutOfRange", "tilerow"),
    ({"tilecol": "4294967295"}, 400, "TileOutOfRange", "tilecol"),
    ({"time": "yesterday"}, 400, "InvalidParameterValue", "time"),
    ({"request": "GetMap"}, 501, "OperationNotSupported", "request"),
]


def _query(changes):
    values = {**TILE, **changes}
    return "/wmts?" + "&".join(f"{key}={value}" for key, value in values.items() if value is not None)


def _check_capabilities(checks):
    rest = checks.ask("/wmts/1.0.0/WMTSCapabilities.xml")
    kvp = checks.ask("/wmts?SERVICE=WMTS&REQUEST=GetCapabilities&ACCEPTVERSIONS=1.0.0")
    checks.equal("capabilities by address and by key and value are the same", rest.body, kvp.body)
    checks.holds("they are XML", rest.content_type(), ["xml"])
    path = f"{checks.folder}/capabilities.xml"
    with open(path, "wb") as file:
        file.write(rest.body)
    _check_with_xmllint(checks, path)
    root = ElementTree.fromstring(rest.body)
    missing = [required for required in REQUIRED if root.find(required, NAMES) is None]
    checks.say("they hold every element that the standard requires", not missing, missing)
    offered = {node.text for node in root.findall("wmts:Contents/wmts:TileMatrixSet/ows:Identifier", NAMES)}
    linked = {node.text for node in root.iterfind(".//wmts:TileMatrixSetLink/wmts:TileMatrixSet", NAMES)}
    checks.equal("every tile matrix set that is linked is described", linked - offered, set())
    return root


def _check_with_xmllint(checks, path):
    """Against the schema where OGC's schemas are on this machine ($OGC_SCHEMAS), else for well-formedness."""
    schema = os.path.join(os.environ.get("OGC_SCHEMAS", "/nowhere"), SCHEMA)
    options = ["--schema", schema] if os.path.exists(schema) else []
    result = subprocess.run(["xmllint", "--nonet", "--noout", *options, path], capture_output=True, text=True)
    checks.say("xmllint finds them " + ("valid" if options else "well-formed"), result.returncode == 0, result.stderr)


def _check_resource_url(checks, root):
    template = root.find("wmts:Contents/wmts:Layer/wmts:ResourceURL", NAMES).get("template")
    styles = root.findall("wmts:Contents/wmts:Layer", NAMES)[0].findall("wmts:Style/ows:Identifier", NAMES)
    checks.equal("the palettes are the styles", [style.text for style in styles],
                 ["default", "print", "mono", "colour-blind", "imagery"])
    mono = checks.ask(template.format(style="mono", time="current", TileMatrixSet="NetherlandsRDNewQuad",
                                      TileMatrix="8", TileRow="142", TileCol="112")).body
    checks.equal("the style mono is the palette mono", mono,
                 checks.ask("/xyz/situation/NetherlandsRDNewQuad/8/112/142.png?palette=mono").body)
    for key, value in (("style", "default"), ("time", "current"), ("TileMatrixSet", "NetherlandsRDNewQuad"), ("TileMatrix", "8"),
                       ("TileRow", "142"), ("TileCol", "112")):
        template = template.replace("{" + key + "}", value)
    expected = checks.ask("/xyz/situation/NetherlandsRDNewQuad/8/112/142.png").body
    checks.say("and is another picture than the map's own", mono != expected)
    checks.equal("the ResourceURL's template gives the tile of /xyz", checks.ask(template).body, expected)
    aliases = checks.ask(_query({"tilematrixset": "EPSG:28992", "tilematrix": "EPSG:28992:08"}))
    checks.equal("EPSG:28992 and EPSG:28992:08, as PDOK's clients say, give it too", aliases.body, expected)
    upper = checks.ask(_query({}).replace("tilematrix=", "TileMatrix=").replace("layer=", "LAYER="))
    checks.equal("names of parameters are read in any case", upper.body, expected)


def _check_exception(checks, changes, status, code, locator):
    answer = checks.ask(_query(changes))
    name = ", ".join(f"{key}={value}" for key, value in changes.items())
    root = ElementTree.fromstring(answer.body)
    exception = root.find("ows:Exception", NAMES)
    found = (answer.status, exception.get("exceptionCode"), (exception.get("locator") or "").lower())
    checks.equal(f"GetTile with {name} is a {code}", found, (status, code, locator))


def check(checks):
    root = _check_capabilities(checks)
    _check_resource_url(checks, root)
    for changes, status, code, locator in EXCEPTIONS:
        _check_exception(checks, changes, status, code, locator)
    refused = checks.ask("/wmts?service=WMTS&request=GetCapabilities&acceptversions=3.0.0")
    exception = ElementTree.fromstring(refused.body).find("ows:Exception", NAMES)
    checks.equal("an unknown version is negotiated without a locator",
                 (refused.status, exception.get("exceptionCode"), exception.get("locator")),
                 (400, "VersionNegotiationFailed", None))
    rest = checks.ask("/wmts/situation/default/current/NetherlandsRDNewQuad/8/999/1.png")
    checks.holds("a tile outside by address is a TileOutOfRange", rest.text(), ["TileOutOfRange", 'locator="TileRow"'])
