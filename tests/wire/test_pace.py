# SPDX-License-Identifier: GPL-3.0-or-later
"""How fast strangers may come and ask: wide enough for an album, not for a flood; those at home as they like.
Strangers who ask are played behind a proxy that is trusted, those who connect come from a namespace."""


import pytest

from harness import Ended, answer, one_upstream, wait_until
from harness.http2 import Http2Client
from harness.network import NETWORKS, built_network

STRANGER, OTHER, HOME = (f"X-Forwarded-For: {who}" for who in ("203.0.113.9", "203.0.113.10", "192.168.1.7"))
LAN, PUBLIC = list(NETWORKS)[:2]
FEW_REQUESTS = {"stranger-requests": 20, "stranger-requests-per-s": 1}


def settings(immich, *door):
    return (one_upstream([immich.url]) + "[forwarding]\ntrusted-proxies=127.0.0.0/8\n"
            + "\n".join(("[door]", "world=everything", *door, "")))


def ask(wire, times, *fields):
    client = wire.client()
    return [client.get("/", *fields).status for _ in range(times)]


def refuse(wire):
    """(nullable): what somebody reads who has to wait; asks more often than once a second, however busy this
    computer is."""
    ask(wire, 5, STRANGER)
    response = wire.client().get("/", STRANGER, "Accept: text/html")
    return response if response.status == 429 else None


def test_too_many_requests_have_to_wait(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich), limits=FEW_REQUESTS)
    assert ask(wire, 20, STRANGER) == [200] * 20
    refusal = wait_until(lambda: refuse(wire), "having to wait")
    assert refusal.get("retry-after") == "2" and b"tries again by itself" in refusal.body
    wait_until(lambda: "stranger-too-fast" in [record["reason"] for record in wire.daemon.records()], "its record")
    wait_until(lambda: len(immich.requests) == sum(record["status"] == 200 for record in wire.daemon.records()),
               "a record of each request that reached Immich")
    assert ask(wire, 20, OTHER) == [200] * 20
    wait_until(lambda: ask(wire, 1, STRANGER) == [200], "being served again")


def test_home_asks_as_it_likes(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich), limits=FEW_REQUESTS)
    assert ask(wire, 60, HOME) == [200] * 60
    assert ask(wire, 60) == [200] * 60


def test_it_can_be_turned_off(wire):
    immich = wire.upstream(answer(200))
    wire.start(settings(immich, "limits=false"), limits=FEW_REQUESTS)
    assert ask(wire, 60, STRANGER) == [200] * 60


@pytest.mark.plain
def test_an_album_of_500_opened_by_two_passes(wire):
    immich = wire.upstream(answer(200, "thumbnail"))
    wire.start(settings(immich))
    for _ in range(2):
        client = Http2Client(wire.daemon.port)
        for _ in range(7):
            streams = [client.ask2("GET", "/api/assets/1/thumbnail", ("x-forwarded-for", "203.0.113.9"))
                       for _ in range(100)]
            assert {client.answer_to(stream).status for stream in streams} == {200}
        client.close()
    assert len(immich.requests) == 1400


@pytest.fixture(scope="module")
def network():
    with built_network() as network:
        yield network


class House:
    """A daemon that the internet may come to, and its Immich."""

    def __init__(self, wire, network, limits):
        self.wire, self.network = wire, network
        self.immich = wire.upstream(answer(200), make_socket=network.socket_in_house)
        wire.start(one_upstream([self.immich.url]), listen=["exposure=internet"], namespace=network.house,
                   limits=limits)

    def come(self, source):
        """(nullable): a client that was let in, and has had an answer."""
        try:
            client = self.wire.client(sock=self.network.connect_from_guest(source, self.wire.daemon.port))
            assert client.get("/").status == 200
        except (ConnectionError, Ended):
            return None
        return client


@pytest.mark.linux
@pytest.mark.plain
def test_connections_at_once(wire, network):
    house = House(wire, network, {"stranger-connections": 4})
    inside = [house.come(PUBLIC) for _ in range(4)]
    assert all(inside)
    assert not house.come(PUBLIC)
    assert all(house.come(LAN) for _ in range(8))
    wire.daemon.wait_for_stderr("turned away: 1 connection from 203.0.113.5")
    inside[0].close()
    wait_until(lambda: house.come(PUBLIC), "being let in again")


@pytest.mark.linux
@pytest.mark.plain
def test_new_connections(wire, network):
    house = House(wire, network, {"stranger-new-connections": 4, "stranger-new-connections-per-s": 1})
    for _ in range(4):
        house.come(PUBLIC).close()
    wait_until(lambda: not house.come(PUBLIC), "being turned away")
    for _ in range(8):
        house.come(LAN).close()
    wait_until(lambda: house.come(PUBLIC), "being let in again")
