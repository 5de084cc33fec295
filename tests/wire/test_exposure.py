# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may come in: this computer, the network, or everybody, judged at accept. Clients come from
private and public addresses over a cable between two network namespaces."""


import pytest

from harness import Ended, answer, one_upstream, wait_until
from harness.network import NETWORKS, built_network
from harness.tunnel import open_tunnel, switch

LAN, PUBLIC, LAN_6, PUBLIC_6 = NETWORKS


@pytest.fixture(scope="module")
def network():
    with built_network() as network:
        yield network


class House:
    """A daemon and its upstream in the house, asked by guests."""

    def __init__(self, wire, network, exposure, script=answer(200, "welcome")):
        self.wire, self.network = wire, network
        self.upstream = wire.upstream(script, make_socket=network.socket_in_house)
        wire.start(one_upstream([self.upstream.url]), listen=[f"exposure={exposure}"],
                   namespace=network.house)

    def guest(self, source):
        """A client on that network; fails where nobody listens."""
        return self.wire.client(sock=self.network.connect_from_guest(source, self.wire.daemon.port))

    def admits(self, source):
        try:
            return self.guest(source).get("/").body == b"welcome"
        except (ConnectionError, Ended):
            return False

    def expose(self, exposure):
        self.wire.reload(one_upstream([self.upstream.url]), listen=[f"exposure={exposure}"])


def test_who_is_turned_away_is_said_once(wire, network):
    house = House(wire, network, "network")

    for _ in range(3):
        assert not house.admits(PUBLIC)
    stranger = NETWORKS[PUBLIC][1].split("/")[0]
    wire.daemon.wait_for_stderr(f"from {stranger}")
    assert house.admits(LAN)
    assert wire.daemon.stderr.count("turned away") == 1


@pytest.mark.parametrize("exposure, admitted", [
    ("computer", []), ("network", [LAN, LAN_6]), ("internet", [LAN, PUBLIC, LAN_6, PUBLIC_6])])
def test_each_exposure_admits_its_own(wire, network, exposure, admitted):
    house = House(wire, network, exposure)

    assert [source for source in NETWORKS if house.admits(source)] == admitted

    assert wire.client(sock=network.connect_in_house(wire.daemon.port)).get("/").body == b"welcome"
    seen = [request.get("x-forwarded-for") for request in house.upstream.requests]
    assert seen == [NETWORKS[source][1].split("/")[0] for source in admitted] + ["127.0.0.1"]


def test_computer_does_not_even_listen_elsewhere(wire, network):
    house = House(wire, network, "computer")

    with pytest.raises(ConnectionRefusedError):
        house.guest(LAN)


def test_a_stranger_is_shut_out_before_a_word_is_read(wire, network):
    house = House(wire, network, "network")

    try:
        octets, _ = house.guest(PUBLIC).wait_for_end()
        assert octets == b""
    except ConnectionResetError:
        pass  # put out before it knew that it was in
    assert wire.daemon.records() == []


def test_the_switch_lets_in_and_puts_out(wire, network):
    house = House(wire, network, "network")
    assert (house.admits(LAN), house.admits(PUBLIC)) == (True, False)

    house.expose("internet")
    wait_until(lambda: house.admits(PUBLIC), "the public address to be let in")
    inside, lan = house.guest(PUBLIC), house.guest(LAN)
    assert inside.get("/").status == lan.get("/").status == 200

    house.expose("network")
    assert inside.wait_for_end()[0] == b""
    assert lan.get("/").body == b"welcome"
    assert not house.admits(PUBLIC)

    house.expose("computer")
    lan.wait_for_end()
    assert not house.admits(LAN)


def test_a_tunnel_of_someone_no_longer_admitted_ends(wire, network):
    def tunnel(conn):
        switch(conn)
        conn.wait_for_end()

    house = House(wire, network, "internet", tunnel)
    stranger, lan = house.guest(PUBLIC), house.guest(LAN)
    open_tunnel(stranger)
    open_tunnel(lan)

    house.expose("network")

    stranger.wait_for_end()
    assert wire.record()["reason"] == "not-admitted"
    lan.expect_silence()
