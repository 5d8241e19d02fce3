"""TileJSON as MapLibre and Leaflet read it."""

from png_pixels import read_png


def _check_document(checks, name, levels):
    answer = checks.ask(f"/xyz/situation/{name}.json")
    document = answer.json()
    checks.equal(f"{name}: TileJSON 3.0.0 as JSON", (document["tilejson"], answer.content_type()),
                 ("3.0.0", "application/json"))
    checks.equal(f"{name}: all zooms", (document["minzoom"], document["maxzoom"]), (0, levels - 1))
    west, south, east, north = document.get("bounds", [-180, -85.0511, 180, 85.0511])
    lon, lat, zoom = document["center"]
    checks.say(f"{name}: the centre lies within bounds and zooms",
               west <= lon <= east and south <= lat <= north and 0 <= zoom < levels, document["center"])
    checks.say(f"{name}: credits are named when there are layers", isinstance(document["attribution"], str))
    return document


def check(checks):
    for name, levels in (("WebMercatorQuad", 25), ("NetherlandsRDNewQuad", 17), ("EuropeanETRS89_LAEAQuad", 16)):
        document = _check_document(checks, name, levels)
        address = document["tiles"][0].replace("{z}", "1").replace("{x}", "1").replace("{y}", "0")
        width, height, _ = read_png(checks.ask(address).body)
        checks.equal(f"{name}: the template gives a tile", (width, height), (256, 256))
    document = checks.ask("/xyz/situation/WebMercatorQuad.json?as-of=2026-10-08T09:30:00%2B02:00").json()
    checks.holds("a TileJSON of a moment has the moment in its tiles", document["tiles"][0], ["as-of=2026-10-08T07:30:00Z"])
    checks.equal("a TileJSON of an unknown set is not found", checks.ask("/xyz/situation/Nowhere.json").status, 404)
    bounds = document.get("bounds", [-180, -85.0511, 180, 85.0511])
    features = checks.ask("/plots/hollands-diep/features").json()["features"]
    inside = all(_lies_within(feature["geometry"], bounds) for feature in features)
    checks.say("no feature lies outside of the bounds, where clients do not ask for tiles", inside, bounds)


def _lies_within(geometry, bounds):
    numbers = list(_numbers(geometry["coordinates"]))
    pairs = zip(numbers[::2], numbers[1::2])
    return all(bounds[0] <= lon <= bounds[2] and bounds[1] <= lat <= bounds[3] for lon, lat in pairs)


def _numbers(coordinates):
    for item in coordinates:
        if isinstance(item, list):
            yield from _numbers(item)
        else:
            yield item
