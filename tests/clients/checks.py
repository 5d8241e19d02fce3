"""What all clients of these tests share: asking over HTTP, and saying what was found."""

import json
import urllib.error
import urllib.request

GEOJSON = "application/geo+json"


class Answer:
    """What came back, whatever its status."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    def text(self):
        return self.body.decode("utf-8", "replace")

    def content_type(self):
        return self.headers.get("Content-Type", "")

    def etag(self):
        return self.headers.get("ETag", "")


class Checks:
    """Counts and prints. A check that throws has failed, and the next one is made."""

    def __init__(self, base_url, folder):
        self.base_url = base_url
        self.folder = folder
        self.passed = 0
        self.failed = 0

    def ask(self, path, method="GET", body=None, headers=None):
        """path may be a whole address, as it stands in a document of the service."""
        address = path if path.startswith("http") else self.base_url + path
        data = body.encode() if isinstance(body, str) else body
        request = urllib.request.Request(address, data=data, method=method, headers=headers or {})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def say(self, sentence, is_passed, found=""):
        if is_passed:
            self.passed += 1
            print(f"ok   {sentence}")
        else:
            self.failed += 1
            print(f"FAIL {sentence}" + (f": {found}" if found != "" else ""))

    def equal(self, sentence, found, expected):
        self.say(sentence, found == expected, f"found {str(found)[:300]!r}, expected {str(expected)[:300]!r}")

    def holds(self, sentence, text, words):
        """Every one of the words stands in the text."""
        missing = [word for word in words if word not in text]
        self.say(sentence, not missing, f"{missing} not in {text[:400]!r}")

    def group(self, name, function):
        print(f"-- {name}")
        try:
            function(self)
        except Exception as error:  # a client that breaks is a finding, not the end of the run
            self.say(f"{name}: the client came through", False, f"{type(error).__name__}: {error}")


def run(base_url, folder, groups):
    """All groups, (name, function) each, and the line that counts; what the program ends with."""
    checks = Checks(base_url, folder)
    for name, function in groups:
        checks.group(name, function)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return 1 if checks.failed else 0


def feature(symbol, geometry, **properties):
    """A GeoJSON Feature as text."""
    return json.dumps({"type": "Feature", "properties": {"symbol": symbol, **properties}, "geometry": geometry})


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}
