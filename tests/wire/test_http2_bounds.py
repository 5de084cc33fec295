# SPDX-License-Identifier: GPL-3.0-or-later
"""What one connection of HTTP/2 may ask of us: each bound has a limit and a reason of its own, and
the record says it."""

import time

import pytest

from hyperframe.frame import (
    ContinuationFrame, DataFrame, HeadersFrame, PingFrame, PriorityFrame, SettingsFrame)

from harness import Ended, Truncated, answer
from harness.http2 import CANCEL, ENHANCE_YOUR_CALM, REFUSED_STREAM, Http2Client

LIMITS = {"http2-resets": 20, "http2-settings": 10, "http2-pings": 20, "http2-window-updates": 30,
          "http2-empty-frames": 20, "http2-priorities": 30, "http2-unfolded-bytes": 200000}


@pytest.fixture
def client(wire):
    @wire.upstream
    def immich(conn):
        try:
            for _ in conn.requests():
                conn.respond(200, "photo")
        except (Truncated, Ended):
            pass  # as the floods leave it

    wire.start(limits=LIMITS)
    with_bounds = Http2Client(wire.daemon.port, answers_pings=False)
    yield with_bounds
    with_bounds.close()


def flood(client, send, count=200):
    """Sends until the connection is ended; what was said then."""
    try:
        for number in range(count):
            send(number)
    except AssertionError:
        pass
    return client.goodbye()


def taken_back(client, number):
    client.reset_stream(client.ask2("GET", "/"))


def self_dependent(client, number):
    """Malformed, so that it is we who end the stream."""
    client.ask2("GET", "/", ("connection", "close"))


FLOODS = {
    "reset-flood": taken_back,
    "settings-flood": lambda client, _: client.send_frame(SettingsFrame(0, settings={4: 65535})),
    "ping-flood": lambda client, _: client.send_frame(PingFrame(0, b"12345678")),
    "window-flood": lambda client, _: client.make_room(0, 1),
    "priority-flood": lambda client, n: client.send_frame(PriorityFrame(2 * n + 1, depends_on=0)),
}


@pytest.mark.parametrize("reason", FLOODS)
def test_floods(wire, client, reason):
    goaway = flood(client, lambda number: FLOODS[reason](client, number))
    assert goaway is not None and goaway.error_code == ENHANCE_YOUR_CALM
    records = wire.daemon.wait_for_records(1)
    assert reason in {record["reason"] for record in records}


def test_streams_that_we_must_end(wire, client):
    flood(client, lambda number: self_dependent(client, number))
    assert "reset-flood" in {record["reason"] for record in wire.daemon.wait_for_records(21)}


def test_empty_data(wire, client):
    stream = client.ask2("POST", "/", end=False)
    flood(client, lambda _: client.send_frame(DataFrame(stream, b"")))
    assert wire.record()["reason"] == "empty-frame-flood"


def test_continuations(wire, client):
    stream = client.open_stream()
    client.send_frame(HeadersFrame(stream, client.encode("GET", "/")))
    flood(client, lambda _: client.send_frame(ContinuationFrame(stream, b"")))
    assert "continuation-flood" in {record["reason"] for record in wire.daemon.wait_for_records(1)}


def test_headers_that_unfold(wire, client):
    """A few octets stand for 4 KB each."""
    stream = client.open_stream()
    block = client.encode("GET", "/", ("x-bomb", "y" * 4000)) + b"\xbe" * 4000
    client.send_block(stream, block)
    assert client.goodbye().error_code == ENHANCE_YOUR_CALM
    assert wire.record()["reason"] == "header-bomb"


def test_requests_at_once(wire):
    wire.upstream(lambda conn: conn.wait_for_end())
    wire.start(limits={"http2-streams": 5})
    client = Http2Client(wire.daemon.port)
    client.read_until_seen(lambda: client.settings)
    assert client.settings[SettingsFrame.MAX_CONCURRENT_STREAMS] == 5
    streams = [client.ask2("GET", "/") for _ in range(6)]
    client.read_until_seen(lambda: client.responses[streams[5]].reset is not None or client.goaway)
    assert client.responses[streams[5]].reset == REFUSED_STREAM or client.goaway
    client.close()


def test_a_window_that_stays_shut(wire):
    wire.upstream(lambda conn: [conn.respond(200, b"x" * 100) for _ in conn.requests()])
    wire.start(limits={"body-silence-timeout-ms": 300})
    client = Http2Client(wire.daemon.port, settings={4: 0})
    response = client.request2("GET", "/")
    assert response.reset == CANCEL
    assert wire.record()["reason"] == "client-not-reading"
    client.close()


def test_an_end_for_which_there_is_no_room(wire):
    """The body fits the window to the octet, and the frame that ends it must wait."""
    def script(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n0123456789\r\n0\r\n\r\n")

    wire.upstream(script)
    wire.start(limits={"body-silence-timeout-ms": 300})
    client = Http2Client(wire.daemon.port, settings={4: 10}, makes_room=False)
    response = client.request2("GET", "/")
    assert response.body == b"0123456789" and (response.has_ended or response.reset == CANCEL)
    client.close()


def test_a_head_that_trickles(wire):
    wire.upstream(answer())
    wire.start(limits={"request-head-timeout-ms": 300})
    client = Http2Client(wire.daemon.port)
    client.read_until_seen(lambda: client.settings)
    client.send_frame(HeadersFrame(client.open_stream(), client.encode("GET", "/")))
    client.goodbye()
    assert wire.record()["reason"] == "request-timeout"
    client.close()


def test_who_reads_nothing_is_not_read(wire):
    """Answers that nobody takes are kept in memory up to a bound; then no more is asked of Immich."""
    immich = wire.upstream(lambda conn: [conn.respond(200, "", "X-Large: " + "z" * 30_000)
                                         for _ in conn.requests()])
    wire.start()
    client = Http2Client(wire.daemon.port)
    before = wire.daemon.resident_kb()
    asked = 0
    while len(immich.requests) == asked and asked < 5000:
        for _ in range(50):
            client.ask2("GET", "/")
        asked += 50
        until = time.monotonic() + 2
        while len(immich.requests) < asked and time.monotonic() < until:
            time.sleep(0.01)
    assert asked < 5000
    assert wire.daemon.resident_kb() - before < 30_000
    client.close()


@pytest.mark.parametrize("octets", [
    b"\0\0\4\0\0\0\0\0\0data",                 # DATA on no stream
    b"\0\0\0\1\4\0\0\0\2",                     # HEADERS on a stream of ours
    b"\0\0\0\2\0\0\0\0\1",                     # PRIORITY of the wrong length
    b"\0\0\4\3\0\0\0\0\x63\0\0\0\0",            # RST_STREAM of an idle stream
    b"\0\0\5\4\0\0\0\0\0\0\0\0\0\0",           # SETTINGS of the wrong length
    b"\0\0\4\10\0\0\0\0\0\0\0\0\0",            # WINDOW_UPDATE by nothing
    b"\xff\xff\xff\0\0\0\0\0\1",               # a frame beyond all sizes
    b"\0\0\1\1\4\0\0\0\1\xff",                 # no header block
    b"\0\0\0\t\4\0\0\0\1",                     # CONTINUATION of nothing
    b"\0\0\4\5\4\0\0\0\1\0\0\0\2",             # PUSH_PROMISE of a client
])
def test_what_breaks_the_rules(wire, client, octets):
    assert client.request2("GET", "/").status == 200
    client.send(octets)
    assert client.goodbye().error_code != 0
    assert wire.record(2)["reason"] == "http2-violated"
