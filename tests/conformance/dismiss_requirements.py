"""The requirements of the classes "job list" and "dismiss" of OGC API - Processes 1.0 (OGC 18-062r2)."""

from process_requirements import INPUTS, TROUBLE, execute, finished, rels


def ids(answer):
    return [job["jobID"] for job in answer.json()["jobs"]]


def check_job_list(checks):
    done = execute(checks, prefer="respond-async").json()["jobID"]
    status = finished(checks, done)
    answer = checks.ask("/jobs")
    checks.say("/req/job-list/job-list-success", answer.status == 200 and done in ids(answer) and "self" in rels(answer.json()), answer.text()[:300])
    one = checks.ask("/jobs?limit=1")
    checks.say("/req/job-list/limit-response, links", len(ids(one)) == 1 and "next" in rels(one.json()), one.text()[:300])
    following = [link["href"] for link in one.json()["links"] if link["rel"] == "next"]
    checks.say("/req/job-list/links: next works", following and ids(checks.ask(following[0])) != ids(one), following)
    checks.equal("/req/job-list/limit-definition", checks.ask("/jobs?limit=0").status, 400)
    for query, is_in in (("type=process", True), ("processID=briefing", True), ("processID=other", False), ("status=successful", True),
                         ("status=failed", False), ("status=failed,successful", True), ("minDuration=10000", False), ("maxDuration=10000", True),
                         (f"datetime={status['created']}", True), ("datetime=../2020-01-01T00:00:00Z", False),
                         ("datetime=2020-01-01T00:00:00Z/..", True)):
        answer = checks.ask(f"/jobs?limit=1000&{query}")
        checks.equal(f"/req/job-list: {query.split('=')[0]} ({query})", answer.status == 200 and (done in ids(answer)), is_in)
    for query in ("status=sleeping", "datetime=yesterday", "minDuration=long"):
        checks.equal(f"/req/job-list: {query} is refused", checks.ask(f"/jobs?{query}").status, 400)


def check_dismiss(checks):
    job = execute(checks, {**INPUTS, "paper": "A0", "format": "png", "dpi": 200}, prefer="respond-async").json()["jobID"]
    answer = checks.ask(f"/jobs/{job}", "DELETE")
    checks.equal("/req/dismiss/job-dismiss-success", (answer.status, answer.json().get("status")), (200, "dismissed"))
    checks.equal("a dismissed job stays so", checks.ask(f"/jobs/{job}").json()["status"], "dismissed")
    result = checks.ask(f"/jobs/{job}/results")
    checks.say("a dismissed job has no results", result.status >= 400, result.status)
    missing = checks.ask("/jobs/no-such", "DELETE")
    checks.equal("/req/core/job-exception-no-such-job at DELETE", (missing.status, missing.json().get("type")), (404, f"{TROUBLE}no-such-job"))
