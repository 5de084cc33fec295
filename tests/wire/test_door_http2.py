# SPDX-License-Identifier: GPL-3.0-or-later
"""Strangers who play with what HTTP/2 has in place of a request line: none of it opens more of Immich than an honest
request would."""

import pytest
from hyperframe.frame import ContinuationFrame, HeadersFrame, PushPromiseFrame

from harness import HOST, StreamError, answer, one_upstream
from harness.guests import KEY, UUID
from harness.http2 import Http2Client

pytestmark = pytest.mark.plain

WHO = ("x-forwarded-for", "203.0.113.9")
METHOD, SCHEME, AUTHORITY = (":method", "GET"), (":scheme", "http"), (":authority", HOST)
OPEN, SHUT = (":path", "/s/summer"), (":path", "/api/users/me")
START = (METHOD, SCHEME, AUTHORITY)

TRICKS = {
    # The path
    "path-missing": START,
    "path-empty": (*START, (":path", "")),
    "path-without-slash": (*START, (":path", "api/users/me")),
    "path-twice": (*START, OPEN, SHUT),
    "path-twice-turned": (*START, SHUT, OPEN),
    "path-twice-the-same": (*START, OPEN, OPEN),
    "path-in-upper-case": (*START, OPEN, (":PATH", "/api/users/me")),
    "path-after-a-field": (METHOD, SCHEME, AUTHORITY, ("accept", "*/*"), OPEN),
    "path-is-whole": (*START, (":path", f"http://{HOST}/api/users/me")),
    "path-is-whole-and-open": (*START, (":path", f"http://{HOST}/s/summer")),
    "path-is-whole-of-another": (*START, (":path", "https://other.example/s/summer")),
    "path-is-an-authority": (*START, (":path", f"{HOST}:80")),
    "path-is-a-star": (*START, (":path", "*")),
    "path-is-a-star-for-options": ((":method", "OPTIONS"), SCHEME, AUTHORITY, (":path", "*")),
    "path-with-fragment": (*START, (":path", "/s/summer#/../../photos")),
    "path-with-fragment-first": (*START, (":path", "#/s/summer")),
    "path-with-query-first": (*START, (":path", "?key=x")),
    "path-with-space": (*START, (":path", "/s/summer /api/users/me")),
    "path-with-version": (*START, (":path", "/s/summer HTTP/1.1")),
    "path-with-line": (*START, (":path", "/s/summer HTTP/1.1\r\nHost: x\r\n\r\nGET /api/users/me")),
    "path-with-bare-line": (*START, (":path", "/s/summer\nx-api-key: x")),
    "path-with-nul": (*START, (":path", "/s/summer\0/../../photos")),
    "path-with-tab": (*START, (":path", "/s/summer\t")),
    "path-with-8-bits": (*START, (":path", "/s/summ\xe9r")),
    "path-with-backslash": (*START, (":path", "/s\\..\\photos")),
    "path-begins-twice": (*START, (":path", "//s/summer")),
    "path-climbs": (*START, (":path", "/s/../photos")),
    "path-climbs-in-disguise": (*START, (":path", "/s/%2e%2e/photos")),
    "path-climbs-in-a-segment": (*START, (":path", "/s/..%2fphotos")),
    "path-with-parameter": (*START, (":path", "/s;x/../photos")),
    # The method
    "method-missing": (SCHEME, AUTHORITY, OPEN),
    "method-empty": ((":method", ""), SCHEME, AUTHORITY, OPEN),
    "method-twice": (METHOD, (":method", "DELETE"), SCHEME, AUTHORITY, OPEN),
    "method-in-lower-case": ((":method", "get"), SCHEME, AUTHORITY, OPEN),
    "method-with-space": ((":method", "GET "), SCHEME, AUTHORITY, OPEN),
    "method-with-path": ((":method", "GET /api/users/me HTTP/1.1\r\nx:"), SCHEME, AUTHORITY, OPEN),
    "method-unknown": ((":method", "PROPFIND"), SCHEME, AUTHORITY, OPEN),
    "trace": ((":method", "TRACE"), SCHEME, AUTHORITY, OPEN),
    "connect": ((":method", "CONNECT"), (":authority", f"{HOST}:80")),
    "connect-with-path": ((":method", "CONNECT"), SCHEME, AUTHORITY, OPEN),
    "connect-to-websocket": ((":method", "CONNECT"), (":protocol", "websocket"), SCHEME, AUTHORITY,
                             (":path", "/api/socket.io/")),
    "websocket-of-an-open-page": ((":method", "CONNECT"), (":protocol", "websocket"), SCHEME, AUTHORITY, OPEN),
    # The scheme
    "scheme-missing": (METHOD, AUTHORITY, OPEN),
    "scheme-empty": (METHOD, (":scheme", ""), AUTHORITY, SHUT),
    "scheme-twice": (METHOD, SCHEME, (":scheme", "https"), AUTHORITY, OPEN),
    "scheme-of-another-kind": (METHOD, (":scheme", "file"), AUTHORITY, SHUT),
    "scheme-with-an-address": (METHOD, (":scheme", f"http://{HOST}/s/summer?"), AUTHORITY, SHUT),
    # Whom it is for
    "nobody": (METHOD, SCHEME, OPEN),
    "authority-empty": (METHOD, SCHEME, (":authority", ""), SHUT),
    "authority-twice": (*START, (":authority", "other"), OPEN),
    "authority-with-path": (METHOD, SCHEME, (":authority", f"{HOST}/api/users/me?"), OPEN),
    "authority-with-user": (METHOD, SCHEME, (":authority", f"x@{HOST}"), OPEN),
    "authority-with-space": (METHOD, SCHEME, (":authority", f"{HOST} "), OPEN),
    "authority-with-line": (METHOD, SCHEME, (":authority", f"{HOST}\r\nx-api-key: x"), OPEN),
    "host-of-another": (*START, OPEN, ("host", "other.example")),
    "host-twice": (METHOD, SCHEME, OPEN, ("host", HOST), ("host", "other.example")),
    "host-with-path": (METHOD, SCHEME, OPEN, ("host", f"{HOST}/api/users/me")),
    # What there is not
    "unknown-pseudo-field": (*START, OPEN, (":route", "/api/users/me")),
    "of-an-answer": (*START, OPEN, (":status", "200")),
    "colon-alone": (*START, OPEN, (":", "x")),
    # Fields
    "name-in-upper-case": (*START, OPEN, ("X-Api-Key", "x")),
    "name-with-colon": (*START, OPEN, ("x-api-key: x\r\ny", "z")),
    "name-with-space": (*START, OPEN, ("x-api-key ", "x")),
    "name-empty": (*START, OPEN, ("", "x")),
    "value-with-line": (*START, OPEN, ("accept", "x\r\nx-api-key: x")),
    "connection": (*START, OPEN, ("connection", "upgrade"), ("upgrade", "websocket")),
    "upgrade": (*START, OPEN, ("upgrade", "websocket")),
    "chunks": ((":method", "POST"), SCHEME, AUTHORITY, SHUT, ("transfer-encoding", "chunked")),
    "te": (*START, OPEN, ("te", "gzip")),
    "lengths-differ": (*START, OPEN, ("content-length", "0"), ("content-length", "5")),
    "length-of-nothing": (*START, OPEN, ("content-length", "5")),
}


