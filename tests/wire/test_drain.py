# SPDX-License-Identifier: GPL-3.0-or-later
"""The program ends: what runs is finished, nothing begins any more, and nobody is waited for who was in
the midst of coming."""

import threading

import pytest

from harness import Client, Ended, answer
from harness.http2 import NO_ERROR, PREFACE, Http2Client
from harness.tunnel import SWITCHING, WEBSOCKET, open_tunnel, switch


def test_a_running_download_is_finished(wire):
    go_on = wire.gate()

    @wire.upstream
    def immich(conn):
        if conn.read_request().target == "/idle":
            return conn.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
        go_on.wait(10)
        conn.send("later")

    idle, client = wire.client(), wire.client()
    assert idle.get("/idle").status == 200
    client.ask("GET", "/")
    client.read_response_head()
    assert client.read_exact(5) == b"first"

    wire.daemon.terminate()
    idle.expect_end()
    with pytest.raises(ConnectionRefusedError):
        Client(wire.daemon.port)
    assert wire.daemon.is_running()
    go_on.set()

    assert client.read_exact(5) == b"later"
    client.expect_end()
    assert wire.daemon.wait() == 0
    assert [record["reason"] for record in wire.daemon.records()] == ["done", "done"]


def test_a_second_word_ends_at_once(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst")
        conn.wait_for_end()

    client = wire.client()
    client.ask("GET", "/")
    client.read_response_head()
    wire.daemon.terminate()
    wire.daemon.wait_for_stderr("once more")
    wire.daemon.terminate()

    with pytest.raises(Ended):
        client.read_exact(10)
    assert wire.daemon.wait() == 0
    assert wire.daemon.records()[0]["reason"] == "shutting-down"


def test_a_tunnel_is_ended(wire):
    @wire.upstream
    def immich(conn):
        switch(conn)
        conn.wait_for_end()

    client = wire.client()
    open_tunnel(client)
    wire.daemon.terminate()

    client.wait_for_end()
    assert wire.daemon.wait() == 0
    assert wire.daemon.records()[0]["reason"] in ("shutting-down", "tunnel-closed")


def test_no_tunnel_begins_any_more(wire):
    asked, go_on = threading.Event(), wire.gate()

    @wire.upstream
    def immich(conn):
        if conn.read_request().target == "/idle":
            return conn.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        asked.set()
        go_on.wait(10)
        conn.send(SWITCHING)
        conn.wait_for_end()

    each_worker = [wire.client() for _ in range(4)]
    for idle in each_worker:
        assert idle.get("/idle").status == 200
    client = wire.client()
    client.ask("GET", "/api/socket.io/?transport=websocket", *WEBSOCKET)
    asked.wait(10)
    wire.daemon.terminate()
    for idle in each_worker:
        idle.expect_end()
    go_on.set()

    assert client.read_response_head().status == 503
    client.close()
    assert wire.daemon.wait() == 0
    assert wire.daemon.records()[-1]["reason"] == "shutting-down"


class LateHttp2Client(Http2Client):
    """Says the beginning of its preface, calls meanwhile(), and says the rest."""

    def __init__(self, port, meanwhile):
        self.meanwhile = meanwhile
        super().__init__(port)

    def send(self, data):
        if data == PREFACE:
            super().send(PREFACE[:12])
            self.meanwhile()
            data = PREFACE[12:]
        super().send(data)


def test_http2_that_was_just_beginning_is_sent_away(wire):
    wire.upstream(answer(200, "idle"))
    wire.start(listen=("workers=1",))
    idle = wire.client()

    def end():
        idle.get("/")  # by its answer the other's octets were read
        wire.daemon.terminate()
        idle.expect_end()

    assert LateHttp2Client(wire.daemon.port, end).goodbye().error_code == NO_ERROR
    assert wire.daemon.wait() == 0
