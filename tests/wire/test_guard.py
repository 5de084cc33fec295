# SPDX-License-Identifier: GPL-3.0-or-later
"""Who guesses passwords waits, longer each time, and Immich sees nothing of it meanwhile. People from
elsewhere are played behind a proxy that is trusted, whose word on them counts."""

import json
import threading
import time

import pytest

from harness import answer, one_upstream, wait_until
from harness.http2 import Http2Client
from harness.network import NETWORKS, built_network

STRANGER, OTHER = "X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 203.0.113.10"
RIGHT, WRONG = b'{"password":"right"}', b'{"password":"wrong"}'
LOGIN = "/api/auth/login"
LINK = "/api/shared-links/me?slug=summer&password="


def settings(immich, *door):
    return (one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n"
            + "\n".join(("[door]", *(door or ("world=everything",)), "")))


def make_immich(wire, wrong=401, **options):
    def immich(conn):
        for request in conn.requests():
            is_right = b"right" in request.body or "password=right" in request.target
            if request.target == LOGIN or request.target.startswith("/api/shared-links/login") or "password=" in request.target:
                conn.respond(201 if is_right else wrong, b'{"message":"Incorrect email or password"}')
            elif request.get("x-api-key"):
                conn.respond(200 if request.get("x-api-key") == "right" else 401)
            else:
                conn.respond(401 if "me" in request.target else 200)

    return wire.upstream(immich, **options)


@pytest.fixture(name="house")
def make_house(wire):
    immich = make_immich(wire)
    wire.start(settings(immich))
    return immich


def log_in(wire, body=WRONG, who=STRANGER, *fields):
    return wire.client().request("POST", LOGIN, who, *fields, body=body)


def fail(wire, times, who=STRANGER):
    for _ in range(times):
        assert log_in(wire, who=who).status == 401


def test_the_sixth_wrong_password_has_to_wait(wire, house):
    fail(wire, 5)
    response = log_in(wire, RIGHT)
    assert response.status == 429
    assert 1 <= int(response.get("retry-after")) <= 30
    said = json.loads(response.body)
    assert said["message"].startswith("Too many wrong passwords. Try again in ")
    assert (said["statusCode"], said["reason"]) == (429, "login-must-wait")
    assert len(house.requests) == 5
    assert log_in(wire, RIGHT, OTHER).status == 201


def test_people_read_a_page(wire, house):
    fail(wire, 5)
    response = log_in(wire, RIGHT, STRANGER, "Accept: text/html")
    assert response.status == 429
    assert b"Too many wrong passwords" in response.body and b"seconds." in response.body


def test_records_and_lines_tell(wire, house):
    fail(wire, 5)
    log_in(wire)
    assert log_in(wire, RIGHT, OTHER).status == 201
    wire.client().get("/api/server/ping", STRANGER)
    told = [(record["login"], record["login_outcome"], record["reason"])
            for record in wire.daemon.wait_for_records(8)]
    assert sorted(told) == sorted([("password", "failed", "done")] * 5 + [
        ("password", "refused", "login-must-wait"), ("password", "succeeded", "done"), ("", "", "done")])
    wire.daemon.wait_for_stderr("login refused from 203.0.113.9 (password)")
    lines = [line for line in wire.daemon.stderr_lines if "login failed" in line]
    assert lines == ["porchlightd: login failed from 203.0.113.9 (password)"] * 5


def test_success_forgives(wire, house):
    fail(wire, 4)
    assert log_in(wire, RIGHT).status == 201
    fail(wire, 4)


def test_old_ones_say_400(wire):
    immich = make_immich(wire, wrong=400)
    wire.start(settings(immich))
    for _ in range(5):
        assert log_in(wire).status == 400
    assert log_in(wire).status == 429


def test_the_password_of_a_link(wire):
    immich = make_immich(wire)
    wire.start(settings(immich, "world=links"))
    client = wire.client()
    for _ in range(5):
        assert client.get(LINK + "wrong", STRANGER).status == 401
    assert client.get(LINK + "right", STRANGER).status == 429
    assert client.request("HEAD", LINK + "right", STRANGER).status == 429
    assert client.get(LINK + "right", OTHER).status == 201
    assert client.get("/api/server/config", STRANGER).status == 200


