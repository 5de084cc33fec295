# SPDX-License-Identifier: GPL-3.0-or-later
"""What the upstream and the records are told when a trusted proxy stands in front. All that a proxy
may say is in tests/unit/route/forwarded-test.c; here is what comes over a socket of it."""

import pytest

from harness import HOST, SCHEME, answer, one_upstream

PROXY = "127.0.0.1"


class Told:
    """For, Proto, Host, Real-IP as the upstream gets them."""

    def __init__(self, chain, proto=SCHEME, host=HOST):
        self.chain, self.proto, self.host = chain, proto, host
        self.real_ip = chain.split(", ")[0]


CASES = {
    "one": (["X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https",
             "X-Forwarded-Host: photos.example:8443"],
            Told(f"203.0.113.9, {PROXY}", "https", "photos.example:8443")),
    "two": (["X-Forwarded-For: 203.0.113.9, 127.0.0.2", "X-Forwarded-Proto: HTTPS, http",
             "X-Forwarded-Host: photos.example, inner.example"],
            Told(f"203.0.113.9, 127.0.0.2, {PROXY}", "https", "photos.example")),
    "two, in fields of their own": (
        ["X-Forwarded-For: 203.0.113.9", "A: b", "x-forwarded-for: 127.0.0.2"],
        Told(f"203.0.113.9, 127.0.0.2, {PROXY}")),
    "a stranger who forges": (["X-Forwarded-For: 127.0.0.3, 6.6.6.6, 203.0.113.9"],
                              Told(f"203.0.113.9, {PROXY}")),
    "a stranger who hides behind junk": (["X-Forwarded-For: junk, 203.0.113.9"],
                                         Told(f"203.0.113.9, {PROXY}")),
    "a stranger who hides behind a quotation mark": (['X-Forwarded-For: ", 203.0.113.9'],
                                                     Told(f"203.0.113.9, {PROXY}")),
    "ports, brackets and zones": (
        ["X-Forwarded-For: [fe80::1%25eth0]:4711, 127.0.0.2:80"],
        Told(f"fe80::1, 127.0.0.2, {PROXY}")),
    "unknown": (["X-Forwarded-For: 6.6.6.6, unknown, 127.0.0.2"], Told(f"127.0.0.2, {PROXY}")),
    "nothing that can be read": (
        ["X-Forwarded-For: _hidden", "X-Forwarded-Proto: ftp", "X-Forwarded-Host: a/b"],
        Told(PROXY)),
    "wss": (["X-Forwarded-Proto: wss"], Told(PROXY, "https")),
    "Forwarded": (
        ['Forwarded: for="[2001:DB8::5]:4711";proto=https;host="photos.example:8443"'],
        Told(f"2001:db8::5, {PROXY}", "https", "photos.example:8443")),
    "Forwarded by two": (
        ["Forwarded: for=6.6.6.6, for=203.0.113.9;proto=https", "Forwarded: for=127.0.0.2"],
        Told(f"203.0.113.9, 127.0.0.2, {PROXY}", "https")),
    "Forwarded of a stranger's beside the proxy's own": (
        ["Forwarded: for=6.6.6.6;host=evil.example", "X-Forwarded-For: 203.0.113.9"],
        Told(f"203.0.113.9, {PROXY}")),
}


@pytest.mark.parametrize("fields, told", CASES.values(), ids=CASES)
def test_a_trusted_proxy_is_believed(wire, fields, told):
    immich = wire.upstream(answer(200))
    wire.start(one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n")

    assert wire.client().get("/", *fields).status == 200

    request, = immich.requests
    assert request.get("x-forwarded-for") == told.chain
    assert request.get("x-forwarded-proto") == told.proto
    assert request.get("x-forwarded-host") == told.host
    assert request.get("x-real-ip") == told.real_ip
    assert "forwarded" not in request
    assert wire.daemon.wait_for_records(1)[0]["client"] == told.real_ip


@pytest.mark.parametrize("fields", [fields for fields, _ in CASES.values()], ids=CASES)
def test_a_stranger_is_not(wire, fields):
    immich = wire.upstream(answer(200))

    wire.client().get("/", *fields)

    request, = immich.requests
    assert request.get("x-forwarded-for") == request.get("x-real-ip") == PROXY
    assert request.get("x-forwarded-proto") == SCHEME
    assert request.get("x-forwarded-host") == HOST
    assert "forwarded" not in request
