# SPDX-License-Identifier: GPL-3.0-or-later
"""Upgrade: after 101 the connection is a tunnel of octets, until then plain HTTP."""

import hashlib
import random
import threading

import pytest

from harness import answer, one_upstream, request_head, wait_until
from harness.tunnel import SWITCHING, WEBSOCKET, open_tunnel, switch


def test_a_websocket_opens_talks_and_closes(wire):
    @wire.upstream
    def immich(conn):
        request = switch(conn)
        assert request.get("upgrade") == "websocket"
        assert request.get("connection").lower() == "upgrade"
        assert request.get("sec-websocket-key") == "dGhlIHNhbXBsZSBub25jZQ=="
        assert request.get("x-forwarded-for") == "127.0.0.1"
        assert conn.read_exact(4) == b"ping"
        conn.send("pong")
        conn.expect_end()

    client = wire.client()
    head = open_tunnel(client)
    assert head.get("upgrade") == "websocket" and head.get("connection").lower() == "upgrade"
    assert head.get("sec-websocket-accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="
    client.send("ping")
    assert client.read_exact(4) == b"pong"
    client.close()

    record = wire.record()
    assert (record["status"], record["reason"]) == (101, "tunnel-closed")
    assert (record["bytes_up"], record["bytes_down"]) == (4, 4)


def test_octets_sent_along_with_the_heads_are_not_lost(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(SWITCHING + "early down")
        assert conn.read_exact(8) == b"early up"

    client = wire.client()
    client.send(request_head("GET", "/ws", *WEBSOCKET) + "early up")

    assert client.read_response_head().status == 101
    assert client.read_exact(10) == b"early down"


def test_any_protocol_may_be_switched_to(wire):
    @wire.upstream
    def immich(conn):
        assert conn.read_request().get("upgrade") == "echo/2"
        conn.send("HTTP/1.1 101 Go\r\nConnection: upgrade\r\nUpgrade: echo/2\r\n\r\n")
        conn.send(conn.read_exact(3))

    client = wire.client()
    open_tunnel(client, "Connection: keep-alive, Upgrade", "Upgrade: echo/2")
    client.send("abc")
    assert client.read_exact(3) == b"abc"


@pytest.mark.parametrize("first", ["client", "upstream"])
def test_half_a_close_is_passed_on_and_the_other_half_talks_on(wire, first):
    @wire.upstream
    def immich(conn):
        switch(conn)
        if first == "client":
            assert conn.read_to_end() == b"all I have"
            conn.send("and this is mine")
        else:
            conn.send("all I have")
            conn.shut_write()
            assert conn.read_to_end() == b"and this is mine"

    client = wire.client()
    open_tunnel(client)
    if first == "client":
        client.send("all I have")
        client.shut_write()
        assert client.read_to_end() == b"and this is mine"
    else:
        assert client.read_to_end() == b"all I have"
        client.send("and this is mine")
        client.shut_write()
    assert wire.record()["reason"] == "tunnel-closed"


def test_a_tunnel_carries_much_both_ways_at_once(wire):
    block = random.Random(2).randbytes(20_000_003)
    digest = hashlib.sha256(block).digest()

    def exchange(stream):
        sender = threading.Thread(target=stream.send, args=(block,))
        sender.start()
        assert hashlib.sha256(stream.read_exact(len(block))).digest() == digest
        sender.join()

    @wire.upstream
    def immich(conn):
        switch(conn)
        exchange(conn)
        conn.send("!")

    client = wire.client()
    open_tunnel(client)
    exchange(client)
    assert client.read_exact(1) == b"!"


@pytest.mark.parametrize("side", ["client", "upstream"])
def test_a_tunnel_that_breaks_on_one_side_ends_on_the_other(wire, side):
    @wire.upstream
    def immich(conn):
        switch(conn)
        conn.read_exact(1)
        if side == "upstream":
            conn.reset()
        else:
            conn.wait_for_end()

    client = wire.client()
    open_tunnel(client)
    client.send("x")
    if side == "upstream":
        client.wait_for_end()
    else:
        wait_until(lambda: immich.connections[0].received.endswith(b"x"), "the octet")
        client.reset()
    assert wire.record()["status"] == 101


@pytest.mark.parametrize("status", [200, 400, 426])
def test_a_refused_upgrade_is_an_ordinary_answer(wire, status):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            conn.respond(status, "no")

    client = wire.client()
    client.ask("GET", "/ws", *WEBSOCKET)
    response = client.read_response()
    assert (response.status, response.body) == (status, b"no")
    assert client.get("/after").body == b"no"


@pytest.mark.parametrize("fields", [
    ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"),
    ("Connection: upgrade", "Upgrade: H2C"),
    ("Connection: upgrade", "Upgrade: h2c, websocket"),
])
def test_h2c_is_never_forwarded(wire, fields):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert b"h2c" not in request.raw.lower() and "http2-settings" not in request
        conn.respond(200, "plain")

    assert wire.client().get("/", *fields).body == b"plain"


def test_upgrade_without_connection_upgrade_is_not_forwarded(wire):
    immich = wire.upstream(answer(200))

    assert wire.client().get("/", "Upgrade: websocket").status == 200
    assert "upgrade" not in immich.requests[0]


def test_http_1_0_cannot_upgrade(wire):
    immich = wire.upstream(answer(200))

    client = wire.client()
    client.send("GET / HTTP/1.0\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
    assert client.read_response().status == 200
    assert "upgrade" not in immich.requests[0]


def test_a_switch_to_what_was_not_asked_for_is_502(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(SWITCHING.replace("websocket", "other"))
        conn.wait_for_end()

    assert wire.client().get("/", *WEBSOCKET).status == 502


def test_a_silent_tunnel_ends_after_its_idle_limit(wire):
    @wire.upstream
    def immich(conn):
        switch(conn)
        conn.wait_for_end()

    wire.start(one_upstream([immich.url]), limits={"tunnel-idle-timeout-ms": 300})
    client = wire.client()
    open_tunnel(client)
    client.wait_for_end()
    assert wire.record()["reason"] == "tunnel-idle"


def test_a_tunnel_that_talks_is_not_idle(wire):
    @wire.upstream
    def immich(conn):
        switch(conn)
        for _ in range(5):
            conn.send(conn.read_exact(1))

    wire.start(one_upstream([immich.url]), limits={"tunnel-idle-timeout-ms": 500})
    client = wire.client()
    open_tunnel(client)
    for _ in range(5):
        client.expect_silence(0.2)
        client.send("x")
        assert client.read_exact(1) == b"x"
