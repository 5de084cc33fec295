# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a message ends, with every way to say so, and between both versions of HTTP/1."""

import pytest

from harness import answer, request_head

CHUNKS = b"5\r\nhello\r\n1\r\n \r\n0B\r\nmy friends!\r\n0\r\n\r\n"
KB = 1024


def test_chunks_come_down_as_they_were_made(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS)

    response = wire.client().get("/")

    assert response.body == b"hello my friends!"
    assert response.raw_body == CHUNKS
    assert response.get("content-length") is None


def test_chunks_go_up_as_they_were_made(wire):
    immich = wire.upstream(answer(200))

    wire.client().send(request_head("POST", "/", "Transfer-Encoding: chunked").encode() + CHUNKS)
    immich.wait_for_requests(1)

    request, = immich.requests
    assert request.raw_body == CHUNKS
    assert request.get("transfer-encoding") == "chunked" and "content-length" not in request


def test_each_chunk_is_passed_on_at_once(wire):
    @wire.upstream
    def immich(conn):
        conn.read_head()
        conn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(3):
            conn.send(b"1\r\n" + conn.read_exact(6)[3:4] + b"\r\n")
        conn.read_exact(5)
        conn.send("0\r\n\r\n")

    client = wire.client()
    client.send(request_head("POST", "/echo", "Transfer-Encoding: chunked"))
    client.read_response_head()
    for letter in (b"a", b"b", b"c"):
        client.send(b"1\r\n" + letter + b"\r\n")
        assert client.read_exact(6) == b"1\r\n" + letter + b"\r\n"
    client.send("0\r\n\r\n")
    assert client.read_exact(5) == b"0\r\n\r\n"


def test_trailers_pass_unless_they_frame_or_forward(wire):
    trailer = ("X-Checksum: 1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\nHost: evil\r\n"
               "X-Forwarded-For: 6.6.6.6\r\nX-Last: 2\r\n\r\n")

    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n" + trailer)

    client = wire.client()
    client.send(request_head("POST", "/", "Transfer-Encoding: chunked")
                + "1\r\nx\r\n0\r\n" + trailer)
    response = client.read_response()

    passed = [("X-Checksum", "1"), ("X-Last", "2")]
    assert response.trailers == passed
    assert immich.requests[0].trailers == passed