def settings(immich):
    return one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n[door]\nworld=links\n"


@pytest.fixture(name="house")
def make_house(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich))
    return immich


def send(client, fields, *, end=True):
    stream = client.open_stream()
    client.send_block(stream, client.encoder.encode(fields), end=end)
    return stream


def is_refused(client, stream):
    """By an answer, by a reset, or by the end of all."""
    try:
        response = client.answer_to(stream)
    except StreamError:
        return client.goaway is not None
    return response.reset is not None or response.status in (400, 404, 405, 501)


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_with_pseudo_fields_get_nothing(wire, house, trick):
    client = Http2Client(wire.daemon.port)
    assert is_refused(client, send(client, (*TRICKS[trick], WHO)))
    client.close()
    assert not house.connections


def test_a_request_is_not_told_twice_on_a_stream(wire, house):
    client = Http2Client(wire.daemon.port)
    stream = send(client, ((":method", "POST"), SCHEME, AUTHORITY, (":path", f"/api/download/archive?key={KEY}"), WHO),
                  end=False)
    client.send_block(stream, client.encoder.encode((*START, SHUT, WHO)))
    assert is_refused(client, stream)
    client.close()
    assert not any(request.target != f"/api/download/archive?key={KEY}" for request in house.requests)


def test_a_head_in_pieces_is_one_head(wire, house):
    """What is open in its first frame, and what is not in its last."""
    client = Http2Client(wire.daemon.port)
    stream = client.open_stream()
    pieces = [client.encoder.encode(part) for part in ((*START, OPEN), (SHUT, WHO))]
    first, second = HeadersFrame(stream, pieces[0], flags=["END_STREAM"]), ContinuationFrame(stream, pieces[1])
    second.flags.add("END_HEADERS")
    client.send_frame(first, second)
    assert is_refused(client, stream)
    client.close()
    assert not house.connections


