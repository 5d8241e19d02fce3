"""ETags: nothing is sent twice, and nobody overwrites what somebody else changed."""

from checks import GEOJSON, feature, point

PLACE = "/plots/hollands-diep/features/check-conditions"
BODY = feature("nl@1/bw.ugs;n=Proef", point(4.60, 51.69))
JSON = {"Content-Type": GEOJSON}


def check_reading(checks):
    for path in ("/xyz/situation/NetherlandsRDNewQuad/8/112/142.png", "/xyz/situation/WebMercatorQuad/12/2099/1361@2x.png",
                 "/wmts/1.0.0/WMTSCapabilities.xml", "/maps/situation", "/plots/hollands-diep/features",
                 "/plots/hollands-diep/features/ugs-1", "/symbols/nl@1/bw.ugs.svg", "/openapi.json"):
        first = checks.ask(path)
        again = checks.ask(path, headers={"If-None-Match": first.etag()})
        checks.equal(f"{path} has an ETag and is not sent twice", (first.status, first.etag() != "", again.status,
                                                                     again.body), (200, True, 304, b""))
    tile = checks.ask("/xyz/situation/NetherlandsRDNewQuad/8/112/142.png")
    head = checks.ask("/xyz/situation/NetherlandsRDNewQuad/8/112/142.png", method="HEAD")
    checks.equal("HEAD gives the same headers and no body", (head.etag(), head.headers["Content-Length"], head.body),
                 (tile.etag(), str(len(tile.body)), b""))
    many = checks.ask("/maps/situation", headers={"If-None-Match": f'"other", W/{checks.ask("/maps/situation").etag()}'})
    checks.equal("one of several ETags is enough, weak or not", many.status, 304)


def check_writing(checks):
    made = checks.ask(PLACE, "PUT", BODY, JSON)
    checks.equal("a new feature is 201 with its address",
                 (made.status, made.headers.get("Location")), (201, checks.base_url + PLACE))
    first = checks.ask(PLACE).etag()
    checks.equal("the receipt has the ETag of the feature", made.etag(), first)
    checks.equal("replacing without If-Match is 428", checks.ask(PLACE, "PUT", BODY, JSON).status, 428)
    checks.equal("replacing another version is 412",
                 checks.ask(PLACE, "PUT", BODY, {**JSON, "If-Match": '"999999"'}).status, 412)
    checks.equal("adding what is there (If-None-Match: *) is refused",
                 checks.ask(PLACE, "PUT", BODY, {**JSON, "If-None-Match": "*"}).status, 412)
    moved = checks.ask(PLACE, "PUT", feature("nl@1/bw.ugs;n=Proef 2", point(4.61, 51.69)), {**JSON, "If-Match": first})
    checks.equal("replacing the version that is there is 200", moved.status, 200)
    checks.say("the ETag is another", moved.etag() != first, moved.etag())
    checks.equal("the old version is not replaced any more",
                 checks.ask(PLACE, "PUT", BODY, {**JSON, "If-Match": first}).status, 412)
    checks.equal("removing without If-Match is 428", checks.ask(PLACE, "DELETE").status, 428)
    checks.equal("removing the old version is 412", checks.ask(PLACE, "DELETE", headers={"If-Match": first}).status, 412)
    _check_posting(checks)
    gone = checks.ask(PLACE, "DELETE", headers={"If-Match": moved.etag()})
    checks.equal("removing the version that is there is 204", (gone.status, gone.body), (204, b""))
    checks.equal("what was removed is not found", checks.ask(PLACE).status, 404)
    _check_history(checks, int(gone.headers["Plottafel-Revision"]))


def _check_posting(checks):
    """POST adds, and never replaces."""
    listing = "/plots/hollands-diep/features"
    again = BODY.replace('{"type": "Feature"', '{"type": "Feature", "id": "check-conditions"', 1)
    checks.equal("adding an id that is there is 409", checks.ask(listing, "POST", again, JSON).status, 409)
    other = checks.ask("/plots/hollands-diep/features/another-name", "PUT", again, JSON)
    checks.equal("a body that is another feature than the address is refused", other.status, 400)
    added = checks.ask(listing, "POST", BODY, JSON)
    checks.equal("a feature without id gets one, and an address", (added.status, "Location" in added.headers), (201, True))
    gone = checks.ask(added.headers["Location"], "DELETE", headers={"If-Match": added.etag()})
    checks.equal("which can be removed", gone.status, 204)


def _check_history(checks, revision):
    listing = f"/plots/hollands-diep/features?revision={revision - 1}"
    earlier = {item["id"]: item for item in checks.ask(listing).json()["features"]}
    name = earlier.get("check-conditions", {}).get("properties", {}).get("texts", {}).get("n")
    checks.equal("an earlier revision still has it, as it was", name, "Proef 2")


def check_tiles(checks):
    """A change is seen in the tiles it touches, at once, and in no other."""
    near, far = "/xyz/situation/NetherlandsRDNewQuad/10/448/570.png", "/xyz/situation/NetherlandsRDNewQuad/10/600/500.png"
    before = checks.ask(near), checks.ask(far)
    made = checks.ask("/plots/hollands-diep/features/check-tiles", "PUT", feature("nl@1/inc.brand", point(4.60, 51.70)), JSON)
    after = checks.ask(near), checks.ask(far)
    checks.say("a tile that a new feature touches is another at once", before[0].body != after[0].body)
    checks.say("its answer names the revision", after[0].headers["Plottafel-Revision"] == made.headers["Plottafel-Revision"],
               after[0].headers["Plottafel-Revision"])
    checks.equal("a tile far from it stays the same, ETag and bytes",
                 (after[1].etag(), after[1].body), (before[1].etag(), before[1].body))
    checks.ask("/plots/hollands-diep/features/check-tiles", "DELETE", headers={"If-Match": made.etag()})
    checks.equal("without the feature it is the old tile again", checks.ask(near).body, before[0].body)
