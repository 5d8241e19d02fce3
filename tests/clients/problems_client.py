"""Bad requests: each gets the right status, and a problem document that names what is wrong."""

import json

from checks import GEOJSON, feature, point

TILE = "/xyz/situation/NetherlandsRDNewQuad"
FEATURES = "/plots/hollands-diep/features"

# What is asked, status, and words that the sentence must hold.
ADDRESSES = [
    (f"{TILE}/8/256/0.png", 404, ["256"]),
    (f"{TILE}/99/0/0.png", 404, ["99"]),
    (f"{TILE}/8/-1/0.png", 404, ["whole numbers"]),
    (f"{TILE}/8/a/0.png", 404, ["whole numbers"]),
    ("/xyz/nowhere/NetherlandsRDNewQuad/8/112/142.png", 404, ["nowhere"]),
    ("/xyz/situation/Nowhere/8/112/142.png", 404, ["Nowhere"]),
    (f"{TILE}/8/112/142.png?as-of=tomorrow", 400, ["tomorrow"]),
    (f"{TILE}/8/112/142.png?revision=1000000", 404, ["1000000"]),
    ("/maps/nowhere", 404, ["nowhere"]),
    ("/maps/situation/legend.png?zoom=99", 400, ["zoom"]),
    ("/maps/situation/legend.png?bbox=1,2,3", 400, ["'1,2,3' is no box"]),
    ("/maps/situation/legend.png?language=xx", 400, ["xx"]),
    ("/plots/nowhere", 404, ["nowhere"]),
    (f"{FEATURES}?bbox=4,51,x,52", 400, ["'4,51,x,52' is no box"]),
    (f"{FEATURES}?bbox=4,51,nan,52", 400, ["'4,51,nan,52' is no box"]),
    (f"{FEATURES}?colour=red", 400, ["colour"]),
    (f"{FEATURES}?limit=0", 400, ["limit"]),
    (f"{FEATURES}?as-of=2026-13-45", 400, ["2026-13-45"]),
    (f"{FEATURES}/nobody", 404, ["nobody"]),
    ("/symbols/nl@1/bw.nothing.svg", 404, ["bw.nothing"]),
    ("/symbols/nl@9/bw.ugs.svg", 404, ["9"]),
    ("/symbols/nl@1/bw.ugs.png?size=99999", 400, ["size"]),
    ("/symbols/nl@1/bw.ugs.png?palette=pink", 400, ["pink"]),
    ("/jobs/nobody", 404, ["nobody"]),
    ("/nowhere", 404, []),
]


OUR_TYPES = ("urn:plottafel:", "http://www.opengis.net/def/exceptions/")


def _is_problem(answer, status):
    if answer.status != status or answer.content_type() != "application/problem+json":
        return False
    problem = answer.json()
    return (problem["status"] == status and problem["type"].startswith(OUR_TYPES) and problem["title"]
            and problem["detail"])


def _check_problem(checks, sentence, answer, status, words):
    text = answer.text()
    is_named = all(word in text for word in words)
    checks.say(sentence, _is_problem(answer, status) and is_named,
               f"{answer.status} {answer.content_type()} {text[:300]}, expected {status} with {words}")


def check_addresses(checks):
    for path, status, words in ADDRESSES:
        _check_problem(checks, f"GET {path} is {status}", checks.ask(path), status, words)
    answer = checks.ask("/maps", method="POST", body="{}")
    _check_problem(checks, "POST /maps is 405", answer, 405, [])
    checks.holds("and says what is allowed", answer.headers.get("Allow", ""), ["GET"])


def _polygon(*rings):
    return {"type": "Polygon", "coordinates": [list(ring) for ring in rings]}


def _line(text):
    return ('{"type":"Feature","properties":{"symbol":"nl@1/l.afzetting"},"geometry":{"type":"LineString",'
            f'"coordinates":[[4.6,51.6],{text}]}}}}')


SQUARE = [[4.6, 51.6], [4.7, 51.6], [4.7, 51.7], [4.6, 51.7], [4.6, 51.6]]
BOW_TIE = [[4.6, 51.6], [4.7, 51.7], [4.7, 51.6], [4.6, 51.7], [4.6, 51.6]]
HERE = point(4.6, 51.6)