def test_a_body_without_length_ends_with_the_connection(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\n\r\nall that I have")

    client = wire.client()
    response = client.get("/")

    assert response.body == b"all that I have"
    assert response.get("connection") == "close"
    assert wire.record()["reason"] == "done"


@pytest.mark.parametrize("status, fields", [
    (204, ()), (304, ("Content-Length: 1234",)), (304, ("Transfer-Encoding: chunked",)), (304, ())])
def test_an_answer_that_has_no_body_keeps_the_connection(wire, status, fields):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            lines = (f"HTTP/1.1 {status} X", *fields) if request.target == "/1" else (
                "HTTP/1.1 200 OK", "Content-Length: 0")
            conn.send("\r\n".join((*lines, "", "")))

    client = wire.client()
    assert client.get("/1").status == status
    assert client.get("/2").status == 200
    assert len(immich.connections) == 1


@pytest.mark.parametrize("field", ["Content-Length: 1234", "Transfer-Encoding: chunked"])
def test_head_tells_the_length_and_sends_nothing(wire, field):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(f"HTTP/1.1 200 OK\r\n{field}\r\n\r\n")
        conn.read_request()
        conn.respond(200, "next")

    client = wire.client()
    response = client.request("HEAD", "/")
    assert response.status == 200
    assert field.startswith("Transfer") or response.get("content-length") == "1234"
    assert client.get("/").body == b"next"


@pytest.mark.parametrize("first", [
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 204 No Content\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"])
def test_octets_after_an_answer_are_nobodys_answer(wire, first):
    """What stands behind a response must never be taken for the next one."""
    forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged"

    @wire.upstream
    def immich(conn):
        for _ in conn.requests():
            conn.send(first + forged if conn.number == 1 else
                      "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\ngenuine")

    client = wire.client()
    client.get("/1")
    assert wire.client().get("/2").body == b"genuine"
    assert len(immich.connections) == 2


def http_1_0(target, *fields):
    return "\r\n".join((f"GET {target} HTTP/1.0", *fields, "", ""))


def test_http_1_0_gets_chunks_as_plain_octets_until_close(wire):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert request.version == "HTTP/1.1"
        conn.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CHUNKS)

    client = wire.client()
    client.send(http_1_0("/", "Host: photos.lan", "Connection: keep-alive"))
    response = client.read_response()

    assert response.body == b"hello my friends!"
    assert "transfer-encoding" not in response and "content-length" not in response


def test_http_1_0_keeps_the_connection_if_it_asks_and_the_length_is_known(wire):
    wire.upstream(answer(200, "known"))

    client = wire.client()
    for _ in range(2):
        client.send(http_1_0("/", "Host: photos.lan", "Connection: keep-alive"))
        response = client.read_response()
        assert (response.body, response.get("connection").lower()) == (b"known", "keep-alive")

    client.send(http_1_0("/", "Host: photos.lan"))
    assert client.read_response().body == b"known"
    client.expect_end()


def test_http_1_0_without_host_is_served(wire):
    immich = wire.upstream(answer(200, "ancient"))

    client = wire.client()
    client.send(http_1_0("/old"))

    assert client.read_response().body == b"ancient"
    assert immich.requests[0].get_all("host") == [""]


def test_an_http_1_0_upstream_is_understood_and_not_reused(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nold")
        conn.expect_end()

    client = wire.client()
    for _ in range(2):
        response = client.get("/")
        assert (response.version, response.body) == ("HTTP/1.1", b"old")
    assert len(immich.connections) == 2


def test_chunks_are_not_sent_to_an_upstream_known_to_speak_http_1_0(wire):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert "transfer-encoding" not in request
        conn.send("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")

    client = wire.client()
    assert client.get("/").status == 200  # from this answer the version is known
    client.send(request_head("POST", "/", "Transfer-Encoding: chunked") + "5\r\nphoto\r\n0\r\n\r\n")
    response = client.read_response()

    assert (response.status, response.reason) == (411, "Length Required")
    assert wire.record(2)["reason"] == "length-required"
    second = wire.client()
    second.send(request_head("POST", "/", "Content-Length: 5") + "photo")
    assert second.read_response().status == 200
    assert [request.body for request in immich.requests] == [b"", b"photo"]


def big_head(size, n_fields):
    """A response head of exactly that size, with an empty body."""
    start = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
    each, left = divmod(size - len(start) - 2, n_fields)
    lengths = [each + left, *[each] * (n_fields - 1)]
    lines = (f"X-{number:02}: ".ljust(length - 2, "x") for number, length in enumerate(lengths))
    return start + "\r\n".join(lines) + "\r\n\r\n"


@pytest.mark.parametrize("size, n_fields, status", [
    (60 * KB, 60, 200), (60 * KB, 1, 200), (60 * KB, 5000, 200), (64 * KB, 1, 200),
    (64 * KB + 1, 1, 502), (64 * KB + 1, 60, 502), (64 * KB + 1, 5000, 502), (200 * KB, 60, 502),
])
def test_a_response_head_may_be_64_kb_however_it_is_cut_into_fields(wire, size, n_fields, status):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(big_head(size, n_fields))
        conn.wait_for_end()

    client = wire.client()
    response = client.get("/")

    assert response.status == status
    if status == 200:
        names = [name for name, _ in response.fields if name.startswith("X-")]
        assert names == [f"X-{number:02}" for number in range(n_fields)]
    else:
        client.close()
        assert wire.record()["reason"] == "response-too-large"


def padded(line, size):
    return line + "x" * (size - len(line))


@pytest.mark.parametrize("head, status", [
    (padded("GET /", 32 * KB - 22) + " HTTP/1.1\r\nHost: a\r\n\r\n", 200),
    (padded("GET /", 32 * KB - 21) + " HTTP/1.1\r\nHost: a\r\n\r\n", 431),
    (padded("GET /", 32 * KB) + " HTTP/1.1\r\nHost: a\r\n\r\n", 414),
    ("GET / HTTP/1.1\r\nHost: a\r\n" + padded("Cookie: ", 32 * KB - 29) + "\r\n\r\n", 200),
    ("GET / HTTP/1.1\r\nHost: a\r\n" + padded("Cookie: ", 32 * KB - 28) + "\r\n\r\n", 431),
    ("GET / HTTP/1.1\r\nHost: a\r\n" + (padded("X: ", 4 * KB) + "\r\n") * 7 + "\r\n", 200),
    ("GET / HTTP/1.1\r\nHost: a\r\n" + (padded("X: ", 4 * KB) + "\r\n") * 8 + "\r\n", 431),
    ("GET / HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n" * 999 + "\r\n", 200),
    ("GET / HTTP/1.1\r\nHost: a\r\n" + "X: 1\r\n" * 1000 + "\r\n", 431),
], ids=["target", "target and more", "target alone is more", "one field", "one field and more",
        "head under 32 KB", "head more", "1000 fields", "1001 fields"])
def test_request_heads_have_limits_and_clear_answers(wire, head, status):
    immich = wire.upstream(answer(200))

    client = wire.client()
    client.send(head)

    assert client.read_response().status == status
    assert len(immich.requests) == (status == 200)
    if status != 200:
        client.expect_end()
