# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that two readers would take for two different things, and answers nobody asked for: an
upstream that was led astray must not be able to answer somebody else's request."""

import pytest

from harness import wait_until
from smuggling_stage import CHUNKED, DATE, FORGED, LAST, ResponseStage, cases, head, paused

OK = "HTTP/1.1 200 OK"


@pytest.fixture(scope="module")
def stage(shared_wire):
    return ResponseStage(shared_wire)


def response(*lines, body=""):
    return "\r\n".join((*lines, "", "")) + body


def ok(*fields, body=""):
    return response(OK, DATE, *fields, body=body)


def with_length(value):
    return ok(f"Content-Length: {value}", body="hello")


def with_coding(value):
    return ok(f"Transfer-Encoding: {value}", body=LAST)


HEADS = {
    "CL and TE": ok("Content-Length: 5", CHUNKED, body=LAST),
    "TE and CL": ok(CHUNKED, "Content-Length: 5", body=LAST),
    "CL 0 and TE": ok("Content-Length: 0", CHUNKED, body=LAST),
    "CL and TE identity": ok("Content-Length: 5", "Transfer-Encoding: identity", body="hello"),
    "two CL that differ": ok("Content-Length: 5", "Content-Length: 6", body="hello"),
    "two CL that agree": ok("Content-Length: 5", "content-length: 5", body="hello"),
    "CL list that differs": with_length("5, 6"), "CL list that agrees": with_length("5, 5"),
    "CL with plus": with_length("+5"), "CL with minus": with_length("-5"),
    "CL hexadecimal": with_length("0x5"), "CL of two words": with_length("5 5"),
    "CL empty": with_length(""), "CL a word": with_length("five"),
    "CL with NUL": with_length("5\0"), "CL above 2^63": with_length("9223372036854775808"),
    "CL above 2^64": with_length("18446744073709551621"),
    "TE twice": ok(CHUNKED, CHUNKED, body=LAST),
    "TE with an empty one": ok("Transfer-Encoding:", CHUNKED, body=LAST),
    "TE chunked twice": with_coding("chunked, chunked"), "TE xchunked": with_coding("xchunked"),
    "TE identity": with_coding("identity"), "TE gzip, chunked": with_coding("gzip, chunked"),
    "TE chunked, identity": with_coding("chunked, identity"),
    "TE with comma": with_coding(", chunked"),
    "TE with vertical tab": with_coding("\x0bchunked"), "TE with quotes": with_coding('"chunked"'),
    "TE empty": with_coding(""), "TE in HTTP/1.0": response("HTTP/1.0 200 OK", CHUNKED, body=LAST),
    "folded value": ok("X: 1", " 2", "Content-Length: 0"),
    "folded TE": ok("Content-Length: 5", "Transfer-Encoding:", " chunked", body=LAST),
    "folded first field": response(OK, " X: 1", "Content-Length: 0"),
    "space before the colon": ok("Content-Length : 5", body="hello"),
    "TAB before the colon": ok("Transfer-Encoding\t: chunked", body=LAST),
    "no colon": ok("X", "Content-Length: 0"), "no name": ok(": 1", "Content-Length: 0"),
    "space in a name": ok("Transfer Encoding: chunked", body=LAST),
    "octet above 127 in a name": ok("X\xe9: 1", "Content-Length: 0"),
    "a status line among the fields": ok(OK, "Content-Length: 0"),
    "LF everywhere": ok("Content-Length: 5", body="hello").replace("\r\n", "\n"),
    "LF after a field": ok("X: 1\nY: 2", "Content-Length: 0"),
    "LF hides a cookie": ok("X: 1\nSet-Cookie: a=1", "Content-Length: 0"),
    "LF LF": f"{OK}\r\nContent-Length: 0\n\n", "CR CR LF": f"{OK}\r\r\nContent-Length: 0\r\n\r\n",
    "CR in a value": ok("Location: /\rSet-Cookie: a=1", "Content-Length: 0"),
    "NUL in a value": ok("X: \0", "Content-Length: 0"),
    "DEL in a value": ok("X: \x7f", "Content-Length: 0"),
    "escape in a value": ok("X: \x1b[2J", "Content-Length: 0"),
    "CR in the reason": response("HTTP/1.1 200 O\rK", "Content-Length: 0"),
    "NUL in the reason": response("HTTP/1.1 200 \0", "Content-Length: 0"),
    "status of four digits": response("HTTP/1.1 2000 OK", "Content-Length: 0"),
    "status of two digits": response("HTTP/1.1 20 OK", "Content-Length: 0"),
    "status below 100": response("HTTP/1.1 099 No", "Content-Length: 0"),
    "status with sign": response("HTTP/1.1 +20 OK", "Content-Length: 0"),
    "status glued to the reason": response("HTTP/1.1 200OK", "Content-Length: 0"),
    "two spaces": response("HTTP/1.1  200 OK", "Content-Length: 0"),
    "TAB": response("HTTP/1.1\t200 OK", "Content-Length: 0"),
    "version in lower case": response("http/1.1 200 OK", "Content-Length: 0"),
    "version 2": response("HTTP/2 200", "Content-Length: 0"),
    "version 2.0": response("HTTP/2.0 200 OK", "Content-Length: 0"),
    "another protocol": response("ICY 200 OK", "Content-Length: 0"),
    "a request": "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "HTTP/0.9": "<!DOCTYPE html>\n<title>Immich</title>\n",
    "HTTP/2 settings": "\0\0\x0c\x04\0\0\0\0\0\0\x03\0\0\0\x64\0\x04\0\0\xff\xff\r\n",
    "a TLS alert": "\x15\x03\x01\0\x02\x02\x46", "garbage": "\xff\xfe\x00garbage\n",
    "an empty line before": "\r\n" + ok("Content-Length: 0"),
    "a space before": " " + ok("Content-Length: 0"), "LF before": "\n" + ok("Content-Length: 0"),
    "101 nobody asked for": response(
        "HTTP/1.1 101 Go", "Connection: Upgrade", "Upgrade: websocket"),
    "101 without a protocol": response("HTTP/1.1 101 Go"),
    "a bad head behind 103": response("HTTP/1.1 103 Hints") + with_length("+5"),
}


