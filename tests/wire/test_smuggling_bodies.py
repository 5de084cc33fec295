# SPDX-License-Identifier: GPL-3.0-or-later
"""Request bodies that end in two places: the head was fine and may be on its way, so the fault ends
both connections before anything else is read."""

import pytest

from smuggling_stage import CHUNKED, LAST, PREY, RequestStage, cases, forwarded, head, post


@pytest.fixture(scope="module")
def stage(shared_wire):
    return RequestStage(shared_wire)


# What follows the head of a chunked request, and how much of it the upstream may see.
BAD_CHUNKS = {
    "hexadecimal prefix": ("0x5\r\nhello\r\n", ""),
    "plus": ("+5\r\nhello\r\n", ""), "minus": ("-5\r\nhello\r\n", ""),
    "space before the size": (" 5\r\nhello\r\n", ""), "space after it": ("5 \r\nhello\r\n", ""),
    "TAB after it": ("5\t\r\nhello\r\n", ""), "NUL after it": ("5\0\r\nhello\r\n", ""),
    "underscore": ("1_0\r\nhello\r\n", ""), "no size": ("\r\nhello\r\n", ""),
    "a word": ("five\r\nhello\r\n", ""), "17 digits": ("1" + "0" * 15 + "5" + "\r\nhello\r\n", ""),
    "2^64 and 5": ("10000000000000005\r\nhello\r\n", ""),
    "2^63": ("8000000000000000\r\nhello\r\n", ""),
    "17 zeros": ("0" * 17 + "\r\n\r\n", ""), "a comma": ("5,5\r\nhello\r\n", ""),
    "LF after the size": ("5\nhello\r\n", ""), "CR after the size": ("5\rhello\r\n", ""),
    "CR CR LF after it": ("5\r\r\nhello\r\n", ""), "LF in an extension": ("5;a\nhello\r\n", ""),
    "LF in a quoted extension": ('5;a="\n"\r\nhello\r\n', ""),
    "CR in one": ("5;a\rb\r\nhello\r\n", ""),
    "extension without name": ("5;\r\nhello\r\n", ""), "with a space": ("5; a=b\r\nhello\r\n", ""),
    "extension behind a space": ("5 ;a\r\nhello\r\n", ""),
    "NUL in an extension": ("5;a\0\r\nhello\r\n", ""),
    "an extension of 2 KB": ("5;" + "a" * 2048 + "\r\nhello\r\n", ""),
    "no CR LF after the data": ("5\r\nhello0\r\n\r\n", "5\r\nhello"),
    "LF after the data": ("5\r\nhello\n0\r\n\r\n", "5\r\nhello"),
    "CR after the data": ("5\r\nhello\r0\r\n\r\n", "5\r\nhello\r"),
    "data longer than its size": ("5\r\nhello world\r\n0\r\n\r\n", "5\r\nhello"),
    "data shorter than its size": ("7\r\nhello\r\n0\r\n\r\n", "7\r\nhello\r\n"),
    "a bad size after a good one": ("5\r\nhello\r\n0x0\r\n\r\n", "5\r\nhello\r\n"),
    "LF after the last chunk": ("0\n\r\n", ""),
    "LF as the end": ("0\r\n\n", "0\r\n"),
    "a folded trailer": ("0\r\nX: 1\r\n 2\r\n\r\n", "0\r\n"),
    "space before the colon of a trailer": ("0\r\nX : 1\r\n\r\n", "0\r\n"),
    "LF in the trailers": ("0\r\nX: 1\nY: 2\r\n\r\n", "0\r\n"),
    "NUL in the trailers": ("0\r\nX: \0\r\n\r\n", "0\r\n"),
    "9 KB of trailers": ("0\r\n" + ("X: " + "x" * 3000 + "\r\n") * 3 + "\r\n", "0\r\n"),
}


@pytest.mark.parametrize("body, passed", **cases(BAD_CHUNKS))
def test_a_bad_chunk_ends_both_connections(stage, body, passed):
    stage.break_off(post(CHUNKED, body=body), forwarded("POST / HTTP/1.1", CHUNKED, body=passed))


def test_a_flood_of_chunk_extensions_is_broken_off(stage):
    """Each is short enough, but many cost more than the data they come with."""
    chunk = f"1;{'a' * 1000}\r\nx\r\n"
    stage.break_off(post(CHUNKED, body=chunk * 40),
                    forwarded("POST / HTTP/1.1", CHUNKED, body=chunk * 16))


CHUNKED_PREY = f"{len(PREY):x}\r\n{PREY}\r\n{LAST}"


@pytest.mark.parametrize("framing, body", [
    (f"Content-Length: {len(PREY)}", PREY), (CHUNKED, CHUNKED_PREY)], ids=["CL", "chunks"])
@pytest.mark.parametrize("expect", [(), ("Expect: 100-continue",)], ids=["sent", "held back"])
def test_a_body_whose_answer_came_early_is_not_read_as_a_request(wire, framing, body, expect):
    """It is thrown away; and where the client may have spared it, nobody can say what comes next,
    so the connection ends."""
    @wire.upstream
    def immich(conn):
        target = conn.read_request_head().target
        conn.respond(200, target)
        conn.wait_for_end()

    client = wire.client()
    client.send(head("POST /early HTTP/1.1", *expect, framing))
    assert client.read_response().body == b"/early"
    client.send(body)
    if expect:
        client.expect_end()
    else:
        assert client.get("/next").body == b"/next"
    assert b"GET /smuggled" not in immich.received


def test_a_tunnel_does_not_begin_before_the_body_has_ended(wire):
    """Its first octets would be those of the body."""
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.send("HTTP/1.1 101 Go\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
        conn.wait_for_end()

    client = wire.client()
    client.send(post("Connection: Upgrade", "Upgrade: websocket", f"Content-Length: {len(PREY)}"))
    assert client.read_response().status == 502
    assert b"GET" not in immich.received


def test_a_bad_chunk_behind_an_early_answer_ends_the_connection(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.respond(200, "early")
        conn.wait_for_end()

    client = wire.client()
    client.send(post(CHUNKED))
    assert client.read_response().body == b"early"
    client.send("0x0\r\n\r\n" + PREY)
    client.expect_end()
    assert len(immich.connections) == 1
