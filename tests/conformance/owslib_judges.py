"""OWSLib as PyPI has it: maps and processes by OGC API. Debian's has no maps."""

import struct

from owslib.ogcapi.maps import Maps
from owslib.ogcapi.processes import Processes

ORDER = {"map": "situation", "center": [100800, 410800], "scale": 25000, "paper": "A5"}


def png_size(body):
    return struct.unpack(">II", body[16:24]) if body[:8] == b"\x89PNG\r\n\x1a\n" else None


def check_maps(checks):
    maps = Maps(f"{checks.base_url}/")
    names = maps.maps()
    checks.equal("OWSLib lists the maps among the collections", sorted(names), ["flood", "situation"])
    box = [4.5, 51.62, 4.7, 51.74]
    picture = maps.map("situation", bbox=box, width=400, height=300, transparent=False).read()
    checks.equal("OWSLib gets a map of the size that it asks for", png_size(picture), (400, 300))
    earlier = maps.map("situation", bbox=box, width=400, height=300, transparent=False,
                       datetime_="2026-10-08T07:25:00Z").read()
    checks.say("OWSLib gets an earlier moment", png_size(earlier) == (400, 300) and earlier != picture)
    in_rd = maps.map("situation", bbox=[96000, 406000, 106000, 416000], bbox_crs="[EPSG:28992]", width=300, height=300).read()
    checks.equal("OWSLib gets a box of RD", png_size(in_rd), (300, 300))


def check_processes(checks):
    processes = Processes(f"{checks.base_url}/")
    checks.equal("OWSLib lists the processes", [process["id"] for process in processes.processes()], ["briefing"])
    inputs = processes.process("briefing")["inputs"]
    checks.say("OWSLib reads the inputs of the briefing", {"map", "center", "scale", "format"} <= set(inputs), sorted(inputs))
    waiting = processes.execute("briefing", ORDER, async_=True)
    checks.say("OWSLib is given the job of an order", "jobID" in str(waiting) or "/jobs/" in str(waiting), waiting)