@pytest.mark.parametrize("attack", **cases(HEADS))
def test_a_head_that_is_none_is_told_as_a_fault(stage, attack):
    stage.refuse(attack)


# (what the upstream sends, what the client gets); behind each stands a forged answer.
WHOLE = {
    "behind CL": (ok("Content-Length: 5", body="hello"), ok("Content-Length: 5", body="hello")),
    "behind CL 0": (ok("Content-Length: 0"), ok("Content-Length: 0")),
    "behind a long CL": (
        ok("Content-Length: 400000", body="x" * 400000),
        ok("Content-Length: 400000", body="x" * 400000)),
    "behind a long chunk": (
        ok(CHUNKED, body="61a80\r\n" + "x" * 400000 + "\r\n" + LAST),
        ok(CHUNKED, body="61a80\r\n" + "x" * 400000 + "\r\n" + LAST)),
    "behind chunks": (
        ok(CHUNKED, body="5\r\nhello\r\n" + LAST), ok(CHUNKED, body="5\r\nhello\r\n" + LAST)),
    "behind an empty chunked body": (ok(CHUNKED, body=LAST), ok(CHUNKED, body=LAST)),
    "behind trailers": (
        ok(CHUNKED, body="0\r\nContent-Length: 9\r\nSet-Cookie: a\r\nLocation: /\r\nX-Sum: 1\r\n\r\n"),
        ok(CHUNKED, body="0\r\nX-Sum: 1\r\n\r\n")),
    "204 with CL": (
        response("HTTP/1.1 204 None", DATE, f"Content-Length: {len(FORGED)}"),
        response("HTTP/1.1 204 None", DATE)),
    "204 with chunks": (
        response("HTTP/1.1 204 None", DATE, CHUNKED, body="5\r\nhello\r\n" + LAST),
        response("HTTP/1.1 204 None", DATE)),
    "304 with a body": (
        response("HTTP/1.1 304 Same", DATE, "Content-Length: 5", body="hello"),
        response("HTTP/1.1 304 Same", DATE, "Content-Length: 5")),
    "304 with chunks": (
        response("HTTP/1.1 304 Same", DATE, CHUNKED, body="5\r\nhello\r\n" + LAST),
        response("HTTP/1.1 304 Same", DATE)),
    "103 with a length": (
        response("HTTP/1.1 103 Hints", "Content-Length: 500") + ok("Content-Length: 0"),
        response("HTTP/1.1 103 Hints") + ok("Content-Length: 0")),
    "100 with chunks": (
        response("HTTP/1.1 100 Go on", CHUNKED) + ok("Content-Length: 0"),
        response("HTTP/1.1 100 Go on") + ok("Content-Length: 0")),
    "Connection names CL": (
        ok("Connection: Content-Length", "Content-Length: 5", body="hello"),
        ok("Content-Length: 5", body="hello")),
    "Connection names TE": (
        ok("Connection: transfer-encoding", CHUNKED, body=LAST), ok(CHUNKED, body=LAST)),
    "Connection names what it may": (
        ok("Connection: X-Inner", "X-Inner: 1", "Proxy-Authenticate: x", "Content-Length: 0"),
        ok("Content-Length: 0")),
    "CL with zeros before": (
        ok("Content-Length: 0005", body="hello"), ok("Content-Length: 5", body="hello")),
    "TE in capitals": (ok("TRANSFER-ENCODING: CHUNKED", body=LAST), ok(CHUNKED, body=LAST)),
    "no reason": (
        response("HTTP/1.1 200 ", DATE, "Content-Length: 0"),
        response("HTTP/1.1 200 ", DATE, "Content-Length: 0")),
    "no space behind the status": (
        response("HTTP/1.1 200", DATE, "Content-Length: 0"),
        response("HTTP/1.1 200 ", DATE, "Content-Length: 0")),
    "version 1.2": (
        response("HTTP/1.2 200 OK", DATE, CHUNKED, body=LAST), ok(CHUNKED, body=LAST)),
    "octets above 127 in a value": (
        ok("X: caf\xe9", "Content-Length: 0"), ok("X: caf\xe9", "Content-Length: 0")),
    "an escaped new line in a value": (
        ok("Location: /%0d%0aSet-Cookie:a=1", "Content-Length: 0"),
        ok("Location: /%0d%0aSet-Cookie:a=1", "Content-Length: 0")),
}


