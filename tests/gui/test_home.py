# SPDX-License-Identifier: GPL-3.0-or-later
"""The first page below its door: addresses, Immich's card, what happens now, and devices."""

import datetime
import re
import signal
import socket
import time

import pytest

from desk import BELIEVED, Visitor, settings_for, wait_until
from harness import free_port

PICTURE_BYTES = 4_000_000

# What the graph says of a second.
MOMENT = re.compile(
    r"at (?P<time>\d\d:\d\d:\d\d), (?P<requests>\d+) requests?/s, [\d.]+ k?B/s, [\d.]+ k?B/s$")


class Home:
    def __init__(self, stage):
        self.stage = stage
        self.demo = stage.demo()
        self.program = stage.start(settings_for(self.demo.url, *BELIEVED))
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

    def focus_device(self, name):
        """Brings it into sight, which needs its place."""
        row = self.window.find("list item", name, hidden=True)
        wait_until(lambda: row.place[3] > 10, f"a place for {name}")
        row.focus()


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


def test_the_menu_copies_the_address_too(home):
    home.press("toggle button", "Menu")
    home.window.find("push button", "Copy Address").press()

    assert home.window.read("^Copied$")
    assert home.stage.session.wait_for_copy("http") == f"http://127.0.0.1:{home.program.port}"


def test_immich_is_opened_in_the_browser(home):
    note = home.stage.install_opener("x-scheme-handler/http")

    home.press("push button", "Open Immich")

    address = f"http://127.0.0.1:{home.program.port}\n"
    wait_until(lambda: note.exists() and note.read_text("utf-8") == address, "the browser")


@pytest.mark.parametrize("item", ["Open Immich in the Browser", "Open the Settings File"])
def test_where_it_is_is_said_when_nothing_opens_it(home, item):
    """There is no program for anything in the session of the tests."""
    home.press("toggle button", "Menu")
    home.window.find("push button", item).press()

    words = home.window.read("^No program opens this; it is at ")
    home.window.all("push button", "Copy")[-1].press()
    assert words.endswith(home.stage.session.wait_for_copy("porchlight.ini|http"))


def test_while_nobody_may_come_in_there_is_nothing_to_open(home):
    home.press("push button", "Pause")

    home.window.read("^While Porchlight is paused")
    home.window.wait_until_gone("push button", "Open Immich")
    assert home.window.read("^When resumed: This computer: ")
    home.press("toggle button", "Menu")
    for name in ("Open Immich in the Browser", "Copy Address", "Show QR Code"):
        assert not home.window.find("push button", name).is_("sensitive")


def test_from_outside_another_address_is_needed(home):
    assert not home.window.has("label", re.compile("From outside only links open"))

    assert home.program.start_second("--exposure", "internet") == (0, "")

    assert home.window.read("^At home, scan the code.* From outside only links open. They must begin with your router’s public address")


def test_who_tries_https_is_told_what_to_type(home):
    """And is no device that came in."""
    hello = bytes.fromhex("16030100c8010000c40303") + bytes(100)
    with socket.create_connection(("127.0.0.1", home.program.port)) as connection:
        connection.sendall(hello)
        connection.recv(1000)

    assert home.window.read("^The device at 127.0.0.1 tried https://. Type http:// for now, or turn on Enc")
    assert home.window.read("^Every phone and computer that opens your photos", hidden=True)

    Visitor(home.program.port).get("/api/server/ping")
    wait_until(lambda: not home.window.all("label", re.compile("tried https")), "no such words")


# Immich's card

def test_addresses_of_immich_are_added_moved_and_removed(home):
    first = home.demo.url
    second = home.stage.demo().url
    urls = ("upstream immich", "urls")
    hosts = f"^{re.escape('127.0.0.1:')}\\d+$"

    def add(text):
        home.press("toggle button", "Add Another Immich…")
        entry = home.window.find("text", "Address of Immich")
        entry.type(text).press("Activate")

    add(second.removeprefix("http://"))
    home.program.wait_for_setting(*urls, f"{first};{second}")
    home.wait_for_labels(hosts, [first[7:], second[7:]])

    home.press("push button", re.compile("^Move Down"))
    home.program.wait_for_setting(*urls, f"{second};{first}")
    home.wait_for_labels(hosts, [second[7:], first[7:]])

    add(first)
    assert home.window.read("is there twice")
    home.stage.session.press_keys("Escape")
    assert home.program.read_setting(*urls) == f"{second};{first}"

    home.press("push button", re.compile("^Remove"))
    home.program.wait_for_setting(*urls, first)
    home.wait_for_labels(hosts, [first[7:]])
    assert home.window.read(f"^{second[7:]} is removed$")

    home.press("push button", "Undo")
    home.program.wait_for_setting(*urls, f"{second};{first}")
    home.wait_for_labels(hosts, [second[7:], first[7:]])
    home.press("push button", re.compile("^Remove"))
    home.program.wait_for_setting(*urls, first)
    assert Visitor(home.program.port).get("/api/server/ping")[0] == 200