@pytest.mark.parametrize("name", ["[password]", "%5Bpassword%5D", "p%61ssword", "PASSWORD"])
def test_the_password_of_a_link_under_a_name_that_some_servers_read_as_it(wire, name):
    immich = wire.upstream(answer(401, b'{"message":"Invalid password"}'))
    wire.start(settings(immich))
    for _ in range(5):
        assert wire.client().get(f"/api/shared-links/me?slug=summer&{name}=wrong", STRANGER).status == 401
    assert wire.client().get(f"{LINK}right", STRANGER).status == 429


def test_the_password_of_a_link_in_newer_ones(wire):
    immich = make_immich(wire)
    wire.start(settings(immich, "world=links"))

    def log_in_to_link(body):
        return wire.client().request("POST", "/api/shared-links/login?slug=summer", STRANGER, body=body).status

    assert [log_in_to_link(WRONG) for _ in range(6)] == [401] * 5 + [429]
    assert len(immich.requests) == 5
    assert wire.record(1)["login"] == "link-password"


def test_innocent_refusals_never_count(wire):
    immich = make_immich(wire)
    wire.start(settings(immich, "world=links"))
    for _ in range(20):
        assert wire.client().get("/api/shared-links/me?slug=summer", STRANGER).status == 401
        assert log_in(wire).status == 404
    assert wire.client().get(LINK + "right", STRANGER).status == 201


def test_keys_that_differ_count(wire, house):
    client = wire.client()
    for _ in range(20):
        assert client.get("/api/albums", STRANGER, "x-api-key: stale").status == 401
    assert client.get("/api/albums", STRANGER, "x-api-key: right").status == 200
    for i in range(4):
        assert client.get("/api/albums", STRANGER, f"x-api-key: {i}").status == 401
    assert client.get("/api/albums", STRANGER, "x-api-key: right").status == 429
    assert client.get("/api/albums?apiKey=right", STRANGER).status == 429
    assert client.get("/api/server/ping", STRANGER).status == 200
    assert log_in(wire, RIGHT).status == 201


def test_keys_behind_another_count(wire, house):
    """One that stays the same, under a name that passes for it and is none to Immich."""
    guesses = [wire.client().get(f"/api/users/me?APIKEY=stale&apiKey={i}", STRANGER).status for i in range(6)]
    assert guesses == [401] * 5 + [429]


def test_pin_codes(wire):
    """Of a locked folder, by whoever is logged in: 400 says that one is wrong, 401 that nobody is logged in."""

    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            conn.respond(401 if "cookie" not in request else 204 if b"right" in request.body else 400)

    wire.start(settings(immich))

    def unlock(body, *fields, method="POST", path="/api/auth/session/unlock"):
        return wire.client().request(method, path, STRANGER, *fields, body=body)

    mine = "Cookie: immich_access_token=x"
    assert {unlock(WRONG).status for _ in range(10)} == {401}
    assert [unlock(WRONG, mine).status for _ in range(4)] == [400] * 4
    assert unlock(WRONG, mine, method="PUT", path="/api/auth/pin-code").status == 400
    for method, path in (("POST", "/api/auth/session/unlock"), ("PUT", "/api/auth/pin-code"), ("DELETE", "/api/auth/pin-code")):
        assert unlock(RIGHT, mine, method=method, path=path).status == 429
    assert json.loads(unlock(RIGHT, mine).body)["message"].startswith("Too many wrong PIN codes. ")
    assert wire.client().request("POST", LOGIN, STRANGER, mine, body=RIGHT).status == 204
    wire.daemon.wait_for_stderr("login refused from 203.0.113.9 (pin-code)")


def refused(wire, who):
    """The first answer that says to wait: on a slow machine a wait of seconds may be over before it is met."""
    return wait_until(lambda: (response := log_in(wire, WRONG, who)).status == 429 and response, "having to wait")


