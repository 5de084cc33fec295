# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is at home: whoever is in a network of this computer, followed as these come and go. The house
has a private IPv4 address and a global IPv6 prefix, as behind a router; guests come from it, and
from prefixes that are not the house's."""

import contextlib

import pytest

from harness import Ended, answer, one_upstream, wait_until
from harness.network import built_network

LAN, HOME, OTHER, PUBLIC = NETWORKS = {
    "192.168.78.": ("192.168.78.1/24", "192.168.78.5/24"),
    "2001:db8:1::": ("2001:db8:1::1/64", "2001:db8:1::5/64", "2001:db8:1:0:a:b:c:d/64"),
    "2001:db8:2::": (None, "2001:db8:2::5/64"),
    "198.51.100.": (None, "198.51.100.5/24"),
}


@pytest.fixture
def network():
    with built_network({HOME: NETWORKS[HOME], LAN: NETWORKS[LAN]}) as network:
        network.add_guests(NETWORKS[OTHER][1], NETWORKS[PUBLIC][1])
        yield network


class House:
    """A daemon that lets its home in, asked by guests from a given address."""

    def __init__(self, wire, network):
        self.wire, self.network = wire, network
        self.upstream = wire.upstream(answer(200, "welcome"), make_socket=network.socket_in_house)
        wire.start(one_upstream([self.upstream.url]), listen=["exposure=network"],
                   namespace=network.house)

    def guest(self, source):
        """A client from that address, at the house's own on the home prefix, or in the LAN."""
        to = NETWORKS[HOME if ":" in source else LAN][0]
        return self.wire.client(sock=self.network.connect(source, to, self.wire.daemon.port))

    def admits(self, source):
        with contextlib.suppress(ConnectionError, Ended):
            return self.guest(source).get("/").body == b"welcome"
        return False


def test_a_phone_with_a_global_address_of_the_same_prefix_is_at_home(wire, network):
    house = House(wire, network)

    assert house.admits("192.168.78.5")
    assert house.admits("2001:db8:1::5")
    assert house.admits("2001:db8:1:0:a:b:c:d")


def test_other_prefixes_stay_out(wire, network):
    network.route_in_house("2001:db8:2::/64")
    network.route_in_house("198.51.100.0/24")
    house = House(wire, network)

    assert not house.admits("2001:db8:2::5")
    assert not house.admits("198.51.100.5")
    assert house.admits("2001:db8:1::5")
    assert house.upstream.requests[0].get("x-forwarded-for") == "2001:db8:1::5"


def test_a_prefix_that_changes_is_followed_and_nobody_else_is_put_out(wire, network):
    network.route_in_house("2001:db8:2::/64")
    house = House(wire, network)
    lan, phone = house.guest("192.168.78.5"), house.guest("2001:db8:1::5")
    assert lan.get("/").status == phone.get("/").status == 200
    assert not house.admits("2001:db8:2::5")

    network.add_in_house("2001:db8:2::1/64")
    wait_until(lambda: house.admits("2001:db8:2::5"), "the new prefix to be home")
    assert phone.get("/").body == b"welcome"

    network.remove_in_house("2001:db8:2::1/64")
    wait_until(lambda: not house.admits("2001:db8:2::5"), "the prefix to be home no more")
    assert phone.get("/").body == b"welcome"
    assert lan.get("/").body == b"welcome"


def test_a_connection_from_a_prefix_that_is_gone_ends(wire, network):
    network.add_in_house("2001:db8:2::1/64")
    house = House(wire, network)
    phone = house.guest("2001:db8:2::5")
    assert phone.get("/").status == 200

    network.remove_in_house("2001:db8:2::1/64")
    network.route_in_house("2001:db8:2::/64")

    assert phone.wait_for_end()[0] == b""


def test_a_computer_with_a_public_ipv4_address_is_among_strangers(wire, network):
    network.add_in_house("198.51.100.1/24")
    house = House(wire, network)

    assert not house.admits("2001:db8:1::5")
    assert not house.admits("198.51.100.5")
    assert house.admits("192.168.78.5")

    network.remove_in_house("198.51.100.1/24")
    wait_until(lambda: house.admits("2001:db8:1::5"), "the computer to be at home again")


def test_strangers_on_another_interface_do_not_matter(wire, network):
    network.add_interface_in_house("198.51.100.1/24")
    house = House(wire, network)

    assert house.admits("2001:db8:1::5")