@pytest.mark.parametrize("typed, words", [
    ("no address", "^This is not an address yet"),
    ("127.0.0.1:99999", "^A port is a number from 1 to 65535"),
    ("ftp://photos.example", "begins with http://"),
    ("{port}", "^This address leads back to Porchlight itself"),
])
def test_what_can_be_no_immich_is_not_added(home, typed, words):
    home.press("toggle button", "Add Another Immich…")
    entry = home.window.find("text", "Address of Immich")

    entry.type(typed.format(port=home.program.port)).press("Activate")

    assert home.window.read(words)
    assert not home.window.find("push button", "Add").is_("sensitive")
    assert entry.is_("focused")
    assert home.program.read_setting("upstream immich", "urls") == home.demo.url


def test_what_seems_to_be_no_immich_is_added_on_demand_alone(home):
    nobody = f"127.0.0.1:{free_port()}"
    home.press("toggle button", "Add Another Immich…")
    entry = home.window.find("text", "Address of Immich")
    entry.type(nobody).press("Activate")
    assert home.window.read("^No answer: nobody answers there")
    add = home.window.find("push button", "Add It All the Same")

    entry.press("Activate")
    assert home.window.find("push button", "Add It All the Same").is_("sensitive")
    assert home.program.read_setting("upstream immich", "urls") == home.demo.url

    add.press()
    home.program.wait_for_setting("upstream immich", "urls", f"{home.demo.url};http://{nobody}")
    assert not home.window.has("text", "Address of Immich")


def test_a_strategy_is_for_several_addresses(home):
    assert home.window.find("toggle button", "Add Another Immich…")
    assert not home.window.has("combo box", "Requests go to")
    nobody = f"http://127.0.0.1:{free_port()}"
    home.press("toggle button", "Add Another Immich…")
    home.window.find("text", "Address of Immich").type(nobody)
    home.window.find("push button", "Add It All the Same").press()

    assert home.window.read("^not well since", hidden=True)  # the card is a new one by then
    home.window.find("combo box", "Requests go to", hidden=True).choose("the first that answers")

    home.program.wait_for_setting("upstream immich", "balance", "first")
    assert home.window.read("healthy", hidden=True)
    assert Visitor(home.program.port).get("/api/server/ping")[0] == 200


def test_maintenance_is_no_fault(home):
    """It begins and ends while one looks; photos of the demo stay reachable all the time."""
    home.program.settings_file.write_text(
        home.program.settings_file.read_text("utf-8")
        .replace("[route all]", "health-interval-s=1\n[route all]"), "utf-8")

    home.demo.process.send_signal(signal.SIGUSR1)
    assert home.window.read("^Immich is in maintenance$", timeout_s=20)
    assert home.window.read("in maintenance", hidden=True)
    assert not home.window.has("label", "Your photos cannot be reached")
    assert home.window.find("push button", "Open Immich").is_("sensitive")

    home.demo.process.send_signal(signal.SIGUSR2)
    assert home.window.read("^Your photos can be opened on this computer$", timeout_s=20)


def test_another_immich_is_chosen_with_the_assistant(home):
    home.press("push button", "Change…")

    assert home.window.find("frame", "Choose Your Immich").read("^Where is Immich")


def test_the_demo_leads_on_to_immich(stage):
    """And offers the one of the settings as soon as it answers."""
    port = free_port()
    stage.start(settings_for(f"http://127.0.0.1:{port}", "[window]", "demo=true"))
    assert stage.window.read("^This is the demo: its photos are painted")
    stage.window.find("push button", "Connect Your Immich…").press()
    assistant = stage.window.find("frame", re.compile("^(Welcome|Choose)"))
    stage.session.press_keys("Escape")
    wait_until(lambda: len(stage.window.all("frame")) == 1, f"no {assistant}")

    stage.demo(port=port)
    assert stage.window.read(f"^This is the demo. Your Immich answers at http://127.0.0.1:{port}")
    stage.window.find("push button", "Use It").press()

    stage.window.wait_until_gone("push button", "Connect Your Immich…")
    wait_until(lambda: stage.program.read_setting("window", "demo") in (None, "false"), "no demo")
    assert stage.window.read("healthy", hidden=True)


# Now

