# SPDX-License-Identifier: GPL-3.0-or-later
"""The upstream or the client dies halfway. A truncated answer must never look whole, and the
other side must learn at once."""

import pytest

from harness import Ended, Truncated, request_head, wait_until

FIN, RST = "fin", "rst"
ENDS = pytest.mark.parametrize("end", [FIN, RST])


def leave(conn, end):
    conn.reset() if end == RST else conn.close()


def read_request_then(conn, text, end):
    conn.read_request()
    conn.send(text)
    if end == RST:
        conn.upstream.seen.wait(5)  # a RST overtakes octets not yet read
    leave(conn, end)


def cut_short(wire, text, end, target="/", marker=b""):
    """A client's view of an answer that the upstream breaks off after text."""
    @wire.upstream
    def immich(conn):
        read_request_then(conn, text, end)

    immich.seen = wire.gate()
    client = wire.client()
    client.ask("GET", target)
    head = client.read_response_head()
    start = client.read_exact(len(marker))
    assert start == marker
    immich.seen.set()
    rest, ending = client.wait_for_end()
    return head, start + rest, ending


@ENDS
def test_a_body_shorter_than_announced_is_cut_for_the_client_too(wire, end):
    text = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"
    head, body, _ = cut_short(wire, text, end, marker=b"half")

    assert (head.get("content-length"), body) == ("10", b"half")
    record = wire.record()
    assert (record["reason"], record["status"]) == ("response-truncated", 200)


@ENDS
@pytest.mark.parametrize("chunks", ["4\r\nhalf\r\n", "8\r\nhalf", "4\r\nhalf\r\n0\r\n"],
                         ids=["between chunks", "in a chunk", "in the trailers"])
def test_chunks_that_break_off_do_not_get_their_last_one(wire, end, chunks):
    text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
    _, body, _ = cut_short(wire, text, end, marker=chunks[:7].encode())

    assert b"half" in body and not body.endswith(b"0\r\n\r\n")
    assert wire.record()["reason"] == "response-truncated"


def test_a_body_until_close_that_is_reset_is_reset_for_the_client_too(wire):
    text = "HTTP/1.1 200 OK\r\n\r\nhalf"
    _, body, ending = cut_short(wire, text, RST, marker=b"half")

    assert body == b"half" and not ending.clean
    assert wire.record()["reason"] == "response-truncated"


def test_http_1_0_cannot_take_broken_chunks_for_a_whole_answer(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")

    client = wire.client()
    client.send("GET / HTTP/1.0\r\nHost: photos.lan\r\n\r\n")

    with pytest.raises((Truncated, Ended)) as cut:
        client.read_response()
    assert not cut.value.clean, "a clean end would say: this is all"


@ENDS
@pytest.mark.parametrize("text", ["", "HTTP/1.1 200 O", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n"],
                         ids=["before the head", "in the first line", "in the head"])
def test_an_upstream_that_dies_before_its_head_is_complete_is_502(wire, end, text):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(text)
        leave(conn, end)

    response = wire.client().get("/")

    assert response.status == 502
    assert len(immich.connections) == 1, "a fresh connection that fails is no reason to try again"
    assert wire.record()["reason"] == "upstream-closed"


def test_an_upstream_that_dies_while_the_body_goes_up_is_502(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.read_exact(1000)
        conn.reset()

    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 100000000") + "x" * 1000)
    response = client.read_response()

    assert response.status == 502
    assert wire.record()["reason"] == "upstream-closed"


@pytest.mark.parametrize("text", [
    "HTP/1.1 200 OK\r\n\r\n",
    "HTTP/1.1 20 OK\r\n\r\n",
    "HTTP/2.0 200 OK\r\n\r\n",
    "HTTP/1.1 200 OK\nContent-Length: 0\n\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nX: \0\r\nContent-Length: 0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nX : 1\r\nContent-Length: 0\r\n\r\n",
    "\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
])
def test_an_answer_that_is_not_http_is_502(wire, text):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(text)
        conn.wait_for_end()

    client = wire.client()
    assert client.get("/").status == 502
    record = wire.record()
    assert record["reason"] == "response-malformed" and record["detail"]


def test_a_bad_chunk_ends_the_answer_short(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "4\r\ngood\r\nZZ\r\nbad\r\n0\r\n\r\n")
        conn.wait_for_end()

    client = wire.client()
    client.ask("GET", "/")
    seen, end = client.wait_for_end()
    assert b"bad" not in seen and not end.clean
    record = wire.record()
    assert (record["reason"], record["detail"]) == ("response-malformed", "a chunk is malformed")


def test_a_client_that_breaks_off_while_waiting_frees_the_upstream(wire):
    gone = []

    @wire.upstream
    def immich(conn):
        conn.read_request()
        gone.append(conn.wait_for_end())

    client = wire.client()
    client.ask("GET", "/long")
    immich.wait_for_requests(1)
    client.reset()

    record = wire.record()
    assert (record["reason"], record["status"]) == ("client-gone", 0)
    wait_until(lambda: gone, "the upstream connection to end")


@ENDS
def test_a_client_that_leaves_during_its_upload_frees_the_upstream(wire, end):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.read_exact(1000)
        rest, _ = conn.wait_for_end()
        assert rest == b"", "the upstream must not be told of a whole body"

    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 5000") + "x" * 1000)
    immich.wait_for_connections(1)
    wait_until(lambda: immich.connections[0].received.endswith(b"x" * 1000), "the first octets")
    leave(client, end)

    record = wire.record()
    assert (record["reason"], record["bytes_up"]) == ("client-gone", 1000)


def test_a_client_that_breaks_off_its_chunks_does_not_get_them_completed(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        body, _ = conn.wait_for_end()
        assert not body.endswith(b"0\r\n\r\n")

    client = wire.client()
    client.send(request_head("POST", "/", "Transfer-Encoding: chunked") + "4\r\nhalf\r\n")
    immich.wait_for_connections(1)
    client.close()

    assert wire.record()["reason"] == "client-gone"


def test_a_malformed_chunk_of_the_client_is_400_and_the_upstream_is_not_told_more(wire):
    @wire.upstream
    def immich(conn):
        seen, _ = conn.wait_for_end()
        assert b"smuggled" not in seen and not seen.endswith(b"0\r\n\r\n")

    client = wire.client()
    client.send(request_head("POST", "/", "Transfer-Encoding: chunked")
                + "4\r\ngood\r\n-1\r\nsmuggled\r\n0\r\n\r\n")

    assert client.read_response().status == 400
    record = wire.record()
    assert (record["reason"], record["detail"]) == ("body-malformed", "a chunk is malformed")


def test_a_client_that_resets_during_its_download_frees_the_upstream(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        with pytest.raises(Ended):
            while True:
                conn.send(bytes(100000))

    client = wire.client()
    client.ask("GET", "/video")
    client.read_response_head()
    client.read_exact(100000)
    client.reset()

    record = wire.record()
    assert (record["reason"], record["status"]) == ("client-gone", 200)
    assert 100000 <= record["bytes_down"] < 1000000000


def test_the_daemon_lives_on_after_all_that(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == "/die":
                conn.reset()
                return
            conn.respond(200, "fine")

    for _ in range(5):
        assert wire.client().get("/die").status == 502
    assert wire.client().get("/live").body == b"fine"
