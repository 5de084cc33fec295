# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant in a house of its own, a network namespace: it looks for Immich at fixed places."""

import re

from harness.network import NETWORKS

from desk.controls import wait_until
from desk.traffic import Visitor

LAN, PUBLIC = list(NETWORKS)[:2]
HOUSE, PHONE = (address.split("/")[0] for address in NETWORKS[LAN])
PORT = 8080
ADDRESS = f"http://{HOUSE}:{PORT}"

TITLE = re.compile("^(Welcome to Porchlight|Choose Your Immich)$")


class Assistant:
    """The program after a start without settings, or with those given."""

    def __init__(self, stage, network, settings=None):
        self.stage, self.network = stage, network
        self.program = stage.start(settings, namespace=network.house, port=PORT)

    def __getattr__(self, name):
        """It is used as a control: that of its own window."""
        return getattr(self.stage.window.find("frame", TITLE), name)

    @property
    def is_there(self):
        return self.stage.window.has("frame", TITLE)

    def wait_until_gone(self):
        self.stage.window.wait_until_gone("frame", TITLE)

    def press(self, name):
        self.find("push button", name).press()

    def go_on(self):
        """To the next step, which is then there."""
        wait_until(lambda: self.find("push button", "Next").is_("sensitive"), "something chosen")
        step = self.read("^Step . of 4$")
        self.press("Next")
        wait_until(lambda: self.read("^Step . of 4$") != step, "the next step")

    def choose(self, name):
        """In the second step; the third is left as it is."""
        self.find("radio button", name).press()
        self.go_on()
        self.go_on()

    def type(self, address):
        self.find("text", "Address of Immich").type(address)

    def visit_from(self, network, device="android"):
        """The status a guest's phone gets."""
        visitor = Visitor(PORT, device, host=HOUSE, make_socket=lambda: (
            self.network.connect_from_guest(network, PORT)))
        return visitor.get("/api/server/ping")[0]

    def admits(self, network):
        try:
            return self.visit_from(network) == 200
        except OSError:
            return False

    def ask_at_home(self, path):
        """What this computer's own browser gets."""
        visitor = Visitor(PORT, "firefox", make_socket=lambda: self.network.connect_in_house(PORT))
        return visitor.get(path)