def test_an_upload_that_runs_has_a_bar(home):
    upload = Visitor(home.program.port).begin_upload("IMG_2041.MOV", PICTURE_BYTES)

    upload.send(PICTURE_BYTES // 4)
    bar = home.window.find("progress bar", hidden=True)
    wait_until(lambda: 0.2 < bar.value < 0.3, "a quarter")
    assert home.window.read("^Immich app", hidden=True)
    assert home.window.read(r"^1\.0 of 4\.0 MB", hidden=True)
    for meaning in ("Upload", "From devices to Immich", "From Immich to devices"):
        assert home.window.find("icon", meaning, hidden=True)

    upload.send(PICTURE_BYTES // 2)
    wait_until(lambda: 0.7 < bar.value < 0.8, "three quarters")

    assert upload.finish() == 201
    wait_until(lambda: not home.window.all("progress bar", hidden=True), "no bar")
    assert home.window.read("^Uploads and downloads that take a while appear here", hidden=True)


def test_the_graph_is_read_with_the_keyboard(home):
    def asks_and_shows():
        """How many there are is to be seen for a second."""
        Visitor(home.program.port).get("/api/server/ping")
        return home.labels(r"^[1-9]\d* requests?/s$")

    def look_back():
        before = graph.description
        home.stage.session.press_keys("Left")
        return wait_until(lambda: graph.description != before and MOMENT.match(graph.description),
                          "an earlier moment")

    graph = home.window.find("chart", "Traffic of the last five minutes", hidden=True)
    wait_until(asks_and_shows, "requests")
    graph.focus()
    moments = [look_back()]
    while moments[-1]["requests"] == "0":
        moments.append(look_back())
    moments += [look_back() for _ in range(3)]
    times = [datetime.datetime.strptime(moment["time"], "%H:%M:%S") for moment in moments]
    assert {(later - earlier).seconds for later, earlier in zip(times, times[1:])} == {1}

    seen = graph.description
    time.sleep(2)
    assert graph.description == seen
    assert home.labels("^at ") == [f"at {moments[-1]['time']}"]

    home.stage.session.press_keys("Escape")
    wait_until(lambda: not graph.description.startswith("at "), "no moment")


# Devices

def test_devices_appear_with_what_they_moved(home):
    phone = Visitor(home.program.port, "ios", address="192.168.1.23")
    browser = Visitor(home.program.port, "firefox")
    assert home.window.read("^Every phone and computer that opens your photos", hidden=True)

    assert phone.upload("IMG_2041.JPG", 2_000_000) == 201
    assert browser.get("/")[0] == 200

    assert home.window.read(r"^Immich app \(iOS\)$", hidden=True)
    assert home.window.read(r"^192\.168\.1\.23$", hidden=True)
    assert home.window.read("^This computer$", hidden=True)
    assert home.window.read("^Firefox on Windows$", hidden=True)
    assert home.window.read(r"^2\.0 MB$", hidden=True)
    assert home.window.find("icon", "From this device", hidden=True)
    assert len(home.labels("^now$")) == 2


def test_programs_of_one_device_are_one_row(home):
    for device in ("firefox", "ios"):
        Visitor(home.program.port, device, address="192.168.1.23").get("/api/server/ping")

    assert home.window.read(r"^Immich app \(iOS\)$", hidden=True)
    assert home.window.read(r"^192\.168\.1\.23 · Firefox on Windows$", hidden=True)
    assert len(home.labels("^now$")) == 1


def test_a_device_leads_to_its_requests(home):
    Visitor(home.program.port, "ios", address="192.168.1.23").get("/api/server/ping")
    home.focus_device("Immich app (iOS)")

    # The latest comes first; who means the other one still means that.
    Visitor(home.program.port, "firefox").get("/api/server/about")
    home.window.find("list item", "This computer", hidden=True)

    home.stage.session.press_keys("Return")

    home.window.find("table cell", re.compile("ping"))
    wait_until(lambda: not home.window.has("table cell", re.compile("about")), "no others")
    assert home.window.find("toggle button", "Immich app (iOS)")


def test_a_device_is_given_a_name_with_the_keyboard(home):
    Visitor(home.program.port, "ios", address="192.168.1.23").get("/api/server/ping")
    keys = home.stage.session.press_keys
    home.focus_device("Immich app (iOS)")

    keys("shift+F10")
    home.window.find("menu item", "Rename…").press()
    home.window.find("text", re.compile("^Name of this device")).type("Anna’s phone")
    keys("Return")

    row = home.window.find("list item", "Anna’s phone", hidden=True)
    assert row.find("label", re.compile("Immich app"), hidden=True)
    home.focus_device("Anna’s phone")
    keys("Menu")
    home.window.find("menu item", "Copy Address").press()
    assert home.stage.session.wait_for_copy(r"\d") == "192.168.1.23"


def test_many_devices_are_shown_when_asked_for(home):
    def visit_from(number):
        visitor = Visitor(home.program.port, address=f"192.168.1.{number}")
        visitor.get("/api/server/ping")

    for number in range(30, 36):
        visit_from(number)
    wait_until(lambda: len(home.labels(r"^192\.168\.1")) == 6, "six devices")
    assert not home.window.all("push button", re.compile("^Show All"), hidden=True)

    visit_from(36)
    home.press("push button", "Show All 7")

    wait_until(lambda: len(home.labels(r"^192\.168\.1")) == 7, "seven devices")
    home.press("push button", "Show Fewer")
    wait_until(lambda: len(home.labels(r"^192\.168\.1")) == 6, "six devices")
