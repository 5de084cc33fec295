# SPDX-License-Identifier: GPL-3.0-or-later
"""Silence has limits, work has none."""

import time

import pytest

from harness import Ended, Truncated, answer, one_upstream, request_head


def start(wire, upstream, *keys, **limits):
    wire.start(one_upstream([upstream.url], *keys),
               limits={name.replace("_", "-"): value for name, value in limits.items()})


def test_a_head_that_trickles_is_408(wire):
    immich = wire.upstream(answer(200))
    start(wire, immich, request_head_timeout_ms=400)

    client = wire.client()
    began = time.monotonic()
    client.send("GET / HTTP/1.1\r\nHost: a\r\n")
    with pytest.raises(Ended):  # each field comes well within the limit; all of them do not
        while time.monotonic() - began < 5:
            client.send("X-Slow: 1\r\n")
            client.receive_for(0.05)
    assert time.monotonic() - began < 3
    assert client.received.startswith(b"HTTP/1.1 408 ")
    assert immich.connections == []
    assert wire.record()["reason"] == "request-timeout"


def test_a_connection_that_asks_nothing_is_closed_in_silence(wire):
    start(wire, wire.upstream(answer(200)), request_head_timeout_ms=200, keep_alive_timeout_ms=200)

    client = wire.client()
    client.expect_end()
    assert wire.daemon.records() == []


def test_an_idle_connection_is_closed_in_silence(wire):
    start(wire, wire.upstream(answer(200, "ok")), keep_alive_timeout_ms=200)

    client = wire.client()
    assert client.get("/").body == b"ok"
    client.expect_end()
    assert len(wire.daemon.wait_for_records(1)) == 1


def test_an_empty_line_behind_a_body_is_no_slow_request(wire):
    start(wire, wire.upstream(answer(200, "ok")), request_head_timeout_ms=200)

    client = wire.client()
    assert client.request("POST", "/", body="photo").body == b"ok"
    client.send("\r\n")
    client.expect_end()
    assert len(wire.daemon.records()) == 1


def test_a_connection_that_is_used_stays(wire):
    start(wire, wire.upstream(answer(200, "ok")), keep_alive_timeout_ms=1500)

    client = wire.client()
    for _ in range(5):
        assert client.get("/").body == b"ok"
        time.sleep(0.4)


def test_an_upload_that_falls_silent_is_ended(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.wait_for_end()

    start(wire, immich, body_silence_timeout_ms=300)
    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 1000") + "x" * 10)

    assert client.read_response().status == 408
    client.wait_for_end()
    record = wire.record()
    assert (record["reason"], record["bytes_up"]) == ("client-silent", 10)


def test_an_upload_that_is_slow_is_not_silent(wire):
    wire.upstream(answer(201))
    start(wire, wire.upstreams[0], body_silence_timeout_ms=1500)

    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 5"))
    for _ in range(5):
        time.sleep(0.4)
        client.send("x")
    assert client.read_response().status == 201


def test_a_download_that_falls_silent_is_cut(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nabc")
        conn.wait_for_end()

    start(wire, immich, "response-timeout-s=1")
    with pytest.raises(Truncated):
        wire.client().get("/")
    record = wire.record()
    assert (record["reason"], record["bytes_down"]) == ("upstream-silent", 3)


def test_a_client_that_takes_nothing_is_given_up(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        with pytest.raises(Ended):
            while True:
                conn.send(bytes(1000000))

    start(wire, immich, body_silence_timeout_ms=400)
    wire.client().ask("GET", "/")
    assert wire.record()["reason"] == "client-not-reading"


def test_an_upstream_that_takes_nothing_is_given_up(wire):
    gone = []

    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        while not gone:
            time.sleep(0.02)

    start(wire, immich, body_silence_timeout_ms=400)
    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 1000000000"))
    try:
        while True:
            client.send(bytes(1000000))
    except Ended:
        pass
    gone.append(True)
    assert wire.record()["reason"] == "upstream-not-reading"


def test_an_upstream_that_thinks_too_long_is_504(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.wait_for_end()

    start(wire, immich, "response-timeout-s=1")
    began = time.monotonic()
    response = wire.client().get("/")

    assert response.status == 504
    assert 0.9 < time.monotonic() - began < 4
    assert wire.record()["reason"] == "upstream-timeout"


def test_thinking_time_counts_from_the_end_of_the_upload(wire):
    wire.upstream(answer(201))
    start(wire, wire.upstreams[0], "response-timeout-s=1")

    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 8"))
    for _ in range(8):
        time.sleep(0.2)
        client.send("x")
    assert client.read_response().status == 201


def test_a_refused_client_cannot_linger_for_ever(wire):
    start(wire, wire.upstream(answer(200)), linger_timeout_ms=300, discard_timeout_ms=600)

    client = wire.client()
    client.send("GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n")
    assert client.read_response().status == 400
    began = time.monotonic()
    with pytest.raises(Ended):
        while time.monotonic() - began < 3:
            client.send("x")
            time.sleep(0.05)
