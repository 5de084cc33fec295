# SPDX-License-Identifier: GPL-3.0-or-later
"""Kept-alive connections to the upstream: reused, given up in time, and what happens when one was
closed under a request."""

import threading

import pytest

from harness import Ended, answer, one_upstream, request_head, wait_until


def test_an_upstream_connection_serves_many_clients(wire):
    immich = wire.upstream(answer(200, "ok"))
    wire.start(listen=["workers=1"])  # each worker has connections of its own

    for _ in range(10):
        assert wire.client().get("/").body == b"ok"

    assert len(immich.connections) == 1
    records = wire.daemon.wait_for_records(10)
    assert [record["reused"] for record in records] == [False] + [True] * 9


def test_requests_at_the_same_time_have_connections_of_their_own(wire):
    barrier = threading.Barrier(3, timeout=10)

    @wire.upstream
    def immich(conn):
        for _ in conn.requests():
            barrier.wait()
            conn.respond(200, "ok")

    clients = [wire.client() for _ in range(3)]
    for client in clients:
        client.ask("GET", "/")
    assert [client.read_response().body for client in clients] == [b"ok"] * 3
    assert len(immich.connections) == 3


def test_an_idle_connection_is_given_up_before_the_upstream_does(wire):
    ended = threading.Event()

    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.respond(200)
        conn.expect_end()
        ended.set()

    wire.start(one_upstream([immich.url]), limits={"upstream-idle-timeout-ms": 200})
    client = wire.client()
    client.get("/")
    assert ended.wait(5)
    assert client.get("/").status == 200
    assert len(immich.connections) == 2


@pytest.mark.parametrize("last", ["Connection: close", "Connection: Close, x"])
def test_a_connection_the_upstream_will_close_is_not_reused(wire, last):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.respond(200, "ok", last)
        conn.wait_for_end()

    client = wire.client()
    for _ in range(2):
        response = client.get("/")
        assert response.body == b"ok" and response.get("connection") is None
    assert len(immich.connections) == 2


def test_a_connection_closed_while_idle_is_not_used(wire):
    closed = threading.Event()

    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.respond(200, "ok")
        conn.close()
        closed.set()

    client = wire.client()
    for _ in range(5):
        closed.clear()
        assert client.request("POST", "/", body="x").body == b"ok"
        closed.wait(5)
        client.expect_silence(0.03)
    assert len(immich.requests) == 5


def test_words_from_an_idle_connection_make_it_unusable(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.respond(200, "ok")
        if conn.number == 1:
            conn.send("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n")
            conn.wait_for_end()

    client = wire.client()
    assert client.get("/").body == b"ok"
    client.expect_silence(0.05)
    assert client.get("/").body == b"ok"


def stale_after_the_first(conn, end="close"):
    """Closes the connection under the second request it gets; a fresh one answers."""
    for number, request in enumerate(conn.requests()):
        if conn.number == 1 and number == 1:
            getattr(conn, end)()
            return
        conn.respond(200, request.method if request.method != "HEAD" else "")


@pytest.mark.parametrize("end", ["close", "reset"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "DELETE"])
def test_a_request_that_may_be_repeated_is_tried_on_a_fresh_connection(wire, method, end):
    immich = wire.upstream(lambda conn: stale_after_the_first(conn, end))

    client = wire.client()
    client.get("/warm")
    assert client.request(method, "/again").status == 200

    assert [request.target for request in immich.requests] == ["/warm", "/again", "/again"]
    records = wire.daemon.wait_for_records(2)
    assert len(records) == 2 and records[1]["reason"] == "done"


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize("body", [None, "pay"])
def test_what_must_not_happen_twice_is_not_sent_twice(wire, method, body):
    immich = wire.upstream(stale_after_the_first)

    client = wire.client()
    client.get("/warm")
    assert client.request(method, "/once", body=body).status == 502

    assert [request.target for request in immich.requests] == ["/warm", "/once"]
    assert wire.record(2)["reason"] == "upstream-closed"


def test_a_body_that_is_already_gone_cannot_be_sent_again(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.respond(200)
        conn.read_request_head()
        conn.read_exact(1_000_000)
        conn.reset()

    client = wire.client()
    client.get("/warm")
    client.send(request_head("PUT", "/big", "Content-Length: 2000000") + "x" * 1_000_000)

    assert client.read_response().status == 502
    assert len(immich.connections) == 1
    assert wire.record(2)["reason"] == "upstream-closed"


def test_a_response_that_has_begun_is_not_asked_for_again(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.respond(200)
        conn.read_request()
        conn.send("HTTP/1.1 2")

    client = wire.client()
    client.get("/warm")
    assert client.get("/once").status == 502
    assert len(immich.connections) == 1


def test_one_retry_and_no_more(wire):
    @wire.upstream
    def immich(conn):
        if conn.number == 1:
            conn.read_request()
            conn.respond(200)
        conn.read_request()
        conn.close()

    client = wire.client()
    client.get("/warm")
    assert client.get("/again").status == 502
    assert [request.target for request in immich.requests] == ["/warm", "/again", "/again"]


def test_a_retry_keeps_to_the_upstream_when_another_waits(wire):
    """Both endpoints have a pooled connection that goes stale: the request is served."""
    both = [wire.upstream(stale_after_the_first) for _ in range(2)]

    wire.start(one_upstream([upstream.url for upstream in both]))
    client = wire.client()
    for _ in range(2):
        client.get("/warm")
    assert client.get("/again").body == b"GET"


def test_a_reload_of_the_page_while_the_upstream_restarts(wire):
    """All pooled connections die at once; clients do not notice."""
    @wire.upstream
    def immich(conn):
        try:
            answer(200, "before")(conn)
        except Ended:
            pass  # a request crossed the end

    clients = [wire.client() for _ in range(4)]
    for client in clients:
        client.ask("GET", "/")
    for client in clients:
        assert client.read_response().body == b"before"
    immich.script = answer(200, "after")
    for conn in immich.connections:
        conn.shut_write()
    for client in clients:
        assert client.get("/").body in (b"before", b"after")
    wait_until(lambda: wire.client().get("/").body == b"after", "the restarted upstream")
