# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page below its door: addresses, Immich's card, what happens now, and devices."""

import re

import pytest

from desk import Visitor, settings_for
from harness import free_port, wait_until

PICTURE_BYTES = 4_000_000


class Home:
    def __init__(self, stage):
        self.stage = stage
        self.demo = stage.demo()
        self.program = stage.start(settings_for(self.demo.url))
        self.window = stage.window
        self.window.read("^Your photos can be opened on this computer$")

    def press(self, role, name):
        self.window.find(role, name, hidden=True).press()

    def labels(self, pattern):
        """All that contain the pattern, in their order."""
        return [label.name for label in
                self.window.all("label", re.compile(pattern), hidden=True)]

    def wait_for_labels(self, pattern, expected):
        wait_until(lambda: self.labels(pattern) == expected, f"{expected}")


@pytest.fixture
def home(stage):
    return Home(stage)


# Addresses

def test_copying_an_address_says_so(home):
    address = f"http://127.0.0.1:{home.program.port}"
    assert home.window.read(f"^{address}$|^http://localhost:")

    home.press("push button", "Copy")

    assert home.window.find("push button", "Copied")
    assert home.stage.session.wait_for_copy("http") == address
    assert home.window.find("push button", "Copy")


# Immich's card

def test_addresses_of_immich_are_added_moved_and_removed(home):
    first = home.demo.url
    second = home.stage.demo().url
    urls = ("upstream immich", "urls")
    hosts = f"^{re.escape('127.0.0.1:')}\\d+$"

    def add(text):
        home.press("toggle button", "Add an Address…")
        entry = home.window.find("text", re.compile("^Address of another Immich"))
        entry.type(text).press("activate")

    add(second)
    home.program.wait_for_setting(*urls, f"{first};{second}")
    home.wait_for_labels(hosts, [first[7:], second[7:]])

    home.press("push button", re.compile("^Put later"))
    home.program.wait_for_setting(*urls, f"{second};{first}")
    home.wait_for_labels(hosts, [second[7:], first[7:]])

    add("no address")
    assert home.window.read("one address or more, such as", hidden=True)
    assert home.program.read_setting(*urls) == f"{second};{first}"

    home.press("push button", re.compile("^Remove"))
    home.program.wait_for_setting(*urls, first)
    home.wait_for_labels(hosts, [first[7:]])
    assert Visitor(home.program.port).get("/api/server/ping")[0] == 200


def test_a_strategy_is_for_several_addresses(home):
    assert not home.window.all("combo box", "Requests go to", hidden=True)
    nobody = f"http://127.0.0.1:{free_port()}"
    home.press("toggle button", "Add an Address…")
    home.window.find("text", re.compile("^Address of another Immich")).type(nobody)
    home.window.find("push button", "Add").press()

    home.window.find("combo box", "Requests go to", hidden=True).choose("the first that answers")

    home.program.wait_for_setting("upstream immich", "balance", "first")
    assert home.window.read("^does not answer since", hidden=True)
    assert home.window.read("healthy", hidden=True)
    assert home.window.find("radio button", "Home")
    assert Visitor(home.program.port).get("/api/server/ping")[0] == 200


def test_another_immich_is_chosen_with_the_assistant(home):
    home.press("push button", "Change…")

    assert home.window.find("dialog", "Welcome to Porchlight").read("^Where is Immich")


# Now

def test_an_upload_that_runs_has_a_bar(home):
    upload = Visitor(home.program.port).begin_upload("IMG_2041.MOV", PICTURE_BYTES)

    upload.send(PICTURE_BYTES // 4)
    bar = home.window.find("progress bar", hidden=True)
    wait_until(lambda: 0.2 < bar.value < 0.3, "a quarter")
    assert home.window.read("^Immich app", hidden=True)
    assert home.window.read(r"^1\.0 MB of 4\.0 MB", hidden=True)

    upload.send(PICTURE_BYTES // 2)
    wait_until(lambda: 0.7 < bar.value < 0.8, "three quarters")

    assert upload.finish() == 201
    wait_until(lambda: not home.window.all("progress bar", hidden=True), "no bar")
    assert home.window.read("^Uploads and downloads that take a while appear here", hidden=True)


def test_the_graph_is_read_with_the_keyboard(home):
    visitor = Visitor(home.program.port)
    graph = home.window.find("chart", "Traffic of the last five minutes", hidden=True)
    for _ in range(5):
        visitor.get("/api/server/ping")
    graph.focus()

    def say(keys, pattern):
        home.stage.session.press_keys(*keys)
        wait_until(lambda: re.search(pattern, graph.description),
                   f"{pattern} after {keys}; it is {graph.description}")
        return graph.description

    # Seconds pass meanwhile: what was asked is in one of the last.
    say(["Left"], r"^at \d\d:\d\d:\d\d, \d+ requests?/s, ")
    descriptions = {say(["Left"], "^at ") for _ in range(10)}
    assert any(", 0 requests/s" not in description for description in descriptions)
    assert len(descriptions) > 5

    home.stage.session.press_keys("Escape")
    wait_until(lambda: not graph.description.startswith("at "), "no moment")


# Devices

def test_devices_appear_with_what_they_moved(home):
    phone, browser = Visitor(home.program.port, "ios"), Visitor(home.program.port, "firefox")
    assert home.window.read("^Every phone and computer that opens your photos", hidden=True)

    assert phone.upload("IMG_2041.JPG", 2_000_000) == 201
    assert browser.get("/")[0] == 200

    assert home.window.read(r"^Immich app \(iOS\)$", hidden=True)
    assert home.window.read("^Firefox on Windows$", hidden=True)
    assert home.window.read(r"^2\.0 MB$", hidden=True)
    assert home.window.find("icon", "From this device", hidden=True)
    assert len(home.labels("^this computer$")) == 2
    assert len(home.labels("^now$")) == 2


def test_many_devices_are_shown_when_asked_for(home):
    for device in ("android", "ios", "firefox", "safari", "chrome", "edge"):
        Visitor(home.program.port, device).get("/api/server/ping")
    wait_until(lambda: len(home.labels("^this computer$")) == 6, "six devices")
    assert not home.window.all("push button", re.compile("^Show All"), hidden=True)

    Visitor(home.program.port, secrets={"User-Agent": "Frame/1.0"}).get("/api/server/ping")
    home.press("push button", "Show All 7")

    wait_until(lambda: len(home.labels("^this computer$")) == 7, "seven devices")
    home.press("push button", "Show Fewer")
    wait_until(lambda: len(home.labels("^this computer$")) == 6, "six devices")
