"""The core requirements of OGC API - Processes 1.0 (OGC 18-062r2), each under its name there."""

import json
import time

REL = "http://www.opengis.net/def/rel/ogc/1.0/"
TROUBLE = "http://www.opengis.net/def/exceptions/ogcapi-processes-1/1.0/"
PROCESS = "/processes/briefing"
INPUTS = {"map": "situation", "center": [100800, 410800], "scale": 25000, "paper": "A5"}


def execute(checks, inputs=None, prefer=None, **more):
    headers = {"Content-Type": "application/json", **({"Prefer": prefer} if prefer else {})}
    return checks.ask(f"{PROCESS}/execution", "POST", json.dumps({"inputs": inputs or INPUTS, **more}), headers)


def finished(checks, job):
    for _ in range(300):
        status = checks.ask(f"/jobs/{job}").json()
        if status["status"] not in ("accepted", "running"):
            return status
        time.sleep(0.1)
    return status


def rels(document):
    return {link["rel"] for link in document["links"]}


def check_entrance(checks):
    page = checks.ask("/?f=json")
    checks.equal("/req/core/landingpage-op", (page.status, page.content_type()), (200, "application/json"))
    found = rels(page.json())
    checks.say("/req/core/landingpage-success", {"service-desc", f"{REL}conformance", f"{REL}processes"} <= found, found)
    checks.equal("/req/core/api-definition-success", checks.ask("/openapi.json").json()["openapi"][:2], "3.")
    declared = checks.ask("/conformance").json()["conformsTo"]
    for name in ("core", "ogc-process-description", "json", "oas30", "job-list", "dismiss"):
        checks.say(f"/req/core/conformance-success: {name}",
                   f"http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/{name}" in declared, declared)
    links = [link["href"] for link in page.json()["links"]]
    checks.equal("every link of the landing page works", [link for link in links if checks.ask(link).status != 200], [])


def check_list(checks):
    answer = checks.ask("/processes")
    whole = answer.json()
    checks.equal("/req/core/process-list-success", (answer.status, [one["id"] for one in whole["processes"]]), (200, ["briefing"]))
    checks.say("/req/core/process-summary-links", all("self" in rels(one) for one in whole["processes"]) and "self" in rels(whole), whole)
    checks.equal("/req/core/pl-limit-definition: limit=1", checks.ask("/processes?limit=1").status, 200)
    for limit in ("0", "-1", "many"):
        checks.equal(f"/req/core/pl-limit-definition: limit={limit} is refused", checks.ask(f"/processes?limit={limit}").status, 400)
    process = checks.ask(PROCESS)
    description = process.json()
    checks.equal("/req/core/process-success", (process.status, description["id"]), (200, "briefing"))
    checks.say("/req/ogc-process-description/json-encoding",
               all("schema" in one for one in description["inputs"].values()) and "outputs" in description, description)
    checks.say("/req/core/process-description-links", f"{REL}execute" in rels(description) and "self" in rels(description), rels(description))
    modes = description["jobControlOptions"]
    checks.say("/req/ogc-process-description/job-control", set(modes) == {"sync-execute", "async-execute", "dismiss"}, modes)
    missing = checks.ask("/processes/no-such")
    checks.equal("/req/core/process-exception/no-such-process", (missing.status, missing.json().get("type")), (404, f"{TROUBLE}no-such-process"))


def check_execution(checks):
    ordered = execute(checks, prefer="respond-async")
    checks.equal("/req/core/process-execute-success-async: 201 with its address",
                 (ordered.status, "/jobs/" in ordered.headers.get("Location", "")), (201, True))
    checks.equal("/rec/core/process-execute-preference-applied", ordered.headers.get("Preference-Applied"), "respond-async")
    at_once = execute(checks)
    checks.equal("/req/core/process-execute-default-execution-mode: sync, one output, raw",
                 (at_once.status, at_once.content_type(), at_once.body[:5]), (200, "application/pdf", b"%PDF-"))
    document = execute(checks, response="document")
    checks.say("/req/core/process-execute-sync-document",
               document.status == 200 and document.content_type() == "application/json" and "briefing" in document.json(), document.text()[:200])
    checks.equal("/req/core/process-execute-input-validation", execute(checks, {**INPUTS, "paper": "A9"}).status, 400)
    checks.equal("/req/core/process-execute-inputs: a required one is missing", execute(checks, {"center": [1, 2]}).status, 400)
    boxed = {"map": "situation", "paper": "A5", "bbox": {"bbox": [4.5, 51.6, 4.7, 51.7], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}
    checks.equal("/req/core/process-execute-input-inline-bbox", execute(checks, boxed).status, 200)
    checks.equal("/req/core/process-execute-input-mixed-type: a value in an object", execute(checks, {**INPUTS, "title": {"value": "As object"}}).status, 200)
    strange = checks.ask("/processes/no-such/execution", "POST", json.dumps({"inputs": INPUTS}), {"Content-Type": "application/json"})
    checks.equal("/req/core/process-exception/no-such-process at execution", (strange.status, strange.json().get("type")), (404, f"{TROUBLE}no-such-process"))


def check_jobs(checks):
    job = execute(checks, prefer="respond-async").json()["jobID"]
    status = finished(checks, job)
    checks.equal("/req/core/job-success", {key: status.get(key) for key in ("processID", "type", "jobID", "status")},
                 {"processID": "briefing", "type": "process", "jobID": job, "status": "successful"})
    checks.say("/req/core/job-success: times and progress", all(key in status for key in ("created", "started", "finished", "updated")) and status["progress"] == 100, status)
    checks.say("/rec/core/job-results-link", f"{REL}results" in rels(status), rels(status))
    result = checks.ask(f"/jobs/{job}/results")
    checks.equal("/req/core/job-results-async-raw-value-one", (result.status, result.body[:5]), (200, b"%PDF-"))
    by_id = checks.ask(f"/jobs/{job}/results/briefing")
    checks.say("/req/core/job-results: the output by its name", by_id.status == 200 and by_id.body == result.body)
    for path in ("/jobs/no-such", "/jobs/no-such/results"):
        answer = checks.ask(path)
        checks.equal(f"/req/core/job-exception-no-such-job: {path}", (answer.status, answer.json().get("type")), (404, f"{TROUBLE}no-such-job"))
    large = {**INPUTS, "paper": "A0", "format": "png", "dpi": 200}
    early = execute(checks, large, prefer="respond-async").json()["jobID"]
    answer = checks.ask(f"/jobs/{early}/results")
    checks.equal("/req/core/job-results-exception/results-not-ready", (answer.status, answer.json().get("type")), (404, f"{TROUBLE}result-not-ready"))
    checks.ask(f"/jobs/{early}", "DELETE")
