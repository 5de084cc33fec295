# SPDX-License-Identifier: GPL-3.0-or-later
"""No request that a circle of people may not make ever reaches Immich, nor even opens a connection to it: thousands at
random, each judged by rules that are not Porchlight's own (harness/guests.py). WIRE_SEED=N begins elsewhere."""

import csv
import os
import pathlib
import random

import pytest

from harness import HOST, Client, StreamError, answer, one_upstream
from harness.guests import KEY, UUID, make_request, may_see
from harness.http2 import Http2Client

SEED = int(os.environ.get("WIRE_SEED", "1"))
COUNT = int(os.environ.get("WIRE_REQUESTS", "1500"))

with open(pathlib.Path(__file__).with_name("immich_operations.tsv"), encoding="utf-8") as tsv:
    OPERATIONS = sorted({(method, path.replace("{id}", UUID)) for method, path, *_ in
                         csv.reader((line for line in tsv if not line.startswith("#")), delimiter="\t")})
PAGES = [("GET", path) for path in (
    f"/share/{KEY}", f"/share/{KEY}/photos/{UUID}", "/s/summer", f"/s/summer/photos/{UUID}", "/s/a%2Fb", "/_app/env.js",
    "/_app/immutable/entry/start.Bx.js", "/custom.css", "/favicon.ico", "/service-worker.js", "/photos", "/", "/auth/login")]
# So that half of what is made begins with what guests may have.
SHARED = [(method, path) for method, path in OPERATIONS if may_see(method, f"{path}?key={KEY}", uploads=True)]
BEGINNINGS = OPERATIONS + (PAGES + SHARED) * (len(OPERATIONS) // len(PAGES + SHARED))

WORLD, HOME, COMPUTER = "203.0.113.9", "192.168.1.7", "127.0.0.1"
CASES = {  # who asks, what [door] says, whether they may see links alone, and whether they may send photos
    "world": (WORLD, "", True, False),
    "world-uploads": (WORLD, "guest-uploads=true", True, True),
    "home": (HOME, "home=links\nworld=everything", True, False),
    "home-sees-all": (HOME, "world=links", False, False),
    "computer": (COMPUTER, "home=links\nworld=links", False, False),
}


class OverHttp1:
    """Asks one thing after another; a connection that was ended is made anew."""

    def __init__(self, wire):
        self._wire = wire
        self._client = None

    def ask(self, method, target, fields):
        if self._client is None:
            self._client = Client(self._wire.daemon.port)
        body = ("Content-Length: 0",) if method in ("POST", "PUT", "PATCH") else ()
        lines = (f"{method} {target} HTTP/1.1", f"Host: {HOST}", *fields, *body, "", "")
        try:
            self._client.send("\r\n".join(lines).encode("latin-1"))
            response = self._client.read_response(to=method)
        except StreamError:
            self.close()
            return None
        if response.get("connection") == "close":
            self.close()
        return response.status

    def close(self):
        if self._client:
            self._client.close()
        self._client = None


class OverHttp2:
    def __init__(self, wire):
        self._wire = wire
        self._client = None

    def ask(self, method, target, fields):
        if self._client is None:
            self._client = Http2Client(self._wire.daemon.port)
        pairs = [line.partition(": ")[::2] for line in fields]
        try:
            return self._client.request2(method, target, *[(name.lower(), value) for name, value in pairs]).status
        except StreamError:
            self.close()
            return None

    def close(self):
        if self._client:
            self._client.close()
        self._client = None


def make_requests(case, who):
    """Each has a number in a field, by which it is known again at Immich."""
    source = random.Random(f"{case} {SEED}")
    for number in range(COUNT):
        method, target, fields = make_request(source, BEGINNINGS)
        forged = source.choice(([], [], ["X-Forwarded-For: 127.0.0.1"], ["X-Forwarded-For: 192.168.1.7, ::1"]))
        source.shuffle(fields)
        yield number, method, target, [*forged, *fields, f"X-Number: {number}", f"X-Forwarded-For: {who}"]


def assert_is_nobody(request):
    for name in ("authorization", "x-api-key", "x_api_key", "x-immich-user-token", "x-immich-session-token",
                 "x-immich-session_token", "x-immich-share-key", "x-immich-share-slug", "upgrade",
                 "x-http-method-override", "x-original-url", "x-forwarded-prefix"):
        assert name not in request, request.raw
    assert all(cookie == "immich_shared_link_token=mine" for cookie in request.get_all("cookie")), request.raw


@pytest.mark.plain
@pytest.mark.parametrize("speaker", [OverHttp1, OverHttp2], ids=["http1", "http2"])
@pytest.mark.parametrize("case", CASES)
def test_nothing_reaches_immich_that_may_not(wire, case, speaker):
    who, door, is_guest, uploads = CASES[case]
    immich = wire.upstream(answer(200))
    wire.start(one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n"
               f"[door]\nlimits=false\nguard=false\n{door}\n")
    asked = list(make_requests(case, who))
    allowed = {number for number, method, target, _ in asked if not is_guest or may_see(method, target, uploads)}
    client = speaker(wire)

    for number, method, target, fields in asked:
        if number not in allowed:
            client.ask(method, target, fields)
            assert not immich.connections, (number, method, target, fields)
    assert len(allowed) == len(asked) or len(asked) - len(allowed) > COUNT // 4

    passed = [client.ask(method, target, fields) for number, method, target, fields in asked if number in allowed]
    client.close()
    assert passed.count(200) > len(allowed) // 2 > COUNT // 40
    assert {int(request.get("x-number")) for request in immich.requests} <= allowed
    if is_guest:
        for request in immich.requests:
            assert_is_nobody(request)
