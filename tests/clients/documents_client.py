"""Documents made for people and for other programs: briefings, legends, symbols, the description of the interface."""

import json
import subprocess
import time

from png_pixels import read_png

JSON = {"Content-Type": "application/json"}
ORDER = {"map": "situation", "center": [100800, 410800], "scale": 25000, "paper": "A4", "landscape": True,
         "asOf": "2026-10-08T09:00:00+02:00", "language": "en", "title": "Client check"}


def _wait(checks, address):
    for _ in range(300):
        status = checks.ask(address).json()
        if status["status"] not in ("accepted", "running"):
            return status
        time.sleep(0.1)
    return status


def _result(checks, status):
    return checks.ask([link["href"] for link in status["links"] if link["rel"].endswith("results")][0])


def _pdf_words(checks, body):
    path = f"{checks.folder}/briefing.pdf"
    with open(path, "wb") as file:
        file.write(body)
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True).stdout
    return info, subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True).stdout


def check_briefing(checks):
    ordered = checks.ask("/processes/briefing/execution", "POST", json.dumps({"inputs": ORDER}), JSON | {"Prefer": "respond-async"})
    checks.equal("an order of a briefing is accepted with its address", (ordered.status, "Location" in ordered.headers),
                 (201, True))
    status = _wait(checks, ordered.headers["Location"])
    checks.equal("it is made", status["status"], "successful")
    document = _result(checks, status)
    checks.equal("it is a PDF", (document.content_type(), document.body[:5]), ("application/pdf", b"%PDF-"))
    info, words = _pdf_words(checks, document.body)
    checks.holds("poppler reads its size and title", info, ["A4", "Client check"])
    checks.holds("its text can be searched", words, ["Client check", "1 : 25 000", "TLP:GREEN", "RD New", "EXERCISE"])
    checks.equal("it can be thrown away", checks.ask(ordered.headers["Location"], "DELETE").status, 200)
    gone = checks.ask(ordered.headers["Location"])
    checks.equal("and is then known as dismissed", (gone.status, gone.json()["status"]), (200, "dismissed"))


def _is_well_formed(body):
    return subprocess.run(["xmllint", "--nonet", "--noout", "-"], input=body, capture_output=True).returncode == 0


def check_pictures(checks):
    box = "bbox=99000,409000,103000,413000&zoom=9"
    for path in (f"/maps/situation/legend.svg?{box}", "/symbols/nl@1/per.gewond.svg?v=A%26B%20%3CC%3E",
                 "/symbols/nl@1/a.brandgebied.svg", "/symbols/nl@1/l.afzetting;st=planned.svg"):
        answer = checks.ask(path)
        checks.say(f"{path} is well-formed SVG", answer.content_type() == "image/svg+xml" and _is_well_formed(answer.body),
                   answer.text()[:200])
    legend = checks.ask(f"/maps/situation/legend.json?{box}").json()["items"]
    checks.say("a legend as JSON names its symbols", any("symbol" in item for item in legend), legend)
    width, _, _ = read_png(checks.ask(f"/maps/situation/legend.png?{box}&width=300&ratio=2").body)
    checks.equal("a legend at 2x is twice as wide", width, 600)
    width, _, _ = read_png(checks.ask("/symbols/nl@1/bw.ugs.png?size=96").body)
    checks.equal("a symbol is as wide as asked for", width, 96)


def check_interface(checks):
    document = checks.ask("/openapi.json").json()
    checks.holds("the interface is described as OpenAPI 3.0", document["openapi"], ["3.0."])
    for path in ("/xyz/{map}/{tileMatrixSet}/{z}/{x}/{y}.png", "/plots/{plot}/features/{id}", "/jobs/{id}/results"):
        checks.say(f"it describes {path}", path in document["paths"], list(document["paths"])[:40])
    everything = checks.ask("/symbols").json()
    default = next(one for one in everything["sets"] if one["default"])
    checks.equal("the list of symbols is complete", len(everything["symbols"]), default["count"] - default["deprecated"])
    found = checks.ask("/symbols?q=ambulance").json()["symbols"]
    checks.say("symbols are found by name", any(symbol["id"] == "gh.voertuig" for symbol in found), found)
    maps = checks.ask("/maps").json()["maps"]
    broken = [link["href"] for one in maps for link in one["links"] if checks.ask(link["href"]).status != 200]
    checks.equal("every link of the list of maps works", broken, [])
    options = checks.ask("/plots/hollands-diep/features/ugs-1", "OPTIONS", headers={"Origin": "https://example.com"})
    checks.equal("a page of another origin may read, and not edit",
                 (options.headers["Access-Control-Allow-Origin"], options.headers["Access-Control-Allow-Methods"]),
                 ("*", "GET, HEAD"))
