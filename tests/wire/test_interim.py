# SPDX-License-Identifier: GPL-3.0-or-later
"""Interim responses and the asking for them: 100, 103, and 101 where nobody asked."""

import pytest

from harness import request_head


def ask_to_continue(client, length):
    client.send(request_head("POST", "/api/assets", "Expect: 100-continue",
                             f"Content-Length: {length}"))


def test_the_question_goes_up_and_100_comes_down(wire):
    @wire.upstream
    def immich(conn):
        request = conn.read_request_head()
        assert request.get("expect") == "100-continue"
        conn.expect_silence()
        conn.send("HTTP/1.1 100 Continue\r\n\r\n")
        assert conn.read_exact(5) == b"photo"
        conn.respond(201)

    client = wire.client()
    ask_to_continue(client, 5)
    interim = client.read_response_head()
    assert interim.status == 100 and "date" not in interim and "connection" not in interim
    client.send("photo")
    assert client.read_response().status == 201


def test_a_refusal_in_place_of_100_spares_the_body(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        conn.respond(417, "no")
        conn.wait_for_end()

    client = wire.client()
    ask_to_continue(client, 5)

    response = client.read_response()
    assert (response.status, response.body, response.interim) == (417, b"no", [])


def test_a_client_that_does_not_wait_for_100_is_served(wire):
    @wire.upstream
    def immich(conn):
        conn.send("HTTP/1.1 100 Continue\r\n\r\n" if conn.read_request().body else "")
        conn.respond(201)

    client = wire.client()
    ask_to_continue(client, 5)
    client.send("photo")

    response = client.read_response()
    assert (response.status, [interim.status for interim in response.interim]) == (201, [100])


def test_100_is_made_here_for_an_upstream_known_to_speak_http_1_0(wire):
    @wire.upstream
    def immich(conn):
        request = conn.read_request()
        assert "expect" not in request
        conn.send("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n")

    client = wire.client()
    client.get("/")  # from this answer the version is known
    ask_to_continue(client, 5)
    assert client.read_response_head().status == 100
    client.send("photo")

    assert client.read_response().status == 200
    assert immich.requests[1].body == b"photo"


def test_early_hints_come_down_as_they_are(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
                  "HTTP/1.1 103 Early Hints\r\nLink: </b.js>; rel=preload\r\n\r\n")
        conn.respond(200, "page")

    response = wire.client().get("/")

    assert [interim.get("link")[:8] for interim in response.interim] == ["</a.css>", "</b.js>;"]
    assert response.body == b"page"


def test_http_1_0_is_spared_interim_responses(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
        conn.respond(200, "page")

    client = wire.client()
    client.send("GET / HTTP/1.0\r\nHost: photos.lan\r\n\r\n")
    response = client.read_response()

    assert (response.interim, response.body) == ([], b"page")


@pytest.mark.parametrize("interim", [
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
    "HTTP/1.1 103 Early Hints\r\n\r\n" * 40,
], ids=["101 nobody asked for", "a flood of 103"])
def test_interim_responses_that_make_no_sense_are_502(wire, interim):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send(interim)
        conn.wait_for_end()

    response = wire.client().get("/")

    assert response.status == 502
    assert wire.record()["reason"] == "response-malformed"


def test_head_and_interim_get_along(wire):
    @wire.upstream
    def immich(conn):
        conn.read_request()
        conn.send("HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")

    response = wire.client().request("HEAD", "/")
    assert (response.status, len(response.interim)) == (200, 1)
