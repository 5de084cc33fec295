# SPDX-License-Identifier: GPL-3.0-or-later
"""Two network namespaces with a cable between them, so that a client may come from any address:
needs root, and touches no network but its own."""

import contextlib
import ctypes
import os
import shutil
import socket
import subprocess
import threading

import pytest

from harness.stream import wait_until

CLONE_NEWNET = 0x40000000

# What the house is reached at, and where its guests come from: one or more.
NETWORKS = {
    "192.168.77.0": ("192.168.77.1/24", "192.168.77.5/24"),
    "203.0.113.0": ("203.0.113.1/24", "203.0.113.5/24"),
    "fd77::": ("fd77::1/64", "fd77::5/64"),
    "2001:db8::": ("2001:db8::1/64", "2001:db8::5/64"),
}


def _ip(*arguments):
    subprocess.run(("ip", *arguments), check=True, capture_output=True, text=True)


def _show(namespace, *arguments):
    return subprocess.run(("ip", "-n", namespace, *arguments), check=True, capture_output=True, text=True).stdout


class Network:
    """The namespaces `house` (the daemon and its upstream) and `guest` (clients)."""

    def __init__(self, networks=None):
        self._networks = networks or NETWORKS
        self.house = f"porch-house-{os.getpid()}"
        self.guest = f"porch-guest-{os.getpid()}"

    def build(self):
        """May raise OSError or CalledProcessError where this is not allowed."""
        for namespace in (self.house, self.guest):
            _ip("netns", "add", namespace)
            _ip("-n", namespace, "link", "set", "lo", "up")
        _ip("-n", self.house, "link", "add", "porch", "type", "veth", "peer", "name", "porch",
            "netns", self.guest)
        for house, *guests in self._networks.values():
            self._add_addresses(self.house, [house])
            self._add_addresses(self.guest, guests)
        for namespace in (self.house, self.guest):
            _ip("-n", namespace, "link", "set", "porch", "up")

    @staticmethod
    def _add_addresses(namespace, addresses):
        for address in addresses:
            _ip("-n", namespace, "address", "add", address, "dev", "porch",
                *(["nodad"] if ":" in address else []))

    def settle(self):
        """Waits until both ends carry, which the kernel finds at its leisure and gives them addresses for, and no
        address is still being tried out: a browser gives up what it is fetching when its network changes."""
        for namespace in (self.house, self.guest):
            wait_until(lambda: "state UP" in _show(namespace, "link", "show", "porch"), f"the cable of {namespace}")
            wait_until(lambda: not _show(namespace, "-6", "address", "show", "tentative"),
                       f"the addresses of {namespace}")

    def remove(self):
        for namespace in (self.house, self.guest):
            subprocess.run(("ip", "netns", "del", namespace), capture_output=True, check=False)

    def socket_in_house(self, family, kind):
        """For Upstream: a socket that lives in the house."""
        return within(self.house, lambda: socket.socket(family, kind))

    def socket_of_guest(self, family, kind):
        """The same, at the other end of the cable."""
        return within(self.guest, lambda: socket.socket(family, kind))

    def connect_from_guest(self, network, port, number=0):
        """A socket of a guest on that network, connected to the house."""
        house, *guests = self._networks[network]
        to, source = house.split("/")[0], guests[number].split("/")[0]
        return within(self.guest, lambda: socket.create_connection((to, port), 5, (source, 0)))

    def connect(self, source, to, port):
        """A socket of a guest at that address of its own, connected to that of the house."""
        to = to.split("/")[0]
        return within(self.guest, lambda: socket.create_connection((to, port), 5, (source, 0)))

    def add_guests(self, *addresses):
        """More addresses of guests, in networks that the house need not have."""
        self._add_addresses(self.guest, addresses)

    def add_in_house(self, address):
        self._add_addresses(self.house, [address])

    def remove_in_house(self, address):
        _ip("-n", self.house, "address", "del", address, "dev", "porch")

    def add_interface_in_house(self, address):
        """Another interface of the house, with a cable that leads nowhere."""
        _ip("-n", self.house, "link", "add", "beside", "type", "veth", "peer", "name", "nowhere")
        _ip("-n", self.house, "address", "add", address, "dev", "beside")
        _ip("-n", self.house, "link", "set", "beside", "up")

    def route_in_house(self, network):
        """The house can answer a network it is not in."""
        _ip("-n", self.house, "route", "add", network, "dev", "porch")

    def unplug(self, network, number=0):
        """A guest's address there is gone: what comes for it is dropped without a word."""
        guest = self._networks[network][1 + number]
        _ip("-n", self.guest, "address", "del", guest, "dev", "porch")

    def plug_in(self, network, number=0):
        """It is there (again)."""
        guest = self._networks[network][1 + number]
        self._add_addresses(self.guest, [guest])

    def connect_from_house(self, network, port):
        """A socket of the house itself, which comes by its own address there."""
        to = self._networks[network][0].split("/")[0]
        return within(self.house, lambda: socket.create_connection((to, port), 5))

    def connect_in_house(self, port):
        return within(self.house, lambda: socket.create_connection(("127.0.0.1", port), 5))


@contextlib.contextmanager
def built_network(networks=None):
    """A Network for as long as it lasts; the test is skipped where there can be none."""
    network = Network(networks)
    if not shutil.which("ip"):
        pytest.skip("network namespaces need ip (package iproute2)")
    try:
        try:
            network.build()
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"network namespaces cannot be made here (they need root): {error}")
        yield network
    finally:
        network.remove()


def within(namespace, function):
    """Calls function on a thread that has moved there; a socket stays where it was made."""
    result = []

    def enter_and_call():
        try:
            with open(f"/run/netns/{namespace}", "rb") as handle:
                if ctypes.CDLL(None, use_errno=True).setns(handle.fileno(), CLONE_NEWNET) != 0:
                    raise OSError(ctypes.get_errno(), "setns")
            result.append((function(), None))
        except OSError as error:
            result.append((None, error))

    thread = threading.Thread(target=enter_and_call)
    thread.start()
    thread.join()
    value, error = result[0]
    if error:
        raise error
    return value
