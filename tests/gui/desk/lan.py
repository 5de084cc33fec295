# SPDX-License-Identifier: GPL-3.0-or-later
"""A computer in one network with nobody else in it: a network namespace, which needs root."""

import os
import shutil
import socket
import subprocess

import pytest

from harness.network import within

ADDRESS = "192.168.78.20"


class Lan:
    def __init__(self):
        self.namespace = f"porch-lan-{os.getpid()}"
        self.address = ADDRESS

    def _ip(self, *arguments):
        subprocess.run(("ip", "-n", self.namespace, *arguments), check=True, capture_output=True)

    def build(self):
        subprocess.run(("ip", "netns", "add", self.namespace), check=True, capture_output=True)
        self._ip("link", "set", "lo", "up")
        self._ip("link", "add", "porch", "type", "veth", "peer", "name", "street")
        for end in ("porch", "street"):
            self._ip("link", "set", end, "addrgenmode", "none")
            self._ip("link", "set", end, "up")
        self._ip("address", "add", f"{ADDRESS}/24", "dev", "porch")

    def lose_itself(self):
        """The computer does not reach its own address any more, as behind a strict firewall."""
        self._ip("route", "del", "local", ADDRESS, "dev", "porch", "table", "local")
        self._ip("route", "add", "unreachable", ADDRESS)

    def find_itself(self):
        self._ip("route", "del", "unreachable", ADDRESS)
        self._ip("route", "add", "local", ADDRESS, "dev", "porch", "table", "local")

    def make_socket(self):
        return within(self.namespace, socket.socket)

    def remove(self):
        subprocess.run(("ip", "netns", "del", self.namespace), capture_output=True, check=False)


def build_or_skip():
    if not shutil.which("ip", path="/usr/sbin:/sbin:/usr/bin"):
        pytest.skip("Debian package missing: iproute2")
    lan = Lan()
    try:
        lan.build()
    except (OSError, subprocess.CalledProcessError) as error:
        lan.remove()
        pytest.skip(f"network namespaces cannot be made here (they need root): {error}")
    return lan
