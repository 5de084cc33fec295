# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/2, within TLS, and without by programs of this computer that know it is served: each stream an
exchange like any other, none in the way of the next."""

import hashlib
import re
import subprocess
import threading
import time

import pytest

from hyperframe.frame import DataFrame

from harness import HOST, answer, one_upstream, wait_until
from harness.http2 import INTERNAL_ERROR, NO_ERROR, Http2Client, encrypt

MB = 1024 * 1024


# The usual course


def test_a_request_is_answered(wire, connect2):
    immich = wire.upstream(answer(200, "photo", "X-Note: Y", "Connection: x-gone", "X-Gone: 1",
                                  "Keep-Alive: timeout=5"))
    response = connect2().request2("GET", "/api/assets?a=b", ("x-mine", "1"))

    assert (response.status, bytes(response.body), response.reset) == (200, b"photo", None)
    names = [name for name, _ in response.fields]
    assert "x-note" in names and "content-length" in names and "date" in names
    assert not {"connection", "keep-alive", "x-gone", "transfer-encoding"} & set(names)
    request = immich.requests[0]
    assert (request.method, request.target, request.version) == ("GET", "/api/assets?a=b", "HTTP/1.1")
    assert (request.get("host"), request.get("x-mine")) == (HOST, "1")
    record = wire.record()
    assert (record["protocol"], record["host"], record["status"]) == ("HTTP/2.0", HOST, 200)


def test_many_at_once_on_one_connection(wire, connect2):
    gate = wire.gate()

    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            gate.wait(10)
            conn.respond(200, request.target)

    client = connect2()
    streams = [client.ask2("GET", f"/{number}") for number in range(100)]
    wait_until(lambda: len(immich.requests) == 100, "all requests at once")
    gate.set()
    for number, stream in enumerate(streams):
        assert client.answer_to(stream).body == f"/{number}".encode()


def test_head_204_and_304_have_no_body(wire, connect2):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            status = {"/204": 204, "/304": 304}.get(request.target, 200)
            conn.send(f"HTTP/1.1 {status} X\r\n" + ("" if status == 204 else "Content-Length: 9\r\n")
                      + "\r\n")

    client = connect2()
    for method, target in ("HEAD", "/"), ("GET", "/204"), ("GET", "/304"):
        response = client.request2(method, target)
        assert response.body == b"" and response.reset is None
        assert response.get("content-length") == (None if target == "/204" else "9")


def test_crumbs_of_cookies_become_one_field(wire, connect2):
    immich = wire.upstream(answer())
    connect2().request2("GET", "/", ("cookie", "a=1"), ("x-a", "b"), ("cookie", "b=2"))
    assert [value for name, value in immich.requests[0].fields if name.lower() == "cookie"] == ["a=1; b=2"]


def test_large_header_blocks_both_ways(wire, connect2):
    value = hashlib.sha256(b"x").hexdigest() * 400  # 25 KB, more than a frame
    immich = wire.upstream(answer(200, "", f"X-Large: {value}", f"X-Again: {value}"))
    response = connect2().request2("GET", "/", ("x-large", value))
    assert response.get("x-large") == value and response.get("x-again") == value
    assert immich.requests[0].get("x-large") == value


def test_interim_responses_come_down(wire, connect2):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
        conn.respond(200, "page")

    response = connect2().request2("GET", "/")
    assert response.interim == [(103, [("link", "</a.css>")])]
    assert (response.status, bytes(response.body)) == (200, b"page")


def test_a_body_waits_for_100_and_goes_up(wire, connect2):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.send("HTTP/1.1 100 Continue\r\n\r\n")
        assert conn.read_exact(5) == b"photo"
        conn.respond(201)

    client = connect2()
    stream = client.ask2("POST", "/", ("expect", "100-continue"), ("content-length", "5"), end=False)
    client.read_until_seen(lambda: client.responses[stream].interim)
    client.send_data(stream, "photo")
    assert client.answer_to(stream).status == 201


# Bodies


@pytest.mark.parametrize("length", [True, False], ids=["length", "no-length"])
def test_an_upload_goes_up_whole(wire, connect2, length):
    body = hashlib.sha256(b"seed").digest() * (3 * MB // 32)
    immich = wire.upstream(answer(201))
    fields = [("content-length", str(len(body)))] if length else []
    response = connect2().request2("POST", "/api/assets", *fields, body=body)
    assert response.status == 201
    assert immich.requests[0].body == body
    assert (immich.requests[0].get("transfer-encoding") == "chunked") != length
    assert wire.record()["bytes_up"] == len(body)


def test_a_fast_upload_gets_more_room(wire, connect2):
    """A window is what may be on its way: over a long way 64 KB are a snail's pace."""
    immich = wire.upstream(answer(201))
    client = connect2()
    stream = client.ask2("POST", "/", end=False)
    most = 0
    for _ in range(200):
        client.send_data(stream, b"x" * 32768, end=False)
        most = max(most, client.room.get(stream, 0))
    client.send_data(stream, b"", end=True)
    assert client.answer_to(stream).status == 201
    assert 200_000 < most < 17 * MB
    assert len(immich.requests[0].body) == 200 * 32768


