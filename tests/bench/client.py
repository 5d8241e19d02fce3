"""client.py - the one client of the benchmark: one connection that stays open, one request at a time.

Servers are asked over a TCP connection on the loopback that is kept open: Plottafel speaks HTTP, MapServer
speaks FastCGI (mapserv has no HTTP of its own, and a web server between would be charged to it). Mapnik is a library:
a process that draws with it is asked through a pipe, so it pays for no protocol.
"""
import re
import socket
import struct
import time

FCGI_BEGIN, FCGI_END, FCGI_PARAMS, FCGI_STDIN, FCGI_STDOUT, FCGI_STDERR = 1, 3, 4, 5, 6, 7


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body


def parse_headers(lines):
    pairs = (line.partition(b":") for line in lines if b":" in line)
    return {name.strip().lower().decode("latin-1"): value.strip().decode("latin-1") for name, _, value in pairs}


class Connection:
    """A socket with a buffer of what was received but not yet asked for."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.received = b""

    def close(self):
        self.socket.close()

    def receive(self):
        chunk = self.socket.recv(1 << 18)
        if not chunk:
            raise ConnectionError("the server closed the connection")
        self.received += chunk

    def take(self, count):
        while len(self.received) < count:
            self.receive()
        taken, self.received = self.received[:count], self.received[count:]
        return taken


class HttpConnection(Connection):
    def request(self, method, target, body=b"", headers=()):
        lines = [f"{method} {target} HTTP/1.1", "Host: localhost", *headers]
        if body:
            lines += ["Content-Type: application/geo+json", f"Content-Length: {len(body)}"]
        self.socket.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        while b"\r\n\r\n" not in self.received:
            self.receive()
        head, _, self.received = self.received.partition(b"\r\n\r\n")
        first, *rest = head.split(b"\r\n")
        fields = parse_headers(rest)
        return Answer(int(first.split()[1]), fields, self.take(int(fields.get("content-length", 0))))

    def get(self, target):
        return self.request("GET", target)


def fcgi_record(kind, content):
    return struct.pack(">BBHHBx", 1, kind, 1, len(content), 0) + content


def fcgi_pair(name, value):
    return struct.pack(">BI", len(name), len(value) | 0x80000000) + name.encode() + value.encode()


class FastCgiConnection(Connection):
    """parameters: what a web server would tell with each request, the map file among it."""

    def __init__(self, port, parameters):
        super().__init__(port)
        self.parameters = b"".join(fcgi_pair(name, value) for name, value in parameters.items())

    def get(self, query):
        self.socket.sendall(
            fcgi_record(FCGI_BEGIN, struct.pack(">HB5x", 1, 1))  # a responder; keep the connection
            + fcgi_record(FCGI_PARAMS, self.parameters + fcgi_pair("QUERY_STRING", query))
            + fcgi_record(FCGI_PARAMS, b"") + fcgi_record(FCGI_STDIN, b""))
        output = []
        while True:
            _, kind, _, length, padding = struct.unpack(">BBHHBx", self.take(8))
            content = self.take(length + padding)[:length]
            if kind == FCGI_STDOUT:
                output.append(content)
            elif kind == FCGI_END:
                break
        head, body = re.split(rb"\r?\n\r?\n", b"".join(output), maxsplit=1)  # QGIS ends its lines with \n
        return Answer(200, parse_headers(head.splitlines()), body)


class PipeConnection:
    """A process that answers each line with a length and a picture (mapnik_renderer.py)."""

    def __init__(self, process):
        self.process = process

    def get(self, line):
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()
        length, = struct.unpack(">I", self.process.stdout.read(4))
        return Answer(200, {}, self.process.stdout.read(length))

    def close(self):
        self.process.stdin.close()


class Times:
    """How long requests took, seconds, in the order in which they were made."""

    def __init__(self):
        self.seconds, self.bytes = [], 0

    def percentile_ms(self, percent):
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]

    def per_second(self):
        return len(self.seconds) / sum(self.seconds)

    def mean_bytes(self):
        return self.bytes / len(self.seconds)

    def add(self, other):
        self.seconds += other.seconds
        self.bytes += other.bytes


def ask(connection, targets, most_s=float("inf")):
    """Asks for each target, until the time is over; a picture that is none stops the benchmark."""
    times, begun = Times(), time.perf_counter()
    for target in targets:
        start = time.perf_counter()
        if start - begun >= most_s:
            break
        answer = connection.get(target)
        times.seconds.append(time.perf_counter() - start)
        times.bytes += len(answer.body)
        if answer.status != 200 or not answer.body.startswith(b"\x89PNG"):
            raise RuntimeError(f"no picture for {target}: {answer.status} {answer.body[:300]!r}")
    return times


def overhead_ms(connection, target, count=300):
    """The median time of a request that asks for no picture: what client, socket and protocol cost."""
    times = Times()
    for _ in range(count):
        start = time.perf_counter()
        connection.get(target)
        times.seconds.append(time.perf_counter() - start)
    return times.percentile_ms(50)
