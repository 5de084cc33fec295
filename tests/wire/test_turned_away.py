# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices that the owner has turned away: they are told so and see nothing, until they are let in again. Some are
played behind a proxy that is trusted, some come over a cable of their own."""

import contextlib
import json

import pytest

from harness import Ended, answer, one_upstream, wait_until
from harness.http2 import Http2Client, encrypt
from harness.network import NETWORKS, built_network
from harness.tunnel import WEBSOCKET, open_tunnel, switch

PHONE, OTHER = "192.168.1.23", "192.168.1.24"
LAN, PUBLIC, LAN_6, PUBLIC_6 = NETWORKS
HOUSE = NETWORKS[LAN][0].split("/")[0]
KEY = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_01Q"


def settings(immich, turned_away="", trusted="127.0.0.0/8"):
    return (one_upstream([immich.url]) + f"[forwarding]\ntrusted-proxies={trusted}\n"
            + f"[door]\nworld=everything\nturned-away={turned_away}\n")


def ask(wire, who, target="/", method="GET", *fields):
    return wire.client().request(method, target, f"X-Forwarded-For: {who}", *fields)


def test_a_device_that_was_turned_away_gets_nothing_and_is_told_so(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich, f"{PHONE};2001:db8::7;203.0.113.0/24"))

    for who in (PHONE, "2001:db8::7", "203.0.113.200"):
        for method, target in (("GET", "/api/users/me"), ("GET", "/"), ("HEAD", "/"), ("DELETE", "/api/assets"),
                               ("OPTIONS", "/api/assets"), ("GET", f"/share/{KEY}"), ("GET", "/.porchlight/trust")):
            assert ask(wire, who, target, method).status == 403, (who, method, target)
    assert not immich.connections
    for who in (OTHER, "2001:db8::8", "203.0.114.1"):
        assert ask(wire, who).status == 200, who
    assert wire.daemon.wait_for_records(1)[0]["reason"] == "device-turned-away"


def test_people_and_programs_are_told_in_words(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich, PHONE))

    page = ask(wire, PHONE, "/", "GET", "Accept: text/html")
    assert page.get("content-type") == "text/html; charset=utf-8"
    assert b"This device was turned away" in page.body
    told = json.loads(ask(wire, PHONE, "/api/users/me").body)
    assert told["message"].startswith("This device was turned away. Ask whoever runs")
    assert told["statusCode"] == 403
    assert b"Immich" not in page.body and b"orchlight" not in page.body


def test_an_upload_is_refused_before_its_body_is_passed_on(wire):
    immich = wire.upstream(answer(201))
    wire.start(settings(immich, PHONE))

    response = wire.client().request("POST", "/api/assets", f"X-Forwarded-For: {PHONE}", body=b"x" * 200_000)
    assert response.status == 403
    assert not immich.connections


def test_this_computer_always_gets_in_by_localhost(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich, "127.0.0.1;0.0.0.0/0;::/0", trusted=""))

    assert wire.client().get("/").status == 200
    wire.daemon.wait_for_stderr("turned-away=127.0.0.1 turns nobody away")


def test_a_device_cannot_pass_for_another(wire):
    """Its word on whom it speaks for is not believed; nor is it, if it may speak for others, let in as one."""
    immich = wire.upstream(answer(200))
    wire.start(settings(immich, PHONE))
    assert wire.client().get("/", f"X-Forwarded-For: {OTHER}, {PHONE}").status == 403
    assert wire.client().get("/", f"Forwarded: for={OTHER}", f"X-Forwarded-For: {PHONE}").status == 403
    assert not immich.connections


def test_it_is_let_in_again(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich))
    assert ask(wire, PHONE).status == 200

    wire.reload(settings(immich, PHONE))
    wait_until(lambda: ask(wire, PHONE).status == 403, "the device to be turned away")
    wire.reload(settings(immich))
    wait_until(lambda: ask(wire, PHONE).status == 200, "the device to be let in again")


def test_what_it_had_running_behind_a_proxy_is_cut_off_and_nobody_beside_it(wire):
    @wire.upstream
    def immich(conn):
        switch(conn)
        conn.wait_for_end()

    wire.start(settings(immich))
    client, other, idle = wire.client(), wire.client(), wire.client()
    open_tunnel(client, *WEBSOCKET, f"X-Forwarded-For: {PHONE}")
    open_tunnel(other, *WEBSOCKET, f"X-Forwarded-For: {OTHER}")
    assert idle.get("/.porchlight/trust", f"X-Forwarded-For: {PHONE}").status == 404

    wire.reload(settings(immich, PHONE))
    client.wait_for_end()
    assert wire.record(2)["reason"] == "device-turned-away"
    assert idle.get("/", f"X-Forwarded-For: {PHONE}").status == 403
    other.expect_silence()


@pytest.mark.plain
def test_an_upload_of_it_over_http2_is_cut_off_and_nothing_beside_it(wire):
    """A proxy has the requests of many on one connection."""
    @wire.upstream
    def immich(conn):
        conn.read_request_head()
        with contextlib.suppress(Ended):
            conn.read_exact(2000)
            conn.respond(201)

    wire.start(settings(immich))
    client = Http2Client(wire.daemon.port)

    def upload(who):
        stream = client.ask2("POST", "/api/assets", ("x-forwarded-for", who), ("content-length", "2000"), end=False)
        client.send_data(stream, b"x" * 1000, end=False)
        return stream

    cut_off, others = upload(PHONE), upload(OTHER)
    wait_until(lambda: len(immich.connections) == 2, "the uploads to begin")

    wire.reload(settings(immich, PHONE))
    client.read_until_seen(lambda: client.responses[cut_off].reset is not None)
    assert wire.record()["reason"] == "device-turned-away"
    client.send_data(others, b"x" * 1000)
    assert client.answer_to(others).status == 201
    assert client.request2("GET", "/", ("x-forwarded-for", PHONE)).status == 403
    client.close()


@pytest.fixture(name="network", scope="module")
def make_network():
    with built_network() as network:
        yield network


def address_of(network):
    return NETWORKS[network][1].split("/")[0]


@pytest.mark.parametrize("place, beside", [(LAN, PUBLIC), (LAN_6, LAN), (PUBLIC_6, LAN_6)])
def test_a_device_on_its_own_cable_is_cut_off_and_nobody_beside_it(wire, network, place, beside):
    def tunnel(conn):
        switch(conn)
        conn.wait_for_end()

    immich = wire.upstream(tunnel, make_socket=network.socket_in_house)
    door = {"listen": ["exposure=internet"]}
    wire.start(settings(immich), namespace=network.house, **door)
    phone, other = (wire.client(sock=network.connect_from_guest(source, wire.daemon.port))
                    for source in (place, beside))
    open_tunnel(phone)
    open_tunnel(other)

    wire.reload(settings(immich, address_of(place)), **door)

    phone.wait_for_end()
    again = wire.client(sock=network.connect_from_guest(place, wire.daemon.port))
    assert again.get("/", "X-Forwarded-For: 127.0.0.1").status == 403
    other.expect_silence()


@pytest.mark.parametrize("place", [LAN, LAN_6, PUBLIC_6])
def test_this_computer_gets_in_by_its_own_network_address(wire, network, place):
    immich = wire.upstream(answer(200), make_socket=network.socket_in_house)
    door = {"listen": ["exposure=internet"]}
    wire.start(settings(immich), namespace=network.house, **door)
    before = wire.client(sock=network.connect_from_house(place, wire.daemon.port))
    assert before.get("/").status == 200

    wire.reload(settings(immich, "0.0.0.0/0;::/0"), **door)

    phone = wire.client(sock=network.connect_from_guest(place, wire.daemon.port))
    assert phone.get("/").status == 403
    assert before.get("/").status == 200
    assert wire.client(sock=network.connect_from_house(place, wire.daemon.port)).get("/").status == 200


@pytest.mark.plain
def test_this_computer_gets_in_by_its_own_network_address_over_http2(wire, network):
    immich = wire.upstream(answer(200), make_socket=network.socket_in_house)
    wire.start(settings(immich, "0.0.0.0/0;::/0") + "[tls]\nmode=local\n", namespace=network.house,
               listen=["exposure=internet"])

    def ask_from(connect):
        port = wire.daemon.port
        client = Http2Client(port, sock=encrypt(port, connect(LAN, port)))
        status = client.request2("GET", "/").status
        client.close()
        return status

    assert ask_from(network.connect_from_house) == 200
    assert ask_from(network.connect_from_guest) == 403


def test_a_proxy_on_this_computer_speaks_for_who_was_turned_away(wire, network):
    immich = wire.upstream(answer(200), make_socket=network.socket_in_house)
    wire.start(settings(immich, PHONE, trusted=HOUSE), namespace=network.house, listen=["exposure=internet"])

    def ask_by_proxy(who):
        client = wire.client(sock=network.connect_from_house(LAN, wire.daemon.port))
        return client.get("/", f"X-Forwarded-For: {who}").status

    assert ask_by_proxy(PHONE) == 403
    assert ask_by_proxy(OTHER) == 200
