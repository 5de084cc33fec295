# SPDX-License-Identifier: GPL-3.0-or-later
"""One side has ended and the other has not: an end is no abort (docs/adr/009-ended-clients.md)."""

import time

import pytest

from harness import answer, one_upstream, request_head, wait_until
from harness.tunnel import open_tunnel, switch

MB = 1024 * 1024


@pytest.mark.parametrize("request_text, status", [
    (request_head("GET", "/photo"), 200),
    (request_head("POST", "/upload", "Content-Length: 5") + "photo", 201),
    (request_head("POST", "/upload", "Transfer-Encoding: chunked") + "5\r\nphoto\r\n0\r\n\r\n", 201),
], ids=["GET", "POST", "chunks"])
@pytest.mark.parametrize("thinks_s", [0, 0.4])
def test_who_ends_after_a_whole_request_is_answered(wire, request_text, status, thinks_s):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        time.sleep(thinks_s)
        conn.send(f"HTTP/1.1 {status} So\r\nContent-Length: 4\r\n\r\ndone")

    client = wire.client()
    client.send(request_text)
    client.shut_write()
    response = client.read_response()

    assert (response.status, response.body) == (status, b"done")
    client.expect_end()
    assert wire.record()["reason"] == "done"


def test_who_ends_after_several_requests_has_all_their_answers(wire):
    wire.upstream(answer(200, "ok"))
    client = wire.client()
    client.send("".join(request_head("GET", f"/{number}") for number in range(3)))
    client.shut_write()

    assert [client.read_response().body for _ in range(3)] == [b"ok"] * 3
    client.expect_end()


def test_a_download_goes_on_to_its_end_when_its_client_has_ended(wire):
    ended = wire.gate()

    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(f"HTTP/1.1 200 OK\r\nContent-Length: {8 * MB}\r\n\r\n" + "x" * MB)
        ended.wait(5)
        conn.send("x" * (7 * MB))

    client = wire.client()
    client.ask("GET", "/video")
    client.read_exact(1000)
    client.shut_write()
    time.sleep(0.2)
    ended.set()
    rest, end = client.wait_for_end()

    assert end.clean and rest.endswith(b"x" * MB)
    record = wire.record()
    assert (record["reason"], record["bytes_down"]) == ("done", 8 * MB)


def test_who_ended_and_was_reset_is_gone_at_once(wire):
    gone = []

    @wire.upstream
    def immich(conn):
        conn.read_request()
        gone.append(conn.wait_for_end())

    client = wire.client()
    client.ask("GET", "/long")
    immich.wait_for_requests(1)
    client.shut_write()
    time.sleep(0.2)
    client.reset()

    record = wire.record()
    assert (record["reason"], record["status"]) == ("client-gone", 0)
    wait_until(lambda: gone, "the upstream connection to end")


@pytest.mark.parametrize("begin, status", [
    ("", 0), ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhal", 200),
], ids=["before its answer", "within it"])
def test_for_who_ended_immich_is_not_waited_for_without_end(wire, begin, status):
    gone = []

    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(begin)
        gone.append(conn.wait_for_end())

    wire.start(one_upstream([immich.url]), limits={"ended-client-timeout-ms": 300})
    began = time.monotonic()
    client = wire.client()
    client.ask("GET", "/long")
    if begin:
        client.read_until("hal")
    client.shut_write()

    record = wire.record()
    assert (record["reason"], record["status"]) == ("client-gone", status)
    assert 0.2 < time.monotonic() - began < 5
    wait_until(lambda: gone, "the upstream connection to end")


@pytest.mark.parametrize("first", ["client", "upstream"])
def test_a_tunnel_with_one_end_left_does_not_stay(wire, first):
    over = wire.gate()

    @wire.upstream
    def immich(conn):
        switch(conn)
        if first == "upstream":
            conn.shut_write()
        conn.wait_for_end()
        over.wait(5)

    wire.start(one_upstream([immich.url]), limits={"tunnel-half-timeout-ms": 300})
    client = wire.client()
    open_tunnel(client)
    began = time.monotonic()
    if first == "client":
        client.shut_write()

    record = wire.record()
    over.set()
    assert record["reason"] == "tunnel-closed"
    assert 0.2 < time.monotonic() - began < 5


def test_a_tunnel_with_one_end_left_that_still_talks_goes_on(wire):
    @wire.upstream
    def immich(conn):
        switch(conn)
        conn.wait_for_end()
        for _ in range(10):
            conn.send("x")
            time.sleep(0.15)

    wire.start(one_upstream([immich.url]), limits={"tunnel-half-timeout-ms": 1000})
    client = wire.client()
    open_tunnel(client)
    client.shut_write()
    seen, end = client.wait_for_end()

    assert (seen, end.clean) == (b"x" * 10, True)