def test_home_is_slowed(wire, house):
    home = "X-Forwarded-For: 192.168.1.7"
    fail(wire, 5, home)
    assert int(refused(wire, home).get("retry-after")) <= 8
    wait_until(lambda: log_in(wire, RIGHT, home).status == 201, "being let in again", 10)


def test_a_proxy_that_is_not_trusted_is_slowed(wire):
    immich = make_immich(wire)
    wire.start(one_upstream([immich.url]) + "[door]\nworld=everything\n")
    fail(wire, 5)
    assert int(refused(wire, OTHER).get("retry-after")) <= 8


def test_this_computer_never_waits(wire, house):
    for _ in range(12):
        assert wire.client().request("POST", LOGIN, body=WRONG).status == 401
    wire.daemon.wait_for_stderr("login failed from 127.0.0.1 (password)")


def test_a_64_is_one(wire, house):
    for i in range(5):
        fail(wire, 1, f"X-Forwarded-For: 2001:db8::{i}:1")
    assert log_in(wire, RIGHT, "X-Forwarded-For: 2001:db8::ffff:1").status == 429
    assert log_in(wire, RIGHT, "X-Forwarded-For: 2001:db8:0:1::1").status == 201


def test_spellings_do_not_help(wire, house):
    spellings = ["/API/auth/login", "//api/auth/login", "/api/auth/login/", "/api/auth/log%69n", "/api/./auth/login",
                 "/api/x/../auth/login?x=1"]
    fail(wire, 5)
    for target in spellings:
        assert wire.client().request("POST", target, STRANGER, body=RIGHT).status == 429, target
    assert len(house.requests) == 5


def test_it_can_be_turned_off_and_is_kept_over_a_reload(wire, house):
    fail(wire, 5)
    wire.reload(settings(house))
    assert log_in(wire).status == 429
    wire.reload(settings(house, "world=everything", "guard=false"))
    fail(wire, 10)


