"""Server-sent events with curl: a change is told within a second, and nothing is missed in between."""

import json
import queue
import subprocess
import threading
import time

from checks import GEOJSON, feature, point

STREAM = "/plots/hollands-diep/events"
PLACE = "/plots/hollands-diep/features/check-events"


class Listener:
    """curl that stays on the line; its lines come in as they are sent."""

    def __init__(self, checks, last_event_id=None):
        header = ["-H", f"Last-Event-ID: {last_event_id}"] if last_event_id else []
        self.process = subprocess.Popen(["curl", "-sN", *header, checks.base_url + STREAM], stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))

    def next_event(self, timeout_s=1.0):
        """{"event": …, "data": …, "id": …} of the next event that carries data; None when there is none in time."""
        event = {}
        deadline = time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            try:
                line = self.lines.get(timeout=max(0.001, deadline - time.monotonic()))
            except queue.Empty:
                return None
            if not line and "data" in event:
                return event
            name, colon, value = line.partition(":")
            if colon and name:
                event[name] = value.strip()
        return None

    def wait_until_open(self):
        self.lines.get(timeout=5)  # "retry: …" is sent at once

    def close(self):
        self.process.terminate()
        self.process.wait()


def _put(checks, lon, etag=None):
    headers = {"Content-Type": GEOJSON, **({"If-Match": etag} if etag else {})}
    return checks.ask(PLACE, "PUT", feature("nl@1/bw.ugs;n=Proef", point(lon, 51.69)), headers)


def _check_change(checks, listener, made):
    event = listener.next_event()
    checks.say("a change is told within a second", event is not None and event.get("event") == "change", event)
    data = json.loads(event["data"])
    revision = int(made.headers["Plottafel-Revision"])
    checks.equal("it names plot, revision and count", (data["plot"], data["revision"], data["count"], event["id"]),
                 ("hollands-diep", revision, 1, str(revision)))
    west, south, east, north = data["bbox"]
    checks.say("its box holds the place", west <= 4.60 <= east and south <= 51.69 <= north, data["bbox"])
    return revision


def check(checks):
    listener = Listener(checks)
    listener.wait_until_open()
    made = _put(checks, 4.60)
    first = _check_change(checks, listener, made)
    listener.close()
    moved = _put(checks, 4.62, made.etag())
    gone = checks.ask(PLACE, "DELETE", headers={"If-Match": moved.etag()})
    last = int(gone.headers["Plottafel-Revision"])
    resumed = Listener(checks, last_event_id=first)
    told = [resumed.next_event(), resumed.next_event()]
    checks.equal("who comes back with Last-Event-ID hears what was missed, in order",
                 [event and event["id"] for event in told], [str(moved.headers["Plottafel-Revision"]), str(last)])
    box = json.loads(told[0]["data"])["bbox"]
    checks.say("a move's box holds the old place and the new", box[0] <= 4.60 and box[2] >= 4.62, box)
    resumed.close()
    current = Listener(checks, last_event_id=last)
    checks.equal("who missed nothing hears nothing", current.next_event(0.3), None)
    current.close()
    lost = Listener(checks, last_event_id=last + 1000)
    event = lost.next_event()
    checks.equal("who comes from a revision that never was is told to begin anew", event and event["event"], "reset")
    lost.close()
    answer = checks.ask("/plots/nowhere/events")
    checks.equal("a stream of an unknown plot is 404", answer.status, 404)