def test_promises_are_for_others_to_make(wire, house):
    client = Http2Client(wire.daemon.port)
    frame = PushPromiseFrame(1, 2, client.encoder.encode((*START, SHUT, WHO)), flags=["END_HEADERS"])
    client.send_frame(frame)
    assert client.goodbye() is not None
    client.close()
    assert not house.connections


@pytest.mark.parametrize("crumbs", [
    ("immich_access_token=x", "immich_shared_link_token=mine"),
    ("immich_shared_link_token=mine", "immich_access_token=x", "immich_is_authenticated=true"),
    ("a=b; immich_access_token=x", "immich_shared_link_token=mine; c=d"),
])
def test_crumbs_of_cookies_are_no_login(wire, house, crumbs):
    client = Http2Client(wire.daemon.port)
    response = client.request2("GET", f"/api/shared-links/me?key={KEY}", WHO, *(("cookie", crumb) for crumb in crumbs),
                               ("authorization", "Bearer x"), ("x-api-key", "x"))
    assert response.status == 200
    client.close()
    request, = house.requests
    assert request.get("cookie") == "immich_shared_link_token=mine"
    assert "authorization" not in request and "x-api-key" not in request


def test_a_login_behind_a_body_is_none(wire, house):
    """Trailers are read by few; who is let in is not said in them."""
    client = Http2Client(wire.daemon.port)
    stream = client.ask2("POST", f"/api/download/archive?key={KEY}", WHO, body=b"{}", end=False)
    client.send_trailers(stream, ("x-api-key", "x"), ("authorization", "Bearer x"), ("cookie", "immich_access_token=x"),
                         ("x-immich-user-token", "x"), ("x-immich-share-key", KEY))
    assert client.answer_to(stream).status == 200
    client.close()
    request, = house.requests
    assert request.body == b"{}" and not request.trailers


def test_what_is_honest_passes_beside_what_is_not(wire, house):
    client = Http2Client(wire.daemon.port)
    targets = ("/s/summer", "/photos", f"/api/assets/{UUID}/thumbnail?key={KEY}", "/api/users/me", f"/share/{KEY}")
    streams = [client.ask2("GET", target, WHO) for target in targets]
    assert [client.answer_to(stream).status for stream in streams] == [200, 404, 200, 404, 200]
    client.close()
    assert {request.target for request in house.requests} == set(targets[::2])


def test_a_page_that_is_read_slowly_is_left_to_be_read(wire):
    """New settings by which strangers see no less than before cut nobody off, whoever is being told what."""
    immich = wire.upstream(answer(200, "shared"))
    with_pages = settings(immich) + "[tls]\nmode=local\n"
    wire.start(with_pages)
    client = Http2Client(wire.daemon.port, settings={4: 0}, makes_room=False)
    streams = [client.ask2("GET", target, WHO) for target in ("/photos", "/.porchlight/trust")]
    responses = [client.responses[stream] for stream in streams]
    client.read_until_seen(lambda: all(response.status for response in responses))
    wire.reload(with_pages)
    for stream in streams:
        client.make_room(stream, 65535)
    assert [client.answer_to(stream).status for stream in streams] == [404, 404]
    assert all(response.has_ended and response.body for response in responses)
    client.close()
