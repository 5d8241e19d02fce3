"""The description of the interface, judged by openapi-spec-validator, and against what the service declares to keep
by ogcapi-registry."""

import ogcapi_registry
from openapi_spec_validator import validate


def check_openapi(checks):
    document = checks.ask("/openapi.json").json()
    validate(document)  # throws
    checks.say("openapi-spec-validator finds nothing wrong", True)


def check_declaration(checks):
    document = checks.ask("/openapi.json").json()
    declared = checks.ask("/conformance").json()["conformsTo"]
    result = ogcapi_registry.validate_ogc_api(document, ogcapi_registry.parse_conformance_classes(declared))
    checks.equal("ogcapi-registry finds all paths of the declared classes", [error["message"] for error in result.errors], [])
    report = ogcapi_registry.validate_conformance(declared)
    known = {one.spec for one in ogcapi_registry.KNOWN_CONFORMANCE_CLASSES.values()}
    # The text of OGC API Maps writes https:// in its identifiers, all others http://: we declare both.
    strange = [uri for uri in map(str, report.unrecognised) if "https://" not in uri and uri.split("/")[4] in known]
    checks.equal("every declared class is one that its standard has", strange, [])