def test_tries_sent_in_a_row_before_an_answer(wire, house):
    client = wire.client()
    try_it = f"POST {LOGIN} HTTP/1.1\r\nHost: h\r\n{STRANGER}\r\nContent-Length: {len(WRONG)}\r\n\r\n".encode() + WRONG
    client.send(try_it * 10)
    statuses = [client.read_response().status for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    assert len(house.requests) == 5


def gated(wire):
    """An Immich that thinks until it is told to answer; how many it thinks about is seen at once."""
    gate, asked = threading.Event(), []

    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if request.target == LOGIN:
                asked.append(request)
                gate.wait(10)
                conn.respond(401)
            else:
                conn.respond(200)

    return immich, gate, asked


@pytest.mark.plain
def test_tries_at_once_over_http2(wire):
    immich, gate, asked = gated(wire)
    wire.start(settings(immich))
    client = Http2Client(wire.daemon.port)
    who = ("x-forwarded-for", "203.0.113.9")
    streams = [client.ask2("POST", LOGIN, who, body=WRONG) for _ in range(20)]
    early = streams[5:]
    for stream in early:
        response = client.answer_to(stream)
        assert (response.status, response.get("retry-after")) == (429, "1")
    gate.set()
    assert [client.answer_to(stream).status for stream in streams[:5]] == [401] * 5
    assert len(asked) == 5
    assert client.request2("POST", LOGIN, who, body=WRONG).status == 429
    client.close()


@pytest.mark.parametrize("workers", [1, 4])
def test_many_connections_at_once_get_no_more(wire, workers):
    immich, gate, asked = gated(wire)
    wire.start(settings(immich), listen=[f"workers={workers}"])
    clients = [wire.client() for _ in range(24)]
    for client in clients:
        client.ask("POST", LOGIN, STRANGER, body=WRONG)
    wait_until(lambda: len(wire.daemon.records()) >= 19, "those refused")
    gate.set()
    statuses = sorted(client.read_response().status for client in clients)
    assert statuses == [401] * 5 + [429] * 19
    assert len(asked) == 5


def test_an_answer_that_never_comes_leaves_nothing(wire):
    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if b"right" in request.body:
                conn.respond(201)
            else:
                conn.close()
                return

    wire.start(settings(immich))
    for _ in range(12):
        assert log_in(wire).status == 502
    assert log_in(wire, RIGHT).status == 201


@pytest.mark.parametrize("way", ["silent", "gone"])
def test_tries_that_are_never_answered_are_over_with_their_time(wire, way):
    """Neither an Immich that says nothing, nor one that vanishes in the midst, locks anybody out."""

    @wire.upstream
    def immich(conn):
        for request in conn.requests():
            if b"right" in request.body:
                conn.respond(201)
            elif way == "silent":
                conn.wait_for_end()
                return
            else:
                conn.send("HTTP/1.1 ")
                conn.reset()
                return

    wire.start(one_upstream([immich.url], "response-timeout-s=1")
               + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n[door]\nworld=everything\n")
    clients = [wire.client() for _ in range(5)]
    for client in clients:
        client.ask("POST", LOGIN, STRANGER, body=WRONG)
    assert [client.read_response().status for client in clients] == [504 if way == "silent" else 502] * 5
    assert log_in(wire, RIGHT).status == 201


def test_who_leaves_before_the_answer_may_come_back(wire):
    immich, gate, asked = gated(wire)
    wire.start(settings(immich))
    clients = [wire.client() for _ in range(5)]
    for client in clients:
        client.ask("POST", LOGIN, STRANGER, body=WRONG)
    wait_until(lambda: len(asked) == 5, "tries on their way")
    assert log_in(wire).status == 429
    for client in clients:
        client.reset()
    wait_until(lambda: sum(record["reason"] == "client-gone" for record in wire.daemon.records()) == 5,
               "their ends")
    gate.set()
    fail(wire, 5)


@pytest.mark.plain
def test_a_login_among_uploads(wire):
    immich, gate, _ = gated(wire)
    gate.set()
    wire.start(settings(immich))
    client = Http2Client(wire.daemon.port)
    who = ("x-forwarded-for", "203.0.113.9")
    uploads = [client.ask2("POST", "/api/assets", who, body=b"x" * 1000, end=False) for _ in range(20)]
    statuses = [client.request2("POST", LOGIN, who, body=WRONG).status for _ in range(6)]
    assert statuses == [401] * 5 + [429]
    for stream in uploads:
        client.send_data(stream, b"y")
    assert [client.answer_to(stream).status for stream in uploads] == [200] * 20
    client.close()


def test_a_flood_of_addresses_does_no_harm(wire, house):
    client = wire.client()
    start = time.monotonic()
    for i in range(1500):
        client.request("POST", LOGIN, f"X-Forwarded-For: 11.{i % 250}.{i // 250}.1", body=WRONG)
    assert time.monotonic() - start < 60
    fail(wire, 5)
    assert log_in(wire).status == 429


@pytest.fixture(name="network", scope="module")
def make_network():
    with built_network() as network:
        yield network


@pytest.mark.parametrize("secret", [(), ("X-Api-Key: wrong",)])
def test_this_computer_never_waits_by_its_own_network_address_either(wire, network, secret):
    """A program that goes by a key tries another each time: one key again is no guess."""
    immich = make_immich(wire, make_socket=network.socket_in_house)
    wire.start(one_upstream([immich.url]), namespace=network.house, listen=["exposure=internet"])
    lan = next(iter(NETWORKS))

    def try_it(connect, number):
        client = wire.client(sock=connect(lan, wire.daemon.port))
        if secret:
            return client.get("/api/users/me", f"{secret[0]}{number}").status
        return client.request("POST", LOGIN, body=WRONG).status

    assert [try_it(network.connect_from_house, i) for i in range(12)] == [401] * 12
    assert [try_it(network.connect_from_guest, i) for i in range(6)] == [401] * 5 + [429]
