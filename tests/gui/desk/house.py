# SPDX-License-Identifier: GPL-3.0-or-later
"""A house with a door: the program at one end of a cable, guests and strangers at the other."""

from harness.network import NETWORKS

from desk.stage import settings_for
from desk.traffic import Visitor

LAN, PUBLIC = list(NETWORKS)[:2]
HOUSE = NETWORKS[LAN][0].split("/")[0]

LINKS = "Only what I shared by link"


class House:
    """keys: further lines of the settings; exposure: who may come in at first; options: as of Stage.start()."""

    def __init__(self, stage, network, *keys, exposure="computer", **options):
        self.stage, self.network = stage, network
        demo = stage.demo(namespace=network.house)
        self.program = stage.start(settings_for(demo.url, *keys, exposure=exposure), namespace=network.house, **options)
        self.window = stage.window

    def visit(self, make_socket):
        """Whether the photos can be opened from there."""
        try:
            visitor = Visitor(self.program.port, "ios", host=HOUSE, make_socket=make_socket)
            return visitor.get("/api/server/ping") == (200, b'{"res":"pong"}')
        except OSError:
            return False

    def ask(self, network, path, **headers):
        """The status that somebody from there gets; None: the door is shut."""
        try:
            visitor = Visitor(self.program.port, "firefox", host=HOUSE, make_socket=lambda: (
                self.network.connect_from_guest(network, self.program.port)))
            return visitor.get(path, **headers)[0]
        except OSError:
            return None

    def admits(self, network):
        return self.visit(lambda: self.network.connect_from_guest(network, self.program.port))

    def admits_itself(self):
        return self.visit(lambda: self.network.connect_in_house(self.program.port))

    def open_to(self, name):
        self.window.find("radio button", name).press()
