# SPDX-License-Identifier: GPL-3.0-or-later
"""Several addresses in an upstream: whose turn it is, and who is passed over."""

import collections
import contextlib
import json
import socket
import time

import pytest

from harness import answer, one_upstream, wait_until


def endpoints(wire, count, **options):
    return [wire.upstream(answer(200, f"{number}"), **options) for number in range(count)]


def start(wire, upstreams, *keys):
    """With one worker, since each takes turns by itself."""
    wire.start(one_upstream([upstream.url for upstream in upstreams], *keys),
               listen=["workers=1"])


def ask_each(wire, count):
    return [wire.client().get("/").body.decode() for _ in range(count)]


def test_round_robin_takes_turns(wire):
    start(wire, endpoints(wire, 3), "balance=round-robin")

    assert collections.Counter(ask_each(wire, 9)) == {"0": 3, "1": 3, "2": 3}


def test_first_goes_to_the_first_as_long_as_it_lives(wire):
    first, second = endpoints(wire, 2)
    start(wire, [first, second], "balance=first")

    assert ask_each(wire, 3) == ["0", "0", "0"]
    first.stop_listening()
    for conn in first.connections:
        conn.shut_write()
    assert ask_each(wire, 3) == ["1", "1", "1"]


def test_least_used_avoids_the_busy_one(wire):
    def script(name):
        def play(conn):
            for request in conn.requests():
                if request.target == "/slow":
                    conn.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n" + name)
                    conn.wait_for_end()
                    return
                conn.respond(200, name)

        return play

    both = [wire.upstream(script("0")), wire.upstream(script("1"))]
    start(wire, both, "balance=least-used")
    slow = wire.client()
    slow.ask("GET", "/slow")
    slow.read_response_head()
    busy = slow.read_exact(1).decode()

    assert set(ask_each(wire, 4)) == {"1" if busy == "0" else "0"}
    slow.reset()


@pytest.mark.parametrize("balance", ["round-robin", "least-used", "first"])
def test_an_address_that_refuses_is_passed_over(wire, balance):
    down = wire.upstream(answer(500), listening=False)
    up = wire.upstream(answer(200, "up"))
    start(wire, [down, up], f"balance={balance}")

    assert ask_each(wire, 6) == ["up"] * 6


def test_a_body_goes_whole_to_the_address_that_takes_it(wire):
    down = wire.upstream(answer(500), listening=False)
    up = wire.upstream(answer(200, "up"))
    start(wire, [down, up], "balance=first")

    wire.client().request("POST", "/", body="x" * 100000)
    assert len(up.requests[0].body) == 100000


def test_an_address_that_came_back_is_used_again(wire):
    first, second = endpoints(wire, 2)
    first.stop_listening()
    start(wire, [first, second], "balance=first")

    assert ask_each(wire, 2) == ["1", "1"]
    first.listen()
    wait_until(lambda: ask_each(wire, 1) == ["0"], "the first address to be used again")


@pytest.fixture
def deaf_url():
    """An address that does not answer to SYN."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as deaf, contextlib.ExitStack() as stack:
        address = deaf.getsockname()
        for _ in range(3):  # a full backlog drops further SYNs
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(address)
        yield f"http://127.0.0.1:{address[1]}"


def start_behind_deaf(wire, deaf_url):
    up = wire.upstream(answer(200, "up"))
    wire.start(one_upstream([deaf_url, up.url], "balance=first", "connect-timeout-s=1"),
               listen=["workers=1"])


def test_an_address_that_does_not_answer_to_syn_costs_its_connect_time_out_once(wire, deaf_url):
    start_behind_deaf(wire, deaf_url)

    assert ask_each(wire, 3) == ["up"] * 3
    took_us = [record["duration_us"] for record in wire.daemon.wait_for_records(3)]
    assert took_us[0] > 900_000 and max(took_us[1:]) < 900_000


def test_the_only_address_is_not_waited_for_beyond_its_connect_time_out(wire, deaf_url):
    wire.start(one_upstream([deaf_url], "connect-timeout-s=1"),
               limits={"unavailable-wait-ms": 500})

    assert wire.client().get("/").status == 504
    assert wire.record()["duration_us"] < 1_900_000


def test_an_address_that_failed_is_tried_again_by_one_request_alone(wire, deaf_url):
    start_behind_deaf(wire, deaf_url)
    assert ask_each(wire, 1) == ["up"]
    time.sleep(0.3)  # it is no longer passed over

    first = wire.client()
    first.ask("GET", "/")
    first.expect_silence(0.1)
    began = time.monotonic()
    assert ask_each(wire, 1) == ["up"]
    assert time.monotonic() - began < 0.5
    assert first.read_response().body == b"up"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_localhost_is_found_on_whichever_address_it_listens(wire, host):
    immich = wire.upstream(answer(200, "here"), host=host)

    wire.start(one_upstream([f"http://localhost:{immich.port}"]))

    assert wire.client().get("/").body == b"here"
    assert wire.client().get("/").body == b"here"


def test_a_literal_ipv6_address_is_an_upstream(wire):
    immich = wire.upstream(answer(200, "six"), host="::1")

    assert wire.client().get("/").body == b"six"
    assert wire.record()["upstream"] == immich.label


def test_a_name_that_is_not_found_is_told(wire):
    wire.start(one_upstream(["http://no-such-name.invalid:3001"]),
               limits={"unavailable-wait-ms": 200})

    response = wire.client().get("/")
    assert response.status == 502
    assert wire.record()["reason"] == "upstream-name"
    assert b"no-such-name" not in response.raw + response.body


def pinged(name, ping):
    """An upstream that answers its health check with ping() and all else with its name."""

    def play(conn):
        for request in conn.requests():
            if request.target == "/server-info/ping":
                conn.respond(*ping())
            else:
                conn.respond(200, name)

    return play


HEALTH = ("balance=first", "health-path=/server-info/ping", "health-interval-s=1")
PONG = json.dumps({"res": "pong"})


def test_an_address_whose_health_check_fails_is_passed_over_until_it_is_well(wire):
    state = {"ping": (200, PONG, "Content-Type: application/json")}
    sick = wire.upstream(pinged("first", lambda: state["ping"]))
    well = wire.upstream(pinged("second", lambda: (200, PONG, "Content-Type: application/json")))
    start(wire, [sick, well], *HEALTH)
    assert ask_each(wire, 1) == ["first"]

    state["ping"] = (500, "ill")
    wait_until(lambda: ask_each(wire, 1) == ["second"], "the sick one to be passed over")
    state["ping"] = (200, PONG, "Content-Type: application/json")
    wait_until(lambda: ask_each(wire, 1) == ["first"], "the first to be used again")
