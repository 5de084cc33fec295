# SPDX-License-Identifier: GPL-3.0-or-later

"""What is sent through the proxies. All of it runs on the load's core, beside the upstream."""

import os
import socket
import struct
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import measure
import running

HERE = Path(__file__).parent
TOOLS = running.TOOLS

BLOCK = bytearray(256 * 1024)

UPGRADE = (
    b"GET /api/socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n"
    b"Host: photos.example\r\n"
    b"Upgrade: websocket\r\n"
    b"Connection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
PING_FRAME = b"\x89\x80\x00\x00\x00\x00"


@contextmanager
def arena(contestant, workers=1):
    """A fresh upstream and a fresh proxy before it, with this process on the load's core."""
    cores = measure.CORES.split(workers)[1]
    os.sched_setaffinity(0, cores)
    port = running.free_port()
    with running.start([TOOLS / "bench-upstream", str(port)], port, cores) as upstream:
        with contestant.run(upstream, workers) as proxy:
            yield proxy


@dataclass(frozen=True)
class Answered:
    requests: int
    seconds: float

    def __post_init__(self):
        if self.requests == 0:
            raise RuntimeError("nothing was answered in the time")

    @property
    def rate(self):
        return self.requests / self.seconds


def wrk(
    port, path, connections, seconds, threads=1, headers=(), scheme="http", environment=None,
    refused=False,
):  # fmt: skip
    """As many requests as go in the time. Anything but a 200 ends the benchmark, since a proxy that
    refuses is fast; where that is measured (@refused), anything else does."""
    said = subprocess.run(
        ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}s", "-s", HERE / "wrk.lua"]
        + [word for header in headers for word in ("-H", header)]
        + [f"{scheme}://127.0.0.1:{port}{path}"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    ).stdout
    requests, microseconds, failed, refusals = map(int, said.split("RESULT ")[1].split())
    if failed or refusals != (requests if refused else 0):
        raise RuntimeError(f"requests failed:\n{said}")
    return Answered(requests, microseconds / 1e6)


def pace(port, path, connections, rate, seconds):
    """(median, 99th percentile) in microseconds of requests sent at a fixed rate."""
    said = subprocess.run(
        [TOOLS / "bench-pace"] + [str(word) for word in (port, path, connections, rate, seconds)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    _, median, late, _ = map(float, said.split())
    return median, late


def connect(port):
    """A client that resets when it is closed: thousands in TIME_WAIT would slow the next round."""
    client = socket.create_connection(("127.0.0.1", port), timeout=60)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return client


def read_head(client, status):
    """Reads up to the end of a head, and returns what came behind it."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = client.recv(65536)
        if not piece:
            raise RuntimeError(f"closed after {received!r}")
        received += piece
    if received.split(b" ", 2)[1] != status:
        raise RuntimeError(f"not a {status!r}: {received!r}")
    return received.split(b"\r\n\r\n", 1)[1]


def download(port, length):
    with connect(port) as client:
        client.sendall(b"GET /bytes/%d HTTP/1.1\r\nHost: photos.example\r\n\r\n" % length)
        left = length - len(read_head(client, b"200"))
        while left > 0:
            got = client.recv_into(BLOCK)
            if got == 0:
                raise RuntimeError(f"cut {left} bytes before the end")
            left -= got


def upload(port, length):
    with connect(port) as client:
        client.sendall(
            b"POST /api/assets HTTP/1.1\r\nHost: photos.example\r\n"
            b"Content-Length: %d\r\n\r\n" % length
        )
        for _ in range(length // len(BLOCK)):
            client.sendall(BLOCK)
        client.sendall(BLOCK[: length % len(BLOCK)])
        read_head(client, b"201")


@contextmanager
def held(port, count, greet):
    """Clients that have been greeted and then stay. They must still be there at the end, or it was
    not idleness that was measured."""
    clients = []
    try:
        for _ in range(count):
            clients.append(connect(port))
            greet(clients[-1])
        yield
        gone = sum(not is_open(client) for client in clients)
        if gone:
            raise RuntimeError(f"{gone} of {count} idle connections were closed")
    finally:
        for client in clients:
            client.close()


def is_open(client):
    client.setblocking(False)
    try:
        return client.recv(1) != b""
    except BlockingIOError:
        return True
    except ConnectionError:
        return False


def greet_http(client):
    """One answered request, then keep-alive."""
    client.sendall(b"GET /bytes/2 HTTP/1.1\r\nHost: photos.example\r\n\r\n")
    body = read_head(client, b"200")
    while len(body) < 2:
        body += client.recv(2)


def greet_websocket(client):
    """An upgrade and one message there and back, so that both directions have been in use."""
    client.sendall(UPGRADE)
    read_head(client, b"101")
    client.sendall(PING_FRAME)
    if client.recv(len(PING_FRAME), socket.MSG_WAITALL) != PING_FRAME:
        raise RuntimeError("the WebSocket does not echo")
