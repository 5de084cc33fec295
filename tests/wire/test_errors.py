# SPDX-License-Identifier: GPL-3.0-or-later
"""Our own answers: right status, right form for who asks, nothing that helps an attacker."""

import json
import re
import ssl

import pytest

from harness import answer, one_upstream, request_head

MALFORMED = {
    "no version": ("GET /\r\n\r\n", 400),
    "two spaces": ("GET  / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "not http": ("\x16\x02\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    "bad method": ("G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "bad target": ("GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "fragment": ("GET /#x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    "http 2": ("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505),
    "http 0.9": ("GET / HTTP/0.9\r\nHost: a\r\n\r\n", 505),
    "no host": ("GET / HTTP/1.1\r\n\r\n", 400),
    "two hosts": ("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400),
    "bad host": ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    "space before colon": ("GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n", 400),
    "folded": ("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", 400),
    "nul": ("GET / HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n", 400),
    "bare lf": ("GET / HTTP/1.1\nHost: a\n\n", 400),
    "bad length": ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400),
    "two lengths": ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                    "Content-Length: 1\r\n\r\nx", 400),
    "length and coding": ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n"
                          "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    "coding without an end": ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 400),
    "unknown coding": ("POST / HTTP/1.1\r\nHost: a\r\n"
                       "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
    "connect": ("CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405),
}


@pytest.fixture(scope="module")
def house(shared_wire):
    """One daemon for all cases; nothing of any of them may reach its upstream."""
    upstream = shared_wire.upstream(answer(200))
    shared_wire.start()
    yield shared_wire
    assert upstream.connections == []


@pytest.mark.parametrize("case", MALFORMED)
def test_what_is_not_http_is_refused_and_goes_nowhere(house, case):
    text, status = MALFORMED[case]

    client = house.client()
    client.send(text)
    response = client.read_response()

    assert (response.status, response.get("connection")) == (status, "close")
    client.expect_end()


def test_what_follows_a_refused_request_is_not_read(house):
    client = house.client()
    client.send("GET / HTTP/1.1\r\n\r\n" + request_head("GET", "/second"))

    assert client.read_response().status == 400
    client.expect_end()


def test_an_error_for_a_program_is_json(house):
    client = house.client()
    client.send("GET / HTTP/1.1\r\nAccept: application/json\r\n\r\n")
    response = client.read_response()

    assert response.get("content-type").startswith("application/json")
    assert set(json.loads(response.body)) >= {"error", "reason"}
    assert "Host" in json.loads(response.body)["reason"]


BROWSER = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def down(wire, *fields, method="GET"):
    """The answer when the upstream is down."""
    immich = wire.upstream(answer(200), listening=False)
    wire.start(one_upstream([immich.url]), limits={"unavailable-wait-ms": 100})
    response = wire.client().request(method, "/", *fields)
    assert response.status == 503
    return immich, response


def test_an_error_for_a_browser_is_a_page_that_tries_again(wire):
    _, response = down(wire, BROWSER)

    assert response.get("content-type").startswith("text/html")
    page = response.body.decode()
    assert re.search(r"<!doctype html>", page, re.IGNORECASE)
    assert re.search(r'http-equiv="?refresh', page) or response.get("refresh")
    assert response.get("cache-control") == "no-store"


def test_an_error_for_a_program_says_when_to_ask_again(wire):
    _, response = down(wire, "Accept: application/json")

    assert json.loads(response.body)["reason"] == "upstream-down"
    assert response.get("retry-after").isdigit()


@pytest.mark.parametrize("accept", [BROWSER, "Accept: */*"])
def test_an_error_tells_nothing_of_the_inside(wire, accept):
    immich, response = down(wire, accept)

    text = (response.raw + response.body).decode().lower()
    for secret in ("127.0.0.1", str(immich.port), "0.1.0", "porchlight/", "libsoup", "glib"):
        assert secret not in text
    assert "server" not in response


def test_an_error_to_head_has_no_body(wire):
    immich = wire.upstream(answer(200), listening=False)
    wire.start(one_upstream([immich.url]), limits={"unavailable-wait-ms": 100})

    client = wire.client()
    client.ask("HEAD", "/")
    assert client.read_response(to="HEAD").status == 503
    client.expect_silence(0.05)
    assert client.request("HEAD", "/").status == 503


def test_an_error_page_for_a_page_that_cannot_be_repaired_does_not_try_again(house):
    client = house.client()
    client.send("GET / HTTP/1.1\r\nHost: a b\r\n" + BROWSER + "\r\n\r\n")
    response = client.read_response()

    assert response.status == 400
    assert b"refresh" not in response.body.lower()
    assert response.get("retry-after") is None


def test_a_browser_whose_cookies_are_too_large_is_told_in_a_page(house):
    client = house.client()
    client.send(request_head("GET", "/", BROWSER, "Cookie: " + "c" * 40000))
    response = client.read_response()

    assert response.status == 431
    assert response.get("content-type").startswith("text/html") and b"cookies" in response.body


def test_a_refused_head_request_has_no_body_either(house):
    client = house.client()
    client.send("HEAD / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n")

    assert client.read_response(to="HEAD").status == 400
    client.expect_end()


@pytest.mark.plain
def test_who_speaks_tls_is_told_so_in_tls(wire):
    wire.upstream(answer(200))
    wire.start()

    with pytest.raises(ssl.SSLError) as refused:
        ssl.create_default_context().wrap_socket(wire.client().sock, server_hostname="localhost")

    assert refused.value.reason == "TLSV1_ALERT_PROTOCOL_VERSION"
    record = wire.record()
    assert (record["reason"], record["status"], record["target"]) == ("tls-spoken", 0, "")


@pytest.mark.parametrize("broken, status", [("", 502), ("HTTP/1.1 banana\r\n\r\n", 502)])
def test_an_upstream_fault_is_told_as_one(wire, broken, status):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(broken)

    response = wire.client().get("/", "Accept: application/json")
    assert response.status == status
    assert json.loads(response.body)["error"]


def test_the_upstreams_own_errors_pass_untouched(wire):
    wire.upstream(answer(503, "mine", "Retry-After: 7", "X-Mine: 1"))

    response = wire.client().get("/", BROWSER)
    assert (response.status, response.body) == (503, b"mine")
    assert (response.get("retry-after"), response.get("x-mine")) == ("7", "1")


def test_a_connection_survives_an_error_that_is_not_its_own(wire):
    """502 is the upstream's fault: a client that sent all of its request may ask the next."""
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == "/bad":
                return
            conn.respond(200, "good")

    client = wire.client()
    assert client.get("/bad").status == 502
    assert client.get("/good").body == b"good"