def test_an_empty_body_of_unknown_length(wire, connect2):
    immich = wire.upstream(answer(201))
    assert connect2().request2("POST", "/", body="").status == 201
    assert immich.requests[0].body == b""


def test_a_download_comes_down_whole(wire, connect2):
    body = hashlib.sha256(b"seed").digest() * (5 * MB // 32)

    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == "/length":
                conn.respond(200, body)
            else:
                conn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                for at in range(0, len(body), 100_000):
                    piece = body[at : at + 100_000]
                    conn.send(b"%x\r\n%b\r\n" % (len(piece), piece))
                conn.send("0\r\n\r\n")

    client = connect2()
    for target in "/length", "/chunks":
        response = client.request2("GET", target)
        assert hashlib.sha256(response.body).digest() == hashlib.sha256(body).digest()


def test_trailers_both_ways(wire, connect2):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert request.body == b"photo"
        assert b"\r\n0\r\nx-digest: abc\r\n\r\n" in bytes(conn.received)
        conn.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "4\r\nwell\r\n0\r\nX-Sum: 9\r\nContent-Length: 7\r\n\r\n")

    client = connect2()
    stream = client.ask2("POST", "/", body="photo", end=False)
    client.send_trailers(stream, ("x-digest", "abc"), ("x-forwarded-for", "1.2.3.4"))
    response = client.answer_to(stream)
    assert (bytes(response.body), response.trailers) == (b"well", [("x-sum", "9")])


def test_a_small_answer_is_one_frame_of_data_that_ends_the_stream(wire, connect2):
    wire.upstream(answer(200, "photo"))
    client = connect2()
    client.request2("GET", "/")
    data = [frame for frame in client.frames if isinstance(frame, DataFrame)]
    assert len(data) == 1 and "END_STREAM" in data[0].flags


# Neighbours


def test_a_download_nobody_takes_holds_up_no_other(wire, connect2):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            conn.respond(200, b"x" * (5 * MB if request.target == "/film" else 10))

    client = connect2(settings={4: 20000}, makes_room=False)  # each stream 20000 octets at first
    film = client.ask2("GET", "/film")
    client.read_until_seen(lambda: len(client.responses[film].body) == 20000)
    for _ in range(50):
        assert len(client.request2("GET", "/photo").body) == 10
    client.makes_room = True
    client.make_room(film, 20000)
    client.make_room(0, 20000)
    assert len(client.answer_to(film).body) == 5 * MB


def test_an_upload_immich_does_not_take_holds_up_no_other(wire, connect2):
    gate = wire.gate()

    @wire.upstream
    def immich(conn):
        request = conn.read_request_head()
        if request.target == "/slow":
            gate.wait(20)
            conn.wait_for_end()
            return
        if request.method == "POST":
            conn.read_exact(2 * MB)
        conn.respond(201, b"", "Connection: close")  # an upload could not be asked again

    client = connect2()
    slow = client.ask2("POST", "/slow", ("content-length", str(8 * MB)), end=False)
    sent = 0
    while client.room_for(slow) > 0 and sent < 8 * MB - 100_000:  # until it gets no more room
        client.send_data(slow, b"y" * min(client.room_for(slow), 65536), end=False)
        sent = 8 * MB - 1 if sent > 7 * MB else sent + 65536
        client.receive_for(0.02)
        while len(client._buffer) >= 9:
            client.read_frame()
    assert client.request2("GET", "/photo").status == 201
    assert client.request2("POST", "/fast", ("content-length", str(2 * MB)),
                           body=b"z" * (2 * MB)).status == 201
    gate.set()
    client.reset_stream(slow)


def test_the_urgent_goes_first(wire, connect2):
    """All is ready, and the client lets it come little by little."""
    wire.upstream(answer(200, b"x" * 100_000))
    client = connect2(settings={4: 1_000_000}, makes_room=False)
    before = client.ask2("GET", "/")
    client.read_until_seen(lambda: len(client.responses[before].body) == 65535)
    streams = {urgency: client.ask2("GET", "/", ("priority", f"u={urgency}"))
               for urgency in (5, 4, 7, 1)}
    time.sleep(0.5)
    done = []
    while len(done) < 5:
        client.make_room(0, 20_000)
        while not (isinstance(frame := client.read_frame(), DataFrame) and frame.data):
            pass
        done += [stream for stream, response in client.responses.items()
                 if response.has_ended and stream not in done]
    assert done == [streams[1], before, streams[4], streams[5], streams[7]]


# Ends


