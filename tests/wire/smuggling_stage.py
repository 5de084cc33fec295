# SPDX-License-Identifier: GPL-3.0-or-later
"""The stage of the smuggling tests. Each attack brings a second message along, hidden where one
reader sees it and another does not; what came out on the other side is compared octet by octet."""

import contextlib
import os
import pathlib
import re
import signal

from harness import HOST, SCHEME, StreamError, wait_until

# What hides behind each request, and must never be asked of the upstream.
PREY = f"GET /smuggled HTTP/1.1\r\nHost: {HOST}\r\n\r\n"

# What hides behind each answer, and must never be anybody's.
FORGED = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"

DATE = "Date: Sun, 06 Nov 1994 08:49:37 GMT"
# The mark by which the program knows its own requests again: another each time it is started.
LOOP_MARK = re.compile(r"^(CDN-Loop: porchlight;id=)[0-9a-f]{16}\r$", re.MULTILINE)
FORWARDED = ("CDN-Loop: porchlight;id=(random)", "X-Forwarded-For: 127.0.0.1",
             f"X-Forwarded-Host: {HOST}", f"X-Forwarded-Proto: {SCHEME}", "X-Real-IP: 127.0.0.1")

CHUNKED = "Transfer-Encoding: chunked"
LAST = "0\r\n\r\n"


def head(line, *fields, host=HOST):
    """A request head; host=None leaves the field out."""
    host_field = () if host is None else (f"Host: {host}",)
    return "\r\n".join((line, *host_field, *fields, "", ""))


def get(*fields):
    return head("GET / HTTP/1.1", *fields)


def post(*fields, body=""):
    return head("POST / HTTP/1.1", *fields) + body


def forwarded(line, *fields, body=""):
    """A request as the upstream gets it."""
    return head(line, *fields, *FORWARDED) + body


def cases(table):
    """Arguments of a parametrized test: the values of a table, named by its keys."""
    return {"argvalues": list(table.values()), "ids": list(table)}


def is_stopped(pid):
    """Whether each of its threads is: the signal takes its time."""
    stats = [path.read_text() for path in pathlib.Path(f"/proc/{pid}/task").glob("*/stat")]
    return all(stat.rsplit(")", 1)[1].split()[0] == "T" for stat in stats)


@contextlib.contextmanager
def paused(daemon):
    """Holds the program still, so that all that happens meanwhile it learns of at once."""
    os.kill(daemon.pid, signal.SIGSTOP)
    try:
        wait_until(lambda: is_stopped(daemon.pid), "the program to stand still")
        yield
    finally:
        os.kill(daemon.pid, signal.SIGCONT)


class Taps:
    """What came on an upstream's connections since the last look."""

    def __init__(self, upstream):
        self._upstream = upstream
        self._seen = {}

    def find_fresh(self):
        """The connections on which something has come."""
        return {conn for conn in list(self._upstream.connections)
                if len(conn.received) > self._seen.get(conn, 0)}

    def read(self):
        news = b""
        for conn in list(self._upstream.connections):
            octets, seen = bytes(conn.received), self._seen.get(conn, 0)
            self._seen[conn] = len(octets)
            news += octets[seen:]
        return LOOP_MARK.sub(r"\1(random)\r", news.decode("latin-1"))


class RequestStage:
    """An upstream that answers each request it understands, and clients that attack."""

    def __init__(self, wire):
        self._wire = wire
        self._upstream = wire.upstream(self._answer)
        self._taps = Taps(self._upstream)
        self._ended = set()

    def _answer(self, conn):
        try:
            for request in conn.requests():
                conn.respond(200, "" if request.method == "HEAD" else "answer")
        except StreamError:
            pass  # broken off by the proxy: what came until then is compared
        finally:
            self._ended.add(conn)

    def _check_that_all_is_well(self, client):
        """The next request is understood as itself, and nothing else came along."""
        assert client.get("/next").body == b"answer"
        assert self._taps.read() == forwarded("GET /next HTTP/1.1")

    def refuse(self, octets, status=400):
        """The answer is status and the end; the upstream hears nothing."""
        client = self._wire.client()
        client.send(octets + PREY)
        assert client.read_response().status == status
        client.expect_end()
        assert self._taps.read() == ""
        self._check_that_all_is_well(self._wire.client())

    def refuse_after(self, good, octets):
        """The same behind a request that is served."""
        client = self._wire.client()
        client.send(good + octets + PREY)
        assert client.read_response().status == 200
        assert client.read_response().status == 400
        client.expect_end()
        assert self._taps.read() == forwarded("GET / HTTP/1.1")

    def deliver(self, octets, *requests, method="GET"):
        """The upstream gets exactly these requests, and the connection goes on behind them."""
        client = self._wire.client()
        client.send(octets)
        for _ in requests:
            assert client.read_response(to=method).status == 200
        assert self._taps.read() == "".join(requests)
        self._check_that_all_is_well(client)

    def break_off(self, octets, request):
        """The answer is 400 and the end. The upstream gets of the request what stands before the
        fault, then the end of the connection in place of the rest."""
        client = self._wire.client()
        client.send(octets + PREY)
        assert client.read_response().status == 400
        client.expect_end()
        wait_until(self._taps.find_fresh, "the request at the upstream")
        wait_until(lambda: self._taps.find_fresh() <= self._ended, "its end")
        assert request.startswith(self._taps.read())
        self._check_that_all_is_well(self._wire.client())


class ResponseStage:
    """An upstream that answers /attack with what the test gives it, and all else honestly."""

    def __init__(self, wire):
        self._wire = wire
        self._upstream = wire.upstream(self._answer)
        self._attack = ""

    def _answer(self, conn):
        for request in conn.requests():
            if request.target == "/attack":
                conn.send(self._attack)
            else:
                conn.respond(200, "genuine", DATE)

    def ask(self, attack, method="GET", behind=""):
        """A client that has asked for the attack, and at once for what stands behind."""
        self._attack = attack
        client = self._wire.client()
        client.send(head(f"{method} /attack HTTP/1.1") + behind)
        return client

    def check_that_all_is_well(self, *clients):
        """Whoever asks next gets the answer to what it asks, on a connection not poisoned."""
        for client in (*clients, self._wire.client()):
            assert client.get("/next").body == b"genuine"
            assert b"forged" not in client.received

    def refuse(self, attack):
        """The client is told 502 and goes on with the next request."""
        client = self.ask(attack + FORGED)
        assert client.read_response().status == 502
        self.check_that_all_is_well(client)

    def deliver(self, attack, expected, method="GET"):
        """The client gets exactly the expected octets, and what was asked next behind them."""
        client = self.ask(attack, method)
        assert client.read_exact(len(expected)).decode("latin-1") == expected
        self.check_that_all_is_well(client)

    def break_off(self, attack, answer):
        """The client gets of the answer what stands before the fault, then a broken connection."""
        client = self.ask(attack + FORGED)
        seen, end = client.wait_for_end()
        assert answer.startswith(seen.decode("latin-1")) and not end.clean
        self.check_that_all_is_well()
