# SPDX-License-Identifier: GPL-3.0-or-later
"""Bodies flow: whole, in both directions at once, no faster than the slower side, and an answer
need not wait for the end of the question."""

import hashlib
import random
import socket
import threading
import time

import pytest

from harness import Ended, TimedOut, request_head

MB = 1024 * 1024
SIZE = 300 * MB
# A block of a prime length: octets that move by any power of two do not fit their place.
BLOCK = random.Random(1).randbytes(1_000_003)


def digest_of(size):
    digest = hashlib.sha256()
    for _ in range(size // len(BLOCK)):
        digest.update(BLOCK)
    digest.update(BLOCK[: size % len(BLOCK)])
    return digest.hexdigest()


DIGEST = digest_of(SIZE)


def pour(stream, size, chunked):
    """Sends that many octets of the block, over and over."""
    pieces = [BLOCK] * (size // len(BLOCK)) + [BLOCK[: size % len(BLOCK)]]
    for piece in pieces:
        stream.send(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
    if chunked:
        stream.send(b"0\r\n\r\n")


def framing(chunked, size=SIZE):
    return "Transfer-Encoding: chunked" if chunked else f"Content-Length: {size}"


CHUNKED = pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])


@CHUNKED
def test_a_big_download_arrives_whole(wire, chunked):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(f"HTTP/1.1 200 OK\r\n{framing(chunked)}\r\n\r\n")
        pour(conn, SIZE, chunked)

    client = wire.client()
    client.ask("GET", "/video")
    assert client.digest_body(client.read_response_head()) == (SIZE, DIGEST)
    assert wire.record()["bytes_down"] >= SIZE


@CHUNKED
def test_a_big_upload_arrives_whole(wire, chunked):
    @wire.upstream
    def immich(conn):
        length, digest = conn.digest_body(conn.read_request_head())
        conn.respond(201, f"{length} {digest}")

    client = wire.client()
    client.send(request_head("POST", "/api/assets", framing(chunked)))
    pour(client, SIZE, chunked)
    assert client.read_response().body.decode() == f"{SIZE} {DIGEST}"
    assert wire.record()["bytes_up"] >= SIZE


def test_both_directions_at_once(wire):
    """An echo of the body while it still comes: the answer begins long before the question ends."""
    size = 50 * MB

    @wire.upstream
    def immich(conn):
        conn.recording = False
        conn.read_request_head()
        conn.send(f"HTTP/1.1 200 OK\r\n{framing(False, size)}\r\n\r\n")
        left = size
        while left:
            data = conn.read_some(min(left, 262144))
            conn.send(data)
            left -= len(data)

    client = wire.client()
    client.send(request_head("POST", "/echo", framing(False, size)))
    sender = threading.Thread(target=pour, args=(client, size, False))
    sender.start()
    assert client.digest_body(client.read_response_head()) == (size, digest_of(size))
    sender.join()


def stalls_at(counter):
    """Waits until a count stands still, and returns it."""
    last, since = counter[0], time.monotonic()
    while time.monotonic() - since < 0.4:
        time.sleep(0.02)
        if counter[0] != last:
            last, since = counter[0], time.monotonic()
    return last


def pour_counting(stream, size, counter):
    for _ in range(size // 65536):
        stream.send(BLOCK[:65536])
        counter[0] += 65536


def slow_client(port):
    """A client with a small window, so that little is under way when it stops reading."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
    sock.connect(("127.0.0.1", port))
    return sock


@CHUNKED
def test_a_download_is_no_faster_than_its_client(wire, chunked):
    sent = [0]

    @wire.upstream
    def immich(conn):
        conn.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 65536)
        conn.read_request()
        conn.send(f"HTTP/1.1 200 OK\r\n{framing(chunked, 128 * MB)}\r\n\r\n")
        if chunked:
            conn.send("%x\r\n" % (128 * MB))
        pour_counting(conn, 128 * MB, sent)
        if chunked:
            conn.send("\r\n0\r\n\r\n")

    wire.start()
    client = wire.client(sock=slow_client(wire.daemon.port))
    client.ask("GET", "/video")
    head = client.read_response_head()
    assert stalls_at(sent) < 64 * MB  # what the kernel keeps on the way
    assert client.digest_body(head)[0] == 128 * MB


def test_an_upload_is_no_faster_than_its_upstream(wire):
    sent, go_on = [0], wire.gate()

    @wire.upstream
    def immich(conn):
        head = conn.read_request_head()
        go_on.wait(10)
        assert conn.digest_body(head)[0] == 128 * MB
        conn.respond(201)

    client = wire.client()
    client.send(request_head("POST", "/", framing(False, 128 * MB)))
    sender = threading.Thread(target=pour_counting, args=(client, 128 * MB, sent))
    sender.start()
    assert stalls_at(sent) < 64 * MB  # what the kernel keeps on the way
    go_on.set()
    assert client.read_response().status == 201
    sender.join()


def test_a_first_octet_does_not_wait_for_a_second(wire):
    """No buffering: what the upstream says is seen while it says no more."""
    more = wire.gate()

    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na")
        more.wait(10)
        conn.send("b")

    client = wire.client()
    client.ask("GET", "/events")
    client.read_response_head()
    assert client.read_exact(1) == b"a"
    more.set()
    assert client.read_exact(1) == b"b"


def early_answer(wire, length, limits=None):
    """An upstream that answers each POST after its head, and never reads the body."""

    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.respond(200, "duplicate")
        conn.wait_for_end()

    wire.start(limits=limits)
    client = wire.client()
    client.send(request_head("POST", "/api/assets", f"Content-Length: {length}"))
    return client


def test_an_early_answer_is_relayed_while_the_client_still_sends(wire):
    client = early_answer(wire, 1000)
    client.send("x" * 500)
    response = client.read_response()
    assert (response.status, response.body) == (200, b"duplicate")


def test_after_an_early_answer_a_short_rest_is_drained_and_the_connection_kept(wire):
    client = early_answer(wire, 100000)
    client.send("x" * 500)
    assert client.read_response().get("connection") is None
    client.send("x" * 99500)
    assert client.request("POST", "/next", body="").body == b"duplicate"


def test_after_an_early_answer_a_long_rest_is_cut_and_the_answer_still_readable(wire):
    client = early_answer(wire, 100 * MB, {"discard-bytes": 100000})
    try:
        client.send(bytes(20 * MB))
    except (Ended, TimedOut):  # it may well be taken no more; the answer must be there all the same
        pass
    assert client.read_response().body == b"duplicate"
    client.wait_for_end()


def test_after_an_early_answer_a_client_that_says_nothing_is_closed(wire):
    client = early_answer(wire, 1000, {"discard-timeout-ms": 200})
    assert client.read_response().body == b"duplicate"
    client.expect_end()


def test_a_big_upload_stays_in_flat_memory(wire):
    @wire.upstream
    def immich(conn):
        conn.digest_body(conn.read_request_head())
        conn.respond(201, b"", "Connection: close")

    client = wire.client()
    client.request("POST", "/", body=bytes(MB))
    before = wire.daemon.resident_kb()
    client.close()
    client = wire.client()
    client.send(request_head("POST", "/", framing(False)))
    pour(client, SIZE, False)
    grown = wire.daemon.resident_kb() - before
    assert client.read_response().status == 201
    assert grown < 32 * 1024, f"{grown} KB more"