def test_an_early_answer_ends_the_upload(wire, connect2):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.respond(413, "too large")

    client = connect2()
    stream = client.ask2("POST", "/", ("content-length", "1000000"), end=False)
    client.send_data(stream, b"x" * 1000, end=False)
    response = client.answer_to(stream)
    assert (response.status, bytes(response.body)) == (413, b"too large")
    client.read_until_seen(lambda: response.reset is not None)
    assert response.reset == NO_ERROR
    assert client.request2("GET", "/").status == 413  # the connection lives


def test_immich_may_think_about_an_upload(wire):
    """That an upload has ended does not mean that whoever sent it has left, whose patience is shorter."""

    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == "/never":
                conn.wait_for_end()
                return
            time.sleep(0.6)
            conn.respond(201)

    wire.start(one_upstream([immich.url], "response-timeout-s=1"), limits={"ended-client-timeout-ms": 200})
    client = Http2Client(wire.daemon.port)
    for length in ((), (("content-length", "3"),)):
        assert client.request2("POST", "/", *length, body=b"abc").status == 201
        assert client.request2("POST", "/never", *length, body=b"abc").status == 504
    assert {record["reason"] for record in wire.daemon.wait_for_records(4)} == {"done", "upstream-timeout"}
    client.close()


def test_an_answer_that_breaks_off_is_reset(wire, connect2):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")

    response = connect2().request2("GET", "/")
    assert (response.status, response.reset, response.has_ended) == (200, INTERNAL_ERROR, False)
    assert wire.record()["reason"] == "response-truncated"


def test_a_request_taken_back_ends_at_immich_too(wire, connect2):
    ended = threading.Event()

    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        conn.wait_for_end()
        ended.set()

    client = connect2()
    stream = client.ask2("GET", "/")
    client.read_until_seen(lambda: client.responses[stream].body == b"half")
    client.reset_stream(stream)
    assert ended.wait(10)
    assert wire.record()["reason"] == "client-gone"


def test_a_client_that_leaves_ends_all_of_its_requests(wire, connect2):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.wait_for_end()

    client = connect2()
    for _ in range(5):
        client.ask2("GET", "/")
    immich.wait_for_requests(5)
    client.close()
    assert {record["reason"] for record in wire.daemon.wait_for_records(5)} == {"client-gone"}


def test_an_error_page_for_an_upstream_that_is_down(wire, connect2):
    wire.upstream(answer(), listening=False)
    response = connect2().request2("GET", "/", ("accept", "text/html"))
    assert response.status == 503 and b"<html" in response.body


def test_the_program_ends_and_what_runs_is_finished(wire, connect2):
    gate = wire.gate()

    @wire.upstream
    def immich(conn):
        conn.read_request()
        gate.wait(10)
        conn.respond(200, "done")

    client = connect2()
    stream = client.ask2("GET", "/")
    immich.wait_for_requests(1)
    wire.daemon.terminate()
    client.read_until_seen(lambda: client.goaway)
    assert client.goaway.error_code == NO_ERROR
    gate.set()
    assert client.answer_to(stream).body == b"done"
    assert client.goodbye().last_stream_id == stream


def test_an_idle_connection_is_left_with_a_word(wire):
    wire.upstream(answer())
    wire.start(limits={"keep-alive-timeout-ms": 200})
    client = Http2Client(wire.daemon.port)
    assert client.request2("GET", "/").status == 200
    assert client.goodbye().error_code == NO_ERROR
    client.close()


def test_browsers_are_told_to_come_encrypted(wire):
    wire.upstream(answer())
    wire.start(one_upstream([wire.upstreams[0].url]) + "[tls]\nmode=local\nhsts=true\n")
    client = Http2Client(wire.daemon.port, sock=encrypt(wire.daemon.port))
    assert client.request2("GET", "/").get("strict-transport-security") == "max-age=31536000"
    client.close()


# Others' clients


@pytest.fixture(params=["http", "https"])
def url(wire, request):
    urls = [wire.upstream(answer(200, b"photo " * 3000)).url]
    wire.start(one_upstream(urls) + ("[tls]\nmode=local\n" if request.param == "https" else ""))
    return f"{request.param}://127.0.0.1:{wire.daemon.port}/"


@pytest.mark.parametrize("command", [
    ["curl", "-sSk", "-w", "%{http_version} %{http_code}"],
    ["nghttp", "-v"],
], ids=["curl", "nghttp"])
def test_clients_of_others(wire, url, command):
    if command[0] == "curl" and url.startswith("http:"):
        command = [*command, "--http2-prior-knowledge"]
    run = subprocess.run([*command, url], capture_output=True, text=True, timeout=20)
    assert "photo" in run.stdout and "200" in run.stdout
    assert wire.record()["protocol"] == "HTTP/2.0"


def test_load(wire, url):
    run = subprocess.run(["h2load", "-n", "1000", "-c", "4", "-m", "32", url], capture_output=True,
                         text=True, timeout=60)
    assert re.search(r"1000 succeeded, 0 failed", run.stdout), run.stdout
