# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of requests, and those who ask."""

import re

from desk.controls import wait_until
from desk.stage import settings_for
from desk.traffic import Visitor

SECRETS = {"Cookie": "immich_access_token=do-not-tell"}


class Page:
    """The page, with one visitor's phone and another's browser before it."""

    def __init__(self, stage, *settings):
        self.stage = stage
        self.demo = stage.demo()
        self.program = stage.start(settings_for(self.demo.url, *settings))
        self.window = stage.window
        stage.show("Requests")
        self.window.read("No requests yet")
        self.phone = Visitor(self.program.port, "android", address="192.168.1.23")
        self.browser = Visitor(self.program.port, "firefox", secrets=SECRETS,
                               address="192.168.1.24")

    def rows(self):
        """The requests in sight, without the time."""
        cells = [cell.name for cell in self.window.all("table cell")]
        return [tuple(cells[start + 1 : start + 4]) for start in range(0, len(cells), 6)]

    def wait_for(self, count):
        wait_until(lambda: len(self.rows()) == count, f"{count} rows; there are {self.rows()}")

    def open(self, name):
        """The details of a request that has such a cell, which is clicked when it has come to rest: rows
        move while a window takes its size."""
        cell = self.window.find("table cell", re.compile(name))
        places = []

        def is_at_rest():
            places.append(cell.place)
            return places[-10:] == places[-1:] * 10

        wait_until(is_at_rest, f"{name} at rest")
        self.stage.session.click(cell)
        return self.window.find("filler", "Details of the request")

    def resize(self, width, height):
        self.stage.session.run("xdotool", "getactivewindow", "windowsize", str(width), str(height))

    def are_details_below(self):
        details = self.window.find("filler", "Details of the request")
        return details.place[0] == self.window.find("table", "Requests").place[0]

    def share_of_details(self):
        """Of the width."""
        details = self.window.find("filler", "Details of the request")
        return details.place[2] / self.window.find("frame").place[2]

    def press_chip(self, name):
        self.window.find("toggle button", name).press()

    def visit(self):
        """A few requests of different kinds."""
        picture = self.phone.list_pictures()[0]
        assert self.phone.get(f"/api/assets/{picture}/thumbnail")[0] == 200
        assert self.phone.upload("IMG_2041.JPG", 20000) == 201
        assert self.browser.get("/", Accept="text/html")[0] == 200
        assert self.browser.log_in("wrong") == 401
        assert self.browser.get("/api/nowhere?key=do-not-tell")[0] == 404
        self.wait_for(6)
