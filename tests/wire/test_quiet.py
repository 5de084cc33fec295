# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting costs nothing: whatever an exchange waits for, the program sleeps meanwhile. (What is
ready and not wanted wakes a careless loop for ever.)"""

import time

import pytest

from harness import Ended, TimedOut, answer, one_upstream, request_head
from harness.tunnel import open_tunnel, switch


def assert_asleep(daemon):
    time.sleep(0.1)
    before = daemon.cpu_seconds()
    time.sleep(0.4)
    assert daemon.cpu_seconds() - before <= 0.03, "it spins"


def fill(stream):
    """Sends until nothing more is taken."""
    stream.sock.settimeout(0.3)
    try:
        while True:
            stream.send(bytes(1_000_000))
    except TimedOut:
        pass


def until_left(conn):
    """For a script that has nothing to say until the test is over."""
    try:
        conn.wait_for_end()
    except TimedOut:
        pass


def test_without_clients(wire):
    wire.upstream(answer(200))
    wire.start()
    assert_asleep(wire.daemon)


def test_with_idle_clients_and_kept_upstream_connections(wire):
    wire.upstream(answer(200))
    for _ in range(10):
        wire.client().get("/")
    assert_asleep(wire.daemon)


def test_while_the_upstream_thinks(wire):
    wire.upstream(lambda conn: (conn.read_request(), until_left(conn)))
    wire.client().ask("GET", "/")
    assert_asleep(wire.daemon)


def test_while_the_upstream_thinks_and_the_client_sends_the_next_requests(wire):
    over = wire.gate()

    @wire.upstream
    def immich(conn):
        try:
            conn.read_request()
            over.wait(10)
        except Ended:
            pass  # one of the next, when the client had gone

    client = wire.client()
    client.ask("GET", "/")
    client.sock.settimeout(0.3)
    with pytest.raises(TimedOut):
        while True:
            client.send(request_head("GET", "/next") * 1000)
    assert_asleep(wire.daemon)
    over.set()


def test_while_a_client_does_not_take_its_download(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        with pytest.raises(Ended):
            while True:
                conn.send(bytes(1_000_000))

    client = wire.client()
    client.ask("GET", "/")
    client.read_response_head()
    time.sleep(0.5)
    assert_asleep(wire.daemon)
    client.reset()


def test_while_the_upstream_does_not_take_an_upload(wire):
    over = wire.gate()

    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        over.wait(10)

    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 1000000000"))
    fill(client)
    assert_asleep(wire.daemon)
    over.set()


def test_while_the_rest_of_an_answered_upload_is_awaited(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.respond(200, "duplicate")
        until_left(conn)

    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 1000") + "x")
    assert client.read_response().body == b"duplicate"
    assert_asleep(wire.daemon)


def test_while_a_refused_client_lingers(wire):
    wire.upstream(answer(200))
    client = wire.client()
    client.send("GET / HTTP/1.1\r\n\r\n")
    client.read_response()
    assert_asleep(wire.daemon)


def test_while_an_upload_waits_for_an_upstream_that_is_down(wire):
    immich = wire.upstream(answer(200), listening=False)
    wire.start(one_upstream([immich.url]), limits={"unavailable-wait-ms": 20000})
    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 1000000000"))
    fill(client)
    assert_asleep(wire.daemon)


@pytest.mark.parametrize("first", ["client", "upstream"])
def test_with_a_tunnel_that_one_side_has_half_closed(wire, first):
    over = wire.gate()

    @wire.upstream
    def immich(conn):
        switch(conn)
        if first == "upstream":
            conn.shut_write()
        over.wait(10)

    client = wire.client()
    open_tunnel(client)
    if first == "client":
        client.shut_write()
    else:
        client.expect_end()
    assert_asleep(wire.daemon)
    over.set()


def test_with_a_tunnel_whose_client_does_not_read(wire):
    @wire.upstream
    def immich(conn):
        switch(conn)
        conn.sock.settimeout(0.3)
        with pytest.raises(TimedOut):
            while True:
                conn.send(bytes(1_000_000))
        until_left(conn)

    client = wire.client()
    open_tunnel(client)
    time.sleep(0.6)
    assert_asleep(wire.daemon)