# What is wrong, the body, and words that the problem must hold.
BODIES = [
    ("no JSON at all", "hello", ["body"]),
    ("half a document", '{"type":"Feature","properties":{', ["body"]),
    ("nothing", "", ["body"]),
    ("NaN", _line("[NaN,51.7]"), []),
    ("infinity by 1e999", _line("[1e999,51.7]"), []),
    ("1e300", _line("[1e300,51.7]"), ["geometry", "point 2"]),
    ("a latitude of 95", _line("[4.7,95]"), ["geometry", "point 2"]),
    ("a text for a number", _line('["4.7",51.7]'), ["coordinates"]),
    ("nesting without end", '{"type":"Feature","properties":' + '{"a":' * 3000 + "1" + "}" * 3000 + "}", []),
    ("an unclosed ring", feature("nl@1/a.bron", _polygon(SQUARE[:-1])), ["geometry"]),
    ("a ring of two points", feature("nl@1/a.bron", _polygon([[4.6, 51.6], [4.7, 51.6], [4.6, 51.6]])), ["geometry"]),
    ("a ring that crosses itself", feature("nl@1/a.bron", _polygon(BOW_TIE)), ["cross"]),
    ("an unknown symbol", feature("nl@1/bw.nothing", HERE), ["bw.nothing"]),
    ("an unknown set", feature("xx@1/bw.ugs", HERE), ["xx"]),
    ("no symbol", '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[4.6,51.6]}}', ["symbol"]),
    ("a point symbol on a line", feature("nl@1/bw.ugs", {"type": "LineString", "coordinates": SQUARE[:3]}), ["geometry"]),
    ("a bad date", feature("nl@1/bw.ugs", HERE, validFrom="2026-02-30T10:00:00Z"), ["validFrom"]),
    ("an end before the beginning",
     feature("nl@1/bw.ugs", HERE, validFrom="2026-10-08T10:00:00Z", validTo="2026-10-08T09:00:00Z"), ["validTo"]),
    ("a plume without length",
     feature("nl@1/a.pluim", HERE, template={"type": "plume", "bearing": 45, "opening": 30}), ["template.length"]),
    ("no geometry", '{"type":"Feature","properties":{"symbol":"nl@1/bw.ugs"},"geometry":null}', ["geometry"]),
    ("a geometry alone", json.dumps(HERE), ["type"]),
]


def check_bodies(checks):
    json_type = {"Content-Type": GEOJSON}
    revision = checks.ask("/plots/hollands-diep").json()["revision"]
    for name, body, words in BODIES:
        answer = checks.ask(FEATURES, "POST", body, json_type)
        status = answer.status if answer.status in (400, 422) else 400
        _check_problem(checks, f"POST of {name} is refused with the reason", answer, status, words)
    collection = {"type": "FeatureCollection", "features": [
        json.loads(feature("nl@1/bw.nothing", HERE)), json.loads(feature("nl@1/bw.ugs", HERE)),
        json.loads(feature("nl@1/bw.ugs", HERE, validFrom="soon")),
        json.loads(feature("nl@1/a.bron", _polygon(BOW_TIE)))]}
    answer = checks.ask(FEATURES, "POST", json.dumps(collection), json_type)
    checks.equal("of four features with three mistakes each mistake is named", len(answer.json()["errors"]), 3)
    _check_problem(checks, "text/plain is 415", checks.ask(FEATURES, "POST", "x", {"Content-Type": "text/plain"}), 415, [])
    after = checks.ask("/plots/hollands-diep").json()["revision"]
    checks.equal("nothing of all that was kept", after, revision)


def check_briefings(checks):
    for name, body, words in (
            ("no map", {"center": [100000, 410000], "scale": 25000}, ["map"]),
            ("an unknown map", {"map": "nowhere", "center": [100000, 410000], "scale": 25000}, ["nowhere"]),
            ("an unknown paper", {"map": "situation", "center": [1e5, 4.1e5], "scale": 25000, "paper": "B7"}, ["paper"]),
            ("a centre without a scale", {"map": "situation", "center": [1e5, 4.1e5]}, ["scale"])):
        answer = checks.ask("/processes/briefing/execution", "POST", json.dumps({"inputs": body}),
                            {"Content-Type": "application/json"})
        _check_problem(checks, f"a briefing with {name} is refused", answer, 400, words)