@pytest.mark.parametrize("attack, expected", **cases(WHOLE))
def test_an_answer_ends_where_it_says_and_what_follows_is_nobodys(stage, attack, expected):
    stage.deliver(attack + FORGED, expected)


@pytest.mark.parametrize("attack, expected", [
    (ok(f"Content-Length: {len(FORGED)}"), ok(f"Content-Length: {len(FORGED)}")),
    (ok(CHUNKED), ok()),
], ids=["CL", "chunks"])
def test_the_answer_to_head_has_no_body_whatever_it_says(stage, attack, expected):
    stage.deliver(attack + FORGED, expected, method="HEAD")


BAD_CHUNKS = {
    "hexadecimal prefix": "0x5\r\nhello\r\n", "minus": "-5\r\nhello\r\n", "plus": "+5\r\nhello\r\n",
    "space before the size": " 5\r\nhello\r\n", "space after it": "5 \r\nhello\r\n",
    "no size": "\r\nhello\r\n", "a word": "five\r\nhello\r\n",
    "2^63": "8000000000000000\r\nhello\r\n",
    "2^64 and 5": "10000000000000005\r\nhello\r\n", "LF after the size": "5\nhello\r\n",
    "LF in an extension": "5;a\nhello\r\n", "an extension of 2 KB": f"5;{'a' * 2048}\r\nhello\r\n",
    "data longer than its size": "3\r\nhello\r\n", "data shorter than its size": "7\r\nhello\r\n",
    "LF after the data": "5\r\nhello\n", "no CR LF after the data": "5\r\nhello",
    "LF as the end": "5\r\nhello\r\n0\r\n\n", "a folded trailer": "0\r\nX: 1\r\n 2\r\n\r\n",
    "a status line among the trailers": f"0\r\n{OK}\r\n\r\n",
    "NUL in the trailers": "0\r\nX: \0\r\n\r\n",
}


@pytest.mark.parametrize("body", **cases(BAD_CHUNKS))
def test_a_bad_chunk_breaks_the_answer_off(stage, body):
    stage.break_off(ok(CHUNKED, body=body), ok(CHUNKED, body=body))


def test_a_broken_answer_is_the_end_for_those_who_wait_behind_it(stage):
    """The client had asked twice: the second answer must not be read out of the first."""
    client = stage.ask(ok(CHUNKED, body="0x5\r\n" + FORGED), behind=head("GET /next HTTP/1.1"))
    seen, _ = client.wait_for_end()

    assert b"forged" not in seen and b"genuine" not in seen


@pytest.mark.parametrize("first", ["the answer", "the request"])
def test_an_answer_that_comes_before_its_request_is_not_used(wire, first):
    """An answer lies ready on a kept connection when the next request comes, and the program sees
    both at once: whichever it looks at first, it must not take the one for the other's."""
    @wire.upstream
    def immich(conn):
        for _ in conn.requests():
            conn.respond(200, "genuine")

    client = wire.client()
    client.get("/warm")
    events = [lambda: immich.connections[0].send(FORGED), lambda: client.ask("GET", "/next")]
    with paused(wire.daemon):
        for event in events if first == "the answer" else reversed(events):
            event()

    assert client.read_response().body == b"genuine"
    assert len(immich.connections) == 2


@pytest.mark.parametrize("size", [100_000, 110_000, 120_000])
def test_what_lies_behind_a_long_answer_is_nobodys(wire, size):
    """All of it has come when the program takes the answer's part, and no more, out of the system's
    hands: what is left behind must be noticed all the same."""
    go = wire.gate()

    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == "/long":
                go.wait(5)
                conn.send(ok(f"Content-Length: {size}", body="x" * size) + FORGED)
                go.clear()
            else:
                conn.respond(200, "genuine")

    client = wire.client()
    client.ask("GET", "/long")
    immich.wait_for_requests(1)
    with paused(wire.daemon):
        go.set()
        wait_until(lambda: not go.is_set(), "the answer to be sent")

    assert len(client.read_response().body) == size
    assert wire.client().get("/next").body == b"genuine"


def test_what_lies_behind_an_answer_that_just_fills_a_buffer_is_nobodys(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == "/next":
                conn.respond(200, "genuine")
            else:
                size = int(request.target[1:])
                conn.send(ok(f"Content-Length: {size}", body="x" * size) + FORGED)

    client = wire.client()
    for size in range(32600, 32768):
        assert len(client.get(f"/{size}").body) == size
        assert (client.get("/next").body, size) == (b"genuine", size)
