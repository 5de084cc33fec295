# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody answers at the upstream: a short wait for it to come back, then a clear word."""

import threading
import time

from harness import answer, one_upstream, request_head

WAIT = {"unavailable-wait-ms": 400}


def start_without_upstream(wire, limits=WAIT):
    immich = wire.upstream(answer(200, "back again"), listening=False)
    wire.start(one_upstream([immich.url]), limits=limits)
    return immich


def test_after_a_wait_in_vain_comes_503_with_a_time_to_ask_again(wire):
    start_without_upstream(wire)

    began = time.monotonic()
    client = wire.client()
    response = client.get("/")

    assert response.status == 503
    assert 0.35 < time.monotonic() - began < 3
    assert int(response.get("retry-after")) > 0
    record = wire.record()
    assert (record["status"], record["reason"]) == (503, "upstream-down")


def test_a_request_that_waits_is_served_when_the_upstream_comes_back(wire):
    immich = start_without_upstream(wire, {"unavailable-wait-ms": 8000})

    client = wire.client()
    client.ask("GET", "/")
    client.expect_silence(0.2)
    immich.listen()

    assert client.read_response().body == b"back again"


def test_a_waiting_upload_is_sent_whole_when_the_upstream_comes_back(wire):
    immich = start_without_upstream(wire, {"unavailable-wait-ms": 8000})
    body = bytes(range(256)) * 8000  # 2 MB: more than is taken in while nobody wants it

    client = wire.client()
    client.send(request_head("POST", "/api/assets", f"Content-Length: {len(body)}"))
    sender = threading.Thread(target=client.send, args=(body,))
    sender.start()
    client.expect_silence(0.2)
    immich.listen()

    assert client.read_response().body == b"back again"
    sender.join()
    assert immich.requests[0].body == body


def test_a_request_that_is_refused_has_the_upstream_asked_at_once(wire):
    """It is known to be down before anybody is told 503, though its next check is a minute off."""
    pong = answer(200, '{"res":"pong"}', "Content-Type: application/json", "Connection: close")
    immich = wire.upstream(pong)
    wire.start(one_upstream([immich.url], "health-path=/ping", "health-interval-s=60"))
    wire.daemon.wait_for_stderr("is well")
    client = wire.client()
    assert client.get("/").status == 200
    time.sleep(1)
    immich.stop_listening()

    client.ask("GET", "/")
    wire.daemon.wait_for_stderr("is not well")
    client.expect_silence()
    immich.listen()
    assert client.read_response().status == 200


def test_somebody_else_is_named(wire):
    """A check that fails says only how; who is there instead is looked up."""
    other = wire.upstream(answer(404, "<title>My garden</title>", "Content-Type: text/html"))
    wire.start(one_upstream([other.url], "health-path=/api/server/ping"))

    wire.daemon.wait_for_stderr("is not well")
    wire.daemon.wait_for_stderr("no Immich")


def test_503_comes_before_the_body_is_swallowed(wire):
    start_without_upstream(wire)

    client = wire.client()
    client.send(request_head("POST", "/api/assets", "Content-Length: 10000000000"))

    response = client.read_response()
    assert (response.status, response.get("connection")) == (503, "close")


def test_503_comes_in_place_of_100(wire):
    start_without_upstream(wire)

    client = wire.client()
    client.send(request_head("POST", "/", "Content-Length: 10", "Expect: 100-continue"))

    response = client.read_response()
    assert (response.status, response.interim) == (503, [])


def test_many_may_wait_and_all_are_served(wire):
    immich = start_without_upstream(wire, {"unavailable-wait-ms": 8000})

    clients = [wire.client() for _ in range(20)]
    for client in clients:
        client.ask("GET", "/")
    clients[-1].expect_silence(0.2)
    immich.listen()

    assert [client.read_response().status for client in clients] == [200] * 20


def test_a_client_that_leaves_while_it_waits_is_recorded(wire):
    immich = start_without_upstream(wire, {"unavailable-wait-ms": 8000})

    client = wire.client()
    client.ask("GET", "/")
    client.expect_silence(0.1)
    client.reset()

    assert wire.record()["reason"] == "client-gone"
    assert immich.connections == []


def test_other_requests_do_not_wait_for_an_upstream_that_is_down(wire):
    down = wire.upstream(answer(200), listening=False)
    up = wire.upstream(answer(200, "web"))
    wire.start(f"""
        [upstream server]
        urls={down.url}
        [upstream web]
        urls={up.url}
        [route api]
        path=/api
        upstream=server
        [route web]
        path=/
        upstream=web
    """, limits={"unavailable-wait-ms": 8000})

    waiting = wire.client()
    waiting.ask("GET", "/api/x")
    assert wire.client().get("/page").body == b"web"
    waiting.expect_silence()
